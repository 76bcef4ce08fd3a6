#!/usr/bin/env bats
# Spreadsheets as they are made for print.
bats_require_minimum_version 1.5.0
load helpers
load helpers-load

@test "load-sheets: sheets with titles, remarks, mixed cells and empty ends" {
  make_schools
  cat >sheets.json <<'JSON'
[["名单", [["北京市学校一览表"], ["填报单位：教委", null, null, null, null, "2021年"],
 ["编号", "名称", "开放日期", "比例", "备注", "经度", "纬度"],
 [7, "一校", {"date": 44440}, {"percent": 0.35}, 5, 116.4, 39.9],
 ["008", "二校", "2021-09-02", null, "约5", "116.5", "39.8", null, null], [], [null, " "]]],
 ["空表", []]]
JSON
  sheet xlsx list.xlsx <sheets.json
  ogr2ogr -q -f ODS list.ods list.xlsx 名单 --config OGR_XLSX_HEADERS DISABLE
  for file in list.xlsx list.ods; do
    load_json "$file" --crs EPSG:4326
    holds_schools "$file"
    [[ $(json '.warnings[]') == *"the heading is row "* ]]
    [ "$(sqlite3 city.sqlite 'SELECT id, opens FROM t ORDER BY opens')" = $'7|2021-09-01\n008|2021-09-02' ]
  done
  [ "$(sqlite3 city.sqlite 'SELECT 备注 FROM t ORDER BY opens')" = $'5\n约5' ]
}

@test "load-sheets: several sheets are listed, one is taken by name; two levels of heading" {
  make_schools
  cat >sheets.json <<'JSON'
[["甲", [["编号", "位置", null], [null, "经度", "纬度"], ["a", 116.4, 39.9], ["b", 116.5, 39.8]]],
 ["乙", [["编号", "经度", "纬度"], ["c", 116.4, 39.9], ["d", 116.5, 39.8]]]]
JSON
  sheet xlsx list.xlsx <sheets.json
  run --separate-stderr "$FACMAP" load city.sqlite list.xlsx --crs EPSG:4326
  fails_with "2 layers (甲, 乙); name one with --sheet" 2
  for name in 甲 乙; do
    load_json list.xlsx --sheet "$name" --crs EPSG:4326
    holds_schools "$name"
  done
  run --separate-stderr "$FACMAP" load city.sqlite list.xlsx --sheet 丙 --crs EPSG:4326
  fails_with "no layer '丙' in it; there is 甲, 乙" 1
}

@test "load-sheets: an old Excel file, when GDAL reads them" {
  make_schools
  echo '[["名单", [["一览表", null, null, null], ["编号", "名称", "经度", "纬度"], [7, "一校", 116.4, 39.9], [8, "二校", 116.5, 39.8]]]]' | sheet xls list.xls
  if ! ogrinfo --formats | grep -q '^ *XLS -'; then
    run --separate-stderr "$FACMAP" load city.sqlite list.xls --crs EPSG:4326
    fails_with "save it as .xlsx" 1
    skip "GDAL is built without FreeXL; the error says so"
  fi
  load_json list.xls --crs EPSG:4326
  holds_schools list.xls
}

@test "load-sheets: a thousand columns" {
  make_schools
  python3 -c 'import json; print(json.dumps([["S", [["id", "lon", "lat"] + [f"c{i}" for i in range(997)], ["a", 116.4, 39.9] + list(range(997)), ["b", 116.5, 39.8] + list(range(997))]]]))' >sheets.json
  sheet xlsx wide.xlsx <sheets.json
  load_json wide.xlsx --crs EPSG:4326
  holds_schools wide.xlsx
  [ "$(sqlite3 city.sqlite 'SELECT sum(c996) FROM t')" -eq 1992 ]
}
