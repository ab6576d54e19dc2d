#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A person answers a mail by replying to it: what is kept of that, to whom it goes on, and the one mail with the
one button, which records what was understood when it is pressed and nothing when it isn't."""
import email
import email.policy
import re

from harness import run
from owner import Owner
from replied import REPLY_TO, Replied, World, later, receive, written
from returned_mail import automatic, report, token


def one_mail_with_one_button_records_it(box):
    world = World(box)
    raw = world.reply("anna", "Hej!\r\n\r\nKlar, prognos 1,2 mnkr.\r\n\r\nMvh Anna")
    world.daemon.until("2026-05-12T08:05")
    (mail,) = world.asked("anna")
    text = " ".join(mail.text.split())
    for words in ("Färre inhyrda (TN-1)", "Läge: genomförd", "1 200 000 kr", "Inget är registrerat ännu"):
        assert words in text, (words, text)
    assert "TN-1" in mail.subject and "klar" not in mail.subject.lower(), mail.subject
    assert len(re.findall(r'<a href="[^"]*"', mail.html)) == 1, mail.html
    assert mail.message["Auto-Submitted"] == "auto-generated"

    # The link changes nothing, however often it is opened, and by whatever opens links.
    owner = Replied(world, "anna")
    for method in ("GET", "HEAD", "GET"):
        page = owner.get(method=method)
    assert page.status == 200 and "Stämmer svaret?" in page.text, page.text
    for words in ("genomförd", "1 200 000 kr", "Inget är registrerat ännu"):
        assert words in page.text.replace("\u00a0", " "), (words, page.text)
    assert world.status() is None and not world.feed.of("status")

    # Pressed, it is recorded, once; and the page becomes the receipt.
    button, form = page.forms
    assert button["status.1"] == form["status.1"] == "done", (button, form)
    receipt = owner.follow(owner.send(button))
    assert "Tack, svaret är registrerat" in receipt.text, receipt.text
    owner.follow(owner.send(button))
    world.daemon.settle()
    assert world.status() == "done"
    (event,) = world.feed.of("status")
    assert event["source"] == "/people/anna" and event["subject"] == "TN-1", event
    assert event["data"] == {"status": "done", "effect_forecast": 1200000}, event
    assert "Tack, svaret är registrerat" in owner.get().text

    # What she wrote is a note, and has gone on as it came.
    (note,) = world.notes("TN-1")
    assert note["source"] == "/people/anna", note
    assert note["data"]["note"].startswith("Hej!\n\nKlar, prognos 1,2 mnkr."), note
    assert not world.notes("KS-1")
    (passed_on,) = world.sink.to(REPLY_TO)
    resent, _, rest = passed_on.raw.partition(b"X-Odd:")
    assert b"X-Odd:" + rest == raw, (rest, raw)
    names = [line.partition(b":")[0] for line in resent.splitlines()]
    assert names == [b"Resent-From", b"Resent-To", b"Resent-Date", b"Resent-Message-ID"], resent
    assert email.message_from_bytes(resent, policy=email.policy.default)["Resent-Date"].datetime
    assert token(passed_on) != token(mail)


def not_pressed_nothing_is_recorded(box):
    world = World(box)
    world.reply("anna", "klar")
    world.daemon.until("2026-05-13T12:00")
    assert len(world.asked("anna")) == 1
    assert world.status() is None and not world.feed.of("status")


def it_can_be_changed_and_what_is_lacking_is_asked_for(box):
    world = World(box, change=lambda plan: plan.deadlines["KS-1"].update(require=["progress"]))
    world.reply("anna", "försenad till 3 juni")
    world.daemon.until("2026-05-12T08:05")
    (mail,) = world.asked("anna")
    assert "Svaret ska även innehålla genomförandegrad" in " ".join(mail.text.split()), mail.text
    owner = Replied(world, "anna")
    page = owner.get()
    (form,) = [form for form in page.forms if "progress.1" in form]
    assert form["status.1"] == "off-track" and form["done_forecast.1"] == "2026-06-03", form
    owner.follow(owner.send({**form, "progress.1": "40 %"}))
    world.daemon.settle()
    (event,) = world.feed.of("status")
    assert event["data"] == {"status": "off-track", "progress": 40, "done_forecast": "2026-06-03"}, event


