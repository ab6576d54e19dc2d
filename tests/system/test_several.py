# SPDX-License-Identifier: Apache-2.0
"""Several daemons on one PostgreSQL."""
import os
import signal
import time
from collections import Counter

import postgres
from harness import event, run, wait_for
from several import OWNERS, daemons, delivered_by, made, to_owners


def two_share_the_work_and_send_each_mail_once(box):
    server, name, sink, (a, b) = daemons(box, 2)
    for person in range(OWNERS):
        sink.delay[f"p{person}"] = 0.2  # so that one alone would take two seconds
    a.start()
    b.start()
    wait_for(lambda: len(to_owners(sink)) >= OWNERS, "the reminders", 60)
    time.sleep(2)
    assert Counter(mail.person for mail in to_owners(sink)) == {f"p{n}": 1 for n in range(OWNERS)}
    assert len(delivered_by(server, name)) == 2, delivered_by(server, name)
    states = server.sql("SELECT DISTINCT state FROM message", name)
    assert states == ["2"], states


def the_same_event_to_both_is_one(box):
    server, name, sink, (a, b) = daemons(box, 2)
    a.start()
    b.start()
    said = event("status", "TN-1", {"status": "on-track"})
    first, again = a.ask(said), b.ask(said)
    assert first["result"] == "accepted" and again["result"] == "duplicate", (first, again)
    assert first["seq"] == again["seq"]
    assert b.ask(event("note", "TN-1", {"note": "hos b"}))["result"] == "accepted"
    assert a.ask(event("note", "TN-1", {"note": "hos a"}))["result"] == "accepted"
    for daemon in (a, b):
        (row,) = [row for row in daemon.query("list", all=True) if row["measure"] == "TN-1"]
        assert row["status"] == "on-track", row


def whoever_is_killed_is_followed_within_ten_seconds(box):
    """The one that decides is killed while a mail of its is under way: the other one decides what is due next, and
    what was under way has an unknown outcome, and goes out once more at most."""
    server, name, sink, (a, b) = daemons(box, 2)
    a.start()
    b.start()
    sink.shut.add("p1")
    wait_for(lambda: len(to_owners(sink)) >= OWNERS - 1, "the reminders but for one", 60)
    (claim,) = server.sql("SELECT claim FROM message WHERE state = 1", name)
    killed, left = (a, b) if claim == "1" else (b, a)
    began = time.monotonic()
    killed.kill()
    sink.shut.clear()
    wait_for(lambda: server.sql("SELECT count(*) FROM daemon", name) == ["1"], "the other to notice", 10)
    wait_for(lambda: server.sql("SELECT count(*) FROM message WHERE state = 1", name) == ["0"],
             "what was under way to be settled", 10)
    assert time.monotonic() - began < 10
    (unknown,) = server.sql("SELECT unknown FROM message WHERE recipient = 'p1'", name)
    assert unknown == "1", unknown
    assert left.ask(event("status", "TN-2", {"status": "on-track"}))["result"] == "accepted"
    copies = Counter(mail.person for mail in to_owners(sink))
    assert all(count == 1 for person, count in copies.items() if person != "p1"), copies
    assert copies["p1"] <= 2


