#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""paminnd --check reads every file, names every fault and warning, and shows the first morning."""
import re
import subprocess

from harness import PAMINND, run

MAIN = """timezone = "Europe/Stockholm"; language = "sv"; store = "store.db";
plan = [ "plan.conf" ];
intake = { submit = [ "ipc://submit.sock", "tcp://127.0.0.1:7701" ]; };
mail = { server = "smtp://127.0.0.1:25"; from = "Påminn <paminn@kommunen.internal>"; tls = "none";
         reply_to = "stod@kommunen.internal"; };
calendar = { country = "SE"; send_between = [ "07:30", "17:00" ]; };
ladders = ( { name = "standard"; time = "08:00"; steps = (
  { at = "-2wd"; to = [ "owner" ]; },
  { at = "+1wd"; to = [ "manager" ]; } ); } );
"""
PLAN = """bodies = ( { id = "KS"; name = "Kommunstyrelsen"; papers = "-7wd"; } );
meetings = ( { body = "KS"; from = "2026-05-26"; } );
people = (
  { id = "anna"; name = "Anna Ek"; mail = "anna@kommunen.internal"; manager = "mona"; },
  { id = "mona"; name = "Mona Chef"; mail = "mona@kommunen.internal"; }
);
measures = ( { id = "TN-1"; title = "Färre inhyrda"; owner = "anna"; } );
deadlines = (
  { id = "KS-1"; title = "Återredovisning"; decision = "KS 2026-04-15 § 12";
    due = "meeting KS 2026-05"; answers_from = [ "TN-*" ];
    responsible = "anna"; inform = [ "mona" ]; ladder = "standard"; }
);
"""
# Each change of the good plan: the file, what is replaced, by what, the line and words of the fault.
FAULTS = (
    ("plan.conf", 'name = "Anna Ek";', 'name = = "Anna Ek";', 4, "value"),
    ("plan.conf", 'name = "Anna Ek";', 'name = "Anna Ek"; nmae = "A";', 4, "nmae"),
    ("paminnd.conf", 'country = "SE";', 'country = "SE"; colour = 1;', 6, "colour"),
    ("plan.conf", 'owner = "anna";', 'owner = "anna"; effect_planned = 5000000000;', 7, "500000"),
    ("plan.conf", 'owner = "anna";', 'owner = "anno";', 7, "anno"),
    ("plan.conf", 'id = "mona";', 'id = "anna";', 5, "anna"),
    ("plan.conf", 'manager = "mona";', 'manager = "mono";', 4, "mono"),
    ("plan.conf", "2026-05-26", "2026-05-32", 2, "2026-05-32"),
    ("plan.conf", "meeting KS 2026-05", "meeting TN 2026-05", 10, "TN"),
    ("plan.conf", "meeting KS 2026-05", "i maj", 10, "i maj"),
    ("plan.conf", 'answers_from = [ "TN-*" ]', 'answers_from = [ "XX-*" ]', 10, "XX-*"),
    ("plan.conf", 'answers_from = [ "TN-*" ];\n    responsible = "anna";', "", 9, "answers"),
    ("plan.conf", 'inform = [ "mona" ];', "", 9, "inform"),
    ("plan.conf", "anna@kommunen.internal", "anna@kommunen.internal, x@y.internal", 4, "mail"),
    ("plan.conf", "anna@kommunen.internal", "anna@kommunen.example", 4, "reserved"),
    ("plan.conf", 'inform = [ "mona" ]', 'inform = [ "Klicka här för att fylla i" ]', 11, "Klicka"),
    ("plan.conf", 'title = "Färre inhyrda"', 'title = "TODO: rubrik"', 7, "TODO"),
    ("plan.conf", 'title = "Färre inhyrda"', 'title = "<rubrik>"', 7, "<rubrik>"),
    ("plan.conf", 'title = "Färre inhyrda"', 'title = "Fyll i rubrik"', 7, "Fyll i"),
    ("plan.conf", 'title = "Färre inhyrda"', 'title = ""', 7, "title"),
    ("paminnd.conf", 'reply_to = "stod@kommunen.internal";', "", 4, "reply_to"),
    ("paminnd.conf", 'to = [ "manager" ]', 'to = [ "chef" ]', 9, "chef"),
    ("paminnd.conf", 'to = [ "manager" ]', 'to = [ "role:chef" ]', 9, "chef"),
    ("paminnd.conf", "-2wd", "-2 wd", 8, "-2 wd"),
    ("paminnd.conf", '"ipc://submit.sock"', '"tcp://0.0.0.0:7701"', 3, "0.0.0.0"),
    ("paminnd.conf", '"plan.conf"', '"plan.d/none.conf"', 2, "none.conf"),
)


def check(box, *options, main=MAIN, plan=PLAN):
    (box.folder / "paminnd.conf").write_text(main, encoding="utf-8")
    (box.folder / "plan.conf").write_text(plan, encoding="utf-8")
    done = subprocess.run([PAMINND, "--config", box.folder / "paminnd.conf", "--check", *options],
                          capture_output=True, text=True, timeout=60)
    return done.returncode, (done.stdout + done.stderr).replace(f"{box.folder}/", "")


