import Testing

@testable import Documents

/// Formulas in prose: cmark must not change them, and everything that is not a formula must stay text.
struct FormulaProseTests {
  /// If this fails, a formula is damaged or not recognised.
  @Test(
    "Formulas are found wherever prose is",
    arguments: [
      ("a $x_{i}*y_{j}$ b", "p(a math(x_{i}*y_{j}) b)"), ("$a \\\\ b$", "p(math(a \\\\ b))"),
      ("$$x$$", "p(display(x))"), ("$$\na\n= b\n$$", "p(display(\na\n= b\n))"),
      ("$$\na\n=\nb\n$$ c", "p(display(\na\n=\nb\n) c)"),
      ("$$\nx\n- y\n+ z\n$$", "p(display(\nx\n- y\n+ z\n))"),
      ("a\n$$\n# b\n1. c\n> d\n$$\ne", "p(a␤display(\n# b\n1. c\n> d\n)␤e)"),
      ("$`a*b*c`$", "p(math(a*b*c))"), ("*a $b_1$ c*", "p(em(a math(b_1) c))"),
      ("[a $b$](c)", "p(link(c a math(b)))"),
      ("# T $\\alpha_i$", "h1(T math(\\alpha_i))"), ("- $a$\n- b $c$", "ul(p(math(a)), p(b math(c)))"),
      ("> $a\n> b$", "quote(p(math(a\nb)))"), ("> $$\n> a\n> $$", "quote(p(display(\na\n)))"),
      ("| $a_1$ | $b\\|c$ |\n|---|---|\n| $|d$ | 1 |", "table(none none: math(a_1) | math(b|c) / $ | d$)"),
      ("$\\text{a $b$}$ c", "p(math(\\text{a $b$}) c)"), ("$\\text{a$ b", "p(math(\\text{a) b)"),
      ("$a$$b$", "p(math(a)math(b))"), ("$a$s", "p(math(a)s)"), ("3$\\times$3", "p(3math(\\times)3)"),
      ("($x$)", "p((math(x)))"), ("**$x$**", "p(strong(math(x)))"), ("$\\$5$", "p(math(\\$5))"),
      (
        "\\begin{align}\na &= b \\\\\n&= c\n\\end{align}",
        "p(display(\\begin{align}\na &= b \\\\\n&= c\n\\end{align}))"
      ),
      ("```math\na_1\n```", "math(a_1)"), ("~~$a$~~", "p(del(math(a)))"),
      ("$é_1$ é `x`", "p(math(é_1) é `x`)"),
      ("$a$\\\n$b$", "p(math(a)⏎math(b))"), ("$x<y>z$", "p(math(x<y>z))"),
      ("$a_1$ and *$b_1$*", "p(math(a_1) and em(math(b_1)))"),
      ("a `$x$` $`y`$", "p(a `$x$` math(y))"),
    ])
  func formulas(text: String, expected: String) {
    #expect(Reading(text + "\n").outline.drop { $0 != ":" }.dropFirst(2) == expected[...])
  }

  /// If this fails, an author's macros are shown as TeX source.
  @Test(
    "Macros count for the formulas after them",
    arguments: [
      ("$\\newcommand{\\R}{\\mathbb{R}}$\n\na $\\R$", "p(a math({\\mathbb{R}}))"),
      (
        "$\\newcommand{\\R}{\\mathbb{R}}$\n\na[^1]\n\n[^1]: in $\\R$",
        "p(a^(1))\nprose 5-6: notes(1: p(in math({\\mathbb{R}})))"
      ),
      ("$$\n\\newcommand{\\x}{y}\n\\x = 1\n$$", "p(display(\n\n{y} = 1\n))"),
      ("$\\def\\x{y}$ a\n\n```math\n\\x\n```", "math({y})"),
    ])
  func macros(text: String, expected: String) {
    let reading = Reading(text + "\n")
    #expect(reading.problems.isEmpty && reading.outline.hasSuffix(expected), "\(reading.outline)")
  }

  /// If this fails, a private remark within a formula is sent to all readers.
  @Test(
    "Comments in formulas vanish",
    arguments: [
      "$a <!-- for Ann: private --> b$", "$$\na\n<!-- for Ann:\nprivate -->\nb\n$$",
      "$`a <!-- private --> b`$",
      "```math\na\n<!-- private -->\n```", "$a % private$", "$$\na % private\nb\n$$",
      "| $a <!-- private --> b$ |\n|---|\n| 1 |",
    ])
  func comments(text: String) {
    let page = Reading(text + "\n").html()
    #expect(!page.contains("private") && !page.contains("<!--") && !page.contains("&lt;!--"), "\(page)")
  }

