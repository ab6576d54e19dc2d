#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A head of unit answers from the mail, on a phone, without JavaScript, and with it before a release: from the reminder
that a mail server got to the receipt, and what a link says that leads nowhere any more."""
from base64 import b64decode, b64encode
from urllib.parse import urlencode
from urllib.request import urlopen

from browser import Browser
from gallery import STEWARD, DemoPlan, Seen
from harness import run, wait_for


class World:
    """The demo's region on 7 May, when owners are reminded, five working days before the papers date."""

    def __init__(self, box):
        self.plan = DemoPlan(box)
        self.feed = box.feed(self.plan)
        self.daemon = box.daemon(self.plan, "2026-05-07T07:00")
        self.daemon.tell("meeting", "RS", STEWARD, **{"from": "2026-05-26", "until": "2026-05-27"})
        self.daemon.until("2026-05-07T09:00")
        self.browser = box.keep(Browser(box.folder))

    def follow(self, person, **window):
        """The page behind the button of their newest mail, on a phone; the button itself is pressed once."""
        page = self.browser.page(**{"width": 360, **window})
        (link,) = {link for link in Seen(self.plan.smtp.to(person)[-1].html).links
                   if link.startswith(f"{self.plan.url}/a/")}
        page.open(link)
        return page

    def said(self, measure, count):
        """The statuses of the measure that have been accepted, when there are so many."""
        def have():
            return [event for event in self.feed.of("status") if event["subject"] == measure]
        wait_for(lambda: len(have()) >= count, f"{count} statuses of {measure}")
        self.daemon.settle()
        assert len(have()) == count, have()
        return have()


def from_the_mail_to_the_receipt(box, javascript=False):
    world = World(box)
    page = world.browser.page(width=360, javascript=javascript)
    page.show(world.plan.smtp.to("chef-bild")[-1].html)
    page.click(role="link", name="Svara")
    assert page.status() == 200, page.words()
    for words in ("Egen granskning av bilder i stället för köpt", "(HSN-07)", "Svara senast",
                  "onsdag 13 maj", "RS 2026-04-22 § 58", "Regionstyrelsen"):
        assert words in page.words(), (words, page.words())
    page.sound()

    # A mistake: it is said at its field, and nothing typed is lost.
    note = "Två av fyra granskare är på plats.\nResten kommer i juni."
    page.check(label="Risk för avvikelse")
    page.fill(label="Kommentar (", value=note)
    page.fill(label="Prognos för helårseffekten", value="fem miljoner")
    page.click(role="button", name="Skicka svaret")
    assert "Något behöver rättas" in page.words(), page.words()
    assert page.checked(label="Risk för avvikelse")
    assert page.value(label="Kommentar (") == note
    assert page.value(label="Prognos för helårseffekten") == "fem miljoner"
    page.sound()
    page.click(css=".errors a")
    assert page.focus()["name"].startswith("forecast."), page.focus()
    assert not world.feed.of("status")

    page.fill(label="Prognos för helårseffekten", value="5,25 mnkr")
    page.fill(label="Hur stor del är genomförd?", value="20 %")
    page.click(role="button", name="Skicka svaret")
    assert "Tack, svaret är registrerat" in page.words(), page.words()
    for words in ("Risk för avvikelse", "20 procent", "5 250 000 kr", "Resten kommer i juni.",
                  "torsdag 7 maj"):
        assert words.lower() in page.words().lower(), (words, page.words())
    page.sound()
    (said,) = world.said("HSN-07", 1)
    assert said["source"] == "/people/chef-bild", said
    assert said["data"] == {"status": "at-risk", "progress": 20, "effect_forecast": 5250000,
                            "note": note}, said
    assert world.daemon.obligation("RS-58", "HSN-07")["state"] == "answered"

    page.reload()
    assert "Tack, svaret är registrerat" in page.words(), page.words()
    world.said("HSN-07", 1)

    # The answer is corrected, with the same link, for 24 hours.
    page = world.follow("chef-bild", javascript=javascript)
    page.click(text="Rätta svaret", exact=True)
    assert page.value(label="Kommentar (") == note
    page.fill(label="Prognos för helårseffekten", value="5 000 000")
    page.click(role="button", name="Skicka det rättade svaret")
    assert "Det är den rättade versionen som gäller" in page.words(), page.words()
    assert "5 000 000 kr" in page.words(), page.words()
    assert "5 250 000" not in page.words(), page.words()
    page.sound()
    said = world.said("HSN-07", 2)[-1]
    assert said["data"]["effect_forecast"] == 5000000 and said["data"]["note"] == note, said
    world.daemon.until("2026-05-08T08:59")
    page.reload()
    assert page.count(text="Rätta svaret", exact=True), page.words()
    world.daemon.until("2026-05-08T09:01")
    page.reload()
    assert "Svaret kan inte längre rättas här" in page.words(), page.words()
    assert not page.count(role="button"), page.words()
    page.sound()


