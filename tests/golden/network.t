# What the roads of a small network allow.
$ shortfall network scenarios/two-roads.json
Network of "Two roads to a capital": 6 nodes, 6 links (0 closed); trucks drive 12 h a day, dry season

Routes, shortest first (hours of a loaded truck without queues)
from  to     rank   km  hours  trucks/day  frontier        trucks/day there  through
port  kessa     1  645   32.7    no limit  north-frontier          no limit  port north-post north-gate kessa
port  kessa     2  765     38    no limit  south-frontier          no limit  port south-post south-gate kessa

Capacity into kessa from port together, and the links that limit it
link   from  to     trucks/day
total  port  kessa    no limit
At least one way has no capacity_trucks_per_day on any of the links that would limit it.

Single points of failure: alone, their loss leaves an origin no way to kessa
In the whole network the loss of any of 0 links (bridges) or 0 nodes (articulation points) would split something off.

Each closure alone: the shortest way and the capacity with one link closed
 km  extra km  hours  extra hours  trucks/day  lost trucks/day  when any one of these is closed
765       120     38         5.33    no limit                -  port-north north-frontier north-kessa
The closure of any of the other 3 open links changes nothing.
$ shortfall network scenarios/two-roads.json --without north-kessa
Network of "Two roads to a capital": 6 nodes, 6 links (1 closed); trucks drive 12 h a day, dry season

Routes, shortest first (hours of a loaded truck without queues)
from  to     rank   km  hours  trucks/day  frontier        trucks/day there  through
port  kessa     1  765     38    no limit  south-frontier          no limit  port south-post south-gate kessa

Capacity into kessa from port together, and the links that limit it
link   from  to     trucks/day
total  port  kessa    no limit
At least one way has no capacity_trucks_per_day on any of the links that would limit it.

Single points of failure: alone, their loss leaves an origin no way to kessa
origins cut off  which  by the loss of any of these links      or nodes
              1  port   port-south south-frontier south-kessa  south-post south-gate
In the whole network the loss of any of 5 links (bridges) or 4 nodes (articulation points) would split something off.

Each closure alone: the shortest way and the capacity with one link closed
    km  extra km   hours  extra hours  trucks/day  lost trucks/day  when any one of these is closed
no way         -  no way            -           0                -  port-south south-frontier south-kessa
The closure of any of the other 2 open links changes nothing.
$ shortfall network scenarios/two-roads.json --without north-kessa,south-kessa --table routes --format csv
from,to,rank,km,travel_h,capacity_trucks_per_day,crossings,crossing_capacity_trucks_per_day,nodes
port,kessa,,,,,,,
$ shortfall network scenarios/theory/t1-shortest-path-interdiction.json --closures 2 --table closures --format csv
closures_count,value,unit,links
0,5,km,
1,17,km,b-end
2,,km,start-b start-c
