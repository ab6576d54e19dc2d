# SPDX-License-Identifier: Apache-2.0
"""Real mail servers for a Box: Postfix and Dovecot, as tests/prepare has unpacked them below build/unpacked.

Each has its configuration, its data and its log in a folder of the box, listens on free ports of
127.0.0.1, and runs in the foreground in a session of its own. It ends with the test, also when the
test is killed: a shell holds it that reads from the test, and sees the end of that.

Both begin as root and go on as users that Debian always has, since a test may create none. What the
servers reach as those users is below the box's folder, which is therefore opened to who knows its
name; secrets in it keep their own modes.
"""
import contextlib
import grp
import json
import os
import pwd
import re
import shutil
import signal
import smtplib
import socket
import subprocess
import sys
from pathlib import Path

from harness import PAMINN, ROOT, Skip, free_ports, wait_for

TREE = ROOT / "build/unpacked"
OWNER, DROPPER = "news", "uucp"  # of Postfix's queue, and the group that may drop mails into it
KEEPER, GREETER = "list", "nobody"  # of Dovecot's mails and most of its processes, and who talks to strangers
RECEIVER = "irc"  # stands for paminn, the user and group of the package: who runs `paminn receive`


def be_root():
    """A user whom sudo asks no password goes on as root. To be called before anything else is begun."""
    if os.geteuid() != 0 and shutil.which("sudo") and subprocess.run(
            ["sudo", "-n", "true"], capture_output=True).returncode == 0:
        kept = [f"{name}={value}" for name, value in os.environ.items()
                if re.match(r"PAMINN|PYTHON|[AL]SAN_OPTIONS$", name)]
        os.execvp("sudo", ["sudo", "-n", "env", *kept, sys.executable, *sys.argv])


def in_session(session):
    """The processes of a session that have not ended."""
    left = []
    for each in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, _, of = each.read_text().rpartition(")")[2].split()[:4]
            if int(of) == session and state != "Z":
                left.append(int(each.parent.name))
    return left


class Server:
    """A program of the tree, made ready by its constructor, begun by start(), and ended by the box.
    `ports`: where it listens when it has begun."""

    def __init__(self, box, name):
        if not (TREE / "names").exists():
            raise Skip("Postfix and Dovecot are not unpacked: tests/prepare unpacked")
        if os.geteuid() != 0:
            raise Skip(f"{name} begins as root and goes on as other users, and sudo does not let us be root")
        self.name, self.process, self.ports = name, None, []
        self.folder = box.folder / name
        self.folder.mkdir()
        for each in (box.folder, self.folder):
            each.chmod(0o711)
        self.log = self.folder / "log"
        box.keep(self)

    def surroundings(self, *libraries, **more):
        """The environment of the server and its commands."""
        return {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "TZ": "Europe/Stockholm",
                "LD_LIBRARY_PATH": ":".join(map(str, libraries)), **more}

    def begin(self, *command):
        held = 'until_told() { read -r end; }; "$@" & child=$!; until_told; kill $child; wait $child'
        with (self.folder / "output").open("ab") as output:
            self.process = subprocess.Popen(
                ["sh", "-c", held, "sh", *map(str, command)], stdin=subprocess.PIPE, stdout=output,
                stderr=output, start_new_session=True, env=self.environment)
        try:
            wait_for(self.listens, f"{self.name} to listen", 30)
        except AssertionError as fault:
            raise AssertionError(f"{fault}\n{self.log_text()}") from None

    def listens(self):
        for port in self.ports:
            with socket.socket() as peer:
                if peer.connect_ex(("127.0.0.1", port)) != 0:
                    return False
        return True

    def stop(self):
        if not self.process:
            return
        session, self.process.stdin = self.process.pid, self.process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(20)
        self.process = None
        try:
            wait_for(lambda: not in_session(session), f"the processes of {self.name} to end", 20)
        finally:
            for each in in_session(session):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(each, signal.SIGKILL)

    def log_text(self):
        return "".join(path.read_text(errors="replace")
                       for path in (self.folder / "output", self.log) if path.exists())


# ---- Postfix -------------------------------------------------------------------------------------

