#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""`paminn import`: from a spreadsheet's export to a plan that is filled in, checked and forecast.

The exports in import/ are LibreOffice's own (7.4, `soffice --convert-to csv`) of one sheet of fifteen
measures, in the Swedish locale (with semicolons, as UTF-8 and as Windows-1252; with tabs) and in that of the
USA (with commas). Those of an .ods, an .xlsx and a flat .fods were the same, byte for byte."""
import datetime
import json
import os
import re
import shutil
import subprocess

from harness import PAMINN, PAMINND, ROOT, local, run

EXPORTS = ROOT / "tests/system/import"
HOLE = re.compile(r"<fyll i[^>]*>")


def run_import(*arguments, code=0, cwd=None):
    """Standard output and standard error. A daemon is neither there nor asked for."""
    done = subprocess.run([PAMINN, "import", *arguments], capture_output=True, timeout=60, cwd=cwd,
                          env={**os.environ, "HOME": "/nonexistent"})
    assert done.returncode == code, done
    return done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def sheet(box, text, *arguments, name="blad.csv", encoding="utf-8", code=0):
    (box.folder / name).write_bytes(text.encode(encoding))
    return run_import(name, *arguments, code=code, cwd=box.folder)


def install(box, plan):
    """As an official would: the shipped paminnd.conf with its two addresses, and the plan in plan.d."""
    text = (ROOT / "conf/paminnd.conf").read_text(encoding="utf-8")
    text = re.sub(r'"<fyll i e-postadress[^>]*>"', '"stod@region.internal"', text)
    text = text.replace("/var/lib/paminn/", "").replace("ipc:///run/paminn/", "ipc://")
    (box.folder / "paminnd.conf").write_text(text, encoding="utf-8")
    (box.folder / "plan.d").mkdir(exist_ok=True)
    (box.folder / "plan.d/plan.conf").write_text(plan, encoding="utf-8")


def check(box, *more):
    done = subprocess.run([PAMINND, "--config", box.folder / "paminnd.conf", "--check", *more],
                          capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


ANSWERS = (("organets namn", "Regionstyrelsen"), ("sammanträdets datum", "2026-05-26"),
           ("stödfunktionens namn", "Stöd och uppföljning"),
           ("stödfunktionens e-postadress", "stod@region.internal"),
           ("vad som ska redovisas", "Lägesrapport"), ("e-postadress", "per@region.internal"))


def fill(plan):
    """Each hole gets the answer that it asks for."""
    def answer(hole):
        return next(answer for words, answer in ANSWERS if words in hole[0])
    return "".join(line if line.lstrip().startswith("#") else HOLE.sub(answer, line)
                   for line in plan.splitlines(True))


def exports_of_both_locales_and_encodings_are_one_plan(box):
    plans = {}
    for name, said in (("sv-utf8", ["UTF-8", 'columns apart by ";"']),
                       ("sv-1252", ["Windows-1252", 'columns apart by ";"']),
                       ("sv-tab", ["UTF-8", "columns apart by tabs"]),
                       ("en-comma", ["UTF-8", 'columns apart by ","'])):
        plan, told = run_import(str(EXPORTS / f"{name}.csv"), "--prefix", "HSN-")
        assert ("\nWindows-1252\n" in told) == (name == "sv-1252") and "olumn" not in told, told
        texts = [each["text"] for each in json.loads(run_import(str(EXPORTS / f"{name}.csv"), "--json")[0])["notices"]]
        assert texts[:2] == said, texts
        assert texts[2].startswith('columns: A "Nr" is measure; B "Åtgärd" is title; '), texts
        assert '; H "Planerad effekt (tkr)" is effect_planned, in tkr; ' in texts[2], texts
        assert texts[2].endswith('; K "Status" is status; L "Kommentar" is note'), texts
        assert '\nrow 8: "Asa Lindqvist" is taken for "Åsa Lindqvist" (row 7)' in told
        assert '\nrow 17: "Summa" is the sum of the rows\n' in told
        assert told.startswith("15 measures, 8 owners, 2 managers; 6 holes to fill in:\n"), told
        plans[name] = re.sub(r"^ *# .*\n", "", plan, flags=re.M)
    assert len(set(plans.values())) == 1, {name: plan[:400] for name, plan in plans.items()}
    plan = plans["sv-utf8"]
    for part in ('title = "Färre dubbelbokningar och sena återbud";', "effect_planned = 1250500;",
                 'title = "Rätt vårdnivå: hänvisning till \\"1177\\" först";', 'id = "HSN-15";',
                 "effect_planned = -250000;", 'done_by = "2026-04-03";', 'manager = "goran-akerlund";',
                 'owner = "per-olofsson";', 'tags = [ "Köpt vård" ];', 'answers_from = [ "HSN-*" ];'):
        assert part in plan, part


def each_hole_is_named_and_when_filled_the_plan_is_good(box):
    plan, told = run_import(str(EXPORTS / "sv-1252.csv"), "--prefix", "HSN-", "--body", "RS")
    # The screen has each with its line and what is missing, the options for what no spreadsheet has among it.
    named = re.findall(r"^plan\.conf:(\d+): (.*)$", told, re.M)
    install(box, plan)
    code, text = check(box)
    holes = [(number, hole[0]) for number, line in enumerate(plan.splitlines(), 1)
             if not line.lstrip().startswith("#") and (hole := HOLE.search(line))]
    assert code == 78 and len(holes) == 6, holes
    assert [int(number) for number, _ in named] == [number for number, _ in holes], (named, holes)
    assert [why for _, why in named] == [
        "what the body is called: --body-name", "the body's next meeting: --meeting", "who helps: --support",
        "who helps: --support", "Per Olofsson, row 13: E-post is empty", "what is asked for: --asked"], named
    faults = [line for line in text.splitlines() if "warning" not in line]
    for (number, hole), fault in zip(holes, faults, strict=True):
        assert fault.startswith(f"{box.folder}/plan.d/plan.conf:{number}: ") and hole in fault, fault
    install(box, fill(plan))
    code, text = check(box, "--clock", "2026-05-04T07:00@1")
    assert code == 0, text
    assert "RS-RAPPORT" in text and "2026-05-15" in text, text  # seven working days before 26 May
    # The body by its abbreviation, with which its measures begin.
    install(box, re.sub(r"\bRS\b", "HSN", fill(plan)))
    code, text = check(box, "--clock", "2026-05-04T07:00@1")
    assert code == 0 and "HSN-RAPPORT: due 2026-05-26" in text, text


def the_forecast_names_every_owner(box):
    plan, _ = run_import(str(EXPORTS / "en-comma.csv"), "--prefix", "HSN-", "--body", "RS")
    own = box.plan()
    own.settings["plan"] = ["plan.d/*.conf"]
    own.write()
    (box.folder / "plan.conf").unlink()
    (box.folder / "plan.d").mkdir(exist_ok=True)
    (box.folder / "plan.d/a.conf").write_text(fill(plan), encoding="utf-8")
    daemon = box.daemon(own, "2026-05-04T07:00", start=False)
    daemon.start(write=False)
    rows = daemon.client("forecast", "--month", "2026-05")
    owners = {"karin-strom", "ulf-nystrom", "eva-oberg", "ali-hassan", "asa-lindqvist",
              "jonas-wiklund", "maj-britt-sanden", "per-olofsson"}
    assert owners <= {row["to"] for row in rows if row["kind"] == "reminder"}, rows
    asked = {item["measure"] for row in rows for item in row["items"]}
    assert {f"HSN-{n}" for n in range(1, 16)} <= asked, asked
    assert {row["to"] for row in rows if row["kind"] == "escalation"} >= {"goran-akerlund", "berit-ek"}
    assert local("2026-05-04T07:30") in {local(row["when"]) for row in rows}
    daemon.stop()


SHEET = """Handlingsplan 2026;;;;;
;;;;;
Nr;Åtgärd;Ansvarig;E-post;Effekt;Klart
A 1;Städning;Anna Ek;anna@region.se;2 mnkr;3/4/2026
A-2;;Ek, Anna;;1,5 mnkr;31 december 2026
A-2;Måltider;Bo Alm / Cia Dahl;;ca 2 mnkr;våren 2027
;Transporter;;;500;2026-12
;Lokaler;Bo Alm;bo@region.se, bo@kommun.se;;
;;;;;
;Rubrik;;;;
A-9;Fyll i rubrik;Bo Alm;;;
A-9;Fyll i rubrik;Bo Alm;;;
"""


def nothing_is_guessed_in_silence(box):
    plan, told = sheet(box, SHEET)
    first, look, read = told.split("\n\nNext:\n")[0].split("\n\n")
    assert first.splitlines()[0] == "6 measures, 2 owners; 14 holes to fill in:", told
    assert [line.split(": ", 1)[1] for line in first.splitlines()[5:-1]] == [
        'Bo Alm, rows 8, 11: E-post "bo@region.se, bo@kommun.se" is not one address',
        'A-1, row 4: Klart "3/4/2026" can be read two ways, 2026-04-03 and 2026-03-04',
        "A-2, row 5: Åtgärd is empty",
        "A-2, row 6: the id A-2 is that of row 5 too",
        'A-2, row 6: Ansvarig "Bo Alm / Cia Dahl" names several people, and a measure has one owner',
        'A-2, row 6: Effekt "ca 2 mnkr" is no amount',
        'A-2, row 6: Klart "våren 2027" names no day',
        "transporter, row 7: Ansvarig is empty",
        'transporter, row 7: Effekt "500" has no unit, and nothing says for certain that it is kronor: write it in the '
        'heading, as in "(tkr)", or say --unit'], told
    assert first.splitlines()[-1].endswith('A-9, row 11: Åtgärd "Fyll i rubrik" is a hole already'), told
    assert look.startswith("Look at:\nno column has managers, to hear of late answers\n") and look.count("\n") == 2, told
    assert read.splitlines() == [
        "Read like this, nothing to do:", 'row 4: the id "A 1" becomes A-1',
        'row 5: "Ek, Anna" is taken for "Anna Ek" (row 4)', "row 7: Nr is empty: the id is made of the title, transporter",
        'row 7: Klart "2026-12" is read as 2026-12-31', "row 8: Nr is empty: the id is made of the title, lokaler",
        "rows 8, 11: Klart is empty: no day of its own",
        "rows 8, 11: Effekt is empty: no effect is planned",
        'row 10: "Rubrik" stands alone and is taken for a heading between the rows: no measure',
        "row 12: is row 11 again: left out"], told
    # A program gets what is a hole by its row, too.
    assert {"row": 6, "text": 'Effekt "ca 2 mnkr" is no amount', "id": None} in json.loads(
        sheet(box, SHEET, "--json")[0])["notices"]
    for line in ('title = "<fyll i åtgärdens rubrik>";', 'id = "<fyll i ett eget id, rad 5 har redan: A-2>";',
                 'owner = "<fyll i en ansvarigs id, som bo-alm: Bo Alm / Cia Dahl>";',
                 'owner = "<fyll i ansvarigs id, som anna-ek>";',
                 'effect_planned = "<fyll i belopp i kronor utan citattecken, eller stryk raden: ca 2 mnkr>";', "effect_planned = 1500000;",
                 'done_by = "<fyll i datum, som 2026-12-31, eller stryk raden: våren 2027>";', 'id = "transporter";',
                 'mail = "<fyll i e-postadress: bo@region.se, bo@kommun.se>";'):
        assert line in plan, (line, plan)
    install(box, plan)
    code, text = check(box)
    holes = [line for line in plan.splitlines()
             if re.search(r"= .*fyll i", line, re.I) and not line.lstrip().startswith("#")]
    assert code == 78 and text.count("has the hole") == len(holes) == 14, (len(holes), text)


def dates_as_officials_write_them(box):
    """Each reading that is not plain is told, and told once however many rows have it."""
    cells = ("31/12 2027", "3/4 2027", "31.12.2027", "Q2 2027", "kv 2 2027", "Q2 2027", "maj 2027", "snarast",
             "-", "–", "snarast")
    text = "Nr;Åtgärd;Ansvarig;Klart senast;Effekt (tkr)\n" + "".join(
        f"A{row};Städning {row};Anna Ek;{cell};{'–' if row == 3 else row}\n" for row, cell in enumerate(cells, 2))
    plan, told = sheet(box, text)
    hole = "<fyll i datum, som 2026-12-31, eller stryk raden: snarast>"
    assert [re.search(r'done_by = "(.*)";', block) and re.search(r'done_by = "(.*)";', block)[1]
            for block in plan.split("measures = (")[1].split("},\n")] == [
        "2027-12-31", "2027-04-03", "2027-12-31", "2027-06-30", "2027-06-30", "2027-06-30", "2027-05-31",
        hole, None, None, hole], plan
    said = [line for line in told.splitlines() if "Klart senast" in line]
    assert [line.split(": ", 1)[1] for line in said[:2]] == [
        'A9, row 9: Klart senast "snarast" names no day', 'A12, row 12: Klart senast "snarast" names no day'], told
    assert said[2:] == ['row 3: Klart senast "3/4 2027" is read as 2027-04-03',
                        'rows 5, 7: Klart senast "Q2 2027" is read as 2027-06-30',
                        'row 6: Klart senast "kv 2 2027" is read as 2027-06-30',
                        'row 8: Klart senast "maj 2027" is read as 2027-05-31',
                        "rows 10, 11: Klart senast is empty: no day of its own"], told
    assert "row 3: Effekt (tkr) is empty: no effect is planned" in told, told
    assert json.loads(sheet(box, text, "--json")[0])["notices"][-1]["row"] == 12, "one for each row"


def two_owners_in_one_cell_and_titles_before_names(box):
    """Only what other rows have tells whether "och" stands between two people or within a function."""
    plan, told = sheet(box, "Nr;Åtgärd;Ansvarig;E-post\nA 1;A;Driftchef Bo Hed;bo.hed@region.se\nA 2;B;Bo Hed;\n"
                       "A 3;C;Malin Qvist;mq@region.se\nA 4;D;Bo Hed och Malin Qvist;\nA 5;E;Bo Hed, Malin Qvist;\n"
                       "A 6;F;Chef kultur och fritid;kf@region.se\nA 7;G;Qvist, Malin;\n")
    several = "names several people, and a measure has one owner"
    said = [line.partition(": ")[2] for line in told.splitlines() if line.startswith("plan.conf") and ", row" in line]
    assert said == ["Bo Hed, row 3: E-post is empty", f'A-4, row 5: Ansvarig "Bo Hed och Malin Qvist" {several}',
                    f'A-5, row 6: Ansvarig "Bo Hed, Malin Qvist" {several}'], told
    assert [line for line in told.splitlines() if line.startswith("row")] == [
        'row 3: "Bo Hed" looks like "Driftchef Bo Hed" (row 2): they stay two people',
        'row 2: the id "A 1" becomes A-1, and 6 more likewise',
        'row 8: "Qvist, Malin" is taken for "Malin Qvist" (row 4)'], told
    assert plan.count("en ansvarigs id, som bo-hed: Bo Hed") == 2 and 'id = "chef-kultur-och-fritid"' in plan, plan


def what_is_over_is_in_the_plan_as_that(box):
    """Nobody is asked of it, and there is nothing to do about it."""
    text = ("Nr;Åtgärd;Ansvarig;Klart;Status\n1;A;Anna;2027-01-31;Pågår\n2;B;Anna;2026-10-31;Klart\n"
            "3;C;Anna;2026-10-31;Genomförd 2026-09-30\n4;D;Anna;;Utgår\n5;E;Anna;avslutad;\n6;F;Anna;;Ej klar\n")
    plan, told = sheet(box, text, "--prefix", "A-")
    said = [line for line in told.partition("nothing to do:\n")[2].splitlines() if "is over" in line]
    assert said == [
        'rows 3 (A-2), 4 (A-3), 6 (A-5): is over: nobody is asked; the report says "Genomförd"',
        'row 5 (A-4): is over: nobody is asked; the report says "Avbruten"'], told
    assert told.count("is over") == 2 and "paminn status" not in told, told
    assert re.findall(r'id = "(A-\d)";[^{}]*?status = "(\w+)";', plan) == [
        ("A-2", "done"), ("A-3", "done"), ("A-4", "cancelled"), ("A-5", "done")], plan
    assert 'status="Klart"' in plan and plan.count('id = "A-') == 6 and "names no day" not in told, plan
    notices = json.loads(sheet(box, text, "--prefix", "A-", "--json")[0])["notices"]
    assert [each["row"] for each in notices if "is over" in each["text"]] == [3, 4, 5, 6], notices
    # A day that can't be read is no hole then.
    assert "<fyll i datum" not in sheet(box, "Nr;Åtgärd;Ansvarig;Klart;Status\n1;A;Anna;snarast;Klart\n")[0]
    # Imported again, what was deleted from the plan because it is over is not new, nor are its people.
    text = text.replace("3;C;Anna", "3;C;Bo Hed")
    plan, _ = sheet(box, text, "--prefix", "A-")
    plan = re.sub(r'  \{\n[^{}]*id = "(A-[345]|bo-hed)";[^{}]*\},?\n', "", plan).replace("},\n);", "}\n);")
    install(box, plan)
    text, told = sheet(box, text, "--prefix", "A-", "--plan", "plan.d")
    assert text == "" and told == (
        "Nothing to change in the plan.\n\nRead like this, nothing to do:\nrows 4 (A-3), 5 (A-4), 6 (A-5): left out, "
        "since it is over and not in the plan\n"), (text, told)


def what_becomes_over_is_told_as_what_is_gone(box):
    plan, _ = sheet(box, CAST)
    install(box, plan)
    for status, said in (("Struken", "paminn status A-2 cancelled (if a body has struck it, paminn close instead)"),
                         ("Klart", "paminn status A-2 done")):
        text, told = sheet(box, CAST.replace("Pågår", status), "--plan", "plan.d")
        assert text == "" and told.startswith("Nothing to change in the plan.\n\nLook at:\nrow 3 (A-2): "), told
        assert "(A-2): is over" in told and said in told, told
    # Also of what was never imported; where the plan has it as over, it is said when the sheet has it no more.
    own = re.sub(r"^ *# row.*\n", "", plan, flags=re.M)
    install(box, own.replace("Måltider", "Måltiderna"))
    text, told = sheet(box, CAST.replace("Pågår", "Klart"), "--plan", "plan.d")
    assert "status = " not in text and "differs  A-2 title" in told and "paminn status A-2 done" in told, (text, told)


def what_the_plan_has_as_over_is_told_where_the_sheet_has_it_no_more(box):
    """The key says how a measure began: what has changed since is reported, and no line of the plan."""
    plan, _ = sheet(box, CAST.replace("Pågår", "Klart"))
    assert 'status = "done";' in plan, plan
    install(box, plan)
    goes_on = ('row 3 (A-2): goes on, and the plan says that it was over before: once the daemon runs, paminn status '
               "A-2 on-track\n")
    for status, said in (("Klart", None), ("Avslutad", None), ("Pågår", goes_on),
                         ("Struken", "row 3 (A-2): is over: once the daemon runs, paminn status A-2 cancelled")):
        text, told = sheet(box, CAST.replace("Pågår", status), "--plan", "plan.d")
        assert text == "" and (said or "Nothing") in told, (status, text, told)
        assert ("(A-2)" in told) == bool(said), (status, told)
    # A sheet without that column says nothing of it.
    bare = "".join(line.rpartition(";")[0] + "\n" for line in CAST.splitlines())
    text, told = sheet(box, bare, "--plan", "plan.d")
    assert text == "" and "(A-2)" not in told, (text, told)


def numbers_that_have_moved_leave_the_ids(box):
    """A row that is put in between numbers those behind it anew: by their titles they are the same measures."""
    rows = ["Städning;Anna Ek;anna@region.se", "Måltider;Bo Alm;bo@region.se", "Tvätt;Cia Dahl;cia@region.se",
            "Lokaler;Bo Alm;bo@region.se"]
    head = "Nr;Åtgärd;Ansvarig;E-post\n"
    plan, _ = sheet(box, head + "".join(f"{n};{row}\n" for n, row in enumerate(rows, 1)), "--prefix", "A-")
    install(box, plan)
    rows.insert(1, "Reception;Anna Ek;anna@region.se")
    later = head + "".join(f"{n};{row}\n" for n, row in enumerate(rows, 1))
    text, told = sheet(box, later, "--prefix", "A-", "--plan", "plan.d")
    assert told.startswith("Against the plan: 1 new\n") and "paminn assign" not in told, told
    # Lokaler has a number that nobody had.
    for said in ("the numbers have moved: 2 measures have another's number. Ids stay as they are: give a new row a "
                 "new number", 'row 6 (A-4): has another number in the spreadsheet now: the id stays'):
        assert said in told, (said, told)
    assert 'id = "<fyll i ett eget id, planen har redan: A-2>";' in text and "Måltider" not in text, text
    # Who has forgotten the prefix is told that, once, and the ids stay.
    rows.pop(1)
    first = head + "".join(f"{n};{row}\n" for n, row in enumerate(rows, 1))
    assert sheet(box, first, "--plan", "plan.d") == ("", (
        "Nothing to change in the plan.\n\nLook at:\n"
        'the ids of the plan begin with "A-", these do not: say --prefix A- again\n'))
    # A hole that stands for an id is in no command.
    install(box, plan.replace('id = "A-4";', 'id = "<fyll i ett eget id>";'))
    _, told = sheet(box, head + "1;Städning;Anna Ek;anna@region.se\n", "--prefix", "A-", "--plan", "plan.d")
    assert "delete its block in the plan" in told and "close <fyll" not in told, told


def what_every_plan_needs_is_on_the_command_line(box):
    whole = ("--body", "RS", "--body-name", "Regionstyrelsen", "--meeting", "2026-05-26", "--support",
             "Ekonomi <ekonomi@region.se>", "--asked", "Läget")
    for name in ("sv-utf8", "en-comma"):
        plan, told = run_import(str(EXPORTS / f"{name}.csv"), "--prefix", "HSN-", *whole)
        assert plan.count("<fyll i ") == 1 and "; 1 hole to fill in:\nplan.conf:93: " in told, told
    text = "Handlingsplan 2026;;\n;;\nNr;Åtgärd;Ansvarig\nA-1;Städning;Anna <anna@region.se>\n"
    plan, told = sheet(box, text, *whole)
    for line in ('name = "Regionstyrelsen";', 'from = "2026-05-26";', 'name = "Ekonomi";',
                 'mail = "ekonomi@region.se";', 'title = "Läget";',
                 'proposal = "Regionstyrelsen beslutar att notera redovisningen.";'):
        assert line in plan, (line, plan)
    next_ = told.partition("\n\nNext:\n")[2].splitlines()
    assert told.startswith("1 measure, 1 owner; no hole to fill in.\n") and [line.partition(" -i ")[0] for line in next_] == [
        "  sudo cp plan.conf /etc/paminn/plan.d/", "  sudo sed", "  sudo -u paminn paminnd --check"], told
    install(box, plan)
    assert check(box, "--clock", "2026-05-04T07:00@1")[0] == 0, check(box)
    # What is asked for is called after the spreadsheet's title, unless it is said.
    plan, told = sheet(box, text, *whole[:-2])
    assert 'title = "Lägesrapport: Handlingsplan 2026";' in plan and "say --asked if it is not" in told, told
    # A column of bodies has them: the options are of the one that they name.
    text = "Nr;Nämnd;Åtgärd;Ansvarig\n1;RS;A;Anna\n2;HSN;B;Bo\n"
    plan, _ = sheet(box, text, *whole)
    assert plan.count('from = "2026-05-26"') == 1 == plan.count('"Regionstyrelsen"'), plan
    assert "organets namn" in plan and "sammanträdets datum" in plan, plan
    _, told = sheet(box, text, *whole[2:])
    assert "no row is of the body NAMND: its --body-name and --meeting are not used" in told, told
    for more, said in ((("--meeting", "26 maj"), "is not a date, as in 2027-02-09"),
                       (("--meeting", "2026-02-30"), "is not a date, as in 2027-02-09"),
                       (("--support", "ekonomi@region.se"), 'is not a name and a mailbox, as in "Ekonomi'),
                       (("--support", "<ekonomi@region.se>"), 'is not a name and a mailbox, as in "Ekonomi'),
                       (("--body-name", ""), "is not a line of 1 to 200 bytes"),
                       (("--asked", "Fyll i"), "without a hole in it")):
        assert said in sheet(box, text, *more, code=64)[1], more


def a_meeting_that_is_past_is_told(box):
    """No deadline can be at it; a rehearsal can, so that the plan is made."""
    text = "Nr;Åtgärd;Ansvarig;E-post;Chef\nA-1;A;Anna;anna@region.se;\n"
    plan, told = sheet(box, text, "--meeting", "2026-05-26")
    said = "\nLook at:\n--meeting 2026-05-26 is past: the deadline needs the next one\n"
    assert said in told and 'from = "2026-05-26";' in plan, told
    for day in (str(datetime.date.today()), "2099-05-26"):
        assert "is past" not in sheet(box, text, "--meeting", day)[1], day
    # Of a body that no row has it is not used; and an import again has no use for it.
    _, told = sheet(box, "Nr;Nämnd;Åtgärd;Ansvarig\n1;RS;A;Anna\n", "--meeting", "2026-05-26")
    assert "are not used" in told and "is past" not in told, told
    install(box, plan)
    assert "is past" not in sheet(box, text, "--meeting", "2026-05-26", "--plan", "plan.d")[1]


def what_to_type_next_follows_from_where_the_plan_went(box):
    """A copy and an editor only where there is something to copy and to fill in; by the file's own name."""
    (box.folder / "min plan/plan.d").mkdir(parents=True)
    (box.folder / "plan.d").mkdir()
    (box.folder / "hel.csv").write_text("Nr;Åtgärd;Ansvarig;E-post\n1;A;Anna;anna@region.se\n", encoding="utf-8")
    (box.folder / "hål.csv").write_text("Nr;Åtgärd;Ansvarig;E-post\n1;A;Anna;\n", encoding="utf-8")
    whole = ("--body-name", "X", "--meeting", "2026-05-26", "--support", "Stöd <s@region.se>", "--asked", "Läget")
    check, own = "sudo -u paminn paminnd --check", "/etc/paminn/paminnd.conf"

    def sed(conf):
        return f"sudo sed -i 's/<fyll i [^>]*>/s@region.se/' {conf}  # both mail addresses"
    for sheet_name, path, commands in (
            ("hel.csv", "plan.conf", ["sudo cp plan.conf /etc/paminn/plan.d/", sed(own)]),
            ("hål.csv", "min plan/a.conf", ["sudo cp 'min plan/a.conf' /etc/paminn/plan.d/", sed(own),
                                            "sudoedit /etc/paminn/plan.d/a.conf"]),
            ("hål.csv", "plan.d/a.conf", [sed("paminnd.conf"), "sudoedit plan.d/a.conf"]),
            ("hel.csv", "plan.d/a.conf", [sed("paminnd.conf")]),
            ("hel.csv", "min plan/plan.d/a.conf", [sed("'min plan/paminnd.conf'")])):
        with open(box.folder / path, "wb") as out:
            done = subprocess.run([PAMINN, "import", sheet_name, *whole], cwd=box.folder, stdout=out,
                                  stderr=subprocess.PIPE, timeout=60)
        told = done.stderr.decode("utf-8")
        typed = [line[2:] for line in told.partition("\nNext:\n")[2].splitlines()]
        assert done.returncode == 0 and typed == [*commands, check], told
        number = re.search(r"^(.*):(\d+): Anna, row 2: E-post is empty$", told, re.M)
        assert bool(number) == (sheet_name == "hål.csv"), told
        if number:
            assert number[1] == path, told
            line = (box.folder / path).read_text(encoding="utf-8").splitlines()[int(number[2]) - 1]
            assert line == '    mail = "<fyll i e-postadress>";', line


