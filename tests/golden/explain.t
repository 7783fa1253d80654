# The manual of every model and every part of the format.
$ shortfall explain allocation/priority
allocation/priority - the most urgent are served first

Claims are met in order of priority, 1 first; equals share in proportion.
$ shortfall explain allocation/proportional
allocation/proportional - scarcity is shared in proportion

award = wanted * min (1, supply / sum of wanted).
$ shortfall explain convoy/escort
convoy/escort - a finite pool of escorts takes convoys in

Each free escort takes the gate with the most trucks that would join, when
these are at least trucks_min_count, and leaves with them. Who would go with
an escort of his own with probability q joins n others with q^(1 + n /
crowd_trucks_count). It is free again after the journey, return_days and
rest_days * U(0.5, 1.5), or at once after an event of kind "recall" (nodes:
entry places). After a loss the gate has no escort for stand_down_days, and
the beaten escort is rebuilt for rebuild_days. Its strength is strength *
exp (-tire_frac * journeys not yet recovered from, an escort).

Events it answers: recall

Parameters:
  gates
      list of ids from "nodes"
      places of entry that it serves; all when absent
  from
      date
      first day; from the start when absent
  escorts_count
      number, default 1, 0 to 1000
      escorts in the pool
  capital_only
      true or false
      takes those who are bound for the capital; others go alone or wait
  crowd_trucks_count
      number, default 1000000000, 1 to 1000000000
      trucks at which the protection of one counts half
  trucks_per_escort_count
      number, default 10000, 1 to 10000
      most trucks that one escort takes
  trucks_min_count
      number, default 25, 1 to 10000
      leaves only with so many
  wait_max_days
      number, default 0, 0 to 365
      leaves with fewer when the first has waited so long; 0: never
  marshal_days
      number, default 0, 0 to 60
      trucks gather for so long before they leave
  strength
      number, default 1, 0 to 1000000
      in the contest with attackers, who have theirs
  speed_frac
      number, default 0.5, 0.01 to 1
      speed of the convoy, of that of a single truck
  return_days
      number, default 1, 0 to 365
      way back to the gates
  rest_days
      number, default 2, 0 to 365
      mean rest before the next
  stand_down_days
      number, default 0, 0 to 365
      no escort for a gate after its convoy lost trucks
  rebuild_days
      number, default 0, 0 to 365
      more rest for an escort whose convoy lost trucks
  tire_frac
      number, default 0, 0 to 1
      strength lost with each journey that is not yet recovered from
  recover_days
      number, default 7, 0.1 to 365
      time in which the forces recover to 1/e
  fuel_market
      id from "markets"
      depot that its fuel comes from; none when absent
  fuel_m3_per_journey
      number, default 5, 0 to 1000
      what the escort burns there and back
  check_h
      number, default 6, 0.5 to 240
      looks for work every
$ shortfall explain disruption/closure
disruption/closure - roads are closed and opened

Answers events of kind "close" and "open" (links). Overlapping closures
merge: a link opens when no reason is left. Road blocks at random:
blocks_per_day over the links of the zones, each of exponential length with
mean block_days.

Events it answers: close|open

Parameters:
  zones
      list of ids from "zones"
      where road blocks come; all when absent
  from
      date
      first day of road blocks; the start when absent
  blocks_per_day
      number, default 0, 0 to 1000
      road blocks in all these zones together
  block_days
      number, default 1, 0.01 to 365
      mean length of a block
$ shortfall explain driver/willingness
driver/willingness - drivers refuse when it seems dangerous

Perceived risk R of a corridor jumps with announcements and with trucks lost
and decays with memory_days to standing_frac of the announcements in force
(to 0 in a truce). A driver goes on alone with probability unescorted_frac *
exp (-R x) and joins an escort with exp (-escort_risk_frac R x), x being the
exposure of the cargo. Answers events of kind "announce" (value multiplies
announcement_risk; nodes: entry places, all when absent) and "truce". Gauge:
willing_frac, the chance to go on alone with a cargo that is a target, mean
over corridors.

Events it answers: announce|truce

