#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The store: one daemon at a time, its kind, and a full disk.

Row 7: two daemons, one SQLite. Seen to fail when the store is not locked (flock in ledger/store_file.c).
"""
import contextlib
import os
import re
import sqlite3
import subprocess
import time
import urllib.parse
from pathlib import Path

from harness import Skip, be_root, event, run, small_plan, wait_for
from web import Web


def second_daemon_is_refused(box):
    plan = box.plan()
    daemon = box.daemon(plan, "2026-04-22T12:00")
    # Another configuration on the same store: it is the store that is taken, not the sockets.
    other = box.folder / "other"
    other.mkdir()
    second = small_plan(other)
    second.settings["store"] = plan.settings["store"]
    second.write()
    done = subprocess.run([*daemon.command()[:1], "--config", other / "paminnd.conf", "--clock",
                           "2026-04-22T12:00@1"], capture_output=True, text=True, timeout=30)
    assert done.returncode == 75, (done.returncode, done.stderr)
    assert f"pid {daemon.process.pid}" in done.stderr, done.stderr
    assert daemon.query("whoami")


def second_daemon_by_another_name_is_refused(box):
    plan = box.plan()
    daemon = box.daemon(plan, "2026-04-22T12:00@1")
    store = Path(plan.settings["store"])
    other = box.folder / "other"
    other.mkdir()
    second = small_plan(other)
    for name, make in (("soft.db", os.symlink), ("hard.db", os.link)):
        make(store, other / name)
        second.settings["store"] = str(other / name)
        second.write()
        done = subprocess.run([*daemon.command()[:1], "--config", other / "paminnd.conf", "--clock",
                               "2026-04-22T12:00@1"], capture_output=True, text=True, timeout=30)
        assert done.returncode == 75, (name, done.returncode, done.stderr)
        assert f"pid {daemon.process.pid}" in done.stderr, done.stderr
    assert daemon.ask(event("note", "TN-1", {"note": "ett"}))["result"] == "accepted"


def empty_file_is_no_store(box):
    plan = box.plan()
    store = Path(plan.settings["store"])
    store.write_bytes(b"")
    daemon = box.daemon(plan, "2026-04-22T12:00@1", start=False)
    daemon.expect(r"paminn\.db: the file is empty")
    daemon.start(ready=False)
    assert daemon.ended() == 78
    assert store.read_bytes() == b"", "it was written to"


def stops_without_its_store(box, act):
    plan = box.plan()
    daemon = box.daemon(plan, "2026-04-22T12:00@1")
    daemon.expect("removed or replaced")
    daemon.tell("note", "TN-1", note="ett")
    act(Path(plan.settings["store"]))
    daemon.client("--timeout", 2, "note", "TN-1", "två", code=75, text=True)
    assert daemon.ended() == 74
    assert daemon.logged(r"storage: the store's file was removed or replaced, stopping")


def removed_store_stores_nothing(box):
    stops_without_its_store(box, os.unlink)


def replaced_store_stores_nothing(box):
    def replace(store):
        copy = box.folder / "copy"
        copy.write_bytes(store.read_bytes())
        copy.rename(store)
    stops_without_its_store(box, replace)


def another_program_that_writes_is_waited_for(box):
    """Somebody's sqlite3 has the write lock: `busy`, said once in the log, and nobody is kept waiting."""
    plan = box.plan()
    daemon = box.daemon(plan, "2026-04-22T12:00@1")
    daemon.expect("another program has locked the store")  # the reload says so too
    shell = sqlite3.connect(plan.settings["store"], isolation_level=None)
    shell.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    one = event("note", "TN-1", {"note": "ett"})
    for _ in range(20):
        answer = daemon.ask(one)
        assert (answer["result"], answer["code"]) == ("retry", "busy"), answer
        assert daemon.query("list", all=True), "queries stopped"
    for command in ("reload", "hold"):
        answer = daemon.order(command, **({"on": True} if command == "hold" else {}))
        assert (answer["result"], answer["code"]) == ("retry", "busy"), answer
    assert time.monotonic() - began < 5, "the loop stood still"
    shell.execute("ROLLBACK")
    shell.close()
    wait_for(lambda: daemon.ask(one)["result"] in ("accepted", "duplicate"), "the store to be free")
    assert len(daemon.logged("storage: another program has locked the store")) == 1
    assert daemon.logged("the store is free again")


def log_never_lands_in_the_store(box):
    """Whoever starts it may have closed standard error: its number is not the store's."""
    plan = box.plan()
    daemon = box.daemon(plan, "2026-04-22T12:00@1", start=False)
    plan.write()
    process = subprocess.Popen(["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", *daemon.command()])
    try:
        # A bad event is a line in the log.
        wait_for(lambda: os.path.exists(plan.settings["store"]), "the store")
        targets = {os.readlink(f"/proc/{process.pid}/fd/{fd}") for fd in (0, 1, 2)}
        assert targets == {"/dev/null"}, targets
    finally:
        process.terminate()
        assert process.wait(20) == 0


def rehearsal_and_real_run_refuse_each_other(box):
    plan = box.plan()
    daemon = box.daemon(plan, "2026-04-22T12:00")
    daemon.stop()
    daemon.expect("rehears")
    daemon.clock = None
    daemon.start(ready=False)
    assert daemon.ended() == 78
    plan.settings["store"] = str(box.folder / "real.db")
    daemon.start()
    daemon.stop()
    daemon.clock = "2026-04-22T12:00"
    daemon.start(ready=False)
    assert daemon.ended() == 78
    assert len(daemon.logged(r"^<3>.*rehears.*")) == 2, daemon.log_text()


