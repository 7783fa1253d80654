# The models that are built in.
$ shortfall models
allocation/equal-awards    the same amount for everybody
allocation/equal-losses    everybody goes without the same amount
allocation/lottery         served in an order drawn by lot
allocation/priority        the most urgent are served first
allocation/proportional    scarcity is shared in proportion
allocation/talmud          equal awards to one half, then equal losses
convoy/air-cover           aircraft over the convoys
convoy/emergency           a convoy out of turn when the city runs dry
convoy/escort              a finite pool of escorts takes convoys in
convoy/handover            one escorting force takes over from another
disruption/closure         roads are closed and opened
disruption/pause           ordering, loading, transit or receipt stops for a time
disruption/supplier        a supplier fails and recovers at random
driver/bonus               drivers are paid and insured for the risk
driver/strike              drivers strike
driver/willingness         drivers refuse when it seems dangerous
ending/hazards             a siege ends in one of three ways, by chance
interdiction/adaptive      effort follows the traffic it sees
interdiction/ambush        attacks at random on trucks and convoys
interdiction/attack        attacks on a date and a road
interdiction/self-exciting attempts that breed attempts
interdiction/spread        pressure spreads to neighbouring zones
market/batches             a demand comes in batches at random
market/hoarding            people fill up when they are alarmed
market/parallel            a street price clears what pumps do not sell
market/retail              stations and households order up to a target
rationing/purchase         a ration for each purchase, then a wait
rationing/steps            the ration follows the stock in steps
routing/logit              corridors chosen by time and perceived risk
season/demand              need grows and has a season
season/rains               the rainy season slows and cuts roads
society/fares              fares follow the price of fuel and its scarcity
society/food-prices        food costs more when transport does and stocks are low
society/population         people leave a place that lacks much, and come back
society/power              hours of power follow the utility's fuel
society/tripwire           a decision that a measured condition forces
society/water              water needs power or diesel for its pumps
supply/airlift             aircraft bring goods past the roads
supply/haulage             trucks that carry food need diesel themselves
supply/regular             loads leave at an ordinary rate
supply/reorder             stocks are ordered by a rule of inventory theory
supply/support             sponsors send goods or trucks