def one_that_stands_still_past_its_lease_does_no_more_harm_than_a_copy(box):
    """SIGSTOP past the lease, while mails are under way: the other settles and goes on; the one that wakes up finds
    its claims gone, joins anew and works on."""
    server, name, sink, (a, b) = daemons(box, 2)
    a.start()
    b.start()
    for person in ("p1", "p2"):
        sink.shut.add(person)
    wait_for(lambda: len(to_owners(sink)) >= OWNERS - 2, "the reminders but for two", 60)
    os.kill(a.process.pid, signal.SIGSTOP)
    wait_for(lambda: server.sql("SELECT count(*) FROM daemon", name) == ["1"], "the other to notice", 10)
    sink.shut.clear()
    assert b.ask(event("status", "TN-3", {"status": "on-track"}))["result"] == "accepted"
    os.kill(a.process.pid, signal.SIGCONT)
    wait_for(lambda: server.sql("SELECT count(*) FROM daemon", name) == ["2"], "it to join anew", 10)
    answered = a.ask(event("status", "TN-4", {"status": "on-track"}))
    assert answered["result"] == "accepted", answered
    wait_for(lambda: server.sql("SELECT count(*) FROM message WHERE state = 1", name) == ["0"],
             "all to be settled", 10)
    bounds = {row.split("|")[0]: int(row.split("|")[1])
              for row in server.sql("SELECT recipient, unknown FROM message", name)}
    for person, count in Counter(mail.person for mail in to_owners(sink)).items():
        assert count <= 1 + bounds[person], (person, count, bounds[person])


def the_database_is_restarted_under_them(box):
    """What is acknowledged is kept; while it is away the answer is retry, busy; they go on by themselves."""
    cluster = box.keep(postgres.Cluster())
    sink = box.smtp()
    name = cluster.database()
    found = made(box, [cluster.url(name)] * 2, sink)
    for daemon in found:
        daemon.start()
    a, b = found
    acknowledged = [a.ask(event("note", "TN-1", {"note": "före"}, id="before"))]
    cluster.halt(signal.SIGQUIT)
    answer = b.ask(event("note", "TN-1", {"note": "under"}, id="during"))
    assert (answer["result"], answer["code"]) == ("retry", "busy"), answer
    me = b.ask({"query": "whoami"})
    assert me["result"] == "ok" and me["rows"][0]["role"] == "steward", me
    assert me["rows"][0]["lost"] is None, me  # who asks is known from the plan, what was lost from the store
    cluster.start()
    for daemon in found:
        wait_for(lambda d=daemon: d.ask(event("note", "TN-1", {"note": "efter"}, id="after"))["result"] in
                 ("accepted", "duplicate"), "the daemon to go on", 30)
    assert acknowledged[0]["result"] == "accepted"
    rows = cluster.sql("SELECT id, count(*) FROM event WHERE subject = 'TN-1' GROUP BY id ORDER BY id", name)
    assert rows == ["after|1", "before|1"], rows
    wait_for(lambda: len(to_owners(sink)) >= OWNERS, "the reminders", 60)
    for daemon in found:
        assert len(daemon.logged("the database can't be reached")) == 1
        assert daemon.logged("the database is there again")


def one_with_another_plan_does_not_begin(box):
    """Files that differ in more than where the daemon is reached are told of; a reload of one of them takes them, and
    the others end, for systemd to start them with what they then have."""
    server, name, sink, (a, b, c) = daemons(box, 3)
    a.start()
    c.plan.measures["TN-1"]["title"] = "En annan titel"
    c.expect("the daemons that share this store go by another plan than these files")
    c.start(ready=False)
    assert c.ended() == 78
    b.start()
    a.plan.measures["TN-1"]["title"] = "En annan titel"
    a.plan.write()
    assert a.order("reload")["result"] == "ok"
    assert b.ended() == 75
    assert b.logged("another daemon has put another plan into force; this one stops, to begin anew with it")
    b.expect("the daemons that share this store go by another plan than these files")
    b.start(ready=False)
    assert b.ended() == 78
    c.start()
    assert a.ask(event("note", "TN-1", {"note": "vidare"}))["result"] == "accepted"
    assert c.ask(event("note", "TN-1", {"note": "vidare"}))["result"] == "accepted"


run(two_share_the_work_and_send_each_mail_once,
    the_same_event_to_both_is_one,
    whoever_is_killed_is_followed_within_ten_seconds,
    one_that_stands_still_past_its_lease_does_no_more_harm_than_a_copy,
    one_with_another_plan_does_not_begin,
    the_database_is_restarted_under_them)
