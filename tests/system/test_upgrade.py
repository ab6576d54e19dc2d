#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A store that an earlier version left in the middle of a ladder is taken over and goes on.

stores/N.sql is a store of schema N as text: the small plan from 22 April 2026 at noon to 13 May at
noon, TN-1 answered on 7 May, everything after 8 May on hold. It is never made anew: it is what that
version wrote.

stores/4-states.sql is one with deadlines in all their states, up to 25 May at noon: three series, a
deadline for the next meeting, one handed in, one returned, one whose meeting never came, one that
left the plan. stores/6-states.sql has two more, one extended as a whole and for a measure, and someone
away; the .json beside it is what that version said of them, which the newest says too."""
import json
import sqlite3

from harness import ROOT, another_box, run, wait_for

STORES = ROOT / "tests/system/stores"
SCHEMA = len(list((ROOT / "daemon/ledger/schema").glob("[0-9]*.sql")))
PAMINN = 0x50e56d6e  # what marks the file as a store of ours


def lay(store, path):
    with sqlite3.connect(path) as db:
        db.executescript(store.read_text(encoding="utf-8"))
        db.execute(f"PRAGMA user_version = {int(store.stem.split('-')[0])}")
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

    # Entries of calendars are counted since schema 6, so that an answer before it was not.
    daemon.tell("extend", "KS-1", due="2026-05-20", reference="KS 2026/1")
    with sqlite3.connect(plan.settings["store"]) as db:
        assert db.execute("SELECT sequence FROM obligation ORDER BY id").fetchall() \
            == [(1,), (int(store.stem >= "6"),), (1,)]
    db.close()
    assert daemon.client("verify") == []


def each_earlier_store_is_taken_over(_):
    stores = sorted(STORES.glob("?.sql"))
    assert stores
    for store in stores:
        with another_box() as its_own:
            take_over(its_own, store)


def plan_of_all_states(box):
    plan = box.plan()
    plan.settings["ladders"] += ({"name": "short", "time": "08:00", "steps": (
        {"at": "-5wd", "to": ["owner"]}, {"at": "0", "to": ["owner"]})},)
    plan.add("meetings", "KS6", body="KS", **{"from": "2026-06-23"})
    for key, title, due, every in (
            ("MON", "Månadsrapport", "2026-04-30", "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1"),
            ("EVERY", "Varje sammanträde", "meeting KS 2026-05", "meeting KS"),
            ("NEXT", "Nästa sammanträde", "meeting KS next", None),
            ("ONWARD", "Från nästa", "meeting KS next", "meeting KS"),
            ("HANDED", "Inlämnad", "2026-05-08", None),
            ("BACK", "Återremitterad", "2026-05-08", None),
            ("NEVER", "Utan sammanträde", "meeting TN 2026-04", None)):
        plan.add("deadlines", key, title=title, due=due, decision="KS 2026-04-15 § 13",
                 answers_from=["TN-*"], responsible="ola", inform=["reg"], ladder="short",
                 **({"every": every} if every else {}))
    return plan


def deadlines_in_all_their_states_are_taken_over(box):
    plan = plan_of_all_states(box)
    box.smtp(plan)
    lay(STORES / "4-states.sql", plan.settings["store"])
    daemon = box.daemon(plan, "2026-05-25T12:05")
    with sqlite3.connect(plan.settings["store"]) as db:
        series = db.execute("SELECT id, first_load FROM series ORDER BY id").fetchall()
        states = dict(db.execute("SELECT id, state FROM deadline").fetchall())
    db.close()
    assert series == [("EVERY", None), ("MON", None), ("ONWARD", 20565)], series
    assert {key for key, state in states.items() if state == 1} == {"HANDED", "MON@2026-05-29"}
    assert {key for key, state in states.items() if state == 2} == {"MON@2026-04-30"}, states
    assert {key for key, state in states.items() if state == 3} == {"GONE"}, states
    assert daemon.client("verify") == []
    # An earlier version forgot a hand-over that was returned.
    assert daemon.query("show", item="BACK")[0]["submitted_before"]["reference"] \
        == "TN 2026-05-07 § 2"

    # They go on from there: series come again, and the next meeting is what it was.
    daemon.order("hold", on=False)
    daemon.tell("submit", "MON@2026-06-30", source="/people/ola", reference="TN § 4")
    daemon.until("2026-06-16T12:00")
    rows = {row["deadline"]: row["due"] for row in daemon.query("list", all=True)}
    assert rows["NEXT"] == "2026-05-26" and rows["ONWARD@2026-06-23"] == "2026-06-23", rows
    assert rows["MON@2026-07-31"] == "2026-07-31", rows
    assert daemon.obligation("EVERY@2026-05-26", "TN-1")["state"] == "withdrawn"
    assert daemon.client("verify") == []


def told(daemon, kept):
    """The queries that the kept answers are of, asked again."""
    return {"list": daemon.query("list", all=True),
            "show": {item: daemon.query("show", item=item) for item in kept["show"]},
            "report": {item: daemon.query("report", deadline=item) for item in kept["report"]}}


def unsaid(kept, now, where):
    """What was said and is not said any more, or is said otherwise: rows may have further members."""
    if isinstance(kept, dict) and isinstance(now, dict):
        return [each for key in kept for each in unsaid(kept[key], now.get(key, "left out"),
                                                        f"{where}.{key}")]
    if isinstance(kept, list) and isinstance(now, list) and len(kept) == len(now):
        return [each for i, was in enumerate(kept) for each in unsaid(was, now[i], f"{where}[{i}]")]
    return [] if kept == now else [f"{where} was {kept!r}, is {now!r}"]


def all_that_it_said_is_said(box):
    plan = plan_of_all_states(box)
    plan.add("deadlines", "LONGER", title="Förlängd", due="2026-05-20",
             decision="KS 2026-04-15 § 15", answers_from=["TN-*"], responsible="ola", inform=["reg"],
             ladder="short")
    sink = box.smtp(plan)
    lay(STORES / "6-states.sql", plan.settings["store"])
    kept = json.loads((STORES / "6-states.json").read_text(encoding="utf-8"))
    daemon = box.daemon(plan, "2026-05-25T12:00")
    now = told(daemon, kept)
    assert not unsaid(kept, now, "what"), unsaid(kept, now, "what")[:5]
    assert daemon.client("verify") == []

    # Extensions and returns by a date hold, and go on.
    daemon.order("hold", on=False)
    daemon.until("2026-06-04T12:00")
    assert [row["papers"] for row in (daemon.obligation("LONGER", each)
                                      for each in ("TN-1", "TN-2", None))] \
        == ["2026-05-28", "2026-06-03", "2026-05-28"]
    assert daemon.obligation("BACK")["state"] == "late"
    assert {mail.person for mail in sink.mails} >= {"ola", "anna"}, sink.mails
    daemon.tell("outcome", "LONGER", outcome="approved", reference="KS § 30")
    assert daemon.client("verify") == []


run(each_earlier_store_is_taken_over, deadlines_in_all_their_states_are_taken_over,
    all_that_it_said_is_said)
