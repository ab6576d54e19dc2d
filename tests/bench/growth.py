# SPDX-License-Identifier: Apache-2.0
"""Whether a store that grows becomes slower: intake, and what is due next, at 10³ to 10⁶ obligations, and with 10⁷
events. What is due next is measured as a rehearsal that goes on over an instant at which one reminder is due: it is
found, decided, composed and sent, and the daemon looks for the next."""
import contextlib
import statistics
import time
from datetime import date, timedelta

import chart
import peers
from harness import another_box
from intake import DEPTH, hundred_measures, load
from plan import add_plan, fill
from table import number

SIZES = ((20, 50), (200, 50), (2000, 50), (20000, 50))  # measures, deadlines
EVENTS, MANY_EVENTS = 20000, 10_000_000
STAND = "2026-02-02T07:00"  # a Monday, from where the rehearsal goes on, long before the many are due
PROBES = 64                 # reminders, one on each working day


def probes(plan):
    """A reminder of its own for each of so many working days; returns those days."""
    plan.settings["ladders"] += ({"name": "once", "time": "08:00", "steps": ({"at": "0", "to": ["owner"]},)},)
    plan.add("measures", "P", title="Sond", owner="anna")
    day, days = date(2026, 2, 2), []
    while len(days) < PROBES:
        if day.weekday() < 5 and day not in (date(2026, 4, 3), date(2026, 4, 6)):  # Good Friday, Easter Monday
            days.append(day)
            plan.add("deadlines", f"P-{len(days)}", title=f"Sond {len(days)}", due=str(day), answers_from=["P"],
                     responsible="ola", inform=["reg"], ladder="once")
        day += timedelta(days=1)
    return days


class Store:
    """A daemon of one size, in a rehearsal that stands."""

    def __init__(self, boxes, measures, deadlines):
        self.measures, self.obligations, self.events = measures, measures * deadlines, 0
        self.sink = boxes.enter_context(peers.SmtpSink())
        box = boxes.enter_context(another_box())
        plan = add_plan(hundred_measures(box), measures, deadlines)
        for key in [key for key in plan.deadlines if key.startswith("D-")]:
            plan.deadlines[key]["due"] = str(date.fromisoformat(plan.deadlines[key]["due"]) + timedelta(days=120))
        plan.settings["mail"]["server"] = self.sink.url
        self.days = iter(probes(plan))
        plan.write()
        self.daemon = box.daemon(plan, STAND, start=False)
        self.daemon.patience = 120
        self.daemon.start(write=False)

    @property
    def name(self):
        return f"{number(self.obligations)} obligations" + (f", {number(self.events)} events" if self.events else "")

    def intake(self):
        return load(self.daemon, EVENTS, DEPTH)["rate"]

    def next_due(self):
        """Milliseconds for the quickest of five reminders, a day each, until the rehearsal says that all has left."""
        took = []
        for _ in range(5):
            before = self.sink.mails()
            instant = f"{next(self.days)}T08:00:01"
            began = time.monotonic()
            self.daemon.until(instant)
            took.append(1000 * (time.monotonic() - began))
            assert self.sink.mails() > before, "no reminder left"
        return min(took)


def measured(table, stores):
    """Of each store, (intake, next due), in rounds."""
    found = [([], []) for _ in stores]
    for turn in range(table.rounds + 1):
        dues = [store.next_due() for store in stores]
        rates = [store.intake() for store in stores]
        time.sleep(1)  # what intake has left behind is brought to its place by then
        for store, kept, rate, due in zip(stores, found, rates, dues):
            table.say(f"{f'round {turn} of {table.rounds}' if turn else 'warm-up'}, {store.name}: {number(rate)} /s, "
                      f"next due {number(due)} ms")
            if turn:
                kept[0].append(rate)
                kept[1].append(due)
    return found


def growth(table):
    table.begin("growth", f"Intake as in that row, {EVENTS:,} events in each round; and what is due next, found, decided and "
                          "sent. Flat is within 20 % of the smallest store's, in the median of the rounds' ratios.")
    lines = []
    with contextlib.ExitStack() as boxes:
        stores = []
        for measures, deadlines in SIZES:
            stores.append(Store(boxes, measures, deadlines))
            table.say(f"{stores[-1].name}: there")
        for store, found in zip(stores, measured(table, stores)):
            lines.append((store.name, store.obligations, *found))
        smallest, largest = stores[0], stores[-1]
        fill(largest.daemon, MANY_EVENTS, largest.measures)
        largest.events = MANY_EVENTS
        table.say(f"{largest.name}: there")
        again, last = measured(table, [smallest, largest])
        lines.append((largest.name, None, *last))
        report(table, lines, lines[0][2:], again)
    points = [line for line in lines if line[1]]
    (table.place / "growth.svg").write_text(chart.growth(
        [(size, statistics.median(rates), statistics.median(dues)) for _, size, rates, dues in points]), encoding="utf-8")
    table.text("![Intake and what is due next against the number of obligations](growth.svg)")


def report(table, lines, smallest, again):
    """`again`: the smallest store's figures beside the last line's, which were measured later."""
    table.head("store", "intake, median", "min–max", "to the smallest", "next due, median", "min–max",
               "to the smallest", "goal", "met")
    for name, _, rates, dues in lines:
        beside = again if name == lines[-1][0] else smallest
        rate = statistics.median(one / other for one, other in zip(rates, beside[0]))
        due = statistics.median(one / other for one, other in zip(dues, beside[1]))
        first = name == lines[0][0]
        table.line(name, f"{number(statistics.median(rates))} /s", f"{number(min(rates))}–{number(max(rates))}",
                   "" if first else f"{rate:.2f} ×", f"{number(statistics.median(dues))} ms",
                   f"{number(min(dues))}–{number(max(dues))}", "" if first else f"{due:.2f} ×",
                   "" if first else "± 20 %", "" if first else table.judge(rate >= 0.8 and due <= 1.2))


ROWS = {"growth": growth}
