# A scenario from three tables; what they leave out is assumed and listed.
$ shortfall new scenarios/second-city/nodes.csv scenarios/second-city/links.csv scenarios/second-city/supply.csv -o $T/dakora.json --start 2031-03-01
Assumed: no unit is stated for "length": km is assumed
Assumed: no unit is stated for "free_speed": km/h is assumed
Assumed: 1 link has no km: 1.3 times the straight line is assumed
Written: $T/dakora.json (5 places, 4 roads, 2 goods, 90 days)
Assumed, since no table says it; replace these first:
  1. arrivals_per_day of rice from railhead: as much as is used, 15 t
  2. trucks_count of rice from harbour: 14, for a round trip of 4.5 days
  3. trucks_count of rice from railhead: 2, for a round trip of 3.1 days
  4. truck_capacity of rice from railhead: 30 t
  5. speed_kmh of 1 road: 30 to 60
  6. km of 1 road: 1.1 to 1.6 times the straight line
Next: shortfall check --list $T/dakora.json; shortfall run $T/dakora.json
$ shortfall check $T/dakora.json
$T/dakora.json: dakora
5 nodes, 4 links, 3 shipments, 2 markets, 3 demands, 0 events, 3 models

reported        30 numbers, 0 of them drawn
assumed         21 numbers, 21 of them drawn
defaults         6 numbers of models are not written in the files
$ shortfall new scenarios/second-city/nodes.csv scenarios/second-city/links.csv scenarios/second-city/supply.csv -o $T/dakora.json
shortfall new: $T/dakora.json exists already; choose another name, or --force to replace it (what you changed in it by hand is lost)
Try: shortfall new --help
[exit 2]
$ shortfall new --force --lang fr scenarios/second-city/nodes.csv scenarios/second-city/links.csv scenarios/second-city/supply.csv -o $T/dakora.json --start 2031-03-01 --close pass-road --close-on 2031-03-20 --close-days 30 --title "Dakora coupée"
Supposé : aucune unité n'est indiquée pour « length » : on suppose km
Supposé : aucune unité n'est indiquée pour « free_speed » : on suppose km/h
Supposé : 1 liaison sans km : on suppose 1,3 fois la ligne droite
Écrit : $T/dakora.json (5 lieux, 4 routes, 2 marchandises, 90 jours)
Supposé, faute de tableau qui le dise ; à remplacer d'abord :
  1. arrivals_per_day de rice depuis railhead : autant que la consommation, 15 t
  2. trucks_count de rice depuis harbour : 14, pour un aller et retour de 4,5 jours
  3. trucks_count de rice depuis railhead : 2, pour un aller et retour de 3,1 jours
  4. truck_capacity de rice depuis railhead : 30 t
  5. speed_kmh de 1 route : 30 à 60
  6. km de 1 route : 1,1 à 1,6 fois la ligne droite
Ensuite : shortfall check --list $T/dakora.json ; shortfall run $T/dakora.json
$ shortfall run -q --no-plots -n 20 $T/dakora.json -o $T/dakora && sed -n '12,17p' $T/dakora/summary.txt
diesel
  shortage    from 2031-03-29 (2031-03-27 to 2031-03-30)
              in 100 % of replications; 23 (21 to 24) days of it
  served      74.5 % (73.3 to 76.0) of what was wanted; mean 74.5 +- 0.4
  survived    8 (7 to 10) days from 2031-03-20
  lost        22.9 (21.6 to 24.0) days of full service
$ printf 'place,commodity,unit,use_per_day,stok\ndakora,diesel,m3,200,1\nkessa,diesel,m3,-5,1\ndakora,rice,sacks,3,1\ndakora,salt,,1,1\n' > $T/supply.csv; shortfall new scenarios/second-city/nodes.csv scenarios/second-city/links.csv $T/supply.csv -o $T/none.json; ls $T | grep none
$T/supply.csv:1: unknown column "stok"; did you mean "stock"?
$T/supply.csv:3: place: there is no place "kessa"
$T/supply.csv:3: use_per_day is "-5"; expected a number, at least 0
$T/supply.csv:3: no row says how much diesel is used at kessa (use_per_day)
$T/supply.csv:4: unit is "sacks"; expected m3|t
$T/supply.csv:5: no row says the unit of "salt": m3 or t
6 mistakes; nothing was written
[exit 1]
$ printf 'place;commodity;unit;use_per_day;loads_at\r\ndakora;diesel;m3;12,5;harbour\r\n' > $T/fr.csv; shortfall new scenarios/second-city/nodes.csv scenarios/second-city/links.csv $T/fr.csv -o $T/fr.json --start 2031-03-01; grep demand_m3 $T/fr.json
Assumed: no unit is stated for "length": km is assumed
Assumed: no unit is stated for "free_speed": km/h is assumed
Assumed: 1 link has no km: 1.3 times the straight line is assumed
Written: $T/fr.json (5 places, 4 roads, 1 goods, 90 days)
Assumed, since no table says it; replace these first:
  1. arrivals_per_day of diesel from harbour: as much as is used, 12.5 m3
  2. stock of diesel at dakora: 3 to 14 days of use
  3. trucks_count of diesel from harbour: 2, for a round trip of 4.5 days
  4. truck_capacity of diesel from harbour: 40 m3
  5. speed_kmh of 1 road: 30 to 60
  6. km of 1 road: 1.1 to 1.6 times the straight line
  7. people_count of diesel at dakora: without it no person-days are counted
Next: shortfall check --list $T/fr.json; shortfall run $T/fr.json
      "demand_m3_per_day": 12.5,
$ shortfall new scenarios/second-city/nodes.csv scenarios/second-city/links.csv -o $T/none.json
no file is a table of supply: it has the columns place, commodity, unit, use_per_day
1 mistake; nothing was written
[exit 3]
$ shortfall new scenarios/second-city/nodes.csv
shortfall new: where to? Give a file with -o, as -o city.json
Try: shortfall new --help
[exit 2]
$ printf 'node_id,x_coord,y_coord\nharbour,0,0\ndakora,1,1\n' > $T/n.csv; printf 'place,commodity,unit,use_per_day,loads_at\ndakora,salt,t,1,harbour\n' > $T/s.csv; printf 'from_node_id,to_node_id,length\ndakora,harbor,12\n' > $T/l.csv; shortfall new $T/n.csv $T/l.csv $T/s.csv -o $T/none.json
$T/l.csv:2: there is no place "harbor" in the table of nodes; did you mean "harbour"?
1 mistake; nothing was written
[exit 3]
$ printf 'from_node_id,to_node_id,length\ndakora,dakora2,12\n' > $T/l.csv; printf 'node_id,x_coord,y_coord\nharbour,0,0\ndakora,1,1\ndakora2,1,1.1\n' > $T/n.csv; shortfall new $T/n.csv $T/l.csv $T/s.csv -o $T/none.json --start 2031-03-01
$T/s.csv:2: no road leads from harbour to dakora
1 mistake; nothing was written
[exit 3]
$ shortfall new scenarios/second-city/nodes.csv scenarios/second-city/links.csv scenarios/second-city/supply.csv -o $T/cut.json --start 2031-03-01 --close pass-road --close-on 2031-03-20 --close-days 30 2>/dev/null; shortfall run -n 50 --no-plots --set /fleets/rice-harbour-dakora/trucks_count=9 --set /demands/dakora-rice-everyone-else/demand_t_per_day=91 $T/cut.json -o $T/cut 2>&1 | tr '\n' ' ' | grep -o 'Without closed roads[^.]*\.'
Without closed roads hardly anybody would have gone without.
