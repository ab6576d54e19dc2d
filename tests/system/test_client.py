#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The client against a server of a few lines, over real sockets.

What is tested is the client's side alone: the command line, the frames, the spool, the exit codes,
and what people and programs get to read. The server answers as the test of the moment tells it to.
"""
import fcntl
import json
import os
import re
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
import unicodedata
from pathlib import Path

import zmq

PAMINN = os.environ.get("PAMINN", "build/dev/client/paminn")
LIST_ROW = {"deadline": "RS-58", "measure": "HSN-03", "owner": "chef-akut", "state": "open",
            "due": "2026-05-26", "papers": "2026-05-15", "practical": "2026-05-13",
            "provisional": False, "due_original": "2026-05-26", "papers_original": "2026-05-15",
            "asked": 1, "last_asked": "2026-05-01T08:00:00+02:00", "status": None,
            "answered_at": None}


class Server:
    """A ROUTER that remembers every request and answers by `answer(request)`; None is silence."""

    def __init__(self, endpoint, answer=None):
        self.endpoint, self.requests, self.seq = endpoint, [], 0
        self.seen = {}
        self.clock, self.rehearsal = "2026-05-11T09:30:00+02:00", False  # of whoami
        self.answer = answer or self.accept
        self.context = zmq.Context()
        self.socket = self.context.socket(zmq.ROUTER)
        self.socket.linger = 0
        self.socket.bind(endpoint)
        self.stopping = False
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stopping = True
        self.thread.join()
        self.socket.close()
        self.context.term()

    def run(self):
        while not self.stopping:
            if not self.socket.poll(20):
                continue
            peer, empty, body = self.socket.recv_multipart()
            assert empty == b"" and len(body) <= 1 << 20
            request = json.loads(body)
            if request == {"query": "whoami", "params": {}} and self.clock:
                row = {"time": self.clock, "rehearsal": self.rehearsal}
                self.socket.send_multipart(
                    [peer, b"", json.dumps({"result": "ok", "rows": [row]}).encode()])
                continue
            self.requests.append(request)
            if isinstance(request, list):
                reply = [self.answer(event) for event in request]
                reply = None if None in reply else reply
            else:
                reply = self.answer(request)
            if reply is not None:
                self.socket.send_multipart([peer, b"", json.dumps(reply).encode()])

    def accept(self, event):
        """As the daemon does: a query has no rows, an event is right unless on "wrong"."""
        if "id" not in event:
            return {"result": "ok", "rows": []}
        if event.get("subject") == "wrong":
            return {"result": "rejected", "id": event["id"], "code": "unknown-subject",
                    "reason": "no measure is called wrong"}
        known = event["id"] in self.seen
        if not known:
            self.seq += 1
            self.seen[event["id"]] = self.seq
        return {"result": "duplicate" if known else "accepted", "id": event["id"],
                "seq": self.seen[event["id"]]}

    def events(self):
        every = []
        for request in self.requests:
            every += request if isinstance(request, list) else [request]
        return [event for event in every if "id" in event]


class Bench:
    """A home of its own, an endpoint, and the client."""

    def __init__(self, folder):
        self.folder = folder
        self.endpoint = f"ipc://{folder}/submit.sock"
        self.home = folder / "home"
        self.home.mkdir()

    def run(self, *words, code=0, stdin=None, env=None, server=True):
        server = server and "--server" not in words
        command = [PAMINN, *(["--server", self.endpoint] if server else []), *words]
        environment = {k: v for k, v in os.environ.items() if not k.startswith("XDG_")}
        environment |= {"HOME": str(self.home), "TZ": "Europe/Stockholm", "LC_ALL": "C"}
        environment |= env or {}
        done = subprocess.run(command, capture_output=True, input=stdin, env=environment,
                              timeout=120)
        self.out, self.err = done.stdout.decode(), done.stderr.decode()
        assert done.returncode == code, \
            f"{words}: exit {done.returncode}, not {code}\n{self.out}{self.err}"
        return self.out

    def kept(self):
        folders = list((self.home / ".local/state/paminn/spool").glob("*"))
        return sorted(file for folder in folders for file in folder.glob("*.jsonl"))

    def put_aside(self):
        return sorted((self.home / ".local/state/paminn/spool").glob("*/rejected/*.jsonl"))


def fixed(answer):
    """A server's answers to queries: always this one."""
    return lambda request: answer


# ---------------------------------------------------------------- command line ----

def options_stand_anywhere(bench):
    with Server(bench.endpoint) as server:
        for words in (["--as", "chef-akut", "status", "HSN-03", "at-risk", "--progress", "40"],
                      ["status", "--progress=40", "HSN-03", "--as=chef-akut", "at-risk"],
                      ["status", "HSN-03", "at-risk", "--progress", "40", "--as", "chef-akut"]):
            assert bench.run(*words).startswith("accepted: HSN-03 at-risk (seq ")
        for event in server.events():
            assert event["source"] == "/people/chef-akut" and event["type"] == "paminn.status"
            assert event["data"] == {"status": "at-risk", "progress": 40}
            assert "time" not in event, "the daemon's clock decides"
            assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{26}", event["id"]), event["id"]
        assert len({event["id"] for event in server.events()}) == 3


def events_carry_their_data(bench):
    cases = [
        (["status", "M", "done", "--effect", "-5", "--forecast", "7", "--needs-support", "hjälp",
          "--note", "å"], "M", {"status": "done", "effect_achieved": -5, "effect_forecast": 7,
                                "needs_support": "hjälp", "note": "å"}),
        (["status", "M", "done", "--progress", "4e1", "--effect", "40.0", "--forecast", "-1.25e6"],
         "M", {"status": "done", "progress": 40, "effect_achieved": 40,
               "effect_forecast": -1250000}),
        (["submit", "RS-58", "--reference", "HSN § 70"], "RS-58", {"reference": "HSN § 70"}),
        (["extend", "RS-58", "--due", "2026-06-01", "--reference", "r", "--reason", "w"], "RS-58",
         {"due": "2026-06-01", "reference": "r", "reason": "w"}),
        (["extend", "RS-58", "--measure", "M", "--due", "2026-06-01", "--reference", "r"], "M",
         {"deadline": "RS-58", "due": "2026-06-01", "reference": "r"}),
        (["meeting", "RS", "2026-06-02", "--until", "2026-06-03", "--replaces", "2026-05-26"],
         "RS", {"from": "2026-06-02", "until": "2026-06-03", "replaces": "2026-05-26"}),
        (["meeting", "RS", "2026-05-26", "--cancelled"], "RS",
         {"from": "2026-05-26", "replaces": "2026-05-26", "cancelled": True}),
        (["note", "RS-58", "--", "-5 % is the plan"], "RS-58", {"note": "-5 % is the plan"}),
    ]
    with Server(bench.endpoint) as server:
        for words, subject, data in cases:
            bench.run(*words)
            event = server.events()[-1]
            assert event["type"] == "paminn." + words[0], event
            assert (event["subject"], event["data"]) == (subject, data), event
            assert event["source"].startswith("/local/"), event
        bench.run("--as", "/systems/ekonomi", "note", "M", "x")
        assert server.events()[-1]["source"] == "/systems/ekonomi"
        bench.run("status", "M", "done", "--time", "2026-05-11T09:30")
        assert server.events()[-1]["time"] == "2026-05-11T09:30:00+02:00"
        bench.run("status", "M", "done", "--time", "2026-01-11T09:30:00Z")
        assert server.events()[-1]["time"] == "2026-01-11T09:30:00Z"


