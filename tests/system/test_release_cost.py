#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What an event, a mail and a row of the forecast cost, in instructions of the daemon's processor as callgrind counts
them: no faster and no busier machine changes that. The bounds lie half as high again as what it was when they
were set, so that what they find is work that came in unseen, not a compiler's mood. Whoever makes something dearer
for good reason sets its bound anew, and says why."""
import json
import re
import shutil
import subprocess
from pathlib import Path

from harness import PAMINND, Daemon, Skip, run, wait_for

EVENTS, WINDOW = 3000, 1000
MAILS = 40
OWED = 150         # measures of a deadline, whose month is foretold

# Instructions of all threads for one of each; the figures measured are in daemon/README.md.
BOUNDS = {"event": 75_000, "mail": 5_400_000, "row of the forecast": 48_000}


class Counted(Daemon):
    """A daemon under callgrind, which counts from `begin` to `end`."""
    def command(self, *arguments):
        return ["valgrind", "--quiet", "--tool=callgrind", "--instr-atstart=no",
                f"--callgrind-out-file={self.folder}/counts", *super().command(*arguments)]

    def control(self, *order):
        subprocess.run(["callgrind_control", *order, str(self.process.pid)], check=True,
                       stdout=subprocess.DEVNULL)

    def begin(self):
        self.control("-i", "on")

    def end(self):
        """How many instructions they were."""
        self.control("-d")
        return int(re.search(r"^(?:totals|summary): (\d+)", (self.folder / "counts.1").read_text(), re.M)[1])


def counted(box, plan, clock):
    for program in ("valgrind", "callgrind_control"):
        if not shutil.which(program):
            raise Skip(f"{program} is not installed")
    daemon = Counted(box.folder, plan, clock)
    box.daemons.append(daemon)
    daemon.peer.patience = 120
    return daemon.start()


def within(what, instructions, count):
    each = instructions // count
    print(f"  {each:,} instructions for each {what}", flush=True)
    assert each <= BOUNDS[what], f"{each:,} instructions for each {what}, and {BOUNDS[what]:,} at most"


def events(box):
    plan = box.plan()
    for number in range(100):
        plan.add("measures", f"M-{number}", title=f"Åtgärd {number}", owner="anna")
    plan.deadlines["KS-1"]["answers_from"] = ["M-*"]
    daemon = counted(box, plan, "2026-04-22T20:00@1")
    load = [Path(PAMINND).parents[1] / "tests/bench/load", plan.submit]
    # A steward's first acts are kept, so that they can be taken back; what a thousand cost is not what a flood does.
    subprocess.run([*load, "1000", str(WINDOW)], check=True, stdout=subprocess.DEVNULL)
    daemon.begin()
    done = subprocess.run([*load, str(EVENTS), str(WINDOW)], check=True, capture_output=True)
    assert json.loads(done.stdout)["rate"] > 0
    within("event", daemon.end(), EVENTS)


def owing(box, count):
    plan = box.plan()
    plan.measures.clear()
    for number in range(count):
        plan.add("people", f"p{number}", name=f"Person {number}", manager="mona",
                 mail=f"p{number}@region.internal")
        plan.add("measures", f"TN-{number}", title=f"Åtgärd {number}", owner=f"p{number}")
    return plan


def mails(box):
    """From what is decided in the morning to the server's 250, recorded."""
    plan = owing(box, MAILS)
    box.smtp(plan)
    feed = box.feed(plan, "paminn.delivery")
    daemon = counted(box, plan, "2026-05-15T07:59:45@1")
    daemon.begin()
    wait_for(lambda: len(feed.times) >= MAILS, "the deliveries", 300)
    within("mail", daemon.end(), len(feed.times))


def forecast(box):
    plan = owing(box, OWED)
    daemon = counted(box, plan, "2026-04-22T20:00@1")
    daemon.begin()
    rows = daemon.query("forecast", month="2026-05")
    instructions = daemon.end()
    assert len(rows) > OWED, len(rows)
    within("row of the forecast", instructions, len(rows))


run(events, mails, forecast)
