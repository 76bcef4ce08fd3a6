#!/usr/bin/env bats
bats_require_minimum_version 1.5.0
load helpers

# One street past the schools of the south, one-way to the east from the second school on; a school
# 99 km away.
make_roads() {
  make_city
  cat >roads.geojson <<'JSON'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"a","highway":"residential"},"geometry":{"type":"LineString","coordinates":[[10.00,50.01],[10.06,50.01]]}},
{"type":"Feature","properties":{"id":"b","highway":"residential","oneway":"yes"},"geometry":{"type":"LineString","coordinates":[[10.06,50.01],[10.10,50.01]]}}]}
JSON
  "$FACMAP" load city.sqlite roads.geojson --kind network --layer roads --quiet
}

@test "proximity --via: times, legs and routes along the road" {
  make_roads
  run --separate-stderr "$FACMAP" proximity city.sqlite --from school --to school -k 1 --via drive --routes --as p --json
  [ "$status" -eq 0 ]
  [ "$(json '.result.median_s > 0')" = true ]
  run --separate-stderr sqlite3 city.sqlite "SELECT count(*) FROM p WHERE time_s > 0 AND access_m < 1 AND egress_m < 1 AND abs(route_m - 3580) < 10 AND geom IS NOT NULL"
  [ "$output" -eq 2 ]
  run --separate-stderr sqlite3 city.sqlite "SELECT reason FROM p WHERE from_id = 's4'"
  [ "$output" = "no road within 500 m" ]
}

@test "proximity --via: a one-way street is left, not entered against" {
  make_roads
  printf 'id,lon,lat\nhome,10.09,50.01\n' >home.csv
  "$FACMAP" load city.sqlite home.csv --kind demand --layer home --crs EPSG:4326 --quiet
  run --separate-stderr "$FACMAP" proximity city.sqlite --from home --to school -k 1 --via drive --as to --json
  [ "$(json .result.n_pairs)" -eq 0 ]
  run --separate-stderr "$FACMAP" proximity city.sqlite --from home --to school -k 1 --via drive --direction from --as from --json
  [ "$(json .result.n_pairs)" -eq 1 ]
  run --separate-stderr "$FACMAP" proximity city.sqlite --from home --to school -k 1 --via walk --within 5km --as walk --json
  [ "$(json .result.n_pairs)" -eq 1 ]
  [ "$(json '.result.median_m > 2000')" = true ]
}

@test "proximity --via: k + 1 contains k, and every pair of a matrix" {
  make_roads
  for k in 1 2; do
    "$FACMAP" proximity city.sqlite --from demand --to school -k $k --via walk --as "k$k" --quiet
  done
  run --separate-stderr sqlite3 city.sqlite "SELECT count(*) FROM (SELECT from_id, to_id, rank, time_s FROM k1 WHERE to_id IS NOT NULL EXCEPT SELECT from_id, to_id, rank, time_s FROM k2)"
  [ "$output" -eq 0 ]
  run --separate-stderr "$FACMAP" proximity city.sqlite --from demand --to school --matrix --via walk --as m --json
  [ "$status" -eq 0 ]
  run --separate-stderr sqlite3 city.sqlite "SELECT count(*) FROM (SELECT from_id, to_id, rank, time_s FROM k2 WHERE to_id IS NOT NULL EXCEPT SELECT from_id, to_id, rank, time_s FROM m)"
  [ "$output" -eq 0 ]
}

@test "proximity --via: a facility 99 km away has no road" {
  make_roads
  printf 'id,lon,lat\nfar,11.4,50.01\n' >far.csv
  "$FACMAP" load city.sqlite far.csv --kind hospital --layer far --crs EPSG:4326 --quiet
  run --separate-stderr "$FACMAP" proximity city.sqlite --from far --to school -k 1 --via drive --as p --json
  [ "$status" -eq 0 ]
  run --separate-stderr sqlite3 city.sqlite "SELECT reason FROM p"
  [ "$output" = "no road within 500 m" ]
}

@test "proximity --via: wrong usage" {
  make_roads
  run --separate-stderr "$FACMAP" proximity city.sqlite --from demand --to school --routes
  fails_with "--routes is about roads" 2
  run --separate-stderr "$FACMAP" proximity city.sqlite --from demand --to school --within 5min
  fails_with "--via walk" 2
  run --separate-stderr "$FACMAP" proximity city.sqlite --from demand --to school --via drive --network nowhere
  fails_with "nowhere" 1
}

@test "proximity --via TABLE: its pairs and no others" {
  make_city
  printf 'from_id,to_id,cost_m\nd11,s1,900\nd11,s4,800\n' >metres.csv
  "$FACMAP" load city.sqlite metres.csv --kind costs --layer metres --quiet
  run --separate-stderr "$FACMAP" proximity city.sqlite --from demand --to school -k 1 --within 2km --via metres --as p --json
  [ "$status" -eq 0 ]
  run --separate-stderr sqlite3 city.sqlite "SELECT to_id || ' ' || distance_m FROM p WHERE from_id = 'd11'"
  [ "$output" = "s4 800.0" ]
  run --separate-stderr "$FACMAP" proximity city.sqlite --from demand --to school -k 1 --via metres --routes
  fails_with "--routes runs along roads" 2
  run --separate-stderr "$FACMAP" proximity city.sqlite --from demand --to school -k 1 --via nowhere
  [ "$status" -ne 0 ]
}
