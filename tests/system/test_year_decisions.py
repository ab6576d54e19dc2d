#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A year of decisions: a matter that passes a committee and a board before the council, again and again,
while their meetings move; owners who ask for more time and get it or not; a body that closes what its
owners call done; lights that turn before a date. What leaves is what was announced, and why explains
each difference."""
from collections import Counter

from comparison import LADDER, differ, explained, messages, sent, steps
from decisions import YEAR, decisions_plan, year_of
from harness import run


def silence(box):
    """Nobody says anything: links pass undecided, lights turn by themselves, a meeting is never set."""
    plan, sink = decisions_plan(box)
    feed = box.feed(plan, "paminn.reminder")
    daemon = box.daemon(plan, "2026-01-01T12:00")
    announced = messages(daemon.query("forecast", **YEAR))
    daemon.until("2027-01-01T00:00")
    was = year_of(sent(daemon, feed))
    assert was == announced, differ(announced, was)
    assert announced.total() > 150 and len(sink.mails) >= announced.total(), announced.total()
    alerts = {(when[:10], to, item[1]) for when, to, _, kind, items in was if kind == "alert"
              for item in items}
    # Ten working days before 29 May; five before the board on 29 September; and past both.
    for day, measure, owner in (("2026-05-15", "TN-1", "anna"), ("2026-06-01", "TN-1", "anna"),
                                ("2026-09-22", "TN-2", "bo"), ("2026-09-30", "TN-2", "bo"),
                                ("2026-10-16", "TN-3", "eva"), ("2026-11-02", "TN-3", "eva")):
        assert {(day, owner, measure), (day, "stina", measure)} <= alerts, (day, alerts)
    assert daemon.client("verify") == []


def things_happen(box):
    plan, _ = decisions_plan(box)
    feed = box.feed(plan, "paminn.reminder")
    daemon = box.daemon(plan, "2026-01-01T12:00")
    announced = messages(daemon.query("forecast", **YEAR))

    # The committee's meeting moves, then the board's, then the council's.
    daemon.until("2026-04-27T09:00")
    daemon.tell("meeting", "TN", replaces="2026-05-21", **{"from": "2026-05-19"})
    daemon.until("2026-05-04T10:00")
    asked = daemon.tell("request", "TN-1", "/people/anna", due="2026-06-30", progress=60,
                        reason="Upphandlingen är överklagad")
    refused = daemon.tell("request", "TN-2", "/people/bo", deadline="BUDGET",
                          due="meeting RF 2026-09", reason="Hinner inte")
    daemon.tell("status", "TN-3", "/people/eva", status="on-track", progress=50,
                done_forecast="2026-11-15")
    daemon.until("2026-05-06T10:00")
    rows = daemon.client("requests")
    assert {row["measure"] for row in rows} == {"TN-1", "TN-2"}, rows
    daemon.tell("extend", "TN-1", grants=[asked["id"]], reference="KS § 40")
    daemon.tell("deny", "BUDGET", requests=[refused["id"]], reason="RF väntar inte")
    daemon.tell("meeting", "KS", replaces="2026-05-26", **{"from": "2026-06-02"})
    daemon.until("2026-05-13T10:00")
    daemon.tell("status", "TN-4", "/people/carl", status="done", progress=100,
                link="https://arkiv.kommunen.internal/7")
    daemon.tell("status", "TN-2", "/people/bo", status="at-risk", progress=30)
    daemon.until("2026-05-19T15:00")
    daemon.tell("outcome", "BUDGET", outcome="approved", body="TN", reference="TN § 70")
    daemon.tell("close", "TN-4", reference="TN § 71", **{"as": "done"})
    daemon.until("2026-05-25T10:00")
    daemon.tell("meeting", "RF", replaces="2026-06-16", **{"from": "2026-06-23"})
    daemon.until("2026-06-03T15:00")
    daemon.tell("outcome", "BUDGET", outcome="approved", body="KS", reference="KS § 90")
    daemon.tell("outcome", "OKT", outcome="returned", due="meeting RF 2026-11", reference="KS § 91")
    daemon.until("2026-06-24T15:00")
    daemon.tell("outcome", "BUDGET", outcome="approved", reference="RF § 50")
    daemon.tell("extend", "HALV", due="meeting RF 2026-12", reference="RF § 51")
    late = daemon.tell("request", "OKT", "/people/ola", due="2026-12-18", reason="Beror på budgeten")
    daemon.tell("status", "TN-1", "/people/anna", status="done", progress=100)
    daemon.tell("close", "TN-1", reference="RF § 52", **{"as": "done"})
    daemon.until("2026-08-10T10:00")
    daemon.tell("extend", "OKT", due="2026-12-11", grants=[late["id"]], reference="RF presidium")
    daemon.tell("meeting", "TN", replaces="2026-08-20", cancelled=True, **{"from": "2026-08-20"})
    daemon.tell("meeting", "RF", **{"from": "2026-12-16"})
    daemon.until("2026-08-10T10:05")
    now = f"{daemon.now():%Y-%m-%dT%H:%M}"
    foreseen = messages(daemon.query("forecast", **YEAR))
    daemon.until("2027-01-01T00:00")
    was = year_of(sent(daemon, feed))
    later = Counter({key: n for key, n in was.items() if key[0] >= now})
    assert later == foreseen, "after the last event:\n" + differ(foreseen, later)
    assert foreseen.total() > 60, foreseen.total()
    missing, extra = explained(daemon, steps(announced), steps(was))
    print(f"  {announced.total()} announced, {was.total()} sent; {missing} steps did not come, "
          f"{extra} came beside them, each explained")
    assert missing > 40 and extra > 40, (missing, extra)
    kinds = Counter(key[3] for key in was)
    assert {*LADDER, "alert", "moved", "confirmation"} <= set(kinds), kinds
    assert daemon.client("verify") == []


run(silence, things_happen)
