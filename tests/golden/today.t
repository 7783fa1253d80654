# A start from today's stocks and flows.
$ shortfall today --template scenarios/two-roads.json
date,place,commodity,holder,corridor,unit,model_value,value,low,high,note
,kessa,fuel,depot,,m3,7200,,,,
,kessa,fuel,station,,m3,1800,,,,
,kessa,fuel,household,,m3,1500,,,,
,kessa,rice,depot,,t,9000,,,,
,kessa,rice,station,,t,1500,,,,
,kessa,rice,household,,t,3000,,,,
,kessa,fuel,,fuel-to-kessa,trucks/day,20,,,,
,kessa,rice,,rice-to-kessa,trucks/day,10,,,,
$ shortfall today --template --semicolon scenarios/two-roads.json | tail -n 1
;kessa;rice;;rice-to-kessa;trucks/day;10;;;;
$ cp scenarios/two-roads.json $T; shortfall today --template $T/two-roads.json -o $T/today.csv && sed -i -e '2s/^,kessa,fuel,depot,,m3,7200,,,,/2030-02-20,kessa,fuel,depot,,m3,7200,5200,4800,5500,counted/' -e '9s/10,,/10,4,/' $T/today.csv && shortfall today $T/two-roads.json $T/today.csv -o $T/from-today.json && cat $T/from-today.json
Written: $T/today.csv
6 of 8 rows are blank: the model's values are kept, those of its own start, 2030-01-01
event "ban": announced before; on the first day it counts by what is left of its fear
event "forest-attack": it was over before; left out
Written: $T/from-today.json (2030-02-20 to 2030-04-30). Next: shortfall run $T/from-today.json
{
  "extends": "two-roads.json",
  "name": "from-today",
  "title": "Two roads to a capital, from the stocks and flows of 2030-02-20",
  "sources": {
    "today.csv": {
      "title": "today.csv"
    }
  },
  "time": {
    "start": "2030-02-20"
  },
  "markets": {
    "kessa-fuel": {
      "depot_days": {
        "dist": "triangular",
        "min": 5.333333333333333,
        "mode": 5.777777777777778,
        "max": 6.111111111111111,
        "source": "today.csv",
        "confidence": "reported",
        "note": "today.csv, line 2: 5200 m3, ordinary use 900 m3 a day; counted",
        "assumption": null
      }
    }
  },
  "shipments": {
    "rice-to-kessa": {
      "trucks_per_day": {
        "value": 4,
        "source": "today.csv",
        "confidence": "reported",
        "note": "today.csv, line 9: 4 trucks/day"
      }
    }
  },
  "events": {
    "ban": {
      "date": "2030-02-20",
      "value": 0.7165313105737893
    },
    "forest-attack": null
  }
}
$ shortfall check $T/from-today.json
$T/from-today.json: Two roads to a capital, from the stocks and flows of 2030-02-20
6 nodes, 6 links, 2 shipments, 2 markets, 4 demands, 2 events, 8 models

reported         2 numbers, 1 of them drawn
assumed         94 numbers, 3 of them drawn
defaults        30 numbers of models are not written in the files
$ shortfall run -q --no-plots -n 10 $T/from-today.json -o $T/run && head -n 4 $T/run/summary.txt
Two roads to a capital, from the stocks and flows of 2030-02-20
===============================================================

2030-02-20 to 2030-04-30 (70 days), 10 replications, seed 1, scenario 4e42105b
$ printf 'date,place,commodity,holder,corridor,unit,value\n2030-01-15,kessa,fuel,depot,,days,3\n' > $T/short.csv; shortfall today $T/two-roads.json $T/short.csv -o $T/short.json --days 5; shortfall check $T/short.json
event "ban": it begins after the last day; left out
event "forest-attack": it begins after the last day; left out
event "truce": it begins after the last day; left out
Written: $T/short.json (2030-01-15 to 2030-01-19). Next: shortfall run $T/short.json
$T/short.json: Two roads to a capital, from the stocks and flows of 2030-01-15
6 nodes, 6 links, 2 shipments, 2 markets, 4 demands, 0 events, 8 models

