#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Years whose events are drawn by lot, any of them at any time: whatever has happened, what leaves from then
on is what forecast says, and verify finds what the log gives. A year is drawn by its number, which a failure
names; more of them in the sweep before a release."""
import random
from collections import Counter
from datetime import date, timedelta

from comparison import differ, messages, sent
from decisions import MEETINGS, YEAR, decisions_plan, year_of
from harness import LONG, another_box, event, run

OWNERS = {"TN-1": "anna", "TN-2": "bo", "TN-3": "eva", "TN-4": "carl"}
STATUSES = ("not-started", "on-track", "at-risk", "off-track", "done", "cancelled")
REFUSALS = ("bad-data", "not-allowed", "unknown-subject")


class Year:
    """What happens in one. Each of its events may be refused, but only for what it says."""

    def __init__(self, box, number):
        self.lot = random.Random(number)
        self.plan, _ = decisions_plan(box)
        self.vary()
        self.feed = box.feed(self.plan, "paminn.reminder")
        self.daemon = box.daemon(self.plan, "2026-01-01T12:00")
        self.day = date(2026, 1, 5)
        self.meetings = {body: [date.fromisoformat(f"2026-{day}") for day in days]
                         for body, days in MEETINGS.items()}
        self.requests, self.accepted, self.story = [], 0, []

    def vary(self):
        deadlines = self.plan.deadlines
        for each in deadlines.values():
            if self.lot.random() < 0.3:
                each["opens"] = "-20wd"
        if self.lot.random() < 0.5:
            deadlines["HALV"]["via"] = ["meeting TN", "meeting KS"]
        if self.lot.random() < 0.5:
            deadlines["OKT"]["answers_from"] = ["TN-1", "TN-3"]

    def later(self, least=5, most=60):
        return str(self.day + timedelta(days=self.lot.randint(least, most)))

    def due(self):
        """A date, or a meeting."""
        if self.lot.random() < 0.6:
            return self.later()
        month = self.lot.randint(self.day.month, 12)
        return f"meeting {self.lot.choice(list(MEETINGS))} 2026-{month:02}"

    def tell(self, kind, subject, **data):
        answer = self.daemon.ask(event(kind, subject, data))
        self.story.append(f"{self.day} {kind} {subject} {data}: {answer.get('reason', 'accepted')}")
        assert answer["result"] == "accepted" or answer["code"] in REFUSALS, self.story[-1]
        self.accepted += answer["result"] == "accepted"
        return answer["id"] if answer["result"] == "accepted" else None

    # -- what may happen

    def status(self, measure, _):
        more = {"done_forecast": self.later(0, 200)} if self.lot.random() < 0.3 else {}
        self.tell("status", measure, status=self.lot.choice(STATUSES),
                  progress=self.lot.randint(0, 100), **more)

    def meeting(self, *_):
        body = self.lot.choice(list(MEETINGS))
        known = self.meetings[body]
        old = self.lot.choice([day for day in known if day > self.day] or [None])
        new = self.day + timedelta(days=self.lot.randint(1, 120))
        how = self.lot.random()
        if old and how < 0.25:
            told = self.tell("meeting", body, replaces=str(old), cancelled=True,
                             **{"from": str(old)})
            new = None
        elif new in known or new.year > 2026:
            return
        elif old and how < 0.8:
            told = self.tell("meeting", body, replaces=str(old), **{"from": str(new)})
        else:
            old, told = None, self.tell("meeting", body, **{"from": str(new)})
        if told:
            known[:] = [day for day in (*known, new) if day and day != old]

    def extend(self, measure, deadline):
        more = self.lot.choice(((deadline, {}), (measure, {"deadline": deadline}), (measure, {})))
        self.tell("extend", more[0], due=self.due(), reference="x", **more[1])

    def request(self, measure, deadline):
        more = self.lot.choice(((deadline, {}), (measure, {"deadline": deadline}), (measure, {})))
        asked = self.tell("request", more[0], due=self.due(), reason="r", **more[1])
        self.requests += [asked] if asked else []

    def grant(self, _, deadline):
        some = self.lot.sample(self.requests, min(len(self.requests), self.lot.randint(1, 3)))
        more = {"due": self.due()} if self.lot.random() < 0.3 else {}
        if some and self.tell("extend", deadline, grants=some, reference="g", **more):
            self.requests = [each for each in self.requests if each not in some]

    def deny(self, _, deadline):
        if self.requests and self.tell("deny", deadline, requests=[self.requests[0]], reason="r"):
            self.requests.pop(0)

    def outcome(self, _, deadline):
        outcome = self.lot.choice(("noted", "approved", "returned"))
        self.tell("outcome", deadline, outcome=outcome, reference="o",
                  **({"body": self.lot.choice(("TN", "KS"))} if self.lot.random() < 0.6 else {}),
                  **({"due": self.due()} if outcome == "returned" else {}))

    def submit(self, _, deadline):
        self.tell("submit", deadline, reference="s")

    def close(self, measure, _):
        self.tell("close", self.lot.choice((measure, measure, "U-1")), reference="c",
                  **{"as": self.lot.choice(("done", "struck"))})

    def absence(self, measure, _):
        deputy = {"deputy": "stina"} if self.lot.random() < 0.5 else {}
        self.tell("absence", self.lot.choice((OWNERS[measure], "ola")), until=self.later(21, 40),
                  **{"from": self.later(0, 20), **deputy})

    def reload(self, *_):
        measure, deadlines = self.plan.measures["TN-3"], self.plan.deadlines
        self.lot.choice((
            lambda: measure.update(done_by=self.later(10, 150)),
            lambda: deadlines["DELAR"].update(due=f"{self.lot.randint(1, 3)}m after 2026-08-31"),
            lambda: deadlines["OKT"].update(due=f"meeting RF 2026-{self.lot.randint(9, 11):02}"),
            lambda: self.plan.bodies["TN"].update(papers=self.lot.choice(("-3wd", "-7wd")))))()
        self.plan.write()
        self.story.append(f"{self.day} reload {self.daemon.order('reload')}")

    def go_on(self):
        end = date(2026, self.lot.randint(6, 9), self.lot.randint(1, 28))
        kinds = (self.status, self.status, self.meeting, self.meeting, self.extend, self.request,
                 self.request, self.grant, self.deny, self.outcome, self.outcome, self.submit,
                 self.close, self.absence, self.reload)
        while self.day < end:
            self.day += timedelta(days=self.lot.randint(1, 5))
            self.daemon.until(f"{self.day}T{self.lot.randint(8, 16):02}:{self.lot.randint(0, 59):02}")
            deadlines = sorted({row["deadline"] for row in self.daemon.query("list", all=True)})
            self.lot.choice(kinds)(self.lot.choice(list(OWNERS)), self.lot.choice(deadlines))
        self.daemon.until(f"{self.day}T17:01")

    def compare(self):
        now = f"{self.daemon.now():%Y-%m-%dT%H:%M}"
        foreseen = messages(self.daemon.query("forecast", **{**YEAR, "from": str(self.day)}))
        assert self.daemon.client("verify") == []
        self.daemon.until("2027-01-31T00:00")  # a message that was held over New Year leaves as well
        was = year_of(sent(self.daemon, self.feed))
        later = Counter({key: n for key, n in was.items() if key[0] >= now})
        assert later == foreseen, differ(foreseen, later)
        assert self.daemon.client("verify") == []
        return foreseen.total()


def drawn(_):
    accepted, foreseen, years = 0, 0, range(1, 21 if LONG else 2)
    for number in years:
        with another_box() as box:
            year = Year(box, number)
            try:
                year.go_on()
                foreseen += year.compare()
            except AssertionError as fault:
                raise AssertionError(f"year {number}: {fault}\n" + "\n".join(year.story)) from fault
            accepted += year.accepted
    assert accepted > 10 * len(years) and foreseen > 30 * len(years), (accepted, foreseen)


run(drawn)
