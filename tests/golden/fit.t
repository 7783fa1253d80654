# Fitting to observations: help and wrong usage; fit.py does the fitting.
$ shortfall fit --help
Example: shortfall fit scenarios/bamako-2025.json --vary /models --minutes 60

Usage:
  shortfall fit [OPTION…] SCENARIO.json

Searches values of the uncertain numbers with which the runs agree with the
observations, and writes a sample of them (approximate Bayesian computation).
The same command takes up a fit that was stopped.

Options:
  --observations=FILE   What was seen (default: the file that the scenario
                        names)
  -o, --output=STEM     Writes STEM.fit.json and STEM.ensemble.json (default:
                        the scenario's name)
  --vary=/POINTER       Uncertain number to fit, or all below a pointer (may be
                        given again; default: all)
  --parameters=FILE     File with such pointers, one a line
  --until=DATE          Leave out what was seen later
  -g, --generations=N   Generations after the first (default 60)
  --burn-in=N           Generations that are no part of the sample (default:
                        half)
  -m, --minutes=M       Stop before a generation that would end later
  --chains=N            Chains (default: 2 a number, at least 64)
  -n, --replications=N  Replications of each candidate (default 3)
  -t, --tolerance=D     Distance that counts as small in the end (default 0.1)
  --margin=M            Tolerances by which bounds are narrowed (default 0)
  --saturation=S        Distance beyond which a row counts little more (default
                        0: none)
  --renew=K             After the burn-in, replications of its own for every
                        chain, others after K generations (default 0: the same
                        for all)
  -k, --keep=N          Rows of the posterior sample (default 200)
  -j, --jobs=N          Worker processes (default: one a processor)
  --seed=N              Seed (default: the scenario's, else 1)
  --set=/POINTER=VALUE  Change one value: /json/pointer=value (may be given
                        again)
  --restart             Begin anew, whatever the state file holds
  --csv                 Table as CSV
  --json                Tables as JSON
  -q, --quiet           No line a generation
  --lang=en|fr          Language of texts and figures (default: the system's)
  --color=auto|always|never
                        Colours (default: auto, on a terminal and without
                        NO_COLOR)
  -h, --help            Show this help
$ shortfall fit
shortfall fit: which scenario?
Try: shortfall fit --help
[exit 2]
$ shortfall fit scenarios/two-roads.json
shortfall fit: scenarios/two-roads.json names no observations; give --observations
Try: shortfall fit --help
[exit 2]
$ shortfall fit scenarios/two-roads.json --observations $T/none.json
$T/none.json: there is no such file
1 mistake; nothing was written
[exit 3]
$ shortfall fit scenarios/two-roads.json --chains 9
shortfall fit: --chains takes an even number from 8 to 10000
Try: shortfall fit --help
[exit 2]
$ shortfall fit scenarios/two-roads.json --until yesterday
shortfall fit: --until takes a date, YYYY-MM-DD
Try: shortfall fit --help
[exit 2]
$ shortfall fit scenarios/two-roads.json --csv --json
shortfall fit: --csv or --json, not both
Try: shortfall fit --help
[exit 2]
$ echo '{"format": 1, "title": "Made", "day0": "2030-01-01", "rows": {"a": {"number": "1", "title": "Stock", "source": "model", "confidence": "assumed", "parts": {"b": {"series": ["kessa/fuel/depot_stock_m3"], "stat": "mean", "from_day": 5, "to_day": 20, "min": 5000, "max": 6000}}}}}' > $T/seen.json
$ shortfall fit scenarios/two-roads.json --observations $T/seen.json --vary /assumptions/fuel_depot_day
shortfall fit: no uncertain number is at or below /assumptions/fuel_depot_day; did you mean "/assumptions/fuel_depot_days"?
Try: shortfall fit --help
[exit 2]
$ shortfall fit scenarios/two-roads.json --observations $T/seen.json --vary /markets/kessa-fuel/depot_days
shortfall fit: /markets/kessa-fuel/depot_days takes a named assumption; vary /assumptions/fuel_depot_days
Try: shortfall fit --help
[exit 2]
$ shortfall fit scenarios/two-roads.json --observations $T/seen.json --vary /events/ban/value
shortfall fit: /events/ban/value has no distribution, so there is no prior to vary it in
Try: shortfall fit --help
[exit 2]
$ shortfall fit scenarios/two-roads.json --observations $T/seen.json --until 2030-01-05
shortfall fit: no row of the observations is left to compare with
Try: shortfall fit --help
[exit 2]
$ printf '# The stock only\n/assumptions\n' > $T/numbers; shortfall fit scenarios/two-roads.json --observations $T/seen.json --parameters $T/numbers --chains 8 -g 1 -o $T/x --csv --quiet | cut -d, -f1
number
/assumptions/fuel_depot_days
$ ls $T
numbers
seen.json
x.ensemble.json
x.fit.json
