#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Row 2: the power goes at any moment under load, and nothing acknowledged is lost.

The store is on a disk of its own (power.py). One cut in eight comes while the daemon starts. Some come while it makes
its store: what is there then is none, or one that it goes on with. Seen to fail with synchronous=NORMAL, whose commits
are not flushed (test_mutants.py).
"""
import random
import time

from lives import be_busy, be_ready, daemon_of, in_peace
from oracle import SEED, Load, figure
from power import Disk, be_apart

from harness import LONG, run

CUTS, MAKINGS = (2000, 100) if LONG else (20, 3)
FLOOR = 50 if LONG else 5  # acknowledgements a cut


def under_load(box):
    load, chance, disk = Load(box), random.Random(SEED), Disk(box)
    load.plan.settings["store"] = str(disk.folder / "paminn.db")
    daemon = daemon_of(box, load)
    daemon.expect("storage", "disk")
    load.start()
    for _ in range(CUTS):
        if chance.random() < 0.125:
            daemon.start(write=False, ready=False)
            time.sleep(chance.random() * 0.1)
        else:
            be_ready(daemon)
            be_busy(load, chance, 4 * FLOOR)
        disk.cut(daemon, load)
    load.check(in_peace(daemon), FLOOR * CUTS)
    figure("power-cuts", CUTS)
    figure("power-acknowledged", load.acknowledged)


def while_the_store_is_made(box):
    load, chance, disk = Load(box), random.Random(SEED), Disk(box)
    load.plan.settings["store"] = str(disk.folder / "paminn.db")
    daemon = daemon_of(box, load)
    daemon.expect("storage", "disk")
    for _ in range(MAKINGS):
        for file in disk.folder.glob("paminn.db*"):
            file.unlink()
        daemon.start(write=False, ready=False)
        time.sleep(0.05 + chance.random() * 0.05)
        disk.cut(daemon, load)
        be_ready(daemon)
        daemon.stop()


be_apart()
run(under_load, while_the_store_is_made)
