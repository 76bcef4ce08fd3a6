# Shared by the bats files: a small city in a workspace, and checks on what a command said.

FACMAP=${FACMAP:-facmap}

setup() {
  dir=$(mktemp -d)
  cd "$dir" || return 1
}

teardown() {
  cd / && rm -rf "$dir"
}

# A made-up town: two districts, four schools (one planned, one opened in 2021), nine demand points.
make_city() {
  cat >area.geojson <<'JSON'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"west","name_zh":"西区","name_en":"West"},"geometry":{"type":"Polygon","coordinates":[[[10.00,50.00],[10.05,50.00],[10.05,50.05],[10.00,50.05],[10.00,50.00]]]}},
{"type":"Feature","properties":{"id":"east","name_zh":"东区","name_en":"East"},"geometry":{"type":"Polygon","coordinates":[[[10.05,50.00],[10.10,50.00],[10.10,50.05],[10.05,50.05],[10.05,50.00]]]}}]}
JSON
  cat >school.csv <<'CSV'
id,name_zh,name_en,status,opens,capacity,lon,lat
s1,一校,First School,open,2001,600,10.01,50.01
s2,二校,Second School,open,2021-09-01,800,10.06,50.01
s3,三校,Third School,planned,,900,10.09,50.04
s4,四校,Fourth School,open,1990,,10.01,50.04
CSV
  {
    echo "id,residents,lon,lat"
    for y in 1 2 3; do
      for x in 1 2 3 4 5 6 7 8 9; do echo "d$x$y,$((100 * x)),10.0$x,50.0$y"; done
    done
  } >demand.csv
  "$FACMAP" init city.sqlite --title-en Town --title-zh 小城 --quiet
  "$FACMAP" load city.sqlite area.geojson --kind area --layer area --quiet
  "$FACMAP" load city.sqlite school.csv --kind school --crs EPSG:4326 --quiet
  "$FACMAP" load city.sqlite demand.csv --kind demand --crs EPSG:4326 --modelled --quiet
}

# One line on stderr that contains $1, nothing on stdout, and status $2.
fails_with() {
  [ "$status" -eq "$2" ] || { echo "status $status, not $2: $stderr"; return 1; }
  [ -z "$output" ] || { echo "unexpected output: $output"; return 1; }
  [ "$(printf '%s\n' "$stderr" | wc -l)" -eq 1 ] || { echo "not one line: $stderr"; return 1; }
  [[ $stderr == *"$1"* ]] || { echo "no '$1' in: $stderr"; return 1; }
}

# The value of a jq expression on $output.
json() {
  printf '%s' "$output" | jq -r "$1"
}

# Runs facmap with the arguments from $2 on and sends it the signal $1, once, as soon as it catches
# it: not after a delay, which a loaded machine makes too short.
stopped_by() {
  local signal=$1 number pid caught
  shift
  number=$(kill -l "$signal")
  # A shell's background commands ignore SIGINT from the start.
  env --default-signal="$signal" "$FACMAP" "$@" &
  pid=$!
  until [ "/proc/$pid/exe" -ef "$FACMAP" ] &&
    caught=$(awk '/^SigCgt/ { print $2 }' "/proc/$pid/status") &&
    [ $((0x${caught:-0} >> (number - 1) & 1)) -eq 1 ]; do
    sleep 0.01
  done
  kill -s "$signal" "$pid"
  wait "$pid"
}
