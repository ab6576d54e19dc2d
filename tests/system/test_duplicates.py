#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The daemon dies at each write of the write-ahead log between the decision that somebody is to be
reminded and the record that the message has arrived: whatever reached a server is counted. Copies are
at most one more than the attempts whose outcome nobody knows, for every kind of channel."""
import concurrent.futures
import contextlib
import re
import signal
import sqlite3
from collections import Counter

from fault import Fault, keep_store
from harness import another_box, run, wait_for

EVENING, MORNING = "2026-05-11T20:00@1", "2026-05-12T07:59:50@20000"
AT_ONCE = 2


def prepare(box):
    """Ola is reminded by mail, Bo by a card and Anna by a webhook."""
    plan = box.plan()
    sink, hook, cards = box.smtp(plan), box.hook(plan), box.hook(plan, "cards")
    plan.settings["channels"][1]["format"] = "teams"
    plan.people["anna"]["channels"] = ["hook"]
    plan.people["bo"]["channels"] = ["cards"]
    return plan, (sink, hook, cards)


def copies(sink, *hooks):
    """How many copies of each message the servers have seen, by its number."""
    seen = [mail.id.strip("<>").split("@")[0] for mail in sink.mails]
    seen += [headers["webhook-id"] for hook in hooks for headers, _ in hook.posts]
    return Counter(re.split("[._-]", name)[-1] for name in seen)


def is_over(folder):
    """Has every message finished? Asked of the store, since the daemon may die over the answer."""
    with contextlib.closing(sqlite3.connect(f"file:{folder}/paminn.db?mode=ro", uri=True)) as db:
        ((count, open_ones),) = db.execute("SELECT count(*), sum(finished IS NULL) FROM message")
    return count > 0 and open_ones == 0


def delivered(daemon):
    rows = daemon.query("outbox")
    return rows and all(row["state"] == "delivered" for row in rows) and rows


def killed_at(n, fault, kept):
    """One life that ends at the n-th write, and the next. False: it did not come to that."""
    with another_box() as box:
        plan, sinks = prepare(box)
        keep_store(kept, box.folder)
        environment, struck = fault.at(n, "kill", box.folder)
        daemon = box.daemon(plan, MORNING, start=False, environment=environment)
        daemon.start(ready=False)
        wait_for(lambda: daemon.process.poll() is not None or is_over(box.folder), "the end")
        daemon.process.terminate()  # the last writes are those of a stop
        died = daemon.process.wait(60)
        if died == 0:
            return False
        assert died == -signal.SIGKILL and struck.exists(), f"write {n}: it ended with {died}"
        daemon.kill()
        daemon.environment.clear()
        daemon.start()
        rows = wait_for(lambda: delivered(daemon), "the deliveries")
        seen = copies(*sinks)
        for row in rows:
            count = seen.pop(str(row["id"]), 0)
            assert 1 <= count <= 1 + row["unknown"], f"write {n}: {count} copies of {row}"
        assert not seen, f"write {n}: the outbox does not know {seen}"
    return True


def killed_at_every_write(box):
    fault = Fault(box.folder, "-wal")
    plan, _ = prepare(box)
    box.daemon(plan, EVENING).stop()
    n, kills, going = 1, 0, True
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        while going:
            died = list(pool.map(lambda at: killed_at(at, fault, box.folder),
                                 range(n, n + AT_ONCE)))
            n, kills, going = n + AT_ONCE, kills + sum(died), all(died)
    print(f"  {kills} kills", flush=True)
    assert kills >= 20, "void: it hardly ever died"


run(killed_at_every_write)