Parameters:
  announcement_risk
      number, default 4, 0 to 20
      jump of perceived risk when a ban is announced; exp (-risk) of the drivers still go alone
  standing_frac
      number, default 0, 0 to 1
      share of that jump that stays while the ban is in force
  memory_days
      number, default 45, 0.1 to 3650
      time in which the rest of perceived risk falls to 1/e
  risk_per_truck_lost
      number, default 0.02, 0 to 10
      jump of perceived risk for each truck lost in an attack
  cross_frac
      number, default 0.3, 0 to 1
      share of that jump on the other corridors
  report_days
      number, default 0, 0 to 365
      time in which the news of a loss spreads to 1 - 1/e
  truce_memory_frac
      number, default 1, 0.01 to 10
      memory_days under a truce, of the ordinary ones
  escort_risk_frac
      number, default 0.15, 0 to 1
      share of the perceived risk that is left under escort
  unescorted_frac
      number, default 1, 0 to 1
      share of willing drivers whom the authorities let go alone
  reconsider_h
      number, default 12, 0.5 to 240
      those who wait decide again after
$ shortfall explain interdiction/ambush
interdiction/ambush - attacks at random on trucks and convoys

A truck on its own is hit lone_attacks_per_100km times, a convoy ambushed
convoy_attacks_per_100km times on 100 km of a threat zone (Poisson), times
the exposure of the cargo. The escort loses with p = a^g / (a^g + e^g); then
at most window_trucks_count trucks are reached, so the share lost falls with
the size of the convoy. Answers events of kind "truce".

Events it answers: truce

Parameters:
  zones
      list of ids from "zones"
      where; all when absent
  from
      date
      first day; from the start when absent
  lone_attacks_per_100km
      number, default 0.002, 0 to 100
      hits on a truck on its own on 100 km
  convoy_attacks_per_100km
      number, default 0.02, 0 to 100
      ambushes of a convoy on 100 km
  empty_frac
      number, default 0.3, 0 to 1
      of that for empty trucks
  attackers_strength
      number, default 1, 0 to 1000000
      in the contest with the escort
  contest_exponent
      number, default 1, 0.01 to 20
      how much strength decides: 0 chance, large always the stronger
  window_trucks_count
      number, default 40, 1 to 10000
      mean number of trucks that an ambush can reach
  window_spread_frac
      number, default 0, 0 to 3
      standard deviation of that number, of its mean (gamma); 0: always the same
  destroyed_frac
      number, default 0.8, 0 to 1
      of the trucks reached
  seized_frac
      number, default 0.5, 0 to 1
      of the trucks reached and not destroyed
  turned_back_frac
      number, default 0.2, 0 to 1
      of the trucks not reached
  delay_h
      number, default 12, 0 to 1000
      for those who go on
  truce_frac
      number, default 0, 0 to 1
      of all this under a truce
$ shortfall explain interdiction/attack
interdiction/attack - attacks on a date and a road

Answers events of kind "attack" (links, attackers_strength, ambush_days,
trucks_min_count, trucks_max_count): the first loaded trucks that come meet
the attackers, and the contest with the escort decides the loss. If nobody
comes there is no attack.

Events it answers: attack

Parameters:
  contest_exponent
      number, default 1, 0.01 to 20
      how much strength decides
  window_trucks_count
      number, default 60, 1 to 10000
      mean number of trucks that an ambush can reach
  window_spread_frac
      number, default 0, 0 to 3
      standard deviation of that number, of its mean (gamma); 0: always the same
  destroyed_frac
      number, default 0.8, 0 to 1
      of the trucks reached
  seized_frac
      number, default 0.5, 0 to 1
      of the trucks reached and not destroyed
  turned_back_frac
      number, default 0.2, 0 to 1
      of the trucks not reached
  delay_h
      number, default 12, 0 to 1000
      for those who go on
$ shortfall explain market/retail
market/retail - stations and households order up to a target

A day's want is ordinary use plus the gap to the target divided by the
refill time, for stations towards the depot and for households towards the
stations.

