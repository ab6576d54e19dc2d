# SPDX-License-Identifier: Apache-2.0
"""Plays the spring of 2026 in the region of conf/demo and checks that all went as it should. The
timeline below says when, what happens, and what is done then. The rehearsal stands at each of its
instants until everything that was due by then has left, so the story is the same on any machine."""
import json
import re
import shutil
import signal
import sys
import textwrap
from collections import Counter
from datetime import datetime, timedelta

from stage import ZONE, Desk, Stage, Trouble, unended

START, END = "2026-04-23 08:00", "2026-06-01 09:00"
PROLOGUE = """On 22 April 2026 the regional executive board (RS) asks the health-care committee (HSN)
for an action plan back "in May" (RS-58); nobody knows yet on which day. On its way the plan passes HSN,
which meets on 21 May and wants its papers on the 13th: owners answer by then. Twelve measures have eight
owners: one will be late, one is away, one promises an answer, one needs help. Prompts say who types:
chef-... are owners, heads of unit; stod-... is support."""
WIDTH = min(max(shutil.get_terminal_size((80, 24)).columns, 80), 100)
BOLD, DIM, PLAIN = ("\033[1m", "\033[2m", "\033[0m") if sys.stdout.isatty() else ("", "", "")


def report(person, measure, status, progress, achieved, forecast, *more):
    return ("--as", person, "status", measure, status, "--progress", str(progress),
            "--effect", str(achieved), "--forecast", str(forecast), *more)


def by_the_system(stage):
    stage.publish("HSN-10", status="on-track", progress=60, effect_achieved=5100000,
                  effect_forecast=15500000)
    stage.publish("HSN-11", status="at-risk", progress=35, effect_achieved=700000,
                  effect_forecast=3000000)


def by_the_page(stage):
    """Imaging presses the button in its newest mail, and fills in what is behind it."""
    mail = [mail for mail in stage.mail_server.mails if mail.to == "chef-bild" and mail.links][-1]
    stage.answered = mail.links[0]
    command(f"chef-bild presses Svara, which opens {stage.answered}", whole=False)
    receipt = stage.answer(stage.answered, status="at-risk", progress="20 %", achieved="800 tkr",
                           forecast="5 mnkr", note="Två av fyra granskare är på plats.")
    stage.receipt = re.search(r"<h1>(.*?)</h1>", receipt)[1]
    command("and fills in at risk, 20 %, 800 tkr, 5 mnkr and a comment. "
            f"The page: \"{stage.receipt}\"")


def by_the_desk(stage):
    """The support function signs in by a mail's link, sees whom a new day would reach, and moves the meeting."""
    desk = Desk(stage, "stod-ledning")
    follows = desk.act("meeting", "RS", replaces="2026-05-27", until="2026-05-27", **{"from": "26 maj"})
    moved = " ".join(next(line for line in follows["moves"] if "RS-58" in line).split())
    stage.done = desk.go_on()
    command("stod-ledning signs in by a mail's link, types 26 maj on the desk, is shown what follows for "
            f"RS-58, \"{moved.rpartition(': ')[2]}\", and {len(follows['moves']) - 1} more, and lets it: "
            f"\"{stage.done}\"")


def forecast(stage):
    """What May would bring if nobody answered; kept to be compared with what comes."""
    stage.forecast = json.loads(stage.paminn("--json", "forecast", "--month", "2026-05"))
    kinds = Counter(row["kind"] for row in stage.forecast)
    said = " and ".join(f"{count} {kind}s" for kind, count in kinds.most_common())
    command(f"stod-ledning$ paminn forecast --month 2026-05   # {said}")


def what_comes(stage):
    """The next occurrences, as June's forecast has them."""
    stage.june = json.loads(stage.paminn("--json", "forecast", "--month", "2026-06"))
    said = Counter(row["items"][0]["deadline"] for row in stage.june)
    command("stod-ledning$ paminn forecast --month 2026-06   # " + ", ".join(
        f"{deadline}: {count}" for deadline, count in said.items()))


