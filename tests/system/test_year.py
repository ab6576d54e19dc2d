#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The whole of 2026, all meetings of the board, the measures month by month: what leaves is what was
announced, and a series is spoken of by the names of its occurrences."""
from collections import Counter

from comparison import differ, messages, sent
from harness import run

YEAR = {"from": "2026-01-01", "until": "2026-12-31"}
MEETINGS = ("01-27", "02-24", "03-24", "04-28", "05-26", "06-09", "06-16", "08-25", "09-29",
            "10-27", "11-24", "12-15")
FAST = 1000000  # the most there is


def year_plan(box):
    plan = box.plan()
    plan.bodies["RS"] = {"name": "Regionstyrelsen", "papers": "-7wd"}
    for day in MEETINGS:
        plan.add("meetings", f"RS {day}", body="RS", **{"from": f"2026-{day}"})
    plan.add("deadlines", "RS-K", title="Löpande redovisning", due="meeting RS next",
             every="meeting RS", answers_from=["TN-*"], inform=["reg"], responsible="ola",
             ladder="standard")
    plan.add("deadlines", "LAGE", title="Månadsläge", due="2026-01-31",
             every="RRULE:FREQ=MONTHLY;BYMONTHDAY=-1", answers_from=["TN-*"], inform=["reg"],
             ladder="standard")
    plan.settings["calendar"]["closed"] = ["2026-07-06/2026-07-31"]
    return plan, box.smtp(plan)


def rehearsed(box):
    plan, sink = year_plan(box)
    feed = box.feed(plan, "paminn.reminder")
    daemon = box.daemon(plan, "2026-01-01T12:00@1")
    announced = messages(daemon.query("forecast", **YEAR))
    assert len(announced) > 200, len(announced)
    daemon.restart(f"2026-01-01T12:00@{FAST}")
    daemon.until("2026-06-15T00:00")
    daemon.until("2027-01-01T00:00")
    was = Counter({key: n for key, n in sent(daemon, feed).items() if key[0] < "2027"})
    assert was == announced, differ(announced, was)
    named = {item[0] for *_, items in was for item in items}
    assert {f"RS-K@2026-{day}" for day in MEETINGS} <= named, named
    assert {"LAGE@2026-01-30", "LAGE@2026-06-30", "LAGE@2026-12-30"} <= named, named
    assert len(sink.mails) >= len(announced)


def named(box):
    """What the mail, the list and the commands call an occurrence is one name."""
    plan, sink = year_plan(box)
    daemon = box.daemon(plan, "2026-01-12T07:00@60")
    rows = daemon.client("list", "--deadline", "RS-K", "--all")
    assert {row["deadline"] for row in rows} == {f"RS-K@2026-{day}" for day in MEETINGS[:3]}, rows
    daemon.restart("2026-01-12T07:59@100000")
    daemon.until("2026-01-13T12:00")
    daemon.restart("2026-01-12T07:59@1")
    mail = next(mail for mail in sink.mails if "RS-K@2026-01-27" in mail.text)
    assert "RS-K@2026-01-27" in mail.text
    first = daemon.client("report", "RS-K")
    assert first["deadline"] == "RS-K@2026-01-27", first
    daemon.client("submit", "RS-K@2026-01-27", "--reference", "RS § 1")
    assert daemon.client("show", "RS-K")["deadline"] == "RS-K@2026-02-24"
    assert daemon.client("show", "RS-K@2026-01-27")["closed"]
    daemon.client("submit", "RS-K@2026-12-15", "--reference", "x", code=65)
    daemon.client("extend", "RS-K", "--due", "2026-02-20", "--reference", "RS § 2")
    row = daemon.obligation("RS-K@2026-02-24")
    assert row["papers"] == "2026-02-20", row


run(rehearsed, named)
