# files.py - files that change while the page is open. SPDX-License-Identifier: GPL-3.0-or-later
"""What was read goes on as it was; what has to be read anew is refused when it
is not what it was when the page was opened. So no two sides of a comparison
come from different files under one name."""
import json
import os
import shutil
import sys
import tempfile

from page import SCENARIO, Page, Tab, check, failures

LEVERS = {"lever-brave.json": 1, "lever-timid.json": 15}


def write(path, value):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(value, file)


def risk(value):
    return {"models": {"drivers": {"announcement_risk": value}}}


def make(folder):
    """A scenario that builds on another one, and two levers."""
    shutil.copy(SCENARIO, os.path.join(folder, "base.json"))
    write(os.path.join(folder, "own.json"),
          {"format": 1, "extends": "base.json", "title": "Own", "ensemble": "sample.json"})
    write(os.path.join(folder, "sample.json"),
          {"format": 1, "parameters": ["/models/drivers/announcement_risk"], "rows": [[5.5], [6.5]]})
    for name, value in LEVERS.items():
        write(os.path.join(folder, name), {"format": 1, "extends": "own.json", "title": name, **risk(value)})
    page = Page(scenario=os.path.join(folder, "own.json"))
    return page, Tab(page, "t1")


def sides(tab, body):
    """What a run gives, without the time it took; None when it is refused."""
    tab.send("run", body)
    bands = tab.wait("bands", 60)
    return bands and bands["sides"]


def refused(tab, body, name, what):
    tab.send("run", body)
    error = tab.wait("error", 10)
    check(error and name in error["message"] and "has changed" in error["message"]
          and "start it again" in error["message"], what)


def changed_lever(folder):
    page, tab = make(folder)
    brave = sides(tab, "n=4&al=lever-brave.json")
    timid = sides(tab, "n=4&al=lever-timid.json")
    check(brave and timid and brave != timid, "two levers give two results")
    path = os.path.join(folder, "lever-brave.json")
    write(path, {"format": 1, "extends": "own.json", "title": "x", **risk(12)})
    check(sides(tab, "n=4&seed=1&al=lever-brave.json") == brave, "a lever that was read goes on as it was")
    refused(tab, "n=4&al=lever-brave.json&al=lever-timid.json", "lever-brave.json",
            "read anew, a changed lever is refused and named")
    status, text = page.ask("/file?al=lever-brave.json")
    check(status == 404 and "has changed" in text, "and is not given away as what was run")
    check(sides(tab, "n=4&seed=1&al=lever-timid.json") == timid, "other levers work")
    os.remove(path)
    refused(tab, "n=4&al=lever-timid.json&al=lever-brave.json", "lever-brave.json", "so is one that is gone")
    check(page.stop()[0] == 0, "the page ends well")


def changed_scenario(folder, name):
    page, tab = make(folder)
    check(page.ask("/scenario")[0] == 200, f"{name}: the page is described")
    plain = sides(tab, "n=4&seed=1")
    path = os.path.join(folder, name)
    with open(path, encoding="utf-8") as file:
        value = json.load(file)
    value["notes"] = ["changed"]
    write(path, value)
    check(plain and sides(tab, "n=4&seed=1") == plain, f"{name}: what was read goes on as it was")
    check(sides(tab, "n=4&as=/models/drivers/announcement_risk=1") is not None,
          f"{name}: numbers can be put in")
    refused(tab, "n=4&b=&bl=lever-brave.json", name, f"{name}: a side that has to be read anew is refused")
    check(page.ask("/file")[0] == 404, f"{name}: nothing is to be built on what has changed")
    check(page.answers() and page.stop()[0] == 0, f"{name}: the page stays and ends well")


def all_gone(folder):
    page, tab = make(folder)
    shutil.rmtree(folder)
    check(sides(tab, "n=4") is not None, "without any file the scenario runs")
    refused(tab, "n=4&al=lever-brave.json", ".json", "a lever is refused")
    check(page.ask("/scenario?al=lever-brave.json")[0] == 404, "and not described")
    check(page.answers() and page.stop()[0] == 0, "the page stays and ends well")


def main():
    with tempfile.TemporaryDirectory() as top:
        for i, (case, *more) in enumerate([(changed_lever,), (changed_scenario, "own.json"),
                                           (changed_scenario, "base.json"),
                                           (changed_scenario, "sample.json"), (all_gone,)]):
            folder = os.path.join(top, str(i))
            os.mkdir(folder)
            case(folder, *more)
    sys.exit(1 if failures else 0)


main()
