#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What answers change: ladders stop, deliverables close, alerts fire as conditions are entered."""
from harness import event, run, wait_for


def reminded(sink, person):
    return [f"{mail.when:%m-%d}" for mail in sink.to(person)]


def answer_stops_the_ladder(box):
    plan = box.plan()
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-04-28T12:00")
    daemon.until("2026-05-08T12:00")
    daemon.tell("status", "TN-1", "/people/anna", status="on-track", progress=40,
                effect_achieved=250000, effect_forecast=900000)
    row = daemon.obligation("KS-1", "TN-1")
    assert row["state"] == "answered" and row["status"] == "on-track" and row["answered_at"], row
    daemon.until("2026-05-21T12:00")
    assert reminded(sink, "anna") == ["04-29", "05-07"]
    assert reminded(sink, "bo") == ["04-29", "05-07", "05-12", "05-15", "05-18"]
    # Mona hears of Bo alone.
    (mail,) = sink.to("mona")
    assert "TN-2" in mail.text and "TN-1" not in mail.text, mail.text
    why = {row["step"]: row["decision"] for row in daemon.query("why", item="TN-1", person="anna")}
    assert why["-2wd"] in ("suppressed", "merged"), why
    (report,) = daemon.query("report", deadline="KS-1")
    rows = {row["measure"]: row for row in report["rows"]}
    assert rows["TN-1"]["status"] == "on-track" and rows["TN-1"]["deviation"] == -100000, rows
    assert rows["TN-2"]["status"] is None and rows["TN-2"]["asked"] == 5, rows
    assert rows["TN-2"]["deviation"] is None and rows["TN-1"]["asked"] == 2, rows


def answer_outside_the_window(box):
    """A status before the window opens is history; one after it has closed late still answers."""
    plan = box.plan()
    box.smtp(plan)
    daemon = box.daemon(plan, "2026-04-27T12:00")
    daemon.tell("status", "TN-1", "/people/anna", status="on-track")
    daemon.until("2026-05-19T12:00")
    assert daemon.obligation("KS-1", "TN-1")["state"] == "late"
    # An older status than the newest is kept as history and is not the measure's status.
    daemon.tell("status", "TN-1", "/people/anna", status="at-risk")
    daemon.tell("status", "TN-1", "/people/anna", status="done", time="2026-05-01T12:00:00+02:00")
    row = daemon.obligation("KS-1", "TN-1")
    assert row["state"] == "answered" and row["status"] == "at-risk", row


def older_status_answers_its_window(box):
    plan = box.plan()
    box.smtp(plan)
    daemon = box.daemon(plan, "2026-04-27T12:00")
    daemon.until("2026-05-04T12:00")
    daemon.tell("status", "TN-2", "/people/bo", status="on-track", time="2026-04-28T12:00:00+02:00")
    assert daemon.obligation("KS-1", "TN-2")["state"] == "open"
    daemon.tell("status", "TN-2", "/people/bo", status="on-track", time="2026-04-30T12:00:00+02:00")
    assert daemon.obligation("KS-1", "TN-2")["state"] == "answered"


def done_closes_what_comes_later(box):
    plan = box.plan()
    sink = box.smtp(plan)
    plan.add("deadlines", "KS-2", title="Lägesrapport juni", due="2026-06-17",
             answers_from=["TN-*"], inform=["reg"], responsible="ola", ladder="standard")
    daemon = box.daemon(plan, "2026-04-28T12:00")
    daemon.until("2026-04-30T12:00")
    daemon.tell("status", "TN-1", "/people/anna", status="done")
    assert daemon.obligation("KS-1", "TN-1")["state"] == "answered"
    assert daemon.obligation("KS-2", "TN-1")["state"] == "withdrawn"
    assert daemon.obligation("KS-2", "TN-2")["state"] == "waiting"
    # A newer other status restores those whose papers date is ahead.
    daemon.tell("status", "TN-1", "/people/anna", status="at-risk")
    assert daemon.obligation("KS-2", "TN-1")["state"] == "waiting"
    daemon.tell("status", "TN-1", "/people/anna", status="cancelled")
    daemon.until("2026-06-04T12:00")
    assert reminded(sink, "anna") == ["04-29"]
    assert "06-03" in reminded(sink, "bo"), sink.to("bo")


