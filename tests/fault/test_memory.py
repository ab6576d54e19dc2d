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
import concurrent.futures
import os
import random
import re
import subprocess

from oracle import SEED, broken_unless, figure
from kept import EVENING, prepare
from places import ANY, listed, missing_at, places
from starved import Starved

from harness import LONG, PAMINN, SANITIZER, another_box, run

AT_ONCE = 4  # lives that are tried side by side: much of one is waiting
SOME = 4  # requests that fail in each run
BATCH = 5  # places that fail in one life, which it mostly survives
EXITS = (0, 71, 74)  # clean, without a resource, a store that can't be read or written: see paminnd(8)
COMMANDS = (("list",), ("why", "TN-1"), ("show", "TN-1"), ("report", "KS-1"), ("forecast",), ("board", "KS-1"),
            ("status", "TN-1", "on-track", "--note", "Går bra"), ("whoami",), ("today",), ("--json", "list"))


def make_store(box):
    box.daemon(prepare(box)[0], EVENING).stop()


def difference(text, expected):
    """Where the one text begins to be another."""
    begin = len(os.path.commonprefix((text, expected)))
    return f"is {text[max(begin - 60, 0):begin + 60]!r}, not {expected[max(begin - 60, 0):begin + 60]!r}"


# ---- the daemon ------------------------------------------------------------------------------------

def fed(kept, environment):
    """What a life says to which nothing is missing, judged like the others."""
    with another_box() as box:
        life = Starved(box, kept, environment)
        code = life.live()
        assert code == 0, f"the life without a fault ended with {code}"
        life.judge("without a fault")
        return life.said


def runs_out(requests, for_good, kept, said, once_ready=False):
    """The places at which this life has asked in vain."""
    with another_box() as box:
        environment, struck = missing_at(requests, for_good, box.folder)
        if once_ready:
            environment["PAMINN_MEMORY_WHEN"] = str(box.folder / "submit.sock")
        life = Starved(box, kept, environment, struck)
        life.daemon.expect("")
        code, met = life.live(), places(struck)
        where = f"{'for good' if for_good else 'once'} at {', '.join(map(str, met))}"
        assert not SANITIZER.search(life.daemon.log_text()), where
        assert code in (EXITS if met else (0,)), f"{where}: it ended with {code}"
        assert code == 0 or life.daemon.logged("^<3>.*"), f"{where}: it ended with {code}, and says nothing"
        if life.is_whole:
            composed_later = life.daemon.logged("could not be composed")  # and says what has come about since
            for what, text in life.said.items():
                if composed_later and what.startswith("mail "):
                    continue
                broken_unless(text == said[what], f"{where}: {what} {difference(text, said[what])}")
        life.judge(where)
        return met


def some_requests_of_the_daemon(kept):
    said, chance = fed(kept, {}), random.Random(SEED)
    chosen = [(int(10 ** chance.uniform(0, 4.5)), n % 2 == 1) for n in range(SOME)]
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        return sum(len(met) for met in pool.map(
            lambda each: runs_out([(ANY, each[0])], each[1], kept, said, once_ready=True), chosen))


def each_place(every, for_good, kept, said):
    """How many were met. Those that a life does not come to, since it has ended at another, have their own then."""
    chance = random.Random(SEED)
    met, count = set(), 1 if for_good else BATCH
    for size in (count, 1, 1):
        left = [place for place in every if place.number not in met]
        chance.shuffle(left)
        # Any request of a place at first, and then the first, to which it comes for sure.
        lives = [[(place, chance.randint(1, place.count) if size > 1 else 1) for place in left[at:at + size]]
                 for at in range(0, len(left), size)]
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            for struck in pool.map(lambda requests: runs_out(requests, for_good, kept, said), lives):
                met |= {place.number for place in struck}
    return len(met)


def every_place_of_the_daemon(kept):
    with another_box() as box:
        environment, path = listed(box.folder)
        said = fed(kept, environment)
        every = places(path)
    print("  " + ", ".join(f"{count} × {owner}" for owner, count in
                           collections.Counter(place.owner for place in every).items()))
    return [each_place(every, for_good, kept, said) for for_good in (False, True)], len(every)


def the_daemon_has_no_memory(box):
    make_store(box)
    if not LONG:
        met = some_requests_of_the_daemon(box.folder)
        assert met >= SOME / 2, f"void: {met} of {SOME} requests came"
        figure("memory", f"{met}")
        return
    (once, for_good), count = every_place_of_the_daemon(box.folder)
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
        environment, path = listed(box.folder)
        good = call(daemon, arguments, environment)
        assert good.returncode == 0, good
        every = places(path)
        for place in every if LONG else chance.sample(every, SOME):
            environment, struck = missing_at([(place, chance.randint(1, place.count))], LONG and chance.random() < 0.5,
                                             box.folder)
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
