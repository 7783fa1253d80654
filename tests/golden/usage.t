# Wrong usage ends with 2.
$ shortfall
shortfall: which command? Three to begin with:
  shortfall check scenarios/two-roads.json
  shortfall run scenarios/two-roads.json -n 100
  shortfall trace scenarios/two-roads.json --day 33

Example: shortfall run scenarios/bamako-2025.json

Usage:
  shortfall COMMAND [options] FILE

Simulates the supply of a city over roads that an adversary disrupts.

Commands:
  check        find every mistake in a scenario, list assumptions
  diff         what differs between two scenarios, in words
  run          run replications, write tables and figures
  compare      set scenarios against one on the same luck
  rank         find the best of several scenarios with few runs
  sweep        run a scenario at the points of a design
  sensitivity  what the outcomes of a sweep hang on
  score        compare runs with what was seen
  fit          fit uncertain numbers to observations
  explore      change a scenario in the browser and watch
  plot         draw the figures of a result folder again
  report       write a result folder as one page to read and send
  rerun        make results again and say whether they are the same
  export       results as a workbook, or as a map for GIS
  trace        tell one replication as a story
  network      routes, capacity, closures and reliability of the network
  new          a scenario from your own tables of places, roads, supply
  today        start a scenario from today's stocks and flows
  models       list the models that a scenario can switch on
  explain      explain a model or a part of the scenario format
  completion   print a script with which a shell completes lines

