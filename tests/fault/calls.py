# SPDX-License-Identifier: Apache-2.0
"""A store of which the n-th call is the last, or fails: calls.c beside this, built here and preloaded into the daemon."""
import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "system"))
from harness import ROOT, Skip


class Fault:
    """The shim, built in a folder, and what a daemon's environment has to be for it."""

    def __init__(self, folder, files="paminn.db:-wal"):
        if not shutil.which("cc"):
            raise Skip("there is no C compiler (cc)")
        self.files, self.library = files, folder / "calls.so"
        subprocess.run(["cc", "-D_GNU_SOURCE", "-O1", "-shared", "-fPIC", "-o", self.library,
                        ROOT / "tests/fault/calls.c", "-ldl"], check=True)

    def counted(self, call, folder, **more):
        """The environment in which such calls are counted, and the file that tells how many there were."""
        # The sanitizer's library, where there is one, comes after ours: it wants to be told.
        return {"LD_PRELOAD": str(self.library),
                "ASAN_OPTIONS": f"verify_asan_link_order=0:{os.environ.get('ASAN_OPTIONS', '')}",
                "PAMINN_FAULT_FILE": self.files, "PAMINN_FAULT_CALL": call,
                "PAMINN_FAULT_COUNT": str(folder / "count"), **more}, folder / "count"

    def at(self, n, what, folder, call="write"):
        """The environment in which the n-th call meets its fault, and the file that tells of it."""
        struck = folder / "struck"
        struck.unlink(missing_ok=True)
        return self.counted(call, folder, PAMINN_FAULT_AT=str(n), PAMINN_FAULT=what,
                            PAMINN_FAULT_STRUCK=str(struck))[0], struck
