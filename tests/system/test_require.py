#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""paminn-rules(7), Answers: a status that lacks a field in `require` is accepted, the answer says what is
missing, and the obligation stays open; the mails say what is asked for."""
import re

from harness import run


def says_what_is_missing(box):
    plan = box.plan()
    plan.deadlines["KS-1"]["require"] = ["effect_forecast", "note"]
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-05-07T07:00")
    daemon.until("2026-05-07T10:00")
    text = " ".join(sink.to("anna")[0].text.split())
    assert "en prognos för helårseffekten och en kommentar" in text, text
    assert "paminn status TN-1 on-track --forecast N --note TEXT" in text, text
    answer = daemon.client("status", "TN-1", "at-risk", "--note", "x")
    assert answer["missing"] == [{"deadline": "KS-1", "fields": ["effect_forecast"]}], answer
    text = daemon.client("status", "TN-1", "at-risk", text=True)
    assert "accepted" in text and "but KS-1 still lacks effect_forecast and note" in text, text
    row = daemon.obligation("KS-1", "TN-1")
    assert (row["state"], row["status"]) == ("open", "at-risk"), row
    answer = daemon.client("status", "TN-1", "at-risk", "--note", "x", "--forecast", 900000)
    assert "missing" not in answer and answer["answers"] == ["KS-1"], answer
    assert daemon.obligation("KS-1", "TN-1")["state"] == "answered"


def says_what_it_answers_and_what_opens_next(box):
    plan = box.plan()
    plan.add("deadlines", "IVO-SVAR", title="Svar till IVO", due="2026-12-11",
             decision="KS 2026-04-15 § 15", answers_from=["TN-*"], responsible="ola", inform=["reg"],
             ladder="standard", opens="-5wd")
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-05-07T10:00")
    text = daemon.client("status", "TN-1", "at-risk", text=True)
    assert "(seq " in text and text.endswith("; answers KS-1; IVO-SVAR opens on Fri 4 Dec\n"), text
    text = daemon.client("status", "TN-1", "at-risk", text=True)
    assert "too early for IVO-SVAR" in text and "answers" not in text, text
    # Who hands in the whole is told how many have answered.
    daemon.until("2026-05-12T09:00")
    mail = sink.to("ola")[-1]
    assert "Lägesrapporter: 1 av 2 har svarat" in mail.text, mail.text
    assert "1 av 2 har svarat" in mail.html, mail.html
    answer = daemon.client("submit", "KS-1", "--reference", "TN § 1")
    assert answer["answers"] == ["KS-1"], answer


def an_unknown_field_is_a_fault(box):
    plan = box.plan()
    plan.deadlines["KS-1"]["require"] = ["forecast"]
    daemon = box.daemon(plan, "2026-05-07T07:00", start=False)
    daemon.expected.append(re.compile("is not among its values"))
    daemon.start(ready=False)
    assert daemon.ended() == 78
    assert daemon.logged("is not among its values: progress"), daemon.log_text()


run(says_what_is_missing, says_what_it_answers_and_what_opens_next,
    an_unknown_field_is_a_fault)
