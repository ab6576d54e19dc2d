#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A whole region: 5,000 measures × 20 deadlines; and ten times as much, 20,000 × 50. Prints what it
took; asserts what is there, the memory and what was read of the store, never a duration."""
import re
import sys
import threading
import time
from pathlib import Path

from harness import ROOT, Peer, event, run, wait_for

sys.path.insert(0, str(ROOT / "tests/bench"))
from plan import EVENING, write_plan  # noqa: E402

MEASURES, DEADLINES, OWNERS = 5000, 20, 500
LIMIT = 64 << 20  # bytes of resident memory


def resident(daemon, key="VmRSS"):
    text = Path(f"/proc/{daemon.process.pid}/status").read_text()
    return int(re.search(rf"{key}:\s+(\d+) kB", text)[1]) << 10


def timed(what, act):
    began = time.monotonic()
    result = act()
    print(f"  {what}: {time.monotonic() - began:.2f} s", flush=True)
    return result


def whole_region(box):
    plan = write_plan(box.folder, MEASURES, DEADLINES, owners=OWNERS)
    daemon = box.daemon(plan, EVENING, start=False)
    timed("first start, 100,000 obligations made", lambda: daemon.start(write=False))
    daemon.stop()
    timed("start to ready", lambda: daemon.start(write=False))
    print(f"  resident when ready: {resident(daemon) >> 20} MiB")
    assert resident(daemon) < LIMIT, resident(daemon)
    rows = timed("list of one deadline", lambda: daemon.query("list", deadline="D-3", all=True))
    assert len(rows) == MEASURES + 1, len(rows)
    answers = meanwhile(daemon)
    rows = timed("forecast of a month", lambda: daemon.query("forecast", month="2026-05"))
    slowest, asked = answers()
    print(f"  meanwhile {asked} events answered, the slowest after {slowest * 1000:.0f} ms")
    print(f"  resident after it: {resident(daemon) >> 20} MiB, "
          f"at most {resident(daemon, 'VmHWM') >> 20}")
    assert asked > 0, "intake stalled"
    # 27 April … 29 May: each owner has 10 measures in each deadline, and one message a morning.
    items = sum(len(row["items"]) for row in rows)
    assert len(rows) > OWNERS and items > MEASURES, (len(rows), items)
    told = {row["to"] for row in rows}
    assert len(told) == OWNERS + 5 and {"anna", "bo", "ola", "mona", "stina"} <= told, len(told)
    assert resident(daemon) < LIMIT, f"{resident(daemon) >> 20} MiB"
    rows = bounded(daemon, "verify", 64 << 30, lambda: daemon.order("verify")["rows"])
    assert rows == [], rows[:3]


def read(daemon):
    """Bytes that it has read from files so far: of those that the store's own cache did not have."""
    return int(re.search(r"rchar: (\d+)", Path(f"/proc/{daemon.process.pid}/io").read_text())[1])


def bounded(daemon, what, most, ask):
    """What `ask` returns; meanwhile no more than `most` bytes of the store are read, and the memory is bounded."""
    Path(f"/proc/{daemon.process.pid}/clear_refs").write_text("5")  # VmHWM begins anew
    before = read(daemon)
    rows = timed(what, ask)
    took, peak = read(daemon) - before, resident(daemon, "VmHWM")
    print(f"    {took >> 20} MiB read, at most {peak >> 20} MiB resident")
    assert took < most, f"{what}: {took >> 20} MiB read"
    assert peak < LIMIT, f"{what}: {peak >> 20} MiB resident"
    return rows


def million_obligations(box):
    """An index finds what is asked for, and rows are made when their page is. What a report of 20,000 rows takes is
    given back when it has left."""
    plan = write_plan(box.folder, 20000, 50)
    daemon = box.daemon(plan, EVENING, start=False)
    daemon.patience = 120
    timed("first start, 1,000,000 obligations made", lambda: daemon.start(write=False))
    daemon.stop()
    timed("start to ready", lambda: daemon.start(write=False))
    print(f"  resident when ready: {resident(daemon) >> 20} MiB")
    assert resident(daemon) < LIMIT, resident(daemon)
    whole = Path(plan.settings["store"]).stat().st_size
    rows = bounded(daemon, "list of one deadline", whole // 4,
                   lambda: daemon.query("list", deadline="D-3", all=True))
    assert len(rows) == 20001 and {row["deadline"] for row in rows} == {"D-3"}, len(rows)
    rows = bounded(daemon, "list of one owner", whole // 4,
                   lambda: daemon.query("list", owner="p7", all=True))
    assert len(rows) == 2000 and {row["owner"] for row in rows} == {"p7"}, len(rows)
    rows = bounded(daemon, "people", 2 * whole, lambda: daemon.query("people"))
    assert len(rows) == 506 and {row["owes"] for row in rows[6:]} == {40}, len(rows)  # of D-0
    rows = bounded(daemon, "why of one deadline", whole, lambda: daemon.query("why", item="D-3"))
    assert len(rows) > 200000, len(rows)
    assert rows == sorted(rows, key=lambda row: row["when"]), "out of order"
    for _ in range(2):
        (report,) = timed("report", lambda: daemon.query("report", deadline="D-3"))
        assert len(report["rows"]) == 20000, len(report["rows"])
    print(f"  resident at most: {resident(daemon, 'VmHWM') >> 20} MiB")
    wait_for(lambda: resident(daemon) < LIMIT, "the memory of the report to be given back", 10)
    print(f"  resident after it: {resident(daemon) >> 20} MiB")


def meanwhile(daemon):
    """Submit one event after another until the returned function is called: (slowest, count)."""
    over, times = threading.Event(), []

    def submit():
        peer = Peer(daemon.plan.submit)
        while not over.is_set():
            began = time.monotonic()
            answer = peer.ask(event("note", "R-7", {"note": "x"}))
            assert answer["result"] == "accepted", answer
            times.append(time.monotonic() - began)
        peer.stop()

    thread = threading.Thread(target=submit)
    thread.start()

    def end():
        over.set()
        thread.join()
        return max(times), len(times)
    return end


def a_meeting_that_moves_two_thousand(box):
    """What would follow is told of the first 500, each with what it sends, and the others are counted."""
    plan = box.plan()
    for number in range(2000):
        plan.add("measures", f"TN-{number + 10}", title=f"Åtgärd {number}", owner="anna")
    daemon = box.daemon(plan, "2026-05-04T07:00")
    owed = len(daemon.query("list", deadline="KS-1", all=True))
    moved = event("meeting", "KS", {"from": "2026-06-02", "replaces": "2026-05-26"})
    (row,) = timed("what would follow from a meeting",
                   lambda: daemon.query("consequences", event=moved))
    assert len(row["moves"]) == 500 and row["more"] == owed - 500, (len(row["moves"]), row["more"])
    leaves = {item.get("measure") for message in row["leaves"] for item in message["items"]}
    silent = {each["measure"] for each in row["moves"]} - leaves
    assert not silent, silent


run(million_obligations, a_meeting_that_moves_two_thousand, long=(whole_region,))
