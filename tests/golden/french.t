# What is said in French: a story, mistakes, and a page of the manual.
$ shortfall trace scenarios/two-roads.json --lang fr --day 30 --until 40 | sed "/^replication/d;/^simulation/d;/^bilan/d;/^ledger/d"
2030-01-31 00:00  jour 30   event         Le carburant est interdit sur les deux routes
2030-02-03 00:00  jour 33   event         Attaque sur la route de la forêt
2030-02-05 06:00  jour 35   convoy        un convoi de 34 camions quitte Poste du nord pour Porte du nord sous escorte
2030-02-05 12:00  jour 35   gate          30 camions attendent à Poste du nord
2030-02-05 12:00  jour 35   gate          44 camions attendent à Poste du sud
2030-02-05 14:26  jour 35   attack        attaque contre un convoi (34) avant Kessa : repoussée
2030-02-05 14:26  jour 35   attack        attaque contre un convoi (34) avant Kessa : repoussée
2030-02-07 15:20  jour 37   convoy-end    le convoi entré à Porte du nord arrive à son terme ; camions : 34 sur 34 ; destinés à des lieux en chemin : 0

le bilan est juste (à 1e-16 près de ce qui est entré)
$ shortfall trace scenarios/two-roads.json --lang fr --day 33 --until 36 --set /models/drivers/announcement_risk=0 | grep "^20"
2030-02-03 00:00  jour 33   event         Attaque sur la route de la forêt
2030-02-03 08:13  jour 33   attack        camions sans escorte (5) attaqués avant Kessa : détruits 5, saisis 0, refoulés 0
2030-02-05 16:53  jour 35   attack        camions sans escorte (5) attaqués avant Kessa : détruits 1, saisis 0, refoulés 0
2030-02-06 16:53  jour 36   attack        camions sans escorte (4) attaqués avant Kessa : détruits 1, saisis 0, refoulés 0
$ shortfall check --lang fr scenarios/bad/word-unknown.json 2>&1 | head -n 1
scenarios/bad/word-unknown.json:3:36: /links/port-north/mode: « raod » est inconnu ; choix possibles : road, rail, river, air ; vouliez-vous dire « road » ?
$ shortfall check --lang fr scenarios/bad/event-no-date.json 2>&1 | head -n 1
scenarios/bad/event-no-date.json:3:24: /events/relief: il manque « date », ou un « trigger » qui en tient lieu
$ shortfall models --lang fr | grep "^convoy"
convoy/air-cover           une couverture aérienne pour les convois
convoy/emergency           un convoi exceptionnel quand la ville est à sec
convoy/escort              un nombre limité d'escortes fait entrer des convois
convoy/handover            une force d'escorte prend la relève d'une autre
$ shortfall explain --lang fr convoy/handover | head -n 6
convoy/handover - une force d'escorte prend la relève d'une autre

Multiplie la force des escortes par before_frac jusqu'à « from », puis par
une valeur qui va en ligne droite à dip_frac au milieu de handover_days et
de là, en ligne droite, à after_frac à leur fin. Indicateur : quality_ratio.
Tous ces nombres sont des hypothèses.
