# The models that are built in.
$ shortfall models
allocation/priority        the most urgent are served first
allocation/proportional    scarcity is shared in proportion
convoy/escort              a finite pool of escorts takes convoys in
disruption/closure         roads are closed and opened
driver/willingness         drivers refuse when it seems dangerous
interdiction/ambush        attacks at random on trucks and convoys
interdiction/attack        attacks on a date and a road
market/retail              stations and households order up to a target
routing/logit              corridors chosen by time and perceived risk
season/rains               the rainy season slows and cuts roads
supply/regular             loads leave at an ordinary rate
