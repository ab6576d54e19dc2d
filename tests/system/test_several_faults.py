# SPDX-License-Identifier: Apache-2.0
"""Several daemons on one PostgreSQL, and what befalls them: the database's end of a commit, the way to it, one of three.
What is foreseen is what they send together.

Row 8: several on one PostgreSQL, one of which stands still. Seen to fail when the one that wakes up does not look
whether it is still a member (ledger_renew).
"""
import os
import signal
import subprocess
import time
from collections import Counter

import postgres
from harness import Skip, event, run, wait_for
from outside import CLONE_NEWNET, libc
from postgres import ROLE
from several import copies, daemons, delivered_by, keeps_within_the_bound, made, members, to_owners

EARLY = "2026-05-15T06:00"  # before anything is due
SLOW_COMMIT = """
CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(60); RETURN NULL; END';
CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON event DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.id = 'before') EXECUTE FUNCTION wait();
"""


def is_waiting(cluster, name, what):
    """Is somebody's commit held up there?"""
    return cluster.sql(f"SELECT 1 FROM pg_stat_activity WHERE datname = '{name}' AND query = 'COMMIT'"
                       f" AND wait_event = '{what}'") != []


def stored(cluster, name, event_id):
    return int(cluster.sql(f"SELECT count(*) FROM event WHERE id = '{event_id}'", name)[0])


def goes_on(daemon, said):
    """It is connected again, and has the event."""
    wait_for(lambda: daemon.ask(said)["result"] == "duplicate", "the daemon to go on", 30)


