# SPDX-License-Identifier: Apache-2.0
"""What the system tests share: the real daemon, real peers, and a place that cleans up.

A test file is a few functions that take a Box and a last line `run(first, second, ...)`, ordered
so that the first failure tells the most. Whatever a Box has started it stops when the test ends,
however it ends; then a sanitizer's report, an error in the daemon's log that the test did not
announce, or an exit that was not clean fails the test too.

Time is the daemon's: a rehearsal stands where the test has sent it ("2026-05-12T07:00", then
`daemon.until("2026-05-12T09:00")`), with all that was due by then decided and sent, so that nothing
is waited for and nothing overshot. Written with a speed ("2026-05-12T07:00@20000") it runs on by
itself; then a test waits for the daemon's clock, never for its own, and asserts on instants that the
daemon names.
"""
import asyncio
import base64
import contextlib
import email
import email.policy
import email.utils
import hashlib
import hmac
import http.server
import itertools
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import zmq

ROOT = Path(__file__).resolve().parents[2]
PAMINND = os.environ.get("PAMINND", str(ROOT / "build/dev/daemon/paminnd"))
PAMINN = os.environ.get("PAMINN", str(ROOT / "build/dev/client/paminn"))
LONG = os.environ.get("PAMINN_SWEEP") == "release"
# Of a build with sanitizers: what is not ours to mend.
LEAKS = ROOT / "tests/system/leaks.supp"
os.environ.setdefault("LSAN_OPTIONS", f"suppressions='{LEAKS}':print_suppressions=0")
PATIENCE = 180  # seconds of real time after which a wait has failed
ZONE = ZoneInfo("Europe/Stockholm")
SANITIZER = re.compile(r"AddressSanitizer|LeakSanitizer|runtime error:|UndefinedBehavior")


class Skip(Exception):
    """This machine can't run the test; says why."""


def be_root():
    """An ordinary user goes on as root of namespaces of their own, where this machine allows that.
    To be called before anything else is begun."""
    apart = ["unshare", "--map-root-user", "--mount", "--net", "sh", "-c",
             'ip link set lo up && exec "$@"', "sh"]
    if os.geteuid() != 0 and subprocess.run([*apart, "true"], capture_output=True).returncode == 0:
        os.execvp(apart[0], [*apart, sys.executable, *sys.argv])


def wait_for(condition, what, patience=PATIENCE):
    """The first true value of condition(), asked again and again: the rarer, the longer it has not been true."""
    began = time.monotonic()
    while True:
        value = condition()
        if value:
            return value
        waited = time.monotonic() - began
        assert waited < patience, f"waited {patience} s in vain for {what}"
        time.sleep(min(max(waited / 20, 0.005), 0.1))


def local(text):
    """The instant of a local date and time, or of RFC 3339."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=ZONE)


def own_ports(size=256):
    """A range of ports that no other process of tests takes: who has it holds a name in the kernel's
    abstract namespace, which goes with the process. Below those that the kernel chooses for connections."""
    firsts = list(range(20000, 32768 - size, size))
    random.SystemRandom().shuffle(firsts)
    for first in firsts:
        held = socket.socket(socket.AF_UNIX)
        try:
            held.bind(f"\0paminn-tests-{first}")
        except OSError:
            held.close()
            continue
        return held, itertools.cycle(range(first, first + size))
    raise AssertionError("other tests have all ports")


HELD, PORTS = own_ports()


def free_ports(count):
    """Ports at which nobody listens, and nobody else will."""
    ports = []
    while len(ports) < count:
        port = next(PORTS)
        with socket.socket() as one, contextlib.suppress(OSError):
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as servers do
            one.bind(("127.0.0.1", port))
            ports.append(port)
    return ports


# ---- the plan ------------------------------------------------------------------------------------

def libconfig(value):
    """A Python value in libconfig's syntax: dict → group, tuple → list, list → array."""
    if isinstance(value, dict):
        return "{ " + "".join(f"{key} = {libconfig(each)}; " for key, each in value.items()) + "}"
    if isinstance(value, tuple):
        return "( " + ", ".join(map(libconfig, value)) + " )"
    if isinstance(value, list):
        return "[ " + ", ".join(map(libconfig, value)) + " ]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return f"{value}L"
    return json.dumps(value, ensure_ascii=False)


