#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""tests/prepare installs what is missing, and never at the cost of what the machine has."""
import os
import re
import shutil
import subprocess
from pathlib import Path

from harness import ROOT, run

SIMULATED = """NOTE: This is only a simulation!
Remv exim4-daemon-light [4.96-15]
Remv exim4-base [4.96-15]
Inst postfix (3.7.11 Debian:12 [amd64])
Conf postfix (3.7.11 Debian:12 [amd64])
"""


def prepare(box, simulated, alone=False, **fakes):
    """What it says on a machine that lacks everything, and each call of apt-get; `alone`: no command
    is there but those of box.folder/bin."""
    fake, calls = box.folder / "bin", box.folder / "calls"
    fake.mkdir(exist_ok=True)
    (box.folder / "simulated").write_text(simulated)
    for name, script in {
            "dpkg-query": "exit 1", "id": "echo 0",
            "apt-get": f'echo "$*" >>{calls}; case $* in *-s*) cat {box.folder}/simulated;; esac',
            "tee": "cat >/dev/null", "chmod": "exit 0", "rm": "exit 0", **fakes}.items():
        (fake / name).write_text(f"#!/bin/sh\n{script}\n")
        (fake / name).chmod(0o755)
    calls.write_text("")
    done = subprocess.run([ROOT / "tests/prepare", "test"], capture_output=True, text=True,
                          env={**os.environ, "TMPDIR": str(box.folder), "PATH":
                               str(fake) if alone else f"{fake}:{os.environ['PATH']}"}, timeout=60)
    return done, calls.read_text().splitlines()


def what_would_go_is_named_and_stays(box):
    done, calls = prepare(box, SIMULATED)
    assert done.returncode == 69, done
    assert "would take exim4-daemon-light exim4-base away" in done.stderr, done.stderr
    assert "nothing has been changed" in done.stderr, done.stderr
    assert all("-s install" in call or "update" in call for call in calls), calls


def without_a_conflict_it_installs(box):
    done, calls = prepare(box, "Inst mandoc (1.14)\n")
    assert done.returncode == 0, done
    assert " --no-remove " in calls[-1] and "mandoc" in calls[-1], calls


def a_command_from_elsewhere_counts(box):
    """npm comes with other vendors' nodejs too, and Debian's conflicts with that one."""
    done, calls = prepare(box, "", node="exit 0", npm="exit 0")
    assert done.returncode == 0, done
    assert not {"nodejs", "npm"} & set(calls[-1].split()), calls[-1]
    assert {"chromium", "mandoc"} <= set(calls[-1].split()), calls[-1]
    tools = box.folder / "bin"
    for name in ("node", "npm"):
        (tools / name).unlink()
    for name in ("awk", "cat", "dirname", "env", "mktemp", "sed", "tr"):
        (tools / name).exists() or (tools / name).symlink_to(shutil.which(name))
    done, calls = prepare(box, "", alone=True)
    assert done.returncode == 0, done
    assert {"nodejs", "npm"} <= set(calls[-1].split()), calls[-1]
    assert not any("(" in call for call in calls), calls


def no_package_is_a_mail_server(box):
    """Nor any other service: the lists name none that provides one."""
    names = re.findall(r"^[a-z0-9].*$", Path(ROOT / "tests/packages").read_text(), re.M)
    assert "mandoc" in names and len(names) > 20, names
    known = {"postfix", "exim4", "redis-server", "redis", "postgresql", "dnsmasq"}
    assert not known & set(names), known & set(names)


run(what_would_go_is_named_and_stays, without_a_conflict_it_installs, a_command_from_elsewhere_counts,
    no_package_is_a_mail_server)
