# requests.py - what the page's server does with bad requests. SPDX-License-Identifier: GPL-3.0-or-later
"""Every bad request gets a clear refusal, nothing outside the shelf is read,
and the server answers afterwards."""
import os
import select
import shutil
import socket
import sys
import tempfile
import time

from page import Page, SCENARIO, Tab, check, failures


def strangers(page):
    port = page.port
    check(page.answers(), "the page itself is there")
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"):
        check(name in page.headers, f"it says {name}")
    check(page.headers.get("Cache-Control") == "no-store", "nothing is to be stored")
    for what, token in (("wrong", "0" * 32), ("no", ""), ("half a", page.token[:16]),
                        ("too long a", page.token + "0")):
        status, text = page.ask("/", token=token)
        check(status == 403 and "token" in text, f"{what} token is refused")
    for origin in ("http://example.org", "null", f"http://127.0.0.1:{port + 1}",
                   f"https://127.0.0.1:{port}"):
        status, _ = page.ask("/run?tab=x&job=1", "POST", "n=2", {"Origin": origin})
        check(status == 403, f"origin {origin} is refused")
    for host in ("example.org", f"example.org:{port}", f"127.0.0.1:{port}.example.org",
                 "127.0.0.1", f"[::1]:{port}"):
        check(page.ask("/", headers={"Host": host})[0] in (400, 403), f"host {host} is refused")
    check(page.ask("/", headers={"Host": f"localhost:{port}"})[0] == 200, "localhost is let in")
    status, _ = page.ask("/drop?tab=x", "POST", "", {"Sec-Fetch-Site": "cross-site"})
    check(status == 403, "a form on another site is refused")
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
        check(page.ask("/", method)[0] == 405, f"{method} is refused")
    check(page.ask("/run?tab=x&job=1")[0] == 405, "GET does not run anything")
    check(page.ask("/scenario", "POST", "")[0] == 405, "POST reads nothing")


def outside(page, folder):
    for path in ("/../../etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd",
                 "//etc/passwd", "/explore.css/../../../etc/passwd", "/index.html%00.css",
                 "/....//etc/passwd", "/\\..\\etc\\passwd", "/README.md", "/.git/config"):
        status, text = page.ask(path)
        check(status in (400, 403, 404) and "root:" not in text, f"{path} leads nowhere")
    for query in ("a=../secret.json", "a=/etc/passwd", "a=..%2Fsecret.json", "a=.json",
                  "a=link.json", "al=lever-link.json", "al=two-roads.json", "al=nothing.json",
                  "a=secret.json", "b=..%5Csecret.json"):
        status, text = page.ask(f"/scenario?{query}&side={query[0]}")
        check(status in (400, 404) and "hidden" not in text, f"{query} is not read")
    for pointer in ("/extends", "/ensemble", "/observations", "/title", "/events", "", "/nodes/port"):
        status, text = page.ask(f"/file?as={pointer}%3D1")
        check(status == 400, f"{pointer or 'nothing'} is no number to set")
    check("secret" not in page.ask("/scenario")[1], "what does not belong is not on offer")


def states(page):
    for body in ("n=1", "n=100000", "n=x", "seed=-1", "as=/x", "as=x=1", "what=1", "side=b", "as=%ff",
                 "as=/models/drivers/announcement_risk=nan", "as=/models/drivers/announcement_risk=inf",
                 "as=/models/drivers/announcement_risk=0x10", "rep=-1", "lang=xx", "a=x", "\0",
                 "&".join(["al=lever-x.json"] * 2000)):
        tab_body = body[:40].encode("unicode_escape").decode()
        status, text = page.ask("/run?tab=t1&job=1", "POST", body)
        check(status == 400 and len(text) > 5, f"state {tab_body} is refused")
    for query in ("", "?tab=", "?tab=A%20b", "?tab=" + "x" * 99, "?tab=../x", "?job=1"):
        status, _ = page.ask(f"/run{query}", "POST", "n=2")
        check(status == 400, f"tab {query[:20]} is refused")
    check(page.ask("/run?tab=nobody&job=1", "POST", "n=2")[0] == 409, "a tab without a stream is refused")
    for job in ("", "&job=x", "&job=-1", "&job=99999999999"):
        check(page.ask(f"/run?tab=t1{job}", "POST", "n=2")[0] == 400, f"job {job} is refused")
    check(page.ask("/drop?tab=t1", "POST", "")[0] == 202, "nothing to drop is no mistake")


def values(tab):
    tab.send("run", "n=2&as=/models/drivers/announcement_risk=1e9")
    error = tab.wait("error", 10)
    check(error and "expected 0 to 20" in error["message"], "a value out of range says what was expected")
    tab.send("run", "n=2&as=/models/drivers/no_such=1")
    error = tab.wait("error", 10)
    check(error and "/models/drivers/no_such" in error["message"], "an unknown pointer is named")
    tab.send("run", "n=4&as=/models/drivers/announcement_risk=1")
    check(tab.wait("bands", 30) is not None, "a good one runs afterwards")


