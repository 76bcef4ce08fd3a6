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

@test "layers: --drop removes a layer, a result with its parts, and the log tells" {
  make_city
  "$FACMAP" coverage city.sqlite --of school --within 1km --demand demand --by area --as c -q
  "$FACMAP" coverage city.sqlite --of school --within 2km --demand demand --as c_other -q
  run --separate-stderr "$FACMAP" layers city.sqlite --drop c --json
  [ "$status" -eq 0 ]
  [ "$(json '.result.dropped | join(" ")')" = "c c_demand c_facility c_by_area" ]
  [ "$("$FACMAP" layers city.sqlite --json | jq -r '[.result[].name] | join(" ")')" = \
    "area school demand c_other c_other_demand c_other_facility" ]
  [[ $(sqlite3 city.sqlite "SELECT command_line || inputs || outputs FROM fm_run ORDER BY id DESC LIMIT 1") == \
    "facmap layers city.sqlite --drop c --json"*'"layer":"c_by_area"'*'[]' ]]
  # Only itself, when it is no result.
  run --separate-stderr "$FACMAP" layers city.sqlite --drop school
  [ "$status" -eq 0 ] && [ "$output" = "dropped school (4 rows)" ]
  run --separate-stderr "$FACMAP" layers city.sqlite --drop school
  fails_with "no layer 'school'" 1
  run --separate-stderr "$FACMAP" layers city.sqlite area --drop area
  fails_with "exclude each other" 2
}

@test "layers: a result is outdated when its input has changed, wherever it is shown" {
  make_city
  "$FACMAP" coverage city.sqlite --of school --within 1km --demand demand --as c -q
  [ "$("$FACMAP" layers city.sqlite --json | jq '[.result[].outdated[]] | length')" -eq 0 ]
  head -4 school.csv >fewer.csv
  "$FACMAP" load city.sqlite fewer.csv --layer school --kind school --crs EPSG:4326 --replace -q
  run --separate-stderr "$FACMAP" layers city.sqlite
  [[ $output == *"outdated"* ]]
  for command in "layers city.sqlite c" "export city.sqlite c.csv c"; do
    # shellcheck disable=SC2086
    run --separate-stderr "$FACMAP" $command
    [ "$status" -eq 0 ]
    [[ $stderr == *"'c' was made from 'school', which has changed since then: run its command again"* ]]
  done
  cat >map.json <<'JSON'
{"version": 8, "sources": {"workspace": {"type": "vector", "url": "facmap:workspace"}},
 "metadata": {"facmap:extent": {"layers": ["area"]}},
 "layers": [{"id": "reach", "type": "fill", "source": "workspace", "source-layer": "c"}]}
JSON
  run --separate-stderr "$FACMAP" render city.sqlite map.json -o map.png --size 400x300
  [ "$status" -eq 0 ] || { echo "$stderr"; return 1; }
  [[ $stderr == *"'c' was made from 'school'"* ]]
  "$FACMAP" coverage city.sqlite --of school --within 1km --demand demand --as c -q
  run --separate-stderr "$FACMAP" layers city.sqlite c
  [ -z "$stderr" ]
}
