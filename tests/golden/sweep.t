# Sweeps: planning, running, looking at rows; what is refused.
$ shortfall sweep --help
sh: 1: shortfall: not found
[exit 127]
$ shortfall sweep
sh: 1: shortfall: not found
[exit 127]
$ shortfall sweep pln
sh: 1: shortfall: not found
[exit 127]
$ shortfall sweep plan --help
sh: 1: shortfall: not found
[exit 127]
$ shortfall sweep run --help
sh: 1: shortfall: not found
[exit 127]
$ shortfall sweep status --help
sh: 1: shortfall: not found
[exit 127]
$ shortfall sweep rerun --help
sh: 1: shortfall: not found
[exit 127]
$ shortfall sweep merge --help
sh: 1: shortfall: not found
[exit 127]
$ shortfall sweep plan tests/golden/studies/levers.json -o $T/levers
sh: 1: shortfall: not found
[exit 127]
$ shortfall sweep plan tests/golden/studies/levers.json -o $T/levers
sh: 1: shortfall: not found
[exit 127]
$ shortfall sweep run $T/levers -q -j 2
sh: 1: shortfall: not found
[exit 127]
$ shortfall sweep status $T/levers | grep -v '^time '
sh: 1: shortfall: not found
[exit 1]
$ shortfall sweep rerun $T/levers --point 5 -q
sh: 1: shortfall: not found
[exit 127]
$ shortfall sweep rerun $T/levers --point 99 -q
sh: 1: shortfall: not found
[exit 127]
$ shortfall sweep rerun $T/levers
sh: 1: shortfall: not found
[exit 127]
$ shortfall sweep run $T/levers --shard 3/2
sh: 1: shortfall: not found
[exit 127]
$ shortfall sweep run $T/nothing.json
sh: 1: shortfall: not found
[exit 127]
$ shortfall sweep status $T
sh: 1: shortfall: not found
[exit 127]
$ SHORTFALL_FAULT=1/1=crash,2/1=nan shortfall sweep run $T/levers -n 2 -q
sh: 1: shortfall: not found
[exit 127]
$ shortfall sweep status $T/levers | grep -v '^time '
sh: 1: shortfall: not found
[exit 1]
$ shortfall sweep run $T/levers -q --retry-failed
sh: 1: shortfall: not found
[exit 127]
$ shortfall sweep merge $T/levers
sh: 1: shortfall: not found
[exit 127]
