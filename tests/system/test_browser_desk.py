#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The desk's reading pages in a real browser, without JavaScript: at 360 px and light, at 1280 px and dark. Each page
is seen both ways before a release, else in the next of the two."""
import os
from pathlib import Path

from browser import Browser
from desk import sign_in_browser
from harness import LONG, run
from web import Web

PAGES = ("", "/items", "/item?item=TN-1", "/item?item=KS-1", "/outbox", "/message?id=2", "/hold",
         "/forecast?month=2026-05", "/forecast?month=2026-05&view=calendar", "/calendar?year=2026",
         "/people", "/meetings")
PICTURES = os.environ.get("DESK_PICTURES")  # a folder, to look at what a reader sees


def start(box):
    plan = box.plan()
    plan.add("people", "nils", name="Nils Smal", mail="nils@kommunen.internal", manager="mona", language="en",
             roles=["steward"], steward_of=["TN-1"])
    web = Web(box, "2026-05-04T07:00", plan=plan)
    web.sink.rcpt["anna"] = "550 5.1.1 unknown"
    daemon = web.daemon
    daemon.until("2026-05-12T09:00")
    daemon.client("status", "TN-2", "at-risk", "--progress", "40", "--forecast", "400000",
                  "--needs-support", "Vi behöver hjälp med upphandlingen.", "--note",
                  "Leverantören är sen.", "--as", "bo")
    daemon.client("absence", "mona", "2026-05-18", "2026-05-22")
    daemon.client("request", "TN-1", "--deadline", "KS-1", "--due", "2026-05-20", "--reason",
                  "Underlaget är inte klart", "--as", "anna")
    daemon.until("2026-05-18T12:00")
    return web


def picture(page, path):
    if PICTURES:
        name = (page.window + path).replace("/", "_").replace("?", "-")
        page.picture(path=str(Path(PICTURES) / f"{name}.png"))


LOOKS = ((360, False), (1280, True))


def look(page, url, path, looks):
    """All that is wrong with one page."""
    page.look(width=360, dark=False)
    page.open(url + "/desk" + path)
    for width, dark in looks:
        page.look(width=width, dark=dark)
        page.window = str(width)
        picture(page, path)
        page.sound()


def signed_in(browser, web, person, width):
    page = browser.page(width=width, javascript=False)
    sign_in_browser(page, f"http://127.0.0.1:{web.port}", web.daemon, person, f"{person}@kommunen.internal")
    return page


def a_narrower_steward_has_their_own_alone(browser, web, width):
    """And does it; in English, which he reads."""
    page, url = signed_in(browser, web, "nils", width), f"http://127.0.0.1:{web.port}"
    for path in ("", "/items?show=all", "/people", "/outbox"):
        page.open(url + "/desk" + path)
        assert page.status() == 200 and "Samordnad drift" not in page.words() and "Bo Alm" not in page.words(), path
    for path, status in (("/item?item=TN-2", 404), ("/do?act=assign&item=TN-2", 404), ("/hold", 403)):
        page.open(url + "/desk" + path)
        assert page.status() == status, (path, page.words())
    page.open(url + "/desk/item?item=TN-1")
    page.click(css='.acts a[href*="act=note&"]')
    page.fill(css='[name="note.1"]', value=f"Call at {width}.")
    page.sound()
    page.click(css="button.main")
    assert page.count(css="#confirm") == 1, page.words()
    page.sound()
    page.click(css="#confirm button.main")
    page.open(url + "/desk/item?item=TN-1")
    assert f"Call at {width}." in page.words(), page.words()


def a_reader_has_the_board_and_nothing_else(browser, web, width):
    page, url = signed_in(browser, web, "reg", width), f"http://127.0.0.1:{web.port}"
    page.open(url + "/")
    assert page.url() == url + "/board" and "Färre inhyrda" in page.words(), page.words()
    page.sound()
    assert page.count(css='a[href*="/desk"]') == 0 and page.count(css='a[href="/mine"]') == 0
    for path in (*PAGES, "/do?act=assign&item=TN-1", "/requests"):
        page.open(url + "/desk" + path)
        assert page.status() == 403 and "Anna Ek" not in page.words(), (path, page.words())


def every_page_is_sound_at_each_width_and_in_each_colour(box):
    web = start(box)
    browser = box.keep(Browser(box.folder))
    page = browser.page(javascript=False)
    url = f"http://127.0.0.1:{web.port}"
    sign_in_browser(page, url, web.daemon, "stina", "stina@kommunen.internal")
    for number, path in enumerate(PAGES):
        look(page, url, path, LOOKS if LONG or PICTURES else (LOOKS[number % 2],))
    for width in (360, 1280) if LONG else (360,):
        a_narrower_steward_has_their_own_alone(browser, web, width)
        a_reader_has_the_board_and_nothing_else(browser, web, width)


run(every_page_is_sound_at_each_width_and_in_each_colour)
