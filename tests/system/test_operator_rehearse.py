#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The README's chapter "From a spreadsheet to the first morning": its commands, as they stand there, from
an export of fifteen measures to the forecast, and on a configuration that is somebody's already. A
rehearsal of it reaches this machine only, and mails nobody."""
import os
import pty
import re
import select
import shutil
import signal
import socket
import subprocess
import urllib.request
from pathlib import Path

from harness import PAMINN, PAMINND, ROOT, SANITIZER, free_ports, run, wait_for

CHAPTER = re.search(r"^## From a spreadsheet to the first morning\n(.*?)^## ",
                    (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S).group(1)
BLOCKS = dict(re.findall(r"^```(\w+)\n(.*?)^```", CHAPTER, re.M | re.S))


# What an official types into the holes.
EDIT = r'''import re, sys
ANSWERS = (("organets namn", "Regionstyrelsen"), ("sammanträdets datum", "2026-05-26"),
           ("funktionens namn", "Stöd och uppföljning"), ("vad som ska redovisas", "Lägesrapport"),
           ("mejlen kommer från", "paminn@region.internal"), ("e-postadress", "stod@region.internal"))
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        lines = file.readlines()
    with open(path, "w", encoding="utf-8") as file:
        for line in lines:
            if not line.lstrip().startswith("#"):
                line = re.sub(r"<fyll i [^<>]*>", lambda hole: next(
                    (answer for words, answer in ANSWERS if words in hole[0]), hole[0]), line)
            file.write(line)
'''


class Shell:
    """Runs the chapter's commands, with this build's programs and folders in place of the system's."""

    def __init__(self, box):
        self.folder, self.endpoint = box.folder, "none"
        (self.folder / "bin").mkdir()
        for program in (PAMINN, PAMINND, ROOT / "conf/rehearse"):
            name = {"rehearse": "paminn-rehearse"}.get(Path(program).name, Path(program).name)
            (self.folder / "bin" / name).symlink_to(program)
        for name, script in (("sudo", '[ "$1" != -u ] || shift 2\nexec "$@"\n'),
                             ("sudoedit", f"exec /usr/bin/python3 {self.folder}/edit.py \"$@\"\n")):
            (self.folder / "bin" / name).write_text(f"#!/bin/sh\n{script}")
            (self.folder / "bin" / name).chmod(0o755)
        (self.folder / "edit.py").write_text(EDIT, encoding="utf-8")
        self.started = []
        box.keep(self)

    def text(self, name):
        etc = self.folder / "etc"
        return (BLOCKS[name].replace("/etc/paminn", str(etc)).replace("paminnd --check", f"paminnd --config {etc}/paminnd.conf --check")
                .replace("T07:00\n", f"T07:00 {etc} &\n").replace("-o paminn ", "")
                .replace("ENDPOINT", self.endpoint))

    def environment(self):
        return {**os.environ, "HOME": str(self.folder), "PAMINND": PAMINND, "PAMINN": PAMINN,
                "TMPDIR": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1",
                "PATH": f"{self.folder}/bin:/usr/bin:/bin"}

    def run(self, name):
        """What the block prints; whatever it leaves running is stopped at the end."""
        out, errors = self.folder / f"{name}.out", self.folder / f"{name}.errors"
        script = f"shopt -s expand_aliases\n{self.text(name)}\njobs -p > {self.folder}/jobs\n"
        with out.open("wb") as to, errors.open("wb") as told:
            done = subprocess.run(["/bin/bash", "-ec", script], stdout=to, stderr=told,
                                  env=self.environment(), cwd=self.folder, timeout=60)
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


