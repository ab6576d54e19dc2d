#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Mail that comes back to a mailbox, which the daemon polls: with a real Dovecot, and with servers that
keep to no rules."""
import contextlib
import socket
import sqlite3
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from authority import Authority  # noqa: E402
from harness import another_box, run, wait_for  # noqa: E402
from mail_servers import Dovecot, be_root  # noqa: E402
from returned_mail import automatic, bomb, large, report  # noqa: E402
from tokens import TokenServer  # noqa: E402

# On 12 May at 08:00 -2wd asks Anna, Bo and Ola.
MORNING = "2026-05-12T07:00"
SPAM = b"From: win@kommunen.internal\nTo: a@kommunen.internal\nSubject: You have won\n\nClick.\n"


def counted(daemon):
    return {row["what"]: row["count"] for row in daemon.query("whoami")[0]["incoming"]}


def comes_to(daemon, **counts):
    wait_for(lambda: counted(daemon) == {key.replace("_", "-"): n for key, n in counts.items()},
             f"{counts}; there are {counted(daemon)}")


def state(daemon, person="anna"):
    return [row for row in daemon.query("outbox") if row["to"] == person][-1]["state"]


def password(box, text="sesam"):
    path = box.folder / "inbox.password"
    path.touch(mode=0o600)
    path.write_text(text + "\n")
    return str(path)


def polled(box, url, **more):
    """A daemon that has asked Anna, and polls the mailbox."""
    plan = box.plan()
    sink = box.smtp(plan)
    plan.settings["mail"]["return_path"] = "paminn-studs@kommunen.internal"
    plan.settings["mail"]["inbox"] = {"url": url, "user": "studs", "password_file": password(box), **more}
    daemon = box.daemon(plan, MORNING)
    daemon.until("2026-05-12T08:01")
    return sink, daemon, sink.to("anna")[0]


def inbox_of(box, **more):
    dovecot = Dovecot(box, {"studs": "sesam"}, **more)
    return dovecot.start()


def a_report_in_the_mailbox(box):
    """What has been seen to is gone from it; what was dropped is read, and there."""
    dovecot = inbox_of(box)
    for raw in (SPAM, bomb(500)):
        dovecot.put("studs", raw)
    sink, daemon, mail = polled(box, dovecot.url, tls="none")
    dovecot.put("studs", report(mail))
    comes_to(daemon, failure=1, foreign=1, unreadable=1)
    assert state(daemon) == "bounced"
    daemon.until("2026-05-12T09:00")
    assert len([each for each in sink.to("stina") if "Anna Ek" in " ".join(each.text.split())]) == 1
    dovecot.put("studs", report(mail))
    dovecot.put("studs", automatic(mail))
    dovecot.put("studs", large(report(mail), 11_000_000))
    comes_to(daemon, failure=1, foreign=1, unreadable=1, replayed=1, automatic=1, too_large=1)
    wait_for(lambda: len(dovecot.mails("studs")) == 3, "what was seen to to be gone")
    left = dovecot.mails("studs")
    assert all("S" in flags and "T" not in flags for flags, _ in left), [each[0] for each in left]
    assert sorted(len(raw) for _, raw in left)[0] == len(SPAM), [len(raw) for _, raw in left]
    # They are asked about no more.
    time.sleep(2.5)
    assert counted(daemon)["foreign"] == 1


def encrypted_or_not_at_all(box):
    authority = Authority(box.folder)
    dovecot = inbox_of(box, issued=authority.issue())
    for url in (dovecot.url, dovecot.tls_url):
        with another_box() as one:
            _, daemon, mail = polled(one, url, ca_file=str(authority.ca))
            dovecot.put("studs", automatic(mail))
            comes_to(daemon, automatic=1)
            wait_for(lambda: not dovecot.mails("studs"), "the mail to be gone")
            daemon.stop()
            # Whom nobody whom we trust vouches for is told no password.
            del daemon.plan.settings["mail"]["inbox"]["ca_file"]
            daemon.expect("the inbox is down: .*certificate")
            dovecot.put("studs", automatic(mail, number=2))
            daemon.start()
            wait_for(lambda: daemon.logged("the inbox is down: .*certificate"), "the fault")
            assert counted(daemon) == {}
        for path in dovecot.mail.rglob("*.test*"):
            path.unlink()


def a_wrong_password_is_told_once(box):
    dovecot = inbox_of(box)
    plan = box.plan()
    box.smtp(plan)
    plan.settings["mail"]["inbox"] = {"url": dovecot.url, "user": "studs", "tls": "none",
                                      "password_file": password(box, "wrong")}
    daemon = box.daemon(plan, MORNING, start=False)
    daemon.expect("the inbox is down: the server's answer to the login was \"NO .AUTHENTICATIONFAILED")
    daemon.start()
    wait_for(lambda: daemon.logged("the inbox is down"), "the fault")
    daemon.tells("the inbox is down")
    wait_for(lambda: dovecot.log_text().count("auth failed") >= 3, "more attempts")
    daemon.until("2026-05-12T09:30")
    assert len(daemon.logged("^<3>.*the inbox is down")) == 1, daemon.log_text()
    # The password is read anew each time.
    password(box, "sesam")
    wait_for(lambda: daemon.logged("the inbox is back"), "it to be back")
    daemon.tells("all is well")


def tokens_log_in_instead_of_a_password(box):
    """One is kept from poll to poll; one that is taken back is replaced at once, and a refusal told once."""
    tokens = box.keep(TokenServer(user="studs"))
    dovecot = inbox_of(box, introspect=f"{tokens.introspect}?token=")
    plan = box.plan()
    sink = box.smtp(plan)
    plan.settings["mail"]["oauth"] = tokens.settings(box.folder)
    plan.settings["mail"]["inbox"] = {"url": dovecot.url, "user": "studs", "tls": "none"}
    daemon = box.daemon(plan, MORNING)
    daemon.until("2026-05-12T08:01")
    (mail,) = sink.to("anna")
    dovecot.put("studs", automatic(mail))
    comes_to(daemon, automatic=1)
    dovecot.put("studs", automatic(mail, number=2))
    comes_to(daemon, automatic=2)
    assert len(tokens.given) == 1, tokens.given
    tokens.revoke()
    dovecot.put("studs", automatic(mail, number=3))
    comes_to(daemon, automatic=3)
    assert len(tokens.given) == 2, tokens.given
    assert not daemon.logged("the inbox is down")
    daemon.expect("the inbox is down: .*scope")
    tokens.refuse = (400, {"error": "invalid_scope"}, {})
    tokens.revoke()
    wait_for(lambda: daemon.logged("the inbox is down: .*scope"), "the fault")
    tokens.refuse = None
    dovecot.put("studs", automatic(mail, number=4))
    comes_to(daemon, automatic=4)
    assert len(daemon.logged("the inbox is down")) == 1, daemon.log_text()


def a_server_that_goes_away_and_comes_back(box):
    dovecot = inbox_of(box)
    _, daemon, mail = polled(box, dovecot.url, tls="none")
    daemon.expect("the inbox is down")
    dovecot.stop()
    wait_for(lambda: daemon.logged("the inbox is down"), "the fault")
    dovecot.put("studs", report(mail))
    daemon.until("2026-05-12T10:30")
    assert len(daemon.logged("^<3>.*the inbox is down")) == 1
    wait_for(lambda: daemon.logged("^<4>the inbox has been down since"), "the line of the hour")
    assert counted(daemon) == {}
    dovecot.start()
    comes_to(daemon, failure=1)
    wait_for(lambda: daemon.logged("the inbox is back"), "the line that it is back")
    assert len(daemon.logged("^<4>the inbox has been down since")) == 1, daemon.log_text()


def killed_between_commit_and_mark(box):
    """The mail is fetched again, and known again: nothing happens twice."""
    dovecot = inbox_of(box)
    between = Between(dovecot.port, at=b" UID STORE ")
    box.keep(between)
    sink, daemon, mail = polled(box, f"imap://127.0.0.1:{between.port}/INBOX", tls="none")
    between.hold.set()
    dovecot.put("studs", report(mail))
    wait_for(between.held.is_set, "the mark to be about to be made")
    comes_to(daemon, failure=1)
    daemon.kill()
    between.hold.clear()
    ((flags, _),) = dovecot.mails("studs")
    assert "S" not in flags, flags
    daemon.start()
    comes_to(daemon, replayed=1)
    wait_for(lambda: not dovecot.mails("studs"), "the mail to be gone")
    assert state(daemon) == "bounced"
    daemon.until("2026-05-12T09:00")
    # That mail may have been on its way when the daemon was killed: then there are copies of it.
    told = {each.id for each in sink.to("stina") if "Anna Ek" in " ".join(each.text.split())}
    assert len(told) == 1, sink.to("stina")


def a_full_mailbox_holds_nobody_up(box):
    """More than one session reads; events are answered meanwhile."""
    dovecot = inbox_of(box)
    for number in range(450):
        dovecot.put("studs", SPAM + str(number).encode())
    _, daemon, mail = polled(box, dovecot.url, tls="none")
    longest = 0
    while counted(daemon).get("foreign", 0) < 450:
        began = time.monotonic()
        daemon.query("whoami")
        longest = max(longest, time.monotonic() - began)
    assert longest < 5, longest
    dovecot.put("studs", report(mail))
    comes_to(daemon, foreign=450, failure=1)
    # Of those that were dropped there is a line a second, not one each.
    assert len(daemon.logged("a mail is dropped")) < 100


# ---- servers that keep to no rules -------------------------------------------------------------------

class Between:
    """Hands on what a client and a server say; while `hold` is set, the client's command with `at` in it
    is kept back, and `held` is set."""

    def __init__(self, to, at):
        self.to, self.at = to, at
        self.hold, self.held = threading.Event(), threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                server = socket.create_connection(("127.0.0.1", self.to))
                for a, b, looks in ((client, server, True), (server, client, False)):
                    threading.Thread(target=self.hand_on, args=(a, b, looks), daemon=True).start()

    def hand_on(self, a, b, looks):
        with contextlib.suppress(OSError), a, b:
            while said := a.recv(65536):
                if looks and self.hold.is_set() and self.at in said:
                    self.held.set()
                    while self.hold.is_set():
                        time.sleep(0.01)
                    return
                b.sendall(said)

    def stop(self):
        self.hold.clear()
        self.listener.close()


class Odd:
    """An IMAP server that answers each command by its first words, as `answers` has it: bytes, in which
    TAG stands for the command's, or a function of the connection."""
    usual = {
        b"CAPABILITY": b"* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\nTAG OK\r\n",
        b"AUTHENTICATE": b"TAG OK in\r\n", b"SELECT": b"* 1 EXISTS\r\nTAG OK [READ-WRITE]\r\n",
        b"UID SEARCH": b"* SEARCH\r\nTAG OK\r\n", b"LOGOUT": b"* BYE\r\nTAG OK\r\n",
    }

    def __init__(self, answers, greeting=b"* OK ready\r\n"):
        self.answers, self.greeting, self.heard = {**self.usual, **answers}, greeting, []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"imap://127.0.0.1:{self.listener.getsockname()[1]}/INBOX"
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=self.talk, args=(self.listener.accept()[0],), daemon=True).start()

    def talk(self, peer):
        with contextlib.suppress(OSError), peer:
            peer.sendall(self.greeting)
            for line in peer.makefile("rb"):
                tag, _, said = line.rstrip().partition(b" ")
                self.heard.append(said)
                answer = next((each for word, each in self.answers.items() if said.startswith(word)),
                              b"TAG BAD what?\r\n")
                if callable(answer):
                    answer(peer)
                else:
                    peer.sendall(answer.replace(b"TAG", tag))

    def stop(self):
        self.listener.close()


