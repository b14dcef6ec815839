import Testing

@testable import Documents

/// Fences that run, and the messages for fences that look as if they should.
struct FenceTests {
  @Test("Code keeps its lines and knows where they stand, however it is fenced")
  func code() {
    let reading = Reading(
      "text\n~~~~ swift\n//| label: a\nlet s = \"\"\"\n  ```\n  \"\"\"\n~~~\n~~~~~\n\n  ```swift\n  let b = 1\n    c\n  ```\n"
    )
    #expect(reading.problems.isEmpty)
    #expect(
      reading.outline == """
        prose 1-1: p(text)
        step 3: "//| label: a\\nlet s = \\"\\"\\"\\n  ```\\n  \\"\\"\\"\\n~~~\\n"
        step 11: "let b = 1\\n  c\\n"
        """)
    #expect(reading.steps.map(\.indentation) == [0, 2])
    #expect(reading.steps.first?.codeWithoutOptions == "let s = \"\"\"\n  ```\n  \"\"\"\n~~~\n")
  }

  @Test("An unclosed fence is reported where it opens, also where it swallows other cells")
  func unclosed() {
    #expect(
      Reading("# A\n\n  ````swift\nlet a = 1\n```\ntext\n").rendered == """
        n.md:3:3: error: the fence opened here is never closed
            ````swift
            ^~~~~~~~~
          note: close it with a line '````'
        """)
    for text in ["```swift", "```swift\n", "```\ncode\n\n\n", "~~~x\n```\n"] {
      #expect(Reading(text).problems.map(\.code) == ["unclosed-fence"], "\(text)")
    }
    for text in ["```swift\n```", "```swift\n\n```", "~~~\na\n~~~  \n\n\n", "```\n ```\n"] {
      #expect(Reading(text).problems.isEmpty, "\(text)")
    }
  }

  @Test("A cell within a list or a quote is not passed over in silence")
  func nested() {
    #expect(
      Reading("- first\n\n  ```swift\n  let a = 1\n  ```\n").rendered == """
        n.md:3:3: error: a Swift cell inside a list or quote does not run; cells must be at the top level
            ```swift
            ^~~~~~~~
          note: remove the indentation or '>', or mark the cell 'swift no-run' to only show it
        """)
    #expect(Reading("> > ```swift\n> > a\n> > ```\n").problems.map(\.code) == ["nested-cell"])
    #expect(Reading("> ```swift no-run\n> a\n> ```\n").problems.isEmpty)
    #expect(Reading("1. ```python\n   a\n   ```\n").problems.isEmpty)
    #expect(Reading("1. ```python\n   a\n\ntext\n").problems.map(\.code) == ["unclosed-fence"])
  }

  @Test("Words after 'swift' are known or reported with what was meant")
  func words() {
    #expect(
      Reading("```swift norun\n```\n```swift no-run\n```\n```swift   fast\n```\n").rendered == """
        n.md:1:10: error: unknown word 'norun' after 'swift'; expected 'no-run' or 'parameters'
          ```swift norun
                   ^~~~~
          note: did you mean 'no-run'?
          fix-it: replace 'norun' with 'no-run'
        n.md:5:12: error: unknown word 'fast' after 'swift'; expected 'no-run' or 'parameters'
          ```swift   fast
                     ^~~~
        """)
  }

  @Test(
    "Quarto's and R Markdown's braces are an error that says what to write",
    arguments: [
      "{swift}", "{.swift}", "{swift, echo=false}", "{ swift }", "swift,no-run", ".swift", "{=swift}",
    ])
  func braces(info: String) {
    let reading = Reading("```\(info)\nlet a = 1\n```\n")
    #expect(
      reading.rendered == """
        n.md:1:4: error: '\(info)' does not start a Swift cell
          ```\(info)
             ^\(String(repeating: "~", count: info.count - 1))
          note: write 'swift' after the fence, without braces or commas
          fix-it: replace '\(info)' with 'swift'
        """)
    #expect(reading.steps.isEmpty)
  }

  @Test("Other languages are shown only, 'Swift' with a warning")
  func languages() {
    #expect(Reading("```swiftui\n```\n```swift-format\n```\n```c++\n```\n```\n```\n").problems.isEmpty)
    let reading = Reading("```Swift\nlet a = 1\n```\n")
    #expect(
      reading.rendered == """
        n.md:1:4: warning: this cell does not run: its language is 'Swift'
          ```Swift
             ^~~~~
          note: did you mean 'swift'?
          fix-it: replace 'Swift' with 'swift'
        """)
  }

  @Test("There is one parameters cell, and it is run")
  func parameters() {
    let reading = Reading(
      "```swift parameters\n```\n\n```swift parameters\n```\n\n```swift no-run parameters\n```\n")
    #expect(
      reading.rendered
        == """
        n.md:4:1: error: a notebook can have only one parameters cell
          ```swift parameters
          ^~~~~~~~~~~~~~~~~~~
          note: the first is at line 1; merge the two
        n.md:7:4: error: a cell cannot be both 'parameters' and 'no-run'
          ```swift no-run parameters
             ^~~~~~~~~~~~~~~~~~~~~~~
        """)
  }
}