class Listener:
    """Whoever has a port."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]

    def stop(self):
        self.socket.close()


def own_configuration(box):
    """As an operator has it: a mail server and a system's sockets that are not for trying."""
    plan = box.plan()
    plan.add("people", "stod", name="Stöd", mail="stod@kommunen.internal", manager="mona")
    plan.folder = box.folder / "etc"
    plan.folder.mkdir()
    plan.settings["store"] = str(plan.folder / "paminn.db")
    plan.settings["intake"] = {name: [f"ipc:///run/paminn/{name}.sock"]
                               for name in ("submit", "collect", "feed")}
    plan.settings["mail"].update(server="smtp://mail.kommunen.internal:25", tls="starttls")
    # The real daemon is at its port.
    real = box.keep(Listener())
    box.web(plan, real.port)
    plan.settings["web"].update(public_url="https://paminn.kommunen.internal",
                                proxies=["127.0.0.1"])
    plan.write()
    return plan


class Sitting:
    """Whoever sits at a terminal and types, a line when they are asked."""

    def __init__(self, shell, command):
        self.terminal, there = pty.openpty()
        self.started = subprocess.Popen(["/bin/bash", "-ec", f"exec {command}"], stdin=there, stdout=there, stderr=there,
                                        env=shell.environment(), cwd=shell.folder, start_new_session=True)
        os.close(there)
        shell.started.append(self.started.pid)
        self.begun = self.until_asked()

    def until_asked(self):
        """What the terminal shows until it asks; or, when it has ended, until its end."""
        shown = b""
        while not re.search(rb"^\d{4}-\d\d-\d\d \d\d:\d\d> \Z", shown, re.M):
            assert select.select([self.terminal], [], [], 60)[0], shown
            try:
                shown = re.sub(rb"\x1b\[\d*m", b"", shown + os.read(self.terminal, 65536))
            except OSError:  # nobody is left there
                break
        return shown.decode().replace("\r\n", "\n")

    def type(self, line):
        os.write(self.terminal, line.encode() + b"\n")
        return self.until_asked()

    def leave(self):
        os.write(self.terminal, b"\x04")
        self.until_asked()
        os.close(self.terminal)
        return self.started.wait(60)


def rehearsed(box, shell):
    """What a rehearsal at a terminal begins with and says to each line of the chapter, and Karin Ström's first
    mail of it."""
    at = Sitting(shell, shell.text("rehearse").strip().rstrip("&"))
    for words in ("karin-strom", "per-olofsson", "goran-akerlund", "HSN-1, HSN-2, HSN-15", "Enter "):
        assert words in re.sub(r"\s+", " ", at.begun), (words, at.begun)
    # The bare line is Enter.
    assert "Enter lets the first mails leave, a line each, and `mail 2`" in CHAPTER
    assert "No mail has left yet" in at.type("mail")
    first, mail = at.type(""), at.type("mail 2")
    left = re.findall(r"^ +(\d+)  Wed 29 Apr 08:00  (.*?): ", first, re.M)
    assert [int(number) for number, _ in left] == list(range(1, 10)), first
    # In the forecast's order, which is the plan's.
    assert left[1] == ("2", "Karin Ström"), left
    assert "accepted: HSN-1 on-track" in at.type("status HSN-1 on-track   # comments are none of it")
    for typed in ("go 9.30", "paminn go 17:00"):
        assert at.type(typed).endswith(f"\n2026-04-29 {typed.split()[-1].replace('.', ':'):0>5}> ")
    # The steward is told of hold; nothing else leaves.
    assert "kept back" in at.type("hold on") and "Alla utskick är stoppade" in at.type("")
    assert "`hold off` lets it go" in at.type("")
    assert re.search(r"^ *11  ", at.type("hold off"), re.M)
    go = at.type("go 2026-05-29")
    assert go.endswith("\n2026-05-29 17:00> ") and re.search(r"^ *\d+  Fri 15 May .*: ", go, re.M), go
    assert "HSN-15" in at.type("list --all")
    assert "Minska inhyrd personal på akuten" in at.type("paminn mail 2")
    assert "There is no mail 0" in at.type("mail 0") and "close it" in at.type('note "')
    assert "there is no command nonsense" in at.type("nonsense")
    assert "Nothing is to leave within a year" in at.type("")
    assert "Ctrl-D" in at.type("help")
    assert at.leave() == 0 and not list(shell.folder.glob("paminn-rehearsal-*")), "something is left behind"
    return mail


