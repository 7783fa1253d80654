# Runs that find out how many replications they need.
$ shortfall run scenarios/two-roads.json --precision 0.2 --batch 20 -o $T/a -j 1 --no-plots 2>&1 | grep -v workers
How well means are known
measure                          n  mean      half-width  of mean  wanted          verdict
kessa/fuel/person_days_without  80  25004868  1737769     6.95 %   16.7 % of mean  reached
/lost_count                     80  18.48     2.804       15.2 %   16.7 % of mean  reached
each half-width at 97.5 %, so that all 2 hold together at 95 %
Written: $T/a (begin with summary.txt)
$ shortfall run scenarios/two-roads.json --precision 0.2 --batch 20 -o $T/b -j 3 --no-plots -q; cut -d, -f1 $T/b/replications.csv | tail -1
79
$ shortfall run scenarios/two-roads.json -n 80 -o $T/c --no-plots -q
$ for f in $(ls $T/c | grep -v manifest); do cmp $T/a/$f $T/c/$f && cmp $T/b/$f $T/c/$f || echo $f differs; done
$ shortfall run scenarios/two-roads.json --precision 0.02 --max 45 --batch 20 --measure kessa/fuel/served_frac --measure /lost_count=3 -o $T/d --no-plots 2>&1 | grep -v workers
How well means are known
measure                  n  mean    half-width  of mean  wanted                verdict
kessa/fuel/served_frac  45  0.8659  0.01306     1.51 %   1.96 % of mean        reached
/lost_count             45  19.58   4.123       21.1 %   1.96 % of mean, or 3  NOT REACHED
each half-width at 97.5 %, so that all 2 hold together at 95 %
shortfall run: NOT REACHED: 45 replications do not give the precision that was asked for; see "precision" in manifest.json
Written: $T/d (begin with summary.txt)
$ shortfall run scenarios/two-roads.json --precision 0.02 --max 45 --batch 20 --measure /lost_count -o $T/e --no-plots -q
shortfall run: NOT REACHED: 45 replications do not give the precision that was asked for; see "precision" in manifest.json
$ sed -n '/"precision"/,/^  }/p' $T/d/manifest.json
  "precision": {
    "relative_frac": 0.02,
    "confidence_frac": 0.95,
    "least_count": 30,
    "batch_count": 20,
    "most_count": 45,
    "looks_count": 2,
    "is_reached": false,
    "measures": [
      {
        "measure": "kessa/fuel/served_frac",
        "absolute": null,
        "n": 45,
        "mean": 0.86586698094079,
        "half_width": 0.013057825700999368,
        "is_reached": true
      },
      {
        "measure": "/lost_count",
        "absolute": 3,
        "n": 45,
        "mean": 19.577777777777786,
        "half_width": 4.122806158026491,
        "is_reached": false
      }
    ]
  },
$ shortfall run scenarios/two-roads.json --measure kessa/rice/person_days_without=1 --batch 30 -o $T/f --no-plots 2>&1 | grep -v workers
How well means are known
measure                          n  mean  half-width  of mean  wanted  verdict
kessa/rice/person_days_without  30  0     0                    1       reached
half-width at 95 %
kessa/rice/person_days_without: all values are equal, but another one in up to 12 % of replications is not ruled out
Written: $T/f (begin with summary.txt)
$ shortfall run scenarios/two-roads.json --precision 0 -o $T/x
shortfall run: --precision takes a share of the mean, above 0 to 1
Try: shortfall run --help
[exit 2]
$ shortfall run scenarios/two-roads.json --precision 0.1 --batch 0 -o $T/x
shortfall run: --batch and --max take 1 to 1000000 replications
Try: shortfall run --help
[exit 2]
$ shortfall run scenarios/two-roads.json --max 100 -o $T/x
shortfall run: --batch and --max go with --precision
Try: shortfall run --help
[exit 2]
$ shortfall run scenarios/two-roads.json --precision 0.1 -n 200 --max 100 -o $T/x
shortfall run: -n, the least number, is above --max
Try: shortfall run --help
[exit 2]
$ shortfall run scenarios/two-roads.json --precision 0.1 --measure kessa/feul/unmet_m3 -o $T/x
shortfall run: there is no measure "kessa/feul/unmet_m3"; did you mean "kessa/fuel/unmet_m3"?
Try: shortfall run --help
[exit 2]
$ shortfall run scenarios/two-roads.json --precision 0.1 --measure /lost_count=few -o $T/x
shortfall run: --measure takes NAME or NAME=HALF-WIDTH, a number above 0, not "/lost_count=few"
Try: shortfall run --help
[exit 2]
$ shortfall run scenarios/two-roads.json --measure /lost_count -o $T/x
shortfall run: how precise? --precision G, or --measure /lost_count=HALF-WIDTH
Try: shortfall run --help
[exit 2]
$ ls $T
a
b
c
d
e
f
