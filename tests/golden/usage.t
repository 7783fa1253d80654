# Wrong usage ends with 2.
$ shortfall
Example: shortfall run scenarios/bamako-2025.json

Usage: shortfall COMMAND [options] FILE

Simulates the supply of a city over roads that an adversary disrupts.

Commands:
  check       find every mistake in a scenario, list assumptions
  diff        what differs between two scenarios, in words
  run         run replications, write tables and figures
  compare     set scenarios against one on the same luck
  rank        find the best of several scenarios with few runs
  sweep       run a scenario at the points of a design
  sensitivity what the outcomes of a sweep hang on
  score       compare runs with what was seen
  fit         fit uncertain numbers to observations
  plot        draw the figures of a result folder again
  trace       tell one replication as a story
  network     routes, capacity, closures and reliability of the network
  export      results as a workbook, or as a map for GIS
  new         a scenario from your own tables of places, roads, supply
  today       start a scenario from today's stocks and flows
  report      write a result folder as one page to read and send
  models      list the models that a scenario can switch on
  explain     explain a model or a part of the scenario format

shortfall COMMAND --help tells more. Exit status: 0 done, 1 run failed, 2 wrong
usage, 3 the scenario has mistakes, 4 an outside program failed.
[exit 2]
$ shortfall chekc scenarios/two-roads.json
shortfall: there is no command "chekc"; did you mean "check"?
Try: shortfall --help
[exit 2]
$ shortfall fly
shortfall: there is no command "fly"
Try: shortfall --help
[exit 2]
$ shortfall check
shortfall check: which scenario?
Try: shortfall check --help
[exit 2]
$ shortfall check one.json two.json
shortfall check: one scenario at a time
Try: shortfall check --help
[exit 2]
$ shortfall check --no-such-option one.json
shortfall check: Unknown option --no-such-option
Try: shortfall check --help
[exit 2]
$ shortfall run
shortfall run: which scenario?
Try: shortfall run --help
[exit 2]
$ shortfall run --replications many scenarios/two-roads.json
shortfall run: Cannot parse integer value “many” for --replications
Try: shortfall run --help
[exit 2]
$ shortfall run -n -1 scenarios/two-roads.json
shortfall run: -n takes 1 to 1000000 replications
Try: shortfall run --help
[exit 2]
$ shortfall run --seed x scenarios/two-roads.json
shortfall run: --seed takes a whole number
Try: shortfall run --help
[exit 2]
$ shortfall run scenarios/theory/t7-bridge.json
shortfall run: scenarios/theory/t7-bridge.json is a network without a time to run; try shortfall network
Try: shortfall run --help
[exit 2]
$ shortfall plot
shortfall plot: which result folder?
Try: shortfall plot --help
[exit 2]
$ shortfall trace
shortfall trace: which scenario?
Try: shortfall trace --help
[exit 2]
$ shortfall trace --replication -1 scenarios/two-roads.json
shortfall trace: --replication counts from 0
Try: shortfall trace --help
[exit 2]
$ shortfall trace --seed 1.5 scenarios/two-roads.json
shortfall trace: --seed takes a whole number
Try: shortfall trace --help
[exit 2]
$ shortfall network
shortfall network: which scenario?
Try: shortfall network --help
[exit 2]
$ shortfall network --format xml scenarios/two-roads.json
shortfall network: --format is text, csv or json
Try: shortfall network --help
[exit 2]
$ shortfall network --without nort-kessa scenarios/two-roads.json
shortfall network: there is no link "nort-kessa"; did you mean "north-kessa"?
Try: shortfall network --help
[exit 2]
$ shortfall models extra
shortfall models: takes no file
Try: shortfall models --help
[exit 2]
$ shortfall explain
shortfall explain: explain what? one name
Try: shortfall explain --help
[exit 2]
$ shortfall explain interdiction/ambsh
shortfall explain: nothing is called "interdiction/ambsh"; did you mean "interdiction/ambush"? (see shortfall models)
Try: shortfall explain --help
[exit 2]
$ shortfall explain link
shortfall explain: nothing is called "link"; did you mean "links"? (see shortfall models)
Try: shortfall explain --help
[exit 2]
$ shortfall check no-such-file.json
no-such-file.json: cannot be read: No such file or directory
1 mistake; nothing was written
[exit 3]
$ shortfall run no-such-file.json -o $T/results; ls $T
no-such-file.json: cannot be read: No such file or directory
1 mistake; nothing was written
