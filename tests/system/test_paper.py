#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The paper: what a report says in a plan with assignments and periods, as a committee reads it."""
import csv
import io

from harness import run
from papers import BODIES, DEADLINES, EARLIER, MEASURES, PROPOSAL, section, told, written

BY_PERIOD = "Läget per period, så som det senast redovisades under perioden. En redovisning hör till den period då den " \
    "lämnades."


def periods_side_by_side(box):
    plan = written(box, BODIES, MEASURES % "", DEADLINES % "")
    daemon = box.daemon(plan, "2026-01-07T09:00")
    told(daemon)
    daemon.until("2026-09-10T09:00")
    text = daemon.client("report", "--body", "RS", "--period", "T2 2026", text=True)
    assert section(text, "Läget per period") == [
        "Tabell 5. " + BY_PERIOD,
        "| Uppdrag och åtgärd | T2 2026 | Senaste kommentar |",
        "|---|---|---|",
        "| **Oberoende av inhyrd personal (U-07)** |  |  |",
        "| Egna sjuksköterskor i stället för inhyrda (M-07) | Risk för avvikelse "
        "| Två tackade nej. - nytt försök i höst |",
        "| Samlad upphandling \\| bemanning (M-08) | Inga data | – |",
        "| **Samlad lokalförsörjningsplan (U-12)** | Avslutad/klar | Antagen. |",
        "| **Energiplan (U-14)** | Inga data | – |",
    ], text
    assert "\nUppföljningen avser perioden T2 2026, från den 1 maj 2026 till och med den 31 augusti 2026, och läget så " \
        "som det har redovisats under perioden.\n" in text, text
    text = daemon.client("report", "--body", "RS", text=True)
    # Nobody has said anything in the autumn yet.
    assert "| **Samlad lokalförsörjningsplan (U-12)** | Inga data | Avslutad/klar | Antagen. |" \
        in section(text, "Läget per period"), text
    assert daemon.client("report", "--body", "RS", "--format", "json")["periods"][-1] == "T3 2026"
    # Of one assignment there is nothing to tell it by; and the comments stand with the measures.
    text = daemon.client("report", "U-12", text=True)
    assert section(text, "Läget per period") == [
        "Tabell 2. " + BY_PERIOD, "| Åtgärd | T2 2026 |", "|---|---|",
        "| Lokalplan (M-12) | Genomförd |"], text
    # What is done stays done.
    daemon.tell("status", "M-08", "/people/hr", status="on-track")
    text = daemon.client("report", "--body", "RS", text=True)
    assert "| **Samlad lokalförsörjningsplan (U-12)** | Inga data | Avslutad/klar | Avslutad/klar | Antagen. |" \
        in section(text, "Läget per period"), text
    report = daemon.client("report", "RS-T2", "--period", "T1 2026", "--format", "json")
    (row,) = [row for row in report["rows"] if row["measure"] == "M-07"]
    assert (row["status"], row["progress"], row["effect_achieved"], row["effect_forecast"], row["words"],
            row["note"]) == ("on-track", 40, None, 12000000, "Pågående enligt plan",
                             "Åtta av tolv anställda."), row
    daemon.client("report", "RS-T2", "--period", "T9", code=65)
    daemon.client("report", code=64)
    daemon.client("report", "RS-T2", "--body", "RS", code=64)


def newest_is_by_time(box):
    plan = written(box, BODIES, MEASURES % "", DEADLINES % "")
    daemon = box.daemon(plan, "2026-01-07T09:00")
    daemon.until("2026-03-02T09:00")
    daemon.tell("status", "M-12", "/people/fastighet", status="on-track", effect_forecast=1000000)
    daemon.tell("status", "M-12", "/people/fastighet", status="off-track")  # at the same instant
    daemon.tell("status", "M-12", "/people/fastighet", status="at-risk", time="2026-02-01T09:00:00+01:00")
    report = daemon.client("report", "U-12", "--period", "T1 2026", "--format", "json")
    (row,) = report["rows"]
    assert (row["status"], row["effect_forecast"]) == ("off-track", 1000000), row
    assert [period["status"] for period in row["periods"]] == ["off-track"], row


