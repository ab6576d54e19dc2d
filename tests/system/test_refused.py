#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Refusals that may speak of us or of the recipient (5.7.x and the like): how the others fare tells
which. A recipient who takes no mail of ours stops nobody else's; a server that takes nobody's is down."""
from harness import local, run

RESTRICTED = "550 5.7.1 RESOLVER.RST.NotAuthorized; not authorized"
OTHERS = 20
# On 12 May at 08:00 -2wd asks Anna, Bo, the others and Ola.
MORNING = "2026-05-12T07:00"


class Everybody(dict):
    """The same reply to each recipient, until it is cleared."""

    def get(self, key, default=None):
        return self["all"] if "all" in self else default


def crowd(box, connections=4, others=OTHERS):
    plan = box.plan()
    plan.settings["mail"]["connections"] = connections
    for number in range(others):
        plan.add("people", f"p{number}", name=f"Person {number}", manager="mona",
                 mail=f"p{number}@kommunen.internal")
        plan.add("measures", f"TN-1{number:02}", title="Åtgärd", owner=f"p{number}")
    sink = box.smtp(plan)
    return sink, box.daemon(plan, MORNING, start=False)


def states(daemon):
    return {(row["to"], row["state"], row["attempts"]) for row in daemon.query("outbox")}


def warned(daemon):
    return daemon.logged(r"^<[0-4]>.*(?:channel mail|message \d).*$")


def one_stops_nobody(box, connections, reply="rcpt", text=RESTRICTED, owner="anna"):
    sink, daemon = crowd(box, connections)
    getattr(sink, reply)[owner] = text
    daemon.start()
    daemon.until("2026-05-12T08:01")
    people = {"anna", "bo", "ola", *(f"p{number}" for number in range(OTHERS))} - {owner}
    others = [row for row in daemon.query("outbox") if row["to"] in people]
    assert len(others) == len(people), others
    assert {(row["state"], row["attempts"]) for row in others} == {("delivered", 1)}, others
    assert people <= {mail.person for mail in sink.mails}, sink.mails
    daemon.until("2026-05-12T09:00")
    (row,) = [row for row in daemon.query("outbox") if row["to"] == owner]
    assert (row["state"], row["attempts"]) == ("failed", 2), row
    assert text[:9] in row["last_answer"], row
    name = daemon.plan.people[owner]["name"]
    (told,) = [mail for mail in sink.to("stina") if name in " ".join(mail.text.split())]
    assert told.when < local("2026-05-12T08:15"), told
    (line,) = warned(daemon)
    assert "is failed, attempt 2" in line and text[:9] in line, line
    assert not daemon.logged("is down"), daemon.log_text()
    return daemon


def one_restricted_mailbox_on_one_connection(box):
    one_stops_nobody(box, 1)


def one_restricted_mailbox_on_four_connections(box):
    """And nobody is escalated over the head of one who was never reached."""
    daemon = one_stops_nobody(box, 4)
    daemon.until("2026-05-20T12:00")
    over = [row for row in daemon.query("why", item="TN-1", person="mona")
            if row["decision"] == "held"]
    assert over, daemon.query("why", item="TN-1")


def the_last_of_a_crowd_on_one_connection(box):
    """Nobody is tried after it: who was accepted while it waited tells as well."""
    one_stops_nobody(box, 1, owner="p19")


def one_mail_whose_content_is_refused(box):
    one_stops_nobody(box, 4, "data", "550 5.7.1 message content rejected")


def everybody_refused(box, table, reply):
    """Nothing fails; one error line, and the operator is told in the status; when the server is mended
    all of it leaves."""
    sink, daemon = crowd(box)
    setattr(sink, table, Everybody(all=reply))
    daemon.expect("channel mail is down")
    daemon.start()
    daemon.until("2026-05-12T09:30")
    rows = daemon.query("outbox")
    assert {row["state"] for row in rows} <= {"retry", "pending"} and len(rows) == OTHERS + 3, rows
    (error,) = daemon.logged(r"^<3>.*")
    assert "channel mail is down" in error and reply in error, error
    (hourly,) = daemon.logged(r"^<4>channel mail has been down since.*")
    assert warned(daemon) == [error, hourly], daemon.log_text()
    daemon.tells(reply)
    getattr(sink, table).clear()
    daemon.until("2026-05-12T11:00")
    rows = daemon.query("outbox")
    assert {row["state"] for row in rows} == {"delivered"}, rows
    assert len({mail.id for mail in sink.mails}) == len(sink.mails) == OTHERS + 3, sink.mails
    assert len(daemon.logged("channel mail is back")) == 1, daemon.log_text()


def a_relay_that_does_not_know_us(box):
    """As Exim says it, without an enhanced code."""
    everybody_refused(box, "rcpt", "550 relay not permitted")


def a_sender_that_may_not_send(box):
    """As Exchange says it, after the end of DATA."""
    everybody_refused(box, "data", "550 5.7.60 SMTP; Client does not have permissions to send as "
                      "this sender")


def a_relay_that_loses_its_way_in_the_middle(box):
    """Some have been accepted by then: those that have not do not fail for it."""
    sink, daemon = crowd(box)
    daemon.expect("channel mail is down")
    taken = []

    class AfterFive(dict):
        def get(self, key, default=None):
            if key not in taken:
                taken.append(key)
            return "550 5.7.1 quota exceeded" if taken.index(key) >= 5 else None
    sink.rcpt = AfterFive()
    daemon.start()
    daemon.until("2026-05-12T10:00")
    left = {row["state"] for row in daemon.query("outbox")}
    assert left <= {"delivered", "retry", "pending"}, states(daemon)
    assert len(sink.mails) == 5, sink.mails
    assert len(daemon.logged(r"^<3>.*")) == 1, daemon.log_text()
    sink.rcpt = {}
    daemon.until("2026-05-12T11:00")
    assert {row["state"] for row in daemon.query("outbox")} == {"delivered"}, states(daemon)
    assert len(sink.mails) == OTHERS + 3, sink.mails


def one_alone_is_told_of_and_waits_for_the_others(box):
    """Nobody else is written to: who is meant is not known, so the log says it, once, and the message
    is tried again. The next that is accepted settles it."""
    sink, daemon = crowd(box, others=0)
    sink.rcpt.update(anna=RESTRICTED, bo="450 4.2.1 later", ola="450 4.2.1 later")
    daemon.start()
    daemon.until("2026-05-12T08:30")
    (row,) = [row for row in daemon.query("outbox") if row["to"] == "anna"]
    assert (row["state"], row["attempts"]) == ("retry", 3), row
    (line,) = warned(daemon)
    assert line.startswith("<4>") and "RESOLVER" in line and "@" not in line, line
    del sink.rcpt["bo"], sink.rcpt["ola"]
    daemon.until("2026-05-12T11:00")
    (row,) = [row for row in daemon.query("outbox") if row["to"] == "anna"]
    assert row["state"] == "failed" and row["attempts"] in (4, 5), row
    assert len([mail for mail in sink.to("stina") if "Anna Ek" in " ".join(mail.text.split())]) == 1, sink.mails


run(one_restricted_mailbox_on_one_connection, one_restricted_mailbox_on_four_connections,
    the_last_of_a_crowd_on_one_connection, one_mail_whose_content_is_refused,
    a_relay_that_does_not_know_us, a_sender_that_may_not_send,
    a_relay_that_loses_its_way_in_the_middle, one_alone_is_told_of_and_waits_for_the_others)
