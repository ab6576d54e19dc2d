#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What people and plans say stays words, whatever it holds, in everything that leaves.

Row 21: CR, LF, NUL and lines with a dot alone, in names, titles, addresses and notes: refused or harmless, and the
server of mail sees one MAIL and one RCPT for each message. Seen to fail when text_is_clean lets control characters of
a name pass, and when a "=" in a name stood among other characters of its word.
Row 22: HTML, ICS, CSV, log, templates: inert in the parser of each output. Seen to fail when the template's
writer of HTML escapes nothing, and when csv.c puts no apostrophe before a formula.
"""
import csv
import html.parser
import io
import json
import os
import random
import re
import threading

import icalendar

from harness import LONG, SmtpSink, event, run, wait_for
from web import Web

SEED = int(os.environ.get("PAMINN_SEED", "21"))
STRINGS = 10000 if LONG else 200
AT_ONCE = 50
ODD = ["\r", "\n", "\r\n", "\0", "\t", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u202e", "\n.\n", "\r\n.\r\n", "\r\nRCPT TO:<x@y.se>\r\n",
       "\nBcc: x@y.se\n", "\r\n\r\n<marquee>", ",", ";", ":", "<", ">", "@", '"', "\\", "(", ")", " ", "å", "😀", "=?utf-8?q?=0aX:?=",
       "%0d%0a", "\\r\\n", "\\n", "..", ".", "x" * 80, "[", "]", "'", "&"]
# What a long word is encoded to must not decode to something else.
ODD_AND_LONG = "=?utf-8?q?=0aX:?=" + "x" * 160
INERT = ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "' onmouseover='x", '" autofocus onfocus="x', "</title><marquee>",
         "\nATTENDEE:mailto:x@y.se", "\\nATTENDEE:mailto:x@y.se", "\r\nEND:VEVENT", '"} 1\npaminn_x{a="', "\x1b]0;x\x07", "{{x}}",
         "{{#owner}}", "{{> mail}}", "%n%n%s", "$(id)", "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "'; DROP TABLE event; --",
         "[x](javascript:alert(1))", "javascript:alert(1)", "&lt;b&gt;", "]]>", "<!--", "\u202egnp.exe", "\n.\nQUIT\n", "# rubrik", "| a | b |"]


HEADERS = {"date", "from", "to", "subject", "message-id", "reply-to", "auto-submitted", "x-auto-response-suppress", "list-id",
           "mime-version", "content-type", "content-language", "in-reply-to", "references", "x-peer", "x-mailfrom", "x-rcptto"}


# ---- row 21: names and addresses -------------------------------------------------------------------

def drawn(rng):
    """A name or the like, in which something odd stands at the beginning, within or at the end."""
    parts = [rng.choice(ODD) if rng.random() < 0.5 else rng.choice(["Anna", "Ek", "chef", "HSN-1"]) for _ in range(rng.randrange(1, 5))]
    return "".join(parts) + rng.choice(["", "n"])


class OneEach(SmtpSink):
    """Counts what is said before the mail itself."""

    def __init__(self, **more):
        self.said, self.guard = [], threading.Lock()
        super().__init__(**more)

    async def handle_MAIL(self, server, session, envelope, address, options):
        with self.guard:
            self.said.append(["MAIL"])
        envelope.mail_from = address
        return "250 2.1.0 Ok"

    async def handle_RCPT(self, server, session, envelope, address, options):
        with self.guard:
            self.said[-1].append("RCPT")
        return await super().handle_RCPT(server, session, envelope, address, options)


def given_to(plan, number, text, rng):
    """Put the text somewhere into the plan, at a person of its own."""
    name = f"p{number}"
    person = plan.people[name] = {"name": f"P {number}", "mail": f"{name}@kommunen.internal", "manager": "mona"}
    plan.measures[f"TN-{name}"] = {"title": f"Åtgärd {number}", "owner": name}
    where = rng.choice(["name", "mail", "local", "title", "decision"])
    if where in ("title", "decision"):
        plan.measures[f"TN-{name}"][where] = text
    else:
        person["mail" if where == "local" else where] = f"{text}@kommunen.internal" if where == "local" else text
    return name


def names_and_addresses(box):
    plan, rng = box.plan(), random.Random(SEED)
    plan.settings["mail"]["connections"] = 1
    sink = box.keep(OneEach())
    plan.settings["mail"]["server"] = sink.url
    daemon = box.daemon(plan, "2026-06-05T12:00")
    daemon.expect(r"\.conf:\d+: ", "not reloaded")
    people, measures, tried, taken = dict(plan.people), dict(plan.measures), 0, 0
    while tried < STRINGS:
        plan.people, plan.measures = dict(people), dict(measures)
        names = [given_to(plan, tried + n, drawn(rng), rng) for n in range(AT_ONCE)]
        plan.people[names[0]]["name"] = ODD_AND_LONG
        tried += AT_ONCE
        # Each fault is told with its line, on which the one person or measure stands.
        while True:
            path = plan.write()
            lines = (path.parent / "plan.conf").read_text(encoding="utf-8").split("\n")
            before = len(daemon.log_text())
            if daemon.order("reload")["result"] == "ok":
                break
            told = re.findall(r"<3>\S*plan\.conf:(\d+): ", daemon.log_text()[before:])
            assert told, daemon.log_text()[before:]
            for line in map(int, told):
                faulty = re.search(r"\b(?:TN-)?(p\d+)\b", lines[line - 1])
                assert faulty, (line, lines[line - 1])
                plan.people.pop(faulty[1], None)
                plan.measures.pop(f"TN-{faulty[1]}", None)
        for name in filter(plan.people.get, names):
            taken += 1
            rows = daemon.order("test", person=name)["rows"]
            assert max(rows, key=lambda row: row["id"])["state"] == "delivered", rows
        wait_for(lambda: all(row["state"] == "delivered" for row in daemon.query("outbox")), "all messages")
        look_at_envelopes(sink, {address_of(person) for person in plan.people.values()})
    assert taken > tried // 10, f"{taken} of {tried} were taken"
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f]", daemon.log_text()), "control characters in the log"
    print(f"  figure: injected-names {tried} tried, {taken} taken and harmless seed={SEED}", flush=True)


def address_of(person):
    """The plan's, as it stands on the wire."""
    local, _, domain = re.search(r"<?([^<>]*)>?$", person["mail"])[1].rpartition("@")
    return f"{local}@{domain.encode('idna').decode()}".lower()