def what_was_moved_is_told(box):
    plan = written(box, BODIES, MEASURES % "", DEADLINES % EARLIER)
    daemon = box.daemon(plan, "2026-01-07T09:00")
    told(daemon, earlier=True)
    daemon.client("extend", "M-08", "--due", "2026-12-18", "--reference", "RS 2026-06-15 § 3")
    text = daemon.client("report", "RS-T2", text=True)
    assert "- Nytt slutdatum: Samlad upphandling \\| bemanning (M-08), den 18 december 2026, " \
        "tidigare den 30 oktober 2026, enligt beslut RS 2026-06-15 § 3" in section(text, "Förändringar sedan föregående redovisning"), text
    assert "| 18 december 2026, tidigare 30 oktober 2026 |" in text, text


def a_meeting_that_moved_gave_no_more_time(box):
    one = BODIES.replace(''',
  { id = "U-12"; title = "Samlad lokalförsörjningsplan"; given_by = "RF"; given_to = "RS"; },
  { id = "U-14"; title = "Energiplan"; given_by = "RF"; given_to = "RS"; }''', "")
    plan = written(box, one, (MEASURES % "").replace("U-12", "U-07"), DEADLINES % "")
    daemon = box.daemon(plan, "2026-01-07T09:00")
    daemon.tell("meeting", "RS", **{"from": "2026-10-01", "replaces": "2026-09-29"})
    text = daemon.client("report", "RS-T2", text=True)
    assert "Uppdraget ska besvaras senast den 1 oktober 2026." in text and "ursprungligen" not in text, text
    # Nor did more time for the papers of the meeting.
    daemon.client("extend", "RS-T2", "--due", "2026-09-30", "--reference", "RS 2026-01-07 § 2")
    text = daemon.client("report", "RS-T2", text=True)
    assert "Uppdraget ska besvaras senast den 1 oktober 2026." in text and "ursprungligen" not in text, text
    daemon.client("extend", "RS-T2", "--due", "2026-11-24", "--reference", "RS 2026-01-07 § 3")
    text = daemon.client("report", "RS-T2", text=True)
    assert "senast den 24 november 2026, ursprungligen den 29 september 2026." in text, text
    # All that its body is told of is of one assignment, whose number in the diary its tracker has; and says when what
    # has no date is expected to be done.
    daemon.tell("status", "M-07", "/people/hr", status="at-risk", done_forecast="2027-02-28")
    text = daemon.client("report", "--body", "RS", text=True)
    assert "| 7 januari 2026 | Regionstyrelsen | RS/1019/2025 |" in text, text
    assert "(M-07) | HR-direktören | Risk för avvikelse (gul) | väntas klar 28 februari 2027 |" in text, text
    assert text.endswith("\nSammanställd den 7 januari 2026.\n"), text


def the_chain_is_named(box):
    plan = written(box, BODIES, MEASURES % "", DEADLINES % ' via = [ "meeting RF 2026-08" ];')
    daemon = box.daemon(plan, "2026-01-07T09:00")
    text = daemon.client("report", "RS-T2", text=True)
    told_of = section(text, "Ärendebeskrivning")
    assert "Regionfullmäktige behandlar ärendet den 31 augusti 2026 (preliminärt)." in told_of, text
    assert "Handlingarna" not in text, "when papers are to be handed in is nothing for a body to read"
    # Once it has met that is the past.
    daemon.until("2026-09-01T09:00")
    assert "Regionfullmäktige behandlade ärendet den 31 augusti 2026." in daemon.client("report", "RS-T2", text=True)
    # What a deadline of the assignment asks for is told in the assignment's paper too.
    rows = daemon.client("report", "U-07", "--format", "json")["rows"]
    assert [row["measure"] for row in rows] == ["M-07", "M-08", "M-12"], rows


