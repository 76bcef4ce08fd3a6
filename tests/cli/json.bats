#!/usr/bin/env bats
bats_require_minimum_version 1.5.0
load helpers

DOCS=$BATS_TEST_DIRNAME/../../docs/json.md

# Runs facmap with --json: one document of the form that is documented, silent otherwise, and no key
# that docs/json.md does not name.  Keys below `mapping` and such are texts, not keys.
documented() {
  run --separate-stderr "$FACMAP" "$@" --json
  [ "$status" -eq 0 ] || { echo "$*: $stderr"; return 1; }
  [ -z "$stderr" ] || { echo "$*: on stderr: $stderr"; return 1; }
  [ "$(json 'keys_unsorted | join(" ")')" = "command version run_id result warnings" ]
  [ "$(json .command)" = "$1" ]
  local key n=0
  while read -r key; do
    grep -q "\`$key\`" "$DOCS" || { echo "$*: '$key' is not in docs/json.md"; return 1; }
    n=$((n + 1))
  done < <(json '[.result | .. | objects | keys_unsorted[]] | unique[]')
  [ "$n" -ge "${at_least:-1}" ] || { echo "$*: $n keys"; return 1; }
}

@test "json: every key of every command is documented" {
  documented init other.sqlite
  make_city
  cp demand.csv plot.csv
  at_least=10 documented load other.sqlite demand.csv --kind demand --crs EPSG:4326
  sed -i 's/^d11,100/d11,150/' demand.csv
  at_least=10 documented load other.sqlite demand.csv --kind demand --crs EPSG:4326 --update
  [ "$(json '.result[0].changes[0] | keys | length')" -eq 4 ]
  "$FACMAP" load city.sqlite plot.csv --kind plot --crs EPSG:4326 --quiet
  at_least=16 documented layers city.sqlite
  at_least=20 documented layers city.sqlite school
  at_least=12 documented check city.sqlite --no-layer
  at_least=20 documented coverage city.sqlite --of school --within 1km,2km --demand demand --by area
  at_least=18 documented proximity city.sqlite --from demand --to school --by area
  at_least=30 documented site city.sqlite --of school --demand demand --candidates plot \
    --model pmedian --add 2 --near 5%
  documented export city.sqlite school.geojson school
  at_least=2 documented style check layout
  documented layers city.sqlite --drop plot
}

@test "json: along roads and on a page" {
  local data=${BATS_TEST_DIRNAME}/../../geodata
  "$FACMAP" init town.sqlite --quiet
  "$FACMAP" load town.sqlite "$data/rivertown/dataset.json" --quiet
  "$FACMAP" load town.sqlite "$data/rivertown_roads/dataset.json" --quiet
  at_least=19 documented network town.sqlite
  at_least=12 documented coverage town.sqlite --of school --within 5min --demand demand --via drive --areas none
  at_least=15 documented proximity town.sqlite --from community --to school --via drive
  at_least=9 documented render town.sqlite layout -o map.png --size A4 --dpi 48
}

@test "json: a failure prints no document" {
  make_city
  run --separate-stderr "$FACMAP" coverage city.sqlite --of none --within 1km --demand demand --json
  fails_with "has no layer 'none'" 1
  run --separate-stderr "$FACMAP" coverage city.sqlite --of school --within 1 --demand demand --json
  fails_with "has no unit" 2
}
