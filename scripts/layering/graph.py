"""Who uses whose declarations: arrows between folders and between targets, and circles among them."""

from collections import defaultdict
from dataclasses import dataclass, field

# Members of Swift's standard library, Foundation and swift-syntax: after a dot they need not be the package's own.
COMMON = set(
    """abs actual add all allCases allSatisfy append append arguments baseName body bool bytes capacity children clear
    close code column compactMap condition contains content contents copy count data date decode default description distance
    dropFirst dropLast element elements end endIndex encode enumerated error expression extension failure file fileExists
    filter first firstIndex flatMap floatLiteral flush forEach format get hash hashValue id index indices init insert int integerLiteral isEmpty isFinite isNaN
    joined key keys kind last lastIndex lazy leadingTrivia length line lines location lock lowercased lowerBound map
    max message milliseconds min minus name named names new next node nodes none note now null number offset open operator order
    output parameters parent path pattern position prefix print random range read reduce remove removeAll removeFirst
    removeLast removeValue replace replacing reserveCapacity reset result resume reversed root round rounded rows run scale
    seconds shape shuffled sign signature size sorted source split start startIndex starts statement statements step
    store string subtract suffix sum swap swapAt text time title tokens total trailingTrivia type union update
    uppercased upperBound url utf8 value values width withLock write zip x y height""".split()
)


@dataclass
class Reference:
    """A use of a declaration in another folder or target."""

    path: str
    line: int
    declaration: object

    def __str__(self):
        there = self.declaration
        return f"{self.path}:{self.line} → {there.full_name} ({there.path}:{there.line})"


@dataclass
class Picture:
    """Arrows as `{(from, to): [Reference]}`; `imports` holds arrows that come only from an import."""

    targets: dict
    between: dict = field(default_factory=lambda: defaultdict(list))
    imports: dict = field(default_factory=lambda: defaultdict(set))
    inside: dict = field(default_factory=dict)

    def target_arrows(self):
        """The targets that each target uses."""
        out = {name: set() for name in self.targets}
        for name, target in self.targets.items():
            out[name] |= target.dependencies | self.imports[name]
        return out

    def folders(self, target):
        return {self.targets[target].folder(file.path) for file in self.targets[target].files}

    def folder_arrows(self, target):
        """The folders that each folder of a target uses."""
        out = {folder: set() for folder in self.folders(target)}
        for source, destination in self.inside[target]:
            out[source].add(destination)
        return out


class _Names:
    """The names visible in a target's files: its own declarations, and public ones of imported targets."""

    def __init__(self, target, all_targets):
        self.target = target.name
        self.by_name, self.by_owner, self.supertypes = defaultdict(list), defaultdict(list), defaultdict(set)
        imports = set().union(*(file.imports for file in target.files)) & set(all_targets)
        for name in list(imports):
            imports |= set().union(*(file.exports for file in all_targets[name].files)) & set(all_targets)
        for name in {target.name} | imports:
            for file in all_targets[name].files:
                for type_name, supertypes in file.supertypes.items():
                    self.supertypes[type_name] |= supertypes
                for declaration in file.declarations:
                    if declaration.is_private or (name != target.name and not declaration.is_public):
                        continue
                    place = (name, all_targets[name].folder(file.path))
                    self.by_name[declaration.name].append((place, declaration))
                    self.by_owner[declaration.owner, declaration.name].append((place, declaration))

    def resolve(self, use, hidden=()):
        """The place and the declaration that a use refers to, or `None` if that is not certain.

        Hidden are names that mean something else in the use's file: private members, elements of tuples."""
        if use.is_local or (use.name in hidden and not (use.base or "")[:1].isupper()):
            return None
        if use.base is None:
            for owner in self.with_supertypes(use.owners):
                if (owner, use.name) in self.by_owner:
                    return self.only(self.by_owner[owner, use.name])
            return self.only(self.by_owner.get((None, use.name), []))
        if use.base and use.base[0].isupper():
            bases = use.owners[:1] if use.base == "Self" else (use.base,)
            for owner in self.with_supertypes(bases):
                if (owner, use.name) in self.by_owner:
                    return self.only(self.by_owner[owner, use.name])
            # Either a module's name, or a type whose member is another library's.
            return self.only([found for found in self.by_owner.get((None, use.name), []) if found[0][0] == use.base])
        if use.base == "self":
            for owner in self.with_supertypes(use.owners[:1]):
                if (owner, use.name) in self.by_owner:
                    return self.only(self.by_owner[owner, use.name])
        if use.name in COMMON or use.name[0].isupper():
            return None
        # The receiver's type is not known: it may be of any target.
        members = [found for found in self.by_name.get(use.name, []) if found[1].owner]
        return members[0] if len({place for place, _ in members}) == 1 else None

    def with_supertypes(self, types):
        seen, open_types = [], list(types)
        while open_types:
            name = open_types.pop(0)
            if name in seen:
                continue
            seen.append(name)
            open_types += sorted(self.supertypes[name])
        return seen

    def only(self, found):
        """The declaration, where all of the name lie in one folder; the target's own hide those that it imports,
        but not the members that it adds to their types."""
        own = [pair for pair in found if pair[0][0] == self.target and pair[1].owner is None]
        found = own or found
        return found[0] if found and len({place for place, _ in found}) == 1 else None


def draw(targets):
    picture = Picture(targets)
    for target in targets.values():
        names = _Names(target, targets)
        inside = picture.inside[target.name] = defaultdict(list)
        for file in target.files:
            picture.imports[target.name] |= (file.imports & set(targets)) - {target.name}
            hidden = {declaration.name for declaration in file.declarations if declaration.is_private} | file.labels
            here = (target.name, target.folder(file.path))
            for use in file.uses:
                found = names.resolve(use, hidden)
                if not found or found[0] == here:
                    continue
                there, declaration = found
                reference = Reference(file.path, use.line, declaration)
                if there[0] == target.name:
                    inside[here[1], there[1]].append(reference)
                else:
                    picture.between[target.name, there[0]].append(reference)
    return picture


def circles(arrows):
    """Sets of two or more nodes that reach one another (Tarjan's strongly connected components)."""
    number, low, stack, on_stack, out = {}, {}, [], set(), []

    def visit(node):
        number[node] = low[node] = len(number)
        stack.append(node)
        on_stack.add(node)
        for other in sorted(arrows.get(node, ())):
            if other not in number:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in on_stack:
                low[node] = min(low[node], number[other])
        if low[node] == number[node]:
            component = set()
            while node not in component:
                component.add(stack.pop())
            on_stack.difference_update(component)
            if len(component) > 1:
                out.append(component)

    for node in sorted(arrows):
        if node not in number:
            visit(node)
    return out


def levels(arrows):
    """Each node's height above those that use nothing; nodes of one circle share theirs."""
    group = {node: frozenset([node]) for node in arrows}
    for component in circles(arrows):
        for node in component:
            group[node] = frozenset(component)
    heights = {}

    def height(members):
        if members not in heights:
            below = {group[other] for node in members for other in arrows[node]} - {members}
            heights[members] = 1 + max((height(other) for other in below), default=-1)
        return heights[members]

    return {node: height(group[node]) for node in arrows}


def direct(arrows):
    """The arrows without those that others imply: a → c where a → b → c."""
    reach = {}

    def reached(node, seen=()):
        if node not in reach:
            found = set()
            for other in arrows[node]:
                if other not in seen:
                    found |= {other} | reached(other, (*seen, node))
            reach[node] = found
        return reach[node]

    return {
        node: {other for other in others if not any(other in reached(via) for via in others - {other, node})}
        for node, others in arrows.items()
    }
