#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The whole desk with one daemon, for a steward who reads English: every page, each of the sixteen acts from the fields
of its own form to what it did, and what is sent to it by others is refused and counted."""
import re
import sqlite3
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

from desk import Act, DeskForm, SignedIn, words
from harness import run
from web import Web

PAGES = ("", "/items", "/items?group=owner", "/items?group=state&show=all", "/items?search=nothing",
         "/item?item=TN-1", "/item?item=KS-1", "/item?item=KS", "/item?item=anna", "/item?item=U-1", "/outbox",
         "/outbox?state=held", "/message?id=1", "/hold", "/forecast?month=2026-05",
         "/forecast?month=2026-05&view=calendar", "/calendar?year=2026", "/people", "/meetings", "/requests",
         "/do?act=assign")
# Words that Swedish sentences have and English ones have not; the plan of this test has neither them nor å, ä, ö.
SWEDISH = re.compile("[åäöÅÄÖ]|\\b(och|att|som|till|inte|av|den|det|med|finns|visa|svar|utskick|kl|ingen|inga|dag|"
                     "ansvarig|beslut|organ|sammantr|senast|idag|ny|ja|nej|ej|om)\\b", re.I)


def plan_in_english(box):
    plan = box.plan()
    for items, names in ((plan.people, {"stina": "Stina Support"}),
                         (plan.bodies, {"KS": "Executive Board", "TN": "Technical Committee"})):
        for key, name in names.items():
            items[key]["name"] = name
    for items, titles in ((plan.measures, {"TN-1": "Fewer temps", "TN-2": "Shared operations"}),
                          (plan.deadlines, {"KS-1": "Report on the action plan"})):
        for key, title in titles.items():
            items[key]["title"] = title
    plan.settings["mail"]["from"] = "Paminn <paminn@kommunen.internal>"
    plan.people["stina"]["language"] = "en"
    plan.add("assignments", "U-1", title="Balance the budget", decision="KS 2026-01-20", given_by="KS", given_to="TN")
    plan.measures["TN-2"].update(assignment="U-1", closing="body")
    return plan


def english(answer):
    """What is said on the page, its title and what is only heard of it too; but for what is marked as Swedish, as a
    mail to another reader is."""
    source = answer.text
    assert '<html lang="en"' in source, source[:200]
    source = re.sub("<style>.*?</style>", "", source, flags=re.S)
    source = re.sub(r'<p[^>]* lang="sv">.*?</p>', "", source, flags=re.S).replace("Påminn", "").replace("paminn", "")
    said = " ".join([*re.findall(r'(?:aria-label|title|placeholder)="([^"]*)"', source), re.sub("<[^>]+>", " ", source)])
    assert not SWEDISH.search(said), (SWEDISH.findall(said), said)
    return answer


def acted(who, act, item, /, **fields):
    """From the form, with what it has fields for, over what would follow to what was done."""
    one = Act(who, act, item)
    english(one.answer)
    for name in fields:
        assert f'name="{name}.1"' in one.answer.text, (act, name)
    one.check(**fields)
    english(one.answer)
    one.go()
    english(one.answer)
    return one


def decide_requests(who, act, **fields):
    """On the list of those who ask for more time."""
    one = DeskForm(who, "/desk/requests")
    english(one.answer)
    picks = dict(re.findall(r'name="(pick\.\d+)" value="([^"]+)"', one.answer.text))
    assert len(picks) == 1, picks
    one.send({**one.hidden(), "act": act, "step": "check", **picks,
              **{f"{name}.1": value for name, value in fields.items()}}, 200)
    english(one.answer)
    english(one.go().answer)


def shown(web, item):
    return web.daemon.query("show", item=item)[0]


def owed(web, measure):
    (row,) = [row for row in web.daemon.query("list", deadline="KS-1", all=True) if row["measure"] == measure]
    return row


def measures_are_acted_on(web, stina):
    acted(stina, "extend", "TN-1", deadline="KS-1", due="2026-05-20", decision="KS 2026/1", why="New reviewer.")
    assert owed(web, "TN-1")["papers"] == "2026-05-20", owed(web, "TN-1")
    acted(stina, "status", "TN-1", status="at-risk", progress="40", forecast="800000", note="Late.")
    told = shown(web, "TN-1")
    assert (told["status"], told["progress"], told["effect_forecast"]) == ("at-risk", 40, 800000), told
    acted(stina, "note", "TN-1", note="Call on Monday.")
    assert "Call on Monday." in str(shown(web, "TN-1")) or "Call on Monday." in words(
        stina.get("/desk/item?item=TN-1").text)
    for act, by, due in (("grant", {"decision": "KS 2026/2"}, "2026-05-21"), ("deny", {"why": "Too late."}, "2026-05-25")):
        acted(stina, "request", "TN-2", deadline="KS-1", due=due, why="Two are ill.")
        (asked,) = web.daemon.query("requests")
        assert (asked["measure"], asked["due"]) == ("TN-2", due), asked
        decide_requests(stina, act, **by)
        assert web.daemon.query("requests") == [] and owed(web, "TN-2")["papers"] == "2026-05-21", owed(web, "TN-2")
    acted(stina, "close", "TN-2", **{"as": "done"}, decision="KS 2026/3")
    closed = shown(web, "TN-2")
    assert "KS 2026/3" in str(closed), closed


def people_and_meetings_are_acted_on(web, stina):
    acted(stina, "absence", "anna", **{"from": "2026-05-14"}, last="2026-05-18", deputy="bo")
    (away,) = web.daemon.query("absences")
    assert (away["person"], away["deputy"]) == ("anna", "bo"), away
    acted(stina, "back", "anna", absence="2026-05-14/2026-05-18")
    assert web.daemon.query("absences") == []
    acted(stina, "meeting", "KS", replaces="2026-05-26", **{"from": "2026-06-02"})
    assert owed(web, None)["due"] == "2026-06-02"
    acted(stina, "call-off", "KS", replaces="2026-06-02")
    assert owed(web, None)["due"] == "2026-05-29", "the last working day of the month until a day is known"
    acted(stina, "assign", "TN-1", owner="mona")
    assert shown(web, "TN-1")["owner"] == "mona", shown(web, "TN-1")


def the_paper_is_acted_on(web, stina):
    acted(stina, "proposal", "KS-1", text="The board decides to note it.")
    assert web.daemon.client("report", "KS-1", "--format", "json")["proposal"] == "The board decides to note it."
    acted(stina, "submit", "KS-1", reference="TN 2026/4")
    assert owed(web, None)["state"] == "answered", owed(web, None)
    one = acted(stina, "outcome", "KS-1", outcome="noted", decision="KS 2026/5")
    assert shown(web, "KS-1")["outcome"]["reference"] == "KS 2026/5", shown(web, "KS-1")
    undo = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', one.answer.text.partition("<main")[2]))
    one.send({**undo, "step": "check"}, 200)
    english(one.answer)
    english(one.go().answer)
    assert shown(web, "KS-1")["outcome"] is None and shown(web, "KS-1")["submitted"], shown(web, "KS-1")


def forged(web, stina, held):
    """Of each thing that can be sent: without our token, with another session's, with one of a session that has ended,
    from another site."""
    other, left = SignedIn(web, "stina"), SignedIn(web, "stina")
    theirs, over = other.form_token(), left.form_token()
    assert left.post("/out", {}).status == 303
    act = Act(stina, "assign", "TN-1").check(owner="bo")
    confirm = {name: value for name, value in {**act.hidden(), "step": "do"}.items() if name != "token"}
    good = stina.form_token()
    for path, fields in (("/desk/do", confirm), ("/desk/do", {"act": "undo", "item": "TN-1", "step": "do",
                                                              "event.1": confirm["event.1"], "seq.1": "1"}),
                         ("/desk/hold", {"on": "yes"}), ("/desk/outbox", {"retry": held}),
                         ("/desk/outbox", {"drop": held}), ("/out", {})):
        def send(who, token, *headers):
            body = urllib.parse.urlencode({**({"token": token} if token else {}), **fields})
            answer = web.post(path, body, who.cookie, *headers)
            assert answer.status == 403, (path, fields, token, headers, answer.raw[:300])
        for token in (None, theirs, over, "A" * 43, stina.token):
            send(stina, token)
        for header in ("Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site",
                       "Origin: https://evil.internal"):
            send(stina, good, header)
        send(left, over)
        send(left, good)
    assert owed(web, "TN-1")["owner"] == "anna" and web.daemon.client("whoami")["hold"] is False
    assert web.daemon.client("outbox", "show", held)["state"] == "failed", "neither tried again nor dropped"
    assert stina.get("/desk").status == other.get("/desk").status == 200
    assert web.daemon.query("acts") == [], "nothing was done"


def sent_twice_counts_once(web, stina):
    act = Act(stina, "assign", "TN-1").check(owner="bo").go()
    again = web.post("/desk/do", act.sent, stina.cookie)
    assert (again.status, again.headers["location"]) == (303, act.done), again.raw
    with sqlite3.connect(web.daemon.folder / "paminn.db", timeout=30) as store:
        assert store.execute("SELECT count(*) FROM event WHERE type = 'paminn.assign'").fetchall() == [(1,)]
    store.close()
    Act(stina, "assign", "TN-1").check(owner="anna").go()


def sent_by_many_at_once_counts_once(web, stina):
    """More than are looked at together: some find that it has been recorded when they begin, others when they end."""
    act = Act(stina, "note", "TN-2").check(note="Once.")
    body = urllib.parse.urlencode({**act.hidden(), "step": "do"})
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: web.post("/desk/do", body, stina.cookie), range(8)))
    assert {answer.status for answer in answers} == {303}, [answer.status for answer in answers]
    assert len({answer.headers["location"] for answer in answers}) == 1
    with sqlite3.connect(web.daemon.folder / "paminn.db", timeout=30) as store:
        assert store.execute("SELECT count(*) FROM event WHERE type = 'paminn.note'").fetchall() == [(1,)]
    store.close()


def is_logged(web, clause):
    """The first at once, the others with the next after ten seconds: as many as they were (unit/refusal_send)."""
    return bool(web.daemon.logged(rf"web: 127\.0\.0\.1 was refused: {clause}$"))


def the_whole_desk(box):
    web = Web(box, "2026-05-04T07:00", plan_in_english(box))
    web.sink.rcpt["bo"] = "550 5.1.1 unknown"
    web.daemon.until("2026-05-12T18:00")  # what is brought about leaves in the morning
    stina = SignedIn(web, "stina")
    held = [row["id"] for row in web.daemon.query("outbox") if row["state"] == "failed"][0]
    forged(web, stina, held)
    for clause in ("its form is not one of ours, or of another site", "its form is of who is signed in, and nobody is"):
        assert is_logged(web, clause), clause
    for path in PAGES:
        answer = stina.get("/desk" + path)
        assert answer.status == 200, (path, answer.raw[:300])
        english(answer)
    english(stina.get("/board?of=KS-1"))
    sent_twice_counts_once(web, stina)
    sent_by_many_at_once_counts_once(web, stina)
    measures_are_acted_on(web, stina)
    people_and_meetings_are_acted_on(web, stina)
    the_paper_is_acted_on(web, stina)
    for path in PAGES:
        english(stina.get("/desk" + path))


run(the_whole_desk)
