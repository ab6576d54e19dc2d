#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What a steward has said is taken back: nothing of it leaves, the log keeps it as taken back, and the store follows
from its log."""
from harness import run

LAST = "2026-08-31"

ACTS = (
    ("extend", "KS-1", "--due", "2026-05-29", "--reference", "KS 1"),
    ("extend", "KS-1", "--measure", "TN-1", "--due", "meeting KS 2026-06", "--reference", "KS 1"),
    ("assign", "TN-2", "anna"),
    ("absence", "bo", "2026-05-07", "2026-05-20"),
    ("meeting", "KS", "2026-06-02", "--replaces", "2026-05-26"),
    ("meeting", "KS", "2026-05-26", "--cancelled"),
    ("status", "TN-1", "off-track", "--note", "a"),
    ("status", "TN-2", "done"),
    ("close", "TN-1", "struck", "--reference", "KS 3"),
    ("submit", "KS-1", "--reference", "KS 4"),
    ("outcome", "KS-1", "returned", "--reference", "KS 5", "--due", "2026-06-30"),
    ("propose", "KS-1", "Att notera."),
    ("note", "TN-1", "ett ord"),
)


def state(daemon):
    return (daemon.query("list", all=True), daemon.query("forecast", until=LAST), daemon.query("meetings", all=True),
            daemon.query("requests", state="all"), daemon.query("absences", all=True))


def newest(daemon, subject):
    return max(row["seq"] for row in daemon.query("acts") if row["subject"] == subject)


def said_and_taken_back(box):
    plan = box.plan()
    plan.settings["alerts"] = ({"when": "off-track", "to": ["manager"]},)
    plan.people["bo"]["deputy"] = "anna"
    plan.add("deadlines", "KS-3", title="Varje gång", decision="KS 2026-04-15 § 14", due="meeting KS next",
             every="meeting KS", answers_from=["TN-1"], responsible="ola", inform=["reg"], ladder="standard")
    plan.add("meetings", "KS2", body="KS", **{"from": "2026-06-30"})
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-05-06T18:00")
    for act in ACTS:
        before = state(daemon)
        daemon.client(*act)
        daemon.settle()
        subject = "TN-1" if "--measure" in act else act[1]
        seq = newest(daemon, subject)
        told = daemon.client("undo", seq, "--dry-run", text=True)
        assert told.startswith("Nothing was sent"), told
        spoken = daemon.client("undo", seq, text=True)
        assert spoken.startswith("accepted"), spoken
        daemon.settle()
        after = state(daemon)
        for one, other in zip(before, after):
            assert one == other, f"{act}: {[row for row in other if row not in one]} instead of " \
                                 f"{[row for row in one if row not in other]}"
        assert daemon.client("verify") == [], f"{act}: the store does not follow from its log"
        again = daemon.client("undo", seq, code=65, text=True)
        assert "taken back already" in again, again
    (event,) = [row for row in daemon.client("show", "TN-2")["events"] if row["type"] == "paminn.assign"]
    assert event["undone"] > event["seq"], event
    assert not daemon.client("show", "KS-1")["history"], "a hand-over that was taken back is told"
    assert daemon.client("report", "KS-1")["rows"][0]["status"] is None
    daemon.until("2026-05-08T18:00")
    assert len(sink.mails) == 3 and all(sink.to(who) for who in ("anna", "bo", "ola")), \
        f"more than the reminders of the 7th has left: {sink.mails}"
    listed = daemon.client("undo", text=True)
    assert "No steward has said anything lately" in listed, listed


def not_when_it_has_left(box):
    plan = box.plan()
    box.smtp(plan)
    daemon = box.daemon(plan, "2026-05-06T12:00")
    daemon.client("extend", "KS-1", "--due", "2026-05-29", "--reference", "KS 1")
    seq = newest(daemon, "KS-1")
    assert "paminn.extend" in daemon.client("undo", text=True)
    daemon.settle()
    assert "has left" in daemon.client("undo", seq, code=65, text=True)
    daemon.tell("status", "TN-1", "/people/anna", status="on-track")
    answer = daemon.client("undo", seq + 1, code=77, text=True)
    assert "is /people/anna's" in answer, answer
    assert "no event" in daemon.client("undo", 4000, code=65, text=True)
    daemon.client("status", "TN-1", "at-risk", "--as", "stina")
    assert "/people/stina's" in daemon.client("undo", seq + 2, code=77, text=True)
    daemon.client("undo", seq + 2, "--as", "stina")
    assert daemon.obligation("KS-1", "TN-1")["status"] == "on-track"
    assert daemon.client("verify") == []


def taken_back_after_a_restart(box):
    plan = box.plan()
    daemon = box.daemon(plan, "2026-05-06T18:00")
    before = state(daemon)
    daemon.client("meeting", "KS", "2026-06-02", "--replaces", "2026-05-26")
    daemon.restart()
    daemon.client("undo", newest(daemon, "KS"))
    assert state(daemon) == before
    assert daemon.client("verify") == []


run(said_and_taken_back, not_when_it_has_left, taken_back_after_a_restart)
