#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What is shipped in conf/: a fresh configuration is refused until its holes are filled, and then
passes with every setting in use; the manual and the samples know every key that the reader knows."""
import re
import shutil
import subprocess

import zmq

from harness import PAMINND, ROOT, run

CONF = ROOT / "conf"
HOLE = re.compile(r"<[^<>\n]+>")


def install(folder):
    """What `cmake --install` puts into /etc/paminn, and the plan copied as its first lines say."""
    shutil.copy(CONF / "paminnd.conf", folder)
    (folder / "plan.d").mkdir()
    shutil.copy(CONF / "plan.d/plan.conf.example", folder / "plan.d")
    shutil.copy(CONF / "plan.d/plan.conf.example", folder / "plan.d/plan.conf")
    return folder / "paminnd.conf", folder / "plan.d/plan.conf"


def check(folder, *options):
    done = subprocess.run([PAMINND, "--config", folder / "paminnd.conf", "--check", *options],
                          capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


def fill(path):
    def filled(hole):
        mailbox = "mailbox" in hole[0] or "e-postadress" in hole[0]
        return "stod@region.internal" if mailbox else "Akutsjukvård"
    text = path.read_text(encoding="utf-8")
    path.write_text("".join(line if line.lstrip().startswith("#") else HOLE.sub(filled, line)
                            for line in text.splitlines(True)), encoding="utf-8")


def take_up_all(path):
    text = re.sub(r"^(\s*)//(\s*//)?", r"\1", path.read_text(encoding="utf-8"), flags=re.M)
    path.write_text(text.replace("/etc/paminn/templates", str(CONF / "templates")),
                    encoding="utf-8")


def fresh_configuration_is_refused(box):
    paths = install(box.folder)
    code, text = check(box.folder)
    assert code == 78, text
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            hole = not line.lstrip().startswith("#") and HOLE.search(line)
            if hole:
                place = f"{path}:{number}: "
                assert any(each.startswith(place) and hole[0] in each
                           for each in text.splitlines()), (place, text)


def configuration_without_a_plan_is_refused(box):
    paths = install(box.folder)
    paths[1].unlink()
    fill(paths[0])
    code, text = check(box.folder)
    assert code == 78 and "matches no file" in text, text


def filled_configuration_passes(box):
    for path in install(box.folder):
        fill(path)
    code, text = check(box.folder)
    assert code == 0, text


def every_setting_passes(box):
    for path in install(box.folder):
        fill(path)
        take_up_all(path)
    conf = box.folder / "paminnd.conf"  # of the two ways to log in it can have one
    conf.write_text(conf.read_text(encoding="utf-8").replace('password_file = "mail.password";', ""),
                    encoding="utf-8")
    for name in ("teamwork.secret", "mail.secret", "inbox.password", "authority.pem", "web.secret", "store.password"):
        secret = box.folder / name
        secret.touch(mode=0o600)
        secret.write_text("whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\n")
    secret = box.folder / "secret.key"
    secret.touch(mode=0o600)
    secret.write_bytes(zmq.curve_keypair()[1])
    shutil.copy(CONF / "templates/sv/report.docx", box.folder / "plan.d/brev.docx")
    code, text = check(box.folder)
    assert code == 0, text


def all_keys_are_explained(box):
    keys = {key for path in (ROOT / "daemon/plan").glob("*.c")
            for key in re.findall(r'^\s*\{ "(\w+)", VALUE_', path.read_text(encoding="utf-8"), re.M)}
    assert len(keys) > 50, sorted(keys)
    manual = (CONF / "paminnd.conf.5").read_text(encoding="utf-8")
    samples = "".join((CONF / name).read_text(encoding="utf-8")
                      for name in ("paminnd.conf", "plan.d/plan.conf.example"))
    lists = {"bodies", "meetings", "people", "systems", "measures", "deadlines", "assignments", "periods", "requirements", "intake", "mail",
             "channels", "web", "calendar", "retention", "ladders", "alerts"}
    for key in sorted(keys):
        assert re.search(rf"\b{key} = ", samples), f"no sample shows {key}"
        told = rf"^\.Ss {key} = " if key in lists else rf"\bIc {key} No = "
        assert re.search(told, manual, re.M), f"paminnd.conf.5 does not explain {key}"


def choices_are_quoted_one_by_one(box):
    """As they are shown, not as they are written: a macro may quote the rest of its line."""
    page = subprocess.run(["mandoc", CONF / "paminnd.conf.5"], capture_output=True, text=True,
                          check=True).stdout
    choices = [line for line in re.sub(".\b", "", page).splitlines() if " | " in line]
    assert len(choices) > 5, page
    for line in choices:
        assert all(each.count('"') % 2 == 0 for each in line.split("|")), line


def manual_pages_are_well_formed(box):
    pages = [CONF / "paminnd.conf.5", CONF / "paminn-rules.7", ROOT / "daemon/paminnd.8",
             ROOT / "client/paminn.1"]
    said = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", *pages], text=True, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout
    assert not said, said


def demo_passes(box):
    shutil.copytree(CONF / "demo/plan.d", box.folder / "plan.d")
    shutil.copy(CONF / "demo/paminnd.conf", box.folder)
    for name, before in (("uppfoljning.secret", "whsec_"), ("web.secret", "")):
        (box.folder / name).touch(mode=0o600)
        (box.folder / name).write_text(before + "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\n")
    code, text = check(box.folder, "--clock", "2026-04-22T08:00@1")
    assert code == 0 and "\n0 warnings\n" in "\n" + text, text
    code, text = check(box.folder)
    assert code == 78 and "reserved" in text, text


run(fresh_configuration_is_refused, configuration_without_a_plan_is_refused,
    filled_configuration_passes, every_setting_passes, all_keys_are_explained, choices_are_quoted_one_by_one,
    manual_pages_are_well_formed, demo_passes)
