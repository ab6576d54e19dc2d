# SPDX-License-Identifier: Apache-2.0
"""The rules of reminders once more, small and by themselves: which step reaches whom when, of one deadline by a date,
whose ladder is the standard one. Written from the rules (paminn-rules(7)), not from the code, and in no way like it: the
daemon keeps what is due next, this goes over all steps each time it is asked.

A scenario is a plan (the due date, the measures' owners) and acts in order of time:

    ("status", when, measure)   ("extend", when, date)   ("submit", when)
    ("away", when, until)       the daemon is down in between
"""
import datetime as dt

import holidays

OPEN, CLOSED = dt.time(7, 30), dt.time(17)
AT = dt.time(8)
OWED = (-10, -5, -2, 0, 1)  # steps to who owes it, in working days from the papers date
ONE = dt.timedelta(days=1)
FREE = holidays.Sweden(years=range(2025, 2029), include_sundays=False)


def is_working(day):
    return day.weekday() < 5 and day not in FREE


def rolled(day, step):
    while not is_working(day):
        day += step * ONE
    return day


def shifted(day, count):
    """So many working days on."""
    for _ in range(abs(count)):
        day = rolled(day + ONE * (1 if count > 0 else -1), 1 if count > 0 else -1)
    return day


def next_open(at):
    if is_working(at.date()) and OPEN <= at.time() < CLOSED:
        return at
    day = at.date() if at.time() < OPEN else at.date() + ONE
    return dt.datetime.combine(rolled(day, 1), OPEN)


def name(count):
    return f"{count:+d}wd" if count else "0"


def ladder(papers, owner, manager):
    """(instant, person, step, repetition), in order of time."""
    steps = [(shifted(papers, count), owner, name(count), 0) for count in OWED]
    steps += [(shifted(papers, 1), manager, "+1wd", 0)]
    steps += [(shifted(papers, 3 + 2 * n), "stina", "+3wd", n) for n in range(4)]
    return sorted((dt.datetime.combine(day, AT), *rest) for day, *rest in steps)


class Obligation:
    def __init__(self, owner, manager, papers, known):
        self.owner, self.manager, self.known, self.over = owner, manager, known, None
        self.fired = []  # (instant of the step, person, step, repetition), of all rounds
        self.papers, self.fired_now, self.late = papers, set(), []
        self.opens = self.steps()[0][0]
        self.catch_up(known)

    def begin_again(self, papers, now):
        """A further round: of its steps that are past nobody is told, and a window that is open does not close."""
        self.papers, self.late = papers, []
        self.fired_now = {step[1:] for step in self.steps() if step[0] <= now}
        if self.opens > now:
            self.opens = self.steps()[0][0]

    def steps(self):
        return ladder(self.papers, self.owner, self.manager)

    def catch_up(self, now):
        """Steps missed by now: the last of each person leaves at the next opening, unless one is due to them that day."""
        leave = next_open(now)
        missed = {}
        for _, step in self.late:  # has not left: it is missed once more
            self.fired_now.discard(step[1:])
        self.late = []
        for step in self.steps():
            if step[0] <= now and step[1:] not in self.fired_now:
                missed.setdefault(step[1], []).append(step)
        for person, steps in missed.items():
            self.fired_now.update(step[1:] for step in steps)
            due = [step for step in self.steps() if step[1] == person and step[0] > now
                   and step[0].date() == leave.date()]
            if not due:
                self.late.append((leave, steps[-1]))

    def go(self, now):
        """All that leaves up to this instant."""
        for leave, step in list(self.late):
            if leave <= now and not self.over:
                self.late.remove((leave, step))
                self.fired.append(step)
        for step in self.steps():
            if step[0] <= now and step[1:] not in self.fired_now and not self.over:
                self.fired_now.add(step[1:])
                self.fired.append(step)


def played(scenario):
    """What has left at the end: {measure or None: [(instant, person, step, repetition)]}, and who has answered."""
    start, due = scenario["start"], scenario["due"]
    papers = rolled(due, -1)
    owes = {measure: Obligation(owner, "mona", papers, start) for measure, owner in scenario["owners"].items()}
    owes[None] = Obligation("ola", "stina", papers, start)
    for act, when, *rest in scenario["acts"]:
        for one in owes.values():
            one.go(when)
        if act == "status" and not owes[rest[0]].over and when >= owes[rest[0]].opens:
            owes[rest[0]].over = "answered"
        elif act == "submit":
            for measure, one in owes.items():
                one.over = one.over or ("withdrawn" if measure else "answered")
        elif act == "extend":
            for one in owes.values():
                if not one.over:
                    one.begin_again(rolled(rest[0], -1), when)
        elif act == "away":
            for one in owes.values():
                if not one.over:
                    one.catch_up(rest[0])
    for one in owes.values():
        one.go(scenario["end"])
    return {measure: sorted(one.fired) for measure, one in owes.items()}, \
        {measure: one.over for measure, one in owes.items()}
