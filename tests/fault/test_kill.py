#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Row 1: SIGKILL at any moment under load loses nothing acknowledged, sends nothing twice but what the guarantee
counts, and it is ready again at once.

Two thirds of the lives end while they start, the others at any moment of the 100 ms after the first acknowledgement, and
not before a few more of them, so that there is load on a slow machine, too. Seen to fail with
the answers sent before the commit, and with a result recorded before the mail leaves (test_mutants.py).
"""
import random
import time

from lives import be_busy, be_ready, daemon_of, in_peace
from oracle import SEED, Load, figure

from harness import LONG, run

KILLS = 10000 if LONG else 200
FLOOR = 100 if LONG else 5  # acknowledgements a kill


def one_life(daemon, load, chance):
    """Seconds until it was ready; 0: it did not come to that."""
    ready = 0
    if chance.random() < 2 / 3:
        daemon.start(write=False, ready=False)
        time.sleep(chance.random() * 0.1)
    else:
        ready = be_ready(daemon)
        be_busy(load, chance, 9 * FLOOR)
    daemon.kill()
    return ready


def killed_under_load(box):
    load, chance = Load(box), random.Random(SEED)
    daemon = daemon_of(box, load)
    load.start()
    ready = sorted(filter(None, [one_life(daemon, load, chance) for _ in range(KILLS)]))
    load.check(in_peace(daemon), FLOOR * KILLS)
    figure("kills", KILLS)
    figure("kills-acknowledged", load.acknowledged)
    figure("kills-ready", f"{ready[len(ready) // 2]:.2f} s, {ready[-1]:.2f} s at the latest")


run(killed_under_load)