def the_holes_of_paminnd_conf_are_filled_by_the_command_that_is_told(box):
    """With the address of --support; else, or with one that a shell or sed could take otherwise, by hand."""
    whole = ("--body-name", "X", "--meeting", "2099-05-26", "--asked", "Läget", "--support")
    text = "Nr;Åtgärd;Ansvarig;E-post\n1;A;Anna;anna@region.se\n"
    plan, told = sheet(box, text, *whole, "Stöd <stod+paminn@region.internal>")
    install(box, plan)
    shutil.copy(ROOT / "conf/paminnd.conf", box.folder / "paminnd.conf")
    code, said = check(box)
    assert code == 78 and said.count("has the hole") == 2, said
    (command,) = [line for line in told.splitlines() if " sed " in line]
    command = command.replace("sudo ", "").replace("/etc/paminn/paminnd.conf", "paminnd.conf")
    before = (box.folder / "paminnd.conf").read_text(encoding="utf-8").splitlines()
    subprocess.run(["sh", "-ec", command], cwd=box.folder, check=True, timeout=60)
    after = (box.folder / "paminnd.conf").read_text(encoding="utf-8").splitlines()
    changed = [new.strip() for old, new in zip(before, after, strict=True) if old != new]
    assert changed == [f'{key} = "stod+paminn@region.internal";' for key in ("from", "reply_to")], changed
    code, said = check(box, "--clock", "2099-03-02T07:00@1")
    assert code == 0 and "has the hole" not in said, said
    for address in ("o'ek@region.internal", "a/b@region.internal", "a&b@region.internal"):
        _, told = sheet(box, text, *whole, f"Stöd <{address}>")
        assert " sed " not in told and "\n  sudoedit /etc/paminn/paminnd.conf\n" in told, told
    _, told = sheet(box, text, *whole[:-1])
    assert " sed " not in told, told
    assert "\n  sudoedit /etc/paminn/plan.d/plan.conf /etc/paminn/paminnd.conf\n" in told, told


