#!/usr/bin/env bats
bats_require_minimum_version 1.5.0
load helpers

@test "load: --help names every option, on one screen of text" {
  run --separate-stderr "$FACMAP" load --help
  [ "$status" -eq 0 ]
  [[ ${lines[0]} == "facmap load: "* ]]
  [[ $output == *"usage: facmap load "* ]]
  [[ $output == *"--json"* ]]
  [ -z "$stderr" ]
  [ "$(printf '%s\n' "$output" | wc -l)" -le 48 ]
  for word in "standard input" "found out" --locate-by --synonyms; do
    [[ ${output//$'\n'/ } == *"$word"* ]] || { echo "no $word"; return 1; }
  done
}

@test "load: an unknown option is wrong usage" {
  run --separate-stderr "$FACMAP" load --no-such-option
  fails_with "no-such-option" 2
}

@test "load: too few arguments are wrong usage" {
  run --separate-stderr "$FACMAP" load
  fails_with "usage: facmap load" 2
}

@test "load: counts add up, and a second load is refused, replaced or appended as asked" {
  make_city
  run --separate-stderr "$FACMAP" load city.sqlite school.csv --crs EPSG:4326
  fails_with "school" 1
  run --separate-stderr "$FACMAP" load city.sqlite school.csv --crs EPSG:4326 --replace --json
  [ "$status" -eq 0 ]
  [ "$(json '.result[0] | .read == .loaded + .updated + .unchanged + .unlocated + .rejected')" = true ]
  [ "$(json '.result[0].loaded')" -eq 4 ]
  run --separate-stderr "$FACMAP" load city.sqlite school.csv --crs EPSG:4326 --update --json
  [ "$(json '.result[0].unchanged')" -eq 4 ]
  sed -i 's/,600,/,650,/' school.csv
  run --separate-stderr "$FACMAP" load city.sqlite school.csv --crs EPSG:4326 --update --json
  [ "$(json '.result[0].updated')" -eq 1 ]
}

@test "load: a missing file" {
  make_city
  run --separate-stderr "$FACMAP" load city.sqlite nothing.csv --crs EPSG:4326
  fails_with "nothing.csv" 1
}

@test "load: no coordinate system declared" {
  make_city
  run --separate-stderr "$FACMAP" load city.sqlite school.csv --layer other
  fails_with "--crs" 1
}

@test "load: coordinates outside the area of the coordinate system" {
  make_city
  printf 'id,lon,lat\na,39.9,116.4\nb,39.8,116.3\n' >swapped.csv
  run --separate-stderr "$FACMAP" load city.sqlite swapped.csv --crs EPSG:4326
  fails_with "swapped.csv" 1
}

@test "load: bad rows go to the reject file with row, field, value and reason" {
  make_city
  printf 'id,name_en,status,capacity,lon,lat\na,A,open,10,10.01,50.01\na,B,open,10,10.02,50.02\nc,C,maybe,10,10.03,50.03\nd,D,open,-5,10.04,50.04\n' >bad.csv
  run --separate-stderr "$FACMAP" load city.sqlite bad.csv --crs EPSG:4326 --rejects rejects.csv --json
  [ "$status" -eq 0 ]
  [ "$(json '.result[0].loaded')" -eq 1 ]
  [ "$(json '.result[0].rejected')" -eq 3 ]
  grep -q '^2,id,a,' rejects.csv
  grep -q '^3,status,maybe,' rejects.csv
  grep -q '^4,capacity,-5,' rejects.csv
}

@test "load: --strict fails on the first bad row and loads nothing" {
  make_city
  printf 'id,capacity,lon,lat\na,10,10.01,50.01\nb,many,10.02,50.02\n' >bad.csv
  run --separate-stderr "$FACMAP" load city.sqlite bad.csv --crs EPSG:4326 --strict
  fails_with "many" 1
  run --separate-stderr "$FACMAP" layers city.sqlite bad
  fails_with "bad" 1
}

@test "load: GB18030 is found out, said, and told from what cannot be told" {
  make_city
  printf 'id,name_zh,lon,lat\na,\xd1\xa7\xd0\xa3,10.01,50.01\n' >gbk.csv
  run --separate-stderr "$FACMAP" load city.sqlite gbk.csv --crs EPSG:4326 --json
  [ "$status" -eq 0 ]
  [[ $(json '.warnings[0]') == *"read as GB18030: found out from 2 characters"* ]]
  [ "$(sqlite3 city.sqlite 'SELECT name_zh FROM gbk')" = 学校 ]
  printf 'id,name_zh,lon,lat\na,\xd0\xa1\xd0\xa3,10.01,50.01\n' >either.csv
  run --separate-stderr "$FACMAP" load city.sqlite either.csv --crs EPSG:4326
  fails_with "'СУ' as UTF-8, '小校' as GB18030" 1
  [[ $stderr == *"--encoding"* ]]
  run --separate-stderr "$FACMAP" load city.sqlite either.csv --crs EPSG:4326 --encoding GB18030
  [ "$status" -eq 0 ]
}

@test "load: an empty table" {
  make_city
  printf 'id,lon,lat\n' >empty.csv
  run --separate-stderr "$FACMAP" load city.sqlite empty.csv --crs EPSG:4326
  fails_with "empty.csv" 1
  : >zero.csv
  run --separate-stderr "$FACMAP" load city.sqlite zero.csv --crs EPSG:4326
  fails_with "zero.csv" 1
}

@test "load: a polygon that crosses itself is rejected with its place" {
  make_city
  echo '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"x"},"geometry":{"type":"Polygon","coordinates":[[[10,50],[10.1,50.1],[10.1,50],[10,50.1],[10,50]]]}},{"type":"Feature","properties":{"id":"y"},"geometry":{"type":"Polygon","coordinates":[[[10,50],[10.1,50],[10.1,50.1],[10,50]]]}}]}' >bow.geojson
  run --separate-stderr "$FACMAP" load city.sqlite bow.geojson --rejects r.csv --json
  [ "$status" -eq 0 ]
  [ "$(json '.result[0].rejected')" -eq 1 ]
  grep -qi 'intersection' r.csv
}

@test "load: Chinese columns, mapped" {
  make_city
  printf '编号,名称,经度,纬度\n1,甲校,10.01,50.01\n' >list.csv
  run --separate-stderr "$FACMAP" load city.sqlite list.csv --crs EPSG:4326 --map id=编号,name_zh=名称 --x 经度 --y 纬度 --json
  [ "$status" -eq 0 ]
  run --separate-stderr "$FACMAP" export city.sqlite out.csv list
  grep -q 甲校 out.csv
}

@test "load: not a workspace, and a workspace of a newer version" {
  make_city
  run --separate-stderr "$FACMAP" load school.csv demand.csv --crs EPSG:4326
  fails_with "school.csv" 1
  sqlite3 city.sqlite 'PRAGMA user_version = 999'
  run --separate-stderr "$FACMAP" load city.sqlite school.csv --crs EPSG:4326 --replace
  fails_with "newer" 1
}

@test "load: a locked workspace says so" {
  make_city
  mkfifo hold
  sqlite3 city.sqlite <hold &
  exec 9>hold
  echo 'BEGIN EXCLUSIVE;' >&9
  sleep 1
  run --separate-stderr "$FACMAP" load city.sqlite school.csv --crs EPSG:4326 --replace
  exec 9>&-
  wait
  fails_with "another program" 1
}

@test "load: a full disk leaves the old content" {
  make_city
  before=$("$FACMAP" layers city.sqlite --json | jq -S .result)
  awk 'BEGIN { print "id,name_en,lon,lat"; for (i = 0; i < 200000; i++) printf "r%d,a name of some length %d,10.0%d,50.0%d\n", i, i, i % 9, i % 7 }' >big.csv
  # A limit on file size stands in for a full disk; XFSZ is ignored so that write() fails.
  run --separate-stderr bash -c 'trap "" XFSZ; ulimit -f 8000; exec "$0" load city.sqlite big.csv --crs EPSG:4326' "$FACMAP"
  [ "$status" -eq 1 ]
  [ "$(printf '%s\n' "$stderr" | wc -l)" -eq 1 ]
  [ "$("$FACMAP" layers city.sqlite --json | jq -S .result)" = "$before" ]
  [ "$(sqlite3 city.sqlite 'PRAGMA integrity_check')" = ok ]
}

# What is in a workspace, times aside.
content_of() {
  [ "$(sqlite3 "$1" 'PRAGMA integrity_check')" = ok ]
  "$FACMAP" layers "$1" --json | jq -S '.result | map(del(.loaded_at))'
}

@test "load: killed at 20 moments, the workspace has the old content or the new, whole" {
  make_city
  awk 'BEGIN { print "id,name_en,lon,lat"; for (i = 0; i < 50000; i++) printf "r%d,n%d,10.0%d,50.0%d\n", i, i, i % 9, i % 7 }' >big.csv
  old=$(content_of city.sqlite)
  cp city.sqlite loaded.sqlite
  begun=$(date +%s%N)
  "$FACMAP" load loaded.sqlite big.csv --crs EPSG:4326 --quiet
  took=$(($(date +%s%N) - begun))
  new=$(content_of loaded.sqlite)
  [ "$old" != "$new" ]
  for i in {1..20}; do
    rm -f killed.sqlite*
    cp city.sqlite killed.sqlite
    "$FACMAP" load killed.sqlite big.csv --crs EPSG:4326 --quiet &
    pid=$!
    sleep "$(awk "BEGIN { printf \"%.3f\", $took * $i / 20e9 }")"
    kill -KILL "$pid" 2>/dev/null || true # it may be done by now
    wait "$pid" 2>/dev/null || true
    content=$(content_of killed.sqlite)
    [ "$content" = "$old" ] || [ "$content" = "$new" ]
  done
}

@test "load: a disk that is full, of several sizes, leaves the old content" {
  make_city
  mkdir disk
  mount -t tmpfs -o size=32m facmap-test disk 2>/dev/null || skip "mount is not permitted here"
  awk 'BEGIN { print "id,name_en,lon,lat"; for (i = 0; i < 60000; i++) printf "r%d,a name of some length %d,10.0%d,50.0%d\n", i, i, i % 9, i % 7 }' >big.csv
  old=$(content_of city.sqlite)
  used=$(stat -c %s city.sqlite)
  cp city.sqlite disk/
  # From no room at all to nearly enough: each step of the load meets the full disk once.
  for room in 4096 16384 65536 262144 1048576 4194304; do
    head -c $((32 * 1048576 - used - room)) /dev/zero >disk/filler
    run --separate-stderr "$FACMAP" load disk/city.sqlite big.csv --crs EPSG:4326
    rm disk/filler
    if ! fails_with "full" 1 || [ "$(content_of disk/city.sqlite)" != "$old" ]; then
      umount disk
      echo "with $room bytes free"
      return 1
    fi
  done
  umount disk
}

@test "load: Ctrl-C leaves the old content and exit status 130" {
  make_city
  before=$("$FACMAP" layers city.sqlite --json | jq -S .result)
  awk 'BEGIN { print "id,name_en,lon,lat"; for (i = 0; i < 300000; i++) printf "r%d,n%d,10.0%d,50.0%d\n", i, i, i % 9, i % 7 }' >big.csv
  run --separate-stderr stopped_by INT load city.sqlite big.csv --crs EPSG:4326
  [ "$status" -eq 130 ]
  [ "$("$FACMAP" layers city.sqlite --json | jq -S .result)" = "$before" ]
}

@test "load: another city is another manifest" {
  "$FACMAP" init town.sqlite
  run --separate-stderr "$FACMAP" load town.sqlite "$FACMAP_SOURCE/geodata/rivertown/dataset.json" --json
  [ "$status" -eq 0 ]
  [ "$(json '[.result[] | .read == .loaded + .updated + .unchanged + .unlocated + .rejected] | all')" = true ]
  [ "$(json '[.result[].rejected] | add')" -eq 0 ]
}

@test "load: the reject file takes the place of nothing that the command reads" {
  make_city
  printf 'id,lon,lat\na,10.01,50.01\na,10.02,50.02\n' >twice.csv
  sha256sum city.sqlite twice.csv >before
  ln -s city.sqlite alias
  mkdir folder
  for file in city.sqlite ./city.sqlite alias twice.csv folder ''; do
    run --separate-stderr "$FACMAP" load city.sqlite twice.csv --crs EPSG:4326 --rejects "$file"
    fails_with "--rejects" 2
  done
  sha256sum --quiet -c before
  [ -z "$(find . -name '*.part*')" ]
}

@test "load: cells need a size that a grid can have" {
  make_city
  for size in 0 -1 nan 1e-300 1e300 wide ''; do
    run --separate-stderr "$FACMAP" load city.sqlite demand.csv --layer d2 --crs EPSG:4326 --cell "$size"
    fails_with "cell" 2
  done
  run --separate-stderr "$FACMAP" load city.sqlite demand.csv --layer d2 --crs EPSG:4326 --cell 500 -q
  [ "$status" -eq 0 ]
}

@test "load: --map FIELD= says that no column is that field" {
  make_city
  printf 'id,status,lon,lat\na,有效,10.01,50.01\n' >words.csv
  run --separate-stderr "$FACMAP" load city.sqlite words.csv --crs EPSG:4326
  fails_with "有效" 1
  run --separate-stderr "$FACMAP" load city.sqlite words.csv --crs EPSG:4326 --map status= --json
  [ "$status" -eq 0 ]
  [ "$(json '.result[0].loaded')" -eq 1 ]
}

@test "load: SIGTERM and a closed terminal leave the old content" {
  make_city
  before=$("$FACMAP" layers city.sqlite --json | jq -S .result)
  awk 'BEGIN { print "id,name_en,lon,lat"; for (i = 0; i < 300000; i++) printf "r%d,n%d,10.0%d,50.0%d\n", i, i, i % 9, i % 7 }' >big.csv
  for signal in TERM HUP; do
    run --separate-stderr stopped_by "$signal" load city.sqlite big.csv --crs EPSG:4326
    [ "$status" -eq 130 ]
    [ "$("$FACMAP" layers city.sqlite --json | jq -S .result)" = "$before" ]
    [ "$(find . -name '*-journal' -o -name '*.part' | wc -l)" -eq 0 ]
  done
}