def a_body_sees_what_is_overdue(box):
    plan = written(box, BODIES, MEASURES % """,
  { id = "M-15"; title = "Laddplatser"; owner = "fastighet"; done_by = "2026-08-15"; assignment = "U-12"; },
  { id = "M-16"; title = "Solceller"; owner = "fastighet"; done_by = "meeting RS 2026-11"; assignment = "U-12"; },
  { id = "M-17"; title = "Nytt passersystem"; owner = "fastighet"; done_by = "2026-09-01"; }""",
                   DEADLINES % "")
    daemon = box.daemon(plan, "2026-01-07T09:00")
    told(daemon)
    daemon.tell("request", "M-08", "/people/hr", deadline="RS-T2", due="2027-01-31", progress=40,
                reason="Överprövning | förvaltningsrätten")
    daemon.until("2026-09-10T09:00")
    text = daemon.client("report", "--body", "RS", text=True)
    assert section(text, "A. Pågående") == [
        "Tabell 2. Pågående uppdrag och åtgärder.",
        "| Uppdrag eller åtgärd | Ansvarig | Läge | Klart senast |",
        "|---|---|---|---|",
        "| Egna sjuksköterskor i stället för inhyrda (M-07) | HR-direktören "
        "| Inget svar; senast (20 augusti 2026): risk för avvikelse (gul) | – |",
        "| Samlad upphandling \\| bemanning (M-08) | HR-direktören | Inga data | 30 oktober 2026 |",
        "| Laddplatser (M-15) | Fastighetschefen | Inga data (röd: datumet har passerat) | 15 augusti 2026 |",
        "| Solceller (M-16) | Fastighetschefen | Inga data | Regionstyrelsen (RS), november 2026 |",
        "| Nytt passersystem (M-17) | Fastighetschefen | Inga data (röd: datumet har passerat) | 1 september 2026 |",
        "| Energiplan (U-14) | Regionstyrelsen | Inga data | – |",
    ], text
    assert section(text, "C. Begärda anstånd") == [
        "- Samlad upphandling \\| bemanning (M-08). Anstånd begärs till den 31 januari 2027; gällande datum är den "
        "18 september 2026. Åtgärden är genomförd till 40 procent. Skäl: Överprövning \\| förvaltningsrätten."], text
    assert section(text, "D. Försenade utan begärt anstånd") == [
        "- Laddplatser (M-15), fastighetschefen: skulle ha varit klar den 15 augusti 2026. Inga data (röd: datumet har "
        "passerat).",
        "- Nytt passersystem (M-17), fastighetschefen: skulle ha varit klar den 1 september 2026. "
        "Inga data (röd: datumet har passerat)."], text
    assert "| D. Försenade utan begärt anstånd | 2 |" in text, text


