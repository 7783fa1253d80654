# What drove a shortage: the same replications with one thing left out.
$ shortfall run scenarios/two-roads.json -n 50 -j 1 --no-plots -o $T/one 2>&1 | grep -v workers
Kessa went 24,600,000 person-days without, all goods together (mean of 50
replications; who goes without two goods counts twice). Without drivers' fear
nobody would have gone without. Without the fear that lost trucks add there
would have been 12 % fewer (2 to 18 %). Cannot be told from no effect: attacks
on trucks, with the fear that they add; escorts and convoys; queues at
frontiers and customs; truces. These are differences on the same luck, one
thing left out at a time, over 7 replications; the intervals hold together at
95 %. They do not add up: one thing works through another.
Written: $T/one (begin with summary.txt)
$ sed -n '/^What drove it/,/^$/p' $T/one/summary.txt | cmp - $T/one/causes.txt | sed 's/.*differ.*/a heading is before it/'
a heading is before it
$ cut -d, -f1-4,14- $T/one/causes.csv | tr -d '\r'
group,models,measure,replications_count,verdict,off
fear,drivers,kessa/person_days_without,7,fewer,/models/drivers/enabled=false
losses-fear,drivers,kessa/person_days_without,7,fewer,/models/drivers/risk_per_truck_lost=0
attacks,ambushes attacks,kessa/person_days_without,7,cannot be told,/models/ambushes/enabled=false /models/attacks/enabled=false
escorts,escorts,kessa/person_days_without,7,cannot be told,/models/escorts/enabled=false
queues,customs,kessa/person_days_without,7,cannot be told,/queues/customs/service_h=0 /queues/customs/dwell_h=0
truces,truce,kessa/person_days_without,7,cannot be told,/events/truce/prob=0
$ sed -n '/"causes"/,/}/p' $T/one/manifest.json
  "causes": {
    "measure": "kessa/person_days_without",
    "confidence_frac": 0.95,
    "replications_run_count": 50,
    "mean_run": 24616788.322536185,
    "groups_count": 6,
    "replications_each_count": 7,
    "replications_extra_count": 42,
    "is_whole": true
  },
$ shortfall report $T/one -q; tr '\n' ' ' <$T/one/causes.txt | sed "s/ $//; s/'/\&apos;/g; s/.*/<p dir=\"auto\">&<\/p>/" >$T/told; grep -c -x -F -f $T/told $T/one/report.html
1
$ shortfall report $T/one -q --lang fr -o $T/fr.html; grep -o 'Sans la peur des chauffeurs[^.]*[.]' $T/fr.html
Sans la peur des chauffeurs, personne n&apos;aurait manqué de rien.
$ shortfall run scenarios/two-roads.json -n 50 -j 3 --no-plots -q -o $T/two; cmp $T/one/causes.csv $T/two/causes.csv && cmp $T/one/causes.txt $T/two/causes.txt
$ shortfall run scenarios/two-roads.json -n 49 --no-plots -o $T/few 2>&1 | grep -v workers; ls $T/few | grep causes
What drove it was not asked: that takes a run of 50 replications or more (-n).
Written: $T/few (begin with summary.txt)
[exit 1]
$ shortfall run scenarios/two-roads.json -n 50 --no-plots --no-causes -o $T/no 2>&1 | grep -v workers; ls $T/no | grep causes
Written: $T/no (begin with summary.txt)
[exit 1]
$ shortfall run scenarios/two-roads.json -n 50 --no-plots --hxl --set /models/drivers/announcement_risk=0 -o $T/none 2>&1 | grep -v workers; head -2 $T/none/causes.csv | tail -1 | tr -d '\r'
In no replication did anyone in Kessa go without: there is no shortage to
explain.
Written: $T/none (begin with summary.txt)
#meta+group,#meta+models,#indicator+name,#meta+replications+num,#indicator+reference+num,#indicator+value+num,#indicator+difference+num,#indicator+difference+low+num,#indicator+difference+high+num,#indicator+share+num,#indicator+share+low+num,#indicator+share+high+num,#indicator+p+num,#indicator+verdict,#meta+overrides
$ shortfall run scenarios/theory/one-road.json -n 50 --no-plots -o $T/nobody 2>&1 | grep -v workers
What drove it was not asked: the scenario names no people who go without.
Written: $T/nobody (begin with summary.txt)