def endless(peer):
    while True:
        peer.sendall(b"* OK and another thing\r\n" * 1000)


def silent(peer):
    peer.recv(100)


ODD = (
    ({b"SELECT": b"TAG OK [READ-ONLY]\r\n"}, "its user may only read the mailbox"),
    ({b"SELECT": b"TAG NO [NONEXISTENT] no a@b.se here\r\n"},
     r"the server's answer to SELECT was \"NO \[NONEXISTENT\] no \(address\) here\""),
    ({b"UID SEARCH": b"* BYE busy\r\n"}, "the server's answer to UID SEARCH was \"BYE busy\""),
    ({b"UID SEARCH": b"* SEARCH x\r\nTAG OK\r\n"}, "UID SEARCH was"),
    ({b"UID SEARCH": b"another OK\r\n"}, "UID SEARCH was"),
    ({b"UID SEARCH": b"+ go on\r\n"}, "UID SEARCH was"),
    ({b"UID SEARCH": b"* OK \0\r\n"}, "it does not speak IMAP"),
    ({b"UID SEARCH": endless}, "the server talks without end"),
    ({b"UID SEARCH": b"* SEARCH 7\r\nTAG OK\r\n",
      b"UID FETCH 7 (RFC": b"* 1 FETCH (UID 7 RFC822.SIZE 100)\r\nTAG OK\r\n",
      b"UID FETCH 7 (BODY": b"* 1 FETCH (UID 7 BODY[] {4000000000}\r\nabc"},
     "the server talks without end"),
    ({b"AUTHENTICATE": b"TAG NO no\r\n"}, "the server's answer to the login was \"NO no\""),
    ({b"CAPABILITY": b"* CAPABILITY IMAP4rev1\r\nTAG OK\r\n"},
     "the server offers no login by AUTH PLAIN or LOGIN"),
    ({b"CAPABILITY": b"* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\nTAG OK\r\n"},
     "by XOAUTH2: leave password_file out and give oauth in mail"),
)


