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

Day 44, 14 February 2030
  221 trucks wait at the frontier, the most of the whole time.
    - By North gate came 7.7 trucks a day in the last week, 17 on ordinary days; the last convoy set out there on day 35.
    - By South gate came 5.3 trucks a day in the last week, 13 on ordinary days.
    - 221 trucks wait at the frontier (0 on ordinary days), 127 of them on the way to North gate.
    - Of 100 drivers 2 would go on without an escort (100 on ordinary days), over all corridors.
  Most stations of Kessa are out of fuel: 15 % of them have any.
    - On that day 88 % of what is wanted is served, from what depots and homes still hold.
    - In the 14 days before, 260 m3 came in a day: 29 % of the 904 of ordinary days.
    - 1 truck was lost since day 30, against 215 that entered (0.5 %); 1 in the last two weeks.

Day 45, 15 February 2030
  Fuel runs short in Kessa: 62 % of what is wanted is served.
    - In the 14 days before, 225 m3 came in a day: 25 % of the 904 of ordinary days.
    - By North gate came 8.0 trucks a day in the last week, 17 on ordinary days; the last convoy set out there on day 35.
    - By South gate came 6.0 trucks a day in the last week, 13 on ordinary days.
    - No convoy has set out for 10 days.
    - 215 trucks wait at the frontier (0 on ordinary days), 124 of them on the way to North gate.
    - Of 100 drivers 2 would go on without an escort (100 on ordinary days), over all corridors.
    - 1 truck was lost since day 30, against 233 that entered (0.4 %); 1 in the last two weeks.

Day 46, 16 February 2030
  The stock of fuel in Kessa is all but gone: 1.0 days of ordinary use are left.
    - On that day 68 % of what is wanted is served, from what depots and homes still hold.
    - In the 14 days before, 202 m3 came in a day: 22 % of the 904 of ordinary days.
    - By North gate came 9.3 trucks a day in the last week, 17 on ordinary days; the last convoy set out there on day 35.
    - By South gate came 6.4 trucks a day in the last week, 13 on ordinary days.
    - No convoy has set out for 11 days.
    - 206 trucks wait at the frontier (0 on ordinary days), 117 of them on the way to North gate.
    - Of 100 drivers 2 would go on without an escort (100 on ordinary days), over all corridors.
    - 1 truck was lost since day 30, against 256 that entered (0.4 %); 1 in the last two weeks.

Day 51, 21 February 2030
  A convoy enters by North gate, with 60 trucks, the first in 16 days.
    - By South gate came 7.9 trucks a day in the last week, 13 on ordinary days.
    - 185 trucks wait at the frontier (0 on ordinary days), 108 of them on the way to North gate.
    - Of 100 drivers 3 would go on without an escort (100 on ordinary days), over all corridors.

Day 52, 22 February 2030
  From now on no convoy sets out for 13 days.
    - By South gate came 7.7 trucks a day in the last week, 13 on ordinary days.
    - 129 trucks wait at the frontier (0 on ordinary days), 82 of them on the way to South gate.
    - Of 100 drivers 3 would go on without an escort (100 on ordinary days), over all corridors.

Day 54, 24 February 2030
  The worst day for fuel in Kessa: 0 % of what is wanted is served.
    - In the 14 days before, 280 m3 came in a day: 31 % of the 904 of ordinary days.
    - By South gate came 7.6 trucks a day in the last week, 13 on ordinary days.
    - 126 trucks wait at the frontier (0 on ordinary days), 77 of them on the way to South gate.
    - Of 100 drivers 3 would go on without an escort (100 on ordinary days), over all corridors.
    - 3 trucks were lost since day 30, against 468 that entered (0.6 %); 3 of them in the last two weeks.
    - Fuel customs, Kessa: 24 trucks are in the queue (2 on ordinary days).

Day 56, 26 February 2030
  The stations of Kessa have fuel again: 93 % of them.
    - In the 7 days before, 784 m3 came in a day: 87 % of the 904 of ordinary days.
    - By North gate came 19 trucks a day in the last week, 17 on ordinary days; the last convoy set out there on day 51.
    - 138 trucks wait at the frontier (0 on ordinary days), 87 of them on the way to South gate.
  Fuel recovers in Kessa: 100 % of what is wanted is served again.

