# SPDX-License-Identifier: Apache-2.0
"""What the pages cost those who send events: a crowd of visitors, and the desk's most expensive page."""
import time
from concurrent.futures import ThreadPoolExecutor

from desk import Act, SignedIn
from harness import Peer, another_box
from intake import QUIET, hundred_measures, load
from web import Crowd, Web, memory

VISITORS, SINGLES = 1000, 2000
MANY = 2000  # measures of one meeting


def seconds(act):
    began = time.monotonic()
    act()
    return time.monotonic() - began


def beside_a_crowd(found):
    with another_box() as box:
        plan = box.plan()
        web = Web(box, QUIET, plan, run=False, connections=VISITORS + 100)
        hundred_measures(box, plan)
        daemon = web.daemon.start()
        alone = load(daemon, SINGLES, 1)
        before = memory(daemon.process.pid)
        crowd = Crowd(web.port, VISITORS)
        try:
            began = time.monotonic()
            while time.monotonic() - began < 12:  # each has been sent away once, and come again
                beside = load(daemon, SINGLES, 1)
            found.append((alone["p99"], beside["p99"], (memory(daemon.process.pid) - before) / (1 << 20)))
        finally:
            crowd.stop()


def pages(table):
    table.begin("pages", f"Events one at a time, alone and beside {VISITORS:,} that hold connections to the pages; a "
                         "tenth of these send a request a byte now and then.")
    found = []
    for turn in range(min(3, table.rounds)):
        beside_a_crowd(found)
        table.say(f"round {turn + 1}")
    alone, beside, grown = zip(*found)
    table.figures(("99 of 100 answered within, with pages but no visitors", "µs", alone, None),
                  (f"… beside {VISITORS:,} idle and slow connections", "µs", beside, None),
                  ("memory that these and the events take", "MiB", grown, None))


def beside_the_desk(found):
    with another_box() as box:
        plan = box.plan()
        for number in range(MANY // 10):
            plan.add("people", f"p{number}", name=f"Person {number}", mail=f"p{number}@region.internal",
                     manager="mona")
        for number in range(MANY):
            plan.add("measures", f"TN-{number + 10}", title=f"Åtgärd {number}", owner=f"p{number % (MANY // 10)}")
        web = Web(box, QUIET, plan)
        act = Act(SignedIn(web, "stina"), "meeting", "KS")

        def longest(until):
            peer, most = Peer(plan.submit), 0
            while not until():
                most = max(most, seconds(lambda: peer.ask({"query": "whoami", "params": {}})))
            peer.stop()
            return 1000 * most
        began = time.monotonic()
        alone = longest(lambda: time.monotonic() - began > 1)
        with ThreadPoolExecutor(1) as other:
            took = other.submit(seconds, lambda: act.check(replaces="2026-05-26", **{"from": "2026-06-02"}))
            beside = longest(took.done)
        found.append((alone, beside, 1000 * took.result()))


def desk(table):
    """No question may hold the loop for more than 50 ms."""
    table.begin("desk", f"A peer asks one small question after another while a steward asks on the desk what would "
                        f"follow from moving a meeting that {MANY:,} measures answer.")
    found = []
    for turn in range(table.rounds):
        beside_the_desk(found)
        table.say(f"round {turn + 1}")
    alone, beside, shown = zip(*found)
    table.figures(("the peer's longest wait alone", "ms", alone, None),
                  ("… beside that page", "ms", beside, 50), ("until the page is there", "ms", shown, None))


ROWS = {"pages": pages, "desk": desk}
