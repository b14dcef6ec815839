"""Declarations and uses of names in a Swift file, read from its tokens.

This is no compiler: a use is a name, resolved by what is declared in the package. Names that several places declare say
nothing and are left out.
"""

from dataclasses import dataclass, field

from .text import Tokens

TYPES = {"struct", "class", "enum", "protocol", "actor"}
PRIVATE = {"private", "fileprivate"}
KEYWORDS = set(
    """actor any as associatedtype await borrowing break case catch class consuming continue default defer deinit do else
    enum extension fallthrough false fileprivate for func get guard if import in indirect init inout internal is isolated
    let lazy mutating nil nonisolated open operator override package private protocol public repeat rethrows return self
    Self set some static struct subscript super switch throw throws true try typealias unowned var weak where while
    willSet didSet each _ """.split()
)


@dataclass
class Declaration:
    """Owner is the enclosing type, `None` at the top level; kind is `type`, `case` or `member`."""

    name: str
    owner: str | None
    kind: str
    path: str
    line: int
    is_private: bool
    is_public: bool

    @property
    def full_name(self):
        return f"{self.owner}.{self.name}" if self.owner else self.name


@dataclass
class Use:
    """A name in the code. `owners` are the types whose members a bare name may be; `base` is the text before the dot,
    "" for an expression, `None` for a bare name."""

    name: str
    line: int
    base: str | None
    owners: tuple
    is_local: bool


@dataclass
class SwiftFile:
    path: str
    lines: int = 0
    imports: set = field(default_factory=set)
    exports: set = field(default_factory=set)  # imports that importers of this target get too
    declarations: list = field(default_factory=list)
    uses: list = field(default_factory=list)
    supertypes: dict = field(default_factory=dict)


def read(path, text):
    """Reads a file's declarations and uses."""
    return _Reader(path, text).read()


