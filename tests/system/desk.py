# SPDX-License-Identifier: Apache-2.0
"""Somebody who is signed in on the pages: by plain HTTP, or in a browser with their cookie."""
import hashlib
import re
import secrets
import sqlite3
import urllib.parse

from harness import wait_for


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


def ask_for_link(web, address, *headers, **fields):
    return web.post("/login", urllib.parse.urlencode({"address": address, **fields}), *headers)


def links_of(mails):
    """The paths of the links in mails that sign in."""
    return [re.search(r"(/in/[A-Za-z0-9_-]+)", mail.text)[1] for mail in mails
            if "/in/" in mail.text]


def link_from_mail(web, person, *headers, **fields):
    """The whole way to the mail: the address is typed, and the path of the link comes."""
    before = len(links_of(web.sink.to(person)))
    asked = ask_for_link(web, web.plan.people[person]["mail"], *headers, **fields)
    assert asked.status == 303, asked.raw
    return wait_for(lambda: links_of(web.sink.to(person))[before:], f"a link to {person}")[-1]


def press(web, path, *headers, form=None):
    """The button on the page of a link."""
    form = form or re.search(r'name="form" value="([0-9a-f]+)"', web.get(path, *headers).text)[1]
    return web.post(path, urllib.parse.urlencode({"form": form}), *headers)


def sign_in(web, person, **fields):
    """The real way, by a mail."""
    answer = press(web, link_from_mail(web, person, **fields))
    assert answer.status == 303, answer.raw
    return SignedIn(web, person, re.match(r"paminn_session=([A-Za-z0-9_-]{43});",
                                          answer.headers["set-cookie"])[1])


def sign_in_browser(page, url, daemon, person, mail):
    """In a window of tests/system/browser.py: with a cookie alone, without the way through a mail."""
    page.cookie(url=url, name="paminn_session", value=session_for(daemon, person, mail))
