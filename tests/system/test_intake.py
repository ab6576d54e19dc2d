#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The real daemon and real ZeroMQ peers: what goes in, what is answered, what the feed tells.

Each test has a daemon of its own in a temporary folder. They go from a single question to what
happens under load, so that the first one that fails tells the most.
"""
import contextlib
import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import zmq

from harness import free_ports, store_ends, store_of

PAMINND = os.environ["PAMINND"]
WAIT = 15  # seconds for anything, on a busy machine with sanitizers

CONF = """
timezone = "Europe/Stockholm"; language = "sv"; store = "{store}"; plan = [ "plan.conf" ];
intake = {{ submit = [ {submit} ]; collect = [ "tcp://127.0.0.1:{collect}" ];
            feed = [ "tcp://127.0.0.1:{feed}" ];
            subscribe = ( {{ endpoint = "tcp://127.0.0.1:{subscribe}"; system = "ekonomi"; }} ); }};
mail = {{ server = "smtp://127.0.0.1:1"; from = "Paminn <paminn@region.example>";
         reply_to = "stod@region.example"; }};
ladders = ( {{ name = "standard"; time = "08:00"; steps = (
               {{ at = "-10wd"; to = [ "owner" ]; }}, {{ at = "0"; to = [ "owner" ]; }} ); }} );
"""
PLAN = """
bodies = ( { id = "RS"; name = "Regionstyrelsen"; papers = "-7wd"; } );
meetings = ( { body = "RS"; from = "2026-05-26"; until = "2026-05-27"; } );
people = ( { id = "anna"; name = "Anna Ek"; mail = "anna@region.example"; roles = [ "support" ]; } );
systems = ( { id = "ekonomi"; may_report = [ "HSN-*" ]; } );
measures = ( { id = "HSN-03"; title = "Hyrpersonal"; owner = "anna"; },
             { id = "RS-01"; title = "Lokaler"; owner = "anna"; } );
deadlines = ( { id = "RS-58"; title = "Handlingsplan"; decision = "RS 58"; due = "meeting RS 2026-05";
                answers_from = [ "HSN-*" ]; responsible = "anna"; inform = [ "anna" ];
                ladder = "standard"; } );
"""


class Daemon:
    def __init__(self, folder):
        self.folder = folder
        self.submit = f"ipc://{folder}/submit.sock"
        self.store = store_of(folder)
        self.ports = dict(zip(("collect", "feed", "subscribe"), free_ports(3)))
        self.write(PLAN)
        self.configure(f'"{self.submit}"')
        self.log = folder / "log"
        self.process = None
        self.context = zmq.Context()

    def write(self, plan):
        (self.folder / "plan.conf").write_text(plan, encoding="utf-8")

    def configure(self, submit):
        (self.folder / "paminnd.conf").write_text(CONF.format(submit=submit, store=self.store, **self.ports),
                                                  encoding="utf-8")

    def command(self, *options):
        return [PAMINND, "--config", str(self.folder / "paminnd.conf"),
                "--clock", "2026-05-11T07:00@1", *options]

    def run(self, *options):
        return subprocess.run(self.command(*options), capture_output=True, text=True, timeout=WAIT)

    def start(self):
        """Start it and wait for READY=1, as systemd does; the states it told before that."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
            path = self.folder / "notify"
            path.unlink(missing_ok=True)
            notify.bind(str(path))
            notify.settimeout(WAIT)
            with open(self.log, "ab") as log:
                self.process = subprocess.Popen(self.command(), stderr=log,
                                                env={**os.environ, "NOTIFY_SOCKET": str(path)})
            while "READY=1" not in notify.recv(4096).decode().split("\n"):
                pass
        return self

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        code = self.process.wait(WAIT)
        self.process = None
        return code

    def text(self):
        return self.log.read_text(encoding="utf-8")

    def socket(self, kind, endpoint=None, bind=None):
        s = self.context.socket(kind)
        s.linger = 0
        s.rcvtimeo = s.sndtimeo = WAIT * 1000
        s.sndhwm = s.rcvhwm = 100000
        if bind:
            s.bind(bind)
        else:
            s.connect(endpoint or self.submit)
        return s

    def ask(self, message):
        s = self.socket(zmq.REQ)
        s.send(message) if isinstance(message, bytes) else s.send_json(message)
        answer = s.recv_json()
        s.close()
        return answer

    def whoami(self):
        return self.ask({"query": "whoami"})["rows"][0]

    def tcp(self, name):
        return f"tcp://127.0.0.1:{self.ports[name]}"

    def close(self):
        if self.process:
            self.process.kill()
            self.process.wait()
        self.context.destroy(linger=0)
        store_ends(self.folder)