def look_at_envelopes(sink, addresses):
    """Each message was one mail to one recipient of the plan, with the headers that we write and no other."""
    assert sink.mails and len(sink.said) == len(sink.mails)
    assert all(said == ["MAIL", "RCPT"] for said in sink.said), sink.said
    for mail in sink.mails:
        assert mail.to.lower() in addresses, (mail.to, addresses)
        assert {key.lower() for key in mail.message} <= HEADERS, mail.message.keys()
        assert not mail.message.defects and len(mail.message.get_all("To")) == 1, mail.raw
        assert not re.search(rb"\n\.\r?\n", mail.raw) and b"\0" not in mail.raw, mail.raw
    sink.mails.clear()
    sink.said.clear()


# ---- row 22: what is said ---------------------------------------------------------------------------

class Elements(html.parser.HTMLParser):
    """What a parser of HTML makes of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.words = [], [], ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes

    def handle_data(self, data):
        self.words += data


def is_inert(what, page):
    elements = Elements(page)
    assert not {"script", "img", "iframe", "object", "embed", "marquee"} & set(elements.tags), (what, elements.tags)
    for name, value in elements.attributes:
        assert not name.startswith("on") and name != "autofocus", (what, name, value)
        assert not (value or "").strip().lower().startswith(("javascript:", "data:text")), (what, name, value)
    return elements


def sayings(rng):
    for n in range(STRINGS):
        yield INERT[n % len(INERT)] if n < len(INERT) else "".join(
            rng.choice(INERT + ODD) for _ in range(rng.randrange(1, 4)))


def words_stay_words(box):
    web, rng = Web(box, start="2026-05-11T09:00", run=False), random.Random(SEED)
    plan, daemon, sink = web.plan, web.daemon, web.sink
    plan.settings["alerts"] = ({"when": "needs-support", "to": ["role:support"]},)
    for n in range(AT_ONCE):
        plan.add("measures", f"TN-{n + 10}", title=f"Åtgärd {n}", owner="anna")
    hook = box.hook(plan)
    plan.people["bo"]["channels"] = ["hook"]
    # What a plan may say of it stands in titles, and so in entries of calendars and subjects too.
    for n, text in enumerate(("{{x}} %n", "=1+1", '"} 1 \\nATTENDEE:mailto:x@y.se', "&lt;script&gt; 'onload=x'", "@SUM(A1)")):
        plan.measures[f"TN-{n + 10}"]["title"] = text
        plan.add("deadlines", f"KS-{n + 2}", title=text, decision=text, due="2026-05-26", answers_from=[f"TN-{n + 10}"],
                 responsible="ola", inform=["reg"], ladder="standard")
    daemon.start()
    links = {page: daemon.order("link", page=page, **{"for": who})["rows"][0]["url"].split(str(web.port), 1)[1]
             for page, who in (("board", "stina"), ("mine", "anna"), ("calendar", "anna"))}
    accepted = refused = 0
    texts = list(sayings(rng))
    for start in range(0, len(texts), AT_ONCE):
        batch = [event("status", f"TN-{n + 10}", {"status": "at-risk", "needs_support": text, "note": text}, "/people/anna")
                 for n, text in enumerate(texts[start:start + AT_ONCE])]
        answers = daemon.ask(batch)
        if isinstance(answers, dict):  # what has a NUL in it is no JSON to us, and so nothing that came with it
            answers = [daemon.ask(one) for one in batch]
        for answer in answers:
            assert answer["result"] in ("accepted", "rejected"), answer
            accepted += answer["result"] == "accepted"
            refused += answer["result"] == "rejected"
        if start % 200 == 0 or LONG:
            look_at_everything(daemon, web, links)
    wait_for(lambda: all(row["state"] == "delivered" for row in daemon.query("outbox")), "the messages")
    look_at_mails(sink)
    for _, post in hook.posts:
        assert "needs_support" not in json.dumps(post), post
    for line in daemon.log_text().splitlines():
        assert re.match(r"<[0-7]>", line) and not re.search("[\x00-\x1f\x7f]", line), repr(line)
    assert accepted > refused, (accepted, refused)
    print(f"  figure: injected-words {accepted + refused} said, {accepted} accepted and inert seed={SEED}", flush=True)


def look_at_everything(daemon, web, links):
    for page in ("board", "mine"):
        answer = web.get(links[page])
        assert answer.status == 200, answer.raw
        is_inert(page, answer.text)
    calendar = icalendar.Calendar.from_ical(web.get(links["calendar"]).text)
    entries = calendar.walk("VEVENT")
    assert entries and not any("ATTENDEE" in entry or "ORGANIZER" in entry for entry in entries), entries
    is_inert("report", daemon.client("report", "KS-1", "--format", "html", text=True))
    rows = list(csv.reader(io.StringIO(daemon.client("report", "KS-1", "--format", "csv", text=True))))
    assert len(rows) > 5 and len({len(row) for row in rows}) == 1, rows[:3]
    formulas = [cell for row in rows for cell in row if re.match(r"[ \t\r\n\xa0]*([=+@]|-(?![\d.,]+$))", cell)]
    assert not formulas, formulas
    told = daemon.client("show", "TN-10", text=True) + daemon.client("why", "KS-1", text=True)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202e]", told), repr(told)


def look_at_mails(sink):
    whole = "".join(mail.text for mail in sink.mails)
    assert all(text in whole for text in ("<script>alert(1)</script>", "{{x}}", "%n%n%s", "$(id)")), "words are missing"
    for mail in sink.mails:
        assert mail.html is not None
        is_inert(mail.subject, mail.html)
        for part in mail.message.walk():
            if part.get_content_type() == "text/calendar":
                entries = icalendar.Calendar.from_ical(part.get_content()).walk("VEVENT")
                assert entries and not any("ATTENDEE" in entry for entry in entries), part.get_content()


run(names_and_addresses, words_stay_words)