class _Reader:
    def __init__(self, path, text):
        self.tokens = Tokens(text)
        self.file = SwiftFile(path, lines=text.count("\n"))
        self.scopes = []  # types around the position: names, or None for code
        self.chunk = 0  # number of the member being read
        self.locals = {}  # chunk: names of its variables and parameters
        self.generics = set()  # generic parameters anywhere in the file
        self.pending = None  # the type whose body the next brace opens
        self.parens = 0
        self.found = []  # (use, chunk)
        self.declared = set()  # positions of names that declare

    def read(self):
        words = self.tokens.words
        position = 0
        while position < len(words):
            position = self.step(position)
        for use, chunk in self.found:
            # Types are capitalised, and nothing else is.
            known = self.generics if use.name[0].isupper() else self.locals.get(chunk, ())
            use.is_local = use.base is None and use.name in known
            self.file.uses.append(use)
        return self.file

    def in_code(self):
        return bool(self.scopes) and self.scopes[-1] is None

    def step(self, i):
        word, before, after = self.tokens.words[i], self.tokens.word(i - 1), self.tokens.word(i + 1)
        if word == "{":
            self.scopes.append(self.pending)
            self.pending = None
        elif word == "}":
            if self.scopes:
                self.scopes.pop()
        elif before == "." and word not in ("{", "}"):
            self.use(i)
        elif word == "import" and not self.scopes:
            return self.imports(i)
        elif word in TYPES and after.isidentifier() and after not in ("func", "var", "let", "subscript", "init"):
            return self.type(i)
        elif word == "extension" and not self.scopes:
            return self.extension(i)
        elif word in ("func", "init", "subscript", "macro") and (word != "init" or after in ("(", "?", "<", "!")):
            return self.function(i)
        elif word in ("let", "var"):
            return self.variables(i)
        elif word == "case" and not self.in_code() and self.scopes:
            return self.cases(i)
        elif word in ("typealias", "associatedtype") and after.isidentifier():
            self.declare(i + 1, "type", i)
        elif word == "for" and self.in_code():
            self.bind_until(i + 1, "in")
        elif word == "in" and self.in_code():
            self.closure_parameters(i)
        elif word.isidentifier() and word not in KEYWORDS:
            self.use(i)
        return i + 1

    # Uses

    def use(self, i):
        word, after = self.tokens.words[i], self.tokens.word(i + 1)
        if i in self.declared or not word.isidentifier() or word in KEYWORDS:
            return
        base = None
        if self.tokens.word(i - 1) == ".":
            base = self.tokens.word(i - 2) if not self.tokens.spaced[i - 1] else ""
            if not base.isidentifier() or base in KEYWORDS - {"Self", "self"}:
                base = ""
        elif after == ":" and not self.tokens.spaced[i + 1]:
            return  # a label
        owners = tuple(scope for scope in reversed(self.scopes) if scope)
        self.found.append((Use(word, self.tokens.lines[i], base, owners, False), self.chunk))

    # Declarations

    def imports(self, i):
        is_exported = self.tokens.word(i - 1).endswith("_exported")
        i += 1
        if self.tokens.word(i) in TYPES | {"func", "var", "let", "typealias"}:
            i += 1
        self.file.imports.add(self.tokens.word(i))
        if is_exported:
            self.file.exports.add(self.tokens.word(i))
        while self.tokens.word(i + 1) == ".":
            i += 2
        return i + 1

    def modifiers(self, i):
        """The words before a declaration's keyword, on its line or attributes above."""
        found = set()
        i -= 1
        while i >= 0:
            word = self.tokens.words[i]
            if word == ")" and self.tokens.word(i - 2) == "(":  # private(set)
                i -= 4
            elif word in KEYWORDS or word in ("final", "async", "nonisolated"):
                found.add(word)
                i -= 1
            else:
                return found
        return found

    def declare(self, i, kind, keyword):
        owner = next((scope for scope in reversed(self.scopes) if scope), None)
        self.declared.add(i)
        modifiers = self.modifiers(keyword)
        is_private = bool(modifiers & PRIVATE) or self.in_code()
        self.file.declarations.append(
            Declaration(
                self.tokens.words[i], owner, kind, self.file.path, self.tokens.lines[i], is_private,
                bool(modifiers & {"public", "package", "open", "override"}) or kind == "case"))

    def type(self, i):
        if not self.in_code():
            self.chunk += 1
        name = self.tokens.words[i + 1]
        self.declare(i + 1, "type", i)
        self.generic_parameters(i + 2)
        return self.heading(i + 2, name)

    def extension(self, i):
        self.chunk += 1
        name = self.tokens.word(i + 1)
        i += 2
        self.use(i - 1)
        while self.tokens.word(i) == ".":
            self.use(i + 1)
            name = self.tokens.word(i + 1)
            i += 2
        return self.heading(i, name)

    def generic_parameters(self, i):
        """`<A, each B: P>` after a declaration's name."""
        depth = 0
        while i < len(self.tokens):
            word = self.tokens.words[i]
            depth += (word == "<") - (word == ">")
            if depth == 0:
                return
            if depth == 1 and self.tokens.word(i + 1) in (",", ":", ">") and self.tokens.word(i - 1) in ("<", ",", "each"):
                self.generics.add(word)
                self.declared.add(i)
            i += 1

    def heading(self, i, name):
        """Everything between a type's name and its brace; supertypes follow the colon."""
        supertypes = self.file.supertypes.setdefault(name, set())
        is_constraint, depth = True, 0
        while i < len(self.tokens) and self.tokens.words[i] not in ("{", "}"):
            word = self.tokens.words[i]
            depth += (word == "<") - (word == ">")
            if word == ":" and depth == 0:
                is_constraint = False
            elif word == "where":
                is_constraint = True
            elif word.isidentifier() and word not in KEYWORDS:
                if not is_constraint:
                    supertypes.add(word)
                self.use(i)
            i += 1
        self.pending = name
        return i

    def function(self, i):
        is_member = not self.in_code()
        if is_member:
            self.chunk += 1
        word = self.tokens.words[i]
        i += 1
        if word in ("func", "macro"):
            if self.tokens.word(i).isidentifier():
                if is_member:
                    self.declare(i, "member", i - 1)
                else:
                    self.local(self.tokens.words[i])
                    self.declared.add(i)
                i += 1
            else:  # an operator
                while self.tokens.word(i) not in ("(", "<") or self.tokens.word(i + 1) in ("(", "<"):
                    i += 1
        self.generic_parameters(i)
        while i < len(self.tokens) and self.tokens.words[i] not in ("(", "{"):
            self.step(i)
            i += 1
        return self.parameters(i)

    def parameters(self, i):
        """The names before each colon of a parameter list are local."""
        if self.tokens.word(i) != "(":
            return i
        start, depth = i, 0
        while i < len(self.tokens):
            word = self.tokens.words[i]
            depth += (word in "([") - (word in ")]")
            if depth == 0:
                break
            if depth == 1 and word == ":" and self.tokens.word(i - 1).isidentifier():
                self.local(self.tokens.words[i - 1])
                self.declared.add(i - 1)
                if self.tokens.word(i - 2).isidentifier():
                    self.declared.add(i - 2)
            i += 1
        return start + 1

    def variables(self, i):
        """`let a, (b, c): T = …`: members of types, or local names."""
        keyword, i = i, i + 1
        is_local = self.in_code()
        if not is_local:
            self.chunk += 1
        depth = 0
        while i < len(self.tokens):
            word = self.tokens.words[i]
            if word == "(":
                depth += 1
            elif word == ")":
                depth -= 1
                if depth <= 0:
                    return i + 1 if depth == 0 else i
            elif word.isidentifier() and word not in KEYWORDS:
                self.declared.add(i)
                if is_local:
                    self.local(word)
                else:
                    self.declare(i, "member", keyword)
                if depth == 0:
                    return i + 1
            elif word not in (",", "_"):
                return i
            i += 1
        return i

    def cases(self, i):
        """`case a(T), b = 1` of an enum."""
        i += 1
        while self.tokens.word(i).isidentifier():
            self.declare(i, "case", i)
            i += 1
            if self.tokens.word(i) == "(":
                depth = 0
                while i < len(self.tokens):
                    word = self.tokens.words[i]
                    depth += (word == "(") - (word == ")")
                    if word.isidentifier():
                        self.step(i)
                    i += 1
                    if depth == 0:
                        break
            if self.tokens.word(i) == "=":
                i += 2
            if self.tokens.word(i) != ",":
                break
            i += 1
        return i

    # Local names

    def local(self, name):
        self.locals.setdefault(self.chunk, set()).add(name)

    def bind_until(self, i, end):
        while i < len(self.tokens) and self.tokens.words[i] not in (end, "{", "}"):
            word = self.tokens.words[i]
            if word.isidentifier() and word not in KEYWORDS:
                self.local(word)
                self.declared.add(i)
            i += 1

    def closure_parameters(self, i):
        """Names between a closure's brace and its `in`."""
        i -= 1
        names = []
        while i >= 0 and self.tokens.words[i] not in ("{", "}", "for", "if", "guard"):
            word = self.tokens.words[i]
            if word == "=" or len(names) > 12:
                return
            if word.isidentifier() and word not in KEYWORDS and self.tokens.word(i - 1) != ":":
                names.append(word)
            i -= 1
        if i >= 0 and self.tokens.words[i] == "{":
            for name in names:
                self.local(name)
