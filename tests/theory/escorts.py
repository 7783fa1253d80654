#!/usr/bin/env python3
# escorts.py - escorts and drivers against mathematics. SPDX-License-Identifier: GPL-3.0-or-later
"""Runs scenarios of escorts and drivers whose answers are known.

    escorts.py --shortfall PROGRAM --scenarios FOLDER [GROUP...]

Bounds and their meaning are those of run-theory.py.
"""

import json
import math
import sys

import threat
from threat import Estimate, theory, variance_of


# ---- Escorts ----------------------------------------------------------------


def contest(a, e, g=2):
    return a ** g / (a ** g + e ** g)


def air_cover(suite):
    """Attackers of 1 against an escort of 2, or of 4 when aircraft fly."""
    cover = {"model": "convoy/air-cover", "boost_frac": 1,
             "availability_prob": 0.3}
    sets = {"/models/cover": json.dumps(cover)}
    r = suite.run("contest.json", 150, **sets)
    tried = [10 * x for x in r.values("entered_per_day")]
    suite.ratio("convoys that lose when aircraft fly on 3 of 10 days",
                r.values("lost_count"), tried,
                0.3 * contest(1, 4) + 0.7 * contest(1, 2),
                wrong=[contest(1, 2), contest(1, 4), contest(1, 2.6)])
    suite.near("share of days on which they fly",
               r.estimate("mean_cover_frac", "cover"), 0.3, wrong=[0.7],
               power=0.07)
    # An event that begins on day 50 with twice the boost brings it; none of
    # another gate does.
    sets = {"/models/cover": json.dumps({**cover, "availability_prob": 1}),
            "/events/cover": json.dumps({
                "kind": "air-cover", "date": "2030-02-20", "value": 2,
                "nodes": ["gate"]})}
    r = suite.run("contest.json", 300, **sets)
    for name, days, p in (("before it comes", range(5, 50), contest(1, 2)),
                          ("with twice the boost", range(51, 100),
                           contest(1, 6))):
        lost = math.fsum(r.curve("lost_count", "gate")[d] for d in days)
        tried = math.fsum(r.curve("entered_count", "gate")[d]
                          for d in days) / 10
        n = 200 * tried
        suite.near("convoys that lose %s" % name,
                   Estimate(lost / tried, math.sqrt(p * (1 - p) / n), n), p,
                   wrong=[contest(1, 4)], power=0.12)
    suite.levels("cover by an event", r.curve("cover_frac", "cover"),
                 [0] * 50 + [1] * 50)
    with suite.folder("air-cover.json", 1) as out:
        found = theory.Results(out)
        suite.levels("aircraft fly as long as there is fuel",
                     found.curve("cover_frac", "cover"),
                     [1, 1, 0.5] + [0] * 7)
        suite.exact("they cost a million a day",
                    found.estimate("cost_xof").mean, 10e6)
        served = found.curve("served_frac", "city")
        suite.levels("the city is served for two days, and not after",
                     served, [1, 1] + [0] * 8)


def handover(suite):
    force = {"model": "convoy/handover", "from": "2030-01-11",
             "before_frac": 1.5, "dip_frac": 0.5, "after_frac": 1,
             "handover_days": 20}
    r = suite.run("contest.json", 1, **{"/models/force": json.dumps(force)})

    def q(day):
        if day <= 20:
            return 1.5 - max(day - 10, 0) / 10
        return 0.5 + min(day - 20, 10) / 20

    suite.levels("strength of the forces in a handover",
                 r.curve("quality_ratio", "force"),
                 [q(day) for day in range(100)])
    force.update(before_frac=0.5, dip_frac=0.5, after_frac=0.5)
    r = suite.run("contest.json", 60, **{"/models/force": json.dumps(force)})
    suite.ratio("convoys that lose with half the strength",
                r.values("lost_count"),
                [10 * x for x in r.values("entered_per_day")],
                contest(1, 1), wrong=[contest(1, 2)])
    force["gates"] = ["city"]
    r = suite.run("contest.json", 100, **{"/models/force": json.dumps(force)})
    suite.ratio("and at another gate than theirs", r.values("lost_count"),
                [10 * x for x in r.values("entered_per_day")],
                contest(1, 2), wrong=[contest(1, 1)])


# ---- Convoy size (Blackett) -------------------------------------------------


def reached(mean, spread, trucks):
    """Mean of min (W, trucks), W a gamma variable of whole shape k rounded to
    a whole number: sum over j < trucks of P (W > j + 1/2)."""
    if spread == 0:
        return min(mean, trucks)
    k = round(1 / spread ** 2)
    return math.fsum(
        math.exp(-x) * math.fsum(x ** i / math.factorial(i) for i in range(k))
        for x in ((j + 0.5) * k / mean for j in range(trucks)))


