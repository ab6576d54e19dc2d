#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Every mail as its reader gets it: sound MIME, plain text without odd blanks, HTML that is valid,
legible for everybody in light and dark, no wider than a phone, and says what the text says."""
import functools
import re

from browser import Browser
from gallery import Seen, every_mail, portraits, words
from harness import LONG, another_box, run

seen_in = functools.cache(Seen)
# A language, and whether its mails have links to pages: all four before a release.
WORLDS = (("sv", True), ("en", False), *((("sv", False), ("en", True)) if LONG else ()))


class Gallery:
    """Every mail of both languages, with links to pages and without, made once for all the tests of
    this file."""

    def __init__(self):
        self.mails = []

    def every(self):
        """Pairs of a language and a mail."""
        for language, web in WORLDS if not self.mails else ():
            with another_box() as apart:
                self.mails += [(language, mail) for mail in every_mail(apart, language, web)]
        return self.mails

    def few(self):
        """So many that each element has been seen after each other that it ever follows, of either language:
        what is built of the same parts in the same order looks the same. All, before a release."""
        if LONG:
            return [mail for _, mail in self.every()]
        chosen, shown = [], set()
        for _, mail in sorted(self.every(), key=lambda each: -len(each[1].html)):
            build = seen_in(mail.html).build
            parts = set(zip(build, build[1:]))
            if not parts <= shown:
                chosen.append(mail)
                shown |= parts
        return chosen


GALLERY = Gallery()


def mime_is_sound(box):
    mails = GALLERY.every()
    assert len(mails) > 100 * len(WORLDS), len(mails)
    for _, mail in mails:
        for part in mail.message.walk():
            assert not part.defects, (mail, part.get_content_type(), part.defects)
            for name, value in part.items():
                assert not value.defects, (mail, name, value.defects)


def html_says_what_the_text_says(box):
    """Word for word, in the reader's language. Where the text has an address, under a line that says what
    is there, the HTML has a link with a word of its own."""
    for language, mail in GALLERY.every():
        seen, text = seen_in(mail.html), words(mail.text)
        addresses = {word for word in text if word.startswith("http")}
        text = words(re.sub(r"^.*:\s+(?=https?://)", "", mail.text, flags=re.M))
        assert seen.language == language, (mail, seen.language)
        assert {link for link in seen.links if link.startswith("http")} == addresses, mail
        only_text = set(text) - addresses - set(seen.words)
        only_html = set(seen.words) - set(seen.labels) - set(text)
        assert not only_text and not only_html, (mail, only_text, only_html)


def each_that_pictures_are_made_of_is_there(box):
    """tests/browser/pictures, which no test runs: a day that moves in the demo's plan moved twelve of them away."""
    portraits([mail for language, mail in GALLERY.every() if language == "sv"])


def nothing_is_fetched(box):
    """No image, script, font or style from elsewhere, which would tell somebody who reads what."""
    for _, mail in GALLERY.every():
        tags = {tag for tag, *_ in seen_in(mail.html).build}
        assert not tags & {"img", "script", "link", "iframe", "object", "base", "form"}, (mail, tags)
        assert not re.search(r"url\s*\(|@import|@font-face", mail.html), mail


def plain_text_has_plain_blanks(box):
    """A blank that doesn't break is shown by some readers of mail as a box, and copied as it is."""
    for _, mail in GALLERY.every():
        for odd in "\u00a0\u2007\u2009\u202f\u2060\u00ad":
            assert odd not in mail.text, (mail, ascii(odd))


def html_is_valid(box):
    browser = box.keep(Browser(box.folder))
    for mail in GALLERY.few():
        faults = browser.validate(mail.html, mail=True)
        assert not faults, "\n".join([repr(mail), *faults])


def no_phone_scrolls_sideways(box):
    page = box.keep(Browser(box.folder)).page(width=320)
    for mail in GALLERY.few():
        page.show(mail.html)
        assert not page.sideways(), (mail, page.sideways())


def no_option_of_a_command_is_parted(box):
    """Nor what stands for a date in it: half of it would be copied."""
    page = box.keep(Browser(box.folder)).page()
    of_each = {re.sub(r"[A-Z]+-\S+|\d+", "", "".join(re.findall("<pre.*?</pre>", mail.html, re.S))): mail
               for _, mail in sorted(GALLERY.every(), key=lambda each: -len(each[1].html))}
    for commands, mail in of_each.items():
        page.show(mail.html)
        for width in (320, 360, 400) if commands else ():
            page.look(width=width, dark=False)
            assert not page.parted(), (mail, width, page.parted())


def everybody_can_read_it(box):
    """WCAG 2.1 A and AA, in light and dark, on a phone and a desk; before a release each mail in both."""
    page = box.keep(Browser(box.folder)).page()
    looks = (360, False), (1000, True)
    for number, mail in enumerate(GALLERY.few()):
        page.show(mail.html)
        for width, dark in looks if LONG else (looks[number % 2],):
            page.look(width=width, dark=dark)
            faults = page.axe()
            assert not faults, "\n".join([f"{mail}, dark={dark}", *faults])


run(mime_is_sound, html_says_what_the_text_says, each_that_pictures_are_made_of_is_there, nothing_is_fetched,
    plain_text_has_plain_blanks, html_is_valid, no_phone_scrolls_sideways,
    no_option_of_a_command_is_parted, everybody_can_read_it)
