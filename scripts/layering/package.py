"""The package's targets and the files of each."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from . import swift
from .text import blank

TOP = "(top)"  # files that lie in no folder of their target


@dataclass
class Target:
    name: str
    path: Path
    dependencies: set
    files: list = field(default_factory=list)

    def folder(self, path):
        """The folder that a file belongs to: the first below the target's own."""
        parts = Path(path).relative_to(self.path).parts
        return parts[0] if len(parts) > 1 else TOP


def targets(root):
    """The targets of Package.swift whose Swift sources lie in Sources, with their files read."""
    found = {}
    for name, dependencies in _declared((root / "Package.swift").read_text()).items():
        path = Path("Sources") / name
        sources = sorted((root / path).rglob("*.swift"))
        if not sources:
            continue
        found[name] = Target(name, path, dependencies)
        for source in sources:
            relative = source.relative_to(root)
            found[name].files.append(swift.read(str(relative), source.read_text(encoding="utf-8")))
    for target in found.values():
        target.dependencies &= set(found)
    return found


def _declared(text):
    """Names of targets and of what each depends on. Strings carry the names, so only comments are blanked."""
    blanked = blank(text)
    out = {}
    for match in re.finditer(r"\.(?:target|executableTarget)\(", blanked):
        depth, end = 1, match.end()
        while depth and end < len(text):
            depth += (blanked[end] == "(") - (blanked[end] == ")")
            end += 1
        body = text[match.end() : end]
        name = re.search(r'name:\s*"(\w+)"', body)
        if not name or re.search(r"\bpath:", blanked[match.end() : end]):
            continue
        listed = re.search(r"dependencies:\s*\[(.*?)\]", body, re.S)
        without_products = re.sub(r"\.product\([^)]*\)", "", listed.group(1)) if listed else ""
        out[name.group(1)] = set(re.findall(r'"(\w+)"', without_products))
    return out