# From another terminal, where nobody sits at the rehearsal's.
BLOCKS["elsewhere"] = """alias try='paminn --server ENDPOINT'
try forecast
try go 2026-04-29T17:00
try go 2026-05-29T17:00
try list --all
"""
# A meeting of the blocks may be past when this test runs: it is checked as of a day before what is rehearsed.
BLOCKS["check as of then"] = BLOCKS["check"].rstrip() + " --clock 2026-04-20T07:00@1\n"


def from_a_spreadsheet(box):
    """On what is installed: from fifteen measures to a forecast of a month with all of their owners."""
    (box.folder / "etc/plan.d").mkdir(parents=True)
    text = (ROOT / "conf/paminnd.conf").read_text(encoding="utf-8")
    (box.folder / "etc/paminnd.conf").write_text(text.replace("/var/lib/paminn/", ""), encoding="utf-8")
    shutil.copy(ROOT / "tests/system/import/sv-1252.csv", box.folder / "atgarder.csv")
    shell = Shell(box)
    shell.run("import")
    assert "15 measures, 8 owners, 2 managers; 1 hole to fill in:\nplan.conf:93: " in (box.folder / "import.errors").read_text()
    shell.run("fill")
    text = shell.run("check as of then")
    assert re.findall("warning: (.*) no manager", text) == ["per-olofsson has"], text  # as in the sheet
    assert "The first messages would leave on 2026-04-29" in text and "0 warnings" not in text, text
    # The next command, for the configuration that was checked.
    start = BLOCKS["rehearse"].split()[-1]
    assert "Mail leaves by this machine's own mail server, 127.0.0.1:25; a rehearsal needs none.\n" in text, text
    assert "without web, mails tell 8 people" in text and f"paminn-rehearse {start} {box.folder}/etc\n" in text, text
    assert re.search(r"\n +paminn status ", rehearsed(box, shell)), "how to answer without a page"
    shell.run("pages")
    assert "without web" not in shell.run("check as of then")
    # Nobody who owes an answer is told a command, nor that a mail is late.
    mail = rehearsed(box, shell)
    assert re.search(r"Svara:\s+http://127.0.0.1:\d+/", mail) and "paminn status" not in mail, mail
    assert "blivit försenad" not in mail, mail
    # Imported again, and its patch put in: but for that nothing has changed.
    path = box.folder / "atgarder.csv"
    path.write_bytes(path.read_bytes().replace("Minska inhyrd personal på".encode("cp1252"), "Färre inhyrda på".encode("cp1252")))
    BLOCKS["again"] = BLOCKS["again"].replace("paminnd --check", "paminnd --check --clock 2026-04-20T07:00@1")
    shell.run("again")
    assert "Against the plan: 1 changed\n" in (box.folder / "again.errors").read_text()
    assert 'title = "Färre inhyrda på akuten' in (box.folder / "etc/plan.d/plan.conf").read_text(encoding="utf-8")


