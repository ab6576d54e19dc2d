#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A measure's own date in mails: it is told whenever the measure is asked about, and an owner whose measure's light
turns is told how to answer: on a page where something open asks for it, else by answering the mail."""
import re
import urllib.request

from harness import run


def the_owner_is_told_how_to_answer(box):
    plan = box.plan()
    public = box.web(plan)
    sink = box.smtp(plan)
    plan.settings["alerts"] = ({"when": "light", "to": ["owner", "manager"]},)
    plan.measures["TN-1"]["done_by"] = plan.measures["TN-2"]["done_by"] = "2026-05-22"
    plan.deadlines["KS-1"]["answers_from"] = ["TN-1"]
    daemon = box.daemon(plan, "2026-05-04T07:00")
    daemon.until("2026-05-12T12:00")

    def told(person):
        (mail,) = [mail for mail in sink.to(person) if "rapportera gärna" in mail.text.lower()]
        assert "paminn status" not in mail.text, mail.text
        return mail

    mail = told("anna")
    (url,) = re.findall(rf"^ +({re.escape(public)}/\S+)", mail.text, re.M)
    assert url in mail.part("html"), mail.part("html")
    with urllib.request.urlopen(url) as page:
        assert "TN-1" in page.read().decode()
    assert "genom att svara" not in mail.text, mail.text

    mail = told("bo")
    assert public not in mail.text and public not in mail.part("html"), mail.text
    assert "väntas bli klar genom att svara på det här mejlet." in " ".join(mail.text.split())
    # The manager doesn't answer for it.
    others = [mail for mail in sink.to("mona") if "ska vara klar" in mail.subject]
    assert others and not any(public in mail.text for mail in others), others


def when_it_is_to_be_done_is_told_where_it_is_asked_about(box):
    plan = box.plan()
    public = box.web(plan)
    sink = box.smtp(plan)
    for name, owner, by in (("TN-1", "anna", "2026-12-31"), ("TN-2", "bo", "2026-12-31"), ("TN-3", "bo", "2026-12-31"),
                            ("TN-4", "mona", "2026-12-31"), ("TN-5", "mona", "2026-11-30"), ("TN-6", "mona", None)):
        plan.measures[name] = {"title": f"Åtgärd {name}", "owner": owner, **({"done_by": by} if by else {})}
    plan.people["bo"]["language"] = "en"
    plan.deadlines["KS-1"]["answers_from"] = ["TN-*"]
    daemon = box.daemon(plan, "2026-05-04T07:00")
    daemon.tell("extend", "TN-1", "/people/stina", due="2027-01-29", reference="TN § 7")
    daemon.until("2026-05-12T12:00")

    def words(text):
        return " ".join(re.sub("<[^>]*>", " ", text).split())

    def told(person, label):
        """What the newest reminder says: the text, the same in HTML, and each page that it leads to."""
        mail = [mail for mail in sink.to(person) if re.search("[Ss]var,? (senast|det)|[Aa]nswers?,? (by|the)", mail.subject)][-1]
        with urllib.request.urlopen(re.search(rf"^ +({re.escape(public)}/\S+)", mail.text, re.M)[1]) as page:
            said = [words(mail.text), words(mail.part("html")), words(page.read().decode())]
        return said, [text.count(label) for text in said]

    # One: among its facts, with the day that was meant first.
    said, counts = told("anna", "Klart senast")
    assert counts == [1, 1, 1], said
    assert "KS 2026-04-15 § 12 Klart senast: fredag 29 januari 2027 (ursprungligen torsdag 31 december 2026)" in said[0]
    for text in said[1:]:
        assert "Klart senast fredag 29 januari 2027 (ursprungligen torsdag 31 december 2026)" in text, text
    # Several with the same day: once; on the page each has its own facts.
    said, counts = told("bo", "To be done by")
    assert counts == [1, 1, 2], said
    assert "To be done by: Thursday 31 December 2026 - Åtgärd TN-2" in said[0], said[0]
    # With different days, and none: each its own.
    said, counts = told("mona", "klar senast")
    assert counts[:2] == [2, 2] and said[2].count("Klart senast") == 2, said
    for text in said[:2]:
        assert re.search(r"\(TN-4\) ?\.? Lägesrapport\. Åtgärden klar senast: torsdag 31 december 2026\.", text), text
        assert "Åtgärden klar senast: måndag 30 november 2026." in text, text


run(when_it_is_to_be_done_is_told_where_it_is_asked_about, the_owner_is_told_how_to_answer)
