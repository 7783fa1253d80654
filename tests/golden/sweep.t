# Sweeps: planning, running, looking at rows; what is refused.
$ shortfall sweep --help
Example: shortfall sweep run scenarios/sweeps/two-roads.json

Usage:
  shortfall sweep VERB [options] STUDY.json | FOLDER

Runs a scenario at many points: a study file names what varies, the design and
the outcomes. Rows are kept in one SQLite file, which survives whatever stops a
run.

Verbs:
  plan    read a study, write every point into a new folder; nothing runs
  run     do what is not done yet; the same command takes it up again
  status  how far it is, and what failed; safe while it runs
  export  tables with a data dictionary, and daily series as NetCDF
  rerun   one row again, compared bit for bit, as a story
  merge   bring shards of array jobs into the store

shortfall sweep VERB --help tells more.
$ shortfall sweep
Example: shortfall sweep run scenarios/sweeps/two-roads.json

Usage:
  shortfall sweep VERB [options] STUDY.json | FOLDER

Runs a scenario at many points: a study file names what varies, the design and
the outcomes. Rows are kept in one SQLite file, which survives whatever stops a
run.

Verbs:
  plan    read a study, write every point into a new folder; nothing runs
  run     do what is not done yet; the same command takes it up again
  status  how far it is, and what failed; safe while it runs
  export  tables with a data dictionary, and daily series as NetCDF
  rerun   one row again, compared bit for bit, as a story
  merge   bring shards of array jobs into the store

shortfall sweep VERB --help tells more.
[exit 2]
$ shortfall sweep pln
shortfall sweep: there is no verb "pln"; did you mean "plan"?
Try: shortfall sweep --help
[exit 2]
$ shortfall sweep plan --help
Example: shortfall sweep plan scenarios/sweeps/two-roads.json

Usage:
  shortfall sweep plan [OPTION…] STUDY.json

Reads a study, writes every point into a new folder, prints how many runs that
are and what they cost. Nothing runs.

