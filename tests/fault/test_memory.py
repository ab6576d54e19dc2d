#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Memory that is asked for isn't there, once and for good, and what is acknowledged is kept, what is answered true.

The requests are those of the daemon's own code, of Jansson's on its behalf, and of SQLite (memory.c). One that fails is
answered by `retry`, an error or silence, or ends the daemon with a sentence and exit code 71 or 74; an answer that is
given is the whole one, and no page lacks a part. The next life, with memory, finds all that was acknowledged, and
`verify` nothing. The client says that it has no memory, and ends with 71, or 75 before it has sent an event. In each
run some requests fail; before a release one of each place in the code, with memory coming back and with none from then
on.
Seen to fail where fclose alone was asked whether memory had lasted for what open_memstream wrote (a page without its
chart, a signal), where a template's text was freed twice (a signal), and where JSON that had no memory was taken for a
plan that can't be read (exit code 78).
"""
import collections
import os
import random
import subprocess

from asked import make_store
from oracle import SEED, broken_unless, figure
from kept import EVENING
from places import ANY, failing_at, listed, places
from trials import BATCH, Trials, difference

from harness import LONG, PAMINN, SANITIZER, run

SOME = 4  # requests that fail in each run
FOR_GOOD = {"PAMINN_PLACES_FOR_GOOD": "1"}
EXITS = (0, 71, 74)  # clean, without a resource, a store that can't be read or written: see paminnd(8)
COMMANDS = (("list",), ("why", "TN-1"), ("show", "TN-1"), ("report", "KS-1"), ("forecast",), ("board", "KS-1"),
            ("status", "TN-1", "on-track", "--note", "Går bra"), ("whoami",), ("today",), ("--json", "list"))


# ---- the daemon ------------------------------------------------------------------------------------

def some_requests_of_the_daemon(trials):
    chance = random.Random(SEED)
    chosen = [int(10 ** chance.uniform(0, 4.5)) for _ in range(SOME)]
    return sum(len(trials.several([[(ANY, n)] for n in some], PAMINN_PLACES_WHEN="submit.sock", **how))
               for some, how in ((chosen[::2], {}), (chosen[1::2], FOR_GOOD)))


def the_daemon_has_no_memory(box):
    make_store(box)
    trials = Trials("memory", box.folder, EXITS)
    count = len(trials.every)
    if not LONG:
        met = some_requests_of_the_daemon(trials)
        assert met >= SOME / 2, f"void: {met} of {SOME} requests came"
        figure("memory", f"{met}")
        return
    print("  " + ", ".join(f"{count} × {owner}" for owner, count in
                           collections.Counter(place.owner for place in trials.every).items()))
    once, for_good = trials.each_place(trials.every, BATCH), trials.each_place(trials.every, 1, **FOR_GOOD)
    assert min(once, for_good) >= 0.9 * count, f"void: {once} and {for_good} of {count} places"
    figure("memory", f"{once} once, {for_good} for good, of {count}")


# ---- the client ------------------------------------------------------------------------------------

def call(daemon, arguments, environment):
    return subprocess.run([PAMINN, "--server", daemon.plan.submit, *arguments], capture_output=True, timeout=60,
                          text=True, env={**os.environ, "HOME": str(daemon.folder), "LC_ALL": "C.UTF-8", **environment})


def the_client_has_no_memory(box):
    daemon, chance = box.daemon(box.plan(), EVENING), random.Random(SEED)
    tried = 0
    for arguments in COMMANDS if LONG else chance.sample(COMMANDS, 1):
        environment, path = listed("memory", box.folder)
        good = call(daemon, arguments, environment)
        assert good.returncode == 0, good
        every = places(path)
        for place in every if LONG else chance.sample(every, SOME):
            environment, struck = failing_at("memory", [(place, chance.randint(1, place.count))], box.folder,
                                             **FOR_GOOD if LONG and chance.random() < 0.5 else {})
            done = call(daemon, arguments, environment)
            where = f"{' '.join(arguments)} at {place}"
            assert not SANITIZER.search(done.stderr), f"{where}: {done.stderr}"
            assert done.returncode in (0, 71, 75), f"{where}: {done}"
            assert done.returncode == 0 or done.stderr, f"{where}: it says nothing"
            broken_unless(done.returncode or arguments[0] == "status" or done.stdout == good.stdout,
                          f"{where}: {difference(done.stdout, good.stdout)}")
            tried += struck.exists()
    assert tried, "void: no request came"
    figure("memory-client", tried)


run(the_client_has_no_memory, the_daemon_has_no_memory)
