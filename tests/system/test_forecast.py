#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A rehearsal of the whole spring against what forecast announced: message by message, instant by
instant and item by item; then with events, each difference explained by why."""
from collections import Counter

from comparison import LADDER, differ, explained, messages, sent, steps
from harness import event, run

SPRING = {"from": "2026-04-22", "until": "2026-05-29"}


def spring_plan(box):
    """More than one deadline, owner with two measures, channel, language, ladder."""
    plan = box.plan()
    plan.settings["ladders"] += ({"name": "tight", "time": "06:15", "steps": (
        {"at": "-3d", "to": ["owner", "role:support"]}, {"at": "0", "to": ["responsible"]},
        {"at": "+1d", "to": ["owner", "channel:hook"], "repeat": "1wd", "until": "+4d"})},)
    hook = box.hook(plan)
    plan.people["anna"].update(language="en", channels=["mail", "hook"])
    plan.add("people", "eva", name="Eva Sund", mail="eva@kommunen.internal", manager="mona")
    plan.add("measures", "TN-3", title="Ny upphandling", owner="bo")
    plan.add("measures", "FN-1", title="Lokaler", owner="eva")
    plan.add("deadlines", "KS-T1", title="Tertialrapport april", due="2026-05-08",
             answers_from=["TN-*", "FN-1"], inform=["reg"], responsible="mona", ladder="standard")
    plan.add("deadlines", "TN-M", title="Månadsläge", due="2026-05", answers_from=["FN-*"],
             inform=["role:support"], responsible="eva", ladder="tight")
    plan.add("deadlines", "LAG-1", title="Delårsrapport", due="2026-05-09", round="forward",
             answers_from=["TN-3"], inform=["reg"], responsible="ola", ladder="tight")
    return plan, box.smtp(plan), hook


def through(daemon, when):
    """The forecast from the present on, made while the clock all but stands still."""
    daemon.restart("2026-04-22T07:00")
    rows = daemon.query("forecast", **SPRING)
    daemon.restart("2026-04-22T07:00")
    daemon.until(when)
    return messages(rows)


def nothing_happens(box):
    plan, sink, hook = spring_plan(box)
    feed = box.feed(plan, "paminn.reminder")
    daemon = box.daemon(plan, "2026-04-22T07:00")
    announced = through(daemon, "2026-05-30T00:00")
    assert len(announced) > 60, len(announced)
    was = sent(daemon, feed)
    assert was == announced, differ(announced, was)
    mails = Counter((f"{mail.when:%Y-%m-%dT%H:%M}", mail.person) for mail in sink.mails)
    assert mails == Counter((when[:16], to) for when, to, channel, *_ in announced.elements()
                            if channel == "mail"), "the mail server got something else"
    assert len(hook.posts) == sum(each[2] == "hook" for each in announced.elements())


def month_is_part_of_it(box):
    plan, *_ = spring_plan(box)
    daemon = box.daemon(plan, "2026-04-22T07:00")
    whole = messages(daemon.query("forecast", **SPRING))
    april = messages(daemon.query("forecast", month="2026-04"))
    may = messages(daemon.query("forecast", **{"from": "2026-05-01", "until": "2026-05-29"}))
    assert april + may == whole, differ(whole, april + may)


def with_events(box):
    plan, sink, hook = spring_plan(box)
    plan.settings["alerts"] = ({"when": "off-track", "to": ["manager"]},)
    feed = box.feed(plan, "paminn.reminder")
    daemon = box.daemon(plan, "2026-04-22T07:00")
    announced = through(daemon, "2026-05-05T12:00")
    daemon.tell("status", "TN-1", "/people/anna", status="off-track")
    daemon.until("2026-05-11T12:00")
    # Heard together, the meeting and the extension are one message.
    answers = daemon.ask([
        event("meeting", "KS", {"from": "2026-05-28", "replaces": "2026-05-26"}),
        event("extend", "TN-3", {"deadline": "KS-T1", "due": "2026-05-20",
                                 "reference": "KS § 4"})])
    assert [answer["result"] for answer in answers] == ["accepted"] * 2, answers
    daemon.until("2026-05-19T12:00")
    daemon.tell("submit", "TN-M", "/people/eva", reference="TN § 5")
    rest = through(daemon, "2026-05-30T00:00")
    was = sent(daemon, feed)
    last = min(rest)[0]
    later = Counter({key: n for key, n in was.items() if key[0] >= last and key[3] in LADDER})
    foreseen = Counter({key: n for key, n in rest.items() if key[3] in LADDER})
    assert later == foreseen, "after the last event:\n" + differ(foreseen, later)
    assert min(explained(daemon, steps(announced), steps(was))) > 0, "the events changed nothing"
    kinds = Counter((to, kind) for _, to, _, kind, _ in was.elements())
    assert kinds["mona", "alert"] == 1 and kinds["stina", "confirmation"] == 1, kinds
    for person in ("ola", "reg", "bo"):
        assert kinds[person, "moved"] == 1, kinds
    assert not kinds["anna", "moved"], "told of a date she has answered"


run(nothing_happens, month_is_part_of_it, with_events)