def who_owes(stage):
    """What is late, as the support function sees it."""
    show(stage, "list", "--late")


def show(stage, *arguments):
    command("stod-ledning$ paminn " + " ".join(arguments))
    for line in filter(None, stage.paminn(*arguments).splitlines()):
        print(line if len(line) <= WIDTH else f"{line[:WIDTH - 4].rstrip()} ...")


TIMELINE = (
    ("2026-04-24 10:00", "RS sets its May meeting; owners answer for HSN's, on 13 May.",
     ("--as", "stod-ledning", "meeting", "RS", "2026-05-27", "--until", "2026-05-28")),
    ("2026-04-28 08:00", "Ten working days before HSN's papers: the first reminders."),
    ("2026-04-29 09:00", "Acute care answers.",
     report("chef-akut", "HSN-01", "on-track", 45, 4200000, 12500000),
     report("chef-akut", "HSN-02", "on-track", 70, 1500000, 4000000)),
    ("2026-04-29 11:00", "The economy system publishes what it knows.",
     by_the_system),
    ("2026-05-04 09:00", "RS moves its meeting: the second sending leaves a day sooner.",
     by_the_desk),
    ("2026-05-04 11:00", "Primary care will be away, and acute care stands in. What would May bring "
     "if nobody answered?",
     ("--as", "chef-primarvard", "absence", "chef-primarvard", "2026-05-05", "2026-05-08",
      "--deputy", "chef-akut"), forecast),
    ("2026-05-05 09:00", "Surgery is off track, and its director is told so at once.",
     report("chef-kirurgi", "HSN-05", "off-track", 15, 600000, 4000000,
            "--note", "Två salar står stilla i väntan på ny ventilation."),
     report("chef-medicin", "HSN-03", "on-track", 40, 2600000, 9000000),
     report("chef-medicin", "HSN-04", "at-risk", 30, 1700000, 7000000)),
    ("2026-05-06 08:00", "Five working days before; for primary care to the deputy."),
    ("2026-05-07 10:00", "Psychiatry asks for support; service promises an answer.",
     report("chef-psykiatri", "HSN-06", "at-risk", 25, 300000, 2500000,
            "--needs-support", "Hjälp att välja plattform och att utbilda två enheter."),
     ("--as", "chef-service", "seen", "HSN-12", "--answer-by", "2026-05-12")),
    ("2026-05-11 09:00", "Primary care is back and answers.",
     report("chef-primarvard", "HSN-08", "on-track", 50, 1900000, 5000000),
     report("chef-primarvard", "HSN-09", "done", 100, 2500000, 2500000)),
    ("2026-05-12 09:00", "The tertial report (T1-2026) and the presidium's report to RS (RS-LOP) are "
     "handed over in time.",
     ("--as", "ekonomichef", "submit", "T1-2026", "--reference", "HSN 2026/0163"),
     ("--as", "hsn-presidium", "submit", "RS-LOP", "--reference", "HSN 2026/0170")),
    ("2026-05-13 08:00", "HSN's papers date; the promised day brought no answer."),
    ("2026-05-13 09:30", "Service answers. The tertial report is sent back, due again on 19 May.",
     report("chef-service", "HSN-12", "not-started", 0, 0, 1800000),
     ("--as", "stod-ledning", "outcome", "T1-2026", "returned", "--reference",
      "HSN AU 2026-05-13 § 24", "--due", "2026-05-19")),
    ("2026-05-15 08:00", "Imaging is late and its director is told; the presidium too.", who_owes),
    ("2026-05-15 09:00", "Imaging answers by the page behind its mail's button. The presidium asks for "
     "more time and gets it, with a reference.",
     by_the_page,
     ("--as", "hsn-presidium", "request", "RS-58", "--due", "2026-05-19",
      "--reason", "Bilddiagnostikens svar kom den 15 maj."),
     ("--as", "stod-ledning", "grant", "--all", "--reference", "HSN 2026/0217-3")),
    ("2026-05-19 09:00", "The tertial report, mended, is handed over again; and the action plan, to HSN.",
     ("--as", "ekonomichef", "submit", "T1-2026", "--reference", "HSN 2026/0163-2"),
     ("--as", "hsn-presidium", "submit", "RS-58", "--reference", "HSN 2026/0217")),
    ("2026-05-21 15:00", "HSN adopts both. The action plan goes on to RS, whose second sending leaves "
     "tomorrow, and the presidium is asked for it.",
     ("--as", "stod-ledning", "outcome", "T1-2026", "approved", "--reference",
      "HSN 2026-05-21 § 70"),
     ("--as", "stod-ledning", "outcome", "RS-58", "approved", "--body", "HSN", "--reference",
      "HSN 2026-05-21 § 70")),
    ("2026-05-22 09:00", "The presidium hands over to RS.",
     ("--as", "hsn-presidium", "submit", "RS-58", "--reference", "RS 2026/0217-5")),
    ("2026-05-26 11:00", "RS notes the re-report, and closes the assignment.",
     ("--as", "stod-ledning", "outcome", "RS-58", "noted", "--reference", "RS 2026-05-26 § 71"),
     ("--as", "stod-ledning", "close", "RS-58-2026", "done", "--reference", "RS 2026-05-26 § 71")),
    ("2026-05-29 08:00", "The presidium's report to RS in June opens. The monthly status (LAGE) asks "
     "nobody: RS-58 has May's answers."),
    ("2026-06-01 08:10", "The month of June opens. What will it bring?", what_comes),
)