UNTIDY = """Uppföljning ekonomi i balans, Regionstaben;;;;;;;
;;;;;;;
Nr;Åtgärd;Ansvarig;E-post;Helårseffekt tkr;Utfall tkr;Klart senast;Status;Kommentar
1;Schema;Eva Ek;eva@region.se;ca 3 000;;2027-03-31;Pågår;
2;Sjukresor;Karin Wallin;;4 000;;våren 2027;Pågår;avtal överklagat
3;Kost;Eva Ek;eva@region.se;600;650;2026-06-30;Avslutad;klar
4;Glesare trafik;Eva Ek;eva@region.se;2,5 mnkr;400;2026-12-13;Pågår;
;Summa;;;10 100;;;;
"""


def the_screen_of_an_untidy_sheet_is_read_in_half_a_minute(box):
    """Each fact once, nothing that the sheet says itself, and no word of what the reader has not met yet."""
    _, told = sheet(box, UNTIDY, "--prefix", "EB-", "--meeting", "2099-02-16", "--body-name", "X", "--asked", "Läget",
                    "--support", "Ekonomi <ekonomi@region.internal>", encoding="windows-1252")
    assert told.replace("\u00a0", " ") == """4 measures, 2 owners; 3 holes to fill in:
plan.conf:38: Karin Wallin, row 5: E-post is empty
plan.conf:48: EB-1, row 4: Helårseffekt tkr "ca 3 000" is no amount
plan.conf:58: EB-2, row 5: Klart senast "våren 2027" names no day ("avtal överklagat")

Look at:
no column has managers, to hear of late answers

Read like this, nothing to do:
Windows-1252
column E "Helårseffekt tkr" is effect_planned
not used: column F "Utfall tkr"
row 6 (EB-3): is over: nobody is asked; the report says "Genomförd"
row 8: "Summa" fits if row 4 is 3 000 000 kronor

Next:
  sudo cp plan.conf /etc/paminn/plan.d/
  sudo sed -i 's/<fyll i [^>]*>/ekonomi@region.internal/' /etc/paminn/paminnd.conf  # both mail addresses
  sudoedit /etc/paminn/plan.d/plan.conf
  sudo -u paminn paminnd --check
""", told