DATABASES = {}  # of the boxes that have one, by their folder


def store_of(folder):
    """The store of a box, whose plans all have the same: a file in its folder, or a database of its own where
    $PAMINN_STORE is postgres."""
    if os.environ.get("PAMINN_STORE") != "postgres":
        return str(folder / "paminn.db")
    import postgres
    server = postgres.shared()
    if folder not in DATABASES:
        DATABASES[folder] = server.database()
    return server.url(DATABASES[folder])


def store_ends(folder):
    """A database goes away with its box; a file does so with the folder."""
    if folder in DATABASES:
        import postgres
        postgres.shared().drop(DATABASES.pop(folder))


class Plan:
    """paminnd.conf and one plan file. The settings are a dict; the lists of the plan file are dicts
    by id, so that a test changes `plan.measures["TN-1"]["owner"]` and writes again."""
    LISTS = ("bodies", "meetings", "people", "systems", "measures", "deadlines", "assignments")

    def __init__(self, folder):
        self.folder = folder
        # Not TCP: who connects to a free port again and again meets itself there in the end.
        self.submit, self.collect, self.feed = (f"ipc://{folder}/{name}.sock" for name in
                                                ("submit", "collect", "feed"))
        self.settings = {
            "timezone": "Europe/Stockholm", "language": "sv",
            "store": store_of(folder), "plan": ["plan.conf"],
            "intake": {"submit": [self.submit], "collect": [self.collect], "feed": [self.feed]},
            "mail": {"server": "smtp://127.0.0.1:9", "from": "Påminn <paminn@kommunen.internal>",
                     "reply_to": "stod@kommunen.internal", "tls": "none", "connections": 4},
            "calendar": {"country": "SE", "send_between": ["07:30", "17:00"]},
            "ladders": ({"name": "standard", "time": "08:00", "steps": (
                {"at": "-10wd", "to": ["owner"]}, {"at": "-5wd", "to": ["owner"]},
                {"at": "-2wd", "to": ["owner"]}, {"at": "0", "to": ["owner"]},
                {"at": "+1wd", "to": ["owner", "manager"]},
                {"at": "+3wd", "to": ["role:support"], "repeat": "2wd", "until": "+10wd"})},),
        }
        for name in self.LISTS:
            setattr(self, name, {})

    def add(self, name, key, /, **values):
        getattr(self, name)[key] = values

    def write(self):
        text = "".join(f"{key} = {libconfig(value)};\n" for key, value in self.settings.items())
        (self.folder / "paminnd.conf").write_text(text, encoding="utf-8")
        lines = []
        for name in self.LISTS:
            rows = [libconfig(each if name == "meetings" else {"id": key, **each})
                    for key, each in getattr(self, name).items()]
            if rows:
                lines.append(f"{name} = (\n  " + ",\n  ".join(rows) + "\n);\n")
        (self.folder / "plan.conf").write_text("".join(lines), encoding="utf-8")
        return self.folder / "paminnd.conf"


