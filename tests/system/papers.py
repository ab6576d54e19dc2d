# SPDX-License-Identifier: Apache-2.0
"""A plan that has a paper, what happened in it, and what a paper says whatever its form: its words in their order,
without what is only how they look."""
import difflib
import html.parser
import re

from harness import Plan

BODIES = """
bodies = (
  { id = "RF"; name = "Regionfullmäktige"; },
  { id = "RS"; name = "Regionstyrelsen"; papers = "-7wd";
    words = { on-track = "Pågående enligt plan"; done = "Avslutad/klar"; no-data = "Inga data"; }; }
);
meetings = (
  { body = "RS"; from = "2026-05-26"; until = "2026-05-27"; }, { body = "RS"; from = "2026-09-29"; }
);
periods = (
  { name = "T1 2026"; from = "2026-01-01"; until = "2026-04-30"; },
  { name = "T2 2026"; from = "2026-05-01"; until = "2026-08-31"; },
  { name = "T3 2026"; from = "2026-09-01"; until = "2026-12-31"; }
);
people = (
  { id = "rd"; name = "Regiondirektören"; mail = "rd@region.internal"; },
  { id = "hr"; name = "HR-direktören"; mail = "hr@region.internal"; manager = "rd"; },
  { id = "fastighet"; name = "Fastighetschefen"; mail = "f@region.internal"; manager = "rd"; },
  { id = "stod"; name = "Planeringsenheten"; mail = "stod@region.internal"; manager = "rd";
    roles = [ "support", "steward" ]; },
  { id = "registrator"; name = "Registrator"; mail = "registrator@region.internal"; }
);
assignments = (
  { id = "U-07"; title = "Oberoende av inhyrd personal"; decision = "RF 2024-11-27 § 130";
    reference = "RS/1019/2025"; given = "2024-11-27"; given_by = "RF"; given_to = "RS";
    answer_by = "meeting RS 2026-09"; },
  { id = "U-12"; title = "Samlad lokalförsörjningsplan"; given_by = "RF"; given_to = "RS"; },
  { id = "U-14"; title = "Energiplan"; given_by = "RF"; given_to = "RS"; }
);
requirements = ( { assignment = "U-07"; year = 2026; amount = 30000000L; } );
"""
MEASURES = """
measures = (
  { id = "M-07"; title = "Egna sjuksköterskor i stället för inhyrda"; owner = "hr"; assignment = "U-07";
    effect_planned = ( { year = 2026; month = 3; amount = 8000000L; },
      { year = 2026; month = 9; amount = 4000000L; }, { year = 2027; amount = 20000000L; } ); },
  { id = "M-08"; title = "Samlad upphandling | bemanning"; owner = "hr"; assignment = "U-07";
    effect_planned = 6000000L; done_by = "2026-10-30"; },
  { id = "M-12"; title = "Lokalplan"; owner = "fastighet"; assignment = "U-12"; }%s
);
"""
DEADLINES = """
deadlines = (
  { id = "RS-T2"; title = "Redovisning av uppdrag, tertial 2"; decision = "RS 2026-01-27 § 12";
    due = "meeting RS 2026-09"; answers_from = [ "M-*" ]; responsible = "rd"; assignment = "U-07";
    inform = [ "registrator" ]; ladder = "standard";%s }
);
"""
# What was reported of the same assignment before: of a measure of another, so that it asks nobody of this one's.
EARLIER = """ }, { id = "RS-T1"; title = "Redovisning av uppdrag, tertial 1"; due = "meeting RS 2026-05";
    answers_from = [ "M-1*" ]; responsible = "rd"; assignment = "U-07"; inform = [ "registrator" ]; ladder = "standard";
    proposal = "Regionstyrelsen beslutar att notera redovisningen.";"""
PROPOSAL = r""" proposal = "Regionstyrelsen beslutar\n\natt notera redovisningen.";"""


class Written(Plan):
    """A plan file that is written as it stands."""

    def write(self):
        conf = super().write()
        (self.folder / "plan.conf").write_text(self.text, encoding="utf-8")
        return conf


def written(box, *parts):
    plan = Written(box.folder)
    plan.text = "".join(parts)
    plan.sink = box.smtp(plan)
    return plan