def a_sum_is_compared_with_the_rows(box):
    def told(rows, *more):
        text = "Nr;Åtgärd;Ansvarig;Effekt (tkr)\n" + rows
        lines = sheet(box, text, *more)[1].replace("\u00a0", " ").splitlines()
        look = lines.index("Look at:") if "Look at:" in lines else len(lines)
        read = lines.index("Read like this, nothing to do:") if "Read like this, nothing to do:" in lines else 0
        return [("look " if look < at < (read or len(lines)) else "") + line.removeprefix("row").strip()
                for at, line in enumerate(lines) if "umma" in line or "Totalt" in line]
    rows = "1;A;Anna;1 000\n2;B;Anna;2 500\n;;;\n"
    assert told(rows + ";Summa;;3 500\n") == ['5: "Summa" is the sum of the rows']
    less = '"Totalt" says 4 000 000 kronor, and the rows above it come to 3 500 000: 500 000 less'
    assert told(rows + "Totalt;;;4 000\n") == [f"look 5: {less}"]
    # Of the row that can't be read it is said that the rest is its amount only where its own digits are that.
    for cell in ("ca 500", "500 tkr?", "ung. 0,5 mnkr", "0,5 (miljoner, kolla)", "ca 500000"):
        assert told(f"1;A;Anna;{cell}\n2;B;Anna;3 500\n;Totalt;;4 000\n") == [
            '4: "Totalt" fits if row 2 is 500 000 kronor'], cell
    for cell in ("ca 400", "oklart", "400-500", "ca 50", "5-500", "ca -500"):
        assert told(f"1;A;Anna;{cell}\n2;B;Anna;3 500\n;Totalt;;4 000\n") == [
            f"look 4: {less}; row 2 isn't counted"], cell
    assert told("1;A;Anna;ca 500\n2;B;Anna;3 500\n3;C;Anna;ca 7\n;Totalt;;4 000\n") == [
        f"look 5: {less}; 2 rows aren't counted"]
    assert told("1;A;Anna;ca 500\n2;B;Anna;3 500\n;Totalt;;3 500\n") == [
        '4: "Totalt" is the sum of the rows without row 2']
    assert told("1;A;Anna;ca 500\n2;B;Anna;3 500\n3;C;Anna;ca 7\n;Totalt;;3 500\n") == [
        '5: "Totalt" is the sum of the rows without 2 of them']
    assert told("1;A;Anna;1\n;Delsumma;;1\n2;B;Anna;2\n;Delsumma;;2\n;Summa;;3\n") == [
        's 3, 5: "Delsumma" is the sum of the rows', '6: "Summa" is the sum of the rows']
    assert told("1;A;Anna;1\n;Summa;;\n") == ['3: "Summa" is a sum: no measure']