Parameters:
  refill_days
      number, default 1, 0.1 to 365
      time in which stations make up a gap
  household_refill_days
      number, default 2, 0.1 to 365
      time in which households make up a gap
$ shortfall explain routing/logit
routing/logit - corridors chosen by time and perceived risk

P (k) proportional to exp (-theta_per_h * C_k); C_k = travel hours + risk_h
* perceived risk + waiting_h_per_truck * trucks that wait at the gate. One
draw a group.

Parameters:
  theta_per_h
      number, default 0.05, 0 to 100
      how sharply cost decides: 0 evenly, large always the cheapest
  risk_h
      number, default 0, 0 to 10000
      hours that one unit of perceived risk is worth
  waiting_h_per_truck
      number, default 0, 0 to 100
      hours that one waiting truck is worth
$ shortfall explain season/rains
season/rains - the rainy season slows and cuts roads

Between from and until every link runs at its wet_speed_frac;
washouts_per_day close one of the links that suffer (wet speed below 1),
each for an exponential time with mean repair_days.

Parameters:
  from
      date, required
      first day of the rains
  until
      date, required
      last day of the rains
  washouts_per_day
      number, default 0, 0 to 100
      on all roads that suffer in the rains together
  repair_days
      number, default 2, 0.01 to 365
      mean time to repair
$ shortfall explain supply/regular
supply/regular - loads leave at an ordinary rate

Sends rate * f trucks a day per shipment as idle trucks allow; f reacts to
the depot at the destination: f = clamp (1 + order_gain * (target - depot) /
target, order_min_frac, order_max_frac) / (1 + waiting / queue_half_count).
Assumes that sources always have goods and that owners order by the depot
alone, not by the trucks under way.

Parameters:
  order_gain
      number, default 0.5, 0 to 20
      change of orders for a depot that is empty
  order_min_frac
      number, default 0.5, 0 to 1
      orders fall no lower
  order_max_frac
      number, default 1.3, 1 to 100
      orders rise no higher
  queue_half_count
      number, default 1000000000, 1 to 1000000000
      trucks of a fleet waiting at frontiers at which its owners send half as many
$ shortfall explain commodities
commodities - what is carried and used

An object keyed by id; of each record:

Parameters:
  title
      text
      name in figures
  unit
      word, required: m3|t
      unit of its amounts
  kind
      word, required: fuel|gas|food|other
      what it is
  exposure_frac
      number, default 1, 0 to 1
      share of the threat (1: the full one) that its trucks face
$ shortfall explain vehicles
vehicles - kinds of truck

An object keyed by id; of each record:

Parameters:
  title
      text
      name
  capacity_m3
      number, default 0, 0 to 1000
      load of a liquid
  capacity_t
      number, default 0, 0 to 10000
      load of solid goods
  driving_h_per_day
      number, default 24, 1 to 24
      hours of the day on the move; 24: never rests
$ shortfall explain nodes
nodes - places

An object keyed by id; of each record:

Parameters:
  title
      text
      name on maps
  country
      text
      ISO 3166 code of two letters
  kind
      word: port|refinery|border|town|city|depot|capital|junction
      what it is
  lat_deg
      number, no default, -90 to 90
      latitude, north positive
  lon_deg
      number, no default, -180 to 180
      longitude, east positive
$ shortfall explain zones
zones - stretches with a common threat

An object keyed by id; of each record:

Parameters:
  title
      text
      stretch of road
  country
      text
      ISO 3166 code of two letters
$ shortfall explain links
links - roads and other ways between places

An object keyed by id; of each record:

Parameters:
  title
      text
      name
  road
      text
      road or corridor it belongs to
  from
      id, required from "nodes"
      one end
  to
      id, required from "nodes"
      the other end
  mode
      word: road|rail|river|air
      how it is travelled
  surface
      word: paved|failed|unpaved|rail|river|air
      state of the way
  zone
      id from "zones"
      threat zone it lies in
  border
      true or false
      a frontier is crossed on it
  closed
      true or false
      not in use
  one_way
      true or false
      from -> to only
  km
      number, required, 0 to 20000
      length
  speed_kmh
      number, default 45, 0.1 to 1000
      speed of a loaded truck while it drives
  wet_speed_frac
      number, default 1, 0.01 to 1
      share of that speed left in the rains
  control_h_per_100km
      number, default 0, 0 to 1000
      time lost at checkpoints
  border_h
      number, default 0, 0 to 10000
      time at the frontier besides queueing
  capacity_trucks_per_day
      number, default 1000000000, 0 to 1000000000
      most that can pass, for network capacity
  fail_prob
      number, default 0, 0 to 1
      chance to be closed, for network --reliability
