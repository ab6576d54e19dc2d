# SPDX-License-Identifier: Apache-2.0
"""An SMTP server with real encryption (aiosmtpd), under an authority made for the occasion.

peer_tls.py WORD-WORD…: "starttls", "tls" or "none" is how it speaks; and any of
    other       its certificate is by an authority that nobody trusts
    name        … for another host
    expired     … expired
    login       it asks for a login, "paminn" with the password "sesam", before any mail
    noauth      it knows no AUTH
    nologin     it knows AUTH, but no way that is any use
    busy        STARTTLS is answered with 454
    inject      a reply in the clear follows STARTTLS's own in the same breath
    close       each connection is closed after its first mail
Prints its port, the path of the authority's certificate, and then a line for what it hears:
"mail ENCRYPTION USER RECIPIENT SHA256", and "MAIL", "AUTH" for such a command in the clear. Ends when
standard input does.
"""
import asyncio
import hashlib
import logging
import ssl
import sys
import tempfile
import warnings
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from authority import Authority  # noqa: E402

logging.disable()  # of its opinions on logins in the clear
warnings.simplefilter("ignore")
how = sys.argv[1].split("-")


def say(*words):
    print(*words, flush=True)


def encrypted(session):
    return "encrypted" if session.ssl is not None or "tls" in how else "clear"


def check_login(server, session, envelope, mechanism, data):
    if encrypted(session) == "clear":
        say("AUTH")
    good = (data.login, data.password) == (b"paminn", b"sesam")
    return AuthResult(success=good, handled=good, auth_data=data.login.decode(),
                      message=None if good else "535 5.7.8 no such login for a@b.se")


class Handler:
    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        return [line for line in responses if "noauth" not in how or line[4:8] != "AUTH"]

    async def handle_MAIL(self, server, session, envelope, address, options):
        if encrypted(session) == "clear":
            say("MAIL")
        envelope.mail_from = address
        return "250 ok"

    async def handle_DATA(self, server, session, envelope):
        digest = hashlib.sha256(envelope.original_content).hexdigest()
        say("mail", encrypted(session), session.auth_data or "-", envelope.rcpt_tos[0], digest)
        if "close" in how:
            asyncio.get_running_loop().call_later(0.02, server.transport.close)
        return "250 taken"


class Server(SMTP):
    async def smtp_STARTTLS(self, argument):
        if "busy" in how:
            await self.push("454 4.7.0 TLS is not to be had")
        elif "inject" in how:
            await self.push("220 go on\r\n250-mine\r\n250 AUTH PLAIN")
        else:
            await super().smtp_STARTTLS(argument)


async def serve(folder):
    trusted, other = Authority(folder), Authority(folder, "other")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*(other if "other" in how else trusted).issue(
        "DNS:elsewhere.example" if "name" in how else "DNS:localhost,IP:127.0.0.1",
        -1 if "expired" in how else 2))
    options = {"tls_context": context} if "starttls" in how else {}
    options |= {"auth_exclude_mechanism": ["PLAIN", "LOGIN"]} if "nologin" in how else {}

    def conversation():
        return Server(Handler(), hostname="peer", loop=asyncio.get_running_loop(),
                      authenticator=check_login, auth_require_tls="starttls" in how,
                      auth_required="login" in how, **options)
    server = await asyncio.get_running_loop().create_server(
        conversation, "127.0.0.1", 0, ssl=context if "tls" in how else None)
    say(server.sockets[0].getsockname()[1])
    say(trusted.ca)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="paminn-unit-tls-") as folder:
        asyncio.run(serve(folder))
