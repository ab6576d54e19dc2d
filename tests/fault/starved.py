# SPDX-License-Identifier: Apache-2.0
"""A life of the daemon in which memory is missing, and what it is asked: all that is answered must be as it is in a
life in which none is."""
import json
import re
import time
import urllib.request

import zmq

from oracle import broken_unless
from kept import EVENTS, Life

from harness import CONTEXT, event, local

GIVES_UP = 2  # seconds after which nobody waits for an answer of a daemon that has met its fault
SILENCES = 3  # after which nobody asks any more
QUERIES = (
    ("list", {"all": True}), ("show", {"item": "TN-1"}), ("show", {"item": "anna"}), ("why", {"item": "TN-1"}),
    ("forecast", {"from": "2026-05-12", "until": "2026-06-12"}), ("report", {"deadline": "KS-1"}),
    ("report", {"deadline": "KS-1", "format": "docx"}), ("assignments", {}), ("requests", {}), ("today", {}),
    ("board", {"of": "KS-1"}), ("people", {}), ("bodies", {}), ("meetings", {}), ("absences", {}), ("calendar", {}),
    ("sessions", {}), ("acts", {}), ("whoami", {}),
    ("consequences", {"event": event("status", "TN-2", {"status": "done"})}),
)
PAGES = ({"page": "mine"}, {"page": "a", "item": "KS-1"}, {"page": "board"}, {"page": "calendar"})
WRONG = (event("status", "TN-9", {"status": "on-track"}), event("nothing", "TN-1", {}), {"id": 1})
# Tokens, ids of events, and how many answers nobody took.
DRAWN_ANEW = re.compile(r'[\w-]{40,}|\b[0-9a-f]{24}\b|"unanswered": \d+')


class Starved(Life):
    """With a bit of everything. The clock stands until it is told to go on. `struck`: the file that is there when
    memory was missing; `said`: what was answered, by what was asked; `silent`: what was not."""

    def __init__(self, box, kept, environment, struck=None):
        super().__init__(box, kept, "2026-05-12T07:59", environment)
        box.web(self.plan)
        self.struck, self.patience = struck, GIVES_UP
        self.said, self.silent = {}, []

    @property
    def is_struck(self):
        return self.struck is not None and self.struck.exists()

    def ask(self, message):
        """Its answer; None when it died over it, or had no memory for one."""
        if self.is_dead or len(self.silent) > SILENCES:
            return None
        with CONTEXT.socket(zmq.REQ) as peer:
            peer.set(zmq.LINGER, 0)
            peer.connect(self.plan.submit)
            peer.send_json(message)
            began = time.monotonic()
            while not self.is_dead and not peer.poll(20):
                waited = time.monotonic() - began
                if self.is_struck and waited > self.patience:
                    self.silent.append(message)
                    self.patience = 0.3
                    return None
                assert waited < 180, f"no answer to {message}"
            return peer.recv_json() if peer.poll(0) else None

    def order(self, command, **params):
        """Again while it is told to come again, some times."""
        for _ in range(4):
            answer = self.ask({"command": command, "params": params})
            if not answer or answer["result"] == "ok":
                return answer
        return answer

    def keep(self, what, text):
        text = text.replace(str(self.folder), "FOLDER")
        self.said[what] = re.sub(r"127\.0\.0\.1:\d+", "PLACE", DRAWN_ANEW.sub("TOKEN", text))

    def ask_all(self):
        for name, params in QUERIES:
            answer = self.ask({"query": name, "params": params})
            if answer and answer["result"] == "ok":
                self.keep(f"{name} {params}", json.dumps(answer, ensure_ascii=False, sort_keys=True))

    def see(self, page):
        answer = self.order("link", **{"for": "ola"}, **page)
        if not answer or answer["result"] != "ok":
            return
        try:
            url = answer["rows"][0]["url"]
            with urllib.request.urlopen(url, timeout=self.patience if self.is_struck else 60) as shown:
                self.keep(f"page {page}", shown.read().decode())
        except OSError:
            assert self.struck, "a page is missing"

    def live(self):
        """Its exit code."""
        if self.start():
            self.be_asked()
        if not self.is_dead:
            self.daemon.process.terminate()
        code = self.daemon.process.wait(60)
        for mail in self.sinks[0].mails:
            self.keep(f"mail to {mail.person}: {mail.subject}", mail.text + mail.html)
        return code

    def be_asked(self):
        # What is due at the start is decided before something happens: the first event may come sooner.
        self.order("go", time=local("2026-05-12T07:59").isoformat())
        self.tell_all()
        for one, answer in self.told:
            broken_unless(not answer or answer["result"] != "rejected", f"{one}: {answer}")
        for wrong in WRONG:
            answer = self.ask(wrong)
            broken_unless(not answer or answer["result"] in ("rejected", "retry"), f"{wrong}: {answer}")
        self.order("go", time=local("2026-05-12T07:59:30").isoformat())  # what these brought about has left
        self.ask_all()
        for page in PAGES:
            self.see(page)
        self.order("go", time=local("2026-05-12T08:00").isoformat())
        self.ask({"query": "outbox", "params": {}})
        self.plan.measures["TN-1"]["title"] = "Ännu färre inhyrda"
        self.plan.write()
        for command, params in (("reload", {}), ("verify", {}), ("preview", {"kind": "reminder"}),
                                ("hold", {"on": True}), ("hold", {"on": False}),
                                ("backup", {"file": str(self.folder / "copy.db")})):
            self.ask({"command": command, "params": params})

    @property
    def is_whole(self):
        """Has all been taken that a life without a fault takes?"""
        return len(self.told) == len(EVENTS) and all(answer and answer["result"] == "accepted"
                                                     for _, answer in self.told)

    def judge(self, where):
        super().judge(where)
        rows = self.daemon.order("verify")["rows"]
        broken_unless(rows == [], f"{where}: {rows}")
