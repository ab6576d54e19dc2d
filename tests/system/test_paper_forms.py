#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The paper in each of its forms: the same words and the same figures."""
import io
import json
import re

import docx
import papers
from harness import run
from papers import BODIES, DEADLINES, MEASURES, PROPOSAL, told, written

MORE = """,
  { id = "M-15"; title = "Laddplatser & solceller"; owner = "fastighet"; assignment = "U-12"; }"""
# A plan that uses nothing of what papers are made of.
PLAIN = """
bodies = ( { id = "RS"; name = "Regionstyrelsen"; } );
people = (
  { id = "rd"; name = "Regiondirektören"; mail = "rd@region.internal"; roles = [ "support" ]; },
  { id = "hr"; name = "HR-direktören"; mail = "hr@region.internal"; manager = "rd"; }
);
measures = (
  { id = "M-07"; title = "Egna sjuksköterskor"; owner = "hr"; effect_planned = 12000000L; },
  { id = "M-08"; title = "Samlad upphandling"; owner = "hr"; effect_planned = 6000000L; }
);
deadlines = (
  { id = "RS-T2"; title = "Redovisning"; due = "2026-09-29"; answers_from = [ "M-*" ]; responsible = "rd";
    inform = [ "rd" ]; ladder = "standard"; }
);
"""
BLANK = """\u00a0\u202f"""


def played(box, *parts):
    """A spring, a summer and a request, seen in September."""
    plan = written(box, *parts)
    daemon = box.daemon(plan, "2026-01-07T09:00")
    told(daemon)
    daemon.tell("request", "M-08", "/people/hr", deadline="RS-T2", due="2027-01-31", progress=40,
                reason="Överprövning | förvaltningsrätten")
    daemon.until("2026-09-10T09:00")
    daemon.tell("status", "M-08", "/people/hr", status="on-track", progress=60, effect_forecast=4500000,
                done_forecast="2027-02-28", link="RS/1019/2025-7", note="Enligt plan\n\n- men sent <nu>")
    daemon.until("2026-09-11T09:00")
    return plan, daemon


def paper(daemon, *what, form):
    """The paper in a form, from a file as from standard output."""
    path = daemon.folder / f"paper.{form}"
    if form == "docx":
        assert daemon.client("report", *what, "--format", form, "-o", path, text=True) == ""
        return path.read_bytes()
    printed = daemon.client("report", *what, "--format", form, text=True)
    assert daemon.client("report", *what, "--format", form, "-o", path, text=True) == ""
    assert path.read_text(encoding="utf-8") == printed
    return printed


def each_form_has_the_words_of_the_text(box):
    plan, daemon = played(box, BODIES, MEASURES % MORE, DEADLINES % PROPOSAL)
    for language in ("sv", "en"):
        plan.settings["language"] = language
        plan.write()
        daemon.order("reload")
        for what in (("RS-T2",), ("U-07",), ("--body", "RS"), ("RS-T2", "--period", "T2 2026")):
            text, page = paper(daemon, *what, form="md"), paper(daemon, *what, form="html")
            word = paper(daemon, *what, form="docx")
            assert word == paper(daemon, *what, form="docx"), "the same bytes each time"
            document = docx.Document(io.BytesIO(word))
            papers.compare(papers.of_markdown(text), papers.of_word(document), what)
            looks_as_a_document(document, language)
            papers.compare(papers.of_markdown(text), papers.of_html(page), what)
            assert page.startswith("<!DOCTYPE html>\n") and f'<html lang="{language}">' in page, page
            assert "<nu>" not in page and "Laddplatser &amp; solceller" in page, page
            assert not set(BLANK) & set(text), text
            stays_on_a_line(page, document)
    # Two paragraphs of the proposal are two of the page.
    assert "<p>Regionstyrelsen beslutar</p>\n<p>att notera redovisningen.</p>" in page, page
    daemon.client("report", "RS-T2", "--format", "odt", code=64, text=True)
    assert daemon.ask({"query": "report", "params": {"deadline": "RS-T2", "format": "odt"}})["reason"] \
        == "format odt is none of md, html, docx"


def stays_on_a_line(page, document):
    """Between an amount and its unit, and within a reference, no line ends; a page keeps both as they are typed."""
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert not re.search(r"\d mnkr|SEK [\d{]|\d procent|RF 2024|27 §", text), text
    assert "RF\u00a02024\u201111\u201127\u00a0§\u00a0130" in text or "§ 130" not in page, text
    assert not re.search(r"\d mnkr|SEK \d|\d procent", page), page
    assert '<span class="kept">(RF 2024-11-27 § 130)</span>' in page or "§ 130" not in page, page