def event(number, **changes):
    return {"specversion": "1.0", "id": f"e{number}", "source": "/people/anna",
            "type": "paminn.status", "subject": "HSN-03", "data": {"status": "on-track"},
            **changes}


def system_event(number, **changes):
    return event(number, source="/systems/ekonomi", sequence=str(number), **changes)


def frames(e):
    return [e["type"].encode(), json.dumps(e).encode()]


def until(what, condition):
    end = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < end, f"waited {WAIT} s for {what}"
        time.sleep(0.05)


def one_event_is_accepted_then_duplicate(d):
    d.start()
    first = d.ask(event(1))
    assert first == {"result": "accepted", "id": "e1", "seq": first["seq"],
                     "answers": ["RS-58"]}, first
    again = d.ask(event(1, data={"status": "no such status"}))
    assert again == {"result": "duplicate", "id": "e1", "seq": first["seq"]}, again


def wrong_ones_are_rejected_with_code_and_sentence(d):
    d.start()
    for code, message in [
            ("bad-json", b'{"specversion":'),
            ("bad-json", b'{"id":"1","id":"2"}'),
            ("bad-event", {**event(1), "specversion": "0.3"}),
            ("bad-event", event(1, time="2026-05-11T09:00:00+02:00")),
            ("bad-data", event(1, data={"status": "fine"})),
            ("bad-data", event(1, data={"status": "done", "colour": "red"})),
            ("too-large", event(1, data={"status": "done", "note": "x" * 70000})),
            ("unknown-type", event(1, type="paminn.erase")),
            ("unknown-subject", event(1, subject="HSN-99")),
            ("not-allowed", event(1, source="/people/nobody")),
            ("not-allowed", event(1, source="/elsewhere"))]:
        answer = d.ask(message)
        assert answer["result"] == "rejected" and answer["code"] == code, (code, answer)
        assert len(answer["reason"].split()) >= 5, answer
        assert answer["id"] == (None if isinstance(message, bytes) else "e1"), answer
    # The id of a rejected event may be used again; a local client speaks as its login.
    assert d.ask(event(1, source="/local/root"))["result"] == "accepted"
    assert d.ask(event(2, source="/systems/ekonomi"))["result"] == "accepted"


def arrays_are_answered_in_order(d):
    d.start()
    answers = d.ask([event(1), event(2, subject="HSN-99"), event(1), 7, event(3)])
    assert [a["result"] for a in answers] == \
        ["accepted", "rejected", "duplicate", "rejected", "accepted"], answers
    assert [a["id"] for a in answers] == ["e1", "e2", "e1", None, "e3"], answers
    assert d.ask([]) == []
    assert d.ask([event(n) for n in range(1001)])["code"] == "too-large"
    assert len(d.ask([event(n) for n in range(1000)])) == 1000
    note = event(5000, type="paminn.note", data={"note": "x" * 70000})
    assert [a.get("code") for a in d.ask([event(4000), note])] == [None, "too-large"]


