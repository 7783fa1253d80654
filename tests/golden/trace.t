# One replication as a story.
$ shortfall trace scenarios/two-roads.json | sed "/^replication/d"
Day 30, 31 January 2030
  Fuel is banned on both roads.
    - Trucks that enter go from 30 a day in the two weeks before to 16 a day in the week after.
    - Of 100 drivers 1 would go on without an escort (100 on ordinary days), over all corridors.

Day 35, 5 February 2030
  The first convoy enters by North gate, with 34 trucks.
    - By South gate came 6.7 trucks a day in the last week, 13 on ordinary days.
    - By North gate came 11 trucks a day in the last week, 17 on ordinary days; the last convoy set out there on day 35.
    - 74 trucks wait at the frontier (0 on ordinary days), 44 of them on the way to South gate.
    - Of 100 drivers 1 would go on without an escort (100 on ordinary days), over all corridors.

Day 36, 6 February 2030
  From now on no convoy sets out for 16 days.
    - By South gate came 4.7 trucks a day in the last week, 13 on ordinary days.
    - By North gate came 11 trucks a day in the last week, 17 on ordinary days; the last convoy set out there on day 35.
    - 97 trucks wait at the frontier (0 on ordinary days), 55 of them on the way to South gate.
    - Of 100 drivers 1 would go on without an escort (100 on ordinary days), over all corridors.

Day 43, 13 February 2030
  224 trucks wait at the frontier, the most of the whole time.
    - By North gate came 7.9 trucks a day in the last week, 17 on ordinary days; the last convoy set out there on day 35.
    - By South gate came 5.3 trucks a day in the last week, 13 on ordinary days.
    - 224 trucks wait at the frontier (0 on ordinary days), 132 of them on the way to North gate.
    - Of 100 drivers 2 would go on without an escort (100 on ordinary days), over all corridors.

Day 44, 14 February 2030
  Fuel runs short in Kessa: 90 % of what is wanted is served.
    - In the 14 days before, 264 m3 came in a day: 29 % of the 904 of ordinary days.
    - By North gate came 8.1 trucks a day in the last week, 17 on ordinary days; the last convoy set out there on day 35.
    - By South gate came 5.7 trucks a day in the last week, 13 on ordinary days.
    - 215 trucks wait at the frontier (0 on ordinary days), 125 of them on the way to North gate.
    - Of 100 drivers 2 would go on without an escort (100 on ordinary days), over all corridors.
  Fuel is gone from the stations of Kessa: 15 % of them have any.
    - On that day 90 % of what is wanted is served, from what depots and homes still hold.

Day 47, 17 February 2030
  The stock of fuel in Kessa is gone: 1.0 days of ordinary use are left.
    - On that day 70 % of what is wanted is served, from what depots and homes still hold.
    - In the 14 days before, 260 m3 came in a day: 29 % of the 904 of ordinary days.
    - By South gate came 6.4 trucks a day in the last week, 13 on ordinary days.
    - By North gate came 11 trucks a day in the last week, 17 on ordinary days; the last convoy set out there on day 35.
    - No convoy has set out for 12 days.
    - 196 trucks wait at the frontier (0 on ordinary days), 114 of them on the way to North gate.
    - Of 100 drivers 2 would go on without an escort (100 on ordinary days), over all corridors.
    - 1 truck was lost since day 30, against 282 that entered (0.4 %); 1 in the last two weeks.

Day 51, 21 February 2030
  A convoy enters by North gate, with 60 trucks, the first in 16 days.
    - By South gate came 6.4 trucks a day in the last week, 13 on ordinary days.
    - 137 trucks wait at the frontier (0 on ordinary days), 90 of them on the way to South gate.
    - Of 100 drivers 3 would go on without an escort (100 on ordinary days), over all corridors.

Day 52, 22 February 2030
  From now on no convoy sets out for 13 days.
    - By South gate came 6.0 trucks a day in the last week, 13 on ordinary days.
    - 132 trucks wait at the frontier (0 on ordinary days), 86 of them on the way to South gate.
    - Of 100 drivers 3 would go on without an escort (100 on ordinary days), over all corridors.
  The worst day for fuel in Kessa: 13 % of what is wanted is served.
    - In the 14 days before, 373 m3 came in a day: 41 % of the 904 of ordinary days.
    - 4 trucks were lost since day 30, against 428 that entered (0.9 %); 4 of them in the last two weeks.
    - Fuel customs, Kessa: 62 trucks are in the queue (2 on ordinary days).

