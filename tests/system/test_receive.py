#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Mail that comes back through the pipe, `paminn receive`: what becomes of it, and what the mail server
that runs it is told to do with it."""
import json
import os
import re
import subprocess
import time

from harness import PAMINN, PATIENCE, SANITIZER, run, wait_for
from returned_mail import automatic, bomb, large, reply, report, token

# On 12 May at 08:00 -2wd asks Anna, Bo and Ola.
MORNING = "2026-05-12T07:00"


def receive(daemon, raw, *options, code=0, **environment):
    """Hand it over as a mail server does: its --json document, or with a code what it says of it."""
    done = subprocess.run(
        [PAMINN, "--server", daemon.plan.submit, "receive", "--json", *options], input=raw,
        capture_output=True, timeout=PATIENCE, env={**os.environ, "HOME": "/nonexistent", **environment})
    said = done.stderr.decode()
    assert not SANITIZER.search(said), said
    assert done.returncode == code, f"receive ended with {done.returncode}: {done.stdout}{said}"
    return json.loads(done.stdout) if code == 0 else said


def counted(daemon):
    return {row["what"]: row["count"] for row in daemon.query("whoami")[0]["incoming"]}


def message_of(daemon, person):
    """The latest message to the person."""
    return [row for row in daemon.query("outbox") if row["to"] == person][-1]


def everything(daemon):
    return [daemon.query("outbox"), daemon.query("list", all=True), daemon.query("why", item="TN-1"),
            daemon.query("why", item="KS-1")]


def asked(box, return_path="paminn-studs@kommunen.internal"):
    """Anna has been asked, and her server has accepted it."""
    plan = box.plan()
    sink = box.smtp(plan)
    if return_path:
        plan.settings["mail"]["return_path"] = return_path
    daemon = box.daemon(plan, MORNING)
    daemon.until("2026-05-12T08:01")
    (mail,) = sink.to("anna")
    assert message_of(daemon, "anna")["state"] == "delivered"
    assert daemon.obligation("KS-1", "TN-1")["asked"] == 1
    return sink, daemon, mail


def a_report_makes_it_bounced(box):
    sink, daemon, mail = asked(box)
    number = message_of(daemon, "anna")["id"]
    assert receive(daemon, report(mail)) == {"what": "failure", "message": number}
    daemon.settle()
    row = message_of(daemon, "anna")
    assert (row["id"], row["state"]) == (number, "bounced"), row
    assert "no such mailbox" in row["last_answer"], row
    assert daemon.obligation("KS-1", "TN-1")["asked"] == 0
    daemon.until("2026-05-12T09:00")
    told = [each for each in sink.to("stina") if "Anna Ek" in " ".join(each.text.split())]
    assert len(told) == 1, told
    assert counted(daemon) == {"failure": 1}
    assert daemon.logged(rf"incoming: failure, of message {number}$"), daemon.log_text()
    assert "@" not in "".join(daemon.logged("incoming:.*")), daemon.log_text()


def the_same_again_changes_nothing(box):
    sink, daemon, mail = asked(box)
    receive(daemon, report(mail))
    daemon.until("2026-05-12T09:00")
    before, mails = everything(daemon), len(sink.mails)
    assert receive(daemon, report(mail))["what"] == "replayed"
    # A second report is another mail, and is noted.
    assert receive(daemon, report(mail, number=2))["what"] == "failure"
    daemon.until("2026-05-12T10:00")
    assert everything(daemon) == before and len(sink.mails) == mails
    assert counted(daemon) == {"failure": 2, "replayed": 1}


def delays_and_automatic_replies_are_noted(box):
    _, daemon, mail = asked(box)
    number, before = message_of(daemon, "anna")["id"], everything(daemon)
    for raw, what in ((report(mail, action="delayed", status="4.4.1", said="421 later"), "delay"),
                      (automatic(mail), "automatic")):
        assert receive(daemon, raw) == {"what": what, "message": number}
        assert receive(daemon, raw)["what"] == "replayed"
    daemon.until("2026-05-12T08:30")
    assert everything(daemon)[1:] == before[1:]
    assert counted(daemon) == {"delay": 1, "automatic": 1, "replayed": 2}


def known_by_each_sign_alone(box):
    """The address that it came to, ENVID, the returned Message-ID: whichever is there."""
    _, daemon, mail = asked(box)
    nobody = "postmaster@kommunen.internal"
    # The copy of attempt 1 has bounced with the first; what is asked here is whether it is known.
    for number, (options, more) in enumerate((
            ((), {"envid": token(mail), "returned": False, "to": nobody}),
            ((), {"to": nobody}),
            ((), {"returned": False}),
            (("--to", mail.sender), {"returned": False, "to": nobody}))):
        row = receive(daemon, report(mail, number=number, **more), *options)
        assert row["what"] == "failure", (number, row)
    for number, name in enumerate(("RECIPIENT", "ORIGINAL_RECIPIENT"), 10):
        raw = report(mail, number=number, returned=False, to=nobody)
        assert receive(daemon, raw, **{name: mail.sender})["what"] == "failure", name
    assert receive(daemon, report(mail, number=20, returned=False, to=nobody))["what"] == "foreign"


def forged_and_foreign_ones_are_dropped(box):
    _, daemon, mail = asked(box)
    before, good = everything(daemon), token(mail)
    # One digit of the message's number, of the attempt, one letter of the signature.
    number, attempt, mac = good.split("-")
    for wrong in (f"{int(number) + 1}-{attempt}-{mac}", f"{number}-{int(attempt) + 1}-{mac}",
                  good[:-1] + ("a" if good[-1] != "a" else "b")):
        raw = report(mail, envid=wrong, returned=False, to=mail.sender.replace(good, wrong))
        assert receive(daemon, raw) == {"what": "forged", "message": None}, wrong
    spam = b"From: win@kommunen.internal\nTo: a@kommunen.internal\nSubject: You have won\n\nClick.\n"
    for raw in (spam, re.sub(rb"<paminn\.[^>]*>", b"<another@host>",
                             report(mail, to="postmaster@kommunen.internal"))):
        assert receive(daemon, raw)["what"] == "foreign"
    daemon.until("2026-05-12T08:30")
    assert everything(daemon) == before
    assert counted(daemon) == {"forged": 3, "foreign": 2}
    assert 1 <= len(daemon.logged("a mail is dropped")) <= 5


def what_can_not_be_read_goes_back(box):
    _, daemon, mail = asked(box)
    before = everything(daemon)
    assert "10" in receive(daemon, large(report(mail), 11_000_000), code=65)
    # Somewhat more than one piece, and it is read as any other.
    assert receive(daemon, large(automatic_with_parts(mail), 1_500_000))["what"] == "automatic"
    for raw in (b"", b"\x00" * 5000, bomb(500)):
        said = receive(daemon, raw, code=65)
        assert said.startswith("paminn: ") and len(said) > 20, said
    daemon.until("2026-05-12T08:30")
    assert everything(daemon)[1:] == before[1:]
    counts = counted(daemon)
    assert counts["too-large"] == 1 and counts["unreadable"] >= 2, counts


def automatic_with_parts(mail):
    head, _, body = automatic(mail, number=7).partition(b"\n\n")
    return head + b'\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="xyz"\n\n' \
        b"--xyz\nContent-Type: text/plain\n\n" + body + b"\n--xyz--\n"


def a_mail_bomb_costs_a_sentence(box):
    """The loop goes on meanwhile, and the next mail is read."""
    _, daemon, mail = asked(box)
    many = b"--b\nContent-Type: text/plain\n\n\n" * 300_000
    raw = b'From: a@kommunen.internal\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n' \
        + many + b"--b--\n"
    began = time.monotonic()
    assert len(raw) < 10_000_000
    said = receive(daemon, raw, code=65)
    assert "parts" in said, said
    assert time.monotonic() - began < PATIENCE / 2
    assert receive(daemon, report(mail))["what"] == "failure"


def the_mail_server_keeps_what_comes_too_early(box):
    """The attempt's own result is not recorded yet: the relay has bounced it already."""
    plan = box.plan()
    sink = box.smtp(plan)
    plan.settings["mail"]["return_path"] = "paminn-studs@kommunen.internal"
    daemon = box.daemon(plan, MORNING)
    sink.shut.add("anna")
    sink.held = []
    keep = sink.handle_DATA

    async def handle(server, session, envelope):
        sink.held.append((envelope.mail_from, envelope.rcpt_tos[0], envelope.original_content))
        return await keep(server, session, envelope)

    sink.handle_DATA = handle
    daemon.peer.send({"command": "go", "params": {"time": "2026-05-12T08:01:00+02:00"}})
    sender, to, raw = wait_for(lambda: [each for each in sink.held if each[1].startswith("anna")],
                               "Anna's mail at the server")[0]
    from harness import Mail
    mail = Mail(sender, to, raw)
    assert "again later" in receive(daemon, report(mail), code=75)
    sink.shut.clear()
    daemon.peer.receive()
    daemon.settle()
    assert message_of(daemon, "anna")["state"] == "delivered"
    assert receive(daemon, report(mail))["what"] == "failure"
    assert message_of(daemon, "anna")["state"] == "bounced"


def the_mail_server_keeps_what_nobody_takes(box):
    _, daemon, mail = asked(box)
    daemon.stop()
    assert "not running" in receive(daemon, report(mail), code=75)
    # Settings that can be mended are no reason to lose a mail either.
    said = receive(daemon, report(mail), "--key", "/nonexistent", code=75)
    assert "key" in said, said
    daemon.start()
    assert receive(daemon, report(mail))["what"] == "failure"
    daemon.restart()
    assert receive(daemon, report(mail))["what"] == "replayed"
    assert counted(daemon) == {"replayed": 1}


def a_reply_is_known_without_a_return_path(box):
    _, daemon, mail = asked(box, return_path=None)
    assert receive(daemon, automatic(mail))["what"] == "automatic"
    assert receive(daemon, reply(mail, "Klar!"))["what"] == "reply"


run(a_report_makes_it_bounced, the_same_again_changes_nothing, delays_and_automatic_replies_are_noted,
    known_by_each_sign_alone, forged_and_foreign_ones_are_dropped, what_can_not_be_read_goes_back,
    a_mail_bomb_costs_a_sentence, the_mail_server_keeps_what_comes_too_early,
    the_mail_server_keeps_what_nobody_takes, a_reply_is_known_without_a_return_path)
