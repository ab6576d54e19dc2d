#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The page of all that one is to answer, by plain HTTP as a browser without scripts would ask: answers one by
one and together, and that nothing typed is lost whatever has become of the item."""
import re

from harness import run
from owner import Mine, Page, begin, statuses
from web import Web


def several(box, count=12):
    plan = box.plan()
    for i in range(3, count + 1):
        plan.add("measures", f"TN-{i}", title=f"Åtgärd nummer {i}", owner="anna")
    plan.measures["TN-2"]["owner"] = "anna"
    web = begin(box, plan=plan)
    return web, Mine(web, "anna")


def twelve_items_are_answered_one_by_one_and_together(box):
    web, anna = several(box)
    page = anna.get()
    assert page.status == 200 and "12 uppgifter att svara på" in page.text, page.text
    # All are due on the same day, which is said once.
    assert page.text.count("Svara senast onsdag 13 maj 2026") == 1, page.text
    fields = page.forms[0]
    two, three, four = (anna.number(page, f"TN-{i}") for i in (2, 3, 4))
    # One, with something in another: that is not lost.
    answer = anna.send(fields, send=two, **{f"status.{two}": "on-track", f"note.{three}": "halvfärdig"})
    page = Page(answer)
    assert page.status == 200 and "halvfärdig" in page.raw, page.raw
    assert "11 uppgifter att svara på" in page.text and "Nyligen besvarat" in page.text, page.text
    assert statuses(web, "TN-2") and not statuses(web, "TN-3")
    # The same again, as a browser that reloads: nothing more.
    anna.send(fields, send=two, **{f"status.{two}": "on-track", f"note.{three}": "halvfärdig"})
    assert len(statuses(web, "TN-2")) == 1
    # Two together.
    page = anna.get()
    three, four = (anna.number(page, f"TN-{i}") for i in (3, 4))
    receipt = anna.follow(anna.send(page.forms[0], send="all",
                                    **{f"status.{three}": "done", f"status.{four}": "at-risk"}))
    assert "9 uppgifter att svara på" in receipt.text, receipt.text
    assert [statuses(web, f"TN-{i}")[0]["data"]["status"] for i in (3, 4)] == ["done", "at-risk"]
    # From its receipt to its own page, where it is corrected.
    link = re.search(r'data-item="TN-4".*?href="https?://[^/]+(/a/[^"]+)"', receipt.raw, re.S)[1]
    assert "Rätta svaret" in Page(web.get(link)).text


def a_mistake_in_one_keeps_all(box):
    web, anna = several(box, 4)
    page = anna.get()
    numbers = [anna.number(page, f"TN-{i}") for i in (1, 2, 3)]
    fields = {**page.forms[0], f"status.{numbers[0]}": "on-track", f"progress.{numbers[1]}": "40",
              f"status.{numbers[2]}": "done", f"note.{numbers[2]}": "Klart"}
    bad = Page(anna.send(fields, send="all"))
    assert bad.status == 422 and len(bad.faults) == 1, bad.faults
    assert "Samordnad drift" in bad.faults[0] and "Välj ett alternativ under Hur går det?" in bad.faults[0], bad.faults
    assert bad.forms[0] == fields, (bad.forms[0], fields)
    assert not any(statuses(web, f"TN-{i}") for i in (1, 2, 3))
    anna.follow(anna.send(bad.forms[0], send="all", **{f"status.{numbers[1]}": "at-risk"}))
    assert all(statuses(web, f"TN-{i}") for i in (1, 2, 3))


def what_was_written_of_what_is_gone_is_shown(box):
    """Filled in while it was still asked for, and sent when it isn't any more: nothing typed is lost."""
    web, anna = several(box, 4)
    page = anna.get()
    one, three = (anna.number(page, f"TN-{i}") for i in (1, 3))
    typed = {**page.forms[0], f"status.{three}": "done", f"note.{three}": "Inte förgäves.",
             f"forecast.{three}": "0,9 mnkr"}
    del web.plan.measures["TN-3"]
    web.plan.write()
    assert web.daemon.order("reload")["result"] == "ok"
    for send in ("all", three):
        alone = Page(anna.send(typed, send=send))
        assert alone.status == 409, alone.raw
        for words in ("Det här skrev du", "Inte förgäves.", "0,9 mnkr", "inte sparats"):
            assert words in alone.text, (words, alone.text)
        assert "minst ett svar" not in alone.text, alone.text
    # With an answer to something else, which is recorded.
    both = Page(anna.send(typed, send="all", **{f"status.{one}": "on-track"}))
    assert both.status == 200 and "Inte förgäves." in both.text, both.raw
    assert "Nyligen besvarat" in both.text and len(statuses(web, "TN-1")) == 1, both.text
    # Begun in one that somebody else answered meanwhile, while another is sent.
    page = anna.get()
    two, four = (anna.number(page, f"TN-{i}") for i in (2, 4))
    web.daemon.tell("status", "TN-4", source="/people/anna", status="on-track")
    other = Page(anna.send(page.forms[0], send=two, **{f"status.{two}": "done", f"note.{four}": "Påbörjat."}))
    assert other.status == 200 and "Påbörjat." in other.text, other.raw
    assert len(statuses(web, "TN-2")) == len(statuses(web, "TN-4")) == 1


