import Diagnostics
import Testing

@testable import Documents

/// The YAML at a notebook's start.
struct FrontMatterTests {
  @Test("Every key is read; others are kept")
  func keys() {
    let reading = Reading(
      """
      ---
      title: "CIFAR-10: a network"
      author: Ada Lovelace
      date: 2025-10-02
      description: >
        Two
        lines
      seed: 18446744073709551615
      format: {html: default}
      draft: true
      ---
      Text
      """)
    #expect(reading.problems.isEmpty)
    let matter = reading.frontMatter
    #expect(matter.title == "CIFAR-10: a network")
    #expect(matter.authors == ["Ada Lovelace"])
    #expect(matter.date == "2025-10-02")
    #expect(matter.description == "Two lines\n" || matter.description == "Two lines")
    #expect(matter.seed == .max)
    #expect(matter.other == ["format": "html: default", "draft": "true"])
    #expect(matter.lineCount == 11)
    #expect(reading.outline == "prose 12-12: p(Text)")
  }

  @Test("Authors are one, several or mappings with a name")
  func authors() {
    #expect(Reading("---\nauthor: [Ada, Grace]\n---\n").frontMatter.authors == ["Ada", "Grace"])
    #expect(
      Reading("---\nauthor:\n  - name: Ada\n    email: a@b\n  - Grace\n---\n").frontMatter.authors == [
        "Ada", "Grace",
      ])
    #expect(Reading("---\nauthor:\n---\n").frontMatter.authors == [])
    #expect(
      Reading("---\nauthor: [[Ada]]\n---\n").rendered == """
        n.md:2:1: error: 'author' must be a name or a list of names, found a list
          author: [[Ada]]
          ^~~~~~~~~~~~~~~
        """)
  }

  @Test("A rule may open a notebook")
  func rule() {
    #expect(Reading("---\n\ntext\n").outline == "prose 1-3: rule p(text)")
    #expect(Reading("text\n\n---\na: b\n---\n").frontMatter == FrontMatter())
  }

  @Test("Front matter that is never closed is reported where it opens")
  func unclosed() {
    #expect(
      Reading("---\ntitle: A\n\n# Text\n").rendered == """
        n.md:1:1: error: the front matter opened here is never closed
          ---
          ^~~
          note: close it with a line '---'
        """)
  }

  @Test("What is not YAML is reported at its place in the file")
  func invalid() {
    #expect(
      Reading("---\ntitle: A\nauthor: [Ada\nseed: 1\n---\n").rendered == """
        n.md:4:5: error: the front matter is not valid YAML: did not find expected ',' or ']' while parsing a flow sequence
          seed: 1
              ^
        """)
    #expect(
      Reading("---\ntitle: A: B\n---\n").rendered == """
        n.md:2:9: error: the front matter is not valid YAML: mapping values are not allowed in this context
          title: A: B
                  ^
        """)
    #expect(
      Reading("---\ntitle: A\ntitle: B\n---\n").rendered == """
        n.md:2:1: error: the front matter is not valid YAML: duplicate key 'title'
          title: A
          ^
        """)
    #expect(
      Reading("---\n- a\n- b\n---\n").rendered == """
        n.md:2:1: error: the front matter is not a list of keys and values
          - a
          ^~~
          note: write lines such as 'title: My network'
        """)
  }

  @Test(
    "The seed is a whole number that fits",
    arguments: ["-1", "1.5", "18446744073709551616", "'7'", "seven", "[1]", "+3", "1e3"])
  func seed(value: String) {
    let reading = Reading("---\ntitle: A\nseed: \(value)\n---\n")
    #expect(reading.frontMatter.seed == nil)
    #expect(reading.problems.map(\.code) == ["seed"])
    #expect(reading.problems.first?.range?.start.line == 3)
    #expect(
      reading.problems.first?.message.hasPrefix(
        "'seed' must be a whole number from 0 to 18446744073709551615, found ") == true)
  }

  @Test("Text where text belongs")
  func types() {
    #expect(
      Reading("---\ntitle: [A]\ndate: {a: 1}\n---\n").rendered == """
        n.md:2:1: error: 'title' must be text, found a list
          title: [A]
          ^~~~~~~~~~
        n.md:3:1: error: 'date' must be text, found a mapping
          date: {a: 1}
          ^~~~~~~~~~~~
        """)
  }
}
