#!/usr/bin/env python3
# company.py - trucks that travel at the same hours. SPDX-License-Identifier: GPL-3.0-or-later
"""Five fleets with one home go to five cities on roads of their own.

    company.py --shortfall PROGRAM --scenarios FOLDER

They load at the same hours and most of their roads take equally long, so in the
engine many of them share an event. Event rows close roads of one, or set
numbers of it. What each of them does is compared with a run in which it is
alone, where nothing can be shared; all answers are exact. (One that is alone is
compared with a program by hand in shuttle.py.)
"""

import importlib
import json
import random
import sys

threat = importlib.import_module("threat")

FLEETS = "abcde"
DAYS = 30


def place(name, **record):
    return {name: json.dumps(record)}


def branch(k, hours):
    """A fleet, its three roads and its city."""
    parts = {}
    stops = ["port", "one" + k, "two" + k, "city" + k]
    for stop in stops[1:]:
        parts.update(place("/nodes/" + stop, country="XA"))
    for i, (a, b, h) in enumerate(zip(stops, stops[1:], hours)):
        parts.update(place("/zones/z%s%d" % (k, i)))
        parts.update(place("/links/%s%d" % (k, i), zone="z%s%d" % (k, i), km=100,
                           speed_kmh=100 / h, **{"from": a, "to": b}))
    parts.update(place("/fleets/" + k, vehicle="truck", home="port",
                       trucks_count=2, loading_h=3, unloading_h=7,
                       turnround_h=5))
    parts.update(place("/shipments/" + k, fleet=k, commodity="fuel",
                       to="city" + k, trucks_per_day=2400))
    parts.update(place("/markets/" + k, node="city" + k, commodity="fuel",
                       serves_until_empty=True))
    parts.update({"/demands/" + k: json.dumps({
        "node": "city" + k, "commodity": "fuel", "class": "all",
        "demand_m3_per_day": 4})})
    return parts


def random_rows(draw, k):
    """Closures of roads of one fleet, and its numbers set, as records."""
    rows = {}
    for i in range(draw.choice([0, 1, 1, 2, 3])):
        row = {"date": "2030-01-01", "delay_days": draw.randrange(200) / 24,
               "duration_days": draw.choice([1, 2, 5, 9, 30]) / 24}
        if draw.random() < 0.6:
            row.update(kind="close", links=[k + draw.choice("012")])
        else:
            row.update(kind="set", value=draw.choice([1, 2, 9]),
                       target="/fleets/%s/%s_h" % (
                           k, draw.choice(["unloading", "turnround"])))
        rows["/events/%s%d" % (k, i)] = json.dumps(row)
    return rows


def outcome(results, k):
    return (results.values("delivered_trucks_count", k),
            results.curve("received_m3", "city" + k),
            results.curve("served_frac", "city" + k))


def group_company(suite):
    draw = random.Random(20300131)
    nothing = dict.fromkeys(("/fleets/trucks", "/shipments/fuel-to-city",
                             "/demands/store", "/markets/store", "/queues"),
                            "null")
    wrong, moved = [], 0
    for trial in range(25):
        parts, rows = {}, {}
        for k in FLEETS:
            parts[k] = branch(k, draw.choice([(5, 5, 5), (5, 5, 5), (4, 6, 5)]))
            rows[k] = random_rows(draw, k)
        together = suite.run("shuttle.json", 1, **nothing, **{
            name: record for k in FLEETS
            for name, record in {**parts[k], **rows[k]}.items()})
        for k in FLEETS:
            alone = suite.run("shuttle.json", 1, **nothing, **parts[k],
                              **rows[k])
            moved += alone.values("delivered_trucks_count", k)[0]
            if outcome(together, k) != outcome(alone, k):
                wrong.append("trial %d, fleet %s: %r" % (trial, k, rows[k]))
    suite.say(not wrong, "five fleets do what each does alone%s" % "".join(
        "; " + w for w in wrong[:3]))
    suite.say(moved > 1500, "%d trucks came" % moved)


if __name__ == "__main__":
    sys.exit(threat.main({"company": group_company}))