def check_and_rehearse(box):
    own_configuration(box)
    shell = Shell(box)
    shell.run("check")
    text = shell.run("check as of then")
    assert "The first messages would leave on 2026-04-29" in text, text
    before = {path: path.read_bytes() for path in (box.folder / "etc").iterdir()}
    for file in ("", "prov.conf"):  # it begins anew as often as one likes, by the folder or the file
        if file:
            (box.folder / "etc/paminnd.conf").rename(box.folder / "etc" / file)
            # A day alone is its seven o'clock.
            BLOCKS["rehearse"] = BLOCKS["rehearse"].replace("T07:00\n", f" {box.folder}/etc/{file} &\n")
        shell.run("rehearse")
        said = box.folder / "rehearse.out"
        shell.endpoint = wait_for(lambda: re.search(r"--server (ipc://\S+)'", said.read_text()),
                                  "the rehearsal to begin")[1]
        text = shell.run("elsewhere")
        assert "2 escalations, KS-1 (+1wd)" in text and re.search(r"^ +anna +TN-1$", text, re.M), text
        assert "The rehearsal stands at 2026-05-29T17:00:00+02:00" in text, text
        assert "late" in text, text
        mails = said.read_text()  # decoded, as they leave
        assert "https://paminn.kommunen.internal" not in mails, "a link of the real daemon"
        page = re.search(r"The pages are at (http://127.0.0.1:\d+)", mails)[1]
        assert urllib.request.urlopen(page + "/healthz", timeout=30).status == 200
        assert "To: Anna Ek <anna@kommunen.internal>" in mails, mails
        # Whom a mail comes from, where an answer to it goes, and what comes with it, as its reader sees them.
        assert re.search(r"^From: .*<\S+@\S+>\nReply-To: \S+@\S+\nTo: Anna Ek .*\nSubject: .*\nAttached: \S+\.ics\n\n", mails, re.M), mails
        assert "Färre inhyrda" in mails and "åtgärdsplan" in mails and "=C3" not in mails, mails
        shell.stop()
        assert not list(box.folder.glob("paminn-rehearsal-*")), "something is left behind"
    (box.folder / "etc/prov.conf").rename(box.folder / "etc/paminnd.conf")
    assert before == {path: path.read_bytes() for path in (box.folder / "etc").iterdir()}, \
        "the rehearsal touched the real configuration or store"


def a_terminal_that_is_closed_ends_it(box):
    own_configuration(box)
    shell = Shell(box)
    at = Sitting(shell, f"{ROOT}/conf/rehearse 2026-04-29 {box.folder}/etc")
    [copy] = box.folder.glob("paminn-rehearsal-*")
    os.close(at.terminal)
    os.kill(at.started.pid, signal.SIGHUP)
    at.started.wait(60)
    assert not copy.exists() and not subprocess.run(["pgrep", "-f", str(copy)], capture_output=True).stdout


def what_is_wrong_is_named_where_it_is_to_be_mended(box):
    plan = own_configuration(box)
    conf = box.folder / "etc/paminnd.conf"
    conf.write_text(conf.read_text() + "nonsense = 1;\n")
    for name in ("", "prov.conf"):
        if name:
            conf = conf.rename(plan.folder / name)
        done = subprocess.run([ROOT / "conf/rehearse", "2026-04-29", conf if name else plan.folder], capture_output=True,
                              text=True, timeout=60, env={**os.environ, "PAMINND": PAMINND})
        assert done.returncode == 78 and f"{conf}:" in done.stderr and "rehearsal-" not in done.stderr, done


def a_rehearsal_begins_at_a_time(box):
    for start in ("22/1", "2026-13-01", "2026-04-29 07:00"):
        done = subprocess.run([ROOT / "conf/rehearse", start, box.folder], capture_output=True, text=True, timeout=30)
        assert done.returncode == 64 and f"{start} is no time to begin at" in done.stderr, done


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
    plan.add("people", "stod", name="Stöd", mail="stod@kommunen.internal", manager="mona")
    sink = box.smtp(plan)
    daemon = box.daemon(plan)
    (box.folder / ".config/paminn").mkdir(parents=True)
    (box.folder / ".config/paminn/paminn.conf").write_text(f'server = "{plan.submit}";\n')
    shell = Shell(box)
    BLOCKS["morning"] = re.sub(r"^sudo systemctl.*\n", "", BLOCKS["morning"], flags=re.M)
    text = shell.run("morning")
    assert "mail: delivered: 250" in text and "kept back" in text and "leave again" in text, text
    assert [mail.subject for mail in sink.to("stod")][0].startswith("Testmeddelande"), sink.mails
    # On a working day, when mails may leave, others have followed once they may.
    assert [row for row in daemon.query("outbox") if row["kind"] == "test"]


run(from_a_spreadsheet, check_and_rehearse, a_terminal_that_is_closed_ends_it,
    what_is_wrong_is_named_where_it_is_to_be_mended, a_rehearsal_begins_at_a_time, another_server_gets_nothing, the_first_morning)
