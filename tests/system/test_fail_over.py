# SPDX-License-Identifier: Apache-2.0
"""The client with several servers, daemons of one store: what one of them does not answer another is asked, nothing is
said twice, and only when none is there is an event kept."""
import contextlib
import json
import os
import signal
import subprocess
import threading
import time

import postgres
import zmq
from harness import PAMINN, SANITIZER, Daemon, event, run, small_plan, wait_for
from outside import INSIDE, Outside

CLOCK = "2026-05-12T09:00@1"


class Shared:
    """Daemons a and b on a database of their own."""

    def __init__(self, box):
        self.box, self.server = box, postgres.shared()
        self.name = self.server.database()
        box.keep(self)
        self.a, self.b = (self.daemon(name) for name in "ab")

    def stop(self):
        self.server.drop(self.name)

    def daemon(self, name):
        folder = self.box.folder / name
        folder.mkdir()
        plan = small_plan(folder)
        plan.settings["store"] = self.server.url(self.name)
        daemon = Daemon(folder, plan, CLOCK)
        daemon.expect("channel mail is down")
        self.box.daemons.append(daemon)
        return daemon

    def start(self):
        self.a.start()
        self.b.start()
        return self

    def said(self):
        """The notes of the store, in their order."""
        rows = self.server.sql("SELECT body FROM event WHERE subject = 'TN-1' ORDER BY seq", self.name)
        return [json.loads(row)["data"]["note"] for row in rows]

    def environment(self):
        return {**os.environ, "HOME": str(self.box.folder), "LC_ALL": "C.UTF-8"}

    def command(self, servers, *words):
        return [PAMINN, *(word for each in servers for word in ("--server", getattr(each, "plan", each).submit)),
                "--as", "stina", *words]

    def client(self, servers, *words, code=0, text=False):
        done = subprocess.run(self.command(servers, *words, *(() if text else ("--json",))), capture_output=True,
                              text=True, timeout=120, env=self.environment())
        self.err = done.stderr
        assert not SANITIZER.search(done.stderr), done.stderr
        assert done.returncode == code, (words, done.returncode, done.stdout, done.stderr)
        return done.stdout if text else json.loads(done.stdout)

    def note(self, servers, words, code=0):
        return self.client(servers, "note", "TN-1", words, code=code)["result"]

    def spooled(self):
        return list((self.box.folder / ".local/state/paminn/spool").glob("*/*.jsonl"))


class Odd:
    """Something at an endpoint that greets, and answers as it is told: None is no answer."""

    def __init__(self, box, answer):
        self.submit, self.heard, self.answer = f"ipc://{box.folder}/odd.sock", [], answer
        self.socket = zmq.Context.instance().socket(zmq.ROUTER)
        self.socket.linger = 0
        self.socket.bind(self.submit)
        self.end = threading.Event()
        self.thread = threading.Thread(target=self.work)
        self.thread.start()
        box.keep(self)

    def work(self):
        while not self.end.is_set():
            if not self.socket.poll(50):
                continue
            *address, text = self.socket.recv_multipart()
            self.heard.append(json.loads(text))
            if self.answer:
                answer = [self.answer] * len(self.heard[-1]) if isinstance(self.heard[-1], list) else self.answer
                self.socket.send_multipart([*address, json.dumps(answer).encode()])
        self.socket.close()

    def stop(self):
        self.end.set()
        self.thread.join()


BUSY = {"result": "retry", "id": None, "code": "busy", "reason": "the store is away"}


# ---- a call ----------------------------------------------------------------------------------------

def who_is_not_there_is_passed_over(box):
    """One of those that are there answers, and whoami says which that was. Nothing is kept."""
    it = Shared(box).start()
    a, b = it.a, it.b
    both = (a, b)
    assert it.client(both, "whoami")["server"] in (a.plan.submit, b.plan.submit)
    assert it.note(both, "1") == "accepted"
    a.kill()
    assert it.client(both, "whoami")["server"] == b.plan.submit
    assert it.note(both, "2") == "accepted"
    assert [row["measure"] for row in it.client(both, "list") if row["measure"] == "TN-1"]
    assert not it.spooled() and it.said() == ["1", "2"]
    a.start()
    b.kill()
    assert it.note(both, "3") == "accepted"
    assert it.client(both, "whoami")["server"] == a.plan.submit


