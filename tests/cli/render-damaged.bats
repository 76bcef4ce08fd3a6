#!/usr/bin/env bats
# Documents that no one writes by hand: each is drawn, or refused in one line without a file.
bats_require_minimum_version 1.5.0
load helpers

# A document of one layer: its type, what it draws, and its layout and paint as JSON.
document() {
  cat <<JSON
{"version":8,"sources":{"w":{"type":"geojson","data":{"type":"FeatureCollection","features":[]}}},
"layers":[{"id":"x","type":"$1","source":"w","source-layer":"$2","layout":$3,"paint":$4}]}
JSON
}

render() {
  run --separate-stderr "$FACMAP" render city.sqlite map.json -o map.png --size 400x300 --quiet
}

is_drawn() {
  [ "$status" -eq 0 ] || { echo "$stderr"; return 1; }
  [ -s map.png ]
  rm map.png
}

@test "render: a hundred thousand stops are read and drawn" {
  make_city
  stops=$(seq 100000 | awk '{ printf ",%d,%d", $1, $1 % 9 }')
  document circle school {} "{\"circle-radius\":[\"interpolate\",[\"linear\"],[\"get\",\"capacity\"],0,0$stops]}" >map.json
  render
  is_drawn
  document circle school {} "{\"circle-radius\":[\"step\",[\"get\",\"capacity\"],0,0,1$stops,5,5]}" >map.json
  render
  fails_with "strictly ascending" 1
  [ ! -e map.png ]
}

@test "render: nesting of a hundred thousand is refused" {
  make_city
  deep=$(printf '["!",%.0s' {1..100000})
  document circle school {} "{\"circle-radius\":$deep" >map.json
  render
  fails_with "nested deeper" 1
  [ ! -e map.png ]
}

@test "render: sizes beyond any page are drawn as the page's, or refused" {
  make_city
  for paint in '"circle-radius":1e300,"circle-stroke-width":1e300,"circle-blur":1e300' \
    '"circle-translate":[1e300,-1e300]'; do
    document circle school {} "{$paint}" >map.json
    render
    is_drawn
  done
  for paint in '"line-width":1e300,"line-gap-width":1e300,"line-blur":1e300' \
    '"line-offset":-1e300,"line-dasharray":[1e-300,1e-300]'; do
    document line area {} "{$paint}" >map.json
    render
    is_drawn
  done
  for layout in '"text-size":1e300' '"text-offset":[1e300,0],"text-rotate":1e300' \
    '"text-letter-spacing":1e300,"text-padding":1e300,"text-max-width":1e300'; do
    document symbol school "{\"text-field\":[\"get\",\"name_en\"],$layout}" {} >map.json
    render
    is_drawn
  done
  document circle school {} '{"circle-radius":1e400}' >map.json
  render
  fails_with "number out of range" 1
  [ ! -e map.png ]
}

@test "render: what is no number takes the property's default" {
  make_city
  nan='["/",["*",0,["length",["get","id"]]],0]'
  for paint in "\"circle-radius\":$nan" "\"circle-opacity\":$nan"; do
    document circle school {} "{$paint}" >map.json
    render
    is_drawn
  done
  document symbol school "{\"text-field\":[\"get\",\"name_en\"],\"text-size\":$nan}" {} >map.json
  render
  is_drawn
  document circle school {} '{"circle-radius":NaN}' >map.json
  render
  fails_with "not JSON" 1
  [ ! -e map.png ]
}
