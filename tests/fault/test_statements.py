#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Rows 4 and 5: a statement of the store fails, in the midst of an answer, a page, a reminder, an event or the start.

A place is the daemon's own way to the statement (statements.c), since each of the calls in between has the error to pass
on. Either SQLite says that the store can't be read or written, or, of what writes, that the disk is full. What is asked
for then is answered by `retry`, an error or silence, or ends the daemon with a sentence and exit code 74, or 75 when the
disk is full at the start. An answer that is given is the whole one, no page lacks a part or says that there is no such
thing, and no event that is good is rejected. Over a full disk the daemon waits a while, and what it says later depends
on how long, so that this is not compared. The next life finds all that was acknowledged, and `verify` nothing. In each
run some places fail, in one of both ways; before a release a share of all, in both.
Seen to fail where an answer was made of a snapshot of which a part could not be read (a board that does not say where
it is reported, a measure that owes null), where a message that could not be read was told as one that is not there, and
where a page still waited for the turn in which the daemon ended (a signal).
"""
import random

from asked import make_store
from oracle import SEED, figure
from trials import BATCH, Trials

from harness import LONG, run

SOME = 4  # places that fail in each run
SHARE = 0.4  # of the places fail before a release, which takes some ten minutes
EXITS = (0, 74, 75)  # clean, a store that can't be read or written, a disk that is full: see paminnd(8)
BROKEN, FULL = {}, {"PAMINN_STATEMENTS_FULL": "1"}


def each_statement_fails(box):
    make_store(box)
    chance = random.Random(SEED)
    told = []
    for how in (BROKEN, FULL) if LONG else (chance.choice((BROKEN, FULL)),):
        trials = Trials("statements", box.folder, EXITS, is_put_off=how == FULL, **how)
        count = round(SHARE * len(trials.every)) if LONG else SOME
        met = trials.each_place(chance.sample(trials.every, count), BATCH if LONG else 1)
        assert met >= 0.9 * count - 1, f"void: {met} of {count} places"
        told.append(f"{met} of {len(trials.every)}{' with a full disk' if how else ''}")
    figure("statements", ", ".join(told))


run(each_statement_fails)
