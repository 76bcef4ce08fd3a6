#!/usr/bin/env bats
bats_require_minimum_version 1.5.0
load helpers

# The town, and six plots: one at each corner and two in the middle.
make_plots() {
  make_city
  cat >plot.csv <<'CSV'
id,name_zh,name_en,lon,lat
p1,甲,One,10.02,50.02
p2,乙,Two,10.05,50.02
p3,丙,Three,10.08,50.02
p4,丁,Four,10.02,50.03
p5,戊,Five,10.05,50.03
p6,己,Six,10.08,50.03
CSV
  "$FACMAP" load city.sqlite plot.csv --kind plot --crs EPSG:4326 --quiet
}

site() {
  run --separate-stderr "$FACMAP" site city.sqlite --demand demand --candidates plot "$@"
}

@test "site: --help names every option, on one screen of text" {
  run --separate-stderr "$FACMAP" site --help
  [ "$status" -eq 0 ]
  [[ ${lines[0]} == "facmap site: "* ]]
  [[ $output == *"usage: facmap site "* ]]
  [[ $output == *"--candidates"* ]]
  [ -z "$stderr" ]
}

@test "site: an unknown option, a missing one and too few arguments are wrong usage" {
  run --separate-stderr "$FACMAP" site --no-such-option
  fails_with "no-such-option" 2
  run --separate-stderr "$FACMAP" site
  fails_with "usage: facmap site" 2
  run --separate-stderr "$FACMAP" site city.sqlite --demand demand --model mclp
  fails_with "--candidates LAYER" 2
}

@test "site: the figures are those of coverage with the chosen sites" {
  make_plots
  site --of school --model mclp --within 1.5km --add 2 --as next --json
  [ "$status" -eq 0 ]
  [ "$(json .result.status)" = optimal ]
  [ "$(json '.result.gap == 0')" = true ]
  [ "$(json '.result.sites | length')" -eq 2 ]
  served=$(json .result.objective)
  before=$(json .result.before.people)
  now=$("$FACMAP" coverage city.sqlite --of school --within 1.5km --demand demand --json | jq '.result.within[0].people')
  [ "$(jq -n "$now == $before")" = true ]
  # What is there and what is chosen, as one layer of facilities.
  "$FACMAP" export city.sqlite sites.gpkg next --quiet
  "$FACMAP" load city.sqlite sites.gpkg --layer both --kind school --quiet
  together=$("$FACMAP" coverage city.sqlite --of both --within 1.5km --demand demand --json | jq '.result.within[0].people')
  [ "$(jq -n "$together == $served")" = true ]
}

@test "site: people in the layers add up" {
  make_plots
  site --of school --model pmedian --add 2 --as next --quiet
  [ "$status" -eq 0 ]
  run --separate-stderr sqlite3 city.sqlite "SELECT (SELECT sum(people) FROM next) = (SELECT sum(residents) FROM demand), (SELECT count(*) FROM next WHERE fixed = 0), (SELECT count(*) FROM next_demand WHERE cost IS NULL)"
  [ "$output" = "1|2|0" ]
  run --separate-stderr sqlite3 city.sqlite "SELECT count(*) FROM next_demand d JOIN next s ON d.site_id = s.site_id AND d.fixed = s.fixed"
  [ "$output" = 27 ]
}

@test "site: without anything there, and every model" {
  make_plots
  site --model lscp --within 3km --json
  [ "$(json .result.status)" = optimal ]
  need=$(json .result.objective)
  site --model mclp --within 3km --add "$need" --json
  [ "$(json '.result.after.people_share == 1')" = true ]
  site --model pcenter --add 2 --json
  most=$(json .result.objective)
  [ "$(json .result.after.max_m)" = "$most" ]
  site --model pcenter --add 3 --json
  [ "$(jq -n "$(json .result.objective) <= $most")" = true ]
}

@test "site: what nothing reaches is named, with its people" {
  make_plots
  site --model lscp --within 1km --json
  [ "$status" -eq 0 ]
  [ "$(json .result.status)" = infeasible ]
  [ "$(json '.result.unreached.n > 0')" = true ]
  [ "$(json '.result.unreached.ids | index("d91") != null')" = true ]
  [ "$(json '.result.unreached.ids | length')" -eq "$(json .result.unreached.n)" ]
  run --separate-stderr sqlite3 city.sqlite "SELECT DISTINCT reason FROM site_lscp_plot_demand WHERE cost IS NULL"
  [ "$output" = "none within 1km" ]
}

