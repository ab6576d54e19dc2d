#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A chief of staff with twelve measures, and the deliverable they are part of, answers from the digest's
one button: one by one, and several together."""
from browser import Browser
from gallery import DemoPlan
from harness import run, wait_for

ITEMS = {"SBN-UPP", *(f"SBN-{number:02}" for number in range(1, 13))}


class World:
    """The demo's region on 15 May, when the chief of staff is first asked."""

    def __init__(self, box, javascript):
        self.plan = DemoPlan(box)
        self.feed = box.feed(self.plan)
        self.daemon = box.daemon(self.plan, "2026-05-15T07:00")
        self.daemon.until("2026-05-15T09:00")
        (mail,) = self.plan.smtp.to("stabschef")
        self.page = box.keep(Browser(box.folder)).page(width=360, javascript=javascript)
        self.page.show(mail.html)
        assert self.page.count(role="link", name="Svara") == 1, "one button for all"
        self.page.click(role="link", name="Svara")

    def said(self, count):
        wait_for(lambda: len(self.feed.of("status")) >= count, f"{count} statuses")
        self.daemon.settle()
        said = self.feed.of("status")
        assert len(said) == count, said
        assert {each["source"] for each in said} == {"/people/stabschef"}, said
        return {each["subject"]: each["data"] for each in said}

    def form(self, item):
        return f'details[data-item="{item}"]'

    def fill(self, item, status=None, **fields):
        """Open the item, and write into its form."""
        form = self.form(item)
        if not self.page.count(css=f"{form}[open]"):
            self.page.click(css=f"{form} > summary")
        if status:
            self.page.check(css=f'{form} input[value="{status}"]')
        for name, value in fields.items():
            self.page.fill(css=f'{form} [name^="{name}."]', value=value)

    def states(self):
        return {row["measure"] or row["deadline"]: row["state"]
                for row in self.daemon.query("list", all=True) if row["deadline"] == "SBN-UPP"}


def twelve_at_once(box, javascript=False):
    world = World(box, javascript)
    page = world.page
    assert page.status() == 200, page.words()
    shown = {item for item in ITEMS if page.count(css=world.form(item)) == 1}
    assert shown == ITEMS, ITEMS - shown
    page.sound()

    # One of them, alone: what is begun in another stays, and nothing is sent of it.
    world.fill("SBN-02", "on-track", note="Påbörjat, inte skickat.")
    world.fill("SBN-01", "on-track", progress="60", forecast="800 tkr", note="Enligt plan.")
    page.sound()
    page.click(css=f'{world.form("SBN-01")} .inside > button')
    assert world.said(1) == {"SBN-01": {"status": "on-track", "progress": 60,
                                        "effect_forecast": 800000, "note": "Enligt plan."}}
    assert page.count(css='[data-part="receipt"][data-item="SBN-01"]') == 1, page.words()
    assert not page.count(css=world.form("SBN-01")), "what is answered is asked again"
    assert page.value(css=f'{world.form("SBN-02")} [name^="note."]') == "Påbörjat, inte skickat."
    page.sound()

    # Several together, with a mistake in one: it is told, and everything typed is there still.
    for number, item in enumerate(("SBN-02", "SBN-03", "SBN-04", "SBN-05")):
        world.fill(item, "at-risk", progress=str(10 + number), forecast="0,5 mnkr", note="Försenat.")
    world.fill("SBN-04", progress="etthundra")
    page.click(css='button[data-part="send-all"]')
    assert "Något behöver rättas" in page.words(), page.words()
    assert page.value(css=f'{world.form("SBN-04")} [name^="progress."]') == "etthundra"
    page.sound()
    world.said(1)
    world.fill("SBN-04", progress="12")
    page.click(css='button[data-part="send-all"]')
    said = {item: data["progress"] for item, data in world.said(5).items()}
    assert said == {"SBN-01": 60, "SBN-02": 10, "SBN-03": 11, "SBN-04": 12, "SBN-05": 13}, said
    states = world.states()
    assert {item for item, state in states.items() if state == "answered"} == set(said), states
    page.sound()

    # The deliverable, whose hand-over ends the rest.
    world.fill("SBN-UPP", reference="SBN 2026-05-15 § 3")
    page.click(css=f'{world.form("SBN-UPP")} .inside > button')
    world.daemon.settle()
    assert world.states()["SBN-UPP"] == "answered", world.states()
    page.reload()
    assert "Inget att svara på just nu" in page.words(), page.words()
    page.sound()


def the_same_with_javascript(box):
    """No page has a script, so that there is nothing else to see."""
    twelve_at_once(box, javascript=True)


run(twelve_at_once, long=(the_same_with_javascript,))