def a_sum_tells_of_the_one_amount_that_is_missing(box):
    """In the hole, as it is to be typed; nothing where it is one of several, where the sum does without it, or where
    its own digits are others. What the hole repeats is what the cell has, and a short comment of its row."""
    def hole(rows, head="Nr;Åtgärd;Ansvarig;Planerad effekt (tkr);Kommentar\n"):
        plan = sheet(box, head + rows)[0]
        return re.findall(r'^    effect_planned = "<fyll i belopp i kronor utan citattecken, eller stryk raden: (.*)>";$', plan, re.M)
    rows = "1;A;Anna;ca 1,5\n2;B;Anna;30 200\n"
    assert hole(rows) == ["ca 1,5"]
    assert hole(rows.replace("1,5", "1,5;Mnkr! <kolla> med Johan")) == ["ca 1,5 (Mnkr!  kolla  med Johan)"]
    assert hole(rows.replace("1,5", f"1,5;{'lång ' * 10}")) == ["ca 1,5"]
    long = "ca " + "1 eller " * 5 + "2"
    assert hole(rows.replace("ca 1,5", f"{long};{'x' * 38}")) == [long]
    assert hole(rows + ";Summa;;31 700\n") == ["ca 1,5; summan går ihop med 1500000"]
    assert hole(rows.replace("1,5", "1,5;Mnkr") + ";Summa;;31,7 mnkr\n;Totalt;;40 000\n") == [
        "ca 1,5 (Mnkr); summan går ihop med 1500000"]
    # It does without, is less, is of other digits, or something else is missing too.
    for total in ("30 200", "30 000", "31 800", "31 850"):
        assert hole(rows + f";Summa;;{total}\n") == ["ca 1,5"], total
    assert hole(rows + "3;C;Anna;oklart\n;Summa;;31 700\n") == ["ca 1,5", "oklart"]
    # Of two sums each may be of all or of a part.
    assert hole("2;B;Anna;2\n;Delsumma;;2\n1;A;Anna;ca 1\n;Summa;;5\n") == ["ca 1"]
    assert hole("2;B;Anna;2\n;Delsumma;;2\n1;A;Anna;ca 1\n;Summa;;3\n") == ["ca 1; summan går ihop med 1000"]
    assert hole("1;A;Anna;ca 1;2\n2;B;Anna;3;4\n;Summa;;4;6\n",
                "Nr;Åtgärd;Ansvarig;Effekt 2026 (tkr);Effekt 2027 (tkr)\n") == ["2026: ca 1, 2027: 2"]
    # What the hole says is what a plan takes.
    plan = sheet(box, "Nr;Åtgärd;Ansvarig;E-post;Effekt (mdkr)\n1;A;A;a@region.se;typ 5\n2;B;A;;1\n;Summa;;;6\n")[0]
    assert "går ihop med 5000000000L>" in plan, plan


def a_sum_counts_what_the_plan_has_for_a_cell_that_can_not_be_read(box):
    """Once its hole is filled, or its line deleted, nothing is said of the row."""
    def summed(plan, text):
        install(box, plan)
        _, told = sheet(box, text, "--plan", "plan.d")
        return [line.replace("\u00a0", " ") for line in told.splitlines() if "umma" in line]
    hole = re.compile(r' *effect_planned = "<fyll i [^>]*>";\n')
    text = "Nr;Åtgärd;Ansvarig;Effekt (tkr)\n1;A;Anna;ca 500\n2;B;Anna;3 500\n;Summa;;4 000\n"
    plan, _ = sheet(box, text)
    assert summed(plan, text) == [], "nothing has changed"
    assert summed(plan, text.replace("4 000", "4 700")) == [
        'row 4: "Summa" says 4 700 000 kronor, and the rows above it come to 3 500 000: 1 200 000 less; row 2 isn\'t '
        "counted"]
    filled = hole.sub("    effect_planned = 500000;\n", plan)
    assert summed(filled, text) == []
    less = 'row 4: "Summa" says 4 700 000 kronor, and the rows above it come to 4 000 000: 700 000 less'
    assert summed(filled, text.replace("4 000", "4 700")) == [less]
    assert summed(hole.sub("", plan), text) == [less.replace("4 700", "4 000").replace("4 000 000:", "3 500 000:")
                                                .replace("700 000 less", "500 000 less")]
    text = text.replace("Effekt (tkr)", "Effekt 2026 (tkr);Effekt 2027 (tkr)").replace("ca 500", "ca 500;7").replace(
        "3 500", "3 500;1").replace("4 000", "4 700;8")
    plan, _ = sheet(box, text)
    filled = hole.sub("    effect_planned = ( { year = 2026; amount = 500000; }, { year = 2027; amount = 7000; } );\n",
                      plan)
    assert summed(filled, text) == [less]


