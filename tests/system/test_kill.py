#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""SIGKILL at any moment under load: nothing acknowledged is lost, nothing is sent twice but what
the guarantee counts.

The oracle: the senders keep which ids they sent and which were acknowledged with what seq; the mail
server keeps every copy. Afterwards each acknowledged id, sent again, must be the duplicate with its
seq; each Message-ID may have come at most 1 + `unknown` times. A kill waits for acknowledgements since
the start before it, not for time, so that there is load on a slow machine too.
"""
import json
import random
import threading
import time
from collections import Counter

import zmq

from harness import CONTEXT, LONG, event, run, wait_for

KILLS = 2000 if LONG else 12
LOAD = 100  # a kill comes after at most so many acknowledgements


class Sender(threading.Thread):
    """Keeps `window` events under way, as REQ (1) or DEALER; after silence it sends again what has
    no answer, as clients do."""

    def __init__(self, endpoint, kind, window, number):
        super().__init__(daemon=True)
        self.endpoint, self.kind, self.window, self.number = endpoint, kind, window, number
        self.sent, self.acknowledged, self.faults = {}, {}, []
        self.stopping = threading.Event()
        self.random = random.Random(number)

    def event(self):
        data = {"status": self.random.choice(("on-track", "at-risk", "off-track"))}
        if self.random.random() < 0.1:
            data["needs_support"] = f"Hjälp nummer {len(self.sent)} av {self.number}"
        return event("status", self.random.choice(("TN-1", "TN-2")), data)

    def open(self):
        peer = CONTEXT.socket(self.kind)
        peer.set(zmq.LINGER, 0)
        peer.connect(self.endpoint)
        return peer

    def send(self, peer, one):
        frames = [json.dumps(one).encode()]
        peer.send_multipart(frames if self.kind == zmq.REQ else [b"", *frames])

    def take(self, answer, under_way):
        if answer["result"] not in ("accepted", "duplicate"):
            self.faults.append(answer)
        seq = self.acknowledged.setdefault(answer["id"], answer.get("seq"))
        if seq != answer.get("seq"):
            self.faults.append(f"{answer} after seq {seq}")
        under_way.pop(answer["id"], None)

    def run(self):
        peer, under_way = self.open(), {}
        while not self.stopping.is_set():
            while len(under_way) < self.window:
                one = self.event()
                self.sent[one["id"]] = under_way[one["id"]] = one
                self.send(peer, one)
            if peer.poll(300):
                self.take(json.loads(peer.recv_multipart()[-1]), under_way)
                continue
            peer.close()
            peer = self.open()
            for one in under_way.values():
                self.send(peer, one)
        peer.close()


def count(senders):
    return sum(len(sender.acknowledged) for sender in senders)


def resend(daemon, sender):
    """The whole of it again, in arrays: the true answer for each id."""
    answers, events = {}, list(sender.sent.values())
    for first in range(0, len(events), 500):
        for answer in daemon.ask(events[first:first + 500]):
            answers[answer["id"]] = answer
    return answers


def killed_under_load(box):
    plan = box.plan()
    plan.settings["alerts"] = ({"when": "needs-support", "to": ["role:support"]},
                               {"when": "off-track", "to": ["manager"]})
    sink = box.smtp(plan)
    # In working hours, at the pace of life: what is due leaves at once.
    daemon = box.daemon(plan, "2026-05-11T08:00@1", start=False)
    senders = [Sender(plan.submit, zmq.REQ, 1, 1), Sender(plan.submit, zmq.REQ, 1, 2),
               Sender(plan.submit, zmq.DEALER, 20, 3)]
    chance, up = random.Random(58), 0.0
    for kill in range(KILLS):
        daemon.start()
        ready = time.monotonic()
        if kill == 0:
            for sender in senders:
                sender.start()
        wanted = count(senders) + chance.randint(1, LOAD)
        wait_for(lambda: count(senders) >= wanted, "the load")
        time.sleep(chance.random() * 0.2)
        daemon.kill()
        up += time.monotonic() - ready
    daemon.clock = "2026-05-11T08:00@2000"
    daemon.start()
    for sender in senders:
        sender.stopping.set()
        sender.join()
    acknowledged = count(senders)
    print(f"  {KILLS} kills, up {up:.1f} s in all; {sum(len(sender.sent) for sender in senders)} events sent, "
          f"{acknowledged} acknowledged ({acknowledged / up:.0f}/s), {len(sink.mails)} mails", flush=True)
    assert not sum((sender.faults for sender in senders), []), senders[0].faults
    nothing_acknowledged_is_lost(daemon, senders)
    copies_are_counted(daemon, sink)


def nothing_acknowledged_is_lost(daemon, senders):
    seqs = Counter()
    for sender in senders:
        for identity, answer in resend(daemon, sender).items():
            known = sender.acknowledged.get(identity)
            if known is not None:
                assert answer["result"] == "duplicate" and answer["seq"] == known, \
                    f"{identity} was acknowledged with seq {known}, now {answer}"
            assert answer["result"] in ("accepted", "duplicate"), answer
            seqs[answer["seq"]] += 1
    assert seqs and max(seqs.values()) == 1, "one seq for two events"


def copies_are_counted(daemon, sink):
    final = ("delivered", "held", "failed", "expired", "dropped")
    rows = wait_for(lambda: (rows := daemon.query("outbox")) and
                    all(row["state"] in final for row in rows) and rows, "the outbox to settle")
    copies = Counter(mail.number for mail in sink.mails)
    unknown = sum(row["unknown"] for row in rows)
    print(f"  {len(rows)} messages, {sum(copies.values())} copies, {unknown} outcomes unknown")
    for row in rows:
        count = copies.pop(row["id"], 0)
        assert count <= 1 + row["unknown"], f"{count} copies of {row}"
        assert count >= 1 or row["state"] != "delivered", f"delivered and never seen: {row}"
    assert not copies, f"mails that the outbox does not know: {copies}"


run(killed_under_load)
