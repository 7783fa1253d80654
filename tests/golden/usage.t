# Wrong usage ends with 2.
$ shortfall
sh: 1: shortfall: not found
[exit 127]
$ shortfall chekc scenarios/two-roads.json
sh: 1: shortfall: not found
[exit 127]
$ shortfall fly
sh: 1: shortfall: not found
[exit 127]
$ shortfall check
sh: 1: shortfall: not found
[exit 127]
$ shortfall check one.json two.json
sh: 1: shortfall: not found
[exit 127]
$ shortfall check --no-such-option one.json
sh: 1: shortfall: not found
[exit 127]
$ shortfall run
sh: 1: shortfall: not found
[exit 127]
$ shortfall run --replications many scenarios/two-roads.json
sh: 1: shortfall: not found
[exit 127]
$ shortfall run -n -1 scenarios/two-roads.json
sh: 1: shortfall: not found
[exit 127]
$ shortfall run --seed x scenarios/two-roads.json
sh: 1: shortfall: not found
[exit 127]
$ shortfall run scenarios/theory/t7-bridge.json
sh: 1: shortfall: not found
[exit 127]
$ shortfall plot
sh: 1: shortfall: not found
[exit 127]
$ shortfall trace
sh: 1: shortfall: not found
[exit 127]
$ shortfall trace --replication -1 scenarios/two-roads.json
sh: 1: shortfall: not found
[exit 127]
$ shortfall trace --seed 1.5 scenarios/two-roads.json
sh: 1: shortfall: not found
[exit 127]
$ shortfall network
sh: 1: shortfall: not found
[exit 127]
$ shortfall network --format xml scenarios/two-roads.json
sh: 1: shortfall: not found
[exit 127]
$ shortfall network --without nort-kessa scenarios/two-roads.json
sh: 1: shortfall: not found
[exit 127]
$ shortfall models extra
sh: 1: shortfall: not found
[exit 127]
$ shortfall explain
sh: 1: shortfall: not found
[exit 127]
$ shortfall explain interdiction/ambsh
sh: 1: shortfall: not found
[exit 127]
$ shortfall explain link
sh: 1: shortfall: not found
[exit 127]
$ shortfall check no-such-file.json
sh: 1: shortfall: not found
[exit 127]
$ shortfall run no-such-file.json -o $T/results; ls $T
sh: 1: shortfall: not found
