#!/usr/bin/env bats
# Every format, container and way in.
bats_require_minimum_version 1.5.0
load helpers
load helpers-load

@test "load-formats: vector formats, with their coordinate system and all characters" {
  make_schools
  while read -r driver file options; do
    # shellcheck disable=SC2086
    ogr2ogr -q -f "${driver//_/ }" "$file" schools.geojson -nln schools $options
    load_json "$file"
    holds_schools "$file"
    name=$(sqlite3 city.sqlite "SELECT * FROM t" | grep -c "O'Neill\" & <二校>, 🏫")
    [ "$name" -eq 1 ] || { echo "$file: $(sqlite3 city.sqlite 'SELECT * FROM t')"; return 1; }
  done <<'FORMATS'
GPKG a.gpkg
GeoJSON b.geojson
GeoJSONSeq c.geojsonl
KML d.kml -dsco NameField=title
LIBKML e.kmz -dsco NameField=title
GML f.gml
FlatGeobuf g.fgb
SQLite h.sqlite -dsco SPATIALITE=YES
SQLite i.sqlite
ESRI_Shapefile j.shp -lco ENCODING=UTF-8
MapInfo_File k.tab -lco ENCODING=UTF-8
FORMATS
}

@test "load-formats: the same behind gzip, zip, standard input and a pipe" {
  make_schools
  gzip -k schools.geojson
  ogr2ogr -q -f "ESRI Shapefile" folder schools.geojson -lco ENCODING=GB18030
  ogr2ogr -q -f GPKG schools.gpkg schools.geojson
  python3 - <<'PYTHON'
import glob, zipfile
with zipfile.ZipFile("shape.zip", "w") as archive:
    archive.writestr("readme.txt", "read me")
    for name in glob.glob("folder/*"):
        archive.write(name)
with zipfile.ZipFile("two.zip", "w") as archive:
    archive.write("schools.geojson")
    archive.write("schools.gpkg")
PYTHON
  for path in schools.geojson.gz /vsigzip/schools.geojson.gz shape.zip \
    /vsizip/shape.zip/folder/schools.shp two.zip/schools.gpkg; do
    load_json "$path"
    holds_schools "$path"
  done
  for file in schools.geojson schools.geojson.gz schools.gpkg shape.zip; do
    load_json - <"$file"
    holds_schools "$file on standard input"
  done
  load_json <(cat schools.gpkg)
  holds_schools "a pipe"
  run --separate-stderr "$FACMAP" load city.sqlite two.zip
  fails_with "two.zip: 2 files in it (schools.geojson, schools.gpkg); name one" 2
  run --separate-stderr "$FACMAP" load city.sqlite - <schools.geojson
  fails_with "--layer" 2
}

@test "load-formats: standard input leaves no temporary file, be it loaded or not" {
  make_schools
  mkdir tmp
  TMPDIR=$PWD/tmp load_json - <schools.geojson
  TMPDIR=$PWD/tmp run "$FACMAP" load city.sqlite - --layer u <<<'{"type": "nonsense"'
  [ "$status" -eq 1 ]
  [ -z "$(ls -A tmp)" ]
}

@test "load-formats: a Shapefile without .prj asks for --crs, one without .cpg is judged" {
  make_schools
  ogr2ogr -q -f "ESRI Shapefile" a.shp schools.geojson -lco ENCODING=GB18030
  rm a.prj a.cpg
  run --separate-stderr "$FACMAP" load city.sqlite a.shp
  fails_with "--crs" 1
  # The second name has an emoji: four bytes in GB18030.
  load_json a.shp --crs EPSG:4326
  holds_schools a.shp
  [[ $(json '.warnings[]') == *"read as GB18030"* ]]
  [ "$(sqlite3 city.sqlite "SELECT count(*) FROM t WHERE title LIKE '%二校%' OR name_zh LIKE '%二校%'")" -eq 1 ] ||
    sqlite3 city.sqlite 'SELECT * FROM t' | grep -q 二校
}

@test "load-formats: separators, line breaks in values, encodings" {
  make_schools
  for separator in , ';' '\t' '|'; do
    printf "code${separator}title${separator}lon${separator}lat\n007${separator}\"一\n校\"${separator}116.4${separator}39.9\n008${separator}二校${separator}116.5${separator}39.8\n" >list.txt
    for encoding in UTF-8 GB18030 UTF-16LE; do
      iconv -f UTF-8 -t "$encoding" list.txt >list.csv
      load_json list.csv --crs EPSG:4326
      holds_schools "'$separator' in $encoding"
      sqlite3 city.sqlite 'SELECT * FROM t' | grep -q 二校
    done
  done
}

@test "load-formats: Z and M are dropped, curves made straight, collections rejected" {
  make_schools
  cat >odd.csv <<'CSV'
id;wkt
a;POINT ZM (116.4 39.9 50 1)
b;MULTIPOLYGON (((116 39, 117 39, 117 40, 116 39)))
c;CIRCULARSTRING (116 39, 116.5 39.5, 117 39)
d;GEOMETRYCOLLECTION (POINT (116 39), LINESTRING (116 39, 117 40))
CSV
  ogr2ogr -q -f GPKG odd.gpkg odd.csv -oo GEOM_POSSIBLE_NAMES=wkt -oo SEPARATOR=SEMICOLON -a_srs EPSG:4326 -nlt GEOMETRY
  load_json odd.gpkg --rejects odd.rejects.csv
  [ "$(json '.result[0] | "\(.read) \(.loaded) \(.rejected)"')" = "4 3 1" ]
  [[ $(json '.warnings[]') == *"Z or M dropped from 1 row"* ]]
  [[ $(json '.warnings[]') == *"curves made of straight pieces in 1 row"* ]]
  grep -q 'GEOMETRYCOLLECTION (POINT' odd.rejects.csv
}
