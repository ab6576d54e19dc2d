#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What finds nothing must be able to find something: daemons in which one line of the guarantee is broken
(mutants/NAME.patch), and each is caught by kills or cuts of the power under load, within a few of them.

Seen to fail with an empty change of what is shipped, which survives.
"""
import os
import random

from lives import be_busy, be_ready, daemon_of, in_peace
from oracle import SEED, Broken, Load, figure
from power import Disk, be_apart

from harness import PAMINND, Skip, another_box, run

LIVES, ROUNDS = 5, 20  # lives before it is looked, and times that it is
CAUGHT = []


def one_round(program, chance, with_power):
    """Whether the daemon is as it should be after some lives."""
    with another_box() as box:
        load = Load(box, pause=0)
        disk = Disk(box) if with_power else None
        if disk:
            load.plan.settings["store"] = str(disk.folder / "paminn.db")
        daemon = daemon_of(box, load, program)
        daemon.expect("storage", "disk")
        load.start()
        for _ in range(LIVES):
            be_ready(daemon)
            be_busy(load, chance, 100)
            if disk:
                disk.cut(daemon, load)
            else:
                daemon.kill()
        try:
            load.check(in_peace(daemon), LIVES)
        except Broken as fault:
            return str(fault)
        finally:
            load.stop()
    return None


def caught(name, with_power=False):
    program, chance = f"{PAMINND}-{name}", random.Random(SEED)
    if not os.path.exists(program):
        raise Skip(f"{program} is not there: it is of the target mutants, beside what is shipped")
    for n in range(1, ROUNDS + 1):
        fault = one_round(program, chance, with_power)
        if fault:
            print(f"  after {n * LIVES} lives: {fault}")
            CAUGHT.append(name)
            return
    raise AssertionError(f"{name} survived {ROUNDS * LIVES} lives, seed {SEED}")


def acknowledged_before_the_commit(box):
    caught("ack-before-commit")


def recorded_before_the_mail_leaves(box):
    caught("mark-before-send")


def committed_without_a_flush(box):
    caught("sync-normal", with_power=True)


def all_told(box):
    figure("mutants", f"{len(CAUGHT)} of 3")


be_apart()
run(acknowledged_before_the_commit, recorded_before_the_mail_leaves, committed_without_a_flush, all_told)
