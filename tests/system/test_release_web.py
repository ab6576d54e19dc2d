#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A thousand connections that do nothing, and some that send a byte now and then, hold nobody up."""
import time

from harness import event, run, wait_for
from web import Crowd, Web, memory

IDLE = 1000
P99 = 0.100  # seconds from send to `accepted`
GROWTH = 16 << 20
EVENTS = 4000


def latencies(daemon):
    found = []
    for _ in range(EVENTS):
        message = event("note", "TN-1", {"note": "x" * 100})
        began = time.monotonic()
        answer = daemon.ask(message)
        found.append(time.monotonic() - began)
        assert answer["result"] == "accepted", answer
    return sorted(found)


def a_crowd_holds_nobody_up(box):
    web = Web(box, connections=IDLE + 100)
    assert web.get("/healthz").status == 200
    latencies(web.daemon)
    before = memory(web.daemon.process.pid)
    crowd = box.keep(Crowd(web.port, IDLE))
    began = time.monotonic()
    alone = latencies(web.daemon)
    while time.monotonic() - began < 12:  # all have been sent away once, and have come again
        found = latencies(web.daemon)
    grown = memory(web.daemon.process.pid) - before
    asked = time.monotonic()
    assert web.get("/healthz").status == 200
    assert time.monotonic() - asked < 1
    p99 = max(each[len(each) * 99 // 100] for each in (alone, found))
    print(f"p99 {p99 * 1000:.1f} ms, {grown / 1024:.0f} KiB more", flush=True)
    assert p99 < P99, f"p99 is {p99 * 1000:.1f} ms"
    assert grown < GROWTH, f"{grown} bytes more"


def beyond_the_connections_the_same(box):
    """As it is shipped: half of them are sent away, again and again."""
    web = Web(box)
    latencies(web.daemon)
    before = memory(web.daemon.process.pid)
    box.keep(Crowd(web.port, IDLE))
    found = latencies(web.daemon)
    grown = memory(web.daemon.process.pid) - before
    wait_for(lambda: "as many connections as there may be" in web.daemon.log_text(), "refusals")
    p99 = found[len(found) * 99 // 100]
    print(f"p99 {p99 * 1000:.1f} ms, {grown / 1024:.0f} KiB more", flush=True)
    assert p99 < P99, f"p99 is {p99 * 1000:.1f} ms"
    assert grown < GROWTH, f"{grown} bytes more"


run(a_crowd_holds_nobody_up, beyond_the_connections_the_same)
