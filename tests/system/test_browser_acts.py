#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What a steward does on the desk, in a real browser without JavaScript: on a phone and on a wide screen, light and
dark, and with the keyboard alone."""
import os
from pathlib import Path

from browser import Browser
from desk import sign_in_browser
from harness import run
from web import Web

PICTURES = os.environ.get("DESK_PICTURES")  # a folder, to look at what a reader sees


class Desk:
    def __init__(self, web, browser, width, dark):
        self.page = browser.page(width=width, height=800, dark=dark, javascript=False)
        self.url, self.width, self.whole = f"http://127.0.0.1:{web.port}", width, width == 360
        sign_in_browser(self.page, self.url, web.daemon, "stina", "stina@kommunen.internal")

    def see(self, name, *said):
        """What is there, and nothing wrong with it; valid HTML as well, once for all widths."""
        words = self.page.words()
        for each in said:
            assert each in words, f"{self.width} {name}: no {each!r} in {words}"
        if PICTURES:
            self.page.picture(path=str(Path(PICTURES) / f"{self.width}-{name}.png"))
        faults = self.page.faults() if self.whole else self.page.axe() + self.page.sideways()
        assert not faults, (self.width, name, faults)

    def act(self, act, item):
        self.page.open(f"{self.url}/desk/item?item={item}")
        self.page.click(css=f'.acts a[href*="act={act}&"]')

    def go(self):
        self.page.click(css="#confirm button.main")


def dates(web, measure=None):
    (row,) = [each for each in web.daemon.query("list", deadline="KS-1", all=True)
              if each["measure"] == measure]
    return row["due"], row["papers"]


def on_a_phone(desk, web):
    page = desk.page
    desk.act("meeting", "KS")
    page.choose(label="Ersätter sammanträdet", value="2026-05-26")
    page.fill(label="Första dag", value="2026-06-02")
    page.click(text="Visa vad som följer")
    desk.see("meeting", "Det här flyttas", "tisdag 2 juni 2026", "besked om nytt datum till Registrator")
    assert dates(web)[0] == "2026-05-26", "it has only been shown"
    desk.go()
    desk.see("done", "Sammanträde registrerat")
    assert dates(web)[0] == "2026-06-02"

    desk.act("extend", "TN-1")
    page.click(text="Visa vad som följer")
    desk.see("faults", "Ange ett datum eller ett sammanträde")
    page.fill(label="Nytt datum", value="2026-06-05")
    page.fill(label="Beslutets beteckning", value="KS 2026/12")
    page.click(text="Visa vad som följer")
    assert "sista dag fredag 5 juni 2026" in page.words(), page.words()
    desk.go()
    assert dates(web, "TN-1")[1] == "2026-06-05"


def on_a_wide_screen(desk, web):
    page = desk.page
    desk.act("absence", "anna")
    page.fill(label="Första dag", value="2026-05-14")
    page.fill(label="Sista dag", value="2026-05-20")
    page.choose(label="Ersättare", value="bo")
    page.click(text="Visa vad som följer")
    desk.see("absence", "Bo Alm (bo)")
    desk.go()
    (away,) = web.daemon.query("absences")
    assert (away["person"], away["deputy"]) == ("anna", "bo"), away

    desk.act("status", "TN-2")
    desk.see("status", "Hur går det?")
    page.check(css='[value="at-risk"]')
    page.fill(label="Kommentar", value="Enligt Bo på telefon.")
    page.click(text="Visa vad som följer")
    desk.go()
    assert web.daemon.query("show", item="TN-2")[0]["status"] == "at-risk"


def with_the_keyboard(desk, web):
    page = desk.page
    page.open(desk.url + "/desk/requests")
    desk.see("requests", "Färre inhyrda (TN-1)")
    seen = []
    while not seen or seen[-1]["text"] != "Visa vad som följer av att bevilja":
        page.press(key="Tab")
        seen.append(page.focus())
        assert seen[-1] and seen[-1]["marked"] and len(seen) < 40, seen
        if seen[-1]["name"] == "pick.1":
            page.press(key="Space")
        if seen[-1]["name"] == "decision.1":
            page.type(text="KS 2026/14")
    page.enter()
    desk.see("grant", "beviljas", "måndag 8 juni 2026")
    desk.go()
    assert "(TN-1)" in page.words() and dates(web, "TN-1")[1] == "2026-06-08", page.words()


def a_steward_acts_in_a_browser(box):
    web = Web(box, "2026-05-12T09:00")
    web.daemon.until("2026-05-12T09:00")
    browser = box.keep(Browser(box.folder))
    on_a_phone(Desk(web, browser, 360, False), web)
    web.daemon.tell("request", "TN-1", "/people/anna", deadline="KS-1", due="2026-06-08",
                    reason="Underlaget är inte klart än", progress=40)
    wide = Desk(web, browser, 1280, True)
    on_a_wide_screen(wide, web)
    with_the_keyboard(wide, web)


run(a_steward_acts_in_a_browser)
