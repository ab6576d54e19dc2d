#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What peers may take before anybody knows them, and what a slow one costs the others.

Row 13: slow sinks beside twenty good ones. Seen to fail when nothing starts while anything is under way.
Row 15: a flood of connections. Seen to fail (4.8 s of the processor, no file for the store) when accept4() only
passes on what the kernel says.
Row 18: a published stream with losses. Seen to fail when a gap counts one more than it has.
Row 19: a subscriber that never reads. Seen to fail when the feed has no high-water mark.
"""
import contextlib
import json
import os
import random
import resource
import signal
import socket
import socketserver
import sqlite3
import threading
import time
from pathlib import Path

import zmq

from harness import CONTEXT, LONG, PAMINND, event, free_ports, run, wait_for
from web import memory

FILES = 128
FLOOD = 500
SPENT = 2.5      # seconds of the processor that a flood may cost, with sanitizers
GROWTH = 16 << 20
SANITIZED = b"__asan_init" in Path(PAMINND).read_bytes()  # whose quarantine is not the daemon's


def spent(pid):
    """Seconds of the processor that a process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def files(count):
    """So many files for what is started, then for ourselves all that there may be."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (count, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(max(soft, 4096), hard), hard))


class Flood:
    """Connections that say nothing, and come again when they are shut out, until `settle`."""

    def __init__(self, address, count):
        self.address = address
        self.held = [self.connect() for _ in range(count)]
        self.came, self.over = count, threading.Event()
        self.thread = threading.Thread(target=self.stay)
        self.thread.start()

    def connect(self):
        one = socket.socket(socket.AF_UNIX if isinstance(self.address, str) else socket.AF_INET)
        one.setblocking(False)
        one.connect_ex(self.address)
        return one

    def stay(self):
        while not self.over.wait(0.02):
            for at in random.sample(range(len(self.held)), len(self.held) // 50):  # each about once a second
                with contextlib.suppress(BlockingIOError):
                    with contextlib.suppress(OSError):
                        if self.held[at].recv(64):  # the greeting
                            continue
                    self.held[at].close()
                    self.held[at] = self.connect()
                    self.came += 1

    def settle(self):
        """Those that are in stay, and nobody comes any more."""
        self.over.set()
        self.thread.join()

    def stop(self):
        self.settle()
        for one in self.held:
            one.close()


def a_flood_leaves_room_for_the_rightful(box, where):
    plan = box.plan()
    port, = free_ports(1)
    plan.settings["intake"]["submit"].append(f"tcp://127.0.0.1:{port}")
    with files(FILES):
        daemon = box.daemon(plan, "2026-05-11T09:00")
    daemon.expect("channel mail is down")
    daemon.tell("note", "TN-1", note="före")
    pid = daemon.process.pid
    before, began, memory_before = spent(pid), time.monotonic(), memory(pid)
    flood = Flood(plan.submit.removeprefix("ipc://") if where == "ipc" else ("127.0.0.1", port), FLOOD)
    try:
        wait_for(lambda: flood.came > 2 * FLOOD, "the flood to be shut out and to come again", 60)
        flood.settle()
        with CONTEXT.socket(zmq.REQ) as peer:  # a connection of its own
            peer.set(zmq.LINGER, 0)
            peer.connect(plan.submit)
            peer.send_json(event("note", "TN-1", {"note": "under tiden"}))
            assert peer.poll(35000), "no answer to a rightful peer"
            assert peer.recv_json()["result"] == "accepted"
        # The store opens files of its own for a question, and so does a delivery for its connection.
        assert daemon.query("list", all=True)
        time.sleep(max(0, 6 - (time.monotonic() - began)))
        cost = spent(pid) - before
        used = len(list(Path(f"/proc/{pid}/fd").iterdir()))
    finally:
        flood.stop()
    print(f"  {flood.came} connections: {cost:.2f} s of the processor", flush=True)
    assert used <= FILES // 8 * 7, f"{used} of {FILES} files are open"
    assert cost < SPENT, f"{cost} s of the processor"
    assert SANITIZED or memory(pid) - memory_before < GROWTH, memory(pid) - memory_before
    assert len(daemon.logged("connections are turned away")) == 1, daemon.log_text()


def a_flood_of_the_socket(box):
    a_flood_leaves_room_for_the_rightful(box, "ipc")


def a_flood_of_the_port(box):
    a_flood_leaves_room_for_the_rightful(box, "tcp")


# ---- slow servers --------------------------------------------------------------------------------

class Slow:
    """A server that says its words a byte a second, until it may say the rest."""

    def __init__(self, words):
        slow = self
        self.came, self.rest = threading.Event(), threading.Event()

        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                slow.came.set()
                with contextlib.suppress(OSError):
                    for at in range(len(words)):
                        self.request.sendall(words[at:] if slow.rest.wait(1) else words[at:at + 1])
                        if slow.rest.is_set():
                            break
                    self.request.settimeout(30)
                    while self.request.recv(65536):
                        pass

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = allow_reuse_address = True

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self):
        self.rest.set()
        self.server.shutdown()
        self.server.server_close()


def slow_sinks_hold_no_other_up(box):
    plan = box.plan()
    mail = box.keep(Slow(b"220 slow.kommunen.internal ESMTP of many words\r\n"))
    slow = box.keep(Slow(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"))
    plan.settings["mail"]["server"] = f"smtp://127.0.0.1:{mail.port}"
    good = {f"h{n}": box.hook(plan, f"h{n}") for n in range(20)}
    secret = plan.settings["channels"][0]["secret_file"]
    plan.settings["channels"] = ({"name": "slow", "type": "webhook", "url": f"http://127.0.0.1:{slow.port}/",
                                  "allow_private": True, "secret_file": secret}, *plan.settings["channels"])
    plan.people["anna"]["channels"] = ["slow"]
    for name in good:
        plan.add("people", name, name=name, mail=f"{name}@kommunen.internal", channels=[name], manager="mona")
        plan.add("measures", f"TN-{name}", title=f"Åtgärd {name}", owner=name)
    daemon = box.daemon(plan, "2026-05-12T07:00")
    daemon.expect("channel (mail|slow) is down")
    daemon.until("2026-05-12T08:00")
    wait_for(lambda: all(sink.posts for sink in good.values()), "the good ones")
    assert mail.came.wait(30) and slow.came.wait(30)
    states = {row["to"]: row["state"] for row in daemon.query("outbox")}
    assert states["anna"] == "started", states
    slow.rest.set()
    mail.rest.set()
    wait_for(lambda: [row["state"] for row in daemon.query("outbox") if row["to"] == "anna"] == ["delivered"],
             "the slow one")
    for name, sink in good.items():
        assert {row["state"] for row in daemon.query("outbox") if row["to"] == name} == {"delivered"}, name
        assert len(sink.posts) == len({headers["webhook-id"] for headers, _ in sink.posts}), sink.posts


# ---- published streams ---------------------------------------------------------------------------

def losses_are_counted_exactly(box):
    """The daemon stands still while the publisher goes on, so that what the publisher's queue can't hold is lost."""
    count, queue = (100000, 10000) if LONG else (20000, 1000)
    plan = box.plan()
    port, = free_ports(1)
    plan.add("systems", "ekonomi", may_report=["TN-*"])
    plan.settings["intake"]["subscribe"] = ({"endpoint": f"tcp://127.0.0.1:{port}", "system": "ekonomi"},)
    with CONTEXT.socket(zmq.PUB) as publisher:
        publisher.set(zmq.LINGER, 0)
        publisher.set(zmq.SNDHWM, queue)
        publisher.bind(f"tcp://127.0.0.1:{port}")
        daemon = box.daemon(plan, "2026-05-11T09:00")
        daemon.expect("channel mail is down")

        def publish(number):
            one = event("status", "TN-1", {"status": "on-track", "note": "x" * 1000}, "/systems/ekonomi",
                        sequence=str(number))
            publisher.send_multipart([one["type"].encode(), json.dumps(one).encode()])

        def accepted():
            with contextlib.closing(sqlite3.connect(daemon.folder / "paminn.db", timeout=30)) as store:
                return store.execute("SELECT count(*) FROM event WHERE source = '/systems/ekonomi'").fetchone()[0]

        def lost():
            return sum(row["count"] for row in daemon.query("whoami")[0]["lost"])
        first = 0
        while not accepted():  # until the connection is there; what is lost before the first is not a gap
            publish(first := first + 1)
            time.sleep(0.05)
        time.sleep(0.5)
        before = first - accepted() - lost()
        daemon.process.send_signal(signal.SIGSTOP)
        try:
            for number in range(first + 1, count):
                publish(number)
        finally:
            daemon.process.send_signal(signal.SIGCONT)
        # The last arrives, so that nothing is left to be noticed: its number is published again until it has.
        last = None

        def arrived():
            nonlocal last
            publish(last := (last or count - 1) + 1)
            time.sleep(0.2)
            return accepted() + lost() + before == last
        wait_for(arrived, "each number to be accepted or counted")
        print(f"  figure: stream-losses {lost()} of {last} published, exactly", flush=True)
        assert lost() > count // 10, "the stall lost nothing: no load"


def who_never_reads_the_feed_loses_and_takes_little(box):
    """What the daemon keeps for it is ten thousand messages; it reads them in the end, and counts what it missed."""
    plan = box.plan()
    daemon = box.daemon(plan, "2026-05-11T09:00")
    daemon.expect("channel mail is down")
    with CONTEXT.socket(zmq.SUB) as lazy:
        for option, value in ((zmq.LINGER, 0), (zmq.RCVHWM, 1), (zmq.RCVBUF, 4096)):
            lazy.set(option, value)
        lazy.subscribe("paminn.note")
        lazy.connect(plan.feed)
        assert wait_for(lambda: daemon.tell("note", "TN-1", note="x") and lazy.poll(50), "the subscription")

        def published():
            return daemon.query("whoami")[0]["published"]
        before, grew, told = published(), memory(daemon.process.pid), 0
        for _ in range(30):
            answers = daemon.ask([event("note", "TN-1", {"note": "x" * 100}) for _ in range(500)])
            told += sum(answer["result"] == "accepted" for answer in answers)
        grew, now = memory(daemon.process.pid) - grew, published()
        assert told == 15000 and now - before == told, (before, told, now)
        heard = []
        while lazy.poll(1000):
            heard.append(lazy.recv_multipart())
    # What came before is among it, and a little that was on its way: not in the daemon.
    print(f"  published {told}, read {len(heard)}; {grew >> 10} KiB more", flush=True)
    assert 10000 <= len(heard) < told - 1000, len(heard)
    assert SANITIZED or grew < 64 << 20, grew


run(a_flood_of_the_socket, a_flood_of_the_port, slow_sinks_hold_no_other_up, losses_are_counted_exactly,
    who_never_reads_the_feed_loses_and_takes_little)
