# Every dependency, found once through pkg-config. Imported targets are SYSTEM: their headers do
# not have to pass our warnings. Which module may link which one is said in src/*/CMakeLists.txt.

set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)

# fm_package(<target suffix> <pkg-config module>...)
# Finds the modules as PkgConfig::<suffix> and remembers them for facmap.pc and the CMake package.
function(fm_package suffix)
  pkg_check_modules(${suffix} REQUIRED IMPORTED_TARGET GLOBAL ${ARGN})
  string(REGEX REPLACE "[<>=]+[0-9.]+" "" names "${ARGN}")
  set_property(GLOBAL APPEND PROPERTY FM_PKGCONFIG_NAMES ${names})
  string(REPLACE ";" " " modules "${ARGN}")
  set_property(GLOBAL APPEND_STRING PROPERTY FM_PACKAGE_CALLS
                                             "pkg_check_modules(${suffix} REQUIRED QUIET IMPORTED_TARGET ${modules})\n")
  set_property(GLOBAL APPEND PROPERTY FM_PACKAGES PkgConfig::${suffix})
endfunction()

fm_package(GLIB glib-2.0>=2.74 gobject-2.0 gio-2.0)
fm_package(CRYPTO libcrypto>=3.0)
fm_package(JSON json-glib-1.0>=1.6)
fm_package(PROJ proj>=9.1)
fm_package(GEOS geos>=3.11)
fm_package(SQLITE sqlite3>=3.40)
fm_package(SPATIALITE spatialite>=5.0)
fm_package(GDAL gdal>=3.6)
fm_package(CAIRO cairo>=1.16)
fm_package(PANGO pangocairo>=1.50 pangoft2)
fm_package(FONTCONFIG fontconfig)
fm_package(RSVG librsvg-2.0>=2.52)
fm_package(PNG libpng>=1.6)
fm_package(ZLIB zlib>=1.2.11)
