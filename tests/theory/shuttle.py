#!/usr/bin/env python3
# shuttle.py - a few trucks, step by step. SPDX-License-Identifier: GPL-3.0-or-later
"""Runs trucks that go as often as they can (scenarios/theory/shuttle.json),
while receipt and transit pause, roads are closed and numbers are set, and does
the same in Python with an event for each single step.

    shuttle.py --shortfall PROGRAM --scenarios FOLDER [GROUP...]

The engine takes many of those steps without an event; here nothing is planned
ahead. Numbers of trucks and the share served of a demand that uses up what
comes, which tells the second at which it came, are compared. What has begun ends with the numbers it began with: a service, a dwell,
an unloading, a journey over a road. What begins later takes the numbers of
then. Row and event at one moment: the row first. All answers are exact.
"""

import heapq
import importlib
import json
import math
import random
import sys

threat = importlib.import_module("threat")

HOUR, DAYS = 3600, 30
END = DAYS * 24 * HOUR
ROW, ARRIVAL, TIMER = 1, 2, 4  # what comes first at one moment
PLACES = {
    "l1_h": "/links/l1/speed_kmh", "l2_h": "/links/l2/speed_kmh",
    "l3_h": "/links/l3/speed_kmh", "l4_h": "/links/l4/speed_kmh",
    "d2_h": "/links/d2/speed_kmh",
    "loading_h": "/fleets/trucks/loading_h",
    "unloading_h": "/fleets/trucks/unloading_h",
    "turnround_h": "/fleets/trucks/turnround_h",
    "service_h": "/queues/post/service_h",
    "dwell_h": "/queues/post/dwell_h",
    "servers_count": "/queues/post/servers_count",
    "check_service_h": "/queues/check/service_h",
    "check_dwell_h": "/queues/check/dwell_h",
    "trucks_count": "/fleets/trucks/trucks_count",
}
NUMBERS = {"l1_h": 5, "l2_h": 5, "l3_h": 5, "l4_h": 5, "loading_h": 3,
           "unloading_h": 7, "turnround_h": 5, "service_h": 4, "dwell_h": 6,
           "servers_count": 6, "trucks_count": 3}
# A second way past l2, and a post on the way: places of the scenario to add.
DETOUR = {"/links/d2": {"from": "one", "to": "two", "km": 120,
                        "speed_kmh": 12, "zone": "z2"}}
CHECK = {"/queues/check": {"node": "two", "service": "fixed",
                           "servers_count": 1, "service_h": 2, "dwell_h": 1}}
NO_POST = {"/queues": None}
KM = {"d2_h": 120}


def value_of(name, number):
    """What the scenario says for a number of NUMBERS."""
    return KM.get(name, 100) / number if name[-3] in "1234" and len(
        name) == 4 else number


class Row:
    """An event row: from an hour, for some hours or for good."""

    def __init__(self, kind, begin_h, hours=0, what=None, number=None):
        self.kind, self.begin_h, self.hours = kind, begin_h, hours
        self.what, self.number, self.old = what, number, None

    def record(self):
        row = {"kind": self.kind, "date": "2030-01-01",
               "delay_days": self.begin_h / 24}
        if self.hours:
            row["duration_days"] = self.hours / 24
        if self.kind == "close":
            row["links"] = [self.what]
        elif self.kind == "set":
            row["target"] = PLACES[self.what]
            row["value"] = value_of(self.what, self.number)
        return row

    def __repr__(self):
        return "%s(%g, %g, %s, %s)" % (self.kind, self.begin_h, self.hours,
                                       self.what, self.number)


class Group:
    def __init__(self, trucks):
        self.trucks, self.to_do = trucks, 0
        self.is_loaded, self.at, self.route = True, 0, []


class Post:
    """Servers with one line before them."""

    def __init__(self, prefix=""):
        self.prefix, self.line, self.busy = prefix, [], 0
        self.waits, self.served = [], 0