def queries_and_commands_are_answered(d):
    d.start()
    me = d.whoami()
    assert me["identity"] == "/local" and me["role"] == "steward" and me["rehearsal"], me
    assert me["feed"] == d.tcp("feed") and me["plan"].endswith("paminnd.conf"), me
    assert me["time"].startswith("2026-05-11T07:0") and me["time"].endswith("+02:00"), me
    assert me["version"] and me["lost"] == [] and me["rejected"] == [], me
    for code, message in [("unknown-type", {"query": "weather"}),
                          ("unknown-type", {"command": "forget"}),
                          ("bad-data", {"query": "whoami", "params": {"colour": 1}}),
                          ("bad-data", {"query": "list", "params": {"after": "1:2"}}),
                          ("bad-data", {"command": "hold"})]:
        answer = d.ask(message)
        assert answer["result"] == "rejected" and answer["code"] == code, (message, answer)
    assert d.ask({"command": "hold", "params": {"on": True}})["rows"] == [{"on": True}]
    assert d.ask({"command": "hold", "params": {"on": False}})["rows"] == [{"on": False}]


def too_many_queries_at_once_are_busy(d):
    d.start()
    s = d.socket(zmq.DEALER)
    for _ in range(300):
        s.send_multipart([b"", b'{"query":"whoami"}'])
    results = {json.loads(s.recv_multipart()[1])["result"] for _ in range(300)}
    assert results == {"ok", "retry"}, results


def a_pipeline_is_answered_in_order(d):
    d.start()
    s = d.socket(zmq.DEALER)
    count = 5000
    for n in range(count):
        s.send_multipart([b"", json.dumps(event(n)).encode()])
    answers = [json.loads(s.recv_multipart()[1]) for n in range(count)]
    assert [a["id"] for a in answers] == [f"e{n}" for n in range(count)]
    assert {a["result"] for a in answers} == {"accepted"}
    sequence = [a["seq"] for a in answers]
    assert sequence == sorted(set(sequence))


def what_stands_before_the_event_comes_back(d):
    d.start()
    s = d.socket(zmq.DEALER)
    long = [b"x" * 255] * 8
    for n, before in enumerate([[b""], [], [b"\0\0\0\7", b""], [b"a"], [b"a", b"b", b""],
                                long + [b""], long]):
        s.send_multipart(before + [json.dumps(event(n)).encode()])
        *came, body = s.recv_multipart()
        assert came == before, (before, came)
        assert json.loads(body) == {"result": "accepted", "id": f"e{n}",
                                    "seq": json.loads(body)["seq"],
                                    **({} if n else {"answers": ["RS-58"]})}, body
    # In an array, of a query, and of what is no JSON as well.
    for message, result in [([event(0)], None), ({"query": "whoami"}, "ok"), ("{", "rejected")]:
        text = message if isinstance(message, str) else json.dumps(message)
        s.send_multipart([b"id", b"", text.encode()])
        *came, body = s.recv_multipart()
        assert came == [b"id", b""], came
        answer = json.loads(body)
        assert (answer[0] if result is None else answer)["result"] == (result or "duplicate")


def reliable_requests_are_answered(d):
    """A REQ as the reliable-request pattern sets it up: it numbers its requests and looks for the
    number in the answer; the second request is sent though the first is not answered yet."""
    d.start()
    s = d.socket(zmq.REQ)
    s.setsockopt(zmq.REQ_CORRELATE, 1)
    s.setsockopt(zmq.REQ_RELAXED, 1)
    for n in range(20):
        s.send_json(event(2 * n))
        s.send_json(event(2 * n + 1))
        assert s.recv_json()["id"] == f"e{2 * n + 1}"


def peers_behind_a_proxy_are_answered(d):
    """Two proxies, one behind the other, as between networks."""
    d.start()
    inner, outer = f"ipc://{d.folder}/inner", f"ipc://{d.folder}/outer"
    for front, back in [(inner, d.submit), (outer, inner)]:
        sockets = d.context.socket(zmq.ROUTER), d.context.socket(zmq.DEALER)
        sockets[0].bind(front)
        sockets[1].connect(back)
        for one in sockets:
            one.linger = 0

        def proxy(sockets=sockets):
            with contextlib.suppress(zmq.ZMQError):  # the test is over
                zmq.proxy(*sockets)
        threading.Thread(target=proxy, daemon=True).start()
    n = 0
    for kind, before in [(zmq.REQ, []), (zmq.DEALER, [b""]), (zmq.DEALER, [])]:
        peers = [d.context.socket(kind) for _ in range(3)]
        for peer in peers:
            peer.linger, peer.rcvtimeo = 0, WAIT * 1000
            peer.connect(outer)
            n += 1
            peer.send_multipart(before + [json.dumps(event(n)).encode()])
        for at, peer in enumerate(peers):
            *came, body = peer.recv_multipart()
            answer = json.loads(body)
            assert came == before and answer["result"] == "accepted", (came, answer)
            assert answer["id"] == f"e{n - 2 + at}", "an answer went to somebody else"
            peer.close()


