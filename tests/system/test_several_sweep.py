# SPDX-License-Identifier: Apache-2.0
"""Three daemons on one PostgreSQL under load, and in each round one of them is killed or stands still past its lease,
or the database crashes: in the release run only.

The oracle: the senders keep which events were acknowledged, with which seq, by whichever daemon; the mail server keeps
every copy. Afterwards each acknowledged event is in the store once, under that seq, and there are no more copies of a
message than 1 + its unknown outcomes."""
import os
import random
import signal
import threading
import time
from collections import Counter

import postgres
import zmq
from harness import CONTEXT, LONG, Skip, event, run, wait_for
from several import made, members

ROUNDS = 60
LOAD = 20  # events that are acknowledged between two faults, at least


def ask(endpoint, message):
    """The answer; none within the time in which a daemon gives up its database means nothing."""
    with CONTEXT.socket(zmq.REQ) as peer:
        peer.set(zmq.LINGER, 0)
        peer.connect(endpoint)
        peer.send_json(message)
        return peer.recv_json() if peer.poll(12000) else None


class Sender(threading.Thread):
    """Says one thing after the other, each to whichever daemon until one of them has stored it."""

    def __init__(self, endpoints, number):
        super().__init__(daemon=True)
        self.endpoints, self.random = endpoints, random.Random(number)
        self.acknowledged, self.faults, self.stopping = {}, [], threading.Event()

    def run(self):
        while not self.stopping.is_set():
            status = self.random.choice(("on-track", "at-risk", "off-track"))
            said = event("status", f"TN-{self.random.randrange(4)}", {"status": status})
            while not self.stopping.is_set():
                answer = ask(self.random.choice(self.endpoints), said)
                if answer and answer["result"] in ("accepted", "duplicate"):
                    self.acknowledged[said["id"]] = answer["seq"]
                    break
                if answer and answer["result"] != "retry":
                    self.faults.append(answer)


def kill(cluster, name, daemons):
    one = random.choice(daemons)
    one.kill()
    time.sleep(random.random() * 3)
    one.start()


def stop(cluster, name, daemons):
    one = random.choice(daemons)
    os.kill(one.process.pid, signal.SIGSTOP)
    wait_for(lambda: members(cluster, name) == len(daemons) - 1, "the others to notice", 30)
    os.kill(one.process.pid, signal.SIGCONT)


def crash(cluster, name, daemons):
    cluster.halt(signal.SIGQUIT)
    time.sleep(random.random() * 3)
    cluster.start()


def cut(cluster, name, daemons):
    cluster.cut(name, "application_name = 'paminnd' AND random() < 0.5")


def nothing_is_lost_whatever_befalls_them(box):
    if not LONG:
        raise Skip("in the release run only")
    random.seed(1)
    cluster = box.keep(postgres.Cluster())
    name = cluster.database()
    sink = box.smtp()
    daemons = made(box, [cluster.url(name)] * 3, sink, "2026-05-11T09:00@1", 4)
    for daemon in daemons:
        daemon.plan.settings["alerts"] = ({"when": "off-track", "to": ["manager"]},)
        daemon.start()
    senders = [Sender([daemon.plan.submit for daemon in daemons], number) for number in range(4)]
    for sender in senders:
        sender.start()
    faults = Counter()
    for _ in range(ROUNDS):
        loaded = sum(len(sender.acknowledged) for sender in senders)
        wait_for(lambda: sum(len(sender.acknowledged) for sender in senders) >= loaded + LOAD, "load", 60)
        fault = random.choice((kill, kill, stop, crash, cut))
        fault(cluster, name, daemons)
        faults[fault.__name__] += 1
        wait_for(lambda: members(cluster, name) == len(daemons), "all to be there", 60)
    for sender in senders:
        sender.stopping.set()
    for sender in senders:
        sender.join()
        assert not sender.faults, sender.faults[:5]
    wait_for(lambda: cluster.sql("SELECT count(*) FROM message WHERE finished IS NULL", name) == ["0"],
             "all to be settled", 120)
    stored = Counter(row for row in cluster.sql("SELECT id || '|' || seq FROM event", name))
    acknowledged = [f"{each}|{seq}" for sender in senders for each, seq in sender.acknowledged.items()]
    assert all(stored[each] == 1 for each in acknowledged), [each for each in acknowledged if stored[each] != 1][:5]
    ids = Counter(row.split("|")[0] for row in stored)
    assert set(ids.values()) == {1}, ids.most_common(3)
    copies = Counter(mail.number for mail in sink.mails)
    bounds = {int(row.split("|")[0]): 1 + int(row.split("|")[1]) for row in
              cluster.sql("SELECT id, unknown FROM message", name)}
    for number, count in copies.items():
        assert count <= bounds[number], (number, count, bounds[number])
    assert daemons[0].order("verify")["rows"] == []
    print(f"{dict(faults)}: {len(acknowledged)} acknowledged, {copies.total()} copies of {len(copies)} messages",
          flush=True)


run(nothing_is_lost_whatever_befalls_them)
