#!/usr/bin/env bats
bats_require_minimum_version 1.5.0
load helpers

@test "load mapping: Chinese headings need no --map" {
  "$FACMAP" init w.sqlite -q
  printf '機構編碼,單位名稱,英文名称,經度（°）,緯度（°）,床位數（张）,开业时间,狀態,行政区,地址\n007,甲院,A,116.40,39.91,300,2010年9月,在营,东城区,甲路1号\n008,乙院,B,116.41,39.92,无,2011/3,在建,西城区,乙路\n' >list.csv
  run --separate-stderr "$FACMAP" load w.sqlite list.csv --layer h --crs EPSG:4326 --json
  [ "$status" -eq 0 ]
  [ "$(json '.result[0].loaded')" -eq 2 ]
  [ "$(json '.result[0].mapping | join(";")')" = "id <- 機構編碼;name_zh <- 單位名稱;name_en <- 英文名称;status <- 狀態;opens <- 开业时间;capacity <- 床位數（张）;status_source <- 狀態;district <- 行政区;address <- 地址;geom <- 經度（°）, 緯度（°）" ] ||
    { json '.result[0].mapping | join(";")'; return 1; }
  "$FACMAP" export w.sqlite out.csv h -q
  grep -q 'open,2010-09' out.csv
  grep -q '在建' out.csv
}

@test "load mapping: what two columns could be is left open and said" {
  "$FACMAP" init w.sqlite -q
  printf '代码,编号,名称\na,1,甲\nb,2,乙\n' >list.csv
  run --separate-stderr "$FACMAP" load w.sqlite list.csv --layer t
  [ "$status" -eq 0 ]
  [[ $stderr == *"2 columns could be id: '代码', '编号'; none is taken, pass for instance --map id=代码"* ]]
  printf 'id,lng,longitude,lat\n1,116.4,116.4,39.9\n' >two.csv
  run --separate-stderr "$FACMAP" load w.sqlite two.csv --layer u --crs EPSG:4326
  fails_with "'lng' and 'longitude' both could be the longitude" 2
}

@test "load mapping: a user's synonyms, and ones with a fault" {
  "$FACMAP" init w.sqlite -q
  echo '{"facmap":"synonyms","version":1,"fields":{"capacity":["规模"]},"status":{"open":["有效"],"closed":["无效"]}}' >own.json
  printf 'id,规模,状态\na,12,有效\nb,9,无效\n' >list.csv
  run --separate-stderr "$FACMAP" load w.sqlite list.csv --layer t --synonyms own.json --json
  [ "$status" -eq 0 ]
  [ "$(json '.result[0].mapping | join(";")')" = "id <- id;status <- 状态;capacity <- 规模;status_source <- 状态" ]
  echo '{"facmap":"dataset","version":1,"synonyms":"own.json","sources":[{"path":"list.csv","layer":"u"}]}' >dataset.json
  run --separate-stderr "$FACMAP" load w.sqlite dataset.json --json
  [ "$(json '.result[0].mapping | length')" -eq 4 ]
  echo '{"facmap":"synonyms","version":1,"fields":{"id":["号"],"name":["号"]}}' >own.json
  run --separate-stderr "$FACMAP" load w.sqlite list.csv --layer v --synonyms own.json
  fails_with "'号' also stands under id" 1
  run --separate-stderr "$FACMAP" load w.sqlite list.csv --layer v --synonyms absent.json
  fails_with "absent.json: no such file" 1
}

@test "load mapping: coordinates in one column, in any spelling" {
  "$FACMAP" init w.sqlite -q
  for value in '"116.40,39.91"' '39.91 116.40' '116.40，39.91' '"116°24′E 39°54′36″N"' \
    '北纬39°54′36″ 东经116°24′' '116d24m0s 39d54m36s' 'POINT(116.40 39.91)' \
    '"{""type"":""Point"",""coordinates"":[116.40,39.91]}"'; do
    printf 'id,坐标\n1,%s\n' "$value" >one.csv
    run --separate-stderr "$FACMAP" load w.sqlite one.csv --layer t --replace --crs EPSG:4326 --json
    [ "$status" -eq 0 ] || { echo "$value: $stderr"; return 1; }
    "$FACMAP" export w.sqlite out.geojson t -q && at=$(jq -c '.features[0].geometry.coordinates' out.geojson)
    rm out.geojson
    [ "$at" = '[116.4,39.91]' ] || { echo "$value: $at"; return 1; }
  done
  printf 'id,坐标\n1,"10.01,50.01"\n' >europe.csv
  run --separate-stderr "$FACMAP" load w.sqlite europe.csv --layer e --crs EPSG:4326
  fails_with "pass --map lonlat=坐标 or --map latlon=坐标" 1
  run --separate-stderr "$FACMAP" load w.sqlite europe.csv --layer e --crs EPSG:4326 --map latlon=坐标
  [ "$status" -eq 0 ]
}