Options:
  --lang=LANG  Language of texts and figures (default: the system's)
  --color=auto|always|never
               Colours (default: auto, on a terminal and without NO_COLOR)
  -h, --help   Show this help; after a command, its own
  --version    Show the versions of the program and of what it is made with

shortfall COMMAND --help tells more. Exit status: 0 done, 1 run failed, 2 wrong
usage, 3 the scenario has mistakes, 4 an outside program failed, 5 results are
not what their manifest says.
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
shortfall check: there is no option --no-such-option
Try: shortfall check --help
[exit 2]
$ shortfall run
shortfall run: which scenario?
Try: shortfall run --help
[exit 2]
$ shortfall run --replications many scenarios/two-roads.json
shortfall run: --replications takes a whole number, not "many"
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
shortfall run: scenarios/theory/t7-bridge.json is a network without a time to run; try shortfall network scenarios/theory/t7-bridge.json
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
shortfall network: --format takes text, csv or json, not "xml"
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
no-such-file.json: there is no such file
1 mistake; nothing was written
[exit 3]
$ shortfall run no-such-file.json -o $T/results; ls $T
no-such-file.json: there is no such file
1 mistake; nothing was written
$ shortfall run --replicatons 5 scenarios/two-roads.json
shortfall run: there is no option --replicatons; did you mean --replications?
Try: shortfall run --help
[exit 2]
$ shortfall run --output
shortfall run: --output needs a value: --output=DIR
Try: shortfall run --help
[exit 2]
$ shortfall run -o
shortfall run: --output needs a value: --output=DIR
Try: shortfall run --help
[exit 2]
$ shortfall run -zq scenarios/two-roads.json
shortfall run: there is no option -z
Try: shortfall run --help
[exit 2]
$ shortfall run --quiet=yes scenarios/two-roads.json
shortfall run: --quiet takes no value
Try: shortfall run --help
[exit 2]
$ shortfall run -n 99999999999 scenarios/two-roads.json
shortfall run: --replications 99999999999: the number is too large
Try: shortfall run --help
[exit 2]
$ shortfall run --precision 0,05 scenarios/two-roads.json
shortfall run: --precision takes a number such as 12 or 0.5, not "0,05"
Try: shortfall run --help
[exit 2]
$ shortfall run --lang de scenarios/two-roads.json
shortfall run: --lang takes en or fr, not "de"
Try: shortfall run --help
[exit 2]
$ shortfall run --color=pink scenarios/two-roads.json
shortfall run: --color takes auto, always or never, not "pink"
Try: shortfall run --help
[exit 2]
$ shortfall trace -k atack scenarios/two-roads.json
shortfall trace: --kind takes event, attack, convoy, gate, road or stock, not "atack"
Try: shortfall trace --help
[exit 2]
$ shortfall sensitivity -m sobel results
shortfall sensitivity: --method takes morris, sobol, pawn or prim, not "sobel"
Try: shortfall sensitivity --help
[exit 2]
$ shortfall run --lang fr --replicatons 5 scenarios/two-roads.json
shortfall run : il n'y a pas d'option --replicatons ; pensiez-vous à --replications ?
Essayez : shortfall run --help
[exit 2]
$ shortfall --lang fr run scenarios/two-roads.json
shortfall : « --lang » est avant la commande ; les options viennent après elle
Essayez : shortfall --help
[exit 2]
$ shortfall sweep fly
shortfall sweep: there is no verb "fly"
Try: shortfall sweep --help
[exit 2]
$ shortfall sweep runn
shortfall sweep: there is no verb "runn"; did you mean "run"?
Try: shortfall sweep --help
[exit 2]
$ shortfall sweep status $T
shortfall sweep status: $T holds no sweep; "shortfall sweep run STUDY.json" makes one
Try: shortfall sweep status --help
[exit 2]
$ shortfall sweep plan scenarios/sweeps/two-roads.json -o $T/s >/dev/null; shortfall sweep plan scenarios/sweeps/two-roads.json -o $T/s
Written: $T/s
Next: shortfall sweep run $T/s
shortfall sweep plan: $T/s holds a sweep already; go on with it: shortfall sweep run $T/s, or name another folder with -o
[exit 1]
$ shortfall sensitivity $T/s
shortfall sensitivity: no run of $T/s is done yet; --run does them first
Try: shortfall sensitivity --help
[exit 2]
$ shortfall sweep rerun $T/s --point 64
shortfall sweep rerun: there is no point 64; the last one is 63
Try: shortfall sweep rerun --help
[exit 2]
$ shortfall completion tcsh
shortfall completion: for which shell? bash, zsh or fish
Try: shortfall completion --help
[exit 2]
$ shortfall manual nothing
shortfall manual: there is no such command
Try: shortfall manual --help
[exit 2]
$ shortfall network scenarios/bamako-network.json --reliability --fail-prob -2
shortfall network: --fail-prob takes 0 to 1
Try: shortfall network --help
[exit 2]
$ shortfall sweep run $T/s --wait-max 0 --engine slurm --lang fr
shortfall sweep run : --wait-max prend des heures, plus de 0
Essayez : shortfall sweep run --help
[exit 2]
$ shortfall help check
Example: shortfall check scenarios/bamako-2025.json

Usage:
  shortfall check [OPTION…] SCENARIO.json

Reads a scenario and reports every mistake at once; runs nothing and writes
nothing. Without mistakes it counts the assumptions by confidence.

Options:
  -l, --list            List every number with its source
  --set=/POINTER=VALUE  Change one value: /json/pointer=value (may be given
                        again)
  --lang=en|fr          Language of texts and figures (default: the system's)
  --color=auto|always|never
                        Colours (default: auto, on a terminal and without
                        NO_COLOR)
  -h, --help            Show this help
$ shortfall help sweep plan
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
$ shortfall export nothere -o $T/none.xlsx
shortfall export: nothere is no folder that can be read; give that of a run
[exit 1]
$ shortfall export scenarios -o $T/none.xls
shortfall export: the name ends in .xlsx, .geojson or .graphml; for another, and for CSV, say --format
Try: shortfall export --help
[exit 2]
$ shortfall report nothere
shortfall report: nothere is not a result folder: it holds no manifest.json
[exit 1]
$ mkdir "$T/my tools"; ln -s $(command -v shortfall) "$T/my tools/shortfall"; "$T/my tools/shortfall" check; "$T/my tools/shortfall" fly
shortfall check: which scenario?
Try: '$T/my tools/shortfall' check --help
shortfall: there is no command "fly"
Try: '$T/my tools/shortfall' --help
[exit 2]
