#!/usr/bin/env python3
# run-theory.py - the engine against mathematics. SPDX-License-Identifier: GPL-3.0-or-later
"""Runs scenarios whose answers are known and compares.

    run-theory.py --shortfall PROGRAM --scenarios FOLDER GROUP

An estimate must lie within 5 of its own standard errors of the answer, the
answer's own error added. Runs are long enough for that bound to stay below
5 % of the answer (more only for variances and for the mean wait before several
servers, which are seconds to others), and each case names what a program with
a likely mistake would print: the test fails when the bound could not tell
the two apart. Exact cases are compared to 1e-9. Seeds are fixed, so a case
that passes today passes tomorrow. The output is TAP.
"""

import argparse
import collections
import csv
import io
import math
import pathlib
import subprocess
import sys
import tempfile

ERRORS = 5
EXACT = 1e-9

Estimate = collections.namedtuple("Estimate", "mean se n")


class Results:
    """The tables of one run."""

    def __init__(self, folder):
        folder = pathlib.Path(folder)
        self.metrics = read_table(folder / "metrics.csv")
        self.samples = read_table(folder / "samples.csv")
        self.curves = read_table(folder / "curves.csv")

    def values(self, metric, place="", klass="", period=""):
        """The value of each replication that has one."""
        return [float(row["value"]) for row in self.samples
                if (row["metric"], row["place"], row["class"], row["period"])
                == (metric, place, klass, period) and row["value"]]

    def estimate(self, *key):
        """Mean and standard error, as the program prints them."""
        for row in self.metrics:
            if matches(row, *key):
                return Estimate(number(row["mean"]), number(row["se"]),
                                int(row["n"]))
        raise KeyError(key)

    def curve(self, measure, place=""):
        """Daily means."""
        rows = [r for r in self.curves
                if (r["measure"], r["place"], r["class"])
                == (measure, place, "")]
        return [float(r["mean"])
                for r in sorted(rows, key=lambda r: int(r["day"]))]


def matches(row, metric, place="", klass="", period=""):
    return ((row["metric"], row["place"], row["class"], row["period"])
            == (metric, place, klass, period))


def number(text):
    return float(text) if text else math.nan