Day 55, 25 February 2030
  The stations of Kessa have fuel again: 78 % of them.
    - In the 7 days before, 669 m3 came in a day: 74 % of the 904 of ordinary days.
    - By North gate came 20 trucks a day in the last week, 17 on ordinary days; the last convoy set out there on day 51.
    - 134 trucks wait at the frontier (0 on ordinary days), 85 of them on the way to South gate.
  Fuel recovers in Kessa: 100 % of what is wanted is served again.

Day 58, 28 February 2030
  Fuel is gone from the stations of Kessa: 0 % of them have any.
    - On that day 79 % of what is wanted is served, from what depots and homes still hold.
    - In the 14 days before, 543 m3 came in a day: 60 % of the 904 of ordinary days.
    - By North gate came 10 trucks a day in the last week, 17 on ordinary days; the last convoy set out there on day 51.
    - By South gate came 9.0 trucks a day in the last week, 13 on ordinary days.
    - 112 trucks wait at the frontier (0 on ordinary days), 70 of them on the way to South gate.
    - Of 100 drivers 4 would go on without an escort (100 on ordinary days), over all corridors.
    - 8 trucks were lost since day 30, against 547 that entered (1.5 %); 8 of them in the last two weeks.

Day 64, 6 March 2030
  A convoy enters by South gate, with 50 trucks, the first in 13 days.
    - By North gate came 10 trucks a day in the last week, 17 on ordinary days; the last convoy set out there on day 51.
    - 104 trucks wait at the frontier (0 on ordinary days), 68 of them on the way to North gate.
    - Of 100 drivers 5 would go on without an escort (100 on ordinary days), over all corridors.

Day 65, 7 March 2030
  From now on no convoy sets out for 13 days.
    - By North gate came 12 trucks a day in the last week, 17 on ordinary days; the last convoy set out there on day 51.
    - 102 trucks wait at the frontier (0 on ordinary days), 61 of them on the way to North gate.
    - Of 100 drivers 5 would go on without an escort (100 on ordinary days), over all corridors.

Day 68, 10 March 2030
  The stations of Kessa have fuel again: 67 % of them.
    - In the 7 days before, 514 m3 came in a day: 57 % of the 904 of ordinary days.
    - By South gate came 19 trucks a day in the last week, 13 on ordinary days; the last convoy set out there on day 64.
    - 103 trucks wait at the frontier (0 on ordinary days), 57 of them on the way to North gate.

Day 70, 12 March 2030
  Trucks are let pass again.
    - Trucks that enter go from 26 a day in the two weeks before to 35 a day in the week after.
    - Of 100 drivers 6 would go on without an escort (100 on ordinary days), over all corridors.
  Fuel is gone from the stations of Kessa: 15 % of them have any.
    - On that day 98 % of what is wanted is served, from what depots and homes still hold.
    - In the 14 days before, 656 m3 came in a day: 72 % of the 904 of ordinary days.
    - By North gate came 13 trucks a day in the last week, 17 on ordinary days; the last convoy set out there on day 51.
    - 108 trucks wait at the frontier (0 on ordinary days), 54 of them on the way to North gate.
    - 15 trucks were lost since day 30, against 875 that entered (1.7 %); 8 of them in the last two weeks.

Day 77, 19 March 2030
  A convoy enters by North gate, with 39 trucks, the first in 13 days.
    - 74 trucks wait at the frontier (0 on ordinary days), 51 of them on the way to South gate.
    - Of 100 drivers 8 would go on without an escort (100 on ordinary days), over all corridors.

Day 81, 23 March 2030
  The stations of Kessa have fuel again: 93 % of them.
    - In the 7 days before, 1,080 m3 came in a day: 119 % of the 904 of ordinary days.
    - By North gate came 20 trucks a day in the last week, 17 on ordinary days; the last convoy set out there on day 77.
    - 77 trucks wait at the frontier (0 on ordinary days), 40 of them on the way to North gate.

Day 94, 5 April 2030
  From now on no convoy sets out for 10 days.
    - By North gate came 15 trucks a day in the last week, 17 on ordinary days; the last convoy set out there on day 84.
    - 28 trucks wait at the frontier (0 on ordinary days), 22 of them on the way to North gate.
    - Of 100 drivers 15 would go on without an escort (100 on ordinary days), over all corridors.

Day 103, 14 April 2030
  A convoy enters by North gate, with 26 trucks, the first in 10 days.
    - 49 trucks wait at the frontier (0 on ordinary days), 29 of them on the way to North gate.
    - Of 100 drivers 20 would go on without an escort (100 on ordinary days), over all corridors.

