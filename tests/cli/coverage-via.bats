#!/usr/bin/env bats
bats_require_minimum_version 1.5.0
load helpers

# The town of the helpers with two streets: one along each row of schools, joined in the west.
make_roads() {
  make_city
  cat >roads.geojson <<'JSON'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"south","highway":"residential"},"geometry":{"type":"LineString","coordinates":[[10.00,50.01],[10.10,50.01]]}},
{"type":"Feature","properties":{"id":"west","highway":"residential"},"geometry":{"type":"LineString","coordinates":[[10.00,50.01],[10.00,50.04]]}},
{"type":"Feature","properties":{"id":"north","highway":"residential"},"geometry":{"type":"LineString","coordinates":[[10.00,50.04],[10.10,50.04]]}}]}
JSON
  cat >works.geojson <<'JSON'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"w"},"geometry":{"type":"Point","coordinates":[10.04,50.01]}}]}
JSON
  cat >link.geojson <<'JSON'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"bridge","highway":"residential"},"geometry":{"type":"LineString","coordinates":[[10.10,50.01],[10.10,50.04]]}}]}
JSON
  "$FACMAP" load city.sqlite roads.geojson --kind network --layer roads --quiet
  "$FACMAP" load city.sqlite works.geojson --kind line --layer works --quiet
  "$FACMAP" load city.sqlite link.geojson --kind line --layer link --quiet
}

people() {
  "$FACMAP" coverage city.sqlite --of school --within "$1" --demand demand --via walk "${@:2}" --json 2>/dev/null | jq '.result.within[-1].people'
}

@test "coverage --via: minutes, and the layers that come of them" {
  make_roads
  run --separate-stderr "$FACMAP" coverage city.sqlite --of school --within 5min,15min,30min --demand demand --by area --via walk --roads --as w --json
  [ "$status" -eq 0 ]
  [ "$(json '.result.within | map(.within_s) | tostring')" = '[300,900,1800]' ]
  [ "$(json '.result.within | map(.people) | . == sort')" = true ]
  run --separate-stderr sqlite3 city.sqlite "SELECT group_concat(name) FROM (SELECT name FROM fm_layer WHERE name LIKE 'w%' AND kind = 'result' ORDER BY name)"
  [ "$output" = "w,w_by_area,w_demand,w_facility,w_roads" ]
  run --separate-stderr sqlite3 city.sqlite "SELECT count(*) FROM w_demand WHERE reason = 'no road within 500 m' AND time_s IS NULL AND nearest_id IS NULL"
  [ "$output" -gt 0 ]
}

@test "coverage --via: what is further from a road than --max-snap is reached no more" {
  make_roads
  near=$(people 2h)
  far=$(people 2h --max-snap 3km)
  [ "$(jq -n "$far > $near")" = true ]
}

@test "coverage --via: closing never helps, opening never hurts" {
  make_roads
  as_is=$(people 20min)
  closed=$(people 20min --close works)
  opened=$(people 20min --open link)
  [ "$(jq -n "$closed < $as_is")" = true ]
  [ "$(jq -n "$opened >= $as_is")" = true ]
}

@test "coverage --via: the same for any number of threads, and from the kept network" {
  make_roads
  for threads in 1 2 4; do
    "$FACMAP" coverage city.sqlite --of school --within 5min,15min --demand demand --via walk --areas each --as "t$threads" --threads $threads --quiet
    sqlite3 city.sqlite "SELECT hex(geom), people, area_m2 FROM t${threads}_facility UNION ALL SELECT hex(geom), people, area_m2 FROM t$threads" >"$threads.txt"
  done
  cmp 1.txt 2.txt
  cmp 1.txt 4.txt
}