def misuse_is_64(bench):
    for words in ([], ["nosuch"], ["status"], ["status", "M"], ["list", "--nosuch"],
                  ["list", "--owner"], ["list", "extra"], ["--owner", "x", "list"], ["list", "-x"],
                  ["submit", "RS-58"], ["status", "M", "done", "--progress", "1O"],
                  ["status", "M", "done", "--time", "yesterday"], ["hold", "maybe"],
                  ["forecast", "--month", "2026-05", "--from", "2026-05-01"],
                  ["report", "RS-58", "--format", "odt"], ["outbox", "retry"], ["outbox", "drop", "x"],
                  ["list", "--as", "no/one"], ["list", "--timeout", "0"], ["list", "--json=1"],
                  ["help", "nosuch"], ["list", "--late", "--late"], ["list", "--server-key", "k"],
                  ["forget", "x"], ["keygen"], ["test"], ["verify", "x"], ["seen", "M"]):
        bench.run(*words, code=64)
        assert bench.err.startswith(("paminn: ", "usage: ")) and not bench.out, words
    bench.run("--server", "nonsense", "list", code=64)


def help_needs_no_daemon(bench):
    text = bench.run("help")
    assert text == bench.run("--help")
    names = re.findall(r"^  ([a-z]+) ", text, re.M)
    assert names[:3] == ["status", "submit", "outcome"] and "flush" in names
    for name in names:
        assert bench.run("help", name) == bench.run(name, "--help")
        assert bench.out.startswith(f"usage: paminn {name}")
        assert all(len(line) <= 100 for line in bench.out.splitlines())
    assert re.fullmatch(r"paminn \d+\.\d+\.\d+\n", bench.run("--version"))


def settings_come_from_files(bench):
    path = bench.home / ".config/paminn/paminn.conf"
    path.parent.mkdir(parents=True)
    path.write_text(f'server = "{bench.endpoint}";\nas = "chef-akut";\ntimeout = 5;\n')
    with Server(bench.endpoint) as server:
        bench.run("note", "M", "x", server=False)
        bench.run("note", "M", "x", "--as", "hsd", server=False)
        assert [e["source"] for e in server.events()] == ["/people/chef-akut", "/people/hsd"]
    path.write_text('server = "tcp://127.0.0.1:1";\nas = 5;\nkeys = "x";\ntimeout = -1;\n')
    bench.run("list", server=False, code=78)
    assert [line.split(": ")[0] for line in bench.err.splitlines()] == \
        [f"{path}:2", f"{path}:3", f"{path}:4"], bench.err
    path.write_text("server = ;\n")
    bench.run("list", server=False, code=78)
    assert bench.err.startswith(f"{path}:1: "), bench.err
    bench.run("help", server=False)


# ---------------------------------------------------------------- answers ----

def answers_give_exit_codes(bench):
    def answer(result, code=None):
        return lambda event: {"result": result, "id": event.get("id"), "code": code,
                              "reason": "an escape \x1b[31m and a line\nend", "seq": 7}

    cases = [(answer("accepted"), 0), (answer("duplicate"), 0),
             (answer("rejected", "unknown-subject"), 65), (answer("rejected", "not-allowed"), 77)]
    for reply, code in cases:
        with Server(bench.endpoint, reply):
            bench.run("status", "M", "done", code=code)
            assert "\x1b" not in bench.out + bench.err
            document = json.loads(bench.run("status", "M", "done", "--json", code=code))
            assert document["result"] == reply({})["result"]
            if code:
                bench.run("list", code=code)
                assert r"\x1b[31m" in bench.err and not bench.out
    with Server(bench.endpoint, answer("rejected", "bad-data")):
        bench.run("reload", code=65)
    # What is wrong in itself is not even sent.
    with Server(bench.endpoint) as server:
        bench.run("status", "M", "on-trak", code=65)
        assert "on-trak" in bench.err and "on-track" in bench.err and not server.requests
        document = json.loads(bench.run("status", "M", "done", "--progress", "140", "--json",
                                        code=65))
        assert document["result"] == "rejected" and document["code"] == "bad-data"
        bench.run("note", "M", "x" * 4001, code=65)
    assert not bench.kept()


def queries_carry_their_params(bench):
    cases = [
        (["list"], "list", {}),
        (["list", "--owner", "o", "--deadline", "RS-58", "--late", "--all"], "list",
         {"owner": "o", "deadline": "RS-58", "late": True, "all": True}),
        (["why", "HSN-03", "chef-akut"], "why", {"item": "HSN-03", "person": "chef-akut"}),
        (["forecast", "--month", "2026-05"], "forecast", {"month": "2026-05"}),
        (["forecast", "--from", "2026-05-01", "--until", "2026-05-08"], "forecast",
         {"from": "2026-05-01", "until": "2026-05-08"}),
        (["calendar"], "calendar", {}),
        (["calendar", "--from", "2026-05-01", "--until", "2026-08-31"], "calendar",
         {"from": "2026-05-01", "until": "2026-08-31"}),
        (["outbox", "list"], "outbox", {}),
        (["outbox"], "outbox", {}),
    ]
    with Server(bench.endpoint) as server:
        for words, name, params in cases:
            bench.run(*words)
            if name == "list":  # the same order for programs as for people, who see them in groups
                params = {**params, "order": "deadline"}
            # A forecast without a message is asked once more, for the day of the next one.
            assert {"query": name, "params": params} in server.requests[-2:], \
                server.requests[-2:]
            assert json.loads(bench.run(*words, "--json")) == []
            assert server.requests[-1] == {"query": name, "params": params}, server.requests[-1]
        bench.run("reload")
        assert server.requests[-1] == {"command": "reload", "params": {}}
        bench.run("hold", "on")
        assert server.requests[-1] == {"command": "hold", "params": {"on": True}}
        bench.run("hold", "off")
        assert server.requests[-1] == {"command": "hold", "params": {"on": False}}
        for word in ("retry", "drop"):
            bench.run("outbox", word, "7")
            assert server.requests[-1] == {"command": word, "params": {"id": 7}}
        bench.run("outbox", "show", "7", code=65)
        assert server.requests[-1] == {"command": "message", "params": {"id": 7}}