def talkative_and_broken_servers_cost_a_sentence(box):
    for answers, sentence in ODD:
        with another_box() as one:
            odd = one.keep(Odd(answers))
            plan = one.plan()
            plan.settings["mail"]["inbox"] = {"url": odd.url, "user": "studs", "tls": "none",
                                              "password_file": password(one)}
            daemon = one.daemon(plan, MORNING, start=False)
            daemon.expect("the inbox is down")
            daemon.start()
            wait_for(lambda: daemon.logged("^<3>the inbox is down: .*"), sentence)
            (line, *_) = daemon.logged("^<3>the inbox is down: .*")
            assert daemon.logged(sentence), line
            assert not any(b"STORE" in said for said in odd.heard), odd.heard


def a_mail_that_the_server_cannot_hand_out_keeps_back_no_other(box):
    odd = box.keep(Odd({}))
    _, daemon, mail = polled(box, odd.url, tls="none")
    raw = automatic(mail)
    daemon.expect("the inbox is down: the server's answer to UID FETCH")
    odd.answers.update({
        b"UID FETCH 7 (RFC": b"TAG NO [SERVERBUG] a damaged index\r\n",
        b"UID FETCH 8 (RFC": b"* 2 FETCH (UID 8 RFC822.SIZE 900)\r\nTAG OK\r\n",
        b"UID FETCH 8 (BODY": b"TAG NO it can't be converted\r\n",
        b"UID FETCH 9 (RFC": b"* 3 FETCH (UID 9 RFC822.SIZE %d)\r\nTAG OK\r\n" % len(raw),
        b"UID FETCH 9 (BODY": b"* 3 FETCH (UID 9 BODY[] {%d}\r\n%s)\r\nTAG OK\r\n" % (len(raw), raw),
        b"UID STORE": b"TAG OK\r\n", b"EXPUNGE": b"TAG OK\r\n",
    })
    odd.answers[b"UID SEARCH"] = b"* SEARCH 7 8 9\r\nTAG OK\r\n"
    wait_for(lambda: counted(daemon).get("automatic") == 1, "the third mail")
    wait_for(lambda: daemon.logged("^<3>the inbox is down: .*UID FETCH was .*be converted"), "the line")


