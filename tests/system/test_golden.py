#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Every kind of message, in each part and in both languages, word for word as it is kept in tests/golden/:
of the demo's plan, in a rehearsal with a few events, by `paminn preview`. So no word changes unseen.

Who changes one looks at all that it changes: `tests/golden/run --write`, then `git diff tests/golden`."""
import difflib
import re
import shutil
import sys
from types import SimpleNamespace

from harness import ROOT, Daemon, free_ports, run

GOLDEN = ROOT / "tests/golden"
LANGUAGES = ("sv", "en")
URL = "https://paminn.region.example"
PLAN = ROOT / "tests/system/before/demo"
SHOWN = 40  # lines of what differs

# Until when; the events told before that; the messages looked at then.
SCENES = (
    ("2026-04-23T10:00", (), {
        "unbound": ("unbound", "--item", "RS-58"),
    }),
    ("2026-05-07T10:00", (
        ("2026-04-24T10:00", "meeting", "RS", "stod-ledning",
         {"from": "2026-05-27", "until": "2026-05-28"}),
        ("2026-04-30T09:00", "status", "HSN-01", "chef-akut",
         {"status": "on-track", "progress": 45, "effect_achieved": 4200000,
          "effect_forecast": 12500000}),
        ("2026-05-04T09:00", "meeting", "RS", "stod-ledning",
         {"from": "2026-05-26", "until": "2026-05-27", "replaces": "2026-05-27"}),
        ("2026-05-05T09:00", "status", "HSN-05", "chef-kirurgi",
         {"status": "off-track", "progress": 15, "effect_achieved": 600000,
          "effect_forecast": 4000000,
          "note": "Två salar står stilla i väntan på ny ventilation."}),
        ("2026-05-06T10:00", "status", "HSN-06", "chef-psykiatri",
         {"status": "at-risk", "progress": 25, "effect_achieved": 300000,
          "effect_forecast": 2500000,
          "needs_support": "Hjälp att välja plattform och att utbilda två enheter."}),
    ), {
        "reminder": ("reminder", "--person", "chef-bild"),
        "reminder-several": ("reminder", "--person", "chef-primarvard"),
        "reminder-deliverable": ("reminder", "--item", "T1-2026"),
        "off-track": ("off-track", "--item", "HSN-05"),
        "needs-support": ("needs-support", "--item", "HSN-06"),
        "effect-below": ("effect-below", "--item", "HSN-05"),
        "light-near": ("light", "--item", "HSN-11"),
        "light-past": ("light", "--item", "HSN-12"),
        "light-own": ("light", "--item", "HSN-11", "--person", "chef-service"),
        "done-by": ("done-by", "--item", "HSN-11"),
        "unreached": ("unreached", "--item", "HSN-07"),
        "absent": ("absent", "--item", "HSN-07"),
        "not-mine": ("not-mine", "--item", "HSN-07"),
        "gone": ("gone",),
        "requested": ("requested", "--item", "HSN-07"),
        "granted": ("granted", "--item", "HSN-07"),
        "denied": ("denied", "--item", "HSN-07"),
        "moved": ("moved", "--item", "HSN-07"),
        "fixed": ("fixed", "--item", "HSN-07"),
        "extended": ("extended", "--item", "HSN-07"),
        "returned": ("returned", "--item", "T1-2026"),
        "submitted": ("submitted", "--item", "RS-58"),
        "supplement": ("supplement", "--item", "RS-58"),
        "noted": ("noted", "--item", "RS-58"),
        "approved": ("approved", "--item", "RS-58"),
        "assigned": ("assigned", "--item", "HSN-07"),
        "unassigned": ("unassigned", "--item", "HSN-07", "--person", "chef-akut"),
        "test": ("test", "--person", "chef-bild"),
        "signin": ("signin", "--person", "chef-bild"),
        "hold": ("hold",),
        "hold-ended": ("hold-ended",),
        "absence": ("absence", "--item", "HSN-07"),
        "absence-ended": ("absence-ended", "--item", "HSN-07"),
    }),
    ("2026-05-18T07:00", (
        ("2026-05-15T09:00", "status", "HSN-01", "chef-akut",
         {"status": "at-risk", "progress": 55, "done_forecast": "2026-09-30"}),
    ), {
        "light-several": ("light", "--item", "HSN-01"),
        "reminder-late": ("reminder", "--person", "chef-bild"),
        "escalation": ("escalation", "--person", "hsd"),
        "escalation-support": ("escalation", "--person", "stod-hr"),
    }),
    ("2026-05-18T07:00", (
        ("2026-05-18T07:00", "request", "HSN-04", "chef-medicin",
         {"deadline": "RS-58", "due": "2026-05-22", "reason": "Granskarna är klara den 20 maj.",
          "progress": 60}),
    ), {
        "reminder-requested": ("reminder", "--person", "chef-medicin"),
        "escalation-requested": ("escalation", "--person", "hsd"),
    }),
)
# Looked at in the last scene once more, of a configuration without pages.
WITHOUT_WEB = {
    "reminder-without-web": ("reminder", "--person", "chef-bild"),
    "reminder-several-without-web": ("reminder", "--person", "chef-primarvard"),
    "assigned-without-web": ("assigned", "--item", "HSN-07"),
}
# Measures that have dates of their own here, beside what the demo says of them.
DONE_BY = {"HSN-01": "2026-05-29", "HSN-04": "2026-10-30", "HSN-07": "2026-12-31", "HSN-08": "2026-12-31",
           "HSN-09": "2026-12-31", "HSN-11": "2026-05-20", "HSN-12": "2026-04-30"}
# What has its own file: the headers stand before the text, as in a mail.
PARTS = {"html": "html", "ics": "ics", "card": "card.json", "webhook": "webhook.json"}


class Demo(SimpleNamespace):
    """The demo's plan as it was before the matter passed the committee (one meeting, a squeeze day as papers
    date), in a folder of its own, its ports and addresses such as no machine decides."""

    def __init__(self, box):
        (box.folder / "plan.d").mkdir()
        for part in sorted(PLAN.glob("[0-9]*.conf")):
            shutil.copy(part, box.folder / "plan.d")
        self.date_measures(box.folder / "plan.d/20-measures.conf")
        sink, hook = box.smtp(), box.hook(box.plan())
        text = (ROOT / "conf/demo/paminnd.conf").read_text(encoding="utf-8")
        for old, new in ((r"alerts = \(", 'alerts = ( { when = "light"; to = [ "manager" ]; },'),
                         (r'server = "smtp://[^"]*"', f'server = "{sink.url}"'),
                         (r'url = "http://127[^"]*/hook"', f'url = "{hook.url}"'),
                         (r'"uppfoljning.secret"', '"hook.secret"'),
                         (r"(?s)\nweb = \{.*?\n\};\n", "\n"),
                         (r"(?s)\n  subscribe = \(.*?\);\n", "\n")):
            text, count = re.subn(old, new, text)
            assert count == 1, f"{old} stands in the demo's settings {count} times"
        secret = box.folder / "web.secret"
        secret.touch(mode=0o600)
        secret.write_text("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\n")
        web = (f'web = {{ listen = "127.0.0.1:{free_ports(1)[0]}"; public_url = "{URL}"; '
                 'secret_file = "web.secret"; proxies = [ "127.0.0.1" ]; };\n')
        super().__init__(submit=f"ipc://{box.folder}/submit.sock", write=lambda: None,
                         file=box.folder / "paminnd.conf", text=text)
        self.file.write_text(text + web, encoding="utf-8")


    @staticmethod
    def date_measures(file):
        text = file.read_text(encoding="utf-8")
        for measure, day in DONE_BY.items():
            text, count = re.subn(f'id = "{measure}";', f'\\g<0> done_by = "{day}";', text)
            assert count == 1, f"{measure} stands in the demo's plan {count} times"
        file.write_text(text, encoding="utf-8")


def looked_at(daemon, language, name, arguments):
    """The files of one message: name and text."""
    def part(which, code=0):
        return daemon.client("preview", *arguments, "--language", language, "--part", which,
                             code=code)
    headers = part("headers")["text"]
    installation = re.search(r"<paminn\.([0-9a-f]+)\.", headers)[1]
    files = {f"{name}.txt": headers + "\n" + part("text")["text"]}
    for which, ending in PARTS.items():
        row = daemon.order("preview", kind=arguments[0], language=language, part=which, **{
            key.removeprefix("--"): value
            for key, value in zip(arguments[1::2], arguments[2::2])})
        if row["result"] == "ok":
            files[f"{name}.{ending}"] = row["rows"][0]["text"].rstrip("\n") + "\n"
        else:
            assert "this message has no part ics" in row["reason"], row
    return {key: re.sub(r"\.0-0-[a-z2-7]{24}@", ".0@", text).replace(installation, "INSTALLATION")
            for key, text in files.items()}


def look_at(daemon, kinds):
    return {f"{language}/{file}": text for language in LANGUAGES
            for name, arguments in kinds.items()
            for file, text in looked_at(daemon, language, name, arguments).items()}


def messages(box):
    """All of them: {language/file: text}."""
    demo = Demo(box)
    daemon = Daemon(box.folder, demo, "2026-04-23T08:00")
    box.daemons.append(daemon)
    daemon.start()
    files = {}
    for until, events, kinds in SCENES:
        for at, kind, subject, who, data in events:
            daemon.until(at)
            daemon.tell(kind, subject, f"/people/{who}", **data)
        daemon.until(until)
        files.update(look_at(daemon, kinds))
    demo.file.write_text(demo.text, encoding="utf-8")
    daemon.client("reload")
    return {**files, **look_at(daemon, WITHOUT_WEB)}


def kept():
    return {path.relative_to(GOLDEN).as_posix(): path.read_text(encoding="utf-8")
            for language in LANGUAGES for path in sorted((GOLDEN / language).glob("*"))}


def every_word_is_as_it_is_kept(box):
    now, before = messages(box), kept()
    lines = []
    for name in sorted(now.keys() | before.keys()):
        lines += difflib.unified_diff(before.get(name, "").splitlines(),
                                      now.get(name, "").splitlines(), f"tests/golden/{name}",
                                      f"{name} now", n=1, lineterm="")
    more = f"\n... and {len(lines) - SHOWN} lines more" if len(lines) > SHOWN else ""
    assert not lines, ("messages say other things than tests/golden has; if they should, "
                       "`tests/golden/run --write` keeps what they say now:\n"
                       + "\n".join(lines[:SHOWN]) + more)


def every_kind_is_kept(box):
    """Each kind of message has its files, in both languages the same ones."""
    names = {language: {name.partition("/")[2] for name in kept() if name.startswith(language)}
             for language in LANGUAGES}
    assert names["sv"] == names["en"], names["sv"] ^ names["en"]
    kinds = {name.partition(".")[0] for name in names["sv"]}
    for kind in ("reminder", "escalation", "off-track", "moved", "submitted", "assigned", "test"):
        assert kind in kinds, f"there is no {kind} among {sorted(kinds)}"


def write(box):
    for language in LANGUAGES:
        shutil.rmtree(GOLDEN / language, ignore_errors=True)
        (GOLDEN / language).mkdir()
    for name, text in messages(box).items():
        (GOLDEN / name).write_text(text, encoding="utf-8")


if "--write" in sys.argv:
    sys.argv.remove("--write")
    run(write)
run(every_kind_is_kept, every_word_is_as_it_is_kept)