def who_says_nothing_at_all_is_passed_over(box):
    """One that stands still takes connections, since that is the kernel's work, and never greets."""
    it = Shared(box).start()
    os.kill(it.a.process.pid, signal.SIGSTOP)
    try:
        assert it.note((it.a, it.b), "1") == "accepted"
        assert it.client((it.a, it.b), "whoami")["server"] == it.b.plan.submit
        assert it.note((it.a,), "kept", code=75) == "kept"
    finally:
        os.kill(it.a.process.pid, signal.SIGCONT)
    assert it.note((it.a, it.b), "2") == "accepted"
    assert "sent 1 kept before" in it.err
    assert it.said() == ["1", "kept", "2"]


def who_greets_and_does_not_answer_is_passed_over(box):
    """An event and a question go on to the other one. A command does not: what it has done is not known."""
    it = Shared(box)
    it.b.start()
    mute = Odd(box, None)
    assert it.client((mute, it.b), "whoami", "--timeout", "2")["server"] == it.b.plan.submit
    assert it.client((mute, it.b), "note", "TN-1", "1", "--timeout", "4")["result"] == "accepted"
    mute.heard.clear()
    it.client((mute, it.b), "hold", "on", "--timeout", "2", code=69, text=True)
    assert mute.heard == [{"command": "hold", "params": {"on": True}}], mute.heard
    assert not it.client((it.b,), "whoami")["hold"]
    assert it.said() == ["1"]


def who_can_not_take_it_now_is_passed_over(box):
    """`retry` says that nothing was done, so that all goes on to the other one, a command too."""
    it = Shared(box)
    it.b.start()
    busy = Odd(box, BUSY)
    both = (busy, it.b)
    assert it.note(both, "1") == "accepted"
    assert it.client(both, "whoami")["server"] == it.b.plan.submit
    it.client(both, "hold", "on", text=True)
    assert it.client((it.b,), "whoami")["hold"]
    file = box.folder / "events"
    file.write_text("".join(json.dumps(event("note", "TN-1", {"note": f"f{n}"}, "/people/stina")) + "\n"
                            for n in range(600)))
    assert it.client(both, "send", str(file))["accepted"] == 600
    assert it.said() == ["1", *(f"f{n}" for n in range(600))]
    it.b.kill()
    assert it.note(both, "2", code=75) == "retry" and len(it.spooled()) == 1
    it.b.start()
    assert it.client((busy, it.b), "flush") == {"accepted": 1, "duplicate": 0, "rejected": 0, "kept": 0}
    assert it.said()[-1] == "2" and not it.spooled()


# ---- in mid-call -------------------------------------------------------------------------------------

def in_the_middle(box, harm, mend):
    """A file is being sent to a when that comes to harm: each event is taken in once, by one or the other."""
    it = Shared(box).start()
    lines = [json.dumps(event("note", "TN-1", {"note": str(n)}, "/people/stina")) + "\n" for n in range(3000)]
    process = subprocess.Popen(it.command((it.a, it.b), "send", "-", "--json", "--timeout", "600"),
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                               env=it.environment())
    try:
        process.stdin.write("".join(lines[:1500]))
        process.stdin.flush()
        wait_for(lambda: len(it.said()) >= 250, "the first of them to be taken in", 60)
        harm(it.a)
        out, err = process.communicate("".join(lines[1500:]), timeout=120)
    finally:
        process.kill()
        mend(it.a)
    assert process.returncode == 0, (process.returncode, out, err)
    summary = json.loads(out)
    assert summary["accepted"] + summary["duplicate"] == len(lines), summary
    assert summary["rejected"] == summary["kept"] == summary["lost"] == 0, summary
    # What the one that stood still had read from its socket, it says now; it is known by its id.
    assert it.note((it.a, it.b), "last") == "accepted"
    said = it.said()
    assert sorted(said[:-1], key=int) == [str(n) for n in range(len(lines))] and said[-1] == "last"
    assert not it.spooled()


def who_is_killed_in_the_middle_of_a_file_is_followed(box):
    in_the_middle(box, Daemon.kill, lambda a: a.start() if not a.process else None)


def who_stands_still_in_the_middle_of_a_file_is_followed(box):
    in_the_middle(box, lambda a: os.kill(a.process.pid, signal.SIGSTOP),
                  lambda a: os.kill(a.process.pid, signal.SIGCONT))


