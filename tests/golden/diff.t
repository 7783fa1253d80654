# What differs between two scenarios.
$ shortfall diff scenarios/two-roads.json scenarios/two-roads.json
A: scenarios/two-roads.json
B: scenarios/two-roads.json
No difference in what is run.
$ shortfall diff scenarios/two-roads.json --set /models/escorts/escorts_count=2 --set /models/ambushes/enabled=false --set /events/ban/date=2030-02-02 --set /links/port-north/km=400 --set '/demands/fuel-hospital/persons_count={"value": 50000, "confidence": "estimate"}'
A: scenarios/two-roads.json
B: scenarios/two-roads.json + /models/escorts/escorts_count=2 + /models/ambushes/enabled=false + /events/ban/date=2030-02-02 + /links/port-north/km=400 + /demands/fuel-hospital/persons_count={"value": 50000, "confidence": "estimate"}
Different: 2 numbers, 1 model, 1 event.

Models
  - "ambushes, interdiction/ambush" is switched off (/models/ambushes; model, assumed)
  - escorts, escorts in the pool: 1 → 2 (+100 %) (/models/escorts/escorts_count; model, assumed)

Roads and other ways
  - Coast road, length: 360 → 400 (+11 %) (/links/port-north/km; model, assumed)

Events
  - Fuel is banned on both roads, the day: 31 January 2030 → 2 February 2030 (/events/ban/date; model, assumed)

Names, sources and notes (they change nothing that is run)
  - /demands/fuel-hospital/persons_count: model, assumed → model, estimate
$ shortfall diff scenarios/bamako-2025.json scenarios/lever-reserve.json | cut -c1-140
A: scenarios/bamako-2025.json
B: scenarios/lever-reserve.json
Different: 2 models, 3 events.

Models
  - "reserve-petrol, supply/support" is added (/models/reserve-petrol; model, assumed)
      rows=lever-reserve-petrol; commodity=petrol
  - "reserve-diesel, supply/support" is added (/models/reserve-diesel; model, assumed)
      rows=lever-reserve-diesel; commodity=diesel

Events
  - "Lever: the reserve is kept" is added (/events/lever-reserve-upkeep; model, assumed)
      kind=lever; date=2025-07-01; cost_xof_per_day=4500000
  - "Lever: petrol is released from the reserve" is added (/events/lever-reserve-petrol; AFB, assumed)
      kind=support; trigger=bamako/petrol/stations_open_frac; trigger_below=0.5; delay_days=2; value=8000; duration_days=5
  - "Lever: diesel is released from the reserve" is added (/events/lever-reserve-diesel; AFB, assumed)
      kind=support; trigger=bamako/diesel/stations_open_frac; trigger_below=0.5; delay_days=2; value=12000; duration_days=5

Names, sources and notes (they change nothing that is run)
  - /name: bamako-2025 → lever-reserve
  - /title: Bamako under the fuel blockade of 2025 → Lever: a reserve of 20,000 m3 released when stations run dry
  - /description: The blockade announced on 3 September 2025: dated announcem… → A reserve of about three days of national use is kept o
$ shortfall diff scenarios/bamako-2025.json --lever scenarios/lever-reserve.json --csv | tr -d '\r'
change,topic,record,what,a,b,basis_a,basis_b,pointer
added,models,reserve-petrol,supply/support,,rows=lever-reserve-petrol; commodity=petrol,,"model, assumed",/models/reserve-petrol
added,models,reserve-diesel,supply/support,,rows=lever-reserve-diesel; commodity=diesel,,"model, assumed",/models/reserve-diesel
added,events,Lever: the reserve is kept,,,kind=lever; date=2025-07-01; cost_xof_per_day=4500000,,"model, assumed",/events/lever-reserve-upkeep
added,events,Lever: petrol is released from the reserve,,,kind=support; trigger=bamako/petrol/stations_open_frac; trigger_below=0.5; delay_days=2; value=8000; duration_days=5,,"AFB, assumed",/events/lever-reserve-petrol
added,events,Lever: diesel is released from the reserve,,,kind=support; trigger=bamako/diesel/stations_open_frac; trigger_below=0.5; delay_days=2; value=12000; duration_days=5,,"AFB, assumed",/events/lever-reserve-diesel
$ shortfall diff scenarios/two-roads.json --lever-a scenarios/lever-none.json --set /run/seed=2
scenarios/lever-none.json: there is no such file
1 mistake; nothing was written
[exit 3]
$ shortfall diff scenarios/two-roads.json --set /models/drivers/announcement_risk=3 --json
{
  "title": "A: scenarios/two-roads.json; B: scenarios/two-roads.json + /models/drivers/announcement_risk=3",
  "tables": {
    "differences": {
      "title": "Different: 1 number.",
      "rows": [
        {
          "change": "value",
          "topic": "models",
          "record": "drivers",
          "what": "jump of perceived risk when a ban is announced; exp (-risk) of the drivers still go alone",
          "a": "triangular 5 6 7",
          "b": "3",
          "basis_a": "model, assumed",
          "basis_b": "model, assumed",
          "pointer": "/models/drivers/announcement_risk"
        }
      ],
      "notes": []
    }
  }
}
$ shortfall diff scenarios/two-roads.json --set /models/drivers/announcement_risk=3 --markdown
| change | topic | record | what | A | B | A rests on | B rests on | where |
|---|---|---|---|---|---|---|---|---|
| value | models | drivers | jump of perceived risk when a ban is announced; exp (-risk) of the drivers still go alone | triangular 5 6 7 | 3 | model, assumed | model, assumed | /models/drivers/announcement_risk |
$ shortfall diff scenarios/bamako-baseline.json scenarios/bamako-2025.json | sed -n 3p
Different: 89 numbers, 19 models, 37 events, 2 other things.
$ shortfall diff scenarios/bamako-2025.json scenarios/bamako-baseline.json | sed -n 3p
Different: 89 numbers, 19 models, 37 events, 2 other things.
$ shortfall diff scenarios/two-roads.json --set /models/escorts/escorts_count=2 --lang fr
A: scenarios/two-roads.json
B: scenarios/two-roads.json + /models/escorts/escorts_count=2
Différences : 1 nombre.

