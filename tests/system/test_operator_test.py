#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""`paminn test PERSON`: a real delivery to a real server, and what the server itself answered."""
import threading

from harness import run, wait_for

EVENING = "2026-05-04T22:15"  # closed, and nothing is due


def evening(box, channels=None):
    plan = box.plan()
    sink = box.smtp(plan)
    hook = box.hook(plan)
    if channels:
        plan.people["anna"]["channels"] = channels
    return plan, sink, hook, box.daemon(plan, EVENING, start=False)


def told_what_the_server_answered(box):
    _, sink, _, daemon = evening(box)
    daemon.start()
    text = daemon.client("test", "anna", text=True)
    assert text == "mail: delivered: 250 2.0.0 Ok; login: none\n", text
    (mail,) = sink.to("anna")
    assert mail.subject == "Testmeddelande från Påminn" and "Anna Ek" in mail.message["To"]
    assert mail.html and mail.message["Auto-Submitted"] == "auto-generated"
    assert mail.message["References"] is None, "a test belongs to no thread"
    (row,) = daemon.client("test", "anna")
    assert (row["kind"], row["state"], row["to"], row["attempts"]) == (
        "test", "delivered", "anna", 1), row
    assert row.pop("login") == "none", row
    assert row in daemon.query("outbox")
    assert len(sink.to("anna")) == 2 and len({mail.id for mail in sink.mails}) == 2


def counts_as_no_reminder(box):
    """Asked twice, and tested in between: asked says two."""
    plan = box.plan()
    box.smtp(plan)
    daemon = box.daemon(plan, "2026-04-30T07:00")
    feed = box.feed(plan)
    daemon.until("2026-05-04T12:00")
    before = daemon.obligation("KS-1", "TN-1")
    assert daemon.client("test", "anna")[0]["state"] == "delivered"
    after = daemon.obligation("KS-1", "TN-1")
    assert before["asked"] == after["asked"] == 1 and before["last_asked"] == after["last_asked"]
    assert not [row for row in daemon.query("why", item="TN-1", person="anna")
                if "test" in row["reason"]]
    kinds = wait_for(lambda: [event["data"]["kind"] for event in feed.of("delivery")], "the feed")
    assert "test" in kinds, kinds


def each_channel_is_tried(box):
    _, sink, hook, daemon = evening(box, ["mail", "hook"])
    hook.replies = [404]
    daemon.start()
    mail, post = daemon.client("test", "anna", code=65)
    assert (mail["channel"], mail["state"]) == ("mail", "delivered"), mail
    assert (post["channel"], post["state"]) == ("hook", "failed") and "404" in post["last_answer"]
    text = daemon.client("test", "anna", text=True)
    assert "mail: delivered: 250" in text and "hook: delivered: " in text and "204" in text, text
    data = hook.posts[-1][1]["data"]
    assert data["kind"] == "test" and data["items"] == [] and "testmeddelande" in data["text"], data
    assert len(sink.to("anna")) == 2


def refused_is_told_to_who_asked(box):
    """Nobody else: no alert to support, and no further attempt."""
    _, sink, _, daemon = evening(box)
    sink.rcpt.update({"anna": "550 5.1.1 no such user", "bo": "450 4.2.1 try later"})
    sink.drop["ola"] = 9
    daemon.start()
    for person, answer, unknown in (("anna", "550 5.1.1", 0), ("bo", "450 4.2.1", 0), ("ola", "", 1)):
        (row,) = daemon.client("test", person, code=65)
        assert (row["state"], row["attempts"], row["unknown"]) == ("failed", 1, unknown), row
        assert answer in row["last_answer"] and row["next_attempt"] is None, row
    assert "no such user" in daemon.client("test", "anna", code=65, text=True)
    assert {row["kind"] for row in daemon.query("outbox")} == {"test"}, daemon.query("outbox")
    assert sink.attempts.count("bo") == 1 and len(sink.to("ola")) == 1


def a_server_that_is_down_is_tried(box):
    _, sink, _, daemon = evening(box)
    sink.stop()
    daemon.expect("channel mail is down")
    daemon.start()
    for _ in range(3):  # not only until it is known to be down
        text = daemon.client("test", "anna", code=65, text=True)
        assert "mail: failed: " in text and str(sink.port) in text, text


def the_loop_goes_on_meanwhile(box):
    _, sink, _, daemon = evening(box)
    sink.shut.add("anna")
    daemon.start()
    answers = []
    tests = [threading.Thread(target=lambda: answers.append(daemon.client("test", "anna")))
             for _ in range(4)]
    for test in tests:
        test.start()
    wait_for(lambda: len(daemon.query("outbox")) == 4, "the tests to begin")
    for _ in range(50):
        assert daemon.query("whoami") and daemon.tell("note", "TN-1", note="x")
    text = daemon.client("test", "bo", code=75, text=True)
    assert "4 tests are under way" in text and not answers, (text, answers)
    sink.shut.clear()
    for test in tests:
        test.join()
    assert [rows[0]["state"] for rows in answers] == ["delivered"] * 4, answers


def not_while_on_hold_nor_to_strangers(box):
    _, sink, _, daemon = evening(box)
    daemon.start()
    daemon.client("hold", "on")
    assert "hold" in daemon.client("test", "anna", code=75, text=True)
    daemon.client("hold", "off")
    assert "no person nemo" in daemon.client("test", "nemo", code=65, text=True)
    # What tells of hold waits for the morning, and is taken back.
    assert not sink.mails and {(row["kind"], row["state"]) for row in daemon.query("outbox")} == {("hold", "dropped")}


def a_rehearsal_reaches_nobody_outside(box):
    plan, _, _, daemon = evening(box)
    plan.settings["mail"]["server"] = "smtp://192.0.2.25:25"
    daemon.start()
    text = daemon.client("test", "anna", text=True)
    assert text == "mail: delivered: rehearsal: sent to nobody\n", text


run(told_what_the_server_answered, counts_as_no_reminder, each_channel_is_tried,
    refused_is_told_to_who_asked, a_server_that_is_down_is_tried, the_loop_goes_on_meanwhile,
    not_while_on_hold_nor_to_strangers, a_rehearsal_reaches_nobody_outside)
