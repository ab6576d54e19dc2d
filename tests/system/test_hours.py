#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Nothing leaves outside open hours: what falls there moves to the next opening and merges."""
from harness import run


def sent(sink, person):
    return [f"{mail.when:%Y-%m-%d %H:%M}" for mail in sink.to(person)]


def with_alerts(box):
    plan = box.plan()
    plan.settings["alerts"] = ({"when": "off-track", "to": ["role:support"]},)
    return plan, box.smtp(plan)


def night_waits_for_morning(box):
    plan, sink = with_alerts(box)
    daemon = box.daemon(plan, "2026-04-24T16:00")  # a Friday
    daemon.until("2026-04-24T17:30")
    daemon.tell("status", "TN-1", "/people/anna", status="off-track")
    daemon.until("2026-04-25T12:00")
    daemon.tell("status", "TN-2", "/people/bo", status="off-track")
    (row,) = daemon.query("outbox")
    assert row["planned"] == "2026-04-27T07:30:00+02:00" and row["state"] == "pending", row
    daemon.restart("2026-04-27T06:00")
    daemon.until("2026-04-27T08:30")
    assert sent(sink, "stina") == ["2026-04-27 07:30"], sink.mails
    assert "TN-1" in sink.mails[0].text and "TN-2" in sink.mails[0].text, sink.mails[0].text


def holiday_is_closed(box):
    plan, sink = with_alerts(box)
    daemon = box.daemon(plan, "2026-04-30T16:30")  # eve of the First of May, a Friday
    daemon.until("2026-05-01T10:00")
    daemon.tell("status", "TN-1", "/people/anna", status="off-track")
    (alert,) = [row for row in daemon.query("outbox") if row["kind"] == "alert"]
    assert alert["planned"] == "2026-05-04T07:30:00+02:00", alert


def half_day_closes_at_noon(box):
    plan, sink = with_alerts(box)
    plan.settings["calendar"]["half_days"] = True
    daemon = box.daemon(plan, "2026-04-30T12:00")
    daemon.tell("status", "TN-1", "/people/anna", status="off-track")
    (alert,) = [row for row in daemon.query("outbox") if row["kind"] == "alert"]
    assert alert["planned"] == "2026-05-04T07:30:00+02:00", alert


def moot_before_it_left(box):
    """A reminder that is kept back is dropped when the answer comes before it leaves; one whose
    step falls in the night is not even made."""
    plan, sink = with_alerts(box)
    plan.settings["ladders"] = ({"name": "standard", "time": "06:00", "steps": (
        {"at": "-2wd", "to": ["owner"]}, {"at": "0", "to": ["owner"]})},)
    daemon = box.daemon(plan, "2026-05-12T05:00")
    daemon.order("hold", on=True)
    daemon.until("2026-05-12T08:30")
    rows = {row["to"]: row for row in daemon.query("outbox") if row["kind"] == "reminder"}
    assert {row["planned"] for row in rows.values()} == {"2026-05-12T07:30:00+02:00"}, rows
    assert {row["state"] for row in rows.values()} == {"pending"}, rows
    daemon.tell("status", "TN-1", "/people/anna", status="on-track")
    daemon.order("hold", on=False)
    daemon.until("2026-05-12T10:00")
    states = {row["to"]: row["state"] for row in daemon.query("outbox") if row["kind"] == "reminder"}
    assert states == {"anna": "dropped", "bo": "delivered", "ola": "delivered"}, states
    assert not sink.to("anna")
    daemon.restart("2026-05-15T05:00")
    daemon.until("2026-05-15T06:30")
    daemon.tell("status", "TN-2", "/people/bo", status="on-track")
    daemon.until("2026-05-15T09:00")
    assert len(sink.to("bo")) == 1 and len(sink.to("ola")) == 2, sink.mails


def ladder_items_are_one_message(box):
    """Two deadlines, a step of each on one morning: one mail to each, a reminder if any of it is
    theirs to answer; each channel of a person gets it."""
    plan = box.plan()
    sink = box.smtp(plan)
    hook = box.hook(plan)
    plan.people["anna"]["channels"] = ["mail", "hook"]
    plan.add("deadlines", "KS-2", title="Lägesrapport maj", due="2026-05-15",
             answers_from=["TN-*"], inform=["reg"], responsible="mona", ladder="standard")
    daemon = box.daemon(plan, "2026-05-18T07:00")
    daemon.until("2026-05-19T12:00")
    kinds = [(row["planned"][:16], row["to"], row["channel"], row["kind"])
             for row in daemon.query("outbox")]
    # Escalations wait until those who owe it were reached, and then a working day.
    assert sorted(kinds) == [
        ("2026-05-18T08:00", "anna", "hook", "reminder"),
        ("2026-05-18T08:00", "anna", "mail", "reminder"),
        ("2026-05-18T08:00", "bo", "mail", "reminder"),
        ("2026-05-18T08:00", "mona", "mail", "reminder"),
        ("2026-05-18T08:00", "ola", "mail", "reminder"),
        ("2026-05-19T08:00", "mona", "mail", "escalation"),
        ("2026-05-19T08:00", "stina", "mail", "escalation")], kinds
    (mail,) = [mail for mail in sink.to("anna") if mail.when.day == 18]
    assert "Lägesrapport maj" in mail.text and "Återredovisning av åtgärdsplan" in mail.text
    (post,) = [body for _, body in hook.posts if body["data"]["to"] == "anna"]
    items = {(item["deadline"], item["measure"], item["step"]) for item in post["data"]["items"]}
    assert items == {("KS-1", "TN-1", "+1wd"), ("KS-2", "TN-1", "+1wd")}, items
    row = daemon.obligation("KS-1", "TN-1")
    assert row["asked"] == 1, f"asked counts a step once, whatever the channels: {row}"


run(night_waits_for_morning, holiday_is_closed, half_day_closes_at_noon, moot_before_it_left,
    ladder_items_are_one_message)
