#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Recurrence rules made at random, and the dates that python3-dateutil gives them: a line is start,
rule, dates. The same ones each time.

Where dateutil departs from RFC 5545 it is not asked: it lets the first week of BYSETPOS begin with
the start; it counts a 53rd weekday beyond the year; and it gives the first days of January, when they
belong to the year before, the wrong week 52 or 53. Weeks are counted with ISO 8601's as well. A rule
that never has a date it follows to the year 9999, so the parts are chosen such that there are some.
"""
import random
from datetime import datetime, timedelta

from dateutil.rrule import rrulestr

RULES = 1200
WEEK = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
rng = random.Random(20260515)


def some(values, most):
    return ",".join(map(str, sorted(rng.sample(values, rng.randint(1, most)))))


def maybe(*parts):
    return [part for part in parts if rng.random() < .5]


def months():
    return "BYMONTH=" + some(range(1, 13), 4)


def month_days():
    return "BYMONTHDAY=1," + some([2, 15, 28, 29, 30, 31, -1, -2, -10, -30, -31], 3)


def year_days():
    return "BYYEARDAY=1,60,-1," + some([2, 100, 365, 366, -60, -366], 2)


def weekdays():
    return "BYDAY=" + some(WEEK, 5)


def nth(most):
    days = (f"{rng.choice([-1, 1]) * rng.randint(1, most)}{rng.choice(WEEK)}" for _ in range(2))
    return "BYDAY=" + ",".join(days)


def weeks():
    return "BYWEEKNO=2,20," + some([1, 10, 36, 51, -1, -2], 3)


def places():
    return "BYSETPOS=" + some([1, 2, 3, -1, -2], 2)


KINDS = [
    ("DAILY", lambda: maybe(months(), month_days(), weekdays())),
    ("WEEKLY", lambda: maybe(months(), weekdays())),
    ("WEEKLY", lambda: ["BYDAY=MO,WE,FR", places()]),
    ("MONTHLY", lambda: maybe(months(), month_days(), weekdays())),
    ("MONTHLY", lambda: [weekdays(), places(), *maybe(months())]),
    ("MONTHLY", lambda: [nth(5), *maybe(months())]),
    ("YEARLY", lambda: maybe(months(), month_days())),
    ("YEARLY", lambda: [months(), weekdays(), *maybe(places())]),
    ("YEARLY", lambda: [nth(52)]),
    ("YEARLY", lambda: [nth(4), months()]),
    ("YEARLY", lambda: [weeks(), weekdays(), *maybe("BYMONTH=1,5,9")]),
    ("YEARLY", lambda: [year_days(), *maybe("BYMONTH=1,2,12", weekdays())]),
]


def by_dateutil(start, until):
    frequency, parts = rng.choice(KINDS)
    rule = [f"FREQ={frequency}", f"INTERVAL={rng.choice([1, 1, 2, 3, 4])}", *parts()]
    if frequency == "MONTHLY" and any(part.startswith("BYMONTH=") for part in rule):
        rule[1] = "INTERVAL=1"
    if frequency == "WEEKLY" and "BYSETPOS" in rule[-1]:
        start -= timedelta(start.weekday())
    elif rng.random() < .3:
        rule.append("WKST=" + rng.choice(WEEK))
    end = until.strftime("UNTIL=%Y%m%d")
    dates = list(rrulestr(";".join([*rule, end]), dtstart=start))
    if rng.random() < .3:
        dates = dates[:20]
        end = f"COUNT={len(dates)}"
    return start, [*rule, end], dates


def by_iso_week(start, until):
    numbers, named = rng.sample([1, 2, 20, 51, 52, 53, -1, -53], 3), rng.sample(WEEK, 2)

    def is_named(day):
        year, number, weekday = day.isocalendar()
        last = datetime(year, 12, 28).isocalendar()[1]
        return WEEK[weekday - 1] in named and {number, number - last - 1} & set(numbers)

    rule = ["FREQ=YEARLY", "BYWEEKNO=" + ",".join(map(str, numbers)), "BYDAY=" + ",".join(named),
            until.strftime("UNTIL=%Y%m%d")]
    days = (start + timedelta(n) for n in range((until - start).days + 1))
    return start, rule, [day for day in days if is_named(day)]


made = 0
while made < RULES:
    first = datetime(2020, 1, 1) + timedelta(rng.randrange(3000))
    last_day = datetime(first.year + rng.randint(1, 12), 6, 30)
    begin, rules, found = (by_dateutil if made % 10 else by_iso_week)(first, last_day)
    if found:
        made += 1
        print(begin.date(), ";".join(rules), *(each.date() for each in found))
