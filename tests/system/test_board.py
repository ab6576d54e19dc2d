#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The board's page, by raw HTTP: it shows the client's figures and no others, to whoever may see it."""
import papers
from board import AMOUNTS, Board, amounts, millions
from desk import SignedIn, session_for
from harness import run
from web import Web


def board(who, path):
    answer = who.get(path)
    assert answer.status == 200, f"{path}: {answer.raw[:400]!r}"
    return Board(answer.text)


def says_what_the_client_says(page, report):
    """Every figure of the page's tables is the report's, and each of the report's is there."""
    rows = {row["measure"] or row["assignment"]: row for row in report["rows"]}
    shown = page.tables["measures"]
    assert set(shown) == set(rows), set(shown) ^ set(rows)
    assert {key: shown[key]["status"].value for key in shown} == {
        key: row["word"] for key, row in rows.items()}
    told = {key: amounts(row) for key, row in rows.items() if amounts(row)}
    same = report["totals"]["same"]
    if same["of"]:
        told["*"] = amounts(same)
    assert page.amounts("effects") == told, (page.amounts("effects"), told)
    for key, row in page.shown("effects").items():
        for name in AMOUNTS:
            text = row[name].partition(" (")[0].strip()
            assert text == millions(told[key].get(name)), (key, name, row)
    if "months" in page.tables:
        last = [row for row in page.amounts("months").values() if "effect_forecast" in row][-1]
        assert last["effect_forecast"] == same["effect_forecast"], (last, same)
        assert last.get("effect_achieved") == same["effect_achieved"], (last, same)


def a_follow_up_of_a_plain_plan(box):
    """The plan has none of the keys that a report as a paper needs: the board has it all the same."""
    web = Web(box, "2026-05-04T12:00")
    anna = SignedIn(web, "anna")
    empty = board(anna, "/board")
    assert empty.state == "open" and empty.counts == {"no-data": 2}, (empty.state, empty.counts)
    web.daemon.tell("status", "TN-1", "/people/anna", status="off-track", effect_achieved=-250000,
                    effect_forecast=450000, needs_support="Två <vikarier> & en plan")
    page = board(anna, "/board?of=KS-1")
    assert page.counts == {"off-track": 1, "no-data": 1}, page.counts
    report = web.daemon.client("report", "KS-1")
    plain = {row["measure"]: amounts(row) for row in report["rows"] if amounts(row)}
    shown = page.amounts("effects")
    assert {key: shown[key] for key in plain} == plain, (shown, plain)
    assert page.shown("effects")["TN-1"] == {
        "effect_planned": "1,0", "effect_achieved": "−0,3", "effect_forecast": "0,5",
        "deviation": "−0,6"}, page.shown("effects")
    assert "Två <vikarier> & en plan" in page.parts["support"], page.parts["support"]
    web.daemon.until("2026-05-18T12:00")
    anna = SignedIn(web, "anna")  # the other session is over
    late = board(anna, "/board?of=KS-1")
    assert late.state == "late" and "Samordnad drift (TN-2)" in late.parts["unanswered"], late.parts
    assert "fem gånger, senast den" in late.parts["unanswered"], late.parts["unanswered"]
    for path in ("/board?of=KS-9", "/board?of=TN-1", "/board?from=2", "/board?of=KS-1&from=0",
                 "/board?of=KS-1&from=x", "/board?of=KS-1&of=KS-1", "/board?of=", "/board?on=KS-1"):
        assert anna.get(path).status == 404, path
    assert board(anna, "/board?of=KS-1&from=3").tables == {}, "there is no third row"