def columns_units_and_years(box):
    text = "Beteckning\tVad\tVem\tEffekt 2026\tEffekt 2027\nX1\tStädning\tAnna\t500\t1 000,5\n"
    plan, told = sheet(box, text, "--unit", "tkr", "--column", "measure=Beteckning")
    # Headings that do not say themselves what their column is, and columns that are not used.
    assert '\ncolumn A "Beteckning" is measure; B "Vad" is title; C "Vem" is owner\n' in told, told
    # Its unit stands in the heading, and a cell's own in the cell: nothing of it is told but to programs.
    text = "Nr;Åtgärd;Ansvarig;Helårseffekt tkr\n1;A;Anna;2,5 mnkr\n"
    own, odd = sheet(box, text)
    assert odd.partition("nothing to do:\n")[2].startswith('column D "Helårseffekt tkr" is effect_planned\n\nNext:'), odd
    texts = [each["text"].replace("\u00a0", " ") for each in json.loads(sheet(box, text, "--json")[0])["notices"]]
    assert 'Helårseffekt tkr "2,5 mnkr" is read as 2 500 000 kronor' in texts and "= 2500000;" in own, texts
    _, odd = sheet(box, "Nr;Åtgärd;Prio;Ansvarig;Budget 2025\n1;A;1;Anna;2\n")
    assert '\nnot used: column C "Prio", E "Budget 2025"\n' in odd, odd
    assert "effect_planned = ( { year = 2026; amount = 500000; }, " \
        "{ year = 2027; amount = 1000500; } );" in plan, plan
    plan, told = sheet(box, "Kod;Text;Kr\nX1;Städning;20000\n", "--column", "measure=A", "--column",
                       "title=Text", "--column=effect_planned=Kr")
    assert 'id = "X1"' in plan and "effect_planned = 20000;" in plan, plan
    plan, told = sheet(box, "sep=,\r\nId,Title,Owner,Planned effect\r\nX1,Cleaning,Anna,20000\r\n")
    assert "read as kronor: say --unit tkr" in told and "effect_planned = 20000;" in plan, told
    plan, told = sheet(box, "Nr;Nämnd;Uppdrag;Åtgärd;Ansvarig\n1;HSN;U-12;A;Anna\n2;KUN;;B;Bo\n")
    for part in ('id = "HSN";', 'id = "KUN";', 'assignment = "U-12";', 'answers_from = [ "1" ];',
                 'answers_from = [ "2" ];', 'due = "meeting KUN next";',
                 # What is proposed is no hole, or its paper could not be frozen until somebody has thought of it.
                 'proposal = "Redovisningen noteras.";'):
        assert part in plan, (part, plan)
    plan, _ = sheet(box, "Nr;Nämnd;Åtgärd;Ansvarig\n1;Hälso- och sjukvårdsnämnden;A;Anna\n")
    assert 'proposal = "Hälso- och sjukvårdsnämnden beslutar att notera redovisningen.";' in plan, plan
    row = json.loads(sheet(box, "Nr;Åtgärd\nA1;Städning\n", "--json")[0])
    assert 'id = "A1"' in row["plan"] and row["holes"] == 6, row
    assert {"row": 2, "text": "no column has owners", "id": None} in row["notices"], row


def an_effect_without_a_year_is_none_of_those_of_years(box):
    """Beside "Effekt 2027" the effect of a full year is something else, wherever it stands."""
    for head, cells in (("Effekt 2027 (tkr);Helårseffekt (tkr)", "500;800"),
                        ("Helårseffekt (tkr);Effekt 2027 (tkr)", "800;500")):
        plan, told = sheet(box, f"Nr;Åtgärd;Ansvarig;{head}\nX1;Städning;Anna;{cells}\n")
        assert "effect_planned = 500000;" in plan and "year" not in plan, plan
        assert re.search('\nLook at:\n(.*\n)*column [DE] "Helårseffekt.*" is not used: effect_planned is column [DE] "Effekt 2027', told), told
        # What is wished for is taken, whatever stands beside it.
        plan, told = sheet(box, f"Nr;Åtgärd;Ansvarig;{head}\nX1;Städning;Anna;{cells}\n", "--column",
                           "effect_planned=Helårseffekt (tkr)")
        assert "effect_planned = 800000;" in plan and "year" not in plan, plan
        assert '"Effekt 2027 (tkr)" is not used' in told, told


def a_column_that_may_have_the_effect_is_asked_about(box):
    """Without it every amount is missing, and the check has nothing to say of that."""
    text = "Nr;Åtgärd;Ansvarig;Förvaltning;{}\nX1;Städning;Anna;A;500\n"
    for heading in ("Mål (tkr)", "Effekt på lång sikt"):
        told = sheet(box, text.format(heading))[1]
        assert f'\nno column has the planned effect: if "{heading}" has, add --column effect_planned=E\n' in told, told
    plan, told = sheet(box, text.format("Mål (tkr)"), "--column", "effect_planned=E")
    assert "effect_planned = 500000;" in plan and "planned effect" not in told, told
    for heading in ("Effekt helår (tkr)", "Effekt per år (tkr)", "Årseffekt (tkr)", "Belopp (tkr)"):
        assert "effect_planned = 500000;" in sheet(box, text.format(heading))[0], heading
    assert "planned effect" not in sheet(box, "Nr;Åtgärd;Ansvarig;Förvaltning\nX1;Städning;Anna;A\n")[1]


def a_day_that_is_past_is_told_where_no_status_is(box):
    """What is over may be said in no word, and its owner would be asked."""
    text = "Nr;Åtgärd;Ansvarig;Klart senast;Status\nX1;A;Anna;2026-03-31;\nX2;B;Anna;2026-04-30;\n" \
        f"X3;C;Anna;2026-03-31;Pågår\nX4;D;Anna;2026-03-31;Klar\nX5;E;Anna;{datetime.date.today()};\n"
    told = sheet(box, text)[1]
    assert "\nrows 2 (X1), 3 (X2): its day is past: if it is over, write Klar under Status and import again\n" in told, told


def people_who_may_be_one_are_told_of(box):
    text = ("Nr;Åtgärd;Ansvarig;E-post\n1;A;Karin Andersson;karin@region.se\n2;B;Karin Anderson;\n"
            "3;C;Chef enhet 1;e1@region.se\n4;D;Chef enhet 2;\n5;E;Karl Andersson;karl@region.se\n"
            "6;F;K. Andersson;karin@region.se\n7;G;Registraturen;karl@region.se\n8;H;karin andersson;\n")
    told = [line.partition("row ")[2] for line in sheet(box, text)[1].splitlines() if line.startswith("row")]
    assert told == [
        '3: "Karin Anderson" looks like "Karin Andersson" (row 2): they stay two people',
        '8: "Registraturen" has the address of "Karl Andersson" (row 6): they stay two people',
        '7: "K. Andersson" is taken for "Karin Andersson" (row 2)',
        '9: "karin andersson" is taken for "Karin Andersson" (row 2)'], told
    plan, told = sheet(box, "Nr;Åtgärd;Ansvarig;E-post;Klart\n1;A;HR-chef;hr@region.se;2026-05-01\n"
                       "2;B;;hr@region.se;\n")
    assert 'row 3: Ansvarig is empty: the owner is hr-chef, whose mailbox "hr@region.se" is' in told
    assert "row 3: Klart is empty: no day of its own" in told and plan.count('owner = "hr-chef"') == 2, told


def apply(box, text, told, folder="plan.d"):
    """With patch(1), as it is told; what plan.conf is then."""
    assert f"\n\nNext:\n" in told and f"patch -d {folder} -p0 < changes.patch\n" in told, told
    done = subprocess.run(["patch", "-d", folder, "-p0"], input=text.encode("utf-8"), capture_output=True,
                          cwd=box.folder, timeout=60)
    assert done.returncode == 0 and b"fuzz" not in done.stdout and b"offset" not in done.stdout, (done, text)
    assert not list(box.folder.glob("plan.d/*.orig")) and not list(box.folder.glob("plan.d/*.rej"))
    return (box.folder / "plan.d/plan.conf").read_bytes().decode("utf-8")


FIRST = """Nr;Åtgärd;Ansvarig;E-post;Effekt (tkr);Klart
A-1;Städning;Anna Ek;anna@region.se;1 000;2026-06-30
A-2;Måltider;Bo Alm;;2 000;2026-06-30
A-3;Transporter;Cia Dahl;cia@region.se;3 000;
A-4;Lokaler;Bo Alm;;ca 4 000;2026-06-30
A-5;Tvätt;Cia Dahl;cia@region.se;;2026-06-30
"""
LATER = """Nr;Åtgärd;Ansvarig;E-post;Effekt (tkr);Klart
A-6;Reception;Dan Fors;dan@region.se;600;
A-1;Städning;Anna Ek;anna@region.se;1 500;2026-06-30
A-2;Måltider och kök;Anna Ek;anna@region.se;2 000;2026-06-30
A-3;Transporter;Cia Dahl;cia@region.se;3 500;2026-12-31
A-4;Lokaler;Bo Alm;;ca 4 000;sen
"""


