#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""tests/prepare installs what is missing, and never at the cost of what the machine has; servers it only
unpacks."""
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


def prepare(box, simulated, alone=False, section="test", **fakes):
    """What it says on a machine that lacks everything, and each call of apt-get; `alone`: no command
    is there but those of box.folder/bin. What it unpacks it unpacks below box.folder/build."""
    tests = box.folder / "tests"
    tests.mkdir(exist_ok=True)
    for name in ("prepare", "packages"):
        shutil.copy(ROOT / "tests" / name, tests)
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
    done = subprocess.run([tests / "prepare", section], capture_output=True, text=True,
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
    assert {"chromium-headless-shell", "mandoc"} <= set(calls[-1].split()), calls[-1]
    tools = box.folder / "bin"
    for name in ("node", "npm"):
        (tools / name).unlink()
    for name in ("awk", "cat", "dirname", "env", "mktemp", "sed", "tr"):
        (tools / name).exists() or (tools / name).symlink_to(shutil.which(name))
    done, calls = prepare(box, "", alone=True)
    assert done.returncode == 0, done
    assert {"nodejs", "npm"} <= set(calls[-1].split()), calls[-1]
    assert not any("(" in call for call in calls), calls


NAMES = "postgresql-15 postgresql-client-15 postfix dovecot-core dovecot-imapd".split()
SERVERS = {
    "apt-get": 'echo "$*" >>{folder}/calls; case $* in *download*) shift $(($# - {count}));'
               ' for name; do touch $name.deb; done;; esac',
    "dpkg-deb": 'test "$1" = -x && mkdir -p "$3/usr/sbin" && touch "$3/usr/sbin/$(basename "$2" .deb)"',
    "rm": '/bin/rm "$@"',
}


def servers(box, **fakes):
    known = {name: script.format(folder=box.folder, count=len(NAMES)) for name, script in SERVERS.items()}
    return prepare(box, "", section="unpacked", **{**known, **fakes})


def servers_are_unpacked_and_not_installed(box):
    tree = box.folder / "build/unpacked"
    done, calls = servers(box)
    assert done.returncode == 0, done
    assert len(calls) == 1 and f"download {' '.join(NAMES)}" in calls[0], calls
    assert {each.name for each in (tree / "usr/sbin").iterdir()} == set(NAMES)
    done, calls = servers(box)
    assert done.returncode == 0 and not calls and not done.stdout, (done, calls)
    (tree / "names").write_text("exim4\n")
    done, calls = servers(box)
    assert done.returncode == 0 and len(calls) == 1, (done, calls)


def what_the_bench_measures_has_a_tree_of_its_own(box):
    fakes = {"dpkg-deb": SERVERS["dpkg-deb"], "rm": SERVERS["rm"]}
    fakes["apt-get"] = f'echo "$*" >>{box.folder}/calls; case $* in *download*) touch peer.deb;; esac'
    done, calls = prepare(box, "", section="bench", **fakes)
    assert done.returncode == 0 and len(calls) == 1 and "redis-server" in calls[0], (done, calls)
    assert (box.folder / "build/bench-peers/usr/sbin/peer").exists()
    assert not (box.folder / "build/unpacked").exists()
    done, calls = prepare(box, "", section="bench", **fakes)
    assert done.returncode == 0 and not calls, (done, calls)


def a_list_of_packages_that_is_old_is_fetched_anew(box):
    once = SERVERS["apt-get"].format(folder=box.folder, count=len(NAMES)).replace("; case", f"""
        case $* in *download*) mkdir {box.folder}/once 2>/dev/null && exit 100;; esac
        case""")
    done, calls = servers(box, **{"apt-get": once})
    assert done.returncode == 0, done
    assert [call.split()[5] for call in calls] == ["download", "update", "download"], calls


def half_a_tree_is_none(box):
    broken = f"{SERVERS['dpkg-deb']} && test \"${{2##*/}}\" != dovecot-imapd.deb"
    done, _ = servers(box, **{"dpkg-deb": broken})
    assert done.returncode != 0 and not (box.folder / "build/unpacked").exists(), done
    done, calls = servers(box)
    assert done.returncode == 0 and len(calls) == 1, (done, calls)


def no_package_is_a_mail_server(box):
    """Nor any other service: the lists of what is installed name none that provides one."""
    text = Path(ROOT / "tests/packages").read_text()
    sections = dict(re.findall(r"^\[(\w+)\]\n([^\[]*)", text, re.M))
    names = re.findall(r"^[a-z0-9][^ \n]*", "".join(
        lines for name, lines in sections.items() if name != "unpacked"), re.M)
    assert "mandoc" in names and len(names) > 20, names
    known = {"postfix", "exim4", "redis-server", "redis", "postgresql", "postgresql-15", "dnsmasq", "dovecot-core"}
    assert not known & set(names), known & set(names)
    assert "\npostfix\n" in sections["unpacked"], sections


run(what_would_go_is_named_and_stays, without_a_conflict_it_installs, a_command_from_elsewhere_counts,
    servers_are_unpacked_and_not_installed, what_the_bench_measures_has_a_tree_of_its_own,
    a_list_of_packages_that_is_old_is_fetched_anew,
    half_a_tree_is_none, no_package_is_a_mail_server)
