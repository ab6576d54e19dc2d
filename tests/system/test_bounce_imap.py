#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What comes back lies in a mailbox of a real Dovecot, where a real Postfix has put it, and is fetched from there."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from authority import Authority  # noqa: E402
from harness import run, wait_for  # noqa: E402
from mail_servers import Dovecot, Postfix, be_root  # noqa: E402

USER, PASSWORD = "paminn-studs", "sesam"
RETURN = f"{USER}@region.example"
# On 12 May at 08:00 -2wd asks Anna, Bo and Ola.
MORNING, SENT = "2026-05-12T07:00", "2026-05-12T08:01"


def states(daemon, person):
    return [row["state"] for row in daemon.query("outbox") if row["to"] == person]


def counted(daemon):
    return {row["what"]: row["count"] for row in daemon.query("whoami")[0]["incoming"]}


def polled(box, **mail):
    """A daemon whose mails go by a Postfix, which knows no Anna behind it and puts what is for RETURN into the
    mailbox that the daemon polls."""
    plan, sink = box.plan(), box.smtp()
    sink.rcpt["anna"] = "550 5.1.1 No such user here"
    dovecot = Dovecot(box, {USER: PASSWORD}, Authority(box.folder).issue()).start()
    settings, mailboxes = dovecot.delivery("region.example")
    postfix = Postfix(box, sink, ["kommunen.internal"], settings + "recipient_delimiter = +\n")
    postfix.table("mailboxes", mailboxes)
    postfix.start()
    secret = box.folder / "inbox.password"
    secret.touch(mode=0o600)
    secret.write_text(PASSWORD + "\n")
    plan.settings["mail"] |= {"server": postfix.url, **mail, "inbox": {
        "url": dovecot.tls_url, "user": USER, "password_file": str(secret), "ca_file": "ca.pem", "poll": 1}}
    return postfix, dovecot, sink, box.daemon(plan, MORNING)


def a_bounce_is_fetched(box):
    """And all that follows from it; what is not about a mail of ours is left where it is."""
    postfix, dovecot, sink, daemon = polled(box, return_path=RETURN)
    postfix.send("bo@kommunen.internal", RETURN, "From: bo@kommunen.internal\r\nSubject: hej\r\n\r\nhej\r\n")
    wait_for(lambda: counted(daemon) == {"foreign": 1}, "the foreign mail")
    daemon.until(SENT)
    wait_for(lambda: states(daemon, "anna") == ["bounced"], "the bounce")
    assert daemon.obligation("KS-1", "TN-1")["asked"] == 0 and states(daemon, "bo") == ["delivered"]
    daemon.until("2026-05-12T09:00")
    wait_for(lambda: sink.to("stina"), "the mail to support")
    ((flags, raw),) = wait_for(lambda: len(dovecot.mails(USER)) == 1 and dovecot.mails(USER),
                               "the bounce to go")
    assert b"\nSubject: hej" in raw and "S" in flags, (flags, raw)
    wait_for(lambda: not postfix.waiting(), "an empty queue")
    assert len(sink.to("stina")) == 1 and counted(daemon) == {"foreign": 1, "failure": 1}


def known_by_its_message_id_alone(box):
    """Where a login may send as its own address only: without return_path, from the mailbox's address."""
    _, dovecot, sink, daemon = polled(box, **{"from": f"Påminn <{RETURN}>"})
    daemon.until(SENT)
    wait_for(lambda: states(daemon, "anna") == ["bounced"], "the bounce")
    assert {mail.sender for mail in sink.mails} == {RETURN}, sink.mails
    wait_for(lambda: not dovecot.mails(USER), "the bounce to go")


be_root()
run(a_bounce_is_fetched, known_by_its_message_id_alone)
