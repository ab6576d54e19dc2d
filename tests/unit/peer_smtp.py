# SPDX-License-Identifier: Apache-2.0
"""An SMTP server that misbehaves on demand.

MODE: "plain" greets and obeys; "greeting554", "greeting421", "mail550", "ehlo502",
"helo502" (refuses EHLO as well), "endless" (greets without end), "silent" (never greets), "pause12" (greets
after so many seconds), "slow" (each reply after half a second), "nonsense", "closeafter" (each mail), "greeting554hang" and "quithang" (no
answer to QUIT) do as they say to everybody; "dsn" offers reports by DSN and tells each MAIL and RCPT, "dsnmail555" and
"dsnrcpt504" refuse their parameters all the same, "dsnechoes" refuses every MAIL and repeats the first; "aiosmtpd" is a real server with
its own idea of dots. In the other modes what happens depends on the recipient's local part, see
STORIES. Prints its port, then "CONNECTION RECIPIENT SHA256 MESSAGE-ID" for each body it has seen to
the end, and "CONNECTION quit" when told so.
"""
import hashlib
import re
import socket
import time

from peer import say, serve

# Local part: (reply to RCPT, to DATA, to the end of DATA). None hangs up instead.
STORIES = {
    "rcpt450": ("450 4.2.1 mailbox busy",),
    "rcpt550": ("550 5.1.1 no such user",),
    "rcpt421": ("421 4.3.2 shutting down",),
    "rcptrelay": ("554 5.7.1 relay access denied",),
    "rcptlist": ("550 5.7.2 not to this list",),
    "rcptgroup": ("550 5.7.133 senders from within only",),
    "rcpthelo": ("504 5.5.2 helo name rejected: a full name is wanted",),
    "rcptold": ("504 helo name rejected",),
    "rcptlogin": ("530 5.7.0 log in first",),
    "rcptsyntax": ("500 what?",),
    "rcptname": ("504 5.1.3 no such form of address",),
    "rcptbare": ("550 no",),
    "rcptexim": ("550 relay not permitted",),
    "rcptdenied": ("554 relay denied",),
    "rcptsender": ("550-Verification failed\r\n550 Sender verify failed",),
    "rcptours": ("550 5.1.8 sender address rejected: domain not found",),
    "rcptundefined": ("550 5.0.0 we do not relay",),
    "rcptnamed": ("550 5.1.1 no such user at this relay",),
    "rcptfull": ("552 5.2.2 mailbox full",),
    "dataus": ("250 ok", "554 5.7.1 client host rejected"),
    "bodyspf": ("250 ok", "354 go on", "550 5.7.26 not by that sender"),
    "bodysender": ("250 ok", "354 go on", "550 5.7.60 not to send as this sender"),
    "bodyexim": ("250 ok", "354 go on", "550 Administrative prohibition"),
    "rcptdrop": (None,),
    "data451": ("250 ok", "451 4.3.0 not now"),
    "data554": ("250 ok", "554 5.5.1 no"),
    "datadrop": ("250 ok", None),
    "body450": ("250 ok", "354 go on", "450 4.2.0 later"),
    "body550": ("250 ok", "354 go on", "550-5.7.1 this is\r\n550 5.7.1 spam"),
    "body251": ("250 ok", "354 go on", "251 2.1.5 forwarded"),
    "bodydrop": ("250 ok", "354 go on", None),
    "bodytwice": ("250 ok", "354 go on", "250 taken\r\n250 and more"),
    "bodyodd": ("250 ok", "354 go on", "what?"),
    "control": ("450 4.2.1 b\x07usy \xff\xe5 \x1b[31mred",),
}


class Gone(Exception):
    pass


def seen(asker, connection, recipient, body):
    found = re.search(rb"^Message-ID: <(.*)>\r$", body, re.M)
    say(asker, connection, recipient, hashlib.sha256(body).hexdigest(),
        found.group(1).decode() if found else "-")


