# The same in French. CSV, JSON and the rows that workers keep stay English.
$ shortfall --help --lang fr
Exemple : shortfall run scenarios/bamako-2025.json

Utilisation :
  shortfall COMMANDE [options] FICHIER

Simule l'approvisionnement d'une ville par des routes qu'un adversaire perturbe.

Commandes :
  check        trouver toutes les erreurs d'un scénario, lister les hypothèses
  diff         ce qui diffère entre deux scénarios, en mots
  run          faire des simulations, écrire tableaux et figures
  compare      comparer des scénarios à un autre sur les mêmes hasards
  rank         trouver le meilleur de plusieurs scénarios en peu de simulations
  sweep        simuler un scénario aux points d'un plan
  sensitivity  de quoi dépendent les résultats d'un balayage
  score        comparer les simulations à ce qui a été vu
  fit          ajuster les nombres incertains aux observations
  explore      changer un scénario dans le navigateur et observer
  plot         redessiner les figures d'un dossier de résultats
  report       mettre un dossier de résultats en une page à lire et à envoyer
  rerun        refaire des résultats et dire s'ils sont les mêmes
  export       résultats en classeur, ou en carte pour un SIG
  trace        raconter une simulation
  network      itinéraires, capacité, fermetures et fiabilité du réseau
  new          un scénario de vos tableaux de lieux, de routes et de
               ravitaillement
  today        faire partir un scénario des stocks et flux du jour
  models       lister les modèles qu'un scénario peut activer
  explain      expliquer un modèle ou une partie du format des scénarios
  completion   afficher un script qui complète les lignes de commande

Options :
  --lang=LANG  Langue des textes et des figures (par défaut celle du système)
  --color=auto|always|never
               Couleurs (par défaut auto : sur un terminal et sans NO_COLOR)
  -h, --help   Afficher cette aide ; après une commande, la sienne
  --version    Afficher les versions du programme et de ce dont il est fait

shortfall COMMANDE --help en dit plus. Code de retour : 0 fait, 1 échec d'une
simulation, 2 mauvais usage, 3 le scénario a des erreurs, 4 échec d'un programme
extérieur, 5 des résultats ne sont pas ce que dit leur manifeste.
$ shortfall chek --lang fr
shortfall : il n'y a pas de commande « chek » ; vouliez-vous dire « check » ?
Essayez : shortfall --help
[exit 2]
$ LANGUAGE=fr shortfall run --nothing
shortfall run : il n'y a pas d'option --nothing
Essayez : shortfall run --help
[exit 2]
$ shortfall run --lang fr -n many
shortfall run : --replications prend un nombre entier, pas « many »
Essayez : shortfall run --help
[exit 2]
$ shortfall check --lang fr scenarios/two-roads.json
scenarios/two-roads.json: Deux routes vers une capitale
6 lieux, 6 tronçons, 2 expéditions, 2 marchés, 4 demandes, 3 événements, 8 modèles

supposé         99 nombres, dont 4 tirés au sort
par défaut      30 nombres des modèles ne sont pas écrits dans les fichiers
$ shortfall check --lang fr scenarios/bad/assumption-unknown.json
scenarios/bad/assumption-unknown.json:3:59: /markets/kessa-fuel/depot_days/assumption: « fuel_depot_day » ne figure pas sous /assumptions ; vouliez-vous dire « fuel_depot_days » ?
1 erreur ; rien n'a été écrit
[exit 3]
$ shortfall run --lang fr scenarios/two-roads.json -n 6 -j 1 -q --no-plots -o $T/fr && cat $T/fr/summary.txt
Deux routes vers une capitale
=============================

du 2030-01-01 au 2030-04-30 (120 jours), 6 simulations, graine 1, scénario 77acbe99

Ce qui en est sorti pour Kessa
------------------------------
Médiane des simulations et, entre parenthèses, la bande qui en contient 90 % ;
+- est l'intervalle de confiance à 95 % de la moyenne. Il y a pénurie quand, pendant
2 jours de suite ou plus, moins de 50 % de la demande est servie.

Carburant
  pénurie     dès le 2030-02-19 (2030-02-13 à 2030-02-24)
              dans 100 % des simulations ; elle dure 12 (4 à 16) jours
  servi       86,1 % (84,5 à 91,9) de la demande ; moyenne 87,2 +- 3,4
  a tenu      49 (43 à 54) jours à partir du 2030-01-01
  perte       16,7 (9,7 à 18,6) jours de service complet
  privés      1,3 (0,9 à 1,4) millions de personnes-jours, Hôpitaux
  privés      15,4 (10,2 à 16,7) millions de personnes-jours, Transports
  privés      9,6 (3,8 à 11,2) millions de personnes-jours, Ménages

Riz
  pénurie     dans aucune simulation
  servi       100,0 % (100,0 à 100,0) de la demande ; moyenne 100,0 +- 0,0

Sur les routes
--------------
camions entrés par jour        27,3 (27,0 à 28,6)
camions perdus sur la période  23 (10 à 38)
convois sur la période         8 (7 à 9)