def more_than_one_frame_is_told_of(d):
    """A REQ that sends type and event, as one publishes them, is not left waiting."""
    d.start()
    s = d.socket(zmq.REQ)
    s.send_multipart([b"paminn.status", json.dumps(event(1)).encode()])
    answer = s.recv_json()
    assert (answer["result"], answer["code"]) == ("rejected", "bad-event"), answer
    assert "one frame" in answer["reason"] and "has 2" in answer["reason"], answer
    s.send_multipart([b"", b""])
    assert s.recv_json()["code"] == "bad-event"
    s.send_multipart([b""])
    assert s.recv_json()["code"] == "bad-json"


def a_name_is_told_of(d):
    """Another peer of a name in use is heard by nobody, and nothing shows that: so the log says of each
    name once that it is one. Whatever is in it, the log keeps its shape."""
    d.start()
    name = b"ekonomi\n\0<3>\xff "
    peers = [d.context.socket(zmq.DEALER) for _ in range(3)]
    for peer, named in zip(peers, (name, name, b"other")):
        peer.linger, peer.routing_id = 0, named
        peer.connect(d.submit)
        for n in range(2):
            peer.send_multipart([b"", json.dumps(event(n)).encode()])
            heard = peer.poll(WAIT * 1000 if peer is not peers[1] else 500)
            assert bool(heard) == (peer is not peers[1])
    told = [line for line in d.text().splitlines() if "ZMQ_ROUTING_ID" in line]
    assert len(told) == 2 and '/local calls itself "ekonomi??<3>? "' in told[0], told
    assert '"other"' in told[1] and d.submit in told[0], told
    # Nor does it say so without end.
    for n in range(100):
        one = d.context.socket(zmq.REQ)
        one.linger, one.routing_id = 0, b"peer%d" % n
        one.connect(d.submit)
        one.send_json(event(n))
        assert one.recv_json()["id"] == f"e{n}"
        one.close()
    told = [line for line in d.text().splitlines() if "ZMQ_ROUTING_ID" in line]
    assert len(told) == 64 and "more names are not told of" in told[-1], (len(told), told[-1])


def who_sends_much_and_hangs_up_ends_nothing(d):
    """libzmq 4.3.4 aborts the process by the next heartbeat of such a connection, if what came in is not
    read yet: of a second peer of one name it never is, and the feed's is when something is fed. The
    heartbeat came after 10 s."""
    d.configure(f'"{d.submit}"')
    conf = d.folder / "paminnd.conf"
    feed = f"ipc://{d.folder}/feed.sock"
    conf.write_text(conf.read_text().replace(d.tcp("feed"), feed))
    d.start()
    first, second = (d.context.socket(zmq.DEALER) for _ in range(2))
    for peer in first, second:
        peer.linger, peer.sndhwm, peer.routing_id = 0, 0, b"ekonomi"
        peer.connect(d.submit)
        peer.send_multipart([b"", b"[]"])
        assert peer is second or peer.poll(WAIT * 1000)
    ear = d.socket(zmq.XSUB, feed)
    for n in range(30000):
        second.send_multipart([b"", b"[]"])
        ear.send(b"\1%d" % n)
    time.sleep(1)
    second.close()
    ear.close()
    began = time.monotonic()
    while time.monotonic() < began + 10.5:
        assert d.process.poll() is None, "the daemon has ended"
        time.sleep(0.1)
    assert d.ask(event(1))["result"] == "accepted"


