#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The desk's reading pages in a real browser, without JavaScript: at 360 and 1280 px, light and dark."""
import os
from pathlib import Path

from browser import Browser
from desk import sign_in_browser
from harness import run
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


def look(page, url, path):
    """All that is wrong with one page: narrow and light, then, as it stands, wide and dark."""
    page.look(width=360, dark=False)
    page.window = "360"
    page.open(url + "/desk" + path)
    picture(page, path)
    page.sound()
    page.look(width=1280, dark=True)
    page.window = "1280"
    picture(page, path)
    faults = page.axe() + page.sideways()
    assert not faults, (path, faults)


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
    for path in PAGES:
        look(page, url, path)
    for width in (360, 1280):
        a_narrower_steward_has_their_own_alone(browser, web, width)
        a_reader_has_the_board_and_nothing_else(browser, web, width)


run(every_page_is_sound_at_each_width_and_in_each_colour)
