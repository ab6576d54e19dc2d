#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A matter that passes the committee on its way to the board: what an extension of it is, what a cancelled meeting
does to it, and what those concerned are told when it is handed over, returned or goes on too late."""
from harness import run


def chain(box, start, hsn="2026-06-02", **more):
    plan = box.plan()
    plan.bodies["RS"] = {"name": "Regionstyrelsen", "papers": "-7wd"}
    plan.bodies["HSN"] = {"name": "Hälso- och sjukvårdsnämnden", "papers": "-5wd"}
    for body, day in (("HSN", hsn), ("HSN", "2026-09-03"), ("RS", "2026-06-16"), ("RS", "2026-09-22")):
        if day:
            plan.add("meetings", f"{body} {day}", body=body, **{"from": day})
    plan.add("deadlines", "K-1", title="Återredovisning", decision="RS § 58", due="meeting RS 2026-06",
             via=["meeting HSN 2026-06"], answers_from=["TN-1"], responsible="ola", inform=["reg"],
             ladder="standard", **more)
    sink = box.smtp(plan)
    return box.daemon(plan, start), sink


def stands(daemon):
    row = daemon.obligation("K-1")
    return row["due"], row["papers"], row["provisional"]


def the_meeting_that_stands_is_no_extension(box):
    daemon, _ = chain(box, "2026-05-19T10:00")
    assert stands(daemon) == ("2026-06-16", "2026-05-26", False)
    refused = daemon.client("extend", "K-1", "--due", "meeting RS 2026-06", "--reference", "§ 1", code=65,
                            text=True)
    assert "is not after 2026-05-26, the date that stands" in refused, refused
    assert stands(daemon) == ("2026-06-16", "2026-05-26", False)


def a_cancelled_meeting_brings_no_earlier_day(box):
    daemon, sink = chain(box, "2026-05-19T10:00")
    daemon.client("extend", "K-1", "--due", "meeting RS 2026-09", "--reference", "§ 1")
    assert stands(daemon) == ("2026-09-22", "2026-08-27", False)
    daemon.settle()
    before = len(sink.mails)
    daemon.client("meeting", "HSN", "2026-09-03", "--cancelled")
    due, papers, _ = stands(daemon)
    assert due == "2026-09-22" and papers > "2026-08-27", "nobody is asked sooner since a meeting is off"
    daemon.until("2026-05-21T10:00")
    assert not [mail for mail in sink.mails[before:] if "26 maj" in mail.subject], sink.mails[before:]
    daemon.client("meeting", "HSN", "2026-09-10")
    assert stands(daemon) == ("2026-09-22", "2026-09-03", False)
    assert daemon.client("verify") == []


def an_unknown_link_makes_it_provisional(box):
    """HSN's June meeting has to come before RS's on the 16th: whenever it is set, papers are due sooner."""
    daemon, _ = chain(box, "2026-05-04T10:00", hsn=None)
    assert stands(daemon) == ("2026-06-16", "2026-06-05", True)
    daemon.client("meeting", "HSN", "2026-06-03")
    assert stands(daemon) == ("2026-06-16", "2026-05-27", False)
    assert daemon.client("verify") == []


def each_body_is_said_to_have_done_what_it_did(box):
    daemon, sink = chain(box, "2026-05-20T10:00")
    daemon.client("--as", "ola", "submit", "K-1", "--reference", "HSN 1")
    daemon.until("2026-05-21T10:00")
    handed_over = [mail for mail in sink.to("reg") if "har lämnats in" in mail.text][-1]
    assert "När ärendet går vidare" in handed_over.text, handed_over.text
    assert "Inga fler påminnelser" not in handed_over.text, handed_over.text

    daemon.until("2026-06-02T15:00")
    before = len(sink.mails)
    daemon.client("outcome", "K-1", "returned", "--body", "HSN", "--reference", "HSN § 5", "--due",
                  "2026-06-03")
    daemon.until("2026-06-03T10:00")
    for mail in sink.mails[before:]:
        text = " ".join(mail.text.split())
        assert text.count("återremitterat: HSN § 5") <= 1, "RS has not met, and has returned nothing"
    assert "återremitterat: HSN § 5" in " ".join(sink.to("ola")[-1].text.split()) \
        or "HSN § 5" in sink.to("ola")[-1].text


def what_goes_on_too_late_says_how_to_answer(box):
    daemon, sink = chain(box, "2026-05-20T10:00")
    daemon.client("meeting", "HSN", "2026-06-10", "--replaces", "2026-06-02")
    daemon.client("--as", "ola", "submit", "K-1", "--reference", "HSN 1")
    daemon.until("2026-06-11T09:00")
    daemon.client("outcome", "K-1", "noted", "--body", "HSN", "--reference", "HSN § 1")
    daemon.until("2026-06-11T12:00")
    (mail,) = [mail for mail in sink.to("ola") if "går vidare" in mail.subject]
    assert "skulle redan ha lämnats" in mail.text and "submit K-1" in mail.text, mail.text
    assert not [mail for mail in sink.to("reg") if "submit K-1" in mail.text]
    daemon.client("--as", "ola", "submit", "K-1", "--reference", "RS 1")
    daemon.settle()
    last = [mail for mail in sink.to("reg") if "har lämnats in" in mail.text][-1]
    assert "Inga fler påminnelser" in last.text, "RS is the last"
    assert daemon.client("verify") == []


def an_answer_with_a_meeting_of_its_own_names_that_one(box):
    """The deadline goes to the board in June by way of the committee; one answer goes to the board in September."""
    daemon, sink = chain(box, "2026-05-20T10:00")
    daemon.client("extend", "K-1", "--measure", "TN-1", "--due", "meeting RS 2026-09", "--reference", "§ 1")
    daemon.until("2026-09-12T10:00")
    mails = [mail for mail in sink.mails if "11 sep" in mail.subject.lower()]
    assert mails
    for mail in mails:
        text = " ".join(mail.text.split())
        assert "Regionstyrelsen, tisdag 22 september 2026" in text, mail.text
        assert "Hälso- och sjukvårdsnämnden" not in text, mail.text
    row = daemon.obligation("K-1", "TN-1")
    assert (row["due"], row["extended_to"]) == ("2026-09-22", "meeting RS 2026-09") and "via" not in row, row


def support_gets_the_command_that_records_what_is_missing(box):
    daemon, sink = chain(box, "2026-05-20T10:00")
    daemon.client("--as", "ola", "submit", "K-1", "--reference", "HSN 1")
    daemon.until("2026-06-03T12:00")
    (mail,) = [mail for mail in sink.mails if "Beslut saknas" in mail.subject]
    assert "paminn outcome K-1 noted --body HSN --reference BETECKNING" in mail.text, mail.text
    daemon.client("outcome", "K-1", "noted", "--body", "HSN", "--reference", "HSN § 1")
    for row in (daemon.client("report", "K-1", "--format", "json"), daemon.client("show", "K-1")):
        row = row[0] if isinstance(row, list) else row
        assert [(each["reference"], each.get("body")) for each in row["history"]] \
            == [("HSN 1", None), ("HSN § 1", "HSN")], row
    lines = daemon.client("show", "K-1", text=True).split("\nhistory\n")[1].splitlines()
    assert "body" in lines[0] and "HSN" in lines[2].split(), lines


run(the_meeting_that_stands_is_no_extension, a_cancelled_meeting_brings_no_earlier_day,
    an_unknown_link_makes_it_provisional, each_body_is_said_to_have_done_what_it_did,
    what_goes_on_too_late_says_how_to_answer, an_answer_with_a_meeting_of_its_own_names_that_one,
    support_gets_the_command_that_records_what_is_missing)
