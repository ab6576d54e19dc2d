#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""One plan, one course of events, one set of figures: whatever a report is asked for as, and whoever reads it."""
import csv
import html.parser
import io
import re
import shutil
import subprocess

import docx
import papers
from board import AMOUNTS, Board, amounts, millions
from desk import SignedIn, session_for
from harness import Skip, run
from papers import BODIES, DEADLINES, MEASURES, PROPOSAL, written
from web import Web

MORE = """,
  { id = "HSN-01"; title = "Laddplatser & solceller"; owner = "fastighet"; assignment = "U-12";
    effect_planned = 2550000L; }"""
# What a table calls its columns, how the text says who has answered, how often others were asked at most, and which
# is furthest below its plan.
WORDS = {
    "sv": {"columns": ("Planerad effekt", "Uppnådd effekt", "Helårsprognos", "Avvikelse"), "decimal": ",",
           "answered": r"Svar har lämnats för (\w+) av (\w+) åtgärder", "unanswered": "Ej inkomna svar",
           "until": "Begärt stöd", "asked": r"upp till (\w+) påminnelser", "planned": r", planerad effekt ([\d,]+) mnkr",
           "largest": r"avvikelsen gäller åtgärden ”[^”]*” \(([\w-]+)\), som beräknas ge ([\d,]+) mnkr mindre",
           "numbers": ("noll", "en", "två", "tre", "fyra", "fem")},
    "en": {"columns": ("Planned effect", "Achieved", "Full-year forecast", "Deviation"), "decimal": ".",
           "answered": r"Answers have been given for (\w+) of (\w+) measures", "unanswered": "Answers not received",
           "until": "Support requested", "asked": r"up to (\w+) reminders", "planned": r", planned effect SEK ([\d.]+) m",
           "largest": r"that of the measure “[^”]*” \(([\w-]+)\), which is expected to give SEK ([\d.]+) m less",
           "numbers": ("zero", "one", "two", "three", "four", "five")},
}
SEPARATORS = {"sv": ";", "en": ","}



# ---- what a report says ----------------------------------------------------------------------------

def figures(report, decimal):
    """Of the query's row, in the words of a paper: each measure's amounts, the sums, who has answered, who has not."""
    def shown(row):
        return tuple(millions(row.get(name), decimal) for name in AMOUNTS)
    totals = report["totals"]
    same, without, planned = totals["same"], totals["without_forecast"], totals["effect_planned"]
    assert same["of"] + without["of"] == planned["of"] and same["effect_planned"] + without["effect_planned"] \
        == planned["sum"], "those with a forecast and those without are all that have a plan"
    achieved = [row["effect_achieved"] for row in report["rows"] if row["effect_planned"] is not None
                and row["effect_achieved"] is not None]
    assert len(achieved) == same["achieved_of"] + without["achieved_of"], totals
    least = min(report["rows"], key=lambda row: row.get("deviation") or 0)
    assert (totals["largest_shortfall"]["measure"], totals["largest_shortfall"]["deviation"]) \
        == (least["measure"], least["deviation"]), totals
    return {
        "rows": {row["measure"]: shown(row) for row in report["rows"]},
        "sums": [(same["of"], shown(same)), (without["of"], shown(without)),
                 (planned["of"], shown({"effect_planned": planned["sum"],
                                        "effect_achieved": sum(achieved) if achieved else None}))],
        "largest": (least["measure"], millions(-least["deviation"], decimal)),
        "answered": (totals["answered"], totals["asked"]),
        "unanswered": {row["measure"]: millions(row["effect_planned"], decimal) for row in report["unanswered"]},
        "asked": max(row["asked"] for row in report["unanswered"]),
    }


