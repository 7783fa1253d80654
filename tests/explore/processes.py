# processes.py - how the page's processes end. SPDX-License-Identifier: GPL-3.0-or-later
"""Ctrl-C, TERM, the death of any of its processes and a closed browser: nothing
is left behind, and what can go on goes on."""
import os
import signal
import sys
import time

from page import ROOT, Page, Tab, check, children, failures, is_alive, wait_until


def busy(page, name="t1"):
    """A tab with a run under way that will take a while."""
    tab = Tab(page, name)
    tab.send("run", "n=1000")
    wait_until(lambda: len(children(page.process.pid)) >= 3, 5)
    return tab


def ends(how, word):
    page = Page()
    busy(page)
    begun = time.monotonic()
    status, said, left = page.stop(how)
    check(status == 0, f"{word}: exit status 0 ({status})")
    check("nded" in said, f"{word}: it says so")
    check(not left, f"{word}: no process is left")
    check(time.monotonic() - begun < 3, f"{word}: at once")


def killed():
    page = Page()
    busy(page)
    below = [p for p, _ in children(page.process.pid)]
    page.process.kill()
    page.process.wait()
    check(wait_until(lambda: not any(map(is_alive, below)), 3), "kill -9 of the server: all end with it")
    page.process.communicate()


def runner_killed():
    page = Page("-j", "2")
    tab = busy(page)
    keeper = [p for p, _ in children(page.process.pid)][0]
    with open(f"/proc/{keeper}/task/{keeper}/children", encoding="utf-8") as file:
        runner = int(file.read().split()[0])
    check(wait_until(lambda: len(children(runner)) == 2, 5), "two workers are at work")
    workers = [p for p, _ in children(runner)]
    os.kill(runner, signal.SIGKILL)
    check(wait_until(lambda: any(m["kind"] == "died" for m in tab.messages), 5),
          "kill -9 of the runner: the page hears of it")
    check(wait_until(lambda: not any(map(is_alive, workers)), 3), "its workers end with it")
    tab.send("run", "n=6")
    check(tab.wait("bands", 30) is not None, "the next runner runs")
    time.sleep(0.3)
    check(not [p for p, state in children(page.process.pid) if state == "Z"], "no zombie is left")
    os.kill(keeper, signal.SIGKILL)
    check(page.process.wait(5) == 1, "kill -9 of the keeper: the program ends with status 1")
    check("gone" in page.process.communicate()[1], "and says why")


def worker_killed():
    """Between two replications nothing is lost, so it is tried until one is hit;
    those of this scenario are long enough for that to be the first, mostly."""
    page = Page("-j", "2", scenario=os.path.join(ROOT, "scenarios", "bamako-baseline.json"))
    tab = Tab(page, "t1")
    for seed in range(5):
        tab.send("run", f"n=30&seed={seed}")
        wait_until(lambda: any(m.get("job") == tab.job for m in tab.messages), 60)
        os.kill(children(page.process.pid)[-1][0], signal.SIGKILL)
        bands = tab.wait("bands", 120)
        side = bands and bands["sides"][0]
        if not side or side["failed"]:
            break
    check(side and side["done"] == 29 and side["failed"] == 1, "kill -9 of a worker costs one replication")
    check(bands and "signal 9" in bands["problem"], "and the page hears of it")
    page.stop()


def closed():
    page = Page("--linger", "1")
    time.sleep(2.5)
    check(page.process.poll() is None, "it waits for the first visit")
    tab = busy(page)
    other = Tab(page, "t2")
    tab.close()
    check(wait_until(lambda: len(children(page.process.pid)) == 2, 5), "a closed tab's run is ended")
    time.sleep(2)
    check(page.process.poll() is None, "it stays while another tab is open")
    other.close()
    check(wait_until(lambda: page.process.poll() is not None, 8), "it ends when the last one is closed")
    said = page.process.communicate()[1]
    check(page.process.returncode == 0 and "last tab" in said, "with status 0, saying so")


def newest():
    page = Page("-j", "2")
    tab = Tab(page, "t1")
    for seed in range(20):
        tab.send("run", f"n=200&seed={seed}")
    first = tab.wait("bands", 60)
    check(first and first["seed"] == "19", "of many changes the last one is run")
    later = [m for m in tab.messages if m["kind"] == "bands" and m["job"] != tab.job and m["is_over"]]
    check(len(later) < 19, "the runs under way are ended")
    tab.send("run", "n=200&seed=19")
    again = tab.wait("bands", 60)
    check(again["sides"] == first["sides"], "the same state gives the same numbers")
    check(again["ms"] < 200, f"and is known already ({again['ms']} ms)")
    page.stop()


ends(signal.SIGINT, "Ctrl-C")
ends(signal.SIGTERM, "TERM")
killed()
runner_killed()
worker_killed()
closed()
newest()
sys.exit(1 if failures else 0)
