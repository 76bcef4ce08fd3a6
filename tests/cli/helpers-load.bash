# Shared by the tests of load: two schools, in any format, and what became of them.

# Two schools, of which the second has a name with everything in it.
make_schools() {
  cat >schools.geojson <<'JSON'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"007","title":"一校","places":600},"geometry":{"type":"Point","coordinates":[116.4,39.9]}},
{"type":"Feature","properties":{"code":"008","title":"\"O'Neill\" & <二校>, 🏫","places":800},"geometry":{"type":"Point","coordinates":[116.5,39.8]}}]}
JSON
  "$FACMAP" init city.sqlite -q
}

load_json() {
  run --separate-stderr "$FACMAP" load city.sqlite --json --layer t --replace "$@"
  [ "$status" -eq 0 ] || { echo "$*: $stderr"; return 1; }
}

# Layer t holds the two schools.
holds_schools() {
  [ "$(json '.result[0].loaded')" -eq 2 ] || { echo "$1: $output"; return 1; }
  local places
  places=$("$FACMAP" export city.sqlite places.csv t --overwrite -q && cut -d, -f1,2 places.csv |
    grep '^[0-9]' | sort)
  [ "$places" = $'116.4,39.9\n116.5,39.8' ] || { echo "$1: $places"; return 1; }
}

sheet() {
  python3 "$BATS_TEST_DIRNAME/../support/make_$1.py" "$2"
}
