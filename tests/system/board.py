# SPDX-License-Identifier: Apache-2.0
"""The board's page, read as a program reads it: each row has what it is of, each cell what figure it is and its
value as the query has it (data-measure, data-month; data-figure, data-value), beside what people see."""
import html.parser
import re


class Cell:
    def __init__(self, value):
        self.value, self.text = value, ""


class Board(html.parser.HTMLParser):
    """`tables` by name: of each row's key the figures by name. `parts`: the words of each part."""

    def __init__(self, source):
        super().__init__()
        self.tables, self.parts, self.counts, self.links, self.state = {}, {}, {}, [], None
        self.source = source
        self.open, self.cell, self.row, self.table = [], None, None, None
        self.feed(source)

    def handle_starttag(self, tag, attributes):
        has = dict(attributes)
        self.open.append((tag, has.get("data-part")))
        if tag in ("br", "meta", "link", "input"):
            self.open.pop()
        if "data-state" in has:
            self.state = has["data-state"]
        if "data-word" in has:
            self.counts[has["data-word"]] = int(has["data-count"])
        if "data-table" in has:
            self.table = self.tables.setdefault(has["data-table"], {})
        if key := has.get("data-measure") or has.get("data-month"):
            assert key not in self.table, f"{key} twice"
            self.row = self.table[key] = {}
        if "data-figure" in has:
            self.cell = self.row[has["data-figure"]] = Cell(has.get("data-value"))
        if "href" in has:
            self.links.append(has["href"])

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass
        if tag == "td":
            self.cell = None

    def handle_data(self, data):
        if self.cell and not any(tag == "span" for tag, _ in self.open):
            self.cell.text += data
        for _, part in self.open:
            if part:
                self.parts[part] = " ".join((self.parts.get(part, "") + data).split()) + " "

    def amounts(self, table):
        """Of each row the amounts that are there."""
        return {key: {name: int(cell.value) for name, cell in row.items()
                      if name != "status" and cell.value is not None}
                for key, row in self.tables[table].items()}

    def year_plot(self):
        """The drawing as it stands in the page."""
        return re.search('<svg class="plot year".*?</svg>', self.source, re.S)[0]

    def shown(self, table):
        """The same as people read them."""
        return {key: {name: cell.text for name, cell in row.items() if name != "status"}
                for key, row in self.tables[table].items()}


AMOUNTS = ("effect_planned", "effect_achieved", "effect_forecast", "deviation")


def amounts(row):
    """What a row of the client has of them."""
    return {name: row[name] for name in AMOUNTS if row.get(name) is not None}


def millions(amount, decimal=","):
    """As a paper has it: one decimal, rounded half away from nothing, a true minus."""
    if amount is None:
        return "–"
    tenths = (abs(amount) + 50000) // 100000
    return f"{'−' if amount < 0 and tenths else ''}{tenths // 10}{decimal}{tenths % 10}"
