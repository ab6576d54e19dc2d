# SPDX-License-Identifier: Apache-2.0
"""The peers: real servers, unpacked below build/, each in a folder of its own and at a socket or a free port of
127.0.0.1, set to their best for what they promise. `with Redis() as server:` starts one and stops it, however
that ends; if the bench itself is killed, the kernel ends it.
"""
import ctypes
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

from harness import PAMINND, ROOT, free_ports, wait_for

TREE, SERVERS = ROOT / "build/bench-peers", ROOT / "build/unpacked"
POSTGRES = SERVERS / "usr/lib/postgresql/15/bin"
PROGRAMS = {}  # of tests/bench/*.c by name, once they are built
PR_SET_PDEATHSIG = 1
libc = ctypes.CDLL(None)


def libraries():
    """The environment of the unpacked programs; libraries are in a folder named after the machine's kind."""
    folder = next((TREE / "usr/lib").glob("*-linux-gnu*"))
    return {**os.environ, "LD_LIBRARY_PATH": str(folder), "LC_ALL": "C.UTF-8"}


def output(*command, **more):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, env=libraries(),
                          **more)
    assert done.returncode == 0, f"{command[0]}: {done.stderr or done.stdout}"
    return done.stdout


def program(name, *arguments, **more):
    """What a program of tests/bench prints, which is JSON."""
    done = subprocess.run([str(word) for word in (PROGRAMS[name], *arguments)], capture_output=True, text=True,
                          **more)
    assert done.returncode == 0, f"{name}: {done.stderr or done.stdout}"
    return json.loads(done.stdout)


def memory(process, key="VmRSS"):
    """What a process has in memory, in MiB; VmHWM: had at most."""
    return int(re.search(rf"{key}:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text())[1]) / 1024


class Server:
    """A process with a folder. A subclass has command() and ready(), and may name another `end` signal."""
    end = signal.SIGTERM

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="bench-"))
        self.process = None

    def __enter__(self):
        try:
            self.prepare()
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def prepare(self):
        """Whatever stands before the start."""

    def ready(self):
        return True

    def start(self):
        with (self.folder / "output").open("ab") as log:
            self.process = subprocess.Popen([str(word) for word in self.command()], stdout=log, stderr=log,
                                            env=libraries(), cwd=self.folder,
                                            preexec_fn=lambda: libc.prctl(PR_SET_PDEATHSIG, self.end))
        name = type(self).__name__
        wait_for(lambda: self.ready() or self.process.poll() is not None, name, 30)
        assert self.process.poll() is None, f"{name} ended: {(self.folder / 'output').read_text()[-2000:]}"

    def stop(self):
        if self.process:
            self.process.send_signal(self.end)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None


def answers(url):
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return answer.read().decode() or "ok"
    except OSError:
        return ""


class Redis(Server):
    """A stream that is flushed for every batch before it is answered, and never rewritten meanwhile."""

    def command(self):
        return [TREE / "usr/bin/redis-server", "--port", "0", "--unixsocket", self.folder / "redis.sock",
                "--dir", self.folder, "--save", "", "--appendonly", "yes", "--appendfsync", "always",
                "--auto-aof-rewrite-percentage", "0"]

    def ready(self):
        return (self.folder / "redis.sock").exists()

    def rate(self, depth, count, size=300):
        """XADD of so many bytes each, by Redis' own load generator."""
        lines = output(TREE / "usr/bin/redis-benchmark", "-s", self.folder / "redis.sock", "-c", "1", "-P", depth,
                       "-n", count, "--csv", "XADD", "events", "*", "e", "x" * size).splitlines()
        stored = int(output(TREE / "usr/bin/redis-cli", "-s", self.folder / "redis.sock", "XLEN", "events"))
        assert stored == count, f"Redis has {stored} of {count}"
        return float(re.findall(r'"([\d.]+)"', lines[-1])[0])


class Jetstream(Server):
    """A stream of NATS in files, which are not flushed before the answer."""

    def prepare(self):
        (self.port,) = free_ports(1)

    def command(self):
        return [TREE / "usr/sbin/nats-server", "-a", "127.0.0.1", "-p", self.port, "-js", "-sd",
                self.folder / "store"]

    def ready(self):
        return "Server is ready" in (self.folder / "output").read_text()

    def rate(self, depth, count, size=300):
        done = program("jetstream", self.port, count, depth, size)
        assert done["stored"] == count, f"JetStream has {done['stored']} of {count}"
        return done["rate"]


def has_postgres():
    """Can the daemon that is measured have its store there?"""
    return "libpq" in subprocess.run(["ldd", PAMINND], capture_output=True, text=True).stdout


