#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""From a reply to the receipt in a real browser: the mail that says what was understood, and the page whose button
records it; before a release on a phone and a desk, in light and dark."""
import os

from browser import Browser
from harness import LONG, run
from replied import World

PICTURES = os.environ.get("PICTURES")  # a folder for what they look like, for whoever wants to see it


def take_picture(page, name):
    if PICTURES:
        page.picture(path=f"{PICTURES}/{name}.png")


def the_mail_and_its_page_are_sound(box):
    world = World(box)
    world.reply("anna", "Försenad till 3 juni, 40 %, prognos 1,2 mnkr")
    world.reply("ola", "klart", 2)
    world.daemon.until("2026-05-12T08:05")
    browser = box.keep(Browser(box.folder))
    for width, dark in ((360, False), (1280, False), (360, True), (1280, True)) if LONG or PICTURES else ((360, True),):
        look = f"{width}-{'dark' if dark else 'light'}"
        page = browser.page(width=width, dark=dark)
        for person in ("anna", "ola"):
            page.show(world.mail(person).html)
            page.sound(mail=True)
            take_picture(page, f"mail-{person}-{look}")
        page.show(world.mail("anna").html)
        page.click(role="link", name="Granska och registrera")
        assert page.status() == 200 and "Stämmer svaret?" in page.words(), page.words()
        page.sound()
        take_picture(page, f"page-{look}")
    assert not world.feed.of("status")


def the_button_records_it(box):
    world = World(box)
    world.reply("anna", "Klar, prognos 1,2 mnkr")
    world.daemon.until("2026-05-12T08:05")
    page = box.keep(Browser(box.folder)).page(width=360)
    page.show(world.mail("anna").html)
    page.click(role="link", name="Granska och registrera")
    page.click(role="button", name="Registrera svaret")
    assert "Tack, svaret är registrerat" in page.words(), page.words()
    for words in ("Genomförd", "1 200 000 kr"):
        assert words.lower() in page.words().lower(), page.words()
    page.sound()
    world.daemon.settle()
    assert world.status() == "done"


def what_is_wrong_is_changed_there(box):
    world = World(box)
    world.reply("anna", "Klar, prognos 1,2 mnkr")
    world.daemon.until("2026-05-12T08:05")
    page = box.keep(Browser(box.folder)).page(width=360)
    page.show(world.mail("anna").html)
    page.click(role="link", name="Granska och registrera")
    page.click(text="Ändra svaret")
    assert page.checked(label="Genomförd")
    page.check(label="Enligt plan")
    page.sound()
    page.click(role="button", name="Skicka det ändrade svaret")
    assert "Tack, svaret är registrerat" in page.words(), page.words()
    world.daemon.settle()
    assert world.status() == "on-track"


run(the_mail_and_its_page_are_sound, the_button_records_it, what_is_wrong_is_changed_there)
