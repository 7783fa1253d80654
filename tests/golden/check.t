# Shipped scenarios have no mistakes.
$ for file in scenarios/*.json scenarios/theory/*.json; do case $file in *schema.json) ;; *) shortfall check "$file" >$T/out 2>&1 || { echo "$file"; cat $T/out; } ;; esac; done
$ shortfall check scenarios/two-roads.json
scenarios/two-roads.json: Two roads to a capital
6 nodes, 6 links, 2 shipments, 2 markets, 4 demands, 3 events, 8 models

assumed         99 numbers, 4 of them drawn
defaults        30 numbers of models are not written in the files
$ shortfall check --list scenarios/two-roads.json | grep models/
  /models/supply/order_gain = 0.5  [model]
  /models/routing/theta_per_h = 0.05  [model]
  /models/routing/risk_h = 10  [model]
  /models/drivers/announcement_risk = 6 (drawn)  [model]
  /models/drivers/memory_days = 60  [model]
  /models/drivers/risk_per_truck_lost = 0.02  [model]
  /models/drivers/cross_frac = 0.3  [model]
  /models/drivers/escort_risk_frac = 0.15  [model]
  /models/drivers/reconsider_h = 12  [model]
  /models/escorts/escorts_count = 1  [model]
  /models/escorts/trucks_per_escort_count = 60  [model]
  /models/escorts/trucks_min_count = 20  [model]
  /models/escorts/strength = 1  [model]
  /models/escorts/speed_frac = 0.5  [model]
  /models/escorts/return_days = 2  [model]
  /models/escorts/rest_days = 8  [model]
  /models/escorts/stand_down_days = 5  [model]
  /models/ambushes/lone_attacks_per_100km = 0.01  [model]
  /models/ambushes/convoy_attacks_per_100km = 0.05  [model]
  /models/ambushes/attackers_strength = 1  [model]
  /models/ambushes/window_trucks_count = 20  [model]
  /models/ambushes/destroyed_frac = 0.8  [model]
  /models/ambushes/truce_frac = 0  [model]
  /models/attacks/window_trucks_count = 20  [model]
  /models/supply/order_min_frac = 0.5
  /models/supply/order_max_frac = 1.3
  /models/supply/queue_half_count = 1000000000
  /models/retail/refill_days = 1
  /models/retail/household_refill_days = 2
  /models/routing/waiting_h_per_truck = 0
  /models/drivers/standing_frac = 0
  /models/drivers/report_days = 0
  /models/drivers/truce_memory_frac = 1
  /models/drivers/unescorted_frac = 1
  /models/escorts/crowd_trucks_count = 1000000000
  /models/escorts/wait_max_days = 0
  /models/escorts/marshal_days = 0
  /models/escorts/rebuild_days = 0
  /models/escorts/tire_frac = 0
  /models/escorts/recover_days = 7
  /models/escorts/fuel_m3_per_journey = 5
  /models/escorts/check_h = 6
  /models/ambushes/empty_frac = 0.3
  /models/ambushes/contest_exponent = 1
  /models/ambushes/window_spread_frac = 0
  /models/ambushes/seized_frac = 0.5
  /models/ambushes/turned_back_frac = 0.2
  /models/ambushes/delay_h = 12
  /models/attacks/contest_exponent = 1
  /models/attacks/window_spread_frac = 0
  /models/attacks/destroyed_frac = 0.8
  /models/attacks/seized_frac = 0.5
  /models/attacks/turned_back_frac = 0.2
  /models/attacks/delay_h = 12
$ shortfall check scenarios/theory/t7-bridge.json
scenarios/theory/t7-bridge.json: Bridge network of five links that fail independently
4 nodes, 5 links, 0 shipments, 0 markets, 0 demands, 0 events, 0 models

not stated      10 numbers, 0 of them drawn
$ shortfall check scenarios/lessons/2-stock.json | sed -n 2p; shortfall check --lang fr scenarios/lessons/2-stock.json | sed -n 2p
4 nodes, 3 links, 1 shipment, 1 market, 3 demands, 1 event, 4 models
4 lieux, 3 tronçons, 1 expédition, 1 marché, 3 demandes, 1 événement, 4 modèles
$ printf '\357\273\277node_id;name\n1;Kessa\n' >$T/nodes.csv; shortfall run $T/nodes.csv; shortfall check --lang fr $T/nodes.csv
$T/nodes.csv: this looks like a table, and a scenario (JSON) is expected; "shortfall new" makes a scenario from tables of places, roads and supply
1 mistake; nothing was written
$T/nodes.csv: ceci ressemble à un tableau, et un scénario (JSON) est attendu ; « shortfall new » fait un scénario de tableaux de lieux, de routes et de ravitaillement
1 erreur ; rien n'a été écrit
[exit 3]
$ shortfall compare scenarios/two-roads.json --lever scenarios/second-city/nodes.csv
scenarios/second-city/nodes.csv: this looks like a table, and a scenario (JSON) is expected; "shortfall new" makes a scenario from tables of places, roads and supply
1 mistake; nothing was written
[exit 3]
$ cd $T; printf 'PK\003\004x' >a.xlsx; printf 'PK\003\004x' >a.zip; printf '%%PDF-1.4\n' >a.pdf; printf '<!DOCTYPE html>\n' >a.html; printf '<?xml version="1.0"?>\n' >a.graphml; printf '\211PNG' >a.png; printf '{"type": "FeatureCollection", "features": []}' >a.geojson; for file in a.*; do shortfall check $file 2>&1 | head -n 1; done; shortfall check --lang fr a.xlsx; shortfall new a.xlsx a.zip -o a.json
a.geojson: this is a map (GeoJSON), and a scenario is expected; "shortfall new" makes a scenario from a map of roads and a table of supply
a.graphml: this is XML (GraphML, SVG, KML or so), and a scenario (JSON) is expected; "shortfall new" makes a scenario from tables or from a map of roads in GeoJSON
a.html: this is a web page, and a scenario (JSON) is expected; a report says at its end what it was made from, and of a scenario on a web site take the file ("raw"), not the page that shows it
a.pdf: this is a PDF document, and a scenario (JSON) is expected; a report is made from a scenario and cannot be run itself
a.png: this is a picture, and a scenario (JSON) is expected
a.xlsx: this is a spreadsheet, and a scenario (JSON) is expected; save its sheets of places, roads and supply as CSV, and "shortfall new" makes a scenario from them
a.zip: this is a packed archive, and a scenario (JSON) is expected; unpack it and name a scenario in it
a.xlsx: ceci est un classeur, et un scénario (JSON) est attendu ; enregistrez ses feuilles de lieux, de routes et de ravitaillement en CSV, et « shortfall new » en fait un scénario
1 erreur ; rien n'a été écrit
a.xlsx: this is a spreadsheet or another packed file, and a table (CSV) is expected; open it in its program, save each sheet as "CSV UTF-8" and name those files
a.zip: this is a spreadsheet or another packed file, and a table (CSV) is expected; open it in its program, save each sheet as "CSV UTF-8" and name those files
2 mistakes; nothing was written
[exit 3]
$ shortfall check scenarios/sweeps/two-roads.json; shortfall run scenarios/observations/example.json; shortfall sweep plan scenarios/two-roads.json
scenarios/sweeps/two-roads.json: this is a study, and a scenario is expected; "shortfall sweep run" runs a study
1 mistake; nothing was written
scenarios/observations/example.json: these are observations, and a scenario is expected; "shortfall score" and "shortfall fit" take both
1 mistake; nothing was written
scenarios/two-roads.json: this is a scenario, and a study is expected: a file that names a "scenario" and the factors that vary in it; scenarios/sweeps/ has examples
1 mistake; nothing was written
[exit 3]
