#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Rows 4 and 5: a call to the disk fails, each in turn and in each way, and nothing acknowledged is lost.

A failed flush ends the daemon: exit 74, "storage: fsync failed, stopping", and what it was to make lasting is not
acknowledged; sent again, it is one event. Any other call that fails may end it as well, with a line that says so; a
disk that is full never does once it is ready. Half a write, or one that was interrupted, is gone on with.
Seen to fail with ack-before-commit's change (mutants/), which acknowledges over a failed flush.
"""
import concurrent.futures
import itertools
import random

from calls import Fault
from oracle import SEED, broken_unless, figure
from kept import EVENING, EVENTS, MORNING, Life, prepare

from harness import LONG, another_box, event, run

AT_ONCE = 6  # lives that are tried side by side: most of one is waiting
FILES = "paminn.db:-wal:-shm:.new:.new-journal"
WAYS = [*itertools.product(("open",), ("EIO", "ENOSPC", "EINTR")),
        *itertools.product(("write",), ("EIO", "EIO-for-good", "ENOSPC", "EINTR", "short")),
        *itertools.product(("ftruncate",), ("EIO", "ENOSPC", "EINTR")),
        *itertools.product(("fsync",), ("EIO", "EIO-for-good", "ENOSPC", "EINTR"))]
SOME = 4  # of all calls and ways, in each run


# ---- a flush fails ---------------------------------------------------------------------------------

class Quiet(Life):
    """In the evening, when nothing is due: each flush of the log is that of an event that is told."""

    def tell_all(self):
        for subject, data in EVENTS:
            one, fine = event("status", subject, data), not self.struck.exists()
            answer = self.ask(one)
            broken_unless(not answer or not self.struck.exists(), f"acknowledged over a failed flush: {answer}")
            broken_unless(answer or not fine or self.struck.exists(), "it died for no reason")
            self.told.append((one, answer))


def flush_fails(n, what, fault, kept):
    """False: it did not come to the n-th flush."""
    where = f"{what} at flush {n}"
    with another_box() as box:
        environment, struck = fault.at(n, what, box.folder, "fsync")
        life = Quiet(box, kept, EVENING, environment)
        life.struck = struck
        life.daemon.expect("fsync failed, stopping", "storage", "store")
        life.start()
        life.tell_all()
        if not life.is_dead:
            life.daemon.process.terminate()
        stopped, code = not struck.exists(), life.daemon.process.wait(60)
        met = struck.exists()
        # The last flush is that of the stop, which leaves the log to the next start.
        assert code == 74 or (code == 0 and stopped), f"{where}: it ended with {code}"
        assert code == 0 or len(life.daemon.logged("^<3>.*fsync failed")) == 1, f"{where}: {life.daemon.log_text()}"
        life.judge(where)
    return met


def each_flush_fails(box):
    fault = make_store(box)
    every = [(n, "EIO") for n in range(1, 9)] + [(n, "EIO-for-good") for n in range(1, 9 if LONG else 3)]
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        met = sum(pool.map(lambda each: flush_fails(*each, fault, box.folder), every))
    assert met >= len(EVENTS), f"void: {met} flushes"


# ---- any call fails --------------------------------------------------------------------------------

def make_store(box):
    fault = Fault(FILES)
    plan, _ = prepare(box)
    box.daemon(plan, EVENING).stop()
    return fault


def counted(call, fault, kept):
    """How many such calls a life has."""
    with another_box() as box:
        environment, count = fault.counted(call, box.folder)
        life = Life(box, kept, MORNING, environment)
        life.start()
        life.tell_all()
        assert life.end() == 0
        life.daemon.process = None
        return int(count.read_text())


def call_fails(call, what, n, fault, kept):
    where = f"{what} at {call} {n}"
    with another_box() as box:
        environment, struck = fault.at(n, what, box.folder, call)
        life = Life(box, kept, MORNING, environment)
        life.daemon.expect("")
        ready = life.start()
        life.tell_all()
        code, faults = life.end(), life.daemon.logged("^<3>.*")
        if struck.exists():
            assert code == 0 or faults, f"{where}: it ended with {code}, and says nothing"
            assert code in (0, 74) or not ready, f"{where}: it ended with {code}"
            assert code == 0 or not ready or (call, what) != ("write", "ENOSPC"), f"{where}: {faults}"
            assert code == 0 or not ready or what not in ("EINTR", "short") or call == "fsync", f"{where}: {faults}"
        life.judge(where)
        return struck.exists()


def each_call_fails_in_each_way(box):
    fault = make_store(box)
    calls = {call: counted(call, fault, box.folder) for call in dict(WAYS)}
    every = [(call, what, n) for call, what in WAYS for n in range(1, calls[call] + 1)]
    chosen = every if LONG else random.Random(SEED).sample(every, SOME)
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        met = sum(pool.map(lambda each: call_fails(*each, fault, box.folder), chosen))
    print("  " + ", ".join(f"{count} × {call}" for call, count in calls.items()))
    assert met >= len(chosen) / 2, f"void: {met} of {len(chosen)} calls came"
    figure("io-faults", f"{met} of {len(every)}")


def the_log_needs_a_longer_index_and_the_disk_is_full(box):
    """At 4062 pages of the log its index, in shared memory, wants more room: a full disk like any other."""
    plan, fault = box.plan(), Fault("-shm")
    environment, struck = fault.at(9, "ENOSPC-for-good", box.folder)
    daemon = box.daemon(plan, EVENING, environment=environment, start=False)
    daemon.expect("the disk is full")
    daemon.start()
    assert not struck.exists(), "void: it has always been full"
    while not struck.exists():
        answers = daemon.ask([event("note", "TN-1", {"note": "x" * 3000}) for _ in range(5)])
        assert struck.exists() or {answer["result"] for answer in answers} == {"accepted"}, answers
    one = event("note", "TN-1", {"note": "en till"})
    answer = daemon.ask(one)
    assert (answer["result"], answer.get("code")) in (("retry", "storage-full"), ("accepted", None)), answer
    daemon.kill()
    daemon.environment.clear()
    known = daemon.start().ask(one)
    assert known["result"] == "duplicate" or (known["result"], answer["result"]) == ("accepted", "retry"), \
        f"{answer}, {known}"


run(the_log_needs_a_longer_index_and_the_disk_is_full, each_flush_fails, each_call_fails_in_each_way)
