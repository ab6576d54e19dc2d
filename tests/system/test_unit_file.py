#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The systemd unit is well formed, confined, and creates the user it runs as.

Nothing here needs a running systemd: the unit is copied into a temporary folder, where its
programs and manual pages point to files that exist, and systemd's own tools judge it.
"""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

UNITS = Path(__file__).resolve().parents[2] / "systemd"
# systemd's exposure level times ten: 0 is confined from everything, 100 from nothing.
EXPOSURE_LIMIT = 12


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def prepared(folder):
    """A copy of the unit that `verify` can judge on a machine without an installation."""
    text = (UNITS / "paminnd.service").read_text(encoding="utf-8")
    text = re.sub(r"^Documentation=.*\n", "", text, flags=re.M)
    assert "ExecStart=/usr/sbin/paminnd " in text, "ExecStart is not /usr/sbin/paminnd"
    unit = folder / "paminnd.service"
    unit.write_text(text.replace("/usr/sbin/paminnd", "/bin/true"), encoding="utf-8")
    return unit


def unit_is_well_formed(folder):
    # verify exits 0 on a misspelt key, but says so on standard error.
    done = run("systemd-analyze", "verify", "--recursive-errors=no", str(prepared(folder)))
    assert done.returncode == 0 and not done.stderr, done.stderr


def misspelt_key_is_noticed(folder):
    unit = prepared(folder)
    unit.write_text(unit.read_text(encoding="utf-8").replace("WatchdogSec", "WatchdogSecs"),
                    encoding="utf-8")
    done = run("systemd-analyze", "verify", "--recursive-errors=no", str(unit))
    assert "WatchdogSecs" in done.stderr, "verify let a misspelt key pass"


def unit_is_confined(folder):
    done = run("systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSURE_LIMIT}",
               str(prepared(folder)))
    assert done.returncode == 0, done.stdout.splitlines()[-1] + "\n" + done.stderr


def user_is_created(folder):
    (folder / "etc").mkdir()
    done = run("systemd-sysusers", f"--root={folder}", str(UNITS / "paminn.sysusers"))
    assert done.returncode == 0, done.stderr
    user = (folder / "etc/passwd").read_text(encoding="utf-8")
    assert re.search(r"^paminn:x:\d+:\d+:[^:]*:/var/lib/paminn:.*nologin$", user, re.M), user
    assert re.search(r"^paminn:", (folder / "etc/group").read_text(encoding="utf-8"), re.M)


def pages_have_what_they_need(folder):
    """Internet sockets, and twice the files of as many connections as web.connections may be."""
    text = (UNITS / "paminnd.service").read_text(encoding="utf-8")
    source = (UNITS.parent / "daemon/plan/settings_web.c").read_text(encoding="utf-8")
    most = int(re.search(r"#define CONNECTIONS_MAX (\d+)", source)[1])
    files = int(re.search(r"^LimitNOFILE=(\d+)$", text, re.M)[1])
    assert files >= 2 * most, f"{files} files are too few for {most} connections"
    families = re.search(r"^RestrictAddressFamilies=(.*)$", text, re.M)[1].split()
    assert {"AF_INET", "AF_INET6"} <= set(families), families


def main():
    failed = 0
    for test in (unit_is_well_formed, misspelt_key_is_noticed, unit_is_confined, user_is_created,
                 pages_have_what_they_need):
        with tempfile.TemporaryDirectory() as folder:
            try:
                test(Path(folder))
                print(f"ok      {test.__name__}")
            except AssertionError as fault:
                failed += 1
                print(f"failed  {test.__name__}: {fault}")
    return 1 if failed else 0


sys.exit(main())
