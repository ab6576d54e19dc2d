#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A whole ladder in rehearsed time: who is reminded when, how the mails look, and that neither a
restart in the middle nor days of absence send anything twice or lose it."""
import re

from harness import run

# The meeting is on 26 May, the papers are due 7 working days before: Friday 15 May, the squeeze day
# after Ascension. Anna and Bo owe a measure each, Ola the deliverable; Mona is Anna's and Bo's
# manager, Stina is Ola's, and the support function.
OWED = [(f"2026-{day}T08:00", person, "reminder") for person in ("anna", "bo", "ola")
        for day in ("04-29", "05-07", "05-12", "05-15", "05-18")]
LADDER = sorted(OWED + [("2026-05-18T08:00", "mona", "escalation"),
                        ("2026-05-18T08:00", "stina", "escalation"),
                        ("2026-05-20T08:00", "stina", "escalation"),
                        ("2026-05-22T08:00", "stina", "escalation"),
                        ("2026-05-26T08:00", "stina", "escalation"),
                        ("2026-05-28T08:00", "stina", "escalation")])


def planned(daemon):
    return sorted((row["planned"][:16], row["to"], row["kind"]) for row in daemon.query("outbox"))


def delivered(sink):
    return sorted((f"{mail.when:%Y-%m-%dT%H:%M}", mail.person) for mail in sink.mails)


def everything_arrived(daemon, sink, expected):
    assert planned(daemon) == expected, "\n".join(map(str, planned(daemon)))
    assert {row["state"] for row in daemon.query("outbox")} == {"delivered"}
    assert delivered(sink) == [each[:2] for each in expected], sink.mails


def first_steps(box):
    plan = box.plan()
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-04-28T12:00")
    daemon.until("2026-04-30T12:00")
    everything_arrived(daemon, sink, LADDER[:3])
    row = daemon.obligation("KS-1", "TN-1")
    assert row["state"] == "open" and row["asked"] == 1 and row["owner"] == "anna", row
    assert row["last_asked"].startswith("2026-04-29T08:00"), row
    assert (row["due"], row["papers"], row["practical"]) == \
        ("2026-05-26", "2026-05-15", "2026-05-13"), row


def whole_ladder(box):
    plan = box.plan()
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-04-22T12:00")
    daemon.until("2026-05-29T17:00")
    everything_arrived(daemon, sink, LADDER)
    row = daemon.obligation("KS-1", "TN-1")
    assert row["state"] == "late" and row["asked"] == 5, row
    why = [row for row in daemon.query("why", item="TN-1", person="anna")]
    assert [row["step"] for row in why if row["decision"] == "sent"] == \
        ["-10wd", "-5wd", "-2wd", "0", "+1wd"], why
    assert all(row["reason"] for row in why), why
    threads(sink)
    mails_are_proper(sink)


def threads(sink):
    """Anna's mails are one thread, begun by the first; Bo's another."""
    roots = {}
    for person in ("anna", "bo"):
        mails = sink.to(person)
        roots[person] = {mail.message["References"].split()[0] for mail in mails[1:]}
        assert len(roots[person]) == 1, roots
        first = mails[0].message
        assert roots[person] <= {mails[0].id, *(first["References"] or "").split()}, roots
        assert all(mail.message["In-Reply-To"] for mail in mails[1:])
    assert roots["anna"] != roots["bo"]
    assert len({mail.id for mail in sink.mails}) == len(sink.mails), "a Message-ID twice"


def mails_are_proper(sink):
    for mail in sink.mails:
        headers = mail.message
        assert headers["To"].addresses[0].addr_spec == mail.to and len(headers["To"].addresses) == 1
        assert headers["From"].addresses[0].addr_spec == "paminn@kommunen.internal"
        assert headers["Reply-To"].addresses[0].addr_spec == "stod@kommunen.internal"
        assert headers["Auto-Submitted"] == "auto-generated"
        assert headers["X-Auto-Response-Suppress"] == "All"
        assert re.fullmatch(r"<[^<>@\s]+@[^<>@\s]+>", mail.id), mail.id
        kinds = [part.get_content_type() for part in headers.walk()]
        assert kinds in (["multipart/alternative", "text/plain", "text/html"],
                         ["multipart/mixed", "multipart/alternative", "text/plain", "text/html",
                          "text/calendar"]), kinds
        for part in (mail.text, mail.html):
            assert part.strip() and "{{" not in part, part
            assert "Återredovisning av åtgärdsplan" in " ".join(part.split()), part
        assert b"\n" not in mail.raw.replace(b"\r\n", b""), "a bare line feed"
        assert max(map(len, mail.raw.split(b"\r\n"))) <= 998
    first = sink.to("anna")[0]
    for words in ("TN-1", "Färre inhyrda", "26 maj", "15 maj", "13 maj", "KS 2026-04-15 § 12"):
        assert words in first.text, f"{words} is not in:\n{first.text}"
    merged = [mail for mail in sink.to("mona")][0]
    assert "Färre inhyrda" in merged.text and "Samordnad drift" in merged.text, merged.text


def english(box):
    plan = box.plan()
    plan.people["anna"]["language"] = "en"
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-04-28T12:00")
    daemon.until("2026-04-30T12:00")
    assert "26 May" in sink.to("anna")[0].text, sink.to("anna")[0].text
    assert "26 maj" in sink.to("bo")[0].text


def restart_in_the_middle(box):
    plan = box.plan()
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-04-28T12:00")
    for at in ("2026-04-29T12:00", "2026-05-06T12:00", "2026-05-12T12:00", "2026-05-18T12:00"):
        daemon.until(at)
        before = daemon.now()
        daemon.restart()
        assert daemon.now() >= before, "the clock went back"
    daemon.until("2026-05-29T17:00")
    everything_arrived(daemon, sink, LADDER)


def steps_missed_while_down(box):
    plan = box.plan()
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-04-28T12:00")
    daemon.until("2026-05-06T12:00")
    assert len(sink.mails) == 3
    # Away over -5wd (7 May) and -2wd (12 May): the last of them is sent late, the other is merged.
    daemon.restart("2026-05-13T10:00")
    daemon.until("2026-05-13T12:00")
    late = sink.to("anna")[1:]
    assert [f"{mail.when:%m-%d %H}" for mail in late] == ["05-13 10"], late
    why = {row["step"]: row for row in daemon.query("why", item="TN-1", person="anna")
           if row["decision"] in ("sent", "merged")}
    assert why["-5wd"]["decision"] == "merged" and why["-2wd"]["decision"] == "sent", why
    assert "late" in why["-2wd"]["reason"], why
    daemon.restart("2026-05-13T10:00")
    daemon.until("2026-05-16T12:00")
    assert [f"{mail.when:%m-%d}" for mail in sink.to("anna")] == ["04-29", "05-13", "05-15"]


def steps_missed_while_one_is_due_today(box):
    plan = box.plan()
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-04-28T12:00")
    daemon.until("2026-05-06T12:00")
    # Back at dawn on the 12th, when -2wd is due at 08:00: nothing is sent for -5wd besides.
    daemon.restart("2026-05-12T06:00")
    daemon.until("2026-05-12T12:00")
    assert [f"{mail.when:%m-%d %H}" for mail in sink.to("anna")] == ["04-29 08", "05-12 08"]


def first_load_in_the_middle(box):
    """A plan first loaded when three steps are past: one message now, late, not three."""
    plan = box.plan()
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-05-13T20:00")
    daemon.until("2026-05-14T12:00")  # Ascension: closed
    assert not sink.mails, sink.mails
    daemon.until("2026-05-15T12:00")
    assert [f"{mail.when:%m-%d %H:%M}" for mail in sink.to("anna")] == ["05-15 08:00"], sink.mails


run(first_steps, whole_ladder, english, restart_in_the_middle, steps_missed_while_down,
    steps_missed_while_one_is_due_today, first_load_in_the_middle)
