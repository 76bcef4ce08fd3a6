#!/usr/bin/env bats
bats_require_minimum_version 1.5.0
load helpers

@test "init: --help names every option, on one screen of text" {
  run --separate-stderr "$FACMAP" init --help
  [ "$status" -eq 0 ]
  [[ ${lines[0]} == "facmap init: "* ]]
  [[ $output == *"usage: facmap init "* ]]
  [[ $output == *"--json"* ]]
  [ -z "$stderr" ]
}

@test "init: an unknown option is wrong usage" {
  run --separate-stderr "$FACMAP" init --no-such-option
  fails_with "no-such-option" 2
}

@test "init: too few arguments are wrong usage" {
  run --separate-stderr "$FACMAP" init
  fails_with "usage: facmap init" 2
}

@test "init: makes a workspace that SpatiaLite opens" {
  "$FACMAP" init a.sqlite --crs EPSG:4548 --title-zh 北京
  [ -f a.sqlite ]
  run --separate-stderr "$FACMAP" layers a.sqlite --json
  [ "$status" -eq 0 ]
  [ "$(json '.result | length')" -eq 0 ]
}

@test "init: never overwrites" {
  echo precious >a.sqlite
  run --separate-stderr "$FACMAP" init a.sqlite
  fails_with "a.sqlite" 1
  [ "$(cat a.sqlite)" = precious ]
}

@test "init: a folder that does not exist" {
  run --separate-stderr "$FACMAP" init nowhere/a.sqlite
  fails_with "nowhere" 1
  [ ! -e nowhere ]
}

@test "init: a coordinate system that is not projected, or unknown" {
  run --separate-stderr "$FACMAP" init a.sqlite --crs EPSG:4326
  fails_with "EPSG:4326" 1
  [ ! -e a.sqlite ]
  run --separate-stderr "$FACMAP" init a.sqlite --crs EPSG:nonsense
  fails_with "EPSG:nonsense" 1
  [ ! -e a.sqlite ]
}

@test "init: --json prints one document" {
  run --separate-stderr "$FACMAP" init a.sqlite --json
  [ "$status" -eq 0 ]
  [ "$(json .command)" = init ]
  [ "$(json .result.workspace)" = a.sqlite ]
}