def the_paper_of_a_deadline(box):
    plan = written(box, BODIES, MEASURES % "", DEADLINES % (PROPOSAL + EARLIER))
    daemon = box.daemon(plan, "2026-01-07T09:00")
    told(daemon, earlier=True)
    plan.text = BODIES + MEASURES % """,
  { id = "M-15"; title = "Laddplatser"; owner = "fastighet"; }""" + DEADLINES % (PROPOSAL + EARLIER)
    plan.write()
    daemon.order("reload")
    daemon.until("2026-09-16T15:00")
    daemon.tell("status", "M-08", "/people/hr", status="on-track", progress=60,
                effect_forecast=4500000, done_forecast="2027-02-28", link="RS/1019/2025-7")
    daemon.until("2026-09-17T09:00")
    text = daemon.client("report", "RS-T2", text=True)
    assert text.startswith("# Redovisning av uppdrag, tertial 2\n"), text
    assert section(text, "Ärendebeskrivning") == [
        "Regionfullmäktige lämnade den 27 november 2024 uppdraget ”Oberoende av inhyrd personal” till "
        "regionstyrelsen (RF 2024-11-27 § 130). Uppdraget ska besvaras senast den 29 september 2026.",
        "Redovisningen lämnas enligt beslutet RS 2026-01-27 § 12.",
        "Ärendet har beretts av regiondirektören.",
    ], text
    assert "| 17 september 2026 | Regionstyrelsen | RS/1019/2025 |" in text.split("\n## ", maxsplit=1)[0], text
    assert section(text, "Sammanfattning") == [
        "Redovisningen omfattar fyra åtgärder. Kravet på effekt 2026 är 30,0 mnkr. Planerad effekt är 18,0 mnkr. Av "
        "kravet täcks 12,0 mnkr inte av någon åtgärd. Svar har lämnats för två av fyra åtgärder.",
        "För de två åtgärder som har en planerad effekt beräknas effekten för hela året bli 14,5 mnkr, 3,5 mnkr lägre "
        "än planerat. För en av de pågående åtgärderna är prognosen lämnad vid ett tidigare tillfälle. Den största avvikelsen "
        "gäller åtgärden ”Egna sjuksköterskor i stället för inhyrda” (M-07), som beräknas ge 2,0 mnkr mindre än planerat."], text
    rows = section(text, "Läget per åtgärd")
    assert "| Egna sjuksköterskor i stället för inhyrda (M-07) | HR-direktören " \
        "| Inget svar; senast (20 augusti 2026): risk för avvikelse (gul) | – " \
        "| 12,0 | 6,5 | 10,0 | \u22122,0 | – |" in rows, text
    assert "| Samlad upphandling \\| bemanning (M-08) | HR-direktören | Pågående enligt plan (gul: väntas bli klart senare) " \
        "| 30 oktober 2026, väntas klar 28 februari 2027 | 6,0 | – | 4,5 | \u22121,5 (senare år) " \
        "| Underlag: RS/1019/2025-7 |" in rows, text
    # What no measure covers is planned by nobody: the sum of the column is what is planned.
    assert not [line for line in rows if "Täcks inte" in line], text
    assert "| Samtliga åtgärder med planerad effekt (2) | 18,0 | 6,5 | 14,5 | \u22123,5 | 0,0 | \u22121,5 | \u22122,0 |" in rows, text
    assert "\u00a0" not in text
    assert section(text, "Krav på effekt")[-3:] == [
        "| Krav enligt uppdraget ”Oberoende av inhyrd personal” (U-07) | 2026 | 30,0 |",
        "| Planerad effekt | 2026 | 18,0 |",
        "| Täcks inte av någon åtgärd | 2026 | 12,0 |"], text
    assert section(text, "Förändringar sedan föregående redovisning") == [
        "Jämfört med redovisningen den 26 maj 2026 (RS 2026-05-26 § 71):",
        "- Ny: Laddplatser (M-15)",
        "- Avslutad/klar: Lokalplan (M-12)",
        "- Sämre läge: Egna sjuksköterskor i stället för inhyrda (M-07), tidigare pågående enligt plan "
        "(grön), nu risk för avvikelse (gul)",
    ], text
    assert section(text, "Ej inkomna svar")[0] == "Svar saknas för följande åtgärder, trots upp till tre " \
        "påminnelser, den senaste den 16 september 2026:", text
    assert section(text, "Ej inkomna svar")[1] \
        == "- Egna sjuksköterskor i stället för inhyrda (M-07), planerad effekt 12,0 mnkr", text
    assert section(text, "Begärt stöd") == [
        "- Egna sjuksköterskor i stället för inhyrda (M-07). Verksamheten uppger: ”Facklig samverkan  ",
        "  för \\* nya scheman”"], text
    assert section(text, "Förslag till beslut") == ["Regionstyrelsen beslutar",
                                                    "att notera redovisningen."], text
    assert section(text, "I tjänsten") == ["- Regiondirektören"], text
    assert section(text, "Utdrag till") == ["- Registrator"], text
    assert text.endswith("Arbetsmaterial, sammanställt den 17 september 2026.\n"), text

    # The same as data, and as a row a measure.
    report = daemon.client("report", "RS-T2", "--format", "json")
    same = report["totals"]["same"]
    assert same["effect_forecast"] - same["effect_planned"] == same["deviation"] == -3500000, same
    assert (same["of"], same["less"], same["late"]) == (2, 2000000, 1500000), same
    assert (report["totals"]["asked"], report["totals"]["answered"]) == (4, 2), report["totals"]
    assert report["requirements"] == [{"assignment": "U-07", "title": "Oberoende av inhyrd personal",
                                       "year": 2026, "amount": 30000000, "covered": 18000000, "struck": 0,
                                       "uncovered": 12000000}], report
    (row,) = [row for row in report["rows"] if row["measure"] == "M-07"]
    assert row["planned"][0] == {"year": 2026, "month": 3, "amount": 8000000}, row
    table = daemon.client("report", "U-07", "--format", "csv", text=True)
    (rest,) = [row for row in csv.DictReader(io.StringIO(table)) if row["word"] == "uncovered"]
    assert {name: value for name, value in rest.items() if value} == {
        "title": "Oberoende av inhyrd personal", "assignment": "U-07", "word": "uncovered", "uncovered": "12000000"}, rest
    assert daemon.client("report", "U-07", "--format", "json")["assignment"] == "U-07"

    # In the plan's language; without a proposal there is a hole to fill in.
    plan.text = BODIES + MEASURES % "" + DEADLINES % EARLIER
    plan.settings["language"] = "en"
    plan.write()
    daemon.order("reload")
    text = daemon.client("report", "RS-T2", text=True)
    assert section(text, "Proposed decision") == ["*\\[The proposal has not been written.\\]*"], text
    assert "Working draft, compiled 17 September 2026." in text, text
    assert "| Pågående enligt plan (yellow: expected to be done later) |" in text and "- Worse: " in text, text


