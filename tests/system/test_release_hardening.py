#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What is shipped has the protections that CMakeLists.txt asks for (PAMINN_HARDEN), read from the programs themselves,
since a flag that a compiler or linker doesn't take would leave without a word. A program built without them is seen to
have none, so the readings can tell; so is a build of the daemon with PAMINN_HARDEN off."""
import re
import shutil
import subprocess

from harness import PAMINN, PAMINND, Skip, run

# Name: the pattern of a line of readelf that shows it, and whether it has to be there.
PROTECTIONS = {
    "position-independent": (r"^ *Type: +DYN \(Position-Independent Executable file\)", True),
    "relocations are read-only": (r"^ *GNU_RELRO ", True),
    "and bound at the start": (r"\(FLAGS_1\) .*\bNOW\b", True),
    "stack protector": (r" UND __stack_chk_fail\b", True),
    "fortified": (r" UND __(mem\w+|str\w+|v?a?s?n?printf)_chk\b", True),
    "stack is executable": (r"^ *GNU_STACK .* [RW]+E +0x", False),
}


def lacking(program):
    """The protections that a program hasn't."""
    told = subprocess.run(["readelf", "-W", "--file-header", "--segments", "--dynamic", "--dyn-syms", program],
                          check=True, capture_output=True, text=True).stdout
    return {name for name, (pattern, wanted) in PROTECTIONS.items()
            if bool(re.search(pattern, told, re.M)) != wanted}


def the_programs(box):
    if not shutil.which("readelf"):
        raise Skip("readelf is not installed")
    for program in (PAMINND, PAMINN):
        assert not lacking(program), f"{program}: {lacking(program)}"
    print("figure: hardening yes", flush=True)


def a_program_without_any(box):
    """It copies into a buffer, as one that would have a protected stack and checked copies."""
    if not shutil.which("gcc") or not shutil.which("readelf"):
        raise Skip("gcc or readelf is not installed")
    source = box.folder / "plain.c"
    source.write_text("#include <string.h>\nint main(int n, char **words) { char b[16]; strcpy(b, words[n - 1]);"
                      " return b[0]; }\n", encoding="utf-8")
    subprocess.run(["gcc", "-O2", "-fno-pie", "-no-pie", "-U_FORTIFY_SOURCE", "-fno-stack-protector",
                    "-Wl,-z,norelro,-z,lazy,-z,execstack", "-o", box.folder / "plain", source],
                   check=True, capture_output=True)
    assert lacking(box.folder / "plain") == set(PROTECTIONS), lacking(box.folder / "plain")


run(the_programs, a_program_without_any)