def pages_are_followed_to_the_end(bench):
    rows = [dict(LIST_ROW, measure=f"M-{n}") for n in range(2500)]

    def answer(request):
        start = int(request["params"].get("after", 0))
        page = {"result": "ok", "rows": rows[start:start + 1000]}
        if start + 1000 < len(rows):
            page["next"] = str(start + 1000)
        return page

    with Server(bench.endpoint, answer) as server:
        assert json.loads(bench.run("list", "--json")) == rows
        assert len(server.requests) == 3
        assert len(bench.run("list").splitlines()) == 2503  # with the titles and a heading
    stuck = {"result": "ok", "rows": [], "next": "x"}
    with Server(bench.endpoint, fixed(stuck)):
        bench.run("list", code=69)


def list_is_a_table(bench):
    rows = [dict(LIST_ROW, title="Färre inhyrda", deadline_title="Återredovisning"),
            dict(LIST_ROW, deadline="T2", owner="x"),
            dict(LIST_ROW, measure=None, owner="åäö-ägaren", state="late", due="2026-06-05",
                 provisional=True, papers="2026-05-13", asked=3, status="at-risk\x1b[2J\u202e",
                 deadline_title="Återredovisning", seen_until="2026-05-08")]
    with Server(bench.endpoint, fixed({"result": "ok", "rows": rows})):
        lines = bench.run("list").splitlines()
        document = json.loads(bench.run("list", "--json"))
    assert document == rows
    assert "\x1b" not in bench.out and "\u202e" not in bench.out
    assert lines[0].split() == ["MEASURE", "OWNER", "STATE", "PAPERS", "DUE", "ASKED", "STATUS"]
    # What a deadline asks for stands together under its title.
    assert [line for line in lines if "  " not in line] == ["", "Återredovisning (RS-58)", "", "T2"], lines
    column = lines[0].index("STATE")
    assert lines[3].startswith("Färre inhyrda (HSN-03)  ") and lines[3][column:].startswith("open "), lines
    assert lines[4].startswith("the deliverable  "), lines
    assert re.match(r"late, promised by Fri 8 May( 2026)?  ", lines[4][column:]), lines
    assert lines[7].startswith("HSN-03 "), lines
    assert re.search(r"Fri 15 May( 2026)? \(Wed 13 May", lines[3]), lines[3]
    assert "(prel.) (was Tue 26 May" in lines[4] and r"at-risk\x1b[2J\u{202e}" in lines[4]
    assert re.search(r"1, last Fri 1 May( 2026)? 08:00", lines[3])
    with Server(bench.endpoint, fixed({"result": "ok", "rows": []})):
        assert bench.run("list") == "Nothing is owed now.\n"
        assert bench.run("list", "--late") == "Nothing is late.\n"
        assert bench.run("list", "--search", "x") == "Nothing of that is owed.\n"
        bench.run("list", "--order", "title", code=64)
    rows = [dict(LIST_ROW, papers_original="2026-05-08")]
    with Server(bench.endpoint, fixed({"result": "ok", "rows": rows})) as server:
        assert re.search(r"Fri 15 May( 2026)? \(Wed 13 May( 2026)?\) \(was Fri 8 May( 2026)?\)  ",
                         bench.run("list")), bench.out
        lines = bench.run("list", "--order", "owner").splitlines()
        assert server.requests[-1]["params"] == {"order": "owner"}, server.requests[-1]
        assert lines[0].split()[:2] == ["DEADLINE", "MEASURE"] and lines[2] == rows[0]["owner"], lines
    # What is owed no more since its measure is over stands as that is; what was withdrawn for something else does not.
    done, cancelled, struck, other = (
        dict(LIST_ROW, deadline=f"T{n}", state="withdrawn", **more) for n, more in enumerate((
            {"status": "done", "over": True}, {"status": "cancelled", "over": True},
            {"status": "done", "over": True, "closed": {"as": "struck"}}, {"status": "done"})))
    with Server(bench.endpoint, fixed({"result": "ok", "rows": [done, cancelled, struck, other]})):
        lines = bench.run("list", "--all").splitlines()
        column = lines[0].index("STATE")
        assert [line[column:].split()[0] for line in lines if line.startswith("HSN-03")] \
            == ["done", "cancelled", "struck", "withdrawn"], lines
        lines = bench.run("list", "--all", "--order", "state").splitlines()
        assert [line for line in lines[1:] if line and "  " not in line] == ["done", "cancelled", "struck", "withdrawn"], lines
    rows = [dict(LIST_ROW, time="14:00")]  # the last day ends at that
    with Server(bench.endpoint, fixed({"result": "ok", "rows": rows})):
        assert re.search(r"Fri 15 May( 2026)? 14:00 \(Wed 13 May", bench.run("list")), bench.out


