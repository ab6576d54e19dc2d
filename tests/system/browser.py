# SPDX-License-Identifier: Apache-2.0
"""A real browser, Debian's Chromium, for the system tests that look at mails and pages.

    browser = box.keep(Browser(box.folder))
    page = browser.page(width=360)
    page.show(mail.html)                # a mail as a reader of mail shows it
    page.click(role="link", name="Svara")
    page.sound()                        # WCAG, valid HTML, nothing to scroll sideways for

Its windows are closed with the box, and then whatever it complained of on the way fails the test; itself it
serves all the tests of a file.
"""
import atexit
import contextlib
import json
import os
import selectors
import shutil
import subprocess
import tempfile

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
        return [*(["it has a script, which not every reader's browser runs"] if "<script" in source else ()),
                *(f"WCAG: {each}" for each in self.axe()),
                *(f"HTML: {each}" for each in self.browser.validate(source, mail)),
                *(f"sideways: {each}" for each in self.sideways()),
                *(f"complaint: {each}" for each in self.complaints())]

    def sound(self, mail=False):
        faults = self.faults(mail)
        assert not faults, "\n".join([self.url(), *faults])


class Driver:
    """tests/browser/driver.mjs with its Chromium: started for the first window, and for all the tests of a file."""
    running = None

    def __init__(self):
        if not shutil.which("chromium"):
            raise Skip("chromium is not installed: tests/prepare test")
        done = subprocess.run([ROOT / "tests/browser/prepare"], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        self.folder = tempfile.mkdtemp(prefix="paminn-browser-")
        # What it writes into a home goes with it; Debian's start script reads this.
        environment = {**os.environ, "HOME": self.folder, "TMPDIR": self.folder,
                       "XDG_CONFIG_HOME": self.folder, "XDG_CACHE_HOME": self.folder}
        self.errors = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            ["node", ROOT / "tests/browser/driver.mjs"], stdin=subprocess.PIPE, text=True,
            stdout=subprocess.PIPE, stderr=self.errors, env=environment, bufsize=1)
        self.answers = selectors.DefaultSelector()
        self.answers.register(self.process.stdout, selectors.EVENT_READ)

    @classmethod
    def of_this_file(cls):
        if not cls.running:
            cls.running = cls()
        return cls.running

    @classmethod
    def end(cls):
        if cls.running:
            cls.running.stop()
            cls.running = None

    def ask(self, verb, **what):
        try:
            self.process.stdin.write(json.dumps({"do": verb, **what}) + "\n")
        except BrokenPipeError:
            raise AssertionError(self.lost("the browser has ended")) from None
        if not self.answers.select(PATIENCE):
            raise AssertionError(self.lost(f"the browser has not answered {verb} {what}"))
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError(self.lost("the browser has ended"))
        answer = json.loads(line)
        assert "fault" not in answer, f"{verb} {what}: {answer['fault']}"
        return answer["value"]

    def lost(self, how):
        """Its last words; the next test gets another."""
        Driver.running = None
        self.process.kill()
        self.errors.seek(0)
        words = self.errors.read()[-2000:]
        self.stop()
        return f"{how}: {words}"

    def stop(self):
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()  # and Chromium ends when its pipe does
            self.process.wait()
        self.process.stdout.close()
        self.errors.close()
        shutil.rmtree(self.folder, ignore_errors=True)


atexit.register(Driver.end)


class Browser:
    """The windows of one test."""

    def __init__(self, folder):
        self.driver = Driver.of_this_file()
        self.folder, self.pages = folder / "browser", []
        self.folder.mkdir()

    def ask(self, verb, **what):
        return self.driver.ask(verb, **what)

    def page(self, **kind):
        """A window of its own, without cookies: width, height, dark, javascript, language, scale."""
        self.pages.append(Page(self, self.ask("page", **kind)))
        return self.pages[-1]

    def validate(self, html, mail=False):
        return self.ask("validate", html=html, **{"as": "mail" if mail else "page"})

    def stop(self):
        if self.driver is not Driver.running:
            return  # it was lost, which has been told
        complaints = [each for page in self.pages for each in page.complaints()]
        for page in self.pages:
            page.close()
        assert not complaints, f"the browser complains: {complaints}"