def small_plan(folder):
    """A municipality's technical committee (TN) answers its executive board (KS): two owners under
    one manager, a chair responsible for the whole, a support function, a registrar to inform."""
    plan = Plan(folder)
    plan.add("bodies", "KS", name="Kommunstyrelsen", papers="-7wd")
    plan.add("bodies", "TN", name="Tekniska nämnden")
    plan.add("meetings", "KS", body="KS", **{"from": "2026-05-26", "until": "2026-05-27"})
    for key, name, roles in (("anna", "Anna Ek", ["owner"]), ("bo", "Bo Alm", ["owner"]),
                             ("mona", "Mona Chef", ["manager"]), ("ola", "Ola Ordf", ["chair"]),
                             ("stina", "Stina Stöd", ["support", "steward"]),
                             ("reg", "Registrator", ["registrar"])):
        plan.add("people", key, name=name, mail=f"{key}@kommunen.internal", roles=roles)
    plan.people["anna"]["manager"] = plan.people["bo"]["manager"] = "mona"
    plan.people["mona"]["manager"] = plan.people["ola"]["manager"] = "stina"
    plan.people["stina"]["manager"] = plan.people["reg"]["manager"] = "mona"
    plan.add("measures", "TN-1", title="Färre inhyrda", owner="anna", effect_planned=1000000)
    plan.add("measures", "TN-2", title="Samordnad drift", owner="bo", effect_planned=500000)
    plan.add("deadlines", "KS-1", title="Återredovisning av åtgärdsplan",
             decision="KS 2026-04-15 § 12", due="meeting KS 2026-05", answers_from=["TN-*"],
             responsible="ola", inform=["reg"], ladder="standard")
    return plan


# ---- the sinks -----------------------------------------------------------------------------------

class Mail:
    """A mail as the server got it."""

    def __init__(self, sender, to, raw, asked=()):
        self.sender, self.to, self.raw, self.asked = sender, to, raw, list(asked)
        self.person = to.partition("@")[0]
        self.message = email.message_from_bytes(raw, policy=email.policy.default)
        self.id = self.message["Message-ID"]
        self.subject = self.message["Subject"]
        self.when = email.utils.parsedate_to_datetime(self.message["Date"]).astimezone(ZONE)
        self.text = self.part("plain")
        self.html = self.part("html")

    @property
    def number(self):
        """Of the message in the outbox, as its Message-ID says it: <paminn.INSTALLATION.NUMBER-0-MAC@…>; of one that was
        forwarded, the one that it got with that."""
        return int((self.message["Resent-Message-ID"] or self.id).strip("<>").split("@")[0].rsplit(".")[-1].split("-")[0])

    def part(self, kind):
        part = self.message.get_body((kind,))
        return part.get_content() if part else None

    def __repr__(self):
        return f"{self.when:%Y-%m-%d %H:%M:%S} {self.person}: {self.subject}"


def reports_server():
    """aiosmtpd's server, which takes what a sender asks of reports (RFC 3461) and keeps it with the session."""
    from aiosmtpd.smtp import SMTP

    class Server(SMTP):
        def taken(self, argument, names):
            path, bracket, options = (argument or "").partition(">")
            asked = [one for one in options.split() if one.partition("=")[0] in names]
            self.session.asked += asked
            return " ".join([path + bracket, *(one for one in options.split() if one not in asked)])

        async def smtp_MAIL(self, arg):
            self.session.asked = []
            await super().smtp_MAIL(self.taken(arg, ("RET", "ENVID")))

        async def smtp_RCPT(self, arg):
            await super().smtp_RCPT(self.taken(arg, ("NOTIFY", "ORCPT")))

    return Server