reported         1 numbers, 0 of them drawn
assumed         93 numbers, 3 of them drawn
defaults        30 numbers of models are not written in the files
$ shortfall today $T/two-roads.json $T/today.csv -o $T/from-today.json
shortfall today: $T/from-today.json exists already; choose another name, or --force to replace it (what you changed in it by hand is lost)
Try: shortfall today --help
[exit 2]
$ printf 'date;place;commodity;holder;corridor;unit;value\n2030-02-20;kessa;fuel;station;;l;1250000,5\n;kessa;fuel;;fuel-to-kessa;m3/day;450\n;kessa;fuel;depot;;days;3\n' > $T/fr.csv; shortfall today $T/two-roads.json $T/fr.csv -o $T/fr.json --days 30 && grep -B1 -A3 '"value"' $T/fr.json
event "ban": announced before; on the first day it counts by what is left of its fear
event "forest-attack": it was over before; left out
Written: $T/fr.json (2030-02-20 to 2030-03-21). Next: shortfall run $T/fr.json
      "station_days": {
        "value": 1.3888894444444444,
        "source": "fr.csv",
        "confidence": "reported",
        "note": "fr.csv, line 2: 1250000,5 l, ordinary use 900 m3 a day"
--
      "depot_days": {
        "value": 3,
        "source": "fr.csv",
        "confidence": "reported",
        "note": "fr.csv, line 4: 3 days",
--
      "trucks_per_day": {
        "value": 10,
        "source": "fr.csv",
        "confidence": "reported",
        "note": "fr.csv, line 3: 450 m3/day"
--
      "date": "2030-02-20",
      "value": 0.7165313105737893
    },
    "forest-attack": null
  }
$ printf 'date,place,commodity,holder,corridor,unit,value,low,high\n2030-02-20,kesa,fuel,depot,,m3,1,,\n2030-02-21,kessa,fuel,hospital,,m3,2,,\n20/02/2030,kessa,fuel,depot,,gallons,3,,\n,kessa,fuel,depot,,m3,-4,,\n,kessa,fuel,depot,,m3,5,6,\n,kessa,rice,depot,,t,7,,\n,kessa,rice,depot,,t,8,,\n,,,,north-road,trucks/day,9,,\n' > $T/bad.csv; shortfall today $T/two-roads.json $T/bad.csv -o $T/none.json; ls $T | grep none
$T/bad.csv:2: place "kesa" is not in the scenario; leave the texts of the template as they are
$T/bad.csv:3: the date is 2030-02-21, and 2030-02-20 in a row before; a start is one day
$T/bad.csv:3: holder is depot, station or household; the model keeps no other stocks: add those of an institution to the depot
$T/bad.csv:4: the date is "20/02/2030"; write it as 2026-03-01
$T/bad.csv:4: the unit is "gallons"; expected m3, l, days
$T/bad.csv:5: value is "-4"; expected a number, at least 0
$T/bad.csv:6: low and high go together, with the value between them
$T/bad.csv:8: an earlier row states the same
$T/bad.csv:9: corridor "north-road" is not in the scenario; leave the texts of the template as they are
9 mistakes; nothing was written
[exit 1]
$ printf 'date,place,commodity,holder,corridor,unit,value\n,kessa,fuel,depot,,m3,1\n' > $T/bad.csv; shortfall today $T/two-roads.json $T/bad.csv -o $T/none.json
$T/bad.csv: no row says the date; write it into one at least
1 mistake; nothing was written
[exit 3]
$ printf 'date,place,commodity,holder,corridor,unit,value\n2031-01-01,kessa,fuel,depot,,m3,1\n' > $T/bad.csv; shortfall today $T/two-roads.json $T/bad.csv -o $T/none.json; shortfall today $T/two-roads.json $T/bad.csv -o $T/later.json --days 60
$T/bad.csv: the day is after the end of the scenario, 2030-04-30; say how long the run is with --days
1 mistake; nothing was written
event "ban": announced before; on the first day it counts by what is left of its fear
event "forest-attack": it was over before; left out
event "truce": it was over before; left out
Written: $T/later.json (2031-01-01 to 2031-03-01). Next: shortfall run $T/later.json
$ shortfall today $T/two-roads.json
shortfall today: which scenario and which table? Begin with --template
Try: shortfall today --help
[exit 2]
$ printf '{"extends": "two-roads.json", "events": {"late": {"date": "2030-02-18", "delay_days": 4, "kind": "set", "target": "/shipments/fuel-to-kessa/trucks_per_day", "value": 15, "source": "model", "confidence": "assumed"}}}' > $T/late.json; shortfall today $T/late.json $T/today.csv -o $T/late-today.json --lang fr && grep -A3 late\" $T/late-today.json
6 lignes sur 8 sont vides : les valeurs du modèle sont gardées, celles de son propre début, le 2030-01-01
événement « ban » : annoncé avant ; compte au premier jour pour ce qui reste de la peur
événement « forest-attack » : fini avant ; laissé de côté
Écrit : $T/late-today.json (du 2030-02-20 au 2030-04-30). Ensuite : shortfall run $T/late-today.json
    "late": {
      "date": "2030-02-20",
      "delay_days": 2
    }
$ mkdir -p $T/plans $T/base $T/far/off && ln -s far/off $T/link && cp $T/two-roads.json $T/base && for out in plans/a.json b.json base/c.json link/d.json; do shortfall today $T/base/two-roads.json $T/today.csv -o $T/$out 2>/dev/null; grep extends $T/$out; shortfall check $T/$out | sed -n 2p; done
  "extends": "../base/two-roads.json",
6 nodes, 6 links, 2 shipments, 2 markets, 4 demands, 2 events, 8 models
  "extends": "base/two-roads.json",
6 nodes, 6 links, 2 shipments, 2 markets, 4 demands, 2 events, 8 models
  "extends": "two-roads.json",
6 nodes, 6 links, 2 shipments, 2 markets, 4 demands, 2 events, 8 models
  "extends": "../../base/two-roads.json",
6 nodes, 6 links, 2 shipments, 2 markets, 4 demands, 2 events, 8 models
