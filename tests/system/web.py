# SPDX-License-Identifier: Apache-2.0
"""A daemon with pages, and a peer that sends it whatever bytes it likes."""
import base64
import os
import socket
import subprocess
import sys
from pathlib import Path

from harness import free_ports

# On every answer, whatever it answers.
ALWAYS = {"referrer-policy": "no-referrer", "cache-control": "no-store",
          "x-content-type-options": "nosniff", "connection": "close"}
POLICY = ("default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'")


class Answer:
    """An HTTP answer as it came: nothing is forgiven, and what every answer has must be there."""

    def __init__(self, raw):
        self.raw = raw
        head, end, self.body = raw.partition(b"\r\n\r\n")
        assert end, f"no whole answer: {raw!r}"
        lines = head.decode("ascii").split("\r\n")
        self.version, status, self.phrase = lines[0].split(" ", 2)
        self.status = int(status)
        self.headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(": ")
            assert name.lower() not in self.headers, f"{name} twice: {raw!r}"
            self.headers[name.lower()] = value
        for name, value in ALWAYS.items():
            assert self.headers.get(name) == value, f"{name}: {raw!r}"
        policy = self.headers["content-security-policy"].split("; ")
        assert set(POLICY) <= set(policy), raw
        assert "noindex" in self.headers["x-robots-tag"], raw

    @property
    def text(self):
        return self.body.decode()


def read_all(s):
    parts = []
    while part := s.recv(65536):
        parts.append(part)
    return b"".join(parts)


class Web:
    """settings: more of the group web."""

    def __init__(self, box, start="2026-05-12T09:00", plan=None, run=True, **settings):
        (self.port,) = free_ports(1)
        secret = box.folder / "web.secret"
        secret.write_bytes(base64.b64encode(os.urandom(32)) + b"\n")
        secret.chmod(0o600)
        self.plan = plan or box.plan()
        self.sink = box.smtp(self.plan)
        self.plan.settings["web"] = {"listen": f"127.0.0.1:{self.port}",
                                     "public_url": f"http://127.0.0.1:{self.port}",
                                     "secret_file": "web.secret", **settings}
        self.daemon = box.daemon(self.plan, start, start=run)

    def connect(self, source="127.0.0.1", port=None):
        return socket.create_connection(("127.0.0.1", port or self.port), 30, (source, 0))

    def raw(self, request, source="127.0.0.1"):
        """All that comes back until the connection is closed."""
        with self.connect(source) as s:
            s.sendall(request)
            return read_all(s)

    def ask(self, request, **more):
        return Answer(self.raw(request, **more))

    def request(self, path, *headers, method="GET", body=b""):
        """The bytes of one; a Host among the headers takes the place of ours."""
        lines = [f"{method} {path} HTTP/1.1", *headers]
        if not any(line.lower().startswith("host:") for line in headers):
            lines.insert(1, f"Host: 127.0.0.1:{self.port}")
        return "\r\n".join([*lines, "", ""]).encode() + body

    def get(self, path, *headers, method="GET", **more):
        return self.ask(self.request(path, *headers, method=method), **more)

    def post(self, path, body, *headers, **more):
        body = body if isinstance(body, bytes) else body.encode()
        return self.ask(self.request(path, "Content-Type: application/x-www-form-urlencoded",
                                     f"Content-Length: {len(body)}", *headers, method="POST",
                                     body=body), **more)


class Crowd:
    """So many connections that stay, made by a process of its own."""

    def __init__(self, port, count):
        self.process = subprocess.Popen([sys.executable, Path(__file__).with_name("crowd.py"),
                                         str(port), str(count)], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        assert self.process.stdout.readline() == "there\n", "the crowd did not come"

    def stop(self):
        self.process.stdin.close()
        self.process.wait(30)


def memory(pid):
    """What a process has in memory, in bytes."""
    text = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(text.partition("VmRSS:")[2].split()[0]) * 1024
