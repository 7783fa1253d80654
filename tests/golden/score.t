# Runs against what was seen. Nothing here is drawn, so nothing depends on a seed.
$ shortfall score --help
Example: shortfall score scenarios/bamako-2025.json -n 200

Usage:
  shortfall score [OPTION…] SCENARIO.json

Runs a scenario many times and compares it with what was seen, row by row. A row
is hit when the median of the replications lies within its bounds, and covered
when the band from 5 to 95 % holds what was reported. CRPS is the distance of
the whole ensemble from the reported value, in its unit: smaller is better.

Options:
  --observations=FILE     What was seen (default: the file that the scenario
                          names)
  -n, --replications=N    Replications (default: the scenario's, else 200)
  -j, --jobs=N            Worker processes (default: one a processor)
  --seed=N                Seed (default: the scenario's, else 1)
  --set=/POINTER=VALUE    Change one value: /json/pointer=value (may be given
                          again)
  --prior                 Draw every number as the files state it, no ensemble
  --from=DATE             Only rows whose evidence begins on this day or later
  --until=DATE            Only rows whose evidence ends by this day
  --beside=SCENARIO.json  Score this scenario too, or prior: no ensemble (may be
                          repeated)
  --ablate                Leave out one model at a time: which rows need it?
  --csv                   Print the first table as CSV
  --json                  Print JSON
  --markdown              Print Markdown tables
  -q, --quiet             Show no progress
  --lang=en|fr            Language of texts and figures (default: the system's)
  --color=auto|always|never
                          Colours (default: auto, on a terminal and without
                          NO_COLOR)
  -h, --help              Show this help
$ shortfall score scenarios/example.json -q -n 2 --observations scenarios/observations/example.json --set /shipments/fuel-to-orlo/trucks_per_day=0 --set /assumptions/depot_days=8
scenarios/example.json: One road to a city (fictional)

A row is hit when the median lies within the bounds
row  what                                        bounds              median    5 %   95 %  verdict  covered  CRPS
1    Tankers that reach Orlo in the second week  5 to 30 tankers          0      0      0  miss     no         15
2    The shortage                                                                          miss     no
       first day below half                      day 10 to 20             0      0      0  miss     no         14
       days until three days above 80 %          14 to 28 days        never  never  never  miss     no
3    Some tankers burnt on 10 February           at least 1 tankers       0      0      0  miss
hit 0 of 3 rows (0 %); the 90 % band covers 0 of 2 (0 %)
2 replications, seed 1
$ shortfall score scenarios/example.json -q -n 2 --csv --observations scenarios/observations/example.json --set /shipments/fuel-to-orlo/trucks_per_day=0 --set /assumptions/depot_days=8
row,row_id,part,title,unit,min,max,value,p50,p05,p95,missing_count,hit,covered,crps,row_hit,row_covered
1,arrivals,tankers,,tankers,5,30,15,0,0,0,0,no,no,15,no,no
2,shortage,begins,first day below half,day,10,20,14,0,0,0,0,no,no,14,no,no
2,shortage,lasts,days until three days above 80 %,days,14,28,,,,,2,no,no,,no,no
3,attack,lost,,tankers,1,,,0,0,0,0,no,,,no,
$ shortfall score scenarios/example.json -q -n 2 --from 2030-02-10 --until 2030-02-28 --json --observations scenarios/observations/example.json --set /shipments/fuel-to-orlo/trucks_per_day=0 --set /assumptions/depot_days=8
{
  "title": "scenarios/example.json: One road to a city (fictional)",
  "tables": {
    "rows": {
      "title": "A row is hit when the median lies within the bounds",
      "rows": [
        {
          "row": "3",
          "row_id": "attack",
          "part": "lost",
          "title": "",
          "unit": "tankers",
          "min": 1,
          "max": null,
          "value": null,
          "p50": 0,
          "p05": 0,
          "p95": 0,
          "missing_count": 0,
          "hit": "no",
          "covered": "",
          "crps": null,
          "row_hit": "no",
          "row_covered": ""
        }
      ],
      "notes": [
        "hit 0 of 1 rows (0 %); the 90 % band covers 0 of 0 (0 %)",
        "2 replications, seed 1"
      ]
    }
  }
}
$ for j in 1 3; do shortfall score scenarios/example.json -q -n 20 -j $j --observations scenarios/observations/example.json >$T/$j; done; cmp $T/1 $T/3
$ shortfall score scenarios/example.json -q -n 2 --ablate --markdown --observations scenarios/observations/example.json --set /shipments/fuel-to-orlo/trucks_per_day=0 --set /assumptions/depot_days=8
| without | which is | rows hit | covered | rows lost | rows gained |
|---|---|---:|---:|---|---|
| (none) |  | 0 | 0 |  |  |
| supply | supply/regular |  |  |  |  |
| sharing | allocation/proportional |  |  |  |  |
| retail | market/retail | 0 | 0 |  |  |
| drivers | driver/willingness | 0 | 0 |  |  |
| ambushes | interdiction/ambush | 0 | 0 |  |  |
| attacks | interdiction/attack | 0 | 0 |  |  |
| escorts | convoy/escort | 0 | 0 |  |  |
| closures | disruption/closure | 0 | 0 |  |  |

supply cannot be left out: there are shipments, but no model of the kind "supply" is switched on: nothing would move

sharing cannot be left out: there are markets, but no model of the kind "allocation" is switched on to share what they hold

of 3 rows; 2 replications each, seed 1
$ printf '{"format": 1, "parameters": ["/assumptions/depot_days"], "rows": [[6], [10]]}' >$T/e.json
$ printf '{"extends": "%s/scenarios/example.json", "ensemble": "e.json"}' "$PWD" >$T/s.json
$ shortfall check $T/s.json | grep ensemble
ensemble         1 numbers are taken from 2 rows of e.json
$ shortfall run -q -n 2 --no-plots -o $T/out $T/s.json && grep -h ensemble $T/out/summary.txt $T/out/assumptions.csv && grep -A 3 '"ensemble": {' $T/out/manifest.json
Of these, 1 are taken together from the 2 rows of the ensemble
/assumptions/depot_days,8,yes,ensemble,2 rows of e.json; before: triangular; min 6; mode 8; max 10,,,model,assumed,"what the depot holds, and what ordering aims at",an assumption that several numbers share
/markets/orlo-fuel/depot_days,8,yes,ensemble,assumption /assumptions/depot_days; factor 1,,,model,assumed,,"opening depot stock, in days of ordinary use"
/markets/orlo-fuel/depot_target_days,8,yes,ensemble,assumption /assumptions/depot_days; factor 1,,,model,assumed,,stock that ordering aims at; 0: orders do not react
  "ensemble": {
    "file": "e.json",
    "sha256": "76d3a5f01f262345184f475c9fe1a4f3b078f9e3b289a50cc932b02e3d494dd3",
    "rows_count": 2
$ shortfall score $T/s.json -q -n 4 --observations scenarios/observations/example.json >$T/with; shortfall score $T/s.json -q -n 4 --prior --observations scenarios/observations/example.json >$T/prior; cmp -s $T/with $T/prior; echo $?
1
$ shortfall score scenarios/example.json -q -n 4 --observations scenarios/observations/example.json | tail -n +2 >$T/plain; tail -n +2 $T/prior | cmp - $T/plain
$ shortfall score scenarios/example.json
shortfall score: scenarios/example.json names no observations; give --observations FILE
Try: shortfall score --help
[exit 2]
$ shortfall score scenarios/example.json --observations scenarios/observations/bamako-2025.json
scenarios/observations/bamako-2025.json:9:11: /day0: these are observations of 2025-09-01 to 2025-11-24, and the run is 2030-01-01 to 2030-04-30
1 mistake; nothing was written
[exit 3]
$ shortfall score scenarios/example.json --observations $T/none.json 2>&1 | sed "s|$T/||"
none.json: there is no such file
1 mistake; nothing was written
$ shortfall score scenarios/example.json --from 2030-02-30
shortfall score: --from takes a day, YYYY-MM-DD
Try: shortfall score --help
[exit 2]
$ shortfall score scenarios/example.json --csv --json
shortfall score: one of --csv, --json and --markdown at a time
Try: shortfall score --help
[exit 2]
$ shortfall score scenarios/bamako-network.json
shortfall score: scenarios/bamako-network.json is a network without a time to run; try shortfall network scenarios/bamako-network.json
Try: shortfall score --help
[exit 2]
$ printf '{"format": 1, "rows": {}}' >$T/o.json; shortfall check scenarios/example.json --set /observations=$T/o.json 2>&1 | sed "s|$T/||"
o.json:1:1: "day0" is missing (the date that days are counted from, YYYY-MM-DD)
o.json:1:23: /rows: there is no row
2 mistakes; nothing was written
$ shortfall score scenarios/example.json -q -n 2 --beside prior --beside scenarios/example.json --observations scenarios/observations/example.json --set /shipments/fuel-to-orlo/trucks_per_day=0 --set /assumptions/depot_days=8
scenarios/example.json: One road to a city (fictional)

Medians and verdicts side by side
row  what                                        example  covered  prior   covered  scenarios/example.json  covered
1    Tankers that reach Orlo in the second week  0 miss   no       0 miss  no       0 miss                  no
2    The shortage                                miss     no       miss    no       miss                    no
3    Some tankers burnt on 10 February           0 miss            0 miss           0 miss
example: hit 0 of 3 rows (0 %); the 90 % band covers 0 of 2 (0 %)
prior: hit 0 of 3 rows (0 %); the 90 % band covers 0 of 2 (0 %)
scenarios/example.json: hit 0 of 3 rows (0 %); the 90 % band covers 0 of 2 (0 %)
2 replications each, seed 1
$ shortfall score scenarios/example.json -q -n 2 --observations scenarios/observations/example.json --beside scenarios/bamako-network.json
shortfall score: scenarios/bamako-network.json is a network without a time to run; try shortfall network scenarios/bamako-network.json
Try: shortfall score --help
[exit 2]
$ shortfall score scenarios/example.json -q -n 2 --observations scenarios/observations/example.json --beside no-such.json
no-such.json: there is no such file
1 mistake; nothing was written
[exit 3]
$ shortfall score scenarios/example.json -q -n 2 --observations scenarios/observations/example.json --beside prior --ablate
shortfall score: one of --ablate and --beside at a time
Try: shortfall score --help
[exit 2]
