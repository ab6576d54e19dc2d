# SPDX-License-Identifier: Apache-2.0
"""The way to a PostgreSQL on another machine: TLS with its certificate and its name verified, a password from a
file, and nothing that the environment says.

The server is on this machine, but goes by another's name: the URL says with hostaddr where that is.
"""
import atexit
import functools
import os
import pwd
import shutil
import sys
from pathlib import Path

import postgres
from harness import event, run, small_plan

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from authority import Authority  # noqa: E402

NAME = "db.region.internal"


@functools.cache
def cluster():
    found = postgres.Cluster()
    atexit.register(found.stop)
    return found


class Place:
    """A server that knows its users by their passwords, with a certificate in such a name; "" is without TLS."""

    def __init__(self, box, name=NAME):
        self.box, self.cluster, self.authority = box, cluster(), Authority(box.folder)
        with (self.cluster.folder / "data/postgresql.conf").open("a") as settings:
            settings.write(f"ssl = {'on' if name else 'off'}\n")
        if name:
            self.certify(*self.authority.issue(f"DNS:{name}"))
        self.cluster.restart()
        self.database = self.cluster.database()
        self.password = box.folder / "db-password"
        self.password.write_text(self.cluster.password + "\n")
        self.password.chmod(0o600)

    def certify(self, certificate, key):
        for source, name in ((certificate, "server.crt"), (key, "server.key")):
            file = self.cluster.folder / "data" / name
            shutil.copy(source, file)
            file.chmod(0o600)
            if os.geteuid() == 0:
                user = pwd.getpwnam(postgres.USER)
                os.chown(file, user.pw_uid, user.pw_gid)

    def url(self, ca, more=""):
        return (f"postgresql://paminn@{NAME}:{self.cluster.port}/{self.database}?hostaddr=127.0.0.1"
                f"&sslrootcert={ca}{more}")

    def daemon(self, store, environment=()):
        plan = small_plan(self.box.folder)
        plan.settings["store"] = store
        plan.settings["store_password_file"] = str(self.password)
        return self.box.daemon(plan, "2026-05-15T07:59:50", start=False, environment=environment)

    def is_refused(self, ca, sentence):
        daemon = self.daemon(self.url(ca))
        daemon.expect("the database can't be reached: ")
        daemon.start(ready=False)
        assert daemon.ended() == 75
        assert daemon.logged(f"the database can't be reached: .*{sentence}"), daemon.log_text()
        assert self.cluster.sessions(self.database) == 0

    def works(self, daemon):
        """Each of its sessions is encrypted."""
        daemon.start()
        assert daemon.ask(event("note", "TN-1", {"note": "krypterat"}))["result"] == "accepted"
        sessions = self.cluster.sql("SELECT s.ssl, s.version FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid)"
                                    f" WHERE a.datname = '{self.database}'")
        assert sessions and set(sessions) == {"t|TLSv1.3"}, sessions


def a_server_with_its_name_and_our_password_is_used(box):
    place = Place(box)
    place.works(place.daemon(place.url(place.authority.ca)))


def the_environment_changes_nothing(box):
    """libpq would go by each of these where the URL says nothing."""
    place = Place(box)
    environment = {"PGSSLMODE": "disable", "PGHOST": "/nowhere", "PGSERVICE": "nowhere", "PGPASSWORD": "other",
                   "PGSSLROOTCERT": "/nowhere/ca.pem", "PGSSLCRL": "/nowhere/crl.pem", "PGREQUIREPEER": "nobody",
                   "PGCLIENTENCODING": "LATIN1", "PGOPTIONS": "-c default_transaction_read_only=on",
                   "PGGSSENCMODE": "require"}
    place.works(place.daemon(place.url(place.authority.ca), environment))


def a_certificate_that_another_authority_signed_is_refused(box):
    place = Place(box)
    place.is_refused(Authority(box.folder, "other").ca, "certificate verify failed")


def a_certificate_in_another_name_is_refused(box):
    place = Place(box, "db2.region.internal")
    place.is_refused(place.authority.ca, f'"db2.region.internal" does not match host name "{NAME}"')


def a_server_that_does_not_encrypt_is_refused(box):
    place = Place(box, name="")
    place.is_refused(place.authority.ca, "server does not support SSL, but SSL was required")


def a_wrong_password_is_told(box):
    place = Place(box)
    place.password.write_text("sesam\n")
    place.is_refused(place.authority.ca, 'password authentication failed for user "paminn"')


def less_than_that_is_a_fault_of_the_file(box):
    place = Place(box, name="")
    daemon = place.daemon(place.url(place.authority.ca))
    for more, sentence in (("&sslmode=require", "asks for less than sslmode=verify-full"),
                           ("&sslm%6fde=disable", "has a parameter that is none of"),
                           ("&service=other", "names a service"),
                           ("&host=localhost", "says something twice")):
        daemon.plan.settings["store"] = place.url(place.authority.ca, more)
        done = daemon.check()
        assert done.returncode == 78 and sentence in done.stdout + done.stderr, done


run(a_server_with_its_name_and_our_password_is_used,
    the_environment_changes_nothing,
    a_certificate_that_another_authority_signed_is_refused,
    a_certificate_in_another_name_is_refused,
    a_server_that_does_not_encrypt_is_refused,
    a_wrong_password_is_told,
    less_than_that_is_a_fault_of_the_file)
