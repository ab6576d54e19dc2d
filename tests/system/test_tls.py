# SPDX-License-Identifier: Apache-2.0
"""Mail through a server that encrypts and asks for a login, and a webhook over https.

§ 5: a 5xx before RCPT (a wrong password) is retried and the operator told.

Row 12: no TLS, a wrong certificate. Seen to fail when libcurl does not verify the peer.
"""
import logging
import os
import ssl
import sys
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from authority import Authority  # noqa: E402
from harness import SmtpSink, run, wait_for  # noqa: E402

logging.getLogger("mail").setLevel(logging.CRITICAL)  # aiosmtpd's opinions on logins
warnings.simplefilter("ignore")
MORNING = "2026-04-29T07:59:50"  # ten working days before the papers of KS-1, at eight


def context(authority, **more):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(*authority.issue(**more))
    return made


def check_login(server, session, envelope, mechanism, data):
    from aiosmtpd.smtp import AuthResult
    good = (data.login, data.password) == (b"paminn", b"sesam")
    return AuthResult(success=good, handled=good)


def encrypted(box, plan, tls, made):
    """A server that speaks `tls` only, to those who log in; and the plan that leads to it."""
    password = box.folder / "password"
    password.write_text("sesam\n")
    os.chmod(password, 0o600)
    how = {"starttls": {"tls_context": made, "require_starttls": True},
           "tls": {"ssl_context": made, "auth_require_tls": False}}[tls]
    sink = box.keep(SmtpSink(auth_required=True, authenticator=check_login, **how))
    plan.settings["mail"] |= {"server": f"smtp://localhost:{sink.port}", "tls": tls,
                              "user": "paminn", "password_file": "password"}
    return sink


def mails_leave(box, tls):
    plan, authority = box.plan(), Authority(box.folder)
    sink = encrypted(box, plan, tls, context(authority))
    plan.settings["mail"]["ca_file"] = "ca.pem"
    box.daemon(plan, MORNING + "@60")
    wait_for(lambda: sink.to("anna") and sink.to("bo"), "the mails")
    assert len(sink.mails) == len({mail.id for mail in sink.mails}), sink.mails


def starttls_and_login(box):
    mails_leave(box, "starttls")


def tls_and_login(box):
    mails_leave(box, "tls")


def a_wrong_password_is_retried_and_the_operator_told(box):
    plan, authority = box.plan(), Authority(box.folder)
    sink = encrypted(box, plan, "starttls", context(authority))
    plan.settings["mail"]["ca_file"] = "ca.pem"
    (box.folder / "password").write_text("sesame\n")
    daemon = box.daemon(plan, MORNING + "@60", start=False)
    daemon.expect("channel mail is down: .*login was .535 ")
    daemon.start()
    wait_for(lambda: daemon.logged("channel mail is down"), "the line in the log")
    rows = daemon.query("outbox")
    assert rows and all(row["state"] in ("pending", "retry", "started") for row in rows), rows
    daemon.tells("channel mail is down")
    assert not sink.mails
    (box.folder / "password").write_text("sesam\n")
    wait_for(lambda: sink.to("anna") and sink.to("bo"), "the mails")
    assert len(daemon.logged("channel mail is down")) == 1, daemon.log_text()
    assert daemon.logged("channel mail is back"), daemon.log_text()


def a_certificate_that_nobody_vouches_for(box):
    """Nothing is sent, not even in plain text, and each mail stays until it can be."""
    plan = box.plan()
    Authority(box.folder)
    sink = encrypted(box, plan, "starttls", context(Authority(box.folder, "other")))
    plan.settings["mail"]["ca_file"] = "ca.pem"
    daemon = box.daemon(plan, MORNING + "@300", start=False)
    daemon.expect("channel mail is down: .*certificate")
    daemon.start()
    wait_for(lambda: daemon.logged("channel mail is down"), "the line in the log")
    daemon.until("2026-04-29T08:30:00")
    assert not sink.attempts and not sink.mails
    assert {row["state"] for row in daemon.query("outbox")} <= {"pending", "retry", "started"}


run(starttls_and_login, tls_and_login, a_wrong_password_is_retried_and_the_operator_told,
    a_certificate_that_nobody_vouches_for)
