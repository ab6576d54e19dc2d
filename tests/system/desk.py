# SPDX-License-Identifier: Apache-2.0
"""Somebody who is signed in on the pages: by plain HTTP, or in a browser with their cookie."""
import hashlib
import re
import secrets
import sqlite3
import urllib.parse


def hashed(text):
    """As the store knows a token or an address."""
    return hashlib.blake2b(text.encode(), digest_size=32).hexdigest()


def session_for(daemon, person, mail, hours=8):
    """The token of a session that is laid into the store, for tests that are not about signing in."""
    token, now = secrets.token_urlsafe(32), int(daemon.now().timestamp() * 1e6)
    store = sqlite3.connect(daemon.folder / "paminn.db", timeout=30)
    with store:
        store.execute("INSERT INTO session VALUES (?, ?, ?, 0, ?, ?, ?)",
                      (hashed(token), person, hashed(mail.lower()), now, now,
                       now + int(hours * 3600e6)))
    store.close()
    return token


class SignedIn:
    """By plain HTTP, without the way through a mail. `token` is the session's."""

    def __init__(self, web, person, token=None):
        self.web, self.person = web, person
        self.token = token or session_for(web.daemon, person, web.plan.people[person]["mail"])

    @property
    def cookie(self):
        return f"Cookie: paminn_session={self.token}"

    def get(self, path, *headers, **more):
        return self.web.get(path, self.cookie, *headers, **more)

    def form_token(self, path="/desk"):
        """Of any page with the frame of who is signed in."""
        return re.search(r'name="token" value="([A-Za-z0-9_-]{43})"', self.get(path).text)[1]

    def post(self, path, fields, *headers, token=None):
        """Fields as a dict; with the token of forms, unless another is given."""
        fields = {"token": token or self.form_token(), **fields}
        return self.web.post(path, urllib.parse.urlencode(fields), self.cookie, *headers)


def sign_in_browser(page, url, daemon, person, mail):
    """In a window of tests/system/browser.py: with a cookie alone, without the way through a mail."""
    page.cookie(url=url, name="paminn_session", value=session_for(daemon, person, mail))
