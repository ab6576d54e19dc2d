#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The desk's reading pages, by raw HTTP: what each says, and that it says what the client says."""
import html
import re

from desk import SignedIn
from harness import run
from web import Web


def words(answer):
    """What a reader sees, in one line."""
    text = re.sub(r"<(style|title)>.*?</\1>", "", answer.text, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def page(who, path, status=200):
    answer = who.get(path)
    assert answer.status == status, f"{path}: {answer.raw[:400]!r}"
    return answer


def start(box, plan=None, **refused):
    web = Web(box, "2026-05-04T07:00", plan=plan)
    web.sink.rcpt.update(refused)
    web.daemon.until("2026-05-18T12:00")
    return web, SignedIn(web, "stina")


def the_first_screen_says_what_needs_hands(box):
    web, stina = start(box)
    said = words(page(stina, "/desk"))
    assert "3 svar är försenade" in said and "Färre inhyrda (TN-1)" in said, said
    assert said.count("Påmint fem gånger, senast mån 18 maj kl. 08.00") == 3, said
    assert page(stina, "/desk?x=1") and "Inget behöver göras" not in said
    told = web.daemon.client("today", text=True)
    assert "3 answers are late:" in told and "TN-1 Färre inhyrda, of KS-1: anna" in told and \
        "asked 5 times, last Mon 18 May 08:00" in told, told
    for measure, owner in (("TN-1", "anna"), ("TN-2", "bo")):
        web.daemon.client("status", measure, "on-track", "--as", owner)
    web.daemon.client("submit", "KS-1", "--reference", "KS § 40", "--as", "ola")
    assert "Inget behöver göras i dag." in words(page(stina, "/desk"))
    assert web.daemon.client("today", text=True).strip() == "Nothing needs to be done today."
    assert web.daemon.client("today") == []


def items_are_found_grouped_and_one_is_told(box):
    web, stina = start(box)
    said = words(page(stina, "/desk/items"))
    assert "3 ärenden" in said and "Anna Ek" in said, said
    found = words(page(stina, "/desk/items?search=F%C3%84RRE&group=owner&show=all"))
    assert "1 ärende." in found and "Färre inhyrda" in found and "Samordnad" not in found, found
    assert "Inget ärende innehåller ”saknas”" in words(page(stina, "/desk/items?search=saknas"))
    said = words(page(stina, "/desk/item?item=TN-1"))
    assert "Åtgärd Färre inhyrda (TN-1)" in said and "Skickad" in said, said
    assert "arbetsdagar före sista dagen 2026-05-15; levererades 2026-05-" in said, said
    source = page(stina, "/desk/item?item=TN-1").text
    assert '<span lang="en">' not in source
    # Under a measure each answer is headed by what asks for it, under a deadline by what is asked.
    assert 'scope="row"><a href="/desk/item?item=KS-1">' in source, source
    source = page(stina, "/desk/item?item=KS-1").text
    assert 'scope="row"><a href="/desk/item?item=TN-1">' in source, source
    assert "Inlämning: Återredovisning av åtgärdsplan" in words(page(stina, "/desk/item?item=KS-1"))
    web.daemon.client("status", "TN-1", "at-risk", "--needs-support", "Vi behöver hjälp.",
                      "--as", "anna")
    said = words(page(stina, "/desk/item?item=TN-1"))
    assert "Rapporterade: Risk för avvikelse . Begärt stöd: Vi behöver hjälp. " in said, said
    assert "Organ Kommunstyrelsen (KS)" in words(page(stina, "/desk/item?item=KS"))
    for path in ("/desk/item", "/desk/item?item=TN-9", "/desk/item?item=TN-1&item=TN-2",
                 "/desk/item?thing=TN-1", "/desk/items?group=colour", "/desk/item?item=%00"):
        page(stina, path, status=404)



def a_day_that_has_passed_is_not_told_as_one_to_come(box):
    """By when a measure is to be done: on the desk, and where its owner answers."""
    plan = box.plan()
    plan.measures["TN-1"]["done_by"], plan.measures["TN-2"]["done_by"] = "2026-05-08", "2026-12-31"
    web, stina = start(box, plan=plan)
    said = words(page(stina, "/desk/item?item=TN-1"))
    assert "Skulle vara klar senast" in said and "Klart senast" not in said, said
    said = words(page(stina, "/desk/item?item=TN-2"))
    assert "Klart senast" in said and "Skulle vara klar" not in said, said
    link = re.search(r"(/a/\S+)", web.sink.to("anna")[-1].text)[1]
    said = words(web.get(link))
    assert "Skulle vara klar senast fredag 8 maj 2026" in said and "Klart senast" not in said, said


def posted(who, path, fields, status=303, **more):
    answer = who.post(path, fields, **more)
    assert answer.status == status, answer.raw[:400]
    return answer


def messages_are_shown_tried_again_and_dropped(box):
    web, stina = start(box, anna="550 5.1.1 unknown")
    rows = web.daemon.client("outbox")
    failed = [row["id"] for row in rows if row["state"] == "failed"][-1]
    said = words(page(stina, "/desk/outbox"))
    assert f"{len(rows)} utskick" in said and "Misslyckades" in said, said
    # A form where there is something to press, and only there.
    assert '<form method="post" action="/desk/outbox">' in page(stina, "/desk/outbox").text
    assert 'method="post" action="/desk/outbox"' not in \
        page(stina, "/desk/outbox?state=delivered").text
    assert words(page(stina, "/desk/outbox?state=held")).count("Inga utskick i det läget") == 1
    assert "5 utskick" in words(page(stina, "/desk/outbox?state=failed"))
    assert "når inte fram" in words(page(stina, "/desk")) and \
        "har misslyckats den senaste veckan" in words(page(stina, "/desk"))
    said = words(page(stina, f"/desk/message?id={failed}"))
    assert "550 5.1.1 unknown" in said and "påminnelse" in said and "Så skulle" in said, said
    web.sink.rcpt.clear()
    answer = posted(stina, "/desk/outbox", {"retry": failed})
    assert answer.headers["location"] == f"message?id={failed}", answer.raw
    web.daemon.until("2026-05-18T13:00")
    assert web.daemon.client("outbox", "show", failed)["state"] == "delivered"
    assert "Levererat" in words(page(stina, f"/desk/message?id={failed}"))
    refused = words(posted(stina, "/desk/outbox", {"drop": failed}, status=409))
    assert "Det gick inte" in refused, refused
    assert f"web: stina: retry message {failed}" in web.daemon.log_text(), web.daemon.log_text()
    for fields in ({"retry": "1", "drop": "1"}, {}, {"retry": "x"}):
        posted(stina, "/desk/outbox", fields, status=400)
    posted(stina, "/desk/outbox", {"retry": failed}, status=403, token="A" * 43)
    for path in ("/desk/message?id=999", "/desk/message", "/desk/message?id=-1",
                 "/desk/outbox?state=lost"):
        page(stina, path, status=404)


def all_messages_are_kept_back_and_let_go(box):
    web, stina = start(box)
    banner = "Alla utskick är stoppade"
    assert banner not in words(page(stina, "/desk"))
    posted(stina, "/desk/hold", {"on": "yes"})
    assert web.daemon.client("whoami")["hold"] is True
    for path in ("/desk", "/desk/items", "/desk/outbox", "/desk/hold", "/desk/people"):
        assert banner in words(page(stina, path)), path
    posted(stina, "/desk/hold", {"on": "maybe"}, status=400)
    posted(stina, "/desk/hold", {"on": "no"}, status=403, token="A" * 43)
    assert web.daemon.client("whoami")["hold"] is True
    posted(stina, "/desk/hold", {"on": "no"})
    assert web.daemon.client("whoami")["hold"] is False
    assert "web: stina: hold on" in web.daemon.log_text() and "hold off" in web.daemon.log_text()


def people_meetings_and_papers_without_a_proposal_are_listed(box):
    plan = box.plan()
    plan.measures["TN-1"]["effect_planned"] = ({"year": 2026, "amount": 1000000},)  # so it has papers
    web, stina = start(box, plan)
    assert "En handling är inte låst: förslag till beslut saknas" in words(page(stina, "/desk"))
    assert 'href="/desk/do?act=proposal&amp;item=KS-1"' in page(stina, "/desk").text
    page(stina, "/desk/do?act=proposal&item=KS-1")
    told = web.daemon.client("today", text=True)
    assert "One paper is not frozen, as what it proposes to decide is missing:\n  KS-1 " in told and \
        ": paminn proposal KS-1 TEXT\n" in told, told
    web.daemon.client("absence", "anna", "2026-05-18", "2026-05-22")
    said = words(page(stina, "/desk/people"))
    assert "6 personer i planen" in said and "Anna Ek : mån 18 maj till och med fre 22 maj" in said, said
    assert "En person är frånvarande utan ersättare" in words(page(stina, "/desk"))
    said = words(page(stina, "/desk/meetings"))
    assert "tis 26 maj – ons 27 maj" in said and "Återredovisning av åtgärdsplan" in said, said



def what_will_be_sent_and_the_year_are_the_forecasts_own(box):
    web, stina = start(box)
    rows = web.daemon.client("forecast", "--month", "2026-05")
    said = words(page(stina, "/desk/forecast?month=2026-05"))
    assert f"{len(rows)} utskick" in said and "Föregående månad" in said, said
    assert re.search(r"Färre inhyrda \(TN-1\) , redovisas i Återredovisning av åtgärdsplan \(KS-1\) , "
                     "tre arbetsdagar efter sista dagen", said), said
    kinds = page(stina, "/desk/forecast?month=2026-05&view=calendar").text
    counted = sum(int(n) for n in re.findall(r"<li>(\d+) ", kinds))
    assert counted == len(rows), (counted, rows)
    year = words(page(stina, "/desk/calendar?year=2026"))
    assert "tis 26 maj sammanträder Kommunstyrelsen" in year, year
    assert "fre 15 maj Försenat sista dag för Återredovisning av åtgärdsplan (KS-1)" in year, year
    assert f"{len(rows)} utskick planerade" in year, year
    assert "sista dag" not in words(page(stina, "/desk/calendar?year=2027"))
    for path in ("forecast?month=2026-13", "forecast?month=x", "calendar?year=1999",
                 "calendar?year=20x6"):
        page(stina, "/desk/" + path, status=404)



def a_plan_of_many_measures_is_shown_a_page_at_a_time(box):
    plan = box.plan()
    for n in range(3, 1201):
        plan.add("measures", f"TN-{n}", title=f"Åtgärd nummer {n}", owner=("anna", "bo")[n % 2])
    web = Web(box, "2026-05-04T08:00", plan=plan)
    web.daemon.until("2026-05-04T09:00")
    stina, seen = SignedIn(web, "stina"), []
    for number in range(1, 14):
        answer = page(stina, f"/desk/items?show=all&page={number}")
        assert len(answer.body) < 120000 and f"Sida {number} av 13" in words(answer), number
        seen += re.findall(r'<th scope="row">[^\n]*?item=(TN-\d+)"', answer.text)
    assert len(seen) == 1200 and len(set(seen)) == 1200, len(seen)
    assert "1 ärende." in words(page(stina, "/desk/items?search=1199+anna")) or \
        "1 ärende." in words(page(stina, "/desk/items?search=1199+bo"))
    for path in ("", "/item?item=KS-1", "/forecast?month=2026-05", "/calendar", "/people"):
        assert len(page(stina, "/desk" + path).body) < 120000, path
    assert "Redovisningen har många åtgärder" in words(page(stina, "/desk/item?item=KS-1"))



def a_narrower_steward_reads_only_what_is_theirs(box):
    plan = box.plan()
    plan.add("people", "nils", name="Nils Smal", mail="nils@kommunen.internal", manager="mona",
             roles=["steward"], steward_of=["TN-1"])
    web = Web(box, "2026-05-04T07:00", plan=plan)
    web.daemon.until("2026-05-18T12:00")
    nils = SignedIn(web, "nils")
    assert "Ett svar är försenat" in words(page(nils, "/desk"))
    for path in ("", "/items?show=all", "/item?item=TN-1", "/outbox", "/forecast?month=2026-05",
                 "/calendar", "/people", "/meetings"):
        said = words(page(nils, "/desk" + path))
        assert "Samordnad drift" not in said and "Bo Alm" not in said, (path, said)
    page(nils, "/desk/item?item=TN-2", status=404)
    page(nils, "/desk/hold", status=403)
    for path in ("/desk", "/desk/outbox"):
        assert "desk/hold" not in page(nils, path).text, path
    # A deadline that is somebody else's stands in their year, as a measure of theirs answers it.
    assert "sista dag för Återredovisning av åtgärdsplan (KS-1)" in words(page(nils, "/desk/calendar"))
    rows = web.daemon.client("outbox")
    theirs, others = ([row["id"] for row in rows if row["to"] == who][0] for who in ("anna", "bo"))
    assert "påminnelse" in words(page(nils, f"/desk/message?id={theirs}"))
    page(nils, f"/desk/message?id={others}", status=404)
    # Who owes something of theirs may owe others, too.
    web.daemon.client("assign", "TN-2", "anna")
    said = words(page(nils, "/desk/item?item=anna"))
    assert "Färre inhyrda" in said and "Samordnad drift" not in said, said
    refused = words(posted(nils, "/desk/outbox", {"drop": others}, status=404))
    assert "Bo Alm" not in refused, refused


run(the_first_screen_says_what_needs_hands, items_are_found_grouped_and_one_is_told,
    a_day_that_has_passed_is_not_told_as_one_to_come,
    messages_are_shown_tried_again_and_dropped, all_messages_are_kept_back_and_let_go,
    people_meetings_and_papers_without_a_proposal_are_listed, what_will_be_sent_and_the_year_are_the_forecasts_own,
    a_plan_of_many_measures_is_shown_a_page_at_a_time,
    a_narrower_steward_reads_only_what_is_theirs)
