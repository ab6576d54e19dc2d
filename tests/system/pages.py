# SPDX-License-Identifier: Apache-2.0
"""Every page that somebody who was reminded can come to, in a real browser: for the test that looks at
each of them and for tests/browser/pictures."""
from browser import Browser
from gallery import STEWARD, DemoPlan, Seen

SEND = "form#answer button.main"


class Tour:
    """The demo's region in May. `visit(name, page)` is called where a page has been come to."""

    def __init__(self, box, language, visit, browser=None, **window):
        self.plan = DemoPlan(box, language)
        self.daemon = box.daemon(self.plan, "2026-05-07T07:00")
        self.daemon.tell("meeting", "RS", STEWARD, **{"from": "2026-05-26", "until": "2026-05-27"})
        self.daemon.until("2026-05-07T09:00")
        browser = browser or box.keep(Browser(box.folder))
        self.page = browser.page(language={"sv": "sv-SE", "en": "en-GB"}[language], **window)
        self.visit = visit

    def link(self, person):
        """The button's, of their newest mail that has one."""
        return [link for mail in self.plan.smtp.to(person) for link in Seen(mail.html).links
                if link.startswith(self.plan.url)][-1]

    def see(self, name):
        self.visit(name, self.page)

    def form_and_receipt(self):
        page = self.page
        page.open(self.link("chef-bild"))
        self.see("form")
        page.fill(css='[name^="progress."]', value="snart klart")
        page.fill(css='[name^="note."]', value="Två av fyra granskare är på plats.\nResten i juni.")
        page.click(css=SEND)
        self.see("form-mistakes")
        page.check(css='[value="at-risk"]')
        page.fill(css='[name^="progress."]', value="20 %")
        page.fill(css='[name^="achieved."]', value="800 tkr")
        page.fill(css='[name^="forecast."]', value="5 000 000")
        page.click(css='details:has([name^="support."]) > summary')
        page.fill(css='[name^="support."]', value="Hjälp att rekrytera två röntgenläkare.")
        page.click(css=SEND)
        self.see("receipt")
        page.click(css='[data-part="correct"] > summary')
        self.see("receipt-corrects")
        page.fill(css='[name^="forecast."]', value="4,5 mnkr")
        page.click(css=SEND)
        self.see("receipt-corrected")

    def instead(self):
        page = self.page
        for part, person, name, value in (("seen", "chef-service", "answer_by", "2026-05-12"),
                                          ("away", "chef-kirurgi", "until", "2026-05-12"),
                                          ("not-mine", "chef-psykiatri", "reason",
                                           "Fråga chefen för medicin.")):
            page.open(self.answer_link(person))
            page.click(css=f'[data-part="{part}"] > summary')
            page.fill(css=f'[name^="{name}."]', value=value)
            self.see(part)
            page.click(css=f'[data-part="{part}"] button')
            self.see(f"{part}-receipt")
            page.reload()
            self.see(f"{part}-again")

    def answer_link(self, person):
        """To one item: in the mail, or on the page of all that they owe."""
        link = self.link(person)
        if "/a/" in link:
            return link
        self.page.open(link)
        return self.plan.url + self.page.href(css='details a[href*="/a/"]').removeprefix(self.plan.url)

    def deliverable(self):
        self.page.open(self.link("ekonomichef"))
        self.see("deliverable")
        self.page.fill(css='[name^="reference."]', value="HSN 2026/0163")
        self.page.click(css=SEND)
        self.see("deliverable-receipt")

    def ended(self):
        page = self.page
        theirs, withdrawn = self.answer_link("chef-medicin"), self.answer_link("chef-lakemedel")
        self.daemon.tell("assign", "HSN-03", STEWARD, owner="chef-akut")
        page.open(theirs)
        self.see("not-theirs")
        self.daemon.tell("submit", "RS-58", "/people/hsn-presidium", reference="HSN 2026/0170")
        page.open(withdrawn)
        self.see("handed-over")
        page.open(self.plan.url + "/a/finns-inte")
        self.see("not-found")

    def all_at_once(self):
        page = self.page
        self.daemon.until("2026-05-15T09:00")
        page.open(self.link("stabschef"))
        self.see("mine")
        for item, progress in (("SBN-01", "60"), ("SBN-02", "sextio")):
            form = f'details[data-item="{item}"]'
            if not page.count(css=f"{form}[open]"):
                page.click(css=f"{form} > summary")
            page.check(css=f'{form} [value="on-track"]')
            for name, value in (("progress", progress), ("forecast", "800 tkr"), ("note", "Går bra.")):
                page.fill(css=f'{form} [name^="{name}."]', value=value)
        self.see("mine-filled")
        page.click(css='[data-part="send-all"]')
        self.see("mine-mistakes")
        page.fill(css='details[data-item="SBN-02"] [name^="progress."]', value="40")
        page.click(css='[data-part="send-all"]')
        self.see("mine-receipts")
        self.daemon.tell("submit", "SBN-UPP", "/people/stabschef", reference="SBN 2026/0011")
        self.daemon.until("2026-05-18T09:00")
        page.reload()
        self.see("mine-nothing")

    def expired(self):
        link = self.link("chef-bild")
        self.daemon.until("2026-05-11T09:00")
        self.page.open(link)
        self.see("receipt-stands")
        return link

    def go(self):
        self.form_and_receipt()
        self.instead()
        self.deliverable()
        link = self.expired()
        self.ended()
        self.all_at_once()
        self.daemon.until("2026-08-01T09:00")
        self.page.open(link)
        self.see("expired")
