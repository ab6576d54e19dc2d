#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Signing in, in a real browser that runs no scripts: from the address to the desk and out again, on a phone and a
desk, in light and dark."""
from browser import Browser
from desk import links_of
from harness import LONG, run, wait_for
from web import Web


def from_the_address_to_the_desk_and_out(box):
    web = Web(box, "2026-05-12T09:00")
    url = web.plan.settings["web"]["public_url"]
    browser = box.keep(Browser(box.folder))
    page = browser.page(width=360, javascript=False)
    pictures = []

    def look(name, *ways):
        """Each look costs seconds: what is new in a page is seen both ways before a release, what it shares with others
        in one."""
        both = phone, dark_desk
        for width, dark in ways or (both if LONG else (both[len(pictures) % 2],)):
            page.look(width=width, dark=dark)
            page.sound()
        pictures.append(name)
        page.look(width=360, dark=False)
    phone, dark_desk = (360, False), (1280, True)

    page.open(f"{url}/desk/items?group=owner")
    look("sign-in")
    page.click(css="button.main")
    look("no-address", phone)
    page.fill(css="#address", value="stina@kommunen.internal")
    page.enter()
    look("sent", dark_desk)
    (path,) = wait_for(lambda: links_of(web.sink.to("stina")), "the link")
    page.open(url + path)
    look("button")
    page.twice(css="button.main")  # of two answers a browser shows the second
    wait_for(lambda: page.url() == f"{url}/desk/items?group=owner", "the page that was wanted")
    wait_for(lambda: "Stina Stöd" in page.words(), "its frame")
    look("desk", phone)
    page.open(url + path)
    assert page.url() == f"{url}/desk/items?group=owner", "who goes back to the mail is in already"
    page.open(f"{url}/accessibility")
    look("accessibility")
    page.open(f"{url}/desk")
    page.click(css=".who button")
    assert page.url() == f"{url}/?out=1", page.url()
    look("out", dark_desk)
    page.open(url + path)
    assert page.status() == 410
    look("used", phone)
    page.open(f"{url}/desk")
    assert page.url() == f"{url}/?to=/desk", page.url()
    assert len(pictures) == 8


run(from_the_address_to_the_desk_and_out)