Day 59, 1 March 2030
  Most stations of Kessa are out of fuel: 0 % of them have any.
    - On that day 68 % of what is wanted is served, from what depots and homes still hold.
    - In the 14 days before, 553 m3 came in a day: 61 % of the 904 of ordinary days.
    - By North gate came 10 trucks a day in the last week, 17 on ordinary days; the last convoy set out there on day 51.
    - By South gate came 9.0 trucks a day in the last week, 13 on ordinary days.
    - 140 trucks wait at the frontier (0 on ordinary days), 75 of them on the way to South gate.
    - Of 100 drivers 4 would go on without an escort (100 on ordinary days), over all corridors.
    - 4 trucks were lost since day 30, against 560 that entered (0.7 %); 3 of them in the last two weeks.

Day 60, 2 March 2030
  The stock of fuel in Kessa is all but gone: 1.0 days of ordinary use are left.
    - On that day 75 % of what is wanted is served, from what depots and homes still hold.
    - In the 14 days before, 569 m3 came in a day: 63 % of the 904 of ordinary days.
    - By North gate came 10 trucks a day in the last week, 17 on ordinary days; the last convoy set out there on day 51.
    - By South gate came 8.6 trucks a day in the last week, 13 on ordinary days.
    - 159 trucks wait at the frontier (0 on ordinary days), 85 of them on the way to South gate.
    - Of 100 drivers 4 would go on without an escort (100 on ordinary days), over all corridors.
    - 5 trucks were lost since day 30, against 584 that entered (0.9 %); 4 of them in the last two weeks.

Day 64, 6 March 2030
  A convoy enters by North gate, with 52 trucks, the first in 13 days.
    - 139 trucks wait at the frontier (0 on ordinary days), 74 of them on the way to North gate.
    - Of 100 drivers 5 would go on without an escort (100 on ordinary days), over all corridors.

Day 65, 7 March 2030
  From now on no convoy sets out for 13 days.
    - 86 trucks wait at the frontier (0 on ordinary days), 63 of them on the way to South gate.
    - Of 100 drivers 5 would go on without an escort (100 on ordinary days), over all corridors.

Day 69, 11 March 2030
  The stations of Kessa have fuel again: 93 % of them.
    - In the 7 days before, 958 m3 came in a day: 106 % of the 904 of ordinary days.
    - 107 trucks wait at the frontier (0 on ordinary days), 74 of them on the way to South gate.

Day 70, 12 March 2030
  Trucks are let pass again.
    - Trucks that enter go from 27 a day in the two weeks before to 35 a day in the week after.
    - Of 100 drivers 6 would go on without an escort (100 on ordinary days), over all corridors.

Day 74, 16 March 2030
  Most stations of Kessa are out of fuel: 17 % of them have any.
    - On that day 100 % of what is wanted is served, from what depots and homes still hold.
    - By North gate came 12 trucks a day in the last week, 17 on ordinary days; the last convoy set out there on day 64.
    - No convoy has set out for 10 days.
    - 126 trucks wait at the frontier (0 on ordinary days), 92 of them on the way to South gate.
    - Of 100 drivers 8 would go on without an escort (100 on ordinary days), over all corridors.
    - 9 trucks were lost since day 30, against 1,000 that entered (0.9 %); 4 of them in the last two weeks.

Day 77, 19 March 2030
  A convoy enters by South gate, with 51 trucks, the first in 13 days.
    - By North gate came 14 trucks a day in the last week, 17 on ordinary days; the last convoy set out there on day 64.
    - 82 trucks wait at the frontier (0 on ordinary days), 49 of them on the way to North gate.
    - Of 100 drivers 9 would go on without an escort (100 on ordinary days), over all corridors.

Day 81, 23 March 2030
  The stations of Kessa have fuel again: 75 % of them.
    - In the 7 days before, 681 m3 came in a day: 75 % of the 904 of ordinary days.
    - By South gate came 20 trucks a day in the last week, 13 on ordinary days; the last convoy set out there on day 77.
    - 89 trucks wait at the frontier (0 on ordinary days), 60 of them on the way to North gate.

Day 95, 6 April 2030
  From now on no convoy sets out for 10 days.
    - 35 trucks wait at the frontier (0 on ordinary days), 31 of them on the way to South gate.
    - Of 100 drivers 16 would go on without an escort (100 on ordinary days), over all corridors.

Day 104, 15 April 2030
  A convoy enters by North gate, with 26 trucks, the first in 10 days.
    - Of 100 drivers 21 would go on without an escort (100 on ordinary days), over all corridors.

Day 105, 16 April 2030
  From now on no convoy sets out for 16 days.
    - 23 trucks wait at the frontier (0 on ordinary days), 20 of them on the way to South gate.
    - Of 100 drivers 22 would go on without an escort (100 on ordinary days), over all corridors.

