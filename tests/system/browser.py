# SPDX-License-Identifier: Apache-2.0
"""A real browser, Debian's Chromium, for the system tests that look at mails and pages.

    browser = box.keep(Browser(box.folder))
    page = browser.page(width=360)
    page.show(mail.html)                # a mail as a reader of mail shows it
    page.click(role="link", name="Svara")
    page.sound()                        # WCAG, valid HTML, nothing to scroll sideways for

It is closed with the box, and then whatever it complained of on the way fails the test.
"""
import json
import os
import selectors
import shutil
import subprocess

from harness import ROOT, Skip

PATIENCE = 120  # seconds for one answer: the machine may be busy with other tests


class Page:
    """One window. What is on it is found as a reader would say it: label=…, role=…, name=…, text=…
    (css=… where none of them serves)."""

    def __init__(self, browser, number):
        self.browser, self.number = browser, number

    def __getattr__(self, verb):
        """Each verb of tests/browser/driver.mjs: page.click(role="button", name="Skicka")."""
        return lambda **what: self.browser.ask(verb, page=self.number, **what)

    def open(self, url):
        return self.browser.ask("open", page=self.number, url=url)

    def show(self, html):
        """A mail's HTML part, from a file."""
        self.html = html
        path = self.browser.folder / f"mail-{self.number}.html"
        path.write_text(html, encoding="utf-8")
        self.open(path.as_uri())

    def words(self):
        """What a reader sees, in one line."""
        return " ".join(self.text().split())

    def faults(self, mail=False):
        """All that is wrong with what is shown, at this width and in these colours."""
        source = self.html if mail else self.source()
        return [*(f"WCAG: {each}" for each in self.axe()),
                *(f"HTML: {each}" for each in self.browser.validate(source, mail)),
                *(f"sideways: {each}" for each in self.sideways()),
                *(f"complaint: {each}" for each in self.complaints())]

    def sound(self, mail=False):
        faults = self.faults(mail)
        assert not faults, "\n".join([self.url(), *faults])


class Browser:
    def __init__(self, folder):
        if not shutil.which("chromium"):
            raise Skip("chromium is not installed: tests/prepare test")
        done = subprocess.run([ROOT / "tests/browser/prepare"], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        self.silent = False
        self.folder, self.pages = folder / "browser", []
        self.folder.mkdir()
        # What it writes into a home goes with the box; Debian's start script reads this.
        environment = {**os.environ, "HOME": str(self.folder), "TMPDIR": str(self.folder),
                       "XDG_CONFIG_HOME": str(self.folder), "XDG_CACHE_HOME": str(self.folder)}
        self.errors = (self.folder / "errors").open("w+")
        self.process = subprocess.Popen(
            ["node", ROOT / "tests/browser/driver.mjs"], stdin=subprocess.PIPE, text=True,
            stdout=subprocess.PIPE, stderr=self.errors, env=environment, bufsize=1)
        self.answers = selectors.DefaultSelector()
        self.answers.register(self.process.stdout, selectors.EVENT_READ)

    def ask(self, verb, **what):
        try:
            self.process.stdin.write(json.dumps({"do": verb, **what}) + "\n")
        except BrokenPipeError:
            raise AssertionError(f"the browser has ended: {self.last_words()}") from None
        self.silent = not self.answers.select(PATIENCE)
        assert not self.silent, f"the browser has not answered {verb} {what}"
        line = self.process.stdout.readline()
        assert line, f"the browser has ended: {self.last_words()}"
        answer = json.loads(line)
        assert "fault" not in answer, f"{verb} {what}: {answer['fault']}"
        return answer["value"]

    def last_words(self):
        self.errors.seek(0)
        return self.errors.read()[-2000:]

    def page(self, **kind):
        """A window of its own, without cookies: width, height, dark, javascript, language, scale."""
        self.pages.append(Page(self, self.ask("page", **kind)))
        return self.pages[-1]

    def validate(self, html, mail=False):
        return self.ask("validate", html=html, **{"as": "mail" if mail else "page"})

    def stop(self):
        complaints = []
        try:
            if self.process.poll() is None and not self.silent:
                complaints = [each for page in self.pages for each in page.complaints()]
        finally:
            self.process.stdin.close()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()  # and Chromium ends when its pipe does
                self.process.wait()
            self.process.stdout.close()
            self.errors.close()
        assert not complaints, f"the browser complains: {complaints}"
