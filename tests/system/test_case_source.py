#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The case that Påminn was made for: the committee adopts the paper on 21 May, after the board's papers have
left, so it goes with the second sending; and owners are asked in time for the committee's papers."""
from cases import WrittenPlan, days, told
from comparison import differ, messages, sent
from harness import run


def the_source_document(box):
    plan = WrittenPlan(box.folder, "source")
    sink = box.smtp(plan)
    feed = box.feed(plan, "paminn.reminder")
    daemon = box.daemon(plan, "2026-04-23T08:00")
    rows = daemon.query("list", deadline="RS-58", all=True)
    assert {(row["papers"], row["due"]) for row in rows} == {("2026-05-13", "2026-05-26")}, rows
    announced = messages(daemon.query("forecast", **{"from": "2026-04-23", "until": "2026-05-12"}))

    # Owners are asked for the committee's papers, and told of both meetings.
    daemon.until("2026-05-12T12:00")
    was = sent(daemon, feed)
    assert was == announced, differ(announced, was)
    for person in ("akut", "medicin", "presidium"):
        assert days(sink.to(person)) == ["04-28", "05-06", "05-11"], sink.to(person)
    mail = sink.to("akut")[0]
    for words in ("13 maj", "Hälso- och sjukvårdsnämnden", "21 maj", "Regionstyrelsen", "26"):
        assert words in mail.text and words in mail.html.replace("\u00a0", " "), mail.text
    daemon.tell("status", "HSN-01", "/people/akut", status="on-track", progress=45,
                effect_forecast=12500000)
    daemon.until("2026-05-15T12:00")
    assert days(sink.to("medicin")) == ["04-28", "05-06", "05-11", "05-13", "05-15"]
    assert days(sink.to("akut")) == ["04-28", "05-06", "05-11"]
    assert days(sink.to("hsd")) == ["05-15"], "late for the committee, though the board meets on 26 May"
    daemon.tell("status", "HSN-02", "/people/medicin", status="at-risk", progress=30,
                effect_forecast=7000000)
    daemon.client("submit", "RS-58", "--reference", "HSN 2026/0170")

    # The committee adopts it after the board's papers have left: the second sending.
    daemon.until("2026-05-21T10:00")
    before = len(sink.mails)
    daemon.client("--as", "stod", "outcome", "RS-58", "approved", "--body", "HSN", "--reference",
                  "HSN 2026-05-21 § 70")
    row = daemon.obligation("RS-58")
    assert (row["state"], row["papers"], row["due"]) == ("open", "2026-05-22", "2026-05-26"), row
    assert [(each["body"], each["outcome"], each["reference"]) for each in row["via"]] \
        == [("HSN", "approved", "HSN 2026-05-21 § 70")], row
    daemon.until("2026-05-22T12:00")
    assert {mail.person for mail in sink.mails[before:]} <= {"presidium", "registrator"}, \
        "owners have answered: the round is of the deliverable"
    assert told(sink.mails[before:], "22 maj", "Regionstyrelsen"), sink.mails[before:]
    daemon.client("submit", "RS-58", "--reference", "HSN 2026-05-21 § 70")
    daemon.until("2026-05-26T15:00")
    daemon.client("outcome", "RS-58", "noted", "--reference", "RS 2026-05-26 § 71")
    assert daemon.client("list") == []
    assert daemon.client("show", "RS-58")["closed"]
    assert daemon.client("verify") == []
    (row,) = daemon.client("assignments")
    assert row["decision"] == "RS 2026-04-22 § 58" and row["open_deadlines"] == 0, row


run(the_source_document)
