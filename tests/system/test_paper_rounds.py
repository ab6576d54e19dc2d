#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Papers of one assignment from one report to the next: what each compares with, who has answered, what was closed
and how, and what is proposed to whom. None says what another contradicts."""
import io

import docx
import papers
from board import Board
from desk import SignedIn, session_for
from harness import run
from papers import section, written
from web import Web

PLAN = """
bodies = ( { id = "RS"; name = "Regionstyrelsen"; papers = "-7wd"; papers_late = "-2wd"; },
  { id = "HSN"; name = "Hälso- och sjukvårdsnämnden"; papers = "-5wd"; } );
meetings = ( { body = "HSN"; from = "2026-05-21"; }, { body = "RS"; from = "2026-05-26"; until = "2026-05-27"; },
  { body = "RS"; from = "2026-06-16"; }, { body = "HSN"; from = "2026-09-17"; }, { body = "RS"; from = "2026-09-29"; },
  { body = "RS"; from = "2026-11-24"; } );
people = (
  { id = "rd"; name = "Regiondirektören"; mail = "rd@region.internal"; },
  { id = "hsd"; name = "Hälso- och sjukvårdsdirektören"; mail = "hsd@region.internal"; manager = "rd"; },
  { id = "akut"; name = "Verksamhetschef akutsjukvård"; mail = "akut@region.internal"; manager = "hsd"; },
  { id = "stod"; name = "Stöd"; mail = "stod@region.internal"; roles = [ "support", "steward" ]; manager = "rd"; },
  { id = "hr"; name = "HR-direktören"; mail = "hr@region.internal"; manager = "rd"; },
  { id = "registrator"; name = "Registrator"; mail = "registrator@region.internal"; },
  { id = "okonomi"; name = "Ekonomiavdelningen"; mail = "ekonomi@region.internal"; } );
measures = (
  { id = "M-01"; title = "Egna sjuksköterskor"; owner = "akut"; assignment = "U-58"; effect_planned = 12000000L; },
  { id = "M-02"; title = "Egen granskning"; owner = "akut"; assignment = "U-58"; effect_planned = 6000000L; },
  { id = "M-03"; title = "Samlade lokaler"; owner = "akut"; assignment = "U-58"; effect_planned = 2000000L; },
  { id = "M-04"; title = "Digitala återbesök"; owner = "akut"; assignment = "U-58"; effect_planned = 3000000L; },
  { id = "M-05"; title = "Färre artiklar"; owner = "akut"; assignment = "U-58"; effect_planned = 3500000L; },
  { id = "M-06"; title = "Fler operationer"; owner = "akut"; assignment = "U-58"; effect_planned = 4000000L; } );
assignments = ( { id = "U-58"; title = "En ekonomi i balans"; decision = "RS 2026-04-22 § 58"; reference = "RS 2026/0217";
  given = "2026-04-22"; given_by = "RS"; given_to = "HSN"; closing = "body";
  proposal = "Regionstyrelsen beslutar att avsluta uppdraget."; } );
deadlines = (
  { id = "RS-58"; title = "Återredovisning i maj"; decision = "RS 2026-04-22 § 58"; assignment = "U-58";
    due = "meeting RS 2026-05"; via = [ "meeting HSN 2026-05" ]; sending = "second"; answers_from = [ "M-*" ];
    responsible = "hsd"; inform = [ "registrator" ]; ladder = "standard"; require = [ "effect_forecast" ];
    proposal = "Regionstyrelsen beslutar att notera återredovisningen."; },
  { id = "RS-T2"; title = "Återredovisning i september"; decision = "RS 2026-05-26 § 71"; assignment = "U-58";
    due = "meeting RS 2026-09"; via = [ "meeting HSN 2026-09" ]; sending = "second"; answers_from = [ "M-*" ];
    responsible = "hr"; inform = [ "okonomi" ]; ladder = "standard"; require = [ "effect_forecast" ];
    proposal = "Regionstyrelsen beslutar att notera redovisningen i september."; } );