QUEUE = ("active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "private",
         "saved", "trace", "maildrop", "public")
MASTER = """
postlog   unix-dgram n - n - 1 postlogd
127.0.0.1:{port} inet n - n - - smtpd
pickup    unix n - n 60  1 pickup
cleanup   unix n - n -   0 cleanup
qmgr      unix n - n 300 1 qmgr
rewrite   unix - - n -   - trivial-rewrite
bounce    unix - - n -   0 bounce
defer     unix - - n -   0 bounce
trace     unix - - n -   0 bounce
flush     unix n - n 1000? 0 flush
smtp      unix - - n -   - smtp
relay     unix - - n -   - smtp
showq     unix n - n -   - showq
error     unix - - n -   - error
retry     unix - - n -   - error
local     unix - n n -   - local
virtual   unix - n n -   - virtual
"""


class Postfix(Server):
    """Takes every mail for `domains` on `port`, says 250, and hands it on to `sink`, a SmtpSink, whose
    refusal becomes a bounce to the envelope sender. `main` are more settings of main.cf, `services` more
    lines of master.cf. In both, and in table(), /etc/postfix/ stands for its folder, `paminn` as a user
    or group for RECEIVER, and /usr/bin/paminn for the client that receive() prepares."""

    def __init__(self, box, sink, domains=("region.example", "kommunen.internal"), main="", services=""):
        super().__init__(box, "postfix")
        self.sink, self.client = sink, self.folder / "paminn"
        (self.port,) = self.ports = free_ports(1)
        self.conf, self.queue = self.folder / "conf", self.folder / "queue"
        self.data = self.folder / "data"
        for each in (self.conf, self.queue, self.queue / "pid", self.data):
            each.mkdir()
        self.own(self.data)
        self.make_queue()
        self.environment = self.surroundings(TREE / "usr/lib/postfix", MAIL_CONFIG=str(self.conf))
        (self.conf / "main.cf").write_text(self.main_cf(domains, self.here(main)))
        (self.conf / "master.cf").write_text(MASTER.format(port=self.port) + self.here(services))

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.port}"

    def own(self, path, mode=0o700, group=-1):
        os.chown(path, pwd.getpwnam(OWNER).pw_uid, group)
        path.chmod(mode)

    def make_queue(self):
        dropper = grp.getgrnam(DROPPER).gr_gid
        for name in QUEUE:
            (self.queue / name).mkdir()
            self.own(self.queue / name)
        self.own(self.queue / "maildrop", 0o730, dropper)
        self.own(self.queue / "public", 0o710, dropper)

    def main_cf(self, domains, more):
        """The settings of more, and ours that are not among them."""
        ours = f"""
compatibility_level = 3.7
queue_directory = {self.queue}
data_directory = {self.data}
command_directory = {TREE}/usr/sbin
daemon_directory = {TREE}/usr/lib/postfix/sbin
shlib_directory = {TREE}/usr/lib/postfix
meta_directory = {TREE}/etc/postfix
import_environment = LD_LIBRARY_PATH MAIL_CONFIG TZ LANG=C
mail_owner = {OWNER}
setgid_group = {DROPPER}
maillog_file = {self.log}
maillog_file_prefixes = {self.folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.region.example
mydestination = localhost
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
relay_domains = {", ".join(domains)}
relay_transport = relay:[127.0.0.1]:{self.sink.port}
local_recipient_maps =
alias_maps =
alias_database =
"""
        given = set(re.findall(r"^(\w+) *=", more, re.M))
        return "".join(line for line in ours.splitlines(True)
                       if line.partition(" =")[0] not in given) + more

    def here(self, text):
        """The text of a recipe with this server's places and users in it."""
        for word, ours in ((r"/etc/postfix\b", self.conf), (r"/etc/aliases\b", self.conf / "aliases"),
                           (r"/usr/bin/paminn\b", self.client), (r"(?<=user=)paminn\b", RECEIVER),
                           (r"(?<=user=nobody:)paminn\b", RECEIVER)):
            text = re.sub(word, str(ours), text)
        return text

    def table(self, name, text, owner="root"):
        (self.conf / name).write_text(self.here(text))
        shutil.chown(self.conf / name, owner)

    def start(self):
        self.begin(TREE / "usr/lib/postfix/sbin/master", "-d")
        return self

    def command(self, name, *arguments):
        """What a command of Postfix prints."""
        done = subprocess.run([TREE / "usr/sbin" / name, *map(str, arguments)], capture_output=True,
                              text=True, timeout=60, env=self.environment)
        assert done.returncode == 0, f"{name} {arguments}: {done.stderr}"
        return done.stdout

    def receive(self, plan):
        """Give its pipes the client of this build, which asks the plan's daemon (a copy, since who
        runs it may not reach where it was built); and aliases such as a machine has."""
        program = self.folder / "paminn-client"
        shutil.copy(PAMINN, program)
        program.chmod(0o755)
        kept = "".join(f"export {name}='{os.environ[name]}'\n" for name in ("ASAN_OPTIONS",)
                       if name in os.environ)
        self.client.write_text(f"#!/bin/sh\n{kept}exec {program} --server {plan.submit} \"$@\"\n")
        self.client.chmod(0o755)
        self.table("aliases", "postmaster: root\n")
        self.command("postalias", self.conf / "aliases")

    def admit(self, plan):
        """The daemon's socket is RECEIVER's group's, as the package's unit makes it paminn's."""
        os.chown(plan.submit.removeprefix("ipc://"), -1, grp.getgrnam(RECEIVER).gr_gid)

    def send(self, sender, to, text):
        with smtplib.SMTP("127.0.0.1", self.port, timeout=60) as peer:
            peer.sendmail(sender, [to], text)

    def waiting(self):
        """The mails in its queue: what postqueue(1) says of each."""
        return [json.loads(line) for line in self.command("postqueue", "-j").splitlines()]

    def until(self, condition, what):
        """The first true value of condition(), before each of which what waits is tried again: what it has in
        hand at that moment isn't."""
        def tried():
            self.command("postqueue", "-f")
            return condition()
        try:
            return wait_for(tried, what)
        except AssertionError as fault:
            raise AssertionError(f"{fault}\n{self.log_text()}") from None