# ---- a committee's tracker ------------------------------------------------------------------------

TRACKER = """
bodies = ( { id = "AC"; name = "Audit Committee"; papers = "-5wd"; words = { done = "Completed"; }; } );
meetings = ( { body = "AC"; from = "2026-03-10"; }, { body = "AC"; from = "2026-06-09"; },
  { body = "AC"; from = "2026-09-08"; }, { body = "AC"; from = "2026-12-08"; } );
people = ( { id = "chief"; name = "Chief Executive"; mail = "chief@district.internal"; },
  { id = "legal"; name = "Monitoring Officer"; mail = "legal@district.internal"; manager = "chief"; },
  { id = "secretary"; name = "Democratic Services"; mail = "democratic@district.internal";
    manager = "chief"; roles = [ "support", "steward" ]; } );
deadlines = ( { id = "PAPER"; title = "Action tracker"; due = "meeting AC 2026-06";
  every = "meeting AC"; answers_from = [ "AC-*" ]; responsible = "secretary"; inform = [ "chief" ];
  ladder = "standard"; } );
measures = (%s);
"""


def tracker(count):
    return TRACKER % ",".join(f"""
  {{ id = "AC-{n:02}"; title = "Action {n}"; owner = "legal"; decision = "Minute 10"; closing = "body"; }}"""
                              for n in range(1, count + 1))


def counts(daemon):
    return daemon.client("report", "--body", "AC", "--format", "json")["counts"]


def request(daemon, n, meeting):
    daemon.tell("request", f"AC-{n:02}", "/people/legal", deadline="PAPER", due=f"meeting AC {meeting}",
                reason="The contractor left.", progress=60)


def the_tracker_of_a_committee(box):
    plan = written(box, tracker(26))
    plan.settings["language"] = "en"
    daemon = box.daemon(plan, "2026-04-01T09:00")
    daemon.until("2026-05-20T09:00")
    for n in range(1, 6):
        daemon.tell("status", f"AC-{n:02}", "/people/legal", status="done")
    daemon.tell("status", "AC-06", "/people/legal", status="cancelled", note="The building was sold.")
    for n in range(7, 14):
        request(daemon, n, "2026-09")
    assert counts(daemon) == {"live": 21, "completed_since": 5, "requested": 7, "to_struck": 1,
                              "outstanding": 0}, counts(daemon)
    text = daemon.client("report", "--body", "AC", text=True)
    assert "| A. In progress | 21 |" in text and "| C. Extensions requested | 7 |" in text, text
    assert "- Action 7 (AC-07). An extension is requested until Audit Committee (AC), September 2026; the current date is " \
        "2 June 2026. The measure is 60% done. Reason: The contractor left." in text, text
    assert "- Action 1 (AC-01), Monitoring Officer: done according to the owner" in text, text

    # The resolution: note A and B, grant all of C, note D.
    daemon.until("2026-06-09T15:00")
    daemon.client("grant", "--all", "--body", "AC", "--reference", "Minute 21")
    for n in range(1, 5):
        daemon.client("close", f"AC-{n:02}", "done", "--reference", "Minute 21")
    daemon.client("close", "AC-06", "struck", "--reference", "Minute 21")
    daemon.until("2026-06-15T09:00")
    report = daemon.client("report", "--body", "AC", "--format", "json")
    assert report["changes"]["since"] == "2026-06-09" and report["counts"]["requested"] == 0, report
    # What is done stays in the list until the body has closed it, whenever it was done.
    assert [row["measure"] for row in report["completed"]] == ["AC-05"], report["completed"]
    daemon.client("close", "AC-05", "done", "--reference", "Minute 21")

    # Sixteen actions more, and the next paper.
    plan.text = tracker(42)
    plan.write()
    daemon.order("reload")
    daemon.until("2026-08-27T09:00")
    for n in range(27, 43):
        daemon.tell("status", f"AC-{n:02}", "/people/legal", status="done")
    for n in (14, 15):
        request(daemon, n, "2026-12")
    assert counts(daemon) == {"live": 20, "completed_since": 16, "requested": 2, "to_struck": 0,
                              "outstanding": 0}, counts(daemon)
    changes = daemon.client("report", "--body", "AC", "--format", "json")["changes"]
    assert [row["measure"] for row in changes["new"]] == [f"AC-{n}" for n in range(27, 43)], changes
    # What nobody has said anything of when the papers are due is outstanding, unless more time is asked for.
    daemon.until("2026-09-02T09:00")
    assert counts(daemon)["outstanding"] == 18, counts(daemon)
    assert daemon.client("verify") == []


