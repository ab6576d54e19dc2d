# SPDX-License-Identifier: Apache-2.0
"""The mail server is down for an hour with the queue full of retries, and then back: everything
leaves once, in order of due time, within the connections allowed, and the log stays readable."""
import re

from harness import SmtpSink, free_ports, local, run, wait_for

OWNERS = 90
CONNECTIONS = 3


class CountingSink(SmtpSink):
    """Knows how many connections were open at once."""
    open = most = 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        CountingSink.open += 1
        CountingSink.most = max(CountingSink.most, CountingSink.open)
        original = server.connection_lost

        def lost(error):
            CountingSink.open -= 1
            return original(error)
        server.connection_lost = lost
        return await super().handle_EHLO(server, session, envelope, hostname, responses)


def crowd(box):
    """Owners in three lots, whose reminders are due at 8:00, 8:20 and 8:40 of the same day."""
    plan = box.plan()
    plan.measures.clear()
    plan.deadlines.clear()
    plan.settings["mail"]["connections"] = CONNECTIONS
    steps = ({"at": "-2wd", "to": ["owner"]},)
    plan.settings["ladders"] = tuple({"name": f"at{lot}", "time": time, "steps": steps}
                                     for lot, time in enumerate(("08:40", "08:00", "08:20")))
    for number in range(OWNERS):
        plan.add("people", f"p{number}", name=f"Person {number}", manager="mona",
                 mail=f"p{number}@kommunen.internal")
        plan.add("measures", f"L{number % 3}-{number}", title="Åtgärd", owner=f"p{number}")
    for lot in range(3):
        plan.add("deadlines", f"D-{lot}", title="Uppföljning", due="2026-05-21",
                 answers_from=[f"L{lot}-*"], responsible="ola", inform=["reg"], ladder=f"at{lot}")
    return plan


def an_hour_without_the_mail_server(box):
    plan = crowd(box)
    (port,) = free_ports(1)
    plan.settings["mail"]["server"] = f"smtp://127.0.0.1:{port}"
    daemon = box.daemon(plan, "2026-05-19T07:59:50@600", start=False)
    daemon.expect("channel mail is down")
    daemon.start()
    daemon.until("2026-05-19T09:05")
    rows = {row["id"]: row for row in daemon.query("outbox")}
    waiting = [row for row in rows.values() if row["state"] in ("pending", "retry", "started")]
    assert len(waiting) == len(rows) >= OWNERS, rows
    assert sum(row["attempts"] for row in waiting) < OWNERS, "each message tried a dead server"

    sink = box.keep(CountingSink(port))
    wait_for(lambda: len(sink.mails) >= len(rows), "all the mails")
    back = daemon.now()
    assert back < local("2026-05-19T09:40"), f"the last left at {back}"
    wait_for(lambda: all(row["state"] == "delivered" for row in daemon.query("outbox")
                         if row["id"] in rows), "the deliveries")

    assert len({mail.id for mail in sink.mails}) == len(sink.mails) == len(rows), sink.mails
    assert CountingSink.most <= CONNECTIONS, CountingSink.most
    # One message finds out that the server is back; the rest follows, those due first first. At once
    # are under way as many as there are connections.
    due = {row["to"]: row["planned"] for row in rows.values()}
    order = [due[mail.person] for mail in sink.mails[1:] if mail.person != "ola"]
    for place, planned in enumerate(order):
        earlier = [each for each in order[place + CONNECTIONS:] if each < planned]
        assert not earlier, f"due {planned} left before {earlier[0]}: {order}"

    told = daemon.logged(r"^<\d>.*channel mail.*$")
    assert len(told) == 3, told
    assert "is down" in told[0] and told[0].startswith("<3>"), told
    assert re.search(r"has been down since [-0-9]+T[:0-9]+\+02:00: ", told[1]), told
    assert "has been down since" in told[1] and told[1].startswith("<4>"), told
    assert "is back" in told[2], told
    assert len(daemon.logged(r"^<[0-4]>.*(message|attempt)")) <= 2, daemon.log_text()


def one_that_is_seldom_tried_is_told_of_by_the_hour(box):
    plan = box.plan()
    daemon = box.daemon(plan, "2026-05-07T07:59:50@4000", start=False)  # nobody listens there
    daemon.expect("channel mail is down")
    daemon.start()
    daemon.until("2026-05-07T13:30")
    # Tried at 08:00, 08:05, 08:35 and 10:35, and told of at 9, 10, 11, 12 and 13.
    assert len(daemon.logged(r"^<4>channel mail has been down since")) >= 5, daemon.log_text()
    assert len(daemon.logged(r"^<3>channel mail is down")) == 1, daemon.log_text()


run(an_hour_without_the_mail_server, one_that_is_seldom_tried_is_told_of_by_the_hour)