def tables_fit_the_terminal(bench):
    """80 columns, or what the terminal has; into a file each row is one line."""
    rows = [dict(LIST_ROW, measure="HSN-03", title="Färre inhyrda läkare på akutkliniken och i primärvården",
                 deadline_title="Återredovisning av handlingsplanen för en ekonomi i balans " * 2,
                 owner="verksamhetschef-akut", papers_original="2026-05-08", state="late", asked=3),
            dict(LIST_ROW, measure="日本-1", title="会議の資料を作成する", owner="e\u0301va", status="on-track",
                 deadline_title="Återredovisning av handlingsplanen för en ekonomi i balans " * 2)]
    wide = []

    def shown(columns, **environment):
        read, write = os.openpty()
        fcntl.ioctl(write, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        env = {"HOME": str(bench.home), "PATH": os.environ["PATH"], "NO_COLOR": "1", **environment}
        subprocess.run([PAMINN, "list", "--server", bench.endpoint], stdout=write, env=env,
                       timeout=60, check=True)
        os.close(write)
        text = os.read(read, 65536).decode().replace("\r\n", "\n")
        os.close(read)
        return text.splitlines()

    def width(line):
        return sum(0 if unicodedata.combining(each) else
                   1 + (unicodedata.east_asian_width(each) in "WF") for each in line)

    with Server(bench.endpoint, fixed({"result": "ok", "rows": rows})):
        for columns, environment, most in ((80, {}, 80), (0, {}, 80), (60, {}, 60), (100, {}, 100),
                                           (200, {"COLUMNS": "80"}, 80)):
            lines = shown(columns, **environment)
            assert max(map(width, lines)) <= most, (columns, lines)
            joined = " ".join(" ".join(lines).split())
            assert "DUE" in joined and "会議の資料を作成する" in joined.replace(" ", ""), joined
            wide.append(len(lines))
        wide.append(len(shown(300)))
        assert wide[2] > wide[0] == wide[1] == wide[4] > wide[5], wide
        # What has no room beside the others stands below its row, with its title.
        assert any(line.startswith("    DUE ") and "; ASKED 3" in line for line in shown(80)), shown(80)
        assert len(bench.run("list").splitlines()) == 5, bench.out


def late_is_noticed_on_a_terminal_only(bench):
    reply = {"result": "ok", "rows": [dict(LIST_ROW, state="late")]}

    def shown(**environment):
        read, write = os.openpty()
        env = {"HOME": str(bench.home), "PATH": os.environ["PATH"], **environment}
        subprocess.run([PAMINN, "list", "--server", bench.endpoint], stdout=write, env=env,
                       timeout=60, check=True)
        os.close(write)
        text = os.read(read, 65536).decode()
        os.close(read)
        return text

    with Server(bench.endpoint, fixed(reply)):
        assert "\x1b[1m" in shown()
        assert "\x1b" not in shown(NO_COLOR="1")
        assert "\x1b" not in bench.run("list")


def forecast_and_why_say_what_and_when(bench):
    row = {"when": "2026-05-11T08:00:00+02:00", "to": "chef-akut", "channel": "mail",
           "kind": "reminder", "items": [{"deadline": "RS-58", "measure": "HSN-03", "step": "-2wd"},
                                         {"deadline": "RS-58", "measure": None, "step": "0"},
                                         {"deadline": "RS-9", "measure": None, "step": "+3wd",
                                          "repetition": 2}]}
    with Server(bench.endpoint, fixed({"result": "ok", "rows": [row]})):
        text = bench.run("forecast", "--month", "2026-05")
        assert re.search(r"^Mon 11 May( 2026)? 08:00  reminder to chef-akut: "
                         r"RS-58 HSN-03 \(-2wd\), RS-58 \(0,\s+the last\s+working\s+day\), RS-9\s+\(\+3wd, third time\)$", text, re.M), text
        assert "31 days" not in text and "--json" not in text, text
    # What several items have in common is said once.
    row["items"] = [{"deadline": "RS-58", "measure": f"HSN-{n}", "step": "-2wd" if n < 4 else "0"}
                    for n in range(1, 6)] + [{"deadline": "RS-9", "measure": "HSN-1", "step": "0"}]
    with Server(bench.endpoint, fixed({"result": "ok", "rows": [row]})):
        text = bench.run("forecast", "--month", "2026-05")
        assert re.search(r"RS-58\s+HSN-1,\s+HSN-2,\s+HSN-3\s+\(-2wd\),\s+RS-58\s+HSN-4,\s+HSN-5\s+\(0,\s+the\s+last\s+"
                         r"working\s+day\),\s+RS-9\s+HSN-1\s+\(0\)", text), text
        # Where it ends is said when nobody has said where it is to end.
        for words in ([], ["--from", "2026-05-01"]):
            assert bench.run("forecast", *words).splitlines()[-1].startswith("More: forecast --until DAY")
        assert "31 days" not in bench.run("forecast", "--until", "2026-05-31")
    row = {"when": "2026-05-11T08:00:00+02:00", "person": "chef-akut", "deadline": "RS-58",
           "measure": "HSN-03", "step": "-2wd", "decision": "merged", "reason": "word " * 60}
    with Server(bench.endpoint, fixed({"result": "ok", "rows": [row]})):
        assert "word " * 59 in bench.run("why", "HSN-03"), "nothing is cut off"
    for repeated, words in ((1, "second time"), (11, "twelfth time"), (12, "13th time"), (20, "21st time"),
                            (110, "111th time")):
        with Server(bench.endpoint, fixed({"result": "ok", "rows": [{**row, "reason": "r", "step": "+3wd",
                                                                      "repetition": repeated}]})):
            assert f"  +3wd, {words}  merged" in bench.run("why", "HSN-03"), words


def a_forecast_tells_each_thing_once(bench):
    owners = {"stod": [None], "anna": ["HSN-1", "HSN-2"], "bo\x1b[31m": [f"HSN-{n}" for n in range(3, 15)]}
    rows = [{"when": f"2026-05-{day}T08:00:00+02:00", "to": to, "channel": "mail", "kind": "reminder",
             "items": [{"deadline": "RS-58", "measure": measure, "step": step} for measure in measures]}
            for day, step in ((11, "-2wd"), (13, "0")) for to, measures in owners.items()]
    table = ["WHEN              MESSAGES",
             "Mon 11 May 08:00  3 reminders, RS-58 (-2wd)",
             "                    stod        RS-58 itself",
             "                    anna        HSN-1, HSN-2",
             "                    bo\\x1b[31m  HSN-3, HSN-4, HSN-5, HSN-6, HSN-7, HSN-8 and 6 more",
             "Wed 13 May 08:00  the same (0, the last working day)"]
    with Server(bench.endpoint, fixed({"result": "ok", "rows": rows})) as server:
        server.clock = "2026-05-04T07:00:00+02:00"
        until = bench.run("forecast", "--until", "2026-05-31")
        assert until.splitlines() == table + ["In full: --json"], until
        text = bench.run("forecast")
        assert text.splitlines() == table + [
            "31 days, as if nobody answered.", "More: forecast --until DAY, --month YYYY-MM; in full: --json"], text
        assert json.loads(bench.run("forecast", "--json")) == rows
        # What goes over the width goes on below itself, and nothing is cut off.
        narrow = bench.run("forecast", "--until", "2026-05-31", env={"COLUMNS": "50"})
        assert max(map(len, narrow.splitlines())) <= 50, narrow
        assert narrow.split() == until.split(), narrow
        narrow = bench.run("forecast", "--until", "2026-05-31", env={"COLUMNS": "32"})
        assert re.search(r"^Mon 11     3 reminders, RS-58\nMay 08:00  \(-2wd\)$", narrow, re.M), narrow


def a_calendar_has_papers_meetings_and_months(bench):
    rows = [{"what": "messages", "date": "2026-05-01", "count": 12},
            {"what": "papers", "date": "2026-05-15", "deadline": "RS-58", "title": "Handlingsplan",
             "due": "2026-05-26", "provisional": True, "state": "open", "body": "RS"},
            {"what": "meeting", "date": "2026-05-26", "body": "RS", "title": "Regionstyrelsen",
             "until": "2026-05-27", "place": None}]
    with Server(bench.endpoint, fixed({"result": "ok", "rows": rows})):
        text = bench.run("calendar")
    assert re.search(r"^2026-05 +12 messages +– +– +–", text, re.M), text
    assert re.search(r"^Fri 15 May.* papers +RS-58 +Tue 26 May.*\(prel\.\) +open\b", text, re.M), text
    assert re.search(r"^Tue 26 May.* - Wed 27 May.* meeting +RS ", text, re.M), text


def dates_are_told_by_the_daemon_s_clock(bench):
    """Which year needs no saying is for the daemon to know: in a rehearsal it is another than ours."""
    rows = [dict(LIST_ROW, id="RS", kind="body", due="2031-02-09", papers="2030-10-31", practical="2030-10-31",
                 due_original=None, papers_original="2030-10-31", last_asked="2031-01-15T08:00:00+01:00",
                 when="2031-01-15T08:00:00+01:00", planned="2030-10-31T08:00:00+01:00")]
    with Server(bench.endpoint, fixed({"result": "ok", "rows": rows})) as server:
        server.clock = "2031-01-15T07:00:00+01:00"
        for words in (["show", "RS"], ["list"], ["board", "RS"], ["why", "RS-58"], ["outbox"], ["forecast"]):
            text = bench.run(*words)
            assert "2031" not in text, text
        assert "Thu 31 Oct 2030" in bench.run("show", "RS"), bench.out
        assert "Thu 31 Oct 2030" in bench.run("list"), bench.out
        asked = len(server.requests)
        assert "2031-02-09" in bench.run("list", "--json") and len(server.requests) == asked + 1, server.requests
        # A daemon that answers no more does not keep back what it has told.
        server.clock = None
        assert re.search(r"Thu 31 Oct( 2030)? ", bench.run("list")), bench.out
    answer = {"result": "accepted", "seq": 1, "answers": ["KS-1"],
              "early": [{"deadline": "IVO-SVAR", "opens": "2031-02-07T00:00:00+01:00"}]}
    with Server(bench.endpoint, lambda event: dict(answer, id=event["id"]) if "id" in event
                else {"result": "ok", "rows": []}) as server:
        server.clock = "2031-01-15T07:00:00+01:00"
        assert bench.run("status", "M", "done", "--as", "x").endswith("IVO-SVAR opens on Fri 7 Feb\n"), bench.out


def single_rows_are_single_documents(bench):
    row = {"obligations": [LIST_ROW], "id": "RS", "kind": "body",
           "long_name": "Regionstyrelsen å", "none": None, "on": True,
           "meetings": [{"from": "2026-05-26", "place": "Salen"}], "more": {"a": 1}}
    with Server(bench.endpoint, fixed({"result": "ok", "rows": [row]})) as server:
        server.clock = None
        for words in (["show", "RS"], ["report", "RS"]):
            assert json.loads(bench.run(*words, "--json")) == row
        assert json.loads(bench.run("whoami", "--json")) == {**row, "server": bench.endpoint}
        assert json.loads(bench.run("report", "RS", "--format", "json")) == row
        text = bench.run("show", "RS")
    assert "long name  Regionstyrelsen å\n" in text and "FROM" not in text, text
    assert re.search(r"obligations\nMEASURE .*\n\nRS-58\nHSN-03 ", text), text
    assert re.search(r"meetings\nfrom +place\nTue 26 May.*  Salen\n", text), text
    with Server(bench.endpoint, fixed({"result": "ok", "rows": []})):
        bench.run("show", "RS", code=65)


def report_is_markdown(bench):
    done = {"measure": "HSN-03", "title": "Färre | inhyrda", "owner": "chef-akut",
            "status": "at-risk", "progress": 40, "effect_planned": 12000000,
            "effect_achieved": 1250000, "effect_forecast": 3000000, "deviation": -9000000,
            "answered_at": "2026-05-11T09:30:00+02:00", "asked": 2,
            "last_asked": "2026-05-08T08:00:00+02:00", "note": "Två\nrader <b>"}
    silent = dict(done, measure="HSN-04", status=None, progress=None, effect_achieved=None,
                  effect_forecast=None, deviation=None, answered_at=None, asked=3, note=None,
                  last_asked="2026-05-12T08:00:00+02:00")
    report = {"deadline": "RS-58", "title": "Återredovisning", "decision": "RS 2026-04-22 § 58",
              "due": "2026-05-26", "papers": "2026-05-21", "due_original": None,
              "papers_original": "2026-05-15", "frozen_at": None, "sha256": None,
              "totals": {"measures": 2, "answered": 1, "effect_planned": {"sum": 24000000, "of": 2},
                         "effect_achieved": {"sum": 1250000, "of": 1},
                         "effect_forecast": {"sum": 0, "of": 0},
                         "deviation": {"sum": -9000000, "of": 1}}, "rows": [done, silent]}
    lacking = dict(done, answered=False, answered_at=None)
    with Server(bench.endpoint, fixed({"result": "ok", "rows": [dict(report, rows=[lacking])]})):
        text = bench.run("report", "RS-58")
        assert "| at risk (no answer) | 40 % |" in text, text
    past = [{"what": "submitted", "at": "2026-05-07T10:00:00+02:00", "by": "/people/ola|x",
             "due": None, "reference": "D1"},
            {"what": "returned", "at": "2026-05-08T10:00:00+02:00", "by": "/local/anna",
             "due": "2026-05-29", "reference": "R1"},
            {"what": "returned", "at": "2026-05-08T11:00:00+02:00", "by": "/local/anna",
             "due": "meeting RS 2026-10", "reference": "R2"}]
    with Server(bench.endpoint, fixed({"result": "ok", "rows": [dict(report, history=past)]})):
        text = bench.run("report", "RS-58")
        assert "\n## Hand-overs and decisions\n\n| When | What | Reference | Due | By |\n" \
            "|---|---|---|---|---|\n" \
            "| Thu 7 May 10:00 | submitted | D1 | – | /people/ola\\|x |\n" \
            "| Fri 8 May 10:00 | returned | R1 | Fri 29 May | /local/anna |\n" \
            "| Fri 8 May 11:00 | returned | R2 | meeting RS 2026-10 | /local/anna |\n" in text, text
    decided = [*past, dict(past[1], what="noted", due=None, reference="R3", body="HSN")]
    with Server(bench.endpoint, fixed({"result": "ok", "rows": [dict(report, history=decided)]})):
        text = bench.run("report", "RS-58")
        assert "| Thu 7 May 10:00 | submitted | D1 | – | /people/ola\\|x |\n" in text, text
        assert "| Fri 8 May 10:00 | noted by HSN | R3 | – | /local/anna |\n" in text, text
        # A member that only a later row has is a column of the table, too.
        lines = bench.run("show", "RS-58").split("\nhistory\n")[1].splitlines()
        assert lines[0].split() == ["what", "at", "by", "due", "reference", "body"], lines
        assert lines[4].split()[-2:] == ["R3", "HSN"], lines
    alone = dict(report, time="14:00", rows=[done], totals=dict(report["totals"], measures=1))
    with Server(bench.endpoint, fixed({"result": "ok", "rows": [alone]})):
        text = bench.run("report", "RS-58")
        assert "\nThe measure has answered.\n" in text, text
        assert "- Papers: 2026-05-21 14:00 (originally 2026-05-15)\n" in text, text
    with Server(bench.endpoint, fixed({"result": "ok", "rows": [report]})):
        text = bench.run("report", "RS-58")
        assert text == bench.run("report", "RS-58", "--format", "md")
    lines = text.replace("\u00a0", " ").splitlines()
    assert lines[0] == "# Återredovisning" and "- Decision: RS 2026-04-22 § 58" in lines
    assert "- To be reported: 2026-05-26" in lines, text
    assert "- Papers: 2026-05-21 (originally 2026-05-15)" in lines, text
    assert "1 of 2 measures has answered." in lines
    # No two sums of different measures in one sentence: nobody is to take one from the other.
    at = lines.index("- Planned effect: 24 000 000 (2 of 2 measures)")
    assert lines[at + 1:at + 4] == ["- Achieved: 1 250 000 (1 of 2 measures)",
                                    "- Deviation from the plan: −9 000 000 (1 of 2 measures: those "
                                    "with both a plan and a forecast)", ""], lines[at:]
    assert r"| HSN-03 | Färre \| inhyrda | chef-akut | at risk | 40 % | 12 000 000 | 1 250 000 " \
        "| 3 000 000 | −9 000 000 | Mon 11 May |" in lines, text
    assert any("| no answer (asked 3 times, last Tue 12 May) | – |" in line for line in lines), text
    assert lines[-2:] == ["> Två", r"> rader \<b\>"], lines[-3:]


# ---------------------------------------------------------------- faults ----

def absent_daemon_is_noticed_at_once(bench):
    before = time.monotonic()
    bench.run("list", code=69)
    bench.run("--server", "tcp://127.0.0.1:1", "list", code=69)
    assert time.monotonic() - before < 5, "it waited for the timeout"
    assert not bench.kept()


def silent_daemon_is_given_up(bench):
    with Server(bench.endpoint, lambda request: None) as server:
        bench.run("list", "--timeout", "0.3", code=69)
        assert "did not answer in time" in bench.err
        bench.run("status", "M", "done", "--timeout", "0.3", code=75)
        asked = server.events()[-1]
    assert len(bench.kept()) == 1, "the outcome is unknown: it is kept"
    with Server(bench.endpoint) as server:
        bench.run("flush")
        assert [event["id"] for event in server.events()] == [asked["id"]], "with the same id"


def foreign_service_is_told_apart(bench):
    listener = socket.create_server(("127.0.0.1", 0))

    def greet():
        peer = listener.accept()[0]
        peer.sendall(b"220 mail ready\r\n" * 10)
        time.sleep(1)
        peer.close()

    threading.Thread(target=greet, daemon=True).start()
    bench.run("--server", f"tcp://127.0.0.1:{listener.getsockname()[1]}", "list", "--timeout", "3",
              code=69)
    listener.close()
    with Server(bench.endpoint, fixed("no object")):
        bench.run("list", code=69)
        bench.run("note", "M", "x", code=75)
    with Server(bench.endpoint, fixed({"result": "ok", "rows": 5})):
        bench.run("list", code=69)


def lost_connection_is_noticed(bench):
    asked = threading.Event()
    server = Server(bench.endpoint, lambda request: asked.set())
    threading.Thread(target=lambda: asked.wait(60) and server.__exit__()).start()
    bench.run("list", "--timeout", "600", code=69)
    assert "closed the connection" in bench.err


# ---------------------------------------------------------------- spool ----

def events_are_kept_and_sent_once(bench):
    for n in range(12):
        bench.run("note", f"M-{n}", "x", code=75)
        assert "kept in the spool; will be sent with the next call" in bench.err
    files = bench.kept()
    assert len(files) == 12
    document = json.loads(bench.run("note", "M-12", "x", "--json", code=75))
    assert document == {"result": "kept", "id": json.loads(bench.kept()[-1].read_text())["id"]}
    bench.kept()[-1].unlink()
    for file in files:
        event = json.loads(file.read_text())
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+0[12]:00", event["time"])
        assert file.stat().st_mode & 0o777 == 0o600
    assert files[0].parent.stat().st_mode & 0o777 == 0o700
    kept = [json.loads(file.read_text()) for file in files]

    with Server(bench.endpoint) as server:
        bench.run("note", "last", "x")  # the next call sends them first
        assert server.events()[:12] == kept, "in order, unchanged"
        assert server.events()[12]["subject"] == "last" and len(server.events()) == 13
        assert "sent 12 kept before" in bench.err and not bench.kept()
        assert bench.run("flush") == "Nothing was kept.\n"
    bench.run("note", "M", "x", code=75)
    with Server(bench.endpoint) as server:
        bench.run("list")  # so does a query
        assert [event["subject"] for event in server.events()] == ["M"] and not bench.kept()


def spools_are_apart_for_each_server(bench):
    bench.run("note", "one", "x", code=75)
    other = bench.endpoint + "2"
    bench.run("--server", other, "note", "two", "x", code=75)
    with Server(other) as server:
        bench.run("--server", other, "flush")
        assert [event["subject"] for event in server.events()] == ["two"]
    assert len(bench.kept()) == 1
    state = bench.folder / "state"
    bench.run("note", "three", "x", code=75, env={"XDG_STATE_HOME": str(state)})
    assert len(list(state.glob("paminn/spool/*/*.jsonl"))) == 1 and len(bench.kept()) == 1


def rejected_events_are_put_aside(bench):
    for subject in ("good", "wrong", "better"):
        bench.run("note", subject, "x", code=75)
    with Server(bench.endpoint):
        bench.run("flush", code=65)
    assert bench.out == "2 accepted, 0 duplicate, 1 rejected, 0 still kept\n"
    assert "no measure is called wrong" in bench.err and "rejected" in bench.err
    assert not bench.kept() and len(bench.put_aside()) == 1
    aside = json.loads(bench.put_aside()[0].read_text())
    assert aside["event"]["subject"] == "wrong" and aside["answer"]["code"] == "unknown-subject"


def a_query_in_a_file_is_no_event(bench):
    """It is neither carried out nor kept, alone in its frame or among events."""
    def note(subject):
        return {"specversion": "1.0", "id": subject, "source": "/local/test",
                "type": "paminn.note", "subject": subject, "data": {"note": "x"}}

    command = {"command": "hold", "params": {"on": True}}
    file = bench.folder / "events"
    for lines in ([command], [note("M-1"), command, note("M-2")], [{"query": "list"}]):
        file.write_text("".join(json.dumps(each) + "\n" for each in lines))
        with Server(bench.endpoint) as server:
            bench.run("send", str(file), code=65)
            said = [each for request in server.requests
                    for each in (request if isinstance(request, list) else [request])]
            assert all("specversion" in each for each in said), said
            assert len(said) == len(lines) - 1
        assert "query or a command" in bench.err and not bench.kept(), bench.err
        bench.run("send", str(file), code=65)  # the daemon is away: what is an event is kept
        assert len(bench.kept()) == (1 if len(lines) > 1 else 0)
        for each in bench.kept():
            each.unlink()


def what_the_spool_should_not_have_is_put_aside(bench):
    """What an earlier version kept, or somebody wrote there, does not hold up what comes after."""
    lines = [json.dumps({"query": "list"}), "5", "null", "{broken", "[]", "\x01"]
    for text in lines:
        bench.run("note", "before", "x", code=75)
        bench.kept()[-1].write_text(text + "\n")
    bench.run("note", "after", "x", code=75)
    with Server(bench.endpoint) as server:
        bench.run("flush", code=65)
        assert [event["subject"] for event in server.events()] == ["after"], server.events()
    assert bench.out == f"1 accepted, 0 duplicate, {len(lines)} rejected, 0 still kept\n", bench.out
    assert not bench.kept() and len(bench.put_aside()) == len(lines)
    for what in ("null", "{broken", "[]", r"\x01"):
        assert f'paminn: the kept line "{what}" was rejected: ' in bench.err, bench.err
    assert "not null;" in bench.err, bench.err
    assert "out of memory" not in bench.err, bench.err


def a_state_folder_that_leads_nowhere(bench):
    state = bench.folder / "state"
    state.symlink_to(bench.folder / "nowhere")
    bench.run("note", "M", "x", code=75, env={"XDG_STATE_HOME": str(state)})
    assert "can't be written: No such file or directory" in bench.err, bench.err
    assert "say it again" in bench.err


def rehearsal_does_not_take_our_clock(bench):
    bench.run("status", "M", "done", "--time", "2026-05-01T08:00:00+02:00", code=75)
    bench.run("note", "M", "x", code=75)
    file = bench.kept()[1]
    event = json.loads(file.read_text())
    file.write_text(json.dumps(dict(event, time="2026-05-12T08:00:00+02:00")) + "\n")
    with Server(bench.endpoint) as server:
        server.rehearsal = True
        bench.run("flush")
        assert server.events()[0]["time"] == "2026-05-01T08:00:00+02:00"
        assert server.events()[1]["id"] == event["id"] and "time" not in server.events()[1]


def retry_stays_in_the_spool(bench):
    def full(event):
        return {"result": "retry", "id": event["id"], "code": "storage-full", "reason": "disk full"}

    with Server(bench.endpoint, full):
        bench.run("note", "M", "x", code=75)
        assert "disk full" in bench.err and len(bench.kept()) == 1
        bench.run("flush", code=75)
        assert bench.out == "0 accepted, 0 duplicate, 0 rejected, 1 still kept\n"
        assert json.loads(bench.run("flush", "--json", code=75))["kept"] == 1
    with Server(bench.endpoint) as server:
        bench.run("flush")
        assert len(server.events()) == 1 and not bench.kept()
    bench.run("note", "M", "x", code=75)
    bench.run("flush", code=75)  # nobody there
    assert len(bench.kept()) == 1


def parallel_calls_neither_lose_nor_repeat(bench):
    environment = dict(os.environ, HOME=str(bench.home))
    calls = [subprocess.Popen([PAMINN, "--server", bench.endpoint, "note", f"M-{n}", "x"],
                              env=environment, stderr=subprocess.DEVNULL) for n in range(12)]
    assert all(call.wait(60) == 75 for call in calls)
    assert len(bench.kept()) == 12
    with Server(bench.endpoint) as server:
        calls = [subprocess.Popen([PAMINN, "--server", bench.endpoint, "flush"], env=environment,
                                  stdout=subprocess.DEVNULL) for _ in range(4)]
        assert all(call.wait(60) == 0 for call in calls)
        assert sorted(e["subject"] for e in server.events()) == sorted(f"M-{n}" for n in range(12))
        assert len(server.seen) == len(server.events()) == 12


# ---------------------------------------------------------------- send ----

def ready(number, **changes):
    event = {"specversion": "1.0", "id": f"e-{number}", "source": "/systems/ekonomi",
             "type": "paminn.note", "subject": "M", "data": {"note": f"nummer {number} å"}}
    return json.dumps(event | changes, ensure_ascii=False)


def send_tells_each_line(bench):
    lines = [ready(n) for n in range(5000)]
    lines[9] = ready(9, subject="wrong")         # line 10: rejected by the daemon
    lines[1233] = "{ no json"                    # line 1234: rejected by the client
    lines[2999] = ready(5)                       # line 3000: a duplicate
    lines[3500] = ""                             # a blank line is none
    lines[4000] = "[1]"                          # line 4001
    lines[4499] = ready(4499, data={"note": "x" * 70000})  # line 4500: too large
    lines[4998] = ready(4998, subject="wrong")   # line 4999
    path = bench.folder / "events.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    with Server(bench.endpoint) as server:
        bench.run("send", str(path), code=65)
        assert bench.out == "4999 events: 4993 accepted, 1 duplicate, 5 rejected\n", bench.out
        told = re.findall(rf"^{path}:(\d+): rejected: .+ \(([a-z-]+)\)$", bench.err, re.M)
        assert sorted(told, key=lambda x: int(x[0])) == [
            ("10", "unknown-subject"), ("1234", "bad-json"), ("4001", "bad-event"),
            ("4500", "too-large"), ("4999", "unknown-subject")], bench.err
        assert max(len(r) for r in server.requests if isinstance(r, list)) <= 1000
        assert "\r" not in bench.err, "progress is for terminals"
        summary = json.loads(bench.run("send", "-", "--json", stdin=path.read_bytes(), code=65))
        assert summary["duplicate"] == 4994 and summary["rejected"] == 5
        assert [row["line"] for row in summary["lines"] if row["code"] == "too-large"] == [4500]
    bench.run("send", str(bench.folder / "nosuch"), code=66)


def send_says_what_is_no_event_and_skips_a_byte_order_mark(bench):
    lines = "\n".join([ready(1), "null", "17", ready(2)])
    with Server(bench.endpoint) as server:
        bench.run("send", "-", stdin=b"\xef\xbb\xbf" + lines.encode(), code=65)
        assert [event["id"] for event in server.events()] == ["e-1", "e-2"], server.events()
        for line, what in ((2, "null"), (3, "17")):
            assert f"standard input:{line}: rejected: an event is a JSON object, not {what} " \
                "(bad-event)" in bench.err, bench.err


def send_fills_frames_to_their_limit(bench):
    lines = [ready(n, data={"note": "x" * 60000}) for n in range(60)]
    with Server(bench.endpoint) as server:
        bench.run("send", "-", stdin="\n".join(lines).encode())
        assert len(server.seen) == 60, "no frame was above 1 MiB"


def send_keeps_what_was_not_answered(bench):
    lines = "\n".join(ready(n) for n in range(3000)).encode()
    bench.run("send", "-", stdin=lines, code=75)
    assert "3000 kept in the spool" in bench.err
    assert bench.out == "3000 events: 0 accepted, 0 duplicate, 0 rejected\n"
    with Server(bench.endpoint) as server:
        bench.run("flush")
        assert [e["id"] for e in server.events()] == [f"e-{n}" for n in range(3000)]
        assert all("time" in event for event in server.events())
    assert not bench.kept()

    # What fills a frame does not fit into it any more when it is stamped.
    large = "\n".join(ready(n, data={"note": "x" * 4030}) for n in range(500)).encode()
    bench.run("send", "-", stdin=large, code=75)
    with Server(bench.endpoint) as server:
        bench.run("flush")
        assert len(server.seen) == 500 and not bench.kept()

    # The daemon falls silent in the middle: every event is either answered or kept.
    with Server(bench.endpoint) as server:
        accept = server.answer
        server.answer = lambda event: accept(event) if len(server.seen) < 1000 else None
        bench.run("send", "-", "--timeout", "0.5", stdin=lines, code=75)
        answered = int(re.search(r"(\d+) accepted", bench.out)[1])
        assert answered + int(re.search(r"(\d+) kept", bench.err)[1]) == 3000
        assert 0 < answered <= 1000
        server.answer = accept
        bench.run("flush")
        assert len(server.seen) == 3000 and not bench.kept()


def send_shows_progress_on_a_terminal(bench):
    path = bench.folder / "events.jsonl"
    path.write_text("\n".join(ready(n) for n in range(2000)))

    def slowly(event):
        time.sleep(0.0005)
        return Server.accept(server, event)

    read, write = os.openpty()
    with Server(bench.endpoint) as server:
        server.answer = slowly
        subprocess.run([PAMINN, "--server", bench.endpoint, "send", str(path)], stderr=write,
                       stdout=subprocess.DEVNULL, env={"HOME": str(bench.home)}, timeout=60,
                       check=True)
    os.close(write)
    text = os.read(read, 65536).decode()
    os.close(read)
    assert re.search(r"\r\d+ answered", text), text


TESTS = [
    options_stand_anywhere, events_carry_their_data, misuse_is_64, help_needs_no_daemon,
    settings_come_from_files, answers_give_exit_codes, queries_carry_their_params,
    pages_are_followed_to_the_end, list_is_a_table, tables_fit_the_terminal, late_is_noticed_on_a_terminal_only,
    forecast_and_why_say_what_and_when, a_forecast_tells_each_thing_once,
    a_calendar_has_papers_meetings_and_months, dates_are_told_by_the_daemon_s_clock,
    single_rows_are_single_documents, report_is_markdown,
    absent_daemon_is_noticed_at_once, silent_daemon_is_given_up, foreign_service_is_told_apart,
    lost_connection_is_noticed, events_are_kept_and_sent_once, spools_are_apart_for_each_server,
    rejected_events_are_put_aside, a_query_in_a_file_is_no_event,
    what_the_spool_should_not_have_is_put_aside, a_state_folder_that_leads_nowhere, rehearsal_does_not_take_our_clock, retry_stays_in_the_spool,
    parallel_calls_neither_lose_nor_repeat, send_tells_each_line, send_says_what_is_no_event_and_skips_a_byte_order_mark,
    send_fills_frames_to_their_limit, send_keeps_what_was_not_answered,
    send_shows_progress_on_a_terminal,
]


def main():
    failed = 0
    names = sys.argv[1:]
    for test in TESTS:
        if names and test.__name__ not in names:
            continue
        folder = Path(tempfile.mkdtemp(prefix="paminn-"))
        try:
            test(Bench(folder))
            print(f"ok      {test.__name__}", flush=True)
        except Exception as fault:  # a test that breaks must not hide the others
            failed += 1
            print(f"failed  {test.__name__}: {type(fault).__name__}: {fault}", flush=True)
        finally:
            shutil.rmtree(folder)
    return 1 if failed else 0


sys.exit(main())
