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

@test "render: a million stops are refused" {
  make_city
  stops=$(seq 1000000 | awk '{ printf ",%d,%d", $1, $1 % 9 }')
  document circle school {} "{\"circle-radius\":[\"step\",[\"get\",\"capacity\"],0$stops]}" >map.json
  render
  fails_with "layers[0] 'x': paint.circle-radius: More than 250000 stops" 1
  [ ! -e map.png ]
}

@test "render: sizes beyond any page are refused, those of the data are drawn as the page's" {
  make_city
  for paint in '"circle-radius":1e300' '"circle-translate":[1e300,-1e300]' '"circle-blur":["-",1e300]' \
    '"circle-radius":["case",["has","id"],1e300,1]' '"circle-radius":["sqrt",-1]'; do
    document circle school {} "{$paint}" >map.json
    render
    fails_with "map.json: layers[0] 'x': paint.circle" 1
    [ ! -e map.png ]
  done
  for layout in '"text-size":1e300' '"text-offset":[1e300,0]' '"icon-offset":[0,1e300]' '"text-rotate":1e300'; do
    document symbol school "{\"text-field\":[\"get\",\"name_en\"],$layout}" {} >map.json
    render
    fails_with "is greater than the maximum value 10000" 1
    [ ! -e map.png ]
  done
  huge='["*",1e300,["length",["get","id"]]]'
  document circle school {} "{\"circle-radius\":$huge,\"circle-stroke-width\":$huge,\"circle-blur\":$huge}" >map.json
  render
  is_drawn
  document line area {} "{\"line-width\":$huge,\"line-gap-width\":$huge,\"line-offset\":$huge}" >map.json
  render
  is_drawn
  document symbol school "{\"text-field\":[\"get\",\"name_en\"],\"text-size\":$huge,\"text-rotate\":$huge}" {} >map.json
  render
  is_drawn
  document circle school {} '{"circle-radius":1e400}' >map.json
  render
  fails_with "number out of range" 1
  [ ! -e map.png ]
}

@test "render: a font that is nowhere is refused, one of a stack is enough" {
  make_city
  for font in '["Nowhere Grotesk Bold"]' '["case",["has","id"],["literal",["Nowhere"]],["literal",["Noto Sans"]]]'; do
    document symbol school "{\"text-field\":[\"get\",\"name_en\"],\"text-font\":$font}" {} >map.json
    render
    fails_with "layers[0] 'x': layout.text-font: the font 'Nowhere" 1
    [ ! -e map.png ]
  done
  document symbol school '{"text-field":["get","name_en"],"text-font":["Nowhere","Noto Sans Bold"]}' {} >map.json
  render
  is_drawn
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
