# SPDX-License-Identifier: Apache-2.0
"""What is due: a month's forecast beside `remind -s`, and a morning on which very much is due at once."""
import contextlib
import signal
import sqlite3
import subprocess
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import peers
from harness import PAMINN, another_box, wait_for
from intake import QUIET, hundred_measures
from table import Contender

MONTH, FIRST = "2026-05", date(2026, 5, 4)
DEADLINES, EACH = 20, 1000              # reminders in the month: their product
PEOPLE, REMINDERS_EACH = 10000, 10      # on the morning
BEFORE = "2026-05-12T07:59:50@1"        # ten seconds before what is due on the morning
ONE_STEP = {"name": "once", "time": "08:00", "steps": ({"at": "0", "to": ["owner"]},)}


def workdays():
    """The days of the month on which something is due."""
    days = [FIRST + timedelta(days=n) for n in range(26)]
    return [day for day in days if day.weekday() < 5 and day != date(2026, 5, 14)]  # Ascension Day


def a_month(box):
    plan = box.plan()
    plan.settings["ladders"] += (ONE_STEP,)
    for number in range(EACH):
        plan.add("people", f"p{number}", name=f"Person {number}", mail=f"p{number}@region.internal", manager="mona")
        plan.add("measures", f"R-{number}", title=f"Åtgärd {number}", owner=f"p{number}")
    days = workdays()
    for number in range(DEADLINES):
        plan.add("deadlines", f"D-{number}", title=f"Uppföljning {number}", due=str(days[number % len(days)]),
                 answers_from=["R-*"], responsible="ola", inform=["reg"], ladder="once")
    return plan


def remind_file(path):
    """The same in remind's words: the same days, people and titles."""
    days = workdays()
    with path.open("w") as file:
        for number in range(DEADLINES):
            for each in range(EACH):
                file.write(f"REM {days[number % len(days)]} MSG Person {each}: Åtgärd {each}, Uppföljning {number}\n")


def timed(*command):
    """How long it takes in milliseconds, and the lines that it writes."""
    with tempfile.TemporaryFile() as out:
        began = time.monotonic()
        subprocess.run([str(word) for word in command], stdout=out, check=True, env=peers.libraries())
        took = 1000 * (time.monotonic() - began)
        out.seek(0)
        return took, sum(1 for _ in out)


def forecast(table):
    reminders = DEADLINES * EACH
    table.begin("forecast", f"All of a month with {reminders:,} reminders, written into a file: `paminn forecast` asks the "
                            "daemon, `remind -s` reads its file.")
    with another_box() as box:
        daemon = box.daemon(a_month(box), QUIET)
        items = sum(len(row["items"]) for row in daemon.query("forecast", month=MONTH))
        assert items >= reminders, f"{items} of {reminders} reminders are foreseen"
        remind_file(box.folder / "reminders.rem")

        def ours():
            took, lines = timed(PAMINN, "--server", daemon.plan.submit, "forecast", "--month", MONTH)
            assert lines >= EACH, f"{lines} lines for {reminders} reminders"  # what merges is one line
            return took

        def theirs():
            took, lines = timed(peers.TREE / "usr/bin/remind", "-s", box.folder / "reminders.rem", FIRST)
            assert lines == reminders, f"remind has {lines} of {reminders}"
            return took
        table.compare("ms", [
            Contender("**Påminn**: holidays, absences, what merges into one mail", "of what would be sent", ours),
            Contender("remind", "of a calendar", theirs, goal=5.0)], less=True)


# ---- a morning -----------------------------------------------------------------------------------

def busy_morning(box, sink):
    plan = hundred_measures(box)
    plan.settings["ladders"] += (ONE_STEP,)
    plan.settings["mail"].update(server=sink.url, connections=20)
    for number in range(PEOPLE):
        plan.add("people", f"p{number}", name=f"Person {number}", mail=f"p{number}@region.internal", manager="mona")
        plan.add("measures", f"R-{number}", title=f"Åtgärd {number}", owner=f"p{number}")
    for number in range(REMINDERS_EACH):
        plan.add("deadlines", f"D-{number}", title=f"Uppföljning {number}", due="2026-05-12", answers_from=["R-*"],
                 responsible="ola", inform=["reg"], ladder="once")
    return plan


def marks(store):
    """What is decided, as the store has it."""
    with contextlib.closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True, timeout=30)) as db:
        return db.execute("SELECT count(*) FROM mark").fetchone()[0]


def one_morning(found):
    due = PEOPLE * REMINDERS_EACH
    with another_box() as box, peers.SmtpSink() as sink:
        plan = busy_morning(box, sink)
        daemon = box.daemon(plan, BEFORE, start=False)
        plan.write()
        daemon.patience = 120
        daemon.start(write=False)
        store = Path(plan.settings["store"])
        before = wait_for(lambda: (value := marks(store)) is not None and (value, time.monotonic()), "the store")
        events = subprocess.Popen([peers.PROGRAMS["load"], plan.submit, "1000000", "1"], stdout=subprocess.PIPE)
        try:
            begun = wait_for(lambda: marks(store) > before[0] and time.monotonic(), "the first decision", 120)
            ended = wait_for(lambda: marks(store) - before[0] >= due and time.monotonic(), "all decisions", 300)
        finally:
            events.send_signal(signal.SIGTERM)
            told = peers.json.loads(events.communicate()[0])
        wait_for(lambda: sink.mails() >= PEOPLE, "the mails", 300)
        found.append((ended - begun, told["p99"] / 1000, told["max"] / 1000, told["events"]))


def morning(table):
    due = PEOPLE * REMINDERS_EACH
    table.begin("morning", f"{due:,} reminders are due at the same moment, to {PEOPLE:,} people, while their mails leave and "
                           "another sends events one at a time.")
    found = []
    for turn in range(min(3, table.rounds)):
        one_morning(found)
        table.say(f"round {turn + 1}: decided in {found[-1][0]:.1f} s")
    decided, p99, longest, events = zip(*found)
    table.figures(("until all are decided", "s", decided, 10), ("an event is answered meanwhile, 99 of 100 within", "ms",
                                                               p99, 100),
                  ("… the longest", "ms", longest, None), ("events answered meanwhile", "", events, None))


ROWS = {"forecast": forecast, "morning": morning}
