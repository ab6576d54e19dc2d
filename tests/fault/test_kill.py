#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Row 1: SIGKILL at any moment under load loses nothing acknowledged, sends nothing twice but what the guarantee
counts, and it is ready again at once.

Half of the lives end while they start, the others at any moment of the 100 ms after the first acknowledgement, and
not before a few more of them, so that there is load on a slow machine, too. Seen to fail with
the answers sent before the commit, and with a result recorded before the mail leaves (test_mutants.py).
"""
import random
import time

from oracle import SEED, Load, figure

from harness import LONG, run, wait_for

KILLS = 10000 if LONG else 200
FLOOR = 100 if LONG else 5  # acknowledgements a kill


def one_life(daemon, load, chance):
    """Seconds until it was ready; None: it did not come to that."""
    began = time.monotonic()
    daemon.start(write=False, ready=False)
    if chance.random() < 0.5:
        time.sleep(chance.random() * 0.1)
        daemon.kill()
        return None
    wait_for(lambda: "READY=1" in daemon.notices or daemon.process.poll() is not None, "READY=1")
    assert daemon.process.poll() is None, f"it ended with {daemon.process.returncode}"
    ready, before = time.monotonic() - began, load.acknowledged
    load.wait_for(before + 1)
    time.sleep(chance.random() * 0.1)
    load.wait_for(before + chance.randint(1, 4 * FLOOR))
    daemon.kill()
    return ready


def killed_under_load(box):
    load, chance = Load(box), random.Random(SEED)
    # In working hours, at the pace of life: what is due leaves at once.
    daemon = box.daemon(load.plan, "2026-05-11T08:00@1")
    load.start()
    daemon.kill()
    ready = [one_life(daemon, load, chance) for _ in range(KILLS)]
    daemon.clock = "2026-05-11T08:00@2000"
    daemon.start()
    load.check(daemon, FLOOR * KILLS)
    figure("kills", KILLS)
    figure("kills-acknowledged", load.acknowledged)
    figure("kills-ready", f"{max(each for each in ready if each):.2f} s")


run(killed_under_load)