def who_may_see_it(box):
    web = Web(box, "2026-05-04T12:00")
    anna, stina = SignedIn(web, "anna"), SignedIn(web, "stina")
    assert web.get("/board").status == 303 and stina.get("/board").status == 200
    answer = anna.get("/board")
    assert "/out" in answer.text and "/desk" not in answer.text, "a reader sees the board alone"
    assert anna.get("/desk").status == 403
    url = web.daemon.client("link", "board", "ola")["url"]
    path = url.removeprefix(web.plan.settings["web"]["public_url"])
    answer = web.get(path + "?of=KS-1")
    assert answer.status == 200 and "Återredovisning" in answer.text, answer.raw
    assert "/out" not in answer.text and "<form" not in answer.text and "<nav" not in answer.text
    assert "@kommunen.internal" not in answer.text.replace("stod@kommunen.internal", ""), answer.text
    for other in ("/desk", "/board", "/mine/" + path.rpartition("/")[2]):
        assert web.get(other).status != 200, other
    assert web.post(path, "").status == 405 and anna.post("/board", {}, token="x").status in (403, 405)
    forged = path[:-1] + ("A" if path[-1] != "A" else "B")
    assert web.get(forged).status == 404
    wall = dict(web.plan.people)
    web.plan.people["ola"]["mail"] = "ordf@kommunen.internal"
    web.plan.write()
    web.daemon.client("reload")
    assert web.get(path).status == 200, "the link is of the person, wherever their mail goes"
    web.plan.people["mona"]["manager"] = "stina"
    web.plan.deadlines["KS-1"]["responsible"] = "mona"
    del web.plan.people["ola"]
    web.plan.write()
    web.daemon.client("reload")
    gone = web.get(path)
    assert gone.status == 410 and "finns inte längre i planen" in gone.text, gone.raw
    web.plan.people["ola"] = wall["ola"]
    web.plan.write()
    web.daemon.client("reload")
    web.daemon.until("2027-06-08T12:00")
    assert web.get(path).status == 200
    web.daemon.until("2027-06-09T12:00")
    over = web.get(path)
    assert over.status == 410 and "gäller i 400 dagar" in over.text, over.raw


def decisions_all_the_way(box):
    """An assignment with a year's effects by month, periods and a body's own words."""
    plan = papers.written(box, papers.BODIES, papers.MEASURES % "",
                          papers.DEADLINES % (papers.PROPOSAL + papers.EARLIER))
    web = Web(box, "2026-02-02T09:00", plan=plan)
    papers.told(web.daemon, earlier=True)
    reader = SignedIn(web, "hr", session_for(web.daemon, "hr", "hr@region.internal"))
    index = reader.get("/board").text
    for link in ("?of=RS-T2", "?of=U-07", "?of=RS"):
        assert f'href="{link}"' in index, link
    for of, of_report in (("RS-T2", ("RS-T2",)), ("U-07", ("U-07",)), ("RS", ("--body", "RS"))):
        page, report = board(reader, f"/board?of={of}"), web.daemon.client("report", *of_report)
        says_what_the_client_says(page, report)
    page, one = board(reader, "/board?of=RS-T2"), web.daemon.client("board", "RS-T2")
    assert page.amounts("months") == {
        str(row["month"]): amounts(row) for row in one["over_year"] if amounts(row)}
    assert "Pågående enligt plan" in page.parts["course"], page.parts["course"]
    assert "Avslutad/klar" in page.parts["measures"], page.parts["measures"]
    assert "Förändringar sedan redovisningen den 26 maj 2026 (RS 2026-05-26 § 71)" in page.parts["changes"], page.parts
    assert "tidigare pågående enligt plan (grön), nu risk för avvikelse" in page.parts["changes"], page.parts["changes"]
    assert "Avslutad/klar: Lokalplan (M-12)" in page.parts["changes"], page.parts["changes"]
    for name in ("T1 2026", "T2 2026"):
        assert name in page.parts["course"], page.parts["course"]
    assert "Facklig samverkan för * nya scheman" in page.parts["support"], page.parts["support"]
    assert "Regionstyrelsen beslutar att notera redovisningen." in page.parts["proposal"]
    assert "tisdag 29 september 2026 Regionstyrelsen: Redovisning av uppdrag" in page.parts["coming"]
    assert "Arbetsmaterial" in page.parts["signature"], page.parts["signature"]
    what_is_frozen_is_what_is_signed(web)


def what_is_frozen_is_what_is_signed(web):
    """Its figures are those of the paper, in tables, plots and sums; what came later is told as changes."""
    web.daemon.until("2026-09-19T08:00")
    sign_in = lambda: SignedIn(web, "hr", session_for(web.daemon, "hr", "hr@region.internal"))
    before = board(sign_in(), "/board?of=RS-T2")
    assert "Låst den 18 september 2026" in before.parts["signature"], before.parts["signature"]
    assert "since_frozen" not in before.parts
    web.daemon.until("2026-10-02T09:00")
    web.daemon.tell("status", "M-08", "/people/hr", status="on-track", effect_forecast=9000000, note="Avtal klart.")
    web.daemon.tell("status", "M-12", "/people/fastighet", status="at-risk")
    page, report = board(sign_in(), "/board?of=RS-T2"), web.daemon.client("report", "RS-T2")
    says_what_the_client_says(page, report)
    for table in ("effects", "months"):
        assert page.amounts(table) == before.amounts(table), table
    assert page.counts == before.counts, (page.counts, before.counts)
    for part in ("course", "signature", "measures", "year"):
        assert page.parts[part] == before.parts[part], (part, page.parts[part], before.parts[part])
    assert "Samlad upphandling | bemanning (M-08), HR-direktören: Pågående enligt plan (grön), " \
        "helårsprognos 9,0 mnkr. Avtal klart." in page.parts["since_frozen"], page.parts["since_frozen"]
    assert "Lokalplan (M-12)" in page.parts["since_frozen"], page.parts["since_frozen"]
    what_is_planned_later_is_none_of_it(web, before)


