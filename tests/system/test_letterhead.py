#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A body's own letterhead: its papers are filled into it, and one that is wrong is refused before it is in force."""
import io
import shutil
import struct
import subprocess
import zipfile
import zlib

import docx
import papers
from docx.shared import Cm
from harness import ROOT, Skip, run
from papers import BODIES, DEADLINES, MEASURES, PROPOSAL, told, written

REPORT = ROOT / "conf/templates/sv/report.docx"
HEAD = "{{#assignment_reference}}Dnr {{assignment_reference}}{{/assignment_reference}}"
WITH = 'papers = "-7wd"; paper_template = "brev.docx";'


def logo():
    """A blue picture of 60 by 20 points."""
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    rows = (b"\0" + bytes((0, 90, 160)) * 60) * 20
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 60, 20, 8, 2, 0, 0, 0)) + \
        chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def letterhead(path, head=HEAD):
    """What an office makes of ours: another font, a logo and a line of its own at the head of each page."""
    document = docx.Document(REPORT)
    for name in ("Normal", "Heading 1", "Heading 2"):
        document.styles[name].font.name = "Liberation Serif"
    line = document.sections[0].header.paragraphs[0]
    line.add_run().add_picture(io.BytesIO(logo()), width=Cm(3))
    line.add_run(f"\tRegionens kansli\t{head}")
    document.save(path)


def converted(box, path, form):
    """By LibreOffice, into a folder of its own."""
    subprocess.run(["soffice", f"-env:UserInstallation={(box.folder / 'office').as_uri()}", "--headless",
                    "--convert-to", form, "--outdir", box.folder / "made", path], capture_output=True, timeout=120,
                   check=True)
    return (box.folder / "made" / path.name).with_suffix("." + form.partition(":")[0])


def begun(box):
    plan = written(box, BODIES.replace('papers = "-7wd";', WITH), MEASURES % "", DEADLINES % PROPOSAL)
    letterhead(box.folder / "brev.docx")
    return plan


def word(daemon, *what):
    path = daemon.folder / "paper.docx"
    daemon.client("report", *what, "--format", "docx", "-o", path, text=True)
    return path.read_bytes()


def header(content):
    return docx.Document(io.BytesIO(content)).sections[0].header._element.xpath("string()")


def its_papers_are_filled_into_it(box):
    """What is reported to it, asked for or frozen and sent, and what is told of it; not what another body gets."""
    plan = begun(box)
    daemon = box.daemon(plan, "2026-01-07T09:00")
    told(daemon)
    for what in (("RS-T2",), ("--body", "RS")):
        content = word(daemon, *what)
        document = docx.Document(io.BytesIO(content))
        text = daemon.client("report", *what, "--format", "md", text=True)
        papers.compare(papers.of_markdown(text), papers.of_word(document), what)
        dnr = "Dnr RS/1019/2025" if what == ("RS-T2",) else ""
        assert header(content) == f"Regionens kansli{dnr}", header(content)
        assert document.styles["Normal"].font.name == "Liberation Serif"
        assert logo() in [part.blob for part in document.part.package.iter_parts() if "image" in part.partname]
    assert header(word(daemon, "U-07")) == "", "that is for the board's assembly, which has none of its own"
    daemon.until("2026-09-21T09:00")
    (mail,) = [mail for mail in plan.sink.to("rd") if "låst" in mail.subject]
    (attached,) = [part.get_payload(decode=True) for part in mail.message.walk()
                   if part.get_filename() == "RS-T2.docx"]
    assert attached == word(daemon, "RS-T2", "--frozen") and header(attached).endswith("RS/1019/2025"), mail
    # One that is spoilt isn't taken up, and what is in force stays; one that is mended is.
    daemon.expect("diarie")
    letterhead(box.folder / "brev.docx", "{{diarie}}")
    refused = daemon.client("reload", code=65, text=True)
    assert f"plan.conf:4: {box.folder}/brev.docx: word/header1.xml:" in refused and "{{diarie}}" in refused, refused
    assert word(daemon, "RS-T2", "--frozen") == attached
    letterhead(box.folder / "brev.docx", "Ny adress")
    daemon.order("reload")
    assert header(word(daemon, "RS-T2")) == "Regionens kansliNy adress"


