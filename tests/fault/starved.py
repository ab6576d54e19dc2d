# SPDX-License-Identifier: Apache-2.0
"""A life of the daemon in which something that it needs is missing, and what it is asked: all that is answered must be
as it is in a life in which nothing is."""
import base64
import html
import http.client
import json
import re
import time
import urllib.parse

import zmq

from asked import (ACTS, ASSIGNED, DESK, HANDED_IN, OUTCOME, PAGES, QUERIES, SESSION, TAKEN_BACK, WRONG, widened)
from oracle import broken_unless
from kept import EVENTS, Life
from replied import written

from harness import CONTEXT, local

GIVES_UP = 2  # seconds after which nobody waits for an answer of a daemon that has met its fault
SILENCES = 3  # after which nobody asks any more
# Tokens, ids of events, and how many answers nobody took.
DRAWN_ANEW = re.compile(r'[\w-]{40,}|\b[0-9a-f]{24}\b|"unanswered": \d+')
REFUSED = (500, 503)  # what a page may be instead, or nothing


def hidden(text):
    """What the form of a page's main part has in it already."""
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', text.partition("<main")[2])
    return {name: html.unescape(value) for name, value in fields}


class Starved(Life):
    """With a bit of everything. The clock stands until it is told to go on. `struck`: the file that is there when
    something was missing; `said`: what was answered, by what was asked, as long as all was taken that is taken without
    a fault; `silent`: what was not; `acts`: what was told beside kept.py's events, and its answers."""
    NEXT = "2026-05-13T07:59:50@20000"

    def __init__(self, box, kept, environment, struck=None):
        super().__init__(box, kept, "2026-05-12T07:59", environment)
        self.place = box.web(widened(self.plan)).removeprefix("http://")
        self.struck, self.patience = struck, GIVES_UP
        self.said, self.silent, self.acts, self.is_whole = {}, [], [], True

    @property
    def is_struck(self):
        return self.struck is not None and self.struck.exists()

    # ---- by the socket -----------------------------------------------------------------------------

    def ask(self, message):
        """Its answer; None when it died over it, or had nothing to answer with."""
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
                    self.be_silent(message)
                    return None
                assert waited < 180, f"no answer to {message}"
            return peer.recv_json() if peer.poll(0) else None

    def be_silent(self, asked):
        self.silent.append(asked)
        self.patience = 0.3

    def order(self, command, **params):
        """Again while it is told to come again, some times."""
        for _ in range(4):
            answer = self.ask({"command": command, "params": params})
            if not answer or answer["result"] == "ok":
                break
        self.is_whole &= bool(answer) and answer["result"] == "ok"
        return answer

    def keep(self, what, text):
        text = text.replace(str(self.folder), "FOLDER").replace(self.place, "PLACE")
        if self.is_whole:
            self.said[what] = DRAWN_ANEW.sub("TOKEN", text)

    def query(self, name, params):
        answer = self.ask({"query": name, "params": params})
        if answer and answer["result"] == "ok":
            text = json.dumps(answer, ensure_ascii=False, sort_keys=True)
            if '"lost": null' not in text:  # of whoami: it could not be read, and the rest is told
                self.keep(f"{name} {params}", text)

    def go(self, instant):
        self.order("go", time=local(instant).isoformat())

    def act(self, one):
        """Its answer, once more while that is `retry`, some times."""
        for _ in range(3):
            answer = self.ask(one)
            if not answer or answer["result"] != "retry":
                break
        broken_unless(not answer or answer["result"] != "rejected" or not self.is_whole, f"{one}: {answer}")
        self.is_whole &= bool(answer) and answer["result"] == "accepted"
        self.acts.append((one, answer))
        return answer

    # ---- the pages ---------------------------------------------------------------------------------

    def browse(self, what, path, fields=None):
        """What is there, and what stands there; None when nothing came, or that it can't be had."""
        headers = {"Cookie": f"paminn_session={SESSION}", "Content-Type": "application/x-www-form-urlencoded"}
        if self.is_dead or len(self.silent) > SILENCES:
            return None
        try:
            peer = http.client.HTTPConnection(self.place, timeout=self.patience if self.is_struck else 60)
            peer.request("POST" if fields else "GET", path, urllib.parse.urlencode(fields) if fields else None, headers)
            answer = peer.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException) as fault:
            assert self.struck, f"{what}: {fault}"
            self.is_whole &= not fields
            self.be_silent(what)
            return None
        finally:
            peer.close()
        if self.struck and answer.status in REFUSED:
            self.is_whole &= not fields
            return None
        self.keep(what, f"{answer.status} {answer.headers.get('Location', '')} {text}")
        return text if answer.status == 200 else answer.headers.get("Location", "")

    def see(self, page, person="ola"):
        """The page that a link leads to, and its path."""
        answer = self.order("link", **{"for": person}, **page)
        if not answer or answer["result"] != "ok":
            return None, None
        path = urllib.parse.urlsplit(answer["rows"][0]["url"]).path
        return path, self.browse(f"{page} of {person}", path)

    def answer_by_form(self, person, item):
        path, text = self.see({"page": "a", "item": item}, person)
        self.is_whole &= bool(text)
        if text:
            fields = {**hidden(text), "action": "answer", "status.1": "at-risk", "progress.1": "40", "note.1": "På väg"}
            receipt = self.browse(f"{person} answers {item}", path, fields)
            if receipt:
                self.browse(f"{person}'s receipt", urllib.parse.urljoin(path, receipt))

    def act_on_desk(self, act, item, fields):
        """From the form over what would follow to what was recorded. The number of the event."""
        text = self.browse(f"form of {act}", f"/desk/do?act={act}&item={item}")
        for step, more in (("check", fields), ("do", {})):
            if not text:
                break
            text = self.browse(f"{act}: {step}", "/desk/do", {**hidden(text), **more, "step": step})
        self.is_whole &= bool(text)
        if not text:
            return None
        self.browse(f"{act} is done", text)
        return text.rpartition("=")[2]

    def sign_in(self):
        self.browse("login", "/login", {"address": self.plan.people["stina"]["mail"]})
        link = self.mail_to("stina", r"(/in/[A-Za-z0-9_-]+)")
        page = link and self.browse("button", link[1])
        form = page and re.search(r'name="form" value="([0-9a-f]+)"', page)
        self.is_whole &= bool(form)
        if form:
            self.browse("session", link[1], {"form": form[1]})

    def mail_to(self, person, pattern):
        """What is found in the newest mail to them that has it."""
        began = time.monotonic()
        while not self.is_dead and len(self.silent) <= SILENCES:
            for mail in reversed(self.sinks[0].to(person)):
                if found := re.search(pattern, mail.text):
                    return found
            waited = time.monotonic() - began
            if self.is_struck and waited > self.patience:
                self.be_silent(f"a mail to {person}")
                return None
            assert waited < 180, f"no mail to {person} with {pattern}"
            time.sleep(0.01)
        return None

    # ---- all of it ---------------------------------------------------------------------------------

    def live(self):
        """Its exit code."""
        if self.start():
            self.be_asked()
        if not self.is_dead:
            self.daemon.process.terminate()
        code = self.daemon.process.wait(60)
        for mail in self.sinks[0].mails:
            self.keep(f"mail to {mail.person}: {mail.subject}", mail.text + (mail.html or ""))
        return code

    def be_asked(self):
        self.go("2026-05-12T07:59")  # what is due at the start is decided: the first event may come sooner
        self.order("hold", on=True)  # so that what is told does not depend on what has left by then
        for act in ACTS:
            self.act(act)
        assigned = self.act(ASSIGNED)
        if assigned and "seq" in assigned:
            self.act({**TAKEN_BACK, "data": {"seq": assigned["seq"]}})
        self.tell_all()
        for one, answer in self.told:
            broken_unless(not answer or answer["result"] != "rejected", f"{one}: {answer}")
            self.is_whole &= bool(answer) and answer["result"] == "accepted"
        for wrong in WRONG:
            answer = self.ask(wrong)
            broken_unless(not answer or answer["result"] in ("rejected", "retry"), f"{wrong}: {answer}")
        self.order("hold", on=False)
        self.go("2026-05-12T07:59:30")  # what these brought about has left
        for name, params in QUERIES:
            self.query(name, params)
        for page in PAGES:
            self.see(page)
        self.order("preview", kind="reminder")
        self.be_browsed()
        self.go("2026-05-12T08:00")
        self.ask({"query": "outbox", "params": {}})
        self.come_to_an_end()

    def be_browsed(self):
        for path in DESK:
            self.browse(path, path)
        self.answer_by_form("anna", "TN-3")
        seq = self.act_on_desk("absence", "mona", {"from.1": "1 juni", "last.1": "3 juni"})
        if seq:
            self.act_on_desk("undo", "mona", {"seq.1": seq})
        self.sign_in()

    def come_to_an_end(self):
        """A reply comes, the paper is handed in and decided on, Gun is erased, and the night tidies."""
        reminded = self.mail_to("ola", "KS-1")
        self.is_whole &= bool(reminded)
        if reminded:
            raw = written(self.sinks[0].to("ola")[-1], "Jag återkommer i morgon.")
            self.order("receive", upload="u1", piece=1, bytes=base64.b64encode(raw).decode(), last=True)
        self.act(HANDED_IN)
        self.go("2026-05-12T09:00")  # and is frozen
        self.act(OUTCOME)
        self.go("2026-05-12T10:00")
        self.query("report", {"deadline": "KS-1", "frozen": True})
        self.order("erase", person="gun")
        self.plan.measures["TN-1"]["title"] = "Ännu färre inhyrda"
        self.plan.write()
        for command, params in (("reload", {}), ("verify", {}), ("message", {"id": 1}),
                                ("hold", {"on": True}), ("hold", {"on": False}),
                                ("backup", {"file": str(self.folder / "copy.db")})):
            self.order(command, **params)
        self.go("2026-05-13T03:01")
        self.ask({"query": "today", "params": {}})

    def judge(self, where):
        super().judge(where)
        for one, answer in self.acts:
            if answer and answer["result"] in ("accepted", "duplicate"):
                known = self.daemon.ask(one)
                broken_unless((known["result"], known["seq"]) == ("duplicate", answer["seq"]), f"{where}: {answer}, then {known}")
        rows = self.daemon.order("verify")["rows"]
        broken_unless(rows == [], f"{where}: {rows}")
