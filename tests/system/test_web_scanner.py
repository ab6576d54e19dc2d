#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What opens every link in every mail, as scanners of mail do, changes nothing, however often.

Row 24: GET and HEAD, a hundred times each. Seen to fail, as answer_page's a_scanner_changes_nothing, when a GET of an
answer's link says that the item is not mine.
"""
import http.client
import sqlite3
from urllib.parse import urlsplit

from gallery import STEWARD, DemoPlan, Seen
from harness import run

TIMES = 100


def stored(plan):
    """Every row of the store."""
    with sqlite3.connect(f"file:{plan.folder}/paminn.db?mode=ro", uri=True) as store:
        return list(store.iterdump())


def a_scanner_changes_nothing(box):
    plan = DemoPlan(box)
    feed = box.feed(plan)
    daemon = box.daemon(plan, "2026-05-15T07:00")
    daemon.tell("meeting", "RS", STEWARD, **{"from": "2026-05-26", "until": "2026-05-27"})
    daemon.until("2026-05-15T09:00")
    links = sorted({link for mail in plan.smtp.mails for link in Seen(mail.html).links
                    if link.startswith(plan.url)})
    assert any("/a/" in link for link in links) and any("/mine/" in link for link in links), links
    before, heard = stored(plan), len(feed.events)
    scanner = http.client.HTTPConnection("127.0.0.1", plan.port, timeout=60)
    for link in links:
        for number in range(TIMES):
            scanner.request("HEAD" if number % 2 else "GET", urlsplit(link).path,
                            headers={"User-Agent": "scanner"})
            answer = scanner.getresponse()
            answer.read()
            assert answer.status == 200, (link, answer.status)
    daemon.settle()
    assert stored(plan) == before, sorted(set(stored(plan)) ^ set(before))
    assert len(feed.events) == heard, feed.events[heard:]
    assert not daemon.logged(r"/(?:a|mine)/[\w-]+"), "a token stands in the log"


run(a_scanner_changes_nothing)
