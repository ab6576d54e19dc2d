#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A thousand connections that do nothing, and some that send a byte now and then, hold nobody up. How soon an event is
answered beside them is measured by the row `pages` of tests/bench/run."""
import time

from harness import event, run, wait_for
from web import Crowd, Web, memory

IDLE = 1000
GROWTH = 16 << 20  # bytes
EVENTS = 500


def are_accepted(daemon):
    for _ in range(EVENTS):
        answer = daemon.ask(event("note", "TN-1", {"note": "x" * 100}))
        assert answer["result"] == "accepted", answer


def did_not_grow(web, before):
    grown = memory(web.daemon.process.pid) - before
    print(f"  {grown / 1024:.0f} KiB more", flush=True)
    assert grown < GROWTH, f"{grown} bytes more"


def a_crowd_holds_nobody_up(box):
    web = Web(box, connections=IDLE + 100)
    assert web.get("/healthz").status == 200
    are_accepted(web.daemon)
    before = memory(web.daemon.process.pid)
    box.keep(Crowd(web.port, IDLE))
    until = time.monotonic() + 12
    while time.monotonic() < until:  # all have been sent away once, and have come again
        are_accepted(web.daemon)
        time.sleep(1)
    did_not_grow(web, before)
    assert web.get("/healthz").status == 200


def beyond_the_connections_the_same(box):
    """As it is shipped: half of them are sent away, again and again."""
    web = Web(box)
    are_accepted(web.daemon)
    before = memory(web.daemon.process.pid)
    box.keep(Crowd(web.port, IDLE))
    are_accepted(web.daemon)
    wait_for(lambda: "as many connections as there may be" in web.daemon.log_text(), "refusals")
    did_not_grow(web, before)


run(a_crowd_holds_nobody_up, beyond_the_connections_the_same)
