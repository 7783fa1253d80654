# page.py - the server of "shortfall explore", started for a test. SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the page's server share: starting it, talking to it, and
looking at its processes."""
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import threading
import time

PROGRAM = os.environ["SHORTFALL"]
ROOT = os.environ["ROOT"]
SCENARIO = os.path.join(ROOT, "scenarios", "two-roads.json")
failures = []


def check(is_true, what):
    """Notes a failure and goes on: one run shows all of them."""
    print(("ok - " if is_true else "not ok - ") + what, flush=True)
    if not is_true:
        failures.append(what)


def wait_until(condition, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return condition()


def children(pid):
    """All processes below one, as (pid, state)."""
    found, parents = [], {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8") as file:
                rest = file.read().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(rest[1]), []).append((int(name), rest[0]))
    queue = [pid]
    while queue:
        below = parents.get(queue.pop(), [])
        found += below
        queue += [p for p, _ in below]
    return found


def is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


class Page:
    def __init__(self, *options, scenario=SCENARIO):
        self.process = subprocess.Popen(
            [PROGRAM, "explore", *options, scenario], cwd=ROOT, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        address = None
        while not address:
            line = self.process.stdout.readline()
            if not line:
                raise RuntimeError(self.process.stderr.read())
            address = re.search(r"http://127\.0\.0\.1:(\d+)/([0-9a-f]{32})/", line)
        self.port, self.token = int(address[1]), address[2]

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def ask(self, route, method="GET", body=None, headers=None, token=None):
        """(status, text) of one request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        path = f"/{self.token if token is None else token}{route}"
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        text = answer.read().decode()
        self.headers = dict(answer.getheaders())
        connection.close()
        return answer.status, text

    def raw(self, data, seconds=20):
        """What comes back for bytes that are sent as they are."""
        with self.connect() as s:
            s.settimeout(seconds)
            got = b""
            try:
                s.sendall(data)
                while True:
                    part = s.recv(65536)
                    if not part:
                        break
                    got += part
            except OSError:
                pass
            return got.decode(errors="replace")

    def answers(self):
        return self.ask("/")[0] == 200

    def stop(self, how=signal.SIGTERM, seconds=5):
        """(status, what it said, processes it left)"""
        below = [p for p, _ in children(self.process.pid)]
        self.process.send_signal(how)
        try:
            said = self.process.communicate(timeout=seconds)[1]
        except subprocess.TimeoutExpired:
            self.process.kill()
            said = "did not end"
        wait_until(lambda: not any(map(is_alive, below)), 3)
        return self.process.returncode, said, [p for p in below if is_alive(p)]


class Tab:
    """A stream of events; messages come in as JSON."""

    def __init__(self, page, name):
        self.page, self.name, self.messages, self.job = page, name, [], 0
        self.connection = http.client.HTTPConnection("127.0.0.1", page.port, timeout=60)
        self.connection.request("GET", f"/{page.token}/events?tab={name}")
        self.answer = self.connection.getresponse()
        threading.Thread(target=self.read, daemon=True).start()
        wait_until(lambda: self.messages, 5)

    def read(self):
        try:
            for line in self.answer:
                if line.startswith(b"data: "):
                    self.messages.append(json.loads(line[6:]))
        except (OSError, http.client.HTTPException, ValueError, AttributeError):
            pass

    def send(self, verb, body):
        self.job += 1
        return self.page.ask(f"/{verb}?tab={self.name}&job={self.job}", "POST", body)

    def wait(self, kind, seconds=60):
        """The last message of that kind for the last job; of bands the complete
        one."""
        def fits(m):
            return (m["kind"] == kind and m.get("job", self.job) == self.job
                    and m.get("is_over", True))
        wait_until(lambda: any(map(fits, self.messages)), seconds)
        return next(filter(fits, reversed(self.messages)), None)

    def close(self):
        self.connection.sock and self.connection.sock.shutdown(socket.SHUT_RDWR)
        self.connection.close()
