#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""unity.py FOLDER SIZE MOST FILE...  puts C files together, so that a compiler reads their headers once.

Writes FOLDER/1.c, 2.c …, each including at most SIZE of the FILEs, which saves almost half of the work of compiling
them, and how many there are into FOLDER/count: at most MOST, some of them spare. A static name in one file may stand
in another for something else: while such a file is read its name is a macro for a longer one, after all headers of the
group. Where that can't be, since the name is also a member's, or a header's, the two are never put together. So nobody
who writes them has to think of it. Names of other libraries' headers are not looked for: none of ours is named so.

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
# At the left margin, as the house writes it: a macro, which ends with its file, and a name of a type.
MACRO = re.compile(r"^#define (\w+)", re.M)
TYPE = re.compile(r"^typedef [^;]*?\b(\w+);", re.M)
# A static object, whose type may be written out over several lines.
OBJECT = re.compile(r"^static\b[^;={}()]*(?:\{.*?^\}[^;=]*?)?\b(\w+)(?:\[[^\]]*\])*(?: =|;)", re.M | re.S)
ENUMERATORS = re.compile(r"^enum (?:\w+ )?\{(.*?)\}", re.M | re.S)
TEST = re.compile(r"^START_TEST\((\w+)\)", re.M)
# An object without a value, which may be there twice: in tests, where each file runs in a process of its own.
BARE = re.compile(r"^(static [^;={}()]*?\b(\w+)(?:\[[^\]]*\])*;)", re.M)
# A member, which is not to be found under another name in a header.
MEMBER = re.compile(r"(?:\.|->)\s*(\w+)|\boffsetof\([^()]*,\s*(\w+)\)")


# What a header names, at the left margin: a function that is in the header itself, with what stands between its
# brackets; functions, by a prototype or by the name of their type; macros.
DECLARED = re.compile(r"^static inline [^(]*(\b\w+\([^)]*\))|^\w[\w *]*\b(\w+)\(|"
                      r"^(?!struct|enum|union)\w+ (\w+(?:,\s+\w+)*);|^#define (\w+)", re.M)
INCLUDED = re.compile(r'^#include ("[^"]+"|<[^>]+>)', re.M)
TAG = re.compile(r"\b(?:struct|enum|union) (\w+) \{")
TAGGED = re.compile(r"\b(?:struct|enum|union) (\w+)")
HEADERS = {}


def named(text):
    """The names at the left margin of a text that are neither functions, tags nor macros."""
    return set(OBJECT.findall(text)) | set(TYPE.findall(text)) | {
        name for each in ENUMERATORS.findall(text) for name in re.findall(r"(?:^|,)\s*(\w+)", each)}


class Known:
    """What a text, of the file at the path, knows by our headers that it includes: names that they declare, objects of
    theirs, where each struct is described and each macro is, which they speak of, and which of them have something
    called before the tests of a file."""

    def __init__(self, path, text):
        self.includes = []
        self.names, self.objects, self.tags, self.tagged, self.firsts = set(), set(), {}, set(), set()
        for name in INCLUDED.findall(text):
            ours = [folder / name[1:-1] for folder in (path.parent, ROOT, ROOT / "daemon")
                    if name[0] == '"' and (folder / name[1:-1]).is_file()]
            if ours:
                header = self.header(ours[0].resolve())
                self.names |= header.names
                self.objects |= header.objects
                self.tags |= header.tags
                self.tagged |= header.tagged
                self.firsts |= header.firsts
                name = f'"{ours[0].resolve().relative_to(ROOT).as_posix()}"'
            self.includes.append(f"#include {name}\n")

    @staticmethod
    def header(path):
        if path not in HEADERS:
            text = path.read_text(encoding="utf-8")
            HEADERS[path] = known = Known(path, text)
            text = SILENT.sub(" ", text)
            known.objects |= set(OBJECT.findall(text))
            known.names |= {name for each in DECLARED.findall(text) for names in each for name in WORD.findall(names)}
            known.names |= named(text)
            known.tags |= dict.fromkeys([*TAG.findall(text), *MACRO.findall(text)], str(path))
            known.tagged |= set(TAGGED.findall(text))
            if re.search(r"^UNIT_FIRST", text, re.M):
                known.firsts.add(path)
        return HEADERS[path]