@test "coverage --via: wrong usage" {
  make_roads
  run --separate-stderr "$FACMAP" coverage city.sqlite --of school --within 15min --demand demand
  fails_with "--via walk" 2
  run --separate-stderr "$FACMAP" coverage city.sqlite --of school --within 0min --demand demand --via walk
  fails_with "not above zero" 2
  run --separate-stderr "$FACMAP" coverage city.sqlite --of school --within 15min,3km --demand demand --via walk
  fails_with "mixes distances and times" 2
  run --separate-stderr "$FACMAP" coverage city.sqlite --of school --within 3km --demand demand --direction from
  fails_with "--direction is about roads" 2
  run --separate-stderr "$FACMAP" coverage city.sqlite --of school --within 3km --demand demand --via walk --direction up
  fails_with "must be 'to' or 'from'" 2
  run --separate-stderr "$FACMAP" coverage city.sqlite --of school --within 3km --demand demand --via walk --areas some
  fails_with "must be 'all', 'each' or 'none'" 2
  run --separate-stderr "$FACMAP" coverage city.sqlite --of school --within 3km --demand demand --via walk --max-snap 5min
  fails_with "give a length" 2
  run --separate-stderr "$FACMAP" coverage city.sqlite --of school --within 3km --demand demand --via walk --max-snap 0m
  fails_with "not above zero" 2
  run --separate-stderr "$FACMAP" coverage city.sqlite --of school --within 15min --demand demand --via walk --max-snap 101km
  fails_with "give at most 100 km" 2
}

@test "coverage --via: no network, or an unknown profile" {
  make_city
  run --separate-stderr "$FACMAP" coverage city.sqlite --of school --within 15min --demand demand --via walk
  fails_with "network" 1
  make_roads 2>/dev/null || true
  run --separate-stderr "$FACMAP" coverage city.sqlite --of school --within 15min --demand demand --via teleport
  fails_with "teleport" 1
}

@test "coverage --via TABLE: costs that were made elsewhere" {
  make_city
  printf 'from_id,to_id,cost_s\nd11,s1,120\nd12,s1,700\nd21,s1,300\nd21,s4,200\nnobody,s1,1\n' >times.csv
  "$FACMAP" load city.sqlite times.csv --kind costs --layer times --quiet
  run --separate-stderr "$FACMAP" coverage city.sqlite --of school --within 5min,15min --demand demand --via times --as t --json
  [ "$status" -eq 0 ]
  [ "$(json '.result.within | map(.people) | tostring')" = '[300,400]' ]
  [ "$(json '[.warnings[] | select(test("1 row names ids"))] | length')" -eq 1 ]
  run --separate-stderr sqlite3 city.sqlite "SELECT nearest_id || ' ' || time_s FROM t_demand WHERE demand_id = 'd21'"
  [ "$output" = "s4 200.0" ]
  run --separate-stderr sqlite3 city.sqlite "SELECT count(*) FROM t_demand WHERE reason = 'no cost in ''times'''"
  [ "$output" -eq 24 ]
}

@test "coverage --via TABLE: what does not fit is one clear line" {
  make_city
  printf 'from_id,to_id,cost_s\nd11,s1,-4\n' >bad.csv
  "$FACMAP" load city.sqlite bad.csv --kind costs --layer bad --quiet
  run --separate-stderr "$FACMAP" coverage city.sqlite --of school --within 5min --demand demand --via bad
  fails_with "cost_s is -4; a cost is 0 or more" 1
  run --separate-stderr "$FACMAP" coverage city.sqlite --of school --within 5km --demand demand --via bad
  fails_with "ask for limits such as 15min" 2
  run --separate-stderr "$FACMAP" coverage city.sqlite --of school --within 5min --demand demand --via bad --max-snap 1km
  fails_with "--max-snap is about roads" 2
}

@test "coverage --via: a limit of nothing, and roads in degrees that do not say so" {
  make_roads
  run --separate-stderr "$FACMAP" coverage city.sqlite --of school --within 0min --demand demand --via walk
  fails_with "--within 0min" 2
  printf 'id,from_node,to_node,wkt\na,1,2,"LINESTRING (10 50, 10.1 50)"\n' >edges.csv
  run --separate-stderr "$FACMAP" load city.sqlite edges.csv --kind network --layer edges
  fails_with "--crs" 1
}
