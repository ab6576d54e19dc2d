#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""paminn-rules(7), Answers: what the receiving body decides. `noted` and `approved` close a
deadline; `returned` gives the date the answer is in and starts a new round, in which only statuses with a
later time count."""
from harness import run


def start(box):
    plan = box.plan()
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-05-07T07:00")
    daemon.until("2026-05-07T10:00")
    daemon.tell("status", "TN-1", status="on-track", effect_forecast=900000)
    daemon.tell("submit", "KS-1", reference="TN § 9")
    daemon.until("2026-05-07T13:00")
    return daemon, sink


def noted(box):
    daemon, sink = start(box)
    assert daemon.client("outcome", "KS-1", "noted", "--reference", "KS § 31")["result"] == \
        "accepted"
    daemon.until("2026-05-08T16:00")
    for person in ("reg", "ola"):
        text = sink.to(person)[-1].text
        assert "lagts till handlingarna" in text and "KS § 31" in text, text
    report = daemon.query("report", deadline="KS-1")[0]
    assert report["outcome"]["outcome"] == "noted", report
    assert report["outcome"]["reference"] == "KS § 31", report


def returned_and_open_anew(box):
    daemon, sink = start(box)
    assert "needs due" in daemon.client("outcome", "KS-1", "returned", "--reference", "KS § 31",
                                        code=65, text=True)
    daemon.client("outcome", "KS-1", "returned", "--reference", "KS § 31", "--due", "2026-05-22")
    row = daemon.obligation("KS-1", "TN-1")
    assert (row["state"], row["round"]) == ("open", 2), row
    assert (row["papers"], row["papers_original"]) == ("2026-05-22", "2026-05-15"), row
    daemon.until("2026-05-11T12:00")
    for person in ("anna", "bo", "ola", "reg"):
        text = sink.to(person)[-1].text
        assert "återremitterats" in text and "KS § 31" in text and "22 maj 2026" in text, text
    report = daemon.query("report", deadline="KS-1")[0]
    (first,) = [row for row in report["rows"] if row["measure"] == "TN-1"]
    assert first["status"] is None and first["effect_forecast"] == 900000, first
    daemon.tell("status", "TN-1", time="2026-05-07T09:00:00+02:00", status="on-track")
    assert daemon.obligation("KS-1", "TN-1")["state"] == "open"
    daemon.tell("status", "TN-1", status="on-track")
    assert daemon.obligation("KS-1", "TN-1")["state"] == "answered"
    daemon.until("2026-05-15T12:00")  # 5 working days before the new date
    assert [f"{mail.when:%m-%d}" for mail in sink.to("bo")][-1] == "05-15", sink.to("bo")
    assert [f"{mail.when:%m-%d}" for mail in sink.to("anna")][-1] != "05-15", sink.to("anna")


def returned_twice(box):
    """Each hand-over and each decision stays in show and in the report."""
    daemon, _ = start(box)
    for times in (1, 2):
        daemon.client("outcome", "KS-1", "returned", "--reference", f"KS § {times}", "--due",
                      f"2026-05-2{times}")
        daemon.client("submit", "KS-1", "--reference", f"D{times}")
    told = ["TN § 9", "KS § 1", "D1", "KS § 2", "D2"]
    for text in (daemon.client("show", "KS-1", text=True), daemon.client("report", "KS-1", text=True)):
        lines = [line for line in text.splitlines() if "submitted" in line or "returned" in line]
        lines = lines[-len(told):] if "Hand-overs" in text else \
            text.split("\nhistory\n")[1].splitlines()[1:1 + len(told)]
        assert len(lines) == len(told) and all(map(str.__contains__, lines, told)), text


run(noted, returned_and_open_anew, returned_twice)