class Source:
    """What a file has of its own (`functions`, and `others` that no word of another file may be), which of these can't
    have another name (`kept`), what others' functions it calls or knows, and all its words."""

    def __init__(self, path):
        text = path.read_text(encoding="utf-8")
        self.path, self.known = path, Known(path, text)
        text = SILENT.sub(" ", text)
        self.text_words = set(WORD.findall(text))
        self.words = self.text_words | self.known.names
        self.calls = set(re.findall(r"\b(\w+)\(", text)) | self.known.names
        self.functions = set(FUNCTION.findall(text))
        for test in TEST.findall(text):
            self.functions |= {test, f"{test}_fn", f"{test}_ttest"}
        self.calls |= self.functions
        self.tags, self.tagged = set(TAG.findall(text)), self.known.tagged | set(TAGGED.findall(text))
        self.macros = set(MACRO.findall(text))
        self.others = named(text) - self.functions
        self.kept = {name for each in MEMBER.findall(text) for name in each} | self.known.names
        self.kept |= self.known.tagged & set(TAGGED.findall(text))
        self.bare = {name: whole for whole, name in BARE.findall(text)} if self.is_test() else {}

    def is_test(self):
        """Whether its local names may be as another's static ones, since it is compiled with -Wno-shadow."""
        return self.path.is_relative_to(ROOT / "tests")

    def shared(self, other):
        """Which of its own names stand in the other for something else."""
        words = other.others | other.calls if self.is_test() else other.words
        return ((self.functions & other.calls) | (self.tags & other.tagged)
                | {name for name in self.others & words
                   if name not in self.bare or self.bare[name] != other.bare.get(name)})

    def disturbs(self, other):
        return (not self.shared(other).isdisjoint(self.kept)
                or not self.macros.isdisjoint(other.known.names)
                or self.known.firsts != other.known.firsts
                or not (self.is_test() or (self.known.objects - other.known.objects).isdisjoint(other.text_words))
                or any(other.known.tags.get(tag, path) != path for tag, path in self.known.tags.items()))


def together(group, sources):
    """The text that includes the files of the group."""
    group = [sources[path] for path in group]
    lines = list(dict.fromkeys(line for source in group for line in source.known.includes))
    for one in group:
        path = one.path.relative_to(ROOT)
        longer = "_".join(path.with_suffix("").parts)
        names = sorted({name for other in group if other is not one for name in one.shared(other)})
        lines += [f"#define {name} {name}_{longer}\n" for name in names]
        lines.append(INCLUDE.format(path.as_posix()))
        lines += [f"#undef {name}\n" for name in [*names, *sorted(one.macros)]]
    return "".join(lines)


def group_of(path, groups, sources, size):
    """The first group that has room for the file and none that it would disturb; a new one if there is none."""
    one = sources[path]
    for group in groups:
        if len(group) < size and not any(one.disturbs(sources[each]) or sources[each].disturbs(one)
                                         for each in group):
            return group
    groups.append([])
    return groups[-1]


def grouped(sources, groups, size):
    """The files in groups, which begin as they were the last time."""
    before, groups = groups, []
    for known in before:
        groups.append([])
        for path in known:
            # What has come to disturb another goes elsewhere below.
            if path in sources and group_of(path, groups[-1:], sources, size) is groups[-1]:
                groups[-1].append(path)
    there = {path for group in groups for path in group}
    for path in sources:
        if path not in there:
            group_of(path, groups, sources, size).append(path)
    return groups


def main():
    folder, size, most = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    files = [Path(each).resolve().relative_to(ROOT).as_posix() for each in sys.argv[4:]]
    folder.mkdir(parents=True, exist_ok=True)
    written = sorted(folder.glob("*.c"), key=lambda path: int(path.stem))
    sources = {path: Source(ROOT / path) for path in files}
    groups = [re.findall(INCLUDE.format(r"(.*\.c)"), path.read_text(encoding="utf-8")) for path in written]
    groups = grouped(sources, groups, size)
    while len(groups) < most and any(groups[-SPARE:]):
        groups.append([])
    if len(groups) > most:
        sys.exit(f"unity.py: {folder} needs one file more than CMake knows of: run cmake again")
    for number, group in enumerate(groups, 1):
        path, text = folder / f"{number}.c", together(group, sources)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
    (folder / "count").write_text(str(len(groups)), encoding="utf-8")


main()
