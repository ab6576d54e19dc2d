#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What a run came to, from the results that ctest wrote: the parts that were skipped, the tests that failed,
and the figures, as a table.

    tests/result.py SWEPT RESULT...     SWEPT: passed, failed or nothing, of what ran outside ctest

A test tells a figure by a line that it prints:

    figure: NAME VALUE seed=SEED        the value may have blanks in it, the seed may be left out

NAME is explained below, with what it has to be before a release; one that is not there stands in the table
by itself.
"""
import os
import re
import sys
import xml.etree.ElementTree as tree

FIGURE = re.compile(r"^\s*figure: (\S+) (.+?)(?: seed=(\S+))?\s*$", re.M)
# Name: what it is, what it must be before a release.
MEASURES = {
    "kills": ("SIGKILLs under load", "10,000"),
    "kills-acknowledged": ("events acknowledged meanwhile, all of them there", "1,000,000"),
    "kills-ready": ("ready again after a SIGKILL, in the middle", "2 s"),
    "power-cuts": ("power cuts under load", "2,000"),
    "power-acknowledged": ("events acknowledged meanwhile, all of them there", ""),
    "failpoints": ("steps that were reached, and crashed at", "40"),
    "io-faults": ("calls that failed, each with an error in turn", "every call"),
    "memory": ("requests for memory that failed, of the daemon", "each place, once and for good"),
    "statements": ("statements of the store that failed", "two fifths of all places"),
    "memory-client": ("requests for memory that failed, of the client", "each place"),
    "clock-steps": ("changes of the clock", ""),
    "flips": ("flipped bits in a store, none silently wrong", "10,000"),
    "cuts": ("cuts of a store, none silently wrong", "50"),
    "log-flips": ("flipped bits in a write-ahead log, none silently wrong", "5,000"),
    "injected-names": ("names and addresses that break formats", "10,000"),
    "injected-words": ("notes that break formats", "10,000"),
    "stream-losses": ("losses on a published stream, counted exactly", "100,000"),
    "broken-plans": ("broken plans for a running daemon", "2,000"),
    "scenarios": ("random plans, events and restarts, as the model has them", "400"),
    "hardening": ("programs are position-independent, their relocations read-only, stack and copies checked", "yes"),
    "valgrind-errors": ("valgrind's errors in events, mails, questions and an end", "0"),
    "soak-events": ("events answered by one daemon, one peer after another", "1,000,000"),
    "soak-descriptors": ("its descriptors meanwhile", "the same"),
    "soak-memory": ("its memory since the first tenth of them", "+8 MiB"),
    "analysis-gcc": ("findings of gcc -fanalyzer", "0"),
    "analysis-cppcheck": ("findings of cppcheck", "0"),
    "analysis-tidy": ("findings of clang-tidy", "0"),
    "mutants": ("broken daemons that the harness caught", "3 of 3"),
}
# What tests/fuzz/run executes, first what a release is to have had ten million of.
FUZZED = {
    "event": "events", "client_answer": "answers, as the client shows them", "plan": "settings and plans",
    "client_settings": "the client's settings", "head": "heads of HTTP requests", "form": "forms", "link": "tokens",
    "reply": "replies of mail servers", "template": "templates",
}
MEASURES |= {f"fuzz-{target}": (f"executions of the fuzzer of {what}", "10,000,000") for target, what in FUZZED.items()}


MEASURES |= {f"coverage-{part}": (f"branches of {part} that tests reach", "95.0 %")
             for part in ("ledger", "outbox", "engine", "plan", "protocol")}
WITH_SANITIZERS = "dev-tests.xml"  # the results of the preset dev


def cases(path):
    return list(tree.parse(path).getroot().iter("testcase")) if os.path.exists(path) else []


def is_skipped(case):
    return case.get("status") == "notrun" and (case.find("skipped") is not None
                                               and case.find("skipped").get("message", "").startswith("SKIP"))


def figures(case):
    for name, value, seed in FIGURE.findall(case.findtext("system-out") or ""):
        measure, goal = MEASURES.get(name, (name.replace("fuzz-", "executions of the fuzzer "), ""))
        yield measure, value, goal, seed, case.get("name")


def print_table(rows):
    rows = [("measure", "figure", "goal", "seed", "test"), *rows]
    widths = [max(map(len, column)) for column in zip(*rows)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
    print()


def main(swept, *paths):
    passed, failed, skipped, told = 0, [], [], []
    sound = 0
    if swept == "passed":
        passed += 1
    elif swept:
        failed.append("sentences/run")
    for path, case in ((path, case) for path in paths for case in cases(path)):
        # A system test tells of each part that this machine can't run, and why.
        skipped += [f"{case.get('name')}: {line[len('skipped'):].strip()}"
                    for line in (case.findtext("system-out") or "").splitlines()
                    if line.startswith("skipped ")]
        told += figures(case)
        if case.get("status") == "run":
            passed += 1
            sound += os.path.basename(path) == WITH_SANITIZERS
        elif not is_skipped(case):
            failed.append(case.get("name"))
    if told:
        print_table([*told, ("tests that AddressSanitizer, LeakSanitizer and UBSan watched, and passed", str(sound), "", "", "")])
    for name in skipped:
        print("skipped:", name)
    for name in failed:
        print("failed:", name)
    print(f"{passed} passed, {len(failed)} failed")
    return 1 if failed or not passed else 0


sys.exit(main(*sys.argv[1:]))
