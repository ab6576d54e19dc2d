#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What follows when a mail that a server had accepted comes back: what is taken back, held and told, and what each
reader sees of it; and what is shown of delays and automatic replies."""
import html
import re

from desk import SignedIn
from harness import run, wait_for
from returned_mail import automatic, reply, report
from web import Web

RETURNS = "paminn-studs@kommunen.internal"


def words(answer):
    """What a reader of a page sees, in one line."""
    text = re.sub(r"<(style|title)>.*?</\1>", "", answer.text, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def receive(daemon, raw):
    return daemon.client("receive", stdin=raw.decode())


def message_of(daemon, person, kind):
    """The latest of a kind to the person."""
    return [row for row in daemon.query("outbox") if (row["to"], row["kind"]) == (person, kind)][-1]


def steps(daemon, person):
    return [(row["step"], row["decision"]) for row in daemon.query("why", item="TN-1", person=person)
            if row["step"]]


def unreached(sink, name):
    """The mails to support that say that nobody was reached."""
    return [mail for mail in sink.to("stina")
            if f"inte kommit fram till {name}" in " ".join(mail.text.split())]


def a_refused_address_shows_late_and_is_no_reminder(box):
    plan = box.plan()
    plan.settings["mail"]["return_path"] = RETURNS
    plan.settings["ladders"][0]["steps"] = (
        {"at": "0", "to": ["owner"]}, {"at": "+1wd", "to": ["manager"]})
    sink, feed = box.smtp(plan), box.feed(plan)
    daemon = box.daemon(plan, "2026-05-15T07:00")
    daemon.until("2026-05-15T09:00")
    (mail,) = sink.to("anna")
    assert daemon.obligation("KS-1", "TN-1")["asked"] == 1
    # The manager's step is decided on Monday at eight, and can't leave: then the report comes.
    sink.rcpt["mona"] = ["450 4.2.1 later"] * 20
    daemon.until("2026-05-18T08:30")
    assert steps(daemon, "mona")[0] == ("+1wd", "planned"), steps(daemon, "mona")
    assert receive(daemon, report(mail))["what"] == "failure"

    row = daemon.obligation("KS-1", "TN-1")
    assert (row["asked"], row["last_asked"]) == (0, None), row
    assert steps(daemon, "mona")[0] == ("+1wd", "held"), steps(daemon, "mona")
    assert steps(daemon, "anna") == [("0", "failed")]
    told = daemon.client("why", "TN-1", "anna", text=True)
    assert "the mail came back: 550 5.1.1 no such mailbox" in " ".join(told.split()), told
    number = message_of(daemon, "anna", "reminder")["id"]
    heard = wait_for(lambda: [event for event in feed.of("delivery")
                              if event["data"]["state"] == "bounced"], "that it bounced")
    assert [(event["subject"], event["data"]["to"]) for event in heard] == [(str(number), "anna")]
    assert daemon.client("outbox", "--state", "bounced")[0]["id"] == number
    told = daemon.client("outbox", "show", number, text=True)
    assert "Came in about it:" in told and "failure: 550 5.1.1 no such mailbox" in told, told
    told = daemon.client("today", text=True)
    assert "given up or came back" in told and "550 5.1.1" in told, told

    # Support hears of it once, the manager not before a reminder was accepted.
    sink.rcpt.clear()
    daemon.until("2026-05-19T12:00")
    assert len(unreached(sink, "Anna Ek")) == 1, sink.mails
    assert "Kontrollera" in unreached(sink, "Anna Ek")[0].text, unreached(sink, "Anna Ek")[0].text
    assert not [mail for mail in sink.to("mona") if "TN-1" in mail.text], sink.mails
    assert daemon.client("verify") == []
    daemon.restart("2026-05-19T12:00")
    assert daemon.obligation("KS-1", "TN-1")["asked"] == 0

    # A steward has mended the address.
    daemon.client("outbox", "retry", number)
    daemon.until("2026-05-20T12:00")
    assert daemon.obligation("KS-1", "TN-1")["asked"] == 1
    assert [mail.when.day for mail in sink.to("mona") if "TN-1" in mail.text] == [20], sink.mails
    assert daemon.client("verify") == []


def pages_say_so_in_swedish(box):
    plan = box.plan()
    plan.settings["mail"]["return_path"] = RETURNS
    web = Web(box, "2026-05-12T07:00", plan=plan)
    web.daemon.until("2026-05-12T08:30")
    stina = SignedIn(web, "stina")
    (mail,) = web.sink.to("anna")
    late = report(mail, action="delayed", status="4.4.1", said="421 4.4.1 try later", number=2)
    assert receive(web.daemon, late)["what"] == "delay"
    number = message_of(web.daemon, "anna", "reminder")["id"]
    said = words(stina.get(f"/desk/message?id={number}"))
    assert "Levererat" in said and \
        "Mejlet är försenat, och servern försöker igen. 421 4.4.1 try later" in said, said
    receive(web.daemon, report(mail))
    said = words(stina.get(f"/desk/message?id={number}"))
    assert "Kom tillbaka" in said and "Mejlet kom tillbaka" in said and "Försök igen" in said, said
    assert "Kom tillbaka" in words(stina.get("/desk/outbox?state=bounced"))
    said = words(stina.get("/desk"))
    assert "har misslyckats den senaste veckan" in said and "550 5.1.1" in said, said
    said = words(stina.get("/desk/item?item=TN-1"))
    assert "mejlet kom tillbaka: 550 5.1.1 no such mailbox" in said, said


def who_answers_by_a_program_is_shown_to_stewards(box):
    plan = box.plan()
    plan.settings["mail"]["return_path"] = RETURNS
    web = Web(box, "2026-05-12T07:00", plan=plan)
    daemon, stina = web.daemon, SignedIn(web, "stina")
    daemon.until("2026-05-12T08:30")
    before = len(web.sink.mails)
    assert receive(daemon, automatic(web.sink.to("anna")[0]))["what"] == "automatic"
    away = automatic(web.sink.to("bo")[0]).replace(
        b"tillbaka den 1 juni", b"borta till och med 29 maj")
    assert receive(daemon, away)["what"] == "automatic"
    rows = [row for row in daemon.query("today") if row["kind"] == "automatic"]
    assert [(row["person"], row["from"], row["until"]) for row in rows] == \
        [("anna", "2026-05-12", "2026-05-31"), ("bo", "2026-05-12", "2026-05-29")], rows
    told = daemon.client("today", text=True)
    assert "2 people's mail is answered by a program: perhaps they are away:" in told, told
    assert "paminn absence bo 2026-05-12 2026-05-29" in told, told
    said = words(stina.get("/desk"))
    assert "Automatiska svar från 2 personer" in said and "Bo Alm svarar automatiskt" in said, said
    assert "/desk/do?act=absence&amp;item=bo" in stina.get("/desk").text
    number = message_of(daemon, "bo", "reminder")["id"]
    assert "Automatiskt svar" in words(stina.get(f"/desk/message?id={number}"))
    daemon.client("absence", "bo", "2026-05-12", "2026-05-29")
    assert "Automatiskt svar från en person" in words(stina.get("/desk"))
    assert [row["person"] for row in daemon.query("today") if row["kind"] == "automatic"] == ["anna"]
    # Nobody has answered a program.
    assert [mail for mail in web.sink.mails[before:] if mail.person in ("anna", "bo")] == []


def a_reply_stands_with_the_message(box):
    plan = box.plan()
    plan.settings["mail"]["return_path"] = RETURNS
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-05-12T07:00")
    daemon.until("2026-05-12T08:30")
    assert receive(daemon, reply(sink.to("anna")[0], "Kan vi ses?"))["what"] == "reply"
    number = message_of(daemon, "anna", "reminder")["id"]
    (came,) = daemon.client("outbox", "show", number)["incoming"]
    assert (came["what"], came["text"].strip()) == ("reply", "Kan vi ses?"), came
    assert "reply: SV: ...: Kan vi ses?" in daemon.client("outbox", "show", number, text=True)


run(a_refused_address_shows_late_and_is_no_reminder, pages_say_so_in_swedish,
    who_answers_by_a_program_is_shown_to_stewards, a_reply_stands_with_the_message)