$ shortfall explain queues
queues - border posts, customs, racks

An object keyed by id; of each record:

Parameters:
  title
      text
      name
  node
      id, required from "nodes"
      where it is
  servers_count
      number, default 1, 1 to 10000
      trucks served at the same time
  service_h
      number, default 0, 0 to 10000
      mean service of a truck
  service
      word: fixed|exponential|erlang2
      distribution of the service time
  dwell_h
      number, default 0, 0 to 10000
      time after service that occupies no server
  waiting_limit_count
      number, default 1000000000, 0 to 1000000000
      room for waiting trucks; later ones turn back
  scope
      word: ending|passing|all
      loaded trucks whose journey ends here, passes, or both
  commodities
      list of ids from "commodities"
      cargoes it serves; all when absent
$ shortfall explain fleets
fleets - trucks and where they load

An object keyed by id; of each record:

Parameters:
  title
      text
      name
  vehicle
      id, required from "vehicles"
      what its trucks are
  home
      id, required from "nodes"
      where they load
  trucks_count
      number, required, 0 to 1000000000
      trucks
  loading_h
      number, default 0, 0 to 10000
      from idle to loaded and leaving
  unloading_h
      number, default 0, 0 to 10000
      discharge
  turnround_h
      number, default 0, 0 to 10000
      at home between two journeys
  replaced_per_day
      number, default 0, 0 to 1000000000
      trucks bought for those lost, at most
$ shortfall explain shipments
shipments - who carries what where

An object keyed by id; of each record:

Parameters:
  title
      text
      name
  fleet
      id, required from "fleets"
      who carries it
  commodity
      id, required from "commodities"
      cargo
  to
      id, required from "nodes"
      destination
  trucks_per_day
      number, required, 0 to 1000000000
      on an ordinary day
  dispatch
      word: regular|poisson
      evenly spaced, or at random
  from_stock
      true or false
      loads from the depot at the fleet's home
  reserve_days
      number, default 0, 0 to 3650
      days of cover that loading leaves in that depot
$ shortfall explain markets
markets - stocks of a commodity at a place

An object keyed by id; of each record:

Parameters:
  title
      text
      name
  node
      id, required from "nodes"
      place
  commodity
      id, required from "commodities"
      what is held
  depot_days
      number, default 0, 0 to 3650
      opening depot stock, in days of ordinary use
  station_days
      number, default 0, 0 to 3650
      opening stock of stations or shops
  household_days
      number, default 0, 0 to 3650
      opening stock in tanks and at home
  depot_target_days
      number, default 0, 0 to 3650
      stock that ordering aims at; 0: orders do not react
  station_target_days
      number, default 0, 0 to 3650
      stock that stations order up to
  household_target_days
      number, default 0, 0 to 3650
      stock that households refill to
  pump_frac
      number, default 3, 0.01 to 1000
      most that stations can sell, times ordinary use
  delivery_frac
      number, default 1000, 0.01 to 1000
      most that the depot can send to stations, likewise
  fill_priority
      number, default 101, 1 to 101
      rank of what only fills the stations' tanks, among the classes; 101: after all
  serves_until_empty
      true or false
      the depot serves in full until it is empty, instead of spreading what it has until midnight
  stations_spread_days
      number, default 0.5, 0.001 to 365
      station stock, in days of use, at which 63 % of them have some
$ shortfall explain classes
classes - groups of users and their priority

An object keyed by id; of each record:

Parameters:
  title
      text
      who they are
  priority
      number, default 1, 1 to 100
      1 is served first
  from
      word, required: household|station|depot
      the stock it uses
