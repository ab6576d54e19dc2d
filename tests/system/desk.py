# SPDX-License-Identifier: Apache-2.0
"""Somebody who is signed in on the pages: by plain HTTP, or in a browser with their cookie."""
import hashlib
import html
import re
import secrets
import sqlite3
import urllib.parse

from checksum import checksum
from harness import wait_for


def hashed(text):
    """As the store knows a token or an address."""
    return hashlib.blake2b(text.encode(), digest_size=32).hexdigest()


def lay_session(store, values):
    store.execute("INSERT OR REPLACE INTO session VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                  (*values, checksum(store, "session", values)))


def session_for(daemon, person, mail, hours=8):
    """The token of a session that is laid into the store, for tests that are not about signing in."""
    token, now = secrets.token_urlsafe(32), int(daemon.now().timestamp() * 1e6)
    store = sqlite3.connect(daemon.folder / "paminn.db", timeout=30)
    with store:
        lay_session(store, (hashed(token), person, hashed(mail.lower()), 0, now, now, now + int(hours * 3600e6)))
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


def words(text):
    """What a reader sees of the page itself, in one line."""
    text = text.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


class DeskForm:
    """A form of the desk, on the page at `path`, and what comes of it, step by step."""

    def __init__(self, who, path, status=200):
        self.who, self.answer = who, who.get(path)
        assert self.answer.status == status, self.answer.raw[:600]

    @property
    def words(self):
        return words(self.answer.text)

    def hidden(self):
        fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">',
                            self.answer.text.partition("<main")[2])
        return {name: html.unescape(value) for name, value in fields}

    def step(self, step, code=200, /, **fields):
        return self.send({**self.hidden(), "step": step,
                          **{f"{name}.1": value for name, value in fields.items()}}, code)

    def send(self, fields, status):
        self.sent = urllib.parse.urlencode(fields)
        self.answer = self.who.web.post("/desk/do", self.sent, self.who.cookie)
        assert self.answer.status == status, (self.answer.status, self.words, self.answer.raw[:300])
        return self

    def check(self, code=200, /, **fields):
        return self.step("check", code, **fields)

    def go(self):
        """Confirm; the page that says what was recorded."""
        self.step("do", 303)
        self.done = self.answer.headers["location"]
        assert self.done.startswith("/desk/done?seq="), self.done
        self.answer = self.who.get(self.done)
        assert self.answer.status == 200, self.answer.raw[:600]
        return self


class Act(DeskForm):
    """One act of somebody who is signed in, from its own form."""

    def __init__(self, who, act, item=None, status=200, **begins):
        query = {"act": act, **({"item": item} if item else {}), **begins}
        super().__init__(who, "/desk/do?" + urllib.parse.urlencode(query), status)
