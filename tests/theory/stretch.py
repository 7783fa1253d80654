#!/usr/bin/env python3
# stretch.py - trucks under way when something changes. SPDX-License-Identifier: GPL-3.0-or-later
"""Runs four roads in a row whose answers are known (scenarios/theory/
long-road.json).

    stretch.py --shortfall PROGRAM --scenarios FOLDER

Ten trucks set out every six hours and take a day on each road; the run lasts
60 days. On the later roads the first come six hours after the start, since
those that stand at a place at the start are taken to have entered. Bounds and
their meaning are those of run-theory.py.
"""

import heapq
import importlib
import math
import sys

threat = importlib.import_module("threat")
theory = threat.theory

ROAD = "long-road.json"
DAYS, SLOT_DAYS, TRUCKS = 60, 0.25, 10
HIT = -math.expm1(-0.1)
QUIET = {"/models/ambushes": "null"}


def passed(results, link):
    """Loaded trucks that entered a road, by replication."""
    return [v * DAYS for v in results.values("loaded_trucks_per_day", link)]


def lost_on_last(is_on):
    """Expected losses on the fourth road when attacks are on at some times."""
    lost = 0
    for slot in range(1, int(DAYS / SLOT_DAYS) + 1):
        day = slot * SLOT_DAYS
        left = math.prod(1 - HIT for k in (1, 2, 3)
                         if day - k > 0 and is_on(day - k))
        lost += TRUCKS * left * HIT * is_on(day)
    return lost


def each_road(suite):
    """A hit before does not change the chance of one later."""
    r = suite.run(ROAD, 1000)
    for link in ("l1", "l2", "l3", "l4"):
        theory.binomial(suite, "share lost on " + link, r,
                        r.values("lost_count", link), passed(r, link), HIT,
                        [0.1, HIT / 2, 2 * HIT])


def two_dangers(suite):
    """Two models make hits of their own; there is one attack a passage, so
    trucks go one by one here."""
    both = {"model": "interdiction/ambush", "lone_attacks_per_100km": 0.2,
            "empty_frac": 0, "destroyed_frac": 1, "delay_h": 0}
    r = suite.run(ROAD, 1300, **{"/models/more": threat.json.dumps(both),
                                 "/run/group_h": 0})
    theory.binomial(suite, "share lost on l3 to two models", r,
                    r.values("lost_count", "l3"), passed(r, "l3"),
                    -math.expm1(-0.3), [HIT, -math.expm1(-0.2), 0.3])


def truce(date, days):
    return {"/events/truce": threat.json.dumps(
        {"kind": "truce", "date": date, "duration_days": days})}


def danger_changes(suite):
    """A truce is for trucks on the road, too, from its first moment to its
    last."""
    r = suite.run(ROAD, 400, **truce("2030-01-21", 1000))
    suite.near("lost on l4 until a truce",
               theory.mean_of(r.values("lost_count", "l4")),
               lost_on_last(lambda day: day < 20),
               wrong=[lost_on_last(lambda day: day < 23)])
    r = suite.run(ROAD, 400, **truce("2030-01-01", 40.5))
    suite.near("lost on l4 after a truce",
               theory.mean_of(r.values("lost_count", "l4")),
               lost_on_last(lambda day: day >= 40.5),
               wrong=[lost_on_last(lambda day: day >= 43.5)])
    r = suite.run(ROAD, 400, **{"/models/ambushes/from": "2030-02-10"})
    suite.near("lost on l4 from a first day on",
               theory.mean_of(r.values("lost_count", "l4")),
               lost_on_last(lambda day: day >= 40),
               wrong=[lost_on_last(lambda day: day >= 43)])


def slots(suite, name, results, link, count):
    suite.exact(name, passed(results, link)[0], TRUCKS * count)


def closed(link):
    return {"/events/shut": threat.json.dumps(
        {"kind": "close", "date": "2030-02-27", "links": [link],
         "delay_days": 0.5})}


