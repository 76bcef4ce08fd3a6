#!/usr/bin/env bats
# A page for each area, in files and in one PDF.
bats_require_minimum_version 1.5.0
load helpers
load helpers-render

setup_file() {
  load_rivertown
  "$FACMAP" coverage "$BATS_FILE_TMPDIR/town.sqlite" --of school --within 1km,3km,5km --demand demand --by area \
    --as coverage --quiet
}

@test "render: an atlas has a file for each area, with its own figures" {
  rivertown
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
  rivertown
  run --separate-stderr "$FACMAP" render town.sqlite atlas -o atlas.pdf --size A5 --json
  [ "$status" -eq 0 ]
  n=$(json '.result.pages | length')
  [[ $(pdfinfo atlas.pdf) == *"Pages:           $n"* ]]
  pdftotext -f 2 -l 2 atlas.pdf two.txt
  grep -q "Page 2 of $n" two.txt
}

@test "render: an atlas that cannot be written leaves no file" {
  rivertown
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

@test "render: --lint of an atlas names the page of each finding" {
  rivertown
  run --separate-stderr "$FACMAP" render town.sqlite atlas --lint
  [ "$status" -eq 0 ] || { echo "$output"; return 1; }
  [ -z "$output" ]
  sed 's/"text-size": [0-9][0-9.]*/"text-size": 4/' "$FACMAP_SOURCE/styles/atlas.json" >small.json
  ln -s "$FACMAP_SOURCE/styles/icons" icons
  run --separate-stderr "$FACMAP" render town.sqlite small.json --lint
  [ "$status" -eq 1 ]
  [[ $output =~ "page 2 ("[^\)]+"): small at " ]]
  [ -z "$(find . -name '*.png')" ]
}