Ordinary days are those before day 30.

the ledger balances (to 1e-16 of what went in)
$ shortfall trace scenarios/two-roads.json --lang fr | head -40
Jour 30, 31 janvier 2030
  Le carburant est interdit sur les deux routes.
    - Les camions qui entrent passent de 30 par jour dans les deux semaines d'avant à 16 par jour dans la semaine d'après.
    - Sur 100 chauffeurs, 1 continueraient sans escorte (100 les jours ordinaires), sur l'ensemble des corridors.

Jour 35, 5 février 2030
  Le premier convoi entre par Porte du nord, avec 34 camions.
    - Par Porte du sud sont venus 6,7 camions par jour la dernière semaine, 13 les jours ordinaires.
    - Par Porte du nord sont venus 11 camions par jour la dernière semaine, 17 les jours ordinaires ; le dernier convoi y est parti le jour 35.
    - 74 camions attendent à la frontière (0 les jours ordinaires), dont 44 en route vers Porte du sud.
    - Sur 100 chauffeurs, 1 continueraient sans escorte (100 les jours ordinaires), sur l'ensemble des corridors.

Jour 36, 6 février 2030
  À partir de ce jour, aucun convoi ne part pendant 16 jours.
    - Par Porte du sud sont venus 4,7 camions par jour la dernière semaine, 13 les jours ordinaires.
    - Par Porte du nord sont venus 11 camions par jour la dernière semaine, 17 les jours ordinaires ; le dernier convoi y est parti le jour 35.
    - 97 camions attendent à la frontière (0 les jours ordinaires), dont 55 en route vers Porte du sud.
    - Sur 100 chauffeurs, 1 continueraient sans escorte (100 les jours ordinaires), sur l'ensemble des corridors.

Jour 44, 14 février 2030
  221 camions attendent à la frontière, le maximum de toute la période.
    - Par Porte du nord sont venus 7,7 camions par jour la dernière semaine, 17 les jours ordinaires ; le dernier convoi y est parti le jour 35.
    - Par Porte du sud sont venus 5,3 camions par jour la dernière semaine, 13 les jours ordinaires.
    - 221 camions attendent à la frontière (0 les jours ordinaires), dont 127 en route vers Porte du nord.
    - Sur 100 chauffeurs, 2 continueraient sans escorte (100 les jours ordinaires), sur l'ensemble des corridors.
  La plupart des stations de Kessa sont à sec (carburant) : 15 % en ont encore.
    - Ce jour-là, 88 % de la demande est servie, avec ce que dépôts et ménages ont encore.
    - Dans les 14 jours précédents, 260 m3 sont arrivés par jour : 29 % des 904 des jours ordinaires.
    - 1 camion a été perdu depuis le jour 30, pour 215 entrés (0,5 %) ; 1 dans les deux dernières semaines.

Jour 45, 15 février 2030
  Carburant : pénurie à Kessa ; 62 % de la demande est servie.
    - Dans les 14 jours précédents, 225 m3 sont arrivés par jour : 25 % des 904 des jours ordinaires.
    - Par Porte du nord sont venus 8,0 camions par jour la dernière semaine, 17 les jours ordinaires ; le dernier convoi y est parti le jour 35.
    - Par Porte du sud sont venus 6,0 camions par jour la dernière semaine, 13 les jours ordinaires.
    - Aucun convoi n'est parti depuis 10 jours.
    - 215 camions attendent à la frontière (0 les jours ordinaires), dont 124 en route vers Porte du nord.
    - Sur 100 chauffeurs, 2 continueraient sans escorte (100 les jours ordinaires), sur l'ensemble des corridors.
    - 1 camion a été perdu depuis le jour 30, pour 233 entrés (0,4 %) ; 1 dans les deux dernières semaines.

$ shortfall trace scenarios/two-roads.json --chain --day 33 --until 36 | tail -8 | sed "/^replication/d"
2030-02-05 06:00  day 35   convoy        convoy of 34 trucks leaves North post for North gate with an escort
2030-02-05 12:00  day 35   gate          30 trucks wait at North post
2030-02-05 12:00  day 35   gate          44 trucks wait at South post
2030-02-05 14:26  day 35   attack        attack on a convoy (34) before Kessa is repelled
2030-02-05 14:26  day 35   attack        attack on a convoy (34) before Kessa is repelled