def what_is_planned_later_is_none_of_it(web, before):
    """Another plan, and another proposal: the page keeps the paper's, down to the line of the year's plot."""
    for was, becomes in (("month = 3; amount = 8000000L", "month = 2; amount = 7000000L"),
                         ("effect_planned = 6000000L", "effect_planned = 6500000L"),
                         ('{ id = "M-12"', '{ id = "M-13"')):
        assert web.plan.text.count(was) == 1, was
        web.plan.text = web.plan.text.replace(was, becomes)
    web.plan.write()
    web.daemon.client("reload")
    web.daemon.client("propose", "RS-T2", 'Regionstyrelsen beslutar att "godkänna" & avsluta den.', "--as", "stod")
    reader = SignedIn(web, "hr", session_for(web.daemon, "hr", "hr@region.internal"))
    page, report = board(reader, "/board?of=RS-T2"), web.daemon.client("report", "RS-T2")
    says_what_the_client_says(page, report)
    for table in ("effects", "months"):
        assert page.amounts(table) == before.amounts(table), (page.amounts(table), before.amounts(table))
    for part in ("year", "effects", "signature", "proposal"):
        assert page.parts[part] == before.parts[part], (part, page.parts[part], before.parts[part])
    assert page.year_plot() == before.year_plot()
    told = page.parts["since_frozen"]
    for words in ("HR-direktören: inget svar; senast (20 augusti 2026): risk för avvikelse (gul), planerad effekt 11,0 mnkr (tidigare 12,0)",
                  "planerad effekt 6,5 mnkr (tidigare 6,0)", "Lokalplan (M-12), fastighetschefen: ingår inte längre i planen",
                  "Lokalplan (M-13), fastighetschefen: ny åtgärd, ", "Förslaget till beslut har ändrats. Det lyder nu: "
                  'Regionstyrelsen beslutar att "godkänna" & avsluta den.'):
        assert words in told, (words, told)
    # Of one that has left the plan there is what the paper says: its plan, and where its figures ended.
    web.plan.text = web.plan.text.replace('{ id = "M-07"', '{ id = "M-17"')
    web.plan.write()
    web.daemon.client("reload")
    page = board(reader, "/board?of=RS-T2")
    says_what_the_client_says(page, web.daemon.client("report", "RS-T2"))
    then, now = before.amounts("months"), page.amounts("months")
    assert [row.get("effect_planned") for row in now.values()] == \
        [row.get("effect_planned") for row in then.values()], (now, then)
    assert now["9"] == then["9"], (now, then)


def a_hundred_rows_a_page(box):
    plan = box.plan()
    for number in range(3, 231):
        plan.add("measures", f"TN-{number}", title=f"Åtgärd {number}", owner="bo",
                 effect_planned=100000)
    web = Web(box, "2026-05-12T09:00", plan=plan)
    web.daemon.tell("status", "TN-7", "/people/bo", status="off-track", effect_forecast=50000)
    reader = SignedIn(web, "reg")
    first = board(reader, "/board?of=KS-1")
    assert len(first.tables["measures"]) == 100 and "TN-7" in first.tables["measures"]
    assert "Åtgärd 1–100 av 230" in first.parts["shown"], first.parts["shown"]
    assert "?of=KS-1&from=101" in first.links, first.links
    assert first.counts == {"off-track": 1, "no-data": 229}, first.counts
    assert "ytterligare 129" in first.parts["unanswered"], first.parts["unanswered"][-200:]
    last = board(reader, "/board?of=KS-1&from=201")
    assert len(last.tables["measures"]) == 30 and "?of=KS-1&from=101" in last.links, last.links
    assert last.amounts("effects")["*"] == first.amounts("effects")["*"]
    assert "unanswered" not in last.parts, "lists are on the first page"
    seen = set(first.tables["measures"]) | set(last.tables["measures"]) | set(
        board(reader, "/board?of=KS-1&from=101").tables["measures"])
    assert len(seen) == 230, len(seen)


run(a_follow_up_of_a_plain_plan, who_may_see_it, decisions_all_the_way, a_hundred_rows_a_page)
