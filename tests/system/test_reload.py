#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Row 25: a plan that is bad, and reloads in the midst of everything. `file:line: reason`, the old configuration kept
whole, nothing lost. (SIGTERM in DATA: test_service.py stops_in_mid_delivery; a bad start: test_intake.py
bad_starts_say_why.)

Seen to fail: the broken plans, when every fault is but a warning; the reloads under load, when one forgets what waits to
be answered; the full table, when there are descriptors after all.
"""
import itertools
import json
import os
import random
import re
import resource
import shutil
import signal
import threading
import time

import zmq

from harness import CONTEXT, LONG, ROOT, Plan, event, run, wait_for

DEMO = ROOT / "conf/demo/plan.d"
SEED = int(os.environ.get("PAMINN_SEED", "25"))
BROKEN = 2000 if LONG else 200
FAULT = re.compile(r"(\S+\.conf):(\d+): \S.{5,}")


# ---- ways to break a plan --------------------------------------------------------------------------

def cut(rng, text):
    return text[:rng.randrange(len(text) // 20, len(text) - 20)]


def lose_a_sign(rng, text):
    at = rng.choice([found.start() for found in re.finditer(r'[;(){}"=\]\[]', text)])
    return text[:at] + text[at + 1:]


def double_a_line(rng, text):
    lines = text.splitlines(True)
    at = rng.choice([n for n, line in enumerate(lines) if "id = " in line])
    return "".join(lines[:at + 1] + lines[at:])


def another_word(rng, text):
    """A key or a value becomes nonsense."""
    found = rng.choice(list(re.finditer(r'\w[\w-]*(?= *=)|(?<=")[^"\n]+(?=")', text)))
    wrong = rng.choice(["nobody-at-all", "fyll i", "x" * 5000, "\x1b[31m", "2026-02-31", "-1", "\x00", "\xff",
                        "a\\nb", "<klicka här>", "\u202eabc"])
    return text[:found.start()] + wrong + text[found.end():]


def a_large_number(rng, text):
    found = rng.choice(list(re.finditer(r"(?<== )\d+L?", text)) or [re.match("", text)])
    return text[:found.start()] + "99999999999999999999999L" + text[found.end():]


def a_key_more(rng, text):
    at = rng.choice([found.end() for found in re.finditer(r"\{", text)])
    return text[:at] + f" ledtid{rng.randrange(9)} = 3; " + text[at:]


def noise(rng, text):
    at = rng.randrange(len(text))
    return text[:at] + "".join(rng.choice('{}()[];="\\/*#\n\t@') for _ in range(rng.randrange(1, 9))) + text[at:]


WAYS = (cut, lose_a_sign, double_a_line, another_word, a_large_number, a_key_more, noise)


def demo(box):
    """The plan of conf/demo, with this box's settings."""
    plan = Plan(box.folder)
    shutil.copytree(DEMO, box.folder / "plan.d")
    plan.settings["plan"] = ["plan.d/*.conf"]
    plan.settings["ladders"] = tuple({**plan.settings["ladders"][0], "name": name}
                                     for name in ("standard", "short", "monthly"))
    return plan


def state(daemon):
    """All that a plan says and what has come of it, as far as queries tell."""
    return [daemon.query("list", all=True), daemon.query("forecast"), daemon.query("outbox"),
            [daemon.query("show", item=row["measure"]) for row in daemon.query("list", all=True)[:3]
             if row["measure"]]]


def broken_plans_change_nothing(box):
    daemon = box.daemon(demo(box), "2026-05-04T06:00")
    daemon.expect(r"\.conf:\d+: ", "not reloaded", "channel mail is down")
    files = sorted((box.folder / "plan.d").iterdir())
    good = {path: path.read_text(encoding="utf-8") for path in files}
    before, rng, refused, harmless = state(daemon), random.Random(SEED), 0, 0
    while refused < BROKEN:
        path, way = rng.choice(files), WAYS[(refused + harmless) % len(WAYS)]
        # Bytes that are no text stand for themselves.
        path.write_bytes(way(rng, good[path]).encode("utf-8").replace("\xff".encode(), b"\xff"))
        answer = daemon.order("reload")
        if answer["result"] == "ok":  # it was a change, or of a comment, and no fault
            harmless += 1
            assert harmless < BROKEN, "hardly one of them is broken"
        else:
            refused += 1
            assert answer["result"] == "rejected", (way.__name__, answer)
            assert FAULT.match(answer["reason"]), (way.__name__, answer)
            name, line = FAULT.match(answer["reason"]).groups()
            assert name.endswith(path.name) or way is not cut and "plan.d/" in name or \
                name.endswith(".conf"), (way.__name__, answer)
            assert 1 <= int(line) <= path.read_bytes().count(b"\n") + 2 or not name.endswith(path.name), answer
            if refused % 50 == 0 or LONG:
                assert state(daemon) == before, (way.__name__, answer)
        path.write_text(good[path], encoding="utf-8")
        if answer["result"] == "ok":
            assert daemon.order("reload")["result"] == "ok"
            before = state(daemon)
    assert state(daemon) == before
    assert not daemon.logged("[\x00-\x08\x0b-\x1f]"), "control characters in the log"
    print(f"  figure: broken-plans {refused} refused ({harmless} harmless ones besides) seed={SEED}", flush=True)


