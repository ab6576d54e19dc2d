#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""plan.py FOLDER MEASURES DEADLINES [EACH]   writes paminnd.conf and plan.conf of that size into FOLDER.

A plan of any size for what is measured, and a store with any number of events:

    plan = write_plan(box.folder, measures=20000, deadlines=50)        # 10⁶ obligations
    plan = write_plan(box.folder, 20000, 100000, each=10)              # 10⁶ too: many deadlines, few measures
    daemon = box.daemon(plan, EVENING, start=False)
    daemon.start(write=False)                                          # the plan stands already
    fill(daemon, 10_000_000, 20000)                                    # stops it, and starts it again
"""
import math
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/system"))
from harness import PAMINND, local, small_plan  # noqa: E402

EVENING = "2026-04-22T20:00@1"  # nothing leaves; of the deadlines below only the windows of the first days are open
FIRST_DUE = date(2026, 5, 4)
DAYS = 7 * 50  # over which deadlines are due, the first on FIRST_DUE


def add_plan(plan, measures, deadlines, each=None, owners=None):
    """Add to the plan `measures` measures R-0, R-1 … of `owners` people p0, p1 … (a fortieth of the measures, at
    most 500), and `deadlines` deadlines D-0, D-1 …, a week apart or, when they are more than 50, so that they
    fit into a year. Each asks all measures; with `each` only as many, others than the next deadline."""
    owners = owners or max(1, min(500, measures // 40))
    for number in range(owners):
        plan.add("people", f"p{number}", name=f"Person {number}", mail=f"p{number}@region.internal", manager="mona")
    for number in range(measures):
        plan.add("measures", f"R-{number}", title=f"Åtgärd {number}", owner=f"p{number % owners}",
                 effect_planned=100000 + number)
    groups = measures // each if each else 0
    for number in range(deadlines):
        first = number % groups * each if each else 0
        asked = [f"R-{first + n}" for n in range(each)] if each else ["R-*"]
        plan.add("deadlines", f"D-{number}", title=f"Uppföljning {number}",
                 due=str(FIRST_DUE + timedelta(days=math.floor(number * DAYS / max(deadlines, 50)))),
                 answers_from=asked, responsible="ola", inform=["reg"], ladder="standard")
    return plan


def write_plan(folder, measures, deadlines, each=None, owners=None):
    """The small plan of the system tests with add_plan's beside it, written into the folder: its Plan."""
    plan = add_plan(small_plan(Path(folder)), measures, deadlines, each, owners)
    plan.write()
    return plan


def fill(daemon, events, measures, restart=True):
    """Append so many events, notes about R-0 … in turn, to the store of a daemon, which is stopped for it. As
    tests/bench/fill.c explains, they are as if the daemon had taken them on the day before its rehearsal began."""
    if daemon.process:
        daemon.stop()
    program = Path(os.environ.get("PAMINND", PAMINND)).parents[1] / "tests/bench/fill"
    begun = local((daemon.clock or EVENING).split("@")[0]).timestamp() - 86400
    subprocess.run([program, daemon.plan.settings["store"], str(events), str(measures), str(int(begun))],
                   check=True)
    return daemon.start(write=False) if restart else daemon


def main():
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__.splitlines()[0])
    Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
    write_plan(Path(sys.argv[1]).resolve(), *map(int, sys.argv[2:]))


if __name__ == "__main__":
    main()
