#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The README's chapter "Try your plan before anyone gets a mail": its commands, as they stand there,
on one's own configuration. A rehearsal of it reaches this machine only, and mails nobody."""
import os
import re
import signal
import subprocess
from pathlib import Path

from harness import PAMINN, PAMINND, ROOT, SANITIZER, free_ports, run, wait_for

CHAPTER = re.search(r"^## Try your plan before anyone gets a mail\n(.*?)^## ",
                    (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S).group(1)
BLOCKS = dict(re.findall(r"^```(\w+)\n(.*?)^```", CHAPTER, re.M | re.S))


class Shell:
    """Runs the chapter's commands, with this build's programs and folders in place of the system's."""

    def __init__(self, box):
        self.folder, (self.port,) = box.folder, free_ports(1)
        (self.folder / "bin").mkdir()
        for program in (PAMINN, PAMINND):
            (self.folder / "bin" / Path(program).name).symlink_to(program)
        self.started = []
        box.keep(self)

    def text(self, name):
        return (BLOCKS[name].replace("/etc/paminn", str(self.folder / "etc"))
                .replace("/tmp/try", str(self.folder / "try")).replace("less ", "cat ")
                .replace("127.0.0.1:2525", f"127.0.0.1:{self.port}"))

    def run(self, name):
        """What the block prints; whatever it leaves running is stopped at the end."""
        environment = {**os.environ, "HOME": str(self.folder),
                       "PATH": f"{self.folder}/bin:/usr/bin:/bin"}
        out, errors = self.folder / f"{name}.out", self.folder / f"{name}.errors"
        script = f"{self.text(name)}\njobs -p > {self.folder}/jobs\n"
        with out.open("wb") as to, errors.open("wb") as told:
            done = subprocess.run(["/bin/bash", "-ec", script], stdout=to, stderr=told,
                                  env=environment, timeout=60)
        assert done.returncode == 0, (name, out.read_text(), errors.read_text())
        assert not SANITIZER.search(errors.read_text()), errors.read_text()
        self.started += map(int, (self.folder / "jobs").read_text().split())
        return out.read_text()

    @staticmethod
    def lives(pid):
        stat = Path(f"/proc/{pid}/stat")
        return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"

    def stop(self):
        for pid in self.started:
            if self.lives(pid):
                os.kill(pid, signal.SIGTERM)
        wait_for(lambda: not any(map(self.lives, self.started)), "what was started to end")
        self.started.clear()


def own_configuration(box):
    """As an operator has it: a mail server and a system's sockets that are not for trying."""
    plan = box.plan()
    plan.folder = box.folder / "etc"
    plan.folder.mkdir()
    plan.settings["store"] = str(plan.folder / "paminn.db")
    plan.settings["intake"] = {name: [f"ipc:///run/paminn/{name}.sock"]
                               for name in ("submit", "collect", "feed")}
    plan.settings["mail"].update(server="smtp://mail.kommunen.internal:25", tls="starttls")
    plan.write()
    return plan


def check_and_rehearse(box):
    own_configuration(box)
    shell = Shell(box)
    text = shell.run("check")
    assert text.count("The first messages would leave on") >= 1, text
    assert "on 2026-05-05" in text or "on 2026-05-04" in text, text
    before = {path: path.read_bytes() for path in (box.folder / "etc").iterdir()}
    shell.run("rehearse")
    wait_for((box.folder / "try/submit.sock").exists, "the rehearsal to begin")
    wait_for(lambda: subprocess.run(["/bin/bash", "-c", f"< /dev/tcp/127.0.0.1/{shell.port}"],
                                    stderr=subprocess.DEVNULL).returncode == 0, "the mail server")
    text = shell.run("look")
    assert "escalation" in text and "KS-1 TN-1" in text, text
    assert "mail: delivered: 250" in text, text
    assert "Prov: meddelanden" in text or "Subject: Prov" in text or "Subject: =?utf" in text, text
    mails = box.folder / "try/mails.txt"
    wait_for(lambda: "X-Auto-Response-Suppress" in mails.read_text(errors="replace").partition(
        "END MESSAGE")[2], "a reminder of the rehearsal")
    shell.stop()
    assert before == {path: path.read_bytes() for path in (box.folder / "etc").iterdir()}, \
        "the rehearsal touched the real configuration or store"


def another_server_gets_nothing(box):
    """--store with the configuration as it is: the mail server is not this machine's, so each mail
    is recorded as sent to nobody. The real daemon refuses that store."""
    plan = box.plan()
    plan.settings["mail"]["server"] = "smtp://mail.kommunen.internal:25"
    daemon = box.daemon(plan, "2026-05-12T07:00", start=False)
    command = daemon.command
    daemon.command = lambda *more: command("--store", str(box.folder / "try.db"), *more)
    daemon.start()
    daemon.until("2026-05-12T09:00")
    rows = daemon.query("outbox")
    assert len(rows) == 3 and {row["last_answer"] for row in rows} == {"rehearsal: sent to nobody"}
    daemon.stop()
    assert (box.folder / "try.db").exists() and not (box.folder / "paminn.db").exists()
    daemon.clock = None
    daemon.expect("belongs to a rehearsal and this is a real run")
    daemon.start(ready=False)
    assert daemon.ended() == 78


def the_first_morning(box):
    """In real time: the test arrives, and nothing else leaves while it is held."""
    plan = box.plan()
    sink = box.smtp(plan)
    daemon = box.daemon(plan)
    (box.folder / ".config/paminn").mkdir(parents=True)
    (box.folder / ".config/paminn/paminn.conf").write_text(f'server = "{plan.submit}";\n')
    shell = Shell(box)
    BLOCKS["morning"] = re.sub(r"^sudo systemctl.*\n", "", BLOCKS["morning"], flags=re.M)
    text = shell.run("morning")
    assert "mail: delivered: 250" in text and "kept back" in text and "leave again" in text, text
    assert [mail.subject for mail in sink.to("anna")][0].startswith("Prov"), sink.mails
    assert daemon.query("outbox")[0]["kind"] == "test"


run(check_and_rehearse, another_server_gets_nothing, the_first_morning)