def what_can_not_be_answered_is_counted_and_logged(d):
    d.start()
    s = d.socket(zmq.DEALER)
    text = json.dumps(event(1)).encode()
    bad = [[b"x" * 256, b"", text], [b"x"] * 9 + [b"", text], [b"x"] * 300 + [text],
           [b"x"] * 9 + [text]]
    for message in bad:
        s.send_multipart(message)
    s.send_multipart([b"", text])
    assert json.loads(s.recv_multipart()[1])["result"] == "accepted"
    assert d.whoami()["malformed"] == len(bad)
    assert "more than 8 frames of 255 bytes" in d.text()


def a_reload_by_the_door_that_it_closes(d):
    """Whoever asked for the reload by a socket that it closes gets no answer, and nobody is hurt."""
    d.start()
    s = d.socket(zmq.DEALER)
    s.rcvtimeo = 500
    (d.folder / "paminnd.conf").write_text(
        (d.folder / "paminnd.conf").read_text().replace("submit.sock", "other.sock"))
    s.send_multipart([b"", b'{"command":"reload"}'])
    try:
        s.recv_multipart()
    except zmq.Again:
        pass
    d.submit = d.submit.replace("submit.sock", "other.sock")
    assert d.ask(event(1))["result"] == "accepted"


def an_oversized_frame_loses_only_its_connection(d):
    d.start()
    s = d.socket(zmq.DEALER)
    s.send_multipart([b"", b" " * (1 << 20) + b"1"])
    s.rcvtimeo = 500
    try:
        raise AssertionError(s.recv_multipart())
    except zmq.Again:
        pass
    assert d.ask(event(1))["result"] == "accepted"


def a_peer_that_does_not_read_holds_up_nobody(d):
    d.start()
    lazy = d.socket(zmq.DEALER)
    lazy.rcvhwm = 1
    lazy.close()
    lazy = d.context.socket(zmq.DEALER)
    lazy.linger, lazy.rcvhwm, lazy.sndhwm, lazy.rcvbuf = 0, 1, 100000, 4096
    lazy.connect(d.submit)
    array = json.dumps([event(n, subject="HSN-99") for n in range(500)]).encode()
    for _ in range(100):
        lazy.send_multipart([b"", array])
    began = time.monotonic()
    for n in range(20):
        assert d.ask(event(n))["result"] == "accepted"
    assert time.monotonic() - began < WAIT


def published_events_arrive_both_ways(d):
    publisher = d.socket(zmq.PUB, bind=d.tcp("subscribe"))
    d.start()
    owner = d.socket(zmq.PUB, d.tcp("collect"))
    feed = d.socket(zmq.SUB, d.tcp("feed"))
    feed.subscribe(b"")
    time.sleep(0.5)  # a subscription has no answer

    def heard():
        kind, text = feed.recv_multipart()
        assert json.loads(text)["type"].encode() == kind
        return json.loads(text)["id"]

    # Until both connections are there, publish what has no sequence.
    until("the publishers' connections", lambda: (
        publisher.send_multipart(frames(event("p", source="/systems/ekonomi"))),
        owner.send_multipart(frames(event("o"))), time.sleep(0.1),
        d.ask(event("p", source="/systems/ekonomi"))["result"] == "duplicate"
        and d.ask(event("o"))["result"] == "duplicate")[-1])
    assert {heard(), heard()} == {"ep", "eo"}

    for n in (1, 2, 3, 7, 8, 2, 3, 5):  # lost: 4 5 6; then a restart; then 4 of the second life
        publisher.send_multipart(frames({**system_event(n), "id": f"s{n}-{time.monotonic_ns()}"}))
    for n in range(8):
        assert heard().startswith("s")
    for wrong in (event(1), system_event(6, subject="RS-01"), system_event(7, type="paminn.extend",
                  subject="RS-58", data={"due": "2026-06-01", "reference": "x"})):
        publisher.send_multipart(frames(wrong))
    publisher.send_multipart([b"paminn.note", frames(system_event(9))[1]])
    owner.send_multipart([b"just one"])
    publisher.send_multipart(frames(system_event(8)))
    assert heard() == "e8"
    until("the counts", lambda: len(d.whoami()["rejected"]) == 3)
    me = d.whoami()
    assert me["lost"] == [{"source": "/systems/ekonomi", "count": 4}], me
    counts = {(r["source"], r["code"]): r["count"] for r in me["rejected"]}
    assert counts == {("/systems/ekonomi", "not-allowed"): 3, ("/systems/ekonomi", "bad-event"): 1,
                      (d.tcp("collect"), "bad-event"): 1}, me
    assert re.search(r"3 published events of /systems/ekonomi were lost", d.text())
    # What is rejected is not on the feed; what is accepted is there once.
    assert d.ask(event(50))["result"] == "accepted" and heard() == "e50"


