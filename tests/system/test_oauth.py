# SPDX-License-Identifier: Apache-2.0
"""Login with tokens: a mail server that takes nothing else (XOAUTH2), and the token server that gives them.

A token that expires, or is taken back before its time, costs another one and no mail; a refusal holds the mails
and says what to do about it.
"""
import asyncio
import logging
import re
import ssl
import sys
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from authority import Authority  # noqa: E402
from harness import SmtpSink, run, wait_for  # noqa: E402
from tokens import TokenServer, xoauth2  # noqa: E402

logging.getLogger("mail").setLevel(logging.CRITICAL)  # aiosmtpd's opinions on logins
warnings.simplefilter("ignore")
MORNING = "2026-04-29T07:59:50"  # ten working days before the papers of KS-1, at eight
USER = "paminn@kommunen.internal"
MANY = 36


class TokenSink(SmtpSink):
    """It lets in who has a token of the token server's that is good, and keeps which; `each` closes the
    connection after every mail; `gate` is called for each mail before it is answered."""

    def __init__(self, tokens, each=False, challenge=False, mechanisms=("PLAIN", "LOGIN"), **more):
        self.tokens, self.each, self.gate = tokens, each, None
        self.logins, self.refused = [], []
        self.auth_XOAUTH2 = xoauth2(self.accepts, challenge=challenge)
        super().__init__(auth_required=True, auth_require_tls=False,
                         auth_exclude_mechanism=mechanisms, **more)

    def accepts(self, user, token):
        good = user == USER and self.tokens.active(token)
        (self.logins if good else self.refused).append(token)
        return good

    async def handle_DATA(self, server, session, envelope):
        if self.gate:
            await self.gate()
        reply = await super().handle_DATA(server, session, envelope)
        if self.each:
            # Once the answer is written, and before the next mail is begun, whose outcome would be unknown.
            asyncio.get_running_loop().call_soon(server.transport.close)
        return reply


def served(box, tokens=None, people=0, **more):
    """A plan whose mail leaves by such a server, with so many owners more; both servers."""
    plan, tokens = box.plan(), box.keep(tokens or TokenServer())
    sink = box.keep(TokenSink(tokens, **more))
    plan.settings["mail"] |= {"server": f"smtp://localhost:{sink.port}", "user": USER,
                              "oauth": tokens.settings(box.folder)}
    for number in range(people):
        plan.add("people", f"e{number}", name=f"Ägare {number}", roles=["owner"],
                 mail=f"e{number}@kommunen.internal", manager="mona")
        plan.add("measures", f"TN-1{number:02}", title=f"Åtgärd {number}", owner=f"e{number}")
    return plan, tokens, sink


def arrived(sink, count):
    wait_for(lambda: len(sink.mails) >= count, f"{count} mails, not {len(sink.mails)}")
    assert len(sink.mails) == len({mail.id for mail in sink.mails}), sink.mails


def down(daemon, pattern):
    daemon.expect("channel mail is down: ")
    daemon.start()
    wait_for(lambda: daemon.logged("channel mail is down: "), "the line in the log")
    line, = daemon.logged("channel mail is down: .*")
    assert re.search(pattern, line), line
    assert {row["state"] for row in daemon.query("outbox")} <= {"pending", "retry", "started"}


def back(daemon, sink):
    wait_for(lambda: sink.to("anna") and sink.to("bo"), "the mails")
    wait_for(lambda: daemon.logged("channel mail is back"), "that it is back")


def a_token_logs_in(box):
    """The token server by https, under an authority of its own; one token does for all connections."""
    authority = Authority(box.folder)
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(*authority.issue())
    plan, tokens, sink = served(box, TokenServer(context=made), people=8, each=True)
    plan.settings["mail"]["oauth"]["ca_file"] = "ca.pem"
    daemon = box.daemon(plan, MORNING + "@60")
    arrived(sink, 10)
    assert len(tokens.given) == 1, tokens.given
    assert len(sink.logins) >= 8 and not sink.refused, (sink.logins, sink.refused)
    secrets = (*tokens.given, tokens.client[1])
    assert f"; login: XOAUTH2 as {USER}" in daemon.client("test", "anna", text=True)
    assert not [each for each in secrets if each in daemon.log_text()], daemon.log_text()
    kept = [path.name for path in box.folder.iterdir() if path.is_file() and path.name != "client.secret"
            and any(each.encode() in path.read_bytes() for each in secrets)]
    assert not kept, f"a secret stands in {kept}"


def one_that_expires_in_the_middle_of_the_queue(box):
    plan, tokens, sink = served(box, people=MANY, each=True)
    tokens.lives = [2]

    async def gate():
        """A third of the way: the first token is good no more."""
        while len(sink.mails) > MANY // 3 and tokens.active(next(iter(tokens.given))):
            await asyncio.sleep(0.02)
    sink.gate = gate
    daemon = box.daemon(plan, MORNING + "@60", start=False)
    daemon.expect("channel mail is down: .*535")  # on a machine so busy that a login takes seconds
    daemon.start()
    arrived(sink, MANY + 2)
    assert len(tokens.given) >= 2 and set(sink.logins) >= set(list(tokens.given)[1:]), tokens.given
    wait_for(lambda: not [row for row in daemon.query("outbox") if row["state"] != "delivered"],
             "the last result")
    assert len(sink.mails) == len(daemon.query("outbox")), "each once"


