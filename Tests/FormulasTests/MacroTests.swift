import Formulas
import Testing

/// Authors paste formulas with their own macros; a reader must see what LaTeX would print.
@Suite struct MacroTests {
  @Test(arguments: [
    (#"\newcommand{\R}{\mathbb{R}} x \in \R^n"#, #" x \in {\mathbb{R}}^n"#),
    (#"\newcommand\R{\mathbb R}\R"#, #"{\mathbb R}"#),
    (#"\renewcommand*{\phi}{\varphi}\phi_1"#, #"{\varphi}_1"#),
    (#"\newcommand{\norm}[1]{\lVert #1 \rVert}\norm{x + y}"#, #"{\lVert x + y \rVert}"#),
    (#"\newcommand{\d}[2][x]{\frac{d#2}{d#1}}\d f + \d[t]{g}"#, #"{\frac{df}{dx}} + {\frac{dg}{dt}}"#),
    (#"\def\inner#1#2{\langle #1, #2 \rangle}\inner ab"#, #"{\langle a, b \rangle}"#),
    (#"\DeclareMathOperator*{\argmin}{arg\,min}\argmin_x f"#, #"{\operatorname*{arg\,min}}_x f"#),
    (#"\DeclareMathOperator{\KL}{KL}\KL(p)"#, #"{\operatorname{KL}}(p)"#),
    (#"\newcommand{\a}{\b}\newcommand{\b}{c}\a"#, #"{{c}}"#),
    (#"\newcommand{\lp}{\left(}\newcommand{\rp}{\right)}\lp x \rp"#, #"\left( x \right)"#),
    (#"\Rightarrow \newcommand{\R}{r}\Rightarrow"#, #"\Rightarrow \Rightarrow"#),
    (#"\providecommand{\x}{1}\providecommand{\x}{2}\x"#, "{1}"),
    // What is not understood stays, and is reported.
    (#"\newcommand{\x}[one]{1}"#, #"\newcommand{\x}[one]{1}"#), (#"\newcommand{\x}"#, #"\newcommand{\x}"#),
    (#"\newcommand{\f}[1]{#1}\f"#, #"\f"#), (#"a \\ b"#, #"a \\ b"#), (#"\"#, #"\"#),
  ])
  func `macros are replaced`(_ tex: String, _ expected: String) {
    var macros = Macros()
    #expect(macros.expanded(tex) == expected)
  }

  @Test func `a definition counts for the formulas after it`() throws {
    var macros = Macros()
    #expect(macros.expanded(#"\newcommand{\E}{\mathbb{E}}"#) == "")
    #expect(macros.expanded(#"\E[x]"#) == #"{\mathbb{E}}[x]"#)
    #expect(try Formula(macros.expanded(#"\E[x]"#)).mathML == Formula(#"{\mathbb{E}}[x]"#).mathML)
  }

  /// A formula must not take all memory or time.
  @Test(arguments: [
    #"\newcommand{\x}{\x}\x"#, #"\newcommand{\x}{\x\x}\x"#, #"\newcommand{\x}[1]{#1#1\x{#1#1}}\x{aaaaaaaa}"#,
  ])
  func `a macro without end ends`(_ tex: String) {
    var macros = Macros()
    #expect(macros.expanded(tex).count <= 10 * Formula.maximumLength)
  }
}