Ce qui l'a causée
-----------------
Les causes n'ont pas été cherchées : il faut 50 simulations ou plus (-n).

Les quantités sont-elles justes ?
---------------------------------
Plus grand déséquilibre d'un produit dans une simulation : 6,8e-16 de ce
qui est entré (ledger.csv).

Sur quoi cela repose
--------------------
99 nombres ; 4 d'entre eux suivent 2 valeurs incertaines, tirées de
nouveau à chaque simulation (assumptions.csv donne chacun avec sa
source). Par degré de confiance :
  supposé     99

Ce que ceci n'est pas
---------------------
Pas une prévision : il dit ce qui découle des hypothèses, et les bandes ne
contiennent pas plus d'incertitude que les hypothèses. Pas une alerte
précoce. Pas une source sur la position de qui que ce soit : il connaît des
corridors, pas des positions. Il éprouve la solidité d'un ravitaillement ;
il ne prépare aucune attaque.

Fichiers
--------
run-outs.csv      probabilité que la capitale soit à sec, jour par jour
curves.csv        jour par jour : lieu, produit, catégorie, série, bande
weekly.csv        ce qui est arrivé et s'est perdu, semaine par semaine
metrics.csv       un nombre par simulation : bande et intervalle de confiance
samples.csv       les mêmes, simulation par simulation
events.csv        ce qui s'est passé dans la simulation 0
ledger.csv        où sont allées les quantités
assumptions.csv   chaque nombre du scénario, avec sa source
replications.csv  quelles simulations ont été faites, et leur fin
manifest.json     scénario, graine, version : de quoi recommencer
causes.csv        ce qui l'a causée : le même calcul, une chose retirée
$ shortfall run scenarios/two-roads.json -n 6 -j 1 -q --no-plots -o $T/en && cd $T && for f in en/*.csv; do cmp $f fr/${f#en/}; done
$ shortfall compare --lang fr scenarios/two-roads.json scenarios/example.json -n 20 -q
two-roads: Deux routes vers une capitale

Personnes-jours sans : Carburant, Kessa  [kessa/fuel/person_days_without]
scénario      moyenne  différence  intervalle à 95 %  verdict                          corrélation
two-roads  25937822,1                                 la référence
example                                               non enregistré dans ce scénario

Personnes-jours sans : Riz, Kessa  [kessa/rice/person_days_without]
scénario   moyenne  différence  intervalle à 95 %  verdict                          corrélation
two-roads        0                                 la référence
example                                            non enregistré dans ce scénario

Jours de pénurie : Carburant, Kessa  [kessa/fuel/shortage_days_count]
scénario   moyenne  différence  intervalle à 95 %  verdict                          corrélation
two-roads     11,7                                 la référence
example                                            non enregistré dans ce scénario

Demande non servie (m3) : Carburant, Kessa  [kessa/fuel/unmet_m3]
scénario   moyenne  différence  intervalle à 95 %  verdict                          corrélation
two-roads  14872,9                                 la référence
example                                            non enregistré dans ce scénario

Camions perdus  [/lost_count]
scénario   moyenne  différence  intervalle à 95 %  verdict                        corrélation
two-roads       21                                 la référence
example         17          -4  -11 à 2            pas de différence discernable         -0,4

Comment lire ceci
20 simulations de chaque scénario, graine 1, sur les mêmes hasards : comparées paire par paire.
Les différences sont la valeur du scénario moins celle de two-roads.
Une comparaison par métrique, à 95 % (t de Student des différences).
Corrélation : ce que font les mêmes hasards ; près de 1, peu de simulations distinguent les scénarios,
près de 0, elle n'aide pas.
La même chose dans chaque simulation de chaque scénario :
  Coût des leviers (XOF) : 0  [/cost_xof]
$ shortfall compare --lang fr scenarios/two-roads.json scenarios/example.json -n 20 -q --csv | head -n 2
measure,scenario,reference,pairs_count,both_count,reference_only_count,scenario_only_count,neither_count,happened_p,mean_reference,mean,difference,low,high,level_frac,p,p_holm,correlation,variance_ratio,xof_per_person_day,xof_per_person_day_low,xof_per_person_day_high,verdict,warning
kessa/fuel/person_days_without,example,two-roads,,,,,,,,,,,,,,,,,,,,not recorded in this scenario,
$ shortfall network --lang fr scenarios/two-roads.json --table routes
Réseau de « Deux routes vers une capitale » : 6 lieux, 6 tronçons (0 fermés) ; les camions roulent 12 h par jour, saison sèche

Itinéraires, le plus court d'abord (heures d'un camion chargé sans files d'attente)
de    à      rang   km  heures  camions/jour  frontière       camions/jour là  par
port  kessa     1  645    32,7   sans limite  north-frontier      sans limite  port north-post north-gate kessa
port  kessa     2  765      38   sans limite  south-frontier      sans limite  port south-post south-gate kessa
$ shortfall models --lang fr | head -n 3
allocation/equal-awards    la même quantité pour chacun
allocation/equal-losses    chacun renonce à la même quantité
allocation/lottery         servis dans un ordre tiré au sort
