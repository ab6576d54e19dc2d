# SPDX-License-Identifier: Apache-2.0
"""Lives of a daemon under load, one after the other, each of which ends in its own way."""
import time

from oracle import wait_for

MONDAY = "2026-05-11T08:00"  # a working day: what is due leaves at once


def daemon_of(box, load, program=None):
    """At the pace of life; begun once, so that its files are there."""
    daemon = box.daemon(load.plan, f"{MONDAY}@1", start=False)
    if program:
        daemon.command = lambda *more, given=daemon.command: [program, *given(*more)[1:]]
    daemon.start()
    daemon.kill()
    return daemon


def be_ready(daemon):
    """Start it; seconds until it was ready."""
    began = time.monotonic()
    daemon.start(write=False, ready=False)
    wait_for(lambda: "READY=1" in daemon.notices or daemon.process.poll() is not None, "READY=1")
    assert daemon.process.poll() is None, f"it ended with {daemon.process.returncode}"
    return time.monotonic() - began


def be_busy(load, chance, most):
    """Some load, however slow the machine is: a moment within 100 ms, and up to `most` acknowledgements."""
    before = load.acknowledged
    load.wait_for(before + 1)
    time.sleep(chance.random() * 0.1)
    load.wait_for(before + chance.randint(1, most))


def in_peace(daemon):
    """The last life, in which what is due leaves soon."""
    daemon.clock = f"{MONDAY}@2000"
    return daemon.start()
