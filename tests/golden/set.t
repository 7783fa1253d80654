# Values changed on the command line: a malformed option is wrong usage, a value that the scenario cannot have is a mistake of the scenario.
$ shortfall check scenarios/two-roads.json --set /links/port-north/km=400
scenarios/two-roads.json: Two roads to a capital
6 nodes, 6 links, 2 shipments, 2 markets, 4 demands, 3 events, 8 models

assumed         99 numbers, 4 of them drawn
defaults        30 numbers of models are not written in the files
$ shortfall check scenarios/two-roads.json --set foo
shortfall check: --set takes /json/pointer=value, not "foo"
Try: shortfall check --help
[exit 2]
$ shortfall check scenarios/two-roads.json --set links/port-north/km=400
shortfall check: --set takes /json/pointer=value, not "links/port-north/km=400"
Try: shortfall check --help
[exit 2]
$ shortfall check scenarios/two-roads.json --set /links/port-north/km
shortfall check: --set takes /json/pointer=value, not "/links/port-north/km"
Try: shortfall check --help
[exit 2]
$ shortfall check scenarios/two-roads.json --set /links/port-north/km=-1 --set /time/end=2030-02-30
--set: /time/end: "2030-02-30" is not a day; write YYYY-MM-DD, and a day that exists
--set: /links/port-north/km: -1 is out of range; expected 0 to 20000
2 mistakes; nothing was written
[exit 3]
$ shortfall check scenarios/two-roads.json --set /links/port-nort/km=5
--set: /links/port-nort/km: there is no "port-nort" here; did you mean "port-north"?
1 mistake; nothing was written
[exit 3]
$ shortfall check scenarios/two-roads.json --set /links/port-north/lenght=5
--set: /links/port-north/lenght: unknown key "lenght"
1 mistake; nothing was written
[exit 3]
$ shortfall check scenarios/two-roads.json --set '/links/port-north/km={"dist":'
--set: /links/port-north/km: in the value, column 9: found the end of the text, expected a value
1 mistake; nothing was written
[exit 3]
$ shortfall check scenarios/two-roads.json --set /extends=bamako-2025.json
--set: /extends: the files are read before anything is set
1 mistake; nothing was written
[exit 3]
$ shortfall trace scenarios/two-roads.json --set /events/ban/prob=0 --day 30 | sed "/^replication/d"
2030-01-31 04:53  day 30   attack        trucks on their own (5) hit before Kessa: 1 destroyed, 0 seized, 0 turned back
2030-01-31 10:53  day 30   attack        trucks on their own (5) hit before Kessa: 0 destroyed, 0 seized, 0 turned back

the ledger balances exactly
