#!/usr/bin/env bats
bats_require_minimum_version 1.5.0
load helpers

@test "proximity: --help names every option, on one screen of text" {
  run --separate-stderr "$FACMAP" proximity --help
  [ "$status" -eq 0 ]
  [[ ${lines[0]} == "facmap proximity: "* ]]
  [[ $output == *"usage: facmap proximity "* ]]
  [[ $output == *"--json"* ]]
  [ -z "$stderr" ]
}

@test "proximity: an unknown option is wrong usage" {
  run --separate-stderr "$FACMAP" proximity --no-such-option
  fails_with "no-such-option" 2
}

@test "proximity: too few arguments are wrong usage" {
  run --separate-stderr "$FACMAP" proximity
  fails_with "usage: facmap proximity" 2
}

@test "proximity: the nearest, with distance, bearing and line" {
  make_city
  run --separate-stderr "$FACMAP" proximity city.sqlite --from demand --to school --by area --as near --json
  [ "$status" -eq 0 ]
  [ "$(json .result.n_from)" -eq 27 ]
  [ "$(sqlite3 city.sqlite "SELECT count(*) FROM near WHERE rank = 1 AND distance_m >= 0")" -eq 27 ]
}

@test "proximity: k, matrix and within" {
  make_city
  "$FACMAP" proximity city.sqlite --from demand --to school -k 2 --as k2 --quiet
  [ "$(sqlite3 city.sqlite 'SELECT count(*) FROM k2')" -eq 54 ]
  "$FACMAP" proximity city.sqlite --from demand --to school --matrix --include-planned --as m --quiet
  [ "$(sqlite3 city.sqlite 'SELECT count(*) FROM m')" -eq 108 ]
  "$FACMAP" proximity city.sqlite --from demand --to school --within 1km --as w --quiet
  [ "$(sqlite3 city.sqlite 'SELECT max(distance_m) <= 1000 FROM w')" -eq 1 ]
  [ "$(sqlite3 city.sqlite "SELECT count(DISTINCT from_id) FROM w")" -eq 27 ]
  [ "$(sqlite3 city.sqlite "SELECT count(*) > 0 FROM w WHERE distance_m IS NULL AND reason IS NOT NULL")" -eq 1 ]
}

@test "proximity: sites within a distance of a corridor" {
  make_city
  echo '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"axis"},"geometry":{"type":"LineString","coordinates":[[10.015,49.9],[10.015,50.1]]}}]}' >corridor.geojson
  "$FACMAP" load city.sqlite corridor.geojson --kind line --quiet
  run --separate-stderr "$FACMAP" proximity city.sqlite --from school --to corridor --where "id='axis'" --within 2km --as axis --json
  [ "$status" -eq 0 ]
  [ "$(sqlite3 city.sqlite 'SELECT group_concat(from_id) FROM (SELECT from_id FROM axis WHERE distance_m IS NOT NULL ORDER BY 1)')" = s1,s4 ]
}

@test "proximity: -k and --matrix exclude each other; -k is positive" {
  make_city
  run --separate-stderr "$FACMAP" proximity city.sqlite --from demand --to school -k 2 --matrix
  fails_with "--matrix" 2
  run --separate-stderr "$FACMAP" proximity city.sqlite --from demand --to school -k -1
  fails_with "-k" 2
}

@test "proximity: k counts from one" {
  make_city
  for k in 0 -1 -2147483647; do
    run --separate-stderr "$FACMAP" proximity city.sqlite --from demand --to school -k "$k"
    fails_with "must be 1 or more" 2
  done
  run --separate-stderr "$FACMAP" proximity city.sqlite --from demand --to school -k 0 --matrix
  fails_with "-k" 2
}

@test "proximity: the sums by area say what is weighted" {
  make_city
  run --separate-stderr "$FACMAP" proximity city.sqlite --from demand --to school --by area --as near
  [ "$status" -eq 0 ]
  [[ $output == *"median of n"* ]]
  [[ $output == *"weighted by people"* ]]
}