class SmtpSink:
    """An SMTP server that keeps every mail. `rcpt` and `data` map a recipient to the reply given
    instead of 250 (a list is used up from its beginning); `drop` names recipients whose connection
    is cut after the dot without a reply, the mail kept all the same; `delay` holds the reply to
    DATA for so many seconds, `hello` the one to EHLO, `shut` names recipients whose reply to DATA is
    held as long as they are in it; `bodies` has the recipients whose body has come, answered or not;
    `reports` is "taken", when it offers DSN, or "offered", when it refuses what it offers; `more` is
    Controller's."""

    def __init__(self, port=None, reports=None, **more):
        from aiosmtpd import controller, smtp
        self.reports = reports
        server = reports_server() if reports == "taken" else smtp.SMTP

        class Controller(controller.Controller):
            def factory(self):
                return server(self.handler, **self.SMTP_kwargs)

        self.mails, self.attempts, self.bodies = [], [], []
        self.rcpt, self.data, self.drop, self.delay = {}, {}, {}, {}
        self.hello, self.greeted, self.shut = 0, 0, set()
        self.port = port or free_ports(1)[0]
        self.lock = threading.Lock()
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port,
                                     enable_SMTPUTF8=False, ident="sink", **more)
        self.controller.start()

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.port}"

    @staticmethod
    def reply(table, person):
        reply = table.get(person)
        if isinstance(reply, list):
            return reply.pop(0) if reply else None
        return reply

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        self.greeted += 1
        await asyncio.sleep(self.hello)
        return [*responses[:-1], "250-DSN", responses[-1]] if self.reports else responses

    async def handle_RCPT(self, server, session, envelope, address, options):
        person = address.partition("@")[0]
        self.attempts.append(person)
        reply = self.reply(self.rcpt, person)
        if reply:
            return reply
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server, session, envelope):
        (to,) = envelope.rcpt_tos
        person = to.partition("@")[0]
        self.bodies.append(person)
        if self.delay.get(person):
            await asyncio.sleep(self.delay[person])
        while person in self.shut:
            await asyncio.sleep(0.01)
        reply = self.reply(self.data, person)
        if reply:
            return reply
        with self.lock:
            self.mails.append(Mail(envelope.mail_from, to, envelope.original_content,
                                   getattr(session, "asked", ())))
        if self.drop.get(person, 0) > 0:
            self.drop[person] -= 1
            server.transport.abort()
        return "250 2.0.0 Ok"

    def to(self, person):
        with self.lock:
            return [mail for mail in self.mails if mail.person == person]

    def stop(self):
        if self.controller:
            self.controller.stop(no_assert=True)
        self.controller = None


class HookSink:
    """An HTTP server that keeps every POST after checking its signature. `replies` are given in
    order (a status, or a status and headers), then 204."""
    secret = b"0123456789abcdef0123456789abcdef"

    def __init__(self):
        sink = self
        self.posts, self.replies, self.bad = [], [], []
        self.delay = 0

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                sink.keep(self.headers, body)
                time.sleep(sink.delay)
                reply = sink.replies.pop(0) if sink.replies else 204
                status, headers = reply if isinstance(reply, tuple) else (reply, {})
                self.send_response(status)
                for key, value in headers.items():
                    self.send_header(key, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request, address):
                """A daemon that is killed hangs up: nothing to print."""
                if not isinstance(sys.exc_info()[1], ConnectionError):
                    super().handle_error(request, address)

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def keep(self, headers, body):
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        digest = base64.b64encode(hmac.new(self.secret, signed, hashlib.sha256).digest()).decode()
        if f"v1,{digest}" not in headers["webhook-signature"].split(" "):
            self.bad.append((dict(headers), body))
        self.posts.append((dict(headers), json.loads(body)))

    def secret_file(self, folder):
        path = folder / "hook.secret"
        path.write_text("whsec_" + base64.b64encode(self.secret).decode() + "\n")
        path.chmod(0o600)
        return str(path)

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        assert not self.bad, f"a webhook's signature is wrong: {self.bad[0]}"


class Feed(threading.Thread):
    """A subscriber of the daemon's feed that keeps everything. It reads all the time: a ZeroMQ
    socket subscribes anew after the daemon's restart only while somebody works with it."""

    def __init__(self, endpoint, topic=""):
        super().__init__(daemon=True)
        self.endpoint, self.topic = endpoint, topic
        self.events, self.times = [], []
        self.over = threading.Event()
        self.start()

    def run(self):
        peer = CONTEXT.socket(zmq.SUB)
        peer.set(zmq.LINGER, 0)
        peer.set(zmq.RCVHWM, 0)
        peer.set(zmq.RECONNECT_IVL, 5)
        peer.subscribe(self.topic)
        peer.connect(self.endpoint)
        while not self.over.is_set():
            if peer.poll(20):
                topic, body = peer.recv_multipart()
                self.times.append(time.monotonic())
                self.events.append(json.loads(body))
                assert topic.decode() == self.events[-1]["type"], self.events[-1]
        peer.close()

    def of(self, kind):
        return [event for event in list(self.events) if event["type"] == f"paminn.{kind}"]

    def stop(self):
        self.over.set()
        self.join()


