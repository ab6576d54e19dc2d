# SPDX-License-Identifier: Apache-2.0
"""What the demo plays on: a mail server, a webhook receiver and the economy system, all real and on
the loopback interface; the daemon, a rehearsal that stands where it is told to; and the client."""
import base64
import email
import email.policy
import email.utils
import hashlib
import hmac
import html.parser
import http.server
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import zmq
from aiosmtpd.controller import Controller

HERE = Path(__file__).resolve().parent
PAMINND, PAMINN = os.environ["PAMINND"], os.environ["PAMINN"]
ZONE = ZoneInfo("Europe/Stockholm")
PATIENCE = 30  # seconds of real time
SPEED = 1e9  # it can't overshoot where it stands


class Trouble(Exception):
    """The demo can't go on; says why."""


class Mail:
    def __init__(self, to, raw):
        self.to, self.raw = to.partition("@")[0], raw
        message = email.message_from_bytes(raw, policy=email.policy.default)
        self.sender, self.receiver = str(message["From"]), str(message["To"])
        self.subject = str(message["Subject"])
        self.text = message.get_body(("plain",)).get_content()
        self.links = re.findall(r"http://\S+/(?:a|mine)/[\w-]+", self.text)
        # The daemon dates a mail by its own clock, the rehearsal's.
        # The outbox's number of it stands in the name that all its copies have, before what signs that.
        self.number = str(message["Message-ID"]).partition("@")[0].rpartition(".")[2].partition("-")[0]
        self.when = email.utils.parsedate_to_datetime(message["Date"]).astimezone(ZONE)


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class MailServer:
    """Keeps every mail."""

    def __init__(self):
        self.mails = []
        self.port = free_port()
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    async def handle_DATA(self, server, session, envelope):
        for to in envelope.rcpt_tos:
            self.mails.append(Mail(to, envelope.original_content))
        return "250 2.0.0 Ok"

    def stop(self):
        self.controller.stop()


class Hook:
    """Keeps every post whose signature is right."""

    def __init__(self):
        self.secret, self.posts, self.forged = os.urandom(32), [], 0
        hook = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(204 if hook.keep(self.headers, body) else 401)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def keep(self, headers, body):
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        digest = hmac.new(self.secret, signed, hashlib.sha256).digest()
        if f"v1,{base64.b64encode(digest).decode()}" not in headers["webhook-signature"].split(" "):
            self.forged += 1
            return False
        self.posts.append(json.loads(body)["data"])
        return True

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class Form(html.parser.HTMLParser):
    """What a browser would send of the form with this id, before anybody fills it in."""

    def __init__(self, page, form):
        super().__init__()
        self.form, self.within, self.fields = form, False, {}
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            self.within = attributes.get("id") == self.form
        elif tag in ("input", "textarea") and self.within and attributes.get("type") != "radio":
            self.fields[attributes["name"]] = attributes.get("value", "")

    def handle_endtag(self, tag):
        if tag == "form":
            self.within = False


class Board(html.parser.HTMLParser):
    """What the board's page says first: its heading, how it stands, what is counted, and the facts."""
    ENDS = {"h1": "\n", "p": "\n", "li": "\n", "dt": ": ", "dd": "\n"}

    def __init__(self, page):
        super().__init__()
        self.parts, self.part, self.tags = {}, None, []
        self.feed(page)
        for name, text in self.parts.items():
            lines = (" ".join(line.split()) for line in text.split("\n"))
            self.parts[name] = [line for line in lines if line]

    def handle_starttag(self, tag, attributes):
        name = "heading" if tag == "h1" else dict(attributes).get("data-part")
        if self.part is None and name in ("heading", "state", "counts", "facts"):
            self.part, self.tags = name, []
            self.parts.setdefault(name, "")
        if self.part:
            self.tags.append(tag)

    def handle_data(self, data):
        if self.part:
            self.parts[self.part] += data

    def handle_endtag(self, tag):
        if not self.part:
            return
        self.parts[self.part] += self.ENDS.get(tag, "")
        self.tags.pop()
        if not self.tags:
            self.part = None