def the_same_with_javascript(box):
    from_the_mail_to_the_receipt(box, javascript=True)


def sent_twice_counts_once(box):
    """A button that is pressed twice; the same form that comes again, as after a broken connection."""
    world = World(box)
    page = world.follow("chef-bild")
    form = {name: page.value(css=f'form#answer [name="{name}"]')
            for name in ("action", "item.1", "event.1")}
    page.check(label="Enligt plan")
    page.fill(label="Prognos för helårseffekten", value="6000000")
    page.twice(role="button", name="Skicka svaret")
    wait_for(lambda: "Tack, svaret är registrerat" in page.words(), "the receipt")
    world.said("HSN-07", 1)
    page.reload()
    assert "Tack, svaret är registrerat" in page.words(), page.words()
    assert "Det är den rättade versionen" not in page.words(), page.words()

    form |= {"status.1": "on-track", "forecast.1": "6000000"}
    for _ in range(2):
        with urlopen(page.url(), urlencode(form).encode(), timeout=60) as receipt:
            assert "Tack, svaret är registrerat" in receipt.read().decode()
    world.said("HSN-07", 1)


def later_away_and_not_mine(box):
    """What can be said in place of an answer, each a receipt of its own; the obligation stays."""
    world = World(box)
    page = world.follow("chef-bild")
    page.click(text="Jag svarar senare")
    page.fill(label="Jag svarar senast", value="2026-05-12")
    page.sound()
    page.click(role="button", name="Meddela")
    assert "Ditt besked är registrerat" in page.words() and "12 maj" in page.words(), page.words()
    page.sound()
    page = world.follow("chef-kirurgi")
    page.click(text="Jag är borta")
    page.fill(label="Borta från i dag till och med", value="2026-05-08")
    page.click(css="details[open] button")
    assert "Din frånvaro är registrerad" in page.words(), page.words()
    page.sound()
    page = world.follow("chef-psykiatri")
    page.click(text="Det här är inte min uppgift")
    page.fill(label="Vem ska svara i stället?", value="Fråga chefen för medicin.")
    page.click(css="details[open] button")
    assert "Ditt besked är registrerat" in page.words(), page.words()
    page.sound()
    world.daemon.settle()
    for measure in ("HSN-05", "HSN-06", "HSN-07"):
        assert world.daemon.obligation("RS-58", measure)["state"] == "open", measure
    told = [mail for mail in world.plan.smtp.mails if "HSN-06" in mail.subject + mail.text
            and mail.person.startswith("stod-")]
    assert len(told) == 4 and all("Fråga chefen" in mail.text for mail in told), told


def handed_over_from_the_mail(box):
    """A deliverable's form takes its reference."""
    world = World(box)
    page = world.follow("ekonomichef")
    page.sound()
    page.click(role="button", name="Skicka svaret")
    assert "Ange paragraf eller diarienummer" in page.words(), page.words()
    page.fill(label="Paragraf eller diarienummer", value="HSN 2026/0163")
    page.click(role="button", name="Skicka svaret")
    assert "HSN 2026/0163" in page.words(), page.words()
    page.sound()
    assert world.daemon.obligation("T1-2026")["state"] == "answered"


