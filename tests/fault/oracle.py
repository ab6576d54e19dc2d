# SPDX-License-Identifier: Apache-2.0
"""What every fault test asks in the end: is all that was acknowledged there, once, and what became of each message?

Senders keep what they sent and what was acknowledged with what seq; the mail server keeps every copy. Afterwards
each event that was sent, sent again, must be the duplicate with the seq that was acknowledged; no seq stands for two
of them; each message has come to an end that the guarantee knows, as `paminn outbox` shows, and its copies are at most
one and those whose outcome is unknown. What could not have found anything is void, which is an error, too: a run needs
its floor of acknowledgements.

A run tells its figures, with the seed that it drew; PAMINN_SEED=SEED draws that one again.
"""
import json
import os
import random
import sys
import threading
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "system"))
import zmq

from harness import CONTEXT, LONG, SmtpSink, event, wait_for

SEED = int(os.environ.get("PAMINN_SEED", random.SystemRandom().randrange(10**6)))  # of what a run does when
SILENCE = 100  # ms without an answer, after which is sent again what has none
FINAL = {"delivered", "held", "failed", "expired", "dropped"}  # what a message comes to


class Broken(AssertionError):
    """The guarantee does not hold."""


def broken_unless(holds, what):
    if not holds:
        raise Broken(what)


def figure(name, value):
    """One line of the table at the end of tests/run; tests/result.py knows the names."""
    print(f"figure: {name} {value} seed={SEED}", flush=True)


class Sender(threading.Thread):
    """Keeps `window` events under way, as REQ (1) or DEALER; after silence it sends again what has no answer, as
    clients do. Events have numbers from 0, and each is the same however often it is sent. `pause`: seconds from an
    answer to the next event. An answer that is read after the power has gone counts for nothing."""

    def __init__(self, load, kind, window, number, pause):
        super().__init__(daemon=True)
        self.load, self.kind, self.window, self.number = load, kind, window, number
        self.sent, self.acknowledged, self.faults = 0, {}, []
        self.pause, self.stopping = pause, threading.Event()

    def event(self, n):
        chance = random.Random(self.number * 10**9 + n)
        loud = chance.random() < self.load.loud
        data = {"status": chance.choice(("on-track", "at-risk", "off-track")) if loud else "on-track"}
        if loud and chance.random() < 0.1:
            data["needs_support"] = f"Hjälp nummer {n} av {self.number}"
        return {**event("status", chance.choice(("TN-1", "TN-2")), data), "id": f"{self.number}-{n}"}

    def open(self):
        peer = CONTEXT.socket(self.kind)
        peer.set(zmq.LINGER, 0)
        peer.set(zmq.RECONNECT_IVL, 5)
        peer.connect(self.load.plan.submit)
        return peer

    def send(self, peer, n):
        frames = [json.dumps(self.event(n)).encode()]
        peer.send_multipart(frames if self.kind == zmq.REQ else [b"", *frames])

    def take(self, answer, under_way):
        n = int(answer["id"].partition("-")[2])
        if answer["result"] in ("accepted", "duplicate"):
            seq = self.acknowledged.setdefault(n, answer["seq"])
            if seq != answer["seq"]:
                self.faults.append(f"{answer} after seq {seq}")
        elif answer["result"] != "retry":
            self.faults.append(answer)
        if answer["result"] == "retry" and n not in self.acknowledged:
            return  # it is still under way, and comes again after silence
        under_way.discard(n)

    def run(self):
        peer, under_way, cuts = self.open(), set(), 0
        while not self.stopping.is_set():
            while len(under_way) < self.window:
                under_way.add(self.sent)
                self.send(peer, self.sent)
                self.sent += 1
            answer = peer.recv_multipart()[-1] if peer.poll(SILENCE) else None
            if answer and cuts == self.load.cuts:
                self.take(json.loads(answer), under_way)
                self.stopping.wait(self.pause)
                continue
            cuts = self.load.cuts
            peer.close()
            peer = self.open()
            for n in sorted(under_way):
                self.send(peer, n)
        peer.close()