# ---- peers ---------------------------------------------------------------------------------------

CONTEXT = zmq.Context.instance()
numbers = itertools.count(1)


def event(kind, subject, data, source="/local/test", **more):
    """A CloudEvent with an id of its own."""
    return {"specversion": "1.0", "id": f"t-{os.getpid()}-{next(numbers)}", "source": source,
            "type": f"paminn.{kind}", "subject": subject, "data": data, **more}


class Peer:
    """A REQ socket that gives up rather than hang."""

    def __init__(self, endpoint, patience=PATIENCE):
        self.endpoint, self.patience, self.socket = endpoint, patience, None

    def ask(self, message):
        self.send(message)
        return self.receive()

    def send(self, message):
        if not self.socket:
            self.socket = CONTEXT.socket(zmq.REQ)
            self.socket.set(zmq.LINGER, 0)
            self.socket.connect(self.endpoint)
        self.socket.send_json(message)
        self.asked = message

    def receive(self):
        if not self.socket.poll(self.patience * 1000):
            self.stop()
            raise AssertionError(f"no answer within {self.patience} s to {self.asked}; "
                                 f"another peer hears: {self.another()}")
        return self.socket.recv_json()

    def another(self):
        """What whoami says to somebody else: does the daemon answer at all, did it lose answers?"""
        with CONTEXT.socket(zmq.REQ) as peer:
            peer.set(zmq.LINGER, 0)
            peer.connect(self.endpoint)
            peer.send_json({"query": "whoami"})
            return peer.recv_json() if peer.poll(3000) else "nothing"

    def stop(self):
        if self.socket:
            self.socket.close()
        self.socket = None


# ---- the daemon ----------------------------------------------------------------------------------

