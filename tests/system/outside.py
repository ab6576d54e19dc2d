# SPDX-License-Identifier: Apache-2.0
"""Another machine: a network namespace with a cable to ours. Addresses of 127/8 are loopback wherever
they are, so what the daemon does for other machines can't be seen without one.

Our own side is a fresh namespace too, entered before anything else is begun, so that nothing of this
touches the machine's network and all of it is gone when the test ends.
"""
import contextlib
import ctypes
import os
import shutil
import subprocess
import sys

import zmq

from harness import Skip, wait_for

INSIDE, OUTSIDE = "10.11.12.1", "10.11.12.2"
CLONE_NEWNET = 0x40000000
libc = ctypes.CDLL(None, use_errno=True)


def command(*words):
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode:
        raise Skip(f"{' '.join(words)}: {done.stderr.strip()}")


class Outside:
    """Sockets made by it, and commands run by it, are on the other machine."""

    def __init__(self):
        if os.geteuid() != 0:
            raise Skip("this machine lets only root make a network namespace")
        for program in ("ip", "nsenter", "unshare"):
            if not shutil.which(program):
                raise Skip(f"{program} is not installed (iproute2, util-linux)")
        if libc.unshare(CLONE_NEWNET):
            raise Skip(f"no network namespace: {os.strerror(ctypes.get_errno())}")
        # It ends when its standard input does, and the namespace with it.
        self.holder = subprocess.Popen(["unshare", "--net", "cat"], stdin=subprocess.PIPE)
        self.prefix = ["nsenter", f"--net=/proc/{self.holder.pid}/ns/net"]
        ours = os.readlink("/proc/self/ns/net")
        wait_for(lambda: os.readlink(f"/proc/{self.holder.pid}/ns/net") != ours, "the namespace")
        command("ip", "link", "add", "inside", "type", "veth", "peer", "name", "outside",
                "netns", str(self.holder.pid))
        for prefix, name, address in ((), "inside", INSIDE), (self.prefix, "outside", OUTSIDE):
            command(*prefix, "ip", "address", "add", f"{address}/24", "dev", name)
            command(*prefix, "ip", "link", "set", name, "up")
            command(*prefix, "ip", "link", "set", "lo", "up")
        with self.there():
            self.context = zmq.Context()
            self.context.socket(zmq.PAIR).close()  # starts its threads, which stay there

    @contextlib.contextmanager
    def there(self):
        """This thread, and what it starts, is on the other machine meanwhile."""
        with open("/proc/thread-self/ns/net") as ours, \
                open(f"/proc/{self.holder.pid}/ns/net") as theirs:
            assert libc.setns(theirs.fileno(), CLONE_NEWNET) == 0
            try:
                yield
            finally:
                assert libc.setns(ours.fileno(), CLONE_NEWNET) == 0

    def run(self, *words, **more):
        return subprocess.run([*self.prefix, *map(str, words)], capture_output=True, text=True,
                              timeout=60, **more)

    def socket(self, kind, keys=None, server=None, connect=None, bind=None):
        """keys: (public, secret); server: the other side's public key. Without keys it is plain; without
        an address it is not connected yet."""
        socket = self.context.socket(kind)
        socket.linger = 0
        if kind == zmq.SUB:
            socket.subscribe("")
        if keys:
            socket.curve_publickey, socket.curve_secretkey = keys
            if server:
                socket.curve_serverkey = server
            else:
                socket.curve_server = True
        with self.there():
            if connect:
                socket.connect(connect)
            elif bind:
                socket.bind(bind)
        return socket
