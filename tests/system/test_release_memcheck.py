#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The program that is shipped under valgrind's memcheck: events, mails, questions, a reload and an orderly end, with no
wrong access, nothing read that was never written, and no block that is lost. The sanitizers can't see the second,
and run another build. Before a release only.

Seen to fail before memcheck.supp, by what it names."""
import shutil
import signal
import subprocess
from pathlib import Path

from harness import PAMINND, Daemon, Skip, event, run, wait_for

PATIENCE = 300
ERROR = 99  # valgrind's exit code for any


class Watched(Daemon):
    def command(self, *arguments):
        # One thread runs at a time; taken in turn, none of ZeroMQ's waits for the others.
        return ["valgrind", "--quiet", "--tool=memcheck", "--leak-check=full", "--show-leak-kinds=definite",
                "--errors-for-leak-kinds=definite", f"--error-exitcode={ERROR}", "--fair-sched=yes",
                f"--suppressions={Path(__file__).parent}/memcheck.supp", f"--log-file={self.folder}/memcheck",
                *super().command(*arguments)]

    def errors(self):
        """What valgrind has to say when the daemon has ended."""
        self.process.send_signal(signal.SIGTERM)
        code = self.ended(PATIENCE)
        told = (self.folder / "memcheck").read_text()
        return code, told


def everything(box):
    if not shutil.which("valgrind"):
        raise Skip("valgrind is not installed")
    plan = box.plan()
    plan.measures.clear()
    for number in range(20):
        plan.add("people", f"p{number}", name=f"Person {number}", manager="mona", mail=f"p{number}@kommunen.internal")
        plan.add("measures", f"TN-{number}", title=f"Åtgärd {number}", owner=f"p{number}")
    for number in range(100):
        plan.add("measures", f"M-{number}", title=f"Åtgärd {number}", owner="anna")
    plan.deadlines["KS-1"]["answers_from"] = ["M-*", "TN-*"]
    sink = box.smtp(plan)
    daemon = Watched(box.folder, plan, "2026-05-15T07:59:30@1")
    box.daemons.append(daemon)
    daemon.peer.patience = PATIENCE
    daemon.start()
    load = [Path(PAMINND).parents[1] / "tests/bench/load", plan.submit]
    subprocess.run([*load, "3000", "100"], check=True, stdout=subprocess.DEVNULL)
    answer = daemon.peer.ask(event("status", "TN-1", {"status": "off-track", "note": "Försenat"}))
    assert answer["result"] == "accepted", answer
    assert daemon.peer.ask({"no": "event"})["result"] != "accepted"
    wait_for(lambda: len(sink.mails) >= 15, "the morning's mails", PATIENCE)
    for question, arguments in (("list", {"deadline": "KS-1"}), ("forecast", {"month": "2026-05"}), ("people", {}),
                                ("why", {"item": "KS-1"}), ("outbox", {}), ("report", {"deadline": "KS-1"})):
        assert daemon.query(question, **arguments) is not None
    assert daemon.order("verify")["rows"] == []
    assert daemon.order("reload")["result"] == "ok"
    code, told = daemon.errors()
    assert code == 0 and not told, f"ended with {code}; valgrind:\n{told[-6000:]}"
    print("figure: valgrind-errors 0", flush=True)


run(everything)
