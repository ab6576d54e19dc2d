# SPDX-License-Identifier: Apache-2.0
"""A store of which the n-th call is the last, or fails: calls.c beside this, preloaded into the daemon."""
import atexit
import functools
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "system"))
from harness import ROOT, Skip


@functools.cache
def built(name, *more):
    """The path of a library to be preloaded, made of tests/fault/NAME.c, and more such, for this process."""
    if not shutil.which("cc"):
        raise Skip("there is no C compiler (cc)")
    folder = tempfile.mkdtemp(prefix="paminn-fault-")
    atexit.register(shutil.rmtree, folder)
    subprocess.run(["cc", "-D_GNU_SOURCE", "-O1", "-shared", "-fPIC", "-o", f"{folder}/{name}.so",
                    *(ROOT / f"tests/fault/{each}.c" for each in (name, *more)), "-ldl"], check=True)
    return f"{folder}/{name}.so"


class Fault:
    """What a daemon's environment has to be for the faults of calls.c."""

    def __init__(self, files="paminn.db:-wal"):
        self.files, self.library = files, built("calls")

    def counted(self, call, folder, **more):
        """The environment in which such calls are counted, and the file that tells how many there were."""
        # The sanitizer's library, where there is one, comes after ours: it wants to be told.
        return {"LD_PRELOAD": self.library,
                "ASAN_OPTIONS": f"verify_asan_link_order=0:{os.environ.get('ASAN_OPTIONS', '')}",
                "PAMINN_FAULT_FILE": self.files, "PAMINN_FAULT_CALL": call,
                "PAMINN_FAULT_COUNT": str(folder / "count"), **more}, folder / "count"

    def at(self, n, what, folder, call="write"):
        """The environment in which the n-th call meets its fault, and the file that tells of it."""
        struck = folder / "struck"
        struck.unlink(missing_ok=True)
        return self.counted(call, folder, PAMINN_FAULT_AT=str(n), PAMINN_FAULT=what,
                            PAMINN_FAULT_STRUCK=str(struck))[0], struck
