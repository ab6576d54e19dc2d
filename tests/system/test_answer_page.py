#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The pages on which owners answer, by plain HTTP as a browser without scripts would ask: the form, what is
wrong with it, the receipt and its correction, and what is said instead of an answer.

Row 24: the same form twice is one event (the_same_form_twice_...), and links end (ended_links_...). Seen to fail when
the date of a link is not compared.
"""
import re
import signal
import time
import urllib.parse

from harness import Feed, run, wait_for
from owner import Owner, Page, begin, statuses
from web import Answer, Web, read_all


def a_report_is_recorded_by_one_post(box):
    web = begin(box)
    feed = box.keep(Feed(web.plan.feed))
    anna = Owner(web, "anna")
    page = anna.get()
    assert page.status == 200, page.raw
    for words in ("Färre inhyrda", "TN-1", "KS 2026-04-15 § 12", "Kommunstyrelsen", "1 000 000 kr",
                  "fredag 15 maj 2026 (klämdag)"):
        assert words in page.text.replace("\u00a0", " "), (words, page.text)
    fields = page.form()
    wait_for(lambda: feed.events or web.daemon.tell("note", "TN-2", note="hör") and None, "the feed")
    answer = anna.send(fields, **{"status.1": "at-risk", "progress.1": "40 %",
                                  "achieved.1": "−250 tkr", "forecast.1": "0,9 mnkr",
                                  "note.1": "Två kvar.\r\nKlart i juni.", "support.1": "Rekrytering"})
    receipt = anna.follow(answer)
    text = receipt.text.replace("\u00a0", " ")
    for words in ("Tack, svaret är registrerat", "risk för avvikelse", "40 procent", "−250 000 kr",
                  "900 000 kr", "Två kvar.", "Rekrytering", "tisdag 12 maj 2026 kl. 09.00",
                  "Inga fler påminnelser", "onsdag 13 maj 2026 kl. 09.00"):
        assert words in text, (words, text)
    row = web.daemon.obligation("KS-1", "TN-1")
    assert row["state"] == "answered", row
    shown = web.daemon.query("show", item="TN-1")[0]
    assert "/people/anna" in str(shown), shown
    (event,) = wait_for(lambda: feed.of("status"), "the event in the feed")
    assert event["source"] == "/people/anna" and event["data"] == {
        "status": "at-risk", "progress": 40, "effect_achieved": -250000, "effect_forecast": 900000,
        "note": "Två kvar.\nKlart i juni.", "needs_support": "Rekrytering"}, event
    assert anna.get().text == receipt.text


def the_same_form_twice_is_one_event(box):
    web = begin(box)
    anna = Owner(web, "anna")
    fields = {**anna.get().form(), "status.1": "on-track"}
    first, second = anna.send(fields), anna.send(fields)
    assert first.status == second.status == 303, (first.raw, second.raw)
    assert first.headers["location"] == second.headers["location"]
    assert len(statuses(web, "TN-1")) == 1


def changed_and_sent_again_is_a_correction(box):
    web = begin(box)
    anna = Owner(web, "anna")
    fields = {**anna.get().form(), "status.1": "on-track", "note.1": "Fel"}
    anna.follow(anna.send(fields))
    receipt = anna.follow(anna.send(fields, **{"note.1": "Rätt"}))
    assert "Rätt" in receipt.text and "rättade versionen" in receipt.text, receipt.text
    assert [each["data"]["note"] for each in statuses(web, "TN-1")] == ["Fel", "Rätt"]


def an_answer_is_corrected_for_a_day(box):
    web = begin(box)
    anna = Owner(web, "anna")
    anna.send(anna.get().form(), **{"status.1": "on-track", "progress.1": "40", "forecast.1": "900000",
                                    "note.1": "En rad\r\noch en till"})
    web.daemon.until("2026-05-13T08:59")
    fields = anna.get().form()
    assert fields["status.1"] == "on-track" and fields["progress.1"] == "40", fields
    assert fields["forecast.1"].replace("\u00a0", " ") == "900 000 kr", fields
    assert fields["note.1"] == "En rad\noch en till", fields
    receipt = anna.follow(anna.send(fields, **{"progress.1": "45"}))
    assert "45 procent" in receipt.text and "onsdag 13 maj 2026 kl. 09.00" in receipt.text
    late = receipt.form()
    web.daemon.until("2026-05-13T09:01")
    page = anna.get()
    assert not page.forms and "inte längre rättas här" in page.text, page.raw
    assert "stod@kommunen.internal" in page.text, page.text
    refused = Page(anna.send(late, **{"note.1": "För sent"}))
    assert refused.status == 409 and "För sent" in refused.text, refused.raw
    assert len(statuses(web, "TN-1")) == 2


def a_mistake_keeps_all_that_was_typed(box):
    plan = box.plan()
    plan.deadlines["KS-1"]["require"] = ["progress", "effect_forecast", "note"]
    web = begin(box, plan=plan)
    anna = Owner(web, "anna")
    page = anna.get()
    assert page.raw.count("(obligatoriskt)") == 4, page.raw
    fields = {**page.form(), "progress.1": "hälften", "forecast.1": "0,9", "support.1": "<b>Hjälp</b> & råd"}
    bad = Page(anna.send(fields))
    assert bad.status == 422, bad.raw
    assert len(bad.faults) == 4, bad.faults
    for words, fault in zip(("Välj ett alternativ under Hur går det?", "heltal från 0 till 100", "3,5 mnkr", "Skriv en kommentar"),
                            bad.faults):
        assert words in fault, (words, fault)
    for anchor in re.findall(r'href="#([^"]+)"', bad.raw):
        assert anchor in bad.ids, anchor
    assert bad.raw.count('aria-invalid="true"') == 3, bad.raw
    assert bad.form() == fields, (bad.form(), fields)
    assert web.daemon.obligation("KS-1", "TN-1")["state"] == "open"
    anna.follow(anna.send(bad.form(), **{"status.1": "done", "progress.1": "50", "forecast.1": "0,9 mnkr",
                                         "note.1": "x" * 4000}))
    assert web.daemon.obligation("KS-1", "TN-1")["state"] == "answered"
    long = Page(anna.send(bad.form(), **{"status.1": "done", "progress.1": "50", "forecast.1": "1",
                                         "note.1": "å" * 4001}))
    assert long.status == 422 and "4001 tecken" in long.text, long.text
    assert long.form()["note.1"] == "å" * 4001


def a_deliverable_is_handed_in_with_its_reference(box):
    web = begin(box)
    ola = Owner(web, "ola")
    page = ola.get()
    assert "status.1" not in page.form() and "Återredovisning av åtgärdsplan" in page.text
    bad = Page(ola.send(page.form()))
    assert bad.status == 422 and "diarienummer" in bad.faults[0], bad.raw
    receipt = ola.follow(ola.send(bad.form(), **{"reference.1": " TN 2026-05-11 § 41 "}))
    assert "TN 2026-05-11 § 41" in receipt.text and "avslutad" in receipt.text, receipt.text
    assert web.daemon.obligation("KS-1")["state"] == "answered"
    # Those who had not answered need not any more.
    ended = Owner(web, "anna").get()
    assert ended.status == 410 and "redan lämnats in" in ended.text, ended.text


def what_the_body_has_closed_is_asked_of_nobody(box):
    web = begin(box)
    anna = Owner(web, "anna")
    page = anna.get()
    web.daemon.client("close", "TN-1", "struck", "--reference", "KS § 9")
    for ended in (anna.get(), Page(anna.send(page.form(), **{"status.1": "done"}))):
        assert ended.status == 410 and "avslutats genom beslut" in ended.text, ended.text


def seen_away_and_not_mine(box):
    web = begin(box)
    anna = Owner(web, "anna")
    page = anna.get()
    late = Page(anna.send(page.form("seen"), **{"answer_by.1": "20 maj"}))
    assert late.status == 422 and "fredag 15 maj 2026" in late.faults[0], late.faults
    assert late.form("seen")["answer_by.1"] == "20 maj"
    seen = anna.follow(anna.send(page.form("seen"), **{"answer_by.1": "2026-05-14"}))
    assert "torsdag 14 maj 2026" in seen.text, seen.text
    assert web.daemon.obligation("KS-1", "TN-1")["seen_until"] == "2026-05-14"
    # It is after the day on which the answer is asked for, so it is said which day counts.
    assert "Sista dag är fredag 15 maj 2026." in seen.text, seen.text
    assert ("Du har meddelat att svaret kommer senast torsdag 14 maj 2026. Sista dag är fredag 15 maj 2026."
            in anna.get().text), anna.get().text

    gone = anna.follow(anna.send(page.form("away"), **{"until.1": "13/5"}))
    assert "onsdag 13 maj 2026" in gone.text and "chef" in gone.text, gone.text
    (away,) = statuses(web, "anna", "paminn.absence")
    assert away["data"] == {"from": "2026-05-12", "until": "2026-05-13"}, away

    mine = anna.follow(anna.send(page.form("not-mine"), **{"reason.1": "Det är Bos."}))
    assert "Det är Bos." in mine.text, mine.text
    (note,) = statuses(web, "TN-1", "paminn.note")
    assert note["data"] == {"note": "Det är Bos.", "not_mine": True} and note["source"] == "/people/anna"
    assert web.daemon.obligation("KS-1", "TN-1")["owner"] == "anna"
    # Nothing of this stands in the way of an answer.
    anna.follow(anna.send(page.form(), **{"status.1": "on-track"}))
    assert web.daemon.obligation("KS-1", "TN-1")["state"] == "answered"


def a_scanner_changes_nothing(box):
    web = begin(box)
    anna = Owner(web, "anna")
    before = web.daemon.query("show", item="TN-1")
    first = web.get(anna.path)
    for _ in range(100):
        again = web.get(anna.path)
        assert again.status == 200
    head = web.get(anna.path, method="HEAD")
    assert head.status == 200 and not head.body and head.headers.keys() == first.headers.keys()
    assert web.daemon.query("show", item="TN-1") == before
    assert not web.daemon.logged(re.escape(anna.path.split("/")[2][:20]))


def forged_and_unknown_are_the_same_404(box):
    web = begin(box)
    anna = Owner(web, "anna")
    token = anna.path.split("/")[2]
    forged = "/a/" + ("A" if token[0] != "A" else "B") + token[1:]
    same = {re.sub(rb"(?m)^Date: .*$", b"", web.get(path).raw) for path in
            (forged, "/a/x", "/mine/" + token, "/nowhere", "/a/" + token[:-1], "/a/" + token + "A")}
    (answer,) = same
    assert b"404" in answer[:20] and b"stod@kommunen.internal" in answer, answer
    assert web.post(forged, urllib.parse.urlencode({"action": "answer"})).status == 404


def ended_links_say_why(box):
    web = begin(box)
    anna, bo = Owner(web, "anna"), Owner(web, "bo")
    fields = anna.get().form()
    web.daemon.tell("assign", "TN-1", owner="bo")
    page = anna.get()
    assert page.status == 410 and "Uppgiften är inte längre din" in page.text, page.text
    typed = Page(anna.send(fields, **{"status.1": "on-track", "note.1": "Min text"}))
    assert typed.status == 410 and "Min text" in typed.text, typed.text
    assert not statuses(web, "TN-1")

    del web.plan.measures["TN-2"]
    web.plan.write()
    assert web.daemon.order("reload")["result"] == "ok"
    page = bo.get()
    assert page.status == 410 and "inte längre i planen" in page.text, page.text

    web.daemon.tell("assign", "TN-1", owner="anna")
    web.daemon.until("2026-06-14T12:00")
    assert anna.get().status == 200, "30 days after the papers date it works still"
    web.daemon.until("2026-06-15T12:00")
    page = anna.get()
    assert page.status == 410 and "Länken har gått ut" in page.text, page.text


def a_stand_in_answers(box):
    plan = box.plan()
    plan.people["anna"]["deputy"] = "bo"
    web = Web(box, "2026-05-07T07:00", plan=plan)
    web.daemon.tell("absence", "anna", **{"from": "2026-05-11", "until": "2026-05-13"})
    web.daemon.until("2026-05-12T09:00")
    mail = next(mail for mail in reversed(web.sink.to("bo")) if "TN-1" in mail.raw.decode(errors="replace")
                or "inhyrda" in mail.text)
    bo = Owner(web, "bo")
    paths = set(re.findall(r"/a/[A-Za-z0-9_-]+", "".join(
        re.sub(r"\r?\n ", "", part.get_content() if isinstance(part.get_content(), str)
               else part.get_content().decode())
        for part in mail.message.walk() if not part.is_multipart())))
    for path in paths:
        bo.path = path
        page = bo.get()
        if "TN-1" in page.text:
            break
    assert "Anna Ek" in page.text, page.text
    receipt = bo.follow(bo.send(page.form(), **{"status.1": "on-track"}))
    assert "Tack" in receipt.text
    assert statuses(web, "TN-1")[0]["source"] == "/people/bo"


def a_limit_on_a_day_off_is_told(box):
    """A statutory limit that falls on one: why the last day is another, as the mail says it."""
    plan = box.plan()
    plan.deadlines["KS-1"] = {**plan.deadlines["KS-1"], "due": "2026-05-16", "round": "forward"}
    for name in ("body", "meeting", "papers_before"):
        plan.deadlines["KS-1"].pop(name, None)
    web = begin(box, plan=plan)
    path = re.search(r"/a/[A-Za-z0-9_-]+", web.daemon.client("link", "a", "anna", "TN-1", text=True))[0]
    text = Page(web.get(path)).text.replace("\u00a0", " ")
    assert "Tidsfristlördag 16 maj, som inte är en arbetsdag" in text, text


def the_page_is_in_the_language_of_its_reader(box):
    plan = box.plan()
    plan.people["anna"]["language"] = "en"
    web = begin(box, plan=plan)
    anna = Owner(web, "anna")
    page = anna.get()
    assert 'lang="en"' in page.raw and "How is it going?" in page.text, page.text
    bad = Page(anna.send(page.form(), **{"forecast.1": "lots"}))
    assert bad.faults == ["Choose a status", "Enter the forecast as an amount, for example "
                          "1,250,000 or 1.25 million"], bad.faults
    receipt = anna.follow(anna.send(bad.form(), **{"status.1": "done", "forecast.1": "0.9 million"}))
    assert "SEK 900,000" in receipt.text and "Thank you" in receipt.text, receipt.text


def an_answer_before_its_window_says_when_it_counts(box):
    web = begin(box, at="2026-05-12T09:00")
    plan = web.plan
    plan.add("deadlines", "KS-2", title="Nästa redovisning", due="2026-09-30", answers_from=["TN-1"],
             responsible="ola", inform=["reg"], ladder="standard", require=["note"])
    plan.write()
    assert web.daemon.order("reload")["result"] == "ok"
    path = re.search(r"/a/[A-Za-z0-9_-]+", web.daemon.client("link", "a", "anna", "TN-1", text=True))[0]
    anna = Owner(web, "anna")
    receipt = anna.follow(anna.send(anna.get().form(), **{"status.1": "on-track"}))
    assert "Nästa redovisning" in receipt.text and "30 september 2026" in receipt.text, receipt.text
    assert path


def a_stop_keeps_and_answers_what_waits_for_its_turn_or_does_neither(box):
    web = begin(box)
    anna, recorded = Owner(web, "anna"), 0
    for number in range(10):
        fields = {**anna.get().form(), "status.1": "on-track", "note.1": f"Försök {number}"}
        body = urllib.parse.urlencode(fields).encode()
        request = web.request(anna.path, "Content-Type: application/x-www-form-urlencoded",
                              f"Content-Length: {len(body)}", method="POST", body=body)
        with web.connect() as s:
            s.sendall(request[:-1])
            assert web.get("/healthz").status == 200  # and so all but the last byte is read
            s.sendall(request[-1:])
            time.sleep(number * 0.0004)
            web.daemon.process.send_signal(signal.SIGTERM)
            answer = read_all(s)
        assert web.daemon.ended() == 0
        web.daemon.start()
        status = Answer(answer).status if answer else None
        assert status in (303, 503, None), answer
        recorded += status == 303
        notes = [each["data"]["note"] for each in statuses(web, "TN-1")]
        assert len(notes) == recorded, (number, answer, notes)
    assert recorded > 0


run(a_report_is_recorded_by_one_post, the_same_form_twice_is_one_event,
    changed_and_sent_again_is_a_correction, an_answer_is_corrected_for_a_day,
    a_mistake_keeps_all_that_was_typed, a_deliverable_is_handed_in_with_its_reference,
    what_the_body_has_closed_is_asked_of_nobody, seen_away_and_not_mine, a_scanner_changes_nothing, forged_and_unknown_are_the_same_404,
    ended_links_say_why, a_stand_in_answers, a_limit_on_a_day_off_is_told,
    the_page_is_in_the_language_of_its_reader,
    an_answer_before_its_window_says_when_it_counts,
    a_stop_keeps_and_answers_what_waits_for_its_turn_or_does_neither)