def convoy_sizes(suite):
    """Losses a convoy hardly grow with its size beyond the window, so that
    the share lost falls as 1 / size."""
    shares = {}
    for spread in (0, 0.5):
        for size in (10, 20, 40, 80):
            r = suite.run("contest.json", 60, **{
                "/models/escorts/strength": 0, "arrivals_per_day": 320,
                "/models/ambushes/window_trucks_count": 10,
                "/models/ambushes/window_spread_frac": spread,
                "/models/escorts/trucks_min_count": size,
                "/models/escorts/trucks_per_escort_count": size})
            tried = [100 * x / size for x in r.values("entered_per_day")]
            lost = reached(10, spread, size)
            suite.ratio("lost by a convoy of %d, spread %g" % (size, spread),
                        r.values("lost_count"), tried, lost, error=1e-9,
                        wrong=[lost * 0.9, lost * 1.1])
            shares[spread, size] = (math.fsum(r.values("lost_count"))
                                    / math.fsum(tried) / size)
    for spread in (0, 0.5):
        suite.say(all(abs(shares[spread, size] / shares[spread, 2 * size] - 2)
                      < 0.1 for size in (20, 40)),
                  "twice the convoy, half the share lost (spread %g): %s"
                  % (spread, ["%.3f" % shares[spread, s]
                              for s in (20, 40, 80)]))
    # The spread is that of convoys: trucks on their own are hit one by one.
    r = suite.run("frontier.json", 1500,
                  **{"/models/ambushes/window_spread_frac": 0.5})
    lost = r.values("lost_count")
    p = -math.expm1(-0.1)
    suite.near("variance of lone trucks lost, spread 0.5", variance_of(lost),
               4000 * p * (1 - p), wrong=[2 * 4000 * p * (1 - p)], power=0.2)


def group_escorts(suite):
    air_cover(suite)
    handover(suite)
    convoy_sizes(suite)


# ---- Drivers ----------------------------------------------------------------


def strikes_by_date(suite):
    # At random, so that nobody comes at the stroke of midnight.
    quiet = {"/events/attack": "null", "/models/attacks": "null",
             "group_h": 0, "dispatch": "poisson"}
    row = {"kind": "strike", "date": "2030-01-11", "duration_days": 5}
    r = suite.run("strikes.json", 100,
                  **{**quiet, "/events/strike": json.dumps(row)})
    entered = r.curve("entered_count", "gate")
    suite.same("nobody enters in a strike",
               [day for day in range(40) if entered[day] == 0],
               list(range(10, 15)))
    suite.levels("those who waited go when it is over", entered[15:],
                 [240] + [40] * 24, 8)
    suite.levels("a strike of five days is on the record",
                 r.curve("striking_frac", "strikes"),
                 [day in range(10, 15) for day in range(40)])
    # Drivers decide every 240 h, so on days 10 to 18 just once.
    row.update(value=0.4, duration_days=10)
    r = suite.run("strikes.json", 400, end="2030-01-19", **{
        **quiet, "/events/strike": json.dumps(row)})
    found = [math.fsum(r.curve("entered_count", "gate")[11:19]) / 320]
    suite.near("drivers who go when two of five strike",
               Estimate(found[0], math.sqrt(0.24 / 320 / 400), 400), 0.6,
               error=0.005, wrong=[0.4, 1])
    row["nodes"] = ["city"]
    r = suite.run("strikes.json", 100, **{
        **quiet, "/events/strike": json.dumps(row)})
    suite.levels("a strike elsewhere keeps nobody here",
                 r.curve("entered_count", "gate"), [40] * 40, 3.5)


def strikes_by_loss(suite):
    def days(**sets):
        r = suite.run("strikes.json", 1, **sets)
        return [day for day, x in
                enumerate(r.curve("striking_frac", "strikes")) if x > 0]

    suite.same("ten lost, more than nine: a strike two days later", days(),
               [12, 13, 14])
    suite.same("ten lost, not more than ten: none",
               days(**{"/models/strikes/losses_count": 10}), [])
    sets = {"/events/later": json.dumps({
        "kind": "attack", "date": "2030-01-14", "links": ["post-gate"],
        "attackers_strength": 1, "ambush_days": 1, "trucks_max_count": 6}),
        "/events/attack/trucks_max_count": 6}
    suite.same("six and six three days apart count together", days(**sets),
               [15, 16, 17])
    suite.same("but not in a window of two days", days(**{
        **sets, "/models/strikes/window_days": 2}), [])
    # The second loss of ten comes in the strike and is not forgotten, nor are
    # the first ten counted twice.
    sets["/events/attack/trucks_max_count"] = 10
    sets["/models/strikes/losses_count"] = 5
    sets["/models/strikes/window_days"] = 5
    suite.same("losses in a strike call another one, once", days(**{
        **sets, "/events/later/date": "2030-01-12"}),
        [12, 13, 14] + [17, 18, 19])
    sets["/models/strikes/losses_count"] = 6
    suite.same("and losses that led to one count no more", days(**{
        **sets, "/events/later/date": "2030-01-12"}), [12, 13, 14])


