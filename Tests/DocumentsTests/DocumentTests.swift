import Diagnostics
import Testing

@testable import Documents

/// The parts of a notebook.
struct DocumentTests {
  @Test("A notebook is prose and fences in the order of the file")
  func blocks() {
    let reading = Reading(
      """
      ---
      title: Digits
      ---

      # Digits

      Some *words*.

      ```swift
      let a = 1

      print(a)
      ```

      ```python
      print(1)
      ```
      ```swift no-run
      train()
      ```
      After.
      """)
    #expect(reading.problems.isEmpty)
    #expect(
      reading.outline == """
        prose 5-7: h1(Digits) p(Some em(words).)
        step 10: "let a = 1\\n\\nprint(a)\\n"
        listing python: "print(1)\\n"
        listing swift: "train()\\n"
        prose 21-21: p(After.)
        """)
    #expect(reading.steps.map(\.range.start.line) == [9])
    #expect(reading.steps.map(\.info) == ["swift"])
  }

  @Test("Windows' and old Macs' line ends and a byte order mark change nothing")
  func lineEnds() {
    let text = "---\ntitle: A\n---\n\nOne\ntwo `{swift} x`\n\n```swift\nlet a = 1\n```\n"
    let expected = Reading(text)
    for other in [
      text.replacing("\n", with: "\r\n"), text.replacing("\n", with: "\r"), "\u{FEFF}" + text,
    ] {
      let reading = Reading(other)
      #expect(reading.outline == expected.outline)
      #expect(reading.expressions == expected.expressions)
      #expect(reading.frontMatter == expected.frontMatter)
      #expect(reading.problems.isEmpty)
    }
  }

  @Test("An empty notebook is an empty document", arguments: ["", "\n", "\n\n  \n", "---\n---\n"])
  func empty(text: String) {
    let reading = Reading(text)
    #expect(reading.problems.isEmpty)
    #expect(reading.document != nil)
    #expect(reading.outline == "")
  }

  @Test("The parameters cell is found")
  func parameters() {
    let reading = Reading("```swift\nlet a = 1\n```\n\n```swift parameters\nlet epochs = 3\n```\n")
    #expect(reading.problems.isEmpty)
    #expect(reading.document?.parameters?.code == "let epochs = 3\n")
  }

  @Test("A comment's HTML, a rule, quotes and lists are prose")
  func prose() {
    let reading = Reading(
      """
      > quoted
      > - one
      > - two

      1. a

      2. b

      - [x] done
      - [ ] to do

      ***

          indented

      <!-- note -->
      """)
    #expect(
      reading.outline == """
        prose 1-15: quote(p(quoted) ul(p(one), p(two))) ol1 loose(p(a), p(b)) \
        ul([x] p(done), [ ] p(to do)) rule code( "indented\\n") html("<!-- note -->\\n")
        """)
  }
}
