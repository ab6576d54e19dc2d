#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The whole of 2026, all meetings of the board, the measures month by month, people away: what leaves
is what was announced, and a series is spoken of by the names of its occurrences."""
from collections import Counter

from comparison import LADDER, differ, explained, messages, sent, steps
from harness import run

YEAR = {"from": "2026-01-01", "until": "2026-12-31"}
MEETINGS = ("01-27", "02-24", "03-24", "04-28", "05-26", "06-09", "06-16", "08-25", "09-29",
            "10-27", "11-24", "12-15")

# Who is away when, and who stands in. Carl is Bo's deputy in the plan; from 13 July there is nobody
# for Anna, whose deputy is away himself; Eva has none.
AWAY = (
    ("mona", "2026-06-15", "2026-07-03", None),  # over Midsummer
    ("anna", "2026-06-29", "2026-07-26", "bo"),
    ("eva", "2026-07-01", "2026-07-31", None),
    ("bo", "2026-07-13", "2026-08-09", None),
    ("stina", "2026-07-27", "2026-08-07", "reg"),
    ("ola", "2026-08-10", "2026-08-21", "mona"),
    ("stina", "2026-12-14", "2026-12-27", None),  # over Christmas
    ("anna", "2026-12-21", "2026-12-27", None),
    ("bo", "2026-12-21", "2027-01-06", "anna"),
)


def year_plan(box):
    plan = box.plan()
    plan.bodies["RS"] = {"name": "Regionstyrelsen", "papers": "-7wd"}
    for day in MEETINGS:
        plan.add("meetings", f"RS {day}", body="RS", **{"from": f"2026-{day}"})
    for key, name in (("eva", "Eva Sund"), ("carl", "Carl Lind")):
        plan.add("people", key, name=name, mail=f"{key}@kommunen.internal", manager="mona")
    plan.people["bo"]["deputy"] = "carl"
    plan.add("measures", "TN-3", title="Ny upphandling", owner="eva")
    plan.add("deadlines", "RS-K", title="Löpande redovisning", due="meeting RS next",
             every="meeting RS", answers_from=["TN-*"], inform=["reg"], responsible="ola",
             ladder="standard")
    plan.add("deadlines", "LAGE", title="Månadsläge", due="2026-01-31",
             every="RRULE:FREQ=MONTHLY;BYMONTHDAY=-1", answers_from=["TN-*"], inform=["reg"],
             ladder="standard")
    plan.settings["calendar"]["closed"] = ["2026-07-20/2026-07-24"]
    return plan, box.smtp(plan)


def away(daemon, person, first, last, deputy):
    daemon.tell("absence", person, **{"from": first, "until": last,
                                      **({"deputy": deputy} if deputy else {})})


def year_of(bag):
    return Counter({key: n for key, n in bag.items() if key[0] < "2027"})


def people_away(box):
    """Nothing happens but that people are away, which is known beforehand."""
    plan, sink = year_plan(box)
    feed = box.feed(plan, "paminn.reminder")
    daemon = box.daemon(plan, "2026-01-01T12:00")
    if_all_were_there = messages(daemon.query("forecast", **YEAR))
    for absence in AWAY:
        away(daemon, *absence)
    announced = messages(daemon.query("forecast", **YEAR))
    daemon.restart("2026-01-01T12:00")
    daemon.until("2027-01-01T00:00")
    was = year_of(sent(daemon, feed))
    assert was == announced, differ(announced, was)
    assert announced.total() > 200 and len(sink.mails) >= announced.total(), announced.total()
    there = {deadline for _, _, deadline, *_ in steps(was)}
    assert {f"RS-K@2026-{day}" for day in MEETINGS} <= there, there
    assert {"LAGE@2026-01-30", "LAGE@2026-06-30", "LAGE@2026-12-30"} <= there, there
    missing, extra = explained(daemon, steps(if_all_were_there), steps(was))
    assert missing > 30 and extra > 20, (missing, extra)
    why = [row for item in ("TN-1", "TN-2", "TN-3", *there) for row in daemon.query("why", item=item)]
    for person, first, last, _ in AWAY:
        assert any(row["person"] == person and first <= row["when"][:10] <= last and
                   ("absent" in row["reason"] or "during an absence" in row["reason"])
                   for row in why), f"nothing was decided of {person} from {first} to {last}"


def things_happen(box):
    """A year with answers and decisions in its middle: the forecast taken right after the last of
    them is what then happens, and of the forecast before them why explains each difference."""
    plan, _ = year_plan(box)
    feed = box.feed(plan, "paminn.reminder")
    daemon = box.daemon(plan, "2026-03-31T18:00")
    announced = messages(daemon.query("forecast", **YEAR))
    daemon.restart("2026-03-31T18:00")
    daemon.until("2026-06-13T00:00")
    for measure in ("TN-1", "TN-2", "TN-3"):
        daemon.tell("status", measure, status="on-track")
    daemon.tell("submit", "RS-K@2026-06-16", reference="TN § 31")
    away(daemon, "bo", "2026-06-15", "2026-06-25", None)
    daemon.restart("2026-03-31T18:00")
    daemon.until("2026-06-20T00:00")  # Midsummer Day
    away(daemon, "anna", "2026-07-13", "2026-08-02", "bo")
    away(daemon, "bo", "2026-07-20", "2026-08-09", None)
    away(daemon, "mona", "2026-07-01", "2026-07-10", None)
    daemon.tell("outcome", "RS-K@2026-06-16", outcome="returned", due="2026-07-07",
                reference="RS § 88")
    daemon.tell("extend", "TN-2", deadline="LAGE", due="2026-07-06", reference="RS § 89")
    daemon.tell("assign", "TN-3", owner="bo")
    daemon.tell("seen", "TN-1", "/people/anna", answer_by="2026-06-26")
    now = f"{daemon.now():%Y-%m-%dT%H:%M}"
    foreseen = messages(daemon.query("forecast", **YEAR))
    daemon.restart("2026-03-31T18:00")
    daemon.until("2027-01-01T00:00")
    was = year_of(sent(daemon, feed))
    later = Counter({key: n for key, n in was.items() if key[0] >= now})
    assert later == foreseen, "after the last event:\n" + differ(foreseen, later)
    assert foreseen.total() > 120, foreseen.total()
    missing, extra = explained(daemon, steps(announced), steps(was))
    assert missing > 60 and extra > 90, (missing, extra)
    kinds = Counter(key[3] for key in was)
    assert {*LADDER, "alert", "moved", "confirmation", "assigned"} <= set(kinds), kinds
    to_come = {(to, *item) for _, to, *item in steps(foreseen)}
    for step in (("anna", "LAGE@2026-06-30", "TN-1", "seen"),
                 ("anna", "RS-K@2026-06-16", "TN-1", "-5wd"),
                 ("bo", "LAGE@2026-07-31", "TN-1", "-5wd"),     # for Anna
                 ("carl", "LAGE@2026-07-31", "TN-3", "-2wd"),   # for Bo, whose it is now
                 ("mona", "RS-K@2026-06-16", "TN-1", "+1wd")):  # when she is back
        assert step in to_come, f"{step} was not foreseen"


def named(box):
    """What the mail, the list and the commands call an occurrence is one name."""
    plan, sink = year_plan(box)
    daemon = box.daemon(plan, "2026-01-12T07:00")
    rows = daemon.client("list", "--deadline", "RS-K", "--all")
    assert {row["deadline"] for row in rows} == {f"RS-K@2026-{day}" for day in MEETINGS[:3]}, rows
    daemon.restart("2026-01-12T07:59")
    daemon.until("2026-01-13T12:00")
    daemon.restart("2026-01-12T07:59")
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


run(people_away, named, long=(things_happen,))