def looks_as_a_document(document, language):
    """What Word and who reads with it need: styles, headings, tables whose first row comes again, a language."""
    names = [paragraph.style.name for paragraph in document.paragraphs]
    assert names[0] == "Heading 1" and names.count("Heading 1") == 1 and "Heading 2" in names, names
    assert {"Heading 1", "Heading 2", "List Bullet", "List Plain", "Normal"} >= set(names), names
    # A number that ends the heading stays with its word.
    heading = document.paragraphs[0].text
    assert document.core_properties.title == heading.replace("\u00a0", " "), document.core_properties.title
    assert "tertial 2" not in heading, heading
    assert document.core_properties.language == {"sv": "sv-SE", "en": "en-GB"}[language]
    # What is to be decided stays on one page, and a table of few rows; in Word a paragraph does with the one behind it.
    proposal = [each for each in document.paragraphs if each.text.startswith(("Regionstyrelsen b", "att "))]
    assert [bool(each.paragraph_format.keep_with_next) for each in proposal] in ([], [True, False]), [each.text for each in proposal]
    sums = [table for table in document.tables if table._tbl.xpath("string(.//w:t)") in ("Åtgärder", "Measures")]
    for row in [row for table in sums for row in table._tbl.tr_lst]:
        assert len(row.xpath(".//w:p[w:pPr/w:keepNext or w:pPr/w:pStyle/@w:val='TableHeading']")) == len(row.tc_lst), row
    for table in document.tables:
        grid = len(table._tbl.tblGrid.gridCol_lst)
        assert table._tbl.xpath("./w:tr[1]/w:trPr/w:tblHeader"), "the first row comes again on each page"
        for row in table._tbl.tr_lst:
            spans = [int((cell.xpath("./w:tcPr/w:gridSpan/@w:val") or [1])[0]) for cell in row.tc_lst]
            assert sum(spans) == grid, (grid, spans)
    section = document.sections[0]
    assert (section.page_width.cm, section.page_height.cm) == (21.0, 29.7) or section.page_width.mm // 1 == 210
    foot = section.footer._element.xpath("string()")
    assert " PAGE " in foot and " NUMPAGES " in foot, foot


def a_plan_without_a_paper_has_a_page(box):
    """The Markdown, the rows and the table of such a plan stay as they were; its page has the same figures."""
    plan = written(box, PLAIN)
    daemon = box.daemon(plan, "2026-01-07T09:00")
    daemon.until("2026-09-15T09:00")
    daemon.tell("status", "M-07", "/people/hr", status="at-risk", progress=55, effect_achieved=6450000,
                effect_forecast=10000000)
    report = daemon.client("report", "RS-T2", "--format", "json")
    assert "of" not in report, report
    page = " ".join(papers.of_html(paper(daemon, "RS-T2", form="html")))
    assert "Egna sjuksköterskor (M-07) HR-direktören Risk för avvikelse (gul) 12,0 6,5 10,0 \u22122,0" in page, page
    assert "Svar har lämnats för en av två åtgärder." in page and "[Förslaget är inte skrivet.]" in page, page
    assert daemon.client("report", "RS-T2", text=True).startswith("# Redovisning\n\n- Deadline: RS-T2\n")


def a_large_one_comes_in_parts(box):
    measures = MEASURES % "".join(f""",
  {{ id = "N-{n}"; title = "Åtgärd {n}"; owner = "hr"; assignment = "U-07"; }}""" for n in range(400))
    plan, daemon = played(box, BODIES, measures, DEADLINES % PROPOSAL)
    for n in range(400):
        daemon.tell("status", f"N-{n}", "/people/hr", status="on-track", note="åäö" * 1000)
    query = {"query": "report", "params": {"assignment": "U-07", "format": "html"}}
    answer = daemon.ask(query)
    assert answer["next"] and all(len(json.dumps(row, ensure_ascii=False).encode()) < 60000
                                  for row in answer["rows"]), answer["next"]
    page = paper(daemon, "U-07", form="html")
    assert page.count("Kommentar: " + "åäö" * 1000) == 400 and page.endswith("</html>\n"), len(page)


run(each_form_has_the_words_of_the_text, a_plan_without_a_paper_has_a_page, a_large_one_comes_in_parts)
