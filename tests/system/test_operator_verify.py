#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""`paminn verify`: the store follows from its log, and where somebody has changed it, it says so."""
import sqlite3
import threading

from checksum import anew
from harness import event, run


def spring(box):
    """Weeks with everything in them: steps, answers, a meeting that moves, extensions, a series, plans
    that change, a deadline that is closed, a restart."""
    plan = box.plan()
    plan.settings["mail"]["server"] = "smtp://192.0.2.25:25"  # a rehearsal sends there to nobody
    plan.add("deadlines", "KS-2", title="Delårsrapport", decision="KS § 13", due="2026-06",
             answers_from=["TN-*"], inform=["reg"], ladder="standard")
    plan.add("deadlines", "KS-3", title="Månadsläge", decision="KS § 14", due="2026-05-08",
             every="RRULE:FREQ=MONTHLY", answers_from=["TN-1"], inform=["reg"], ladder="standard")
    for name, month in (("KS-4", "2026-06"), ("KS-5", "2026-07")):  # first meetings not known yet
        plan.add("deadlines", name, title="Rapport", decision="KS § 15", due=f"meeting KS {month}",
                 every="meeting KS", answers_from=["TN-1"], inform=["reg"], ladder="standard")
    daemon = box.daemon(plan, "2026-04-28T12:00")
    daemon.until("2026-05-04T12:00")
    daemon.tell("status", "TN-1", source="/people/anna", status="off-track", effect_forecast=5)
    daemon.tell("meeting", "KS", **{"from": "2026-06-02"}, replaces="2026-05-26")
    daemon.tell("extend", "TN-2", deadline="KS-1", due="2026-05-29", reference="§ 3")
    plan.measures["TN-2"]["owner"] = "mona"
    plan.add("measures", "TN-3", title="Ny", owner="bo")
    plan.write()
    assert daemon.order("reload")["result"] == "ok"
    daemon.until("2026-05-20T12:00")
    daemon.tell("status", "TN-3", status="done")
    daemon.tell("status", "TN-3", status="at-risk")
    daemon.tell("extend", "KS-2", due="2026-07-03", reference="§ 4")
    daemon.restart()
    daemon.until("2026-06-01T12:00")
    daemon.tell("submit", "KS-1", reference="TN § 31")
    del plan.measures["TN-3"]
    plan.deadlines["KS-2"]["due"] = "2026-06-24"
    plan.write()
    assert daemon.order("reload")["result"] == "ok"
    daemon.until("2026-06-10T12:00")
    return daemon


# What somebody does to the store behind the daemon's back, and what is said of it.
CHANGES = (
    ("UPDATE obligation SET owner = 'stina' WHERE deadline = 'KS-2' AND measure = 'TN-1'",
     ("obligation", "KS-2 TN-1", "owner", "stina", "anna")),
    ("UPDATE obligation SET papers = papers + 1 WHERE deadline = 'KS-2' AND measure = 'TN-2'",
     ("obligation", "KS-2 TN-2", "papers", None, None)),
    ("UPDATE obligation SET extended = 1, round = 7 WHERE deadline = 'KS-1' AND measure = ''",
     ("obligation", "KS-1", "round", 7, None)),
    ("UPDATE obligation SET answered_seq = 999 WHERE answered_seq > 0",
     ("obligation", None, "answered_seq", 999, None)),
    ("UPDATE deadline SET state = 0 WHERE id = 'KS-1'",
     ("deadline", "KS-1", "state", 0, 1)),
    ("UPDATE measure SET owner = 'bo' WHERE id = 'TN-2'",
     ("measure", "TN-2", "owner", "bo", "mona")),
    ("UPDATE meeting SET state = 2 WHERE body = 'KS' AND replaced_by IS NULL",
     ("meeting", "KS 2026-06-02", "state", 2, 0)),
    ("DELETE FROM meeting WHERE body = 'KS' AND replaced_by IS NOT NULL",
     ("meeting", "KS 2026-05-26", "is there", False, True)),
    ("UPDATE event SET body = replace(body, '2026-05-29', '2026-06-01') WHERE subject = 'TN-2'",
     ("obligation", "KS-1 TN-2", "papers", "2026-05-29", "2026-06-01")),
    ("DELETE FROM obligation WHERE deadline = 'KS-2' AND measure = 'TN-2'",
     ("obligation", "KS-2 TN-2", "is there", False, True)),
    ("UPDATE obligation SET phase = 0, withdrawal = 0 WHERE deadline = 'KS-3@2026-05-08'",
     ("obligation", "KS-3@2026-05-08 TN-1", "phase", 0, None)),
    ("DELETE FROM message WHERE id = 1", ("item", "message 1", "message", 1, None)),
    ("DELETE FROM item WHERE message = 2", ("message", "message 2", "items", 0, None)),
    ("UPDATE message SET finished = NULL WHERE id = 3", ("message", "message 3", "state", 2, None)),
    ("UPDATE mark SET message = 999 WHERE message > 0", ("mark", None, "message", 999, None)),
)


def the_store_follows_from_its_log(box):
    daemon = spring(box)
    assert daemon.client("show", "KS-4")["due"] == "2026-06-02", daemon.client("show", "KS-4")
    assert daemon.client("show", "KS-5")["provisional"], daemon.client("show", "KS-5")
    assert daemon.client("verify") == []
    text = daemon.client("verify", text=True)
    assert text == "All that is in the store follows from its log.\n", text
    daemon.stop()
    store = box.folder / "paminn.db"
    with sqlite3.connect(store) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    whole = store.read_bytes()
    for change, expected in CHANGES:
        with sqlite3.connect(store) as db:
            assert db.execute(change).rowcount > 0, change
            db.execute("UPDATE fact SET value = 'on' WHERE name = 'hold'")
            anew(db)
        db.close()
        daemon.restart("2026-06-10T12:00")
        rows = daemon.order("verify")["rows"]
        found = [row for row in rows if all(
            wanted is None or row[name] == wanted for name, wanted in
            zip(("what", "item", "field", "store", "log"), expected))]
        assert found, (change, rows)
        if change is CHANGES[0][0]:
            text = daemon.client("verify", code=65, text=True)
            assert "stina" in text and "KS-2 TN-1" in text, text
        daemon.stop()
        for path in box.folder.glob("paminn.db-*"):
            path.unlink()
        store.write_bytes(whole)


def intake_goes_on_meanwhile(box):
    daemon = box.daemon(box.plan(), "2026-04-28T12:00")
    for _ in range(20):
        answers = daemon.ask([event("status", "TN-1", {"status": "on-track", "progress": n % 100})
                              for n in range(1000)])
        assert {answer["result"] for answer in answers} == {"accepted"}
    rows, heard = [], 0
    verify = threading.Thread(target=lambda: rows.append(daemon.client("verify")))
    verify.start()
    while verify.is_alive():
        daemon.tell("note", "TN-1", note="x")
        heard += 1
    assert rows == [[]], rows
    assert heard >= 20, f"only {heard} events were taken in meanwhile"


run(the_store_follows_from_its_log, intake_goes_on_meanwhile)
