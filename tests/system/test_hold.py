#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""paminn-rules(7), What stewards hear, with the real daemon and client: nothing leaves while hold is on but what tells
them so; absences are told as they begin and end."""
from desk import SignedIn
from harness import run
from web import Web


def of_absences(sink, person="stina"):
    return [mail for mail in sink.to(person) if "frånvar" in mail.subject.lower()]


def told(sink, person="stina"):
    """What a steward has been told of hold: when, and under which subject."""
    return [(f"{mail.when:%m-%d %H:%M}", mail.subject) for mail in sink.to(person)
            if "utskick" in mail.subject.lower()]


def text(mail):
    return " ".join(mail.text.split())


def the_stewards_are_told_while_nothing_else_leaves(box):
    plan = box.plan()
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-05-06T12:00")
    daemon.settle()
    before = len(sink.mails)
    for _ in range(2):
        daemon.client("hold", "on")
    daemon.until("2026-05-07T12:00")
    (mail,) = sink.mails[before:]
    assert told(sink) == [("05-06 12:00", "Alla utskick är stoppade")], sink.mails
    said = text(mail)
    assert "Stoppade sedan: onsdag 6 maj 2026 kl. 12.00" in said and "inget meddelande" in said, said
    assert "Stoppade av" not in said and "paminn hold off" in said, said
    (row,) = [row for row in daemon.query("outbox") if row["kind"] == "hold"]
    assert row["state"] == "delivered", row
    daemon.restart()
    daemon.client("hold", "on")
    daemon.until("2026-05-07T13:00")
    assert len(sink.mails) == before + 1, sink.mails
    daemon.client("hold", "off")
    daemon.client("hold", "off")
    daemon.until("2026-05-07T14:00")
    assert told(sink)[1:] == [("05-07 13:00", "Utskicken är släppta igen")], sink.mails
    (mail,) = [mail for mail in sink.to("stina") if "släppta" in mail.subject]
    said = text(mail)
    assert "skickas nu: tre meddelanden." in said and "Släppta: torsdag 7 maj 2026 kl. 13.00" in said, said
    assert sorted(mail.person for mail in sink.mails[before + 1:]) == ["anna", "bo", "ola", "stina"]


def who_was_not_told_of_the_beginning_hears_of_neither(box):
    plan = box.plan()
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-05-06T20:00")
    for turn in ("on", "off", "on", "off"):
        daemon.client("hold", turn)
    daemon.until("2026-05-07T07:45")
    assert not told(sink), sink.mails
    assert {row["state"] for row in daemon.query("outbox") if row["kind"] == "hold"} == {"dropped"}
    daemon.client("hold", "on")
    daemon.until("2026-05-07T07:50")
    for turn in ("off", "on", "off"):
        daemon.client("hold", turn)
    daemon.until("2026-05-07T09:00")
    subjects = [subject for _, subject in told(sink)]
    assert subjects == ["Alla utskick är stoppade", "Utskicken är släppta igen"] * (len(subjects) // 2), subjects
    assert len(subjects) in (2, 4), subjects


def who_stopped_it_on_the_desk_is_named(box):
    web = Web(box, "2026-05-06T12:00")
    web.daemon.settle()
    stina = SignedIn(web, "stina")
    stina.post("/desk/hold", {"on": "yes"})
    web.daemon.settle()
    mail = web.sink.to("stina")[-1]
    assert "Stoppade av: Stina Stöd" in text(mail) and "/desk/hold" in mail.text, mail.text
    stina.post("/desk/hold", {"on": "no"})
    web.daemon.settle()
    assert "Släppta av: Stina Stöd" in text(web.sink.to("stina")[-1])


def absences_are_told_as_they_begin_and_end(box):
    """As the forecast has it, once, whatever is restarted or reloaded; and what is taken back is not told."""
    plan = box.plan()
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-05-05T12:00")
    daemon.tell("absence", "anna", **{"from": "2026-05-07", "until": "2026-05-10", "deputy": "bo"})
    daemon.tell("absence", "mona", **{"from": "2026-05-07", "until": "2026-05-08"})
    taken = daemon.tell("absence", "ola", **{"from": "2026-05-07", "until": "2026-05-20"})
    daemon.client("undo", str(taken["seq"]))
    planned = [(row["when"][5:16], row["to"]) for row in daemon.client("forecast", "--until", "2026-05-20")
               if row["kind"] == "absence"]
    assert planned == [("05-07T07:30", "stina"), ("05-11T07:30", "stina")], planned
    daemon.until("2026-05-07T07:40")
    daemon.restart()
    daemon.client("reload")
    daemon.until("2026-05-20T12:00")
    mails = of_absences(sink)
    assert [(f"{mail.when:%m-%d %H:%M}", mail.subject) for mail in mails] == [
        ("05-07 07:30", "Frånvarande: Anna Ek, till och med söndag 10 maj 2026 och 1 till"),
        ("05-11 07:30", "Åter efter frånvaro: Anna Ek och 1 till")], mails
    begun, ended = (text(mail) for mail in mails)
    assert "Meddelanden skickas under tiden till Bo Alm, som är ersättare." in begun, begun
    assert "Att besvara under tiden: en uppgift" in begun and "Mona Chef är frånvarande" in begun, begun
    assert "Meddelanden väntar därför till måndag 11 maj 2026." in begun, begun
    assert "skickades under tiden till ersättaren" in ended and "Inga meddelanden har väntat." in ended, ended
    assert daemon.client("verify") == []


def hold_outlasts_an_absence(box):
    """Whoever is back before stewards could be told that they are away: they hear of neither."""
    plan = box.plan()
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-05-05T12:00")
    daemon.tell("absence", "anna", **{"from": "2026-05-07", "until": "2026-05-08"})
    daemon.tell("absence", "bo", **{"from": "2026-05-07", "until": "2026-05-29"})
    daemon.client("hold", "on")
    daemon.until("2026-05-12T12:00")
    daemon.client("hold", "off")
    daemon.until("2026-05-12T13:00")
    (mail,) = of_absences(sink)
    assert "Bo Alm" in mail.subject and "Anna" not in mail.text, mail.text


run(the_stewards_are_told_while_nothing_else_leaves, who_was_not_told_of_the_beginning_hears_of_neither,
    who_stopped_it_on_the_desk_is_named, absences_are_told_as_they_begin_and_end, hold_outlasts_an_absence)
