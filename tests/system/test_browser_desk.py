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
    web = Web(box, "2026-05-04T07:00")
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


def every_page_is_sound_at_each_width_and_in_each_colour(box):
    web = start(box)
    page = box.keep(Browser(box.folder)).page(javascript=False)
    url = f"http://127.0.0.1:{web.port}"
    sign_in_browser(page, url, web.daemon, "stina", "stina@kommunen.internal")
    for path in PAGES:
        look(page, url, path)


run(every_page_is_sound_at_each_width_and_in_each_colour)