def good_plan_ends_with_the_first_morning(box):
    code, text = check(box, "--clock", "2026-05-11T12:00@1")
    assert code == 0, text
    last = text.strip().splitlines()
    # Two working days before the papers date, Fri 15 May: Tue 12 May, and both to Anna in one mail.
    assert "2026-05-12" in text and "anna" in text and "KS-1" in text, text
    assert any("anna" in line or "KS-1" in line for line in last[-4:]), text
    assert not (box.folder / "store.db").exists(), "--check made a store"


def warnings_are_no_faults(box):
    code, text = check(box)
    assert code == 0, text
    warned = [line for line in text.splitlines() if re.match(r"(paminnd|plan)\.conf:\d+: ", line)]
    for place, word in (("paminnd.conf:3", "7701"),       # every local user is a steward there
                        ("plan.conf:9", "2026-05-15")):  # the squeeze day after Ascension
        assert any(line.startswith(place) and word in line for line in warned), (place, text)
    code, text = check(box, plan=PLAN.replace(' manager = "mona";', ""))
    assert code == 0 and re.search(r"conf:\d+: .*(anna.*manager|manager.*anna)", text), text


def each_fault_has_its_line(box):
    missed = []
    for name, old, new, line, word in FAULTS:
        texts = {"paminnd.conf": MAIN, "plan.conf": PLAN}
        assert old in texts[name], old
        texts[name] = texts[name].replace(old, new, 1)
        code, text = check(box, main=texts["paminnd.conf"], plan=texts["plan.conf"])
        found = [each for each in text.splitlines() if each.startswith(f"{name}:{line}: ")]
        if code != 78 or not any(word in each for each in found):
            missed.append(f"{new!r} → exit {code}\n{text}")
    assert not missed, "\n".join(missed)


def all_faults_at_once(box):
    plan = PLAN.replace('owner = "anna";', 'owner = "anno";').replace("2026-05-26", "2026-05-32")
    code, text = check(box, main=MAIN.replace("-2wd", "-2 wd"), plan=plan)
    assert code == 78
    for place in ("paminnd.conf:8: ", "plan.conf:2: ", "plan.conf:7: "):
        assert any(each.startswith(place) for each in text.splitlines()), (place, text)


def how_mail_leaves_is_told(box):
    for server, said in (("127.0.0.1:25", "this machine's own mail server, 127.0.0.1:25"),
                         ("localhost:2525", "this machine's own mail server, localhost:2525"),
                         ("mail.kommunen.internal:25", "the mail server mail.kommunen.internal:25")):
        code, text = check(box, main=MAIN.replace("127.0.0.1:25", server))
        assert code == 0 and text.endswith(f"Mail leaves by {said}; a rehearsal needs none.\n"), text


def rehearsal_may_use_reserved_domains(box):
    plan = PLAN.replace("kommunen.internal", "kommunen.example")
    assert check(box, plan=plan)[0] == 78
    assert check(box, "--clock", "2026-05-11T12:00@1", plan=plan)[0] == 0


def parts_not_built_do_not_exist(box):
    for name, old, new in (("plan.conf", 'due = "', 'every = "RRULE:FREQ=MONTHLY"; due = "'),
                           ("paminnd.conf", "plan =", 'web = { listen = "127.0.0.1:1"; };\nplan =')):
        texts = {"paminnd.conf": MAIN, "plan.conf": PLAN}
        texts[name] = texts[name].replace(old, new, 1)
        code, text = check(box, main=texts["paminnd.conf"], plan=texts["plan.conf"])
        assert code == 78 and new.split()[0] in text, text


def usage(box):
    def exits(*arguments):
        return subprocess.run([PAMINND, *arguments], capture_output=True, timeout=60).returncode
    assert exits("--nonsense") == 64
    assert exits("surplus") == 64
    assert exits("--clock", "yesterday") == 64
    assert exits("--clock", "2026-05-11T07:59") == 64
    assert exits("--clock", "2026-05-11T07:59@0") == 64
    assert exits("--clock", "2026-05-11T07:59@1e9..2026-05-11T07:59", "--version") == 0
    for stand in ("2026-05-10T07:59", "2026-05-11T07:58:59"):
        done = subprocess.run([PAMINND, "--clock", f"2026-05-11T07:59@1e9..{stand}"],
                              capture_output=True, text=True, timeout=60)
        assert done.returncode == 64 and f"--clock stands at {stand}, before it begins at " \
            "2026-05-11T07:59" in done.stderr, done
    assert exits("--config", str(box.folder / "none.conf"), "--check") == 78
    done = subprocess.run([PAMINND, "--config", f"{box.folder}/", "--check"], capture_output=True, text=True,
                          timeout=60)
    assert done.returncode == 64, done
    assert f"{box.folder}/ is a folder: give the file in it, {box.folder}/paminnd.conf\n" in done.stderr, done
    assert exits("--version") == 0
    assert exits("--help") == 0


run(usage, good_plan_ends_with_the_first_morning, warnings_are_no_faults, each_fault_has_its_line,
    all_faults_at_once, how_mail_leaves_is_told, rehearsal_may_use_reserved_domains, parts_not_built_do_not_exist)
