# The best of several scenarios.
$ shortfall rank --help
Example: shortfall rank scenarios/bamako-2025.json --lever scenarios/lever-reserve.json --lever scenarios/lever-bonus.json

Usage:
  shortfall rank [OPTION…] SCENARIO.json [SCENARIO.json...]

Finds the best of several scenarios with as few runs as may be: all meet the
same luck, those that are clearly worse are dropped, and only those in
contention are run on. Says what is selected, with which confidence, and which
others may be as good; or that it cannot be decided.

Options:
  --lever=LEVER.json    The first scenario with this lever too (may be given
                        again)
  --without-base        Leave the first scenario itself out
  --measure=NAME        Rank by this (default: person-days without in the
                        capital): PLACE/COMMODITY/CLASS/METRIC, or /METRIC
  --largest             The largest is the best, not the smallest
  --otherwise=VALUE     What a measure counts as where it did not happen
  --indifference=D      A lead worth finding: in the measure's unit, or as a
                        share of the first scenario's mean (default: 5%)
  --confidence=PERCENT  Confidence (default: 95)
  --method=kn|ocba      kn: until it is decided (default); ocba: spend a budget
  -n, --replications=N  Replications of each to begin with (default: 20)
  --batch=N             Replications at a time after that (default: 10)
  --max=N               kn: replications of one scenario at most (default: 1000)
  --budget=N            ocba: runs of all together (default: 100 a scenario)
  -j, --jobs=N          Worker processes (default: one a processor)
  --seed=N              Seed of all (default: the first scenario's, else 1)
  --set=/POINTER=VALUE  Change one value: /json/pointer=value (may be given
                        again)
  --called=NAME         What tables call the scenarios, in their order, levers
                        last (given once for each)
  -o, --output=DIR      Write a folder: tables, manifest, figure
  -f, --force           Replace an existing result folder
  --no-plots            Write tables only, no figures
  -q, --quiet           Show no progress
  --csv                 Print the first table as CSV
  --json                Print JSON
  --markdown            Print Markdown tables
  --lang=en|fr          Language of texts and figures (default: the system's)
  --color=auto|always|never
                        Colours (default: auto, on a terminal and without
                        NO_COLOR)
  -h, --help            Show this help
$ shortfall rank
shortfall rank: which scenarios?
Try: shortfall rank --help
[exit 2]
$ shortfall rank scenarios/two-roads.json
shortfall rank: with what? name another scenario, or --lever FILE
Try: shortfall rank --help
[exit 2]
$ shortfall rank scenarios/two-roads.json --lever no-such.json
no-such.json: there is no such file
1 mistake; nothing was written
[exit 3]
$ echo '{"models":{"drivers":{"announcement_risk":3}}}' > $T/calm.json; shortfall rank scenarios/two-roads.json --lever $T/calm.json --without-base
shortfall rank: --without-base leaves one scenario: there is no choice
Try: shortfall rank --help
[exit 2]
$ shortfall rank scenarios/two-roads.json scenarios/example.json --method best
shortfall rank: --method takes kn or ocba, not "best"
Try: shortfall rank --help
[exit 2]
$ shortfall rank scenarios/two-roads.json scenarios/example.json -n 1
shortfall rank: -n takes 2 to 100000 replications
Try: shortfall rank --help
[exit 2]
$ shortfall rank scenarios/two-roads.json scenarios/example.json --batch 0
shortfall rank: --batch takes 1 to 100000 replications
Try: shortfall rank --help
[exit 2]
$ shortfall rank scenarios/two-roads.json scenarios/example.json --confidence 0.95
shortfall rank: --confidence takes per cent, above 50 and below 100
Try: shortfall rank --help
[exit 2]
$ shortfall rank scenarios/two-roads.json scenarios/example.json --indifference 0
shortfall rank: --indifference takes a number above 0, or a share such as 5%
Try: shortfall rank --help
[exit 2]
$ shortfall rank scenarios/two-roads.json scenarios/example.json --indifference 5%%
shortfall rank: --indifference takes a number above 0, or a share such as 5%
Try: shortfall rank --help
[exit 2]
$ shortfall rank scenarios/two-roads.json scenarios/example.json --otherwise never
shortfall rank: --otherwise takes a number
Try: shortfall rank --help
[exit 2]
$ shortfall rank scenarios/two-roads.json scenarios/example.json --budget 100
shortfall rank: --budget is for --method ocba; kn has a --max
Try: shortfall rank --help
[exit 2]
$ shortfall rank scenarios/two-roads.json scenarios/example.json --method ocba --max 100
shortfall rank: --max is for --method kn; ocba has a --budget
Try: shortfall rank --help
[exit 2]
$ shortfall rank scenarios/two-roads.json scenarios/example.json --method ocba --budget 39
shortfall rank: a --budget of 39 is less than the 40 runs to begin with (-n 20 of each)
Try: shortfall rank --help
[exit 2]
$ shortfall rank scenarios/two-roads.json scenarios/example.json --max 19
shortfall rank: --max takes no fewer than -n, and 1000000 at most
Try: shortfall rank --help
[exit 2]
$ shortfall rank scenarios/two-roads.json scenarios/example.json --csv --json
shortfall rank: one of --csv, --json and --markdown at a time
Try: shortfall rank --help
[exit 2]
$ shortfall rank scenarios/two-roads.json scenarios/example.json --measure lost_count
shortfall rank: there is no measure "lost_count"; did you mean "/lost_count"?
Try: shortfall rank --help
[exit 2]
$ shortfall rank scenarios/two-roads.json scenarios/berlin-1948.json --measure kessa/fuel/person_days_without
shortfall rank: there is no measure "kessa/fuel/person_days_without"; metrics.csv of a run lists them: PLACE/COMMODITY/CLASS/METRIC, /METRIC for the country
Try: shortfall rank --help
[exit 2]
$ shortfall rank scenarios/theory/one-road.json scenarios/theory/run-out.json
shortfall rank: nobody is counted in the capital of one-road; name what is to be ranked by with --measure
Try: shortfall rank --help
[exit 2]
$ shortfall rank scenarios/two-roads.json --set /models/drivers/announcement_risk=0 --set /models/ambushes/enabled=false --lever $T/calm.json -n 3 -q
shortfall rank: the first scenario has a mean of 0, of which no share can be taken: give --indifference in the unit of kessa/person_days_without
Try: shortfall rank --help
[exit 2]
$ shortfall rank scenarios/two-roads.json --lever $T/calm.json -n 5 --measure kessa/fuel/shortage_start_day -q
shortfall rank: kessa/fuel/shortage_start_day did not happen in 5 of the replications 0 to 4 of calm; --otherwise VALUE says what it counts as then (the run has 120 days)
Try: shortfall rank --help
[exit 2]
$ shortfall rank scenarios/two-roads.json --lever $T/calm.json -n 5 --measure kessa/fuel/shortage_start_day --largest --otherwise 120 -q
Ranking: calm

kessa/fuel/shortage_start_day (larger is better)
scenario   n  mean   sd  +- 95 %  behind   from     to  within  result
calm       5   120    0        0   -70.2  -75.8  -64.6          selected
two-roads  5  49.8  4.5      5.6    70.2   64.6   75.8  no      eliminated after 5
Behind: by how much its mean is worse than the best of the others (below 0: better), and
an interval of that; all of them hold together with 95 % confidence.
Selected: calm. With 95 % confidence it is the best, if the best leads every other by 2.5 or more.
That takes outcomes for close to normal and replications for independent (method KN).
All others are worse by more than 2.5.
Indifference zone: 2.5, which is 5 % of the mean of two-roads in its first 5 replications.
10 runs; 2 scenarios with 5 replications each would have been 10. Seed 1.
$ echo '{"models":{"escorts":{"rest_days":6}}}' > $T/rest.json; echo '{"models":{"drivers":{"memory_days":58}}}' > $T/memory.json; echo '{"markets":{"kessa-rice":{"station_days":6}}}' > $T/rice.json
$ shortfall rank scenarios/two-roads.json --lever $T/rest.json --lever $T/memory.json --lever $T/rice.json --lever $T/calm.json --without-base -n 5 -q
Ranking: calm

kessa/person_days_without, in thousands (smaller is better)
scenario   n   mean    sd  +- 95 %  behind    from     to  within  result
calm      16      0     0        0  -23165  -28773  -8890          selected
rice       5  23165  6580     8170   23165    8890  37440  no      eliminated after 5
rest      16  24045  6229     3319   24045   19317  28773  no      eliminated after 16
memory    16  25455  5439     2898   25455   21326  29583  no      eliminated after 16
Behind: by how much its mean is worse than the best of the others (below 0: better), and
an interval of that; all of them hold together with 95 % confidence.
Selected: calm. With 95 % confidence it is the best, if the best leads every other by 1074 thousand or more.
That takes outcomes for close to normal and replications for independent (method KN).
All others are worse by more than 1074 thousand.
Indifference zone: 1074 thousand, which is 5 % of the mean of rest in its first 5 replications.
80 runs (27 of them were not needed: they come in batches); 4 scenarios with 16 replications each would have been 64. Seed 1.
$ shortfall rank scenarios/two-roads.json --lever $T/rest.json --lever $T/memory.json -n 5 --max 12 -q --indifference 100
Ranking: not decided

kessa/person_days_without (smaller is better)
scenario    n      mean       sd  +- 95 %    behind      from       to  within  result
rest       12  22623497  6045712  3841262  -1929182  -3302411  -555953          in contention
memory     12  24552679  5791643  3679834   1929182    555953  3302411  no      in contention
two-roads  12  24883964  5574409  3541811   2260467   1114218  3406716  no      in contention
Behind: by how much its mean is worse than the best of the others (below 0: better), and
an interval of that; all of them hold together with 95 % confidence.
Not decided after 12 replications: two-roads, rest, memory remain. Give more with --max, or a wider --indifference.
All others are worse by more than 100.
Same luck: outcomes correlate with those of the best by 0.96 to 0.97; with luck of its own
each difference would take 25 to 34 times as many replications.
36 runs; 3 scenarios with 12 replications each would have been 36. Seed 1.
$ shortfall rank scenarios/two-roads.json --lever $T/rest.json --lever $T/memory.json -n 5 -q --method ocba --budget 30 --markdown
| scenario | n | mean | sd | +- 95 % | behind | from | to | within | result |
|---|---:|---:|---:|---:|---:|---:|---:|---|---|
| rest | 12 | 22623 | 6046 | 3841 | -1725 | -2813 | -107 |  | in contention |
| two-roads | 8 | 24550 | 5449 | 4555 | 1877 | 940 | 2813 | perhaps | in contention |
| memory | 10 | 24806 | 5267 | 3768 | 1725 | 107 | 3343 | perhaps | in contention |

Behind: by how much its mean is worse than the best of the others (below 0: better), and
an interval of that; all of them hold together with 95 % confidence.

Not decided; the likeliest is rest. It is the best with an estimated probability of 0.588 or more, and with 0.799 none is better by 1158 thousand.
Asked for were 95 %. That takes outcomes for normal and scenarios for independent (method OCBA); no error is guaranteed.

May be within 1158 thousand of the best, so that the choice between them may be luck:
two-roads (behind by 940 to 2813), memory (behind by 107 to 3343).

Indifference zone: 1158 thousand, which is 5 % of the mean of two-roads in its first 5 replications.

Differences of memory from the best: the values are skewed (1.7): the interval is likely to be too narrow; some 80 replications would do.

Same luck: outcomes correlate with those of the best by 0.94 to 0.99; with luck of its own
each difference would take 18 to 85 times as many replications.

30 runs; 3 scenarios with 12 replications each would have been 36. Seed 1.
$ shortfall rank scenarios/two-roads.json --lever $T/rest.json --lever $T/rice.json -n 5 --max 12 -q --csv
rank,scenario,result,eliminated_after_count,same_as,n,mean,sd,ci_half_width,behind,behind_low,behind_high,within_indifference,correlation,variance_ratio
1,rest,selected,,,5,21487504.1113808,6812741.140343679,8459135.403046401,-1677802.9153578836,-2716839.41227821,-638766.4184375571,,,
2,two-roads,eliminated,5,,5,23165307.026738685,6579985.352893474,8170130.921395914,1677802.9153578836,638766.4184375571,2716839.41227821,perhaps,0.9927938003612929,0.007805743382584096
3,rice,same,,two-roads,5,23165307.026738685,6579985.352893474,8170130.921395914,1677802.9153578836,638766.4184375571,2716839.41227821,perhaps,,
$ shortfall rank scenarios/two-roads.json --lever $T/calm.json -n 5 --json -q
{
  "title": "Ranking: calm",
  "tables": {
    "ranking": {
      "title": "kessa/person_days_without",
      "rows": [
        {
          "rank": 1,
          "scenario": "calm",
          "result": "selected",
          "eliminated_after_count": null,
          "same_as": "",
          "n": 7,
          "mean": 0,
          "sd": 0,
          "ci_half_width": 0,
          "behind": -24566040.76596836,
          "behind_low": -30008669.775808685,
          "behind_high": -19123411.756128035,
          "within_indifference": "",
          "correlation": null,
          "variance_ratio": null
        },
        {
          "rank": 2,
          "scenario": "two-roads",
          "result": "eliminated",
          "eliminated_after_count": 7,
          "same_as": "",
          "n": 7,
          "mean": 24566040.765968356,
          "sd": 5884904.6121891085,
          "ci_half_width": 5442629.009840324,
          "behind": 24566040.76596836,
          "behind_low": 19123411.756128035,
          "behind_high": 30008669.775808685,
          "within_indifference": "no",
          "correlation": null,
          "variance_ratio": 1
        }
      ],
      "notes": [
        "Behind: by how much its mean is worse than the best of the others (below 0: better), and\nan interval of that; all of them hold together with 95 % confidence.",
        "Selected: calm. With 95 % confidence it is the best, if the best leads every other by 1158 thousand or more.\nThat takes outcomes for close to normal and replications for independent (method KN).",
        "All others are worse by more than 1158 thousand.",
        "Indifference zone: 1158 thousand, which is 5 % of the mean of two-roads in its first 5 replications.",
        "30 runs (16 of them were not needed: they come in batches); 2 scenarios with 7 replications each would have been 14. Seed 1."
      ]
    },
    "decision": {
      "title": "Decision",
      "rows": [
        {
          "measure": "kessa/person_days_without",
          "better": "smallest",
          "method": "kn",
          "decided": "yes",
          "best": "calm",
          "confidence_frac": 0.95,
          "indifference": 1158265.3513369344,
          "correct_prob": null,
          "good_prob": null,
          "runs_count": 30,
          "needed_runs_count": 14,
          "equal_runs_count": 14,
          "seed": "1"
        }
      ],
      "notes": []
    }
  }
}
