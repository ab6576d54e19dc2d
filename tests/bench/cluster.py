# SPDX-License-Identifier: Apache-2.0
"""All 21 regions and 290 municipalities on one store: a tenth of it is played here, and the whole is computed from
what that takes.

The whole: a million measures, ten million obligations a year, a hundred thousand people who each get a mail on
the busiest morning, with ten reminders in it. The tenth is the same with every number divided by ten; what is for
each measure, each obligation or each mail is then for ten times as many."""
import statistics

import peers
from forecast import ONE_STEP, decisions, through_a_morning
from harness import another_box
from intake import DEPTH, hundred_measures, load
from peers import memory
from size import MIB, seconds
from table import number

MEASURES, DEADLINES, PEOPLE = 100000, 10, 10000
EVENTS = 30000
WHOLE = 10  # times as much
EVENING, BEFORE = "2026-05-11T20:00@1", "2026-05-12T07:59:56@1"
# The whole's events: an answer to each obligation, and as many notes, meetings and later dates again. A fifth of a
# year's come on its ten busiest days, in eight hours, and the busiest hour has three times its share.
A_YEAR = 2 * 10_000_000
BUSIEST = A_YEAR / 5 / 10 / (8 * 3600) * 3


def a_tenth(box, sink):
    plan = hundred_measures(box)
    plan.settings["ladders"] += (ONE_STEP,)
    plan.settings["mail"].update(server=sink.url, connections=20)
    for each in range(PEOPLE):
        plan.add("people", f"p{each}", name=f"Person {each}", mail=f"p{each}@region.internal", manager="mona")
    for each in range(MEASURES):
        plan.add("measures", f"R-{each}", title=f"Åtgärd {each}", owner=f"p{each % PEOPLE}", effect_planned=100000)
    # The first is due on the morning, the others from a month later on, one a month.
    days = ["2026-05-12", *(f"{2026 + (5 + each) // 12}-{(5 + each) % 12 + 1:02}-16" for each in range(1, DEADLINES))]
    for each, day in enumerate(days):
        plan.add("deadlines", f"D-{each}", title=f"Uppföljning {each}", due=day, answers_from=["R-*"],
                 responsible="ola", inform=["reg"], ladder="once")
    return plan


class Sqlite:
    """The store beside the daemon."""

    def __init__(self, box):
        self.box = box

    def bytes(self):
        """Its log of writes among them."""
        return sum(path.stat().st_size for path in self.box.folder.glob("paminn.db*"))

    def decisions(self):
        return decisions(self.box.folder / "paminn.db")


class Postgres:
    """The store in a server."""

    def __init__(self, server):
        self.server = server

    def bytes(self):
        return int(self.server.sql("SELECT pg_database_size(current_database())"))

    def decisions(self):
        return int(self.server.sql("SELECT count(*) FROM mark"))


def on_sqlite():
    with peers.SmtpSink() as sink, another_box() as box:
        return play(box, sink, a_tenth(box, sink), Sqlite(box))


def on_postgres():
    with peers.SmtpSink() as sink, peers.Postgres() as server, another_box() as box:
        plan = a_tenth(box, sink)
        plan.settings["store"] = server.url
        return play(box, sink, plan, Postgres(server))


def play(box, sink, plan, store):
    """What each part of it took."""
    found = {}
    plan.write()
    daemon = box.daemon(plan, EVENING, start=False)
    daemon.patience = 300
    found["first start"] = seconds(lambda: daemon.start(write=False))
    daemon.stop()
    found["bytes"] = store.bytes()
    daemon.clock = BEFORE
    found["start"] = seconds(lambda: daemon.start(write=False))
    found["memory"] = memory(daemon.process)
    found.update(through_a_morning(daemon, store.decisions, sink, MEASURES, PEOPLE))
    found["most"] = memory(daemon.process, "VmHWM")
    daemon.stop()
    before = store.bytes()
    daemon.start(write=False)
    found["intake"] = load(daemon, EVENTS, DEPTH)["rate"]
    daemon.stop()
    found["event bytes"] = (store.bytes() - before) / EVENTS
    return found


