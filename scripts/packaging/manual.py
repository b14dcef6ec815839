#!/usr/bin/env python3
"""Writes the man page of a program that uses swift-argument-parser, to standard output.

    quire --experimental-dump-help | scripts/packaging/manual.py VERSION DATE > quire.1

The page has the same sentences as `quire help`. DATE is written as 2026-11-30.
"""

import json
import re
import sys


def main():
    if len(sys.argv) != 3:
        sys.exit("manual: expected VERSION and DATE, and the dumped help on standard input")
    version, date = sys.argv[1:]
    dumped = json.load(sys.stdin)
    if dumped["serializationVersion"] != 0:
        sys.exit(f"manual: unknown serialization version {dumped['serializationVersion']}")
    program = dumped["command"]
    name = program["commandName"]
    lines = [
        f'.TH {name.upper()} 1 {date} "{name} {version}" "User Commands"',
        ".SH NAME",
        f"{name} \\- {escaped(program['abstract'].rstrip('.'))}",
        ".SH SYNOPSIS",
        f".B {name}",
        ".I command",
        "[options]",
    ]
    if "discussion" in program:
        lines += [".SH DESCRIPTION", *prose(program["discussion"])]
    lines += [".SH OPTIONS", *options(program), ".SH COMMANDS"]
    for command in shown(program.get("subcommands", [])):
        lines += section([name], command)
    print("\n".join(lines))


def section(parents, command):
    """The lines of a command and of those below it."""
    path = [*parents, command["commandName"]]
    commands = shown(command.get("subcommands", []))
    usage = [synopsis(argument) for argument in described(command)]
    lines = [f'.SS "{escaped(" ".join(path))}"', escaped(command.get("abstract", ""))]
    if commands:
        usage.append("\\fIcommand\\fR")
    lines += [".PP", f"\\fB{escaped(' '.join(path))}\\fR {' '.join(usage)}".rstrip()]
    if "discussion" in command:
        lines += [".PP", *prose(command["discussion"])]
    lines += options(command)
    for below in commands:
        lines += section(path, below)
    return lines


def options(command):
    lines = []
    for argument in described(command):
        lines += [".TP", ", ".join(spelled(argument)), escaped(details(argument))]
    return lines


def details(argument):
    parts = [argument.get("abstract", "").rstrip(".")]
    values = argument.get("allValues")
    if values:
        parts.append(f"Values: {', '.join(values)}")
    if "defaultValue" in argument and argument["kind"] != "flag":
        parts.append(f"Default: {argument['defaultValue']}")
    return "".join(f"{part}. " for part in parts if part).strip() or "See above."


def spelled(argument):
    """The argument's names, each with its value."""
    value = f"\\fI{escaped(argument['valueName'])}\\fR"
    if argument["kind"] == "positional":
        return [value]
    names = [f"\\fB{escaped(dashes(name) + name['name'])}\\fR" for name in argument["names"]]
    return names if argument["kind"] == "flag" else [f"{name} {value}" for name in names]


def synopsis(argument):
    text = spelled(argument)[-1] + (" ..." if argument["isRepeating"] else "")
    return f"[{text}]" if argument["isOptional"] else text


def dashes(name):
    return "-" if name["kind"] in ("short", "longWithSingleDash") else "--"


def shown(items):
    return [item for item in items if item.get("shouldDisplay", True) and item.get("commandName") != "help"]


def described(command):
    """The command's own arguments; every command also has --help and --version, which the top of the page describes."""
    every = {"help", "version"} if command.get("superCommands") else set()
    return [item for item in shown(command.get("arguments", [])) if item["valueName"] not in every]


def prose(text):
    """Paragraphs as roff; those with an indented line, such as examples, keep their line ends."""
    lines = []
    for paragraph in re.split(r"\n{2,}", text.strip("\n")):
        if lines:
            lines.append(".PP")
        rows = [escaped(row) for row in paragraph.split("\n")]
        lines += [".nf", *rows, ".fi"] if re.search(r"^\s", paragraph, re.MULTILINE) or "  " in paragraph else rows
    return lines


def escaped(text):
    text = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")
    # A period or an apostrophe that opens a line would be a request.
    return re.sub(r"(?m)^(?=[.'])", r"\\&", text)


if __name__ == "__main__":
    main()
