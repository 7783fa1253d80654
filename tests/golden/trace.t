# One replication as a story.
$ shortfall trace scenarios/two-roads.json --day 30 --until 40 | sed "/^replication/d"
2030-01-31 00:00  day 30   event    Fuel is banned on both roads
2030-02-03 00:00  day 33   event    Attack on the forest road
2030-02-05 06:00  day 35   convoy   convoy of 28 trucks leaves North post for North gate with an escort
2030-02-05 12:00  day 35   gate     38 trucks wait at North post
2030-02-05 12:00  day 35   gate     40 trucks wait at South post
2030-02-05 14:26  day 35   attack   attack on a convoy (28) before Kessa is repelled
2030-02-07 03:20  day 37   convoy   convoy that entered at North gate reached its end with 28 of 28 trucks; 0 went to places on the way

ledger balances to 4e-16 of what went in
$ shortfall trace scenarios/two-roads.json --kind convoy --replication 3 | sed "/^replication/d"
2030-02-05 06:00  day 35   convoy   convoy of 31 trucks leaves North post for North gate with an escort
2030-02-07 03:20  day 37   convoy   convoy that entered at North gate reached its end with 11 of 31 trucks; 0 went to places on the way
2030-02-15 07:55  day 45   convoy   convoy of 59 trucks leaves North post for North gate with an escort
2030-02-16 17:15  day 46   convoy   convoy that entered at North gate reached its end with 59 of 59 trucks; 0 went to places on the way
2030-02-25 15:33  day 55   convoy   convoy of 60 trucks leaves South post for South gate with an escort
2030-02-27 06:13  day 57   convoy   convoy that entered at South gate reached its end with 60 of 60 trucks; 0 went to places on the way
2030-03-05 16:33  day 63   convoy   convoy of 39 trucks leaves North post for North gate with an escort
2030-03-07 13:53  day 65   convoy   convoy that entered at North gate reached its end with 18 of 39 trucks; 0 went to places on the way
2030-03-15 10:49  day 73   convoy   convoy of 58 trucks leaves North post for North gate with an escort
2030-03-16 20:09  day 74   convoy   convoy that entered at North gate reached its end with 58 of 58 trucks; 0 went to places on the way
2030-03-27 23:28  day 85   convoy   convoy of 45 trucks leaves North post for North gate with an escort
2030-03-29 08:48  day 87   convoy   convoy that entered at North gate reached its end with 45 of 45 trucks; 0 went to places on the way
2030-04-05 22:21  day 94   convoy   convoy of 39 trucks leaves South post for South gate with an escort
2030-04-07 13:01  day 96   convoy   convoy that entered at South gate reached its end with 39 of 39 trucks; 0 went to places on the way
2030-04-17 13:48  day 106  convoy   convoy of 25 trucks leaves North post for North gate with an escort
2030-04-18 23:08  day 107  convoy   convoy that entered at North gate reached its end with 25 of 25 trucks; 0 went to places on the way

ledger balances to 3e-15 of what went in
$ shortfall trace scenarios/two-roads.json --set /models/drivers/announcement_risk=0 --day 33 --until 36 | sed "/^replication/d"
2030-02-03 00:00  day 33   event    Attack on the forest road
2030-02-03 08:13  day 33   attack   trucks on their own (5) hit before Kessa: 5 destroyed, 0 seized, 0 turned back
2030-02-04 14:13  day 34   attack   trucks on their own (4) hit before Kessa: 1 destroyed, 0 seized, 0 turned back

ledger balances to 2e-15 of what went in
$ shortfall trace scenarios/two-roads.json >$T/one; shortfall trace scenarios/two-roads.json >$T/two; cmp $T/one $T/two
$ shortfall trace scenarios/two-roads.json --seed 2 >$T/two; cmp -s $T/one $T/two
[exit 1]
