import Testing

@testable import Formulas

/// TeX formulas as MathML: a reader of a report must see what LaTeX would print.
struct FormulaTests {
  private func mathML(_ tex: String, display: Bool = false) throws -> String {
    let text = try Formula(tex, isDisplay: display).mathML
    let end = try #require(text.range(of: "<annotation")).lowerBound
    let start = try #require(text.range(of: "<semantics>")).upperBound
    return String(text[start..<end])
  }

  /// If this fails, a common construction of ML notebooks renders as something else.
  @Test(
    "Constructions render as MathML's elements",
    arguments: [
      ("x", "<mi>x</mi>"), ("12.5", "<mn>12.5</mn>"), ("x_i", "<msub><mi>x</mi><mi>i</mi></msub>"),
      ("x^{10}", "<msup><mi>x</mi><mn>10</mn></msup>"),
      ("x^10", "<mrow><msup><mi>x</mi><mn>1</mn></msup><mn>0</mn></mrow>"),
      ("x_i^2", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>"),
      ("\\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"), ("\\sqrt{x}", "<msqrt><mi>x</mi></msqrt>"),
      ("\\sqrt[3]{x}", "<mroot><mi>x</mi><mn>3</mn></mroot>"), ("\\alpha", "<mi>α</mi>"),
      ("\\Gamma", "<mi mathvariant=\"normal\">Γ</mi>"), ("\\mathbb{R}", "<mi>ℝ</mi>"),
      ("\\mathcal{L}", "<mi>ℒ</mi>"), ("\\mathbf{w}", "<mi>𝐰</mi>"), ("\\mathrm{KL}", "<mi>KL</mi>"),
      ("\\mathrm d", "<mi mathvariant=\"normal\">d</mi>"), ("\\mathit{ab}", "<mi>𝑎𝑏</mi>"),
      ("\\boldsymbol\\mu", "<mi>𝝁</mi>"), ("\\text{if } x", "<mrow><mtext>if\u{A0}</mtext><mi>x</mi></mrow>"),
      ("\\hat y", "<mover accent=\"true\"><mi>y</mi><mo stretchy=\"false\">^</mo></mover>"),
      ("f'", "<msup><mi>f</mi><mo lspace=\"0em\" rspace=\"0em\">′</mo></msup>"),
      ("a \\leq b", "<mrow><mi>a</mi><mo>≤</mo><mi>b</mi></mrow>"), ("\\not=", "<mo>≠</mo>"),
      (
        "\\overline{AB}",
        "<mrow style=\"border-top:.06em solid;padding-top:.1em\"><mrow><mi>A</mi><mi>B</mi></mrow></mrow>"
      ),
      ("<", "<mo>&lt;</mo>"), ("\\ldots", "<mi mathvariant=\"normal\">…</mi>"),
      ("a\\,b", "<mrow><mi>a</mi><mspace width=\"0.167em\"></mspace><mi>b</mi></mrow>"),
      ("\\operatorname{softmax}", "<mi>softmax</mi>"),
      ("\\color{red}x", "<mstyle mathcolor=\"red\"><mi>x</mi></mstyle>"),
      ("1{,}000", "<mrow><mn>1</mn><mo lspace=\"0em\" rspace=\"0em\">,</mo><mn>000</mn></mrow>"),
    ])
  func constructions(tex: String, expected: String) throws {
    #expect(try mathML(tex) == expected)
  }

  /// If this fails, a sum's limits stand beside it in a displayed formula, or above it in a line of text.
  @Test("Limits stand above and below in displayed formulas only")
  func limits() throws {
    #expect(
      try mathML("\\sum_i^n x", display: true).contains("<munderover><mo movablelimits=\"false\">∑</mo>"))
    #expect(try mathML("\\sum_i^n x").contains("<msubsup><mo>∑</mo>"))
    #expect(try mathML("\\lim_{x\\to0} f", display: true).contains("<munder><mi>lim</mi>"))
    #expect(try mathML("\\lim_x f").contains("<msub><mi>lim</mi>"))
    #expect(try mathML("\\operatorname*{argmax}_x f", display: true).contains("<munder><mi>argmax</mi>"))
    #expect(try mathML("\\int_0^1", display: true).contains("<msubsup><mo>∫</mo>"))
    #expect(try mathML("\\int\\limits_0^1").contains("<munderover>"))
    #expect(try mathML("\\frac{\\sum_i x}{2}", display: true).contains("<msub><mo>∑</mo>"))
    #expect(try mathML("\\underbrace{a+b}_{n}").contains("<munder><munder accentunder=\"true\">"))
  }

  /// If this fails, a negative number has a gap after its sign.
  @Test("A sign has no space, an operator between two terms has")
  func signs() throws {
    let sign = "<mo form=\"prefix\" lspace=\"0em\" rspace=\"0em\">−</mo>"
    for tex in ["-x", "(-x)", "a = -x", "a, -x", "2^{-1}", "\\frac{-1}{2}"] {
      #expect(try mathML(tex).contains(sign), "\(tex)")
    }
    #expect(try mathML("a - x").contains("<mo>−</mo>"))
    #expect(try mathML("y^*").contains("<mo form=\"prefix\" lspace=\"0em\" rspace=\"0em\">∗</mo>"))
  }

