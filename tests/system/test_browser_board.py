#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The board's page in a real browser: wide and narrow, light and dark, without JavaScript, and as a paper."""
import re
import shutil
import subprocess

from board import Board
from browser import Browser
from desk import session_for
from gallery import SPRING, DemoPlan
from harness import LONG, Skip, run

class Plan(DemoPlan):
    """In which one reads English."""

    def write(self):
        path = super().write()
        people = self.folder / "plan.d/10-organisation.conf"
        text, count = re.subn(r'(id = "ekonomichef"[^}]*?language = )"sv"', r'\1"en"',
                              people.read_text(encoding="utf-8"), flags=re.S)
        assert count == 1, "there is no ekonomichef"
        people.write_text(text, encoding="utf-8")
        return path


class World:
    """The demo's region on 15 May, when some have answered."""

    def __init__(self, box, until="2026-05-15T10:00"):
        self.plan = Plan(box)
        self.daemon = box.daemon(self.plan, "2026-04-23T08:00")
        for instant, *events in SPRING:
            if instant > until:
                break
            self.daemon.until(instant)
            for kind, subject, source, data in events:
                self.daemon.tell(kind, subject, source, **data)
            self.daemon.settle()
        self.daemon.until(until)
        self.url = self.daemon.client("link", "board", "rs-ordforande")["url"]
        self.browser = box.keep(Browser(box.folder))


def sound(page, *looks):
    """Wide (1280) and narrow (360), light and dark."""
    for width, dark in looks:
        page.look(width=width, dark=dark)
        page.sound()


def a_reader_sees_the_board(box):
    world = World(box)
    page = world.browser.page(width=360, javascript=False)
    page.open(world.url)
    sound(page, (360, False))
    page.click(role="link", name="Återredovisning av handlingsplan för en ekonomi i balans (RS-58)")
    assert page.status() == 200 and "Svar har lämnats för fyra av tolv åtgärder" in page.words(), page.words()
    sound(page, *(((1280, False),) if LONG else ()), (360, True))
    # A plot for each row with an effect, one for the year, a strip for each measure: each with its name.
    shown, source = Board(page.source()), page.source()
    plots = [len(re.findall(f'<svg class="plot {kind}"[^>]* role="img"[^>]*><title', source))
             for kind in ("bars", "strip", "year")]
    assert plots == [12, 12, 1] and len(shown.tables["effects"]) == 13, plots
    page.click(role="link", name="Alla uppföljningar")
    page.click(role="link", name="Hälso- och sjukvårdsnämnden (HSN)")

    # Whoever is signed in sees the same, within their frame.
    page.cookie(url=world.plan.url, name="paminn_session",
                value=session_for(world.daemon, "chef-akut", "chef-akut@region.example"))
    page.open(f"{world.plan.url}/board?of=RS-58")
    assert Board(page.source()).amounts("effects") == shown.amounts("effects")
    assert page.count(role="link", name="Styrelsens sida") == 1, page.words()
    assert page.count(role="link", name="Dagens läge") == 0, page.words()
    sound(page, *(((1280, True),) if LONG else ()))
    an_a4_paper(world, page)
    page.open(world.daemon.client("link", "board", "ekonomichef")["url"] + "?of=RS-58")
    assert "The papers were due by 13 May 2026 and have not arrived" in page.words(), page.words()
    sound(page, (1280, True))


def an_a4_paper(world, page):
    """What the browser prints: title, decision, tables, open items, signature; nothing of the screen."""
    if not shutil.which("pdftotext"):
        raise Skip("poppler-utils is not installed: tests/prepare test")
    path = world.browser.folder / "board.pdf"
    page.pdf(path=str(path))
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    width, height = map(float, re.search(r"Page size: +([\d.]+) x ([\d.]+)", told).groups())
    assert abs(width - 595) < 2 and abs(height - 842) < 2, told
    pages = int(re.search(r"Pages: +(\d+)", told)[1])
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True,
                          check=True).stdout
    for word in ("Återredovisning av handlingsplan", "RS 2026-04-22 § 58", "Ej inkomna svar",
                 "Begärt stöd", "Förslag till beslut", "Låst den 13 maj 2026", "SHA-256: "):
        assert word in text, word
    for word in ("Logga ut", "Styrelsens sida", "Alla uppföljningar", "Frågor?"):
        assert word not in text, word
    assert text.count("Summa, åtgärder") == 1, "a sum stands at the end of its table alone"
    sheets = text.split("\f")[:-1]
    assert len(sheets) == pages <= 7, pages
    assert sum(re.search(r"Åtgärd +Läge", sheet) is not None for sheet in sheets) >= 2, \
        "a table's headings come again on its next page"


run(a_reader_sees_the_board)
