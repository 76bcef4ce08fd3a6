#!/usr/bin/env bats
bats_require_minimum_version 1.5.0
load helpers
load helpers-render

@test "render: --help names every option, on one screen of text" {
  run --separate-stderr "$FACMAP" render --help
  [ "$status" -eq 0 ]
  [[ ${lines[0]} == "facmap render: "* ]]
  [[ $output == *"usage: facmap render "* ]]
  [[ $output == *"--json"* ]]
  [ -z "$stderr" ]
}

@test "render: an unknown option is wrong usage" {
  run --separate-stderr "$FACMAP" render --no-such-option
  fails_with "no-such-option" 2
}

@test "render: too few arguments are wrong usage" {
  run --separate-stderr "$FACMAP" render
  fails_with "usage: facmap render" 2
}

@test "render: a page with its world file, placed by gdalinfo" {
  rivertown
  run --separate-stderr "$FACMAP" render town.sqlite layout -o map.png --size A4 --dpi 96 --json
  [ "$status" -eq 0 ]
  [ "$(json .result.width_px)" -eq 1123 ]
  [ "$(json '.result.missing_glyphs | length')" -eq 0 ]
  [ -f map.pgw ]
  run gdalinfo map.png
  [[ $output == *"Pixel Size"* ]]
}

@test "render: the same bytes from run to run and for any threads" {
  rivertown
  export SOURCE_DATE_EPOCH=1619568000
  "$FACMAP" render town.sqlite layout -o a.png --size A4 --dpi 96 --threads 1 --quiet
  "$FACMAP" render town.sqlite layout -o b.png --size A4 --dpi 96 --threads 4 --quiet
  # The command line in the picture's text differs; what is drawn must not.
  [ "$(gdalinfo -checksum a.png | grep Checksum)" = "$(gdalinfo -checksum b.png | grep Checksum)" ]
}

@test "render: what a desktop says of its screen's sub-pixels does not reach the page" {
  rivertown
  export SOURCE_DATE_EPOCH=1619568000
  "$FACMAP" render town.sqlite layout -o a.png --size A5 --dpi 96 --quiet
  cp a.png plain.png
  cat >desktop.conf <<EOF
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include>$FONTCONFIG_FILE</include>
  <match target="pattern">
    <edit name="rgba" mode="assign"><const>rgb</const></edit>
    <edit name="lcdfilter" mode="assign"><const>lcddefault</const></edit>
    <edit name="hinting" mode="assign"><bool>true</bool></edit>
    <edit name="hintstyle" mode="assign"><const>hintfull</const></edit>
  </match>
</fontconfig>
EOF
  FONTCONFIG_FILE=$PWD/desktop.conf "$FACMAP" render town.sqlite layout -o a.png --size A5 --dpi 96 --quiet
  cmp a.png plain.png
}

@test "render: a full disk names the file that was asked for, and leaves none" {
  keep_cairo_leaks
  rivertown
  for type in png pdf svg tif; do
    # A limit on file size stands in for a full disk; XFSZ is ignored so that write() fails.
    run --separate-stderr bash -c 'trap "" XFSZ; ulimit -f 8
      exec "$0" render town.sqlite layout -o "map.$1" --size A5 --dpi 72 --quiet' "$FACMAP" "$type"
    fails_with "render: cannot write map.$type: " 1
    [ -z "$(find . -name 'map*')" ]
  done
  run --separate-stderr bash -c 'trap "" XFSZ; ulimit -f 8
    exec "$0" render town.sqlite layout -o map.pdf --atlas area --size A5 --quiet' "$FACMAP"
  fails_with "cannot write map.pdf: " 1
  [ -z "$(find . -name 'map*')" ]
}

@test "render: bad styles, layers, fields, sizes and folders" {
  rivertown
  run --separate-stderr "$FACMAP" render town.sqlite no-such-style -o a.png
  fails_with "no-such-style" 1
  echo '{"version":8,"sources":{"w":{"type":"geojson","data":{"type":"FeatureCollection","features":[]}}},"layers":[{"id":"x","type":"circle","source":"w","source-layer":"school","paint":{"circle-colour":"red"}}]}' >p.json
  run --separate-stderr "$FACMAP" render town.sqlite p.json -o a.png
  fails_with "circle-colour" 1
  sed 's/circle-colour/circle-color/; s/"school"/"no_such_layer"/' p.json >l.json
  run --separate-stderr "$FACMAP" render town.sqlite l.json -o a.png
  fails_with "no_such_layer" 1
  sed 's/"circle-colour":"red"/"circle-radius":["get","no_such_field"]/' p.json >f.json
  run --separate-stderr "$FACMAP" render town.sqlite f.json -o a.png
  fails_with "no_such_field" 1
  run --separate-stderr "$FACMAP" render town.sqlite layout -o a.png --size A99
  fails_with "A99" 2
  run --separate-stderr "$FACMAP" render town.sqlite layout -o nowhere/a.png
  fails_with "nowhere" 1
  run --separate-stderr "$FACMAP" render town.sqlite layout -o a.png --lang fr
  fails_with "--lang" 2
  [ ! -e a.png ]
}

@test "render: a map of another city names all layers that the workspace lacks, at once" {
  make_city
  run --separate-stderr "$FACMAP" render city.sqlite coverage -o map.png
  fails_with "has no layer 'coverage'; " 1
  [[ $stderr == *"it also lacks 'coverage_by_area', 'coverage_demand', which the map draws"* ]]
  [[ $stderr == *"(this map needs: facmap coverage WS"* ]]
  run --separate-stderr "$FACMAP" render city.sqlite layout -o map.png
  fails_with "has no layer 'structure'" 1
  [[ $stderr != *"also lacks"* ]]
  [ ! -e map.png ]
}

