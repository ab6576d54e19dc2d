# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL for tests, of the programs that tests/prepare has unpacked below build/unpacked, or of Debian's
where they are installed.

A Cluster lies in a temporary folder, listens on a free port of 127.0.0.1 and on a Unix socket in that folder,
which only its owner and root reach, and syncs what it commits as a real one does; the folder is in memory where
there is room, since each new database is 300 files to sync. It ends when the process that started it does,
however that ends. PostgreSQL refuses to run as root, so root starts it as USER.

To make a cluster takes two seconds, so that the tests of one run of ctest share one (held.py):
$PAMINN_TEST_POSTGRES_AT names the file that says where it is. shared() is the cluster there, or one of this process when a test is
run by hand. What a test may do to a database of its own it may do there; one that restarts the server, or stops
it, starts a Cluster.

`postgres.py run COMMAND...` runs a test that can't ask for a database, with the URL of a new one in
$PAMINN_TEST_POSTGRES: a unit test, with the psql to empty it by in $PAMINN_TEST_PSQL. The role in it may make
further ones.
"""
import atexit
import contextlib
import functools
import itertools
import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.parse
from pathlib import Path

import held
from harness import ROOT, Skip, free_ports, wait_for

USER = "backup"  # one that Debian always has; nothing of a test is its
ADMIN, ROLE = "postgres", "paminn"  # who may do all; whom databases belong to, as in a real installation
PLACE = "usr/lib/postgresql/15"
SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = '{folder}'
port = {port}
max_connections = 200
shared_buffers = 32MB
max_wal_size = 256MB
logging_collector = off
jit = off
"""
ACCESS = """
local all all trust
host  all all 127.0.0.1/32 scram-sha-256
"""
numbers = itertools.count(1)


@functools.cache
def programs():
    """The folder of PostgreSQL's programs."""
    for root in (ROOT / "build/unpacked", Path("/")):
        if (root / PLACE / "bin/postgres").exists():
            return root / PLACE / "bin"
    raise Skip("PostgreSQL is not unpacked: tests/prepare unpacked")


def room():
    """Where the folder of a cluster is made."""
    memory = Path("/dev/shm")
    free = shutil.disk_usage(memory).free if os.access(memory, os.W_OK) else 0
    return memory if free > 2 << 30 else tempfile.gettempdir()


