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
  -j, --jobs=N             Worker processes (default: one a processor)
  --folder=DIR             Folder of the sweep (default: NAME-sweep)
  -o, --output=DIR         Write a folder: tables, figures, manifest
  -f, --force              Replace an existing result folder
  --no-plots               Write tables only, no figures
  -q, --quiet              Show no progress
  --csv                    Print the first table as CSV
  --json                   Print JSON
  --markdown               Print Markdown tables
  --lang=en|fr             Language of texts and figures (default: the system's)
  --color=auto|always|never
                           Colours (default: auto, on a terminal and without
                           NO_COLOR)
  -h, --help               Show this help
$ shortfall sensitivity --run -q tests/golden/studies/morris.json --folder $T/morris --outcome person_days
A study for tests: morris

Elementary effects: Person-days of households without fuel (person-days)
factor                           mu*  95 %: low      high     sigma         mu  sigma/mu*
fear                        22308265    4467989  41196003  25968014   22308265       1.16
memory_days                 10746385    1788626  20754237  13242193   10746385       1.23
escorts_count               10149839     301078  20570688  15079820  -10149839       1.49
sharing                      4434337     842695   9890877   6362139    4434337       1.43
depot_days                   4357271    1562254   7332198   4162433   -4357271       0.96
attacks_per_100km             884734     109763   1830103   1155626     884734       1.31
Dummy that changes nothing         0          0         0         0          0
p = 4 levels, steps of 0.6667 of each range; 6 trajectories used
mu*: mean size of the effect of a step over the whole range; sigma: how much it differs from place to place (bends, or depends on other factors)
$ shortfall sensitivity --run -q tests/golden/studies/saltelli.json --folder $T/saltelli --outcome person_days
A study for tests: saltelli

Shares of the variance: Person-days of households without fuel (person-days)
factor                      first  95 %: low   high  total  95 %: low   high
fear                        0.251     -0.141   0.69  0.634      0.439  1.532
memory_days                 0.278      -0.18  0.843   0.44      0.115  1.116
escorts_count               0.086      0.023  0.142   0.18      0.056  0.269
Dummy that changes nothing      0          0      0      0          0      0
sum of first orders 0.615 [0.078, 1.024], of totals 1.255 [0.962, 2.325]: what the first lacks to 1 are factors acting together
16 base rows used, 0 dropped for runs that failed or are missing; mean 3.955e+06, standard deviation 8.27e+06
first: share of the variance that goes when the factor is known; total: share that stays when all others are known

What two factors do only together: Person-days of households without fuel (person-days)
factor         and                         second order  95 %: low   high
fear           memory_days                        0.273     -0.025  1.171
fear           Dummy that changes nothing             0          0      0
memory_days    Dummy that changes nothing             0          0      0
escorts_count  Dummy that changes nothing             0          0      0
fear           escorts_count                     -0.033     -0.098  0.194
memory_days    escorts_count                     -0.083     -0.265      0
$ shortfall sensitivity $T/saltelli --outcome first_short_day
A study for tests: saltelli

Shares of the variance: First day below half (day)
factor                      first  95 %: low  high  total  95 %: low  high
fear
memory_days
escorts_count
Dummy that changes nothing
the outcome is the same in all runs, or hardly any run is done: there is nothing to share out
first_short_day did not happen in 101 runs; without --otherwise they are left out
$ shortfall sensitivity $T/saltelli --outcome first_short_day --otherwise 100 --resamples 200 --csv
factor,first,first_low,first_high,total,total_low,total_high
fear,0.7825485801200758,0.2678046033103812,1.2578017052528114,0.9779874466240729,0.6123331272852736,1.410981840194117
memory_days,0.1001252127010627,-0.20323360840876936,0.40489602108257705,0.3532250296978842,0.07038336917029006,0.773642509377071
escorts_count,0.017184138921886537,-0.015861693437597156,0.058865277286861015,0.013013291809805117,0.0010803611424651481,0.036444748334651604
Dummy that changes nothing,0,0,0,0,0,0
$ shortfall sensitivity --run -q tests/golden/studies/lhs.json --folder $T/lhs --outcome first_short_day
A study for tests: lhs

How far each factor moves the distribution: First day below half (day)
factor             median  95 %: low   high  chance up to   mean  largest  slices
fear                0.388      0.278  0.497         0.263  0.416      0.6      10
memory_days         0.263       0.17  0.355         0.263  0.251    0.388      10  not distinguishable from nothing
depot_days          0.244      0.159  0.328         0.263  0.217    0.275      10  not distinguishable from nothing
attacks_per_100km   0.231      0.142   0.32         0.263  0.219      0.3      10  not distinguishable from nothing
escorts_count       0.138      0.064  0.211         0.175  0.156    0.225       4  not distinguishable from nothing
sharing             0.038          0  0.098         0.138  0.038    0.038       2  not distinguishable from nothing
80 points; in 49 it did not happen, which counts as later than every number; 0 have a run that failed and count as an outcome of their own
Kolmogorov-Smirnov distances between all points and those in a slice of the factor, over the slices; chance: what a factor that changes nothing exceeds once in forty
$ shortfall sensitivity $T/lhs --of-interest "person_days > 0"
A study for tests: lhs

Boxes on the way of peeling: Person-days of households without fuel (person-days)
box  coverage  density   mass  points  factors limited  which
  0         1    0.388      1      80                0
  1         1    0.408   0.95      76                1  fear
  2         1    0.425  0.912      73                1  fear
  3         1    0.443  0.875      70                1  fear
  4         1    0.463  0.838      67                1  fear
  5         1    0.484    0.8      64                1  fear
  6         1    0.508  0.762      61                1  fear
  7         1    0.534  0.725      58                1  fear
  8         1    0.554    0.7      56                1  fear
  9         1    0.574  0.675      54                1  fear
 10         1    0.596   0.65      52                1  fear
 11         1     0.62  0.625      50                1  fear
 12         1    0.646    0.6      48                1  fear
 13         1    0.674  0.575      46                1  fear
 14         1    0.705   0.55      44                1  fear
 15         1    0.738  0.525      42                2  fear, memory_days
 16         1    0.775    0.5      40                2  fear, memory_days
 17     0.968    0.789  0.475      38                2  fear, memory_days
 18     0.968    0.811  0.463      37                2  fear, memory_days
 19     0.968    0.833   0.45      36                2  fear, memory_days
 20     0.968    0.857  0.438      35                2  fear, memory_days
 21      0.71    0.917    0.3      24                3  fear, memory_days, escorts_count
 22     0.548    0.944  0.225      18                3  fear, memory_days, escorts_count
 23     0.419        1  0.163      13                4  fear, memory_days, escorts_count, sharing
31 of 80 points are of interest; 0 have a run that failed and are left out; --box N looks at another box

Where the points of interest lie: Person-days of households without fuel (person-days)
factor  lies in         quasi-p: low  high  again: by coverage  by density
fear    at least 4.019             0                        10          10
Where fear is at least 4.019, 75 % of points are of interest, against 39 % of all; these are 97 % of all that are.
box 19, without limits that say nothing: 40 points, 30 of them of interest; density 0.75, coverage 0.968
quasi-p: how probable it is that a limit owes its density to chance, a ranking and no true p; again: in how many of 10 random halves the factor is limited too
$ shortfall sensitivity $T/lhs --of-interest "first_short_day happens" --box 3 | tail -8
 22     0.548    0.944  0.225      18                3  fear, memory_days, escorts_count
 23     0.419        1  0.163      13                4  fear, memory_days, escorts_count, sharing
31 of 80 points are of interest; 0 have a run that failed and are left out; --box N looks at another box

Where the points of interest lie: First day below half (day)
box 3, without limits that say nothing: 80 points, 31 of them of interest; density 0.388, coverage 1
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
$ for lang in en fr; do shortfall sensitivity --run -q --lang $lang scenarios/sweeps/two-roads.json --folder $T/words --outcome lost_count --no-plots -o $T/words-$lang | cut -c1-70 | sed 's/[0-9.,]\{1,\}.*//; s/ *$//' | sort | uniq; done; cmp $T/words-en/lost_count-pawn-distances.csv $T/words-fr/lost_count-pawn-distances.csv

How far each factor moves the distribution: Trucks lost (trucks)
Kolmogorov-Smirnov distances between all points and those in a slice o
What decides how long Kessa goes without?
attacks_per_
depot_days
each point counts once
escorts_count
factor             median
fear
memory_days

De combien chaque facteur déplace la distribution : Camions perdus (
De quoi dépend le temps que Kessa passe sans carburant ?
Distances de Kolmogorov-Smirnov entre tous les points et ceux d'une tr
attaques pour
chaque point compte une fois
escortes
facteur               médiane
mémoire
peur
stock du dépôt
$ shortfall sensitivity --lang fr $T/words --of-interest "shortage_days_count >= 10" | grep -q peur && echo said
said
