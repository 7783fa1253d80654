# The same in French. CSV, JSON and the rows that workers keep stay English.
$ shortfall --help --lang fr
$ shortfall chek --lang fr
$ LANGUAGE=fr shortfall run --nothing
$ shortfall run --lang fr -n many
$ shortfall check --lang fr scenarios/two-roads.json
$ shortfall check --lang fr scenarios/bad/unit-in-value.json
$ shortfall run --lang fr scenarios/two-roads.json -n 6 -j 1 -q --no-plots -o $T/fr && cat $T/fr/summary.txt
$ shortfall run scenarios/two-roads.json -n 6 -j 1 -q --no-plots -o $T/en && cd $T && for f in en/*.csv; do cmp $f fr/${f#en/}; done
$ shortfall compare --lang fr scenarios/two-roads.json scenarios/two-roads-escorts.json -n 6 -q
$ shortfall compare --lang fr scenarios/two-roads.json --lever scenarios/lever-escorts.json -n 6 -q --csv | head -n 2
$ shortfall trace --lang fr scenarios/two-roads.json --day 30 --until 36 | sed "/^simulation/d"
$ shortfall network --lang fr scenarios/two-roads.json --table routes
$ shortfall models --lang fr | head -n 3
