# SPDX-License-Identifier: Apache-2.0
"""What the tests of real cases share: plans as the bodies of those cases would write them, in cases/."""
import shutil

from harness import ROOT, Plan

CASES = ROOT / "tests/system/cases"


class WrittenPlan(Plan):
    """A plan file as somebody wrote it."""

    def __init__(self, folder, name):
        super().__init__(folder)
        self.name = name

    def write(self):
        conf = super().write()
        shutil.copy(CASES / f"{self.name}.conf", self.folder / "plan.conf")
        return conf


def told(mails, *words):
    return [mail for mail in mails if all(word in mail.text for word in words)]


def days(mails):
    return [f"{mail.when:%m-%d}" for mail in mails]
