# SPDX-License-Identifier: Apache-2.0
"""An SMTP server with real encryption (aiosmtpd), under an authority made for the occasion.

MODE, WORD-WORD…: "starttls", "tls" or "none" is how it speaks; and any of
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
"mail ENCRYPTION USER RECIPIENT SHA256", and "MAIL", "AUTH" for such a command in the clear.
"""
import asyncio
import hashlib
import logging
import warnings

import peer_authority
from aiosmtpd.smtp import SMTP, AuthResult
from peer import say

logging.disable()  # of its opinions on logins in the clear
warnings.simplefilter("ignore")


class Handler:
    def __init__(self, how, asker):
        self.how, self.asker = how, asker

    def encrypted(self, session):
        return "encrypted" if session.ssl is not None or "tls" in self.how else "clear"

    def check_login(self, server, session, envelope, mechanism, data):
        if self.encrypted(session) == "clear":
            say(self.asker, "AUTH")
        good = (data.login, data.password) == (b"paminn", b"sesam")
        return AuthResult(success=good, handled=good, auth_data=data.login.decode(),
                          message=None if good else "535 5.7.8 no such login for a@b.se")

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        return [line for line in responses if "noauth" not in self.how or line[4:8] != "AUTH"]

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.encrypted(session) == "clear":
            say(self.asker, "MAIL")
        envelope.mail_from = address
        return "250 ok"

    async def handle_DATA(self, server, session, envelope):
        digest = hashlib.sha256(envelope.original_content).hexdigest()
        say(self.asker, "mail", self.encrypted(session), session.auth_data or "-", envelope.rcpt_tos[0], digest)
        if "close" in self.how:
            asyncio.get_running_loop().call_later(0.02, server.transport.close)
        return "250 taken"


class Server(SMTP):
    async def smtp_STARTTLS(self, argument):
        if "busy" in self.event_handler.how:
            await self.push("454 4.7.0 TLS is not to be had")
        elif "inject" in self.event_handler.how:
            await self.push("220 go on\r\n250-mine\r\n250 AUTH PLAIN")
        else:
            await super().smtp_STARTTLS(argument)


async def serve(how, asker, context):
    loop, handler = asyncio.get_running_loop(), Handler(how, asker)
    options = {"tls_context": context} if "starttls" in how else {}
    options |= {"auth_exclude_mechanism": ["PLAIN", "LOGIN"]} if "nologin" in how else {}

    def conversation():
        return Server(handler, hostname="peer", loop=loop, authenticator=handler.check_login,
                      auth_require_tls="starttls" in how, auth_required="login" in how, **options)
    server = await loop.create_server(conversation, "127.0.0.1", 0, ssl=context if "tls" in how else None)
    say(asker, server.sockets[0].getsockname()[1])
    say(asker, peer_authority.trusted().ca)
    asker.setblocking(False)
    await loop.sock_recv(asker, 1)
    server.close()


def play(mode, asker):
    asyncio.run(serve(mode.split("-"), asker, peer_authority.context(mode)))