@test "site: told to people" {
  make_plots
  site --of school --model mclp --within 1.5km --add 1
  [ "$status" -eq 0 ]
  [[ $output == *"beside 3 that are there already"* ]]
  [[ $output == *"proven: no choice is better"* ]]
  [[ $output == *"now "*"with these"* ]]
}

@test "site: nearly equal choices, and what they have in common" {
  make_plots
  site --model pmedian --add 2 --near 5% --json
  [ "$status" -eq 0 ]
  [ "$(json '.result.near.complete')" = true ]
  [ "$(json '.result.near.choices[0].sites == .result.sites')" = true ]
  [ "$(json '[.result.near.choices[].objective] == ([.result.near.choices[].objective] | sort)')" = true ]
  [ "$(json '.result.near.choices[-1].objective <= 1.05 * .result.objective')" = true ]
  [ "$(json '[.result.near.sites[].n_choices] | add')" -eq "$(json '2 * .result.near.n')" ]
  run --separate-stderr sqlite3 city.sqlite "SELECT sum(chosen) FROM site_pmedian_plot_near"
  [ "$output" = 2 ]
  site --model pmedian --add 2 --near 5%
  [[ $output == *" within 5 % of the best"* ]]
  site --model pmedian --add 2
  run --separate-stderr "$FACMAP" layers city.sqlite site_pmedian_plot_near
  fails_with "has no layer" 1
  for bad in 5 0% 101% %; do
    site --model pmedian --add 2 --near "$bad"
    fails_with "--near $bad: give a share" 2
  done
  site --model lscp --within 3km --near 5%
  fails_with "leave out --near" 2
}

@test "site: given up early, it says so" {
  make_plots
  site --model pmedian --add 3 --effort 1e-9
  [ "$status" -eq 0 ]
  [[ $output == *"not proven: a better choice could be better by at most"* ]]
  [[ $stderr == *"--effort 10"* ]]
}

@test "site: bad questions are one clear line" {
  make_plots
  site --model mclp --add 2
  fails_with "--within 3km" 2
  site --model lscp --within 2km --add 2
  fails_with "leave out --add" 2
  site --model pmedian
  fails_with "say how many (--add 3)" 2
  site --model pmedian --add 0
  fails_with "--add 0: must be 1 or more" 2
  site --model pmedian --add 7
  fails_with "has only 6 candidates" 2
  site --model nearest --add 1
  fails_with "--model nearest: there is no model" 2
  site --model mclp --add 1 --within 3
  fails_with "--within 3" 2
  site --model mclp --add 1 --within 15min
  fails_with "--via walk" 2
  site --model pmedian --add 1 --as-of 2020
  fails_with "--of LAYER" 2
  site --model pmedian --add 1 --effort 0
  fails_with "--effort" 2
  site --model pmedian --add 1 --candidates-where "id='none'"
  fails_with "no candidate of layer 'plot' is left" 1
  site --model pmedian --add 1 --demand-where "residents < 0"
  fails_with "no demand of layer 'demand' is left" 1
  run --separate-stderr "$FACMAP" site city.sqlite --demand demand --candidates meadow --model pmedian --add 1
  fails_with "meadow" 1
}

@test "site: the same for 1 and 4 threads" {
  make_plots
  for threads in 1 4; do
    site --of school --model pmedian --add 2 --as "t$threads" --threads $threads --quiet
    sqlite3 city.sqlite "SELECT hex(geom), site_id, cost FROM t${threads}_demand" >"$threads.txt"
  done
  [ -s 1.txt ]
  cmp 1.txt 4.txt
}

@test "site --via TABLE: an absent pair is no way, and no cost of 0" {
  make_plots
  printf 'from_id,to_id,cost_s\nd11,p1,120\nd12,p1,700\nd21,p2,300\nd11,s1,60\n' >times.csv
  "$FACMAP" load city.sqlite times.csv --kind costs --layer times --quiet
  site --of school --model pmedian --add 2 --via times --as t --json
  [ "$status" -eq 0 ]
  [ "$(json '.result.after.people == 400')" = true ]
  run --separate-stderr sqlite3 city.sqlite "SELECT group_concat(site_id || ' ' || cost, ', ') FROM (SELECT * FROM t_demand WHERE cost IS NOT NULL ORDER BY demand_id)"
  [ "$output" = "s1 60.0, p1 700.0, p2 300.0" ]
  run --separate-stderr sqlite3 city.sqlite "SELECT count(*), min(reason) FROM t_demand WHERE cost IS NULL"
  [ "$output" = "24|no cost in 'times'" ]
}
