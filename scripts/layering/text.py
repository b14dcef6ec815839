"""Swift text without comments and strings, and its tokens."""

import bisect
import re

_OPENING = re.compile(r'//|/\*|(#*)("""|")')
_NESTING = re.compile(r"/\*|\*/")
TOKEN = re.compile(r"`[A-Za-z_]\w*`|[A-Za-z_]\w*|->|[{}()\[\],.:;=<>@#?!&]|[^\s\w]")


def blank(text):
    """The text with comments and the words of strings replaced by spaces; code in interpolations stays."""
    out = list(text)

    def erase(start, end):
        for index in range(start, end):
            if out[index] != "\n":
                out[index] = " "

    def comment_end(start):
        depth, position = 1, start + 2
        while depth:
            found = _NESTING.search(text, position)
            if not found:
                return len(text)
            depth += 1 if found.group() == "/*" else -1
            position = found.end()
        return position

    def string(start, end, hashes, quotes):
        """Erases a string whose opening delimiter is start..<end; the position after it."""
        erase(start, end)
        stop = re.compile(re.escape("\\" + hashes) + r"(\(|.)|" + re.escape(quotes + hashes), re.S)
        position = end
        while True:
            found = stop.search(text, position)
            if not found:
                erase(position, len(text))
                return len(text)
            erase(position, found.end())
            if found.group(1) is None:
                return found.end()
            position = code(found.end(), inside=True) if found.group(1) == "(" else found.end()

    def code(position, inside):
        """Code up to the end, or up to the parenthesis that closes an interpolation."""
        depth = 0
        marks = re.compile(_OPENING.pattern + (r"|[()]" if inside else ""))
        while True:
            found = marks.search(text, position)
            if not found:
                return len(text)
            word = found.group()
            if word == "//":
                end = text.find("\n", found.start())
                end = len(text) if end < 0 else end
                erase(found.start(), end)
                position = end
            elif word == "/*":
                position = comment_end(found.start())
                erase(found.start(), position)
            elif word == "(":
                depth, position = depth + 1, found.end()
            elif word == ")":
                if depth == 0:
                    erase(found.start(), found.end())
                    return found.end()
                depth, position = depth - 1, found.end()
            else:
                position = string(found.start(), found.end(), found.group(1), found.group(2))

    code(0, inside=False)
    return "".join(out)


class Tokens:
    """The tokens of a file: their text, and the line of each."""

    def __init__(self, text):
        blanked = blank(text)
        newlines = [match.start() for match in re.finditer("\n", blanked)]
        self.words, self.lines, self.spaced = [], [], []
        for match in TOKEN.finditer(blanked):
            self.words.append(match.group().strip("`"))
            self.lines.append(bisect.bisect(newlines, match.start()) + 1)
            self.spaced.append(match.start() > 0 and blanked[match.start() - 1].isspace())

    def __len__(self):
        return len(self.words)

    def word(self, index):
        return self.words[index] if 0 <= index < len(self.words) else ""
