# The modules, in the order in which they may see each other: each one only those to its left.
set(FM_LAYERS core geo store check load network analysis style render export cli)

# fm_add_module(NAME <module> SOURCES <file>... [MODULES <module>...] [PACKAGES <target>...])
#
# Makes the OBJECT library facmap-<module>. MODULES are the modules whose functions it calls; they
# must stand to its left in FM_LAYERS. PACKAGES are the dependencies that it owns: their headers
# are on the include path of this module and of no other. GLib is everybody's.
# A module without sources is a room that waits for its furniture: it makes no target.
function(fm_add_module)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "NAME" "SOURCES;MODULES;PACKAGES")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "fm_add_module: unknown argument '${arg_UNPARSED_ARGUMENTS}'")
  endif()
  list(FIND FM_LAYERS "${arg_NAME}" place)
  if(place LESS 0)
    message(FATAL_ERROR "fm_add_module: '${arg_NAME}' is not in FM_LAYERS")
  endif()
  foreach(module IN LISTS arg_MODULES)
    list(FIND FM_LAYERS "${module}" other)
    if(other LESS 0 OR NOT other LESS place)
      message(FATAL_ERROR "Module ${arg_NAME} may not use ${module}: see FM_LAYERS")
    endif()
  endforeach()
  if(NOT arg_SOURCES)
    return()
  endif()

  set(target facmap-${arg_NAME})
  add_library(${target} OBJECT ${arg_SOURCES})
  target_compile_definitions(${target} PRIVATE G_LOG_DOMAIN="facmap-${arg_NAME}")
  target_include_directories(
    ${target}
    PUBLIC ${PROJECT_SOURCE_DIR}/include
    PRIVATE ${CMAKE_CURRENT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/generated)
  target_link_libraries(${target} PRIVATE fm-compile fm-warnings fm-sanitizers PkgConfig::GLIB
                                          Threads::Threads ${arg_PACKAGES})
  set_property(GLOBAL APPEND PROPERTY FM_MODULES ${arg_NAME})
endfunction()

# The objects of the existing modules up to and including <last>, and everything they link.
function(fm_objects_up_to last out_objects)
  get_property(modules GLOBAL PROPERTY FM_MODULES)
  set(objects "")
  foreach(module IN LISTS FM_LAYERS)
    if(module IN_LIST modules)
      list(APPEND objects $<TARGET_OBJECTS:facmap-${module}>)
    endif()
    if(module STREQUAL last)
      break()
    endif()
  endforeach()
  set(${out_objects}
      ${objects}
      PARENT_SCOPE)
endfunction()

# What a program or library made of our objects has to link.
function(fm_link_packages target)
  get_property(packages GLOBAL PROPERTY FM_PACKAGES)
  target_link_libraries(${target} PRIVATE ${packages} Threads::Threads m fm-sanitizers)
endfunction()