the ledger balances (to 1e-16 of what went in)
$ shortfall trace scenarios/two-roads.json -o $T/story.html; sed -n '1,2p' $T/story.html | cut -c1-80; grep -c '<li class=' $T/story.html; grep -c 'https\?:\|<script\|@import\|url(' $T/story.html
Written: $T/story.html
<!DOCTYPE html>
<html lang="en" dir="ltr">
24
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
2030-02-05 14:26  day 35   attack        attack on a convoy (34) before Kessa is repelled
2030-02-07 15:20  day 37   convoy-end    convoy that entered at North gate reached its end; trucks: 34 of 34; went to places on the way: 0

the ledger balances (to 1e-16 of what went in)
$ shortfall trace scenarios/two-roads.json --kind convoy --replication 3 | sed "/^replication/d"
2030-02-05 06:00  day 35   convoy        convoy of 26 trucks leaves North post for North gate with an escort
2030-02-07 03:20  day 37   convoy-end    convoy that entered at North gate reached its end; trucks: 7 of 26; went to places on the way: 0
2030-02-15 07:55  day 45   convoy        convoy of 51 trucks leaves North post for North gate with an escort
2030-02-16 17:15  day 46   convoy-end    convoy that entered at North gate reached its end; trucks: 51 of 51; went to places on the way: 0
2030-02-25 15:33  day 55   convoy        convoy of 45 trucks leaves North post for North gate with an escort
2030-02-27 00:53  day 57   convoy-end    convoy that entered at North gate reached its end; trucks: 45 of 45; went to places on the way: 0
2030-03-05 11:13  day 63   convoy        convoy of 60 trucks leaves South post for South gate with an escort
2030-03-07 01:53  day 65   convoy-end    convoy that entered at South gate reached its end; trucks: 60 of 60; went to places on the way: 0
2030-03-14 22:49  day 72   convoy        convoy of 52 trucks leaves North post for North gate with an escort
2030-03-16 08:09  day 74   convoy-end    convoy that entered at North gate reached its end; trucks: 52 of 52; went to places on the way: 0
2030-03-27 11:28  day 85   convoy        convoy of 46 trucks leaves North post for North gate with an escort
2030-03-28 20:48  day 86   convoy-end    convoy that entered at North gate reached its end; trucks: 46 of 46; went to places on the way: 0
2030-04-05 10:21  day 94   convoy        convoy of 35 trucks leaves North post for North gate with an escort
2030-04-06 19:41  day 95   convoy-end    convoy that entered at North gate reached its end; trucks: 35 of 35; went to places on the way: 0
2030-04-16 20:28  day 105  convoy        convoy of 31 trucks leaves North post for North gate with an escort
2030-04-18 05:48  day 107  convoy-end    convoy that entered at North gate reached its end; trucks: 31 of 31; went to places on the way: 0

the ledger balances (to 4e-16 of what went in)
$ shortfall trace scenarios/two-roads.json --set /models/drivers/announcement_risk=0 --day 33 --until 36 | sed "/^replication/d"
2030-02-03 00:00  day 33   event         Attack on the forest road
2030-02-03 08:13  day 33   attack        trucks on their own (5) hit before Kessa: 5 destroyed, 0 seized, 0 turned back
2030-02-05 16:53  day 35   attack        trucks on their own (5) hit before Kessa: 1 destroyed, 0 seized, 0 turned back
2030-02-06 16:53  day 36   attack        trucks on their own (4) hit before Kessa: 1 destroyed, 0 seized, 0 turned back

the ledger balances exactly
$ shortfall trace scenarios/two-roads.json --log >$T/one; shortfall trace scenarios/two-roads.json --log >$T/two; cmp $T/one $T/two
$ shortfall trace scenarios/two-roads.json --log --seed 2 >$T/two; cmp -s $T/one $T/two
[exit 1]
$ shortfall trace scenarios/lessons/1-road.json | tail -n 1; shortfall trace --lang fr scenarios/lessons/1-road.json | tail -n 1
the ledger balances exactly
le bilan est exactement juste
$ for lang in en fr; do shortfall run --lang $lang -n 2 --no-plots --force -o $T/road scenarios/lessons/1-road.json 2>&1 | sed -n "1s/.*; //p"; shortfall run --lang $lang -n 2 --no-plots --force -o $T/road scenarios/two-roads.json 2>&1 | sed -n "1s/.*; //p"; done
every ledger balances exactly
every ledger balances (to 4e-16 of what went in)
chaque bilan est exactement juste
chaque bilan est juste (à 4e-16 près de ce qui est entré)
