#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A store that an earlier version left in the middle of a ladder is taken over and goes on.

stores/N.sql is a store of schema N as text: the small plan from 22 April 2026 at noon to 13 May at
noon, TN-1 answered on 7 May, everything after 8 May on hold. It is never made anew: it is what that
version wrote."""
import sqlite3

from harness import ROOT, run, wait_for

STORES = sorted((ROOT / "tests/system/stores").glob("*.sql"))
SCHEMA = len(list((ROOT / "daemon/ledger/schema").glob("*.sql")))
PAMINN = 0x50e56d6e  # what marks the file as a store of ours


def lay(store, path):
    with sqlite3.connect(path) as db:
        db.executescript(store.read_text(encoding="utf-8"))
        db.execute(f"PRAGMA user_version = {int(store.stem)}")
        db.execute(f"PRAGMA application_id = {PAMINN}")
    db.close()


def steps(daemon, item, person):
    return [(row["step"], row["decision"]) for row in daemon.query("why", item=item, person=person)
            if row["when"][:10] <= "2026-05-13"]


def take_over(box, store):
    plan = box.plan()
    sink = box.smtp(plan)
    lay(store, plan.settings["store"])
    daemon = box.daemon(plan, "2026-05-13T12:00")
    with sqlite3.connect(plan.settings["store"]) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
    db.close()

    # What it knew it knows: the answer, the pause of the whole, who was asked how often.
    assert daemon.query("whoami")[0]["hold"] is True
    assert daemon.obligation("KS-1", "TN-1")["state"] == "answered"
    assert [daemon.obligation("KS-1", each)["asked"] for each in (None, "TN-1", "TN-2")] == [2] * 3
    assert steps(daemon, "TN-2", "bo") == [("-10wd", "sent"), ("-5wd", "sent"),
                                            ("-2wd", "planned")]
    assert any("hold is on" in row["reason"]
               for row in daemon.query("why", item="TN-2", person="bo"))
    assert steps(daemon, "TN-1", "anna")[:2] == [("-10wd", "sent"), ("-5wd", "sent")]
    assert daemon.client("verify") == []

    # What waited leaves once, and the ladder goes on where it was.
    daemon.order("hold", on=False)
    wait_for(lambda: len(sink.mails) == 2, "what waited")
    assert sorted(mail.person for mail in sink.mails) == ["bo", "ola"], sink.mails
    daemon.tell("seen", "TN-2", source="/people/bo", answer_by="2026-05-15")
    daemon.restart("2026-05-13T12:30")
    daemon.until("2026-05-18T12:00")
    assert [mail.when.day for mail in sink.to("bo")] == [13, 18], sink.mails
    assert [mail.when.day for mail in sink.to("ola")] == [13, 15, 18], sink.mails
    assert not sink.to("anna"), sink.mails
    assert daemon.client("verify") == []


def each_earlier_store_is_taken_over(box):
    assert STORES
    for store in STORES:
        take_over(box, store)


run(each_earlier_store_is_taken_over)
