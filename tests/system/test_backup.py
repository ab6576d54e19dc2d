#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The README's chapter "Back up": a copy taken while the daemon works is whole, and is put back as the
chapter says."""
import contextlib
import os
import sqlite3
import threading
import time

from harness import ROOT, event, run


def newest(store):
    with contextlib.closing(sqlite3.connect(f"file:{store}?mode=ro&immutable=1", uri=True)) as db:
        ((seq,),) = db.execute("SELECT max(seq) FROM event")
    return seq


def taken_while_it_works_and_put_back(box):
    chapter = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Back up\n")[2]
    assert "paminn backup /var/lib/paminn/" in chapter.partition("\n## ")[0], "the chapter says otherwise"
    plan = box.plan()
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-05-12T07:00")
    daemon.until("2026-05-12T08:00")
    first = daemon.tell("status", "TN-1", "/people/anna", status="on-track", note="före")
    stopping, said = threading.Event(), []

    def go_on():
        peer = type(daemon.peer)(plan.submit)
        while not stopping.is_set():
            said.append(peer.ask(event("note", "TN-2", {"note": "x" * 1000}))["result"])
        peer.stop()

    others = threading.Thread(target=go_on)
    others.start()
    copy = box.folder / "copy.db"
    done = daemon.client("backup", copy)
    assert done == {"file": str(copy), "bytes": copy.stat().st_size}, done
    assert copy.stat().st_mode & 0o777 == 0o600 and not list(box.folder.glob("*.part"))
    stopping.set()
    others.join()
    assert said and set(said) == {"accepted"}, said
    last = daemon.tell("status", "TN-2", "/people/bo", status="done", note="efter")["seq"]
    daemon.stop()
    for name in ("paminn.db", "paminn.db-wal", "paminn.db-shm"):
        (box.folder / name).unlink(missing_ok=True)
    kept = newest(copy)
    copy.rename(box.folder / "paminn.db")
    daemon.start()
    assert first["seq"] <= kept < last
    assert daemon.logged(rf"a backup was put back: it ends with event {kept}, and events up to {last} were "
                         rf"acknowledged: {last - kept} are missing"), daemon.log
    assert daemon.obligation("KS-1", "TN-1")["answered_at"], "what was there before is there"
    assert not daemon.obligation("KS-1", "TN-2")["answered_at"], "what came after is not known"
    assert daemon.order("verify")["rows"] == []
    assert daemon.tell("note", "TN-1", note="vidare")["seq"] > first["seq"]
    assert len(sink.to("anna")) == 1, "a reminder that had left was sent again"
    daemon.restart("2026-05-12T09:00")
    assert len(daemon.logged("a backup was put back")) == 1, "it is said once"


def nothing_is_overwritten(box):
    daemon = box.daemon(box.plan(), "2026-05-12T07:00")
    for name in ("paminn.db", "paminnd.conf", "half.db.part"):
        (box.folder / name).touch()
        before = (box.folder / name).stat()
        text = daemon.client("backup", box.folder / name.removesuffix(".part"), code=65, text=True)
        assert "nothing is overwritten" in text, text
        assert (box.folder / name).stat().st_size == before.st_size
    answer = daemon.order("backup", file="relative.db")
    assert answer["code"] == "bad-data" and "name it in full" in answer["reason"], answer
    text = daemon.client("backup", box.folder / "nowhere/copy.db", code=65, text=True)
    assert "No such file or directory" in text and "such as in /var/lib/paminn" in text, text
    # Where the client is, not the daemon.
    os.chdir(box.folder)
    assert daemon.client("backup", "here.db")["file"] == f"{box.folder}/here.db"
    os.chdir("/")


def a_large_one_holds_nobody_up(box):
    """Statuses are answered as ever while a store of many MiB is copied."""
    daemon = box.daemon(box.plan(), "2026-05-12T07:00")
    for _ in range(20):
        daemon.ask([event("note", "TN-1", {"note": "x" * 900}) for _ in range(900)])
    done, waits = [], []
    other = threading.Thread(
        target=lambda: done.append(daemon.client("backup", box.folder / "copy.db")))
    other.start()
    while other.is_alive():
        began = time.monotonic()
        daemon.tell("note", "TN-2", note="y")
        waits.append(time.monotonic() - began)
    other.join()
    assert done and done[0]["bytes"] > 10_000_000, done
    assert sorted(waits)[len(waits) // 2] < 0.2, sorted(waits)[-5:]


run(taken_while_it_works_and_put_back, nothing_is_overwritten, a_large_one_holds_nobody_up)
