# What the outcomes of a sweep hang on: every method on a small study.
$ shortfall sensitivity --help
Example: shortfall sensitivity --run scenarios/sweeps/two-roads.json

Usage:
  shortfall sensitivity [OPTION…] STUDY.json | FOLDER

Says which factors of a sweep its outcomes hang on: elementary effects (Morris),
shares of variance (Sobol), distances between distributions (PAWN, for any
sample), and in which futures something happens (PRIM). Runs that failed are
never filled in.

Options:
  --outcome=NAME           Look at this outcome (may be given again; default:
                           all)
  -m, --method=morris|sobol|pawn|prim
                           morris, sobol, pawn or prim (default: what the design
                           is for)
  --of-interest=CONDITION  In which futures? "OUTCOME >= NUMBER", "OUTCOME
                           happens" (prim)
  --box=N                  Look at this box of the trajectory (prim; default:
                           the one suggested)
  --otherwise=NUMBER       What counts where an outcome did not happen (morris,
                           sobol)
  --resamples=N            Bootstrap resamples for intervals (default: 1000)
  --seed=N                 Seed of the resamples (default: 1)
  --run                    Do the runs that are missing first, as sweep run does
  --folder=DIR             Folder of the sweep (default: NAME-sweep)
  -o, --output=DIR         Write a folder: tables, figures, manifest
  -f, --force              Replace an existing result folder
  --no-plots               Write tables only, no figures
  --csv                    Print the first table as CSV
  --json                   Print JSON
  --markdown               Print Markdown tables
  -q, --quiet              Say nothing unless something is wrong
  --lang=en|fr             Language of texts and figures (default: the system's)
  --color=auto|always|never
                           Colours (default: auto, on a terminal and without
                           NO_COLOR)
  -h, --help               Show this help
$ shortfall sensitivity --run -q tests/golden/studies/morris.json --folder $T/morris --outcome person_days
A study for tests: morris

Elementary effects: Person-days of households without fuel (person-days)
factor                           mu*  95 %: low      high     sigma         mu  sigma/mu*
fear                        20392299    4569669  38607318  23788740   20392299       1.17
escorts_count               11758890     664377  23023973  16747375  -11758890       1.42
memory_days                 10172674    2498707  20150796  12324348   10172674       1.21
sharing                      4003075     834456   8616367   5443711    4003075       1.36
depot_days                   3531754    1316541   5744577   3079536   -3531754       0.87
attacks_per_100km            1831103     252168   4034340   2610129    1831103       1.43
Dummy that changes nothing         0          0         0         0          0
p = 4 levels, steps of 0.6667 of each range; 6 trajectories used
mu*: mean size of the effect of a step over the whole range; sigma: how much it differs from place to place (bends, or depends on other factors)
$ shortfall sensitivity --run -q tests/golden/studies/saltelli.json --folder $T/saltelli --outcome person_days
A study for tests: saltelli

Shares of the variance: Person-days of households without fuel (person-days)
factor                      first  95 %: low   high  total  95 %: low   high
fear                        0.352     -0.109  0.853  0.642      0.392  1.514
memory_days                  0.25     -0.164  0.739  0.391      0.085  1.071
escorts_count               0.104      0.016  0.206  0.191      0.066  0.314
Dummy that changes nothing      0          0      0      0          0      0
sum of first orders 0.706 [0.238, 1.085], of totals 1.224 [0.953, 2.247]: what the first lacks to 1 are factors acting together
16 base rows used, 0 dropped for runs that failed or are missing; mean 4.186e+06, standard deviation 8.801e+06
first: share of the variance that goes when the factor is known; total: share that stays when all others are known

What two factors do only together: Person-days of households without fuel (person-days)
factor         and                         second order  95 %: low   high
fear           memory_days                        0.223     -0.053   1.07
fear           Dummy that changes nothing             0          0      0
memory_days    Dummy that changes nothing             0          0      0
escorts_count  Dummy that changes nothing             0          0      0
fear           escorts_count                     -0.061     -0.191  0.211
memory_days    escorts_count                      -0.09     -0.281   0.01
$ shortfall sensitivity $T/saltelli --outcome first_short_day
A study for tests: saltelli

Shares of the variance: First day below half (day)
factor                      first  95 %: low  high  total  95 %: low  high
fear
memory_days
escorts_count
Dummy that changes nothing
the outcome is the same in all runs, or hardly any run is done: there is nothing to share out
first_short_day did not happen in 99 runs; without --otherwise they are left out
$ shortfall sensitivity $T/saltelli --outcome first_short_day --otherwise 100 --resamples 200 --csv
factor,first,first_low,first_high,total,total_low,total_high
fear,0.7368530468471047,0.2389167886231817,1.216305912976194,0.9590855016018284,0.6187407016053722,1.430803698873259
memory_days,0.10052321663927022,-0.22122460132504015,0.4134767143842284,0.362083150278983,0.07419734375177908,0.7707921512717347
escorts_count,0.08989274660506168,-0.022743387128539294,0.24081630275004423,0.05559915951314947,0.005221977070852969,0.12449640120639044
Dummy that changes nothing,0,0,0,0,0,0
$ shortfall sensitivity --run -q tests/golden/studies/lhs.json --folder $T/lhs --outcome first_short_day
A study for tests: lhs

How far each factor moves the distribution: First day below half (day)
factor             median  95 %: low   high  chance up to   mean  largest  slices
fear                0.412      0.306  0.519         0.269  0.407    0.525      10
memory_days         0.269      0.173  0.365         0.263  0.264    0.412      10
attacks_per_100km   0.237      0.146  0.329         0.275  0.227      0.4      10  not distinguishable from nothing
depot_days          0.231      0.137  0.325         0.269  0.232      0.4      10  not distinguishable from nothing
escorts_count       0.163      0.087  0.238         0.181  0.175     0.25       4  not distinguishable from nothing
sharing             0.038          0  0.096         0.138  0.038    0.038       2  not distinguishable from nothing
80 points; in 47 it did not happen, which counts as later than every number; 0 have a run that failed and count as an outcome of their own
Kolmogorov-Smirnov distances between all points and those in a slice of the factor, over the slices; chance: what a factor that changes nothing exceeds once in forty
$ shortfall sensitivity $T/lhs --of-interest "person_days > 0"
A study for tests: lhs

Boxes on the way of peeling: Person-days of households without fuel (person-days)
box  coverage  density   mass  points  factors limited  which
  0         1    0.412      1      80                0
  1         1    0.434   0.95      76                1  fear
  2         1    0.452  0.912      73                1  fear
  3         1    0.471  0.875      70                1  fear
  4         1    0.493  0.838      67                1  fear
  5         1    0.516    0.8      64                1  fear
  6         1    0.541  0.762      61                1  fear
  7         1    0.569  0.725      58                1  fear
  8         1    0.589    0.7      56                1  fear
  9         1    0.611  0.675      54                1  fear
 10         1    0.635   0.65      52                1  fear
 11         1     0.66  0.625      50                1  fear
 12         1    0.688    0.6      48                1  fear
 13         1    0.717  0.575      46                2  fear, memory_days
 14         1     0.75   0.55      44                2  fear, memory_days
 15      0.97    0.762  0.525      42                2  fear, memory_days
 16      0.97      0.8    0.5      40                2  fear, memory_days
 17     0.939    0.816  0.475      38                2  fear, memory_days
 18     0.939    0.838  0.463      37                2  fear, memory_days
 19     0.939    0.861   0.45      36                2  fear, memory_days
 20     0.697     0.92  0.312      25                3  fear, memory_days, escorts_count
 21     0.545    0.947  0.237      19                3  fear, memory_days, escorts_count
 22     0.424        1  0.175      14                4  fear, memory_days, escorts_count, sharing
33 of 80 points are of interest; 0 have a run that failed and are left out; --box N looks at another box

Where the points of interest lie: Person-days of households without fuel (person-days)
factor  lies in         quasi-p: low  high  again: by coverage  by density
fear    at least 4.019             0                        10          10
Where fear is at least 4.019, 78 % of points are of interest, against 41 % of all; these are 94 % of all that are.
box 19, without limits that say nothing: 40 points, 31 of them of interest; density 0.775, coverage 0.939
quasi-p: how probable it is that a limit owes its density to chance, a ranking and no true p; again: in how many of 10 random halves the factor is limited too
$ shortfall sensitivity $T/lhs --of-interest "first_short_day happens" --box 3 | tail -8
 21     0.545    0.947  0.237      19                3  fear, memory_days, escorts_count
 22     0.424        1  0.175      14                4  fear, memory_days, escorts_count, sharing
33 of 80 points are of interest; 0 have a run that failed and are left out; --box N looks at another box

Where the points of interest lie: First day below half (day)
box 3, without limits that say nothing: 80 points, 33 of them of interest; density 0.412, coverage 1
quasi-p: how probable it is that a limit owes its density to chance, a ranking and no true p; again: in how many of 10 random halves the factor is limited too
no limit says anything: what is of interest lies everywhere alike, or there are too few runs
$ shortfall sensitivity $T/lhs --of-interest "person_days > 1e12"
shortfall sensitivity: none of the 80 points is of interest: there is nothing to tell apart
[exit 1]
$ shortfall sensitivity $T/lhs --of-interest "person_days is large"
shortfall sensitivity: "person_days is large" is not understood; write "OUTCOME >= NUMBER" (or >, <, <=), "OUTCOME happens" or "OUTCOME never"
[exit 1]
$ shortfall sensitivity $T/lhs --method prim
shortfall sensitivity: prim needs --of-interest "OUTCOME >= NUMBER"
Try: shortfall sensitivity --help
[exit 2]
$ shortfall sensitivity $T/lhs --method sobol
shortfall sensitivity: the study has the design lhs; this analysis needs saltelli
[exit 1]
$ shortfall sensitivity $T/lhs --outcome person_day
shortfall sensitivity: the study keeps no outcome "person_day" (did you mean "person_days"?); it keeps person_days, first_short_day
[exit 1]
$ shortfall sensitivity $T/lhs --otherwise never
shortfall sensitivity: --otherwise takes a number
Try: shortfall sensitivity --help
[exit 2]
$ shortfall sensitivity $T/lhs -q --no-plots -o $T/out --outcome person_days > $T/text && ls $T/out && cmp $T/text $T/out/sensitivity.txt
manifest.json
person_days-pawn-distances.csv
sensitivity.txt
$ shortfall sweep run $T/lhs -n 3 -q; shortfall sensitivity $T/lhs --outcome person_days | tail -3
80 points; in 0 it did not happen, which counts as later than every number; 0 have a run that failed and count as an outcome of their own
Kolmogorov-Smirnov distances between all points and those in a slice of the factor, over the slices; chance: what a factor that changes nothing exceeds once in forty
each point counts once, with the median of its 3 replications
$ SHORTFALL_FAULT=3/0=crash shortfall sensitivity --run -q tests/golden/studies/lhs.json --folder $T/broken --outcome person_days | tail -2
shortfall sweep run: 1 runs failed, 1 of them now; their rows say why (sweep status; --retry-failed does them again)
attacks_per_100km   0.012          0  0.031         0.012  0.022    0.113      10  not distinguishable from nothing
sharing             0.012          0  0.032         0.012  0.012    0.012       2  not distinguishable from nothing