Modèles
  - escorts, escortes disponibles en tout : 1 → 2 (+100 %) (/models/escorts/escorts_count ; modèle, supposé)
$ echo '[' >$T/bad.json; shortfall diff scenarios/two-roads.json $T/bad.json
$T/bad.json:2:1: /0: found the end of the text, expected a value
1 mistake; nothing was written
[exit 3]
$ echo '{"name": "x", "surprise": 1}' >$T/odd.json; shortfall diff $T/odd.json scenarios/two-roads.json
$T/odd.json:1:27: /surprise: unknown key "surprise"
1 mistake; nothing was written
[exit 3]
$ shortfall diff
shortfall diff: which scenarios?
Try: shortfall diff --help
[exit 2]
$ shortfall diff scenarios/two-roads.json
shortfall diff: with what? name another scenario, or --lever FILE, or --set
Try: shortfall diff --help
[exit 2]
$ shortfall diff scenarios/two-roads.json scenarios/two-roads.json scenarios/two-roads.json
shortfall diff: two scenarios at a time
Try: shortfall diff --help
[exit 2]
$ shortfall diff scenarios/two-roads.json scenarios/two-roads.json --csv --json
shortfall diff: one of --csv, --json and --markdown at a time
Try: shortfall diff --help
[exit 2]
$ shortfall diff scenarios/two-roads.json --set nonsense
shortfall diff: --set takes /json/pointer=value, not "nonsense"
Try: shortfall diff --help
[exit 2]
$ shortfall diff scenarios/bamako-2025.json scenarios/lever-reserve.json --lang fr | grep Levier
  - « Levier : la réserve est constituée » est ajouté (/events/lever-reserve-upkeep ; modèle, supposé)
  - « Levier : l'essence de la réserve est libérée » est ajouté (/events/lever-reserve-petrol ; AFB, supposé)
  - « Levier : le gazole de la réserve est libéré » est ajouté (/events/lever-reserve-diesel ; AFB, supposé)
$ shortfall diff scenarios/bamako-2025.json --lang fr --set /models/escorts-west/marshal_days=3 --set /events/crisis-plan-power-dakar/value=0.5 --set /assumptions/fuel_depot_days=9 | grep -E "\(/(assumptions|models|events|markets/gao)"
  - fuel_depot_days : tiré entre 5 et 14, pris dans l'ensemble → 9 (/assumptions/fuel_depot_days ; MW-ALG, REU0915, estimé → sans source)
  - escorts-west, temps que les camions mettent à se rassembler avant le départ : hypothèse marshal_days → 3 (/models/escorts-west/marshal_days ; modèle, supposé)
  - gao-petrol, stock initial du dépôt, en jours de consommation ordinaire : hypothèse fuel_depot_days fois 0,7 → 6,3 (/markets/gao-petrol/depot_days ; MW-ALG, REU0915, estimé → modèle, supposé)
  - gao-petrol, stock que visent les commandes : hypothèse fuel_depot_days fois 0,7 → 6,3 (/markets/gao-petrol/depot_target_days ; MW-ALG, REU0915, estimé → modèle, supposé)
  - Les citernes portent essence et gazole avant le fioul lourd, Dakar, set : le nouveau nombre : hypothèse power_fuel_orders_frac fois 3,27 → 0,5 (/events/crisis-plan-power-dakar/value ; ABA24, estimé → MNT1014, supposé)
$ shortfall diff scenarios/bamako-2025.json --lang fr --csv --set /models/escorts-west/marshal_days=3 --set /events/crisis-plan-power-dakar/value=0.5 | tr -d '\r' | cut -d, -f 5-8
a,b,basis_a,basis_b
assumption marshal_days,3,"model, assumed"
set: the new number,assumption power_fuel_orders_frac times 3.27,0.5,"ABA24
