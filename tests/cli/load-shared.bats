#!/usr/bin/env bats
# Real lists as they came, one command each. They are not part of this repository: without them the
# tests are skipped.
bats_require_minimum_version 1.5.0
load helpers

shared_data() {
  local root
  root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
  DATA=${FACMAP_SHARED:-$root/../shared}/data
  [ -d "$DATA/messy" ] || skip "no shared data: FACMAP_SHARED does not say where they are"
}

# file, coordinate system as the data's own notes state it ('' = the file's own, or none), rows, rows
# with a position
lists() {
  cat <<'LISTS'
messy/beijing_medical_institutions_8districts_utf8bom.csv||2035|0
poi/beijing_3a_hospitals_wgs84.csv|EPSG:4326|60|60
poi/beijing_keySchool_en_gcj02.geojson.gz|GCJ-02|100|100
poi/beijing_land_parcels_krassowsky_tm117.gpkg||1117|1117
poi/beijing_schools_primary_secondary_bd09.csv.gz|BD-09|1894|1894
poi/beijing_subway_stations_2019_gcj02.csv|GCJ-02|329|329
boundaries/beijing_111_districts_krassowsky_tm117.gpkg||111|111
boundaries/beijing_16districts_gcj02.geojson.gz|GCJ-02|16|16
boundaries/beijing_outline_gcj02.geojson.gz|GCJ-02|1|1
boundaries/beijing_townships_points_gcj02.csv.gz|GCJ-02|336|254
LISTS
}

@test "load-shared: every list loads with one command, and its rows add up" {
  shared_data
  "$FACMAP" init city.sqlite -q
  while IFS='|' read -r file crs rows located; do
    options=()
    [ -z "$crs" ] || options=(--crs "$crs")
    run --separate-stderr "$FACMAP" load city.sqlite "$DATA/$file" --layer t --replace --json \
      "${options[@]}"
    [ "$status" -eq 0 ] || { echo "$file: $stderr"; return 1; }
    counts=$(json '.result[0] | "\(.read) \(.loaded + .updated + .unchanged + .unlocated + .rejected)"')
    [ "$counts" = "$rows $rows" ] || { echo "$file: $counts, not $rows"; return 1; }
    placed=$(sqlite3 city.sqlite "SELECT count(*) FROM pragma_table_info('t') WHERE name = 'geom'")
    [ "$placed" -eq 0 ] || placed=$(sqlite3 city.sqlite 'SELECT count(geom) FROM t')
    rejected=$(json '.result[0].rejected')
    [ $((placed + rejected)) -eq "$located" ] || { echo "$file: $placed placed"; return 1; }
    echo "$file: read $rows, with a position $placed, rejected $rejected"
  done < <(lists)
}

@test "load-shared: no list is forgotten" {
  shared_data
  (cd "$DATA" && find messy poi boundaries -type f | sort) >found
  lists | cut -d'|' -f1 | sort >listed
  diff found listed
}

@test "load-shared: the same lists in other encodings give the same layer" {
  shared_data
  "$FACMAP" init city.sqlite -q
  list="$DATA/poi/beijing_3a_hospitals_wgs84.csv"
  "$FACMAP" load city.sqlite "$list" --layer t --crs EPSG:4326 -q
  "$FACMAP" export city.sqlite expect.csv t -q
  for encoding in GB18030 GBK UTF-16LE UTF-16BE; do
    iconv -f UTF-8 -t "$encoding" "$list" >list.csv
    run --separate-stderr "$FACMAP" load city.sqlite list.csv --layer t --crs EPSG:4326 --replace --json
    [ "$status" -eq 0 ]
    [[ $(json '.warnings[0]') == *"read as ${encoding/GBK/GB18030}: found out"* ]]
    "$FACMAP" export city.sqlite "$encoding.csv" t -q
    cmp expect.csv "$encoding.csv"
  done
}

@test "load-shared: OpenStreetMap extracts give their highways as a network" {
  shared_data
  "$FACMAP" init city.sqlite -q
  run --separate-stderr "$FACMAP" load city.sqlite "$DATA/osm/andorra.osm.pbf" --layer road
  fails_with "its roads come with --kind network" 2
  for extract in osm/andorra.osm.pbf:1614 r5r_saopaulo/spo_osm.pbf:5974; do
    run --separate-stderr "$FACMAP" load city.sqlite "$DATA/${extract%:*}" --kind network \
      --layer road --replace --json
    [ "$status" -eq 0 ]
    [ "$(json '.result[0].loaded')" -eq "${extract#*:}" ]
    [ "$(sqlite3 city.sqlite "SELECT count(*) FROM road WHERE highway IS NULL AND route IS NOT 'ferry'")" -eq 0 ]
  done
}