def strikes_everywhere(suite):
    for everywhere, share in (("false", 0.5), ("true", 1)):
        r = suite.run("two-ports.json", 1, **{
            "/models/adaptive": "null",
            "/models/attacks": '{"model": "interdiction/attack", '
                               '"window_trucks_count": 10, '
                               '"destroyed_frac": 1}',
            "/models/strikes": '{"model": "driver/strike", '
                               '"losses_count": 9, "all_corridors": %s}'
                               % everywhere,
            "/events/attack": '{"kind": "attack", "date": "2030-01-11", '
                              '"links": ["north-road"], '
                              '"attackers_strength": 1, "ambush_days": 1}'})
        suite.levels("gates on strike, all_corridors %s" % everywhere,
                     r.curve("striking_frac", "strikes"),
                     [share * (12 <= day < 15) for day in range(60)])


def bonus(suite):
    """Everyone decides once; who does not go waits to the end. Drivers come
    at random, so that none comes at the stroke of midnight."""
    for name, sets, left, due in (
            ("a bonus", {}, 0.75, 30000),
            ("three times that", {"bonus_xof_per_trip": 90000}, 0.5625, 90000),
            ("an insurance for half of them besides",
             {"insured_frac": 0.5, "insurance_frac": 0.4,
              "premium_xof_per_trip": 8000}, 0.6, 34000)):
        r = suite.run("bonus.json", 300, **{
            "/models/bonus/" + key: value for key, value in sets.items()})
        p = math.exp(-2 * left)
        suite.near("drivers who go for %s" % name,
                   theory.mean_of([x / 40 for x in
                                   r.values("entered_per_day")]), p,
                   wrong=[math.exp(-2), math.exp(-2 * 0.5)])
        suite.exact("what it costs", r.estimate("cost_xof").mean, due
                    * math.fsum(r.curve("entered_count", "gate")[:8]), 1e-5)
        suite.levels("the risk that is left",
                     r.curve("risk_left_frac", "bonus"), [left] * 9)
    r = suite.run("bonus.json", 100, **{
        "/events/lever": '{"kind": "bonus", "date": "2030-01-04", '
                         '"duration_days": 4, "value": 2}'})
    suite.levels("a bonus that an event brings and takes, at twice the sum",
                 r.curve("risk_left_frac", "bonus"),
                 [0.625 if 3 <= day < 7 else 1 for day in range(9)])
    suite.exact("costs what entered on these days",
                r.estimate("cost_xof").mean, 60000
                * math.fsum(r.curve("entered_count", "gate")[3:7]), 1e-5)


def passage(suite):
    """A passage that is agreed for a cargo: its exposure falls within a run."""
    r = suite.run("frontier.json", 400, **{
        "/commodities/fuel/exposure_frac": 1,
        "/events/passage": '{"kind": "set", "date": "2030-02-20", '
                           '"target": "/commodities/fuel/exposure_frac", '
                           '"value": 0.2, "duration_days": 30}'})
    lost, tried = (r.curve(m, "gate") for m in ("lost_count", "entered_count"))
    for name, days, rate in (("before", range(0, 50), 0.1),
                             ("under", range(50, 80), 0.02),
                             ("after", range(80, 100), 0.1)):
        p = -math.expm1(-rate)
        n = 400 * math.fsum(tried[d] for d in days)
        found = 400 * math.fsum(lost[d] for d in days) / n
        suite.near("share lost %s an agreed passage" % name,
                   Estimate(found, math.sqrt(p * (1 - p) / n), n), p,
                   wrong=[-math.expm1(-(0.12 - rate))], power=0.07)


def rule(suite):
    """The authorities let nobody go alone for four days: it counts at once,
    at a gate where drivers have decided since the last news, too, and ends at
    once. Those who waited decide again on day 10."""
    r = suite.run("frontier.json", 1, **{
        "/commodities/fuel/exposure_frac": 1, "/models/ambushes": "null",
        "/models/drivers": '{"model": "driver/willingness", '
                           '"risk_per_truck_lost": 0, "reconsider_h": 240, '
                           '"unescorted_frac": 1}',
        "/events/rule": '{"kind": "set", "date": "2030-01-04", "value": 0, '
                        '"duration_days": 4, '
                        '"target": "/models/drivers/unescorted_frac"}'})
    suite.levels("trucks that enter before, under and after a rule",
                 r.curve("entered_count", "gate")[1:12],
                 [40, 40, 0, 0, 0, 0, 40, 40, 40, 200, 40])


def group_drivers(suite):
    strikes_by_date(suite)
    strikes_by_loss(suite)
    strikes_everywhere(suite)
    bonus(suite)
    passage(suite)
    rule(suite)


if __name__ == "__main__":
    sys.exit(threat.main({"escorts": group_escorts, "drivers": group_drivers}))
