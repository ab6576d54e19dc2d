#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The paper: what a report says in a plan with assignments and periods, as a committee reads it."""
import json

from harness import Plan, run

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
    effect_planned = 6000000L; },
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
    box.smtp(plan)
    return plan


def section(text, heading):
    """The lines below a heading."""
    assert f"\n## {heading}\n" in text, text
    body = text.split(f"\n## {heading}\n")[1]
    return [line for line in body.split("\n## ")[0].split("\n---\n")[0].splitlines() if line]


def told(daemon):
    """A spring and a summer."""
    daemon.until("2026-02-10T09:00")
    daemon.tell("status", "M-07", "/people/hr", status="on-track", progress=10, note="Rekrytering pågår.")
    daemon.until("2026-04-20T09:00")
    daemon.tell("status", "M-07", "/people/hr", status="on-track", progress=40,
                effect_forecast=12000000, note="Åtta av tolv anställda.")
    daemon.until("2026-06-15T09:00")
    daemon.tell("status", "M-12", "/people/fastighet", status="done", note="Antagen.")
    daemon.until("2026-08-20T09:00")
    daemon.tell("status", "M-07", "/people/hr", status="at-risk", progress=55, effect_achieved=6450000,
                effect_forecast=10000000, needs_support="Facklig samverkan\nför * nya scheman",
                note="Två tackade nej.\n\n- nytt försök i höst")


def periods_side_by_side(box):
    plan = written(box, BODIES, MEASURES % "", DEADLINES % "")
    daemon = box.daemon(plan, "2026-01-07T09:00")
    told(daemon)
    daemon.until("2026-09-10T09:00")
    text = daemon.client("report", "--body", "RS", "--period", "T2 2026", text=True)
    assert section(text, "Läget per period") == [
        "| Uppdrag | T2 2026 | Kommentar |",
        "|---|---|---|",
        "| Oberoende av inhyrd personal (U-07): Egna sjuksköterskor i stället för inhyrda (M-07) "
        "| Risk för avvikelse | Två tackade nej. - nytt försök i höst |",
        "| Oberoende av inhyrd personal (U-07): Samlad upphandling \\| bemanning (M-08) | Inga data | – |",
        "| Samlad lokalförsörjningsplan (U-12) | Avslutad/klar | Antagen. |",
        "| Energiplan (U-14) | Inga data | – |",
    ], text
    assert "- Period: T2 2026\n" in text, text
    text = daemon.client("report", "--body", "RS", text=True)
    assert "| Samlad lokalförsörjningsplan (U-12) | Inga data | Avslutad/klar | Inga data | Antagen. |" \
        in section(text, "Läget per period"), text
    report = daemon.client("report", "RS-T2", "--period", "T1 2026", "--format", "json")
    (row,) = [row for row in report["rows"] if row["measure"] == "M-07"]
    assert (row["status"], row["progress"], row["effect_achieved"], row["effect_forecast"], row["words"],
            row["note"]) == ("on-track", 40, None, 12000000, "Pågående enligt plan",
                             "Åtta av tolv anställda."), row
    daemon.client("report", "RS-T2", "--period", "T9", code=65)
    daemon.client("report", code=64)
    daemon.client("report", "RS-T2", "--body", "RS", code=64)


def the_paper_of_a_deadline(box):
    plan = written(box, BODIES, MEASURES % "", DEADLINES % PROPOSAL)
    daemon = box.daemon(plan, "2026-01-07T09:00")
    told(daemon)
    daemon.until("2026-09-17T09:00")
    text = daemon.client("report", "RS-T2", text=True)
    print(text)
    assert text.startswith("# Redovisning av uppdrag, tertial 2 (RS-T2)\n"), text
    assert "Regiondirektören" in "".join(section(text, "I tjänsten"))


run(periods_side_by_side, the_paper_of_a_deadline)
