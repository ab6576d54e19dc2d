#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The system calls that the unit allows are enough: system tests with the daemon under the same filter (confined.py),
where a call that is not allowed ends it. And secrets by LoadCredential=.

Seen to fail when the unit takes @sync away as well, and before it allowed sched_setscheduler, without which libzmq
aborts (the daemon ends with SIGSYS here), and AF_NETLINK; and when $CREDENTIALS_DIRECTORY is not regarded.
"""
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import confined
from harness import HookSink, LONG, PAMINND, Skip, run
from web import Web

HERE = Path(__file__).resolve().parent
SANITIZED = b"__asan_init" in Path(PAMINND).read_bytes()  # which makes calls of its own, and traces itself
# Of what the daemon does: mail, hooks, TCP, pages, a backup, a reload, a stop.
SOME = [("delivery", "dropped_after_the_dot_is_unknown", "webhook_is_signed"), ("service", "tells_systemd"),
        ("intake", "localhost_is_listened_at"),
        ("backup", "taken_while_it_works_and_put_back"), ("web", "moves_at_a_reload")]
ALL = [(name,) for name in (
    "delivery", "service", "backup", "seen", "tls", "web", "paper_forms", "ladder", "answers", "answer_page", "board",
    "bounce", "bounce_imap", "calendar", "commands", "desk_acts", "desk_whole", "egress", "forecast", "freeze", "hold",
    "inbox", "inbox_oauth", "intake", "keys", "limits", "link", "meeting", "mail_html", "oauth", "outage", "reload",
    "reply", "sign_in", "storage", "teams", "undo", "upgrade", "year")]


def environment():
    return {**os.environ, "PAMINND": str(HERE / "confined.py"), "PAMINN_CONFINED": str(Path(PAMINND).resolve()),
            "PAMINN_CONFINED_CALLS": " ".join(sorted(confined.allowed()))}


def check_here():
    if SANITIZED:
        raise Skip("a sanitizer makes system calls of its own")
    if subprocess.run([HERE / "confined.py", "--version"], env=environment(), capture_output=True).returncode:
        raise Skip("libseccomp can't be used here")


def what_is_not_allowed_ends_it(box):
    check_here()
    without = {**environment(), "PAMINN_CONFINED_CALLS": " ".join(sorted(confined.allowed() - confined.calls_of("@sync")))}
    plan = box.plan()
    plan.write()
    ended = subprocess.run([HERE / "confined.py", "--config", box.folder / "paminnd.conf", "--clock", "2026-05-11T09:00@1"],
                           env=without, capture_output=True, text=True, timeout=60)
    assert ended.returncode == -signal.SIGSYS, ended


def what_is_allowed_is_enough(box):
    check_here()
    calls = confined.allowed()
    assert {"fsync", "openat", "accept4", "socket"} <= calls and not {"mount", "ptrace", "setuid", "reboot"} & calls
    for name, *cases in ALL if LONG else SOME:
        done = subprocess.run([sys.executable, HERE / f"test_{name}.py", *cases], env=environment(), capture_output=True,
                              text=True, timeout=3000)
        assert done.returncode in (0, 77) and (cases or "ok " in done.stdout), (name, done.stdout[-3000:], done.stderr)
        print(f"  {name}: {len(re.findall('^ok', done.stdout, re.M))} cases", flush=True)


def secrets_are_credentials(box):
    """As systemd puts them: in a folder of their own, for their owner and, by an ACL's mask, for a group of nobody."""
    folder = box.folder / "credentials"
    folder.mkdir(mode=0o700)
    web = Web(box, run=False)
    plan, daemon = web.plan, web.daemon
    hook = box.hook(plan)
    (box.folder / "web.secret").rename(folder / "web.secret")
    Path(HookSink.secret_file(hook, box.folder)).rename(folder / "hook")
    for each in folder.iterdir():
        each.chmod(0o440)
    plan.settings["web"]["secret_file"] = "$CREDENTIALS_DIRECTORY/web.secret"
    plan.settings["channels"][0]["secret_file"] = "$CREDENTIALS_DIRECTORY/hook"
    plan.people["anna"]["channels"] = ["hook"]
    done = daemon.check()
    assert done.returncode == 78 and "secret_file" in done.stdout, done
    daemon.environment["CREDENTIALS_DIRECTORY"] = str(folder)
    daemon.start()
    assert web.get("/healthz").status == 200
    assert daemon.order("link", page="mine", **{"for": "anna"})["result"] == "ok"
    daemon.order("test", person="anna")
    assert hook.posts and not hook.bad


run(secrets_are_credentials, what_is_not_allowed_ends_it, what_is_allowed_is_enough)