def one_that_is_taken_back_before_its_time(box, challenge=False):
    """Nobody hears of it: another is asked for, once for all connections."""
    plan, tokens, sink = served(box, people=MANY, each=True, challenge=challenge)
    asked = []

    async def gate():
        if len(sink.mails) == MANY // 3 and not asked:
            asked.append(len(tokens.given))
            tokens.revoke()
    sink.gate = gate
    daemon = box.daemon(plan, MORNING + "@60")
    arrived(sink, MANY + 2)
    assert asked == [1] and len(tokens.given) == 2, tokens.given
    assert sink.refused, "the old one was tried"
    assert not daemon.logged("channel mail is down"), daemon.log_text()


def as_google_says_it(box):
    one_that_is_taken_back_before_its_time(box, challenge=True)


def one_that_the_mail_server_refuses(box):
    """What may be wrong is said; and once it has been put right, mail leaves without a reload."""
    plan, tokens, sink = served(box)
    sink.accepts, good = lambda user, token: False, sink.accepts
    sink.auth_XOAUTH2 = xoauth2(lambda user, token: sink.accepts(user, token))
    daemon = box.daemon(plan, MORNING + "@60", start=False)
    down(daemon, "refuses the token.*SMTP.SendAsApp.*535 5.7.3")
    first = len(tokens.given)
    sink.accepts = good
    back(daemon, sink)
    assert len(tokens.given) > first, "one that was refused is not kept: it may lack what was given since"


def a_wrong_secret_and_a_wrong_scope(box):
    plan, tokens, sink = served(box)
    (box.folder / "client.secret").write_text("fel\n")
    plan.settings["mail"]["oauth"]["scope"] = "https://graph.microsoft.com/.default"
    daemon = box.daemon(plan, MORNING + "@60", start=False)
    down(daemon, r"token server localhost:\d+ gives no token \(invalid_client: check client_id and "
         r"client_secret_file\): AADSTS7000215: Invalid client secret provided\.;")
    assert not sink.attempts and not sink.refused
    (box.folder / "client.secret").write_text(tokens.client[1] + "\n")  # without a reload
    rows = wait_for(lambda: [row for row in daemon.query("outbox")
                             if "invalid_scope: check scope" in (row.get("last_answer") or "")], "it")
    assert not [row for row in rows if row["state"] == "delivered"], rows
    plan.settings["mail"]["oauth"]["scope"] = tokens.scope
    plan.write()
    assert daemon.order("reload")["result"] == "ok"
    wait_for(lambda: sink.to("anna") and sink.to("bo"), "the mails")


def a_token_server_that_is_down(box):
    plan, tokens, sink = served(box)
    tokens.stop()
    daemon = box.daemon(plan, MORNING + "@60", start=False)
    down(daemon, "token server localhost:.* can't be asked: .*[Cc]onnect")
    tokens.refuse = (503, b"busy", {})
    tokens.start()
    wait_for(lambda: [row for row in daemon.query("outbox")
                      if "the status 503" in (row.get("last_answer") or "")], "another answer")
    tokens.refuse = (302, b"", {"Location": tokens.url})
    asked = len(tokens.asked)
    wait_for(lambda: len(tokens.asked) > asked, "another request")
    tokens.refuse = None
    back(daemon, sink)
    assert len(daemon.logged("channel mail is down")) == 1, daemon.log_text()


def a_server_that_takes_passwords_only(box):
    plan, tokens, sink = served(box, mechanisms=("XOAUTH2",))
    daemon = box.daemon(plan, MORNING + "@60", start=False)
    down(daemon, "offers no login by XOAUTH2")
    assert not sink.mails


def a_server_that_takes_no_passwords(box):
    plan, tokens, sink = served(box)
    secret = box.folder / "password"
    secret.touch(mode=0o600)
    secret.write_text("sesam\n")
    del plan.settings["mail"]["oauth"]
    plan.settings["mail"]["password_file"] = "password"
    daemon = box.daemon(plan, MORNING + "@60", start=False)
    down(daemon, "by XOAUTH2: give oauth instead of password_file")
    assert daemon.client("test", "anna", code=65)[0]["login"] == f"password as {USER}"
    del plan.settings["mail"]["password_file"]
    plan.settings["mail"]["oauth"] = tokens.settings(box.folder)
    plan.write()
    assert daemon.order("reload")["result"] == "ok"
    wait_for(lambda: sink.to("anna") and sink.to("bo"), "the mails")


def a_check_asks_nobody(box):
    plan, tokens, sink = served(box)
    tokens.stop()
    done = box.daemon(plan, start=False).check()
    assert "oauth" not in done.stdout + done.stderr, done.stdout + done.stderr
    assert not tokens.asked


def a_rehearsal_asks_no_other_machine(box):
    plan, tokens, sink = served(box)
    plan.settings["mail"]["oauth"]["token_url"] = "https://192.0.2.1/token"
    daemon = box.daemon(plan, MORNING + "@60", start=False)
    down(daemon, "token server 192.0.2.1 is not this machine, and a rehearsal asks no other")


run(a_token_logs_in, one_that_expires_in_the_middle_of_the_queue,
    one_that_is_taken_back_before_its_time, as_google_says_it, one_that_the_mail_server_refuses,
    a_wrong_secret_and_a_wrong_scope, a_token_server_that_is_down,
    a_server_that_takes_passwords_only, a_server_that_takes_no_passwords, a_check_asks_nobody,
    a_rehearsal_asks_no_other_machine)
