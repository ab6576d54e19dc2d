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
        for words in ("behöver inte längre besvaras", "Inte förgäves.", "0,9 mnkr", "inte sparats"):
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


run(twelve_items_are_answered_one_by_one_and_together, a_mistake_in_one_keeps_all,
    what_was_written_of_what_is_gone_is_shown, nothing_filled_in_is_said,
    a_stand_in_has_the_others_items_too)