Day 104, 15 April 2030
  From now on no convoy sets out for 17 days.
    - 29 trucks wait at the frontier (0 on ordinary days), 17 of them on the way to South gate.
    - Of 100 drivers 20 would go on without an escort (100 on ordinary days), over all corridors.

Ordinary days are those before day 30.

ledger balances to 8e-16 of what went in
$ shortfall trace scenarios/two-roads.json --lang fr | head -40
Jour 30, 31 janvier 2030
  Le carburant est interdit sur les deux routes.
    - Les camions qui entrent passent de 30 par jour dans les deux semaines d'avant à 16 par jour dans la semaine d'après.
    - Sur 100 chauffeurs, 1 continueraient sans escorte (100 les jours ordinaires), sur l'ensemble des corridors.

Jour 35, 5 février 2030
  Le premier convoi entre par Porte du nord, avec 34 camions.
    - Par Porte du sud sont venus 6,7 camions par jour la dernière semaine, 13 les jours ordinaires.
    - Par Porte du nord sont venus 11 camions par jour la dernière semaine, 17 les jours ordinaires ; le dernier convoi y est parti le jour 35.
    - 74 camions attendent à la frontière (0 les jours ordinaires), dont 44 en route vers Porte du sud.
    - Sur 100 chauffeurs, 1 continueraient sans escorte (100 les jours ordinaires), sur l'ensemble des corridors.

Jour 36, 6 février 2030
  À partir de ce jour, aucun convoi ne part pendant 16 jours.
    - Par Porte du sud sont venus 4,7 camions par jour la dernière semaine, 13 les jours ordinaires.
    - Par Porte du nord sont venus 11 camions par jour la dernière semaine, 17 les jours ordinaires ; le dernier convoi y est parti le jour 35.
    - 97 camions attendent à la frontière (0 les jours ordinaires), dont 55 en route vers Porte du sud.
    - Sur 100 chauffeurs, 1 continueraient sans escorte (100 les jours ordinaires), sur l'ensemble des corridors.

Jour 43, 13 février 2030
  224 camions attendent à la frontière, le maximum de toute la période.
    - Par Porte du nord sont venus 7,9 camions par jour la dernière semaine, 17 les jours ordinaires ; le dernier convoi y est parti le jour 35.
    - Par Porte du sud sont venus 5,3 camions par jour la dernière semaine, 13 les jours ordinaires.
    - 224 camions attendent à la frontière (0 les jours ordinaires), dont 132 en route vers Porte du nord.
    - Sur 100 chauffeurs, 2 continueraient sans escorte (100 les jours ordinaires), sur l'ensemble des corridors.

Jour 44, 14 février 2030
  Carburant : pénurie à Kessa ; 90 % de la demande est servie.
    - Dans les 14 jours précédents, 264 m3 sont arrivés par jour : 29 % des 904 des jours ordinaires.
    - Par Porte du nord sont venus 8,1 camions par jour la dernière semaine, 17 les jours ordinaires ; le dernier convoi y est parti le jour 35.
    - Par Porte du sud sont venus 5,7 camions par jour la dernière semaine, 13 les jours ordinaires.
    - 215 camions attendent à la frontière (0 les jours ordinaires), dont 125 en route vers Porte du nord.
    - Sur 100 chauffeurs, 2 continueraient sans escorte (100 les jours ordinaires), sur l'ensemble des corridors.
  Carburant : plus rien dans les stations de Kessa ; 15 % en ont encore.
    - Ce jour-là, 90 % de la demande est servie, avec ce que dépôts et ménages ont encore.

Jour 47, 17 février 2030
  Stock épuisé (carburant, Kessa) : il reste 1,0 jours de consommation ordinaire.
    - Ce jour-là, 70 % de la demande est servie, avec ce que dépôts et ménages ont encore.
    - Dans les 14 jours précédents, 260 m3 sont arrivés par jour : 29 % des 904 des jours ordinaires.
$ shortfall trace scenarios/two-roads.json --chain --day 33 --until 36 | tail -8 | sed "/^replication/d"
2030-02-03 00:00  day 33   event         Attack on the forest road
2030-02-05 06:00  day 35   convoy        convoy of 34 trucks leaves North post for North gate with an escort
2030-02-05 12:00  day 35   gate          30 trucks wait at North post
2030-02-05 12:00  day 35   gate          44 trucks wait at South post
2030-02-05 14:26  day 35   attack        attack on a convoy (34) before Kessa is repelled