def nothing_filled_in_is_said(box):
    web = begin(box)
    anna, bo = Mine(web, "anna"), Mine(web, "bo")
    page = Page(anna.send(anna.get().forms[0], send="all"))
    assert page.status == 422 and "minst ett svar" in page.faults[0], page.raw
    web.daemon.tell("status", "TN-2", source="/people/bo", status="on-track")
    page = bo.get()
    assert page.status == 200 and "Inget att svara på" in page.text, page.text
    assert "Nyligen besvarat" in page.text and "Samordnad drift" in page.text, page.text


def a_stand_in_has_the_others_items_too(box):
    plan = box.plan()
    plan.people["anna"]["deputy"] = "bo"
    web = begin(box, plan=plan)
    assert "Färre inhyrda" not in Mine(web, "bo").get().text
    web.daemon.tell("absence", "anna", **{"from": "2026-05-12", "until": "2026-05-13"})
    bo = Mine(web, "bo")
    page = bo.get()
    assert "Färre inhyrda" in page.text and "Samordnad drift" in page.text, page.text
    number = bo.number(page, "TN-1")
    bo.follow(bo.send(page.forms[0], send=number, **{f"status.{number}": "on-track"}))
    assert statuses(web, "TN-1")[0]["source"] == "/people/bo"


# ---- what has no field any more -----------------------------------------------------------------

def owed(web):
    """Of TN-1 and so on, the deliverable by its deadline: in which state, and what was said of it."""
    return {(row["deadline"], row["measure"]): (row["state"], row["status"])
            for row in web.daemon.query("list", all=True)}


def text_of_what_is_withdrawn_is_shown(box):
    web = begin(box)
    bo = Mine(web, "bo")
    fields = {**bo.get().forms[0], "status.1": "at-risk", "progress.1": "40 %", "achieved.1": "tre tkr",
              "note.1": "Skriven i onödan", "support.1": "<Hjälp>"}
    del web.plan.measures["TN-2"]
    web.plan.write()
    assert web.daemon.order("reload")["result"] == "ok"
    page = Page(bo.send(fields, send="1"))
    assert page.status == 409 and "Det här skrev du" in page.text, page.text
    for words in ("TN-2", "risk för avvikelse", "40 %", "tre tkr", "Skriven i onödan", "<Hjälp>"):
        assert words in page.text, (words, page.text)
    assert "Inget har skickats än" not in page.text and "minst ett" not in page.text, page.text
    # Nothing was typed: nothing is shown.
    page = Page(bo.send(bo.get().forms[0] if bo.get().forms else {}, send="all"))
    assert "Det här skrev du" not in page.text, page.text


def text_of_what_is_somebody_elses_is_shown_beside_what_is_sent(box):
    web, anna = several(box, 3)
    page = anna.get()
    one, two = (anna.number(page, f"TN-{i}") for i in (1, 2))
    fields = {**page.forms[0], f"status.{one}": "on-track", f"note.{one}": "Mitt",
              f"status.{two}": "done", f"note.{two}": "Inte mitt längre"}
    web.daemon.tell("assign", "TN-2", owner="bo")
    page = Page(anna.send(fields, send="all"))
    assert page.status == 200 and "Nyligen besvarat" in page.text, page.text
    assert "Inte mitt längre" in page.text and "genomförd" in page.text, page.text
    assert [each["data"]["note"] for each in statuses(web, "TN-1")] == ["Mitt"]
    assert not statuses(web, "TN-2")
    # What is recorded is not told to be unsaved, also when it is sent again.
    assert page.text.split("Det här skrev du")[1].count("Mitt ") == 1, page.text
    again = Page(anna.send(fields, send="all"))
    assert "Inte mitt längre" in again.text and len(statuses(web, "TN-1")) == 1, again.text


def an_ended_link_shows_what_was_typed(box):
    web = begin(box)
    bo = Mine(web, "bo")
    fields = {**bo.get().forms[0], "status.1": "at-risk", "note.1": "För sent"}
    web.daemon.until("2026-06-30T12:00")
    page = Page(bo.send(fields, send="1"))
    assert page.status == 410 and "gått ut" in page.text and "För sent" in page.text, page.text


def one_report_that_answers_two_loses_nothing(box):
    plan = box.plan()
    plan.add("deadlines", "KS-2", title="Andra uppföljningen", due="2026-05-20", answers_from=["TN-1"],
             responsible="ola", inform=["reg"], ladder="standard")
    web = begin(box, plan=plan)
    anna = Mine(web, "anna")
    fields = anna.get().forms[0]
    assert "item.2" in fields, fields
    # Sent together with different words: which of them is meant?
    both = {**fields, "status.1": "on-track", "note.1": "ett", "status.2": "off-track", "note.2": "två"}
    page = Page(anna.send(both, send="all"))
    assert page.status == 422 and len(page.faults) == 2, (page.status, page.faults)
    assert all("olika svar" in fault for fault in page.faults), page.faults
    assert page.forms[0] == both and not statuses(web, "TN-1")
    # One of them, with something in the other.
    page = Page(anna.send({**fields, "status.1": "on-track", "note.1": "ett", "note.2": "Halvskriven"},
                          send="1"))
    assert page.status == 200 and "Halvskriven" in page.text, page.text
    assert owed(web)["KS-2", "TN-1"] == ("answered", "on-track"), owed(web)


