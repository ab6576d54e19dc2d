#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Every page: valid, legible for everybody in light and dark, no wider than a phone or a desk, and without anything
from elsewhere. Before a release in both languages."""
from harness import LONG, run
from pages import Tour

# On a phone and a desk, in light and dark: each page in all of them before a release, else in the next of two. English
# differs by its words alone.
LOOKS = ((360, False), (360, True), (1000, False), (1000, True)) if LONG else ((360, False), (1000, True))
NARROWEST = 320  # where nothing but the width is looked at


def look_at_every_page(box, language):
    faults, seen = [], []

    def visit(name, page):
        seen.append(name)
        assert f'<html lang="{language}">' in page.source(), name
        for width, dark in LOOKS if LONG else (LOOKS[len(seen) % len(LOOKS)],):
            page.look(width=width, dark=dark)
            faults.extend(f"{name}, {width} px, {'dark' if dark else 'light'}: {fault}"
                          for fault in page.faults())
        page.look(width=NARROWEST, dark=False)
        faults.extend(f"{name}, {NARROWEST} px: sideways: {fault}" for fault in page.sideways())
        page.look(width=360, dark=False)

    Tour(box, language, visit).go()
    assert len(seen) > 20, seen
    assert not faults, "\n".join(faults)


def in_swedish(box):
    look_at_every_page(box, "sv")


def in_english(box):
    look_at_every_page(box, "en")


run(in_swedish, long=(in_english,))