def read_table(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def mean_of(values):
    """Mean and its standard error."""
    n = len(values)
    mean = math.fsum(values) / n
    var = math.fsum((v - mean) ** 2 for v in values) / (n - 1)
    return Estimate(mean, math.sqrt(var / n), n)


def variance_of(values):
    """Variance and its standard error, from the fourth moment."""
    n = len(values)
    mean = math.fsum(values) / n
    second = math.fsum((v - mean) ** 2 for v in values) / (n - 1)
    fourth = math.fsum((v - mean) ** 4 for v in values) / n
    return Estimate(second, math.sqrt((fourth - second ** 2) / n), n)


class Suite:
    """Runs the program and keeps count."""

    def __init__(self, program, scenarios):
        self.program = program
        self.scenarios = pathlib.Path(scenarios)
        self.n = self.n_failed = 0

    def say(self, is_good, text):
        self.n += 1
        self.n_failed += not is_good
        print("%s %d - %s" % ("ok" if is_good else "not ok", self.n, text),
              flush=True)

    def exact(self, name, found, expected, tolerance=EXACT):
        is_good = abs(found - expected) <= tolerance * max(1, abs(expected))
        self.say(is_good, "%s: %.12g, expected %.12g" % (name, found, expected))

    def same(self, name, found, expected):
        self.say(found == expected,
                 "%s: %r, expected %r" % (name, found, expected))

    def near(self, name, found, expected, error=0, wrong=(), power=0.05):
        """Within the bound, and the bound is worth something."""
        bound = ERRORS * found.se + error
        off = abs(found.mean - expected)
        # A wrong answer must be refused even from the far side of the bound.
        blind = [w for w in wrong if abs(w - expected) <= 2 * bound]
        is_sharp = bound < power * abs(expected)
        self.say(off <= bound and is_sharp and not blind,
                 "%s: %.6g, expected %.6g, bound %.2g (%.1f %%)%s%s"
                 % (name, found.mean, expected, bound,
                    100 * bound / abs(expected),
                    "" if is_sharp else "; the bound is too wide",
                    "; would not notice %s" % blind if blind else ""))

    def run(self, name, n, **sets):
        """Runs replications; `sets` maps a place to what is put there."""
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder) / "out"
            self.call("run", name, "-n", str(n), "-o", str(out), "--no-causes",
                      "--no-plots",
                      "--quiet", "--seed", "20", sets=sets)
            return Results(out)

    def network(self, name, *options, **sets):
        """Rows of a table that `network` prints."""
        text = self.call("network", name, *options, "--format", "csv",
                         sets=sets)
        return list(csv.DictReader(io.StringIO(text)))

    def call(self, command, name, *options, sets=None):
        path = self.scenarios / name
        line = [self.program, command, *options]
        for place, value in (sets or {}).items():
            line += ["--set", "%s=%s" % (PLACES.get(place, place), value)]
        done = subprocess.run(line + [str(path)], check=False,
                              capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit("%s ended with %d:\n%s" % (" ".join(line),
                                                done.returncode, done.stderr))
        return done.stdout


PLACES = {
    "end": "/time/end",
    "group_h": "/run/group_h",
    "arrivals_per_day": "/shipments/fuel-to-city/trucks_per_day",
    "dispatch": "/shipments/fuel-to-city/dispatch",
    "service": "/queues/customs/service",
    "service_h": "/queues/customs/service_h",
    "servers": "/queues/customs/servers_count",
    "room": "/queues/customs/waiting_limit_count",
}


# ---- Queues (T19) -----------------------------------------------------------


def erlang_b(servers, load):
    """Chance that all servers are busy, by the usual recurrence."""
    b = 1.0
    for k in range(1, servers + 1):
        b = load * b / (k + load * b)
    return b


def erlang_c(servers, load):
    """Chance to wait when nobody turns away."""
    b = erlang_b(servers, load)
    return servers * b / (servers - load * (1 - b))


def little(suite, name, results, days):
    """L = lambda W, in each replication but for those still inside."""
    sides = zip(results.values("length_count", "customs"),
                results.values("served_count", "customs"),
                results.values("system_h", "customs"))
    off = max(abs(length - served * system / (24 * days)) / length
              for length, served, system in sides)
    suite.say(off < 0.005,
              "%s: Little's law holds to %.2g of the length" % (name, off))


def single_servers(suite):
    """One arrival an hour, two services an hour; the clock's second is a
    share of 1e-4 of a service and rounds both ways."""
    for name, service, wait, wrong, n in (
            ("M/M/1", "exponential", 0.5, [0.25, 0.375], 60),
            ("M/E2/1", "erlang2", 0.375, [0.25, 0.5], 40),
            ("M/D/1", "fixed", 0.25, [0.375, 0.5], 30)):
        r = suite.run("t19-queue.json", n, service=service)
        suite.near(name + " wait_h", r.estimate("wait_h", "customs"), wait,
                   wrong=wrong)
        suite.near(name + " system_h", r.estimate("system_h", "customs"),
                   wait + 0.5, wrong=[wait])
        suite.near(name + " waiting_frac",
                   r.estimate("waiting_frac", "customs"), 0.5,
                   error=2 / 3600, wrong=[0.25, 1])
        little(suite, name, r, 365)


def busy_border(suite):
    """48 trucks an hour, 60 services an hour, in minutes."""
    r = suite.run("t19-queue.json", 60, arrivals_per_day=48 * 24,
                  service_h="0.016666666666666666", end="2030-02-09")
    suite.near("48/h and 60/h length_count",
               r.estimate("length_count", "customs"), 4, wrong=[3.2])
    for metric, minutes, wrong in (("system_h", 5, 4), ("wait_h", 4, 5)):
        e = r.estimate(metric, "customs")
        suite.near("48/h and 60/h %s in minutes" % metric,
                   Estimate(60 * e.mean, 60 * e.se, e.n), minutes,
                   wrong=[wrong])
    little(suite, "48/h and 60/h", r, 40)


def several_servers(suite):
    """Loss and delay systems, services of one hour."""
    for servers, load, n in ((3, 2, 20), (10, 5, 80)):
        r = suite.run("t19-queue.json", n, arrivals_per_day=24 * load,
                      service_h=1, servers=servers, room=0, end="2030-07-19")
        suite.near("Erlang B(%d, %d)" % (servers, load),
                   r.estimate("turned_away_frac", "customs"),
                   erlang_b(servers, load),
                   wrong=[erlang_b(servers + 1, load),
                          erlang_b(servers - 1, load)])
        # Insensitive: only the mean of the service matters.
        r = suite.run("t19-queue.json", n, arrivals_per_day=24 * load,
                      service_h=1, servers=servers, room=0,
                      service="fixed", end="2030-07-19")
        suite.near("Erlang B(%d, %d), fixed service" % (servers, load),
                   r.estimate("turned_away_frac", "customs"),
                   erlang_b(servers, load),
                   wrong=[erlang_b(servers + 1, load)])
    for servers, load, n in ((3, 2, 50), (10, 8, 40)):
        r = suite.run("t19-queue.json", n, arrivals_per_day=24 * load,
                      service_h=1, servers=servers, end="2030-07-19")
        c = erlang_c(servers, load)
        suite.near("Erlang C(%d, %d)" % (servers, load),
                   r.estimate("waiting_frac", "customs"), c, error=1 / 3600,
                   wrong=[erlang_b(servers, load)])
        suite.near("M/M/%d wait_h" % servers,
                   r.estimate("wait_h", "customs"), c / (servers - load),
                   wrong=[load / servers], power=0.08)
        little(suite, "M/M/%d" % servers, r, 200)


def group_queues(suite):
    suite.exact("Erlang B(10, 5)", erlang_b(10, 5), 0.0183846, 5e-8)
    suite.exact("Erlang B(3, 2)", erlang_b(3, 2), 0.2105263, 5e-8)
    suite.exact("Erlang C(3, 2)", erlang_c(3, 2), 0.444444, 5e-7)
    suite.exact("Erlang C(10, 8)", erlang_c(10, 8), 0.409180, 5e-7)
    single_servers(suite)
    busy_border(suite)
    several_servers(suite)


# ---- Networks (T1, T3, T7, T27) ---------------------------------------------


def bridge(p):
    return 2 * p ** 2 + 2 * p ** 3 - 5 * p ** 4 + 2 * p ** 5


def closures_table(suite, name, *options):
    rows = suite.network(name, "--closures", "2", *options)
    return [(number(r["value"]), r["links"]) for r in rows]


def each_table(suite, name, column):
    rows = suite.network(name, "--each", "--table", "each")
    return {r["links"]: number(r[column]) for r in rows}


def group_network(suite):
    t1 = "t1-shortest-path-interdiction.json"
    found = closures_table(suite, t1)
    suite.same("T1 without and with one closure", found[:2],
               [(5, ""), (17, "b-end")])
    suite.say(math.isnan(found[2][0]), "T1 two closures leave no way")
    suite.same("T1 each closure", each_table(suite, t1, "length_km"),
               {"start-b": 5, "start-c": 11, "c-b": 11, "b-end": 17,
                "c-d": 5, "d-end": 5})
    t3 = "t3-max-flow-interdiction.json"
    suite.same("T3 none, one and two closures",
               [v for v, _ in closures_table(suite, t3, "--capacity")],
               [80, 10, 0])
    suite.same("T3 worst closure",
               closures_table(suite, t3, "--capacity")[1][1], "start-c")
    for p, r in ((0.5, 0.5), (0.8, 0.91136), (0.9, 0.97848),
                 (0.95, 0.994780625), (0.99, 0.9997980498)):
        exact, drawn = suite.network("t7-bridge.json", "--reliability",
                                     "--samples", "100000", "--fail-prob",
                                     repr(1 - p))
        suite.exact("T7 reliability, p = %g" % p,
                    number(exact["reached_prob"]), bridge(p))
        suite.exact("T7 published, p = %g" % p,
                    number(exact["reached_prob"]), r, 5e-11)
        suite.near("T7 drawn, p = %g" % p,
                   Estimate(number(drawn["reached_prob"]),
                            number(drawn["se_prob"]), 100000), bridge(p),
                   wrong=[p ** 2] if p < 0.99 else [])


def group_bridge(suite):
    """The same by trucks: both ways in parallel without the link between
    them would give 1 - (1 - p^2)^2, one way p^2."""
    links = ("port-a", "port-b", "a-b", "a-city", "b-city")
    for p, n in ((0.5, 12000), (0.8, 8000), (0.9, 8000), (0.95, 8000)):
        sets = {"/events/%s/prob" % link: repr(1 - p) for link in links}
        r = suite.run("t7-bridge-trucks.json", n, **sets)
        suite.near("T7 trucks that arrive, p = %g" % p,
                   r.estimate("delivered_trucks_count", "fuel-to-city"),
                   bridge(p), wrong=[p ** 2] + [1 - (1 - p * p) ** 2] * (p < 0.7))


def group_closures(suite):
    r = suite.run("t27-closures.json", 5)
    suite.exact("T27 days closed", r.estimate("closed_days", "road").mean, 6)
    got = r.curve("received_m3", "city")
    suite.same("T27 days on which nothing arrives",
               [day for day, m3 in enumerate(got) if m3 == 0],
               [4, 5, 6, 7, 8])
    # Those who left before the closure arrive until noon of day 3, all that
    # waited 6 days at noon of day 9; a truck at the very edge may be either.
    for name, found, expected in (
            ("on day 3", got[3], 12), ("on day 9", got[9], 6 * 24 + 12),
            ("on other days", min(got[1:3] + got[10:]), 24)):
        suite.say(abs(found - expected) <= 1, "T27 trucks %s: %g, expected %g"
                  % (name, found, expected))
    r = suite.run("far-corridor.json", 5)
    near, far = (r.curve("entered_count", g) for g in ("near-gate", "far-gate"))
    closed = [3 <= day < 10 for day in range(20)]
    suite.same("while the near frontier is closed nobody crosses it",
               [n == 0 for n in near], closed)
    # The far one is a detour: taken after a day of patience, and not any more
    # once the near one is open.
    suite.same("all take the far one after a day of patience, then only",
               [f == 24 for f in far], [4 <= day < 10 for day in range(20)])
    # The only escort begins on the day on which the near frontier closes, where
    # dozens are waiting then; it must not wait with them.
    r = suite.run("far-corridor.json", 5, **{
        "/models/drivers": '{"model": "driver/willingness", '
                           '"unescorted_frac": 0}',
        "/models/escorts": '{"model": "convoy/escort", "escorts_count": 1, '
                           '"from": "2030-01-04", "trucks_min_count": 10, '
                           '"trucks_per_escort_count": 10, "speed_frac": 1, '
                           '"return_days": 0.5, "rest_days": 0, "check_h": 6}'})
    far = r.curve("entered_count", "far-gate")
    suite.say(min(far[4:10]) >= 10, "the escort serves the gate that is open: "
              "%s" % [round(f) for f in far[3:10]])
    # A road that closes behind the frontier and stays so must hold neither
    # convoy nor escort; the other row opens a road that is open.
    shut = {"/models/roads": '{"model": "disruption/closure"}',
            "/events/idle": '{"date": "2030-02-01", "kind": "open", '
                            '"links": ["south-kessa"], "duration_days": 5}'}
    free = suite.run("../two-roads.json", 10, **shut)
    shut["/events/shut"] = ('{"date": "2030-02-12", "kind": "close", '
                            '"links": ["north-kessa"]}')
    r = suite.run("../two-roads.json", 10, **shut)
    suite.same("a road that was opened while open stays open",
               [mean_of(x.values("closed_days", "south-kessa")).mean
                for x in (free, r)], [0, 0])
    convoys = [mean_of(x.values("convoys_count")).mean for x in (free, r)]
    suite.say(convoys[1] > 0.7 * convoys[0], "convoys take the other road: "
              "%.1f of %.1f" % (convoys[1], convoys[0]))


# ---- Attacks ----------------------------------------------------------------


def binomial(suite, name, results, lost, tried, p, wrong):
    """Mean and variance of a sum of independent losses."""
    suite.near(name, mean_of([x / n for x, n in zip(lost, tried)]), p,
               wrong=wrong)
    trials = math.fsum(tried) / len(tried)
    suite.near(name + ", variance", variance_of(lost), trials * p * (1 - p),
               wrong=[10 * trials * p * (1 - p)], power=0.25)


def lone_trucks(suite):
    """Groups of ten must lose trucks one by one, not all together."""
    r = suite.run("frontier.json", 1000)
    tried = [100 * v for v in r.values("entered_per_day")]
    p = -math.expm1(-0.1)
    binomial(suite, "share of lone trucks lost", r, r.values("lost_count"),
             tried, p, [0.1, p * p])
    r = suite.run("frontier.json", 1000,
                  **{"/commodities/fuel/exposure_frac": 0.5})
    tried = [100 * v for v in r.values("entered_per_day")]
    suite.near("share lost at half the exposure",
               mean_of([x / n for x, n in zip(r.values("lost_count"), tried)]),
               -math.expm1(-0.05), wrong=[p / 2])


def contests(suite):
    for a, e, g in ((1, 2, 2), (3, 1, 1), (1, 1, 3), (2, 3, 0.5)):
        r = suite.run("contest.json", 60, **{
            "/models/ambushes/attackers_strength": a,
            "/models/escorts/strength": e,
            "/models/ambushes/contest_exponent": g})
        p = a ** g / (a ** g + e ** g)
        binomial_share = mean_of([
            lost / (10 * entered) for lost, entered in
            zip(r.values("lost_count"), r.values("entered_per_day"))])
        wrong = [a / (a + e)] if a != e and g != 1 else []
        suite.near("contest %g : %g, exponent %g: convoys that lose"
                   % (a, e, g), binomial_share, p, wrong=wrong)


def windows(suite):
    """Without strength every escort loses ten trucks: the loss a convoy is
    the same, so the share halves when convoys double."""
    for size, share in ((20, 0.5), (40, 0.25)):
        r = suite.run("contest.json", 5, **{
            "/models/escorts/strength": 0,
            "/models/ambushes/window_trucks_count": 10,
            "/models/escorts/trucks_min_count": size,
            "/models/escorts/trucks_per_escort_count": size})
        for lost, entered in zip(r.values("lost_count"),
                                 r.values("entered_per_day")):
            suite.exact("share lost in convoys of %d" % size,
                        lost / (100 * entered), share)


def group_contest(suite):
    lone_trucks(suite)
    contests(suite)
    windows(suite)


# ---- Stocks -----------------------------------------------------------------


def run_out(suite, stock):
    """7.25 days of use and no supply, at each level of the chain."""
    r = suite.run("run-out.json", 2, **{
        "/classes/all/from": stock, "/markets/city-fuel/depot_days": 0,
        "/markets/city-fuel/%s_days" % stock: 7.25})
    served = r.curve("served_frac", "city")
    cover = r.curve("cover_days", "city")
    for day in range(10):
        share = 1 if day < 7 else 0.25 if day == 7 else 0
        suite.exact("%s served on day %d" % (stock, day), served[day], share,
                    2e-5 if day == 7 else 1e-6)
    # A depot that runs out spreads the rest over the day: at noon of day 7
    # half of a quarter is left. The others serve in full until 6 o'clock.
    rest = 0.125 if stock == "depot" else 0
    for day in range(10):
        left = 6.75 - day if day < 7 else rest if day == 7 else 0
        suite.exact("%s cover at noon of day %d" % (stock, day), cover[day],
                    left, 2e-5 if stock != "depot" else 1e-6)
    suite.exact("%s shortage begins" % stock,
                r.estimate("shortage_start_day", "city").mean, 7)
    for klass in ("", "all"):
        suite.exact("%s time to survive, %s" % (stock, klass or "together"),
                    r.estimate("time_to_survive_days", "city", klass).mean, 7)
        # A quarter of day 7 is served, nothing on days 8 and 9.
        suite.exact("%s days of service lost, %s" % (stock, klass or "together"),
                    r.estimate("resilience_loss_frac_days", "city",
                               klass).mean, 2.75, 2e-5)
    suite.exact("%s share of service lost" % stock,
                r.estimate("resilience_loss_frac", "city").mean, 0.275, 2e-5)
    suite.exact("%s worst week" % stock,
                r.estimate("worst_served_frac", "city").mean, 4.25 / 7, 2e-5)
    suite.say(not r.values("time_to_recover_days", "city"),
              "%s what is not over when the run ends is no recovery" % stock)
    suite.exact("%s unmet" % stock, r.estimate("unmet_m3", "city").mean,
                27.5, 1e-9 if stock == "depot" else 2e-5)


def claims(suite):
    wanted = (100, 200, 300)
    for rule, awards in (("proportional", (100 / 3, 200 / 3, 100)),
                         ("priority", (100, 100, 0))):
        r = suite.run("t20-claims.json", 1,
                      **{"/models/sharing/model": "allocation/" + rule})
        for klass, want, award in zip(("first", "second", "third"), wanted,
                                      awards):
            unmet = r.estimate("unmet_m3", "city", klass).mean
            suite.exact("T20 %s, award of the %s" % (rule, klass),
                        want - unmet, award)


def shocks(suite):
    """The stock of 7.25 days, seen from a later day."""
    for shock, survive, loss, days in (("2030-01-04", 4, 2.75, 7),
                                       ("2030-01-08", 0, 2.75, 3),
                                       ("2030-01-09", 0, 2, 2)):
        r = suite.run("run-out.json", 2, **{"/time/shock": shock})
        suite.exact("shock on %s: time to survive" % shock,
                    r.estimate("time_to_survive_days", "city").mean, survive)
        suite.exact("shock on %s: share of service lost" % shock,
                    r.estimate("resilience_loss_frac", "city").mean,
                    loss / days, 1e-6)


def group_stock(suite):
    for stock in ("depot", "station", "household"):
        run_out(suite, stock)
    shocks(suite)
    claims(suite)


# ---- Departures -------------------------------------------------------------


def poisson_counts(suite):
    """10 days of 24 trucks; regular departures have no variance."""
    for group_h in (0, 6, 24):
        r = suite.run("one-road.json", 3000, group_h=group_h,
                      dispatch="poisson")
        counts = r.values("delivered_trucks_count", "fuel-to-city")
        suite.near("Poisson, group_h %d: mean" % group_h, mean_of(counts),
                   240, wrong=[216, 264])
        suite.near("Poisson, group_h %d: variance" % group_h,
                   variance_of(counts), 240, wrong=[480, 0], power=0.2)


def group_lengths(suite):
    """How departures are grouped changes no number of trucks."""
    for group_h in (0, 1, 6, 12, 24, 48, 168):
        r = suite.run("one-road.json", 20, group_h=group_h, end="2030-02-11")
        suite.exact("42 days of 24 trucks, group_h %d" % group_h,
                    r.estimate("delivered_trucks_count",
                               "fuel-to-city").mean, 42 * 24)
    found = []
    for group_h in (0, 6):
        r = suite.run("one-road.json", 1000, group_h=group_h,
                      dispatch="poisson", end="2030-02-11", **{
                          "/fleets/trucks/trucks_count": 26,
                          "/fleets/trucks/turnround_h": 23})
        found.append(mean_of(r.values("delivered_trucks_count",
                                      "fuel-to-city")))
    one, six = found
    suite.near("Poisson with hardly enough trucks, group_h 6 against 0",
               Estimate(six.mean, math.hypot(one.se, six.se), six.n),
               one.mean, error=0.005 * one.mean)


def group_dispatch(suite):
    poisson_counts(suite)
    group_lengths(suite)


def group_grouping(suite):
    """The blockade of 2025 with trucks one by one and in groups of 6 h, on
    the same luck where it can be the same. Grouping is an approximation (a
    group shares its draws of route and hour), so the reference error is 3 %
    of the mean and a little for counts near nothing."""
    runs = [suite.run("../bamako-2025.json", 24, group_h=h) for h in (0, 6)]
    keys = [("entered_per_day",), ("entered_fuel_per_day",),
            ("lost_count",), ("convoys_count",)]
    keys += [("served_frac", "bamako"), ("entered_per_day", "zegoua"),
             ("entered_per_day", "diboli")]
    keys += [("imported_fuel_m3", "", "", month)
             for month in ("2025-07", "2025-09", "2025-10", "2025-11")]
    for key in keys:
        alone, grouped = (r.values(*key) for r in runs)
        diff = mean_of([b - a for a, b in zip(alone, grouped)])
        base = math.fsum(alone) / len(alone)
        bound = ERRORS * diff.se + 0.03 * abs(base)
        suite.say(abs(diff.mean) <= bound,
                  "%s: %.5g alone, %+.3g in groups, bound %.2g (%.0f %%)"
                  % (" ".join(filter(None, key)), base, diff.mean, bound,
                     100 * bound / base))


def main():
    groups = {name[len("group_"):]: function
              for name, function in globals().items()
              if name.startswith("group_") and name != "group_lengths"}
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shortfall", required=True)
    parser.add_argument("--scenarios", required=True)
    parser.add_argument("group", choices=sorted(groups))
    args = parser.parse_args()
    suite = Suite(args.shortfall, args.scenarios)
    groups[args.group](suite)
    print("1..%d" % suite.n)
    return 1 if suite.n_failed else 0


if __name__ == "__main__":
    sys.exit(main())
