#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The demo plays to its end with all that should happen, and leaves nothing behind."""
import os
import subprocess

from harness import PAMINN, PAMINND, ROOT, run


def demo_plays(box):
    environment = {**os.environ, "PAMINND": PAMINND, "PAMINN": PAMINN, "TMPDIR": str(box.folder)}
    done = subprocess.run([ROOT / "conf/demo/run"], capture_output=True, text=True, timeout=240,
                          env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    for words in ("things that should have happened did", "Frågan har ställts", "HSN-12",
                  "i stället för Verksamhetschef primärvård", "RS-LOP@2026-06-16"):
        assert words in " ".join(done.stdout.split()), words
    assert not any(len(line) > 80 for line in done.stdout.splitlines()), "too wide a line"
    assert not list(box.folder.iterdir()), "something was left behind"


run(demo_plays)