def bodies(page):
    head = f"POST /{page.token}/run?tab=t1&job=1 HTTP/1.1\r\nHost: 127.0.0.1:{page.port}\r\n".encode()
    got = page.raw(head + b"Content-Length: 104857600\r\n\r\n" + b"x" * 104857600)
    check(got.startswith("HTTP/1.1 413"), "a body of 100 MB is refused")
    got = page.raw(head + b"Content-Length: 104857600\r\nExpect: 100-continue\r\n\r\n", 8)
    check(got.startswith("HTTP/1.1 413"), "it is refused before it comes")
    chunk = b"10000\r\n" + b"y" * 65536 + b"\r\n"
    got = page.raw(head + b"Transfer-Encoding: chunked\r\n\r\n" + chunk * 1600 + b"0\r\n\r\n")
    check(got.startswith("HTTP/1.1 413"), "100 MB in chunks are refused")
    check(page.ask("/run?tab=t1&job=1", "POST", "x" * 65537)[0] == 413, "a body just too large is refused")
    check(page.ask("/drop?tab=t1", "POST", "x" * 65536)[0] in (202, 400), "the largest body is heard")
    got = page.raw(b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"z" * 4000000 + b"\r\n\r\n", 8)
    check("200" not in got[:20], "4 MB of headers are refused")
    for junk in (b"\x00\x01\x02\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01" + b"\0" * 200 + b"\r\n\r\n"):
        check(" 200 " not in page.raw(junk, 12)[:20], f"{junk[:8]} is refused")
    check(page.answers(), "it answers after all that")


def half(page):
    begun = time.monotonic()
    slow = [page.connect() for _ in range(3)]
    slow[0].sendall(b"GET /")
    slow[1].sendall(f"POST /{page.token}/run?tab=t1&job=1 HTTP/1.1\r\nHost: 127.0.0.1:{page.port}\r\n"
                    "Content-Length: 100\r\n\r\nn=1".encode())
    check(page.answers(), "others are served meanwhile")
    got = []
    for s in slow:
        s.settimeout(25)
        try:
            got.append(s.recv(1000))
        except OSError:
            got.append(b"none")
        s.close()
    check(got[0].startswith(b"HTTP/1.1 408"), "half a request is told that its time is over")
    check(time.monotonic() - begun < 15, "and all end within 15 s")


LET_IN = 128  # connections at a time, see door.c


def hear(held, poll):
    """Waits until those that are not let in were told so, however slow the
    server is; returns how many were."""
    refused, until = 0, time.monotonic() + 20
    while len(held) > LET_IN and time.monotonic() < until:
        for number, _ in poll.poll(1000):
            poll.unregister(number)
            s = held.pop(number)
            try:
                refused += s.recv(100).startswith(b"HTTP/1.1 503")
            except OSError:
                pass
            s.close()
    return refused


def crowd(page, tab):
    held, refused, poll = {}, 0, select.poll()
    for i in range(50):
        for _ in range(200):
            s = page.connect()
            poll.register(s, select.POLLIN)
            held[s.fileno()] = s
        refused += hear(held, poll)
        for number in list(held)[:60]:  # the oldest make room for others
            poll.unregister(number)
            held.pop(number).close()
        if i == 25:
            check(page.answers(), "it answers in the middle of 10,000 connections")
    for s in held.values():
        s.close()
    check(refused > 5000, f"{refused} of 10,000 connections were told that there are too many")
    check(page.answers(), "it answers afterwards")
    tab.send("run", "n=4")
    check(tab.wait("bands", 30) is not None, "and an open tab has kept its stream")


def main():
    with tempfile.TemporaryDirectory() as top:
        folder = os.path.join(top, "scenarios")
        os.mkdir(folder)
        shutil.copy(SCENARIO, folder)
        with open(os.path.join(top, "secret.json"), "w", encoding="utf-8") as file:
            file.write('{"extends": "scenarios/two-roads.json", "title": "hidden"}')
        with open(os.path.join(folder, "secret.json"), "w", encoding="utf-8") as file:
            file.write('{"title": "hidden"}')
        for name in ("link.json", "lever-link.json"):
            os.symlink(os.path.join(top, "secret.json"), os.path.join(folder, name))
        page = Page(scenario=os.path.join(folder, "two-roads.json"))
        tab = Tab(page, "t1")
        strangers(page)
        outside(page, folder)
        states(page)
        values(tab)
        bodies(page)
        half(page)
        crowd(page, tab)
        status, said, left = page.stop()
        check(status == 0 and not left, "it ends without leaving a process")
    sys.exit(1 if failures else 0)


main()
