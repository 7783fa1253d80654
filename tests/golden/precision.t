# Runs that find out how many replications they need.
$ shortfall run scenarios/example.json --precision 0.15 --batch 20 -o $T/a --no-causes -j 1 --no-plots 2>&1 | grep -v workers
How well means are known
measure                         n  mean     half-width  of mean  wanted        verdict
orlo/fuel/person_days_without  60  7605077  991540      13 %     13 % of mean  reached
/lost_count                    60  15.25    1.949       12.8 %   13 % of mean  reached
each half-width at 97.5 %, so that all 2 hold together at 95 %
Written: $T/a (begin with summary.txt)
$ shortfall run scenarios/example.json --precision 0.15 --batch 20 -o $T/b --no-causes -j 3 --no-plots -q; cut -d, -f1 $T/b/replications.csv | tail -1
59
$ shortfall run scenarios/example.json -n 60 -o $T/c --no-causes --no-plots -q
$ for f in $(ls $T/c | grep -v manifest); do cmp $T/a/$f $T/c/$f && cmp $T/b/$f $T/c/$f || echo $f differs; done
$ shortfall run scenarios/example.json --precision 0.02 --max 45 --batch 20 --measure orlo/fuel/served_frac --measure /lost_count=3 -o $T/d --no-causes --no-plots 2>&1 | grep -v workers
How well means are known
measure                 n  mean    half-width  of mean  wanted                verdict
orlo/fuel/served_frac  45  0.8317  0.02289     2.75 %   1.96 % of mean        NOT REACHED
/lost_count            45  15.67   2.176       13.9 %   1.96 % of mean, or 3  reached
each half-width at 97.5 %, so that all 2 hold together at 95 %
shortfall run: NOT REACHED: 45 replications do not give the precision that was asked for; see "precision" in manifest.json
Written: $T/d (begin with summary.txt)
$ shortfall run scenarios/example.json --precision 0.02 --max 45 --batch 20 --measure /lost_count -o $T/e --no-causes --no-plots -q
shortfall run: NOT REACHED: 45 replications do not give the precision that was asked for; see "precision" in manifest.json
$ sed -n '/"precision": {/,/^  }/p' $T/d/manifest.json
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
        "measure": "orlo/fuel/served_frac",
        "absolute": null,
        "n": 45,
        "mean": 0.8317316767638877,
        "half_width": 0.02288502869186632,
        "is_reached": false
      },
      {
        "measure": "/lost_count",
        "absolute": 3,
        "n": 45,
        "mean": 15.66666666666666,
        "half_width": 2.175519849042507,
        "is_reached": true
      }
    ]
  },
$ shortfall run scenarios/example.json --measure /cost_xof=1 --batch 30 -o $T/f --no-causes --no-plots 2>&1 | grep -v workers
How well means are known
measure     n  mean  half-width  of mean  wanted  verdict
/cost_xof  30  0     0                    1       reached
half-width at 95 %
/cost_xof: all values are equal, but another one in up to 12 % of replications is not ruled out
Written: $T/f (begin with summary.txt)
$ shortfall run scenarios/example.json --precision 0 -o $T/x
shortfall run: --precision takes a share of the mean, above 0 to 1
Try: shortfall run --help
[exit 2]
$ shortfall run scenarios/example.json --precision 0.1 --batch 0 -o $T/x
shortfall run: --batch and --max take 1 to 1000000 replications
Try: shortfall run --help
[exit 2]
$ shortfall run scenarios/example.json --max 100 -o $T/x
shortfall run: --batch and --max go with --precision
Try: shortfall run --help
[exit 2]
$ shortfall run scenarios/example.json --precision 0.1 -n 200 --max 100 -o $T/x
shortfall run: -n, the least number, is above --max
Try: shortfall run --help
[exit 2]
$ shortfall run scenarios/example.json --precision 0.1 --measure orlo/feul/unmet_m3 -o $T/x
shortfall run: there is no measure "orlo/feul/unmet_m3"; did you mean "orlo/fuel/unmet_m3"?
Try: shortfall run --help
[exit 2]
$ shortfall run scenarios/example.json --precision 0.1 --measure /lost_count=few -o $T/x
shortfall run: --measure takes NAME or NAME=HALF-WIDTH, a number above 0, not "/lost_count=few"
Try: shortfall run --help
[exit 2]
$ shortfall run scenarios/example.json --measure /lost_count -o $T/x
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
$ shortfall run scenarios/two-roads.json -n 100 --quantile 0.99 --no-plots -o $T/tail 2>&1 | sed -n '/^How well/,/^where/p'
How well the tail is known

Quantile 0.99 of the outcomes
measure                           n      quantile     95 %: low      high
kessa/fuel/person_days_without  100  40070242.596  38382028.002  no bound
/lost_count                     100         43.01            43  no bound
intervals between values of the run (order statistics), exact whatever the distribution
where it says no bound there are too few values: it takes 368 of them
$ shortfall run scenarios/two-roads.json --quantile 1
shortfall run: --quantile takes a share between 0 and 1
Try: shortfall run --help
[exit 2]