def answered_measures_were_asked_too(box):
    plan = written(box, BODIES, MEASURES % "", DEADLINES % "")
    daemon = box.daemon(plan, "2026-01-07T09:00")
    daemon.until("2026-09-16T15:00")
    daemon.tell("status", "M-07", "/people/hr", status="on-track")
    daemon.until("2026-09-17T09:00")
    expected = [(row["measure"], row["asked"], row["last_asked"])
                for row in daemon.client("report", "RS-T2", "--format", "json")["rows"]]
    assert expected[0][1] == 3 and expected[0][2], expected
    for what in (("U-07",), ("--body", "RS")):
        rows = daemon.client("report", *what, "--format", "json")["rows"]
        assert [(row["measure"], row["asked"], row["last_asked"]) for row in rows
                if row["measure"]] == expected, (what, rows)


def a_period_is_not_mixed_with_today(box):
    plan = written(box, BODIES, MEASURES % """,
  { id = "M-15"; title = "Laddplatser"; owner = "fastighet"; done_by = "2026-09-05"; closing = "body"; }""",
                   DEADLINES % EARLIER)
    daemon = box.daemon(plan, "2026-01-07T09:00")
    told(daemon, earlier=True)
    daemon.tell("status", "M-15", "/people/fastighet", status="on-track", progress=100)
    daemon.until("2026-09-16T15:00")
    daemon.tell("status", "M-07", "/people/hr", status="off-track")
    daemon.tell("status", "M-08", "/people/hr", status="on-track")
    daemon.client("extend", "M-08", "--due", "2026-12-18", "--reference", "RS § 3")
    daemon.client("close", "M-15", "struck", "--reference", "RS § 4")
    report = daemon.client("report", "RS-T2", "--period", "T2 2026", "--format", "json")
    rows = {row["measure"]: row for row in report["rows"]}
    assert {name: row["answered"] for name, row in rows.items()} \
        == {"M-07": True, "M-08": False, "M-12": True, "M-15": True}, rows
    assert (rows["M-15"]["word"], rows["M-15"]["closed"], rows["M-15"]["light"]) \
        == ("on-track", None, "green"), rows["M-15"]
    # Nobody was asked in it: who answered in it is all there is to tell of.
    assert (report["totals"]["asked"], report["totals"]["answered"]) == (3, 3), report["totals"]
    assert report["unanswered"] == [], report["unanswered"]
    changes = report["changes"]
    assert changes["since"] == "2026-05-26" and changes["moved"] == [], changes
    assert [row["measure"] for row in changes["closed"]] == ["M-12"], changes
    (worse,) = changes["worse"]
    assert (worse["measure"], worse["is"]["status"]) == ("M-07", "at-risk"), worse
    # Before the summer nobody had a meeting to compare with, and nothing was closed.
    report = daemon.client("report", "--body", "RS", "--period", "T1 2026", "--format", "json")
    assert report["changes"]["since"] is None and report["completed"] == [], report
    assert "M-12" in [row["measure"] for row in report["live"]], report["live"]


