#!/usr/bin/env python3
# directions.py - which way things go, whatever the numbers.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: directions.py SHORTFALL SCENARIOS [--all-on] [--markdown]

Draws 100 sets of the uncertain numbers of bamako-2025-window from their own
distributions, runs each set with a few lucks, and changes one thing at a time
on the same seed. A set is reversed when the mean over its lucks gets worse by
the change. A run in which one truck is spared is another run ever after, so a
set may be reversed by chance: those that look worst are tried again with many
other lucks, and reversed for good is what is worse by 4 standard errors then.

What answers what happens is held fixed: losses frighten no driver, attacks
that wait for the first who come are off, and so are the government's convoys
that wait for the pumps to run dry. With these a direction must hold in every
set. --all-on runs the scenario as shipped: what is reversed then is a finding,
not a failure. The output is TAP; --markdown prints a table instead.
"""

import argparse
import collections
import csv
import json
import math
import pathlib
import random
import subprocess
import sys
import tempfile

SETS = 100
LUCKS = 4
AGAIN_SETS = 6  # of those reversed, tried again
AGAIN_LUCKS = 40
ERRORS = 4
POOLS = ("escorts-west", "escorts-south", "escorts-kita")
FUELS = ("petrol", "diesel")
WINDOW = "bamako-2025-window.json"
WINDOW_DAYS = 98

FIXED = {"models": {"willingness": {"risk_per_truck_lost": 0},
                    "dated-attacks": {"enabled": False},
                    "emergency": {"enabled": False}}}


def merge(one, two):
    """Both changes to a scenario."""
    both = dict(one)
    for key, value in two.items():
        both[key] = (merge(both[key], value)
                     if isinstance(value, dict)
                     and isinstance(both.get(key), dict) else value)
    return both


class Results:
    """Values of each metric of the whole run, by replication."""

    def __init__(self, path):
        self.values = {}
        with open(path, newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if row["class"] or row["period"]:
                    continue
                key = (row["metric"], row["place"], row["commodity"])
                self.values.setdefault(key, []).append(
                    float(row["value"]) if row["value"] else math.nan)

    def get(self, metric, place="", commodity=""):
        return self.values[metric, place, commodity]

    def total(self, metric, is_meant):
        """Sum over places and commodities, by replication."""
        columns = [v for k, v in self.values.items()
                   if k[0] == metric and is_meant(*k[1:])]
        return [math.fsum(values) for values in zip(*columns)]


class Bench:
    """Writes scenarios into a folder and runs them."""

    def __init__(self, program, scenarios, folder):
        self.program = str(pathlib.Path(program).resolve())
        self.scenarios = pathlib.Path(scenarios).resolve()
        self.folder = pathlib.Path(folder)
        self.n = 0

    def write(self, name, content):
        path = self.folder / name
        path.write_text(json.dumps(content), encoding="utf-8")
        return path

    def run(self, extends, change, n, seed="20"):
        """Runs a scenario with a change; its result folder."""
        self.n += 1
        scenario = self.write("s%d.json" % self.n, merge(
            {"extends": str(self.scenarios / extends)}, change))
        out = self.folder / ("out%d" % self.n)
        line = [self.program, "run", str(scenario), "--no-causes", "-n", str(n), "-o",
                str(out), "--no-plots", "--quiet", "--seed", seed]
        done = subprocess.run(line, check=False, capture_output=True,
                              text=True)
        if done.returncode != 0:
            sys.exit("%s ended with %d:\n%s" % (" ".join(line),
                                                done.returncode, done.stderr))
        return out

    def results(self, extends, change, n, seed="20"):
        return Results(self.run(extends, change, n, seed) / "samples.csv")

    def distributions(self, extends):
        """What is drawn: a list of (pointer, kind, bounds). What follows a
        named assumption has no bounds of its own."""
        path = self.run(extends, {"ensemble": None}, 1) / "assumptions.csv"
        with open(path, newline="", encoding="utf-8") as file:
            return [(row["pointer"], row["dist"], bounds(row["parameters"]))
                    for row in csv.DictReader(file)
                    if row["parameters"].startswith("min ")]

    def ensemble(self, sets, distributions):
        """The change that makes a run draw from these sets."""
        self.n += 1
        path = self.write("sets%d.json" % self.n, {
            "format": 1, "title": "Random sets",
            "parameters": [pointer for pointer, _, _ in distributions],
            "rows": sets})
        return {"ensemble": str(path)}


def random_sets(distributions):
    rng = random.Random(1)
    return [[draw(rng, kind, b) for _, kind, b in distributions]
            for _ in range(SETS)]


def bounds(text):
    """{"min": 1.0, "max": 2.0} of "min 1; max 2"."""
    pairs = (part.split() for part in text.split(";"))
    return {name: float(value) for name, value in pairs}


def draw(rng, kind, b):
    if kind == "triangular":
        return rng.triangular(b["min"], b["max"], b["mode"])
    return rng.uniform(b["min"], b["max"])


# ---- What is worse when it is larger ----------------------------------------


def loss_share(r):
    """Trucks lost on the road, of the loaded ones that came in."""
    return [lost / (entered * WINDOW_DAYS) for lost, entered
            in zip(r.get("lost_count"), r.get("entered_per_day"))]


def shortage(commodity):
    return lambda r: r.get("shortage_days_count", "bamako", commodity)


def early(commodity):
    """Days of the window that are left when the shortage begins."""
    return lambda r: [0 if math.isnan(day) else WINDOW_DAYS - day for day in
                      r.get("shortage_start_day", "bamako", commodity)]


def unserved(commodity):
    return lambda r: [1 - x for x in r.get("served_frac", "bamako", commodity)]


def unmet_outside(r):
    return r.total("unmet_m3", lambda place, commodity:
                   place != "bamako" and commodity in FUELS)


def unmet_nation(r):
    return r.total("unmet_m3", lambda place, commodity: commodity in FUELS)


# ---- What is changed --------------------------------------------------------


def scaled(value, factor):
    """A number of a scenario times a factor, however it is written."""
    if not isinstance(value, dict):
        return value * factor
    key = "value" if "value" in value else "factor"
    return dict(value, **{key: value.get(key, 1) * factor})


class Changes:
    """Changes that start from what the scenarios say."""

    def __init__(self, scenarios):
        read = [json.loads((pathlib.Path(scenarios) / name).read_text(
            encoding="utf-8")) for name in (
                "bamako-baseline.json", "bamako-2025.json", WINDOW)]
        self.whole = merge(merge(read[0], read[1]), read[2])

    def events_that_set(self, target):
        """Rows of the window that set a number: id and value."""
        return [(name, event["value"])
                for name, event in self.whole["events"].items()
                if event and event.get("target") == target]

    def stronger(self):
        names = POOLS + ("emergency",)
        events = {}
        for pool in POOLS:
            for name, value in self.events_that_set("/models/%s/strength"
                                                    % pool):
                events[name] = {"value": scaled(value, 2)}
        return {"models": {name: {"strength": scaled(
            self.whole["models"][name]["strength"], 2)} for name in names},
                "events": events}

    def one_more(self):
        events = {}
        for pool in POOLS:
            target = "/models/%s/escorts_count" % pool
            for name, value in self.events_that_set(target):
                events[name] = {"value": value + 1}
        models = self.whole["models"]
        return {"models": {pool: {"escorts_count":
                                  models[pool]["escorts_count"] + 1}
                           for pool in POOLS},
                "events": events}

    def faster_customs(self):
        """Twice the servers, also where events set their number."""
        queue = "bamako-petroleum-customs"
        servers = self.whole["queues"][queue]["servers_count"]
        target = "/queues/%s/servers_count" % queue
        return {"queues": {queue: {"servers_count": scaled(servers, 2)}},
                "events": {name: {"value": scaled(value, 2)} for name, value
                           in self.events_that_set(target)}}

    def larger_reserve(self, keys):
        markets = self.whole["markets"]
        names = ("bamako-petrol", "bamako-diesel", "bamako-power-fuel")
        return {"markets": {name: {key: scaled(markets[name][key], 1.3)
                                   for key in keys} for name in names}}


def kept_stock():
    """Nothing is sent on from the depots of Bamako."""
    return {"shipments": {"bamako-%s-%s" % (place, commodity):
                          {"trucks_per_day": 0}
                          for place in ("segou", "mopti")
                          for commodity in FUELS}}


# Ten times the most that is assumed, so that few runs can tell.
MET_OFTEN = {"models": {"ambushes": {"lone_attacks_per_100km": 0,
                                     "convoy_attacks_per_100km": 0.3}}}
STEADY = {"models": {"supply": {"order_gain": 0}}}
NO_RESERVE = {"demands": {"bamako-diesel-power": {"reserve_days": 0}}}
NO_SAVING = {"models": {"hoarding": {"save_frac": 0}}}
NO_HOARDING = {"models": {"hoarding": {"enabled": False}}}

# A change to `both`, and what it must not make worse. Where it may, for a
# reason that is known, it is only told.
Pair = collections.namedtuple("Pair", "name both change measures is_told_only",
                              defaults=(False,))

LOSSES = (("larger share of trucks lost", loss_share),)
SHORTER = (("more days short of petrol", shortage("petrol")),
           ("more days short of diesel", shortage("diesel")))
EARLY = (("earlier shortage of petrol", early("petrol")),
         ("earlier shortage of diesel", early("diesel")))
IN_BAMAKO = (("less petrol served in Bamako", unserved("petrol")),
             ("less diesel served in Bamako", unserved("diesel")))
AROUND = (("less fuel served in the country", unmet_nation),
          ("less fuel served elsewhere", unmet_outside))


def pairs_of(scenarios):
    changes = Changes(scenarios)
    return (
        Pair("Escorts of twice the strength", {}, changes.stronger(), LOSSES),
        Pair("Escorts of twice the strength, convoys met often", MET_OFTEN,
             changes.stronger(), LOSSES),
        # More convoys are smaller, and each can be met by attackers.
        Pair("One more escort in each pool", {}, changes.one_more(), LOSSES,
             True),
        Pair("Customs with twice the servers", {}, changes.faster_customs(),
             SHORTER),
        Pair("30 % more in the depots of Bamako, in stock and as target", {},
             changes.larger_reserve(["depot_days", "depot_target_days"]),
             EARLY),
        Pair("30 % more in stock on the first day, orders as usual", STEADY,
             changes.larger_reserve(["depot_days"]), EARLY),
        # Traders send less until the target is met; by then the road is thin.
        Pair("30 % more in stock on the first day, above the target", {},
             changes.larger_reserve(["depot_days"]), EARLY, True),
        # Hoarding empties depots: then traders order more, and power stations,
        # which leave a reserve, get less, so that more is sent on.
        Pair("No hoarding in Bamako, orders as usual, no reserve",
             merge(merge(NO_SAVING, STEADY), NO_RESERVE), NO_HOARDING, AROUND),
        # What is in the tanks of Bamako cannot be sent on to the interior.
        Pair("No hoarding in Bamako", NO_SAVING, NO_HOARDING,
             AROUND + IN_BAMAKO, True),
        Pair("No hoarding in a Bamako that keeps its stock",
             merge(NO_SAVING, kept_stock()), NO_HOARDING, IN_BAMAKO),
    )


class Step:
    """What a change does to one measure of one set."""

    def __init__(self, number, before, after):
        steps = [b - a for a, b in zip(before, after)]
        n = len(steps)
        self.number = number
        self.mean = math.fsum(steps) / n
        var = math.fsum((x - self.mean) ** 2 for x in steps) / (n - 1)
        self.se = math.sqrt(var / n)
        rounding = 1e-9 * max(1, max(map(abs, before)))
        self.is_worse = self.mean > rounding
        self.is_surely_worse = self.mean > rounding + ERRORS * self.se


def steps_of(measure, one, two, numbers):
    """A step for each set; replication r has set r % len (numbers)."""
    before, after = measure(one), measure(two)
    n = len(numbers)
    return [Step(number, before[i::n], after[i::n])
            for i, number in enumerate(numbers)]


class Trial:
    """Pairs of runs over the random sets."""

    def __init__(self, bench, frame, lucks):
        self.bench, self.frame, self.lucks = bench, frame, lucks
        self.pairs = pairs_of(bench.scenarios)
        self.distributions = bench.distributions(WINDOW)
        self.sets = random_sets(self.distributions)
        self.known = {}

    def results(self, change, numbers, lucks, seed):
        """Runs some of the sets, once."""
        key = json.dumps([change, numbers, lucks, seed], sort_keys=True)
        if key not in self.known:
            sets = [self.sets[i] for i in numbers]
            use = self.bench.ensemble(sets, self.distributions)
            whole = merge(merge(self.frame, use), change)
            self.known[key] = self.bench.results(WINDOW, whole,
                                                 lucks * len(sets), seed)
        return self.known[key]

    def steps(self, pair, measure, numbers, lucks, seed):
        one = self.results(pair.both, numbers, lucks, seed)
        two = self.results(merge(pair.both, pair.change), numbers, lucks, seed)
        return steps_of(measure, one, two, numbers)

    def judge(self, pair, measure):
        """Steps of all sets, and of the worst with many other lucks."""
        steps = self.steps(pair, measure, list(range(SETS)), self.lucks, "20")
        worse = sorted((s for s in steps if s.is_worse),
                       key=lambda s: (-s.mean / (s.se or 1e-300), s.number))
        numbers = [s.number for s in worse[:AGAIN_SETS]]
        again = self.steps(pair, measure, numbers, AGAIN_LUCKS,
                           "21") if numbers else []
        return steps, again


# ---- Convoys and roads on their own -----------------------------------------

CONTEST_DAYS = 100
CONTEST = (
    ("attackers", 0.3, 5), ("escort", 0.3, 5), ("exponent", 0.5, 3),
    ("window_count", 5, 40), ("window_spread_frac", 0, 1),
    ("convoy_count", 20, 120))


def contest(factor):
    """Convoys of one size, each ambushed; nobody goes alone."""
    size = {"assumption": "convoy_count", "factor": factor}
    return {
        "assumptions": {name: {"dist": "uniform", "min": low, "max": high}
                        for name, low, high in CONTEST},
        "shipments": {"fuel-to-city": {"trucks_per_day": 1000}},
        "models": {
            "ambushes": {
                "attackers_strength": {"assumption": "attackers"},
                "contest_exponent": {"assumption": "exponent"},
                "window_trucks_count": {"assumption": "window_count"},
                "window_spread_frac": {"assumption": "window_spread_frac"}},
            "escorts": {"strength": {"assumption": "escort"},
                        "trucks_min_count": size,
                        "trucks_per_escort_count": size}}}


def contest_share(r):
    return [lost / (entered * CONTEST_DAYS) for lost, entered
            in zip(r.get("lost_count"), r.get("entered_per_day"))]


def double_convoys(bench):
    distributions = [("/assumptions/" + name, "uniform",
                      {"min": low, "max": high})
                     for name, low, high in CONTEST]
    use = bench.ensemble(random_sets(distributions), distributions)
    one, two = (bench.results("theory/contest.json",
                              merge(use, contest(factor)), LUCKS * SETS)
                for factor in (1, 2))
    return steps_of(contest_share, one, two, list(range(SETS)))


CLOSED_SHARE = 60 / 90


def gates_of(bench):
    """The frontier link of each gate."""
    network = json.loads((bench.scenarios / "bamako-network.json").read_text(
        encoding="utf-8"))
    return {link["to"]: name for name, link in network["links"].items()
            if link.get("border")}


def close_road(link):
    return {"models": {"closures": {"model": "disruption/closure"}},
            "events": {"closed": {
                "date": "2025-07-31", "title": "A road closes",
                "kind": "close", "links": [link]}} if link else {}}


def mean(values):
    return math.fsum(values) / len(values)


def closures(bench):
    """(gate, its share of the traffic, share of all traffic lost while it is
    closed, share of its own that came, before)."""
    def entered(link):
        change = merge({"time": {"end": "2025-09-28"}}, close_road(link))
        return bench.results("bamako-baseline.json", change, 10)
    usual = entered(None)
    whole = mean(usual.get("entered_per_day"))
    for gate, link in gates_of(bench).items():
        share = mean(usual.get("entered_per_day", gate)) / whole
        if share > 0.02:
            closed = entered(link)
            left = mean(closed.get("entered_per_day"))
            own = mean(closed.get("entered_per_day", gate)) / (share * whole)
            yield gate, share, (whole - left) / (whole * CLOSED_SHARE), own


# ---- Output -----------------------------------------------------------------


class Tap:
    def __init__(self):
        self.n = self.n_failed = 0

    def say(self, is_good, text):
        self.n += 1
        self.n_failed += not is_good
        print("%s %d - %s" % ("ok" if is_good else "not ok", self.n, text),
              flush=True)


Finding = collections.namedtuple(
    "Finding", "reversed tried for_good better is_worse_on_the_whole mean")


def finding(steps, again):
    whole = Step(-1, [0] * len(steps), [s.mean for s in steps])
    return Finding(sum(s.is_worse for s in steps), len(again),
                   [s.number for s in again if s.is_surely_worse],
                   sum(s.mean < 0 for s in steps), whole.is_surely_worse,
                   whole.mean)


def tell_pair(tap, pair, what, found):
    text = ("%s: no %s: %d of %d sets better, %d reversed, %d of the worst %d "
            "for good%s" % (pair.name, what, found.better, SETS,
                            found.reversed, len(found.for_good), found.tried,
                            "".join(" (set %d)" % i
                                    for i in found.for_good)))
    if pair.is_told_only:
        print("# " + text, flush=True)
        return
    is_good = (not found.for_good and not found.is_worse_on_the_whole
               and found.better > 0)
    tap.say(is_good, text)


def print_table(trial):
    print("| change | what it should not bring | sets better | sets reversed "
          "| for good, of those tried again |")
    print("|---|---|---|---|---|")
    for pair in trial.pairs:
        for what, measure in pair.measures:
            found = finding(*trial.judge(pair, measure))
            print("| %s | %s | %d | %d | %d of %d |"
                  % (pair.name, what, found.better, found.reversed,
                     len(found.for_good), found.tried), flush=True)


def test_pairs(tap, trial):
    for pair in trial.pairs:
        for what, measure in pair.measures:
            tell_pair(tap, pair, what, finding(*trial.judge(pair, measure)))


def test_convoys(tap, bench):
    steps = double_convoys(bench)
    tap.say(all(s.mean < 0 for s in steps),
            "Convoys of twice the size lose a smaller share to attackers who "
            "reach so many: %d of %d sets"
            % (sum(s.mean < 0 for s in steps), SETS))


def test_closures(tap, bench):
    for gate, share, cost, left in closures(bench):
        tap.say(cost < share and left < 0.5,
                "Closing the road to %s, which has %.1f %% of the traffic, "
                "costs less where others are open: %.1f %%; %.0f %% came "
                "before" % (gate, 100 * share, 100 * cost, 100 * left))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("shortfall")
    parser.add_argument("scenarios")
    parser.add_argument("--all-on", action="store_true")
    parser.add_argument("--markdown", action="store_true")
    args = parser.parse_args()
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(args.shortfall, args.scenarios, folder)
        trial = Trial(bench, {} if args.all_on else FIXED, LUCKS)
        if args.markdown:
            print_table(trial)
            return 0
        test_pairs(tap, trial)
        test_convoys(tap, bench)
        test_closures(tap, bench)
    print("1..%d" % tap.n)
    return 1 if tap.n_failed and not args.all_on else 0


if __name__ == "__main__":
    sys.exit(main())