class Daemon:
    """One store and configuration; started, stopped, killed and started again at will. `clock` is of a
    rehearsal: START@SPEED, or START alone, where it stands until it is told to go on."""

    def __init__(self, folder, plan, clock=None, environment=()):
        self.folder, self.plan, self.clock = folder, plan, clock
        self.environment = dict(environment)
        self.process, self.expected, self.notices = None, [], []
        self.log = folder / "daemon.log"
        self.peer = Peer(plan.submit)
        self.checked = 0
        self.notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.notify.bind(str(folder / "notify.sock"))
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        # Read at once, always: a full queue would hold the daemon up.
        with contextlib.suppress(OSError):
            while True:
                text = self.notify.recv(4096).decode()
                if text == "end":
                    return
                self.notices += text.splitlines()

    def tells(self, words):
        """It tells systemd so in a status line, which comes by another way than the log, and later."""
        wait_for(lambda: [line for line in self.notices
                          if line.startswith("STATUS=") and words in line], f"a status: {words}")

    def expect(self, *patterns):
        """Errors that may stand in the log."""
        self.expected += [re.compile(each) for each in patterns]

    def command(self, *arguments):
        clock = ["--clock", f"{self.clock}@1e9..{self.clock}" if self.stands() else self.clock]
        return [PAMINND, "--config", str(self.folder / "paminnd.conf"),
                *(clock if self.clock else ()), *arguments]

    def stands(self):
        return bool(self.clock) and "@" not in self.clock

    def check(self):
        """`paminnd --check`: exit code, output and errors."""
        self.plan.write()
        done = subprocess.run(self.command("--check"), capture_output=True, text=True, timeout=60)
        assert not SANITIZER.search(done.stderr), done.stderr
        return done

    def start(self, write=True, ready=True):
        if write:
            self.plan.write()
        self.notices.clear()
        environment = {**os.environ, "NOTIFY_SOCKET": str(self.folder / "notify.sock"),
                       "ASAN_OPTIONS": f"abort_on_error=0:{os.environ.get('ASAN_OPTIONS', '')}",
                       **self.environment}
        environment = {key: value for key, value in environment.items() if value is not None}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command(), stderr=log, stdout=log,
                                            env=environment, cwd=self.folder)
        if not self.clock:  # on a working day, between 07:30 and 17:00, what has long been due leaves for no server
            self.expect(r"channel mail is down: Failed to connect to 127\.0\.0\.1 port 9 ")
        if ready:
            wait_for(lambda: "READY=1" in self.notices or self.process.poll() is not None,
                     "READY=1")
            assert self.process.poll() is None, f"the daemon ended with {self.process.returncode}"
            if self.stands():
                self.settle()
        return self

    def ended(self, patience=30):
        """Its exit code, once it has ended of itself."""
        code = self.process.wait(patience)
        self.process = None
        self.peer.stop()
        self.check_log()
        return code

    def stop(self, code=0):
        if not self.process:
            return self.check_log()
        self.process.send_signal(signal.SIGTERM)
        try:
            ended = self.ended()
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError("the daemon did not stop") from None
        assert ended == code, f"the daemon ended with {ended}"

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process = None
        self.peer.stop()

    def restart(self, clock=None):
        self.stop()
        self.clock = clock or self.clock
        return self.start()

    def close(self):
        try:
            self.stop()
        finally:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as end:
                end.sendto(b"end", str(self.folder / "notify.sock"))
            self.notify.close()

    def log_text(self):
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def logged(self, pattern):
        return re.findall(pattern, self.log_text(), re.M)

    def check_log(self):
        text = self.log_text()[self.checked:]
        self.checked += len(text)
        assert not SANITIZER.search(text), text
        for line in text.splitlines():
            if re.match(r"<[0-3]>", line) and not any(each.search(line) for each in self.expected):
                raise AssertionError(f"unexpected error in the daemon's log: {line}")

    # -- talking to it

    def ask(self, message):
        return self.peer.ask(message)

    def tell(self, kind, subject, source="/local/test", time=None, **data):
        """Submit one event that must be accepted."""
        answer = self.ask(event(kind, subject, data, source, **({"time": time} if time else {})))
        assert answer["result"] == "accepted", answer
        return answer

    def query(self, name, **params):
        rows, after = [], {}
        while True:
            answer = self.ask({"query": name, "params": {**params, **after}})
            assert answer["result"] == "ok", answer
            rows += answer["rows"]
            if not answer.get("next"):
                return rows
            after = {"after": answer["next"]}

    def order(self, name, **params):
        return self.ask({"command": name, "params": params})

    def now(self):
        return local(self.query("whoami")[0]["time"])

    def settle(self):
        """Wait until all that is due where the rehearsal stands is decided and has been tried."""
        answer = self.order("go", time=self.query("whoami")[0]["time"])
        assert answer["result"] == "ok", answer

    def until(self, instant):
        """Let the rehearsal go on to the instant and stand there, or until its clock has passed it."""
        at = local(instant)
        if self.stands():
            answer = self.order("go", time=at.isoformat())
            assert answer["result"] == "ok", answer
            return self.now()
        return wait_for(lambda: (now := self.now()) >= at and now, f"the clock to pass {instant}")

    def obligation(self, deadline, measure=None):
        rows = [row for row in self.query("list", all=True)
                if (row["deadline"], row["measure"]) == (deadline, measure)]
        assert len(rows) == 1, f"{len(rows)} rows of {deadline} {measure}"
        return rows[0]

    def client(self, *arguments, code=0, text=False, stdin=None, server=True):
        """Run the client. Its --json document, or with text=True what it prints for people."""
        command = [PAMINN, *(("--server", self.plan.submit) if server else ()),
                   *(() if text else ("--json",)), *map(str, arguments)]
        environment = {**os.environ, "HOME": str(self.folder), "LC_ALL": "C.UTF-8"}
        done = subprocess.run(command, capture_output=True, text=True, input=stdin, env=environment,
                              timeout=PATIENCE)
        assert not SANITIZER.search(done.stderr), done.stderr
        assert done.returncode == code, \
            f"paminn {arguments} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
        if text:
            return done.stdout + done.stderr
        return json.loads(done.stdout) if done.stdout.strip() else None


