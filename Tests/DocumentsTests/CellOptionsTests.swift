import Diagnostics
import Testing

@testable import Documents

/// `//| key: value` lines.
struct CellOptionsTests {
  func options(_ lines: String...) -> Reading {
    Reading("```swift\n" + lines.joined(separator: "\n") + "\nlet a = 1\n```\n")
  }

  @Test("Every option is read, as YAML reads it")
  func all() throws {
    let reading = options(
      "//| label: training", "//|echo: false", "//| eval:   true", "//| output: true # shown",
      "//| error: false",
      "//| cache: true", "//| code-fold: show", "//| code-summary: Show the code",
      "  //| fig-cap: \"Loss: both \\\"sets\\\"\"",
      "//| fig-alt: 'It''s falling'")
    #expect(reading.problems.isEmpty)
    let options = try #require(reading.steps.first?.options)
    #expect(options.label == "training")
    #expect(options.echo == false)
    #expect(options.eval == true)
    #expect(options.output == true)
    #expect(options.error == false)
    #expect(options.cache == true)
    #expect(options.codeFold == .shown)
    #expect(options.codeSummary == "Show the code")
    #expect(options.figCap == "Loss: both \"sets\"")
    #expect(options.figAlt == "It's falling")
    #expect(options.lineCount == 10)
    #expect(
      options.ranges[.figAlt] == SourceRange(SourceLocation(file: "n.md", line: 11, column: 5), length: 24))
    #expect(reading.steps.first?.codeWithoutOptions == "let a = 1\n")
  }

  @Test("An unknown option is an error, with the one that was meant")
  func unknown() {
    #expect(
      options("//| lable: training", "//| width: 3").rendered == """
        n.md:2:5: error: unknown cell option 'lable'
          //| lable: training
              ^~~~~
          note: did you mean 'label'?
          fix-it: replace 'lable' with 'label'
        n.md:3:5: error: unknown cell option 'width'
          //| width: 3
              ^~~~~
          note: the options are label, echo, eval, output, error, cache, code-fold, code-summary, fig-cap, fig-alt, quiet
        """)
  }

  @Test("A value of the wrong type is an error that shows the right one")
  func types() {
    #expect(
      options("//| echo: yes", "//| eval: \"true\"", "//| code-fold: open", "//| cache:").rendered == """
        n.md:2:11: error: cell option 'echo' must be true or false, found 'yes'
          //| echo: yes
                    ^~~
          note: did you mean 'true'?
          fix-it: replace 'yes' with 'true'
        n.md:3:11: error: cell option 'eval' must be true or false, found '"true"'
          //| eval: "true"
                    ^~~~~~
          note: did you mean 'true'?
          fix-it: replace '"true"' with 'true'
        n.md:4:16: error: cell option 'code-fold' must be true, false or show, found 'open'
          //| code-fold: open
                         ^~~~
        n.md:5:1: error: cell option 'cache' must be true or false, found nothing
          //| cache:
          ^~~~~~~~~~
        """)
  }

  @Test(
    "A value that YAML would read as something else is to be quoted",
    arguments: ["Loss: train", "[a, b]", "@fig", "*all*", "`x`", "|", "\"open", "{a: b}", "- a"])
  func quotes(value: String) {
    let reading = options("//| fig-cap: \(value)")
    #expect(reading.problems.map(\.code) == ["option-value"])
    #expect(reading.problems.first?.message.contains("YAML does not read") == true)
    let fixed = reading.problems.first?.fixIts.first?.replacement ?? ""
    let mended = options("//| fig-cap: \(fixed)")
    #expect(mended.problems.isEmpty)
    #expect(mended.steps.first?.options.figCap == value)
  }

  @Test("Options without a key, given twice or too late are reported")
  func misplaced() {
    #expect(
      options(
        "//| training", "//|", "//| echo: true", "//| echo: false", "let b = 2", "//| eval: false",
        "//| see: x"
      )
      .rendered == """
        n.md:2:5: error: expected a cell option '//| key: value', for example '//| label: training'
          //| training
              ^~~~~~~~
        n.md:3:1: error: expected a cell option '//| key: value', for example '//| label: training'
          //|
          ^~~
        n.md:5:5: error: duplicate cell option 'echo'
          //| echo: false
              ^~~~
          note: first used at line 4
        n.md:7:1: warning: this cell option has no effect
          //| eval: false
          ^~~~~~~~~~~~~~~
          note: options must be the first lines of a cell; move it there
        """)
  }

  @Test("Labels are names, and each is used once")
  func labels() {
    #expect(
      Reading(
        """
        ```swift
        //| label: fig-loss
        ```
        ```swift
        //| label: fig-loss
        ```
        ```swift
        //| label: 1st try
        ```
        """
      ).rendered == """
        n.md:5:5: error: duplicate label 'fig-loss'
          //| label: fig-loss
              ^~~~~~~~~~~~~~~
          note: first used at line 2
        n.md:8:12: error: '1st try' is not a valid label; use letters, digits, '-' and '_', starting with a letter
          //| label: 1st try
                     ^~~~~~~
        """)
  }

  @Test("Codes to keep quiet are read with their places, in a cell and in the front matter")
  func quiet() throws {
    let cell = options("//| quiet: [QR001, QR010]  # both")
    #expect(cell.problems.isEmpty)
    let codes = try #require(cell.steps.first?.options.quiet)
    #expect(
      codes.map { "\($0.code) \($0.range.start.column)+\($0.range.length)" } == ["QR001 13+5", "QR010 20+5"])
    #expect(options("//| quiet: QR001").steps.first?.options.quiet.map(\.code) == ["QR001"])

    let front = Reading("---\ntitle: T\nquiet:\n  - QR001\n  - QR002\n---\n").frontMatter.quiet
    #expect(front.map { "\($0.code) \($0.range.start)" } == ["QR001 n.md:4:5", "QR002 n.md:5:5"])
    #expect(
      Reading("---\nquiet: QR003\n---\n").frontMatter.quiet.map(\.range.start.description) == ["n.md:2:8"])
  }

  @Test("What is no list of codes is an error")
  func quietTypes() {
    #expect(
      options("//| quiet:", "//| quiet: x").rendered + "\n" + options("//| quiet: {a: b}").rendered + "\n"
        + Reading("---\nquiet: {a: b}\n---\n").rendered == """
          n.md:2:1: error: cell option 'quiet' must be a code or a list of codes, for example [QR001, QR004], found nothing
            //| quiet:
            ^~~~~~~~~~
          n.md:3:5: error: duplicate cell option 'quiet'
            //| quiet: x
                ^~~~~
            note: first used at line 2
          n.md:2:12: error: cell option 'quiet' must be a code or a list of codes, for example [QR001, QR004], found '{a: b}'
            //| quiet: {a: b}
                       ^~~~~~
          n.md:2:1: error: 'quiet' must be a code or a list of codes, found a mapping
            quiet: {a: b}
            ^~~~~~~~~~~~~
            note: for example, 'quiet: [QR001, QR004]'
          """)
  }
}