def read(tables, text, language):
    """The same of a paper's tables, lists of rows of cells, and of its text."""
    words, rows, sums = WORDS[language], {}, []
    for table in tables:
        head = [clean(cell) for cell in table[0]]
        if not set(words["columns"]) <= set(head):
            continue
        at = [head.index(name) for name in words["columns"]]
        for row in table[1:]:
            if len(row) <= max(at):
                continue  # a comment
            values = tuple(clean(row[i]).partition(" (")[0] for i in at)
            if name := re.search(r"\((M-\d+|HSN-\d+)\)$", clean(row[0])):
                assert name[1] not in rows, f"{name[1]} twice"
                rows[name[1]] = values
            elif of := re.search(r"\((\d+)\)$", clean(row[0])):
                sums.append((int(of[1]), values))
    text = clean(text)
    missing = text.split(words["unanswered"])[-1].split(words["until"])[0]
    number = words["numbers"].index
    return {"rows": rows, "sums": sums, "largest": re.search(words["largest"], text).groups(),
            "unanswered": dict(re.findall(r"\(((?:M|HSN)-\d+)\)" + words["planned"], missing)),
            "asked": number(re.search(words["asked"], missing)[1]),
            "answered": tuple(number(n) for n in re.search(words["answered"], text).groups())}


def clean(text):
    """Without where a word may be parted; a hyphen that no line ends at, as an office reads it, is a hyphen."""
    return " ".join(text.replace("\u00ad", "").replace("\u2011", "-").split())


# ---- the forms -------------------------------------------------------------------------------------

class Tables(html.parser.HTMLParser):
    """The tables of a page and its text, also of one that LibreOffice has written."""

    def __init__(self, source):
        super().__init__()
        self.tables, self.text, self.cell, self.hidden = [], "", None, False
        self.feed(source)

    def handle_starttag(self, tag, attributes):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self.cell = self.tables[-1][-1]
        elif tag == "br":
            self.handle_data(" ")
        self.hidden |= tag in ("style", "title")

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.cell = None
        self.hidden &= tag not in ("style", "title")
        self.text += " " if tag in ("td", "th", "p", "li", "h1", "h2") else ""

    def handle_data(self, data):
        if self.hidden:
            return
        self.text += data
        if self.cell is not None:
            self.cell[-1] += data