@test "render: a map takes the place of nothing that the command reads" {
  make_city
  echo '{"version":8,"sources":{},"layers":[{"id":"paper","type":"background"}]}' >map.json
  mkdir folder
  mkfifo pipe
  sha256sum city.sqlite map.json >before
  ls -A >names
  for file in city.sqlite map.json folder pipe; do
    run --separate-stderr "$FACMAP" render city.sqlite map.json -o "$file" --size 400x300
    fails_with "-o $file" 2
    run --separate-stderr "$FACMAP" render city.sqlite map.json -o map.png --display-list "$file"
    fails_with "--display-list $file" 2
  done
  run --separate-stderr "$FACMAP" render city.sqlite map.json -o map.png --display-list map.png
  fails_with "--display-list map.png" 2
  sha256sum --quiet -c before
  [ "$(ls -A)" = "$(cat names)" ]
}

@test "render: another ending than .png, .pdf or .svg is refused" {
  rivertown
  run --separate-stderr "$FACMAP" render town.sqlite layout -o map.jpg
  fails_with "map.jpg" 2
  [ ! -e map.jpg ]
}

@test "render: small multiples by a field, and by one that is nowhere" {
  rivertown
  run --separate-stderr "$FACMAP" render town.sqlite multiples -o map.png --size A4 --dpi 60 --display-list map.txt --json
  [ "$status" -eq 0 ]
  [ "$(grep -c "^furniture .* map$" map.txt)" -gt 1 ]
  [ ! -e map.pgw ]
  run --separate-stderr "$FACMAP" render town.sqlite layout -o by.png --size A4 --dpi 60 --by status --display-list by.txt
  [ "$status" -eq 0 ]
  [ "$(grep -c "^furniture .* map$" by.txt)" -gt 1 ]
  run --separate-stderr "$FACMAP" render town.sqlite layout -o no.png --by no_such_field
  fails_with "no_such_field" 1
  [ ! -e no.png ]
}

@test "render: a fixed scale, with a note when it does not show all" {
  rivertown
  run --separate-stderr "$FACMAP" render town.sqlite layout -o map.png --size A4 --dpi 60 --scale 1:2,000 --json
  [ "$status" -eq 0 ]
  [ "$(json ".result.scale_denominator == 2000")" = true ]
  [[ $(json '.warnings[0]') == *"1:2,000"* ]]
  run --separate-stderr "$FACMAP" render town.sqlite layout -o no.png --scale 50000
  fails_with "scale '50000'" 2
  [ ! -e no.png ]
}

@test "render: --colors writes a palette, smaller and in the same place" {
  rivertown
  "$FACMAP" render town.sqlite layout -o all.png --size A5 --dpi 200 --quiet
  "$FACMAP" render town.sqlite layout -o few.png --size A5 --dpi 200 --colors 64 --quiet
  [[ $(file few.png) == *"8-bit colormap"* ]]
  [ "$(stat -c %s few.png)" -lt "$(($(stat -c %s all.png) * 2 / 3))" ]
  cmp all.pgw few.pgw
  [[ $(gdalinfo few.png) == *"Color Table"* ]]
  gdalinfo few.png | grep -q "Pixel Size"
}

@test "render: --colors out of range, or for vectors, is wrong usage" {
  rivertown
  run --separate-stderr "$FACMAP" render town.sqlite layout -o few.png --colors 257
  fails_with "--colors 257: choose 2 to 256" 2
  run --separate-stderr "$FACMAP" render town.sqlite layout -o few.pdf --colors 16
  fails_with "only a PNG or GeoTIFF" 2
}

@test "render: --lint lists findings and fails; a clean page passes; nothing is written" {
  rivertown
  run --separate-stderr "$FACMAP" render town.sqlite layout --lint
  [ "$status" -eq 0 ]
  [ -z "$output" ]
  sed 's/"text-size": [0-9][0-9.]*/"text-size": 4/' "$FACMAP_SOURCE/styles/layout.json" >small.json
  ln -s "$FACMAP_SOURCE/styles/icons" icons
  run --separate-stderr "$FACMAP" render town.sqlite small.json --lint
  [ "$status" -eq 1 ]
  [[ ${stderr##*$'\n'} == *"findings in small.json" ]]
  [[ $output == *"small at "*"layout.text-size"* ]]
  run --separate-stderr "$FACMAP" render town.sqlite small.json --lint --json
  [ "$status" -eq 1 ]
  [ "$(json '.result.findings[0].rule')" = small ]
  [ "$(json '.result.findings | map(.path) | unique | length')" -ge 1 ]
  [ -z "$(find . -name '*.png')" ]
  run --separate-stderr "$FACMAP" render town.sqlite layout --lint -o map.png --dpi 50
  [ "$status" -eq 0 ]
  [ -f map.png ]
}

@test "render: a GeoTIFF lies where the PNG lies, and nothing is left beside it" {
  rivertown
  "$FACMAP" render town.sqlite layout -o map.png --size A5 --dpi 100 --quiet
  "$FACMAP" render town.sqlite layout -o map.tif --size A5 --dpi 100 --quiet
  diff <(gdalinfo map.png | grep -E "^(Origin|Pixel Size|Upper|Lower)") \
    <(gdalinfo map.tif | grep -E "^(Origin|Pixel Size|Upper|Lower)")
  [[ $(gdalinfo map.tif) == *"TIFFTAG_XRESOLUTION=100"* ]]
  [ "$(ls map.tif*)" = map.tif ]
  run --separate-stderr "$FACMAP" render town.sqlite atlas -o atlas.tif
  fails_with "an atlas is drawn to PNG, PDF or SVG" 2
}