def while_nothing_can_be_stored_the_mails_are_left_alone(box):
    """One is read to see whether it can be, not all of them each time."""
    odd = box.keep(Odd({}))
    _, daemon, mail = polled(box, odd.url, tls="none")
    daemon.expect("the inbox is down: .*the store could not take in")
    daemon.expect("another program has locked the store")
    raw = automatic(mail)
    for uid in (b"7", b"8"):
        odd.answers.update({
            b"UID FETCH %s (RFC" % uid: b"* 1 FETCH (UID %s RFC822.SIZE %d)\r\nTAG OK\r\n" % (uid, len(raw)),
            b"UID FETCH %s (BODY" % uid: b"* 1 FETCH (UID %s BODY[] {%d}\r\n%s)\r\nTAG OK\r\n"
                                         % (uid, len(raw), raw)})
    odd.answers.update({b"UID STORE": b"TAG OK\r\n", b"EXPUNGE": b"TAG OK\r\n"})
    shell = sqlite3.connect(daemon.plan.settings["store"], isolation_level=None)
    shell.execute("BEGIN IMMEDIATE")
    odd.answers[b"UID SEARCH"] = b"* SEARCH 7 8\r\nTAG OK\r\n"
    wait_for(lambda: odd.heard.count(b"UID FETCH 7 (BODY.PEEK[])") >= 2, "it to be tried again")
    assert not any(b"UID FETCH 8" in said or b"STORE" in said for said in odd.heard), odd.heard
    shell.execute("ROLLBACK")
    shell.close()
    comes = wait_for(lambda: counted(daemon), "the mails")
    assert comes["automatic"] == 1, comes
    wait_for(lambda: daemon.logged("the inbox is back"), "it to be back")


