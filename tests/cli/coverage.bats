#!/usr/bin/env bats
bats_require_minimum_version 1.5.0
load helpers

@test "coverage: --help names every option, on one screen of text" {
  run --separate-stderr "$FACMAP" coverage --help
  [ "$status" -eq 0 ]
  [[ ${lines[0]} == "facmap coverage: "* ]]
  [[ $output == *"usage: facmap coverage "* ]]
  [[ $output == *"--json"* ]]
  [ -z "$stderr" ]
}

@test "coverage: an unknown option is wrong usage" {
  run --separate-stderr "$FACMAP" coverage --no-such-option
  fails_with "no-such-option" 2
}

@test "coverage: too few arguments are wrong usage" {
  run --separate-stderr "$FACMAP" coverage
  fails_with "usage: facmap coverage" 2
}

@test "coverage: people by area add up to the whole" {
  make_city
  run --separate-stderr "$FACMAP" coverage city.sqlite --of school --within 1km,3km --demand demand --by area --as c --json
  [ "$status" -eq 0 ]
  "$FACMAP" export city.sqlite whole.csv c
  "$FACMAP" export city.sqlite by.csv c_by_area
  run --separate-stderr sqlite3 city.sqlite "SELECT (SELECT people FROM c WHERE within='3km') = (SELECT sum(people_covered) FROM c_by_area WHERE within='3km')"
  [ "$output" = 1 ]
}

@test "coverage: 2020 against the plan is one option" {
  make_city
  people() { "$FACMAP" coverage city.sqlite --of school --within 2km --demand demand --as "$@" --json | jq '.result.within[0].people'; }
  now=$(people a --as-of 2020)
  plan=$(people b --as-of 2020 --include-planned)
  later=$(people c --as-of 2021-12-31)
  [ "$(jq -n "$plan > $now")" = true ]
  [ "$(jq -n "$later > $now")" = true ]
}

@test "coverage: --where takes part of the facilities" {
  make_city
  run --separate-stderr "$FACMAP" coverage city.sqlite --of school --where "id='s1'" --within 1km --demand demand --as one --json
  [ "$(json .result.of.n)" -eq 1 ]
}

@test "coverage: a condition that is no SQL, or reads elsewhere" {
  make_city
  run --separate-stderr "$FACMAP" coverage city.sqlite --of school --where "no_such_column=1" --within 1km --demand demand
  fails_with "no_such_column" 2
  run --separate-stderr "$FACMAP" coverage city.sqlite --of school --where "1) OR id IN (SELECT id FROM demand" --within 1km --demand demand
  [ "$status" -eq 2 ]
}

@test "coverage: a distance without a unit, or a time" {
  make_city
  run --separate-stderr "$FACMAP" coverage city.sqlite --of school --within 3 --demand demand
  fails_with "--within 3" 2
  run --separate-stderr "$FACMAP" coverage city.sqlite --of school --within 15min --demand demand
  [ "$status" -eq 2 ]
}

@test "coverage: unknown layers" {
  make_city
  run --separate-stderr "$FACMAP" coverage city.sqlite --of clinic --within 1km --demand demand
  fails_with "clinic" 1
  run --separate-stderr "$FACMAP" coverage city.sqlite --of school --within 1km --demand people
  fails_with "people" 1
}

@test "coverage: a day that is none, a column of people that is not there" {
  make_city
  run --separate-stderr "$FACMAP" coverage city.sqlite --of school --within 1km --demand demand --as-of 2020-13
  fails_with "--as-of: '2020-13' is not a date; write 2021-09-01" 2
  run --separate-stderr "$FACMAP" coverage city.sqlite --of school --within 1km --demand demand --weight nosuch
  fails_with "no column 'nosuch' to weigh by: 'facmap layers' lists its columns" 2
}

@test "coverage: options that are missing" {
  make_city
  run --separate-stderr "$FACMAP" coverage city.sqlite --within 1km --demand demand
  fails_with "--of" 2
}

@test "coverage: the same for 1 and 4 threads" {
  make_city
  "$FACMAP" coverage city.sqlite --of school --within 1km,2km --demand demand --by area --as t1 --threads 1 --quiet
  "$FACMAP" coverage city.sqlite --of school --within 1km,2km --demand demand --by area --as t4 --threads 4 --quiet
  hashes() { "$FACMAP" layers city.sqlite --json | jq -r ".result[] | select(.name | startswith(\"$1\")) | .content_sha256"; }
  [ -n "$(hashes t1)" ]
  [ "$(hashes t1)" = "$(hashes t4)" ]
}

@test "coverage: a second run under the same name replaces the first, and never a loaded layer" {
  make_city
  "$FACMAP" coverage city.sqlite --of school --within 1km --demand demand --as c --quiet
  "$FACMAP" coverage city.sqlite --of school --within 2km --demand demand --as c --quiet
  [ "$(sqlite3 city.sqlite 'SELECT group_concat(within) FROM c')" = 2km ]
  run --separate-stderr "$FACMAP" coverage city.sqlite --of school --within 1km --demand demand --as school
  fails_with "school" 1
  [ "$(sqlite3 city.sqlite 'SELECT count(*) FROM school')" -eq 4 ]
}
