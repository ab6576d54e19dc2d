#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""unity.py FOLDER SIZE MOST FILE...  puts C files together, so that a compiler reads their headers once.

Writes FOLDER/1.c, 2.c …, each including at most SIZE of the FILEs, which saves almost half of the work of compiling
them, and how many there are into FOLDER/count: at most MOST, some of them spare. A static name in one file may stand
in another for something else: such two are never put together, so nobody who writes them has to think of it. Names of
other libraries' headers are not looked for: none of ours is named like one.

A file stays where it was the last time, unless that has become wrong, and a file that would be written as it is
already is left alone: then little is compiled again.
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SPARE = 2  # files for what comes to be written between two runs of CMake
INCLUDE = '#include "{}"\n'

# What says nothing: comments, texts, and characters in quotes.
SILENT = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
WORD = re.compile(r"\b[A-Za-z_]\w*\b")
FUNCTION = re.compile(r"^static\b[^;={}()]*?\b(\w+)\(", re.M)
# At the left margin, as the house writes it: a macro, a name of a type.
NAMED = re.compile(r"^#define (\w+)|^typedef [^;]*?\b(\w+);", re.M)
# A static object, whose type may be written out over several lines.
OBJECT = re.compile(r"^static\b[^;={}()]*(?:\{.*?^\}[^;=]*?)?\b(\w+)(?:\[[^\]]*\])*(?: =|;)", re.M | re.S)
ENUMERATORS = re.compile(r"^enum (?:\w+ )?\{(.*?)\}", re.M | re.S)


# What a header names, at the left margin: a function that is in the header itself, with what stands between its
# brackets; functions, by a prototype or by the name of their type; tags and macros.
DECLARED = re.compile(r"^static inline [^(]*(\b\w+\([^)]*\))|^\w[\w *]*\b(\w+)\(|^\w+ (\w+(?:,\s+\w+)*);|"
                      r"^(?:struct|enum|union) (\w+) \{|^#define (\w+)", re.M)
INCLUDED = re.compile(r'^#include "([^"]+)"', re.M)
TAG = re.compile(r"\b(?:struct|enum|union) (\w+) \{")
MACRO = re.compile(r"^#define (\w+)", re.M)
TAGGED = re.compile(r"\b(?:struct|enum|union) (\w+)")
HEADERS = {}


class Known:
    """What a text, of the file at the path, knows by our headers that it includes: names that they declare, where
    each struct is described and each macro is, and which they speak of."""

    def __init__(self, path, text):
        self.names, self.tags, self.tagged = set(), {}, set()
        for name in INCLUDED.findall(text):
            for folder in (path.parent, ROOT, ROOT / "daemon"):
                if (folder / name).is_file():
                    header = self.header((folder / name).resolve())
                    self.names |= header.names
                    self.tags |= header.tags
                    self.tagged |= header.tagged
                    break

    @staticmethod
    def header(path):
        if path not in HEADERS:
            text = path.read_text(encoding="utf-8")
            HEADERS[path] = known = Known(path, text)
            text = SILENT.sub(" ", text)
            known.names |= {name for each in DECLARED.findall(text) for names in each for name in WORD.findall(names)}
            known.tags |= dict.fromkeys([*TAG.findall(text), *MACRO.findall(text)], path)
            known.tagged |= set(TAGGED.findall(text))
        return HEADERS[path]


class Source:
    """What a file has of its own (`functions`, and `others` that no word of another file may be), what others'
    functions it calls or knows, and all its words."""

    def __init__(self, path):
        text = path.read_text(encoding="utf-8")
        self.known = Known(path, text)
        text = SILENT.sub(" ", text)
        self.words = set(WORD.findall(text)) | self.known.names
        self.calls = set(re.findall(r"\b(\w+)\(", text)) | self.known.names
        self.functions = set(FUNCTION.findall(text))
        self.tags, self.tagged = set(TAG.findall(text)), self.known.tagged | set(TAGGED.findall(text))
        self.others = {name for each in NAMED.findall(text) for name in each if name}
        self.others |= set(OBJECT.findall(text)) - self.functions
        for each in ENUMERATORS.findall(text):
            self.others |= set(re.findall(r"(?:^|,)\s*(\w+)", each))

    def disturbs(self, other):
        return (not self.functions.isdisjoint(other.calls) or not self.others.isdisjoint(other.words)
                or not self.tags.isdisjoint(other.tagged)
                or any(other.known.tags.get(tag, path) != path for tag, path in self.known.tags.items()))


def group_of(path, groups, sources, size):
    """The first group that has room for the file and none that it would disturb; a new one if there is none."""
    one = sources[path]
    for group in groups:
        if len(group) < size and not any(one.disturbs(sources[each]) or sources[each].disturbs(one)
                                         for each in group):
            return group
    groups.append([])
    return groups[-1]


def grouped(files, groups, size):
    """The files in groups, which begin as they were the last time."""
    sources = {path: Source(ROOT / path) for path in files}
    before, groups = groups, []
    for known in before:
        groups.append([])
        for path in known:
            # What has come to disturb another goes elsewhere below.
            if path in sources and group_of(path, groups[-1:], sources, size) is groups[-1]:
                groups[-1].append(path)
    there = {path for group in groups for path in group}
    for path in files:
        if path not in there:
            group_of(path, groups, sources, size).append(path)
    return groups


def main():
    folder, size, most = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    files = [Path(each).resolve().relative_to(ROOT).as_posix() for each in sys.argv[4:]]
    folder.mkdir(parents=True, exist_ok=True)
    written = sorted(folder.glob("*.c"), key=lambda path: int(path.stem))
    groups = grouped(files, [re.findall(INCLUDE.format("(.*)"), path.read_text(encoding="utf-8")) for path in written],
                     size)
    while len(groups) < most and any(groups[-SPARE:]):
        groups.append([])
    if len(groups) > most:
        sys.exit(f"unity.py: {folder} needs one file more than CMake knows of: run cmake again")
    for number, group in enumerate(groups, 1):
        path, text = folder / f"{number}.c", "".join(map(INCLUDE.format, group))
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
    (folder / "count").write_text(str(len(groups)), encoding="utf-8")


main()
