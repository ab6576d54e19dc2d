# SPDX-License-Identifier: Apache-2.0
"""Reads mails from standard input as a mail program does and says what is wrong with each.

A line of sv or en, the mail's number and its length is before each. With PAMINN_SHOW set, prints the
subject and both parts as they are read.
"""
import email
import email.policy
import html.parser
import os
import re
import sys

EMPTY_TAGS = {"meta", "br", "hr"}
INLINE_TAGS = {"a", "span", "strong"}  # what is around them goes on
ARTEFACTS = [r"\{\{", r"\}\}", r" [.,;:!?)](\s|$)", r"\(\s*\)", r"\( ", r",\s*[.,]", r":\s*\n\s*\n\s*\n",
             r"[^.]\.\.[^.]", r" $", r"\n\n\n", r"\t", r"None|null|NULL|\(nil\)"]

NO_BREAK = "[\u00a0\u2007\u202f\u2060]"


class Reader(html.parser.HTMLParser):
    """The text of a page; that its tags are in order."""

    def __init__(self):
        super().__init__()
        self.open, self.text = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in EMPTY_TAGS:
            self.open.append(tag)
        self.part(tag)

    def part(self, tag):
        if tag not in INLINE_TAGS:
            self.text.append(" ")

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, f"</{tag}> where {self.open} are open"
        self.open.pop()
        self.part(tag)

    def handle_data(self, data):
        if "style" not in self.open:
            self.text.append(data)


def words(text):
    return " ".join(text.split(" ")).replace("\n", " ")


def check(raw, language):
    assert raw.isascii(), "a byte that is not ASCII"
    assert raw.replace(b"\r\n", b"").count(b"\n") == 0, "a bare LF"
    assert raw.replace(b"\r\n", b"").count(b"\r") == 0, "a bare CR"
    assert raw.endswith(b"\r\n")
    assert max(map(len, raw.split(b"\r\n"))) <= 998, "a line over 998 bytes"

    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert not mail.defects, mail.defects
    headers = mail.keys()
    assert len(headers) == len(set(h.lower() for h in headers)), f"a header twice: {headers}"
    assert mail["From"].addresses[0].display_name == "Påminn", mail["From"]
    assert mail["From"].addresses[0].addr_spec == "paminn@region.example"
    assert len(mail["To"].addresses) == 1
    assert mail["To"].addresses[0].display_name
    assert mail["To"].addresses[0].addr_spec == "karin.ek@region.example"
    assert mail["Reply-To"] == "stod@region.example"
    assert mail["Message-ID"] == "<paminn.01JTEST.41-0-q4a6czoy27dtmswafyxduklg@region.example>"
    assert mail["In-Reply-To"] == "<paminn.01JTEST.thread.7@region.example>"
    assert mail["References"].split()[0] == mail["In-Reply-To"]
    assert mail["Date"] == "Mon, 11 May 2026 08:00:00 +0200", mail["Date"]
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["List-Id"] == "Paminn <paminn.01JTEST.region.example>", mail["List-Id"]
    assert mail["Content-Language"] == language
    assert mail.get_content_type() == "multipart/alternative"

    subject = mail["Subject"]
    assert 10 < len(subject) <= 120, f"{len(subject)} characters of subject"
    assert not re.search(r"Karin|Per\b", subject), subject
    parts = list(mail.iter_parts())
    assert [p.get_content_type() for p in parts] == ["text/plain", "text/html"]
    for part in parts:
        assert not part.defects, part.defects
        assert part.get_content_charset() == "utf-8"
        assert part["Content-Transfer-Encoding"] == "quoted-printable"
    text, page = (p.get_content().replace("\r\n", "\n") for p in parts)
    reader = Reader()
    reader.feed(page)
    assert not reader.open, f"{reader.open} are not closed"
    assert f'<html lang="{language}">' in page
    assert not re.search(r"<table>\s*</table>", page), "a table of nothing"
    assert not re.search(r"<(img|script|link|a)\b|https?:", page), "something to load or follow"

    for what in (subject, text):
        assert not re.search(NO_BREAK, what), f"a no-break space in {what!r}"
    if os.environ.get("PAMINN_SHOW"):
        print(f"Subject: {subject}\n\n{text}\n{page}\n{'=' * 78}")
    for pattern in ARTEFACTS:
        for what in (subject, text):
            found = re.search(pattern, what, re.M)
            assert not found, f"{pattern} in {what[max(0, found.start() - 40):found.end() + 40]!r}"
    for line in text.split("\n"):
        assert len(line) <= 72 or line.startswith("    "), f"wide: {line}"
    # The page says what the text says, paragraph by paragraph.
    said = re.sub(rf"([ \n]|{NO_BREAK})+", " ", "".join(reader.text))
    for line in re.split(r"\n\n+|\n(?=  |- )|(?<=\.)\s", text.replace("\n\n- ", "\n- ")):
        for part in re.split(r"^ *[^:.]{3,40}: ", re.sub(r"\s*[ \n]+\s*", " ", line.removeprefix("- ").strip(" \n"))):
            part = part.rstrip(".:")
            assert part in said, f"{part!r} is not in the page"
    swedish = len(re.findall(r"\b(och|är|inte|det)\b", text))
    english = len(re.findall(r"\b(and|is|not|the)\b", text))
    assert (swedish > english) == (language == "sv"), f"{swedish} Swedish, {english} English words"


mails, faults = 0, []
while line := sys.stdin.buffer.readline():
    of_language, number, length = line.decode().split()
    mails += 1
    try:
        check(sys.stdin.buffer.read(int(length)), of_language)
    except AssertionError as fault:
        faults.append(f"{of_language}, sample {number}: {fault or 'assertion failed'}"
                      f" (line {fault.__traceback__.tb_next.tb_lineno})")
sys.exit("\n".join(faults) if faults else 0 if mails else "no mail came")