class Shuttle:
    """The same as the engine, an event a step."""

    def __init__(self, rows, numbers, detour=False, check=False, post=True):
        self.numbers = {**NUMBERS, **numbers}
        self.segments = [["l1"], ["l2"] + ["d2"] * detour, ["l3"], ["l4"]]
        self.posts = {}
        if post:
            self.posts[4] = Post()
        if check:
            self.posts[2] = Post("check_")
        self.agenda, self.sequence, self.now = [], 0, 0
        self.pauses = {"pause-transit": 0, "pause-receipt": 0}
        self.closed = dict.fromkeys(("l1", "l2", "l3", "l4", "d2"), 0)
        self.held, self.stuck, self.idle = [], [], 0
        self.delivered, self.entered, self.sent = [], {}, []
        for row in rows:
            self.at(row.begin_h * HOUR, ROW, self.begin, row)
        self.leave_after_loading(int(self.numbers["trucks_count"]))
        for hour in range(1, DAYS * 24 + 1):
            self.at(hour * HOUR, TIMER, self.dispatch)
        while self.agenda and self.agenda[0][0] <= END:
            self.now, _, _, do, args = heapq.heappop(self.agenda)
            do(*args)

    def at(self, when, priority, do, *args):
        self.sequence += 1
        heapq.heappush(self.agenda,
                       (round(when), priority, self.sequence, do, args))

    def after(self, name, do, *args):
        self.at(self.now + round(self.numbers[name] * HOUR), ARRIVAL, do,
                *args)

    # Rows.

    def begin(self, row):
        if row.kind == "set":
            row.old = self.numbers[row.what]
            self.numbers[row.what] = row.number
        elif row.kind == "close":
            self.closed[row.what] += 1
        else:
            self.pauses[row.kind] += 1
        if row.hours:
            self.at(self.now + row.hours * HOUR, ROW, self.end, row)
        self.look_again()

    def end(self, row):
        if row.kind == "set":
            self.numbers[row.what] = row.old
        elif row.kind == "close":
            self.closed[row.what] -= 1
        else:
            self.pauses[row.kind] -= 1
        self.look_again()

    def look_again(self):
        for post in self.posts.values():
            self.serve(post)
        held, self.held = self.held, []
        stuck, self.stuck = self.stuck, []
        for group in held + stuck:
            self.go_on(group)

    # Journeys.

    def dispatch(self):
        if self.idle > 0:
            self.sent.append((self.now / HOUR, self.idle))
            trucks, self.idle = self.idle, 0
            self.leave_after_loading(trucks)

    def leave_after_loading(self, trucks):
        self.after("loading_h", self.leave, Group(trucks))

    def ahead(self, group):
        """Segments up to the target, and whether all are open."""
        segments = (self.segments[group.at:] if group.is_loaded
                    else self.segments[:group.at][::-1])
        return [next((link for link in segment if not self.closed[link]), None)
                for segment in segments]

    def leave(self, group):
        """Sets out with the way that is open now, or waits for one."""
        group.route = self.ahead(group)
        self.go_on(group)

    def go_on(self, group):
        ends = not group.route
        if None in group.route or (not ends and self.closed[group.route[0]]):
            group.route = self.ahead(group)
            if None in group.route:
                self.stuck.append(group)
                return
        if group.is_loaded and (self.pauses["pause-transit"]
                                or ends and self.pauses["pause-receipt"]):
            self.held.append(group)
        elif not ends:
            link = group.route.pop(0)
            if group.is_loaded:
                self.entered[link] = self.entered.get(link, 0) + group.trucks
            self.after(link + "_h", self.come, group)
        elif group.is_loaded:
            self.after("unloading_h", self.unloaded, group)
        else:
            self.after("turnround_h", self.home, group)

    def come(self, group):
        group.at += 1 if group.is_loaded else -1
        post = self.posts.get(group.at)
        if not group.is_loaded or not post:
            self.go_on(group)
            return
        group.to_do = group.trucks
        post.line += [(self.now, group)] * group.trucks
        self.serve(post)

    def serve(self, post):
        servers = 1 if post.prefix else self.numbers["servers_count"]
        while post.line and post.busy < servers:
            came, group = post.line.pop(0)
            post.busy += 1
            post.waits.append(self.now - came)
            self.after(post.prefix + "service_h", self.served, post, group)

    def served(self, post, group):
        post.busy -= 1
        post.served += 1
        group.to_do -= 1
        if group.to_do == 0:
            self.after(post.prefix + "dwell_h", self.go_on, group)
        self.serve(post)

    def unloaded(self, group):
        self.delivered.append((self.now, group.trucks))
        group.is_loaded = False
        self.leave(group)

    def home(self, group):
        self.idle += group.trucks


