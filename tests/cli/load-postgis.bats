#!/usr/bin/env bats
# Tables of PostGIS, in a server of the test's own: a cluster in a temporary folder that listens on
# a socket in it, is started for the first test and stopped after the last. Without PostgreSQL and
# PostGIS the tests are skipped.
bats_require_minimum_version 1.5.0
load helpers

# Runs as somebody who is not root, which PostgreSQL refuses to be.
unprivileged() {
  if [ "$(id -u)" -eq 0 ]; then
    setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups -- "$@"
  else
    "$@"
  fi
}

setup_file() {
  local bin
  bin=$(find /usr/lib/postgresql -maxdepth 3 -name initdb -printf '%h\n' 2>/dev/null | sort -V | tail -1)
  PG_BIN=$bin
  export PG_BIN PG_SERVER=
  [ -n "$PG_BIN" ] || return 0
  find /usr/share/postgresql -name postgis.control 2>/dev/null | grep -q . || return 0
  # A socket's path has to be short.
  PG_SERVER=$(mktemp -d /tmp/fm-pg-XXXXXX)
  [ "$(id -u)" -ne 0 ] || chown nobody "$PG_SERVER"
  unprivileged "$PG_BIN/initdb" -D "$PG_SERVER/data" -U planner --auth=trust -E UTF8 --no-locale \
    --no-sync >"$PG_SERVER.log" 2>&1 &&
    unprivileged "$PG_BIN/pg_ctl" -D "$PG_SERVER/data" -w -l "$PG_SERVER/log" \
      -o "-k $PG_SERVER -c listen_addresses= -c fsync=off" start >>"$PG_SERVER.log" 2>&1 &&
    sql postgres 'CREATE DATABASE city' && sql city 'CREATE EXTENSION postgis'
}

teardown_file() {
  [ -n "$PG_SERVER" ] || return 0
  unprivileged "$PG_BIN/pg_ctl" -D "$PG_SERVER/data" -m immediate stop >/dev/null
  rm -rf "$PG_SERVER" "$PG_SERVER.log"
}

sql() {
  "$PG_BIN/psql" -h "$PG_SERVER" -U planner -d "$1" -q -v ON_ERROR_STOP=1 -c "$2"
}

need_postgis() {
  [ -n "$PG_SERVER" ] || skip "PostgreSQL with PostGIS (postgresql-postgis) is not installed"
  SOURCE="PG:host=$PG_SERVER user=planner password=geheim dbname=city"
  "$FACMAP" init city.sqlite -q
}

@test "load-postgis: a table with its types, positions and coordinate system" {
  need_postgis
  sql city "CREATE TABLE school (code text, 名称 text, 床位 integer, opened date,
                                 geom geometry(PointZ, 4548));
            INSERT INTO school VALUES
              ('007', '\"一校\" & <二校>, 🏫', 600, '2001-09-01', 'SRID=4548;POINT Z (448481.575 4419565.435 50)'),
              ('008', 'nowhere', NULL, NULL, NULL),
              ('009', 'empty', 5, NULL, 'SRID=4548;POINT Z EMPTY')"
  run --separate-stderr "$FACMAP" load city.sqlite "$SOURCE" --sheet school --layer school --json
  [ "$status" -eq 0 ]
  [ "$(json '.result[0] | [.read, .loaded, .unlocated, .rejected] | join(" ")')" = "3 1 2 0" ]
  [[ $(json '.warnings | join(" ")') == *"Z or M dropped"* ]]
  [ "$(json '.result[0].crs')" = EPSG:4548 ]
  [ "$(sqlite3 city.sqlite "SELECT capacity FROM school WHERE name_zh LIKE '\"一校\"%'")" = 600 ]
  "$FACMAP" export city.sqlite school.csv school -q
  # Tiananmen.
  head -2 school.csv | tail -1 | awk -F, '{ exit !(($1 - 116.3975)^2 + ($2 - 39.9087)^2 < 1e-12) }'
  # Of the password there is nothing in the run log.
  [ "$(sqlite3 city.sqlite "SELECT count(*) FROM fm_run WHERE command_line || parameters LIKE '%geheim%'")" -eq 0 ]
}

@test "load-postgis: a large table goes part by part and changes nothing the second time" {
  need_postgis
  sql city "CREATE TABLE stop AS SELECT i AS id, 'Stop ' || i AS name,
              ST_SetSRID(ST_MakePoint(116 + i / 20000.0, 40), 4326) AS geom
            FROM generate_series(1, 10000) AS i;
            ALTER TABLE stop ADD PRIMARY KEY (id)"
  run --separate-stderr "$FACMAP" load city.sqlite "$SOURCE tables=stop" --layer stop --json
  [ "$status" -eq 0 ]
  [ "$(json '.result[0].loaded')" -eq 10000 ]
  [ "$(sqlite3 city.sqlite 'SELECT count(DISTINCT id) FROM stop')" -eq 10000 ]
  run --separate-stderr "$FACMAP" load city.sqlite "$SOURCE tables=stop" --layer stop --update --json
  [ "$(json '.result[0].unchanged')" -eq 10000 ]
}

@test "load-postgis: what is not there is one line, without the password" {
  need_postgis
  run --separate-stderr "$FACMAP" load city.sqlite "$SOURCE" --sheet hospital --layer t
  fails_with "hospital" 1
  run --separate-stderr "$FACMAP" load city.sqlite "${SOURCE/city/town}" --layer t
  fails_with "town" 1
  [[ $stderr != *geheim* ]]
  [ "$(sqlite3 city.sqlite "SELECT count(*) FROM fm_layer")" -eq 0 ]
}