def an_office_has_saved_it(box):
    """LibreOffice writes such a document anew, in its own way; and makes pages of what comes out."""
    for tool in ("soffice", "pdftotext"):
        if not shutil.which(tool):
            raise Skip(f"{tool} is not installed")
    plan = begun(box)
    saved = converted(box, box.folder / "brev.docx", "docx:MS Word 2007 XML")
    assert "{{title_held}}" in docx.Document(saved).paragraphs[0].text
    shutil.copy(saved, box.folder / "brev.docx")
    daemon = box.daemon(plan, "2026-01-07T09:00")
    told(daemon)
    content = word(daemon, "RS-T2")
    text = daemon.client("report", "RS-T2", "--format", "md", text=True)
    papers.compare(papers.of_markdown(text), papers.of_word(docx.Document(io.BytesIO(content))), "saved anew")
    pdf = converted(box, box.folder / "paper.docx", "pdf")
    pages = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, timeout=60,
                           check=True).stdout.split("\f")[:-1]
    for number, page in enumerate(pages, 1):
        assert "Regionens kansli" in page and "Dnr RS/1019/2025" in page and f"{number} ({len(pages)})" in page, page
    assert len(pages) == 2, len(pages)


def what_is_wrong_with_it_is_said(box):
    """Each in one sentence, with the line of the plan that names the file."""
    def changed(name, change):
        with zipfile.ZipFile(REPORT) as parts, zipfile.ZipFile(box.folder / name, "w", zipfile.ZIP_DEFLATED) as out:
            for part in parts.namelist():
                text = change(part, parts.read(part))
                if text is not None:
                    out.writestr(part, text)

    def in_text(old, new):
        return lambda name, text: text.replace(old, new, 1) if name == "word/document.xml" else text

    faults = (
        ("zip", None, "it is no Word document (.docx), which is a zip archive"),
        ("gone", lambda name, text: None if name == "word/document.xml" else text,
         "it is no Word document: it has no word/document.xml"),
        ("unknown", in_text(b"{{title_held}}", b"{{rubrik}}"), "word/document.xml:2: {{rubrik}} is not known here; known: title, "),
        ("split", in_text(b"{{title_held}}", b"{{ti</w:t><w:br/><w:t>tle_held}}"),
         "word/document.xml: {{title_held}} is split by something that is no text"),
        ("large", lambda name, text: text + b" " * (17 << 20) if name == "word/styles.xml" else text,
         "unpacked it is larger than 16 MiB"),
        ("dotx", lambda name, text: text.replace(b"document.main+xml", b"template.main+xml"),
         "it is a template (.dotx) or has macros: save it as a Word document (.docx)"),
        ("empty", lambda name, text: b"<w:document><w:body/></w:document>" if name == "word/document.xml" else text,
         "it has no {{names}} in it"),
    )
    bodies = "".join(f'  {{ id = "{name}"; name = "{name}"; paper_template = "{name}.docx"; }},\n'
                     for name, *_ in faults)
    plan = written(box, BODIES.replace("bodies = (\n", "bodies = (\n" + bodies), MEASURES % "", DEADLINES % PROPOSAL)
    for name, change, _ in faults:
        if change:
            changed(f"{name}.docx", change)
    (box.folder / "zip.docx").write_text("Hej!\n")
    daemon = box.daemon(plan, "2026-01-07T09:00", start=False)
    checked = daemon.check()
    assert checked.returncode == 78, checked
    said = [line for line in checked.stdout.splitlines() if ".docx" in line]
    assert len(said) == len(faults), checked.stdout
    for line, (at, (name, _, why)) in zip(said, enumerate(faults, 3)):
        assert f"plan.conf:{at}: {box.folder}/{name}.docx: " in line and why in line, (line, why)
    # One that is not there is the plan's own fault.
    (box.folder / "zip.docx").unlink()
    said = daemon.check().stdout
    assert 'plan.conf:3: paper_template "zip.docx" can\'t be read: No such file or directory' in said, said


run(its_papers_are_filled_into_it, what_is_wrong_with_it_is_said, long=(an_office_has_saved_it,))