class Suite(threat.Suite):
    """Compares a run with the one above."""

    def shuttle(self, name, rows=(), places=(), hours=None, **numbers):
        """`hours`: when trucks are known, by hand, to be dispatched again."""
        extra = {k: v for part in places for k, v in part.items()}
        if DETOUR in places:
            numbers = {"d2_h": numbers.get("l2_h", 5) + 1, **numbers}
        if CHECK in places:
            numbers = {"check_service_h": 2, "check_dwell_h": 1, **numbers}
        here = Shuttle(rows, numbers, DETOUR in places, CHECK in places,
                       NO_POST not in places)
        sets = {**{place: json.dumps(v) for place, v in extra.items()},
                **{"/events/row%d" % i: json.dumps(row.record())
                   for i, row in enumerate(rows)},
                **{PLACES[key]: value_of(key, v)
                   for key, v in numbers.items()}}
        there = self.run("shuttle.json", 1, **sets)
        wrong = list(differences(here, there))
        if hours is not None and [h for h, _ in here.sent][:len(hours)] != hours:
            wrong.append("dispatched at %r" % here.sent)
        self.say(not wrong, "%s: %d delivered%s" % (
            name, sum(n for _, n in here.delivered),
            "".join("; " + w for w in wrong)
            + ("; rows %r" % (rows,) if wrong else "")))


