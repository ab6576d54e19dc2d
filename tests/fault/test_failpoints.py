#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Row 3: the daemon dies before and after each named step, and the guarantee holds.

The daemon is one whose steps can be told to be its last (failpoint.c): functions, as they are entered and as they are
left, for the first time of all or for the first time once it is ready. Its life has a bit of everything: it takes up
a plan and a long log, events arrive, reminders become due, mails, cards and webhooks leave, the log is copied into
the store, a plan is reloaded, the store backed up, it is told to hold and to stop. The next life, of what is shipped,
is asked what became of it all. In each run every named step must be reached, and a few are died at; before a release
all that the life reaches, named or not. Seen to fail with mark-before-send's change (mutants/).
"""
import concurrent.futures
import contextlib
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
from typing import NamedTuple

import zmq

from oracle import SEED, broken_unless, figure
from kept import EVENING, EVENTS, MORNING, check_copies, is_over, keep_store, prepare, settled

from harness import CONTEXT, LONG, PAMINND, Skip, another_box, event, local, run, wait_for

PROGRAM = f"{PAMINND}-stepped"
AT_ONCE = 6  # lives that are tried side by side: most of one is waiting
SOME = 12  # points that are tried in each run
PAGES = 4200  # of the log: it is copied when a commit finds 4000
# The steps of a life, in its order. Some files have a function of the same name; all of them are meant.
STARTING = ("sqlite_migrate", "wire", "take_up", "reload_adopt", "plan_change_apply", "delivery_recover")
READY = ("sqlite_begin", "judge", "apply_event", "sqlite_commit", "sqlite_checkpoint", "copy_log", "replies_settle",
         "remind_due", "attempt_start", "outbox_start", "attempt_begin_queued", "begin", "on_done",
         "attempt_record_ended", "record", "outbox_settle", "attempt_keep", "committed", "reload_run", "adopt",
         "backup_begin", "ledger_copy_new", "ledger_copy_work", "complete", "wind_down", "delivery_free", "stop")


class Point(NamedTuple):
    ready: bool
    way: str  # in or out
    offset: str
    name: str

    def __str__(self):
        return f"{'when ready' if self.ready else 'at the start'}, {'before' if self.way == 'in' else 'after'} {self.name}"


# ---- a life ---------------------------------------------------------------------------------------

class Life:
    """What a daemon was told, and said, until its end."""

    def __init__(self, box, kept, **environment):
        self.plan, self.sinks = prepare(box)
        keep_store(kept, box.folder)
        self.folder, self.then = box.folder, box.folder / "then"
        # The clock stands until it is told to go on, so that nothing is due before it is ready.
        self.daemon = box.daemon(self.plan, "2026-05-12T07:59", start=False,
                                 environment={**environment, "PAMINN_FAILPOINT_WHEN": str(self.then)})
        self.daemon.command = lambda *more, given=self.daemon.command: [PROGRAM, *given(*more)[1:]]
        self.told = []

    @property
    def is_dead(self):
        return self.daemon.process.poll() is not None

    def wait(self, condition, what):
        wait_for(lambda: self.is_dead or condition(), what)

    def ask(self, message):
        """Its answer; None when it died over it."""
        with CONTEXT.socket(zmq.REQ) as peer:
            peer.set(zmq.LINGER, 0)
            peer.connect(self.plan.submit)
            if not self.is_dead:
                peer.send_json(message)
                self.wait(lambda: peer.poll(5), f"an answer to {message}")
            return peer.recv_json() if peer.poll(0) else None

    def live(self):
        self.daemon.start(ready=False)
        self.wait(lambda: "READY=1" in self.daemon.notices, "READY=1")
        self.then.touch()
        for subject, data in EVENTS:
            one = event("status", subject, data)
            self.told.append((one, self.ask(one)))
        self.ask({"command": "go", "params": {"time": local("2026-05-12T08:00").isoformat()}})
        self.wait(lambda: is_over(self.folder), "the deliveries")
        self.plan.measures["TN-1"]["title"] = "Ännu färre inhyrda"
        self.plan.write()
        for command, params in (("reload", {}), ("backup", {"file": str(self.folder / "copy.db")}),
                                ("hold", {"on": True}), ("hold", {"on": False})):
            self.ask({"command": command, "params": params})
        self.daemon.process.terminate()
        return self.daemon.process.wait(60)

    def judge(self, where):
        """The next life, in which nothing is wrong."""
        self.daemon.kill()
        del self.daemon.command
        self.daemon.environment.clear()
        self.daemon.clock = MORNING
        daemon = self.daemon.start()
        daemon.order("hold", on=False)
        for one, answer in self.told:
            known = daemon.ask(one)
            broken_unless(known["result"] in ("accepted", "duplicate"), f"{where}: {known}")
            if answer and answer["result"] == "accepted":
                broken_unless((known["result"], known["seq"]) == ("duplicate", answer["seq"]),
                              f"{where}: {answer}, and then {known}")
        check_copies(where, wait_for(lambda: settled(daemon), "the deliveries"), self.sinks)
        if (self.folder / "copy.db").exists():
            with contextlib.closing(sqlite3.connect(self.folder / "copy.db")) as copy:
                broken_unless(copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)], f"{where}: the copy")


# ---- the points ------------------------------------------------------------------------------------

def make_store(box):
    """A store of yesterday evening with a log that is long enough to be copied."""
    plan, _ = prepare(box)
    daemon, log = box.daemon(plan, EVENING), box.folder / "paminn.db-wal"
    while log.stat().st_size < PAGES * 4096:
        daemon.ask([event("note", "TN-1", {"note": "x" * 3000}) for _ in range(10)])
    daemon.kill()


def reached(kept):
    """Every point of a whole life, in the order of the first time."""
    names = dict(line.split()[::2] for line in subprocess.run(
        ["nm", PROGRAM], check=True, capture_output=True, text=True).stdout.splitlines() if len(line.split()) == 3)
    names = {f"{int(offset, 16):x}": re.sub(r"_daemon_.*", "", name) for offset, name in names.items()}
    with another_box() as box:
        life = Life(box, kept, PAMINN_FAILPOINT_LIST=str(box.folder / "list"))
        code = life.live()
        assert code == 0, f"the life without a fault ended with {code}"
        lines = [line.split() for line in (box.folder / "list").read_text(encoding="utf-8").splitlines()]
        life.judge("without a fault")
    return [Point(len(words) == 3, words[-2], words[-1], names[words[-1]]) for words in lines]


def named(points):
    wanted = {(ready, name) for ready, some in ((False, STARTING), (True, READY)) for name in some}
    some = [point for point in points if (point.ready, point.name) in wanted]
    missing = wanted - {(point.ready, point.name) for point in some}
    assert not missing, f"never reached: {missing}"
    return some


def dies_at(point, kept):
    with another_box() as box:
        life = Life(box, kept, PAMINN_FAILPOINT=f"{point.way} {point.offset}")
        if not point.ready:
            life.then.touch()
        code = life.live()
        assert code == -signal.SIGKILL, f"{point}: it ended with {code}"
        life.judge(str(point))


def dead_at_each_step(box):
    if not os.path.exists(PROGRAM):
        raise Skip(f"{PROGRAM} is not there: it is of the target faults, beside what is shipped")
    make_store(box)
    points = reached(box.folder)
    steps = named(points)
    chosen = points if LONG else random.Random(SEED).sample(steps, SOME)
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in pool.map(lambda point: dies_at(point, box.folder), chosen):
            pass
    print(f"  {len(points)} points of a life, {len(steps)} of them named")
    figure("failpoints", f"{len(chosen)} of {len(points)}")


run(dead_at_each_step)
