# SPDX-License-Identifier: Apache-2.0
"""Lives of a daemon side by side, which begin with copies of the same store in the evening before a morning of
reminders."""
import contextlib
import re
import shutil
import sqlite3
from collections import Counter

from oracle import broken_unless

EVENING, MORNING = "2026-05-11T20:00@1", "2026-05-12T07:59:50@20000"
EVENTS = (("TN-1", {"status": "off-track"}), ("TN-2", {"status": "on-track"}),
          ("TN-1", {"status": "on-track"}), ("TN-2", {"status": "off-track"}))
STORE = ("paminn.db", "paminn.db-wal", "paminn.db-shm")


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
