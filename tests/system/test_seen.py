#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""paminn-rules(7), Who gets it: `seen` suppresses the sender's steps up to `answer_by` and puts one
reminder on the first working day after it. Never past the papers date."""
from harness import run


def paused_then_reminded_once(box):
    plan = box.plan()
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-05-07T07:00")
    daemon.until("2026-05-07T10:00")
    text = daemon.client("--as", "anna", "seen", "TN-1", "--answer-by", "2026-05-16", code=65,
                         text=True)
    assert "2026-05-15" in text, text
    text = daemon.client("--as", "mona", "seen", "TN-1", "--answer-by", "2026-05-12", code=77,
                         text=True)
    assert "mona has not been reminded" in text, text
    answer = daemon.client("--as", "anna", "seen", "TN-1", "--answer-by", "2026-05-12")
    assert answer["result"] == "accepted", answer
    assert daemon.obligation("KS-1", "TN-1")["seen_until"] == "2026-05-12"
    daemon.until("2026-05-15T16:00")
    days = [f"{mail.when:%m-%d %H}" for mail in sink.to("anna")]
    assert days == ["05-07 08", "05-13 08", "05-15 08"], days
    assert "lämnats senast tisdag 12 maj." in " ".join(sink.to("anna")[1].text.split()), sink.to("anna")[1].text
    assert [f"{mail.when:%m-%d %H}" for mail in sink.to("bo")] == ["05-07 08", "05-12 08", "05-15 08"]
    why = {row["step"]: row for row in daemon.query("why", item="TN-1", person="anna")}
    assert why["-2wd"]["decision"] == "suppressed" and "promised" in why["-2wd"]["reason"], why
    assert why["seen"]["decision"] == "sent", why


run(paused_then_reminded_once)
