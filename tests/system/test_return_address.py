#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""With mail.return_path each attempt leaves from an address of its own, by which it is known if it comes back,
and servers that offer reports are asked for them; without it nothing is any different."""
import re

from desk import link_from_mail
from harness import SmtpSink, run, wait_for
from web import Web

MORNING = "2026-05-12T07:00"
TOKEN = re.compile(r"(\d+)-(\d+)-[a-z2-7]{24}")
SENDER = re.compile(rf"paminn-studs\+({TOKEN.pattern})@kommunen\.internal")


def returning(box, start=True, **how):
    plan = box.plan()
    plan.settings["mail"]["return_path"] = "paminn-studs@kommunen.internal"
    sink = box.smtp(plan, **how)
    return plan, sink, box.daemon(plan, MORNING, start=start)


def sender(mail):
    """Its token, message and attempt."""
    found = SENDER.fullmatch(mail.sender)
    assert found, mail.sender
    return found[1], int(found[2]), int(found[3])


def row_of(daemon, mail):
    return next(row for row in daemon.query("outbox") if row["id"] == sender(mail)[1])


def each_mail_has_an_address_of_its_own(box):
    _, sink, daemon = returning(box, reports="taken")
    daemon.until("2026-05-12T09:00")
    assert len(sink.mails) == 3, sink.mails
    assert len({mail.sender for mail in sink.mails}) == 3, sink.mails
    for mail in sink.mails:
        token, number, attempt = sender(mail)
        row = row_of(daemon, mail)
        assert (row["to"], row["attempts"], attempt) == (mail.person, 1, 1), (row, mail.sender)
        assert mail.asked == ["RET=HDRS", f"ENVID={token}", "NOTIFY=FAILURE,DELAY"], mail.asked
        (reply_to,) = mail.message["Reply-To"].addresses
        assert reply_to.display_name == "Påminn", mail.message["Reply-To"]
        whichever = SENDER.fullmatch(reply_to.addr_spec)
        assert (int(whichever[2]), int(whichever[3])) == (number, 0), reply_to
        assert f".{whichever[1]}@kommunen.internal>" in mail.id, (mail.id, reply_to)
        assert mail.message["From"].addresses[0].addr_spec == "paminn@kommunen.internal"
        text = " ".join(mail.text.split())
        assert "antecknas i Påminn, skickas vidare till stod@kommunen.internal" in text, mail.text
        assert "blir en allmän handling" in text, mail.text


def copies_have_one_message_id_and_an_address_each(box):
    _, sink, daemon = returning(box)
    sink.drop["anna"] = 2
    daemon.until("2026-05-12T12:00")
    copies = sink.to("anna")
    assert len(copies) == 3 and len({copy.id for copy in copies}) == 1, copies
    assert len({copy.message["Reply-To"] for copy in copies}) == 1, copies
    assert [sender(copy)[2] for copy in copies] == [1, 2, 3], [copy.sender for copy in copies]
    assert len({sender(copy)[1] for copy in copies}) == 1
    assert all(copy.asked == [] for copy in copies), "reports were not offered"


def an_attempt_that_is_put_back_keeps_its_number(box):
    """The server is down: one finds out, the others are put back as if they had not started."""
    _, sink, daemon = returning(box, start=False)
    sink.stop()
    daemon.expect(r"127\.0\.0\.1")
    daemon.start()
    daemon.until("2026-05-12T08:00:01")
    again = box.keep(SmtpSink(sink.port))
    daemon.until("2026-05-12T12:00")
    wait_for(lambda: len(again.mails) == 3, "the mails")
    assert max(sender(mail)[2] for mail in again.mails) > 1, [mail.sender for mail in again.mails]
    for mail in again.mails:
        assert sender(mail)[2] == row_of(daemon, mail)["attempts"], mail.sender


def a_server_that_refuses_what_it_offers_gets_the_mail(box):
    _, sink, daemon = returning(box, reports="offered")
    daemon.until("2026-05-12T09:00")
    assert len(sink.mails) == 3, sink.mails
    assert all(row["attempts"] == 1 for row in daemon.query("outbox")), daemon.query("outbox")
    assert {sender(mail)[2] for mail in sink.mails} == {1}


def without_it_nothing_is_different(box):
    plan = box.plan()
    sink = box.smtp(plan, reports="taken")
    daemon = box.daemon(plan, MORNING)
    daemon.until("2026-05-12T09:00")
    assert len(sink.mails) == 3, sink.mails
    for mail in sink.mails:
        assert (mail.sender, mail.asked) == ("paminn@kommunen.internal", []), (mail.sender, mail.asked)
        assert mail.message["Reply-To"] == "stod@kommunen.internal"
        assert "Ditt mejl går till stod@kommunen.internal, läses" in " ".join(mail.text.split()), mail.text
        assert TOKEN.search(mail.id), "signed all the same, should a report come to the sender"


def tests_and_links_to_sign_in_come_back_too(box):
    plan = box.plan()
    plan.settings["mail"]["return_path"] = "paminn-studs@kommunen.internal"
    web = Web(box, MORNING, plan)
    web.daemon.client("test", "anna")
    link_from_mail(web, "stina")
    (test,), (link,) = web.sink.to("anna"), web.sink.to("stina")
    assert sender(test)[2] == sender(link)[2] == 1, (test.sender, link.sender)
    assert row_of(web.daemon, test)["kind"] == "test", row_of(web.daemon, test)


def who_looks_at_a_message_gets_no_token(box):
    """Neither steward nor reader of the log could say that it bounced, or reply as its reader. A preview's
    token is of no message."""
    _, sink, daemon = returning(box)
    sink.rcpt["anna"] = ["450 4.2.1 later"] * 9
    daemon.until("2026-05-12T08:00:01")
    for person in ("anna", "bo"):
        (row,) = [row for row in daemon.query("outbox") if row["to"] == person]
        said = daemon.client("outbox", "show", row["id"], text=True)
        headers = daemon.client("outbox", "show", row["id"])["headers"]
        assert f"Reply-To: Påminn <paminn-studs+{row['id']}-0-…@kommunen.internal>" in headers, headers
        assert not TOKEN.search(said + headers), said
    seen = daemon.client("preview", "reminder", "--part", "headers", text=True)
    (token,) = set(match[0] for match in TOKEN.finditer(seen))
    assert token.startswith("0-0-") and f"paminn-studs+{token}@kommunen.internal" in seen, seen
    assert not TOKEN.search(daemon.log.read_text()), "a token is in the log"


run(each_mail_has_an_address_of_its_own, copies_have_one_message_id_and_an_address_each,
    an_attempt_that_is_put_back_keeps_its_number, a_server_that_refuses_what_it_offers_gets_the_mail,
    without_it_nothing_is_different, tests_and_links_to_sign_in_come_back_too,
    who_looks_at_a_message_gets_no_token)
