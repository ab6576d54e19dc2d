# SPDX-License-Identifier: Apache-2.0
"""Mails from a durable queue into Postfix's smtp-sink, over 20 connections: how many a second, counted at the sink
from the first to the last."""
import os
import signal
import tempfile
import time

import mail_servers
import peers
from harness import another_box, wait_for
from table import Contender

MAILS, CONNECTIONS = 4000, 20
BEFORE = "2026-05-15T07:59:56@1"  # a reminder is due at 08:00

# Postfix at its best: as many connections as ours, kept open, and nothing that slows it down on purpose.
TUNED = f"""
default_destination_concurrency_limit = {CONNECTIONS}
initial_destination_concurrency = {CONNECTIONS}
default_process_limit = 100
relay_destination_concurrency_limit = {CONNECTIONS}
smtp_connection_cache_destinations = 127.0.0.1
smtp_connection_reuse_count_limit = 0
smtp_host_lookup = native
smtpd_peername_lookup = no
in_flow_delay = 0
"""


def many_owners(plan, count):
    """So many people who each owe an answer, whose next reminder is due just after BEFORE."""
    plan.measures.clear()
    for number in range(count):
        plan.add("people", f"p{number}", name=f"Person {number}", manager="mona",
                 mail=f"p{number}@region.internal")
        plan.add("measures", f"TN-{number}", title=f"Åtgärd {number}", owner=f"p{number}")
    return plan


def accepted(daemon):
    """How many messages it knows to be accepted."""
    return len(daemon.query("outbox", state="delivered"))


def ours():
    with peers.SmtpSink() as sink, another_box() as box:
        plan = many_owners(box.plan(), MAILS)
        plan.settings["mail"].update(server=sink.url, connections=CONNECTIONS)
        daemon = box.daemon(plan, BEFORE)
        rate = sink.rate(MAILS)
        wait_for(lambda: accepted(daemon) >= MAILS, "the daemon to know of each", 60)
    return rate


def sample():
    """A mail of ours, as a server gets it."""
    with another_box() as box:
        plan = many_owners(box.plan(), 1)
        sink = box.smtp(plan)
        box.daemon(plan, BEFORE)
        mails = wait_for(lambda: [mail for mail in sink.mails if mail.person == "p0"], "a mail")
    return mails[0].raw


class Postfix(mail_servers.Postfix):
    """One whose queue is filled before its queue manager is there."""

    def __init__(self, box, sink):
        super().__init__(box, sink, main=TUNED, services="scache unix - - n - 1 scache\n")
        self.whole = (self.conf / "master.cf").read_text()
        (self.conf / "master.cf").write_text("".join(
            line for line in self.whole.splitlines(True) if not line.startswith("qmgr")))

    def queued(self):
        return sum(len(files) for name in ("incoming", "active") for _, _, files in os.walk(self.queue / name))

    def deliver(self):
        (self.conf / "master.cf").write_text(self.whole)
        os.kill(int((self.queue / "pid/master.pid").read_text()), signal.SIGHUP)


def source(url, count, size, postfix=peers.SERVERS):
    """Postfix's own generator sends so many mails over CONNECTIONS connections."""
    return ["env", f"LD_LIBRARY_PATH={postfix}/usr/lib/postfix", postfix / "usr/sbin/smtp-source", "-d", "-s",
            CONNECTIONS, "-m", count, "-l", size, "-f", "paminn@kommunen.internal", "-t", "anna@kommunen.internal",
            url.removeprefix("smtp://")]


def postfix(size):
    with peers.SmtpSink() as sink, another_box() as box:
        server = Postfix(box, sink).start()
        peers.output(*source(server.url, MAILS, size))
        assert server.queued() == MAILS, f"Postfix has queued {server.queued()} of {MAILS}"
        server.deliver()
        return sink.rate(MAILS)


def bare(raw):
    with peers.SmtpSink() as sink, tempfile.NamedTemporaryFile() as file:
        file.write(raw)
        file.flush()
        rate = peers.program("post", sink.url, file.name, CONNECTIONS, MAILS)["rate"]
        assert sink.mails() == MAILS, f"{sink.mails()} of {MAILS} mails came"
    return rate


def generator(size):
    with peers.SmtpSink() as sink:
        began = time.monotonic()
        peers.output(*source(sink.url, MAILS, size))
        took = time.monotonic() - began
        assert sink.mails() == MAILS, f"{sink.mails()} of {MAILS} mails came"
    return MAILS / took


def mail(table):
    raw = sample()
    table.begin("mail", f"{MAILS:,} reminders of a morning, a mail each of {len(raw):,} bytes, over {CONNECTIONS} "
                        "connections into smtp-sink; from the first that comes there to the last.")
    theirs = [Contender("Postfix, from its queue, which is full when it begins", "durable", lambda: postfix(len(raw)),
                        goal=4.0)]
    if os.geteuid() != 0:
        theirs.clear()
        table.text("Postfix is left out, since it begins as root.")
    table.compare("/s", [
        Contender("**Påminn**: decided, composed, sent, its acceptance on the disk", "durable", ours),
        *theirs,
        Contender("bare limit: libcurl's multi interface sends one mail again and again", "nothing kept",
                  lambda: bare(raw), goal=0.5),
        Contender("bare limit: smtp-source", "nothing kept", lambda: generator(len(raw)))])


ROWS = {"mail": mail}