# ---- in the midst of everything -------------------------------------------------------------------

def reloads_under_load_lose_nothing(box):
    """Every 50 ms the plan is another one, or a bad one, while two peers send."""
    plan = box.plan()
    daemon = box.daemon(plan, "2026-05-04T06:00")
    daemon.expect(r"plan\.conf:\d+: ", "not reloaded", "channel mail is down")
    over, sent, answers = threading.Event(), [], {}

    def load(source):
        with CONTEXT.socket(zmq.REQ) as peer:
            peer.set(zmq.LINGER, 0)
            peer.connect(plan.submit)
            while not over.is_set():  # one that has failed leaves what it has sent without answers
                batch = [event("note", "TN-1", {"note": "under last"}, source) for _ in range(20)]
                sent.extend(batch)
                peer.send_json(batch)
                assert peer.poll(30000), "no answer"
                answers.update({answer["id"]: answer for answer in peer.recv_json()})
                time.sleep(0 if LONG else 0.05)
    peers = [threading.Thread(target=load, args=(f"/people/{who}",)) for who in ("anna", "stina")]
    results = []
    for each in peers:
        each.start()
    good = (box.folder / "plan.conf").read_text(encoding="utf-8")
    texts = itertools.cycle([good.replace("Färre inhyrda", "Ännu färre"), good, good.replace('owner = "anna"', 'owner = "x"'),
                             good[:-40]])
    for _ in range(200 if LONG else 40):
        (box.folder / "plan.conf").write_text(next(texts), encoding="utf-8")
        results.append(daemon.order("reload")["result"])
        time.sleep(0.05)
    over.set()
    for each in peers:
        each.join()
    assert results.count("ok") == results.count("rejected") == len(results) // 2, results
    assert len(answers) == len(sent) > 100 and {one["result"] for one in answers.values()} == {"accepted"}
    for start in range(0, len(sent), 1000):
        for again in daemon.ask(sent[start:start + 1000]):
            assert (again["result"], again["seq"]) == ("duplicate", answers[again["id"]]["seq"]), again
    print(f"  {len(results)} reloads, {len(sent)} events", flush=True)


def a_reload_without_descriptors_changes_nothing(box):
    plan = box.plan()
    daemon = box.daemon(plan, "2026-05-04T06:00")
    daemon.expect("Too many open files", "not reloaded", r"\.conf", "channel mail is down", "could not", "can not be")
    daemon.tell("note", "TN-1", note="före")
    pid = daemon.process.pid
    before = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    plan.measures["TN-1"]["owner"] = "bo"
    plan.write()
    # As many as are open, so that not a file of the plan can be.
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (3, before[1]))
    daemon.process.send_signal(signal.SIGHUP)
    wait_for(lambda: daemon.logged("not reloaded, all stays as it was"), "the reload")
    daemon.tell("note", "TN-1", note="under tiden")
    resource.prlimit(pid, resource.RLIMIT_NOFILE, before)
    assert daemon.obligation("KS-1", "TN-1")["owner"] == "anna"
    assert daemon.logged("Too many open files"), daemon.log_text()
    daemon.notices.clear()
    daemon.process.send_signal(signal.SIGHUP)
    wait_for(lambda: "READY=1" in daemon.notices, "the next reload")
    assert daemon.obligation("KS-1", "TN-1")["owner"] == "bo"


run(broken_plans_change_nothing, reloads_under_load_lose_nothing, a_reload_without_descriptors_changes_nothing)