class Conversation:
    def __init__(self, asker, mode, number, connection):
        self.asker, self.number, self.socket, self.mode = asker, number, connection, mode
        self.reader = connection.makefile("rb")
        self.recipient = self.echo = ""

    def reply(self, text):
        if text is None:
            raise Gone
        if self.mode == "slow":
            time.sleep(0.5)
        self.socket.sendall(text.encode("latin-1") + b"\r\n")

    def line(self):
        line = self.reader.readline()
        if not line:
            raise Gone
        return line

    def story(self, step):
        told = STORIES.get(self.recipient.split("@")[0], ())
        return told[step] if step < len(told) else ("250 ok", "354 go on", "250 2.0.0 taken")[step]

    def take_body(self):
        if self.recipient.startswith("middrop"):
            self.socket.recv(10)
            raise Gone
        lines = []
        while (line := self.line()) != b".\r\n":
            lines.append(line[1:] if line.startswith(b".") else line)
        seen(self.asker, self.number, self.recipient, b"".join(lines))
        if self.recipient.startswith("bodyhang"):
            time.sleep(60)

    def talk_for_ever(self):
        end = b"" if self.recipient.startswith("endlessline") else b"\r\n"
        while True:
            self.socket.sendall(b"250-" + b"x" * 1000 + end)

    def refuses(self, verb, said):
        asked = said.partition("> ")[2]
        if self.mode == "dsnmail555" and verb == b"MAIL" and asked:
            self.reply(f"555 5.5.4 unsupported: {asked}")
        elif self.mode == "dsnrcpt504" and verb == b"RCPT" and asked:
            self.reply("504 5.5.4 no such parameter")
        elif self.mode == "dsnechoes" and verb == b"MAIL":
            self.echo = self.echo or said
            self.reply(f"501 5.5.4 what is {self.echo}?")
        else:
            return False
        return True

    def obey(self, line):
        verb = line[:4].upper()
        if self.mode.startswith("dsn") and verb in (b"MAIL", b"RCPT"):
            said = line.decode("latin-1").strip()
            say(self.asker, self.number, said)
            if self.refuses(verb, said):
                return
        if verb == b"EHLO" and self.mode.startswith("dsn"):
            self.reply("250-peer DSN\r\n250-SIZE 10240000\r\n250-dsn\r\n250-8BITMIME\r\n250 HELP")
        elif verb == b"EHLO":
            self.reply("502 no" if self.mode in ("ehlo502", "helo502") else "250-peer\r\n250 8BITMIME")
        elif verb == b"HELO" and self.mode == "helo502":
            self.reply("502 no")
        elif verb == b"MAIL":
            self.reply("550 5.7.1 not you" if self.mode == "mail550" else "250 ok")
        elif verb == b"RCPT":
            self.recipient = re.search(rb"<(.*)>", line).group(1).decode()
            if self.recipient.startswith("endless"):
                self.talk_for_ever()
            if self.recipient.startswith("rcpthang"):
                time.sleep(60)
            self.reply(self.story(0))
        elif verb == b"DATA":
            if self.recipient.startswith("datahang"):
                time.sleep(60)
            self.reply(self.story(1))
            if self.story(1).startswith("354"):
                self.take_body()
                self.reply(self.story(2))
                if self.mode == "closeafter":
                    raise Gone
        elif verb == b"QUIT":
            say(self.asker, self.number, "quit")
            if self.mode == "quithang":
                time.sleep(60)
            self.reply("221 bye")
            raise Gone
        else:
            self.reply("250 ok")

    def run(self):
        try:
            if self.mode == "silent":
                time.sleep(60)
            if self.mode == "pause12":
                time.sleep(12)
            if self.mode == "nonsense":
                self.socket.sendall(b"\x00\xff SSH-2.0 hello\r\n" * 10)
                raise Gone
            if self.mode == "endless":
                self.talk_for_ever()
            greeting = re.fullmatch(r"greeting(\d+)(hang)?", self.mode)
            self.reply(f"{greeting.group(1)} go away" if greeting else "220 peer")
            if self.mode.endswith("hang") and greeting:
                time.sleep(60)
            while True:
                self.obey(self.line())
        except (Gone, OSError):
            pass
        finally:
            try:
                self.socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            self.socket.close()


def serve_aiosmtpd(asker):
    from aiosmtpd.controller import Controller

    class Handler:
        async def handle_DATA(self, server, session, envelope):
            seen(asker, session.peer[1], envelope.rcpt_tos[0], envelope.original_content)
            return "250 taken"

    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    controller = Controller(Handler(), hostname="127.0.0.1", port=port)
    controller.start()
    say(asker, port)
    asker.recv(1)
    controller.stop()


def play(mode, asker):
    if mode == "aiosmtpd":
        serve_aiosmtpd(asker)
    else:
        serve(asker, lambda number, connection: Conversation(asker, mode, number, connection).run())
