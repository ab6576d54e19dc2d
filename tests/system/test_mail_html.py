#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Every mail as its reader gets it: sound MIME, plain text without the odd blank, HTML that is valid,
legible for everybody in light and dark, and says what the text says."""
import re

from browser import Browser
from gallery import Seen, every_mail, words
from harness import another_box, run

LANGUAGES = ("sv", "en")
class Gallery:
    """Every mail of both languages, with links to pages and without, made once for all the tests of
    this file."""

    def __init__(self):
        self.mails = []

    def every(self):
        """Pairs of a language and a mail."""
        for language in ("sv", "en") if not self.mails else ():
            for web in (True, False):
                with another_box() as apart:
                    self.mails += [(language, mail) for mail in every_mail(apart, language, web)]
        return self.mails

    def kinds(self):
        """One of each that is worded and built in its own way."""
        kinds = {}
        for language, mail in self.every():
            build = tuple(dict.fromkeys(Seen(mail.html).build))
            kinds.setdefault((language, re.sub(r"[\d@§-]+", "#", mail.subject), build), mail)
        return list(kinds.values())


GALLERY = Gallery()


def mime_is_sound(box):
    mails = GALLERY.every()
    assert len(mails) > 400, len(mails)
    for _, mail in mails:
        for part in mail.message.walk():
            assert not part.defects, (mail, part.get_content_type(), part.defects)
            for name, value in part.items():
                assert not value.defects, (mail, name, value.defects)


def html_says_what_the_text_says(box):
    """Word for word, in the reader's language; where the text has an address the HTML has a link."""
    for language, mail in GALLERY.every():
        seen, text = Seen(mail.html), words(mail.text)
        addresses = {word for word in text if word.startswith("http")}
        assert seen.language == language, (mail, seen.language)
        assert {link for link in seen.links if link.startswith("http")} == addresses, mail
        only_text = set(text) - addresses - set(seen.words)
        only_html = set(seen.words) - set(seen.labels) - set(text)
        assert not only_text and not only_html, (mail, only_text, only_html)


def nothing_is_fetched(box):
    """No image, script, font or style from elsewhere, which would tell somebody who reads what."""
    for _, mail in GALLERY.every():
        tags = {tag for tag, *_ in Seen(mail.html).build}
        assert not tags & {"img", "script", "link", "iframe", "object", "base", "form"}, (mail, tags)
        assert not re.search(r"url\s*\(|@import|@font-face", mail.html), mail


def html_is_valid(box):
    browser = box.keep(Browser(box.folder))
    for _, mail in GALLERY.every():
        faults = browser.validate(mail.html, mail=True)
        assert not faults, "\n".join([repr(mail), *faults])


def everybody_can_read_it(box):
    """WCAG 2.1 A and AA, in light and dark, on a phone and a desk."""
    browser = box.keep(Browser(box.folder))
    for width, dark in ((360, False), (1000, True)):
        page = browser.page(width=width, dark=dark)
        for mail in GALLERY.kinds():
            page.show(mail.html)
            assert not page.axe(), "\n".join([f"{mail}, dark={dark}", *page.axe()])


run(mime_is_sound, html_says_what_the_text_says, nothing_is_fetched, html_is_valid,
    everybody_can_read_it)
