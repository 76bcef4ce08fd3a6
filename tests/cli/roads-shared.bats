#!/usr/bin/env bats
# Real roads. They are not part of this repository: without them the tests are skipped.
bats_require_minimum_version 1.5.0
load helpers

shared_roads() {
  local root
  root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
  EDGES=${FACMAP_SHARED:-$root/../shared}/data/roads/beijing_osm2017_edges.csv.gz
  [ -f "$EDGES" ] || skip "no shared data: FACMAP_SHARED does not say where they are"
  TIMES=$root/tests/support/shortest_times.py
}

@test "proximity --via: 1,000 pairs of junctions in Beijing take what a Dijkstra of the tests says" {
  shared_roads
  python3 "$TIMES" points "$EDGES" from.csv to.csv
  "$FACMAP" init city.sqlite --quiet
  "$FACMAP" load city.sqlite "$EDGES" --crs EPSG:4326 --kind network --layer roads --quiet
  "$FACMAP" load city.sqlite from.csv to.csv --crs EPSG:4326 --kind facility --quiet
  "$FACMAP" proximity city.sqlite --from from --to to --matrix --via drive --as m --quiet
  "$FACMAP" export city.sqlite found.csv m --quiet
  run --separate-stderr python3 "$TIMES" check "$EDGES" found.csv
  echo "$output $stderr"
  [ "$status" -eq 0 ]
}
