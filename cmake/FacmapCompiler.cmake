# How our own C is compiled, as INTERFACE targets: nothing here reaches a user of the library.
#   fm-compile     language level, pinned GLib API, bit-for-bit floating point
#   fm-warnings    the warnings that the code is free of
#   fm-sanitizers  instrumentation for compiling and linking (sanitizers, gcov, libFuzzer)

set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

get_property(fm_multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
if(NOT CMAKE_BUILD_TYPE AND NOT fm_multi_config)
  set(CMAKE_BUILD_TYPE
      RelWithDebInfo
      CACHE STRING "Debug, Release, RelWithDebInfo or MinSizeRel" FORCE)
endif()

find_program(FM_CCACHE ccache)
if(FM_CCACHE AND NOT DEFINED CMAKE_C_COMPILER_LAUNCHER)
  set(CMAKE_C_COMPILER_LAUNCHER ${FM_CCACHE})
endif()

add_library(fm-compile INTERFACE)
target_compile_definitions(
  fm-compile
  INTERFACE _DEFAULT_SOURCE # POSIX 2008 beside strict C11
            GLIB_VERSION_MIN_REQUIRED=GLIB_VERSION_2_74
            GLIB_VERSION_MAX_ALLOWED=GLIB_VERSION_2_74)
# No fused multiply-add: a result is the same bits on every CPU.
target_compile_options(fm-compile INTERFACE -ffp-contract=off)

add_library(fm-warnings INTERFACE)
target_compile_options(
  fm-warnings
  INTERFACE -Wall
            -Wextra
            -Wpedantic
            -Wconversion
            -Wshadow
            -Wstrict-prototypes
            -Wmissing-prototypes
            -Wcast-qual
            -Wwrite-strings
            -Wvla
            -Wformat=2
            -Wundef
            -Wnull-dereference
            $<$<BOOL:${FM_WERROR}>:-Werror>)
if(CMAKE_C_COMPILER_ID MATCHES "Clang")
  # Signs are gcc's to check: clang also objects to every enum that becomes a gint.
  target_compile_options(fm-warnings INTERFACE -Wno-sign-conversion)
elseif(FM_SANITIZE)
  # Instrumented code hides from gcc what is initialised; the other presets check it.
  target_compile_options(fm-warnings INTERFACE -Wno-maybe-uninitialized -Wno-null-dereference)
endif()

add_library(fm-sanitizers INTERFACE)
if(FM_SANITIZE)
  set(fm_sanitize_flags -fsanitize=${FM_SANITIZE} -fno-omit-frame-pointer)
  if(FM_SANITIZE MATCHES "undefined")
    list(APPEND fm_sanitize_flags -fno-sanitize-recover=undefined)
  endif()
  target_compile_options(fm-sanitizers INTERFACE ${fm_sanitize_flags})
  target_link_options(fm-sanitizers INTERFACE ${fm_sanitize_flags})
endif()
if(FM_COVERAGE)
  target_compile_options(fm-sanitizers INTERFACE --coverage -fprofile-update=atomic)
  target_link_options(fm-sanitizers INTERFACE --coverage)
endif()
if(FM_FUZZ)
  if(NOT CMAKE_C_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "FM_FUZZ needs clang: configure with the preset 'fuzz'")
  endif()
  target_compile_options(fm-sanitizers INTERFACE -fsanitize=fuzzer-no-link)
endif()
