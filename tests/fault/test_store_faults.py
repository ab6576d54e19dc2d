#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Rows 3 and 5: the daemon dies, or finds the disk full, at each write to its store in turn, from the start on and
while it takes events in and messages leave.

What was acknowledged is there. Copies of a message are at most one more than the attempts whose outcome
nobody knows, for every kind of channel. A full disk is said to who asks, and ends nothing."""
import concurrent.futures
import signal
import time

from calls import Fault
from kept import EVENING, EVENTS, MORNING, check_copies, is_over, keep_store, prepare, settled

from harness import LONG, another_box, event, run, wait_for

AT_ONCE = 6  # lives that are tried side by side: most of one is waiting
# From one write to the next that is tried: all of them before a release.
KILL_STEP, FULL_STEP = (1, 1) if LONG else (16, 48)


def sweep(box, life, files, step=1):
    """Calls life(n, fault, folder of a store) for every n until one comes to its end without the fault.
    How many met it."""
    fault = Fault(files)
    plan, _ = prepare(box)
    box.daemon(plan, EVENING).stop()
    n, met, going = 1, 0, True
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        while going:
            several = range(n, n + AT_ONCE * step, step)
            outcomes = list(pool.map(lambda at: life(at, fault, box.folder), several))
            n, met, going = several.stop, met + sum(outcomes), all(outcomes)
    assert met >= 5, "void: hardly anything was written"
    return met


# ---- killed --------------------------------------------------------------------------------------

def killed_at(n, fault, kept):
    """One life that ends at the n-th write, and the next. False: it did not come to that."""
    with another_box() as box:
        plan, sinks = prepare(box)
        keep_store(kept, box.folder)
        environment, struck = fault.at(n, "kill", box.folder)
        daemon = box.daemon(plan, MORNING, start=False, environment=environment)
        daemon.start(ready=False)
        wait_for(lambda: daemon.process.poll() is not None
                 or ("READY=1" in daemon.notices and is_over(box.folder)), "the end")
        daemon.process.terminate()  # the last writes are those of a stop
        died = daemon.process.wait(60)
        if died == 0:
            return False
        assert died == -signal.SIGKILL and struck.exists(), f"write {n}: it ended with {died}"
        daemon.kill()
        daemon.environment.clear()
        daemon.start()
        rows = wait_for(lambda: settled(daemon), "the deliveries")
        check_copies(f"killed at write {n}", rows, sinks)
    return True


def killed_at_every_write_of_the_log(box):
    print(f"  {sweep(box, killed_at, '-wal', KILL_STEP)} kills", flush=True)


# ---- full ----------------------------------------------------------------------------------------

def tell_all(daemon, where, tries):
    """Send each event until it is accepted, or a few times. What was acknowledged, with its seq."""
    acknowledged = []
    for subject, data in EVENTS:
        one = event("status", subject, data)
        for _ in range(tries):
            answer = daemon.ask(one)
            if answer["result"] == "accepted":
                acknowledged.append((one, answer["seq"]))
                break
            assert (answer["result"], answer.get("code")) == ("retry", "storage-full"), \
                f"{where}: {answer}"
            time.sleep(0.1)
    return acknowledged


def full_at(n, fault, kept, what):
    """A life in which the n-th write finds no space. False: it did not come to that."""
    where, for_good = f"{what} at write {n}", what == "ENOSPC-for-good"
    with another_box() as box:
        plan, sinks = prepare(box)
        keep_store(kept, box.folder)
        environment, struck = fault.at(n, what, box.folder)
        daemon = box.daemon(plan, MORNING, start=False, environment=environment)
        daemon.expect("disk", "storage", "space")
        daemon.start(ready=False)
        wait_for(lambda: "READY=1" in daemon.notices or daemon.process.poll() is not None, "ready")
        acknowledged = []
        if daemon.process.poll() is None:
            acknowledged = tell_all(daemon, where, 3 if for_good else 100)
            if not for_good:
                wait_for(lambda: settled(daemon), f"{where}: the deliveries")
                assert len(acknowledged) == len(EVENTS), f"{where}: {acknowledged}"
            assert daemon.query("whoami"), f"{where}: it does not answer"
            daemon.stop()
        else:
            assert daemon.ended() == 75, f"{where}: it ended at its start"
        met = struck.exists()
        daemon.environment.clear()
        daemon.start()
        for one, seq in acknowledged:
            known = daemon.ask(one)
            assert (known["result"], known.get("seq")) == ("duplicate", seq), f"{where}: {known}"
        check_copies(where, wait_for(lambda: settled(daemon), "the deliveries"), sinks)
    return met


def full_once_at_every_write(box):
    met = sweep(box, lambda n, fault, kept: full_at(n, fault, kept, "ENOSPC"), "paminn.db:-wal", FULL_STEP)
    print(f"  {met} full disks", flush=True)


def full_for_good_from_every_write_on(box):
    met = sweep(box, lambda n, fault, kept: full_at(n, fault, kept, "ENOSPC-for-good"),
                "paminn.db:-wal", FULL_STEP)
    print(f"  {met} full disks", flush=True)


run(killed_at_every_write_of_the_log, full_once_at_every_write, full_for_good_from_every_write_on)