def what_was_lost_is_counted_to_the_end(d):
    """A sequence that jumps over all numbers, starts again and jumps once more: the count stays at the
    largest that there is, and does not turn negative."""
    publisher = d.socket(zmq.PUB, bind=d.tcp("subscribe"))
    d.start()
    until("the publisher's connection", lambda: (
        publisher.send_multipart(frames(event("p", source="/systems/ekonomi"))), time.sleep(0.1),
        d.ask(event("p", source="/systems/ekonomi"))["result"] == "duplicate")[-1])
    for n, sequence in enumerate((0, 2**63 - 1, 0, 2**63 - 1, 0, 2**63 - 1)):
        publisher.send_multipart(frames({**system_event(n), "sequence": str(sequence)}))
    until("the last", lambda: d.ask(system_event(5))["result"] == "duplicate")
    assert d.whoami()["lost"] == [{"source": "/systems/ekonomi", "count": 2**63 - 1}], d.whoami()


def what_is_fed_is_what_came_with_the_time_of_receipt(d):
    d.start()
    feed = d.socket(zmq.SUB, d.tcp("feed"))
    feed.subscribe(b"")
    time.sleep(0.5)  # a subscription has no answer

    def fed(text):
        s = d.socket(zmq.REQ)
        s.send(text.encode())
        assert s.recv_json()["result"] == "accepted", text
        return feed.recv_multipart()[1].decode()
    head = json.dumps(event(1))[:-1]
    came = head.replace('"e1"', '"e2"') + ', "time": "2026-05-11T06:59:00+02:00", "x": 1.0 }'
    assert fed(came) == came
    for number, end in enumerate(('}', ' }', ', "time": null}', ', "time":null ,"x":"}"}'), 3):
        before = d.whoami()["time"]
        came = head.replace('"e1"', f'"e{number}"') + end
        text = fed(came)
        event_ = json.loads(text, object_pairs_hook=lambda pairs: dict(
            pairs) if len(dict(pairs)) == len(pairs) else None)
        assert before <= event_.pop("time") <= d.whoami()["time"], text
        expected = json.loads(came)
        expected.pop("time", None)
        assert event_ == expected, text
    array = d.ask([event(20), event(21)])
    assert [a["result"] for a in array] == ["accepted"] * 2, array
    for number in (20, 21):
        assert json.loads(feed.recv_multipart()[1])["id"] == f"e{number}"


def the_socket_is_for_owner_and_group_alone(d):
    d.start()
    mode = os.stat(d.folder / "submit.sock").st_mode
    assert stat.S_ISSOCK(mode) and stat.S_IMODE(mode) == 0o660, oct(mode)
    assert d.stop() == 0
    assert not (d.folder / "submit.sock").exists()


def two_daemons_do_not_share(d):
    d.start()
    second = d.run()
    assert second.returncode == 75 and f"in use by pid {d.process.pid}" in second.stderr, second
    second = d.run("--store", str(d.folder / "other.db"))
    assert second.returncode == 75 and "in use by another process" in second.stderr, second
    assert d.ask(event(1))["result"] == "accepted"
    # What a killed one leaves behind is no obstacle.
    d.stop(signal.SIGKILL)
    d.start()
    assert d.ask(event(1))["result"] == "duplicate"