def store_option_is_another_store(box):
    plan = box.plan()
    daemon = box.daemon(plan, start=False)
    daemon.start()
    daemon.stop()
    before = Path(plan.settings["store"]).read_bytes()
    other = box.folder / "other.db"
    daemon.clock = "2026-04-22T12:00"
    daemon.command = lambda *more, given=daemon.command: [*given(*more), "--store", str(other)]
    daemon.start()
    daemon.stop()
    assert other.exists() and Path(plan.settings["store"]).read_bytes() == before


def what_is_no_store_is_refused(box):
    plan = box.plan()
    Path(plan.settings["store"]).write_text("Dear diary\n" * 1000)
    daemon = box.daemon(plan, "2026-04-22T12:00", start=False)
    daemon.expect(r"paminn\.db")
    daemon.start(ready=False)
    assert daemon.ended() == 78
    assert Path(plan.settings["store"]).read_text().startswith("Dear diary"), "it was overwritten"


def disk_full(box):
    """Row 5: new events get `retry` and `storage-full`; it stays up and resumes of itself. Seen to fail with SQLITE_FULL
    taken for a broken disk (ledger/sqlite.c)."""
    if os.geteuid() != 0:
        raise Skip("this machine lets only root mount a small file system")
    disk = box.folder / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk],
                      capture_output=True).returncode:
        raise Skip("this machine lets nobody mount")
    try:
        fill(box, disk)
    finally:
        for daemon in box.daemons:
            if daemon.process:
                daemon.stop()
        subprocess.run(["umount", disk], check=True)


def fill(box, disk):
    plan = box.plan()
    plan.settings["store"] = str(disk / "paminn.db")
    web = Web(box, "2026-04-22T12:00", plan, run=False)
    daemon = web.daemon
    daemon.expect("storage", "full", "disk")
    ballast = disk / "ballast"
    ballast.write_bytes(b"x" * 200000)
    daemon.start()
    accepted, last = [], None
    for _ in range(2000):
        last = event("note", "TN-1", {"note": "x" * 3000})
        answer = daemon.ask(last)
        if answer["result"] != "accepted":
            break
        accepted.append((last, answer["seq"]))
    assert (answer["result"], answer["code"]) == ("retry", "storage-full"), answer
    assert answer["id"] == last["id"] and len(answer["reason"]) > 20, answer
    assert len(accepted) > 5, "it was full too soon to tell"
    for one, seq in accepted[-5:]:
        known = daemon.ask(one)
        assert (known["result"], known.get("seq")) == ("duplicate", seq), known
    assert daemon.query("list", all=True), "queries stopped"
    assert len(daemon.logged(r"^<[0-4]>.*")) < 10, "an error line for each event"
    ready = web.get("/readyz")
    assert ready.status == 503 and "disk is full" in ready.text, ready.raw
    assert web.get("/healthz").status == 200
    # A page keeps what was typed, and the same form counts once there is room.
    path = re.search(r"/a/[A-Za-z0-9_-]+", daemon.client("link", "a", "anna", "TN-1", text=True))[0]
    nonce = re.search(r'name="event\.1" value="([^"]+)"', web.get(path).text)[1]
    # As long as what did not fit: less may still find room.
    form = urllib.parse.urlencode({"action": "answer", "item.1": "1", "event.1": nonce,
                                   "status.1": "on-track", "note.1": "Det jag skrev " + "x" * 3500})
    kept = web.post(path, form)
    assert kept.status == 503 and "Svaret kunde inte sparas just nu" in kept.text, kept.raw
    assert "Det jag skrev" in kept.text and nonce in kept.text, kept.text
    ballast.unlink()
    answer = daemon.ask(last)
    assert answer["result"] == "accepted", f"it did not resume: {answer}"
    accepted.append((last, answer["seq"]))
    ready = web.get("/readyz")
    assert ready.status == 200, f"something is kept again: {ready.raw}"
    assert [web.post(path, form).status for _ in range(2)] == [303, 303]
    assert len([each for each in daemon.query("show", item="TN-1")[0]["events"]
                if each["type"] == "paminn.status"]) == 1
    # Of itself too, while nobody sends anything.
    ballast.write_bytes(b"x" * 100000)
    with contextlib.suppress(OSError), ballast.open("ab", buffering=0) as rest:
        while True:
            rest.write(b"x" * 512)
    while daemon.ask(event("note", "TN-1", {"note": "x" * 3000}))["result"] == "accepted":
        pass
    assert web.get("/readyz").status == 503
    ballast.unlink()
    wait_for(lambda: time.sleep(0.5) or web.get("/readyz").status == 200, "it is ready again", 12)
    daemon.restart()
    for one, seq in accepted:
        known = daemon.ask(one)
        assert (known["result"], known.get("seq")) == ("duplicate", seq), known


be_root()
run(second_daemon_is_refused, second_daemon_by_another_name_is_refused, empty_file_is_no_store,
    removed_store_stores_nothing, replaced_store_stores_nothing, another_program_that_writes_is_waited_for,
    log_never_lands_in_the_store, rehearsal_and_real_run_refuse_each_other,
    store_option_is_another_store, what_is_no_store_is_refused, disk_full)
