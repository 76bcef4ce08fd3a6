#!/usr/bin/env bats
bats_require_minimum_version 1.5.0
load helpers

source_dir=${FACMAP_SOURCE:-$BATS_TEST_DIRNAME/../..}
shared=${FACMAP_SHARED:-$source_dir/../shared}/data

@test "check: --help names every option, on one screen of text" {
  run --separate-stderr "$FACMAP" check --help
  [ "$status" -eq 0 ]
  [[ ${lines[0]} == "facmap check: "* ]]
  [[ $output == *"usage: facmap check "* ]]
  [[ $output == *"--against"* ]]
  [ -z "$stderr" ]
}

@test "check: wrong usage" {
  run --separate-stderr "$FACMAP" check
  fails_with "usage: facmap check" 2
  run --separate-stderr "$FACMAP" check --no-such-option
  fails_with "no-such-option" 2
  make_city
  run --separate-stderr "$FACMAP" check city.sqlite --within 5min
  fails_with "--within 5min" 2
  run --separate-stderr "$FACMAP" check city.sqlite --within 300
  fails_with "--within 300" 2
  run --separate-stderr "$FACMAP" check city.sqlite scool
  fails_with "school" 1
  run --separate-stderr "$FACMAP" check city.sqlite --as school
  fails_with "--as" 1
}

@test "check: clean data have no findings" {
  "$FACMAP" init town.sqlite --quiet
  "$FACMAP" load town.sqlite "$source_dir/geodata/rivertown/dataset.json" --quiet
  run --separate-stderr "$FACMAP" check town.sqlite --json --strict
  [ "$status" -eq 0 ]
  [ "$(json '.result.findings | length')" -eq 0 ]
  [ "$(json '.result.layers | length')" -gt 5 ]
}

# One fault of each kind in an otherwise clean list.
make_faults() {
  make_city
  cat >clinic.csv <<'CSV'
id,name_zh,name_en,district,status,opens,capacity,lon,lat
c1,红楼诊所,Red House Clinic,West,open,1990,20,10.011,50.011
c2,河畔诊所,Riverside Clinic,West,open,1991,25,10.021,50.021
c3,山麓门诊,Foothill Practice,East,open,1992,30,10.061,50.031
c4,星光医务室,Starlight Surgery,East,open,1993,15,10.071,50.021
c5,桥头卫生站,Bridgehead Station,West,open,1994,35,10.031,50.041
c6,花园医院,Garden Hospital,East,open,1995,40,10.081,50.011
c7,渡口药房,Ferry Dispensary,West,open,1996,22,10.041,50.015
c8,林间疗养院,Woodland Sanatorium,East,open,1997,28,10.091,50.035
zero,零点诊所,Zero Point,West,open,1998,24,0.0001,0.0001
swap,颠倒诊所,Upside Down,West,open,1998,24,50.02,10.012
typo,笔误诊所,Slip Of The Pen,West,open,1998,24,1.0032,50.022
far,远方诊所,Faraway,,open,1998,24,15,42
other,错区诊所,Wrong Side,West,open,1998,24,10.095,50.045
twice,红楼诊所（西门）,Red House Clinic,West,open,1990,20,10.0111,50.0111
C2,白鹭诊所,Heron Clinic,West,open,1998,24,10.015,50.045
many,大仓诊所,Granary Clinic,West,open,1998,9000,10.025,50.045
late,未来诊所,Tomorrow Clinic,West,planned,2001,24,10.035,50.032
mute,无名诊所,,West,open,1998,24,10.045,50.045
void,空床诊所,Empty Beds,West,open,1998,,10.005,50.035
CSV
  "$FACMAP" load city.sqlite clinic.csv --kind hospital --crs EPSG:4326 --quiet
}