# ---- a place to run in ---------------------------------------------------------------------------

class Box:
    """A temporary folder and everything that a test has started in it."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="paminn-"))
        self.things, self.daemons = [], []

    def keep(self, thing):
        self.things.append(thing)
        return thing

    def plan(self):
        return small_plan(self.folder)

    def smtp(self, plan=None, **how):
        sink = self.keep(SmtpSink(**how))
        if plan:
            plan.settings["mail"]["server"] = sink.url
        return sink

    def hook(self, plan, name="hook"):
        sink = self.keep(HookSink())
        plan.settings["channels"] = (*plan.settings.get("channels", ()), {
            "name": name, "type": "webhook", "url": sink.url, "allow_private": True,
            "secret_file": sink.secret_file(self.folder)})
        return sink

    def web(self, plan, port=None):
        """Give the plan pages: what links begin with."""
        secret = self.folder / "web.secret"
        secret.touch(mode=0o600)
        secret.write_text("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\n")
        place = f"127.0.0.1:{port or free_ports(1)[0]}"
        plan.settings["web"] = {"listen": place, "public_url": f"http://{place}",
                                "secret_file": str(secret)}
        return f"http://{place}"

    def feed(self, plan, topic=""):
        return self.keep(Feed(plan.feed, topic))

    def daemon(self, plan, clock=None, start=True, **more):
        daemon = Daemon(self.folder, plan, clock, **more)
        self.daemons.append(daemon)
        return daemon.start() if start else daemon

    def close(self):
        faults = []
        for thing in (*self.daemons, *reversed(self.things)):
            try:
                thing.close() if isinstance(thing, Daemon) else thing.stop()
            except Exception as fault:  # each one is told, and the rest is stopped all the same
                faults.append(str(fault))
        return faults

    def remove(self):
        """All that the box kept."""
        store_ends(self.folder)
        shutil.rmtree(self.folder, ignore_errors=True)

    def logs(self):
        return "".join("  | " + line + "\n" for each in self.daemons
                       for line in each.log_text().splitlines()[-40:])


@contextlib.contextmanager
def another_box():
    """A box beside the test's own, for what a test does many times over."""
    box = Box()
    try:
        try:
            yield box
        except AssertionError as fault:
            raise AssertionError(f"{fault}\n{box.logs()}") from fault
        finally:
            faults = box.close()
        assert not faults, "\n".join(faults) + "\n" + box.logs()
    finally:
        box.remove()


def run_one(test):
    box = Box()
    try:
        faults = []
        try:
            test(box)
        except Skip:
            box.close()
            raise
        except Exception:
            faults.append(traceback.format_exc(limit=-4))
        faults += box.close()
        assert not faults, "\n".join(faults) + "\n" + box.logs()
    finally:
        box.remove()


def run(*tests, long=()):
    """Run the tests (those named on the command line, or all, of which those in `long` before a release alone), say
    how each went, and exit."""
    outcomes = []
    for test in (*tests, *(long if LONG or sys.argv[1:] else ())):
        if sys.argv[1:] and test.__name__ not in sys.argv[1:]:
            continue
        began = time.monotonic()
        outcome, text = "ok", ""
        try:
            run_one(test)
        except Skip as why:
            outcome, text = "skipped", f": {why}"
        except AssertionError as fault:
            outcome, text = "failed", f": {fault}"
        outcomes.append(outcome)
        print(f"{outcome:8}{test.__name__} ({time.monotonic() - began:.1f} s){text}", flush=True)
    if "failed" in outcomes or not outcomes:
        sys.exit(1)
    sys.exit(77 if set(outcomes) == {"skipped"} else 0)
