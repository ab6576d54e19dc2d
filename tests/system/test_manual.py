#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""paminnd(8) has the options and exit codes that paminnd has, no more and no fewer."""
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXITS = {"OK": 0, "USAGE": 64, "DATAERR": 65, "OSERR": 71, "IOERR": 74, "TEMPFAIL": 75, "CONFIG": 78}

page = (ROOT / "daemon/paminnd.8").read_text(encoding="utf-8")
program = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "daemon").rglob("*.c"))
done = subprocess.run([os.environ["PAMINND"], "--help"], capture_output=True, text=True,
                      timeout=30)
assert done.returncode == 0, done

helped = set(re.findall(r"^ +(?:-., )?(--[a-z-]+)", done.stdout, re.M))
written = {"--" + name for line in re.findall(r"^\.It (Fl.*)$", page, re.M)
           for name in re.findall(r"Fl -([a-z][a-z-]*)", line)}
shown = {"--" + name for name in re.findall(r"Fl -([a-z][a-z-]*)", page.split(".Sh DESCRIPTION")[0])}
assert helped and helped == written, f"--help has {helped}, the page describes {written}"
assert shown == written - {"--usage"}, f"the synopsis has {shown}, the page describes {written}"

codes = {int(code) for code in re.findall(r"^\.It (\d+)$", page, re.M)}
used = {EXITS[name] for name in re.findall(r"\bEX_([A-Z]+)\b", program)} | {0}
assert codes == used, f"the page has the exit codes {codes}, the program {used}"

version = subprocess.run([os.environ["PAMINND"], "--version"], capture_output=True, text=True,
                         timeout=30)
assert version.returncode == 0 and re.fullmatch(r"paminnd \d+\.\d+\.\d+\n", version.stdout), version
sys.exit(0)