$ shortfall explain demands
demands - ordinary use

An object keyed by id; of each record:

Parameters:
  title
      text
      name
  node
      id, required from "nodes"
      place
  commodity
      id, required from "commodities"
      what is used
  class
      id, required from "classes"
      by whom
  demand_m3|t_per_day
      number, required, 0 to 1000000000000
      ordinary use
  persons_count
      number, default 0, 0 to 10000000000
      people who depend on it
  reserve_days
      number, default 0, 0 to 3650
      days of cover that it leaves in the depot it draws on
$ shortfall explain events
events - what happens on a date

An object keyed by id; of each record:

Parameters:
  title
      text
      what happens
  kind
      text
      set, close, or a kind that a model answers (see explain)
  date
      date
      the day, YYYY-MM-DD; with a trigger: not before it
  trigger
      name of a series, PLACE/[COMMODITY/[CLASS/]]MEASURE
      series that sets it off instead of a date; once
  trigger_below
      number, no default, -1000000000000 to 1000000000000
      when the mean of the series is below this
  trigger_above
      number, no default, -1000000000000 to 1000000000000
      when the mean of the series is above this
  trigger_mean_days
      number, default 1, 1 to 365
      days that the mean is taken over
  trigger_for_days
      number, default 1, 1 to 365
      days on end for which that holds
  delay_days
      number, default 0, 0 to 3650
      from the date or trigger to the beginning
  cost_xof
      number, default 0, 0 to 1e+15
      what it costs once
  cost_xof_per_day
      number, default 0, 0 to 1e+15
      what it costs while it lasts
  target
      text
      set: JSON Pointer of the number
  label
      text
      short text on the timeline
  value
      number, no default, -1000000000000 to 1000000000000
      set: the new number
  window_days
      number, default 0, 0 to 3650
      begins at random until so many days later
  ambush_days
      number, default 1, 0 to 365
      attack: lies in wait for so long
  duration_days
      number, default 0, 0 to 36500
      how long it lasts; 0: for good
  prob
      number, default 1, 0 to 1
      chance that it happens at all
  links
      list of ids from "links"
      links it concerns
  nodes
      list of ids from "nodes"
      places it concerns
  attackers_strength
      number, default 1, 0 to 1000000
      attack: strength, against that of the escort
  trucks_min_count
      number, default 1, 0 to 1000000
      attack: waits for a convoy of at least so many trucks
  trucks_max_count
      number, default 1000000000, 0 to 1000000000
      attack: reaches at most so many trucks
$ shortfall explain time
time - part of the top level of a scenario

Parameters:
  start
      date, required
      first day of the run, YYYY-MM-DD
  end
      date, required
      last day of the run, YYYY-MM-DD
  shock
      date
      day from which time to survive and the losses of service count, YYYY-MM-DD; when absent, the first day
$ shortfall explain run
run - part of the top level of a scenario

Parameters:
  replications_count
      number, default 200, 1 to 1000000
      replications when the command line gives none
  group_h
      number, default 6, 0 to 168
      trucks of one shipment that leave within so many hours travel as one group; 0: each alone
  customs_reported_frac
      number, default 1, 0 to 1
      share of imported fuel that the customs series counts: what is cleared elsewhere is not in it
  shortage_frac
      number, default 0.5, 0 to 1
      served share of demand below which a day counts as shortage
  recovery_frac
      number, default 0.8, 0 to 1
      served share at or above which a shortage is over
  shortage_days
      number, default 2, 1 to 365
      days on end that make a shortage, or a recovery
$ shortfall explain study
study - the top level of a study

Parameters:
  name
      text
      short name, used for folders
  title
      text
      one line
  description
      text
      what the study asks
  replications_count
      number, default 1, 1 to 1000000
      replications of every point
  day0
      date
      the date that days of outcomes are counted from; else the scenario's shock, or its start
  $schema
      this schema, for editors
  format
      version of the format
  sources
      what factors rest on, by id
  notes
      anything, for readers
  scenario
      the file that is varied, beside this one
  set
      changes for all points: JSON Pointer into the scenario, value
  seed
      a whole number in quotes; else the scenario's
  budget
      what one run may take
  design
      at which points to run
  factors
      what varies, by name
  constraints
      which points are left out, by name
  outcomes
      the numbers that are kept of every run, by name
  series
      daily series to keep of every run
  translations
      titles in other languages: language, title (or name), its translation

