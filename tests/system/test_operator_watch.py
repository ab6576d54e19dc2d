#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""`paminn watch` follows the feed: lines for people, lines of JSON, through a restart, to SIGINT."""
import json
import os
import re
import signal
import subprocess
import threading

from harness import PAMINN, SANITIZER, run, wait_for


class Watch:
    """The client at work; its lines as they come."""

    def __init__(self, box, daemon, *options):
        environment = {**os.environ, "HOME": str(box.folder), "LC_ALL": "C.UTF-8"}
        self.process = subprocess.Popen(
            [PAMINN, "--server", daemon.plan.submit, "watch", *options], text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
        self.lines, self.said = [], []
        for stream, lines in ((self.process.stdout, self.lines), (self.process.stderr, self.said)):
            threading.Thread(target=lambda s=stream, l=lines: l.extend(iter(s.readline, "")),
                             daemon=True).start()
        box.keep(self)
        # Whoever has just connected hears from some instant on: the first of many notes it hears.
        self.follow(daemon)

    def follow(self, daemon):
        before = len(self.lines)
        wait_for(lambda: daemon.tell("note", "TN-2", note="hör du?") and len(self.lines) > before,
                 "the feed to be followed")

    def end(self, number):
        self.process.send_signal(number)
        code = self.process.wait(20)
        assert not SANITIZER.search("".join(self.said)), self.said
        return code

    def stop(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def lines_for_people(box):
    daemon = box.daemon(box.plan(), "2026-04-28T12:00")
    watch = Watch(box, daemon)
    daemon.tell("status", "TN-1", source="/people/anna", status="at-risk", progress=40,
                time="2026-04-28T11:00:00+02:00", note="rad ett\nrad två")
    line = wait_for(lambda: [line for line in watch.lines if "TN-1" in line], "the line")[0]
    assert "status" in line and "/people/anna: status at-risk, progress 40, note rad ett rad två" \
        in line, line
    assert re.match(r"Tue 28 Apr( 2026)? 11:00  status ", line), line
    # Without a time it has that of its receipt, by the daemon's clock.
    daemon.tell("note", "TN-1", note="utan tid")
    line = wait_for(lambda: [line for line in watch.lines if "utan tid" in line], "the line")[0]
    assert re.match(r"Tue 28 Apr( 2026)? 12:00  note ", line), line
    assert any(daemon.plan.feed in said for said in watch.said), watch.said
    assert watch.end(signal.SIGINT) == 0


def lines_of_json(box):
    plan = box.plan()
    box.smtp(plan)
    daemon = box.daemon(plan, "2026-05-12T07:00")
    watch = Watch(box, daemon, "--json")
    daemon.until("2026-05-12T08:00")
    found = wait_for(lambda: [event for event in map(json.loads, list(watch.lines))
                              if event["type"] == "paminn.delivery"], "a delivery")
    assert found[0]["data"]["state"] == "delivered", found
    kinds = {json.loads(line)["type"] for line in list(watch.lines)}
    assert {"paminn.note", "paminn.reminder", "paminn.delivery"} <= kinds, kinds
    assert watch.end(signal.SIGTERM) == 0


def it_reconnects(box):
    daemon = box.daemon(box.plan(), "2026-04-28T12:00")
    watch = Watch(box, daemon)
    daemon.stop()
    wait_for(lambda: any("gone" in said for said in watch.said), "the loss to be told")
    assert watch.process.poll() is None
    daemon.start()
    wait_for(lambda: any("back" in said for said in watch.said), "the return to be told")
    watch.follow(daemon)
    assert watch.end(signal.SIGINT) == 0


def interrupted_while_it_waits(box):
    daemon = box.daemon(box.plan(), "2026-04-28T12:00")
    watch = Watch(box, daemon)
    daemon.stop()
    wait_for(lambda: any("gone" in said for said in watch.said), "the loss to be told")
    assert watch.end(signal.SIGINT) == 0


def nothing_to_follow(box):
    plan = box.plan()
    plan.settings["intake"]["feed"] = []
    daemon = box.daemon(plan, "2026-04-28T12:00")
    assert "no feed" in daemon.client("watch", code=69, text=True)
    daemon.stop()
    daemon.client("watch", code=69, text=True)


run(lines_for_people, lines_of_json, it_reconnects, interrupted_while_it_waits, nothing_to_follow)
