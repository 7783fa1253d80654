# One replication as a story.
$ shortfall trace scenarios/two-roads.json --day 30 --until 40 | sed "/^replication/d"
2030-01-31 00:00  day 30   event    Fuel is banned on both roads
2030-02-03 00:00  day 33   event    Attack on the forest road
2030-02-05 06:00  day 35   convoy   convoy of 34 trucks leaves North post for North gate with an escort
2030-02-05 12:00  day 35   gate     30 trucks wait at North post
2030-02-05 12:00  day 35   gate     44 trucks wait at South post
2030-02-05 14:26  day 35   attack   attack on a convoy (34) before Kessa is repelled
2030-02-07 03:20  day 37   convoy   convoy that entered at North gate reached its end with 34 of 34 trucks; 0 went to places on the way

ledger balances to 8e-16 of what went in
$ shortfall trace scenarios/two-roads.json --kind convoy --replication 3 | sed "/^replication/d"
2030-02-05 06:00  day 35   convoy   convoy of 26 trucks leaves North post for North gate with an escort
2030-02-07 15:20  day 37   convoy   convoy that entered at North gate reached its end with 7 of 26 trucks; 0 went to places on the way
2030-02-15 19:55  day 45   convoy   convoy of 55 trucks leaves North post for North gate with an escort
2030-02-17 05:15  day 47   convoy   convoy that entered at North gate reached its end with 55 of 55 trucks; 0 went to places on the way
2030-02-26 03:33  day 56   convoy   convoy of 59 trucks leaves North post for North gate with an escort
2030-02-27 12:53  day 57   convoy   convoy that entered at North gate reached its end with 59 of 59 trucks; 0 went to places on the way
2030-03-05 23:13  day 63   convoy   convoy of 45 trucks leaves South post for South gate with an escort
2030-03-07 13:53  day 65   convoy   convoy that entered at South gate reached its end with 45 of 45 trucks; 0 went to places on the way
2030-03-15 10:49  day 73   convoy   convoy of 59 trucks leaves South post for South gate with an escort
2030-03-17 01:29  day 75   convoy   convoy that entered at South gate reached its end with 59 of 59 trucks; 0 went to places on the way
2030-03-28 04:48  day 86   convoy   convoy of 55 trucks leaves North post for North gate with an escort
2030-03-29 14:08  day 87   convoy   convoy that entered at North gate reached its end with 55 of 55 trucks; 0 went to places on the way
2030-04-06 03:41  day 95   convoy   convoy of 38 trucks leaves South post for South gate with an escort
2030-04-07 18:21  day 96   convoy   convoy that entered at South gate reached its end with 38 of 38 trucks; 0 went to places on the way
2030-04-17 19:08  day 106  convoy   convoy of 35 trucks leaves North post for North gate with an escort
2030-04-19 04:28  day 108  convoy   convoy that entered at North gate reached its end with 35 of 35 trucks; 0 went to places on the way

ledger balances to 1e-15 of what went in
$ shortfall trace scenarios/two-roads.json --set /models/drivers/announcement_risk=0 --day 33 --until 36 | sed "/^replication/d"
2030-02-03 00:00  day 33   event    Attack on the forest road
2030-02-03 08:13  day 33   attack   trucks on their own (5) hit before Kessa: 5 destroyed, 0 seized, 0 turned back
2030-02-04 08:13  day 34   attack   trucks on their own (4) hit before Kessa: 1 destroyed, 0 seized, 0 turned back

ledger balances to 1e-15 of what went in
$ shortfall trace scenarios/two-roads.json >$T/one; shortfall trace scenarios/two-roads.json >$T/two; cmp $T/one $T/two
$ shortfall trace scenarios/two-roads.json --seed 2 >$T/two; cmp -s $T/one $T/two
[exit 1]
