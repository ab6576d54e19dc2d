# SPDX-License-Identifier: Apache-2.0
"""Lives of a daemon side by side, which begin with copies of the same store in the evening before a morning of
reminders."""
import contextlib
import re
import shutil
import sqlite3
from collections import Counter

import zmq

from oracle import broken_unless

from harness import CONTEXT, event, wait_for

EVENING, MORNING = "2026-05-11T20:00@1", "2026-05-12T07:59:50@20000"
EVENTS = (("TN-1", {"status": "off-track"}), ("TN-2", {"status": "on-track"}),
          ("TN-1", {"status": "on-track"}), ("TN-2", {"status": "off-track"}))
STORE = ("paminn.db", "paminn.db-wal", "paminn.db-shm", "paminn.db-acknowledged")


def keep_store(folder, to):
    """Copy a stopped daemon's store."""
    for name in STORE:
        (to / name).unlink(missing_ok=True)
        if (folder / name).exists():
            shutil.copy(folder / name, to / name)


def prepare(box):
    """Ola is reminded by mail, Bo by a card and Anna by a webhook."""
    plan = box.plan()
    sink, hook, cards = box.smtp(plan), box.hook(plan), box.hook(plan, "cards")
    plan.settings["channels"][1]["format"] = "teams"
    plan.people["anna"]["channels"] = ["hook"]
    plan.people["bo"]["channels"] = ["cards"]
    plan.settings["alerts"] = ({"when": "off-track", "to": ["manager"]},)
    return plan, (sink, hook, cards)


def copies(sink, *hooks):
    """How many copies of each message the servers have seen, by its number."""
    seen = Counter(mail.number for mail in sink.mails)
    seen.update(int(re.split("[._-]", headers["webhook-id"])[-1]) for hook in hooks for headers, _ in hook.posts)
    return seen


def is_over(folder):
    """Has every message finished? Asked of the store, since the daemon may die over the answer; and not
    before it is ready, since a reader is in the way of its recovery."""
    with contextlib.closing(sqlite3.connect(f"file:{folder}/paminn.db?mode=ro", uri=True)) as db:
        ((count, open_ones),) = db.execute("SELECT count(*), sum(finished IS NULL) FROM message")
    return count > 0 and open_ones == 0


def settled(daemon):
    """The outbox, when each message has been delivered, or dropped since it was answered meanwhile."""
    rows = daemon.query("outbox")
    return rows and all(row["state"] in ("delivered", "dropped") for row in rows) and rows


def check_copies(where, rows, sinks):
    seen = copies(*sinks)
    for row in rows:
        count = seen.pop(row["id"], 0)
        broken_unless(count <= 1 + row["unknown"], f"{where}: {count} copies of {row}")
        broken_unless(count >= 1 or row["state"] == "dropped", f"{where}: never seen: {row}")
    broken_unless(not seen, f"{where}: the outbox does not know {seen}")


class Life:
    """What a daemon was told, and said, until its end."""
    NEXT = MORNING  # when its next life begins

    def __init__(self, box, kept, clock, environment):
        self.plan, self.sinks = prepare(box)
        keep_store(kept, box.folder)
        self.folder, self.told = box.folder, []
        self.daemon = box.daemon(self.plan, clock, start=False, environment=environment)

    @property
    def is_dead(self):
        return self.daemon.process.poll() is not None

    def wait(self, condition, what):
        wait_for(lambda: self.is_dead or condition(), what)

    def start(self):
        """Whether it became ready."""
        self.daemon.start(ready=False)
        self.wait(lambda: "READY=1" in self.daemon.notices, "READY=1")
        return not self.is_dead

    def ask(self, message):
        """Its answer; None when it died over it."""
        with CONTEXT.socket(zmq.REQ) as peer:
            peer.set(zmq.LINGER, 0)
            peer.connect(self.plan.submit)
            if not self.is_dead:
                peer.send_json(message)
                self.wait(lambda: peer.poll(5), f"an answer to {message}")
            return peer.recv_json() if peer.poll(0) else None

    def tell_all(self):
        """Each event, and again while the answer is `retry`, some times."""
        for subject, data in EVENTS:
            one = event("status", subject, data)
            for _ in range(3):
                answer = self.ask(one)
                if not answer or answer["result"] != "retry":
                    break
            self.told.append((one, answer))

    def end(self):
        """Its exit code, once all is delivered."""
        self.wait(lambda: is_over(self.folder), "the deliveries")
        self.daemon.process.terminate()
        return self.daemon.process.wait(60)

    def judge(self, where):
        """The next life, of what is shipped and in which nothing is wrong: what has become of it all?"""
        self.daemon.kill()
        self.daemon.environment.clear()
        self.daemon.clock = self.NEXT
        daemon = self.daemon.start()
        daemon.order("hold", on=False)
        for one, answer in self.told:
            known = daemon.ask(one)
            broken_unless(known["result"] in ("accepted", "duplicate"), f"{where}: {known}")
            if answer and answer["result"] in ("accepted", "duplicate"):
                broken_unless((known["result"], known["seq"]) == ("duplicate", answer["seq"]),
                              f"{where}: {answer}, and then {known}")
            again = daemon.ask(one)
            broken_unless((again["result"], again["seq"]) == ("duplicate", known["seq"]), f"{where}: {known}, {again}")
        check_copies(where, wait_for(lambda: settled(daemon), "the deliveries"), self.sinks)