def served(delivered):
    """Share served, day by day: what tells when it came, to the second."""
    per_s, level, now, shares = 4 / 86400, 0.0, 0, [0.0] * DAYS
    steps = [(day * 86400, 0) for day in range(1, DAYS + 1)] + [
        (when, trucks) for when, trucks in delivered if when < END]
    for when, trucks in sorted(steps):
        used = min(level, per_s * (when - now))
        if when > now:
            shares[now // 86400] += used / 4
        level, now = level - used + trucks, when
    return shares


def differences(here, there):
    delivered = sum(n for _, n in here.delivered)
    found = there.values("delivered_trucks_count", "fuel-to-city")[0]
    if found != delivered:
        yield "the engine delivers %g" % found
    daily = [0] * DAYS
    for when, trucks in here.delivered:
        if when < END:
            daily[when // (24 * HOUR)] += trucks
    for day, (a, b) in enumerate(zip(daily, there.curve("received_m3",
                                                        "city"))):
        if a != b:
            yield "day %d brings %d, in the engine %g" % (day, a, b)
            break
    for day, (a, b) in enumerate(zip(served(here.delivered),
                                     there.curve("served_frac", "city"))):
        if abs(a - b) > 1e-5:
            yield "on day %d %g is served, in the engine %g" % (day, a, b)
            break
    for link, trucks in here.entered.items():
        found = there.values("loaded_trucks_per_day", link)[0] * DAYS
        if abs(found - trucks) > 1e-6:
            yield "%s is entered by %d, in the engine by %g" % (link, trucks,
                                                               found)
    for at, place in ((4, "post"), (2, "check")):
        post = here.posts.get(at)
        if not post or not post.waits:
            continue
        mean_h = math.fsum(post.waits) / len(post.waits) / HOUR
        if there.values("served_count", place) != [post.served]:
            yield "%s serves %d, in the engine %r" % (
                place, post.served, there.values("served_count", place))
        if abs(there.values("wait_h", place)[0] - mean_h) > 1e-9:
            yield "wait of %g h at %s, in the engine %g" % (
                mean_h, place, there.values("wait_h", place)[0])


# The first journey of shuttle.json, in hours: leaves at 3, comes to l2, l3, l4
# at 8, 13, 18, to the post at 23, is served until 27, dwells until 33, unloads
# until 40, is home at 60 and ready at 65. Without a post it unloads from 23 to
# 30, is home at 50 and ready at 55.
AT_POST = [("on the road", 10), ("on the last road", 20),
           ("as it comes to the post", 23), ("being served", 25),
           ("as service ends", 27), ("in its dwell", 30),
           ("as the dwell ends", 33), ("as it unloads", 36),
           ("as unloading ends", 40), ("on the way home", 45),
           ("on the last road home", 57), ("as it comes home", 60),
           ("in its turnround", 62), ("as it is ready", 65)]
NOWHERE = [("loading", 1), ("as it leaves", 3), ("on the first road", 5),
           ("as it comes to a place", 13), ("on the last road", 20),
           ("as it comes", 23), ("as it unloads", 26),
           ("as unloading ends", 30), ("on the way home", 33),
           ("on the last road home", 47), ("as it comes home", 50),
           ("in its turnround", 52), ("as it is ready", 55)]


def both(places):
    return ("without a post", NOWHERE) if NO_POST in places \
        else ("at a post", AT_POST)


# ---- By hand ----------------------------------------------------------------


def group_hand(suite):
    """A handful whose hours are worked out by hand, so that the two programs
    cannot be wrong together."""
    s = suite.shuttle
    leave_together(suite)
    old_entries(suite)
    s("nothing in the way", hours=[65, 130, 195, 260])
    s("nothing in the way, no post", places=[NO_POST], hours=[55, 110, 165])
    s("receipt pauses on the road, no post", [Row("pause-receipt", 10, 20)],
      [NO_POST], [62, 117])  # unloads from 30
    s("receipt pauses as it comes, no post", [Row("pause-receipt", 23, 2)],
      [NO_POST], [57, 112])
    second_h = 1 / HOUR
    s("receipt pauses a second after it came, no post",
      [Row("pause-receipt", 23 + second_h, 2)], [NO_POST], [55, 110])
    s("receipt pauses a second after its dwell",
      [Row("pause-receipt", 33 + second_h, 2)], (), [65, 130])
    s("receipt pauses a second before its dwell ends",
      [Row("pause-receipt", 33 - second_h, 2)], (), [67, 132])
    s("receipt pauses until it comes, no post", [Row("pause-receipt", 10, 13)],
      [NO_POST], [55, 110])
    s("receipt pauses as it unloads, no post", [Row("pause-receipt", 24, 100)],
      [NO_POST], [55, 156])  # the second, there at 78, waits until 124
    s("receipt pauses in the dwell", [Row("pause-receipt", 30, 10)], (),
      [72, 137])
    s("receipt pauses before the post", [Row("pause-receipt", 20, 20)], (),
      [72, 137])
    s("transit pauses in the dwell", [Row("pause-transit", 30, 10)], (),
      [72, 137])
    s("service set while one is served and two wait",
      [Row("set", 25, 0, "service_h", 1)], (), [67, 131], servers_count=1)
    s("receipt pauses over before the dwell", [Row("pause-receipt", 24, 5)],
      (), [65, 130])
    s("transit pauses on the road", [Row("pause-transit", 10, 10)], (),
      [72, 137])  # at the second place from 13 to 20
    s("transit pauses on the way home", [Row("pause-transit", 41, 30)], (),
      [65, 133])  # leaves at 68, waits until 71
    s("a road closed on the way home", [Row("close", 45, 20, "l1")], (),
      [75, 140])  # before it at 55
    s("a road closed behind it", [Row("close", 46, 10, "l4")], (), [65, 130])
    s("a road closed while it turns round", [Row("close", 61, 3, "l1")], (),
      [65, 130])
    s("a detour on the way home", [Row("close", 43, 60, "l2")], [DETOUR],
      [66, 132])  # and there again, as it leaves before the end
    s("unloading set while it unloads", [Row("set", 36, 0, "unloading_h", 1)],
      (), [65, 124])
    s("turnround set on the last road home",
      [Row("set", 57, 0, "turnround_h", 9)], (), [69, 138])
    s("turnround set while it turns round",
      [Row("set", 62, 0, "turnround_h", 9)], (), [65, 134])
    s("roads slower while it unloads",
      [Row("set", 36, 1, "l2_h", 50), Row("set", 38, 1, "l3_h", 50)], (),
      [65, 130])
    s("roads slower while it turns round",
      [Row("set", 61, 1, "l2_h", 50), Row("set", 63, 1, "l3_h", 50)], (),
      [65, 130])
    s("the last road home slower while it turns round",
      [Row("set", 61, 1, "l1_h", 50)], (), [65, 130])
    s("unloading shortened, then receipt pauses, as it unloads",
      [Row("set", 24, 0, "unloading_h", 1), Row("pause-receipt", 26, 10)],
      [NO_POST], [55, 104])
    s("unloading shortened twice as it unloads",
      [Row("set", 34, 0, "unloading_h", 1), Row("set", 36, 0, "unloading_h", 4)],
      (), [65, 127])
    s("loading set while it loads", [Row("set", 1, 0, "loading_h", 9)], (),
      [65, 136])


def leave_together(suite):
    """Three fleets load at the same hours: none of them is left at home."""
    more = {}
    for name in ("second", "third"):
        more["/fleets/" + name] = json.dumps(
            {"vehicle": "truck", "home": "port", "trucks_count": 2,
             "loading_h": 3, "unloading_h": 7, "turnround_h": 5})
        more["/shipments/" + name] = json.dumps(
            {"fleet": name, "commodity": "fuel", "to": "city",
             "trucks_per_day": 2400})
    r = suite.run("shuttle.json", 1, **more, **{
        "/queues/post/servers_count": 7})
    for name, trucks in (("fuel-to-city", 3), ("second", 2), ("third", 2)):
        # They unload at 40, 105, ... 690 h.
        suite.same("%s leaves with others" % name,
                   r.values("delivered_trucks_count", name), [11 * trucks])
    # One an hour for ten days, by a timer each: the second is sent when the
    # first, who needs no time to load, has left.
    r = suite.run("one-road.json", 1, **{
        "/shipments/second": json.dumps({
            "fleet": "trucks", "commodity": "fuel", "to": "city",
            "trucks_per_day": 24})})
    for name in ("fuel-to-city", "second"):
        suite.same("%s leaves at once" % name,
                   r.values("delivered_trucks_count", name), [240])


def old_entries(suite):
    """The way home is slow when a truck sets out (ready at 196 h) and fast
    soon after (ready at 17 h); at 196 h it is loaded on the same road. Those
    who wait at a frontier are let go there in a list, whose links are numbers
    like those of the entries of who comes home."""
    fleet = {"vehicle": "truck", "home": "port", "trucks_count": 1,
             "loading_h": 1, "unloading_h": 1, "turnround_h": 1}
    slow = {"kind": "set", "date": "2030-01-01", "delay_days": 5 / 24,
            "duration_days": 6 / 24, "value": 100 / 180,
            "target": "/links/post-gate/speed_kmh"}
    strike = {"kind": "strike", "date": "2030-01-01", "delay_days": 10 / 24,
              "duration_days": 182 / 24}
    links = {"port-post": ("port", "post", 1), "post-gate": ("post", "gate", 1),
             "gate-city": ("gate", "city", 5), "gate-town": ("gate", "town", 8)}
    sets = {"/links/" + name: {"from": a, "to": b, "km": 100,
                               "speed_kmh": 100 / hours,
                               "border": name == "post-gate"}
            for name, (a, b, hours) in links.items()}
    sets.update({
        "/vehicles/truck/driving_h_per_day": 24, "end": "2030-01-10",
        "group_h": 1, "/commodities/fuel/kind": "other",
        "/nodes/town": {"country": "XA"}, "/fleets/trucks": fleet,
        "/fleets/others": fleet, "arrivals_per_day": 2400,
        "/shipments/others": {"fleet": "others", "commodity": "fuel",
                              "to": "town", "trucks_per_day": 2400},
        "/events/slow": slow, "/events/strike": strike,
        "/models/ambushes": None, "/models/strikes": {"model": "driver/strike"}})
    r = suite.run("frontier.json", 1, **{
        place: json.dumps(value) for place, value in sets.items()})
    # Unloaded at 9, 199, 216, 233 h; at 12, 202, 225 h.
    for name, count in (("fuel-to-city", 4), ("others", 3)):
        suite.same("an old entry takes nobody home, %s" % name,
                   r.values("delivered_trucks_count", name), [count])


# ---- One row at each step ---------------------------------------------------


def group_pauses(suite):
    """Both pauses from each step of the journey on, for less and for more
    than what is left of it."""
    for places in ((), (NO_POST,)):
        where, steps = both(places)
        for kind in ("pause-receipt", "pause-transit"):
            for step, hour in steps:
                for hours in (1, 4, 50):
                    suite.shuttle("%s for %d h, %s, %s" % (kind, hours, step,
                                                           where),
                                  [Row(kind, hour, hours)], places)


def group_numbers(suite):
    """Each number set at each step, to more and to less, and put back while
    it is under way."""
    for places in ((), (NO_POST,)):
        where, steps = both(places)
        names = ["loading_h", "unloading_h", "turnround_h", "l2_h", "l4_h"]
        if not places:
            names += ["service_h", "dwell_h", "servers_count"]
        for name in names:
            for step, hour in steps:
                rows = [Row("set", hour, 0, name,
                            1 if (hour + len(name)) % 2 else 11)]
                suite.shuttle("%s to %g, %s, %s" % (
                    name, rows[0].number, step, where), rows, places)
            for step, hour in steps[::3]:
                suite.shuttle("%s for 2 h, %s, %s" % (name, step, where),
                              [Row("set", hour, 2, name, 13)], places)


# ---- Many rows at once --------------------------------------------------------


def random_row(draw, names, grid_h):
    kind = draw.choice(["pause-receipt", "pause-transit", "close", "set",
                        "set"])
    begin_h = draw.randrange(round(200 / grid_h)) * grid_h
    hours = draw.choice([0, 1, 2, 3, 5, 8, 13, 21, 34])
    if kind == "close":
        return Row(kind, begin_h, hours or 4,
                   draw.choice(["l1", "l2", "l2", "l3", "l4"]))
    if kind == "set":
        name = draw.choice(names)
        return Row(kind, begin_h, hours, name,
                   draw.choice([2, 4, 6] if name == "servers_count"
                               else [1, 2, 5, 7, 11]))
    return Row(kind, begin_h, hours or 6)


def group_random(suite):
    """Up to eight rows on a few trucks, with and without posts and a detour;
    at whole hours, where much falls together, and at odd minutes."""
    draw = random.Random(20300101)
    for i in range(150):
        places = draw.choice([[], [NO_POST], [DETOUR], [NO_POST, DETOUR],
                              [CHECK], [CHECK, DETOUR]])
        names = [n for n in NUMBERS if n != "trucks_count"
                 and not (NO_POST in places
                          and n in ("service_h", "dwell_h", "servers_count"))]
        grid_h = draw.choice([1, 1, 0.25])
        numbers = {n: max(grid_h, NUMBERS[n] + draw.randint(-3, 3) * grid_h)
                   for n in names if n != "servers_count"}
        rows = [random_row(draw, names, grid_h)
                for _ in range(draw.randint(1, 8))]
        suite.shuttle("random %d" % i, rows, places, **numbers,
                      trucks_count=draw.choice([1, 2, 6]))


if __name__ == "__main__":
    threat.Suite = Suite
    sys.exit(threat.main({"hand": group_hand, "pauses": group_pauses,
                          "numbers": group_numbers, "random": group_random}))
