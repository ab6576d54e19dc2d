#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A real Postfix takes our mails and returns those that nobody gets: through the alias and through the
transport that paminnd(8) gives for it, word by word."""
import re

from harness import ROOT, local, run, wait_for
from mail_servers import Postfix, RECEIVER, be_root

RETURN = "paminn-studs@region.example"
GONE = "550 5.1.1 No such user here"
# On 12 May at 08:00 -2wd asks Anna, Bo and Ola; on the 15th papers are due; on the 18th +1wd asks again, and Mona.
MORNING, SENT = "2026-05-12T07:00", "2026-05-12T08:01"


def recipe(what):
    """The files of the page's recipe that has `what`, by name, and who is to own which of them."""
    page = (ROOT / "daemon/paminnd.8").read_text(encoding="utf-8")
    part = page.split(".Ss Postfix\n")[1].split("\n.S")[0]
    (block,) = [each for each in re.findall(r"^\.Bd -literal.*?\n(.*?)^\.Ed", part, re.M | re.S)
                if what in each]
    parts = re.split(r"^# /etc/postfix/(\S+)\n", block, flags=re.M)[1:]
    owners = {name: owner for owner, name in re.findall(r"chown (\w+) /etc/postfix/(\S+)", part)}
    return dict(zip(parts[::2], parts[1::2])), owners


def relayed(box, what="pipe", clock=MORNING, main="", gone=("anna",)):
    """A daemon whose mails go by a Postfix that has the recipe; behind it, the sink knows nobody of `gone`."""
    plan, sink = box.plan(), box.smtp()
    sink.rcpt = {person: GONE for person in gone}
    files, owners = recipe(what)
    settings, services = files.pop("main.cf"), files.pop("master.cf", "")
    if "alias_maps" in settings:  # then Postfix has the domain itself, with the users that it knows
        settings += "mydestination = region.example\nlocal_recipient_maps = unix:passwd.byname $alias_maps\n"
    domains = ("kommunen.internal", *(("region.example",) if services else ()))
    postfix = Postfix(box, sink, domains, settings + main, services)
    for name, text in files.items():
        postfix.table(name, text, RECEIVER if owners.get(name) == "paminn" else "root")
    postfix.receive(plan)
    postfix.start()
    plan.settings["mail"] |= {"server": postfix.url, "return_path": RETURN}
    daemon = box.daemon(plan, clock)
    postfix.admit(plan)
    return postfix, sink, daemon


def states(daemon, person):
    return [row["state"] for row in daemon.query("outbox") if row["to"] == person]


def counted(daemon):
    return {row["what"]: row["count"] for row in daemon.query("whoami")[0]["incoming"]}


def told(sink, person, words):
    return [mail for mail in sink.to(person) if words in " ".join(mail.text.split())]


def comes_back(box, what):
    """Anna's first mail, and what follows from that at once."""
    postfix, sink, daemon = relayed(box, what)
    daemon.until(SENT)
    postfix.until(lambda: states(daemon, "anna") == ["bounced"], "the bounce")
    assert counted(daemon) == {"failure": 1}
    assert daemon.obligation("KS-1", "TN-1")["asked"] == 0
    assert daemon.obligation("KS-1", "TN-2")["asked"] == 1 and states(daemon, "bo") == ["delivered"]
    (row,) = [row for row in daemon.query("outbox") if row["to"] == "anna"]
    assert "No such user here" in row["last_answer"] and "@" not in row["last_answer"], row
    return postfix, sink, daemon


def through_the_alias(box):
    """And nobody is told over her head."""
    postfix, sink, daemon = comes_back(box, "alias_maps")
    daemon.until("2026-05-12T09:00")
    wait_for(lambda: told(sink, "stina", "Anna Ek"), "the mail to support")
    for count, instant in ((2, "2026-05-15T08:01"), (3, "2026-05-18T12:00")):
        daemon.until(instant)
        postfix.until(lambda: states(daemon, "anna") == ["bounced"] * count, f"bounce {count}")
    wait_for(lambda: not postfix.waiting(), "an empty queue")
    assert len(told(sink, "stina", "Anna Ek")) == 1, sink.to("stina")
    held = [row for row in daemon.query("why", item="TN-1", person="mona") if row["decision"] == "held"]
    assert held, daemon.query("why", item="TN-1")
    assert not told(sink, "mona", "TN-1"), sink.to("mona")
    why = daemon.client("why", "TN-1", "anna", text=True)
    assert "No such user here" in why, why


def through_the_transport(box):
    comes_back(box, "pipe")


def a_test_to_an_address_that_nobody_has(box):
    """As the README says how to try it."""
    postfix, sink, daemon = relayed(box)
    text = daemon.client("test", "anna", text=True)
    assert text.startswith("mail: delivered: 250 "), text
    postfix.until(lambda: states(daemon, "anna") == ["bounced"], "the bounce")
    text = daemon.client("outbox", text=True)
    assert re.search(r"bounced.*No such user here|No such user here.*bounced", text, re.S), text
    (line,) = daemon.logged(r"^<\d>incoming: .*")
    number = daemon.query("outbox")[0]["id"]
    assert line.endswith(f"incoming: failure, of message {number}"), line
    assert not sink.mails and len(daemon.query("outbox")) == 1, daemon.query("outbox")


def a_delay_is_noted(box):
    postfix, sink, daemon = relayed(box, main="delay_warning_time = 1s\n", gone=())
    sink.rcpt["anna"] = "450 4.2.1 The mailbox is busy"
    daemon.until(SENT)
    postfix.until(lambda: counted(daemon).get("delay"), "the report")
    assert states(daemon, "anna") == ["delivered"] and daemon.obligation("KS-1", "TN-1")["asked"] == 1
    sink.rcpt.clear()
    postfix.until(lambda: sink.to("anna"), "the mail")
    assert counted(daemon) == {"delay": 1} and states(daemon, "anna") == ["delivered"]


def waits_for_the_daemon(box):
    """While it is down, and while its socket lets Postfix's command not in."""
    postfix, sink, daemon = relayed(box, gone=())
    sink.rcpt["anna"] = "450 4.2.1 The mailbox is busy"
    daemon.until(SENT)
    wait_for(lambda: "anna" in sink.attempts, "an attempt")
    daemon.stop()
    sink.rcpt["anna"] = GONE

    def refused():
        return len(re.findall("status=deferred .*paminn", postfix.log_text()))
    postfix.until(refused, "the bounce to be refused")
    daemon.clock = SENT
    daemon.start()
    count = refused()
    postfix.until(lambda: refused() > count, "another attempt in vain")
    (row,) = postfix.waiting()
    assert row["recipients"][0]["address"].startswith("paminn-studs+"), row
    assert states(daemon, "anna") == ["delivered"]
    postfix.admit(daemon.plan)
    postfix.until(lambda: states(daemon, "anna") == ["bounced"], "the bounce")
    wait_for(lambda: not postfix.waiting(), "an empty queue")


be_root()
run(through_the_alias, through_the_transport, a_test_to_an_address_that_nobody_has, a_delay_is_noted,
    waits_for_the_daemon)
