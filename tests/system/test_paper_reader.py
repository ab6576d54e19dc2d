#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A paper as its first reader has it, who knows nothing of the plan: no sentence of it contradicts another, each figure
is found again by who adds up, and no word needs to be written over. The plan is as an import leaves it."""
import docx
import papers
from board import Board
from desk import SignedIn, session_for
from harness import run
from papers import section, written
from web import Web

PLAN = """
bodies = ( { id = "RS"; name = "Regionstyrelsen"; papers = "-7wd"; } );
meetings = ( { body = "RS"; from = "2027-02-23"; }, { body = "RS"; from = "2027-04-27"; } );
people = (
  { id = "stod"; name = "Ekonomi"; mail = "ekonomi@regionen.internal"; roles = [ "support", "steward" ]; },
  { id = "karin"; name = "Karin Öberg"; mail = "karin@regionen.internal"; manager = "lars"; },
  { id = "lars"; name = "Lars Hägg"; mail = "lars@regionen.internal"; } );
measures = (
  { id = "M-1"; title = "Minska hyrpersonal"; owner = "karin"; effect_planned = 4500000L; done_by = "2027-03-10"; },
  { id = "M-2"; title = "Gemensam bemanningsenhet"; owner = "karin"; effect_planned = 2000000L; },
  { id = "M-3"; title = "Samordnade inköp"; owner = "karin"; effect_planned = 3200000L; done_by = "2027-05-31"; },
  { id = "M-4"; title = "Färre konsulter"; owner = "karin"; effect_planned = 3000000L; } );
deadlines = (
  { id = "RS-1"; title = "Lägesrapport om åtgärderna"; due = "meeting RS 2027-02"; answers_from = [ "M-*" ];
    proposal = "Regionstyrelsen beslutar att notera redovisningen."; responsible = "stod"; inform = [ "role:support" ];
    opens = "2027-01-18"; ladder = "standard"; } );
