# SPDX-License-Identifier: Apache-2.0
"""A million obligations: 20,000 measures that 50 deadlines ask for."""
import json
import os
import struct
import time
from pathlib import Path

import peers
from harness import PAMINND, another_box
from intake import QUIET, DEPTH, hundred_measures, load
from peers import memory
from plan import EVENING, add_plan
from table import Contender, number

MEASURES, DEADLINES = 20000, 50
EVENTS, ALERTS = 30000, 100000
HELD = Path(os.environ.get("PAMINND", PAMINND)).parents[1] / "tests/bench/held.so"
ASKED = {  # once each, for how long the loop is held and what is in memory meanwhile
    "list of one deadline": ("list", {"deadline": "D-3", "all": True}),
    "list of one owner": ("list", {"owner": "p7", "all": True}),
    "people": ("people", {}),
    "today": ("today", {}),
    "board": ("board", {}),
    "why of one deadline": ("why", {"item": "D-3"}),
    "report of one deadline": ("report", {"deadline": "D-3"}),
    "the same as HTML": ("report", {"deadline": "D-3", "format": "html"}),
    "forecast of a month": ("forecast", {"month": "2026-05"}),
}
MIB = 1 << 20


def seconds(act):
    began = time.monotonic()
    act()
    return time.monotonic() - began


def answered(daemon, name, **params):
    """How long the daemon takes for a whole answer, page by page; reading it is the asker's time."""
    took, rows, after = 0, 0, {}
    while True:
        daemon.peer.send({"query": name, "params": {**params, **after}})
        began = time.monotonic()
        daemon.peer.socket.poll(60000)
        text = daemon.peer.socket.recv()
        took += time.monotonic() - began
        answer = json.loads(text)
        assert answer["result"] == "ok", answer
        rows += len(answer["rows"])
        if not answer.get("next"):
            return took, answer["rows"] if rows == 1 else rows
        after = {"after": answer["next"]}


def listed(daemon):
    took, rows = answered(daemon, "list", deadline="D-3", all=True)
    assert rows == MEASURES + 1, f"{rows} of {MEASURES + 1} rows"
    return took


def reported(daemon):
    took, (report,) = answered(daemon, "report", deadline="D-3")
    assert len(report["rows"]) == MEASURES, f"{len(report['rows'])} of {MEASURES} rows"
    return took


class Held:
    """How long the loop of a daemon is held, as tests/bench/held.c tells; it begins anew with each reading."""

    def __init__(self, daemon):
        self.file = Path(daemon.folder) / "held"
        daemon.environment.update({"LD_PRELOAD": str(HELD), "HELD": str(self.file)})

    def longest(self):
        """Milliseconds of processor time."""
        (most,) = struct.unpack("q", self.file.read_bytes())
        with self.file.open("r+b") as file:
            file.write(bytes(8))
        return most / 1e6


def each_query(table, daemon):
    """Of each query how long it held the loop at most, and what was in memory at most, of a daemon begun anew."""
    held = Held(daemon)
    daemon.stop()
    daemon.start(write=False)
    table.head("query", "the loop held at most", "in memory at most", "goal", "met")
    for what, (name, params) in ASKED.items():
        time.sleep(1)  # what the last answer took is given back
        Path(f"/proc/{daemon.process.pid}/clear_refs").write_text("5")
        held.longest()
        answered(daemon, name, **params)
        daemon.query("whoami")  # the loop has waited again since
        most, mib = held.longest(), memory(daemon.process, "VmHWM")
        table.line(what, f"{number(most)} ms", f"{number(mib)} MiB", "≤ 50 ms, ≤ 64 MiB",
                   table.judge(most <= 50 and mib <= 64))


def alertmanager_memory():
    with peers.Alertmanager() as server:
        server.rate(100, ALERTS)
        return server.memory


def size(table):
    table.begin("size", f"{MEASURES * DEADLINES:,} obligations: {MEASURES:,} measures that {DEADLINES} deadlines ask for.")
    firsts, starts, ready, lists, reports, most = [], [], [], [], [], []
    for turn in range(min(3, table.rounds)):
        with another_box() as box:
            plan = add_plan(hundred_measures(box), MEASURES, DEADLINES)
            plan.write()
            daemon = box.daemon(plan, EVENING, start=False)
            firsts.append(seconds(lambda: daemon.start(write=False)))
            table.say(f"first start {turn + 1}: {firsts[-1]:.1f} s")
            if turn:
                continue  # what is there then is looked at once
            for _ in range(table.rounds):
                daemon.stop()
                starts.append(seconds(lambda: daemon.start(write=False)))
                ready.append(memory(daemon.process))
                lists.append(listed(daemon))
                reports.append(reported(daemon))
                most.append(memory(daemon.process, "VmHWM"))
            table.figures(("start to ready, restarted", "s", starts, 0.5), ("in memory when ready", "MiB", ready, 64),
                          ("… at most, after list and report", "MiB", most, 64),
                          ("list of one deadline, all pages", "s", lists, 0.3),
                          ("report of one deadline", "s", reports, 0.3))
            each_query(table, daemon)
            beside_an_empty_store(table, daemon)
    table.figures(("first start, all obligations made", "s", firsts, 5),
                  (f"beside it: Alertmanager's memory with {ALERTS:,} alerts", "MiB", [alertmanager_memory()], None))


def beside_an_empty_store(table, daemon):
    with another_box() as box:
        empty = box.daemon(hundred_measures(box), QUIET)
        table.compare("/s", [
            Contender("**intake** into that store", "durable", lambda: load(daemon, EVENTS, DEPTH)["rate"]),
            Contender("intake into an empty store", "durable", lambda: load(empty, EVENTS, DEPTH)["rate"], goal=0.8)])


ROWS = {"size": size}