# ---- without any ----------------------------------------------------------------------------------

def what_is_kept_is_sent_to_whichever_comes_back(box):
    """Under one spool for all of them; what was kept for one alone, before there were two, goes as well."""
    it = Shared(box)
    assert it.note((it.b,), "when there was only b", code=75) == "kept"
    assert it.note((it.a, it.b), "when there were two", code=75) == "kept"
    for server in (it.a, it.b):
        assert f"the daemon at {server.plan.submit} is not running" in it.err, it.err
    it.b.start()
    assert it.client((it.a, it.b), "flush") == {"accepted": 2, "duplicate": 0, "rejected": 0, "kept": 0}
    assert not it.spooled()
    assert it.client((it.a, it.b), "flush", text=True) == "Nothing was kept.\n"
    assert sorted(it.said()) == ["when there was only b", "when there were two"]
    it.b.stop()
    assert it.note((it.a, it.b), "for both", code=75) == "kept"
    it.b.start()
    assert it.client((it.b,), "flush", text=True) == "Nothing was kept.\n"
    assert f"events are kept for {it.a.plan.submit}, too" in it.err, it.err
    it.b.stop()
    it.a.start()
    assert it.note((it.b, it.a), "in another order") == "accepted"
    assert it.said()[2:] == ["for both", "in another order"]


def the_servers_stand_in_a_file(box):
    it = Shared(box)
    it.b.start()
    folder = box.folder / ".config/paminn"
    folder.mkdir(parents=True)
    file = folder / "paminn.conf"
    file.write_text(f'server = [ "{it.a.plan.submit}",\n  "{it.b.plan.submit}" ];\n')
    assert it.client((), "whoami")["server"] == it.b.plan.submit
    assert it.note((it.a,), "kept", code=75) == "kept"  # the command line outranks all of it
    file.write_text('server = ( "ipc:///x",\n  5 );\n')
    it.client((), "whoami", code=78, text=True)
    assert "paminn.conf:1: server: it has to be an endpoint" in it.err, it.err
    file.write_text(f'server = "{it.b.plan.submit}";\nserver_key = [ "{zmq.curve_keypair()[0].decode()}", "" ];\n'
                    'key = "k";\n')
    it.client((), "whoami", code=78, text=True)
    assert "2 keys (--server-key) for 1 server (--server)" in it.err, it.err


def each_ones_feed_is_followed(box):
    """A daemon's feed has what that one took in. One that goes is waited for, the others are followed on."""
    it = Shared(box).start()
    process = subprocess.Popen(it.command((it.a, it.b), "watch", "--json"), stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True, env=it.environment())
    lines, remarks = [], []
    for stream, to in ((process.stdout, lines), (process.stderr, remarks)):
        threading.Thread(target=to.extend, args=(stream,), daemon=True).start()

    def notes():
        return [json.loads(line)["data"]["note"] for line in lines if '"paminn.note"' in line]

    def count(words):
        return sum(words in line for line in remarks)

    def told(words, times=1):
        wait_for(lambda: count(words) >= times, f"{words}; there are {remarks}", 60)

    def is_heard(daemons, name):
        """Of notes that are said one after another one is: nobody is told when a subscription has arrived."""
        said = []

        def heard():
            said.append(f"{name} {len(said)}")
            assert it.note(daemons, said[-1]) == "accepted"
            return set(said) & set(notes())
        wait_for(heard, f"one of the notes {said}; there are {remarks}", 60)

    try:
        for daemon in (it.a, it.b):
            told(f"following {daemon.plan.feed}")
        is_heard((it.a,), "a")
        is_heard((it.b,), "b")
        it.a.kill()
        told(f"the daemon at {it.a.plan.submit} has gone; waiting for it to come back")
        is_heard((it.a, it.b), "then b")
        it.a.start()
        told(f"the daemon at {it.a.plan.submit} is back")
        is_heard((it.a,), "then a")
        # One that a busy machine keeps waiting for a moment has not gone, the second time as little as the first.
        gone = count("has gone")
        os.kill(it.a.process.pid, signal.SIGSTOP)
        time.sleep(0.5)
        os.kill(it.a.process.pid, signal.SIGCONT)
        is_heard((it.a,), "at last a")
        assert count("has gone") == gone, remarks
        assert len(notes()) == len(set(notes())), notes()
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
    finally:
        process.kill()
        process.wait()


