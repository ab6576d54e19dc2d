#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The demo plays to its end with all that should happen, and leaves nothing behind."""
import os
import re
import signal
import subprocess
import time
import urllib.request

from harness import PAMINN, PAMINND, ROOT, run


def demo_plays(box):
    environment = {**os.environ, "PAMINND": PAMINND, "PAMINN": PAMINN, "TMPDIR": str(box.folder)}
    done = subprocess.run([ROOT / "conf/demo/run"], capture_output=True, text=True, timeout=240,
                          env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    for words in ("things that should have happened did", "Planerad effekt: 6 000 000 kr",
                  "Tack, svaret är registrerat", "RS-LOP@2026-06-16",
                  "Redovisningen noterades den 26 maj 2026 (RS 2026-05-26 § 71).", "Svar: 12 av 12"):
        assert words in " ".join(done.stdout.split()), words
    assert "What to try next" in done.stdout.splitlines()[-14:], done.stdout
    shown = {line.strip() for line in done.stdout.replace("\xa0", " ").splitlines()}
    blocks = (ROOT / "README.md").read_text(encoding="utf-8").replace("\xa0", " ").split("```\n")
    mail = next(block for block in blocks if block.startswith("Från: "))
    assert not [line for line in mail.splitlines() if "[…]" not in line
                and line.strip() not in shown], "the README shows another mail than the demo"
    assert len(re.findall(r"^MEASURE ", done.stdout, re.M)) == 1, "list is shown once"
    assert len(done.stdout.splitlines()) <= 165, "too long to be read"
    assert not any(len(line) > 80 for line in done.stdout.splitlines()), "too wide a line"
    assert not list(box.folder.iterdir()), "something was left behind"


def ended_with_control_c(box):
    """A shell says 130, whenever it comes, with nothing of the log; the daemon and the folder go
    too. In its first milliseconds it is Bash that is ended, by the signal itself."""
    environment = {**os.environ, "PAMINND": PAMINND, "PAMINN": PAMINN, "TMPDIR": str(box.folder)}
    for seconds in (0.03, 0.1, 0.2, 0.3, 0.7, 1.5, None):
        demo = subprocess.Popen([ROOT / "conf/demo/run", "--stay"], stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True, env=environment,
                                start_new_session=True)
        if seconds:
            time.sleep(seconds)
        else:  # it stands, and can be asked
            lines = iter(demo.stdout.readline, "")
            alias = next(line for line in lines if "alias paminn" in line).split("'")[1]
            assert "RS-LOP@2026-06-16" in subprocess.run([*alias.split(), "list"], text=True,
                                                         capture_output=True, check=True).stdout
            for words in ("att svara på", "RS-LOP", "Tack, svaret är registrerat",
                          "Redovisningen noterades"):
                link = next(line for line in lines if line.startswith("    http://")).strip()
                page = urllib.request.urlopen(link, timeout=30).read().decode()
                assert words in page, (link, words, page)
            subprocess.run([*alias.split(), "go", "2026-06-30T09:00"], check=True,
                           capture_output=True)
        os.killpg(demo.pid, signal.SIGINT)  # as a terminal does
        _, errors = demo.communicate(timeout=30)
        assert demo.returncode in (130, -signal.SIGINT), (seconds, demo.returncode)
        assert errors == "", (seconds, errors)
        assert not list(box.folder.iterdir()), f"after {seconds} s something was left behind"


run(demo_plays, ended_with_control_c)