def submit_closes_the_deadline(box):
    plan = box.plan()
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-04-28T12:00")
    daemon.until("2026-05-07T12:00")
    daemon.tell("status", "TN-1", "/people/anna", status="on-track")
    daemon.tell("submit", "KS-1", "/people/ola", reference="TN 2026-05-07 § 31", note="Hela planen")
    assert daemon.obligation("KS-1")["state"] == "answered"
    assert daemon.obligation("KS-1", "TN-1")["state"] == "answered"
    assert daemon.obligation("KS-1", "TN-2")["state"] == "withdrawn"
    daemon.until("2026-05-08T12:00")
    daemon.tell("submit", "KS-1", "/people/ola", reference="TN 2026-05-08 § 32")
    daemon.until("2026-05-29T17:00")
    first, second = sink.to("reg")
    assert "TN 2026-05-07 § 31" in first.text and "TN 2026-05-08 § 32" in second.text
    assert {row["kind"] for row in daemon.query("outbox") if row["to"] == "reg"} == {"confirmation"}
    assert reminded(sink, "bo") == ["04-29", "05-07"] == reminded(sink, "ola")
    assert not sink.to("mona") and not sink.to("stina")
    assert not daemon.query("list"), "a closed deadline is listed"


def who_may_say_what(box):
    plan = box.plan()
    box.smtp(plan)
    daemon = box.daemon(plan, "2026-04-28T12:00")
    # The peer is a local one, hence a steward, who may speak for others; nobody else exists.
    answer = daemon.ask(event("status", "TN-1", {"status": "on-track"}, "/people/nobody"))
    assert answer["code"] == "not-allowed", answer
    answer = daemon.ask(event("status", "TN-1", {"status": "on-track"}, "/systems/nothing"))
    assert answer["code"] == "not-allowed", answer


def alerts_fire_on_entering(box):
    plan = box.plan()
    sink = box.smtp(plan)
    plan.settings["alerts"] = ({"when": "off-track", "to": ["manager", "role:support"]},
                               {"when": "needs-support", "to": ["role:support"]},
                               {"when": "effect-below", "percent": 80, "to": ["role:support"]})
    daemon = box.daemon(plan, "2026-04-22T09:00")

    def says(expected, **data):
        before = len(sink.mails)
        daemon.tell("status", "TN-1", "/people/anna", **data)
        wanted = before + len(expected)
        wait_for(lambda: len(sink.mails) >= wanted and all(
            row["state"] == "delivered" for row in daemon.query("outbox")), f"alerts of {data}")
        assert sorted(mail.person for mail in sink.mails[before:]) == expected, sink.mails[before:]

    says([], status="on-track", effect_forecast=900000)
    says(["mona", "stina"], status="off-track", effect_forecast=900000)
    says([], status="off-track", effect_forecast=900000)
    says([], status="at-risk", effect_forecast=900000)
    says(["mona", "stina"], status="off-track")
    says([], status="on-track")
    says(["stina"], status="on-track", effect_forecast=799999)
    says([], status="on-track", effect_forecast=700000)
    says([], status="on-track", effect_forecast=800000)
    says(["stina"], status="on-track", effect_forecast=-1)
    says(["stina"], status="on-track", effect_forecast=900000, needs_support="Jurist")
    says([], status="on-track", effect_forecast=900000, needs_support="Jurist")
    says(["stina"], status="on-track", effect_forecast=900000, needs_support="Jurist och ekonom")
    assert "Jurist och ekonom" in sink.mails[-1].text, sink.mails[-1].text
    # An older status is history: it enters nothing.
    says([], status="off-track", time="2026-04-20T12:00:00+02:00")
    assert {row["kind"] for row in daemon.query("outbox")} == {"alert"}


run(answer_stops_the_ladder, answer_outside_the_window, older_status_answers_its_window,
    done_closes_what_comes_later, submit_closes_the_deadline, who_may_say_what,
    alerts_fire_on_entering)