def two_forms_of_one_measure_are_one_report(box):
    plan = box.plan()
    plan.add("deadlines", "KS-2", title="Andra uppföljningen", due="2026-05-20", answers_from=["TN-1"],
             responsible="ola", inform=["reg"], ladder="standard", require=["progress"])
    web = begin(box, plan=plan)
    anna = Mine(web, "anna")
    page = anna.follow(anna.send(anna.get().forms[0], send="all", **{
        "status.1": "on-track", "note.1": "ett", "status.2": "on-track", "progress.2": "40"}))
    assert "Inget att svara på" in page.text, page.text
    assert [each["data"] for each in statuses(web, "TN-1")] == [
        {"status": "on-track", "note": "ett", "progress": 40}], statuses(web, "TN-1")


def reporter_and_responsible(box):
    """Ola owes TN-2 and the deliverable that it is part of."""
    plan = box.plan()
    plan.measures["TN-2"]["owner"] = "ola"
    web = begin(box, plan=plan)
    ola = Mine(web, "ola")
    page = ola.get()
    return web, ola, page.forms[0], ola.number(page, "TN-2"), ola.number(page, "KS-1")


def reports_are_sent_before_the_deliverable(box):
    web, ola, fields, report, deliverable = reporter_and_responsible(box)
    page = ola.follow(ola.send(fields, send="all", **{
        f"status.{report}": "on-track", f"note.{report}": "Min rapport",
        f"reference.{deliverable}": "KS § 5"}))
    states = owed(web)
    assert states["KS-1", "TN-2"] == ("answered", "on-track"), states
    assert states["KS-1", None][0] == "answered", states
    assert "Min rapport" in page.text and "KS § 5" in page.text, page.text
    assert page.raw.count('data-part="receipt"') == 2, page.text


def a_deliverable_alone_shows_what_was_written_of_the_rest(box):
    web, ola, fields, report, deliverable = reporter_and_responsible(box)
    page = Page(ola.send(fields, send=deliverable, **{
        f"note.{report}": "Halvskriven", f"reference.{deliverable}": "KS § 5"}))
    assert page.status == 200 and "Halvskriven" in page.text and "KS § 5" in page.text, page.text
    assert owed(web)["KS-1", None][0] == "answered"


# ---- many, and much ------------------------------------------------------------------------------

def what_does_not_fit_is_counted_and_comes_next(box):
    web, anna = several(box, 128)
    page = anna.get()
    assert "100 av 128 uppgifter att svara på" in page.text, page.text[:400]
    assert page.raw.count('data-part="item"') == 100 and "28" in page.text
    chosen = {f"status.{n}": "on-track" for n in range(1, 101)}
    page = anna.follow(anna.send(page.forms[0], send="all", **chosen))
    assert "28 uppgifter att svara på" in page.text and page.raw.count('data-part="item"') == 28, page.text[:400]
    assert page.raw.count('data-part="receipt"') == 100
    page = anna.follow(anna.send(page.forms[0], send="all",
                                 **{f"status.{n}": "on-track" for n in range(1, 29)}))
    assert "Inget att svara på" in page.text, page.text[:400]
    assert page.raw.count('data-part="receipt"') == 100 and "28 till" in page.text, page.text[-400:]
    assert not [row for row in web.daemon.query("list") if row["owner"] == "anna"]


def too_much_at_once_is_said_before_and_after(box):
    web, anna = several(box)
    page = anna.get()
    assert "några uppgifter i taget" in page.text, page.text[:600]
    refused = anna.send(page.forms[0], send="all", **{
        f"note.{n}": "åäö blev fel ändå. " * 211 for n in range(1, 13)})
    assert refused.status == 413 and "i taget" in refused.text, refused.text
    assert "i taget" not in Mine(web, "ola").get().text


run(twelve_items_are_answered_one_by_one_and_together, a_mistake_in_one_keeps_all,
    what_was_written_of_what_is_gone_is_shown, nothing_filled_in_is_said,
    a_stand_in_has_the_others_items_too, text_of_what_is_withdrawn_is_shown,
    text_of_what_is_somebody_elses_is_shown_beside_what_is_sent, an_ended_link_shows_what_was_typed,
    one_report_that_answers_two_loses_nothing, two_forms_of_one_measure_are_one_report,
    reports_are_sent_before_the_deliverable, a_deliverable_alone_shows_what_was_written_of_the_rest,
    what_does_not_fit_is_counted_and_comes_next, too_much_at_once_is_said_before_and_after)
