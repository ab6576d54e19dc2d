# SPDX-License-Identifier: Apache-2.0
"""What forecast announced against what left: bags of messages, each with its instant, recipient,
channel, kind and items."""
from collections import Counter

LADDER = ("reminder", "escalation")


def step_items(items):
    return tuple(sorted((item["deadline"], item["measure"] or "", item["step"] or "")
                        for item in items))


def messages(rows):
    """Rows of forecast as a bag of messages."""
    return Counter((row["when"], row["to"], row["channel"], row["kind"], step_items(row["items"]))
                   for row in rows)


def sent(daemon, feed):
    """What left, as the outbox and the feed tell it, as the same bag."""
    told = {}

    def key(to, kind, when):
        # What an event caused leaves a moment later, for the clock runs on meanwhile.
        return to, kind, when[:16] if kind in LADDER else ""
    for news in feed.of("reminder"):
        data = news["data"]
        told.setdefault(key(data["to"], data["kind"], news["time"]), []).append(data["items"])
    bag = Counter()
    for row in daemon.query("outbox"):
        if row["state"] == "dropped":
            continue
        assert row["state"] == "delivered", row
        items = told[key(row["to"], row["kind"], row["planned"])].pop(0)
        bag[row["planned"], row["to"], row["channel"], row["kind"], step_items(items)] += 1
    assert not any(told.values()), f"the feed told of messages that the outbox has not: {told}"
    return bag


def differ(before, after):
    lines = [f"only {name}: {key}" for name, rest in
             (("announced", before - after), ("sent", after - before)) for key in sorted(rest)]
    return "\n".join(lines)