"""
CHANGES = "Förändringar sedan föregående redovisning"
MAY = "redovisningen den 26 maj 2026 (RS 2026-05-26 § 71)"


def say(daemon, measure, status, **more):
    daemon.tell("status", measure, "/people/akut", status=status, **more)


def report(daemon, *what, **more):
    return daemon.client("report", *what, "--format", "json", **more)


def spring(daemon):
    """All but M-03 answer in May; the board notes the report."""
    daemon.until("2026-05-07T10:00")
    for measure in ("M-01", "M-02", "M-04", "M-05"):
        say(daemon, measure, "on-track", effect_forecast=2000000)
    say(daemon, "M-06", "done", effect_forecast=4000000)
    daemon.until("2026-05-21T12:00")
    daemon.tell("submit", "RS-58", "/people/hsd", reference="HSN 2026-05-21 § 70")
    daemon.until("2026-05-26T11:00")
    daemon.tell("outcome", "RS-58", "/people/stod", outcome="noted", reference="RS 2026-05-26 § 71")


def summer(daemon):
    """Before the meeting in June, to which nothing is reported, one gets worse; M-02 and M-03 say nothing more."""
    daemon.until("2026-06-05T09:00")
    say(daemon, "M-01", "off-track", effect_forecast=1000000)
    daemon.until("2026-09-08T09:00")
    daemon.client("close", "M-04", "struck", "--reference", "HSN 2026-06-11 § 81")
    say(daemon, "M-05", "cancelled", effect_forecast=0)
    say(daemon, "M-01", "off-track", effect_forecast=1000000)


def played(box, until="2026-09-09T12:00", **settings):
    plan = written(box, PLAN)
    plan.settings.update(settings)
    daemon = box.daemon(plan, "2026-04-23T08:00")
    spring(daemon)
    summer(daemon)
    daemon.until(until)
    return daemon


def with_the_last_report(box):
    """Not with a meeting to which nothing of it was reported: what happened before that would be no change."""
    daemon = played(box)
    for what in ("RS-T2", "U-58"):
        text = daemon.client("report", what, text=True)
        assert section(text, CHANGES) == [
            f"Jämfört med {MAY}:",
            "- Struken: Digitala återbesök (M-04), enligt beslut HSN 2026-06-11 § 81",
            "- Avbruten: Färre artiklar (M-05)",
            "- Sämre läge: Egna sjuksköterskor (M-01), tidigare enligt plan (grön), nu avviker från planen (röd)"], text
        changes = report(daemon, what)["changes"]
        assert (changes["since"], changes["report"]) \
            == ("2026-05-26", {"deadline": "RS-58", "reference": "RS 2026-05-26 § 71"}), changes
    # Once all there is to tell has been told there is nothing.
    daemon.tell("submit", "RS-T2", "/people/hr", reference="HSN 2026-09-17 § 101")
    daemon.until("2026-10-01T09:00")
    text = daemon.client("report", "U-58", text=True)
    assert section(text, CHANGES) == ["Inga förändringar sedan redovisningen den 29 september 2026."], text


def a_tracker_with_the_last_meeting(box):
    daemon = played(box)
    text = daemon.client("report", "--body", "RS", text=True)
    assert section(text, CHANGES)[0] == "Jämfört med sammanträdet den 16 juni 2026:", text
    assert report(daemon, "--body", "RS")["changes"]["since"] == "2026-06-16"
    daemon.until("2026-09-18T09:00")
    text = daemon.client("report", "--body", "HSN", text=True)
    assert section(text, CHANGES) == ["Inga förändringar sedan sammanträdet den 17 september 2026."], text


def what_its_paper_told_is_what_it_knew(box):
    """What was said after the paper was frozen, and before the meeting, is news to whoever has the paper."""
    plan = written(box, PLAN)
    daemon = box.daemon(plan, "2026-04-23T08:00")
    daemon.until("2026-05-07T10:00")
    say(daemon, "M-01", "on-track", effect_forecast=2000000)
    daemon.until("2026-05-21T12:00")
    daemon.tell("submit", "RS-58", "/people/hsd", reference="HSN 2026-05-21 § 70")
    assert report(daemon, "RS-58", "--frozen")["changes"]["since"] is None
    daemon.until("2026-05-25T09:00")
    say(daemon, "M-01", "off-track", effect_forecast=1000000)
    daemon.until("2026-09-09T12:00")
    assert "- Sämre läge: Egna sjuksköterskor (M-01)" in daemon.client("report", "RS-T2", text=True)


def of_a_series_with_the_one_before(box):
    """Each report of a series with the last that was handed in; and what the same decision asks of the same measures."""
    text = PLAN.replace(' assignment = "U-58";', "").replace('decision = "RS 2026-05-26 § 71"', 'decision = "RS 2026-04-22 § 58"')
    daemon = box.daemon(written(box, text.replace("deadlines = (", """deadlines = (
  { id = "LOP"; title = "Löpande redovisning"; due = "meeting RS 2026-05"; every = "meeting RS"; answers_from = [ "M-*" ];
    responsible = "hsd"; inform = [ "registrator" ]; ladder = "standard"; },""")), "2026-04-23T08:00")
    daemon.until("2026-05-12T10:00")
    say(daemon, "M-01", "on-track", effect_forecast=2000000)
    daemon.tell("submit", "LOP@2026-05-26", "/people/hsd", reference="1")
    daemon.tell("submit", "RS-58", "/people/hsd", reference="2")
    daemon.until("2026-09-10T10:00")
    say(daemon, "M-01", "off-track", effect_forecast=1000000)
    for deadline, of in (("LOP@2026-09-29", "LOP@2026-05-26"), ("RS-T2", "RS-58")):
        changes = report(daemon, deadline)["changes"]
        assert (changes["since"], changes["report"]["deadline"]) == ("2026-05-26", of), (deadline, changes)
        assert [row["measure"] for row in changes["worse"]] == ["M-01"], changes


def a_returned_report_is_the_one_before(box):
    daemon = box.daemon(written(box, PLAN), "2026-04-23T08:00")
    daemon.until("2026-05-07T10:00")
    say(daemon, "M-01", "on-track", effect_forecast=2000000)
    daemon.until("2026-05-21T12:00")
    daemon.tell("submit", "RS-58", "/people/hsd", reference="HSN 2026-05-21 § 70")
    daemon.until("2026-05-26T11:00")
    assert "Det finns ingen tidigare redovisning att jämföra med." in daemon.client("report", "RS-58", text=True)
    # Written down two days later; the paper for the next meeting is frozen, and is not the one that they have had.
    daemon.until("2026-05-29T09:00")
    daemon.tell("outcome", "RS-58", "/people/stod", outcome="returned", due="meeting RS 2026-06",
                reference="RS 2026-05-26 § 71")
    daemon.until("2026-06-01T09:00")
    say(daemon, "M-01", "off-track", effect_forecast=1000000)
    daemon.tell("submit", "RS-58", "/people/hsd", reference="HSN 2026-06-01 § 80")
    assert len(report(daemon, "RS-58", "--frozen")["changes"]["worse"]) == 1
    text = daemon.client("report", "RS-58", text=True)
    assert section(text, CHANGES)[0] == f"Jämfört med {MAY}:", text
    assert section(text, CHANGES)[1].startswith("- Sämre läge: Egna sjuksköterskor (M-01)"), text


def who_never_answered_stays_so(box):
    """Handing in answers for nobody; and one paper says of a measure what another says."""
    plan = written(box, PLAN)
    web = Web(box, "2026-04-23T08:00", plan=plan)
    daemon = web.daemon
    spring(daemon)
    summer(daemon)
    daemon.until("2026-09-17T15:00")
    expected = said(daemon, "RS-T2")
    assert expected[:2] == ((6, 4), ["M-02", "M-03"]), expected
    assert expected[2]["M-02"] == "Inget svar; senast (7 maj 2026): enligt plan", expected
    for what in (("U-58",), ("--body", "RS")):
        assert said(daemon, *what) == expected, what
    daemon.tell("submit", "RS-T2", "/people/hr", reference="HSN 2026-09-17 § 101")
    daemon.until("2026-09-25T09:00")
    for what in (("U-58",), ("--body", "RS"), ("--body", "HSN")):
        assert said(daemon, *what) == expected, what
        each_form_says_the_same(daemon, *what)
    reader = SignedIn(web, "hr", session_for(daemon, "hr", "hr@region.internal"))
    for of in ("U-58", "RS", "HSN"):
        page = Board(reader.get(f"/board?of={of}").text)
        assert "(M-02)" in page.parts["unanswered"] and "(M-03)" in page.parts["unanswered"], page.parts["unanswered"]
        if of == "U-58":
            assert "4 av 6 åtgärder" in page.parts["facts"], page.parts["facts"]


def said(daemon, *what):
    """How many were asked and have answered, who has not, and how each measure's status reads in the paper's tables."""
    row, text = report(daemon, *what), daemon.client("report", *what, text=True)
    counts = {4: "fyra av sex åtgärder"}[row["totals"]["answered"]]
    assert f"Svar har lämnats för {counts}." in text, text
    heading = "A. Pågående" if "--body" in what else "Läget per åtgärd"
    status = {line.split("|")[1].strip()[-5:-1]: line.split("|")[3].strip()
              for line in section(text, heading) if "(M-" in line}
    return ((row["totals"]["asked"], row["totals"]["answered"]), [each["measure"] for each in row["unanswered"]],
            {measure: words for measure, words in status.items() if measure in ("M-01", "M-02", "M-03")})


def each_form_says_the_same(daemon, *what):
    text = daemon.client("report", *what, text=True)
    path = daemon.folder / "paper.docx"
    daemon.client("report", *what, "--format", "docx", "-o", path, text=True)
    papers.compare(papers.of_markdown(text), papers.of_word(docx.Document(io.BytesIO(path.read_bytes()))), what)
    papers.compare(papers.of_markdown(text),
                   papers.of_html(daemon.client("report", *what, "--format", "html", text=True)), what)


def how_it_was_closed(box):
    daemon = played(box)
    text = daemon.client("report", "--body", "RS", text=True)
    closed = section(text, "B. Avslutade sedan sammanträdet den 16 juni 2026")
    assert closed == ["- Digitala återbesök (M-04), verksamhetschef akutsjukvård: struken (HSN 2026-06-11 § 81)",
                      "- Färre artiklar (M-05), verksamhetschef akutsjukvård: avbruten"], text


def a_body_that_has_met_has_treated_it(box):
    daemon = played(box, until="2026-09-16T09:00")
    text = daemon.client("report", "RS-T2", text=True)
    assert "Hälso- och sjukvårdsnämnden behandlar ärendet den 17 september 2026." in text, text
    assert "Låst den " in text, text
    # It is frozen, and the committee has met since.
    daemon.until("2026-09-18T09:00")
    text = daemon.client("report", "RS-T2", text=True)
    assert "Hälso- och sjukvårdsnämnden behandlade ärendet den 17 september 2026." in text, text
    daemon.tell("submit", "RS-T2", "/people/hr", reference="HSN 2026-09-17 § 101")
    text = daemon.client("report", "RS-T2", text=True)
    assert "Hälso- och sjukvårdsnämnden behandlade ärendet den 17 september 2026 (§ 101)." in text, text
    # What was frozen keeps what it said.
    text = daemon.client("report", "RS-T2", "--frozen", "--format", "md", text=True)
    assert "Hälso- och sjukvårdsnämnden behandlar ärendet den 17 september 2026." in text, text


def a_tracker_proposes_its_own(box):
    """Neither what another paper proposes to its body nor what is proposed to another body."""
    daemon = played(box)
    for body, name in (("RS", "Regionstyrelsen"), ("HSN", "Hälso- och sjukvårdsnämnden")):
        text = daemon.client("report", "--body", body, text=True)
        assert section(text, "Förslag till beslut") == [f"{name} beslutar", "att notera uppföljningen."], text
        assert report(daemon, "--body", body)["proposal"] is None
        # Of what is decided nobody signs or gets anything any more; what only passes a body is not its to send.
        assert section(text, "I tjänsten") == ["- HR-direktören"], text
        if body == "RS":
            assert section(text, "Utdrag till") == ["- Ekonomiavdelningen"], text
        else:
            assert "Utdrag till" not in text, text  # a heading with nothing under it
    each_form_says_the_same(daemon, "--body", "HSN")
    # An assignment's paper proposes what is undecided.
    assert report(daemon, "U-58")["proposal"] == "Regionstyrelsen beslutar att avsluta uppdraget."
    daemon.tell("submit", "RS-T2", "/people/hr", reference="HSN 2026-09-17 § 101")
    daemon.until("2026-09-29T15:00")
    daemon.tell("outcome", "RS-T2", "/people/stod", outcome="noted", reference="RS 2026-09-29 § 9")
    assert report(daemon, "U-58")["proposal"] is None, "all that it is about is decided"
    daemon.tell("proposal", "U-58", "/people/stod", text="Regionstyrelsen beslutar att avsluta uppdraget i dess helhet.")
    assert report(daemon, "U-58")["proposal"].endswith("i dess helhet."), "written after that"
    daemon.client("close", "U-58", "done", "--reference", "RS 2026-11-24 § 3")
    assert report(daemon, "U-58")["proposal"] is None, "closed"


def an_earlier_forecast_is_said_to_be_one(box):
    """Whoever reads that four have answered and five have a forecast asks how."""
    daemon = played(box, until="2026-09-17T15:00")
    text = daemon.client("report", "RS-T2", text=True)
    told = "\n".join(section(text, "Sammanfattning"))
    assert "Svar har lämnats för fyra av sex åtgärder." in told and "Prognos finns för fem åtgärder" in told, text
    # Of what is done or struck nobody asks another.
    assert "För en av de pågående åtgärderna är prognosen lämnad vid ett tidigare tillfälle." in told, text
    row = report(daemon, "RS-T2")
    assert [each["measure"] for each in row["rows"] if each.get("forecast_earlier")] == ["M-02"], row["rows"]
    assert row["totals"]["same"]["earlier_of"] == 1, row["totals"]
    assert "För en av de pågående åtgärderna är prognosen lämnad" in daemon.client("report", "--body", "RS", text=True)
    # In May it was what they were asked for.
    assert "vid ett tidigare tillfälle" not in daemon.client("report", "RS-58", text=True)


def rounding_is_said_where_it_shows(box):
    daemon = box.daemon(written(box, PLAN), "2026-04-23T08:00")
    daemon.until("2026-05-07T10:00")
    say(daemon, "M-01", "on-track", effect_forecast=2000000)
    for form in ("md", "html"):
        assert "avrundade" not in daemon.client("report", "RS-58", "--format", form, text=True)
    # 2,0 and 2,0 are 0,1 apart.
    say(daemon, "M-03", "on-track", effect_forecast=1950000)
    text = daemon.client("report", "RS-58", text=True)
    assert "| 2,0 | – | 2,0 | \u22120,1 |" in text, text
    assert "Beloppen är avrundade var för sig; summor och differenser kan därför avvika på sista decimalen. Streck" \
        in section(text, "Läget per åtgärd")[0], text
    each_form_says_the_same(daemon, "RS-58")


def rounding_of_sums_is_said_too(box):
    """12,0 and 6,0 are 18,1."""
    daemon = box.daemon(written(box, PLAN.replace("12000000L", "12040000L").replace("6000000L", "6040000L")),
                        "2026-04-23T08:00")
    daemon.until("2026-05-07T10:00")
    say(daemon, "M-01", "on-track", effect_forecast=12040000)
    say(daemon, "M-02", "on-track", effect_forecast=6040000)
    text = daemon.client("report", "RS-58", text=True)
    assert "| 18,1 | – | 18,1 | 0,0 |" in text and "Beloppen är avrundade var för sig" in text, text


def more_time_for_the_paper_itself(box):
    """That is told by the name of its date, and in no paper whose date has passed or which is handed in."""
    daemon = box.daemon(written(box, PLAN), "2026-04-23T08:00")
    daemon.until("2026-05-07T10:00")
    daemon.tell("request", "RS-58", "/people/hsd", due="2026-05-25", reason="Två svar väntas.")
    expected = "- Återredovisning i maj (RS-58). Anstånd begärs till den 25 maj 2026; gällande inlämningsdag är den " \
        "13 maj 2026. Skäl: Två svar väntas."
    for what in (("RS-58",), ("U-58",)):
        text = daemon.client("report", *what, text=True)
        assert section(text, "Begärda anstånd") == [expected], text
    daemon.until("2026-05-14T09:00")
    text = daemon.client("report", "RS-58", text=True)
    # One was asked for, so that it doesn't say that none was; no more does it when one was granted.
    assert "Låst den 13 maj 2026." in text and section(text, "Begärda anstånd") == [
        "Det finns inga begärda anstånd att ta ställning till."], text
    # Whoever is to decide on it sees it still.
    assert section(daemon.client("report", "--body", "RS", text=True), "C. Begärda anstånd") == [expected]


PERIOD = """periods = ( { name = "V 2026"; from = "2026-04-01"; until = "2026-06-30"; } );"""


def a_period_has_its_own_dates_and_reminders(box):
    """What was moved, and who was reminded, after it is none of it."""
    daemon = box.daemon(written(box, PERIOD, PLAN.replace(
        'title = "Färre artiklar";', 'title = "Färre artiklar"; done_by = "2026-11-30";').replace(
        'title = "Samlade lokaler";', 'title = "Samlade lokaler"; done_by = "2026-10-30";')), "2026-04-23T08:00")
    daemon.until("2026-05-20T09:00")
    daemon.client("extend", "M-05", "--due", "2026-12-18", "--reference", "HSN 2026-05-20 § 90")
    told = lambda: report(daemon, "U-58", "--period", "V 2026")
    before = told()
    counted = {row["measure"]: (row["asked"], row["last_asked"]) for row in before["unanswered"]}
    assert len(counted) == 6 and counted["M-03"][0] > 0, before["unanswered"]
    daemon.until("2026-06-30T20:00")
    asked = {row["measure"]: (row["asked"], row["last_asked"]) for row in told()["unanswered"]}
    daemon.until("2026-09-08T09:00")
    daemon.client("extend", "M-03", "--due", "2026-12-11", "--reference", "HSN 2026-09-03 § 91")
    daemon.client("extend", "M-05", "--due", "2027-01-29", "--reference", "HSN 2026-09-03 § 91")
    daemon.until("2026-09-11T09:00")
    after = told()
    rows = {row["measure"]: (row["done_by"], row["done_by_original"]) for row in after["rows"]}
    assert (rows["M-03"], rows["M-05"]) == (("2026-10-30", None), ("2026-12-18", "2026-11-30")), rows
    assert {row["measure"]: (row["asked"], row["last_asked"]) for row in after["unanswered"]} == asked, after["unanswered"]


run(with_the_last_report, a_tracker_with_the_last_meeting, what_its_paper_told_is_what_it_knew,
    of_a_series_with_the_one_before, a_returned_report_is_the_one_before, who_never_answered_stays_so, how_it_was_closed,
    a_body_that_has_met_has_treated_it, a_tracker_proposes_its_own, an_earlier_forecast_is_said_to_be_one,
    rounding_is_said_where_it_shows, rounding_of_sums_is_said_too, more_time_for_the_paper_itself, a_period_has_its_own_dates_and_reminders)
