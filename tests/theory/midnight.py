#!/usr/bin/env python3
# midnight.py - a stock to which much happens at once. SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a depot (scenarios/theory/midnight.json) and works out what is in it.

    midnight.py --shortfall PROGRAM --scenarios FOLDER

The engine solves the rates of a market once an event is over. Here each of the
changes is made by itself: need and ration, what aircraft and trucks bring, use
that is set. All answers are exact but for single precision.
"""

import importlib
import json
import math
import random
import sys

threat = importlib.import_module("threat")

DAYS, USE = 40, 10
FLOAT = 2e-5
PLAIN = {"/models/season": "null", "/models/steps": "null"}


def row(kind, day, days=0, **keys):
    record = {"kind": kind, "date": "2030-01-01", "delay_days": day, **keys}
    return {**record, "duration_days": days} if days else record


def use(day, value, days=0):
    return row("set", day, days, value=value,
               target="/demands/city-fuel/demand_m3_per_day")


class Depot:
    """Level, rate, and what was served of each day."""

    def __init__(self, rows, trucks_per_day, start_days, season, steps,
                 in_full):
        self.level, self.rate, self.now = start_days * USE, 0.0, 0.0
        self.use, self.need, self.ration, self.lower = USE, 1.0, 1.0, 0
        self.flights, self.in_full = 0, in_full
        self.has_season, self.has_steps = season, steps
        self.noon, self.shares = [], []
        self.day_served = self.day_need = 0.0
        agenda = [(day, 5, self.review, ()) for day in range(DAYS)]
        agenda += [(day + 0.5, 6, self.look, ()) for day in range(DAYS)]
        agenda += [(day, 0, self.close, ()) for day in range(1, DAYS + 1)]
        if trucks_per_day:
            agenda += [(i / trucks_per_day, 4, self.bring, (1,))
                       for i in range(1, DAYS * trucks_per_day)]
        for r in rows:
            begin = r["delay_days"]
            end = begin + r.get("duration_days", math.inf)
            if r["kind"] == "set":
                agenda += [(begin, 1, self.set_use, (r["value"],)),
                           (end, 1, self.set_use, (USE,))]
            else:
                agenda += [(begin, 1, self.fly, (r["value"],)),
                           (end, 1, self.fly, (-r["value"],))]
        for when, _, do, args in sorted(agenda, key=lambda e: e[:2]):
            if when <= DAYS:
                self.pass_time(when)
                do(*args)

    def pass_time(self, when):
        days = when - self.now
        served = min(self.rate * days, self.level)
        self.day_served += served
        self.day_need += self.use * self.need * days
        self.level -= served
        self.now = when

    def solve(self):
        """What it has is spread over what is left of the day, an hour at
        least; in full, it gives what is asked for until it is empty."""
        left = max(1 - (self.now + 1e-9) % 1, 1 / 24)
        asked = self.use * self.need * self.ration
        self.rate = asked if self.in_full else min(asked, self.level / left)

    def bring(self, amount):
        self.level += amount
        self.solve()

    def set_use(self, value):
        self.use = value
        self.solve()

    def fly(self, value):
        self.flights += value

    def review(self):
        if self.has_season:
            self.need = 1 + 0.4 * math.cos(2 * math.pi * (
                self.now + 0.5 - 20) / 365.25)
        self.level += 5 * self.flights
        if self.has_steps:
            cover = self.level / (self.use * self.need)
            if cover < 3 and self.lower < 3:
                self.lower += 1
            elif cover > 5 and self.lower > 0:
                self.lower -= 1
            self.ration = 1 - 0.25 * self.lower
        self.solve()

    def look(self):
        self.noon.append(self.level)

    def close(self):
        self.shares.append(min(self.day_served / self.day_need, 1)
                           if self.day_need > 0 else 1)
        self.day_served = self.day_need = 0.0


# Another stock in the same place, to which nothing but the season happens.
TWIN_DAYS = 3.7
TWIN = {
    "/commodities/twin": {"unit": "m3", "kind": "other"},
    "/markets/twin": {"node": "city", "commodity": "twin",
                      "depot_days": TWIN_DAYS},
    "/demands/twin": {"node": "city", "commodity": "twin", "class": "all",
                      "demand_m3_per_day": USE},
    "/models/airlift/markets": ["city-fuel"]}


def depot_of(results, commodity):
    return [float(r["mean"]) for r in results.curves
            if (r["measure"], r["commodity"]) == ("depot_stock_m3", commodity)]


def compare(suite, name, rows, trucks=0, start_days=12, plain=False,
            in_full=False):
    here = Depot(rows, trucks, start_days, not plain, not plain, in_full)
    twin = Depot([], 0, TWIN_DAYS, not plain, False, False)
    there = suite.run("midnight.json", 1, **{
        **{place: json.dumps(v) for place, v in TWIN.items()},
        **(PLAIN if plain else {}), "arrivals_per_day": trucks,
        "/markets/city-fuel/depot_days": start_days,
        "/markets/city-fuel/serves_until_empty": json.dumps(in_full),
        **{"/events/row%d" % i: json.dumps(r) for i, r in enumerate(rows)}})
    suite.levels(name + ": in the depot", depot_of(there, "fuel"),
                 here.noon, FLOAT * max(1, *here.noon))
    suite.levels(name + ": in the other depot", depot_of(there, "twin"),
                 twin.noon, FLOAT * max(twin.noon))
    suite.levels(name + ": share served",
                 [float(r["mean"]) for r in there.curves
                  if (r["measure"], r["commodity"], r["class"])
                  == ("served_frac", "fuel", "")],
                 here.shares, FLOAT)


def by_hand(suite):
    """20 m3 in the morning and use of 10, four times that from six o'clock."""
    r = suite.run("midnight.json", 1, **PLAIN, **{
        "arrivals_per_day": 0, "/markets/city-fuel/depot_days": 2,
        "/events/a": json.dumps(use(0.25, 40)),
        "/events/b": json.dumps(row("airlift", 1, 3, value=2)),
        "/events/c": json.dumps(use(2, 5))})
    # 2.5 in the first quarter, then 17.5 of 30 asked for; 10 come on each of
    # three days, on which 40 and 5 and 5 are asked for.
    suite.levels("a stock by hand: share served",
                 r.curve("served_frac", "city")[:6],
                 [20 / 32.5, 0.25, 1, 1, 1, 1], FLOAT)
    suite.levels("a stock by hand: in the depot",
                 r.curve("depot_stock_m3", "city")[:6],
                 [17.5 * 2 / 3, 5, 7.5, 12.5, 7.5, 2.5], FLOAT)