def a_file_in_the_sockets_place_is_spared(d):
    (d.folder / "submit.sock").write_text("precious", encoding="utf-8")
    done = d.run()
    assert done.returncode == 78 and "intake.submit" in done.stderr, done
    assert (d.folder / "submit.sock").read_text(encoding="utf-8") == "precious"


def bad_starts_say_why(d):
    for arguments, code in [(("--no-such",), 64), (("--clock", "tomorrow"), 64),
                            (("--clock", "2026-05-11T07:00@0"), 64), (("extra",), 64)]:
        done = subprocess.run([PAMINND, *arguments], capture_output=True, text=True, timeout=WAIT)
        assert done.returncode == code and done.stderr, (arguments, done)
    d.configure('"tcp://0.0.0.0:7711"')
    for options in ((), ("--check",)):
        done = d.run(*options)
        assert done.returncode == 78 and "tcp://0.0.0.0:7711" in done.stdout + done.stderr, done
    d.configure(f'"{d.submit}"')
    d.write(PLAN.replace("HSN-*", "QQQ-*").replace('owner = "anna"', 'owner = "bo"'))
    done = d.run("--check")
    faults = [line for line in done.stdout.splitlines() if "plan.conf:" in line]
    assert done.returncode == 78 and len(faults) >= 3, done
    assert all(re.search(r"plan\.conf:\d+: ", line) for line in faults), faults
    d.write(PLAN)
    done = d.run("--check")
    assert done.returncode == 0 and "5 warnings" in done.stdout, done
    assert not Path(d.store).exists()


def localhost_is_listened_at(d):
    """libzmq looks up no name that it is to bind to, and --check let it pass."""
    [port] = free_ports(1)
    d.configure(f'"tcp://localhost:{port}"')
    d.start()
    s = d.socket(zmq.REQ, f"tcp://127.0.0.1:{port}")
    s.send_json(event(1))
    assert s.recv_json()["result"] == "accepted"
    s.close()


def a_reload_is_whole_or_nothing(d):
    d.start()
    d.write(PLAN.replace('owner = "anna"', 'owner = "bo"'))
    answer = d.ask({"command": "reload"})
    assert answer["result"] == "rejected" and "plan.conf:" in answer["reason"], answer
    assert "more in the log" in answer["reason"] and d.text().count("bo") >= 2, answer
    assert d.ask(event(1))["result"] == "accepted"

    d.write(PLAN.replace('id = "RS-01"', 'id = "HSN-04"'))
    row = d.ask({"command": "reload"})["rows"][0]
    assert row["obligations_added"] == 1 and not row["unchanged"] and row["restart"] == [], row
    assert d.ask(event(2, subject="HSN-04"))["result"] == "accepted"
    assert d.ask({"command": "reload"})["rows"][0]["unchanged"]

    conf = d.folder / "paminnd.conf"
    conf.write_text(conf.read_text(encoding="utf-8").replace("Europe/Stockholm", "Europe/Oslo"),
                    encoding="utf-8")
    assert d.ask({"command": "reload"})["rows"][0]["restart"] == ["timezone"]
    assert "takes effect at the next start" in d.text()

    # An endpoint more, by SIGHUP; then only the new one, asked for over the one that goes away.
    other = f"ipc://{d.folder}/other.sock"
    d.configure(f'"{d.submit}", "{other}"')
    d.process.send_signal(signal.SIGHUP)
    until("the new endpoint", lambda: (d.folder / "other.sock").exists())
    assert d.ask(event(3))["result"] == "accepted"
    d.configure(f'"{other}"')
    d.process.send_signal(signal.SIGHUP)
    until("the old endpoint to go", lambda: not (d.folder / "submit.sock").exists())
    d.submit = other
    assert d.ask(event(3))["result"] == "duplicate"


