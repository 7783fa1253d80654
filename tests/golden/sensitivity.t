# What the outcomes of a sweep hang on: every method on a small study.
$ shortfall sensitivity --help
sh: 1: shortfall: not found
[exit 127]
$ shortfall sensitivity --run -q tests/golden/studies/morris.json --folder $T/morris --outcome person_days
sh: 1: shortfall: not found
[exit 127]
$ shortfall sensitivity --run -q tests/golden/studies/saltelli.json --folder $T/saltelli --outcome person_days
sh: 1: shortfall: not found
[exit 127]
$ shortfall sensitivity $T/saltelli --outcome first_short_day
sh: 1: shortfall: not found
[exit 127]
$ shortfall sensitivity $T/saltelli --outcome first_short_day --otherwise 100 --resamples 200 --csv
sh: 1: shortfall: not found
[exit 127]
$ shortfall sensitivity --run -q tests/golden/studies/lhs.json --folder $T/lhs --outcome first_short_day
sh: 1: shortfall: not found
[exit 127]
$ shortfall sensitivity $T/lhs --of-interest "person_days > 0"
sh: 1: shortfall: not found
[exit 127]
$ shortfall sensitivity $T/lhs --of-interest "first_short_day happens" --box 3 | tail -8
sh: 1: shortfall: not found
$ shortfall sensitivity $T/lhs --of-interest "person_days > 1e12"
sh: 1: shortfall: not found
[exit 127]
$ shortfall sensitivity $T/lhs --of-interest "person_days is large"
sh: 1: shortfall: not found
[exit 127]
$ shortfall sensitivity $T/lhs --method prim
sh: 1: shortfall: not found
[exit 127]
$ shortfall sensitivity $T/lhs --method sobol
sh: 1: shortfall: not found
[exit 127]
$ shortfall sensitivity $T/lhs --outcome person_day
sh: 1: shortfall: not found
[exit 127]
$ shortfall sensitivity $T/lhs --otherwise never
sh: 1: shortfall: not found
[exit 127]
$ shortfall sensitivity $T/lhs -q --no-plots -o $T/out --outcome person_days > $T/text && ls $T/out && cmp $T/text $T/out/sensitivity.txt
sh: 1: shortfall: not found
[exit 127]