"""
MISSING = "Ej inkomna svar"
CHANGES = "Förändringar sedan föregående redovisning"


def say(daemon, measure, status, **more):
    daemon.tell("status", measure, "/people/karin", status=status, **more)


def paper(daemon, *what):
    """As text; and that a page and a document have the same words."""
    text = daemon.client("report", *what, text=True)
    path = daemon.folder / "paper.html"
    daemon.client("report", *what, "--format", "html", "-o", path, text=True)
    papers.compare(papers.of_html(path.read_text(encoding="utf-8")), papers.of_markdown(text), f"{what} as a page")
    return text


def row_of(text, measure):
    """The cells of its row in the table of measures."""
    return next([cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines()
                if line.startswith("|") and f"({measure})" in line)


def who_has_not_been_reminded_is_missing_too(box):
    """What the summary says of who has answered, and what stands in the rows, is what the list says."""
    plan = written(box, PLAN)
    web = Web(box, "2027-01-11T08:00", plan=plan)
    daemon = web.daemon
    none = "Svar saknas ännu för följande åtgärder; någon påminnelse har inte skickats:"
    text = paper(daemon, "RS-1")
    assert "Inget svar har lämnats." in text and section(text, MISSING)[0] == none, text
    assert len(section(text, MISSING)) == 1 + 4, text

    daemon.until("2027-01-28T09:00")  # open, and the first reminders leave the day after
    say(daemon, "M-1", "on-track", effect_forecast=4000000)
    for what in (["RS-1"], ["--body", "RS"]):
        text = paper(daemon, *what)
        assert "Svar har lämnats för en av fyra åtgärder." in text, text
        assert section(text, MISSING)[0] == none and len(section(text, MISSING)) == 1 + 3, text
    reader = SignedIn(web, "stod", session_for(daemon, "stod", "ekonomi@regionen.internal"))
    page = Board(reader.get("/board?of=RS-1").text)
    assert page.parts["unanswered"].count("någon påminnelse har inte skickats.") == 3, page.parts["unanswered"]

    daemon.until("2027-01-29T12:00")
    assert section(paper(daemon, "RS-1"), MISSING)[0] == \
        "Svar saknas för följande åtgärder, trots en påminnelse den 29 januari 2027:"
    daemon.until("2027-02-05T12:00")
    for measure in ("M-2", "M-3"):
        say(daemon, measure, "on-track")
    assert section(paper(daemon, "RS-1"), MISSING) == [
        "Svar saknas för följande åtgärd, trots två påminnelser, den senaste den 5 februari 2027:",
        "- Färre konsulter (M-4), planerad effekt 3,0 mnkr"]
    say(daemon, "M-4", "on-track")
    for what in (["RS-1"], ["--body", "RS"]):
        assert section(paper(daemon, *what), MISSING) == ["Inga svar saknas."], what


def what_is_asked_anew_forgets_no_reminder(box):
    """A tracker said that nobody was reminded on the day when the paper told of seven."""
    plan = written(box, PLAN.replace('ladder = "standard"; } );', '''ladder = "standard"; },
      { id = "RS-2"; title = "Lägesrapport i april"; due = "meeting RS 2027-04"; answers_from = [ "M-*" ];
        proposal = "Regionstyrelsen beslutar att notera redovisningen."; responsible = "stod";
        inform = [ "role:support" ]; opens = "2027-02-17"; ladder = "standard"; } );'''))
    daemon = box.daemon(plan, "2027-01-11T08:00")
    daemon.until("2027-02-01T09:00")
    say(daemon, "M-1", "on-track")
    daemon.until("2027-02-16T09:00")
    daemon.tell("submit", "RS-1", "/people/stod", reference="RS 2027/77")
    daemon.until("2027-02-17T12:00")
    tracker = daemon.client("report", "--body", "RS", "--format", "json")["unanswered"]
    # The last of them after the day on which the paper was locked, and before it was handed in.
    last = (5, "2027-02-15T08:00:00+01:00")
    assert [(row["measure"], row["asked"], row["last_asked"]) for row in tracker] == \
        [("M-1", 0, None), ("M-2", *last), ("M-3", *last), ("M-4", *last)], tracker
    # Of the report that is due next nobody is reminded yet.
    for what, reminded in ((("--body", "RS"), True), (("RS-2",), False)):
        line = section(paper(daemon, *what), MISSING)[0]
        assert ("trots upp till" in line) is reminded and ("någon påminnelse" in line) is not reminded, line


def without_a_forecast_there_is_no_effect_to_sum(box):
    """A heading with nothing below it."""
    daemon = box.daemon(written(box, PLAN), "2027-01-11T08:00")
    daemon.until("2027-01-28T09:00")
    text = paper(daemon, "--body", "RS")
    assert "\n## Effekt\n" not in text
    assert section(text, "Sammanfattning")[:3] == [
        "Inget svar har lämnats.", "Åtgärdernas planerade effekt 2027 är 12,7 mnkr.",
        "Prognos saknas för samtliga åtgärder. Den samlade effekten kan därför inte bedömas."], text
    path = daemon.folder / "tracker.docx"
    daemon.client("report", "--body", "RS", "--format", "docx", "-o", path, text=True)
    assert "Effekt" not in [paragraph.text for paragraph in docx.Document(path).paragraphs]
    say(daemon, "M-1", "on-track", effect_forecast=4000000)
    assert section(paper(daemon, "--body", "RS"), "Effekt")[0].startswith("Tabell 3. Summering")


def a_light_that_is_not_the_answers_says_why(box):
    """Green, yellow and red of the same words: it is the date that has come."""
    daemon = box.daemon(written(box, PLAN), "2027-01-11T08:00")
    daemon.until("2027-02-01T09:00")
    say(daemon, "M-1", "on-track")
    say(daemon, "M-3", "on-track", done_forecast="2027-06-30")
    daemon.until("2027-02-02T09:00")
    text = paper(daemon, "RS-1")
    assert row_of(text, "M-1")[2] == "Enligt plan (grön)", text
    assert row_of(text, "M-3")[2] == "Enligt plan (gul: väntas bli klart senare)", text

    daemon.until("2027-03-12T09:00")
    text = paper(daemon, "--body", "RS")
    assert row_of(text, "M-1")[2] == "Enligt plan (röd: datumet har passerat)", text
    assert "- Sämre läge: Minska hyrpersonal (M-1), tidigare enligt plan (grön), nu enligt plan (röd: datumet har " \
        "passerat)" in section(text, CHANGES), text
    say(daemon, "M-1", "off-track")
    assert row_of(paper(daemon, "--body", "RS"), "M-1")[2] == "Avviker från planen (röd)"


def what_was_returned_is_reported_anew(box):
    """The meeting that it was at is over: the paper names the day by which it is to be back, and no other."""
    web = Web(box, "2027-01-11T08:00", plan=written(box, PLAN))
    daemon = web.daemon
    daemon.until("2027-02-16T09:00")
    text = paper(daemon, "RS-1")
    assert section(text, "Ärendebeskrivning")[0] == "Ärendet redovisas till regionstyrelsen den 23 februari 2027.", text
    assert text.splitlines()[4].startswith("| 12 februari 2027 |"), text
    assert "\nLåst den 12 februari 2027. SHA-256: " in text, "frozen at the end of a Friday, which is no Saturday's doing"
    daemon.tell("submit", "RS-1", "/people/stod", reference="RS 2027/77")
    daemon.until("2027-02-23T15:00")
    daemon.tell("outcome", "RS-1", "/people/stod", outcome="returned", reference="RS 2027-02-23 § 9", due="2027-03-30")
    daemon.until("2027-03-12T09:00")
    text = paper(daemon, "RS-1")
    assert section(text, "Ärendebeskrivning")[0] == \
        "Ärendet redovisas på nytt till regionstyrelsen senast den 30 mars 2027.", text
    assert section(text, "Ärendets gång")[1] == "- Regionstyrelsen återremitterade ärendet den 23 februari 2027 (§ 9); " \
        "ny redovisning senast den 30 mars 2027", text
    daemon.tell("outcome", "RS-1", "/people/stod", outcome="returned", reference="RS 2027-02-23 § 9",
                due="meeting RS 2027-04")
    text = paper(daemon, "RS-1")
    assert section(text, "Ärendebeskrivning")[0] == \
        "Ärendet redovisas på nytt till regionstyrelsen den 27 april 2027.", text
    assert section(text, "Ärendets gång")[-1] == "- Regionstyrelsen återremitterade ärendet den 23 februari 2027 (§ 9); " \
        "ny redovisning: regionstyrelsen (RS), april 2027", "whenever it was written down"
    daemon.tell("outcome", "RS-1", "/people/stod", outcome="noted", reference="RS 2027-02-23 § 9")
    assert "Ärendet redovisas" not in paper(daemon, "RS-1"), "it has been, as the course of the matter tells"
    reader = SignedIn(web, "stod", session_for(daemon, "stod", "ekonomi@regionen.internal"))
    page = Board(reader.get("/board?of=RS-1").text)
    assert page.parts["state"].strip() == "Redovisningen noterades den 23 februari 2027 (RS 2027-02-23 § 9).", page.parts


def what_somebody_wrote_ends_as_a_sentence(box):
    """Where the paper says more behind it; what stands alone in its cell stands as it was written."""
    daemon = box.daemon(written(box, PLAN), "2027-01-11T08:00")
    daemon.until("2027-02-01T09:00")
    say(daemon, "M-1", "on-track", note="Klart i mars", link="RS 2027/1-1")
    say(daemon, "M-2", "on-track", note="Klart i april (det mesta).", link="RS 2027/1-2")
    say(daemon, "M-3", "on-track", note="Klart i maj")
    daemon.tell("request", "M-3", "/people/karin", due="2027-08-31", reason="rekryteringen drar ut på tiden")
    daemon.tell("request", "M-1", "/people/karin", due="2027-05-31", reason="Sjukdom (två av tre!)")
    say(daemon, "M-4", "cancelled", note="Konsulterna är kvar")
    text = paper(daemon, "RS-1")
    assert [row_of(text, f"M-{n}")[-1] for n in range(1, 5)] == \
        ["Klart i mars. Underlag: RS 2027/1-1", "Klart i april (det mesta). Underlag: RS 2027/1-2", "Klart i maj",
         "Konsulterna är kvar"], text
    asked = section(text, "Begärda anstånd")
    assert [line.partition(" Skäl: ")[2] for line in asked] == \
        ["rekryteringen drar ut på tiden.", "Sjukdom (två av tre!)"], asked
    assert section(paper(daemon, "--body", "RS"), "B. Avslutade") == \
        ["- Färre konsulter (M-4), Karin Öberg: avbruten. Konsulterna är kvar."]


def sums_of(text):
    """The rows of the table of sums: what it is of, planned, achieved, forecast and deviation."""
    return {cells[0]: cells[1:5] for line in text.splitlines() if line.startswith(("| Åtgärder med", "| Samtliga å",
                                                                                  "| Åtgärder utan"))
            for cells in [[cell.strip() for cell in line.split("|")[1:-1]]]}


def what_was_achieved_adds_up(box):
    """Whoever has no forecast may have achieved something: a dash would say that nobody knows."""
    daemon = box.daemon(written(box, PLAN), "2027-01-11T08:00")
    daemon.until("2027-02-01T09:00")
    say(daemon, "M-1", "on-track", effect_achieved=300000, effect_forecast=4200000)
    say(daemon, "M-2", "on-track", effect_forecast=2000000)
    say(daemon, "M-3", "done", effect_achieved=3200000)
    text = paper(daemon, "RS-1")
    assert sums_of(text) == {
        "Åtgärder med prognos (2)": ["6,5", "0,3", "6,2", "−0,3"],
        "Åtgärder utan prognos (2)": ["6,2", "3,2", "–", "–"],
        "Samtliga åtgärder (4)": ["12,7", "3,5", "–", "–"],
    }, text
    assert "Uppnådd effekt är redovisad för två av åtgärderna." in text and "avrundade var för sig" not in text, text
    say(daemon, "M-3", "done", effect_achieved=3240000, effect_forecast=3240000)
    say(daemon, "M-4", "on-track", effect_achieved=540000)
    text = paper(daemon, "RS-1")
    assert sums_of(text)["Samtliga åtgärder (4)"] == ["12,7", "4,1", "–", "–"], text
    assert "Uppnådd effekt är redovisad för tre av åtgärderna." in text and "avrundade var för sig" in text, text
    assert sums_of(paper(daemon, "--body", "RS")) == sums_of(text)


def what_is_given_up_is_said_without_a_requirement(box):
    """Of what was planned; and of the largest deviation, where it is that of such a measure."""
    daemon = box.daemon(written(box, PLAN), "2027-01-11T08:00")
    daemon.until("2027-02-01T09:00")
    say(daemon, "M-1", "at-risk", effect_forecast=4200000)
    say(daemon, "M-3", "at-risk", effect_forecast=3000000)
    say(daemon, "M-4", "cancelled")
    text = section(paper(daemon, "RS-1"), "Sammanfattning")
    assert text[0].startswith("Redovisningen omfattar fyra åtgärder med en planerad effekt om 12,7 mnkr 2027, varav "
                              "3,0 mnkr i strukna eller avbrutna åtgärder. "), text
    assert text[1].endswith("Den största redovisade avvikelsen gäller åtgärden ”Minska hyrpersonal” (M-1), som "
                            "beräknas ge 0,3 mnkr mindre än planerat."), text
    say(daemon, "M-2", "on-track", effect_forecast=2000000)
    say(daemon, "M-4", "cancelled", effect_forecast=0)
    text = section(paper(daemon, "RS-1"), "Sammanfattning")
    assert text[1].endswith("Den största avvikelsen gäller åtgärden ”Färre konsulter” (M-4), som är avbruten och "
                            "beräknas ge 3,0 mnkr mindre än planerat."), text
    daemon.client("close", "M-4", "struck", "--reference", "RS 2027-02-01 § 4")
    text = section(paper(daemon, "RS-1"), "Sammanfattning")
    assert "(M-4), som är struken och beräknas ge 3,0 mnkr mindre" in text[1], text


# What the body has given, besides: an assignment of its own that no measure is below.
GIVEN = """
assignments = ( { id = "U-1"; title = "Se över lokaler"; given_by = "RS"; given_to = "RS"; closing = "body"; } );
requirements = ( { assignment = "U-1"; year = 2027; amount = 20000000L; } );
periods = ( { name = "T1 2027"; from = "2027-01-01"; until = "2027-04-30"; } );
"""


def a_tracker_counts_what_it_lists(box):
    """The lists and the one line for what is in none of them are all that the sums are of; each is called what it is."""
    plan = written(box, PLAN, GIVEN)
    web = Web(box, "2027-01-11T08:00", plan=plan)
    daemon = web.daemon
    daemon.until("2027-02-01T09:00")
    say(daemon, "M-1", "on-track", effect_forecast=4000000)
    say(daemon, "M-3", "done", effect_forecast=3200000, effect_achieved=3200000)
    text = paper(daemon, "--body", "RS")
    assert "\nTabell 2. Pågående uppdrag och åtgärder.\n\n| Uppdrag eller åtgärd | Ansvarig |" in text, text
    assert "| A. Pågående | 4 |\n| B. Avslutade | 1 |\n| C." in text, text
    assert section(text, "Sammanfattning")[1:3] == [
        "Åtgärdernas planerade effekt 2027 är 12,7 mnkr. Kravet på effekt är 20,0 mnkr. Av kravet täcks 20,0 mnkr inte av "
        "någon åtgärd.",
        "Prognos finns för två åtgärder, med en planerad effekt om 7,7 mnkr. För dessa beräknas effekten för hela året bli "
        "7,2 mnkr, 0,5 mnkr lägre än planerat. För två åtgärder, med en planerad effekt om 5,0 mnkr, saknas prognos. Den "
        "samlade effekten är därför inte fullständigt redovisad. Den största redovisade avvikelsen gäller åtgärden ”Minska "
        "hyrpersonal” (M-1), som beräknas ge 0,5 mnkr mindre än planerat."], text
    reader = SignedIn(web, "stod", session_for(daemon, "stod", "ekonomi@regionen.internal"))
    page = " ".join(reader.get("/board?of=RS").text.split())
    assert "(2 av 4 åtgärder)" in page and "<dt>Berett av</dt><dd>Ekonomi</dd>" in page, page

    daemon.client("close", "U-1", "done", "--reference", "RS 2027-02-23 § 3")
    daemon.until("2027-03-01T09:00")
    text = paper(daemon, "--body", "RS")
    assert "\nTabell 2. Pågående åtgärder.\n\n| Åtgärd | Ansvarig |" in text, text
    assert "| A. Pågående | 3 |\n| B. Avslutade sedan sammanträdet den 23 februari 2027 | 0 |\n" \
        "| – därutöver avslutade tidigare | 2 |\n| C." in text, text
    text = paper(daemon, "--body", "RS", "--period", "T1 2027")
    assert text.startswith("# Uppföljning till regionstyrelsen, T1 2027\n"), "one agenda's item is not another's"
    assert "Uppföljningen avser perioden T1 2027, från den 1 januari 2027 till och med den 30 april 2027, och läget så " \
        "som det har redovisats under perioden." in section(text, "Ärendebeskrivning"), "in March it has no end yet"
    # What it says is of the period, not of the day of the paper.
    assert section(text, "B. Avslutade sedan sammanträdet den 23 februari 2027") == [
        "Inga åtgärder har därefter redovisats som avslutade under perioden."], text
    assert section(text, "C. Begärda anstånd") == ["Inga begärda anstånd finns att redovisa för perioden."], text
    assert section(text, "Förändringar sedan föregående redovisning")[0] == \
        "Läget för perioden jämfört med sammanträdet den 23 februari 2027:", text
    assert "Svar saknas för följande åtgärder, trots påminnelse, senast den 15 februari 2027:" in text, text


def there_is_a_place_for_the_diarys_number(box):
    """Whatever goes to a body: it is on no agenda without one, and a plan without assignments knows none."""
    daemon = box.daemon(written(box, PLAN), "2027-01-11T08:00")
    assert paper(daemon, "RS-1").splitlines()[2:5] == [
        "| Datum | Till | Diarienummer |", "|---|---|---|", "| 11 januari 2027 | Regionstyrelsen |  |"]


def what_the_measures_were_decided_by(box):
    """Where nothing above them was, as in a plan that was imported; of each reference the whole, and only of all."""
    decided = PLAN
    for n, section_of in ((1, 112), (2, 112), (3, 113), (4, 114)):
        decided = decided.replace(f'id = "M-{n}";', f'id = "M-{n}"; decision = "HSN 2026-10-14 § {section_of}";')
    plan = written(box, decided)
    daemon = box.daemon(plan, "2027-01-11T08:00")
    assert section(paper(daemon, "RS-1"), "Ärendebeskrivning")[0] == "Redovisningen avser åtgärder enligt besluten " \
        "HSN 2026-10-14 § 112, HSN 2026-10-14 § 113 och HSN 2026-10-14 § 114."
    plan.text = decided.replace("§ 113", "§ 112").replace("§ 114", "§ 112")
    plan.write()
    daemon.client("reload")
    assert section(paper(daemon, "RS-1"), "Ärendebeskrivning")[0] == \
        "Redovisningen avser åtgärder enligt beslutet HSN 2026-10-14 § 112."
    for text in (decided.replace(' decision = "HSN 2026-10-14 § 113";', ""),
                 decided.replace("due = ", 'decision = "RS 2026-11-24 § 80"; due = ')):
        plan.text = text
        plan.write()
        daemon.client("reload")
        assert "avser åtgärder enligt" not in paper(daemon, "RS-1")


def what_is_required_stays_on_one_page(box):
    """With what covers it, and what of it nothing covers: a reader takes one from the other."""
    daemon = box.daemon(written(box, PLAN, GIVEN), "2027-01-11T08:00")
    path = box.folder / "paper.docx"
    daemon.client("report", "--body", "RS", "--format", "docx", "-o", path, text=True)
    table = next(table for table in docx.Document(path).tables if table.rows[0].cells[0].text == "Post")
    kept = [(row.cells[0].text, bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next))
            for row in table.rows[1:]]
    assert kept == [("Krav enligt uppdraget ”Se över lokaler” (U\u20111)", True), ("Planerad effekt", True),
                    ("Täcks inte av någon åtgärd", False)], kept
    page = box.folder / "paper.html"
    daemon.client("report", "--body", "RS", "--format", "html", "-o", page, text=True)
    rows = page.read_text(encoding="utf-8").partition("Krav på effekt</h2>")[2].partition("</table>")[0].split("<tbody>")[1]
    assert [row.startswith(' class="leads"') for row in rows.split("<tr")[1:]] == [True, True, False], rows


run(who_has_not_been_reminded_is_missing_too, what_is_asked_anew_forgets_no_reminder,
    without_a_forecast_there_is_no_effect_to_sum, a_light_that_is_not_the_answers_says_why,
    what_was_returned_is_reported_anew, what_somebody_wrote_ends_as_a_sentence, what_was_achieved_adds_up,
    what_is_given_up_is_said_without_a_requirement, a_tracker_counts_what_it_lists,
    there_is_a_place_for_the_diarys_number, what_the_measures_were_decided_by, what_is_required_stays_on_one_page)