Options:
  -o, --output=DIR  Folder of the sweep (default: NAME-sweep)
  --probe           Time one run of the first point, to estimate the time
  --lang=en|fr      Language of texts and figures (default: the system's)
  --color=auto|always|never
                    Colours (default: auto, on a terminal and without NO_COLOR)
  -h, --help        Show this help
$ shortfall sweep run --help
Example: shortfall sweep run scenarios/sweeps/two-roads.json

Usage:
  shortfall sweep run [OPTION…] STUDY.json | FOLDER

Does the runs of a sweep that have no row yet. Stopped or killed, the same
command goes on; a study that has no folder yet is planned first. Results do not
depend on the number of workers.

Slurm: the folder must be one that all nodes see. By hand, with GNU parallel:
  seq 0 7 | parallel shortfall sweep run DIR --shard {}/8 -j 1 -q
  shortfall sweep merge DIR

Options:
  -o, --output=DIR         Folder of the sweep (default: NAME-sweep)
  -j, --jobs=N             Worker processes (default: one a processor)
  -n, --replications=N     Raise the replications of every point to so many
  --retry-failed           Do runs again that failed, crashed or took too long
  --most=N                 Stop after so many runs
  --shard=I/N              Do every N-th run, from the I-th on, into a shard of
                           its own
  --engine=local|slurm     Where: local, or slurm for the shards as an array
                           (MPI: mpirun -n 4 shortfall-mpi FOLDER)
  --tasks=N                slurm: tasks of the array (default: up to 64)
  --at-most=N              slurm: tasks at the same time
  --sbatch=--OPTION=VALUE  slurm: an option for sbatch (may be given again)
  --wait-max=HOURS         slurm: stop waiting after so many hours (default:
                           168)
  -q, --quiet              Say nothing unless something is wrong
  --lang=en|fr             Language of texts and figures (default: the system's)
  --color=auto|always|never
                           Colours (default: auto, on a terminal and without
                           NO_COLOR)
  -h, --help               Show this help
$ shortfall sweep status --help
Example: shortfall sweep status two-roads-sweep

Usage:
  shortfall sweep status [OPTION…] STUDY.json | FOLDER

Says how many runs are done, failed, running and left, who is at work, and why
runs failed. Safe while the sweep runs.

Options:
  -o, --output=DIR  Folder of the sweep (default: NAME-sweep)
  --lang=en|fr      Language of texts and figures (default: the system's)
  --color=auto|always|never
                    Colours (default: auto, on a terminal and without NO_COLOR)
  -h, --help        Show this help
$ shortfall sweep rerun --help
Example: shortfall sweep rerun two-roads-sweep --point 3 --rep 0

Usage:
  shortfall sweep rerun [OPTION…] STUDY.json | FOLDER

Does one run again, tells it as a story, and compares it with the row that is
kept: outcomes and fingerprint must agree to the last bit.

Options:
  -p, --point=K     Which point
  -r, --rep=R       Which replication (default 0)
  -o, --output=DIR  Folder of the sweep (default: NAME-sweep)
  -q, --quiet       No story, only the comparison
  --lang=en|fr      Language of texts and figures (default: the system's)
  --color=auto|always|never
                    Colours (default: auto, on a terminal and without NO_COLOR)
  -h, --help        Show this help
$ shortfall sweep merge --help
Example: shortfall sweep merge two-roads-sweep

Usage:
  shortfall sweep merge [OPTION…] STUDY.json | FOLDER

Takes the rows of all shards in the folder into the store. Doing it twice
changes nothing.

Options:
  -o, --output=DIR  Folder of the sweep (default: NAME-sweep)
  --lang=en|fr      Language of texts and figures (default: the system's)
  --color=auto|always|never
                    Colours (default: auto, on a terminal and without NO_COLOR)
  -h, --help        Show this help
$ shortfall sweep plan tests/golden/studies/levers.json -o $T/levers | grep -v '^time: '
Written: $T/levers
Next: shortfall sweep run $T/levers
factors:
  fear                     2 levels, 0 to 6
  road                     280 to 560
  strong                   lever, off or on: tests/golden/studies/strong-lever.json
design: grid, 6 points (2 more break a constraint and are left out)
runs: 6 (1 of each point)
on disk: about 1.27 kB
$ shortfall sweep plan tests/golden/studies/levers.json -o $T/levers
shortfall sweep plan: $T/levers holds a sweep already; go on with it: shortfall sweep run $T/levers, or name another folder with -o
[exit 1]
$ shortfall sweep run $T/levers -q -j 2
$ shortfall sweep status $T/levers | grep -v '^time '
planned  6 runs of 6 points
done     6
failed   0
crashed  0
timeout  0
running  0
left     0
$ shortfall sweep rerun $T/levers --point 5 -q

point 5, replication 0: done
person_days                  7988627.715944299        as kept
first_short_day              48                       as kept
fingerprint 801f65d3c16a271e, the same to the last bit
$ shortfall sweep rerun $T/levers --point 99 -q
shortfall sweep rerun: there is no point 99; the last one is 5
Try: shortfall sweep rerun --help
[exit 2]
$ shortfall sweep rerun $T/levers
shortfall sweep rerun: --point K and --rep R count from 0
Try: shortfall sweep rerun --help
[exit 2]
$ shortfall sweep run $T/levers --shard 3/2
shortfall sweep run: --shard takes I/N with I from 0 to N - 1
Try: shortfall sweep run --help
[exit 2]
$ shortfall sweep run $T/nothing.json
$T/nothing.json: there is no such file
1 mistake; nothing was written
[exit 3]
$ shortfall sweep status $T
shortfall sweep status: $T holds no sweep; "shortfall sweep run STUDY.json" makes one
Try: shortfall sweep status --help
[exit 2]
$ SHORTFALL_FAULT=1/1=crash,2/1=nan shortfall sweep run $T/levers -n 2 -q
shortfall sweep run: 2 runs failed, 2 of them now; their rows say why (sweep status; --retry-failed does them again)
[exit 1]
$ shortfall sweep status $T/levers | grep -v '^time '
planned  12 runs of 6 points
done     10
failed   1
crashed  1
timeout  0
running  0
left     0
causes, most frequent first:
       1  crashed: worker ended by signal 11 (Segmentation fault)
       1  failed: outcome person_days is not a number
$ shortfall sweep run $T/levers -q --retry-failed
$ shortfall sweep merge $T/levers
0 new rows from 0 shards
$ mkdir -p $T/levers/shards; echo junk > $T/levers/shards/aa.sqlite; shortfall sweep merge $T/levers
shortfall sweep merge: $T/levers/shards/aa.sqlite: cannot be read: it is damaged or no store of a sweep
[exit 1]
$ mkdir -p $T/own/inputs && echo mine > $T/own/inputs/study.json && shortfall sweep plan tests/golden/studies/levers.json -o $T/own; cat $T/own/inputs/study.json
shortfall sweep plan: $T/own/inputs/study.json is there already and would be replaced; take another folder for the sweep
mine
$ shortfall sweep plan tests/golden/studies/days.json -o $T/days
tests/golden/studies/days.json:37:13: /series: daily series are as long as the scenario's 120 days; a point makes it run for 90
1 mistake; nothing was written
[exit 3]
