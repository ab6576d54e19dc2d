# SPDX-License-Identifier: Apache-2.0
"""Somebody who answers mails by replying to them, and what becomes of that."""
import email.utils
import json
import os
import re
import subprocess
from datetime import timedelta

from harness import PAMINN, PATIENCE, SANITIZER
from owner import Owner
from web import Web

# On 12 May at 08:00 -2wd asks Anna, Bo and Ola.
MORNING = "2026-05-12T07:00"
REPLY_TO = "stod"


def receive(daemon, raw):
    """Hand it over as a mail server does."""
    done = subprocess.run([PAMINN, "--server", daemon.plan.submit, "receive", "--json"], input=raw,
                          capture_output=True, timeout=PATIENCE, env={**os.environ, "HOME": "/nonexistent"})
    assert not SANITIZER.search(done.stderr.decode()), done.stderr
    assert done.returncode == 0, (done.returncode, done.stdout, done.stderr)
    return json.loads(done.stdout)["what"]


def later(daemon):
    return (daemon.now() + timedelta(minutes=10)).strftime("%Y-%m-%dT%H:%M")


def written(mail, text, number=1, sender=None, subject="SV: P=C3=A5minnelse"):
    """What somebody writes in answer, its bytes as no composer of ours would order them: tabs, a long line, bytes
    beyond ASCII in the body, a header in mixed case."""
    to = email.utils.parseaddr(mail.message["Reply-To"])[1]
    return (f"X-Odd:\ttab\tand   spaces \r\nfrom: =?utf-8?q?Anna_Ek?= <{sender or mail.to}>\r\nTO: {to}\r\n"
            f"Subject: =?utf-8?q?{subject}?=\r\nDate: Tue, 12 May 2026 09:12:31 +0200\r\n"
            f"Message-ID: <{number}.odd@mail.kommunen.internal>\r\nIn-Reply-To: {mail.id}\r\n"
            f"References: {mail.id}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
            f"Content-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n\r\n.\r\n"
            f"Den 12 maj skrev Påminn <paminn@kommunen.internal>:\r\n> {'lång ' * 150}\r\n").encode()


class World(Web):
    """Anna, Bo and Ola were asked on 12 May at 08:00, and there are pages."""

    def __init__(self, box, pages=True, change=None, **mail):
        plan = box.plan()
        plan.settings["mail"].update({"return_path": "paminn-studs@kommunen.internal", **mail})
        if change:
            change(plan)
        self.feed = box.feed(plan)
        if pages:
            super().__init__(box, MORNING, plan=plan)
        else:
            self.plan, self.sink = plan, box.smtp(plan)
            self.daemon = box.daemon(plan, MORNING)
        self.daemon.until("2026-05-12T08:01")

    def mail(self, person, nth=-1):
        return self.sink.to(person)[nth]

    def reply(self, person, text, number=1, nth=-1, **more):
        raw = written(self.mail(person, nth), text, number, **more)
        assert receive(self.daemon, raw) == "reply"
        self.daemon.settle()
        return raw

    def asked(self, person):
        """The mails that ask whether a reply is an answer."""
        return [mail for mail in self.sink.to(person) if "?reply=" in (mail.text or "")]

    def outbox(self, kind):
        return [row for row in self.daemon.query("outbox") if row["kind"] == kind]

    def notes(self, item):
        return [event for event in self.feed.of("note") if event["subject"] == item]

    def status(self, item="TN-1"):
        return self.daemon.obligation("KS-1", item)["status"]


class Replied(Owner):
    """Somebody with a browser, and the link that asks whether their reply is an answer."""

    def __init__(self, world, person):
        super().__init__(world, person)
        (mail,) = world.asked(person)
        self.bare, self.path = self.path, self.path + re.search(r"\?reply=\d+", mail.text)[0]
