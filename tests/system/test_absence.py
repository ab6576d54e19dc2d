#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""paminn-rules(7), Who gets it, absent recipients, with the real daemon and client: the deputy gets it;
without one it waits for the day of return, and the manager is told once."""
from harness import run

# Papers on Fri 15 May: the ladder's days are 29 April, 7, 12, 15, 18 May.


def days(mails):
    return [f"{mail.when:%m-%d %H:%M}" for mail in mails]


def to_the_deputy_of_the_event(box):
    plan = box.plan()
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-05-04T12:00")
    answer = daemon.client("absence", "anna", "2026-05-07", "2026-05-12", "--deputy", "bo")
    assert answer["result"] == "accepted", answer
    daemon.until("2026-05-16T12:00")
    assert days(sink.to("anna"))[-1:] == ["05-15 08:00"], sink.mails
    mail = [each for each in sink.to("bo") if f"{each.when:%m-%d}" == "05-07"]
    assert len(mail) == 1 and "TN-1" in mail[0].text and "TN-2" in mail[0].text, mail
    assert "som ersättare för Anna Ek, som är frånvarande till och med tisdag 12 maj" in " ".join(mail[0].text.split()), mail[0].text
    why = {(row["step"], row["person"]): row for row in daemon.query("why", item="TN-1")}
    assert why["-5wd", "anna"]["decision"] == "suppressed", why
    assert "it goes to bo" in why["-5wd", "anna"]["reason"], why
    assert why["-5wd", "bo"]["decision"] == "sent", why
    assert daemon.obligation("KS-1", "TN-1")["asked"] == 4


def held_and_the_manager_told_once(box):
    plan = box.plan()
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-05-04T12:00")
    daemon.tell("absence", "anna", **{"from": "2026-05-07", "until": "2026-05-13"})
    planned = [row for row in daemon.query("forecast", **{"from": "2026-05-05",
                                                          "until": "2026-05-15"})]
    daemon.until("2026-05-15T16:00")
    assert days(sink.to("anna"))[-1:] == ["05-15 08:00"] and len(sink.to("anna")) == 2, sink.mails
    told = sink.to("mona")
    assert days(told) == ["05-07 08:00"], told
    text = " ".join(told[0].text.split())
    assert "anna" in text and "13 maj 2026" in text and "TN-1" in text, text
    sent = sorted((row["planned"][:16], row["to"], row["kind"]) for row in daemon.query("outbox")
                  if row["planned"] > "2026-05-05")
    assert sent == sorted((row["when"][:16], row["to"], row["kind"]) for row in planned), sent


def refused(box):
    plan = box.plan()
    box.smtp(plan)
    daemon = box.daemon(plan, "2026-05-04T12:00")
    for more, words in ((("--deputy", "anna"), "somebody else"), (("--deputy", "nemo"), "nemo")):
        text = daemon.client("absence", "anna", "2026-05-07", "2026-05-12", *more, code=65,
                             text=True)
        assert words in text, text
    text = daemon.client("absence", "anna", "2026-05-12", "2026-05-07", code=65, text=True)
    assert "before from" in text, text


def cancelled_what_was_held_goes_back(box):
    """What an absence held goes to the person, by whoever may say so; the store follows from its log."""
    plan = box.plan()
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-05-04T12:00")
    daemon.tell("absence", "anna", **{"from": "2026-05-07", "until": "2026-05-29"})
    daemon.tell("absence", "bo", **{"from": "2026-06-01", "until": "2026-06-05"})
    daemon.until("2026-05-12T12:00")
    (away, later) = daemon.client("absences")
    assert (away["person"], away["state"], away["held_until"]) == ("anna", "now", "2026-06-01"), away
    text = daemon.client("absence", "anna", "2026-05-07", "2026-05-28", "--cancel", code=65,
                         text=True)
    assert "anna is not away 2026-05-07 to 2026-05-28; but 2026-05-07 to 2026-05-29" in text, text
    before = len(sink.to("anna"))
    daemon.client("absence", "anna", "2026-05-07", "2026-05-29", "--cancel")
    daemon.client("absence", "bo", "2026-06-01", "2026-06-05", "--cancel")
    daemon.until("2026-05-13T12:00")
    assert len(sink.to("anna")) == before + 1, sink.mails
    (row,) = daemon.client("absences", "--all")
    assert (row["until"], row["state"]) == ("2026-05-11", "over"), row
    assert daemon.client("verify") == []
    assert "Nobody is away" in daemon.client("absences", text=True)


run(to_the_deputy_of_the_event, cancelled_what_was_held_goes_back, held_and_the_manager_told_once, refused)
