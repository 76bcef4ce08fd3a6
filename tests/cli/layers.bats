#!/usr/bin/env bats
bats_require_minimum_version 1.5.0
load helpers

@test "layers: --help names every option, on one screen of text" {
  run --separate-stderr "$FACMAP" layers --help
  [ "$status" -eq 0 ]
  [[ ${lines[0]} == "facmap layers: "* ]]
  [[ $output == *"usage: facmap layers "* ]]
  [[ $output == *"--json"* ]]
  [ -z "$stderr" ]
}

@test "layers: an unknown option is wrong usage" {
  run --separate-stderr "$FACMAP" layers --no-such-option
  fails_with "no-such-option" 2
}

@test "layers: too few arguments are wrong usage" {
  run --separate-stderr "$FACMAP" layers
  fails_with "usage: facmap layers" 2
}

@test "layers: lists layers with kinds, rows and titles" {
  make_city
  run --separate-stderr "$FACMAP" layers city.sqlite
  [ "$status" -eq 0 ]
  [[ $output == *"school"*"POINT"* ]]
  [[ $output == *"modelled"* ]]
}

@test "layers: describes one" {
  make_city
  run --separate-stderr "$FACMAP" layers city.sqlite school --json
  [ "$(json .result.rows)" -eq 4 ]
  [ "$(json '[.result.columns[].name] | index("capacity") != null')" = true ]
  run --separate-stderr "$FACMAP" layers city.sqlite school
  [[ $output == *"一校"* ]]
}

@test "layers: an unknown layer, with the known ones" {
  make_city
  run --separate-stderr "$FACMAP" layers city.sqlite scool
  fails_with "school" 1
}
