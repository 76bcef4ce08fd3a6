# What `cmake --install` puts where: the tool, its data and pages; the libraries, their headers,
# the CMake package facmap and the pkg-config modules facmap and facmap-static.

if(NOT TARGET facmap-static)
  return()
endif()

include(CMakePackageConfigHelpers)
set(fm_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/facmap)

if(TARGET facmap)
  install(TARGETS facmap RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
foreach(folder IN LISTS FM_DATA_FOLDERS)
  if(IS_DIRECTORY ${PROJECT_SOURCE_DIR}/${folder})
    install(DIRECTORY ${folder} DESTINATION ${CMAKE_INSTALL_DATADIR}/facmap)
  endif()
endforeach()
file(GLOB fm_pages CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/docs/man/*.[157])
foreach(page IN LISTS fm_pages)
  string(REGEX MATCH "[157]$" section ${page})
  install(FILES ${page} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
endforeach()
if(EXISTS ${PROJECT_SOURCE_DIR}/completions/facmap.bash)
  install(
    FILES completions/facmap.bash
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
    RENAME facmap)
endif()

install(DIRECTORY include/facmap DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})

# Two export sets: a user of the shared library needs GLib's headers, a user of the static one
# needs every dependency.
install(
  TARGETS facmap-static
  EXPORT facmap-static
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(
  EXPORT facmap-static
  FILE facmap-static-targets.cmake
  NAMESPACE facmap::
  DESTINATION ${fm_package_dir})
if(TARGET facmap-shared)
  install(
    TARGETS facmap-shared
    EXPORT facmap-shared
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(
    EXPORT facmap-shared
    FILE facmap-shared-targets.cmake
    NAMESPACE facmap::
    DESTINATION ${fm_package_dir})
endif()

get_property(FM_PACKAGE_CALLS GLOBAL PROPERTY FM_PACKAGE_CALLS)
configure_package_config_file(
  cmake/facmap-config.cmake.in ${PROJECT_BINARY_DIR}/generated/facmap-config.cmake
  INSTALL_DESTINATION ${fm_package_dir})
write_basic_package_version_file(
  ${PROJECT_BINARY_DIR}/generated/facmap-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/generated/facmap-config.cmake
              ${PROJECT_BINARY_DIR}/generated/facmap-config-version.cmake
        DESTINATION ${fm_package_dir})

get_property(FM_PKGCONFIG_NAMES GLOBAL PROPERTY FM_PKGCONFIG_NAMES)
list(JOIN FM_PKGCONFIG_NAMES " " FM_PKGCONFIG_NAMES)
# The .pc files find their prefix from where they lie: an installed tree may be moved.
cmake_path(APPEND CMAKE_INSTALL_FULL_LIBDIR pkgconfig OUTPUT_VARIABLE fm_pc_dir)
foreach(place PREFIX FULL_LIBDIR FULL_INCLUDEDIR)
  cmake_path(RELATIVE_PATH CMAKE_INSTALL_${place} BASE_DIRECTORY ${fm_pc_dir} OUTPUT_VARIABLE
                                                                               FM_PC_${place})
endforeach()
foreach(name facmap facmap-static)
  configure_file(cmake/${name}.pc.in ${PROJECT_BINARY_DIR}/generated/${name}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/generated/${name}.pc
          DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endforeach()