def roads_change(suite):
    """Nobody enters a road that is closed while he comes up to it, and nobody
    minds one that is closed behind him."""
    whole = int(DAYS / SLOT_DAYS)
    r = suite.run(ROAD, 1, **QUIET)
    slots(suite, "trucks on l4", r, "l4", whole)
    r = suite.run(ROAD, 1, **QUIET, **closed("l4"))
    slots(suite, "trucks on l4, closed for two days and a half", r, "l4",
          whole - 11)
    # From day 57.5 on nobody sets out, as there is no way to the city.
    slots(suite, "trucks on l3 meanwhile", r, "l3", whole - 3)
    r = suite.run(ROAD, 1, **QUIET, **closed("l1"))
    slots(suite, "trucks on l4 when l1 is closed", r, "l4", whole)
    r = suite.run(ROAD, 1, **QUIET, **{"/events/haste": threat.json.dumps(
        {"kind": "set", "date": "2030-02-20", "target": "/links/l3/speed_kmh",
         "value": 100 / 12})})
    slots(suite, "trucks on l4 when l3 takes half a day from day 50", r, "l4",
          whole + 2)


def serve(arrivals, changes, end):
    """First come first served, an event at a time: trucks start when fewer
    than `servers` are busy, and take the service of that moment. Changes are
    (time, servers, service). Returns waits of those who started and the number
    served by the end."""
    agenda = [(t, 0, change) for t, *change in changes]
    agenda += [(t, 1, "") for t in arrivals]
    heapq.heapify(agenda)
    servers, service, busy, served, line, waits = 0, 0, 0, 0, [], []
    while agenda and agenda[0][0] <= end:
        now, kind, what = heapq.heappop(agenda)
        if kind == 0:
            servers, service = what
        elif not what:
            line.append(now)
        else:
            busy -= 1
            served += 1
        if agenda and agenda[0][:2] == (now, 0):
            continue
        while line and busy < servers:
            busy += 1
            waits.append(now - line.pop(0))
            heapq.heappush(agenda, (now + service, 1, "done"))
    return waits, served


def change(place, value, day, days=None):
    row = {"kind": "set", "target": "/queues/customs/" + place, "value": value,
           "date": "2030-01-%02d" % (day + 1)}
    if days:
        row["duration_days"] = days
    return threat.json.dumps(row)


def queues_change(suite):
    """Clerks come and go and work faster or slower while trucks wait. One
    truck comes an hour."""
    base = {"/queues/customs/service": "fixed", "dispatch": "regular",
            "end": "2030-01-30"}
    cases = [
        ("more clerks", [(0, 1, 2), (120, 4, 2)],
         {"/events/a": change("servers_count", 4, 5)}),
        ("fewer clerks", [(0, 3, 2.5), (120, 1, 2.5), (240, 3, 2.5)],
         {"/events/a": change("servers_count", 1, 5, 5)}),
        ("faster clerks", [(0, 1, 1.5), (240, 1, 0.5)],
         {"/events/a": change("service_h", 0.5, 10)}),
        ("both", [(0, 5, 4), (120, 5, 6), (240, 2, 6), (456, 2, 4), (480, 2, 1)],
         {"/events/a": change("service_h", 6, 5, 14),
          "/events/b": change("servers_count", 2, 10),
          "/events/c": change("service_h", 1, 20)}),
    ]
    for name, changes, events in cases:
        first = changes[0]
        r = suite.run("t19-queue.json", 1, **{
            **base, "/queues/customs/servers_count": first[1],
            "service_h": first[2], **events})
        waits, served = serve(range(1, 30 * 24 + 1), changes, 30 * 24)
        suite.exact(name + ": served_count",
                    r.values("served_count", "customs")[0], served)
        suite.exact(name + ": wait_h", r.values("wait_h", "customs")[0],
                    math.fsum(waits) / len(waits))


def group_stretch(suite):
    each_road(suite)
    two_dangers(suite)
    danger_changes(suite)
    roads_change(suite)
    queues_change(suite)


if __name__ == "__main__":
    sys.exit(threat.main({"stretch": group_stretch}))
