#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The pages' server: what it answers, and what a request may cost."""
import base64
import os
import socket

from harness import free_ports, run


class Answer:
    """An HTTP answer as it came: nothing is forgiven."""

    def __init__(self, raw):
        self.raw = raw
        head, _, self.body = raw.partition(b"\r\n\r\n")
        lines = head.decode("ascii").split("\r\n")
        self.version, status, _ = lines[0].split(" ", 2)
        self.status = int(status)
        self.headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(": ")
            assert name.lower() not in self.headers, f"{name} twice"
            self.headers[name.lower()] = value


class Web:
    def __init__(self, box, start="2026-05-12T09:00", **settings):
        (self.port,) = free_ports(1)
        secret = box.folder / "web.secret"
        secret.write_bytes(base64.b64encode(os.urandom(32)) + b"\n")
        secret.chmod(0o600)
        self.plan = box.plan()
        self.sink = box.smtp(self.plan)
        self.plan.settings["web"] = {"listen": f"127.0.0.1:{self.port}",
                                     "public_url": f"http://127.0.0.1:{self.port}",
                                     "secret_file": "web.secret", **settings}
        self.daemon = box.daemon(self.plan, start)

    def connect(self, source="127.0.0.1"):
        return socket.create_connection(("127.0.0.1", self.port), 20, (source, 0))

    def raw(self, request, source="127.0.0.1"):
        """All that comes back until the connection is closed."""
        with self.connect(source) as s:
            s.sendall(request)
            return read_all(s)

    def ask(self, request, **more):
        return Answer(self.raw(request, **more))

    def get(self, path, *headers, method="GET"):
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", *headers]
        return self.ask("\r\n".join([*lines, "", ""]).encode())


def read_all(s):
    parts = []
    while part := s.recv(65536):
        parts.append(part)
    return b"".join(parts)


def tells_health(box):
    web = Web(box)
    alive, ready = web.get("/healthz"), web.get("/readyz")
    assert (alive.status, alive.body) == (200, b"alive\n"), alive.raw
    assert (ready.status, ready.body) == (200, b"ready\n"), ready.raw
    unknown = web.get("/nowhere")
    assert unknown.status == 404, unknown.raw


run(tells_health)
