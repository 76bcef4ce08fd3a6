#!/usr/bin/env bats
bats_require_minimum_version 1.5.0
load helpers

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

rivertown() {
  "$FACMAP" init town.sqlite --quiet
  "$FACMAP" load town.sqlite "$FACMAP_SOURCE/geodata/rivertown/dataset.json" --quiet
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

# cairo 1.16 does not free all that its PDF and SVG surfaces hold of fonts.
keep_cairo_leaks() {
  export LSAN_OPTIONS="${LSAN_OPTIONS:-}:detect_leaks=0"
}

@test "render: a PDF with its text as text, and an SVG" {
  keep_cairo_leaks
  rivertown
  run --separate-stderr "$FACMAP" render town.sqlite layout -o map.pdf --size A4 --json
  [ "$status" -eq 0 ]
  pdftotext map.pdf map.txt
  grep -q "Rivertown" map.txt
  grep -q "北" map.txt
  [ "$(pdfinfo map.pdf | grep -c 'Page size:.*(A4)')" -eq 1 ]
  [[ $(pdfinfo map.pdf) == *"facmap render town.sqlite layout"* ]]
  run --separate-stderr "$FACMAP" render town.sqlite layout -o map.svg --size A4 --json
  [ "$status" -eq 0 ]
  head -c 200 map.svg | grep -q "<svg"
  [ ! -e map.pgw ]
}

@test "render: vectors are the same bytes from run to run" {
  keep_cairo_leaks
  rivertown
  export SOURCE_DATE_EPOCH=1619568000
  for format in pdf svg; do
    "$FACMAP" render town.sqlite layout -o "map.$format" --size A4 --quiet
    sha256sum "map.$format" >before
    "$FACMAP" render town.sqlite layout -o "map.$format" --size A4 --quiet
    sha256sum --quiet -c before
  done
}

@test "render: another ending than .png, .pdf or .svg is refused" {
  rivertown
  run --separate-stderr "$FACMAP" render town.sqlite layout -o map.jpg
  fails_with "map.jpg" 2
  [ ! -e map.jpg ]
}

covered_rivertown() {
  rivertown
  "$FACMAP" coverage town.sqlite --of school --within 1km,3km,5km --demand demand --by area \
    --as coverage --quiet
}

@test "render: an atlas has a file for each area, with its own figures" {
  covered_rivertown
  run --separate-stderr "$FACMAP" render town.sqlite atlas -o "page-{id}.png" --size A5 --dpi 96 --json
  [ "$status" -eq 0 ]
  [ "$(json '.result.pages | length')" -gt 1 ]
  [ "$(json '.result.pages[0].page')" -eq 1 ]
  for file in $(json '.result.pages[].file'); do
    [ -f "$file" ]
  done
  id=$(json '.result.pages[1].id')
  rm page-*
  run --separate-stderr "$FACMAP" render town.sqlite atlas -o "{page}.png" --size A5 --dpi 96 --only "$id"
  [ "$status" -eq 0 ]
  [[ $output == *"2.png: "* ]]
  [ "$(ls -- *.png)" = 2.png ]
}

@test "render: an atlas in one PDF has its pages, and bookmarks to them" {
  keep_cairo_leaks
  covered_rivertown
  run --separate-stderr "$FACMAP" render town.sqlite atlas -o atlas.pdf --size A5 --json
  [ "$status" -eq 0 ]
  n=$(json '.result.pages | length')
  [[ $(pdfinfo atlas.pdf) == *"Pages:           $n"* ]]
  pdftotext -f 2 -l 2 atlas.pdf two.txt
  grep -q "Page 2 of $n" two.txt
}

@test "render: an atlas that cannot be written leaves no file" {
  covered_rivertown
  ls -A >before
  run --separate-stderr "$FACMAP" render town.sqlite atlas -o atlas.png
  fails_with "{id}" 2
  run --separate-stderr "$FACMAP" render town.sqlite atlas -o "{no_such_column}.png"
  fails_with "no_such_column" 2
  run --separate-stderr "$FACMAP" render town.sqlite atlas -o "{id}.png" --only nowhere
  fails_with "nowhere" 1
  run --separate-stderr "$FACMAP" render town.sqlite atlas -o "{id}.png" --atlas school
  fails_with "no pages" 1
  [ "$(ls -A | grep -v '^before$')" = "$(grep -v '^before$' before)" ]
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

@test "render: an SVG holds its names as text" {
  keep_cairo_leaks
  rivertown
  "$FACMAP" render town.sqlite layout -o page.svg --size A4 --quiet
  grep -q '>River Quarter</text>' page.svg
  grep -q '>河畔板块</text>' page.svg
  ! grep -q '98.765432' page.svg
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

# 2,000 places on a lattice that a multiplicative generator shakes (Park & Miller 1988), every
# fourth with a name in two languages.
crowd_csv() {
  awk 'function rnd() { seed = (seed * 16807) % 2147483647; return seed / 2147483647 }
    BEGIN {
      seed = 1
      print "lon,lat,name_zh,name_en"
      for (i = 0; i < 2000; i++) {
        zh = i % 4 == 0 ? "第" i "校" : ""
        en = i % 4 == 0 ? "School " i : ""
        printf "%.6f,%.6f,%s,%s\n", 116 + (i % 50 + rnd()) * 0.008, 39.8 + (int(i / 50) + rnd()) * 0.007, zh, en
      }
    }'
}

# Boxes of the display list that share more than a hair: labels with labels, and with symbols.
overlaps() {
  awk '$1 == "label" || $1 == "symbol" { n++; kind[n] = $1; x[n] = $2; y[n] = $3; r[n] = $2 + $4; b[n] = $3 + $5 }
    END {
      for (i = 1; i <= n; i++)
        for (k = i + 1; k <= n; k++)
          if ((kind[i] == "label" || kind[k] == "label") && x[i] < r[k] - 0.1 && x[k] < r[i] - 0.1 &&
              y[i] < b[k] - 0.1 && y[k] < b[i] - 0.1)
            found++
      print found + 0
    }' "$1"
}

@test "render: 2,000 symbols and 500 bilingual names at A4 and 300 dpi, nothing on anything" {
  crowd_csv >school.csv
  cat >crowd.json <<'JSON'
{"version": 8, "sources": {"w": {"type": "geojson", "data": {"type": "FeatureCollection", "features": []}}},
 "layers": [{"id": "place", "type": "symbol", "source": "w", "source-layer": "school",
  "layout": {"icon-image": "school-open", "icon-size": 0.2, "icon-allow-overlap": true, "icon-padding": 0,
   "text-field": ["format", ["coalesce", ["get", "name_zh"], ""], {}, "\n", {}, ["coalesce", ["get", "name_en"], ""], {"font-scale": 0.85}],
   "text-size": 5, "text-padding": 0, "text-optional": true, "text-radial-offset": 0.4, "text-justify": "auto",
   "text-variable-anchor": ["left", "right", "top", "bottom"]}}]}
JSON
  "$FACMAP" init town.sqlite --quiet
  "$FACMAP" load town.sqlite school.csv --crs EPSG:4326 --quiet
  for threads in 1 2 4; do
    "$FACMAP" render town.sqlite crowd.json -o crowd.png --size A4 --dpi 300 --threads "$threads" \
      --display-list "$threads.txt" --quiet 2>/dev/null
  done
  [ "$(grep -c '^symbol ' 1.txt)" -eq 2000 ]
  [ "$(grep -c '^label ' 1.txt)" -ge 380 ]
  [ "$(overlaps 1.txt)" -eq 0 ]
  cmp 1.txt 2.txt
  cmp 1.txt 4.txt
  # The check itself sees a name that is moved onto a symbol.
  symbol=($(grep -m1 '^symbol ' 1.txt))
  { cat 1.txt; echo "label ${symbol[1]} ${symbol[2]} 5 5 place 0 moved"; } >moved.txt
  [ "$(overlaps moved.txt)" -gt 0 ]
}
