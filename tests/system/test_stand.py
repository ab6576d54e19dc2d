#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A rehearsal that stands: all that is due by then has left, nothing more happens, and `go` moves it on."""
import time

from harness import local, run


def it_stands_with_all_that_was_due_gone_out(box):
    plan = box.plan()
    sink = box.smtp(plan)
    plan.settings["alerts"] = ({"when": "needs-support", "to": ["role:support"]},)
    daemon = box.daemon(plan, "2026-05-12T07:00")
    assert daemon.now() == local("2026-05-12T07:00") and not sink.mails
    # To the very instant of -2wd, which is decided and has left when the answer comes.
    (row,) = daemon.order("go", time="2026-05-12T08:00")["rows"]
    assert row == {"time": "2026-05-12T08:00:00+02:00"}, row
    assert sorted(mail.person for mail in sink.mails) == ["anna", "bo", "ola"], sink.mails
    assert {row["state"] for row in daemon.query("outbox")} == {"delivered"}
    time.sleep(0.3)  # nothing happens by itself
    assert daemon.now() == local("2026-05-12T08:00") and len(sink.mails) == 3
    # What is said now is said at this instant, and its consequences leave before the answer of go.
    daemon.tell("status", "TN-1", "/people/anna", status="off-track", needs_support="Hjälp")
    daemon.settle()
    assert f"{sink.to('stina')[0].when:%d %H:%M}" == "12 08:00", sink.mails
    # A month is a moment; the steps of a month come in their order, each at its instant.
    began = time.monotonic()
    assert daemon.until("2026-06-12T12:00") == local("2026-06-12T12:00")
    assert time.monotonic() - began < 10
    days = [f"{mail.when:%m-%d %H:%M}" for mail in sink.to("bo")]
    assert days == ["05-12 08:00", "05-15 08:00", "05-18 08:00"], days


def the_client_tells_it_to(box):
    plan = box.plan()
    box.smtp(plan)
    daemon = box.daemon(plan, "2026-05-12T07:00")
    text = daemon.client("go", "2026-05-12T08:30:15", text=True)
    assert text == "The rehearsal stands at 2026-05-12T08:30:15+02:00.\n", text
    assert daemon.client("go", "2026-05-12T07:00:00Z") == {"time": "2026-05-12T09:00:00+02:00"}
    text = daemon.client("go", "2026-05-12T08:59", code=65, text=True)
    assert "is past 2026-05-12T08:59 already: it is 2026-05-12T09:00:00+02:00 there" in text, text
    text = daemon.client("go", "tomorrow", code=65, text=True)
    assert "not a time such as" in text, text
    assert daemon.now() == local("2026-05-12T09:00")


def it_reaches_as_far_as_holidays_are_known(box):
    daemon = box.daemon(box.plan(), "2150-05-12T07:00", start=False)
    daemon.expect("reaches from 2005 to 2100")
    daemon.start(ready=False)
    assert daemon.ended() == 64
    daemon.clock = "2026-05-12T07:00"
    daemon.start()
    text = daemon.client("go", "2101-01-01T00:00", code=65, text=True)
    assert "to the end of 2100" in text, text
    assert daemon.now() == local("2026-05-12T07:00")


def only_a_rehearsal_can_be_told(box):
    daemon = box.daemon(box.plan())
    text = daemon.client("go", "2099-05-12T08:30", code=77, text=True)
    assert "runs in real time" in text, text


def who_runs_freely_can_be_made_to_stand(box):
    plan = box.plan()
    box.smtp(plan)
    daemon = box.daemon(plan, "2026-05-12T07:00@600")
    (row,) = daemon.order("go", time="2026-05-12T07:10")["rows"]
    assert row["time"] == "2026-05-12T07:10:00+02:00", row
    time.sleep(0.05)
    assert daemon.now() == local("2026-05-12T07:10")


def two_may_ask_at_once(box):
    """The later time holds, and whoever asked for the earlier hears when that is passed."""
    plan = box.plan()
    box.smtp(plan)
    daemon = box.daemon(plan, "2026-05-12T07:00@1..2026-05-12T07:00")
    first, second = box.keep(type(daemon.peer)(plan.submit)), daemon.peer
    first.send({"command": "go", "params": {"time": "2026-05-12T07:00:02"}})
    second.send({"command": "go", "params": {"time": "2026-05-12T07:00:03"}})
    assert first.receive()["result"] == "ok" and second.receive()["result"] == "ok"
    assert daemon.now() == local("2026-05-12T07:00:03")


def killed_and_started_again_it_is_not_before_what_was_accepted(box):
    """What was said last before a kill is no history afterwards: the clock is not before it."""
    plan = box.plan()
    box.smtp(plan)
    daemon = box.daemon(plan, "2026-05-12T12:00")
    for hour in range(13, 19):
        daemon.until(f"2026-05-12T{hour}:00")
        daemon.tell("status", "TN-1", "/people/anna", status="at-risk", note=f"{hour}")
        daemon.kill()
        daemon.start()
        assert daemon.now() == local(f"2026-05-12T{hour}:00"), daemon.now()
        answer = daemon.tell("status", "TN-1", "/people/anna", status="on-track")
        (row,) = daemon.query("show", item="TN-1")
        assert row["status"] == "on-track", (answer, row)


run(it_stands_with_all_that_was_due_gone_out, the_client_tells_it_to,
    it_reaches_as_far_as_holidays_are_known, only_a_rehearsal_can_be_told,
    who_runs_freely_can_be_made_to_stand, two_may_ask_at_once,
    killed_and_started_again_it_is_not_before_what_was_accepted)
