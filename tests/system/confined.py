#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""confined.py ARGUMENT...: $PAMINN_CONFINED, the daemon, under the system calls that its unit allows. A call that is
not allowed ends it (SIGSYS), where the unit would answer EPERM: so what a test needs is seen to be allowed. A family of
addresses beyond RestrictAddressFamilies= gets EAFNOSUPPORT, as in the unit, and memory that could be written and
executed (MemoryDenyWriteExecute=) ends it too.

As a module it knows what the unit allows.
"""
import ctypes
import functools
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

UNIT = Path(__file__).resolve().parents[2] / "systemd/paminnd.service"
ALLOW, KILL, ERRNO = 0x7fff0000, 0x80000000, 0x00050000
NOT_EQUAL, MASKED = 1, 7
PROT_WRITE, PROT_EXEC = 2, 4


class Compare(ctypes.Structure):
    _fields_ = [("argument", ctypes.c_uint), ("how", ctypes.c_int), ("one", ctypes.c_uint64), ("two", ctypes.c_uint64)]


def values(key):
    """Of each line of the unit with that key, the words."""
    text = UNIT.read_text(encoding="utf-8")
    return [line.split() for line in re.findall(rf"^{key}=(.*)$", text, re.M)]


@functools.cache
def groups():
    """The words of each group of system calls: names, and other groups."""
    told = subprocess.run(["systemd-analyze", "--no-pager", "syscall-filter"], capture_output=True, text=True, check=True)
    found, words = {}, []
    for line in told.stdout.splitlines():
        if line.startswith("@"):
            words = found[line.strip()] = []
        elif line.startswith(" ") and not line.strip().startswith("#"):
            words.append(line.strip())
    return found


def calls_of(name):
    """The system calls of a group (@name), groups in it gone into, or the one so named."""
    return set().union(*map(calls_of, groups()[name])) if name.startswith("@") else {name}


def allowed():
    """As systemd.exec(5): the first line allows, later ones add or, with ~, take away; @default is always there."""
    calls = set()
    for first, *rest in values("SystemCallFilter"):
        named = set().union(*(calls_of(word) for word in [first.lstrip("~"), *rest]))
        calls = calls - named if first.startswith("~") else calls | named
    return calls | calls_of("@default")


def confine(calls):
    """From here on, for this process and what it becomes."""
    library = ctypes.CDLL("libseccomp.so.2")
    library.seccomp_init.restype = ctypes.c_void_p
    library.seccomp_init.argtypes = [ctypes.c_uint32]
    library.seccomp_load.argtypes = [ctypes.c_void_p]
    add = library.seccomp_rule_add_array
    add.argtypes = [ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint, ctypes.POINTER(Compare)]
    number = library.seccomp_syscall_resolve_name
    context = library.seccomp_init(KILL)

    def rule(action, name, *compare):
        at = number(name.encode())
        if at >= 0:  # else this machine's kernel has no such call
            assert add(context, action, at, len(compare), (Compare * len(compare))(*compare)) == 0, name
    families = [getattr(socket, name) for name in sum(values("RestrictAddressFamilies"), [])]
    for name in sorted(calls - {"socket", "mmap", "mprotect"}):
        rule(ALLOW, name)
    if os.geteuid() == 0 and "fchown" not in calls:  # SQLite gives root's files to root, which the unit's user is not
        rule(ERRNO | 1, "fchown")
    for family in families:
        rule(ALLOW, "socket", Compare(0, 4, family, 0))
    for family in set(range(46)) - set(families):
        rule(ERRNO | 97, "socket", Compare(0, 4, family, 0))
    for protection in range(8):  # mmap: not written and executed; mprotect: not executed
        if protection & (PROT_WRITE | PROT_EXEC) != PROT_WRITE | PROT_EXEC:
            rule(ALLOW, "mmap", Compare(2, MASKED, 7, protection))
    rule(ALLOW, "mprotect", Compare(2, MASKED, PROT_EXEC, 0))
    assert library.seccomp_load(context) == 0, "seccomp can not be used here"


if __name__ == "__main__":
    confine(set(os.environ["PAMINN_CONFINED_CALLS"].split()))
    program = os.environ["PAMINN_CONFINED"]
    os.execv(program, [program, *sys.argv[1:]])
