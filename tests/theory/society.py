#!/usr/bin/env python3
# society.py - models of society against their equations. SPDX-License-Identifier: GPL-3.0-or-later
"""Runs scenarios whose answers are known and compares.

    society.py --shortfall PROGRAM --scenarios FOLDER

Every case states what must hold and computes it from the equation by hand or
in closed form. In the frame (society.json) the share served of oil is 1 on days
0 to 6, 0.25 on day 7 and 0 after. A reservoir that stays full serves as a
series that is constant, and a season of need as one that is a cosine. Values
of a day pass through 32 bits, hence the tolerance. The output is TAP.
"""

import argparse
import importlib.util
import json
import math
import pathlib
import sys

SINGLE = 2e-6  # of a series, which is kept in 32 bits
OIL = "city/oil/served_frac"
HERE = pathlib.Path(__file__).parent


def load(name):
    """A module beside this one whose name is no identifier."""
    spec = importlib.util.spec_from_file_location(
        name.replace("-", "_"), HERE / (name + ".py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


theory = load("run-theory")


def models(**named):
    """What --set needs for models; a keyword is an id with _ for -."""
    sets = {}
    for name, (kind, params) in named.items():
        place = "/models/" + name.replace("_", "-")
        sets[place] = json.dumps({"model": kind, **params})
    return sets


def constant(value):
    """A series "constant/tank_days" that is always that."""
    return models(constant=("society/water", {"tank_days": value}))


def curve(results, place, measure, commodity="", klass=""):
    """Daily means; nothing (None) where there is none."""
    rows = [r for r in results.curves
            if (r["place"], r["measure"], r["commodity"], r["class"])
            == (place, measure, commodity, klass)]
    if not rows:
        raise KeyError((place, measure, commodity, klass))
    rows.sort(key=lambda r: int(r["day"]))
    return [float(r["mean"]) if r["mean"] else None for r in rows]


def run(suite, *sets, n=1, scenario="society.json", **more):
    merged = dict(more)
    for part in sets:
        merged.update(part)
    return suite.run(scenario, n, **merged)


def follow(suite, name, found, expected, tolerance=SINGLE):
    """A curve day by day; says the worst day."""
    off = [abs(f - e) / max(1, abs(e)) for f, e in zip(found, expected)]
    worst = max(range(len(off)), key=off.__getitem__)
    suite.say(off[worst] <= tolerance and len(found) == len(expected),
              "%s: day %d is %.7g, expected %.7g"
              % (name, worst, found[worst], expected[worst]))


def oil_served(day):
    return 1 if day < 7 else 0.25 if day == 7 else 0


def relaxed(start, target, days, tau):
    """Where a first-order lag stands after so many days."""
    return target + (start - target) * math.exp(-days / tau)


# ---- Power and water --------------------------------------------------------


def power(suite):
    # 30 of 50 litres are oil; of what is missing of it a part is asked of
    # diesel, a day later.
    for sub in (0, 0.5, 1):
        r = run(suite, models(power=("society/power", {
            "full_h": 20, "hydro_frac": 0.4, "smooth_days": 0.01,
            "substitute_frac": sub})))
        shares = [1] * 8 + [27.5 / 50, (20 + 22.5 * sub) / 50]
        shares += [(20 + 30 * sub) / 50] * 30
        follow(suite, "hours of power, %g of the missing oil made up" % sub,
               curve(r, "power", "power_h_per_day"),
               [20 * (0.4 + 0.6 * f) for f in shares])
        burnt = [20] * 8 + [20 + 22.5 * sub] + [20 + 30 * sub] * 31
        stock = curve(r, "city", "depot_stock_m3", "diesel")
        follow(suite, "diesel that the utility burns then",
               [a - b for a, b in zip(stock, stock[1:])],
               [10 + (a + b) / 2 for a, b in zip(burnt, burnt[1:])], 1e-4)
    r = run(suite, models(power=("society/power", {
        "full_h": 10, "hydro_frac": 0, "smooth_days": 4,
        "substitute_frac": 0})))
    first = relaxed(1, 0.55, 1, 4)
    follow(suite, "hours of power lag behind the fuel",
           curve(r, "power", "power_h_per_day"),
           [10] * 8 + [10 * relaxed(first, 0.4, d - 8, 4)
                       for d in range(8, 40)])
    # What another model makes of the need counts as ordinary: here diesel that
    # is twice as much and grows. What is asked of it in place of oil is a
    # share of its need, by the need of the day before.
    twice = models(growth=("season/demand", {
        "from": "2010-01-01", "growth_frac_per_year": 0.035,
        "commodities": ["diesel"]}),
        power=("society/power", {"full_h": 10, "hydro_frac": 0,
                                 "smooth_days": 0.01,
                                 "substitute_frac": 0.5}))
    r = run(suite, twice)
    grown = curve(r, "growth", "need_ratio")
    follow(suite, "hours of power while the need for diesel grows",
           curve(r, "power", "power_h_per_day")[10:],
           [10 * (20 * g + 15 * g / b) / (20 * g + 30)
            for b, g in zip(grown[8:38], grown[9:39])], 1e-5)


    # Oil comes again on day 12, while diesel is still asked for in its place.
    r = run(suite, models(
        supply=("supply/regular", {"order_gain": 0}),
        power=("society/power", {"full_h": 10, "hydro_frac": 0,
                                 "smooth_days": 0.01,
                                 "substitute_frac": 0.5})), **{
            "/vehicles/truck/capacity_m3": 1,
            "/events": '{"again": {"kind": "set", "date": "2030-01-12", '
                       '"target": "/shipments/oil-to-city/trucks_per_day", '
                       '"value": 3000}}'})
    hours = curve(r, "power", "power_h_per_day")
    suite.same("more fuel than usual makes no more power than usual",
               (hours[11], max(hours), hours[14:]), (7, 10, [10] * 26))


def power_elsewhere(suite):
    """A city that is not the capital has one share for all its classes."""
    r = run(suite, models(power=("society/power", {
        "node": "port", "class": "haulage", "full_h": 10, "hydro_frac": 0,
        "smooth_days": 0.01, "substitute_frac": 0})), **{
            "/markets/port": '{"node": "port", "commodity": "oil", '
                             '"depot_days": 3.5}',
            "/demands/port": '{"node": "port", "commodity": "oil", '
                             '"class": "haulage", "demand_m3_per_day": 5}'})
    follow(suite, "hours of power of another class in another city",
           curve(r, "power", "power_h_per_day"), [10] * 4 + [5] + [0] * 35)


def water(suite):
    # Half the power: 1.1 (0.7 / 2 + 0.3) = 0.715 of the need is pumped from
    # day 1 on; a tank of a day lasts through three.
    r = run(suite, constant(9.5), models(water=("society/water", {
        "power": "constant/tank_days", "full_h": 19, "grid_frac": 0.7,
        "spare_frac": 0.1, "tank_days": 1})))
    follow(suite, "water while the power is halved and the tank empties",
           curve(r, "water", "water_served_frac"),
           [1] * 4 + [0.86] + [0.715] * 35)
    follow(suite, "what is in the tank", curve(r, "water", "tank_days"),
           [1, 0.715, 0.43, 0.145] + [0] * 36)
    # Without diesel only the pumps on the grid work.
    r = run(suite, models(water=("society/water", {
        "diesel": OIL, "grid_frac": 0.25, "spare_frac": 0,
        "tank_days": 0})))
    follow(suite, "water when the diesel of the waterworks ends",
           curve(r, "water", "water_served_frac"),
           [1] * 8 + [0.25 + 0.75 * 0.25] + [0.25] * 31)
    # A wave of power; the tank fills again from what the pumps spare.
    wave = models(
        wave=("season/demand", {"amplitude_frac": 1, "peak_days": 182.125,
                                "growth_frac_per_year": 0,
                                "nodes": ["port"]}),
        water=("society/water", {"power": "wave/need_ratio", "full_h": 1,
                                 "grid_frac": 1, "spare_frac": 0.2,
                                 "tank_days": 10}))
    r = run(suite, wave, end="2030-12-31")
    tank, served, level = 10, [], []
    for day in range(365):
        hours = 1 if day == 0 else cosine(1, 182.125, day - 1)
        pumped = 1.2 * min(hours, 1)
        served.append(min(1, tank + pumped))
        tank = min(10, tank + pumped - served[-1])
        level.append(tank)
    follow(suite, "a tank that empties and fills again",
           curve(r, "water", "tank_days"), level, 1e-5)
    follow(suite, "water through that year",
           curve(r, "water", "water_served_frac"), served, 1e-5)
    suite.same("it is empty in between and full in the end",
               (min(level), level[-200] == 10), (0, True))


def cosine(amplitude, peak, day):
    """Season of need of a run that starts on the first of January."""
    return 1 + amplitude * math.cos(2 * math.pi * (day + 0.5 - peak) / 365.25)


# ---- Prices -----------------------------------------------------------------


def fares(suite):
    r = run(suite, constant(4), models(fares=("society/fares", {
        "price": "constant/tank_days", "official_xof_per_l": 1,
        "pass_through_frac": 0.3, "scarcity_frac": 5, "smooth_days": 6})))
    follow(suite, "fares when fuel costs four times as much",
           curve(r, "fares", "fare_ratio"),
           [relaxed(1, 1.9, day, 6) for day in range(40)])
    r = run(suite, models(fares=("society/fares", {
        "service": OIL, "pass_through_frac": 1, "scarcity_frac": 0.8,
        "smooth_days": 3})))
    first = relaxed(1, 1.6, 1, 3)
    follow(suite, "fares when transport is missing",
           curve(r, "fares", "fare_ratio"),
           [1] * 8 + [relaxed(first, 1.8, d - 8, 3) for d in range(8, 40)])


def food_prices(suite):
    # Half the cover: 2^0.4; fares of 4 on a quarter of the price: 1.75.
    r = run(suite, constant(4), models(food=("society/food-prices", {
        "fares": "constant/tank_days", "cover": "constant/tank_days",
        "target_days": 8, "cover_elasticity": 0.4, "transport_frac": 0.25,
        "smooth_days": 5})))
    target = 1.75 * 2 ** 0.4
    follow(suite, "food at half the cover and four times the fares",
           curve(r, "food", "food_price_ratio"),
           [relaxed(1, target, day, 5) for day in range(40)])
    r = run(suite, constant(4), models(food=("society/food-prices", {
        "cover": "constant/tank_days", "target_days": 3})))
    follow(suite, "more cover than its target makes food no cheaper",
           curve(r, "food", "food_price_ratio"), [1] * 40)
    r = run(suite, models(food=("society/food-prices", {
        "cover": "city/oil/cover_days", "target_days": 0.5,
        "cover_elasticity": 1, "floor_frac": 0.01, "smooth_days": 0.01})))
    follow(suite, "food without any cover costs what the floor says",
           curve(r, "food", "food_price_ratio"),
           [1] * 8 + [4] + [100] * 31, 1e-4)


# ---- Food that needs diesel, and need that changes --------------------------


def haulage(suite):
    r = run(suite, models(
        supply=("supply/regular", {"order_gain": 0}),
        haulage=("supply/haulage", {"diesel": OIL, "floor_frac": 0.25,
                                    "mean_days": 4})))
    mean = [sum(oil_served(d) for d in range(max(0, day - 4), day))
            / min(day, 4) if day else 1 for day in range(40)]
    trips = [0.25 + 0.75 * m for m in mean]
    follow(suite, "trips of food trucks without diesel",
           curve(r, "haulage", "trips_frac"), trips)
    # Trucks of a day leave at the end of it, when the next has been reviewed
    # or a moment before: 24 a day, then 6.
    came = curve(r, "city", "received_t", "rice")
    suite.same("rice that comes with full trips and with a quarter",
               (set(came[2:8]), set(came[13:])), ({24.0}, {6.0}))
    r = run(suite, models(
        supply=("supply/regular", {"order_gain": 0}),
        haulage=("supply/haulage", {"diesel": OIL, "floor_frac": 0,
                                    "mean_days": 1,
                                    "shipments": ["diesel-to-city"]})),
        **{"/shipments/diesel-to-city/trucks_per_day": 10,
           "/vehicles/truck/capacity_m3": 1})
    suite.same("only the trucks that are listed stay at home",
               (set(curve(r, "city", "received_t", "rice")[2:]),
                set(curve(r, "city", "received_m3", "diesel")[10:])),
               ({24.0}, {0.0}))


def population(suite):
    leave, back = 0.03, 0.05
    r = run(suite, constant(0.4), models(people=("society/population", {
        "served": "constant/tank_days", "leave_frac_per_day": leave,
        "return_frac_per_day": back, "smooth_days": 0.01,
        "classes": ["haulage"]})))
    rate = leave * 0.6 + back * 0.4
    away = [leave * 0.6 / rate * -math.expm1(-rate * d) for d in range(40)]
    follow(suite, "share of people away in a lasting shortage",
           curve(r, "people", "away_frac"), away)
    stock = curve(r, "city", "depot_stock_m3", "diesel")
    follow(suite, "diesel that goes with them",
           [a - b for a, b in zip(stock, stock[1:])],
           [20 + 10 * (1 - (a + b) / 2) for a, b in zip(away, away[1:])],
           1e-4)
    # Shortage is felt late: x = 1 - exp (-d / 10) from the day after.
    r = run(suite, constant(0), models(people=("society/population", {
        "served": "constant/tank_days", "leave_frac_per_day": leave,
        "return_frac_per_day": 0, "smooth_days": 10})))
    felt = [1 - math.exp(-d / 10) for d in range(40)]
    total = [leave * sum(felt[:d + 1]) for d in range(40)]
    follow(suite, "nobody back: present = exp (-leave * shortage felt)",
           curve(r, "people", "away_frac"),
           [-math.expm1(-t) for t in total])


def season(suite):
    r = run(suite, models(season=("season/demand", {
        "from": "2029-07-01", "growth_frac_per_year": 0.1,
        "amplitude_frac": 0.2, "peak_days": 20, "classes": ["haulage"]})))
    need = [1.1 ** ((day + 0.5 + 184) / 365.25) * cosine(0.2, 20, day)
            for day in range(40)]
    follow(suite, "need that grows and has a season",
           curve(r, "season", "need_ratio"), need)
    stock = curve(r, "city", "depot_stock_m3", "diesel")
    follow(suite, "diesel that is used with it",
           [a - b for a, b in zip(stock, stock[1:])],
           [20 + 10 * (a + b) / 2 for a, b in zip(need, need[1:])], 1e-4)
    for which, change in (("commodities", '["rice"]'), ("nodes", '["port"]')):
        r = run(suite, models(season=("season/demand", {
            "growth_frac_per_year": 0, "amplitude_frac": 0.5,
            which: json.loads(change)})))
        stock = curve(r, "city", "depot_stock_m3", "diesel")
        follow(suite, "need is left alone where %s is %s" % (which, change),
               [a - b for a, b in zip(stock, stock[1:])], [30] * 39, 1e-4)
    # A run that starts in May counts the days from January, too.
    r = run(suite, models(season=("season/demand", {
        "growth_frac_per_year": 0, "amplitude_frac": 0.5,
        "peak_days": 130})), end="2030-06-01",
        **{"/time/start": "2030-05-01"})
    follow(suite, "the season of a run that starts in May",
           curve(r, "season", "need_ratio"),
           [cosine(0.5, 130, 120 + day) for day in range(32)])


# ---- Tripwires --------------------------------------------------------------


def wave(amplitude, peak):
    return models(wave=("season/demand", {
        "amplitude_frac": amplitude, "peak_days": peak,
        "growth_frac_per_year": 0, "nodes": ["port"]}))


def wire(suite, name, params, expected, *sets, end="2030-02-09", **more):
    """Runs a tripwire; expected are (first day, day after the last)."""
    r = run(suite, models(wire=("society/tripwire", params)), *sets, end=end,
            **more)
    found = curve(r, "wire", "tripped_frac")
    spans, was = [], 0
    for day, now in enumerate(found + [0]):
        if now != was:
            spans.append(day)
        was = now
    suite.same(name, spans, expected)
    return r


def tripwires(suite):
    # Oil served is 1 until day 6, then 0.25, then 0. With means of 3 days the
    # midnights of days 8, 9, 10 see 0.75, 0.4167 and 0.0833.
    base = {"watch": OIL, "limit": 0.5, "mean_days": 3, "hold_days": 0}
    wire(suite, "it trips at the first mean below the limit", base, [9, 40])
    r = wire(suite, "or at the third on end", {**base, "for_days": 3},
             [11, 40])
    first = r.estimate("max_tripped_day", "wire").mean
    suite.same("and its first day is a metric", first, 11)
    r = wire(suite, "one that never trips", {**base, "limit": -1}, [])
    suite.same("has no first day", r.values("max_tripped_day", "wire"), [])
    # A wave 1 + cos: below 0.5 from day 122 (122.25 is a third of the year
    # after the height at 0.5), back above it on day 244.
    year = {"watch": "wave/need_ratio", "limit": 0.5, "mean_days": 1,
            "hold_days": 0}
    low = [d for d in range(365) if cosine(1, 0.5, d) < 0.5]
    wire(suite, "it is released when the mean is back", year,
         [low[0] + 1, low[-1] + 2], wave(1, 0.5), end="2030-12-31")
    back = [d for d in range(200, 365) if cosine(1, 0.5, d) >= 1.2]
    wire(suite, "or only at another limit", {**year, "release_limit": 1.2},
         [low[0] + 1, back[0] + 1], wave(1, 0.5), end="2030-12-31")
    wire(suite, "a release limit on the wrong side is the limit",
         {**year, "release_limit": 0.1}, [low[0] + 1, low[-1] + 2],
         wave(1, 0.5), end="2030-12-31")
    wire(suite, "but never before it has held long enough",
         {**year, "hold_days": 200}, [low[0] + 1, low[0] + 201],
         wave(1, 0.5), end="2030-12-31")
    high = [d for d in range(365) if cosine(1, 182, d) > 1.6]
    wire(suite, "it trips above a limit as well",
         {**year, "side": "above", "limit": 1.6},
         [high[0] + 1, high[-1] + 2], wave(1, 182), end="2030-12-31")
    wire(suite, "it is released in the end whatever the series says, and "
         "trips again", {**base, "hold_max_days": 14, "for_days": 2},
         [10, 24, 26, 40])


def tripwire_rows(suite):
    rows = {"/events/closed": '{"kind": "trip", "date": "2030-01-05", '
                              '"duration_days": 6}',
            "/events/other": '{"kind": "trip", "date": "2030-01-20", '
                             '"duration_days": 2}'}
    wire(suite, "a row holds it while it lasts", {"rows": ["closed"]},
         [4, 10], **rows)
    r = wire(suite, "any row does when none is listed",
             {"need_frac": 0.5, "classes": ["haulage"]}, [4, 10, 19, 21],
             **rows)
    need = [5 if 4 <= d < 10 or 19 <= d < 21 else 10 for d in range(40)]
    stock = curve(r, "city", "depot_stock_m3", "diesel")
    follow(suite, "need of the class while it is tripped",
           [a - b for a, b in zip(stock, stock[1:])],
           [20 + (a + b) / 2 for a, b in zip(need, need[1:])], 1e-4)


# ---- Endings ----------------------------------------------------------------

BASE = {"truce": 0.02, "clearing": 0.01, "lost": 0.005}
GAIN = {"truce": 1, "clearing": -1, "lost": 2}


def ending(**params):
    values = {name + "_per_day": rate for name, rate in BASE.items()}
    values.update({name + "_gain": gain for name, gain in GAIN.items()})
    values.update(params)
    return models(ending=("ending/hazards", values))


def chances(suite, name, results, n, start, early, late):
    """Competing exponentials whose hazards change once, after a day."""
    for which in BASE:
        found = curve(results, "ending", which + "_prob")
        for day in (9, 39):
            days = day + 1 - start
            p = early[which] * days
            if days > 0:
                total, later = sum(early.values()), sum(late.values())
                p = (early[which] / total * -math.expm1(-total)
                     + math.exp(-total) * late[which] / later
                     * -math.expm1(-later * (days - 1)))
            if p <= 0:
                suite.same("%s: no %s by day %d" % (name, which, day),
                           found[day], 0)
                continue
            suite.near("%s: %s by day %d" % (name, which, day),
                       theory.Estimate(found[day],
                                       math.sqrt(p * (1 - p) / n), n), p,
                       power=0.25)


def hazards(suite):
    n = 10000
    r = run(suite, ending(), n=n)
    chances(suite, "constant hazards", r, n, 0, BASE, BASE)
    whole = [sum(day) for day in zip(*(curve(r, "ending", k + "_prob")
                                       for k in BASE))]
    suite.say(max(whole) <= 1, "only one of them happens")
    # Shortage of 0.6 is known from day 1 on.
    r = run(suite, constant(0.4), ending(served="constant/tank_days",
                                         mean_days=3), n=n)
    late = {k: BASE[k] * math.exp(0.6 * GAIN[k]) for k in BASE}
    chances(suite, "hazards in a shortage", r, n, 0, BASE, late)
    r = run(suite, ending(**{"from": "2030-01-11"}), n=n)
    chances(suite, "hazards from a day on", r, n, 10, BASE, BASE)


def only(which, **params):
    return ending(**{name + "_per_day": 100 if name == which else 0
                     for name in BASE}, **params)


def endings(suite):
    """What follows once one has come, which is within the first hours."""
    for which, params, factor in (("truce", {}, 0), ("clearing", {}, 0.3),
                                  ("clearing", {"cleared_frac": 0.6}, 0.6),
                                  ("lost", {}, 1)):
        r = run(suite, only(which, **params), n=600,
                scenario="frontier.json")
        name = "share of lone trucks lost after %s" % which
        lost = [x / (100 * v) for x, v in zip(r.values("lost_count"),
                                              r.values("entered_per_day"))]
        if factor == 0:
            suite.exact(name, sum(lost[1:]) / len(lost), 0, 2e-4)
        else:
            suite.near(name + " %s" % params, theory.mean_of(lost),
                       -math.expm1(-0.1 * factor), error=2e-4,
                       wrong=[-math.expm1(-0.1 * (1.3 - factor))])
    # Without authority the escort is as if it had no strength.
    r = run(suite, only("lost"), n=20, scenario="contest.json")
    shares = [x / (10 * v) for x, v in zip(r.values("lost_count"),
                                           r.values("entered_per_day"))]
    suite.exact("convoys that lose once authority is lost",
                sum(shares) / len(shares), 1, 0.02)
    # A risk of 2 at which a fifth of that counts: exp (-0.4) go at once.
    drivers = models(drivers=("driver/willingness", {
        "announcement_risk": 2, "standing_frac": 1, "reconsider_h": 240,
        "risk_per_truck_lost": 0}))
    for calm, share in ((0.2, math.exp(-0.4)), (1, math.exp(-2))):
        r = run(suite, only("truce", calm_frac=calm), drivers, n=100,
                scenario="frontier.json", end="2030-01-10", **{
                    "/events": '{"ban": {"kind": "announce", '
                               '"date": "2030-01-02"}}'})
        # Those who wait decide again only on day 10.
        went = curve(r, "gate", "entered_count")[1:9]
        p = sum(went) / (8 * 40)
        se = math.sqrt(share * (1 - share) / (100 * 8 * 40))
        suite.near("drivers who go in a truce that leaves %g of the risk"
                   % calm, theory.Estimate(p, se, 100), share,
                   wrong=[math.exp(-2 if calm < 1 else -0.4)], power=0.1)


GROUPS = {
    "power": [power, power_elsewhere, water],
    "prices": [fares, food_prices, haulage],
    "people": [population, season, tripwires, tripwire_rows],
    "endings": [hazards, endings],
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shortfall", required=True)
    parser.add_argument("--scenarios", required=True)
    parser.add_argument("group", nargs="*", choices=[*GROUPS, []])
    args = parser.parse_args()
    suite = theory.Suite(args.shortfall, args.scenarios)
    for group in args.group or GROUPS:
        for case in GROUPS[group]:
            case(suite)
    print("1..%d" % suite.n)
    return 1 if suite.n_failed else 0


if __name__ == "__main__":
    sys.exit(main())