@test "load mapping: decimal commas, in two columns and in one" {
  "$FACMAP" init city.sqlite -q
  printf 'id;lon;lat\na;116,40;39,9\nb;116,5;39,875\nc;116,397;40\n' >two.csv
  printf 'id\t坐标\na\t116,40; 39,9\nb\t116,5;39,875\n' >one.tsv
  for file in two.csv one.tsv; do
    run --separate-stderr "$FACMAP" load city.sqlite "$file" --layer t --replace --crs EPSG:4326 --json
    [ "$status" -eq 0 ]
    [ "$(json '.result[0].rejected')" -eq 0 ]
    [ "$(sqlite3 city.sqlite "SELECT count(*) FROM t WHERE id IN ('a', 'b')")" -eq 2 ]
    "$FACMAP" export city.sqlite t.csv t --overwrite -q
    [ "$(cut -d, -f1,2 t.csv | sed -n 2,3p)" = $'116.4,39.9\n116.5,39.875' ]
  done
}

@test "load mapping: X is the northing where survey tables write it so" {
  "$FACMAP" init w.sqlite -q
  printf 'id,X(m),Y(m)\n1,4419565.435,448481.575\n' >survey.csv
  run --separate-stderr "$FACMAP" load w.sqlite survey.csv --layer s --crs EPSG:4548
  [ "$status" -eq 0 ]
  [[ $stderr == *"'X(m)' is read as the northing and 'Y(m)' as the easting"* ]]
  run --separate-stderr "$FACMAP" load w.sqlite survey.csv --layer t --crs EPSG:4548 --x 'X(m)' --y 'Y(m)'
  fails_with "swapped" 1
}

@test "load mapping: --locate-by places rows by their area, and every analysis says what it cannot count" {
  make_city
  printf 'id,名称,所在区\na,甲院,西区\nb,乙院,East\nc,丙院,南区\n' >list.csv
  run --separate-stderr "$FACMAP" load city.sqlite list.csv --layer clinic --locate-by area:所在区
  [ "$status" -eq 0 ]
  [[ $stderr == *"placed in their area ('area'), with its size as position_accuracy_m: 2"* ]]
  [[ $stderr == *"does not have ('南区'): 1"* ]]
  "$FACMAP" export city.sqlite out.csv clinic -q
  [ "$(grep -c ',area\(,\|$\)' out.csv)" -eq 2 ]
  grep -q '^,,c,丙院' out.csv
  run --separate-stderr "$FACMAP" coverage city.sqlite --of clinic --within 3km --demand demand --weight residents
  [ "$status" -eq 0 ]
  [[ $stderr == *"clinic"*"1 of 3"* ]]
  run --separate-stderr "$FACMAP" proximity city.sqlite --from clinic --to school
  [[ $stderr == *"clinic"*"1 of 3"* ]]
  run --separate-stderr "$FACMAP" load city.sqlite list.csv --layer clinic --update --locate-by area:所在区
  fails_with "--locate-by with --update" 2
  run --separate-stderr "$FACMAP" load city.sqlite list.csv --layer c2 --locate-by 所在区
  fails_with "write AREA:COLUMN" 2
}

@test "load mapping: a second load changes nothing and says so; an update shows what it changes" {
  make_city
  printf '名称,地址,床位,lon,lat\n甲院,甲路,10,10.01,50.01\n乙院,乙路,20,,\n' >list.csv
  "$FACMAP" load city.sqlite list.csv --layer h --crs EPSG:4326 -q
  run --separate-stderr "$FACMAP" load city.sqlite list.csv --layer h --crs EPSG:4326 --update
  [ "$status" -eq 0 ]
  [[ $output == *"nothing changed in h"* ]]
  [[ $stderr == *"told apart by name_zh and address"* ]]

  # Not less so beside a row that cannot be read.
  (cat list.csv && echo '丙院,丙路,30,10.02,91') >worse.csv
  run --separate-stderr "$FACMAP" load city.sqlite worse.csv --layer h --crs EPSG:4326 --update
  [ "$status" -eq 0 ]
  [[ $output == *"nothing changed in h"* ]]
  [[ $output == *"1 rejected row of h, with"* ]]

  sed -i 's/甲路,10/甲路,12/' list.csv
  run --separate-stderr "$FACMAP" load city.sqlite list.csv --layer h --crs EPSG:4326 --update
  [[ $output == *"h-1: capacity 10 -> 12"* ]]
  sed -i 's/甲路,12/甲路,13/' list.csv
  run --separate-stderr "$FACMAP" load city.sqlite list.csv --layer h --crs EPSG:4326 --update --json
  [ "$(json '.result[0].changes[0] | [.id, .field, .before, .after] | join(" ")')" = "h-1 capacity 12 13" ]
  [ "$(json '.result[0] | .read == .loaded + .updated + .unchanged + .unlocated + .rejected')" = true ]
  [ "$(sqlite3 city.sqlite 'SELECT count(*) FROM h')" -eq 2 ]
}

