# SPDX-License-Identifier: Apache-2.0
"""Somebody who answers on pages with a browser that runs no scripts, by plain HTTP, and what they see."""
import html
import re
import urllib.parse
from html.parser import HTMLParser

from web import Web


class Page(HTMLParser):
    """The forms of a page, with what is in them, and its text."""
    VOID = {"meta", "input", "br", "link", "img", "hr"}

    def __init__(self, answer):
        super().__init__()
        self.status, self.forms, self.inside, self.text, self.ids = answer.status, [], [], "", set()
        self.open, self.textarea, self.hidden = [], None, 0
        self.raw = answer.text
        self.feed(self.raw)
        self.close()
        assert not self.open, f"not closed: {self.open}"
        self.text = re.sub(r"\s+", " ", self.text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag not in self.VOID:
            self.open.append(tag)
        if "id" in attrs:
            assert attrs["id"] not in self.ids, attrs["id"]
            self.ids.add(attrs["id"])
        if tag == "form":
            assert attrs["method"] == "post" and "action" not in attrs, attrs
            self.forms.append({})
        elif tag == "input" and self.forms:
            if attrs["type"] != "radio" or "checked" in attrs:
                assert attrs["name"] not in self.forms[-1], attrs
                self.forms[-1][attrs["name"]] = attrs.get("value", "")
        elif tag == "textarea":
            self.textarea = attrs["name"]
            self.forms[-1][self.textarea] = ""

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, f"</{tag}> after {self.open}"
        self.textarea = None

    def handle_data(self, data):
        if self.textarea:
            self.forms[-1][self.textarea] += data.removeprefix("\n")
        elif self.open and self.open[-1] not in ("style", "title"):
            self.text += data

    def form(self, action="answer"):
        """The fields of the form for this, as a browser would send them."""
        return next(dict(form) for form in self.forms if form.get("action") == action)

    @property
    def faults(self):
        return [html.unescape(re.sub(r"<[^>]*>|\s+", " ", each)).strip()
                for each in re.findall(r'<li>(.*?)</li>', self.raw, re.S)]


class Owner:
    """Somebody with a browser, and the link that their mail has."""

    def __init__(self, web, person, item="TN-1"):
        self.web, self.person = web, person
        self.path = path_of(web.sink.to(person)[-1])

    def get(self, query="", method="GET"):
        return Page(self.web.get(self.path + query, method=method))

    def send(self, fields, **more):
        return self.web.post(self.path, urllib.parse.urlencode({**fields, **more}))

    def follow(self, answer):
        """Where it leads: a receipt."""
        assert answer.status == 303, answer.raw.decode()
        where = urllib.parse.urljoin(self.path, answer.headers["location"])
        return Page(self.web.get(where))


def path_of(mail, what="a"):
    """Of the link in a mail, in its text or in its calendar entry."""
    texts = [part.get_content() for part in mail.message.walk() if not part.is_multipart()]
    texts = [text.decode() if isinstance(text, bytes) else text for text in texts]
    for text in texts:
        found = re.search(rf"https?://[^/\s]+(/{what}/[A-Za-z0-9_-]+)", re.sub(r"\r?\n ", "", text))
        if found:
            return found[1]
    raise AssertionError(f"no link to /{what}/ in {mail}")


def begin(box, at="2026-05-12T09:00", plan=None, start="2026-05-12T07:00", **more):
    """A daemon whose first reminder has been sent, and who got it."""
    web = Web(box, start, plan=plan, **more)
    web.daemon.until(at)
    return web


def statuses(web, item, kind="paminn.status"):
    return [event for event in web.daemon.query("show", item=item)[0]["events"]
            if event["type"] == kind]


class Mine(Owner):
    def __init__(self, web, person):
        self.web, self.person = web, person
        printed = web.daemon.client("link", "mine", person, text=True)
        self.path = re.search(r"/mine/[A-Za-z0-9_-]+", printed)[0]

    def number(self, page, item):
        """Of the item's fields in the form."""
        return re.search(rf'id="item-(\d+)"[^>]*data-item="{item}"', page.raw)[1]