class Parts(html.parser.HTMLParser):
    """What an act's page has: the fields that its form sends unseen, its heading, and lists of what would follow."""

    def __init__(self, page):
        super().__init__()
        self.hidden, self.heading, self.follows = {}, "", {}
        self.main, self.into = False, None
        self.feed(page.partition("<main")[2].partition("</main>")[0])

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "input" and attributes.get("type") == "hidden":
            self.hidden[attributes["name"]] = attributes.get("value", "")
        elif tag == "ul":
            self.into = attributes.get("data-part")
        elif tag == "li" and self.into:
            self.follows.setdefault(self.into, []).append("")
        elif tag == "h1":
            self.into = "h1"

    def handle_data(self, data):
        if self.into == "h1":
            self.heading += data
        elif self.follows.get(self.into):
            self.follows[self.into][-1] += data

    def handle_endtag(self, tag):
        if tag in ("ul", "h1"):
            self.into = None


class Desk:
    """The pages of a steward, who is signed in by the link of a mail."""

    def __init__(self, stage, person):
        self.root = f"http://127.0.0.1:{stage.page_port}"
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        seen = len(stage.mail_server.mails)
        self.post("/login", address=f"{person}@region.example")
        until = time.monotonic() + PATIENCE
        while not (mails := stage.mail_server.mails[seen:]):  # sent at once, whatever the hour
            if time.monotonic() > until:
                raise Trouble(f"no link to sign in has come\n{stage.log()}")
            time.sleep(0.02)
        link = re.search(r"/in/[\w-]+", mails[0].text)[0]
        self.post(link, **Parts(self.get(link)).hidden)

    def get(self, path):
        with self.browser.open(self.root + path, timeout=PATIENCE) as page:
            return page.read().decode()

    def post(self, path, **fields):
        with self.browser.open(self.root + path, urllib.parse.urlencode(fields).encode(),
                               timeout=PATIENCE) as page:
            return page.read().decode()

    def act(self, act, item, **values):
        """Fill in the form; what would follow, as the page says it before anything has happened."""
        form = Parts(self.get(f"/desk/do?act={act}&item={item}")).hidden
        sent = {f"{name}.1": value for name, value in values.items()}
        self.confirm = Parts(self.post("/desk/do", step="check", **form, **sent))
        return self.confirm.follows

    def go_on(self):
        """Press Genomför; the heading of the page that says what was recorded."""
        return Parts(self.post("/desk/do", step="do", **self.confirm.hidden)).heading.strip()