def a_changed_spreadsheet_is_a_difference(box):
    plan, _ = sheet(box, FIRST)
    # By hand: holes are filled, an id, a title and an amount are others, and comments are there.
    for old, new in (('mail = "<fyll i e-postadress>"', 'mail = "bo@region.se"'),
                     ('"<fyll i belopp i kronor utan citattecken, eller stryk raden: ca 4 000>"', "4000000"),
                     ('"anna-ek"', '"chef-stad"'), ('title = "Lokaler"', 'title = "Uthyrda lokaler" # nytt'),
                     ("effect_planned = 3000000", "effect_planned = 3100000; closing = \"body\"")):
        assert old in plan, (old, plan)
        plan = "".join(line if line.lstrip().startswith("#") else line.replace(old, new)
                       for line in plan.splitlines(True))
    install(box, plan)
    before = (box.folder / "plan.d/plan.conf").read_bytes()
    for path in ("plan.d", "plan.d/plan.conf"):
        text, told = sheet(box, FIRST, "--plan", path)
        assert text == "" and "Nothing has changed" in told, (text, told)
    text, told = sheet(box, LATER, "--plan", "plan.d", name="senare.csv")

    def at(text, more=0):
        """Where the plan has the line, or so many lines behind it."""
        (line,) = [n for n, line in enumerate(plan.splitlines(), 1) if line.strip() == text]
        return f"plan.d/plan.conf:{line + more}"
    expected = [line.replace("_", "\u00a0") for line in (
        'new      dan-fors "Dan Fors" (row 2)',
        'new      A-6 "Reception" (row 2)',
        "changed  A-1 effect-planned: 1_000_000 becomes 1_500_000 (row 3; "
        + at("effect_planned = 1000000;") + ")",
        'changed  A-2 title: "Måltider" becomes "Måltider och kök" (row 4; '
        + at('title = "Måltider";') + ")",
        'changed  A-2 owner: "bo-alm" becomes "chef-stad" (row 4; ' + at('title = "Måltider";', 1) + ")",
        "both     A-3 effect-planned: the spreadsheet has 3_500_000 now, and the plan 3_100_000, by hand "
        "(row 5; " + at('effect_planned = 3100000; closing = "body";') + ")",
        'changed  A-3 done-by: nothing becomes "2026-12-31" (row 5; ' + at('id = "A-3";') + ")",
        'unread   A-4 done-by: the spreadsheet has "sen" now, which is not used; the plan has '
        '"2026-06-30" (row 6; ' + at('id = "A-4";', 4) + ")",
        'missing  A-5 "Tvätt": no row has it any more (' + at('id = "A-5";') + ")")]
    lines = [line for line in told.split("\n\n")[0].splitlines() if not line.startswith(" ")]
    assert lines[0] == "Against the plan: 2 new, 4 changed, 1 changed in both, 1 unread, 1 missing", told
    assert [line.replace("_", "-") for line in lines[1:]] == expected, told
    assert (box.folder / "plan.d/plan.conf").read_bytes() == before, "the plan itself is not touched"
    # What is printed is a patch; with it, and the holes of what is new filled, the plan is good and nothing is left.
    changed = apply(box, text, told)
    assert "-    effect_planned = 1000000;\n+    effect_planned = 1500000;\n" in text, text
    assert 'effect_planned = 3100000; closing = "body";' in changed, "what was set by hand stays"
    assert '    title = "Uthyrda lokaler" # nytt' in changed and '    done_by = "2026-12-31";\n' in changed, changed
    new = box.folder / "plan.d/plan2.conf"
    assert "\n  what is new becomes plan.d/plan2.conf, with 0 holes to fill in\n" in told, told
    assert 'id = "dan-fors";' in new.read_text(encoding="utf-8"), new.read_text()
    install(box, fill(changed))
    code, said = check(box, "--clock", "2026-05-04T07:00@1")
    assert code == 0, said
    text, told = sheet(box, LATER, "--plan", "plan.d")
    assert [line.split()[:2] for line in told.split("\n\n")[0].splitlines()][1:-1] == [["missing", "A-5"]], told
    changes = json.loads(sheet(box, LATER, "--plan", "plan.d", "--json")[0])["changes"]
    assert [(each["change"], each["id"]) for each in changes] == [("missing", "A-5")], changes


def a_patch_fits_however_the_plan_is_written(box):
    """Values over several lines, with something behind them, in Windows's lines, of many groups and of two files."""
    head = "Nr;Åtgärd;Ansvarig;E-post;Effekt 2026 (tkr);Effekt 2027 (tkr);Klart\n"
    rows = [f"A-{n};Åtgärd {n};Anna Ek;anna@region.se;{n};{2 * n};2026-06-30\n" for n in range(1, 41)]
    plan, _ = sheet(box, head + "".join(rows))
    plan = fill(plan).replace("effect_planned = ( { year = 2026; amount = 5000; }, { year",
                              "effect_planned =   # två år\n      ( { year = 2026; amount = 5000; },\n        { year")
    plan = plan.replace('title = "Åtgärd 7";', 'title = "Åtgärd " "7"; closing = "body";  # kvar')
    plan = plan.replace('title = "Åtgärd 9";', 'title="Åtgärd 9"')
    later = [row.replace("Åtgärd 7", "Åtgärd sju").replace("A-5;Åtgärd 5;Anna Ek;anna@region.se;5;",
                                                         "A-5;Åtgärd 5;Anna Ek;anna@region.se;6;")
             .replace("Åtgärd 9", 'Åtgärd "nio"').replace("A-40;Åtgärd 40;Anna Ek;anna@region.se;40;80;2026-06-30",
                                                       "A-40;Åtgärd 40;Anna Ek;anna@region.se;40;80;2026-09-30")
             for row in rows] + ["B-1;Ny;Bo Alm;;;;\n"]
    for returns in (False, True):
        install(box, plan)
        for path in (box.folder / "plan.d").iterdir():
            path.name == "plan.conf" or path.unlink()
        if returns:
            (box.folder / "plan.d/plan.conf").write_bytes(plan.replace("\n", "\r\n").encode("utf-8"))
        (box.folder / "plan.d/plan2.conf").write_text("# en egen\n", encoding="utf-8")
        text, told = sheet(box, head + "".join(later), "--plan", "plan.d", name="blad ett.csv")
        assert "plan.d/plan3.conf, with 1 hole to fill in" in told, told
        changed = apply(box, text, told)
        assert changed.count("\r\n") == (changed.count("\n") if returns else 0), changed
        for line in ('title = "Åtgärd sju"; closing = "body";  # kvar', 'title="Åtgärd \\"nio\\""',
                     "effect_planned =   # två år", "amount = 6000; }, { year = 2027; amount = 10000; } );",
                     'done_by = "2026-09-30";'):
            assert line in changed, (line, text)
        _, told = sheet(box, head + "".join(later), "--plan", "plan.d", name="blad ett.csv")
        assert told.startswith("Nothing "), told
    # Where two stand on one line, by hand; and folders of their own.
    (box.folder / "plan.d/plan.conf").write_text(
        '# row 2: id="A-1"; title="Åtgärd 1"; owner="a"; done_by="2026-05-31"\n'
        'measures = ( { id = "A-1"; title = "Åtgärd 1"; owner = "a"; done_by = "2026-05-31"; },'
        ' { id = "A-2"; title = "B"; owner = "a"; } );\n', encoding="utf-8")
    text, told = sheet(box, "Nr;Åtgärd;Ansvarig;Klart\nA-1;Åtgärd 1;a;2026-06-30\n", "--plan", "plan.d/plan.conf")
    assert text.startswith('# plan.d/plan.conf, line 2, by hand: done_by = "2026-06-30";\n'
                           "# plan.d/plan.conf, line 1, by hand:\n    # row 2: id="), text
    assert "--- plan.conf" not in text, text
    (box.folder / "andra").mkdir()
    (box.folder / "andra/plan.conf").write_text('people = ( { id = "a"; } );\n', encoding="utf-8")
    text, told = sheet(box, head + "".join(later), "--plan", str(box.folder / "plan.d"), "--plan",
                       str(box.folder / "andra"))
    apply(box, text, told, "/")


CAST = """Nr;Åtgärd;Ansvarig;E-post;Klart;Effekt (tkr);Status
A-1;Städning;Anna Ekström;anna@region.se;maj 2027;1;
A-2;Måltider;Bo Almkvist;;juni 2027;1;Pågår
A-3;Tvätt;Cia Dahlberg;cia@region.se;snarast;1;
;Summa;;;;3;
"""


