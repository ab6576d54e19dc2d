#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Answering by page when things have changed meanwhile: who is away and who stands in, who owns it now, what
was said by others, and forms that are sent again."""
import re

from harness import event, run
from owner import Owner, Page, begin, statuses


def linked(web, person, item="TN-1"):
    """Somebody whom no mail reached, with the link that a steward made."""
    one = Owner.__new__(Owner)
    printed = web.daemon.client("link", "a", person, item, text=True)
    one.web, one.person, one.path = web, person, re.search(r"/a/[A-Za-z0-9_-]+", printed)[0]
    return one


def plan_with(box, **people):
    plan = box.plan()
    for person, more in people.items():
        plan.people[person].update(more)
    return plan


# ---- away ---------------------------------------------------------------------------------------

def an_absence_by_page_keeps_the_deputy_whom_a_steward_named(box):
    web = begin(box, at="2026-05-11T09:00", start="2026-05-07T07:00")
    web.daemon.tell("absence", "anna", source="/people/stina",
                    **{"from": "2026-05-11", "until": "2026-05-20", "deputy": "mona"})
    anna = linked(web, "anna")
    receipt = anna.follow(anna.send(anna.get().form("away"), **{"until.1": "2026-05-18"}))
    assert "Mona" in receipt.text, receipt.text
    assert statuses(web, "anna", "paminn.absence")[-1]["data"] == {
        "from": "2026-05-11", "until": "2026-05-18", "deputy": "mona"}
    web.daemon.until("2026-05-12T09:00")
    assert any("inhyrda" in mail.text for mail in web.sink.to("mona")), web.sink.mails


def an_absence_by_page_keeps_the_deputy_of_one_that_is_ahead(box):
    web = begin(box)
    web.daemon.tell("absence", "anna", source="/people/stina",
                    **{"from": "2026-05-15", "until": "2026-05-20", "deputy": "mona"})
    anna = Owner(web, "anna")
    anna.follow(anna.send(anna.get().form("away"), **{"until.1": "2026-05-14"}))
    anna.follow(anna.send(anna.get().form("away"), **{"until.1": "2026-05-18"}))
    assert [each["data"].get("deputy") for each in statuses(web, "anna", "paminn.absence")] == [
        "mona", None, "mona"], statuses(web, "anna", "paminn.absence")


def a_deputy_who_is_away_too_is_said_to_be(box):
    plan = plan_with(box, anna={"deputy": "bo"})
    web = begin(box, plan=plan)
    web.daemon.tell("absence", "bo", **{"from": "2026-05-12", "until": "2026-05-20"})
    anna = Owner(web, "anna")
    page = anna.get()
    assert "Bo Alm" in page.text and "också borta" in page.text, page.text
    assert "Du har ingen ersättare" not in page.text, page.text
    receipt = anna.follow(anna.send(page.form("away"), **{"until.1": "2026-05-14"}))
    assert "Bo Alm" in receipt.text and "också borta" in receipt.text, receipt.text


# ---- whose it is --------------------------------------------------------------------------------

def what_was_answered_is_corrected_by_who_owns_it_now(box):
    web = begin(box)
    anna = Owner(web, "anna")
    fields = anna.get().form()
    anna.follow(anna.send(fields, **{"status.1": "on-track"}))
    web.daemon.tell("assign", "TN-1", owner="bo")
    page = anna.get()
    assert page.status == 200 and not page.forms, page.raw
    assert "Bo Alm ansvarar" in page.text and "Du kan rätta" not in page.text, page.text
    refused = Page(anna.send(fields, **{"status.1": "off-track", "note.1": "Min text"}))
    assert refused.status == 409 and "Min text" in refused.text and not refused.forms, refused.raw
    assert len(statuses(web, "TN-1")) == 1


def a_deputy_who_does_not_stand_in_has_no_not_mine(box):
    plan = plan_with(box, anna={"deputy": "bo"})
    web = begin(box, plan=plan)
    bo = linked(web, "bo")
    page = bo.get()
    assert [form["action"] for form in page.forms] == ["answer", "away"], page.forms
    mails = len(web.sink.to("stina"))
    refused = Page(bo.send(page.form(), action="not-mine", **{"reason.1": "Fråga Anna"}))
    assert refused.status == 409 and "Fråga Anna" in refused.text, refused.raw
    assert "kvar hos dig" not in refused.text, refused.text
    assert not statuses(web, "TN-1", "paminn.note")
    web.daemon.until("2026-05-12T12:00")
    assert len(web.sink.to("stina")) == mails
    # Who stands in was asked.
    web.daemon.tell("absence", "anna", **{"from": "2026-05-12", "until": "2026-05-13"})
    bo.follow(bo.send(bo.get().form("not-mine"), **{"reason.1": "Fråga Anna"}))
    assert len(statuses(web, "TN-1", "paminn.note")) == 1


def a_deputy_who_does_not_stand_in_hands_in_no_deliverable(box):
    plan = plan_with(box, ola={"deputy": "bo"})
    web = begin(box, plan=plan)
    ola = Owner(web, "ola")
    web.daemon.tell("absence", "ola", **{"from": "2026-05-12", "until": "2026-05-12"})
    bo = linked(web, "bo", "KS-1")
    assert bo.get().form(), "who stands in may"
    web.daemon.until("2026-05-13T12:00")
    page = bo.get()
    assert page.status == 410 and not page.forms, page.raw
    assert ola.get().form()


# ---- said by others -----------------------------------------------------------------------------

def an_answer_that_is_history_at_once_says_what_stands(box):
    web = begin(box)
    anna = Owner(web, "anna")
    fields = anna.get().form()
    web.daemon.tell("status", "TN-1", status="at-risk", time="2026-05-12T09:04:59+02:00")
    anna.send(fields, **{"status.1": "done"})
    page = anna.get()
    assert web.daemon.obligation("KS-1", "TN-1")["status"] == "at-risk"
    assert "12 maj 2026 kl. 09.04" in page.text and "risk för avvikelse" in page.text, page.text
    assert "rättade versionen" not in page.text, page.text


# ---- sent again ---------------------------------------------------------------------------------

def not_mine_is_told_once(box):
    web = begin(box)
    anna = Owner(web, "anna")
    for reason in ("", "", "Fråga Mona", "Fråga Mona"):
        anna.follow(anna.send(anna.get().form("not-mine"), **{"reason.1": reason}))
    notes = [each["data"]["note"] for each in statuses(web, "TN-1", "paminn.note")]
    assert notes == ["Inte min uppgift.", "Fråga Mona"], notes
    # Given away and given back, it is another matter.
    web.daemon.tell("assign", "TN-1", owner="bo")
    web.daemon.until("2026-05-12T10:00")
    web.daemon.tell("assign", "TN-1", owner="anna")
    anna.follow(anna.send(anna.get().form("not-mine"), **{"reason.1": ""}))
    assert len(statuses(web, "TN-1", "paminn.note")) == 3


def a_form_sent_again_after_its_day_is_the_same_event(box):
    web = begin(box)
    anna = Owner(web, "anna")
    away = {**anna.get().form("away"), "until.1": "2026-05-12"}
    seen = {**anna.get().form("seen"), "answer_by.1": "2026-05-12"}
    first = [anna.send(form) for form in (away, seen)]
    web.daemon.until("2026-05-13T09:00")
    again = [anna.send(form) for form in (away, seen)]
    assert [each.status for each in first + again] == [303] * 4, [each.raw for each in again]
    assert [each.headers["location"] for each in first] == [each.headers["location"] for each in again]
    assert len(statuses(web, "anna", "paminn.absence")) == 1
    assert "tisdag 12 maj 2026" in anna.follow(again[0]).text


def what_is_late_by_the_hour_is_not_promised(box):
    plan = box.plan()
    plan.deadlines["KS-1"]["due"] = "2026-05-13T12:00"
    web = begin(box, plan=plan)
    anna = Owner(web, "anna")
    fields = {**anna.get().form("seen"), "answer_by.1": "2026-05-13"}
    web.daemon.until("2026-05-13T13:00")
    page = anna.get()
    assert "skulle ha lämnats" in page.text, page.text
    assert "seen" not in [form["action"] for form in page.forms], page.forms
    refused = anna.send(fields)
    assert refused.status == 422, refused.raw
    told = web.daemon.ask(event("seen", "TN-1", {"answer_by": "2026-05-13"}, "/people/anna"))
    assert told["result"] == "rejected", told
    assert not statuses(web, "TN-1", "paminn.seen")


run(an_absence_by_page_keeps_the_deputy_whom_a_steward_named,
    an_absence_by_page_keeps_the_deputy_of_one_that_is_ahead, a_deputy_who_is_away_too_is_said_to_be,
    what_was_answered_is_corrected_by_who_owns_it_now, a_deputy_who_does_not_stand_in_has_no_not_mine,
    a_deputy_who_does_not_stand_in_hands_in_no_deliverable,
    an_answer_that_is_history_at_once_says_what_stands, not_mine_is_told_once,
    a_form_sent_again_after_its_day_is_the_same_event, what_is_late_by_the_hour_is_not_promised)
