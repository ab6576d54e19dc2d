#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Three citizens' proposals are to be answered by the council in June. One is delayed to its October meeting,
which nobody has set; when it is, and when it moves, everything follows, and the committee is asked before
its own meeting that precedes the council's. Twice a year the presidium lists what is unfinished."""
from cases import WrittenPlan, days, told
from harness import run


def delayed_proposals(box):
    plan = WrittenPlan(box.folder, "proposals")
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-03-02T09:00")
    assert {row["papers"] for row in daemon.query("list", deadline="SVAR-139", all=True)} \
        == {"2026-05-13"}, "the committee's papers, not the council's"

    # The committee is asked before its own meeting, once for both.
    daemon.until("2026-04-28T09:00")
    (mail,) = sink.to("hsn")
    for word in ("provtagningar", "dialys", "Hälso- och sjukvårdsnämnden", "21 maj",
                 "Regionfullmäktige", "16"):
        assert word in mail.text, mail.text

    # One is delayed, to a meeting that nobody has set.
    daemon.until("2026-05-05T09:00")
    before = len(sink.mails)
    daemon.client("extend", "SVAR-139", "--due", "meeting RF 2026-10", "--reference",
                  "Presidiet 2026-05-04 § 3")
    daemon.settle()
    row = daemon.obligation("SVAR-139")
    assert row["due"] == "2026-10-30" and row["provisional"], row
    assert row["due_original"] == "2026-06-16" and row["papers_original"] == "2026-05-13", row
    assert row["papers"] == "2026-10-08", row  # of HSN on 15 October
    moved = [mail for mail in sink.mails[before:] if mail.person == "hsn"]
    assert len(moved) == 1 and "oktober" in moved[0].text and "prel" in moved[0].text.lower(), moved

    # The others go on: adopted by the committee, answered by the council, one is sent back.
    daemon.until("2026-05-13T10:00")
    assert daemon.obligation("SVAR-113")["papers"] == "2026-05-13"
    daemon.tell("submit", "SVAR-1019", "/people/rs-kansli", reference="RS 2026/200")
    daemon.tell("submit", "SVAR-113", "/people/hsn-kansli", reference="HSN 2026/201")
    daemon.until("2026-05-21T15:00")
    daemon.client("outcome", "SVAR-113", "approved", "--body", "HSN", "--reference",
                  "HSN 2026-05-21 § 71", "--link", "RS/113/2026-4")
    row = daemon.obligation("SVAR-113")
    assert (row["state"], row["papers"]) == ("open", "2026-06-11"), row
    assert "RS/113/2026-4" in daemon.client("show", "SVAR-113", text=True)
    daemon.until("2026-05-26T15:00")
    daemon.client("outcome", "SVAR-1019", "approved", "--body", "RS", "--reference",
                  "RS 2026-05-26 § 90")
    for deadline, person in (("SVAR-113", "hsn-kansli"), ("SVAR-1019", "rs-kansli")):
        daemon.tell("submit", deadline, f"/people/{person}", reference="Handling till RF")

    # The presidium's list before the council's meeting.
    daemon.until("2026-06-10T09:00")
    rows = {row["reference"]: row for row in daemon.client("assignments", "--body", "RF", "--open")}
    assert list(rows) == ["RS/1019/2025", "RS/113/2026", "RS/139/2026"], rows  # oldest first
    row = rows["RS/139/2026"]
    assert (row["given"], row["given_to"], row["answer_by_original"], row["answer_by"],
            row["provisional"], row["state"]) \
        == ("2026-01-27", "HSN", "2026-06-16", "2026-10-30", True, "open"), row
    assert rows["RS/113/2026"]["state"] == "answered", rows
    text = daemon.client("assignments", "--body", "RF", "--open", text=True)
    assert "RS/139/2026" in text and "Fri 30 Oct (prel.) (was Tue 16 Jun)" in text, text
    daemon.until("2026-06-17T15:00")
    daemon.client("outcome", "SVAR-113", "approved", "--reference", "RF 2026-06-16 § 60")
    daemon.client("outcome", "SVAR-1019", "returned", "--due", "meeting RF 2026-11",
                  "--reference", "RF 2026-06-16 § 59")
    row = daemon.obligation("SVAR-1019")
    assert (row["state"], row["due"], row["provisional"]) == ("open", "2026-11-24", False) or \
        (row["state"], row["due"]) == ("waiting", "2026-11-24"), row

    # The October meeting is set, and everything follows; it moves a week, and everything follows.
    daemon.until("2026-08-20T09:00")
    before = len(sink.mails)
    daemon.client("meeting", "RF", "2026-10-13", "--until", "2026-10-14")
    daemon.settle()
    row = daemon.obligation("SVAR-139")
    assert (row["due"], row["papers"], row["provisional"]) == ("2026-10-13", "2026-09-24", False), row
    assert told(sink.mails[before:], "13", "oktober"), sink.mails[before:]
    daemon.until("2026-09-07T09:00")
    before = len(sink.mails)
    daemon.client("meeting", "RF", "2026-10-20", "--until", "2026-10-21", "--replaces", "2026-10-13")
    daemon.settle()
    row = daemon.obligation("SVAR-139")
    assert (row["due"], row["papers"]) == ("2026-10-20", "2026-10-08"), row
    assert (row["due_original"], row["papers_original"]) == ("2026-06-16", "2026-05-13"), row
    assert told(sink.mails[before:], "20", "oktober"), sink.mails[before:]
    before = len(sink.mails)
    daemon.until("2026-10-08T12:00")
    asked = [mail for mail in sink.mails[before:] if mail.person == "hsn"]
    assert days(asked) == ["09-24", "10-01", "10-06", "10-08"], asked
    for mail in asked:
        assert "15 oktober" in mail.text and "20 oktober" in mail.text, mail.text
    daemon.tell("submit", "SVAR-139", "/people/hsn-kansli", reference="HSN 2026/202")

    # Answered at last. What is left for November is what came back.
    daemon.until("2026-10-15T15:00")
    daemon.client("outcome", "SVAR-139", "approved", "--body", "HSN", "--reference",
                  "HSN 2026-10-15 § 130")
    daemon.until("2026-10-20T15:00")
    daemon.client("outcome", "SVAR-139", "approved", "--reference", "RF 2026-10-20 § 99")
    daemon.until("2026-11-18T09:00")
    (row,) = daemon.client("assignments", "--body", "RF", "--open")
    assert (row["reference"], row["answer_by_original"], row["answer_by"]) \
        == ("RS/1019/2025", "2026-06-16", "2026-11-24"), row
    assert len(daemon.client("assignments", "--body", "RF")) == 3
    assert daemon.client("verify") == []


run(delayed_proposals)
