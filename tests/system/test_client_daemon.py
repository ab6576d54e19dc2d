#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The client with the real daemon: what either believes of the wire, the other does."""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PAMINN = os.environ.get("PAMINN", "build/dev/client/paminn")
PAMINND = os.environ.get("PAMINND", "build/dev/daemon/paminnd")
CONF = """
timezone = "Europe/Stockholm"; language = "sv"; store = "paminn.db"; plan = [ "plan.conf" ];
intake = { submit = [ "ipc://FOLDER/submit.sock" ]; };
mail = { server = "smtp://127.0.0.1:1"; from = "Påminn <p@region.example>";
         reply_to = "stod@region.example"; };
ladders = ( { name = "standard"; time = "08:00"; steps = (
  { at = "-5wd"; to = [ "owner" ]; }, { at = "0"; to = [ "owner" ]; } ); } );
"""
PLAN = """
bodies = ( { id = "RS"; name = "Regionstyrelsen"; papers = "-7wd"; } );
meetings = ( { body = "RS"; from = "2026-05-26"; until = "2026-05-27"; } );
people = ( { id = "chef"; name = "Åsa Chef"; mail = "chef@region.example"; },
           { id = "ordf"; name = "Ordföranden"; mail = "ordf@region.example"; } );
measures = ( { id = "M-1"; title = "Färre inhyrda"; owner = "chef"; effect_planned = 12000000L; },
             { id = "M-2"; title = "Fler händer"; owner = "chef"; } );
deadlines = ( { id = "RS-58"; title = "Återredovisning"; decision = "RS § 58";
                due = "meeting RS 2026-05"; answers_from = [ "M-*" ]; responsible = "ordf";
                inform = [ "ordf" ]; ladder = "standard"; } );
"""


class Daemon:
    def __init__(self, folder):
        self.folder = folder
        self.log = open(folder / "log", "ab")
        self.process = None
        (folder / "paminnd.conf").write_text(CONF.replace("FOLDER", str(folder)))
        (folder / "plan.conf").write_text(PLAN)

    def start(self):
        self.process = subprocess.Popen(
            [PAMINND, "--config", str(self.folder / "paminnd.conf"),
             "--clock", "2026-05-11T09:00@1"], stderr=self.log)
        until = time.monotonic() + 30
        while self.call("whoami", code=None) != 0:
            assert time.monotonic() < until, (self.folder / "log").read_text()
            time.sleep(0.05)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(30) == 0, (self.folder / "log").read_text()
        self.process = None

    def call(self, *words, code=0, stdin=None):
        done = subprocess.run([PAMINN, *words, "--server", f"ipc://{self.folder}/submit.sock"],
                              input=stdin, capture_output=True, text=True, timeout=60,
                              env=dict(os.environ, HOME=str(self.folder)))
        self.err = done.stderr
        if code is None:
            return done.returncode
        assert done.returncode == code, (words, done.returncode, done.stdout, done.stderr)
        return done.stdout


def keeps_while_it_is_away(daemon):
    daemon.call("status", "M-2", "done", "--as", "chef", code=75)
    daemon.start()
    daemon.call("list")
    row, = [r for r in json.loads(daemon.call("list", "--all", "--json")) if r["measure"] == "M-2"]
    assert row["state"] == "answered" and row["status"] == "done", row
    assert daemon.call("flush") == "Nothing was kept.\n"


def says_and_asks(daemon):
    daemon.start()
    assert daemon.call("status", "M-1", "at-risk", "--forecast", "9000000").startswith(
        "accepted: M-1 at-risk (seq ")
    daemon.call("status", "nosuch", "done", code=65)
    daemon.call("status", "M-1", "done", "--as", "nosuch", code=77)
    daemon.call("note", "M-1", "Rad ett\nrad två")
    daemon.call("extend", "RS-58", "--measure", "M-2", "--due", "2026-05-20", "--reference", "r")
    daemon.call("meeting", "RS", "2026-05-28", "--replaces", "2026-05-26")
    daemon.call("submit", "RS-58", "--reference", "HSN § 70")
    assert json.loads(daemon.call("show", "M-1", "--json"))["status"] == "at-risk"
    assert "Färre inhyrda" in daemon.call("show", "M-1")
    assert json.loads(daemon.call("whoami", "--json"))["rehearsal"] is True
    assert isinstance(json.loads(daemon.call("why", "M-1", "chef", "--json")), list)
    assert isinstance(json.loads(daemon.call("forecast", "--month", "2026-05", "--json")), list)
    assert isinstance(json.loads(daemon.call("outbox", "--json")), list)
    for words in (["why", "RS-58"], ["forecast"], ["outbox"], ["list", "--all"], ["reload"],
                  ["hold", "on"], ["hold", "off"], ["show", "RS-58"]):
        assert daemon.call(*words), words
    report = json.loads(daemon.call("report", "RS-58", "--json"))
    assert report["totals"]["measures"] == 2 and report["totals"]["answered"] == 1
    text = daemon.call("report", "RS-58").replace("\u00a0", " ")
    assert "# Återredovisning" in text, text
    assert "- Planned effect: 12 000 000 (1 of 2 measures)" in text, text
    assert "- Deviation from the plan: −3 000 000 (1 of 2 measures: those with both" in text, text
    daemon.call("forecast", "--month", "2026-13", code=65)
    text = daemon.call("forecast", "--month", "2026-02")
    assert re.search(r"No message is to come in that time\.\nThe next one is on 2026-0\d-\d\d\.\n", text), text
    assert daemon.call("forecast", "--month", "2100-12") == "No message is to come in that time.\n"


def sends_many(daemon):
    daemon.start()
    lines = [json.dumps({"specversion": "1.0", "id": f"e-{n}", "source": "/people/chef",
                         "type": "paminn.note", "data": {"note": str(n)},
                         "subject": "nosuch" if n % 1000 == 999 else "M-1"})
             for n in range(5000)]
    text = "\n".join(lines)
    out = daemon.call("send", "-", stdin=text, code=65)
    assert out == "5000 events: 4995 accepted, 0 duplicate, 5 rejected\n", out
    for line in (1000, 2000, 3000, 4000, 5000):
        assert f"standard input:{line}: rejected: " in daemon.err, daemon.err
    out = daemon.call("send", "-", stdin=text, code=65)
    assert out == "5000 events: 0 accepted, 4995 duplicate, 5 rejected\n", out


TESTS = [keeps_while_it_is_away, says_and_asks, sends_many]


def main():
    failed = 0
    for test in TESTS:
        folder = Path(tempfile.mkdtemp(prefix="paminn-"))
        daemon = Daemon(folder)
        try:
            test(daemon)
            daemon.stop()
            print(f"ok      {test.__name__}", flush=True)
        except Exception as fault:  # a test that breaks must not hide the others
            failed += 1
            print(f"failed  {test.__name__}: {type(fault).__name__}: {fault}", flush=True)
        finally:
            if daemon.process:
                daemon.process.kill()
                daemon.process.wait()
            daemon.log.close()
            shutil.rmtree(folder)
    return 1 if failed else 0


sys.exit(main())
