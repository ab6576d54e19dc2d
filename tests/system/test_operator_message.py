#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""`paminn outbox show ID`: a message as it left, or would leave now, and what became of it."""
import email
import email.policy
import re

from harness import run

MORNING = "2026-05-12T07:00"  # at 08:00 -2wd asks Anna, Bo and Ola


def row_of(daemon, person):
    (row,) = [row for row in daemon.query("outbox") if row["to"] == person]
    return row


def shown(daemon, person):
    return daemon.client("outbox", "show", row_of(daemon, person)["id"])


def what_waits_reads_as_it_leaves(box):
    plan = box.plan()
    sink = box.smtp(plan)
    sink.rcpt["anna"] = ["450 4.2.1 later"]
    daemon = box.daemon(plan, MORNING)
    daemon.until("2026-05-12T08:00:01")
    row = shown(daemon, "anna")
    assert (row["state"], row["attempts"], row["left"]) == ("retry", 1, False), row
    assert row["items"] == [{"deadline": "KS-1", "measure": "TN-1", "step": "-2wd",
                             "what": "owed", "moot": False}], row["items"]
    assert "450" in row["last_answer"], row
    words = daemon.client("outbox", "show", row["id"], text=True)
    assert "As it would leave now:" in words and row["subject"] in words, words
    assert "Message " in words.splitlines()[0] and "450 4.2.1" in words.splitlines()[0], words
    daemon.until("2026-05-12T09:00")
    mail = sink.to("anna")[-1]
    headers = email.message_from_string(row["headers"], policy=email.policy.default)
    assert row["text"] == mail.text.replace("\r\n", "\n"), (row["text"], mail.text)
    assert row["subject"] == mail.message["Subject"], row
    for name in ("To", "Subject", "List-Id"):
        assert headers[name].split() == mail.message[name].split(), name
    # Who is shown it can't reply as its reader.
    assert headers["Message-ID"] == re.sub(r"(-0-)[a-z2-7]{24}@", r"\1…@", mail.id), headers["Message-ID"]
    left = shown(daemon, "anna")
    assert left["state"] == "delivered" and left["left"] is True, left
    assert (left["text"], left["subject"]) == (row["text"], row["subject"]), left
    assert [(one["n"], one["state"], one["answer"][:3]) for one in left["tried"]] == \
        [(1, "retry", "450"), (2, "delivered", "250")], left["tried"]
    assert left["tried"][0]["at"] == left["first_attempt"] <= left["tried"][0]["ended"], left["tried"]
    # What was said since changes nothing of what left.
    daemon.tell("status", "TN-1", status="on-track")
    assert shown(daemon, "anna")["text"] == row["text"]
    words = daemon.client("outbox", "show", row["id"], text=True)
    assert "As it left:" in words and "ATTEMPT" in words, words


def what_is_answered_has_nothing_to_say(box):
    plan = box.plan()
    box.smtp(plan).rcpt["bo"] = ["450 4.2.1 later"] * 3
    daemon = box.daemon(plan, MORNING)
    daemon.until("2026-05-12T08:00:01")
    daemon.tell("status", "TN-2", status="on-track")
    row = shown(daemon, "bo")
    assert row["text"] is None and row["unsaid"] and row["items"][0]["moot"], row
    assert row["unsaid"] in daemon.client("outbox", "show", row["id"], text=True)


def nobody_answers_by_it(box):
    """The link in it is its reader's: whoever else reads the message can't answer as they."""
    plan = box.plan()
    sink = box.smtp(plan)
    sink.rcpt["anna"] = ["450 4.2.1 later"]
    box.web(plan)
    daemon = box.daemon(plan, MORNING)
    daemon.until("2026-05-12T08:00:01")
    row = shown(daemon, "anna")
    assert "/a/…" in row["text"] and not re.search(r"/a/[\w-]{20}", str(row)), row["text"]
    daemon.until("2026-05-12T09:00")
    assert re.search(r"/a/[\w-]{20}", sink.to("anna")[-1].text)
    left = shown(daemon, "anna")
    assert left["left"] and "/a/…" in left["text"] and not re.search(r"/a/[\w-]{20}", str(left)), left


def refused_in_words(box):
    plan = box.plan()
    box.smtp(plan)
    daemon = box.daemon(plan, MORNING)
    assert "no message 999" in daemon.client("outbox", "show", 999, code=65, text=True)
    for wrong in (["show"], ["show", "x"], ["show", "-1"]):
        daemon.client("outbox", *wrong, code=64, text=True)


run(what_waits_reads_as_it_leaves, what_is_answered_has_nothing_to_say, nobody_answers_by_it,
    refused_in_words)