# ---- telling -------------------------------------------------------------------------------------

def instant(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def local(text):
    return datetime.fromisoformat(text).astimezone(ZONE)


def when(at):
    return f"{at:%a} {at.day:2} {at:%b %H:%M}"


def heading(text):
    print(f"\n{BOLD}{text}{PLAIN}\n")


def tell(at, text):
    """One paragraph beside its instant."""
    lines = textwrap.wrap(text, WIDTH - 18, break_on_hyphens=False)
    for number, line in enumerate(lines):
        print(f"{when(at) if number == 0 else '':16}  {line}")
    sys.stdout.flush()


def command(text, whole=True):
    lines = textwrap.wrap(text, WIDTH - 2, subsequent_indent="    ", break_on_hyphens=False)
    if not whole and len(lines) > 1:
        lines = [f"{text[:WIDTH - 6].rstrip()} ..."]
    for line in lines:
        print(f"  {DIM}{line}{PLAIN}", flush=True)


class Player:
    def __init__(self, stage):
        self.stage, self.told, self.shown, self.answers = stage, 0, set(), {}

    def tell_mails(self, at=None):
        """The mails that have come since, in one line; `at` stands beside the line above."""
        new = self.stage.mail_server.mails[self.told:]
        self.told += len(new)
        if not new:
            return
        first = new[0].when
        people = list(dict.fromkeys(mail.to for mail in new))
        text = ", ".join(people[:3 if len(people) == 3 else 2])
        text += f" and {len(people) - 2} more" if len(people) > 3 else ""
        beside = when(first) if first != at else ""
        print(f"{beside:16}  {DIM}{len(new)} mail{'s' if len(new) > 1 else ''} to {text}{PLAIN}",
              flush=True)

    def act(self, action):
        if callable(action):
            action(self.stage)
            return
        self.stage.paminn(*action)
        words = [f"'{word}'" if " " in word else word for word in action[2:]]
        # Each command is shown whole once, and further answers in one line.
        if action[2] == "status" and "status" in self.shown:
            self.answers.setdefault(action[1], []).append(f"{action[3]} {action[4]}")
            return
        command(f"{action[1]}$ paminn " + " ".join(words), action[2] not in self.shown)
        self.shown.add(action[2])

    def tell_answers(self):
        """The answers that are not shown as commands: chef-medicin: HSN-03 on-track, HSN-04 at-risk."""
        if self.answers:
            command("; ".join(f"{who}: {', '.join(said)}" for who, said in self.answers.items()))
        self.answers.clear()

    def play(self):
        for text_at, text, *actions in TIMELINE:
            at = instant(text_at)
            # What leaves before is told before, an instant at a time when there are several.
            while (then := self.stage.next_mail()) and then < at:
                self.stage.go(then)
                self.tell_mails()
            self.stage.go(at)
            tell(at, text)
            self.tell_mails(at)
            for action in actions:
                self.act(action)
            self.tell_answers()
            self.stage.go(at)  # what followed has left
            self.tell_mails(at)
        self.stage.go(instant(END))
        self.tell_mails()


def show_one(mail):
    heading("One of the mails as its reader sees it")
    for name, value in (("Från", mail.sender), ("Till", mail.receiver), ("Ämne", mail.subject)):
        print(textwrap.fill(f"{name}: {value}", WIDTH - 2, initial_indent="  ", subsequent_indent="    "))
    print()
    # What it ends with is told in README.md: to whom a reply goes, and that it becomes a public record.
    text = mail.text.partition("Är det inte din uppgift?")
    text = "".join(text[:2]) + text[2].partition("\n")[0] + " […]"
    for line in re.sub(r"(https?://\S{40})\S+", r"\1…", text).splitlines():
        for part in textwrap.wrap(line, WIDTH - 2, break_long_words=False) or [""]:
            print(f"  {part}".rstrip())


def show_board(board):
    """The first screen of the board's page, which the chair reads by a link of their own."""
    heading("And what the board sees: paminn link board rs-ordforande")
    facts = [line for line in board["facts"] if line.startswith(("Svar:", "Effekt "))]
    for line in board["heading"] + board["state"] + facts + [", ".join(board["counts"])]:
        print(textwrap.fill(line, WIDTH - 2, initial_indent="  ", subsequent_indent="    "))


NEXT = """  conf/demo/run --stay  plays it again and leaves the region standing on 1 June;
                        then, in another terminal, ask it, and let time go on:
    paminn why HSN-12 chef-service   why each reminder was sent, or was not
    paminn report RS-58              the re-report, as the board's paper
    paminn link board rs-ordforande  the board's page, in a browser
    paminn assignments               what the board has given, over the years
    paminn go 2026-06-30T09:00       June passes
  conf/demo/plan.d      is the plan that was played: three files with comments
  README.md             how to begin with your own, and try it before anyone
                        gets a mail"""


def show_next():
    heading("What to try next")
    print(NEXT)


# ---- checking ------------------------------------------------------------------------------------

def check(stage, document, board):
    """What should have happened and did not."""
    mails, posts = stage.mail_server.mails, stage.hook.posts
    owners = ["akut", "bild", "kirurgi", "lakemedel", "medicin", "primarvard", "psykiatri",
              "service"]
    support = ["stod-ekonomi", "stod-hr", "stod-digital", "stod-ledning"]
    outbox = json.loads(stage.paminn("--json", "outbox"))
    kinds = {str(row["id"]): row["kind"] for row in outbox}

    def days(to, kind, *words):
        """When mails of a kind came to somebody, with all the words in the subject."""
        return [f"{mail.when.day}/{mail.when.month}" for mail in mails
                if mail.to == to and kinds[mail.number] == kind
                and all(word in mail.subject for word in words)]

    def asked(measure):
        return [row["asked"] for row in document["rows"] if row["measure"] == measure]

    announced = {(when(local(row["when"])), row["to"]) for row in stage.forecast}
    coming = {(f"{local(row['when']):%d/%m}", row["to"], item["deadline"])
              for row in stage.june for item in row["items"]}
    states = [row["state"] for row in outbox]
    owed = {(row["deadline"], row["measure"]): row["state"]
            for row in json.loads(stage.paminn("--json", "list", "--all"))}
    promised = [mail for mail in mails if mail.to == "chef-service" and mail.when.day == 13]
    expected = (
        ("every owner is reminded ten working days before the committee's papers date, 28 April",
         all(days(f"chef-{owner}", "reminder", "HSN-")[:1] == ["28/4"] for owner in owners)),
        ("who has answered is reminded no more", all(
            len(days(f"chef-{owner}", "reminder", measure)) == 1 for owner, measure in (
                ("akut", "HSN-01"), ("medicin", "HSN-03"), ("lakemedel", "HSN-10"),
                ("kirurgi", "HSN-05")))),
        ("the late one is asked five times", days("chef-bild", "reminder", "HSN-07") ==
         ["28/4", "6/5", "11/5", "13/5", "15/5"] and asked("HSN-07") == [5]),
        ("every reminder of May up to the extension, but the promised one, was in the forecast",
         all((when(mail.when), mail.to) in announced for mail in mails
             if instant("2026-05-04 12:00") < mail.when < instant("2026-05-15 09:00")
             and kinds[mail.number] in ("reminder", "escalation") and mail not in promised)),
        ("a meeting is moved on the desk, after what it moves is shown",
         stage.done == "Sammanträde registrerat"),
        ("its answer by the page is receipted", stage.receipt == "Tack, svaret är registrerat"),
        ("the deputy is reminded in place of who is away, of both measures",
         days("chef-akut", "reminder", "HSN-08") == ["6/5"]
         and "6/5" not in days("chef-primarvard", "reminder")),
        ("who promised an answer is left alone until then, and then reminded once",
         days("chef-service", "reminder", "HSN-12") == ["6/5", "13/5"]),
        ("the working day after the papers date, 15 May, the manager is told of the late one, of nobody else",
         days("hsd", "escalation") == ["15/5"] == days("hsd", "escalation", "HSN-07")),
        ("those concerned are told once of each date: the meeting set, the meeting moved, the extension",
         len(days("registrator", "moved", "RS-58")) == 3
         and len(days("chef-bild", "moved", "RS-58")) == 1),
        ("the manager is told that HSN-05 is off track", len(days("hsd", "alert", "HSN-05")) == 1),
        ("and the economist that its forecast is low",
         len(days("stod-ekonomi", "alert", "HSN-05")) == 1),
        ("the support function is asked for help", all(len(days(each, "alert", "HSN-06")) == 1
                                                       for each in support)),
        ("the webhook is told of both, signed",
         {item["measure"] for post in posts for item in post["items"]} == {"HSN-05", "HSN-06"}
         and not stage.hook.forged),
        ("the tertial report, returned, is asked for again",
         days("ekonomichef", "reminder", "T1-2026") == ["6/5", "19/5"]),
        ("those to be informed are told when it is handed over, both times, returned and approved",
         all(len(days(each, "confirmation", "T1-2026")) + len(days(each, "moved", "T1-2026")) == 4
             for each in ("registrator", "hsn-presidium"))),
        ("the presidium is reminded by the new date after the extension",
         days("hsn-presidium", "reminder", "RS-58")[-3:-1] == ["15/5", "19/5"]),
        ("and then, when the committee has decided, for the board's second sending",
         days("hsn-presidium", "reminder", "RS-58")[-1:] == ["22/5"]
         and all("21/5" in days(each, "confirmation", "RS-58", "22 maj")
                 for each in ("hsn-presidium", "registrator", "regiondirektor"))),
        ("who is responsible gets each paper when it is frozen, and nobody lacks a proposal",
         days("hsn-presidium", "rereport", "RS-58") == ["15/5", "19/5", "22/5"]
         and days("ekonomichef", "rereport", "T1-2026") and document["sha256"]
         and not [mail for mail in mails if "Förslag till beslut saknas" in mail.subject]),
        ("no owner is asked again for the board",
         not [mail for mail in mails if mail.to.startswith("chef-") and "RS-58" in mail.text
              and mail.when > instant("2026-05-15 12:00")]),
        ("the re-report is due by the second sending", document["papers"] == "2026-05-22"),
        ("the assignment is closed, by the board", [
            (row["assignment"], row["state"], row["closed_reference"])
            for row in json.loads(stage.paminn("--json", "assignments"))]
         == [("RS-58-2026", "closed", "RS 2026-05-26 § 71")]),
        ("those to be informed are told when it is handed over to each, and of what each decided",
         all(days(each, "confirmation", "RS-58") == ["19/5", "21/5", "22/5", "26/5"]
             for each in ("registrator", "regiondirektor"))
         and document["outcome"]["outcome"] == "noted"),
        ("every measure has an answer", len(document["rows"]) == 12
         and all(row["status"] for row in document["rows"])),
        ("all have answered what the assignment asks, whatever else is asked since",
         json.loads(stage.paminn("--json", "report", "RS-58-2026"))["totals"]["answered"] == 12),
        ("those answers are May's monthly ones too", 12 == sum(
            deadline == "LAGE@2026-05-29" and state == "answered"
            for (deadline, _), state in owed.items())
         and not any("LAGE" in mail.subject for mail in mails)),
        ("the presidium's next report is asked for in time, the one before no more",
         owed["RS-LOP@2026-06-16", None] == "open" and owed["RS-LOP@2026-05-27", None] == "answered"
         and days("hsn-presidium", "reminder")[-1] == "29/5"),
        ("June asks for the monthly status, but not of what is done",
         owed["LAGE@2026-06-30", "HSN-07"] == "open"
         and owed["LAGE@2026-06-30", "HSN-09"] == "withdrawn"
         and ("26/06", "chef-bild", "LAGE@2026-06-30") in coming),
        ("the board's page says what the re-report does",
         "noterades den 26 maj 2026 (RS 2026-05-26 § 71)" in board["state"][0]
         and f"Svar: {document['totals']['answered']} av 12 åtgärder" in board["facts"]
         and sum(int(line.split()[0]) for line in board["counts"]) == len(document["rows"])),
        ("every message has been delivered", set(states) <= {"delivered", "dropped"}
         and states.count("delivered") == len(mails) + len(posts)),
        ("every mail has left on a working day, between 07:30 and 17:00",
         all(mail.when.weekday() < 5 and "07:30" <= f"{mail.when:%H:%M}" < "17:00"
             for mail in mails)),
    )
    return len(expected), [text for text, true in expected if not true]


def end(stage):
    document = json.loads(stage.paminn("--json", "report", "RS-58"))
    mails = [mail for mail in stage.mail_server.mails if mail.to == "chef-bild"
             and f"{mail.when:%m-%d}" == "05-06"]
    if mails:
        show_one(mails[0])
    stage.board_link, board = stage.board("rs-ordforande", "RS-58")
    show_board(board)
    count, missing = check(stage, document, board)
    heading(f"{len(stage.mail_server.mails)} mails. {count - len(missing)} of {count} things that "
            "should have happened did.")
    for text in missing:
        print(f"  It is not so that {text}.")
    show_next()
    return 1 if missing else 0


def stay(stage):
    """The rehearsal stands, for whoever wants to ask it something, until Ctrl-C."""
    heading("The region stands on 1 June. Ctrl-C ends it. In another terminal:")
    print(f"  alias paminn='{stage.client()}'\n  paminn list")
    heading("In a browser on this machine, what mails' buttons lead to, and the board's page:")
    for what, link in (
            ("all that imaging owes", stage.paminn("link", "mine", "chef-bild").strip()),
            ("the presidium's next report", stage.paminn("link", "a", "hsn-presidium", "RS-LOP").strip()),
            ("imaging's receipt of 15 May", stage.answered),
            ("the board's page of RS-58, for its chair; the browser prints it as the paper",
             stage.board_link)):
        print(f"  {what}:\n    {link}", flush=True)
    while True:
        signal.pause()


def main():
    stage = None
    try:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # which is how conf/demo/run ends it
        print(textwrap.fill(PROLOGUE, WIDTH, break_on_hyphens=False) + "\n", flush=True)
        with unended():
            stage = Stage()
        stage.start(instant(START))
        Player(stage).play()
        code = end(stage)
        if "--stay" in sys.argv:
            stay(stage)
        return code
    except Trouble as trouble:
        print(f"demo: {trouble}", file=sys.stderr)
        return 70
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # it is ending already
        if stage:
            stage.close("--keep" in sys.argv)


sys.exit(main())