class Server:
    """A cluster that runs, of whomever: where it is, and what is asked of it."""

    def __init__(self, folder, port, password):
        self.folder, self.port, self.password = Path(folder), port, password

    def url(self, database, role=ROLE):
        """The database over the Unix socket, where no password is asked."""
        return f"postgresql://{role}@{urllib.parse.quote(str(self.folder), safe='')}:{self.port}/{database}"

    def tcp_url(self, database):
        """The database over TCP, for whom has the password. Without TLS."""
        return f"postgresql://{ROLE}@127.0.0.1:{self.port}/{database}"

    def sql(self, text, database="postgres", role=ADMIN):
        """The rows that the statement gives, each a line with bars between its columns."""
        done = subprocess.run([programs() / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d",
                               self.url(database, role), "-c", text],
                              capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, f"{text}: {done.stderr}"
        return done.stdout.splitlines()

    def database(self):
        """The name of a new database, which has nothing in it and belongs to ROLE."""
        name = f"test_{os.getpid()}_{next(numbers)}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE template0 OWNER {ROLE} STRATEGY file_copy")
        return name

    def drop(self, database):
        """Remove the database, if it is still there; who is connected to it is cut off."""
        self.sql(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def sessions(self, database):
        """How many are connected to the database."""
        return int(self.sql(f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{database}'")[0])

    def cut(self, database, condition="true"):
        """End the sessions of the database of which the condition on a row of pg_stat_activity is true, and
        wait until they have ended. How many there were."""
        ended = self.sql(f"SELECT pg_terminate_backend(pid, 30000) FROM pg_stat_activity"
                         f" WHERE datname = '{database}' AND ({condition})")
        assert set(ended) <= {"t"}, ended
        return len(ended)


class Cluster(Server):
    """A cluster of its own, which runs from the constructor to stop()."""

    def __init__(self):
        super().__init__(tempfile.mkdtemp(prefix="paminn-postgres-", dir=room()), free_ports(1)[0],
                         os.urandom(16).hex())
        self.process, self.prefix = None, ["setpriv", "--pdeathsig", "INT"]
        self.bin, self.log = programs(), self.folder / "log"
        try:
            if os.geteuid() == 0:
                self.go_on_as_user()
            self.make()
            self.start()
            self.sql(f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{self.password}'")
        except BaseException:
            self.stop()
            raise

    def go_on_as_user(self):
        """What root has checked out where nobody else can look, USER gets a copy of."""
        user = pwd.getpwnam(USER)
        os.chown(self.folder, user.pw_uid, user.pw_gid)
        self.prefix += ["--reuid", str(user.pw_uid), "--regid", str(user.pw_gid), "--clear-groups"]
        if subprocess.run([*self.prefix, "test", "-x", self.bin / "postgres"]).returncode:
            for name in (PLACE, "usr/share/postgresql/15"):
                shutil.copytree(self.bin.parents[4] / name, self.folder / name)
            self.bin = self.folder / PLACE / "bin"

    def make(self):
        """What is new need not outlive a power cut; what a test commits later is synced."""
        done = subprocess.run(
            [*self.prefix, self.bin / "initdb", "--no-sync", "--username", ADMIN, "--locale=C", "--encoding=UTF8",
             "--auth=trust", "--pgdata", self.folder / "data"], capture_output=True, text=True, cwd=self.folder)
        assert done.returncode == 0, done.stdout + done.stderr
        with (self.folder / "data/postgresql.conf").open("a") as settings:
            settings.write(SETTINGS.format(folder=self.folder, port=self.port))
        (self.folder / "data/pg_hba.conf").write_text(ACCESS)

    def start(self):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*self.prefix, self.bin / "postgres", "-D", self.folder / "data"], stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, cwd=self.folder, start_new_session=True)
        wait_for(lambda: self.process.poll() is not None or self.is_ready(), "PostgreSQL to be ready", 60)
        assert self.process.poll() is None, self.log_text()

    def is_ready(self):
        """The eighth line of the file says so, once this server has written it."""
        with contextlib.suppress(OSError):
            lines = (self.folder / "data/postmaster.pid").read_text().splitlines()
            return len(lines) > 7 and lines[0] == str(self.process.pid) and lines[7].strip() == "ready"

    def halt(self, how=signal.SIGINT):
        """Stop the server and leave the cluster: SIGINT ends its sessions first, SIGQUIT is a crash of all
        its processes, from which the next start recovers."""
        self.process.send_signal(how)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"PostgreSQL did not stop\n{self.log_text()}") from None
        finally:
            self.process = None

    def restart(self, how=signal.SIGINT):
        self.halt(how)
        self.start()

    @property
    def where(self):
        return {"folder": str(self.folder), "port": self.port, "password": self.password}

    def stop(self):
        """The server and all that it kept are gone afterwards."""
        try:
            if self.process:
                self.halt(signal.SIGQUIT)
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def log_text(self):
        return self.log.read_text(errors="replace") if self.log.exists() else ""


@functools.cache
def shared():
    """The cluster of this run of ctest, or else one for this process."""
    with contextlib.suppress(KeyError, FileNotFoundError):
        where = json.loads(Path(os.environ["PAMINN_TEST_POSTGRES_AT"]).read_text())
        return Server(where["folder"], where["port"], where["password"])
    cluster = Cluster()
    atexit.register(cluster.stop)
    return cluster


class Database:
    """A new database there, for box.keep: it goes away with the box."""

    def __init__(self):
        self.server = shared()
        self.name = self.server.database()
        self.url = self.server.url(self.name)

    def stop(self):
        self.server.drop(self.name)


def run_with(command):
    """Go on as the command, with a database of its own; one that the shared cluster's end takes away."""
    if os.environ.get("PAMINN_TEST_POSTGRES_AT"):
        server = shared()
        os.environ["PAMINN_TEST_POSTGRES"] = server.url(server.database())
        os.environ["PAMINN_TEST_PSQL"] = str(programs() / "psql")
        os.execvp(command[0], command)
    cluster = Cluster()
    try:
        database = cluster.url(cluster.database())
        return subprocess.run(command, env={
            **os.environ, "PAMINN_TEST_POSTGRES": database, "PAMINN_TEST_PSQL": str(programs() / "psql")}).returncode
    finally:
        cluster.stop()


if __name__ == "__main__":
    try:
        programs()
        match sys.argv[1:]:
            case ["run", *words] if words:
                sys.exit(run_with(words))
            case words:
                held.main(Cluster, words)
    except Skip as why:
        print(f"skipped: {why}")
        sys.exit(77)
