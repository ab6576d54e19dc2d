# SPDX-License-Identifier: Apache-2.0
"""What forecast announced against what left: bags of messages, each with its instant, recipient,
channel, kind and items; and why they differ, where events came between."""
import re
from collections import Counter

LADDER = ("reminder", "escalation")


def step_items(items):
    """Of each item its deadline (or who is away), its measure and its step."""
    return tuple(sorted((item["deadline"] or item.get("person") or "", item["measure"] or "", item["step"] or "")
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


def steps(bag):
    """What why tells of: all but absences, which are about no item of the plan."""
    return {(when, to, *item) for when, to, _, kind, items in bag if kind != "absence" for item in items}


def told_at(row):
    """The instant a reminder was sent at, as why tells it: its step's, unless it was held or late."""
    held = re.search(r"(?:held|late)\b.*accepted (\S+) (\S+)", row["reason"])
    return "T".join(held.groups()) if held else row["when"][:16]


def explained(daemon, announced, was):
    """For each step announced and not sent, or sent and not announced, why has the reason.
    How many there were of each."""
    missing, extra = announced - was, was - announced
    reasons, given_away = {}, {}
    for item in {measure or deadline for _, _, deadline, measure, _ in missing | extra}:
        for row in daemon.query("why", item=item):
            key = (row["person"], *(row[name] or "" for name in ("deadline", "measure", "step")))
            reasons.setdefault(key, []).append(row)
            if "assigned to somebody else" in row["reason"]:
                given_away[row["person"], row["measure"]] = row["when"]
    for when, *key in sorted(missing):
        rows = reasons.get(tuple(key), [])
        if given_away.get((key[0], key[2]), when) < when:
            continue
        assert any(row["reason"] and (row["decision"] != "sent" or told_at(row) != when[:16])
                   for row in rows), f"why {key} was not sent at {when} is not told: {rows}"
    for when, *key in sorted(extra):
        rows = reasons.get(tuple(key), [])
        assert any(row["decision"] == "sent" and told_at(row) == when[:16] for row in rows), \
            f"why {key} was sent at {when} is not told: {rows}"
    return len(missing), len(extra)