class Postgres(Server):
    """Not as root, which it refuses: as a user of a namespace of its own, where the files are that user's."""
    end = signal.SIGINT  # stops at once, and orderly
    SETTINGS = ("listen_addresses=", "synchronous_commit=on", "fsync=on", "wal_level=minimal", "max_wal_senders=0",
                "shared_buffers=256MB", "max_wal_size=8GB", "checkpoint_timeout=30min", "autovacuum=off", "jit=off")
    AS = ("unshare", "--user", "--map-user=1000", "--map-group=1000") if os.geteuid() == 0 else ()

    def prepare(self):
        output(*self.AS, POSTGRES / "initdb", "-D", self.folder / "data", "-U", "bench", "-A", "trust",
               "--locale=C.UTF-8", "--no-sync", "-N")

    def command(self):
        options = [word for each in self.SETTINGS for word in ("-c", each)]
        return [*self.AS, POSTGRES / "postgres", "-D", self.folder / "data", "-k", self.folder, *options]

    def ready(self):
        return "ready to accept connections" in (self.folder / "output").read_text()

    @property
    def url(self):
        """As a daemon's store."""
        return f"postgresql://bench@{urllib.parse.quote(str(self.folder), safe='')}:5432/postgres"

    def sql(self, text):
        return output(POSTGRES / "psql", "-h", self.folder, "-U", "bench", "-d", "postgres", "-Atqc", text).strip()

    def rate(self, rows, count, size=300):
        """So many rows in each INSERT, which is a transaction, on one connection, by PostgreSQL's own load
        generator."""
        self.sql("CREATE TABLE event (seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text NOT NULL)")
        script = self.folder / "insert.sql"
        # One row is planned once and for all. Many are fastest as an array, a third faster than as VALUES or as
        # single inserts in a pipeline.
        bodies = ",".join("x" * size for _ in range(rows))
        script.write_text("INSERT INTO event (body) " + (f"VALUES ('{bodies}');\n" if rows == 1 else
                                                         f"SELECT unnest(string_to_array('{bodies}', ','));\n"))
        mode = "prepared" if rows == 1 else "simple"
        text = output(POSTGRES / "pgbench", "-h", self.folder, "-U", "bench", "-n", "-M", mode, "-c", "1", "-f",
                      script, "-t", count // rows, "postgres")
        stored = int(self.sql("SELECT count(*) FROM event"))
        assert stored == count, f"PostgreSQL has {stored} of {count}"
        return rows * float(re.search(r"^tps = ([\d.]+)", text, re.M)[1])


class Alertmanager(Server):
    """Alerts are kept in memory, and written to a file every 15 minutes. With `hook`, each alert is a group of
    its own and is told at once to that URL."""
    CONFIG = """
route:
  receiver: hook
  group_by: [{by}]
  group_wait: {wait}
  group_interval: 1h
  repeat_interval: 24h
receivers:
- name: hook
{hook}"""

    def __init__(self, hook=None):
        super().__init__()
        self.hook = hook

    def prepare(self):
        (self.port,) = free_ports(1)
        hook = f"  webhook_configs:\n  - url: {self.hook}\n    send_resolved: false\n" if self.hook else ""
        (self.folder / "config.yml").write_text(self.CONFIG.format(
            hook=hook, by="'...'" if self.hook else "", wait="0s" if self.hook else "1h"))

    def command(self):
        return [TREE / "usr/bin/prometheus-alertmanager", f"--config.file={self.folder}/config.yml",
                f"--storage.path={self.folder}/data", f"--web.listen-address=127.0.0.1:{self.port}",
                "--cluster.listen-address=", "--log.level=error"]

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/api/v2/alerts"

    def ready(self):
        return answers(f"http://127.0.0.1:{self.port}/-/ready")

    def alerts(self):
        """How many it has."""
        return answers(self.url).count('"fingerprint"')

    def bodies(self, count, batch, size=300):
        """A file of POST bodies, one a line: alerts of so many bytes, `batch` in each."""
        path = self.folder / "bodies"
        with path.open("w") as bodies:
            for first in range(0, count, batch):
                bodies.write(json.dumps([self.alert(first + each, size) for each in range(batch)]) + "\n")
        return path

    @staticmethod
    def alert(which, size):
        alert = {"labels": {"alertname": "bench", "n": str(which)}, "annotations": {"note": ""}}
        alert["annotations"]["note"] = "x" * (size - len(json.dumps(alert)))
        return alert

    def rate(self, batch, count):
        done = program("post", self.url, self.bodies(count, batch), 2)
        self.memory = memory(self.process)  # before it is asked what it has, which takes some too
        kept = self.alerts()
        assert kept == count, f"Alertmanager has {kept} of {count}"
        return done["rate"] * batch


class HttpSink(Server):
    """Answers every POST with 204, and counts."""

    def prepare(self):
        (self.port,) = free_ports(1)
        self.url = f"http://127.0.0.1:{self.port}/hook"

    def command(self):
        return [PROGRAMS["sink"], self.port]

    def ready(self):
        return "ready" in (self.folder / "output").read_text()

    def counted(self):
        """(requests, seconds from the first to the last of them) so far."""
        def lines():
            return (self.folder / "output").read_text().splitlines()
        before = len(lines())
        self.process.send_signal(signal.SIGUSR1)
        wait_for(lambda: len(lines()) > before, "the sink's figures", 10)
        told = json.loads(lines()[-1])
        return told["requests"], told["seconds"]


class SmtpSink(Server):
    """Postfix's smtp-sink, unpacked with the test's servers. Its running count tells when which mail came."""
    def prepare(self):
        (self.port,) = free_ports(1)
        self.url = f"smtp://127.0.0.1:{self.port}"

    def command(self):
        user = ["-u", "nobody"] if os.geteuid() == 0 else []
        return ["env", f"LD_LIBRARY_PATH={SERVERS}/usr/lib/postfix", SERVERS / "usr/sbin/smtp-sink", "-c", *user,
                f"127.0.0.1:{self.port}", "1024"]

    def ready(self):
        with socket.socket() as peer:
            return peer.connect_ex(("127.0.0.1", self.port)) == 0

    def mails(self):
        with (self.folder / "output").open("rb") as counts:
            counts.seek(max(0, (self.folder / "output").stat().st_size - 400))
            found = re.findall(rb"mesg=(\d+)", counts.read())
        return int(found[-1]) if found else 0

    def rate(self, count, patience=120):
        """Mails a second from the first that came to the last, looked at every 2 ms."""
        first, until, came = None, time.monotonic() + patience, 0
        while came < count:
            came = self.mails()
            if came and not first:
                first = (time.monotonic(), came)
            assert time.monotonic() < until, f"{came} of {count} mails came"
            time.sleep(0.002)
        return (count - first[1]) / (time.monotonic() - first[0])