@test "check: every fault is found by its row, and nothing else is" {
  make_faults
  run --separate-stderr "$FACMAP" check city.sqlite clinic --date 2021-04-28 --json
  [ "$status" -eq 0 ]
  [ "$(json '[.result.findings[] | .kind + " " + .feature_id] | sort | .[]')" = "capacity_missing void
coordinate_typo typo
duplicate twice
far_outside far
id_variant C2
name_missing mute
null_island zero
outside_stated_area other
status_contradicts late
swapped_axes swap
value_out_of_range many" ]
  [ "$(json '.result.findings[] | select(.kind == "duplicate") | .other_id')" = c1 ]
}

@test "check: tables for people, a layer to draw, and nothing with --no-layer" {
  make_faults
  run --separate-stderr "$FACMAP" check city.sqlite --no-layer
  [ "$status" -eq 0 ]
  [[ $output == *"Position 0, 0"* ]]
  [[ $output == *" findings in 4 layers"* ]]
  [ "$(sqlite3 city.sqlite "SELECT count(*) FROM fm_layer WHERE name = 'check'")" -eq 0 ]
  "$FACMAP" check city.sqlite --quiet
  n=$(sqlite3 city.sqlite 'SELECT count(*) FROM "check"')
  [ "$n" -ge 11 ]
  "$FACMAP" check city.sqlite --quiet
  [ "$(sqlite3 city.sqlite 'SELECT count(*) FROM "check"')" -eq "$n" ]
  [ "$(sqlite3 city.sqlite "SELECT count(*) FROM \"check\" WHERE title_zh IS NULL OR evidence IS NULL")" -eq 0 ]
}

@test "check: --strict makes findings a failure, after they are told" {
  make_faults
  run --separate-stderr "$FACMAP" check city.sqlite clinic --strict
  [ "$status" -eq 1 ]
  [[ $output == *"Position 0, 0"* ]]
  [[ $stderr == *"--strict"* ]]
  [ "$(printf '%s\n' "$stderr" | wc -l)" -eq 1 ]
}

@test "check: the findings are drawn by the style of that name" {
  make_faults
  "$FACMAP" check city.sqlite clinic --quiet
  run --separate-stderr "$FACMAP" render city.sqlite check -o check.png --size 640x480 --extent area
  [ "$status" -eq 0 ]
  [ -s check.png ]
}

# ---- the lists of Beijing whose datum is known -----------------------------------------------

need_shared() {
  [ -e "$shared/roads/beijing_osm2017_edges.csv.gz" ] || skip "the shared reference data are not here"
}

# Roads and districts, which are right.
make_beijing() {
  "$FACMAP" init b.sqlite --quiet
  "$FACMAP" load b.sqlite "$source_dir/geodata/beijing/area.geojson" --kind area --quiet
  "$FACMAP" load b.sqlite "$shared/roads/beijing_osm2017_edges.csv.gz" --layer road --kind line \
    --crs EPSG:4326 --quiet
}

# "verdict system" of a layer in $output.
verdict() {
  json ".result.layers[] | select(.layer == \"$1\") | .verdict + \" \" + .system"
}

@test "check: lists read as WGS 84 are diagnosed as what they are" {
  need_shared
  make_beijing
  while read -r layer file; do
    "$FACMAP" load b.sqlite "$shared/$file" --layer "$layer" --crs EPSG:4326 --quiet
  done <<'FILES'
school poi/beijing_schools_primary_secondary_bd09.csv.gz
hospital poi/beijing_3a_hospitals_wgs84.csv
station poi/beijing_subway_stations_2019_gcj02.csv
township boundaries/beijing_townships_points_gcj02.csv.gz
district boundaries/beijing_16districts_gcj02.geojson.gz
outline boundaries/beijing_outline_gcj02.geojson.gz
subway basemap/beijing_subway_lines_2019_gcj02.geojson
key_school poi/beijing_keySchool_en_gcj02.geojson.gz
FILES
  run --separate-stderr "$FACMAP" check b.sqlite --no-layer --json
  [ "$status" -eq 0 ]
  [ "$(verdict school)" = "other BD-09" ]
  [ "$(verdict hospital)" = "fits WGS 84" ]
  [ "$(verdict station)" = "other GCJ-02" ]
  [ "$(verdict township)" = "other GCJ-02" ]
  [ "$(verdict district)" = "other GCJ-02" ]
  [ "$(verdict outline)" = "other GCJ-02" ]
  [ "$(verdict subway)" = "other GCJ-02" ]
  # English names without addresses: the nearest road would say WGS 84, the pattern knows better.
  [ "$(verdict key_school)" = "other GCJ-02" ]
  "$FACMAP" load b.sqlite "$shared/poi/beijing_schools_primary_secondary_bd09.csv.gz" --layer known \
    --crs BD-09 --quiet
  run --separate-stderr "$FACMAP" check b.sqlite key_school --against known --no-layer --json
  [ "$(verdict key_school)" = "other GCJ-02" ]
}

@test "check: the schools read as BD-09 lie in their districts and at their roads" {
  need_shared
  make_beijing
  file=$shared/poi/beijing_schools_primary_secondary_bd09.csv.gz
  for category in xx zx; do
    # Names may hold line breaks: rows are told by a CSV reader.
    gzip -dc "$file" | python3 -c '
import csv, sys
rows = list(csv.reader(sys.stdin))
column = rows[0].index("categoryId")
csv.writer(sys.stdout).writerows(rows[:1] + [r for r in rows[1:] if r[column] == sys.argv[1]])
' "$category" >"$category.csv"
    "$FACMAP" load b.sqlite "$category.csv" --crs BD-09 --quiet
  done
  "$FACMAP" load b.sqlite "$file" --layer school --crs BD-09 --quiet
  run --separate-stderr "$FACMAP" check b.sqlite xx zx school --no-layer --json
  [ "$status" -eq 0 ]
  [ "$(verdict school)" = "fits BD-09" ]
  evidence='.result.layers[] | select(.layer == $layer) | .evidence[] | select(.by == $by) | .systems[] | select(.system == "BD-09")'
  figure() {
    printf '%s' "$output" | jq --arg layer "$1" --arg by "$2" "$evidence | $3"
  }
  echo "share in the stated district: $(figure school stated_area .inside_share)"
  echo "medians: $(figure xx named_line .median_m) $(figure zx named_line .median_m)"
  jq -en "$(figure school stated_area .inside_share) > 0.99"
  # Measured otherwise: 95 m for primary, 44 m for secondary schools.
  jq -en "$(figure xx named_line .median_m) - 95 | fabs < 10"
  jq -en "$(figure zx named_line .median_m) - 44 | fabs < 10"
}
