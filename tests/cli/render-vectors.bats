#!/usr/bin/env bats
# Maps as PDF and SVG.
bats_require_minimum_version 1.5.0
load helpers
load helpers-render

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

@test "render: an SVG holds its names as text" {
  keep_cairo_leaks
  rivertown
  "$FACMAP" render town.sqlite layout -o page.svg --size A4 --quiet
  grep -q '>River Quarter</text>' page.svg
  grep -q '>河畔板块</text>' page.svg
  ! grep -q '98.765432' page.svg
}

# Hospitals as they are and faded schools, both with the icon of schools, in either order.
icons_style() { # FILE OPACITY FIRST SECOND
  cat >"$1" <<JSON
{"version": 8, "metadata": {"facmap:page": {"size": "A5"}, "facmap:extent": {"layers": ["area"]}},
 "sources": {"w": {"type": "vector", "url": "facmap:workspace"}},
 "layers": [$(for layer in "$3" "$4"; do
    opacity=1
    [ "$layer" = hospital ] || opacity=$2
    [ "$layer" = "$3" ] || echo ,
    echo "{\"id\": \"$layer\", \"type\": \"symbol\", \"source\": \"w\", \"source-layer\": \"$layer\",
      \"layout\": {\"icon-image\": \"school-open\", \"icon-allow-overlap\": true},
      \"paint\": {\"icon-opacity\": $opacity}}"
  done)]}
JSON
}

@test "render: an icon is faded in a PDF, also where it was drawn whole before" {
  keep_cairo_leaks
  rivertown
  cp -r "$FACMAP_SOURCE/styles/icons" .
  icons_style whole.json 1 hospital school
  icons_style after.json 0.3 hospital school
  icons_style before.json 0.3 school hospital
  for style in whole after before; do
    "$FACMAP" render town.sqlite "$style.json" -o "$style.pdf" --quiet
    pdftoppm -r 96 -singlefile "$style.pdf" "$style"
  done
  cmp after.ppm before.ppm
  ! cmp -s after.ppm whole.ppm
}

@test "render: an SVG with layers that are blended keeps its names and its shapes" {
  keep_cairo_leaks
  rivertown
  cp -r "$FACMAP_SOURCE/styles/icons" .
  sed 's/"fill-opacity": 0.18/"fill-layer-blend": "multiply", &/' "$FACMAP_SOURCE/styles/layout.json" \
    >style.json
  grep -q multiply style.json
  "$FACMAP" render town.sqlite style.json -o page.svg --size A4 --quiet
  grep -q '<g style="mix-blend-mode:multiply">' page.svg
  grep -q '>River Quarter</text>' page.svg
  ! grep -q '98.765432' page.svg
}
