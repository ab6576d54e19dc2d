# SPDX-License-Identifier: Apache-2.0
"""What is due: a month's forecast beside `remind -s`, and a morning on which very much is due at once."""
import contextlib
import signal
import sqlite3
import subprocess
import tempfile
import time
from datetime import date, timedelta

import peers
from harness import PAMINN, another_box, local
from intake import QUIET, hundred_measures
from table import Contender

MONTH, FIRST = "2026-05", date(2026, 5, 4)
DEADLINES, EACH = 20, 1000              # reminders in the month: their product
PEOPLE, REMINDERS_EACH = 10000, 10      # on the morning
EVENING, BEFORE = "2026-05-11T20:00@1", "2026-05-12T07:59:56@1"  # reminders are due at 08:00
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


def decisions(store):
    """How many decisions the SQLite store has."""
    with contextlib.closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True, timeout=30)) as db:
        return db.execute("SELECT count(*) FROM mark").fetchone()[0]


def reaches(condition, what, seconds):
    """Wait until it does, asking seldom, since to ask costs something too."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, f"waited {seconds} s in vain for {what}"
        time.sleep(0.1)
    return time.monotonic()


def through_a_morning(daemon, marks, sink, due, mails):
    """From 08:00 on: seconds until marks() says that so many reminders are decided, until as many mails have come to
    the sink, and what somebody hears who sends events one at a time meanwhile, in ms."""
    eight = local(f"{BEFORE[:10]}T08:00")
    events = subprocess.Popen([peers.PROGRAMS["load"], daemon.plan.submit, "10000000", "1"], stdout=subprocess.PIPE)
    try:
        before = marks()
        while (count := marks(), daemon.now())[1] < eight:  # it was counted before eight
            before = count
            time.sleep(0.02)
        began = time.monotonic()
        decided = reaches(lambda: marks() - before >= due, "all decisions", 300) - began
        sent = reaches(lambda: sink.mails() >= mails, "the mails", 600) - began
    finally:
        events.send_signal(signal.SIGTERM)
        told = peers.json.loads(events.communicate()[0])
    return {"decided": decided, "sent": sent, "p99": told["p99"] / 1000, "longest": told["max"] / 1000,
            "events": told["events"]}


def one_morning():
    with peers.SmtpSink() as sink, another_box() as box:
        plan = busy_morning(box, sink)
        plan.write()
        daemon = box.daemon(plan, EVENING, start=False)
        daemon.start(write=False)
        daemon.stop()
        daemon.clock = BEFORE
        daemon.start(write=False)
        store = plan.settings["store"]
        return through_a_morning(daemon, lambda: decisions(store), sink, PEOPLE * REMINDERS_EACH, PEOPLE)


def morning(table):
    due = PEOPLE * REMINDERS_EACH
    table.begin("morning", f"{due:,} reminders are due at the same moment, to {PEOPLE:,} people, while their mails leave and "
                           "another sends events one at a time.")
    found = []
    for turn in range(min(3, table.rounds)):
        found.append(one_morning())
        table.say(f"round {turn + 1}: decided in {found[-1]['decided']:.1f} s")
    of = {name: [each[name] for each in found] for name in found[0]}
    table.figures(("until all are decided", "s", of["decided"], 10),
                  ("until all mails are accepted", "s", of["sent"], None),
                  ("an event is answered meanwhile, 99 of 100 within", "ms", of["p99"], 100),
                  ("… the longest", "ms", of["longest"], None), ("events answered meanwhile", "", of["events"], None))


ROWS = {"forecast": forecast, "morning": morning}