def a_link_leads_its_reader_to_their_own_alone(box):
    world = World(box)
    world.reply("anna", "klar")
    world.reply("bo", "försenad", 2)
    world.daemon.until("2026-05-12T08:05")
    number = {person: re.search(r"\?reply=(\d+)", world.asked(person)[0].text)[1] for person in ("anna", "bo")}
    owner = Replied(world, "anna")
    assert "Stämmer svaret?" in owner.get().text
    owner.path = owner.bare
    for query in (f"?reply={number['bo']}", "?reply=999999", "?reply=-1", "?reply=1x", "?reply=",
                  "?reply=99999999999999999999"):
        page = owner.get(query)
        assert page.status == 200 and "Stämmer svaret?" not in page.text, (query, page.text)
        assert "Ditt svar" in page.text, page.text


def what_is_no_answer_is_kept_and_passed_on(box):
    world = World(box)
    for number, text in enumerate(("Inte klar än.", "Är den klar?", "Vi återkommer.\r\nKlar"), 1):
        world.reply("anna", text, number)
    world.daemon.until("2026-05-12T12:00")
    assert len(world.notes("TN-1")) == 3, world.notes("TN-1")
    assert len(world.sink.to(REPLY_TO)) == 3
    assert not world.asked("anna") and not world.outbox("reply")
    # The same mail again is no second note, and goes on no second time.
    again = written(world.mail("anna"), "Är den klar?", 2)
    assert receive(world.daemon, again) == "replayed"
    assert len(world.outbox("forward")) == 3


def a_deliverable_leads_to_its_form(box):
    world = World(box)
    world.reply("ola", "Klart!")
    world.daemon.until("2026-05-12T08:05")
    mail = world.mail("ola")
    text = " ".join(mail.text.split())
    assert "kan inte läsas ur ett mejl" in text and "?reply=" not in text, text
    page = Owner(world, "ola").get()
    assert "reference.1" in page.form(), page.forms
    assert len(world.notes("KS-1")) == 1


def of_several_the_named_one_is_meant(box):
    world = World(box, change=lambda plan: plan.measures["TN-2"].update(owner="anna"))
    first = world.mail("anna")
    assert "TN-1" in first.text and "TN-2" in first.text, first.text
    world.reply("anna", "klar", nth=0)
    world.daemon.until("2026-05-12T08:05")
    text = " ".join(world.mail("anna").text.split())
    assert "flera saker" in text and "/mine/" in text and "?reply=" not in text, text
    assert len(world.notes("TN-1")) == len(world.notes("TN-2")) == 1
    world.daemon.until("2026-05-13T08:30")
    world.reply("anna", "TN-2 klar", 2, nth=0)
    world.daemon.until("2026-05-13T08:35")
    (mail,) = world.asked("anna")
    assert "Samordnad drift (TN-2)" in " ".join(mail.text.split()), mail.text
    assert len(world.notes("TN-1")) == 1 and len(world.notes("TN-2")) == 2


def who_answers_everything_gets_one_mail_a_day(box):
    """A program that answers each mail and does not say that it is one: no loop, one mail a day."""
    world = World(box)
    seen, number = 0, 0
    for day, count in ((12, 1), (15, 2)):
        world.daemon.until(f"2026-05-{day}T08:01")
        for _ in range(8):
            mails = world.sink.to("anna")
            for mail in mails[seen:]:
                number += 1
                assert receive(world.daemon, written(mail, "klar", number)) == "reply"
            seen = len(mails)
            world.daemon.settle()
            world.daemon.until(later(world.daemon))
        assert len(world.asked("anna")) == count, [mail.subject for mail in world.sink.to("anna")]
    assert len(world.sink.to(REPLY_TO)) == number


def nothing_automatic_is_answered(box):
    world = World(box)
    mail = world.mail("anna")
    assert receive(world.daemon, automatic(mail)) == "automatic"
    assert receive(world.daemon, report(mail)) == "failure"
    world.daemon.until("2026-05-12T12:00")
    assert not world.asked("anna") and not world.outbox("forward") and not world.notes("TN-1")


def who_is_away_is_only_passed_on(box):
    world = World(box)
    world.daemon.tell("absence", "anna", **{"from": "2026-05-12", "until": "2026-05-14", "deputy": "bo"})
    world.reply("anna", "klar")
    world.daemon.until("2026-05-12T12:00")
    assert not world.notes("TN-1") and not world.asked("anna")
    assert len(world.sink.to(REPLY_TO)) == 1