factors - what varies; an object keyed by name

Parameters:
  title
      text
      what it is, for figures
  unit
      text
      its unit; else that of the target's name
  lever
      text
      scenario file that is put on top, or not
  group
      text
      factors that move together
  is_whole
      true or false
      whole numbers only
  is_log
      true or false
      equal ratios, not differences
  levels_count
      number, default 3, 2 to 1000
      levels of a range in a grid
  target
      JSON Pointers into the scenario that take the value, or one
  range
      lowest and highest
  distribution
      as a scenario states it, with "dist" or "range"
  levels
      numbers, or words and flags

design - which points are run

Parameters:
  kind
      word, required: grid|lhs|sobol|halton|factorial|fractional|plackett_burman|morris|saltelli|random
      the design
  points_count
      number, default 0, 0 to 1e+15
      points of lhs, sobol, halton and random; base rows of saltelli
  lhs_base_count
      number, default 0, 0 to 1000000000
      first size of an lhs that is extended by doubling
  trajectories_count
      number, default 0, 0 to 1000000000
      of morris
  grid_levels_count
      number, default 4, 2 to 1000
      levels of morris, an even number
  candidates_count
      number, default 0, 0 to 1000
      trajectories of which the best spread are taken; starts of a maximin lhs
  is_scrambled
      true or false
      of sobol, halton and saltelli
  is_maximin
      true or false
      of lhs: points far from each other
  is_radial
      true or false
      of morris
  is_folded
      true or false
      of plackett_burman
  has_second_order
      true or false
      of saltelli
  has_dummy
      true or false
      a factor more that changes nothing; morris and saltelli have it unless this is false
  seed
      text
      of the design, a whole number in quotes
  generators
      of fractional: "D=ABC", the first factor being A

constraints - which points are left out; an object keyed by name

Parameters:
  min
      number, default -inf, -1e+15 to 1e+15
      the sum is at least
  max
      number, default inf, -1e+15 to 1e+15
      the sum is at most
  terms
      how much each factor counts; a lever is 0 or 1

outcomes - what is kept of a run; an object keyed by name

Parameters:
  title
      text
      what the number is
  unit
      text
      its unit, as shown
  metric
      text
      PLACE/METRIC
  stat
      word: mean|min|max|sum|first_below|first_above|last_above|count_below|count_above|max_mean|first_mean_above|worst_centre|worst_mean|first_run_above|value
      the statistic
  from_day
      number, no default, -36500 to 36500
      first day
  to_day
      number, no default, -36500 to 36500
      last day
  for_days
      number, no default, 1 to 36500
      so many days from the first one, instead of to_day
  limit
      number, no default, -1e+15 to 1e+15
      of below and above
  window_days
      number, no default, 1 to 3650
      days on end
  factor
      number, default 1, -1e+15 to 1e+15
      multiplies every value
  after
      text
      ROW/PART whose day is the first
  before
      text
      ROW/PART whose day ends it
  minus
      text
      ROW/PART that is taken away
  never
      number, no default, -1e+15 to 1e+15
      what counts when it did not happen
  min
      number, no default, -1e+15 to 1e+15
      at least
  max
      number, no default, -1e+15 to 1e+15
      at most
  value
      number, no default, -1e+15 to 1e+15
      as reported
  tolerance
      number, no default, 0 to 1e+15
      distance from a bound that counts as 1
  series
      daily series, added up, of which "stat" is taken

budget - what one run may take

Parameters:
  run_s
      number, default 600, 0 to 1000000
      seconds that one run may take; 0: no limit
  events_count
      number, default 100000000, 1 to 1000000000000
      events that it may take
$ shortfall explain studi
shortfall explain: nothing is called "studi"; did you mean "study"? (see shortfall models)
Try: shortfall explain --help
[exit 2]
