"""The picture as text: with numbers for the terminal, without them for docs/architecture.md."""

from . import graph

BEGIN, END = "<!-- scripts/layers: begin -->\n", "<!-- scripts/layers: end -->\n"
EXAMPLES = 3  # references shown for each arrow of a circle


def _rows(arrows):
    """Nodes from the top of the picture to its bottom."""
    heights = graph.levels(arrows)
    return sorted(arrows, key=lambda node: (-heights[node], node))


def numbers(picture):
    """Every target with the targets that it uses, and its folders with theirs, and the number of references."""
    arrows = picture.target_arrows()
    lines = []
    for name in _rows(arrows):
        used = {other: len(picture.between.get((name, other), [])) for other in arrows[name]}
        lines.append(f"{name}{_listed(used)}")
        inside = picture.folder_arrows(name)
        if len(inside) > 1:
            for folder in _rows(inside):
                used = {other: len(picture.inside[name][folder, other]) for other in inside[folder]}
                lines.append(f"  {folder}{_listed(used)}")
    return "\n".join(lines) + "\n"


def _listed(used):
    if not used:
        return ""
    return " → " + ", ".join(f"{other} {count}" for other, count in sorted(used.items(), key=lambda p: (-p[1], p[0])))


def markdown(picture):
    """The targets by height, each with the arrows that no other arrows imply; then the folders in the same way."""
    arrows = picture.target_arrows()
    lines = ["```", *_drawn(arrows), "```", "", "| Target | Folders, each after those that it uses |", "|:--|:--|"]
    for name in _rows(arrows):
        inside = picture.folder_arrows(name)
        if len(inside) > 1:
            lines.append(f"| {name} | {_ordered(inside)} |")
    return "\n".join(lines) + "\n"


def _ordered(arrows):
    """Nodes from the bottom to the top; those of a circle in brackets."""
    heights = graph.levels(arrows)
    groups = [sorted(circle) for circle in graph.circles(arrows)]
    in_circles = {node for group in groups for node in group}
    groups += [[node] for node in arrows if node not in in_circles]
    groups.sort(key=lambda group: (heights[group[0]], group))
    return ", ".join(f"[{', '.join(group)}]" if len(group) > 1 else group[0] for group in groups)


def _drawn(arrows):
    direct = graph.direct(arrows)
    width = max(map(len, arrows), default=0)
    lines = [f"{node:<{width}} → " + ", ".join(sorted(direct[node])) if direct[node] else node for node in _rows(arrows)]
    return lines


def inserted(text, picture):
    """A page with its picture replaced."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"error: docs/architecture.md has no '{BEGIN.strip()}' and '{END.strip()}'")
    return before + BEGIN + markdown(picture) + END + after


def problems(picture):
    """Circles, each with examples of its references."""
    found = [
        _told(f"the targets {_named(circle)} form a circle", circle, picture.between)
        for circle in graph.circles(picture.target_arrows())
    ]
    for name in sorted(picture.targets):
        found += [
            _told(f"{name}: the folders {_named(circle)} form a circle", circle, picture.inside[name])
            for circle in graph.circles(picture.folder_arrows(name))
        ]
    return found


def _named(circle):
    return ", ".join(sorted(circle))


def _told(headline, circle, arrows):
    lines = [headline]
    for (source, destination), references in sorted(arrows.items(), key=lambda pair: len(pair[1])):
        if source in circle and destination in circle:
            lines.append(f"  {source} → {destination}: {len(references)}")
            lines += [f"    {reference}" for reference in references[:EXAMPLES]]
    return "\n".join(lines)
