#!/usr/bin/env bats
bats_require_minimum_version 1.5.0
load helpers

# A square of streets with a one-way trap to the east, an end that stops 2.2 m short, a bridge
# over the square, and an island.
make_roads() {
  cat >roads.csv <<'CSV'
id;highway;oneway;bridge;WKT
south;residential;;;LINESTRING (10.000 50.000,10.010 50.000)
east;residential;;;LINESTRING (10.010 50.000,10.010 50.010)
north;residential;;;LINESTRING (10.010 50.010,10.000 50.010)
west;residential;;;LINESTRING (10.000 50.010,10.000 50.000)
trap;residential;yes;;LINESTRING (10.010 50.000,10.020 50.000)
short;residential;;;LINESTRING (10.000 50.010,10.000 50.020,10.00503 50.020,10.00503 50.01002)
bridge;footway;;yes;LINESTRING (9.990 50.005,10.020 50.005)
island;service;;;LINESTRING (10.100 50.100,10.101 50.100)
canal;;;;LINESTRING (9.9 50.0,9.9 50.1)
CSV
  "$FACMAP" init city.sqlite --quiet
  "$FACMAP" load city.sqlite roads.csv --kind network --crs EPSG:4326 --quiet
}

@test "network: --help names every option, on one screen of text" {
  run --separate-stderr "$FACMAP" network --help
  [ "$status" -eq 0 ]
  [[ ${lines[0]} == "facmap network: "* ]]
  [[ $output == *"usage: facmap network "* ]]
  [[ $output == *"--via"* ]]
  [ -z "$stderr" ]
}

@test "network: an unknown option, too few arguments and a bad --break are wrong usage" {
  run --separate-stderr "$FACMAP" network --no-such-option
  fails_with "no-such-option" 2
  run --separate-stderr "$FACMAP" network
  fails_with "usage: facmap network" 2
  make_roads
  run --separate-stderr "$FACMAP" network city.sqlite --break -1
  fails_with "--break must be" 2
}

@test "network: the report names parts, breaks, traps and what is not for cars" {
  make_roads
  run --separate-stderr "$FACMAP" network city.sqlite --via drive --json --as findings
  [ "$status" -eq 0 ]
  [ "$(json .result.n_features)" -eq 8 ]
  [ "$(json .result.n_weak)" -eq 2 ]
  [ "$(json .result.n_breaks)" -eq 1 ]
  [ "$(json .result.n_traps)" -eq 1 ]
  [ "$(json .result.n_impassable)" -eq 1 ]
  [ "$(sqlite3 city.sqlite "SELECT group_concat(feature_id) FROM findings WHERE kind = 'break'")" = short ]
  [ "$(sqlite3 city.sqlite "SELECT distance_m BETWEEN 2.2 AND 2.3 FROM findings WHERE kind = 'break'")" -eq 1 ]
  [ "$(sqlite3 city.sqlite "SELECT feature_id FROM findings WHERE kind = 'trap'")" = trap ]
  [ "$(sqlite3 city.sqlite "SELECT feature_id FROM findings WHERE kind = 'island'")" = island ]
  [ "$(sqlite3 city.sqlite "SELECT feature_id FROM findings WHERE kind = 'impassable'")" = bridge ]
}

@test "network: on foot the bridge is there and the one-way street is none" {
  make_roads
  run --separate-stderr "$FACMAP" network city.sqlite roads --via walk --break 1 --json
  [ "$status" -eq 0 ]
  [ "$(json .result.n_weak)" -eq 3 ]
  [ "$(json .result.n_breaks)" -eq 0 ]
  [ "$(json .result.n_traps)" -eq 0 ]
  [ "$(json .result.n_impassable)" -eq 0 ]
}

@test "network: findings replace findings and no other layer" {
  make_roads
  "$FACMAP" network city.sqlite --as findings --quiet
  run --separate-stderr "$FACMAP" network city.sqlite --as findings --via walk
  [ "$status" -eq 0 ]
  [[ $output == *"roads, by profile 'walk'"* ]]
  printf 'id,lon,lat\na,10.001,50\nb,10.009,50\n' >place.csv
  "$FACMAP" load city.sqlite place.csv --kind place --crs EPSG:4326 --quiet
  "$FACMAP" proximity city.sqlite --from place --to place --as near --quiet
  for layer in near place; do
    run --separate-stderr "$FACMAP" network city.sqlite --as "$layer"
    fails_with "layer '$layer' exists and holds no findings of 'facmap network': choose another name" 1
  done
  [ "$(sqlite3 city.sqlite 'SELECT count(*) FROM near')" -eq 2 ]
}