def to_who_reads_replies_their_own_is_not_sent(box):
    world = World(box, reply_to="anna@kommunen.internal")
    world.reply("anna", "klar")
    world.daemon.until("2026-05-12T12:00")
    assert not world.outbox("forward")
    assert len(world.notes("TN-1")) == 1 and len(world.asked("anna")) == 1


def without_pages_nothing_is_asked(box):
    world = World(box, pages=False)
    world.reply("anna", "klar")
    world.daemon.until("2026-05-12T12:00")
    assert not world.outbox("reply")
    assert len(world.notes("TN-1")) == 1 and len(world.sink.to(REPLY_TO)) == 1


def outside_open_hours_it_waits_and_the_newest_counts(box):
    world = World(box)
    world.daemon.until("2026-05-12T19:00")
    world.reply("anna", "klar")
    world.reply("anna", "försenad till 3 juni", 2)
    world.daemon.until("2026-05-13T07:00")
    assert not world.asked("anna")
    world.daemon.until("2026-05-13T07:35")
    (mail,) = world.asked("anna")
    assert "avviker från planen" in mail.text, mail.text
    assert "Stämmer svaret?" in Replied(world, "anna").get().text


def what_cannot_be_passed_on_is_told_to_stewards_once(box):
    world = World(box)
    world.sink.rcpt[REPLY_TO] = "550 5.1.1 No such user here"
    world.reply("anna", "Vi återkommer.")
    world.daemon.until("2026-05-12T12:00")
    (row,) = world.outbox("forward")
    assert row["state"] == "failed" and row["to"] == "mail:reply_to", row
    told = [mail for mail in world.sink.to("stina") if "skickas vidare" in " ".join(mail.text.split())]
    assert len(told) == 1, [mail.text for mail in world.sink.to("stina")]
    assert "Anna Ek" in told[0].text and "TN-1" in told[0].text, told[0].text
    # Mended and tried again, it goes on as it came.
    del world.sink.rcpt[REPLY_TO]
    world.daemon.order("retry", id=row["id"])
    world.daemon.until("2026-05-12T13:00")
    assert len(world.sink.to(REPLY_TO)) == 1


def one_that_was_passed_on_and_comes_back_is_told_to_stewards_once(box):
    """As is the mail that asks; and what answers either by itself is noted, and answered by nothing."""
    world = World(box)
    world.reply("anna", "klar")
    world.daemon.until("2026-05-12T08:05")
    (passed_on,) = world.sink.to(REPLY_TO)
    (asks,) = world.asked("anna")
    for number, mail in enumerate((passed_on, asks), 1):
        raw = b"Delivered-To: " + mail.sender.encode() + b"\n" + automatic(mail, number)
        assert receive(world.daemon, raw) == "automatic"
    assert receive(world.daemon, report(passed_on)) == "failure"
    assert receive(world.daemon, report(passed_on, number=2)) == "failure"
    (row,) = world.outbox("forward")
    assert row["state"] == "bounced", row
    world.daemon.until("2026-05-12T12:00")
    told = [mail for mail in world.sink.to("stina") if "skickas vidare" in " ".join(mail.text.split())]
    assert len(told) == 1, [mail.text for mail in world.sink.to("stina")]
    assert receive(world.daemon, report(asks)) == "failure"
    (row,) = world.outbox("reply")
    assert row["state"] == "bounced", row
    world.daemon.until("2026-05-12T16:00")
    assert len(world.asked("anna")) == 1 and len(world.sink.to(REPLY_TO)) == 1
    # Mended and tried again, it goes on as it came.
    world.daemon.order("retry", id=world.outbox("forward")[0]["id"])
    world.daemon.until("2026-05-12T16:30")
    assert [mail.raw for mail in world.sink.to(REPLY_TO)] == [passed_on.raw] * 2


run(one_mail_with_one_button_records_it, not_pressed_nothing_is_recorded,
    it_can_be_changed_and_what_is_lacking_is_asked_for, a_link_leads_its_reader_to_their_own_alone,
    what_is_no_answer_is_kept_and_passed_on, a_deliverable_leads_to_its_form,
    of_several_the_named_one_is_meant, who_answers_everything_gets_one_mail_a_day,
    nothing_automatic_is_answered, who_is_away_is_only_passed_on,
    to_who_reads_replies_their_own_is_not_sent, without_pages_nothing_is_asked,
    outside_open_hours_it_waits_and_the_newest_counts, what_cannot_be_passed_on_is_told_to_stewards_once,
    one_that_was_passed_on_and_comes_back_is_told_to_stewards_once)
