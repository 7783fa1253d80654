# The manual of the command line.
$ shortfall --help
sh: 1: shortfall: not found
[exit 127]
$ shortfall --version | sed "s/[0-9.]*$/VERSION/"
sh: 1: shortfall: not found
$ shortfall check --help
sh: 1: shortfall: not found
[exit 127]
$ shortfall run --help
sh: 1: shortfall: not found
[exit 127]
$ shortfall plot --help
sh: 1: shortfall: not found
[exit 127]
$ shortfall trace --help
sh: 1: shortfall: not found
[exit 127]
$ shortfall network --help
sh: 1: shortfall: not found
[exit 127]
$ shortfall models --help
sh: 1: shortfall: not found
[exit 127]
$ shortfall explain --help
sh: 1: shortfall: not found
[exit 127]
