# SPDX-License-Identifier: Apache-2.0
"""What all the tests of one run of ctest share, because to start it takes seconds: a PostgreSQL, a browser.

A script that has one calls main(start): `SCRIPT hold FILE` starts it, writes into FILE where it is, and leaves a
process with it, until `SCRIPT release FILE` or the end of who asked.
"""
import json
import os
import select
import signal
import sys
from pathlib import Path


def hold(file, start):
    """Start it and leave a process with it, which ends when it is told to (SIGTERM), or when the process that asked
    for it has ended. Returns in that one's child when it can be used. start() returns what has a `where`, to be
    written as JSON, and a stop()."""
    asked, (ready, told) = os.pidfd_open(os.getppid()), os.pipe()
    if os.fork():
        os.close(told)
        sys.exit(0 if os.read(ready, 1) else 1)
    os.close(ready)
    os.setsid()
    end, woken = os.pipe()
    os.set_blocking(woken, False)
    signal.signal(signal.SIGTERM, lambda *_: None)
    signal.set_wakeup_fd(woken)
    held = start()
    try:
        file.with_suffix(".new").write_text(json.dumps({"holder": os.getpid(), **held.where}))
        file.with_suffix(".new").replace(file)
        os.write(told, b"1")
        # ctest waits for whoever could still write into its test's output.
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        os.close(told)
        select.select([asked, end], [], [])
    finally:
        held.stop()
        file.unlink(missing_ok=True)


def release(file):
    """Stop what is held, if it is."""
    if not file.exists():
        return
    holder = os.pidfd_open(json.loads(file.read_text())["holder"])
    signal.pidfd_send_signal(holder, signal.SIGTERM)
    assert select.select([holder], [], [], 60)[0], "what is held does not stop"


def main(start, words):
    match words:
        case ["hold", name]:
            hold(Path(name), start)
        case ["release", name]:
            release(Path(name))
        case _:
            sys.exit(f"usage: {sys.argv[0]} hold FILE | release FILE")