def a_server_that_takes_us_for_somebody_is_left(box):
    odd = box.keep(Odd({}, greeting=b"* PREAUTH hello, root\r\n"))
    plan = box.plan()
    plan.settings["mail"]["inbox"] = {"url": odd.url, "user": "studs", "tls": "none",
                                      "password_file": password(box)}
    daemon = box.daemon(plan, MORNING, start=False)
    daemon.expect("the inbox is down")
    daemon.start()
    wait_for(lambda: daemon.logged("the inbox is down: .*PREAUTH"), "the fault")
    assert not any(b"SELECT" in said for said in odd.heard), odd.heard


def a_slow_server_holds_nobody_up(box):
    odd = box.keep(Odd({b"UID SEARCH": silent}))
    _, daemon, _ = polled(box, odd.url, tls="none")
    wait_for(lambda: b"UID SEARCH UNSEEN UNDELETED" in odd.heard, "the search")
    daemon.until("2026-05-12T12:00")
    assert not daemon.logged("the inbox is down")
    # Another mailbox after a reload: the one that hangs is left, and a stop waits for nobody.
    well = box.keep(Odd({}))
    daemon.plan.settings["mail"]["inbox"]["url"] = well.url
    daemon.plan.write()
    assert daemon.order("reload")["result"] == "ok"
    wait_for(lambda: b"UID SEARCH UNSEEN UNDELETED" in well.heard, "the search")
    began = time.monotonic()
    daemon.stop()
    assert time.monotonic() - began < 10


be_root()
run(a_report_in_the_mailbox, encrypted_or_not_at_all, a_wrong_password_is_told_once,
    tokens_log_in_instead_of_a_password,
    a_server_that_goes_away_and_comes_back, killed_between_commit_and_mark,
    talkative_and_broken_servers_cost_a_sentence,
    a_mail_that_the_server_cannot_hand_out_keeps_back_no_other,
    while_nothing_can_be_stored_the_mails_are_left_alone,
    a_server_that_takes_us_for_somebody_is_left, a_slow_server_holds_nobody_up,
    long=(a_full_mailbox_holds_nobody_up,))
