#!/usr/bin/env bats
bats_require_minimum_version 1.5.0
load helpers

@test "export: --help names every option, on one screen of text" {
  run --separate-stderr "$FACMAP" export --help
  [ "$status" -eq 0 ]
  [[ ${lines[0]} == "facmap export: "* ]]
  [[ $output == *"usage: facmap export "* ]]
  [[ $output == *"--json"* ]]
  [ -z "$stderr" ]
}

@test "export: an unknown option is wrong usage" {
  run --separate-stderr "$FACMAP" export --no-such-option
  fails_with "no-such-option" 2
}

@test "export: too few arguments are wrong usage" {
  run --separate-stderr "$FACMAP" export
  fails_with "usage: facmap export" 2
}

@test "export: a GeoPackage that the validator accepts" {
  make_city
  "$FACMAP" coverage city.sqlite --of school --within 1km --demand demand --by area --as c --quiet
  "$FACMAP" export city.sqlite city.gpkg
  run /usr/bin/python3 -m osgeo_utils.samples.validate_gpkg -k --extra --warning-as-error city.gpkg
  [ "$status" -eq 0 ] || { echo "$output"; false; }
  [ "$(sqlite3 city.gpkg 'PRAGMA journal_mode')" = delete ]
  [ "$(sqlite3 city.gpkg "SELECT title FROM gpkg_data_columns WHERE table_name='c' AND column_name='people'" | wc -l)" -eq 1 ]
  [ "$(sqlite3 city.gpkg "SELECT count(*) FROM gpkg_metadata WHERE md_standard_uri LIKE '%/run-log/1'")" -eq 1 ]
}

@test "export: styles that QGIS finds" {
  "$FACMAP" init town.sqlite --quiet
  "$FACMAP" load town.sqlite "$FACMAP_SOURCE/geodata/rivertown/dataset.json" --quiet
  "$FACMAP" export town.sqlite town.gpkg --style layout
  run /usr/bin/python3 -m osgeo_utils.samples.validate_gpkg -k --extra --warning-as-error town.gpkg
  [ "$status" -eq 0 ] || { echo "$output"; false; }
  [ "$(sqlite3 town.gpkg "SELECT count(*) FROM layer_styles WHERE f_table_name='school' AND f_geometry_column='geom' AND f_table_schema='' AND styleQML LIKE '%RuleRenderer%'")" -eq 1 ]
}

@test "export: GeoJSON and CSV, with a byte order mark on request" {
  make_city
  "$FACMAP" export city.sqlite school.geojson school
  [ "$(jq '.features | length' school.geojson)" -eq 4 ]
  "$FACMAP" export city.sqlite s.csv school --bom
  [ "$(head -c 3 s.csv | od -An -tx1 | tr -d ' ')" = efbbbf ]
  run --separate-stderr "$FACMAP" export city.sqlite s.csv school
  fails_with "s.csv" 1
  "$FACMAP" export city.sqlite s.csv school --overwrite
  [ "$(head -c 2 s.csv)" != "$(printf '\xef\xbb')" ]
}

@test "export: endings in upper case; one layer is no plural" {
  make_city
  for file in O.GPKG O.GeoJSON O.CSV; do
    run --separate-stderr "$FACMAP" export city.sqlite "$file" school
    [ "$status" -eq 0 ] || { echo "$file: $stderr"; return 1; }
    [[ $output == "$file"*"1 layer, 4 rows" ]]
  done
  ogrinfo -q O.GPKG | grep school
  run --separate-stderr "$FACMAP" export city.sqlite Several.CSV school area
  [ -s Several_school.CSV ] && [ -s Several_area.CSV ]
}

@test "export: what it wrote loads again unchanged" {
  make_city
  "$FACMAP" export city.sqlite back.gpkg school
  run --separate-stderr "$FACMAP" load city.sqlite back.gpkg --layer school --kind school --update --json
  [ "$status" -eq 0 ]
  [ "$(json '.result[0].unchanged')" -eq 4 ]
}

@test "export: loaded again, a layer keeps what is said of it" {
  make_city
  "$FACMAP" load city.sqlite school.csv --layer clinic --kind hospital --crs EPSG:4326 --modelled -q \
    --title-en "It's a clinic" --title-zh 诊所 --licence CC0 --source "The bureau's \"list\""
  "$FACMAP" export city.sqlite back.gpkg clinic -q
  "$FACMAP" init other.sqlite -q
  "$FACMAP" load other.sqlite back.gpkg -q --layer clinic
  told() {
    sqlite3 "$1" "SELECT kind, title_en, title_zh, licence, source, modelled FROM fm_layer WHERE name = 'clinic';
      SELECT name, title_en, title_zh, unit FROM fm_column WHERE layer = 'clinic'" || return 1
  }
  [ -n "$(told other.sqlite)" ]
  [ "$(told other.sqlite)" = "$(told city.sqlite)" ]
  # What the command line says holds; modelled data stay modelled.
  "$FACMAP" load other.sqlite back.gpkg -q --layer clinic --replace --title-en Other
  [ "$(sqlite3 other.sqlite "SELECT title_en || title_zh || modelled FROM fm_layer")" = Other诊所1 ]
  cp back.gpkg damaged.gpkg
  sqlite3 damaged.gpkg "UPDATE gpkg_metadata SET metadata = '{' WHERE md_standard_uri LIKE '%/dataset/1'"
  run --separate-stderr "$FACMAP" load other.sqlite damaged.gpkg --layer clinic --replace --json
  [ "$status" -eq 0 ]
  [[ $(json '.warnings[]') == *"what the file says of the layer cannot be read"* ]]
}

@test "export: unknown ending, layer and folder" {
  make_city
  run --separate-stderr "$FACMAP" export city.sqlite out.xyz
  fails_with ".gpkg" 2
  run --separate-stderr "$FACMAP" export city.sqlite out.csv nothing
  fails_with "nothing" 1
  run --separate-stderr "$FACMAP" export city.sqlite nowhere/out.gpkg
  fails_with "nowhere" 1
  [ ! -e out.csv ]
}

@test "export: --overwrite spares what the command reads and what is no file" {
  make_city
  ln -s city.sqlite alias.gpkg
  mkfifo pipe.gpkg
  before=$(sha256sum city.sqlite)
  for file in alias.gpkg pipe.gpkg; do
    run --separate-stderr "$FACMAP" export city.sqlite "$file" --overwrite
    fails_with "$file" 2
  done
  [ "$(sha256sum city.sqlite)" = "$before" ]
  [ -p pipe.gpkg ]
}
