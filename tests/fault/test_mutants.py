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


def lives(daemon, load, chance, disk):
    load.start()
    for _ in range(LIVES):
        be_ready(daemon)
        be_busy(load, chance, 100)
        if disk:
            disk.cut(daemon, load)
        else:
            daemon.kill()
    load.check(in_peace(daemon), LIVES)


def one_round(program, chance, with_power):
    """What is wrong after some lives; None: nothing is. A daemon that sees itself that something is missing counts."""
    with another_box() as box:
        load = Load(box, pause=0, loud=1)
        disk = Disk(box) if with_power else None
        if disk:
            load.plan.settings["store"] = str(disk.folder / "paminn.db")
        daemon = daemon_of(box, load, program)
        daemon.expect("storage", "disk")
        try:
            lives(daemon, load, chance, disk)
        except AssertionError as fault:
            seen = daemon.logged("events up to .* were acknowledged.*")
            if not isinstance(fault, Broken) and not seen:
                raise
            daemon.kill()
            return seen[0] if seen else str(fault)
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
