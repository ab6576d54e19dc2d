# SPDX-License-Identifier: Apache-2.0
"""The table: contenders do the same work in turn, round after round, and become lines of Markdown.

A round is one contender's work from a fresh start: whatever it needs is started, measured, verified and
stopped, so that nothing else runs meanwhile. The first round of each row warms the machine up and does not
count. A ratio is always Påminn's figure against another's of the same round, and greater is better.
"""
import re
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

EXPLANATIONS = Path(__file__).with_name("EXPLANATIONS.md")


@dataclass
class Contender:
    """`measure()` does one round and returns its figure. `promise`: what an answer means. `goal`: by how much
    Påminn is to be better than this one."""
    name: str
    promise: str
    measure: object
    goal: float = None


def number(value):
    """With three digits that count, and thousands apart."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 0.1 else 4
    return f"{value:,.{digits}f}".replace(",", " ")


def spread(figures):
    return f"{number(min(figures))}–{number(max(figures))}" if len(figures) > 1 else ""


def met(good):
    return "yes" if good else "**no**"


class Table:
    """What the rows write into. `place`: the folder of charts."""

    def __init__(self, place, rounds):
        self.place, self.rounds, self.began = place, rounds, time.monotonic()
        self.lines, self.missed, self.row = [], set(), None

    def say(self, text):
        print(f"{time.monotonic() - self.began:6.0f} s  {self.row}: {text}", flush=True)

    def legend(self, minutes):
        return [f"Each figure is the median of {self.rounds} rounds after one that warmed the machine up, beside the least "
                "and the greatest. In each round all who do the same work took turns, each started afresh and alone, and "
                "afterwards it was counted what they had really kept or sent. *Påminn to it* is how many times as fast "
                f"Påminn is, of each round, so that what slows the machine down slows both. All took {minutes:.0f} "
                "minutes."]

    def begin(self, row, what):
        self.row = row
        self.lines += ["", f"## {row}", "", what]
        self.say(what)

    def end(self):
        """Why a goal of the row is not met, if one isn't."""
        text = EXPLANATIONS.read_text(encoding="utf-8") if EXPLANATIONS.exists() else ""
        why = re.search(rf"^## {re.escape(self.row)}\n\n(.*?)\s*(?=^## |\Z)", text, re.M | re.S)
        if self.row in self.missed and why:
            self.lines += ["", why[1]]

    def head(self, *columns):
        self.lines += ["", f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]

    def line(self, *cells):
        self.lines.append(f"| {' | '.join(cells)} |")
        self.say(" · ".join(cell for cell in cells if cell))

    def judge(self, good):
        if not good:
            self.missed.add(self.row)
        return met(good)

    def rounds_of(self, contenders):
        """The figures of each, the contenders taking turns."""
        figures = [[] for _ in contenders]
        for turn in range(self.rounds + 1):
            for contender, found in zip(contenders, figures):
                figure = contender.measure()
                self.say(f"{f'round {turn} of {self.rounds}' if turn else 'warm-up'}, {contender.name}: "
                         f"{number(figure)}")
                if turn:
                    found.append(figure)
        return figures

    def compare(self, unit, contenders, less=False):
        """The first is Påminn. `less`: a smaller figure is the better one. Returns the figures of each."""
        figures = self.rounds_of(contenders)
        self.head("who", "promise", "median", "min–max", "Påminn to it", "min–max", "goal", "met")
        for contender, found in zip(contenders, figures):
            ratios = [theirs / ours if less else ours / theirs for ours, theirs in zip(figures[0], found)]
            ratio, goal = statistics.median(ratios), contender.goal
            first = found is figures[0]
            self.line(contender.name, contender.promise, f"{number(statistics.median(found))} {unit}",
                      spread(found), "" if first else f"{ratio:.2f} ×",
                      "" if first else f"{min(ratios):.2f}–{max(ratios):.2f}",
                      f"≥ {goal:g} ×" if goal else "", self.judge(ratio >= goal) if goal else "")
        return figures

    def figures(self, *rows):
        """Påminn's alone, each (what, unit, figures, at most or None)."""
        self.head("what", "median", "min–max", "goal", "met")
        for what, unit, found, most in rows:
            middle = statistics.median(found)
            self.line(what, f"{number(middle)} {unit}", spread(found),
                      f"≤ {number(most)} {unit}" if most else "", self.judge(middle <= most) if most else "")

    def text(self, text):
        self.lines += ["", text]
