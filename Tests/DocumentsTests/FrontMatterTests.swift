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
    #expect(reading.problems.map(\.code) == ["unknown-key", "unknown-key"])
    #expect(reading.problems.allSatisfy { $0.severity == .warning })
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

  /// If this fails, a page lacks its subtitle or abstract, or code is shown that the author hid.
  @Test("Subtitle, abstract, language and the options of all cells")
  func page() {
    let reading = Reading(
      "---\nsubtitle: S\nabstract: |\n  A *b*\nlang: de\ndate: today\nexecute:\n  echo: false\n  cache: false\n...\n"
        + "```swift\nlet a = 1\n```\n```swift\n//| echo: true\nlet b = 1\n```\n")
    #expect(reading.problems.isEmpty)
    let matter = reading.frontMatter
    #expect(
      [matter.subtitle, matter.abstract, matter.lang] == ["S", "A *b*\n", "de"] || matter.abstract == "A *b*")
    #expect(matter.date(on: "2025-10-02") == "2025-10-02")
    #expect(reading.steps.map(\.options.echo) == [false, true])
    #expect(reading.steps.map(\.options.cache) == [false, false])
    #expect(Reading("---\necho: false\n---\n```swift\n1\n```\n").steps.map(\.options.echo) == [false])
    #expect(Reading("---\ndate: 2025-10-02\n---\n").frontMatter.date(on: "today") == "2025-10-02")
  }

  /// If this fails, `Execute:` is ignored without a word of how it is written.
  @Test(
    "A key in the wrong case is a near miss",
    arguments: ["Execute: {echo: false}", "Title: T", "ECHO: false"])
  func wrongCase(line: String) {
    let key = line.prefix { $0 != ":" }
    #expect(Reading("---\n\(line)\n---\n").rendered.contains("replace '\(key)' with '\(key.lowercased())'"))
  }

  /// If this fails, a misspelt key is ignored in silence.
  @Test("An unknown key is a warning, with the one that was meant")
  func unknownKeys() {
    #expect(
      Reading("---\ntitel: T\nexecute: {ecko: false}\nbibliography: a.bib\n---\n").rendered == """
        n.md:2:1: warning: unknown key 'titel' in the front matter
          titel: T
          ^~~~~
          note: did you mean 'title'?
          fix-it: replace 'titel' with 'title'
        n.md:3:11: warning: unknown key 'ecko' in the front matter
          execute: {ecko: false}
                    ^~~~
          note: did you mean 'echo'?
          fix-it: replace 'ecko' with 'echo'
        n.md:4:1: warning: unknown key 'bibliography' in the front matter
          bibliography: a.bib
          ^~~~~~~~~~~~
          note: the keys are title, subtitle, author, date, description, abstract, lang, seed, quiet, execute, echo, source, tags, theme
        """)
    #expect(
      Reading("---\nexecute: false\n---\n").rendered.contains("error: 'execute' must be a list of options"))
    #expect(
      Reading("---\nexecute: {echo: no}\n---\n").rendered.contains(
        "error: 'echo' must be true or false, found 'no'"))
    #expect(Reading("---\necho: \"false\"\n---\n").rendered.contains("error: 'echo' must be true or false"))
  }

  /// If this fails, front matter that YAML ends with dots swallows the notebook.
  @Test("Three dots end front matter too")
  func dots() {
    #expect(Reading("---\ntitle: T\n...\ntext\n").outline == "prose 4-4: p(text)")
    #expect(Reading("---\ntitle: T\n... a\n---\ntext\n").rendered.contains("error"))
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
