#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""`paminn link`: the address of a page, for a steward who is asked for one; and web in a reload."""
import shutil

from harness import ROOT, run

ELSEWHERE = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWZ=\n"


def start(box, clock="2026-05-04T12:00"):
    plan = box.plan()
    box.smtp(plan)
    url = box.web(plan)
    plan.people["anna"]["deputy"] = "bo"
    return plan, url, box.daemon(plan, clock)


def each_page_has_its_address(box):
    _, url, daemon = start(box)
    for arguments, prefix, until, suffix in (
            (("a", "anna", "TN-1"), "/a/", "2026-06-14", ""),
            (("a", "bo", "TN-1"), "/a/", "2026-06-14", ""),  # her deputy may answer it too
            (("a", "anna", "KS-1"), "/a/", "2026-06-14", ""),
            (("a", "ola", "KS-1"), "/a/", "2026-06-14", ""),
            (("mine", "anna"), "/mine/", "2026-06-14", ""),
            (("calendar", "anna"), "/calendar/", "2028-05-03", ".ics"),
            (("calendar", "KS"), "/calendar/", "2028-05-03", ".ics"),
            (("board", "ola"), "/board/", "2027-06-08", "")):
        row = daemon.client("link", *arguments)
        assert row["url"].startswith(url + prefix) and row["url"].endswith(suffix), row
        assert row["until"] == until, row
        assert daemon.client("link", *arguments, text=True) == row["url"] + "\n"
        assert daemon.client("link", *arguments) == row, "the same link has the same address"
        token = row["url"].removeprefix(url + prefix).removesuffix(suffix)
        assert len(token) > 40 and token not in daemon.log_text()
    row = daemon.client("link", "a", "ola", "KS-1")
    assert row["deadline"] == "KS-1" and "measure" not in row, row
    urls = {daemon.client("link", *each)["url"] for each in (
        ("a", "anna", "TN-1"), ("a", "bo", "TN-1"), ("a", "bo", "TN-2"), ("a", "ola", "KS-1"))}
    assert len(urls) == 4, urls


def who_stands_in_has_a_link_while_they_do(box):
    _, _, daemon = start(box)
    daemon.client("link", "a", "mona", "TN-2", code=65, text=True)
    daemon.tell("absence", "bo", **{"from": "2026-05-04", "until": "2026-05-05"}, deputy="mona")
    assert daemon.client("link", "a", "mona", "TN-2")["measure"] == "TN-2"
    daemon.until("2026-05-06T12:00")
    daemon.client("link", "a", "mona", "TN-2", code=65, text=True)


def what_has_none_is_a_sentence(box):
    _, _, daemon = start(box)
    for arguments, sentence in (
            (("a", "nemo", "TN-1"), "there is no person nemo in the plan: check the id"),
            (("a", "KS", "TN-1"), "there is no person KS in the plan"),
            (("calendar", "nemo"), "there is no person or body nemo in the plan"),
            (("a", "anna", "TN-9"), "there is no measure or deadline TN-9 in the plan"),
            (("a", "anna"), "a link to answer by needs ITEM"),
            (("a", "anna", "TN-2"), "TN-2 is not anna's to answer"),
            (("mine", "anna", "TN-1"), "a link to mine takes no ITEM"),
            (("mine", "reg"), "reg owes nothing now"),
            (("board", "KS"), "there is no person KS in the plan"),
            (("board", "ola", "KS-1"), "a link to board takes no ITEM"),
            (("desk", "anna"), "there is no page desk: it is a, mine, calendar or board")):
        told = daemon.client("link", *arguments, code=65, text=True)
        assert sentence in told, (arguments, told)
    daemon.tell("status", "TN-1", status="done")
    told = daemon.client("link", "a", "anna", "TN-1", code=65, text=True)
    assert "nobody is asked about TN-1 now" in told, told
    daemon.until("2026-06-14T12:00")
    assert daemon.client("link", "a", "bo", "TN-2")["until"] == "2026-06-14"
    daemon.until("2026-06-15T12:00")
    told = daemon.client("link", "a", "bo", "TN-2", code=65, text=True)
    assert "the link stopped working on 2026-06-15, 30 days after the last day" in told, told


def without_web_there_are_none(box):
    plan = box.plan()
    box.smtp(plan)
    daemon = box.daemon(plan, "2026-05-04T12:00")
    told = daemon.client("link", "mine", "anna", code=65, text=True)
    assert "there are no pages: paminnd.conf has no web" in told, told
    url = box.web(plan)
    plan.write()
    daemon.client("reload")
    assert daemon.client("link", "mine", "anna")["url"].startswith(url + "/mine/")
    del plan.settings["web"]
    plan.write()
    daemon.client("reload")
    daemon.client("link", "mine", "anna", code=65, text=True)


def another_secret_makes_other_links(box):
    """Taken up by a reload; a file that can't be used changes nothing, and says why."""
    plan, _, daemon = start(box)
    before = daemon.client("link", "mine", "anna")["url"]
    secret = box.folder / "web.secret"
    secret.write_text(ELSEWHERE)
    daemon.client("reload")
    after = daemon.client("link", "mine", "anna")["url"]
    assert after != before
    daemon.expect("not reloaded", "secret_file")
    secret.write_text("short\n")
    told = daemon.client("reload", code=65, text=True)
    assert "holds fewer than 32 bytes: make it with openssl rand -base64 32" in told, told
    assert daemon.client("link", "mine", "anna")["url"] == after
    for each in (before, after):
        assert each.rpartition("/")[2] not in daemon.log_text()


def a_template_has_the_same_link(box):
    """What {{link}} and {{mine}} give in a mail is what `paminn link` prints; nobody else's, and none in
    what is posted to a channel."""
    plan = box.plan()
    box.smtp(plan)
    box.web(plan)
    shutil.copytree(ROOT / "conf/templates", box.folder / "templates")
    plan.settings["templates"] = str(box.folder / "templates")
    for part in ("txt", "html"):
        with (box.folder / f"templates/sv/reminder.{part}").open("a", encoding="utf-8") as file:
            file.write("{{#items}}\n    own {{id}} {{#link}}{{link}}{{/link}} .\n{{/items}}\n"
                       "    all {{#mine}}{{mine}}{{/mine}} .\n")
    plan.measures["TN-2"]["owner"] = "anna"
    daemon = box.daemon(plan, "2026-04-30T07:00")
    lines = [f"own {item} {daemon.client('link', 'a', 'anna', item)['url']} ."
             for item in ("TN-1", "TN-2")]
    lines.append(f"all {daemon.client('link', 'mine', 'anna')['url']} .")

    def part(name, *options):
        return daemon.client("preview", "reminder", "--part", name, *options)["text"]
    for name in ("text", "html"):
        told = part(name, "--person", "anna")
        assert all(line in told for line in lines), (lines, told)
    told = part("text", "--person", "anna", "--item", "TN-1")
    assert lines[0] in told and "    all  .\n" in told, told
    for name in ("webhook", "card"):
        assert "http" not in part(name, "--person", "anna").replace("http://adaptivecards", "")
    daemon.until("2026-04-30T12:00")
    (mail,) = [each for each in box.things[0].mails if each.person == "anna"]
    assert all(line in mail.text for line in lines), mail.text
    for line in lines:
        assert line.split()[-2].rpartition("/")[2] not in daemon.log_text()


run(each_page_has_its_address, who_stands_in_has_a_link_while_they_do, what_has_none_is_a_sentence, without_web_there_are_none,
    another_secret_makes_other_links, a_template_has_the_same_link)