def cluster(table):
    table.begin("cluster", f"A tenth of all 21 regions and 290 municipalities on one daemon: {MEASURES:,} measures, "
                           f"{MEASURES * DEADLINES:,} obligations, and a morning on which {PEOPLE:,} people are reminded of "
                           f"{MEASURES:,}, while another sends events one at a time.")
    table.text("Its store is SQLite:")
    one = played(table, on_sqlite)
    if peers.has_postgres():
        table.text("The same with PostgreSQL on the same machine:")
        played(table, on_postgres)
    on_paper(table, one)


def played(table, playing):
    """Tell of its rounds; the median of each figure."""
    rounds = []
    for turn in range(min(2, table.rounds)):
        rounds.append(playing())
        table.say(f"round {turn + 1}: {', '.join(f'{name} {number(value)}' for name, value in rounds[-1].items())}")
    all_of = {name: [each[name] for each in rounds] for name in rounds[0]}
    table.figures(("first start, all obligations made", "s", all_of["first start"], None),
                  ("start to ready, restarted", "s", all_of["start"], None),
                  ("in memory when ready", "MiB", all_of["memory"], None),
                  ("… at most, after the morning", "MiB", all_of["most"], None),
                  ("until all reminders are decided", "s", all_of["decided"], None),
                  ("until all mails are accepted", "s", all_of["sent"], None),
                  ("an event is answered meanwhile, 99 of 100 within", "ms", all_of["p99"], 100),
                  ("intake afterwards", "/s", all_of["intake"], None))
    return {name: statistics.median(values) for name, values in all_of.items()}


def on_paper(table, one):
    """The whole, from a tenth: ten times as much work for one daemon, and what each of three would have of it."""
    sent, decided = WHOLE * one["sent"], WHOLE * one["decided"]
    disk = (WHOLE * one["bytes"] + A_YEAR * one["event bytes"]) / (1 << 30)
    table.text("The whole, computed from what SQLite took: "
               f"{WHOLE * MEASURES:,} measures, {WHOLE * MEASURES * DEADLINES:,} obligations, {WHOLE * PEOPLE:,} mails on "
               f"the busiest morning, {A_YEAR:,} events a year, {BUSIEST:.0f} a second in the busiest hour.")
    table.head("what", "here, a tenth", "one daemon, the whole", "so that")
    table.line("mails of the busiest morning", f"{one['sent']:.0f} s", f"{sent / 60:.1f} minutes",
               "the last leaves by " + clock(sent) + ", if it is to leave by 08:30 that is "
               + ("enough" if sent < 1800 else f"work for {sent / 1800:.0f} daemons"))
    table.line("its reminders decided", f"{one['decided']:.1f} s", f"{decided:.0f} s",
               "by one daemon, whoever holds the lease: more daemons do not shorten it")
    table.line("events of the busiest hour", f"{number(one['intake'])} /s are possible",
               f"{100 * BUSIEST / one['intake']:.1f} % of that", "intake needs no second daemon but to be there when one "
               "is not")
    table.line("the plan in memory", f"{one['memory']:.0f} MiB", f"{WHOLE * one['memory'] / 1024:.1f} GiB",
               "each daemon has it whole")
    table.line("first start, all obligations made", f"{one['first start']:.0f} s",
               f"{WHOLE * one['first start'] / 60:.1f} minutes", "once; nothing is answered before it is over")
    table.line("restart", f"{one['start']:.1f} s", f"{WHOLE * one['start']:.0f} s", "another daemon answers meanwhile")
    table.line("store after a year", f"{one['bytes'] / MIB:.0f} MiB, {one['event bytes']:.0f} bytes an event",
               f"{disk:.0f} GiB", "a common disk")


def clock(after):
    return f"{8 + int(after) // 3600:02}:{int(after) % 3600 // 60:02}"


ROWS = {"cluster": cluster}
