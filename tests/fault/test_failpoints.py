#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Row 3: the daemon dies before and after each named step, and the guarantee holds.

The daemon is one whose steps can be told to be its last (failpoint.c): functions, as they are entered and as they are
left. Its life has a bit of everything: it takes up a plan and a log, events arrive, reminders become due, mails,
cards and webhooks leave, a plan is reloaded, the store backed up, it is told to hold and to stop. The next life, of
what is shipped, is asked what became of it all. In each run every named step must be reached, and a few are died at;
before a release all that the life reaches, named or not, for the first time of all and for the first once it is
ready. Seen to fail with mark-before-send's change (mutants/).
"""
import concurrent.futures
import contextlib
import os
import random
import re
import signal
import sqlite3
import subprocess
from typing import NamedTuple

from oracle import SEED, broken_unless, figure
from kept import EVENING, Life, prepare

from harness import LONG, PAMINND, Skip, another_box, event, local, run

PROGRAM = f"{PAMINND}-stepped"
AT_ONCE = 6  # lives that are tried side by side: most of one is waiting
SOME = 6  # points that are tried in each run
# The steps of a life, in its order. Some files have a function of the same name; all of them are meant.
STEPS = ("open_held", "ledger_settle", "wire", "take_up", "reload_adopt", "plan_change_apply", "delivery_recover", "sqlite_begin",
         "judge", "apply_event", "sqlite_commit", "keep_mark", "sqlite_checkpoint", "replies_settle", "remind_due",
         "attempt_start", "outbox_start", "attempt_begin_queued", "begin", "on_done", "attempt_record_ended", "record",
         "outbox_settle", "attempt_keep", "committed", "reload_run", "adopt", "backup_begin", "ledger_copy_new",
         "ledger_copy_work", "complete", "wind_down", "delivery_free", "stop")


class Point(NamedTuple):
    ready: bool
    way: str  # in or out
    offset: str
    name: str

    def __str__(self):
        return f"{'when ready' if self.ready else 'at the start'}, {'before' if self.way == 'in' else 'after'} {self.name}"


# ---- a life ---------------------------------------------------------------------------------------

class Stepped(Life):
    """One with a bit of everything. The clock stands until it is told to go on, so that nothing is due before it is
    ready."""

    def __init__(self, box, kept, **environment):
        self.then = box.folder / "then"
        super().__init__(box, kept, "2026-05-12T07:59", {**environment, "PAMINN_FAILPOINT_WHEN": str(self.then)})
        self.daemon.command = lambda *more, given=self.daemon.command: [PROGRAM, *given(*more)[1:]]

    def live(self):
        if self.start():
            self.then.touch()
        self.tell_all()
        self.ask({"command": "go", "params": {"time": local("2026-05-12T08:00").isoformat()}})
        self.plan.measures["TN-1"]["title"] = "Ännu färre inhyrda"
        self.plan.write()
        for command, params in (("reload", {}), ("backup", {"file": str(self.folder / "copy.db")}),
                                ("hold", {"on": True}), ("hold", {"on": False})):
            self.ask({"command": command, "params": params})
        return self.end()

    def judge(self, where):
        del self.daemon.command
        super().judge(where)
        if (self.folder / "copy.db").exists():
            with contextlib.closing(sqlite3.connect(self.folder / "copy.db")) as copy:
                broken_unless(copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)], f"{where}: the copy")


# ---- the points ------------------------------------------------------------------------------------

def make_store(box):
    """A store of yesterday evening, with a log that is taken up at the start."""
    daemon = box.daemon(prepare(box)[0], EVENING)
    daemon.ask([event("note", "TN-1", {"note": "x" * 3000}) for _ in range(20)])
    daemon.kill()


def reached(kept):
    """Every point of a whole life, in the order of the first time."""
    names = dict(line.split()[::2] for line in subprocess.run(
        ["nm", PROGRAM], check=True, capture_output=True, text=True).stdout.splitlines() if len(line.split()) == 3)
    names = {f"{int(offset, 16):x}": re.sub(r"_daemon_.*", "", name) for offset, name in names.items()}
    with another_box() as box:
        life = Stepped(box, kept, PAMINN_FAILPOINT_LIST=str(box.folder / "list"))
        code = life.live()
        assert code == 0, f"the life without a fault ended with {code}"
        lines = [line.split() for line in (box.folder / "list").read_text(encoding="utf-8").splitlines()]
        life.judge("without a fault")
    return [Point(len(words) == 3, words[-2], words[-1], names[words[-1]]) for words in lines]


def dies_at(point, kept):
    """False: this life did not come to it. What a thread does is now before something and now after."""
    with another_box() as box:
        life = Stepped(box, kept, PAMINN_FAILPOINT=f"{point.way} {point.offset}")
        if not point.ready:
            life.then.touch()
        code = life.live()
        assert code in (0, -signal.SIGKILL), f"{point}: it ended with {code}"
        life.judge(str(point))
    return code != 0


def missing(points):
    return {(way, name) for way in ("in", "out") for name in STEPS} - {(point.way, point.name) for point in points}


def dead_at_each_step(box):
    if not os.path.exists(PROGRAM):
        raise Skip(f"{PROGRAM} is not there: it is of the target stepped, beside what is shipped")
    make_store(box)
    points = reached(box.folder)
    assert not missing(points), f"never reached: {missing(points)}"
    named = [point for point in points if point.name in STEPS]
    chosen = points if LONG else random.Random(SEED).sample(named, SOME)
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        deaths = list(pool.map(lambda point: dies_at(point, box.folder), chosen))
    died = [point for point, is_dead in zip(chosen, deaths) if is_dead]
    assert len(died) >= 0.9 * len(chosen) - 1, f"void: {set(chosen) - set(died)}"
    assert not LONG or not missing(died), f"never died at: {missing(died)}"
    print(f"  {len(points)} points of a life, {len(named)} of them named")
    figure("failpoints", f"{len(died)} of {len(points)}")


run(dead_at_each_step)
