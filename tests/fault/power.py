# SPDX-License-Identifier: Apache-2.0
"""A disk whose power is cut: ext4 in a file of its own, which forgets all that was not flushed.

A process goes on after such a cut, and for some microseconds fdatasync tells it of a success that was none (tried on
Linux 6.18: in 4 of 150 cuts). Where there is no power nobody goes on, so the daemon is stopped first, and what it
said when the cut had begun counts for nothing.
"""
import fcntl
import os
import signal
import struct
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "system"))
from harness import Skip

GOING_DOWN, WITHOUT_THE_LOG = 0x8004587D, 2  # FS_IOC_GOINGDOWN, FSOP_GOING_FLAGS_NOLOGFLUSH
SIZE = 512 << 20  # bytes, of which few are there


def be_apart():
    """Go on with mounts of one's own, which the kernel takes away however this process ends. To be called before
    anything else is begun."""
    apart = ["unshare", "--mount", "--propagation", "private"]
    if os.geteuid() == 0 and "PAMINN_APART" not in os.environ and \
            subprocess.run([*apart, "true"], capture_output=True).returncode == 0:
        os.environ["PAMINN_APART"] = "yes"
        os.execvp(apart[0], [*apart, sys.executable, *sys.argv])


class Disk:
    """The file system, mounted at `folder`."""

    def __init__(self, box):
        if os.geteuid() != 0:
            raise Skip("only root may mount a file system whose power can be cut")
        self.image, self.folder = box.folder / "disk.img", box.folder / "disk"
        self.folder.mkdir()
        with self.image.open("wb") as image:
            image.truncate(SIZE)
        try:
            subprocess.run(["mkfs.ext4", "-q", "-F", "-E", "nodiscard", self.image], check=True, capture_output=True)
            self.mount()
        except (OSError, subprocess.CalledProcessError) as fault:
            why = getattr(fault, "stderr", None) or str(fault).encode()
            raise Skip(f"this machine mounts no ext4 from a file: {why.decode().strip()}") from None
        box.keep(self)

    def mount(self):
        subprocess.run(["mount", "-o", "loop", self.image, self.folder], check=True, capture_output=True)

    def cut(self, daemon, load):
        """Nothing reaches the disk any more, nor did what no flush has sent there; and the power is back."""
        load.power_goes()
        daemon.process.send_signal(signal.SIGSTOP)
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.ioctl(folder, GOING_DOWN, struct.pack("I", WITHOUT_THE_LOG))
        finally:
            os.close(folder)
        daemon.kill()
        subprocess.run(["umount", self.folder], check=True)
        self.mount()
        load.power_is_back()

    def stop(self):
        subprocess.run(["umount", self.folder], check=False)