def links_that_lead_nowhere(box):
    world = World(box)
    forged = world.browser.page()
    link = world.follow("chef-kirurgi").url()
    front, _, token = link.rpartition("/")
    signed = b64decode(token + "=" * (-len(token) % 4), b"-_")
    faces = []
    for url in (f"{front}/{'B' if token[0] != 'B' else 'C'}{token[1:]}",
                # Somebody else's, and one that never ends, under a signature that was good.
                *(f"{front}/{b64encode(signed.replace(old, new), b'-_').decode().rstrip('=')}"
                  for old, new in ((b"chef-kirurgi", b"chef-bild"), (b"HSN-05", b"HSN-07"),
                                   (b"/2026-", b"/2036-"))),
                link[:-1], link + "A", world.plan.url + "/a/hej", world.plan.url + "/mine/" + token,
                world.plan.url + "/finns-inte"):
        forged.open(url)
        assert (forged.status(), "Sidan finns inte" in forged.words()) == (404, True), url
        faces.append(forged.source())
    assert len(set(faces)) == 1, "what is forged looks unlike what is unknown"
    forged.sound()

    # Given to somebody else; and what no longer needs an answer.
    theirs, late = world.follow("chef-psykiatri"), world.follow("chef-bild")
    world.daemon.tell("assign", "HSN-06", STEWARD, owner="chef-akut")
    theirs.reload()
    assert "Uppgiften är inte längre din" in theirs.words(), theirs.words()
    theirs.sound()
    late.check(label="Enligt plan")
    late.fill(label="Prognos för helårseffekten", value="6 mnkr")
    late.fill(label="Kommentar (", value="Skrivet förgäves.")
    world.daemon.tell("submit", "RS-58", "/people/hsn-presidium", reference="HSN 2026/0170")
    late.click(role="button", name="Skicka svaret")
    assert "Inget svar behövs längre" in late.words(), late.words()
    assert "Skrivet förgäves." in late.words(), "what was typed is lost"
    late.sound()
    assert not world.feed.of("status")

    # Thirty days after the papers date, 13 May.
    world.daemon.until("2026-06-12T12:00")
    late.open(link)
    assert "Länken har gått ut" not in late.words(), late.words()
    world.daemon.until("2026-06-13T12:00")
    late.open(link)
    assert late.status() == 410 and "Länken har gått ut" in late.words(), late.words()
    late.sound()


def with_the_keyboard_alone(box):
    """Everything is reached in the order it is read in, one sees where one is, and can send it."""
    world = World(box)
    page = world.follow("chef-bild", width=1000)
    stops = []
    for _ in range(40):
        page.press(key="Tab")
        at = page.focus()
        if not at:
            break
        assert at["marked"], f"one can't see that the keyboard is at {at}"
        stops.append(at["name"].partition(".")[0] or at["text"])
    expected = ["status", "progress", "achieved", "forecast", "note"]
    assert [stop for stop in stops if stop in expected] == expected, stops
    sent = [at for at, stop in enumerate(stops) if stop == "Skicka svaret"]
    assert sent and sent[0] > stops.index("note"), stops

    page.reload()
    while (page.focus() or {}).get("name", "").partition(".")[0] != "status":
        page.press(key="Tab")
    page.press(key=" ")
    page.press(key="ArrowDown")
    assert page.focus()["value"] == "at-risk", page.focus()
    while page.focus()["name"].partition(".")[0] != "forecast":
        page.press(key="Tab")
    page.type(text="6 mnkr")
    while page.focus()["text"] != "Skicka svaret":
        page.press(key="Tab")
    page.enter()
    wait_for(lambda: "Tack, svaret är registrerat" in page.words(), "the receipt")


# What the others do is asked without a browser in every run, by answer_page.
run(from_the_mail_to_the_receipt, sent_twice_counts_once, with_the_keyboard_alone,
    long=(the_same_with_javascript, later_away_and_not_mine, handed_over_from_the_mail, links_that_lead_nowhere))