  /// If this fails, matrices, cases or aligned equations lose rows, columns or their alignment.
  @Test("Environments are tables")
  func environments() throws {
    #expect(
      try mathML("\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}")
        == "<mrow><mo stretchy=\"true\">(</mo><mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr><mtr><mtd>"
        + "<mi>c</mi></mtd><mtd><mi>d</mi></mtd></mtr></mtable><mo stretchy=\"true\">)</mo></mrow>")
    let cases = try mathML("f = \\begin{cases} 1 & x > 0 \\\\[2pt] 0 & \\text{otherwise} \\\\ \\end{cases}")
    #expect(cases.contains("<mo stretchy=\"true\">{</mo><mtable columnalign=\"left left\">"))
    #expect(cases.ranges(of: "<mtr>").count == 2)
    let aligned = try mathML("\\begin{align*} a &= b \\\\ &= c \\end{align*}")
    #expect(aligned.contains("columnalign=\"right left\" displaystyle=\"true\""))
    #expect(
      aligned.contains(
        "<mtd style=\"text-align:left;padding-left:0\"><mrow><mo>=</mo><mi>b</mi></mrow></mtd>"))
    let array = try mathML("\\begin{array}{c|lr} a & b & c \\\\ \\hline d & e & f \\end{array}")
    #expect(
      array.contains("border-left") && array.contains("border-top") && array.contains("text-align:right"))
    #expect(try mathML("a \\\\ b", display: true).ranges(of: "<mtr>").count == 2)
  }

  /// If this fails, a copied formula is not the author's TeX.
  @Test("The TeX is kept verbatim, escaped for HTML")
  func annotation() throws {
    #expect(
      try Formula("a<b \\% \"c\"").mathML.contains(
        "<annotation encoding=\"application/x-tex\">a&lt;b \\% &quot;c&quot;</annotation>"))
    #expect(try Formula("x", isDisplay: true).mathML.hasPrefix("<math display=\"block\"><semantics>"))
  }

  /// If this fails, a formula that Quire does not understand is shown wrongly instead of as written.
  @Test(
    "A problem is named with its place",
    arguments: [
      ("\\foo x", "unknown command '\\foo'", 0), ("a + \\bar", "missing argument of '\\bar'", 4),
      ("x^2^3", "a second '^' needs braces around the first part", 3), ("{a", "'{' is never closed", 0),
      ("a}", "unexpected '}'", 1), ("\\left( x", "'\\left' is never closed", 0),
      ("a & b", "unexpected '&'", 2),
      ("\\begin{foo}\\end{foo}", "unknown environment 'foo'", 0),
      ("\\begin{matrix}\\end{pmatrix}", "'\\begin{matrix}' is closed by '\\end{pmatrix}'", 14),
      ("\\begin{matrix} a", "'\\begin{matrix}' is never closed", 0), (" ", "the formula is empty", 0),
      ("\\color{url(x)} y", "unknown color 'url(x)'", 6), ("\\text{a", "'{' is never closed", 5),
      ("\\left a", "missing delimiter after '\\left'", 0), ("#", "unexpected '#'", 0),
      ("\\", "unexpected '\\'", 0),
    ])
  func problems(tex: String, message: String, offset: Int) throws {
    let problem = #expect(throws: FormulaProblem.self) { try Formula(tex) }
    #expect(problem?.message == message)
    #expect(problem?.offset == offset)
  }

  /// If this fails, a hostile formula crashes Quire or takes minutes.
  @Test(
    "Deep and long formulas end with an error",
    arguments: [
      String(repeating: "{", count: 10_000), String(repeating: "\\frac", count: 3_000),
      String(repeating: "\\sqrt{", count: 3_000), String(repeating: "\\left(", count: 3_000),
      String(repeating: "\\begin{matrix}", count: 1_000), String(repeating: "x^{", count: 5_000),
      String(repeating: "\\text{", count: 3_000), String(repeating: "\\text{$", count: 2_500),
      String(repeating: "\\not", count: 5_000), String(repeating: "a \\over ", count: 2_000),
      String(repeating: "\\displaystyle", count: 1_500), String(repeating: "x", count: 20_001),
    ])
  func hostile(tex: String) {
    #expect(throws: FormulaProblem.self) { try Formula(tex) }
  }

  /// If this fails, a formula could put live HTML into a report.
  @Test("Markup in a formula is text")
  func markup() throws {
    for tex in [
      "\\text{<script>alert(1)</script>}", "<img src=x>", "\\operatorname{<b>}", "\\tag{<i>} x",
      "\\begin{array}{c} <u> \\end{array}", "\"<\"",
    ] {
      let text = try Formula(tex).mathML
      for name in ["<script", "<img", "<b>", "<i>", "<u>"] { #expect(!text.contains(name), "\(tex)") }
    }
  }

  /// If this fails, a listed command does nothing.
  @Test("Every command of the tables is understood")
  func tables() throws {
    for name in Array(Symbols.all.keys) + Symbols.letters.keys + Symbols.functions
      + Symbols.limitFunctions.keys
    {
      _ = try Formula("a \\\(name) b")
    }
    for name in Array(Parser.accents.keys) + Parser.alphabets.keys + Parser.braces.keys
      + Parser.textStyles.keys
      + Parser.classes.keys + Parser.labelledArrows.keys
    {
      _ = try Formula("\\\(name){x}")
    }
    for name in Parser.spaces.keys { _ = try Formula("a\\\(name) b") }
    for name in Parser.sizes.keys { _ = try Formula("\\\(name)( a") }
  }
}