def what_is_published_to_both_is_one(box):
    """An owner's system publishes, and each daemon is connected to it."""
    it = Shared(box)
    publisher = zmq.Context.instance().socket(zmq.XPUB)
    publisher.linger, publisher.rcvtimeo = 0, 60000
    publisher.set(zmq.XPUB_VERBOSE, 1)
    place = f"tcp://127.0.0.1:{publisher.bind_to_random_port('tcp://127.0.0.1')}"
    for daemon in (it.a, it.b):
        daemon.plan.add("systems", "ekonomi", may_report=["TN-1"])
        daemon.plan.settings["intake"]["subscribe"] = ({"endpoint": place, "system": "ekonomi"},)
    it.start()
    assert [publisher.recv(), publisher.recv()] == [b"\1", b"\1"]
    for n in range(200):
        said = event("note", "TN-1", {"note": str(n)}, "/systems/ekonomi", sequence=str(n + 1))
        publisher.send_multipart([b"paminn.note", json.dumps(said).encode()])
    wait_for(lambda: len(it.said()) >= 200, "all to be taken in", 60)
    assert it.note((it.a,), "a") == it.note((it.b,), "b") == "accepted"
    assert it.said() == [*map(str, range(200)), "a", "b"]
    assert not it.client((it.a,), "whoami")["lost"]
    publisher.close()


# ---- from another machine ---------------------------------------------------------------------------

def each_has_a_key_of_its_own(box):
    """A key for each server in the same order; one of them cut off without a word."""
    outside = Outside()
    it = Shared(box)
    public, secret = zmq.curve_keypair()
    (box.folder / "stina.key").write_bytes(secret + b"\n")
    (box.folder / "stina.key").chmod(0o600)
    places, keys = [f"tcp://{INSIDE}:{port}" for port in (7711, 7721)], []
    for daemon, place in zip((it.a, it.b), places):
        its = zmq.curve_keypair()
        keys.append(its[0].decode())
        (daemon.folder / "server.key").write_bytes(its[1] + b"\n")
        (daemon.folder / "server.key").chmod(0o600)
        daemon.plan.people["stina"]["key"] = public.decode()
        daemon.plan.settings["intake"] = {"submit": [daemon.plan.submit, place], "secret_key_file": "server.key"}
    it.start()

    def client(order, *words, code=0):
        options = [word for n in order for word in ("--server", places[n], "--server-key", keys[n])]
        done = outside.run(PAMINN, *options, "--key", box.folder / "stina.key", "--json", *words,
                           env=it.environment())
        assert done.returncode == code, done
        return json.loads(done.stdout) if code == 0 else done.stderr

    row = client((0, 1), "whoami")
    assert row["server"] in places and row["server_key"] == keys[places.index(row["server"])], row
    assert row["identity"] == "/people/stina", row
    os.kill(it.a.process.pid, signal.SIGSTOP)
    try:
        assert client((0, 1), "note", "TN-1", "1")["result"] == "accepted"
    finally:
        os.kill(it.a.process.pid, signal.SIGCONT)
    # If it stood still within a turn, the database has ended its session.
    wait_for(lambda: it.a.ask(event("note", "TN-2", {"note": "åter"}))["result"] == "accepted",
             "a to have the store again", 30)
    it.b.kill()
    assert client((1, 0), "note", "TN-1", "2")["result"] == "accepted"
    it.a.kill()
    keys.reverse()  # a wrong key is as good as nobody there: the other is asked, and then both are told of
    it.a.start()
    assert "its key is not the one of --server-key" in client((0, 1), "whoami", code=69)
    assert it.said() == ["1", "2"]
    with contextlib.suppress(ProcessLookupError):
        outside.holder.stdin.close()
        outside.holder.wait(30)


run(who_is_not_there_is_passed_over,
    who_says_nothing_at_all_is_passed_over,
    who_greets_and_does_not_answer_is_passed_over,
    who_can_not_take_it_now_is_passed_over,
    who_is_killed_in_the_middle_of_a_file_is_followed,
    who_stands_still_in_the_middle_of_a_file_is_followed,
    what_is_kept_is_sent_to_whichever_comes_back,
    the_servers_stand_in_a_file,
    each_ones_feed_is_followed,
    what_is_published_to_both_is_one,
    each_has_a_key_of_its_own)
