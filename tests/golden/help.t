# The manual of the command line.
$ shortfall --help
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
$ shortfall --version | sed -n "1s/[0-9.]*$/VERSION/p"
shortfall VERSION
$ shortfall --version | sed -n "s/^  \([A-Za-z]*\)  *\([^ ].*\)$/\1/p"
GLib
igraph
cJSON
GSL
SQLite
NetCDF
libsoup
libxlsxwriter
compiler
gnuplot
$ shortfall --version | grep -c ' [0-9][0-9]*\.[0-9]'
11
$ shortfall check --help
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
$ shortfall run --help
Example: shortfall run scenarios/bamako-2025.json -n 200

Usage:
  shortfall run [OPTION…] SCENARIO.json

Runs a scenario many times and writes a folder with curves, metrics, ledger,
events, assumptions, manifest and figures. The same scenario, seed and version
give the same tables, whatever the number of workers.

Options:
  -o, --output=DIR      Result folder (default: a new one named after the
                        scenario)
  -n, --replications=N  Replications (default: the scenario's, else 200)
  --precision=G         Run until means are known to this share of themselves,
                        as 0.05; -n is the least number then
  --quantile=P          Say how well this quantile of the measures is known, as
                        0.95
  --measure=NAME[=H]    Mean that has to be known (may be given again), with =H
                        also when its half-width is H; default: person-days
                        without each fuel in the capital, trucks lost
  --batch=N             With --precision: replications between looks (default:
                        50)
  --max=N               With --precision: give up at so many (default: 10000)
  -j, --jobs=N          Worker processes (default: one a processor)
  --seed=N              Seed (default: the scenario's, else 1)
  --set=/POINTER=VALUE  Change one value: /json/pointer=value (may be given
                        again)
  -f, --force           Replace an existing result folder
  --no-plots            Write tables only, no figures
  --no-causes           Do not ask what drove the shortage, which takes half as
                        many replications again
  --hxl                 Add a row of HXL tags to each table
  -q, --quiet           Say nothing unless something is wrong
  --lang=en|fr          Language of texts and figures (default: the system's)
  --color=auto|always|never
                        Colours (default: auto, on a terminal and without
                        NO_COLOR)
  -h, --help            Show this help
$ shortfall plot --help
Example: shortfall plot bamako-2025-results

Usage:
  shortfall plot [OPTION…] FOLDER

Draws the figures of a result folder again, from its tables; nothing is
simulated.

Options:
  --lang=en|fr  Language of texts and figures (default: the system's)
  --color=auto|always|never
                Colours (default: auto, on a terminal and without NO_COLOR)
  -h, --help    Show this help
$ shortfall trace --help
Example: shortfall trace scenarios/two-roads.json -o story.html

Usage:
  shortfall trace [OPTION…] SCENARIO.json

Runs one replication and tells what happened, and why: turning points of the
city's supply with reasons, in numbers of that replication; or its whole log.

Options:
  -r, --replication=N     Which replication (default 0)
  --seed=N                Seed (default: the scenario's)
  -d, --day=DAY           Only this day
  --until=DAY             With --day: and those up to this one
  -k, --kind=event|attack|convoy|gate|road|stock
                          Only this kind: event, attack, convoy, gate, road,
                          stock (may be given again)
  -l, --log               The log, line by line, as with --day or --kind
  -c, --chain             The chain of turning points and reasons, besides the
                          log
  -o, --output=FILE.html  Write chain and log as a page for a browser
  --set=/POINTER=VALUE    Change one value: /json/pointer=value (may be given
                          again)
  --lang=en|fr            Language of texts and figures (default: the system's)
  --color=auto|always|never
                          Colours (default: auto, on a terminal and without
                          NO_COLOR)
  -h, --help              Show this help
$ shortfall network --help
Example: shortfall network scenarios/bamako-network.json
         shortfall network --from dakar --to bamako --without diboli-kayes FILE
         shortfall network --closures 2 --capacity FILE
         shortfall network --reliability --samples 10000 FILE
         shortfall network --export graphml -o roads.graphml FILE

Usage:
  shortfall network [OPTION…] SCENARIO.json

Shows what the network of a scenario allows, without running it: the routes from
every port and refinery to the capital with km, hours and capacity, what can
arrive at most, what alone cuts it off, and what each single closure costs.
Closures are a stress test of service: how far a plan bends before people go
without. There is no single ranked list of roads: the worst two closures need
not hold the worst one, and sometimes there is no most vital arc at all. Two-way
links have their capacity in each direction, which for one flow is the same as
sharing it. That no way is left is an answer, not a failure.

Options:
  --from=ID,...           Origins, ids separated by commas (default: all ports
                          and refineries)
  --to=ID                 Destination (default: the capital)
  -k, --routes=N          Routes shown for each origin (default 3)
  --weight=km|h           What makes a route short: km (default) or h
  --driving-h=H           Hours a truck drives in a day (default: the least of
                          the scenario's vehicles, 24 without any)
  --wet                   Hours in the rains
  --without=LINK,...      Close these links
  --with=LINK,...         Open these links, which the scenario closes
  --each                  Show every open link closed alone
  --closures=N            Show the worst 0 to N closures for the shortest way,
                          exactly
  --capacity              With --closures: for what can arrive instead; alone:
                          show just that
  --reliability           Show the chance that a way is left when links fail
                          (fail_prob)
  --fail-prob=P           With --reliability: every link fails with this
                          probability
  --samples=N             With --reliability: draw so many states of the network
                          as well
  --seed=N                Seed of the samples (default 1)
  --table=routes|capacity|single_points|each|closures|reliability
                          Print one table only: routes, capacity, single_points,
                          each, closures or reliability (CSV holds one; default:
                          the first)
  --format=text|csv|json  text (default), csv or json
  --export=graphml|geojson|csv-links|csv-nodes
                          Write the network as graphml, geojson, csv-links or
                          csv-nodes instead
  --import=FILE           Write a scenario made from this .csv, .graphml or
                          .geojson file; give it twice for a CSV of links and
                          one of nodes
  --length-unit=UNIT      Unit of a column "length" (GMNS): km (default), m, mi
                          or ft
  --speed-unit=UNIT       Unit of a column "free_speed" (GMNS): km/h (default),
                          m/s or mph
  --join-km=KM            Lines on a map end at a place within this distance
                          (default 0.5)
  --set=/POINTER=VALUE    Change one value: /json/pointer=value (may be given
                          again)
  -o, --output=FILE       Write to this file, whole or not at all (default:
                          standard output)
  --lang=en|fr            Language of texts and figures (default: the system's)
  --color=auto|always|never
                          Colours (default: auto, on a terminal and without
                          NO_COLOR)
  -h, --help              Show this help
$ shortfall models --help
Example: shortfall models

Usage:
  shortfall models [OPTION…]

Lists the models that a scenario can switch on under "models"; `shortfall
explain NAME` tells more of one.

Options:
  --schema      Print the JSON schema of scenarios instead
  --lang=en|fr  Language of texts and figures (default: the system's)
  --color=auto|always|never
                Colours (default: auto, on a terminal and without NO_COLOR)
  -h, --help    Show this help
$ shortfall explain --help
Example: shortfall explain interdiction/ambush

Usage:
  shortfall explain [OPTION…] NAME

Explains a model, a collection of the scenario format (links, events ...),
"time" and "run", "study" (the format of sweeps) or "study-schema" (the same as
a JSON schema, for editors).

Options:
  --lang=en|fr  Language of texts and figures (default: the system's)
  --color=auto|always|never
                Colours (default: auto, on a terminal and without NO_COLOR)
  -h, --help    Show this help
$ shortfall sweep export --help
Example: shortfall sweep export two-roads-sweep

Usage:
  shortfall sweep export [OPTION…] STUDY.json | FOLDER

Writes runs.csv (a row a run, failed ones too), points.csv (a row a design
point), dictionary.json (what every column means; CSVW) and, when the study
keeps daily series, series.nc (NetCDF-4, CF). What is missing is an empty cell
or NaN. May be given while the sweep runs: it shows one moment.

Options:
  -o, --output=DIR  Folder to write (default: "export" in the folder of the
                    sweep)
  -f, --force       Replace an existing export
  --hxl             Add a row of HXL tags to each table
  --lang=en|fr      Language of texts and figures (default: the system's)
  --color=auto|always|never
                    Colours (default: auto, on a terminal and without NO_COLOR)
  -h, --help        Show this help