def section(text, heading):
    """The lines below a heading."""
    assert f"\n## {heading}\n" in text, text
    body = text.split(f"\n## {heading}\n")[1]
    return [line for line in body.split("\n## ")[0].split("\n---\n")[0].splitlines() if line]


def told(daemon, earlier=False):
    """A spring and a summer; with the earlier report, which the body noted at its meeting in May."""
    daemon.until("2026-02-10T09:00")
    daemon.tell("status", "M-07", "/people/hr", status="on-track", progress=10, note="Rekrytering pågår.")
    daemon.until("2026-04-20T09:00")
    daemon.tell("status", "M-07", "/people/hr", status="on-track", progress=40,
                effect_forecast=12000000, note="Åtta av tolv anställda.")
    if earlier:
        daemon.until("2026-05-25T09:00")
        daemon.tell("submit", "RS-T1", "/people/rd", reference="RD 2026-05-25")
        daemon.until("2026-05-27T15:00")
        daemon.tell("outcome", "RS-T1", "/people/stod", outcome="noted", reference="RS 2026-05-26 § 71")
    daemon.until("2026-06-15T09:00")
    daemon.tell("status", "M-12", "/people/fastighet", status="done", note="Antagen.")
    daemon.until("2026-08-20T09:00")
    daemon.tell("status", "M-07", "/people/hr", status="at-risk", progress=55, effect_achieved=6450000,
                effect_forecast=10000000, needs_support="Facklig samverkan\nför * nya scheman",
                note="Två tackade nej.\n\n- nytt försök i höst")


# ---- words -----------------------------------------------------------------------------------------

# What parts cells and rows in one form and nothing in another.
NOTHING = {"–", "|", "•"}


def words(text):
    """Where a word may be parted is no part of it, and a hyphen that no line ends at is one."""
    return [word for word in text.replace("\u00ad", "").replace("\u2011", "-").split() if word not in NOTHING]


def compare(one, other, what):
    """That two say the same."""
    told = difflib.unified_diff(one, other, "one", "the other", lineterm="", n=6)
    assert one == other, f"{what}:\n" + " ".join(told)


def of_markdown(text):
    """The comment column is a row of its own elsewhere, under the column's name."""
    out, comment = [], None
    for line in text.splitlines():
        line = line.strip()
        if re.fullmatch(r"[|: -]+", line):
            continue
        if line.startswith("|"):
            cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            if cells[-1] in ("Kommentar", "Comment") and cells[1] in ("Ansvarig", "Owner"):
                comment = cells.pop()
            elif comment:
                said = cells.pop()
                cells += [f"{comment}: {said}"] if said != "–" else []
            out.append(" ".join(cells))
            continue
        comment = None
        out.append(re.sub(r"^(#+|-|>) ", "", line).strip("*"))
    return words(re.sub(r"\\(.)", r"\1", "\n".join(out).replace("**", "")))


def of_word(document):
    """A document of python-docx: its body in its order, then what stands at the foot of a page below its number."""
    out = []
    for element in document.element.body:
        if element.tag.endswith("}p"):
            out.append(text_of(element))
        elif element.tag.endswith("}tbl"):
            out += [" ".join(text_of(cell) for cell in row.tc_lst) for row in element.tr_lst]
    out += [paragraph.text for paragraph in document.sections[0].footer.paragraphs[1:]]
    return words("\n".join(out))


def text_of(element):
    """Of a paragraph, or the paragraphs of a cell."""
    parts = {"t": lambda node: node.text or "", "br": lambda _: "\n", "tab": lambda _: " ", "p": lambda _: "\n"}
    return "".join(parts[name](node) for node in element.iter()
                   if (name := node.tag.rpartition("}")[2]) in parts and node.getparent().tag[-4:] != "tabs")


class Text(html.parser.HTMLParser):
    """What stands in the body, in its order."""

    def __init__(self):
        super().__init__()
        self.out, self.inside = [], False

    def handle_starttag(self, tag, attributes):
        self.inside |= tag == "body"
        self.out.append(" ")

    def handle_data(self, data):
        if self.inside:
            self.out.append(data)


def of_html(text):
    reader = Text()
    reader.feed(text)
    return words("".join(reader.out))