def figures_are_of_their_year(box):
    bodies = BODIES.replace('requirements = (', 'requirements = ( { assignment = "U-07"; year = 2027; '
                            'amount = 50000000L; },')
    plan = written(box, bodies, MEASURES % "", DEADLINES % "")
    daemon = box.daemon(plan, "2026-01-07T09:00")
    daemon.until("2026-09-10T09:00")
    daemon.tell("status", "M-07", "/people/hr", status="at-risk", effect_forecast=4000000,
                effect_achieved=1234567)
    daemon.tell("status", "M-08", "/people/hr", status="at-risk", effect_forecast=5000000)

    def figures(*what):
        report = daemon.client("report", *what, "--format", "json")
        return report, {row["measure"]: (row["effect_planned"], row["effect_achieved"],
                                         row["effect_forecast"], row["deviation"])
                        for row in report["rows"]}
    report, rows = figures("U-07")
    assert rows["M-07"] == (12000000, 1234567, 4000000, -8000000), rows
    daemon.until("2027-02-01T09:00")
    report, rows = figures("U-07")
    assert report["year"] == 2027 and rows["M-07"] == (20000000, None, None, None), rows
    # A plain number is the same every year, and what was said of it stands.
    assert rows["M-08"] == (6000000, None, 5000000, -1000000), rows
    # In sums what nobody has said is no zero.
    same = report["totals"]["same"]
    assert (same["of"], same["effect_achieved"]) == (1, None), same
    assert "| 6,0 | – | 5,0 |" in daemon.client("report", "U-07", text=True)
    daemon.tell("status", "M-07", "/people/hr", status="at-risk", effect_forecast=15000000)
    report, rows = figures("U-07")
    assert rows["M-07"] == (20000000, None, 15000000, -5000000), rows
    # What was said in 2026 stays that year's.
    report, rows = figures("U-07", "--period", "T3 2026")
    assert report["year"] == 2026 and rows["M-07"] == (12000000, 1234567, 4000000, -8000000), rows
    # The table has what no measure covers in its own year only, so that a column has one year's money.
    table = daemon.client("report", "U-07", "--format", "csv", text=True)
    assert table.count('"uncovered"') == 1 and ",24000000\n" in table, table


def receivers_that_are_not_named_are_a_hole(box):
    """A deadline always names some; of an assignment without one they are for the officer to fill in."""
    daemon = box.daemon(written(box, BODIES, MEASURES % "", DEADLINES % ""), "2026-01-07T09:00")
    text = daemon.client("report", "U-12", text=True)
    assert section(text, "Utdrag till") == ["*\\[Mottagare är inte angivna.\\]*"], text
    # A tracker goes to nobody in particular: there is no heading with nothing under it.
    daemon.until("2026-10-01T09:00")
    text = daemon.client("report", "--body", "RF", text=True)
    assert "Utdrag till" not in text, text


def what_is_given_up_covers_nothing(box):
    """A measure that is struck or broken off gives no effect: what it was to give counts as covered by none."""
    plan = written(box, BODIES, MEASURES % "", DEADLINES % EARLIER)
    daemon = box.daemon(plan, "2026-01-07T09:00")
    told(daemon, earlier=True)

    def required(*how):
        (row,) = daemon.client("report", "RS-T2", "--format", "json", *how)["requirements"]
        return row["covered"], row["struck"], row["uncovered"]
    assert required() == (18000000, 0, 12000000), required()
    daemon.until("2026-09-10T09:00")
    daemon.tell("status", "M-08", "/people/hr", status="cancelled", effect_forecast=0)
    assert required() == (12000000, 6000000, 18000000), required()
    daemon.client("close", "M-07", "struck", "--reference", "RS 2026-09-01 § 4")
    assert required() == (0, 18000000, 30000000), required()
    # It stood in the spring.
    assert required("--period", "T1 2026") == (18000000, 0, 12000000), required("--period", "T1 2026")
    table = ["| Post | År | Effekt |", "|---|---|--:|",
             "| Krav enligt uppdraget ”Oberoende av inhyrd personal” (U-07) | 2026 | 30,0 |",
             "| Planerad effekt | 2026 | 18,0 |",
             "| Därav i strukna eller avbrutna åtgärder | 2026 | 18,0 |",
             "| Täcks inte av någon åtgärd | 2026 | 30,0 |"]
    text = daemon.client("report", "RS-T2", text=True)
    assert section(text, "Krav på effekt")[1:] == table, text
    rows = csv.DictReader(io.StringIO(daemon.client("report", "RS-T2", "--format", "csv", text=True)))
    assert [row["uncovered"] for row in rows if row["word"] == "uncovered"] == ["30000000"]
    # What the body closes as done counts, whatever its owner has said of it.
    daemon.client("close", "M-08", "done", "--reference", "RS 2026-09-01 § 5")
    assert required() == (6000000, 12000000, 24000000), required()