@contextmanager
def unended():
    """SIGTERM waits for what is begun here, so that whoever ends it knows of it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Stage:
    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="paminn-demo-"))
        self.context, self.daemon, self.sequence = zmq.Context(), None, 0
        self.mail_server, self.hook, self.page_port = MailServer(), Hook(), free_port()
        self.set_up()
        self.submit = f"ipc://{self.folder}/submit.sock"
        self.clock = self.context.socket(zmq.REQ)
        self.clock.connect(self.submit)
        self.economy = self.context.socket(zmq.XPUB)  # which tells when somebody subscribes
        self.economy.bind(f"ipc://{self.folder}/ekonomi.sock")

    def set_up(self):
        """A copy of this folder, in which the ports are those of the peers above."""
        shutil.copytree(HERE / "plan.d", self.folder / "plan.d")
        text = (HERE / "paminnd.conf").read_text(encoding="utf-8")
        text = re.sub(r"(smtp://127\.0\.0\.1:)\d+", rf"\g<1>{self.mail_server.port}", text)
        text = re.sub(r"(http://127\.0\.0\.1:)\d+/", rf"\g<1>{self.hook.port}/", text)
        text = text.replace("127.0.0.1:7780", f"127.0.0.1:{self.page_port}")
        (self.folder / "paminnd.conf").write_text(text, encoding="utf-8")
        self.keep_secret("uppfoljning.secret", "whsec_", self.hook.secret)
        self.keep_secret("web.secret", "", os.urandom(32))

    def keep_secret(self, name, before, secret):
        path = self.folder / name
        path.touch(mode=0o600)
        path.write_text(before + base64.b64encode(secret).decode() + "\n")

    def start(self, at):
        start = f"{at:%Y-%m-%dT%H:%M}"
        with (self.folder / "paminnd.log").open("wb") as log, unended():
            self.daemon = subprocess.Popen(
                [PAMINND, "--config", self.folder / "paminnd.conf", "--clock",
                 f"{start}@{SPEED:g}..{start}"],
                stdout=log, stderr=log, cwd=self.folder, start_new_session=True)
        if not self.economy.poll(PATIENCE * 1000):
            raise Trouble(f"paminnd has not come up\n{self.log()}")
        self.economy.recv()

    def ask(self, request):
        self.clock.send_json(request)
        until = time.monotonic() + PATIENCE
        while not self.clock.poll(100):
            if self.daemon.poll() is not None:
                raise Trouble(f"paminnd ended with {self.daemon.returncode}\n{self.log()}")
            if time.monotonic() > until:
                raise Trouble(f"paminnd has not answered for {PATIENCE} seconds\n{self.log()}")
        answer = self.clock.recv_json()
        if answer["result"] != "ok":
            raise Trouble(f"paminnd says: {answer['reason']}\n{self.log()}")
        return answer["rows"]

    def go(self, at):
        """Let time go on to `at`: everything due by then has left when this returns."""
        self.ask({"command": "go", "params": {"time": at.isoformat()}})

    def next_mail(self):
        """When the next message is to leave, as far as the forecast of the next days knows."""
        waiting = [row["next_attempt"] for row in self.ask({"query": "outbox"})
                   if row["state"] in ("pending", "retry")]
        coming = [row["when"] for row in self.ask({"query": "forecast"})]
        return min((datetime.fromisoformat(at).astimezone(ZONE) for at in waiting + coming if at),
                   default=None)

    def log(self):
        return (self.folder / "paminnd.log").read_text(encoding="utf-8", errors="replace")

    def client(self):
        """The client's command line, for a shell."""
        return f"{PAMINN} --server {self.submit}"

    def paminn(self, *arguments):
        """What the client prints."""
        environment = {**os.environ, "HOME": str(self.folder), "LC_ALL": "C.UTF-8",
                       "COLUMNS": "80"}
        done = subprocess.run([PAMINN, "--server", self.submit, *arguments], env=environment,
                              capture_output=True, text=True, timeout=PATIENCE, check=False,
                              start_new_session=True)
        if done.returncode != 0:
            raise Trouble(f"paminn {' '.join(arguments)} ended with {done.returncode}: "
                          f"{done.stderr.strip()}\n{self.log()}")
        return done.stdout

    def answer(self, link, **values):
        """Fill in the form behind the link as its reader would, and send it; the receipt's page."""
        with urllib.request.urlopen(link, timeout=PATIENCE) as page:
            fields = Form(page.read().decode(), "answer").fields
        for name in [*fields, "status.1"]:
            fields[name] = values.get(name.partition(".")[0], fields.get(name, ""))
        sent = urllib.parse.urlencode(fields).encode()
        with urllib.request.urlopen(link, sent, timeout=PATIENCE) as page:  # it leads to the receipt
            return page.read().decode()

    def board(self, person, item):
        """Where the person reads of the item on the board's page, and what its first screen says there."""
        link = f"{self.paminn('link', 'board', person).strip()}?of={item}"
        with urllib.request.urlopen(link, timeout=PATIENCE) as page:
            return link, Board(page.read().decode()).parts

    def publish(self, measure, **data):
        """The economy system tells of a measure: two frames on a PUB socket."""
        self.sequence += 1
        event = {"specversion": "1.0", "id": f"2026-{self.sequence}", "source": "/systems/ekonomi",
                 "type": "paminn.status", "subject": measure, "sequence": str(self.sequence),
                 "data": data}
        self.economy.send_multipart([b"paminn.status", json.dumps(event).encode()])
        until = time.monotonic() + PATIENCE
        while not self.ask({"query": "show", "params": {"item": measure}})[0]["status"]:
            if time.monotonic() > until:
                raise Trouble(f"paminnd has not heard of {measure}\n{self.log()}")

    def close(self, keep):
        if self.daemon and self.daemon.poll() is None:
            self.daemon.send_signal(signal.SIGTERM)
            try:
                self.daemon.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.daemon.kill()
        self.context.destroy(linger=0)
        self.mail_server.stop()
        self.hook.stop()
        if not keep:
            shutil.rmtree(self.folder, ignore_errors=True)
            return
        for number, mail in enumerate(self.mail_server.mails, 1):
            (self.folder / f"{number:03}-{mail.to}.eml").write_bytes(mail.raw)
        print(f"\nKept in {self.folder}: paminn.db, paminnd.log, and each mail.", file=sys.stderr)