def of_an_import_again_what_has_changed_comes_first(box):
    """The summary, then the readings of rows that are new or have changed, and what to do about people."""
    plan, _ = sheet(box, CAST)
    install(box, plan.replace('"<fyll i e-postadress>"', '"bo@region.se"').replace('<fyll i datum, som 2026-12-31, eller stryk raden: snarast>', '2027-05-31'))
    text, told = sheet(box, CAST, "--plan", "plan.d")
    assert text == "" and told == "Nothing has changed: the plan has all of it.\n", (text, told)
    # Somebody's name mistyped, with their address and without, is still theirs.
    later = CAST.replace("Anna Ekström", "Anna Ekstömr").replace("Bo Almkvist", "Bo Almqvist").replace("juni", "juli")
    text, told = sheet(box, later, "--plan", "plan.d")
    lines = told.splitlines()
    assert lines[0] == "Against the plan: 1 changed", told
    assert lines[1].startswith('changed  A-2 done_by: "2027-06-30" becomes "2027-07-31" (row 3; '), told
    assert ['row 2: Klart "maj 2027" is read as 2027-05-31',
            'row 2: "Anna Ekstömr" is taken for anna-ekstrom of the plan, "Anna Ekström", whose name stands',
            'row 3: Klart "juli 2027" is read as 2027-07-31',
            'row 3: "Bo Almqvist" is taken for bo-almkvist of the plan, "Bo Almkvist", whose name stands'] == [
        line for line in lines if line.startswith(("row", "blad.csv"))], told
    # Who has another name altogether is another person, or has been renamed.
    _, told = sheet(box, CAST.replace("Anna Ekström", "Eva Lind"), "--plan", "plan.d")
    assert 'anna-ekstrom name: "Anna Ekström" becomes "Eva Lind"' in told, told
    # Nobody can be assigned who is not in the plan yet.
    later = CAST.replace("Bo Almkvist;", "Dan Fors;dan@region.se")
    _, told = sheet(box, later, "--plan", "plan.d")
    assert '"bo-almkvist" becomes "dan-fors"' in told and "paminn assign" not in told, told
    # A new owner, a measure that is over and one that is gone: the commands for a daemon that runs.
    later = CAST.replace("Bo Almkvist;", "Cia Dahlberg;cia@region.se").replace("Pågår", "Klart").replace(
        "A-3;Tvätt;Cia Dahlberg;cia@region.se;snarast;1;\n", "")
    text, told = sheet(box, later, "--plan", "plan.d")
    for words in ('changed  A-2 owner: "bo-almkvist" becomes "cia-dahlberg"', "the line is enough, after paminn reload; to have it now: paminn assign A-2 cia-dahlberg\n",
                  "\nrow 3 (A-2): is over", 'missing  A-3 "Tvätt": no row has it any more',
                  'paminn close A-3 struck --reference "..."', '\nrow 4: "Summa" says 3 000 kronor, and the rows above it come to 2 000: 1 000 less\n'):
        assert words in told.replace("\u00a0", " "), (words, told)


def what_was_never_imported_is_not_taken_over(box):
    """People and measures that were in the plan before are found by address, id or title."""
    plan, _ = sheet(box, FIRST)
    own = re.sub(r"^ *# row.*\n", "", plan, flags=re.M).replace('"cia-dahl"', '"chef-2"').replace(
        '"A-5"', '"T-1"').replace("effect_planned = 2000000", "effect_planned = 7")
    install(box, own)
    text, told = sheet(box, FIRST, "--plan", "plan.d")
    assert "people = (" not in text and "measures = (" not in text, text
    assert "differs  A-2 effect_planned: the spreadsheet has 2\u00a0000\u00a0000, and the plan 7, by hand" in told
    assert told.startswith("Against the plan: 1 different\n") and "row 5:" not in told, told


def an_amount_is_the_same_with_an_l_and_without(box):
    """Written with one only where libconfig would not take it; read either way."""
    text = ("Nr;Åtgärd;Ansvarig;E-post;Effekt\n1;A;Anna;anna@region.se;2147483647\n2;B;Anna;;2147483648\n"
            "3;C;Anna;;-2147483649\n4;D;Anna;;20000\n")
    plan, _ = sheet(box, text)
    amounts = re.findall(r"effect_planned = (.*);", plan)
    assert amounts == ["2147483647", "2147483648L", "-2147483649L", "20000"], amounts
    install(box, fill(plan))
    code, said = check(box, "--clock", "2026-05-04T07:00@1")
    assert code == 0, said
    for plan in (plan, plan.replace("= 20000;", "= 20000L;").replace("2147483647", "2147483647L")):
        install(box, plan)
        assert sheet(box, text, "--plan", "plan.d") == ("", "Nothing has changed: the plan has all of it.\n")
        changed, told = sheet(box, text.replace("20000", "30000"), "--plan", "plan.d")
        assert "+    effect_planned = 30000;\n" in changed, changed
        assert "20_000 becomes 30_000".replace("_", "\u00a0") in told, told


def what_can_not_be_read_is_refused(box):
    for text, said, more in (
            ("Nr;Åtgärd\n1;\"Städning\n", "row 2 has a quotation mark that is never closed", ()),
            ("a;b\n1;2\n", "has no column of measures that is known by its heading", ()),
            ("Nr;Åtgärd\n", "has no measure below its headings", ()),
            ("", "has nothing in it", ()),
            ("PK\x03\x04", "save it as CSV first", ()),
            ("Nr;Åtgärd\n1;2\n", "has no column \"Ansvar\"", ("--column", "owner=Ansvar"))):
        plan, told = sheet(box, text, *more, code=65)
        assert plan == "" and said in told, told
    assert "16 MiB" in sheet(box, "x" * (16 << 20) + "y", code=65)[1]
    (box.folder / "fel.conf").write_text("people = (\n  { id = }\n);\n", encoding="utf-8")
    assert "fel.conf:2: " in sheet(box, "Nr;Åtgärd\n1;2\n", "--plan", "fel.conf", code=65)[1]
    sheet(box, "Nr;Åtgärd\n1;2\n", "--plan", "saknas.conf", code=66)
    run_import("saknas.csv", code=66, cwd=box.folder)
    run_import(str(box.folder), code=66)
    for more in (("--unit", "euro"), ("--prefix", "Å"), ("--column", "x=y"), ("--column", "title"),
                 ("--body", "R S")):
        sheet(box, "Nr;Åtgärd\n1;2\n", *more, code=64)


run(exports_of_both_locales_and_encodings_are_one_plan,
    each_hole_is_named_and_when_filled_the_plan_is_good, the_forecast_names_every_owner,
    nothing_is_guessed_in_silence, dates_as_officials_write_them,
    two_owners_in_one_cell_and_titles_before_names, what_is_over_is_in_the_plan_as_that,
    what_becomes_over_is_told_as_what_is_gone, what_the_plan_has_as_over_is_told_where_the_sheet_has_it_no_more,
    numbers_that_have_moved_leave_the_ids, what_every_plan_needs_is_on_the_command_line,
    a_meeting_that_is_past_is_told, what_to_type_next_follows_from_where_the_plan_went,
    the_holes_of_paminnd_conf_are_filled_by_the_command_that_is_told,
    the_screen_of_an_untidy_sheet_is_read_in_half_a_minute, a_sum_is_compared_with_the_rows,
    a_sum_tells_of_the_one_amount_that_is_missing,
    a_sum_counts_what_the_plan_has_for_a_cell_that_can_not_be_read,
    an_amount_is_the_same_with_an_l_and_without, people_who_may_be_one_are_told_of,
    a_changed_spreadsheet_is_a_difference,
    a_patch_fits_however_the_plan_is_written, of_an_import_again_what_has_changed_comes_first,
    what_was_never_imported_is_not_taken_over, columns_units_and_years,
    an_effect_without_a_year_is_none_of_those_of_years,
    a_column_that_may_have_the_effect_is_asked_about, a_day_that_is_past_is_told_where_no_status_is,
    what_can_not_be_read_is_refused)
