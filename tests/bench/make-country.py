#!/usr/bin/env python3
# make-country.py - a country of any size, for measuring.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: make-country.py N_PLACES N_TRUCKS SEED

Writes a scenario to standard output: towns on a bent grid joined by roads, a
capital in the middle, a few frontiers with a port behind each, regional
cities with depots, markets in every fiftieth town, fleets that bring fuel and
food from the ports to the cities and carry fuel on to the towns, roads that an
event closes. The same arguments give the same file. Nothing in it is real."""
import json
import math
import random
import sys

GATES = 4
PLACES_PER_MARKET = 50
PLACES_PER_EVENT = 1000
DAYS_PER_JOURNEY = 10


class Country:
    def __init__(self, n_places, n_trucks, seed):
        self.luck = random.Random(seed)
        self.n_trucks = n_trucks
        self.nodes, self.links, self.zones = {}, {}, {}
        self.fleets, self.shipments = {}, {}
        self.markets, self.demands, self.events = {}, {}, {}
        self.side = max(3, math.isqrt(n_places - 2 * GATES))
        self.n_towns = n_places - 2 * GATES
        self.n_regions = max(3, self.side // 10)
        self.add_towns()
        self.add_roads()
        self.add_cities()
        self.add_frontiers()
        self.add_supply()
        self.add_events()

    # ---- Places and roads --------------------------------------------------

    def add_towns(self):
        """Some 10 km apart."""
        for i in range(self.n_towns):
            row, column = divmod(i, self.side)
            self.nodes[f't{i}'] = {
                'country': 'XA', 'kind': 'town',
                'lat_deg': round(0.1 * (row + self.luck.uniform(-.3, .3)), 5),
                'lon_deg': round(0.1 * (column + self.luck.uniform(-.3, .3)),
                                 5)}
        self.n_zones = max(1, self.n_regions)
        for i in range(self.n_zones):
            self.zones[f'z{i}'] = {'country': 'XA'}

    def km(self, a, b):
        a, b = self.nodes[a], self.nodes[b]
        return round(111 * math.hypot(a['lat_deg'] - b['lat_deg'],
                                      a['lon_deg'] - b['lon_deg']) + 1, 2)

    def add_road(self, a, b, **more):
        number = len(self.links)
        self.links[f'l{number}'] = {'from': a, 'to': b, 'km': self.km(a, b),
                                    **more}

    def add_roads(self):
        """A tree that joins all towns, and half of the other neighbours."""
        pairs = [(i, i + step) for i in range(self.n_towns)
                 for step in (1, self.side)
                 if i + step < self.n_towns
                 and (step > 1 or (i + 1) % self.side)]
        self.luck.shuffle(pairs)
        root = list(range(self.n_towns))

        def find(i):
            while root[i] != i:
                root[i] = root[root[i]]
                i = root[i]
            return i
        for a, b in pairs:
            x, y = find(a), find(b)
            if x == y and self.luck.random() < .5:
                continue
            root[x] = y
            more = {'speed_kmh': self.luck.choice([35, 45, 60])}
            stripe = a * self.n_zones * 2 // self.n_towns
            if stripe % 2:
                more['zone'] = f'z{stripe // 2}'
            self.add_road(f't{a}', f't{b}', **more)

    def add_cities(self):
        middle = self.side // 2 * (self.side + 1)
        self.capital = f't{min(middle, self.n_towns - 1)}'
        self.nodes[self.capital]['kind'] = 'capital'
        self.cities = []
        for i in range(self.n_regions):
            name = f't{(2 * i + 1) * self.n_towns // (2 * self.n_regions)}'
            if name != self.capital:
                self.nodes[name]['kind'] = 'city'
                self.cities.append(name)

    def add_frontiers(self):
        last = self.n_towns - 1
        edge = [0, self.side - 1, last - last % self.side, last]
        for i in range(GATES):
            town = self.nodes[f't{edge[i]}']
            for kind, far in ('border', .05), ('port', 3):
                self.nodes[f'{kind}{i}'] = {
                    'country': 'XB', 'kind': kind, 'lat_deg':
                    town['lat_deg'] + far * (1 if i > 1 else -1),
                    'lon_deg': town['lon_deg']}
            self.add_road(f'port{i}', f'border{i}', speed_kmh=60)
            self.add_road(f'border{i}', f't{edge[i]}', border=True,
                          border_h=4)

    # ---- Supply ------------------------------------------------------------

    def add_market(self, node, commodity, trucks_per_day):
        name = f'{node}-{commodity}'
        unit, load = ('m3', 40) if commodity == 'fuel' else ('t', 30)
        amount = round(trucks_per_day * load, 6)
        self.markets[name] = {
            'node': node, 'commodity': commodity, 'depot_days': 8,
            'depot_target_days': 8, 'station_days': 2,
            'station_target_days': 2, 'household_days': 2,
            'household_target_days': 2}
        for group, part in ('hospital', .1), ('household', .9):
            self.demands[f'{name}-{group}'] = {
                'node': node, 'commodity': commodity, 'class': group,
                f'demand_{unit}_per_day': round(amount * part, 6),
                'persons_count': 1000}

    def add_shipment(self, fleet, commodity, to, trucks_per_day, **more):
        self.shipments[f'{fleet}-{to}'] = {
            'fleet': fleet, 'commodity': commodity, 'to': to,
            'trucks_per_day': round(trucks_per_day, 6), **more}

    def add_fleet(self, name, vehicle, home, trucks):
        self.fleets[name] = {
            'vehicle': vehicle, 'home': home, 'trucks_count': trucks,
            'loading_h': 12, 'unloading_h': 8, 'turnround_h': 8}

    def add_supply(self):
        """A third of the trucks for each: fuel in, food in, fuel on."""
        third = max(1, self.n_trucks // 3)
        targets = [self.capital] + self.cities
        share = third / DAYS_PER_JOURNEY / len(targets)
        for cargo, vehicle in ('fuel', 'tanker'), ('food', 'lorry'):
            for i in range(GATES):
                self.add_fleet(f'{cargo}{i}', vehicle, f'port{i}',
                               max(1, third // GATES))
            for i, city in enumerate(targets):
                self.add_shipment(f'{cargo}{i % GATES}', cargo, city, share)
                if city == self.capital:
                    self.add_market(city, cargo, share)
                else:
                    self.add_market(city, cargo, share / 2 if cargo == 'fuel'
                                    else share)
        self.add_towns_supply(third)

    def add_towns_supply(self, third):
        served = [f't{i}' for i in range(7, self.n_towns, PLACES_PER_MARKET)
                  if self.nodes[f't{i}']['kind'] == 'town']
        regions = {city: [] for city in self.cities}
        for town in served:
            regions[min(self.cities, key=lambda c: self.km(c, town))
                    ].append(town)
        for city, towns in regions.items():
            if not towns:
                continue
            trucks = max(1, third // len(self.cities))
            share = trucks / DAYS_PER_JOURNEY / len(towns)
            self.add_fleet(f'on-{city}', 'tanker', city, trucks)
            for town in towns:
                self.add_shipment(f'on-{city}', 'fuel', town, share,
                                  from_stock=True)
                self.add_market(town, 'fuel', share)

    def add_events(self):
        names = list(self.links)
        for i in range(max(2, self.n_towns // PLACES_PER_EVENT)):
            self.events[f'cut{i}'] = {
                'date': f'2030-0{self.luck.randint(1, 2)}-'
                        f'{self.luck.randint(1, 28):02}',
                'kind': 'close', 'links': [self.luck.choice(names)],
                'duration_days': self.luck.randint(2, 20)}

    def scenario(self):
        return {
            'format': 1, 'name': 'country', 'title': 'A made-up country',
            'country': 'XA', 'capital': self.capital,
            'time': {'start': '2030-01-01', 'end': '2030-02-28'},
            'run': {'seed': '1', 'replications_count': 10},
            'commodities': {
                'fuel': {'unit': 'm3', 'kind': 'fuel'},
                'food': {'unit': 't', 'kind': 'food', 'exposure_frac': 0}},
            'vehicles': {
                'tanker': {'capacity_m3': 40, 'driving_h_per_day': 12},
                'lorry': {'capacity_t': 30, 'driving_h_per_day': 12}},
            'nodes': self.nodes, 'zones': self.zones, 'links': self.links,
            'fleets': self.fleets, 'shipments': self.shipments,
            'classes': {'hospital': {'priority': 1, 'from': 'station'},
                        'household': {'priority': 3, 'from': 'household'}},
            'markets': self.markets, 'demands': self.demands,
            'models': {
                'supply': {'model': 'supply/regular'},
                'retail': {'model': 'market/retail'},
                'sharing': {'model': 'allocation/proportional'},
                'routing': {'model': 'routing/logit'},
                'drivers': {'model': 'driver/willingness'},
                'closures': {'model': 'disruption/closure'},
                'attacks': {'model': 'interdiction/attack'},
                'ambushes': {'model': 'interdiction/ambush',
                             'lone_attacks_per_100km': 0.01}},
            'events': self.events}


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    n_places, n_trucks, seed = (int(word) for word in sys.argv[1:])
    if n_places < 100 or n_trucks < 1:
        sys.exit('at least 100 places and 1 truck')
    country = Country(n_places, n_trucks, seed)
    json.dump(country.scenario(), sys.stdout, indent=1)
    print()


if __name__ == '__main__':
    main()