def of_markdown(text, language):
    tables, inside = [], False
    for line in text.splitlines():
        if not line.startswith("|"):
            inside = False
            continue
        if not inside:
            tables.append([])
        inside = True
        tables[-1].append([cell.replace("\\", "") for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    return read(tables, text.replace("\\", ""), language)


def of_html(text, language):
    page = Tables(text)
    return read(page.tables, page.text, language)


def of_word(content, language):
    document = docx.Document(io.BytesIO(content))
    tables = [[[papers.text_of(cell) for cell in row.tc_lst] for row in table._tbl.tr_lst]
              for table in document.tables]
    return read(tables, "\n".join(paragraph.text for paragraph in document.paragraphs), language)


def of_csv(rows, number):
    """Of a table's rows by column: what of it is there, in kronor; and how often each was asked."""
    told = {row["measure"]: {name: number(row[name]) for name in AMOUNTS if row[name] != ""}
            for row in rows if row["measure"]}
    return told, {row["measure"]: int(row["asked"]) for row in rows if row["measure"]}


def office(folder, name, to, *arguments):
    """A LibreOffice that makes something of files, with a profile of its own so that several can at once."""
    return subprocess.Popen(["soffice", f"-env:UserInstallation=file://{folder}/{name}", "--headless", "--convert-to",
                             to, "--outdir", folder, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def done(offices):
    for each in offices:
        said = each.communicate(timeout=120)[0]
        assert each.returncode == 0, said


# ---- the tests -------------------------------------------------------------------------------------

class Told:
    """All that is told of one course of events, asked for once: `files` by language or locale and form."""

    def __init__(self, box):
        plan = written(box, BODIES, MEASURES % MORE, (DEADLINES % PROPOSAL).replace('"M-*"', '"M-*", "HSN-*"'))
        web = Web(box, "2026-01-07T09:00", plan=plan)
        self.play(web.daemon)
        reader = SignedIn(web, "hr", session_for(web.daemon, "hr", "hr@region.internal"))
        self.report = web.daemon.client("report", "RS-T2", "--format", "json")
        self.files, self.boards = {}, {}
        for language in WORDS:
            web.plan.settings["language"] = language
            web.plan.write()
            web.daemon.order("reload")
            for form in ("md", "html", "docx"):
                self.files[language, form] = paper(web.daemon, form)
            self.boards[language] = reader.get("/board?of=RS-T2")
            self.files[language, "csv"] = paper(web.daemon, "csv", "--locale", language)
        self.files[None, "csv"] = paper(web.daemon, "csv")
        self.kronor = {row["measure"]: amounts(row) for row in self.report["rows"]}
        self.asked = {row["measure"]: row["asked"] for row in self.report["rows"]}

    @staticmethod
    def play(daemon):
        """To the day before the papers are due: some have answered, others have been asked again and again."""
        papers.told(daemon)
        daemon.until("2026-09-16T15:00")
        daemon.tell("status", "M-08", "/people/hr", status="on-track", progress=60, effect_achieved=-250000,
                    effect_forecast=4549999, done_forecast="2027-02-28", note="Sent; men 2,5 av 3 | klart")
        daemon.until("2026-09-17T09:00")


TOLD = []


def told_once(box):
    if not TOLD:
        TOLD.append(Told(box))
    return TOLD[0]


def paper(daemon, form, *more):
    path = daemon.folder / f"paper.{form}"
    daemon.client("report", "RS-T2", "--format", form, *more, "-o", path, text=True)
    return path.read_bytes()


def in_each_form_and_on_the_page(box):
    told = told_once(box)
    assert told.asked == {"M-07": 3, "M-08": 3, "M-12": 0, "HSN-01": 3}, told.asked
    assert told.report["totals"]["same"]["of"] == 2 and told.kronor["M-08"]["deviation"] == -1450001, told.kronor
    for language in WORDS:
        expected = figures(told.report, WORDS[language]["decimal"])
        assert set(expected["unanswered"]) == {"M-07", "HSN-01"} and expected["asked"] == 3, expected
        for form, reads in (("md", of_markdown), ("html", of_html), ("docx", of_word)):
            content = told.files[language, form]
            found = reads(content if form == "docx" else content.decode(), language)
            assert found == expected, f"{form} in {language}:\n{found}\n{expected}"
        the_page_says(told.boards[language], told.report, told.kronor, WORDS[language]["decimal"])
    for locale in (None, *WORDS):
        text = told.files[locale, "csv"].decode("utf-8-sig" if locale else "utf-8")
        rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=SEPARATORS.get(locale, ","), strict=True)
        assert of_csv(list(rows), int) == (told.kronor, told.asked), f"{locale}: {text}"


def the_page_says(answer, report, kronor, decimal):
    """Its tables, of which those of effects are the plots', in numbers and as they are read."""
    assert answer.status == 200, answer.raw[:400]
    page = Board(answer.text)
    same = report["totals"]["same"]
    expected = {**{name: told for name, told in kronor.items() if told}, "*": amounts(same)}
    assert page.amounts("effects") == expected, (page.amounts("effects"), expected)
    for key, row in page.shown("effects").items():
        for name in AMOUNTS:
            assert clean(row[name]).partition(" (")[0] == millions(expected[key].get(name), decimal), (key, name, row)
    assert set(page.tables["measures"]) == {row["measure"] or row["assignment"] for row in report["rows"]}
    last = [row for row in page.amounts("months").values() if "effect_forecast" in row][-1]
    assert (last["effect_forecast"], last["effect_achieved"]) \
        == (same["effect_forecast"], same["effect_achieved"]), last
    for row in report["unanswered"]:
        assert row["measure"] in page.parts["unanswered"], page.parts["unanswered"]


def as_libreoffice_reads_them(box):
    """Documents and tables in an office where they are opened, not read by a library of Python; the English table, which
    differs in its separator, before a release."""
    if not shutil.which("soffice"):
        raise Skip("LibreOffice (soffice) is not installed")
    told, offices = told_once(box), []
    for (language, form), content in told.files.items():
        if language and form in ("docx", "csv"):
            (box.folder / f"{form}-{language}.{form}").write_bytes(content)
    offices.append(office(box.folder, "writer", "html", *box.folder.glob("docx-*.docx")))
    locales = {"sv": (59, 1053), "en": (44, 1033)}
    for locale, (separator, number) in locales.items():
        offices.append(office(box.folder, locale, "html", box.folder / f"csv-{locale}.csv",
                              f"--infilter=Text - txt - csv (StarCalc):{separator},34,76,1,,{number}"))
    done(offices)
    for language in WORDS:
        page = (box.folder / f"docx-{language}.html").read_text(encoding="utf-8")
        found, expected = of_html(page, language), figures(told.report, WORDS[language]["decimal"])
        assert found == expected, f"docx in {language}:\n{found}\n{expected}"
    for language in locales:
        table = Tables((box.folder / f"csv-{language}.html").read_text(encoding="utf-8")).tables[0]
        head, *rows = [[clean(cell) for cell in row] for row in table]
        rows = [dict(zip(head, row, strict=True)) for row in rows]
        assert of_csv(rows, int) == (told.kronor, told.asked), (language, rows)


def pages(pdf):
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, timeout=60,
                          check=True).stdout
    return text.split("\f")[:-1]


def on_paper_a_table_keeps_its_heading(box):
    """As a PDF: each page that has a piece of the table has its heading, each measure is there once, and no row, number
    or word is cut. An office that doesn't know where to part a word cuts it anywhere."""
    for tool in ("soffice", "pdftotext"):
        if not shutil.which(tool):
            raise Skip(f"{tool} is not installed")
    measures = MEASURES % "".join(f""",
  {{ id = "N-{n:02}"; title = "Färre artiklar i förbrukningssortimentet vid enhet {n}"; owner = "hr"; assignment = "U-12";
    effect_planned = {n}250000L; done_by = "2026-09-30"; }}""" for n in range(1, 61))
    plan = written(box, BODIES.replace("HR-direktören", "Chefen för läkemedelsenheten"), measures, DEADLINES % PROPOSAL)
    daemon = box.daemon(plan, "2026-08-31T09:00")
    for n in range(1, 61, 2):
        daemon.tell("status", f"N-{n:02}", "/people/hr", status="at-risk", effect_forecast=n * 1000000,
                    note=f"Anmärkning {n} till den som läser.")
    path = box.folder / "long.docx"
    daemon.client("report", "U-12", "--format", "docx", "-o", path, text=True)
    done([office(box.folder, "writer", "pdf", path)])
    printed = pages(box.folder / "long.pdf")
    table, total = "\f".join(printed).split("Tabell 1.")[1].split("Tabell 2.")[0], len(printed)
    assert 3 <= len(table.split("\f")) <= 6, total
    for number, page in enumerate(printed, 1):
        assert f"{number} ({total})" in page, page
    for page in table.split("\f"):
        assert "Ansvarig" in page and "Avvikelse" in page, page
    for word in ("förbrukningssortimentet", "läkemedelsenheten", "30 september"):
        assert table.replace("\u00a0", " ").count(word) == 60, (word, table)
    for n in range(1, 61):
        assert table.count(f"(N-{n:02})") == 1, n
    assert "Anmärkning 59 till den som läser." in table and "60,3" in table, table[-3000:]


# What each measure's light is, and how it reads: without an answer only what the date says, and that it is the date.
LIGHTS = {
    "M-08": (None, "Inget svar"),
    "L-1": ("yellow", "Inget svar (gul: datumet är nära)"),
    "L-2": ("red", "Inget svar (röd: datumet har passerat)"),
    "L-3": ("green", "Pågående enligt plan (grön)"),
    "L-4": (None, "Inget svar; senast (20 april 2026): Pågående enligt plan"),
    "L-5": ("yellow", "Inget svar; senast (20 april 2026): risk för avvikelse (gul)"),
    "L-6": ("yellow", "Inget svar; senast (20 april 2026): Pågående enligt plan (gul: väntas bli klart senare)"),
    "L-7": ("yellow", "Pågående enligt plan (gul: datumet är nära)"),
}


def no_light_without_an_answer_in_any_form(box):
    """But for one of the date, which says that it is the date's."""
    dates = {"L-1": "2026-09-25", "L-2": "2026-08-15", "L-3": "2026-12-01", "L-4": "2026-12-01", "L-5": "2026-12-01",
             "L-6": "2026-12-01", "L-7": "2026-09-25"}
    measures = MEASURES % "".join(f""",
  {{ id = "{key}"; title = "Åtgärd {key}"; owner = "hr"; done_by = "{day}"; }}""" for key, day in dates.items())
    web = Web(box, "2026-01-07T09:00",
              plan=written(box, BODIES.replace('no-data = "Inga data"; ', ""), measures,
                           (DEADLINES % PROPOSAL).replace('"M-*"', '"M-08", "L-*"')))
    web.daemon.until("2026-04-20T09:00")
    for key, status, more in (("L-4", "on-track", {}), ("L-5", "at-risk", {}),
                              ("L-6", "on-track", {"done_forecast": "2027-01-31"})):
        web.daemon.tell("status", key, "/people/hr", status=status, **more)
    web.daemon.until("2026-09-16T15:00")
    for key in ("L-3", "L-7"):
        web.daemon.tell("status", key, "/people/hr", status="on-track", progress=60)
    web.daemon.until("2026-09-17T09:00")
    report = web.daemon.client("report", "RS-T2", "--format", "json")
    assert {row["measure"]: row["light"] for row in report["rows"]} == {key: told[0] for key, told in LIGHTS.items()}
    text = paper(web.daemon, "csv").decode()
    assert {row["measure"]: row["light"] or None for row in csv.DictReader(io.StringIO(text, newline=""))
            if row["measure"]} == {key: told[0] for key, told in LIGHTS.items()}, text
    words = {key: told[1] for key, told in LIGHTS.items()}
    document = docx.Document(io.BytesIO(paper(web.daemon, "docx")))
    forms = {
        "md": [[re.split(r"(?<!\\)\|", line)[1:-1] for line in paper(web.daemon, "md").decode().splitlines()
                if line.startswith("|")]],
        "html": Tables(paper(web.daemon, "html").decode()).tables,
        "docx": [[[papers.text_of(cell) for cell in row.tc_lst] for row in table._tbl.tr_lst]
                 for table in document.tables],
    }
    for form, tables in forms.items():
        told = {}
        for row in (row for table in tables for row in table if len(row) > 2):
            if name := re.search(r"\(([ML]-\d+)\)$", clean(row[0])):
                told.setdefault(name[1], clean(row[2]))
        assert told == words, f"{form}: {told}"
    page = SignedIn(web, "hr", session_for(web.daemon, "hr", "hr@region.internal")).get("/board?of=RS-T2").text
    for key, (light, said) in LIGHTS.items():
        cell = re.search(rf'<tr data-measure="{key}">.*?<td[^>]*data-figure="status"[^>]*>(.*?)</td>', page, re.S)[1]
        lamp = re.search(r'class="lamp (\w+)"', cell)
        assert (lamp[1] if lamp else None) == light and clean(re.sub("<[^>]*>", "", cell)) == said, (key, cell)
    # Nor on the desk, of what nobody ever reported.
    desk = SignedIn(web, "stod", session_for(web.daemon, "stod", "stod@region.internal")).get("/desk/items").text
    rows = [clean(re.sub("<[^>]*>", " ", row)) for row in re.findall("<tr>.*?</tr>", desk, re.S)]
    told = {key: next(row for row in rows if f"({key})" in row) for key in ("M-08", "L-1", "L-2", "L-4")}
    assert "grön" not in told["M-08"] and "gul : datumet är nära" in told["L-1"], told
    assert "röd : datumet har passerat" in told["L-2"] and "grön : Enligt plan" in told["L-4"], told


run(in_each_form_and_on_the_page, no_light_without_an_answer_in_any_form,
    long=(as_libreoffice_reads_them, on_paper_a_table_keeps_its_heading))
