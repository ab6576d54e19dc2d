#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Row 20: the clock is set ± 2 hours, 10 days on, to 1970, over both changes of summer time: each step comes at most
once, and those that were missed come together, marked late.

The daemon's wall clock is set under its feet (clock.c). What it sends when the clock goes to and fro must be what it
sends when the clock only ever goes on to the same instants. Seen to fail with a daemon that reads no marks (the
ladder's from_ledger.c) and leaves what an obligation is next looked at for where it was (state.c): it never ends.
"""
import os
import random
import struct
import time
from collections import Counter

from calls import built
from oracle import SEED, figure

from harness import LONG, another_box, local, run, wait_for

JUMPS = 300 if LONG else 12
LATE = "men har blivit försenad"


class Walk:
    """A daemon whose clock goes from one instant to the next, each with all that is due by then."""

    def __init__(self, box, start, meeting="2026-05-26"):
        self.plan, self.file = box.plan(), box.folder / "clock"
        year, month, day = meeting.split("-")
        self.plan.meetings["KS"].update({"from": meeting, "until": f"{year}-{month}-{int(day) + 1:02}"})
        self.plan.deadlines["KS-1"]["due"] = f"meeting KS {year}-{month}"
        self.sink = box.smtp(self.plan)
        self.set(start)
        self.daemon = box.daemon(self.plan, environment={
            "LD_PRELOAD": built("clock"), "PAMINN_CLOCK": str(self.file),
            "ASAN_OPTIONS": f"verify_asan_link_order=0:{os.environ.get('ASAN_OPTIONS', '')}"})
        self.settle()

    def set(self, instant):
        off = int((local(instant).timestamp() - time.time()) * 1e6)
        with self.file.open("r+b" if self.file.exists() else "wb") as file:
            file.write(struct.pack("q", off))

    def settle(self):
        """Whatever happens makes it look at the clock: until nothing that is due waits."""
        for _ in range(2):
            self.daemon.tell("note", "TN-1", note="se på klockan")
        wait_for(self.is_quiet, "what is due to leave")

    def is_quiet(self):
        now = self.daemon.now()
        return not [row for row in self.daemon.query("outbox") if row["state"] == "started" or (
            row["state"] == "pending" and local(row["next_attempt"]) <= now)]

    def go(self, instants):
        for instant in instants:
            self.set(instant)
            self.settle()
        return self

    def sent(self):
        return Counter((mail.person, mail.subject) for mail in self.sink.mails)


def to_and_fro(instants, **more):
    """What is sent on the way, and that it is the same when the clock only goes on."""
    onward = []
    for instant in instants:
        if not onward or local(instant) > local(onward[-1]):
            onward.append(instant)
    with another_box() as box:
        wanted = Walk(box, onward[0], **more).go(onward[1:]).sent()
    with another_box() as box:
        walk = Walk(box, instants[0], **more).go(instants[1:])
        assert walk.sent() == wanted, f"{instants}: {walk.sent() - wanted} too many, {wanted - walk.sent()} missing"
        return walk.sink.mails


def two_hours(box):
    mails = to_and_fro(["2026-05-12T07:00", "2026-05-12T09:00", "2026-05-12T07:00", "2026-05-12T08:30",
                        "2026-05-12T06:30", "2026-05-12T10:30"])
    assert sorted(mail.person for mail in mails) == ["anna", "bo", "ola"], mails


def ten_days(box):
    mails = to_and_fro(["2026-05-07T07:00", "2026-05-22T08:30", "2026-05-12T08:30", "2026-05-22T09:00"])
    assert sorted(mail.person for mail in mails) == ["anna", "bo", "ola"], f"not merged: {mails}"
    assert all(LATE in mail.text for mail in mails), mails


def to_1970(box):
    to_and_fro(["1970-01-01T00:00", "2026-05-12T08:30", "1970-01-01T00:00", "2026-05-12T09:00", "1970-01-01T00:00",
                "2026-05-18T08:30"])


def restarted_in_1970(box):
    walk = Walk(box, "2026-05-12T08:30")
    before = walk.sent()
    walk.set("1970-01-01T00:00")
    walk.daemon.kill()
    walk.daemon.start()
    walk.go(["1970-01-01T00:01", "2026-05-12T08:35"])
    assert before and walk.sent() == before, f"{before}, then {walk.sent()}"


def summer_time(box):
    """The clock goes over the change, and is set back over it; the steps are those of the Monday after it."""
    for before, after, monday, meeting in (
            ("2026-03-29T01:59:59+01:00", "2026-03-29T03:00:01+02:00", "2026-03-30", "2026-04-14"),
            ("2026-10-25T02:59:59+02:00", "2026-10-25T02:00:01+01:00", "2026-10-26", "2026-11-10")):
        mails = to_and_fro([before, after, before, after, f"{monday}T07:59", f"{monday}T08:01", after,
                            f"{monday}T08:02"], meeting=meeting)
        steps = [mail for mail in mails if f"{mail.when:%F}" == monday]
        assert steps and max(Counter(mail.person for mail in steps).values()) == 1, mails


def anywhere(box):
    """Jumps at random, of those of the table, on the way through all steps."""
    chance, instants = random.Random(SEED), ["2026-04-27T07:00"]
    for day in range(JUMPS):
        on = chance.choice((2 / 24, 1, 10, -2 / 24, -10, None))
        at = local("2026-04-27T07:00").timestamp() + day * 40 * 86400 / JUMPS
        instants += ["1970-01-01T00:00" if on is None else
                     time.strftime("%FT%T+00:00", time.gmtime(at + on * 86400))]
    to_and_fro([*instants, "2026-06-15T09:00"])
    figure("clock-steps", len(instants))


run(two_hours, ten_days, to_1970, restarted_in_1970, summer_time, anywhere)
