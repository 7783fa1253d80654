# Scenarios against one on the same luck.
$ shortfall compare --help
Example: shortfall compare scenarios/bamako-2025.json scenarios/lever-reserve.json -n 100

Usage:
  shortfall compare [OPTION…] SCENARIO.json [SCENARIO.json...]

Runs scenarios on the same luck and says how each differs from the first, pair
by pair, with intervals that hold together, or that it cannot be told.

Options:
  --lever=LEVER.json    The first scenario with this lever too (may be given
                        again)
  --together            And with all levers at once
  --measure=NAME        Compare this (may be given again):
                        PLACE/COMMODITY/CLASS/METRIC, or /METRIC
  -n, --replications=N  Replications of each (default: the first scenario's,
                        else 200)
  -j, --jobs=N          Worker processes (default: one a processor)
  --seed=N              Seed of all (default: the first scenario's, else 1)
  --set=/POINTER=VALUE  Change one value: /json/pointer=value (may be given
                        again)
  --called=NAME         What tables call the scenarios, in their order, levers
                        last (given once for each)
  --confidence=PERCENT  Confidence of all intervals of a measure together
                        (default: 95)
  -o, --output=DIR      Write a folder: tables, differences, manifest, figure
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
$ shortfall compare
shortfall compare: which scenarios?
Try: shortfall compare --help
[exit 2]
$ shortfall compare scenarios/two-roads.json
shortfall compare: with what? name another scenario, or --lever FILE
Try: shortfall compare --help
[exit 2]
$ shortfall compare scenarios/two-roads.json no-such.json
no-such.json: there is no such file
1 mistake; nothing was written
[exit 3]
$ shortfall compare scenarios/two-roads.json --lever no-such.json
no-such.json: there is no such file
1 mistake; nothing was written
[exit 3]
$ shortfall compare scenarios/two-roads.json scenarios/theory/t7-bridge.json
shortfall compare: scenarios/theory/t7-bridge.json is a network without a time to run; try shortfall network scenarios/theory/t7-bridge.json
Try: shortfall compare --help
[exit 2]
$ shortfall compare scenarios/two-roads.json scenarios/example.json --together
shortfall compare: --together needs two levers or more
Try: shortfall compare --help
[exit 2]
$ shortfall compare scenarios/two-roads.json scenarios/example.json --measure kessa/feul/unmet_m3
shortfall compare: there is no measure "kessa/feul/unmet_m3"; did you mean "kessa/fuel/unmet_m3"?
Try: shortfall compare --help
[exit 2]
$ shortfall compare scenarios/two-roads.json scenarios/example.json --measure weather
shortfall compare: there is no measure "weather"; metrics.csv of a run lists them: PLACE/COMMODITY/CLASS/METRIC, /METRIC for the country
Try: shortfall compare --help
[exit 2]
$ shortfall compare scenarios/two-roads.json scenarios/example.json --confidence 100
shortfall compare: --confidence takes per cent, 50 to below 100
Try: shortfall compare --help
[exit 2]
$ shortfall compare scenarios/two-roads.json scenarios/example.json --csv --json
shortfall compare: one of --csv, --json and --markdown at a time
Try: shortfall compare --help
[exit 2]
$ echo '{"format":1,"demands":{"fuel-household":{"demand_m3_per_day":400}},"events":{"thrift":{"date":"2030-01-10","title":"Thrift","kind":"set","target":"/demands/fuel-transport/demand_m3_per_day","value":350,"cost_xof":2000000,"source":"model","confidence":"assumed"}}}' > $T/thrift.json
$ echo '{"format":1,"shipments":{"fuel-to-kessa":{"trucks_per_day":21}}}' > $T/trucks.json
$ shortfall compare scenarios/two-roads.json scenarios/two-roads.json scenarios/example.json --lever $T/thrift.json --lever $T/trucks.json --together -n 8 -q
two-roads: Two roads to a capital

Person-days without: Fuel, Kessa, in millions  [kessa/fuel/person_days_without]
scenario       mean  difference  99 % interval  verdict                         correlation  XOF per person-day averted
two-roads      24.6                             the reference
two-roads (2)  24.6           0                 identical in every replication            1
example                                         not recorded in this scenario
thrift         15.7        -8.8  -10.5 to -7.1  fewer by 7.1 to 10.5                   0.97  0.227 (0.191 to 0.280)
trucks         23.7        -0.8  -2.1 to 0.5    not distinguishable                    0.98  not distinguishable
together       16.3        -8.3  -11.0 to -5.6  fewer by 5.6 to 11.0                   0.92  0.241 (0.182 to 0.356)

Days of shortage: Fuel, Kessa  [kessa/fuel/shortage_days_count]
scenario       mean  difference  99 % interval  verdict                         correlation
two-roads        11                             the reference
two-roads (2)    11           0                 identical in every replication            1
example                                         not recorded in this scenario
thrift            6          -5  -8 to -2       fewer by 2 to 8                        0.78
trucks           10           0  -3 to 2        not distinguishable                    0.82
together          6          -5  -9 to -1       fewer by 1 to 9                        0.73

Demand not met (m3): Fuel, Kessa, in thousands  [kessa/fuel/unmet_m3]
scenario       mean  difference  99 % interval  verdict                         correlation
two-roads      14.1                             the reference
two-roads (2)  14.1           0                 identical in every replication            1
example                                         not recorded in this scenario
thrift          8.5        -5.6  -6.5 to -4.6   lower by 4.6 to 6.5                    0.98
trucks         13.7        -0.4  -1.1 to 0.3    not distinguishable                    0.98
together        8.8        -5.3  -6.7 to -3.9   lower by 3.9 to 6.7                    0.93

Trucks lost  [/lost_count]
scenario       mean  difference  99 % interval  verdict                         correlation
two-roads        22                             the reference
two-roads (2)    22           0                 identical in every replication            1
example          14          -8  -28 to 12      not distinguishable                   -0.81
thrift           22           0  -5 to 5        not distinguishable                    0.99
trucks           21          -1  -3 to 1        not distinguishable                    0.99
together         21          -1  -4 to 2        not distinguishable                    0.98
example: the correlation is negative, so synchronisation is broken: it does not meet the luck of two-roads any more

Cost of levers (XOF), in millions  [/cost_xof]
scenario       mean  difference  99 % interval  verdict                             correlation
two-roads         0                             the reference
two-roads (2)     0           0                 identical in every replication
example           0           0                 identical in every replication
thrift            2           2  2.0 to 2.0     higher by 2.0 in every replication
trucks            0           0                 identical in every replication
together          2           2  2.0 to 2.0     higher by 2.0 in every replication

How to read it
8 replications of each scenario, seed 1, on the same luck: compared pair by pair.
Differences are the scenario's value less that of two-roads.
5 comparisons a measure, each interval at 99 %, so that all of a measure hold
together at 95 % (Bonferroni). Measures are not corrected for one another.
Correlation: what the same luck does; near 1 a few replications tell scenarios apart,
near 0 it is no help.
XOF per person-day averted: mean extra cost over mean person-days less, of this commodity
alone, with an interval by Fieller; no number where person-days are not distinguishable.
The same in every replication of every scenario:
  Person-days without: Rice, Kessa: 0; not recorded in example  [kessa/rice/person_days_without]
$ shortfall compare scenarios/two-roads.json --lever $T/thrift.json -n 8 -q --csv --measure kessa/fuel/shortage_start_day --measure /lost_count
measure,scenario,reference,pairs_count,both_count,reference_only_count,scenario_only_count,neither_count,happened_p,mean_reference,mean,difference,low,high,level_frac,p,p_holm,correlation,variance_ratio,xof_per_person_day,xof_per_person_day_low,xof_per_person_day_high,verdict,warning
kessa/fuel/shortage_start_day,thrift,two-roads,8,7,1,0,0,1,47.714285714285715,50.57142857142857,2.857142857142857,1.1328100662697809,4.5814756480159335,0.95,0.0066925512701816415,0.0066925512701816415,0.909507464934535,0.09182389937106915,,,,higher,"71 % of the values are 2: a mean with an interval says little, and the interval is likely to be too narrow"
/lost_count,thrift,two-roads,8,8,0,0,0,1,22.125,22.125,0,-3.06359994245434,3.06359994245434,0.95,1,1,0.986019664777541,0.044344851987262644,,,,not distinguishable,
$ shortfall compare scenarios/two-roads.json --lever $T/thrift.json -n 1 -q --markdown --measure /unmet_m3
**Demand not met (m3)  [/unmet_m3]**

| scenario | mean | difference | 95 % interval | verdict | correlation |
|---|---:|---:|---|---|---:|
| two-roads | 7626.8 |  |  | the reference |  |
| thrift | 3364.9 | -4261.9 | none | one pair only: no interval |  |

**How to read it**

1 replication of each scenario, seed 1, on the same luck: compared pair by pair.

Differences are the scenario's value less that of two-roads.

One comparison a measure, at 95 % (Student's t of the differences).

Correlation: what the same luck does; near 1 a few replications tell scenarios apart,
near 0 it is no help.
$ shortfall compare scenarios/two-roads.json --lever $T/thrift.json -n 4 -q --measure kessa/fuel/served_frac --no-plots -o $T/out > /dev/null; ls $T/out; head -3 $T/out/differences.csv
compare.csv
compare.txt
differences.csv
manifest.json
replication,measure,scenario,value_reference,value,difference
0,kessa/fuel/served_frac,thrift,0.9293816958579416,0.9645394598962412,0.03515776403829962
1,kessa/fuel/served_frac,thrift,0.8887044779709837,0.9320401351645465,0.043335657193562804
$ shortfall compare scenarios/two-roads.json --lever $T/thrift.json -n 4 -q --no-plots -o $T/out > /dev/null
shortfall compare: $T/out exists already; choose another name, or --force to replace it
[exit 1]