ledger balances to 8e-16 of what went in
$ shortfall trace scenarios/two-roads.json -o $T/story.html; sed -n '1,2p' $T/story.html | cut -c1-80; grep -c '<li class=' $T/story.html; grep -c 'http\|<script\|@import\|url(' $T/story.html
Written: $T/story.html
<!DOCTYPE html>
<html lang="en" dir="ltr"><head><meta charset="utf-8"><meta name="viewport" cont
23
0
[exit 1]
$ shortfall trace scenarios/two-roads.json -o $T/none/story.html
shortfall trace: cannot write $T/none/story.html: No such file or directory
[exit 1]
$ shortfall trace scenarios/two-roads.json --day 30 --until 40 | sed "/^replication/d"
2030-01-31 00:00  day 30   event         Fuel is banned on both roads
2030-02-03 00:00  day 33   event         Attack on the forest road
2030-02-05 06:00  day 35   convoy        convoy of 34 trucks leaves North post for North gate with an escort
2030-02-05 12:00  day 35   gate          30 trucks wait at North post
2030-02-05 12:00  day 35   gate          44 trucks wait at South post
2030-02-05 14:26  day 35   attack        attack on a convoy (34) before Kessa is repelled
2030-02-07 03:20  day 37   convoy-end    convoy that entered at North gate reached its end with 34 of 34 trucks; 0 went to places on the way

ledger balances to 8e-16 of what went in
$ shortfall trace scenarios/two-roads.json --kind convoy --replication 3 | sed "/^replication/d"
2030-02-05 06:00  day 35   convoy        convoy of 26 trucks leaves North post for North gate with an escort
2030-02-07 15:20  day 37   convoy-end    convoy that entered at North gate reached its end with 7 of 26 trucks; 0 went to places on the way
2030-02-15 19:55  day 45   convoy        convoy of 55 trucks leaves North post for North gate with an escort
2030-02-17 05:15  day 47   convoy-end    convoy that entered at North gate reached its end with 55 of 55 trucks; 0 went to places on the way
2030-02-26 03:33  day 56   convoy        convoy of 59 trucks leaves North post for North gate with an escort
2030-02-27 12:53  day 57   convoy-end    convoy that entered at North gate reached its end with 59 of 59 trucks; 0 went to places on the way
2030-03-05 23:13  day 63   convoy        convoy of 45 trucks leaves South post for South gate with an escort
2030-03-07 13:53  day 65   convoy-end    convoy that entered at South gate reached its end with 45 of 45 trucks; 0 went to places on the way
2030-03-15 10:49  day 73   convoy        convoy of 59 trucks leaves South post for South gate with an escort
2030-03-17 01:29  day 75   convoy-end    convoy that entered at South gate reached its end with 59 of 59 trucks; 0 went to places on the way
2030-03-28 04:48  day 86   convoy        convoy of 55 trucks leaves North post for North gate with an escort
2030-03-29 14:08  day 87   convoy-end    convoy that entered at North gate reached its end with 55 of 55 trucks; 0 went to places on the way
2030-04-06 03:41  day 95   convoy        convoy of 38 trucks leaves South post for South gate with an escort
2030-04-07 18:21  day 96   convoy-end    convoy that entered at South gate reached its end with 38 of 38 trucks; 0 went to places on the way
2030-04-17 19:08  day 106  convoy        convoy of 35 trucks leaves North post for North gate with an escort
2030-04-19 04:28  day 108  convoy-end    convoy that entered at North gate reached its end with 35 of 35 trucks; 0 went to places on the way

ledger balances to 1e-15 of what went in
$ shortfall trace scenarios/two-roads.json --set /models/drivers/announcement_risk=0 --day 33 --until 36 | sed "/^replication/d"
2030-02-03 00:00  day 33   event         Attack on the forest road
2030-02-03 08:13  day 33   attack        trucks on their own (5) hit before Kessa: 5 destroyed, 0 seized, 0 turned back
2030-02-04 08:13  day 34   attack        trucks on their own (4) hit before Kessa: 1 destroyed, 0 seized, 0 turned back

ledger balances to 1e-15 of what went in
$ shortfall trace scenarios/two-roads.json --log >$T/one; shortfall trace scenarios/two-roads.json --log >$T/two; cmp $T/one $T/two
$ shortfall trace scenarios/two-roads.json --log --seed 2 >$T/two; cmp -s $T/one $T/two
[exit 1]