# ---- Dovecot -------------------------------------------------------------------------------------

MAILDIR = ("tmp", "new", "cur")


class Dovecot(Server):
    """IMAP on `port`, which offers STARTTLS, and on `tls_port`; with the certificate and key of
    `issued` (Authority.issue()), or without either's TLS. `users` are passwords by name; each user has a
    maildir. `introspect` is where a token is asked about (RFC 7662; the token is appended): then there
    is XOAUTH2, for tokens with `scope`, whose `username` may log in."""

    def __init__(self, box, users, issued=None, introspect=None, scope=None):
        super().__init__(box, "dovecot")
        self.port, self.tls_port = free_ports(2)
        self.ports = [self.port, *([self.tls_port] if issued else [])]
        self.conf, self.run = self.folder / "dovecot.conf", self.folder / "run"
        self.mail = self.folder / "mail"
        self.run.mkdir()
        self.mail.mkdir()
        shutil.chown(self.mail, KEEPER)
        for name in users:
            self.maildir(name)
        self.users = self.folder / "users"
        self.users.write_text("".join(f"{name}:{{PLAIN}}{password}\n"
                                      for name, password in users.items()))
        self.conf.write_text(self.settings() + self.encryption(issued)
                             + self.tokens(introspect, scope))
        self.environment = self.surroundings(self.library(), TREE / "usr/lib/dovecot",
                                             TREE / "usr/lib/dovecot/modules/old-stats")

    @property
    def url(self):
        return f"imap://localhost:{self.port}/INBOX"

    @property
    def tls_url(self):
        return f"imaps://localhost:{self.tls_port}/INBOX"

    def library(self):
        """A folder with the library that knows where modules are, among them the one for TLS. That
        place is Debian's and no setting; here it is a name as long that leads from where each process
        begins, its run folder, to the tree."""
        folder, place = self.folder / "library", b"/usr/lib/dovecot/modules\0"
        folder.mkdir()
        known = (TREE / "usr/lib/dovecot/libdovecot.so.0").read_bytes()
        here = b"./" * 8 + b"/modules\0"
        assert len(here) == len(place) and known.count(place) == 1
        (folder / "libdovecot.so.0").write_bytes(known.replace(place, here))
        (self.run / "modules").symlink_to(TREE / "usr/lib/dovecot/modules")
        return folder

    def settings(self):
        return f"""
base_dir = {self.run}
state_dir = {self.run}
libexec_dir = {TREE}/usr/lib/dovecot
mail_plugin_dir = {TREE}/usr/lib/dovecot/modules
import_environment = LD_LIBRARY_PATH TZ
default_internal_user = {KEEPER}
default_internal_group = {KEEPER}
default_login_user = {GREETER}
log_path = {self.log}
protocols = imap
listen = 127.0.0.1
disable_plaintext_auth = no
auth_failure_delay = 0
first_valid_uid = 1
mail_location = maildir:{self.mail}/%n
userdb {{
  driver = static
  args = uid={KEEPER} gid={KEEPER} home={self.mail}/%n
}}
passdb {{
  driver = passwd-file
  args = {self.users}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {self.port}
  }}
  inet_listener imaps {{
    port = {self.tls_port if self.tls_port in self.ports else 0}
  }}
}}
service anvil {{
  chroot =
  # No penalty: a test's second wrong login is answered at once, like its first.
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service config {{
  executable = {TREE}/usr/lib/dovecot/config -c {self.conf}
}}
"""

    @staticmethod
    def encryption(issued):
        if not issued:
            return "ssl = no\n"
        certificate, key = issued
        return f"ssl = yes\nssl_cert = <{certificate}\nssl_key = <{key}\n"

    def tokens(self, introspect, scope):
        if not introspect:
            return "auth_mechanisms = plain login\n"
        path = self.folder / "oauth2.conf"
        path.write_text(f"""
introspection_mode = get
introspection_url = {introspect}
username_attribute = username
active_attribute = active
active_value = true
""" + (f"scope = {scope}\n" if scope else ""))
        return f"""
auth_mechanisms = plain login xoauth2
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {path}
}}
"""

    def start(self):
        # What the program `dovecot` does with its configuration first, done for it: where it looks
        # for doveconf is no setting either.
        self.begin(TREE / "usr/bin/doveconf", "-c", self.conf, "-m", "master", "-p", "-e",
                   TREE / "usr/sbin/dovecot", "-F")
        return self

    def delivery(self, domain):
        """Settings for a Postfix that puts mails to the domain into the inboxes of its users, and the
        names of these for its table `mailboxes`."""
        names = [line.partition(":")[0] for line in self.users.read_text().splitlines()]
        user = pwd.getpwnam(KEEPER)
        return f"""
virtual_mailbox_domains = {domain}
virtual_mailbox_base = {self.mail}
virtual_mailbox_maps = texthash:/etc/postfix/mailboxes
virtual_uid_maps = static:{user.pw_uid}
virtual_gid_maps = static:{user.pw_gid}
virtual_minimum_uid = 1
""", "".join(f"{name}@{domain} {name}/\n" for name in names)

    def maildir(self, user):
        """Make the user's, before the server starts: one that it meets half made is an internal error to it."""
        for part in (".", *MAILDIR):
            (self.mail / user / part).mkdir()
            shutil.chown(self.mail / user / part, KEEPER, KEEPER)

    def mails(self, user):
        """The mails in the user's inbox: their flags, and what is in them. A flag is part of a file's name: when the
        server sets one while they are read, they are read again."""
        while True:
            with contextlib.suppress(FileNotFoundError):
                return [(path.name.rpartition(":2,")[2], path.read_bytes())
                        for part in ("new", "cur")
                        for path in sorted((self.mail / user / part).iterdir())]

    def put(self, user, raw):
        """Deliver a mail to the user's inbox, as a mail server does: whole, or not there."""
        self.count = getattr(self, "count", 0) + 1
        name, place = f"{self.count}.test", self.mail / user
        (place / "tmp" / name).write_bytes(raw)
        shutil.chown(place / "tmp" / name, KEEPER, KEEPER)
        (place / "tmp" / name).rename(place / "new" / name)
