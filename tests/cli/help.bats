#!/usr/bin/env bats
bats_require_minimum_version 1.5.0
load helpers

@test "help: lists every command; no argument is wrong usage" {
  run --separate-stderr "$FACMAP" help
  [ "$status" -eq 0 ]
  for command in $("$FACMAP" help --list); do [[ $output == *"  $command "* ]]; done
  run --separate-stderr "$FACMAP"
  [ "$status" -eq 2 ]
}

@test "help: of a command is its --help" {
  [ "$("$FACMAP" help --list | wc -l)" -ge 8 ]
  for command in $("$FACMAP" help --list); do
    [ "$("$FACMAP" help "$command")" = "$("$FACMAP" "$command" --help)" ]
  done
}

@test "help: no line is wider than 100 columns" {
  [ "$("$FACMAP" help --list | wc -l)" -ge 8 ]
  for command in $("$FACMAP" help --list); do
    run bash -c '"$0" help "$1" | wc -L' "$FACMAP" "$command"
    [ "$output" -le 100 ] || { echo "$command: $output columns"; false; }
  done
}

@test "an unknown command" {
  run --separate-stderr "$FACMAP" frobnicate
  fails_with "frobnicate" 2
}

@test "version: names the tool and its version" {
  run --separate-stderr "$FACMAP" version
  [ "$status" -eq 0 ]
  [[ $output =~ ^facmap\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
}

@test "manual pages are those of the option tables, and clean" {
  "$FACMAP_SOURCE/scripts/man" --check "$FACMAP"
  command -v mandoc >/dev/null || skip "mandoc is not installed"
  run mandoc -T lint -W warning "$FACMAP_SOURCE"/docs/man/*.1
  output=$(printf '%s\n' "$output" | grep -v 'missing date' || true)
  [ -z "$output" ] || { echo "$output"; false; }
}

@test "completion: commands, options, layers of the workspace" {
  make_city
  source "$FACMAP_SOURCE/completions/facmap.bash"
  PATH=$(dirname "$FACMAP"):$PATH
  COMP_WORDS=("$FACMAP" cov) COMP_CWORD=1
  _facmap
  [ "${COMPREPLY[*]}" = coverage ]
  COMP_WORDS=("$FACMAP" coverage city.sqlite --dem) COMP_CWORD=3
  _facmap
  [[ " ${COMPREPLY[*]} " == *" --demand "* ]]
  COMP_WORDS=("$FACMAP" coverage city.sqlite --of sch) COMP_CWORD=4
  _facmap
  [ "${COMPREPLY[*]}" = school ]
}

@test "numbers are the same under a locale with decimal commas" {
  make_city
  locale -a 2>/dev/null | grep -qi '^de_DE.utf-\?8' || skip "no de_DE locale on this machine"
  plain=$("$FACMAP" coverage city.sqlite --of school --within 1.5km --demand demand --as a --json | jq -S .result.within)
  german=$(LC_ALL=de_DE.UTF-8 "$FACMAP" coverage city.sqlite --of school --within 1.5km --demand demand --as a --json | jq -S .result.within)
  [ "$plain" = "$german" ]
}

@test "output that cannot be written is an error" {
  make_city
  run --separate-stderr bash -c '"$0" layers city.sqlite >/dev/full' "$FACMAP"
  [ "$status" -eq 1 ]
  [[ $stderr == *"standard output"* ]]
}

@test "an argument that is not UTF-8" {
  run --separate-stderr "$FACMAP" init new.sqlite --title-zh $'\xb1\xb1\xbe\xa9'
  fails_with "not valid UTF-8" 2
  [ ! -e new.sqlite ]
}

@test "facmap: a command that is none is told which there are" {
  run --separate-stderr "$FACMAP" coverge
  fails_with "'coverge' is not a command; there are: init, " 2
  [[ $stderr == *", coverage, "* ]]
  run --separate-stderr "$FACMAP" help coverge
  fails_with "is not a command" 2
}

@test "facmap: help that cannot be written is a failure" {
  [ -e /dev/full ] || skip "there is no /dev/full"
  for words in help --version "help load" "load --help"; do
    # shellcheck disable=SC2086  # two words
    run --separate-stderr bash -c '"$0" "$@" >/dev/full' "$FACMAP" $words
    fails_with "cannot write to standard output" 1
  done
}

@test "facmap: GLib's messages of options are in the tool's own words" {
  run --separate-stderr "$FACMAP" coverage --threads many
  fails_with "facmap coverage: cannot parse integer value 'many' for --threads; --help" 2
}
