#!/usr/bin/env bats
bats_require_minimum_version 1.5.0
load helpers

@test "style: --help names every option, on one screen of text" {
  run --separate-stderr "$FACMAP" style --help
  [ "$status" -eq 0 ]
  [[ ${lines[0]} == "facmap style: "* ]]
  [[ $output == *"usage: facmap style "* ]]
  [[ $output == *"--json"* ]]
  [ -z "$stderr" ]
}

@test "style: an unknown option is wrong usage" {
  run --separate-stderr "$FACMAP" style --no-such-option
  fails_with "no-such-option" 2
}

@test "style: too few arguments are wrong usage" {
  run --separate-stderr "$FACMAP" style
  fails_with "usage: facmap style" 2
}

@test "style check: every shipped style is good" {
  for style in "$FACMAP_SOURCE"/styles/*.json; do
    run --separate-stderr "$FACMAP" style check "$style"
    [ "$status" -eq 0 ] || { echo "$stderr"; false; }
  done
}

@test "style check: names the JSON path of a fault" {
  echo '{"version":8,"sources":{},"layers":[{"id":"x","type":"background","paint":{"background-color":"no colour"}}]}' >s.json
  run --separate-stderr "$FACMAP" style check s.json
  fails_with "background-color" 1
}

@test "style eval: the specification's fixture shape" {
  run --separate-stderr bash -c 'echo "{\"expression\":[\"+\",1,[\"get\",\"x\"]],\"inputs\":[[{},{\"properties\":{\"x\":2}}]]}" | "$0" style eval' "$FACMAP"
  [ "$status" -eq 0 ]
  [ "$(json '.outputs[0]')" -eq 3 ]
  [ "$(json '.compiled.result')" = success ]
}
