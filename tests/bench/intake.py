# SPDX-License-Identifier: Apache-2.0
"""Intake: status events of 300 bytes on one connection, beside those who store as many bytes in their own way, and
the bare limits; a thousand under way, one at a time, and from another machine over CURVE."""
import contextlib
import os
import sqlite3

import zmq

import peers
from harness import Skip, another_box, free_ports
from outside import INSIDE, Outside
from table import Contender

EVENTS, SINGLES, DEPTH = 100000, 1500, 1000
ALERTS = 40000  # of Alertmanager, which takes seconds to tell what it has
QUIET = "2026-04-22T20:00@1"  # an evening, when nothing leaves
LEVELS = {"answer": "bare limit: a socket and the answer", "parse": "… and one strict parse, by our parser",
          "insert": "… and one insert into SQLite", "fsync": "… and the flush to the disk"}


def hundred_measures(box, plan=None):
    plan = plan or box.plan()
    for number in range(100):
        plan.add("measures", f"M-{number}", title=f"Åtgärd {number}", owner="anna")
    plan.deadlines["KS-1"]["answers_from"] = ["M-*"]
    return plan


def load(daemon, events, window, endpoint=None, keys=(), prefix=()):
    """What the load generator tells, once the log has grown by as many events."""
    command = [*prefix, peers.PROGRAMS["load"], endpoint or daemon.plan.submit, events, window, *keys]
    before = daemon.tell("note", "M-1", note="before")["seq"]
    told = peers.json.loads(peers.output(*command))
    after = daemon.tell("note", "M-1", note="after")["seq"]
    assert after - before >= events, f"the log has grown by {after - before} of {events}"
    return told


def ours(events, window, keep=None):
    def measure():
        with another_box() as box:
            told = load(box.daemon(hundred_measures(box), QUIET), events, window)
        if keep is not None:
            keep.append(told)
        return told["rate"]
    return measure


def on_postgres(events, window):
    with peers.Postgres() as server, another_box() as box:
        plan = hundred_measures(box)
        plan.settings["store"] = server.url
        return load(box.daemon(plan, QUIET), events, window)["rate"]


def ours_on_postgres(events, window):
    """A contender, if the daemon can."""
    return [Contender("Påminn with its store in PostgreSQL", "durable", lambda: on_postgres(events, window))] \
        if peers.has_postgres() else []


class Limit(peers.Server):
    def __init__(self, level):
        super().__init__()
        self.level, self.store = level, self.folder / "limit.db"

    def command(self):
        return [peers.PROGRAMS["limit"], f"ipc://{self.folder}/limit.sock", self.store, self.level]

    def ready(self):
        return "ready" in (self.folder / "output").read_text()

    def rate(self, depth, count):
        told = peers.program("load", f"ipc://{self.folder}/limit.sock", count, depth)
        self.stop()
        if self.store.exists():
            with contextlib.closing(sqlite3.connect(self.store)) as store:
                (stored,) = store.execute("SELECT count(*) FROM event").fetchone()
            assert stored == count, f"the limit has {stored} of {count}"
        return told["rate"]


def of(kind, *how):
    """A round of a server of that kind."""
    def measure():
        with kind() as server:
            return server.rate(*how)
    return measure


def limits(count, depth):
    return [Contender(name, {"answer": "nothing kept", "parse": "nothing kept", "insert": "not durable",
                             "fsync": "durable"}[level],
                      of(lambda level=level: Limit(level), depth, count))
            for level, name in LEVELS.items()]


def intake(table):
    table.begin("intake", f"Status events of 300 bytes on one connection, {DEPTH} of them under way, {EVENTS:,} in each "
                          "round.")
    table.compare("/s", [
        Contender("**Påminn**: parsed, permitted, never twice, applied", "durable", ours(EVENTS, DEPTH)),
        Contender("Redis stream, `appendfsync always`, pipeline of 1,000", "durable",
                  of(peers.Redis, DEPTH, EVENTS), goal=1.0),
        Contender("PostgreSQL, 1,000 rows an INSERT as an array, `synchronous_commit = on`", "durable",
                  of(peers.Postgres, 1000, EVENTS), goal=2.0),
        Contender("NATS JetStream, file store, 1,000 unacknowledged", "not durable: no fsync",
                  of(peers.Jetstream, DEPTH, EVENTS)),
        Contender("Alertmanager, alerts in batches of 100", "not durable: in memory",
                  of(peers.Alertmanager, 100, ALERTS)),
        *ours_on_postgres(EVENTS, DEPTH), *limits(EVENTS, DEPTH)])


def one(table):
    table.begin("one", f"The same events one at a time: each is sent when the one before was answered, {SINGLES:,} in "
                       "each round.")
    told = []
    table.compare("/s", [
        Contender("**Påminn**", "durable", ours(SINGLES, 1, told)),
        Contender("Redis stream, `appendfsync always`", "durable", of(peers.Redis, 1, SINGLES), goal=1.0),
        Contender("PostgreSQL, one row an INSERT, prepared", "durable", of(peers.Postgres, 1, SINGLES)),
        Contender("NATS JetStream, file store, synchronous", "not durable: no fsync",
                  of(peers.Jetstream, 1, SINGLES)),
        *ours_on_postgres(SINGLES, 1), *limits(SINGLES, 1)])
    table.figures(("from send to `accepted`, median of each round", "µs", [each["p50"] for each in told[1:]], None),
                  ("… 99 of 100 sooner than", "µs", [each["p99"] for each in told[1:]], None))


def curve(table):
    """It comes last, since this process leaves the machine's own network for it."""
    table.begin("curve", f"As in intake, from another machine (a network namespace) over CURVE, beside TCP on this one "
                         f"without keys; {EVENTS:,} in each round.")
    try:
        there = Outside()
    except Skip as why:
        table.text(f"Left out: {why}.")
        return
    server, anna = zmq.curve_keypair(), zmq.curve_keypair()
    os.environ["PAMINN_LOAD_KEY"] = anna[1].decode()

    def over(remote):
        with another_box() as box:
            secret = box.folder / "server.key"
            secret.write_bytes(server[1])
            secret.chmod(0o600)
            plan = hundred_measures(box)
            plan.people["anna"]["key"] = anna[0].decode()
            (port,) = free_ports(1)
            here, outside = f"tcp://127.0.0.1:{port}", f"tcp://{INSIDE}:7711"
            plan.settings["intake"] = {"submit": [plan.submit, here, outside], "secret_key_file": "server.key"}
            daemon = box.daemon(plan, QUIET)
            if remote:
                keys = ["300", "/people/anna", server[0].decode()]
                return load(daemon, EVENTS, DEPTH, outside, keys, there.prefix)["rate"]
            return load(daemon, EVENTS, DEPTH, here)["rate"]
    table.compare("/s", [
        Contender("**Påminn**, over CURVE from another machine", "durable", lambda: over(True)),
        Contender("Påminn, plain TCP", "durable", lambda: over(False), goal=0.7)])


ROWS = {"intake": intake, "one": one, "curve": curve}
