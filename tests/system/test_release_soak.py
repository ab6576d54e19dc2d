#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A million events into one daemon, over a real socket and from ten peers in turn: nothing that an event takes is kept
when it has been answered. After each peer has gone the daemon has the descriptors that it had at the first tenth, and
the memory that it keeps for itself has not grown by more than a little. (Its first checkpoint, well within the first
tenth, opens a connection to the store that stays.) Before a release only.

Seen to fail at that connection, with tenths too small to have a checkpoint in the first."""
import collections
import contextlib
import json
import os
import re
import subprocess
import time
from pathlib import Path

from harness import PAMINND, run, wait_for

EVENTS = 1_000_000
TENTHS, WINDOW, BYTES = 10, 1000, 220
GROWTH = 8 << 20  # bytes of memory, between the first tenth and the last


def descriptors(daemon):
    """What each is of: a file's path, or socket and the like with their numbers left out."""
    names = []
    for each in Path(f"/proc/{daemon.process.pid}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):
            names.append(re.sub(r":\[\d+\]$", "", os.readlink(each)))
    return collections.Counter(names)


def settled(daemon):
    """The descriptors when the peer has gone: the same ten times in a row, a tenth of a second apart."""
    seen = []

    def same():
        seen.append(descriptors(daemon))
        time.sleep(0.1)
        return len(seen) >= 10 and all(each == seen[-1] for each in seen[-10:])
    wait_for(same, "the descriptors to stay as they are", 30)
    return seen[-1]


def kept(daemon):
    """Bytes of the daemon's own memory, without what it maps of files."""
    text = Path(f"/proc/{daemon.process.pid}/status").read_text()
    return int(re.search(r"RssAnon:\s+(\d+) kB", text)[1]) << 10


def million(box):
    plan = box.plan()
    for number in range(100):
        plan.add("measures", f"M-{number}", title=f"Åtgärd {number}", owner="anna")
    plan.deadlines["KS-1"]["answers_from"] = ["M-*"]
    daemon = box.daemon(plan, "2026-04-22T20:00@1")
    load = [Path(PAMINND).parents[1] / "tests/bench/load", plan.submit, *map(str, (EVENTS // TENTHS, WINDOW, BYTES))]
    answered, first, memory = 0, None, []
    for tenth in range(TENTHS):
        # The load ends with 1 at any answer but `accepted`.
        done = subprocess.run(load, check=True, capture_output=True, timeout=600)
        answered += json.loads(done.stdout)["events"]
        if tenth == 0:
            first = settled(daemon)
        last = settled(daemon)
        assert last == first, f"more: {last - first}, fewer: {first - last}"
        memory.append(kept(daemon))
        print(f"  {answered} answered: {last.total()} descriptors, {memory[-1] >> 10} KiB", flush=True)
    grown = memory[-1] - memory[0]
    assert answered == EVENTS // TENTHS * TENTHS, answered
    assert grown <= GROWTH, f"{grown >> 10} KiB more than after the first tenth"
    print(f"figure: soak-events {answered}\n"
          f"figure: soak-descriptors {first.total()} at 10 %, {last.total()} at the end\n"
          f"figure: soak-memory {grown / (1 << 20):+.1f} MiB", flush=True)


run(million)