def an_endpoint_that_changes_its_use_waits_for_a_start(d):
    """The sentence names no other process, which nobody would find."""
    d.start()
    d.ports["collect"], d.ports["feed"] = d.ports["feed"], d.ports["collect"]
    d.configure(f'"{d.submit}"')
    answer = d.ask({"command": "reload"})
    assert answer["result"] == "rejected" and answer["reason"] == (
        f"intake.collect endpoint tcp://127.0.0.1:{d.ports['collect']} is open as intake.feed, and "
        "what it is for changes at a start only; restart the daemon, or name another endpoint"), answer
    assert d.ask(event(1))["result"] == "accepted"
    assert d.stop() == 0
    d.start()
    assert d.ask(event(1))["result"] == "duplicate"


def a_stop_under_load_loses_nothing(d):
    d.start()
    s = d.socket(zmq.DEALER)
    for n in range(20000):
        s.send_multipart([b"", json.dumps(event(n)).encode()])
    answers = [json.loads(s.recv_multipart()[1])]
    began = time.monotonic()
    assert d.stop() == 0
    assert time.monotonic() - began < 5
    s.rcvtimeo = 500
    try:
        while True:
            answers.append(json.loads(s.recv_multipart()[1]))
    except zmq.Again:
        s.close()
    d.start()
    for start in range(0, len(answers), 1000):
        part = answers[start:start + 1000]
        again = d.ask([event(a["id"][1:]) for a in part])
        assert [(a["result"], a["seq"]) for a in again] == \
            [("duplicate", a["seq"]) for a in part]


def a_rehearsal_goes_on_where_it_was(d):
    d.start()
    d.ask(event(1))
    time.sleep(1.1)
    before = d.whoami()["time"]
    d.stop()
    d.start()
    assert d.whoami()["time"] > before
    real = [option for option in d.command() if not re.match(r"--clock|2026-", option)]
    done = subprocess.run(real, capture_output=True, text=True, timeout=WAIT)
    assert done.returncode == 78, done


# What an event leaves in the store and what is answered of it; then what is of sockets, and the same with any store.
OF_EVENTS = (one_event_is_accepted_then_duplicate, wrong_ones_are_rejected_with_code_and_sentence,
             arrays_are_answered_in_order, queries_and_commands_are_answered, a_pipeline_is_answered_in_order,
             what_can_not_be_answered_is_counted_and_logged, published_events_arrive_both_ways,
             what_was_lost_is_counted_to_the_end, what_is_fed_is_what_came_with_the_time_of_receipt,
             a_reload_is_whole_or_nothing, a_reload_by_the_door_that_it_closes, a_stop_under_load_loses_nothing,
             a_rehearsal_goes_on_where_it_was)
OF_SOCKETS = (too_many_queries_at_once_are_busy, what_stands_before_the_event_comes_back,
              reliable_requests_are_answered, peers_behind_a_proxy_are_answered, more_than_one_frame_is_told_of,
              a_name_is_told_of, who_sends_much_and_hangs_up_ends_nothing,
              an_oversized_frame_loses_only_its_connection, a_peer_that_does_not_read_holds_up_nobody,
              the_socket_is_for_owner_and_group_alone, two_daemons_do_not_share,
              a_file_in_the_sockets_place_is_spared, bad_starts_say_why, localhost_is_listened_at,
              an_endpoint_that_changes_its_use_waits_for_a_start)
TESTS = OF_EVENTS if os.environ.get("PAMINN_STORE") == "postgres" else OF_EVENTS + OF_SOCKETS


def main():
    failed = 0
    for test in TESTS:
        if sys.argv[1:] and test.__name__ not in sys.argv[1:]:
            continue
        with tempfile.TemporaryDirectory(prefix="paminn") as folder:
            d = Daemon(Path(folder))
            try:
                test(d)
                if d.process:
                    assert d.stop() == 0, "the daemon did not stop cleanly"
                print(f"ok      {test.__name__}", flush=True)
            except (AssertionError, zmq.ZMQError, subprocess.TimeoutExpired, OSError) as fault:
                failed += 1
                print(f"failed  {test.__name__}: {type(fault).__name__}: {fault}")
                if d.log.exists():
                    print("".join(f"        {line}\n" for line in d.text().splitlines()[-40:]))
            finally:
                d.close()
    return 1 if failed else 0


sys.exit(main())
