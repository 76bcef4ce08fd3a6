#!/usr/bin/env bats
# A page so full that not every name finds a place.
bats_require_minimum_version 1.5.0
load helpers

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
