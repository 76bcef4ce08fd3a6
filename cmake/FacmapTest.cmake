# How a test is declared. Every test runs in the same small world: UTC, UTF-8, pinned fonts, GLib's
# criticals fatal, GLib's slices visible to LeakSanitizer.

set(fm_support ${PROJECT_SOURCE_DIR}/tests/support)
set(FM_TEST_ENVIRONMENT
    LC_ALL=C.UTF-8
    TZ=UTC
    G_SLICE=always-malloc
    G_DEBUG=fatal-criticals
    LSAN_OPTIONS=suppressions=${fm_support}/lsan.supp:print_suppressions=0
    UBSAN_OPTIONS=print_stacktrace=1
    TSAN_OPTIONS=suppressions=${fm_support}/tsan.supp:halt_on_error=1
    ASAN_OPTIONS=detect_stack_use_after_return=1
    FONTCONFIG_FILE=${fm_support}/fonts.conf
    FACMAP_SOURCE=${PROJECT_SOURCE_DIR}
    FACMAP_DATADIR=${PROJECT_SOURCE_DIR})
# Shared reference data is read in place; tests that need it skip with a message when it is absent.
if(DEFINED ENV{FACMAP_SHARED})
  list(APPEND FM_TEST_ENVIRONMENT FACMAP_SHARED=$ENV{FACMAP_SHARED})
else()
  list(APPEND FM_TEST_ENVIRONMENT FACMAP_SHARED=${PROJECT_SOURCE_DIR}/../shared)
endif()

# The programs with test files for ThreadSanitizer: all that the preset tsan builds.
add_custom_target(parallel-tests)

# fm_test_properties(<test>... [LABELS <label>...] [ENVIRONMENT <NAME=value>...])
# Gives tests made with add_test() the common environment. The time limit only ends a test that
# hangs: none takes more than 15 s of a processor's time, but others may want the same processor.
function(fm_test_properties)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "" "LABELS;ENVIRONMENT")
  set_tests_properties(
    ${arg_UNPARSED_ARGUMENTS}
    PROPERTIES ENVIRONMENT "${FM_TEST_ENVIRONMENT};${arg_ENVIRONMENT}"
               LABELS "${arg_LABELS}"
               TIMEOUT 600
               SKIP_RETURN_CODE 77)
endfunction()

# Most test files of a unit test in ctest: a program of more is dealt out to several, so that two jobs
# share the work evenly and a file that hangs hides few others. The start of a program costs 0.15 s
# under AddressSanitizer, which is why it is not one file.
set(FM_UNIT_FILES_PER_TEST 12)

# fm_add_unit_test(MODULE <module> SOURCES test-<file>.c... [PACKAGES <target>...]
#                  [PARALLEL <file>...])
#
# Makes the program test-<module> of the module's objects and of those to its left, so that internal
# functions are in reach. Each test-<file>.c defines `void test_<file>(void)` (dashes become
# underscores; declared in the generated fm-unit.h), which adds its cases with g_test_add_func();
# main() is generated and calls them in order, or those that its arguments name. In ctest it is
# unit/<module>, or unit/<module>/1 and so on, to which the files are dealt in turn.
# Other files in SOURCES are helpers. PACKAGES are dependencies whose headers the tests themselves
# need. PARALLEL names the test files, without "test-" and ".c", whose cases start threads: they run
# under ThreadSanitizer too, and there they alone (tests/meta/check_threads.py knows who must be one).
function(fm_add_unit_test)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "MODULE" "SOURCES;PACKAGES;PARALLEL")
  if(NOT TARGET facmap-${arg_MODULE} OR NOT arg_SOURCES)
    return()
  endif()
  set(files ${arg_SOURCES})
  list(FILTER files INCLUDE REGEX "^test-")
  list(TRANSFORM files REPLACE "^test-(.*)\\.c$" "\\1")
  set(FM_UNIT_DECLARATIONS "")
  set(FM_UNIT_FILES "")
  foreach(file IN LISTS files)
    string(MAKE_C_IDENTIFIER test-${file} entry)
    string(APPEND FM_UNIT_DECLARATIONS "void ${entry}(void);\n")
    string(APPEND FM_UNIT_FILES "    {\"${file}\", ${entry}},\n")
  endforeach()
  set(generated ${CMAKE_CURRENT_BINARY_DIR}/generated)
  configure_file(${PROJECT_SOURCE_DIR}/tests/support/fm-unit.h.in ${generated}/fm-unit.h @ONLY)
  configure_file(${PROJECT_SOURCE_DIR}/tests/support/unit-main.c.in ${generated}/unit-main.c @ONLY)

  set(program test-${arg_MODULE})
  fm_objects_up_to(${arg_MODULE} objects)
  add_executable(${program} ${arg_SOURCES} ${generated}/unit-main.c ${objects})
  target_compile_definitions(${program} PRIVATE G_LOG_DOMAIN="${program}")
  target_include_directories(
    ${program}
    PRIVATE ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/src/${arg_MODULE}
            ${PROJECT_SOURCE_DIR}/tests/support ${generated} ${PROJECT_BINARY_DIR}/generated)
  target_link_libraries(${program} PRIVATE fm-compile fm-warnings ${arg_PACKAGES})
  fm_link_packages(${program})
  set(labels unit)
  if(arg_PARALLEL)
    list(APPEND labels parallel)
    add_dependencies(parallel-tests ${program})
    if(FM_SANITIZE STREQUAL "thread")
      set(files ${arg_PARALLEL})
    endif()
  endif()

  list(LENGTH files n_files)
  math(EXPR n_tests "(${n_files} + ${FM_UNIT_FILES_PER_TEST} - 1) / ${FM_UNIT_FILES_PER_TEST}")
  if(n_tests EQUAL 1)
    add_test(NAME unit/${arg_MODULE} COMMAND ${program} ${files})
    fm_test_properties(unit/${arg_MODULE} LABELS ${labels})
    return()
  endif()
  foreach(nth RANGE 1 ${n_tests})
    set(dealt "")
    math(EXPR first "${nth} - 1")
    math(EXPR last "${n_files} - 1")
    foreach(i RANGE ${first} ${last} ${n_tests})
      list(GET files ${i} file)
      list(APPEND dealt ${file})
    endforeach()
    add_test(NAME unit/${arg_MODULE}/${nth} COMMAND ${program} ${dealt})
    fm_test_properties(unit/${arg_MODULE}/${nth} LABELS ${labels})
  endforeach()
endfunction()