def the_backend_is_killed_in_the_commit(box):
    """Before the commit is on the disk, and when it is and nobody has been told: both are answered by retry, and what is
    sent again is stored once."""
    cluster = box.keep(postgres.Cluster())
    name = cluster.database()
    a, b = made(box, [cluster.url(name)] * 2, box.smtp(), EARLY + "@1", 2)
    a.start()
    b.start()
    cluster.sql(SLOW_COMMIT, name)
    said = event("note", "TN-1", {"note": "ett"}, id="before")
    a.peer.send(said)
    wait_for(lambda: is_waiting(cluster, name, "PgSleep"), "the commit")
    cluster.cut(name, "query = 'COMMIT' AND wait_event = 'PgSleep'")
    cluster.sql("DROP TRIGGER slow ON event", name)
    answer = a.peer.receive()
    assert (answer["result"], answer["code"]) == ("retry", "busy"), answer
    assert stored(cluster, name, "before") == 0
    goes_on(a, said)
    goes_on(b, said)

    # A standby that is waited for and never comes: the commit is on the disk here, and not answered.
    cluster.sql("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
    cluster.sql("SELECT pg_reload_conf()")
    wait_for(lambda: is_waiting(cluster, name, "SyncRep"), "the server to have read it, by a daemon's own commits")
    said = event("note", "TN-1", {"note": "två"}, id="after")
    until, cut = time.monotonic() + 60, 0
    while not stored(cluster, name, "after"):  # it may be another turn's commit that was cut: that one is sent again
        a.peer.send(said)
        while not a.peer.socket.poll(100):
            assert time.monotonic() < until
            # A commit that was cut is seen by all, before its daemon has learned of it and answers.
            assert cut or not stored(cluster, name, "after"), "the event is seen before its commit has ended"
            cut += cluster.cut(name, "query = 'COMMIT' AND wait_event = 'SyncRep'")
        answer = a.peer.receive()
        assert (answer["result"], answer["code"]) == ("retry", "busy"), answer
    cluster.sql("ALTER SYSTEM RESET synchronous_standby_names")
    cluster.sql("SELECT pg_reload_conf()")
    goes_on(a, said)
    goes_on(b, said)  # one of its own commits may have been cut too
    assert stored(cluster, name, "before") == stored(cluster, name, "after") == 1


def ip_rule(*words):
    subprocess.run(["ip", "rule", *words], check=True)


def the_way_to_the_database_is_cut(box):
    """Without a word: packets vanish, both ways, and no connection ends. Who is cut off answers retry and leaves all to the
    other, which decides within ten seconds; it joins again when there is a way."""
    if os.geteuid() != 0 or libc.unshare(CLONE_NEWNET):
        raise Skip("no network namespace")
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    cluster = box.keep(postgres.Cluster())
    name = cluster.database()
    sink = box.smtp()
    a, b = made(box, [cluster.tcp_url(name), cluster.url(name)], sink, "2026-05-11T09:00@1", 2)
    for daemon in (a, b):
        daemon.plan.settings["alerts"] = ({"when": "off-track", "to": ["manager"]},)
    password = a.folder / "password"
    password.write_text(cluster.password)
    password.chmod(0o600)
    a.plan.settings["store_password_file"] = str(password)
    a.start()
    b.start()
    (first,) = cluster.sql("SELECT min(token) FROM daemon", name)
    ip_rule("add", "pref", "100", "lookup", "local")
    for number, port in enumerate(("dport", "sport")):
        ip_rule("add", "pref", str(10 + number), "ipproto", "tcp", port, str(cluster.port), "blackhole")
    ip_rule("del", "pref", "0")
    began = time.monotonic()
    wait_for(lambda: cluster.sql("SELECT token FROM daemon", name) == [str(int(first) + 1)], "the other to take over", 12)
    assert time.monotonic() - began < 10, time.monotonic() - began
    answer = a.ask(event("note", "TN-1", {"note": "avskuren"}, id="cut"))
    assert (answer["result"], answer["code"]) == ("retry", "busy"), answer
    b.tell("status", "TN-1", status="off-track")
    wait_for(lambda: [mail for mail in sink.mails if mail.person == "mona"], "the alert")
    wait_for(lambda: a.logged("the database can't be reached"), "it to learn of the cut", 20)
    for number in range(2):
        ip_rule("del", "pref", str(10 + number))
    wait_for(lambda: members(cluster, name) == 2, "it to join again", 20)
    assert a.ask(event("note", "TN-1", {"note": "avskuren"}, id="cut"))["result"] in ("accepted", "duplicate")
    assert stored(cluster, name, "cut") == 1
    assert len([mail for mail in sink.mails if mail.person == "mona"]) == 1
    assert cluster.sql("SELECT claim, unknown FROM message WHERE recipient = 'mona'", name) == [f"{int(first) + 1}|0"]
    assert a.order("verify")["rows"] == []


def of_three_one_is_killed_and_one_stands_still(box):
    """The third sends what is left, within the bound of copies, and the one that wakes up joins again."""
    server, name, sink, (a, b, c) = daemons(box, 3, owners=60)
    for person in range(60):
        sink.delay[f"p{person}"] = 0.3
    for daemon in (a, b, c):
        daemon.start()
    wait_for(lambda: len(to_owners(sink)) >= 5, "the first reminders", 60)
    a.kill()
    os.kill(b.process.pid, signal.SIGSTOP)
    wait_for(lambda: members(server, name) == 1, "the third to notice", 15)
    assert c.ask(event("status", "TN-3", {"status": "on-track"}))["result"] == "accepted"
    wait_for(lambda: len(copies(sink)) == 60, "all reminders", 60)
    os.kill(b.process.pid, signal.SIGCONT)
    wait_for(lambda: members(server, name) == 2, "the one that stood still to join", 15)
    answer = b.ask(event("status", "TN-4", {"status": "on-track"}))
    assert answer["result"] == "accepted", answer
    wait_for(lambda: server.sql("SELECT count(*) FROM message WHERE finished IS NULL", name) == ["0"],
             "all to be settled", 60)
    keeps_within_the_bound(server, name, sink)


def what_is_foreseen_is_what_two_send(box):
    """Over three weeks of steps and escalations, somebody away and a date that is put off, of two daemons that both
    send; and each message once."""
    server, name, sink, (a, b) = daemons(box, 2, "2026-05-04T12:00", owners=6)
    a.start()
    b.start()
    a.tell("absence", "p1", **{"from": "2026-05-14", "until": "2026-05-19"}, deputy="p2")
    b.tell("extend", "TN-3", deadline="KS-1", due="2026-05-22", reference="§ 3")
    for daemon in (b, a):
        daemon.settle()
    foreseen = Counter((row["when"], row["to"], row["kind"]) for row in
                       b.query("forecast", **{"from": "2026-05-05", "until": "2026-05-29"}))
    assert a.query("forecast", **{"from": "2026-05-05", "until": "2026-05-29"})
    before = len(sink.mails)
    for day in ("08T12:00", "15T12:00", "22T12:00", "29T23:00"):
        b.until(f"2026-05-{day}")  # it waits there, for the other to decide
        a.until(f"2026-05-{day}")
        wait_for(lambda: server.sql("SELECT count(*) FROM message WHERE finished IS NULL", name) == ["0"], "the mails")
    sent = Counter((row["planned"], row["to"], row["kind"]) for row in a.query("outbox")
                   if row["planned"] >= "2026-05-05")
    assert sent == foreseen, (sent - foreseen, foreseen - sent)
    assert len(sink.mails) - before == foreseen.total(), (len(sink.mails) - before, foreseen.total())
    assert len(delivered_by(server, name)) == 2, delivered_by(server, name)
    assert b.order("verify")["rows"] == []
    # Received later by a clock that is ahead, stored first: it stays the newer one, in a replay too.
    b.until("2026-05-30T12:00")
    b.tell("status", "TN-0", status="on-track")
    a.tell("status", "TN-0", status="at-risk")
    assert a.client("show", "TN-0")["status"] == "on-track"
    assert a.order("verify")["rows"] == b.order("verify")["rows"] == []


def clocks_that_differ_are_told_of(box):
    """The database's is an hour behind, and then is not."""
    server, name, sink, (a,) = daemons(box, 1, None, owners=1)
    a.plan.deadlines.clear()
    server.sql(f"ALTER DATABASE {name} SET search_path = public, pg_catalog")
    a.start()
    a.stop()
    assert not a.logged("this machine's clock")
    server.sql("CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS"
               " $$SELECT pg_catalog.clock_timestamp() - interval '1 hour'$$", name, role=ROLE)
    a.start()
    wait_for(lambda: a.logged(r"this machine's clock is 3[56]\d\d s ahead of the database's"), "it to tell")
    server.sql("DROP FUNCTION public.clock_timestamp", name, role=ROLE)
    wait_for(lambda: a.logged("this machine's clock agrees with the database's again"), "it to tell", 60)


run(the_backend_is_killed_in_the_commit,
    of_three_one_is_killed_and_one_stands_still,
    what_is_foreseen_is_what_two_send,
    clocks_that_differ_are_told_of,
    the_way_to_the_database_is_cut)
