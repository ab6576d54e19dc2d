#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""An owner whose measure's light turns is told how to answer: on a page where something open asks for it, else by
answering the mail."""
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


run(the_owner_is_told_how_to_answer)