def owed(suite):
    """Batches of 30 m3 at half past six, 32 m3 in the depot, a truck each
    hour. 4 m3 are owed on the third day, 10 on the fourth; those who come
    first pay that."""
    batches = {"model": "market/batches", "arrivals": "fixed", "mean_h": 24,
               "first_h": 6.5, "size_1_m3": 30, "waits": True}
    r = suite.run("midnight.json", 1, **PLAIN, **{
        "arrivals_per_day": 24, "/markets/city-fuel/depot_days": 3.2,
        "/models/batches": json.dumps(batches)})
    suite.levels("what is owed comes first: in the depot",
                 r.curve("depot_stock_m3", "city")[:4], [14, 8, 2, 0], FLOAT)


def group_midnight(suite):
    by_hand(suite)
    owed(suite)
    airlift = [row("airlift", 15, 12, value=1)]
    compare(suite, "season, ration and an airlift", airlift)
    compare(suite, "and use that is set at that midnight",
            airlift + [use(15, 16, 12)])
    compare(suite, "and trucks each hour", airlift + [use(15, 30, 12)], 24)
    compare(suite, "trucks and plenty", [use(9.3, 20, 8), use(30, 0)], 12,
            plain=True)
    compare(suite, "trucks and want", [use(9.3, 20, 8), use(31, 7)], 6,
            start_days=1.3, plain=True)
    compare(suite, "trucks and want, until empty",
            [use(9.3, 20, 8), use(31, 7)], 6, start_days=1.3, plain=True,
            in_full=True)
    draw = random.Random(20300102)
    for i in range(12):
        rows = [use(draw.randrange(1, 160) / 4, draw.choice([3, 9, 20, 33]))
                for _ in range(3)]
        rows += [row("airlift", draw.randrange(30), draw.randrange(1, 9),
                     value=draw.choice([1, 2, 6])) for _ in range(3)]
        compare(suite, "random %d" % i, rows, draw.choice([0, 4, 24]),
                draw.choice([1, 4, 9]), draw.random() < 0.3)


if __name__ == "__main__":
    sys.exit(threat.main({"midnight": group_midnight}))