@test "network: what is kept is used, and a damaged one made anew" {
  make_roads
  "$FACMAP" network city.sqlite --quiet
  first=$(sqlite3 city.sqlite "SELECT group_concat(hex(content)) FROM (SELECT * FROM fm_cache ORDER BY name)")
  [ "$(sqlite3 city.sqlite 'SELECT count(*) FROM fm_cache')" -eq 2 ]
  sqlite3 city.sqlite "UPDATE fm_cache SET content = CAST(substr(content, 1, length(content) - 9) || 'x' AS BLOB)"
  "$FACMAP" network city.sqlite --quiet
  again=$(sqlite3 city.sqlite "SELECT group_concat(hex(content)) FROM (SELECT * FROM fm_cache ORDER BY name)")
  [ "$first" = "$again" ]
}

@test "network: closed and opened roads change the answer and are not kept" {
  make_roads
  printf 'id;WKT\nlink;LINESTRING (10.020 50.000,10.010 50.010)\n' >link.csv
  printf 'id;WKT\nworks;POINT (10.005 50.0001)\n' >works.csv
  "$FACMAP" load city.sqlite link.csv --kind line --crs EPSG:4326 --quiet
  "$FACMAP" load city.sqlite works.csv --kind works --crs EPSG:4326 --quiet
  run --separate-stderr "$FACMAP" network city.sqlite --open link --json
  [ "$(json .result.n_traps)" -eq 0 ]
  run --separate-stderr "$FACMAP" network city.sqlite --close works --json
  [ "$status" -eq 0 ]
  [ "$(json '.warnings | length')" -eq 0 ]
  [ "$(sqlite3 city.sqlite 'SELECT count(*) FROM fm_cache')" -eq 0 ]
}

@test "network: no roads, no profile, a profile that is none" {
  make_roads
  run --separate-stderr "$FACMAP" network city.sqlite --via fly
  fails_with "no shipped profile of that name (walk, bike, drive)" 1
  echo '{"facmap_profile": 1, "name": "x", "speed": {"default_kmh": 5, "fast": 1}}' >x.json
  run --separate-stderr "$FACMAP" network city.sqlite --via x.json
  fails_with "x.json: speed.fast: unknown key" 1
  "$FACMAP" init empty.sqlite --quiet
  run --separate-stderr "$FACMAP" network empty.sqlite
  fails_with "load roads with --kind network" 1
}

@test "network: the made-up roads of Rivertown" {
  data=${FACMAP_SOURCE:-$BATS_TEST_DIRNAME/../..}/geodata
  "$FACMAP" init town.sqlite --quiet
  "$FACMAP" load town.sqlite "$data/rivertown_roads/dataset.json" --quiet
  [ "$(sqlite3 town.sqlite "SELECT modelled FROM fm_layer WHERE name = 'roads'")" -eq 1 ]
  run --separate-stderr "$FACMAP" network town.sqlite --via walk --as walk --json
  [ "$(json .result.n_weak)" -eq 2 ]
  [ "$(json .result.n_impassable)" -eq 6 ]
  # Nobody walks on the motorway, nobody drives on the footpath, and Mill Island is an island.
  [ "$(sqlite3 town.sqlite "SELECT count(*) FROM walk JOIN roads ON feature_id = id WHERE walk.kind = 'impassable' AND highway LIKE 'motorway%'")" -eq 6 ]
  run --separate-stderr "$FACMAP" network town.sqlite --via drive --as drive --json
  [ "$(json .result.n_parallel)" -eq 0 ]
  [ "$(sqlite3 town.sqlite "SELECT group_concat(highway) FROM (SELECT DISTINCT highway FROM drive JOIN roads ON feature_id = id WHERE kind = 'impassable' ORDER BY highway)")" = footway,track ]
  [ "$(sqlite3 town.sqlite "SELECT group_concat(name_en) FROM drive JOIN roads ON feature_id = id WHERE kind = 'island'")" = "Mill Island Lane" ]
}
