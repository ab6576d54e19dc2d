#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""`paminn outbox retry ID` and `drop ID`: the only ways out for a message that is held or has failed."""
from harness import run, wait_for

# On 12 May at 08:00 -2wd asks Anna, Bo and Ola.
MORNING = "2026-05-12T07:00"


def row_of(daemon, person):
    (row,) = [row for row in daemon.query("outbox") if row["to"] == person]
    return row


def held(box):
    """Anna's reminder is held: three times the connection broke after the body."""
    plan = box.plan()
    sink = box.smtp(plan)
    sink.drop["anna"] = 3
    daemon = box.daemon(plan, MORNING)
    daemon.until("2026-05-12T13:00")
    row = row_of(daemon, "anna")
    assert (row["state"], row["unknown"]) == ("held", 3), row
    return sink, daemon, row


def a_held_message_is_tried_again(box):
    sink, daemon, row = held(box)
    daemon.until("2026-05-13T12:00")
    assert row_of(daemon, "anna")["state"] == "held"
    (answer,) = daemon.client("outbox", "retry", row["id"])
    assert (answer["id"], answer["state"]) == (row["id"], "retry"), answer
    row = wait_for(lambda: (row := row_of(daemon, "anna"))["state"] == "delivered" and row,
                   "the held message to be delivered")
    assert (row["attempts"], row["unknown"]) == (4, 3), row
    copies = sink.to("anna")
    assert len(copies) == 4 and len({copy.id for copy in copies}) == 1, copies
    assert daemon.obligation("KS-1", "TN-1")["asked"] == 1
    text = daemon.client("outbox", "retry", row["id"], code=65, text=True)
    assert "delivered for good" in text, text


def a_held_message_is_dropped(box):
    sink, daemon, row = held(box)
    text = daemon.client("outbox", "drop", row["id"], text=True)
    assert "dropped" in text, text
    row = row_of(daemon, "anna")
    assert row["state"] == "dropped" and "steward" in row["last_answer"] and row["finished_at"], row
    (why,) = [why for why in daemon.query("why", item="TN-1", person="anna")
              if why["step"] == "-2wd"]
    assert why["decision"] == "suppressed" and "steward" in why["reason"], why
    assert len(sink.to("anna")) == 3


def answered_meanwhile(box):
    """What a held message tells has become moot: it stays held all the same, until a steward
    retries it; then there is nothing to send."""
    sink, daemon, row = held(box)
    daemon.tell("status", "TN-1", status="on-track")
    daemon.until("2026-05-13T12:00")
    assert row_of(daemon, "anna")["state"] == "held", row_of(daemon, "anna")
    (answer,) = daemon.client("outbox", "retry", row["id"])
    assert answer["state"] == "dropped" and "moot" in answer["last_answer"], answer
    assert len(sink.to("anna")) == 3


def what_waits_is_tried_now_or_dropped(box):
    plan = box.plan()
    sink = box.smtp(plan)
    sink.rcpt.update({"anna": ["450 4.2.1 later"] * 4, "bo": "450 4.2.1 later"})
    daemon = box.daemon(plan, MORNING)
    daemon.until("2026-05-12T09:30")
    daemon.restart("2026-05-12T09:30")
    row = row_of(daemon, "anna")
    assert row["state"] == "retry" and row["next_attempt"] > "2026-05-12T10:30", row
    (answer,) = daemon.client("outbox", "retry", row["id"])
    assert answer["state"] == "retry" and answer["next_attempt"] < "2026-05-12T10", answer
    wait_for(lambda: row_of(daemon, "anna")["state"] == "delivered", "Anna's reminder")
    daemon.client("outbox", "drop", row_of(daemon, "bo")["id"])
    assert row_of(daemon, "bo")["state"] == "dropped"
    daemon.client("outbox", "drop", row_of(daemon, "bo")["id"], code=65, text=True)
    assert not sink.to("bo")


def what_has_failed_is_tried_again(box):
    """Whatever was wrong has been mended: Anna's reminder arrives; Bo's is moot by then."""
    plan = box.plan()
    sink = box.smtp(plan)
    sink.rcpt.update({"anna": "550 5.1.1 no such user", "bo": "550 5.1.1 no such user"})
    daemon = box.daemon(plan, MORNING)
    daemon.until("2026-05-12T09:30")
    daemon.restart("2026-05-12T09:30")
    anna, bo = row_of(daemon, "anna"), row_of(daemon, "bo")
    assert anna["state"] == bo["state"] == "failed", (anna, bo)
    assert daemon.logged(r"message \d+ on channel mail is failed, attempt 1: 550 5\.1\.1 no such"), \
        daemon.log_text()
    daemon.tell("status", "TN-2", status="on-track")
    assert "failed" in str(daemon.query("why", item="TN-2", person="bo")), "it never failed"
    sink.rcpt.clear()
    (answer,) = daemon.client("outbox", "retry", bo["id"])
    assert answer["state"] == "dropped" and "moot" in answer["last_answer"], answer
    (answer,) = daemon.client("outbox", "retry", anna["id"])
    assert (answer["state"], answer["finished_at"]) == ("retry", None), answer
    wait_for(lambda: row_of(daemon, "anna")["state"] == "delivered", "Anna's reminder")
    assert daemon.obligation("KS-1", "TN-1")["asked"] == 1
    assert len(sink.to("anna")) == 1 and not sink.to("bo"), sink.mails


def refused_in_words(box):
    plan = box.plan()
    box.smtp(plan)
    daemon = box.daemon(plan, "2026-05-12T07:59")
    daemon.client("hold", "on")
    daemon.restart("2026-05-12T07:59")
    daemon.until("2026-05-12T09:00")
    row = row_of(daemon, "anna")
    text = daemon.client("outbox", "retry", row["id"], code=65, text=True)
    assert "has not been tried" in text, text
    daemon.client("outbox", "drop", row["id"])
    assert "no message 999" in daemon.client("outbox", "drop", 999, code=65, text=True)
    for wrong in (["retry"], ["drop", "x"], ["drop", "-1"], ["list", 1], ["push", 1]):
        daemon.client("outbox", *wrong, code=64, text=True)


run(a_held_message_is_tried_again, a_held_message_is_dropped, answered_meanwhile,
    what_waits_is_tried_now_or_dropped, what_has_failed_is_tried_again, refused_in_words)
