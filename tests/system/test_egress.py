#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Row 23: a webhook can't be pointed at what only this machine reaches: no connection is seen at a canary, however the
address is written, whatever a name leads to, and whatever the environment says of proxies.

Seen to fail when daemon/net's socket callback lets every address pass (a canary sees a visitor), and when the name is
looked at once instead of the address that is connected to.
"""
import contextlib
import ctypes
import os
import socket
import subprocess
import threading
import time

from harness import LONG, Skip, be_root, free_ports, run

PUBLIC = "93.184.216.34"  # of this namespace, where nobody listens but the canary
WRITTEN = ("https://127.0.0.1:{port}/", "https://0x7f.1:{port}/", "https://2130706433:{port}/",
           "https://[::ffff:7f00:1]:{port}/", "https://[::1]:{port}/", "https://[64:ff9b::7f00:1]:{port}/",
           "https://169.254.169.254:{port}/", "https://inside.dns.internal:{port}/",
           "https://rebound.dns.internal:{port}/")
CLONE_NEWNS, CLONE_NEWNET = 0x00020000, 0x40000000


def command(*words):
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode:
        raise Skip(f"{' '.join(words)}: {done.stderr.strip()}")


def apart(box):
    """Go into a network and mounts of our own, where addresses are whose we like and we are the resolver."""
    if os.geteuid() != 0:
        raise Skip("this machine lets only root make a network namespace")
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNS | CLONE_NEWNET):
        raise Skip(f"no namespaces: {os.strerror(ctypes.get_errno())}")
    command("mount", "--make-rprivate", "/")
    command("ip", "link", "set", "lo", "up")
    for address in (f"{PUBLIC}/32", "169.254.169.254/32", "64:ff9b::7f00:1/128"):
        command("ip", "address", "add", address, "dev", "lo")
    for name, text in (("resolv.conf", "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n"),
                       ("nsswitch.conf", "hosts: files dns\n")):
        (box.folder / name).write_text(text)
        command("mount", "--bind", str(box.folder / name), os.path.realpath(f"/etc/{name}"))


class Resolver:
    """A name server for dns.internal: `inside` leads to this machine; `rebound` to a public address that does not
    answer, then to this machine: in one answer, or, before a release, in the next one."""

    def __init__(self):
        self.asked = []
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 53))
        threading.Thread(target=self.serve, daemon=True).start()

    def addresses(self, name):
        before = self.asked.count(name)
        self.asked.append(name)
        if name == "inside":
            return ["127.0.0.1"]
        return [PUBLIC, "127.0.0.1"] if not LONG else ["127.0.0.1"] if before else [PUBLIC]

    def serve(self):
        with contextlib.suppress(OSError):
            while True:
                question, peer = self.socket.recvfrom(512)
                end = question.index(0, 12) + 5
                name, found = question[13:13 + question[12]].decode(), []
                if question[end - 4:end] == b"\0\1\0\1":  # A records
                    found = [b"\xc0\x0c\0\1\0\1\0\0\0\0\0\4" + socket.inet_aton(one) for one in self.addresses(name)]
                self.socket.sendto(question[:2] + b"\x81\x80\0\1\0" + bytes([len(found)]) + b"\0\0\0\0"
                                   + question[12:end] + b"".join(found), peer)

    def stop(self):
        self.socket.close()


class Canary:
    """Listens at every address of this machine but the public one that is there, and keeps where somebody came."""

    def __init__(self):
        self.came = []
        self.port, = free_ports(1)
        self.sockets = []
        for family, where in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET, "169.254.169.254"),
                              (socket.AF_INET6, "::1"), (socket.AF_INET6, "64:ff9b::7f00:1")):
            self.listen(family, where)

    def listen(self, family, where):
        with contextlib.suppress(OSError):  # it has that address only when it is apart
            one = socket.socket(family)
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            one.bind((where, self.port))
            one.listen()
            self.sockets.append(one)
            threading.Thread(target=self.serve, args=(one, where), daemon=True).start()

    def serve(self, listener, where):
        with contextlib.suppress(OSError):
            while True:
                peer, _ = listener.accept()
                self.came.append(where)
                peer.close()

    def stop(self):
        for one in self.sockets:
            one.shutdown(socket.SHUT_RDWR)
            one.close()


def with_channels(box, canary, urls, **more):
    """A plan in which each address is the channel of a person of its own."""
    plan = box.plan()
    box.smtp(plan)
    secret = box.folder / "hook.secret"
    secret.write_text("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n")
    secret.chmod(0o600)
    plan.settings["channels"] = ()
    for n, url in enumerate(urls):
        plan.settings["channels"] += ({"name": f"h{n}", "type": "webhook", "url": url.format(port=canary.port),
                                       "secret_file": str(secret), **more},)
        plan.add("people", f"p{n}", name=f"P {n}", mail=f"p{n}@kommunen.internal", channels=[f"h{n}"], manager="mona")
        plan.add("measures", f"TN-p{n}", title=f"Åtgärd {n}", owner=f"p{n}")
    return plan


def tried(daemon, canary, **more):
    """What became of a test message to each address, and where the canary was reached meanwhile."""
    for channel in daemon.plan.settings["channels"]:
        channel.update(more)
    daemon.start()
    canary.came.clear()
    rows = []
    for n in range(len(WRITTEN)):
        answer = daemon.order("test", person=f"p{n}")
        assert answer["result"] == "ok", answer
        rows.append(max(answer["rows"], key=lambda row: row["id"]))
    if LONG:  # libcurl asks for a name again after a minute
        time.sleep(61)
        assert daemon.order("test", person="p0")["result"] == "ok"
    daemon.stop()
    return rows, set(canary.came)


def nothing_is_connected_to(box):
    apart(box)
    canary, resolver = box.keep(Canary()), box.keep(Resolver())
    names = ("http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
    # A real run, since a rehearsal reaches no other machine whatever the address is.
    daemon = box.daemon(with_channels(box, canary, WRITTEN), start=False,
                        environment=dict.fromkeys(names, f"http://127.0.0.1:{canary.port}"))
    daemon.expect("channel h[0-9]+", "channel mail")
    rows, came = tried(daemon, canary)
    assert not came, f"the canary was reached at {came}"
    assert [row["state"] for row in rows[:-1]] == ["failed"] * (len(WRITTEN) - 1), rows
    assert all("allow_private" in row["last_answer"] for row in rows[:-1]), rows
    assert rows[-1]["state"] == "failed" and "rebound" in resolver.asked, rows
    # The canary sees who comes, were they let.
    rows, came = tried(daemon, canary, allow_private=True)
    assert came == {"127.0.0.1", "169.254.169.254", "::1", "64:ff9b::7f00:1"}, came


def what_is_no_address_of_a_hook_is_a_fault(box):
    canary = box.keep(Canary())
    for url in ("file:///etc/passwd", "http://127.0.0.1:{port}/", "ftp://127.0.0.1:{port}/", "gopher://127.0.0.1:{port}/",
                "https://user@127.0.0.1:{port}/", "https://127.0.0.1:{port}/\tx", "//127.0.0.1:{port}/"):
        done = box.daemon(with_channels(box, canary, [url]), start=False).check()
        box.daemons.pop().notify.close()
        (box.folder / "notify.sock").unlink()
        assert done.returncode == 78 and "paminnd.conf:" in done.stdout + done.stderr, (url, done)
    assert not canary.came, canary.came


def a_redirection_is_not_followed(box):
    canary = box.keep(Canary())
    plan = box.plan()
    box.smtp(plan)
    hook = box.hook(plan)
    hook.replies = [(status, {"Location": f"http://127.0.0.1:{canary.port}/"}) for status in (301, 302, 307, 308) * 4]
    plan.people["anna"]["channels"] = ["hook"]
    daemon = box.daemon(plan, "2026-05-11T09:00")
    for _ in range(4):
        for row in daemon.order("test", person="anna")["rows"]:
            assert row["state"] == "failed" and "HTTP/1.1 30" in row["last_answer"], row
    assert len(hook.posts) >= 4 and not canary.came, canary.came


be_root()
run(what_is_no_address_of_a_hook_is_a_fault, a_redirection_is_not_followed, nothing_is_connected_to)