  /// If this fails, a price or a shell variable becomes a formula.
  @Test(
    "Prices and code stay as written",
    arguments: [
      "$5 and $6", "costs $5, or $ 6", "US$5-$10", "$x", "x$", "$ x$", "$x $", "\\$x$", "$x\\$", "$$x",
      "$$ $$", "$",
      "$$", "$$$", "$HOME and $PATH", "a $5\n- b 6$", "$a\n\nb$", "($5/$6)", "from $20,000 to $30,000",
    ])
  func notFormulas(text: String) {
    #expect(!Reading(text + "\n").outline.contains("math("))
    #expect(!Reading(text + "\n").outline.contains("display("))
  }

  /// If this fails, a dollar in code or in an address changes.
  @Test("Code, HTML, links and inline values are left alone")
  func code() {
    #expect(Reading("`$a$` and ``b `$c$` d``\n").outline == "prose 1-1: p(`$a$` and `b `$c$` d`)")
    #expect(
      Reading("    $a$\n\n```text\n$b$\n```\n").outline
        == "prose 1-2: code( \"$a$\\n\")\nlisting text: \"$b$\\n\"")
    #expect(
      Reading("[a](b$c$d) <a href=\"$e$\">\n").outline == "prose 1-1: p(link(b$c$d a) html(<a href=\"$e$\">))"
    )
    #expect(Reading("$`{swift} a` and $`{swift} b`\n").outline == "prose 1-1: p(${a} and ${b})")
    #expect(Reading("[a](b \"$c$\")\n").html() == "<p><a href=\"b\" title=\"$c$\">a</a></p>\n")
  }

  /// If this fails, an editor jumps to the wrong line or column of a problem.
  @Test("Problems have the formula's line and column, and formulas move nothing")
  func places() {
    let reading = Reading(
      "a $\\alpha$ $\\foo$ `{swift} x`\n\n$$\na\n\\bar\n$$\n\n> - $b^2^3$\n\n| a $|$ |\n|---|\n| $\\baz$ |\n\n```math\na\n\\qux\n```\n"
    )
    #expect(
      reading.problems.map { "\($0.range?.start.line ?? 0):\($0.range?.start.column ?? 0): \($0.message)" }
        == [
          "1:13: the formula is shown as written: unknown command '\\foo'",
          "5:1: the formula is shown as written: missing argument of '\\bar'",
          "8:9: the formula is shown as written: a second '^' needs braces around the first part",
          "12:4: the formula is shown as written: unknown command '\\baz'",
          "16:1: the formula is shown as written: unknown command '\\qux'",
        ])
    #expect(reading.expressions.map(\.location.column) == [28])
  }

  /// If this fails, a formula that cannot be read disappears or is shown as something else.
  @Test("A formula that cannot be read is shown as written")
  func asWritten() {
    #expect(
      Reading("a $\\foo_1 < 2$ b\n").html() == "<p>a <code class=\"formula\">$\\foo_1 &lt; 2$</code> b</p>\n")
    #expect(
      Reading("$$\n\\foo\n$$\n").html()
        == "<div class=\"formula\" tabindex=\"0\"><code class=\"formula\">$$\n\\foo\n$$</code></div>\n")
  }

  /// If this fails, the table of contents shows TeX, or a heading's id changes.
  @Test("Headings keep their formulas in the contents")
  func contents() {
    var writer = ProseWriter()
    guard case .prose(let prose)? = Reading("# The *loss* $L_i$ of [a](b)\n").blocks.first else {
      return #expect(Bool(false))
    }
    _ = writer.html(prose)
    #expect(writer.headings[0].id == "the-loss-l_i-of-a")
    #expect(writer.headings[0].html.hasPrefix("The loss <math>"))
    #expect(writer.headings[0].html.hasSuffix("</math> of a"))
  }

  /// If this fails, a notebook with unusual characters loses its text.
  @Test("Code points that serve as placeholders stay text")
  func placeholders() {
    #expect(
      Reading("$a$ \u{40000}\u{50000}\u{60000}\n").outline == "prose 1-1: p($a$ \u{40000}\u{50000}\u{60000})")
  }

  /// If this fails, a long line of dollars takes minutes.
  @Test(
    "Hostile text takes linear time",
    arguments: [
      String(repeating: "$", count: 200_000), String(repeating: "$a ", count: 100_000),
      String(repeating: "$$a\n", count: 50_000), String(repeating: "`$", count: 100_000),
      String(repeating: "\\begin{align}\n", count: 20_000), String(repeating: "$`a ", count: 50_000),
      String(repeating: "$a$", count: 60_000), String(repeating: "~~a", count: 60_000),
      String(repeating: "a@", count: 100_000), String(repeating: "www.", count: 60_000),
      String(repeating: "[^1]", count: 50_000) + "\n\n[^1]: a", String(repeating: "[^1]: a\n", count: 20_000),
    ])
  func hostile(text: String) {
    #expect(Reading(text).document != nil)
  }
}
