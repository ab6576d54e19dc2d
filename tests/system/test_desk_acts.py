#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What a steward does on the desk, by raw HTTP: each act from its form over what would follow to the log, and that
what was said would follow is what then does."""
import contextlib
import re
import sqlite3
import urllib.parse

from desk import Act, SignedIn, words
from harness import run
from web import Web


def start(box, instant="2026-05-12T09:00"):
    web = Web(box, instant)
    web.daemon.until(instant)
    return web, SignedIn(web, "stina")


def dates(web, item="KS-1", measure=None):
    (row,) = [each for each in web.daemon.query("list", deadline=item, all=True)
              if each["measure"] == measure]
    return row["due"], row["papers"], row["owner"]


def events(web, item):
    """Type and source of all that is in the log about it."""
    store = sqlite3.connect(web.daemon.folder / "paminn.db", timeout=30)
    with contextlib.closing(store):
        return store.execute("SELECT type, source FROM event WHERE subject = ? ORDER BY seq",
                             (item,)).fetchall()


def a_meeting_moves_after_what_it_moves_is_shown(box):
    web, stina = start(box)
    sent = len(web.sink.mails)
    act = Act(stina, "meeting", "KS").check(replaces="2026-05-26", **{"from": "2 juni"})
    assert "Anna Ek: sista dag fredag 22 maj 2026 (var fredag 15 maj 2026), sammanträde tisdag 2 juni" in \
        act.words and "besked om nytt datum till Registrator" in act.words, act.words
    web.daemon.settle()
    assert dates(web)[0] == "2026-05-26" and len(web.sink.mails) == sent, "only shown"
    act.step("change")
    assert 'value="2 juni"' in act.answer.text
    act.check(replaces="2026-05-26", **{"from": "2 juni"}).go()
    assert "Sammanträde registrerat" in act.words and "tisdag 2 juni 2026" in act.words, act.words
    assert dates(web)[0] == "2026-06-02"
    web.daemon.settle()
    told = sorted(mail.to for mail in web.sink.mails[sent:])
    assert [each.partition("@")[0] for each in told] == ["anna", "bo", "ola", "reg"], told
    # What was sent again is the event that it was.
    again = web.post("/desk/do", act.sent, stina.cookie)
    assert (again.status, again.headers["location"]) == (303, act.done), again.raw
    assert web.get(act.done, SignedIn(web, "stina").cookie).status == 200
    history = web.daemon.query("show", item="KS")[0]["meetings"]
    assert [each["from"] for each in history if each["state"] == "known"] == ["2026-06-02"], history

    act = Act(stina, "call-off", "KS").check(replaces="2026-06-02").go()
    assert "Sammanträde inställt" in act.words, act.words
    assert dates(web)[0] == "2026-05-29", "the last working day of the month until a day is known"


def an_assignment_that_moves_is_named(box):
    """Its answer is due at the meeting, too, and nobody owes it in its own name."""
    plan = box.plan()
    plan.add("assignments", "U-7", title="Korta vägen till specialist", given_by="KS", given_to="TN",
             answer_by="meeting KS 2026-05")
    web = Web(box, "2026-05-12T09:00", plan)
    web.daemon.until("2026-05-12T09:00")
    act = Act(SignedIn(web, "stina"), "meeting", "KS").check(replaces="2026-05-26", **{"from": "2 juni"})
    assert "Korta vägen till specialist (U-7) : tisdag 2 juni 2026 (var tisdag 26 maj 2026)" in act.words, \
        act.words


def an_extension_is_to_a_day_or_to_a_meeting(box):
    web, stina = start(box)
    act = Act(stina, "extend", "TN-1")
    assert 'value="KS-1" selected' in act.answer.text, "the one deadline that asks for it"
    act.check(422, deadline="KS-1")
    assert "Ange ett datum eller ett sammanträde" in act.words, act.words
    assert "Ange beslutets beteckning" in act.words, act.words
    act.check(422, deadline="KS-1", due="5/6", meeting="meeting KS 2026-09", decision="KS § 1")
    assert "Ange antingen ett datum eller ett sammanträde" in act.words, act.words
    act.check(422, deadline="KS-1", due="2026-05-01", decision="KS § 1")
    assert "Dagen har passerat" in act.words, act.words
    act.check(422, deadline="KS-1", due="14 maj", decision="KS § 1")
    assert "Ange ett datum efter den sista dag som gäller nu" in act.words, act.words
    assert 'lang="en"' not in act.answer.text and dates(web, measure="TN-1")[0] == "2026-05-26"
    act.check(deadline="KS-1", due="5 juni", decision="KS 2026/12", why="Ny <b>granskare</b>.")
    assert "Färre inhyrda (TN-1) , redovisas i Återredovisning av åtgärdsplan (KS-1), Anna Ek: " \
        "sista dag fredag 5 juni 2026 (var fredag 15 maj" in act.words, act.words
    assert "(KS-1), två arbetsdagar före sista dagen" in act.words, act.words
    assert "Ny <b>granskare</b>." in act.words, act.words
    act.go()
    assert dates(web, measure="TN-1")[1] == "2026-06-05" and dates(web)[1] == "2026-05-15"
    assert events(web, "TN-1") == [("paminn.extend", "/people/stina")], events(web, "TN-1")

    act = Act(stina, "extend", "KS-1").check(meeting="meeting KS 2026-10", decision="KS 2026/13")
    assert "sammanträdet i oktober 2026" in act.words or "oktober 2026" in act.words, act.words
    act.go()
    assert dates(web)[0].startswith("2026-10"), dates(web)


def somebody_is_away_and_a_measure_changes_hands(box):
    web, stina = start(box)
    act = Act(stina, "absence", "anna").check(422, **{"from": "14 maj", "last": "13 maj"})
    assert "Sista dagen är före den första" in act.words, act.words
    act.check(last="22 maj", deputy="bo", **{"from": "14 maj"})
    assert "Bo Alm (bo)" in act.words and "påminnelse till Bo Alm" in act.words, act.words
    act.go()
    assert web.daemon.query("show", item="anna"), "anna"
    sent = len(web.sink.mails)
    act = Act(stina, "assign", "TN-2").check(422)
    assert "Välj en ny ansvarig" in act.words, act.words
    act.check(422, owner="nobody")
    assert "Välj något av alternativen i listan" in act.words, act.words
    assert "is no person in the plan" not in act.words and 'lang="en"' not in act.answer.text
    act.check(owner="mona")
    assert "från Bo Alm till Mona Chef" in act.words, act.words
    assert "besked om ansvar till Mona Chef" in act.words, act.words
    act.go()
    web.daemon.settle()
    assert dates(web, measure="TN-2")[2] == "mona"
    assert {"bo@kommunen.internal", "mona@kommunen.internal"} == \
        {mail.to for mail in web.sink.mails[sent:]}, web.sink.mails[sent:]


def what_was_confirmed_is_what_was_shown(box):
    web, stina = start(box)
    act = Act(stina, "assign", "TN-1").check(owner="mona")
    web.daemon.tell("extend", "TN-1", deadline="KS-1", due="2026-06-05", reference="KS § 2")
    web.daemon.settle()
    act.step("do", 409)
    assert "Läget har ändrats" in act.words and dates(web, measure="TN-1")[2] == "anna", act.words
    act.go()
    assert dates(web, measure="TN-1")[2] == "mona"


def nobody_else_can_send_it(box):
    web, stina = start(box)
    anna = SignedIn(web, "anna")
    assert anna.get("/desk/do?act=assign&item=TN-1").status == 403
    for path in ("/desk/do", "/desk/do?act=fire&item=TN-1", "/desk/do?act=assign&item=KS-1",
                 "/desk/do?act=assign&item=TN-9", "/desk/do?act=assign&item=TN-1&x=1",
                 "/desk/done", "/desk/done?seq=0", "/desk/done?seq=1", "/desk/done?seq=99"):
        assert stina.get(path).status == 404, path
    act = Act(stina, "assign", "TN-1").check(owner="mona")
    act.step("do", 303)
    sent = act.sent.replace("owner.1=mona", "owner.1=bo")
    assert sent != act.sent
    token = re.compile(r"token=[^&]*&")
    for body, cookie, status in ((token.sub("", sent), stina.cookie, 403),
                                 (token.sub("token=" + "A" * 43 + "&", sent), stina.cookie, 403),
                                 (sent, anna.cookie, 403), (sent, "X: y", 403)):
        assert web.post("/desk/do", body, cookie).status == status, (body, cookie)
    assert web.post("/desk/do", sent, stina.cookie, "Origin: https://evil.internal",
                    "Sec-Fetch-Site: cross-site").status == 403
    assert web.post("/desk/do", sent + "&colour=red", stina.cookie).status == 400
    assert dates(web, measure="TN-1")[2] == "mona"
    # With sent words than were shown it is shown anew.
    assert web.post("/desk/do", sent, stina.cookie).status == 409
    assert dates(web, measure="TN-1")[2] == "mona"



def requests_are_granted_and_denied_several_at_once(box):
    web, stina = start(box)
    for item, by in (("TN-1", "anna"), ("TN-2", "bo")):
        web.daemon.tell("request", item, f"/people/{by}", deadline="KS-1", due="2026-05-20",
                        reason=f"{by} <i>är</i> sjuk", progress=40)
    page = stina.get("/desk/requests")
    assert page.status == 200 and "Färre inhyrda (TN-1)" in words(page.text), words(page.text)
    assert "onsdag 20 maj 2026" in words(page.text) and "anna <i>är</i> sjuk" in words(page.text)
    assert 'href="/desk/requests"' in stina.get("/desk").text
    picks = dict(re.findall(r'name="(pick\.\d+)" value="([^"]+)"', page.text))
    assert len(picks) == 2, picks
    act = Act.__new__(Act)
    act.who, act.answer = stina, page
    act.send({**act.hidden(), "act": "deny", **picks}, 422)
    assert "Skriv varför" in act.words and act.answer.text.count(" checked>") == 2, act.words
    act.send({**act.hidden(), "step": "check", "why.1": "Går inte.", "pick.1": picks["pick.1"]}, 200)
    assert "avslås" in act.words and "Färre inhyrda (TN-1)" in act.words, act.words
    act.go()
    assert "Begärda anstånd avslagna" in act.words and "(TN-1)" in act.words, act.words
    left = web.daemon.query("requests")
    assert [each["measure"] for each in left] == ["TN-2"], left
    act.answer = page
    act.send({**act.hidden(), "act": "grant", "decision.1": "KS 2026/9", **picks}, 422)
    assert "redan avgjord" in act.words, act.words
    act.answer = page
    act.send({**act.hidden(), "act": "grant", "decision.1": "KS 2026/9", "pick.2": picks["pick.2"]},
             200)
    assert "beviljas" in act.words and "sista dag onsdag 20 maj 2026" in act.words, act.words
    act.go()
    assert web.daemon.query("requests") == [] and dates(web, measure="TN-2")[1] == "2026-05-20"


def the_rest_is_said_for_others(box):
    web, stina = start(box)
    act = Act(stina, "status", "TN-1").check(422, progress="fyrtio", evidence="http://x.se")
    assert "Välj ett alternativ under Hur går det" in act.words and "https://" in act.words, act.words
    act.check(status="at-risk", progress="40 %", achieved="800 tkr", forecast="1,2 mnkr",
              done_forecast="1 juni", note="Rad 1.\r\nRad 2.", evidence="KS 2026/170",
              support="Hjälp")
    assert "1 200 000" in act.words.replace("\u00a0", " ") and "måndag 1 juni 2026" in act.words
    assert "besvaras" in act.words, act.words
    act.go()
    told = web.daemon.query("show", item="TN-1")[0]
    assert (told["status"], told["progress"], told["done_forecast"], told["note"]) == \
        ("at-risk", 40, "2026-06-01", "Rad 1.\nRad 2."), told
    Act(stina, "note", "TN-2").check(note="Ring <Bo>.").go()
    Act(stina, "proposal", "KS-1").check(text="Redovisningen godkänns.").go()
    Act(stina, "proposal", "KS-1").check(422, text="Nämnden TODO")
    Act(stina, "request", "TN-2").check(due="2026-05-20", why="Sjuk", deadline="KS-1").go()
    Act(stina, "submit", "KS-1").check(reference="TN 2026-05-12 § 3").go()
    act = Act(stina, "outcome", "KS-1").check(422, outcome="noted", decision="KS § 9", due="1 juli")
    assert "bara när ärendet återremitteras" in act.words, act.words
    act.check(outcome="returned", decision="KS § 9", due="1 juli").go()
    assert dates(web)[1] == "2026-07-01", dates(web)
    said = [each for each, by in events(web, "TN-2") + events(web, "KS-1") if by == "/people/stina"]
    assert said == [f"paminn.{each}" for each in ("note", "request", "proposal", "submit", "outcome")]
    for act in ("status", "submit", "close"):  # nothing of that kind
        assert stina.get(f"/desk/do?act={act}&item=KS").status == 404


def the_owner_asks_for_more_time_from_the_page(box):
    web, _ = start(box, "2026-05-12T09:00")
    link = web.daemon.order("link", page="a", item="TN-1", **{"for": "anna"})["rows"][0]["url"]
    path = "/" + link.partition("://")[2].partition("/")[2]
    page = web.get(path)
    assert "Jag behöver mer tid" in page.text and "När väntas åtgärden vara genomförd?" in page.text
    nonce = re.search(r'name="event.1" value="([^"]+)"', page.text)[1]

    def send(code, /, **fields):
        answer = web.post(path, urllib.parse.urlencode(
            {"event.1": nonce, **{name if name == "action" else name + ".1": value
                                  for name, value in fields.items()}}))
        assert answer.status == code, (answer.status, words(answer.text))
        return answer

    late = send(422, action="request", due="15 maj", why="Sjuk")
    assert "efter den sista dag som gäller nu, fredag 15 maj 2026" in words(late.text), late.text
    assert "Skriv varför" in words(send(422, action="request", due="20 maj").text)
    done = send(303, action="request", due="20 maj", why="Två är sjuka.")
    receipt = web.get(path.rpartition("/")[0] + "/" + done.headers["location"])
    assert "Din begäran är registrerad" in words(receipt.text), receipt.text
    assert "onsdag 20 maj 2026" in words(receipt.text) and "Två är sjuka." in words(receipt.text)
    (asked,) = web.daemon.query("requests")
    assert (asked["measure"], asked["deadline"], asked["due"]) == ("TN-1", "KS-1", "2026-05-20")
    assert "Du har begärt anstånd till onsdag 20 maj 2026" in words(web.get(path).text)
    send(422, action="answer", status="done", evidence="javascript:alert(1)")
    send(303, action="answer", status="at-risk", evidence="KS 2026/1", done_forecast="1 juni")
    told = web.daemon.query("show", item="TN-1")[0]
    assert (told["link"], told["done_forecast"]) == ("KS 2026/1", "2026-06-01"), told
    assert "KS 2026/1" in words(web.get(path).text) and "1 juni 2026" in words(web.get(path).text)


def a_slip_is_taken_back(box):
    web, stina = start(box, "2026-05-12T18:00")  # what it brings about leaves in the morning
    act = Act(stina, "assign", "TN-1").check(owner="mona").go()
    assert "Ny ansvarig" in act.words and "Mona Chef (mona)" in act.words, act.words
    assert "besked om ansvar till Mona Chef" in act.words, "what happens now: " + act.words
    mistake = int(act.done.partition("=")[2])
    hidden = dict(re.findall(r'name="([^"]+)" value="([^"]*)"',
                             act.answer.text.partition("Blev något fel?")[2]))
    assert hidden["seq.1"] == str(mistake), hidden
    act.send({**hidden, "step": "check"}, 200)
    assert "Ångra" in act.words and "från Mona Chef till Anna Ek" in act.words, act.words
    act.go()
    assert "Ångrat" in act.words and dates(web, measure="TN-1")[2] == "anna", act.words
    web.daemon.until("2026-05-13T09:00")
    assert not [mail for mail in web.sink.mails if "mona" in mail.to], "it never left"
    stina = SignedIn(web, "stina")  # anew: a session lasts eight hours
    again = stina.get(f"/desk/done?seq={mistake}")
    assert "Det kan inte ångras" in words(again.text), words(again.text)
    act = Act(stina, "absence", "bo").check(last="22 maj", deputy="anna", **{"from": "14 maj"}).go()
    act = Act(stina, "back", "bo").check(422)
    assert "Välj" in act.words
    act.check(absence="2026-05-14/2026-05-22")
    assert "påminnelse till Bo Alm" in act.words, act.words
    act.go()
    assert "Frånvaron avslutad" in act.words and "14–22 maj 2026" in act.words, act.words


def a_narrower_steward_does_only_what_is_theirs(box):
    plan = box.plan()
    plan.add("people", "nils", name="Nils Nämnd", mail="nils@kommunen.internal",
             roles=["steward"], manager="mona", steward_of=["TN-1"])
    web = Web(box, "2026-05-12T09:00", plan)
    web.daemon.until("2026-05-12T09:00")
    nils = SignedIn(web, "nils")
    Act(nils, "assign", "TN-1").check(owner="bo").go()
    assert dates(web, measure="TN-1")[2] == "bo"
    assert nils.get("/desk/do?act=assign&item=TN-2").status == 404
    assert "Samordnad" not in nils.get("/desk/do?act=assign").text
    act = Act(nils, "assign", "TN-1")
    act.send({**act.hidden(), "item": "TN-2", "step": "check", "owner.1": "anna"}, 404)
    assert dates(web, measure="TN-2")[2] == "bo"


def a_refusal_without_words_of_its_own_is_told_in_the_daemons(box):
    """The form was open while the plan changed: what it asks for is no more, which no field of it could know. The
    sentence is marked as English, and nothing is lost of what was typed."""
    web, stina = start(box)
    act = Act(stina, "extend", "TN-1", deadline="KS-1")
    web.plan.deadlines["KS-1"]["answers_from"] = ["TN-2"]
    web.plan.write()
    web.daemon.client("reload")
    before = events(web, "TN-1")
    act.check(422, deadline="KS-1", due="29 maj", decision="KS § 9")
    assert "Svaret kunde inte tas emot" in act.words, act.words
    assert "Det gick inte att registrera: KS-1 does not ask TN-1: there is nothing to extend" in act.words, act.words
    assert '<span lang="en">KS-1 does not ask' in act.answer.text and 'value="29 maj"' in act.answer.text, act.answer.raw
    assert events(web, "TN-1") == before
    # So is a number of the log that somebody mistyped.
    act = Act(stina, "undo", "TN-1").check(422, seq="4711")
    assert "Det gick inte att registrera: there is no event 4711" in act.words, act.words


run(a_meeting_moves_after_what_it_moves_is_shown, an_assignment_that_moves_is_named,
    an_extension_is_to_a_day_or_to_a_meeting,
    somebody_is_away_and_a_measure_changes_hands, what_was_confirmed_is_what_was_shown,
    nobody_else_can_send_it, requests_are_granted_and_denied_several_at_once,
    the_rest_is_said_for_others, the_owner_asks_for_more_time_from_the_page,
    a_slip_is_taken_back, a_narrower_steward_does_only_what_is_theirs,
    a_refusal_without_words_of_its_own_is_told_in_the_daemons)
