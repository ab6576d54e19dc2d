#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A mailbox that takes no passwords: a real Dovecot asks the token server about each token that the daemon shows."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from authority import Authority  # noqa: E402
from harness import run, wait_for  # noqa: E402
from mail_servers import Dovecot, be_root  # noqa: E402
from returned_mail import report  # noqa: E402
from tokens import TokenServer  # noqa: E402

USER = "paminn-studs"
RETURN = f"{USER}@region.example"
# On 12 May at 08:00 -2wd asks Anna, Bo and Ola.
MORNING, SENT = "2026-05-12T07:00", "2026-05-12T08:01"


def by_token(box, needs=None):
    """A daemon that polls such a mailbox, which takes tokens for the scope `needs`; and the mail to Anna."""
    plan, tokens = box.plan(), box.keep(TokenServer(user=RETURN))
    sink = box.smtp(plan)
    asked = tokens.introspect.replace("localhost", "127.0.0.1") + "?token="
    dovecot = Dovecot(box, {}, Authority(box.folder).issue(), asked, needs)
    dovecot.maildir(USER)
    dovecot.start()
    plan.settings["mail"] |= {
        "return_path": RETURN, "oauth": tokens.settings(box.folder),
        "inbox": {"url": dovecot.tls_url, "user": RETURN, "ca_file": "ca.pem", "poll": 1}}
    return tokens, dovecot, sink, box.daemon(plan, MORNING, start=False)


def comes_back(daemon, dovecot, sink, person):
    """The mail to the person, by way of the mailbox."""
    daemon.until(SENT)
    dovecot.put(USER, report(sink.to(person)[0]))
    wait_for(lambda: [row["state"] for row in daemon.query("outbox") if row["to"] == person] == ["bounced"],
             f"the bounce\n{dovecot.log_text()[-2000:]}")


def fetched_with_a_token(box):
    tokens, dovecot, sink, daemon = by_token(box)
    daemon.start()
    comes_back(daemon, dovecot, sink, "anna")
    assert len(tokens.given) == 1, tokens.given


def a_token_that_is_good_no_more(box):
    """One taken back before its time costs another one; one that expires is replaced before."""
    tokens, dovecot, sink, daemon = by_token(box)
    tokens.lives = [3600, 2]
    daemon.start()
    comes_back(daemon, dovecot, sink, "anna")
    tokens.revoke()
    comes_back(daemon, dovecot, sink, "bo")
    wait_for(lambda: len(tokens.given) > 2, "the third token")
    comes_back(daemon, dovecot, sink, "ola")
    assert not daemon.logged("the inbox is down"), daemon.log_text()


def down_and_back(box, break_it, mend_it, *words, needs=None):
    """The log says once what is wrong and what to do, and goes on when it is mended."""
    tokens, dovecot, sink, daemon = by_token(box, needs)
    break_it(tokens, dovecot)
    daemon.expect("the inbox is down")
    daemon.start()
    wait_for(lambda: daemon.logged("the inbox is down"), "the line in the log")
    mend_it(tokens, dovecot)
    comes_back(daemon, dovecot, sink, "anna")
    (line,) = daemon.logged("the inbox is down.*")
    assert all(word in line for word in words), line
    wait_for(lambda: daemon.logged("the inbox is back"), "that it is back")


def a_token_server_that_refuses(box):
    def refuse(tokens, _):
        tokens.refuse = (401, {"error": "invalid_client", "error_description": "AADSTS7000215: wrong"}, {})

    def give(tokens, _):
        tokens.refuse = None
    down_and_back(box, refuse, give, "invalid_client")


def a_token_for_something_else(box):
    """Its scope is not what the mailbox wants."""
    def give(tokens, _):
        tokens.granted = "IMAP.AccessAsApp"
    down_and_back(box, lambda *_: None, give, "scope", needs="IMAP.AccessAsApp")


be_root()
run(fetched_with_a_token, a_token_that_is_good_no_more, a_token_server_that_refuses,
    a_token_for_something_else)
