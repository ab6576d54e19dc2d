# SPDX-License-Identifier: Apache-2.0
"""The tests' own mail servers: each does what the tests of mail that comes back rely on."""
import email
import email.policy
import http.server
import imaplib
import json
import ssl
import sys
import threading
import urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from authority import Authority  # noqa: E402
from harness import run, wait_for  # noqa: E402
from mail_servers import Dovecot, Postfix, be_root, in_session  # noqa: E402

TEXT = "From: a@region.example\r\nTo: {to}\r\nSubject: hej\r\nMessage-ID: <{id}@region.example>\r\n\r\nhej\r\n"


def a_mail_goes_on_and_a_refused_one_comes_back(box):
    sink = box.smtp()
    sink.rcpt["vanished"] = "550 5.1.1 No such user here"
    postfix = Postfix(box, sink).start()
    for to in ("anna@region.example", "vanished@region.example"):
        postfix.send("studs+token@region.example", to, TEXT.format(to=to, id=to[:2]))
    (mail,) = wait_for(lambda: sink.to("anna"), "the mail")
    assert mail.sender == "studs+token@region.example" and mail.subject == "hej", mail
    (bounce,) = wait_for(lambda: sink.to("studs+token"), "the bounce")
    assert bounce.sender == "<>", bounce.sender
    report = bounce.message
    assert report.get_content_type() == "multipart/report", report.as_string()
    text, status, _ = report.iter_parts()
    assert "No such user here" in " ".join(text.get_content().split())
    assert status.get_payload()[1]["Status"] == "5.1.1", status
    assert "<va@region.example>" in report.as_string()
    wait_for(lambda: not postfix.waiting(), "an empty queue")
    session = postfix.process.pid
    assert len(in_session(session)) > 3
    postfix.stop()
    assert not in_session(session)


def a_mail_waits_and_leaves(box):
    sink = box.smtp()
    sink.rcpt["anna"] = ["450 4.2.1 not now"]
    postfix = Postfix(box, sink).start()
    postfix.send("a@region.example", "anna@region.example", TEXT.format(to="anna", id="x"))
    wait_for(lambda: sink.attempts == ["anna"], "an attempt")
    (row,) = wait_for(lambda: [row for row in postfix.waiting() if row["queue_name"] == "deferred"],
                      "the mail to wait")
    assert "not now" in row["recipients"][0]["delay_reason"], row
    postfix.stop()
    postfix.start()
    postfix.until(lambda: sink.to("anna"), "the mail")


def check_inbox(peer, count, how):
    assert how(peer)[0] == "OK"
    assert peer.append("INBOX", None, None, TEXT.format(to="x", id="y").encode())[0] == "OK"
    assert peer.select() == ("OK", [str(count).encode()])
    _, ((_, raw), _) = peer.fetch(str(count), "(BODY.PEEK[])")
    assert email.message_from_bytes(raw, policy=email.policy.default)["Subject"] == "hej"
    peer.logout()


def dovecot_keeps_what_it_is_given(box):
    authority = Authority(box.folder)
    dovecot = Dovecot(box, {"paminn": "sesam"}, authority.issue()).start()
    trusted = ssl.create_default_context(cafile=authority.ca)
    login = lambda peer: peer.login("paminn", "sesam")  # noqa: E731
    check_inbox(imaplib.IMAP4("127.0.0.1", dovecot.port), 1, login)
    begun = imaplib.IMAP4("localhost", dovecot.port)
    begun.starttls(trusted)
    check_inbox(begun, 2, login)
    dovecot.put("paminn", TEXT.format(to="x", id="z").encode())
    check_inbox(imaplib.IMAP4_SSL("localhost", dovecot.tls_port, ssl_context=trusted), 4, login)
    session = dovecot.process.pid
    dovecot.stop()
    assert not in_session(session)


class Introspection(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
        known = {"good": "imap", "narrow": "smtp"}.get(query["token"][0])
        answer = json.dumps({"active": bool(known), "username": "paminn", "scope": known}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args):
        pass


def dovecot_asks_about_a_token(box):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Introspection)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    asked = f"http://127.0.0.1:{server.server_port}/?token="
    dovecot = Dovecot(box, {}, introspect=asked, scope="imap").start()
    login = lambda token: lambda peer: peer.authenticate(  # noqa: E731
        "XOAUTH2", lambda _: f"user=paminn\1auth=Bearer {token}\1\1".encode())
    check_inbox(imaplib.IMAP4("127.0.0.1", dovecot.port), 1, login("good"))
    for token in ("gone", "narrow"):
        try:
            login(token)(imaplib.IMAP4("127.0.0.1", dovecot.port))
            raise AssertionError(f"{token} may log in")
        except imaplib.IMAP4.error as fault:
            assert "AUTHENTICATIONFAILED" in str(fault), fault
    server.shutdown()
    server.server_close()


be_root()
run(a_mail_goes_on_and_a_refused_one_comes_back, a_mail_waits_and_leaves,
    dovecot_keeps_what_it_is_given, dovecot_asks_about_a_token)
