#!/usr/bin/env bats
# What damaged and odd files get: one line, or rows with a reason.
bats_require_minimum_version 1.5.0
load helpers
load helpers-load

@test "load-damaged: damaged files get one line, and the workspace stays" {
  make_schools
  load_json schools.geojson
  ogr2ogr -q -f GPKG whole.gpkg schools.geojson
  ogr2ogr -q -f FlatGeobuf whole.fgb schools.geojson
  ogr2ogr -q -f LIBKML whole.kmz schools.geojson
  ogr2ogr -q -f XLSX whole.xlsx schools.geojson
  printf 'code,lon,lat\n' >whole.csv
  seq -f '%g,116.4,39.9' 5000 >>whole.csv
  gzip -c whole.csv >whole.csv.gz
  python3 -c 'import zipfile; zipfile.ZipFile("whole.zip", "w", zipfile.ZIP_DEFLATED).write("whole.csv")'
  before=$(sqlite3 city.sqlite 'SELECT count(*) FROM fm_run')
  for file in whole.gpkg whole.fgb whole.kmz whole.xlsx whole.csv.gz whole.zip; do
    size=$(stat -c %s "$file")
    head -c $((size / 2)) "$file" >"cut-$file"
    run --separate-stderr "$FACMAP" load city.sqlite "cut-$file" --layer t --replace --crs EPSG:4326
    fails_with "cut-" 1
  done
  for suffix in csv xlsx xls shp gpkg geojson kmz gml fgb osm.pbf zip csv.gz; do
    head -c 3000 "$FACMAP" >"noise.$suffix"
    run --separate-stderr "$FACMAP" load city.sqlite "noise.$suffix" --layer t --replace --crs EPSG:4326
    fails_with "$suffix" 1
  done
  for suffix in csv xlsx geojson; do
    : >"empty.$suffix"
    run --separate-stderr "$FACMAP" load city.sqlite "empty.$suffix" --layer t --replace --crs EPSG:4326
    fails_with "$suffix" 1
  done
  mkdir folder
  for path in folder /dev/zero; do
    run --separate-stderr "$FACMAP" load city.sqlite "$path" --layer t --replace --crs EPSG:4326
    fails_with "${path#/dev/}" 1
  done
  [ "$(sqlite3 city.sqlite 'SELECT count(*) FROM fm_run')" = "$before" ]
  [ "$(sqlite3 city.sqlite 'SELECT count(*) FROM t')" -eq 2 ]
}

@test "load-damaged: a row without end is not read to the end of the file" {
  make_schools
  { printf 'id,name,lon,lat\na,"' && head -c 150000000 /dev/zero | tr '\0' x; } >endless.csv
  run --separate-stderr "$FACMAP" load city.sqlite endless.csv --layer t --crs EPSG:4326
  fails_with "endless.csv: line 2: a row of more than 128 MB: is a quotation mark never closed" 1
  mkdir folder.csv
  run --separate-stderr "$FACMAP" load city.sqlite folder.csv --layer t --crs EPSG:4326
  fails_with "folder.csv: a folder; name a file in it" 1
}

@test "load-damaged: a cell of 100 MB ends in a layer or in one line" {
  make_schools
  { printf 'id,name,lon,lat\na,"' && head -c 100000000 /dev/zero | tr '\0' x && printf '",116.4,39.9\nb,二,116.5,39.8\n'; } >"cell.csv"
  run --separate-stderr "$FACMAP" load city.sqlite "cell.csv" --layer t --crs EPSG:4326 --json
  if [ "$status" -eq 0 ]; then
    [ "$(json '.result[0].loaded + .result[0].rejected')" -eq 2 ]
  else
    fails_with "cell.csv" 1
  fi
  [ "$(sqlite3 city.sqlite 'PRAGMA quick_check')" = ok ]
}

@test "load-damaged: odd values are rows with a reason, odd names are names" {
  make_schools
  printf 'id,name,size,lon,lat\nA1,"a ""quoted"" name",1,116.4,39.9\na1,"two\nlines",2,116.4,39.9\nＡ１,🏫,3,116.4,39.9\nn,N\0L,4,116.4,39.9\nm,nan,5,NaN,39.9\ni,inf,6,Inf,39.9\ne,big,7,1e308,39.9\n' >odd.csv
  load_json odd.csv --crs EPSG:4326 --rejects odd.rejects.csv
  [ "$(json '.result[0] | .read == 7 and .read == .loaded + .unlocated + .rejected')" = true ]
  [ "$(json '.result[0].rejected')" -eq 4 ]
  for row in 4 5 6 7; do grep -q "^$row," odd.rejects.csv; done
  [ "$(sqlite3 city.sqlite 'SELECT count(DISTINCT id) FROM t')" -eq 3 ]
}

@test "load-damaged: passwords are in no message and not in the run log" {
  make_schools
  run --separate-stderr "$FACMAP" load city.sqlite "PG:host=$PWD/none dbname=x user=bob password=hunter2" --layer t
  fails_with "password=***" 1
  [[ $stderr != *hunter2* ]]
  load_json schools.geojson --source "postgresql://bob:hunter2@host/x"
  [ "$(sqlite3 city.sqlite '.dump fm_run' | grep -c hunter2)" -eq 0 ]
}