@test "load mapping: --key says what tells rows without ids apart" {
  make_city
  printf 'name,电话,beds,lon,lat\n甲院,1,10,10.01,50.01\n甲院,2,20,10.02,50.02\n' >list.csv
  "$FACMAP" load city.sqlite list.csv --layer h --crs EPSG:4326 -q
  sed -i 's/2,20/2,25/' list.csv
  run --separate-stderr "$FACMAP" load city.sqlite list.csv --layer h --crs EPSG:4326 --update
  fails_with "name columns that tell rows apart with --key" 2
  run --separate-stderr "$FACMAP" load city.sqlite list.csv --layer h --crs EPSG:4326 --update --key name,fax
  fails_with "--key name,fax: no column 'fax' in list.csv" 1
  run --separate-stderr "$FACMAP" load city.sqlite list.csv --layer h --crs EPSG:4326 --update --key 电话 --json
  [ "$status" -eq 0 ]
  [ "$(json '.result[0] | [.updated, .unchanged, .loaded] | join(" ")')" = "1 1 0" ]
  [ "$(sqlite3 city.sqlite "SELECT capacity FROM h WHERE id = 'h-2'")" -eq 25 ]
}

@test "load mapping: rejected rows, corrected, load as they are" {
  make_city
  printf '编号,名称,容量,lon,lat\na,甲,10,10.01,50.01\nb,乙,很多,10.02,50.02\nc,丙,30,10.03,150\nd,丁,40,,\n' >list.csv
  run --separate-stderr "$FACMAP" load city.sqlite list.csv --layer h --crs EPSG:4326 --map capacity=容量 --rejects bad.csv --json
  [ "$status" -eq 0 ]
  [ "$(json '.result[0] | [.read, .loaded, .unlocated, .rejected] | join(" ")')" = "4 1 1 2" ]
  # Only the row's own columns are corrected, after row, field, value and reason.
  sed -i -e 's/,乙,很多,/,乙,20,/' -e 's/,150$/,50.03/' bad.csv
  run --separate-stderr "$FACMAP" load city.sqlite bad.csv --layer h --crs EPSG:4326 --map capacity=容量 --append --json
  [ "$(json '.result[0] | [.read, .loaded, .rejected] | join(" ")')" = "2 2 0" ]
  [ "$(sqlite3 city.sqlite 'SELECT group_concat(id || capacity) FROM h')" = "a10,d40,b20,c30" ]
}

@test "load mapping: what is placed by its area is said and drawn lighter on the shipped map" {
  make_city
  printf '编号,名称,所在区,经度,纬度\na,甲校,西区,,\nb,乙校,东区,10.06,50.01\n' >list.csv
  "$FACMAP" load city.sqlite list.csv --layer school --kind school --crs EPSG:4326 --replace -q \
    --locate-by area:所在区
  # The layer of schools as the shipped map has it, on a page of its own.
  jq '.layers |= map(select(.id == "school")) | .metadata = {
    "facmap:extent": {"layers": ["area"]}, "facmap:notes": {"en": "Source: {source}."},
    "facmap:legend": [{"id": "facilities", "title": {"zh": "设施", "en": "Facilities"}}]}' \
    "$BATS_TEST_DIRNAME/../../styles/layout.json" >map.json
  run --separate-stderr "$FACMAP" render city.sqlite map.json -o map.png --size 1600x1200 \
    --display-list list.txt
  [ "$status" -eq 0 ] || { echo "$stderr"; return 1; }
  grep -q "1 position is known only by district" list.txt
  grep -q "of these, known by district only" list.txt
  grep -q "其中只知所在区" list.txt
}