def the_lists_of_a_body_add_up(box):
    measures = "".join(f"""
  {{ id = "AC-{n:02}"; title = "Action {n}"; owner = "legal"; closing = "{by}"; }},"""
                       for n, by in enumerate(("body",) * 5 + ("owner",) * 3, 1)).rstrip(",")
    plan = written(box, TRACKER % measures)
    plan.settings["language"] = "en"
    daemon = box.daemon(plan, "2026-04-01T09:00")
    daemon.until("2026-05-20T09:00")
    for n, status in ((1, "done"), (2, "done"), (3, "cancelled"), (4, "cancelled"), (6, "done"),
                      (7, "cancelled")):
        daemon.tell("status", f"AC-{n:02}", "/people/legal", status=status)
    daemon.client("close", "AC-01", "done", "--reference", "Minute 20")
    daemon.client("close", "AC-03", "struck", "--reference", "Minute 20")
    report = daemon.client("report", "--body", "AC", "--format", "json")
    lists = {name: [row["measure"] for row in report[name]]
             for name in ("live", "completed", "to_struck")}
    assert lists == {"live": ["AC-04", "AC-05", "AC-08"], "to_struck": ["AC-04"],
                     "completed": ["AC-01", "AC-02", "AC-03", "AC-06", "AC-07"]}, lists
    assert {row["measure"]: row["closed"] for row in report["completed"]} == {
        "AC-01": True, "AC-02": False, "AC-03": True, "AC-06": True, "AC-07": True}, report
    assert sorted(row["measure"] for row in report["changes"]["closed"]) \
        == ["AC-01", "AC-03", "AC-06", "AC-07"], report["changes"]
    text = daemon.client("report", "--body", "AC", text=True)
    assert "| B. Closed since the meeting of 10 March 2026 | 5 |\n" \
        "| – of these done according to the owner, not closed | 1 |" in text, text
    assert "| – of these to be struck | 1 |" in text, text
    assert section(text, "B. Closed since the meeting of 10 March 2026") == [
        "- Action 1 (AC-01), Monitoring Officer: Completed (Minute 20)",
        "- Action 2 (AC-02), Monitoring Officer: done according to the owner",
        "- Action 3 (AC-03), Monitoring Officer: struck (Minute 20)",
        "- Action 6 (AC-06), Monitoring Officer: Completed",
        "- Action 7 (AC-07), Monitoring Officer: cancelled"], text
    assert "| Action 4 (AC-04) | Monitoring Officer | Cancelled according to the owner |" in text, text


def a_body_on_the_way_has_a_paper(box):
    plan = written(box, BODIES.replace('{ id = "RF";', '{ id = "HSN"; name = "Hälso- och sjukvårdsnämnden"; '
                                       'papers = "-3wd"; }, { id = "RF";'),
                   (MEASURES % "").replace(' assignment = "U-07";', ""),
                   (DEADLINES % ' via = [ "meeting HSN 2026-09" ]; officials = [ "hr", "role:support" ];')
                   .replace(' assignment = "U-07";', ""))
    daemon = box.daemon(plan, "2026-01-07T09:00")
    report = daemon.client("report", "--body", "HSN", "--format", "json")
    assert [row["measure"] for row in report["rows"]] == ["M-07", "M-08", "M-12"], report["rows"]
    # Who signs it is named apart from who is responsible for it.
    assert [person["id"] for person in report["officials"]] == ["hr", "stod"], report
    assert [person["id"] for person in report["description"]["prepared_by"]] == ["rd"], report
    daemon.tell("request", "M-08", "/people/hr", deadline="RS-T2", due="meeting RF 2026-12", reason="Tid")
    text = daemon.client("report", "RS-T2", text=True)
    assert "Anstånd begärs till regionfullmäktige (RF), december 2026;" in text, text
    plan.text = BODIES.split("assignments =")[0].replace(
        '{ id = "RF";', '{ id = "TOM"; name = "Tomma nämnden"; }, { id = "RF";') \
        + (MEASURES % "").replace(' assignment = "U-07";', "").replace(' assignment = "U-12";', "")
    plan.write()
    daemon.order("reload")
    text = daemon.client("report", "--body", "TOM", text=True)
    assert section(text, "Ärendebeskrivning") == [
        "Uppföljningen omfattar de uppdrag som tomma nämnden har lämnat eller fått och de åtgärder som ska redovisas "
        "till tomma nämnden."], text
    assert "Läget per period" not in text, text


run(periods_side_by_side, newest_is_by_time, what_was_moved_is_told, a_meeting_that_moved_gave_no_more_time,
    the_chain_is_named, a_body_sees_what_is_overdue, the_paper_of_a_deadline, the_tracker_of_a_committee,
    answered_measures_were_asked_too, a_period_is_not_mixed_with_today, figures_are_of_their_year,
    receivers_that_are_not_named_are_a_hole, what_is_given_up_covers_nothing, the_lists_of_a_body_add_up, a_body_on_the_way_has_a_paper)