class Sink(SmtpSink):
    """A mail server that hears nothing while the power is gone."""
    dark = False

    async def handle_DATA(self, server, session, envelope):
        if not self.dark:
            return await super().handle_DATA(server, session, envelope)
        server.transport.abort()
        return "421 4.3.2 Gone"


class Load:
    """A plan in which much of what is sent is told on by mail, a server for the mails, and three senders. `loud`: the
    share of events that may be told on; the mails of a million events would take hours."""

    def __init__(self, box, pause=0.0 if LONG else 0.01, loud=0.05 if LONG else 1):
        self.plan = box.plan()
        self.plan.settings["alerts"] = ({"when": "needs-support", "to": ["role:support"]},
                                        {"when": "off-track", "to": ["manager"]})
        self.sink, self.cuts, self.loud = box.keep(Sink()), 0, loud
        self.plan.settings["mail"]["server"] = self.sink.url
        self.senders = [Sender(self, kind, window, number, pause) for number, (kind, window) in
                        enumerate(((zmq.REQ, 1), (zmq.REQ, 1), (zmq.DEALER, 20)), 1)]

    def start(self):
        for sender in self.senders:
            sender.start()

    def stop(self):
        for sender in self.senders:
            sender.stopping.set()
        for sender in self.senders:
            if sender.is_alive():
                sender.join()

    def power_goes(self):
        """What comes from now on did not come: the daemon would be no more."""
        self.cuts, self.sink.dark = self.cuts + 1, True

    def power_is_back(self):
        self.sink.dark = False

    @property
    def acknowledged(self):
        return sum(len(sender.acknowledged) for sender in self.senders)

    def wait_for(self, count):
        wait_for(lambda: self.acknowledged >= count, f"{count} acknowledgements")

    def check(self, daemon, floor):
        """The whole of the oracle, asked of a daemon that goes on."""
        self.stop()
        assert self.acknowledged >= floor, f"void: {self.acknowledged} acknowledgements, and {floor} are needed"
        for sender in self.senders:
            broken_unless(not sender.faults, sender.faults)
        self.nothing_acknowledged_is_lost(daemon)
        self.copies_are_counted(daemon)

    def nothing_acknowledged_is_lost(self, daemon):
        seqs = set()
        for sender in self.senders:
            for first in range(0, sender.sent, 500):
                numbers = range(first, min(first + 500, sender.sent))
                for n, answer in zip(numbers, daemon.ask([sender.event(n) for n in numbers])):
                    known = sender.acknowledged.get(n)
                    broken_unless(known is None or (answer["result"], answer["seq"]) == ("duplicate", known),
                                  f"lost: {answer['id']} was acknowledged with seq {known}, now {answer}")
                    assert answer["result"] in ("accepted", "duplicate"), answer
                    broken_unless(answer["seq"] not in seqs, f"one seq for two events: {answer}")
                    seqs.add(answer["seq"])

    def copies_are_counted(self, daemon):
        rows = wait_for(lambda: (rows := daemon.query("outbox")) and
                        all(row["state"] in FINAL for row in rows) and rows, "the outbox to settle", 1800)
        shown = {row["id"]: row["state"] for row in daemon.client("outbox")}
        broken_unless(shown == {row["id"]: row["state"] for row in rows}, "paminn outbox shows others")
        copies = Counter(mail.number for mail in self.sink.mails)
        print(f"  {self.acknowledged} acknowledged, {len(rows)} messages, {sum(copies.values())} copies, "
              f"{sum(row['unknown'] for row in rows)} outcomes unknown", flush=True)
        for row in rows:
            count = copies.pop(row["id"], 0)
            broken_unless(count <= 1 + row["unknown"], f"{count} copies of {row}")
            broken_unless(count >= 1 or row["state"] != "delivered", f"delivered and never seen: {row}")
        broken_unless(not copies, f"mails that the outbox does not know: {copies}")
