import Diagnostics
import Foundation
import Testing

@testable import Documents

/// Whatever the bytes, reading ends with a document or located problems and never crashes.
struct BadInputTests {
  func rendered(_ bytes: [UInt8]) -> String {
    DocumentReader.read(bytes: bytes, name: "n.md").1.map { $0.rendered() }.joined(separator: "\n")
  }

  @Test("What is not UTF-8 is reported at its byte")
  func notUTF8() {
    #expect(
      rendered(Array("# Titel\n\nGr".utf8) + [0xF6, 0xDF] + Array("e\n".utf8)) == """
        n.md:3:3: error: the notebook is not UTF-8: byte 0xF6 at offset 11
          note: save the file as UTF-8
        """)
    #expect(
      rendered(Array("ab".utf8) + [0xE2, 0x82]).hasPrefix(
        "n.md:1:3: error: the notebook is not UTF-8: byte 0xE2 at offset 2"))
    #expect(rendered([0xED, 0xA0, 0x80]).contains("byte 0xED at offset 0"))
    #expect(
      rendered([0xFF, 0xFE, 0x23, 0x00]).contains("note: the file looks like UTF-16; save it as UTF-8"))
    #expect(DocumentReader.read(bytes: [0xC0], name: "n.md").0 == nil)
  }

  @Test("NUL bytes are refused")
  func nul() {
    #expect(
      rendered([0x61, 0x0D, 0x0A, 0x62, 0x00, 0x63]) == """
        n.md:2:2: error: the notebook contains a NUL byte at offset 4
          note: is this a text file?
        """)
  }

  @Test("A notebook of more than 16 MB is refused")
  func tooLarge() {
    #expect(
      rendered(Array(repeating: 0x61, count: DocumentReader.maximumSize + 1))
        == "error: the notebook 'n.md' is larger than 16.8 MB")
  }

  @Test("A file that cannot be read is a problem like any other")
  func files() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("quickstart.md").path
    try Data("# Hi\n".utf8).write(to: URL(fileURLWithPath: path))
    let (document, problems) = DocumentReader.read(path: path)
    #expect(document?.source.name == path)
    #expect(problems.isEmpty)
    for wrong in ["quikstart.md", "quickstart", "Quickstart.md"] {
      let missing = folder.appendingPathComponent(wrong).path
      #expect(
        DocumentReader.read(path: missing).1.map { $0.rendered() } == [
          "error: notebook '\(missing)' not found\n  note: did you mean '\(path)'?"
        ])
    }
    #expect(DocumentReader.read(path: folder.path).1.map(\.code) == ["is-directory"])
    #expect(DocumentReader.read(path: "/dev/zero").1.map(\.code) == ["unreadable-file"])
    #expect(DocumentReader.read(path: "").1.map(\.code) == ["no-such-file"])
  }

  @Test("Deep nesting is an error, not an overflow")
  func deep() {
    for text in [
      String(repeating: ">", count: 10_000) + " deep",
      String(repeating: "- ", count: 10_000) + "deep",
      "> " + String(repeating: "- ", count: 10_000) + "deep",
      String(repeating: "*a **a ", count: 5_000) + "deep" + String(repeating: " a** a*", count: 5_000),
      String(repeating: "![", count: 10_000) + "deep" + String(repeating: "](u)", count: 10_000),
    ] {
      let reading = Reading(text)
      #expect(reading.problems.map(\.code) == ["too-deep"], "\(text.prefix(10))")
      #expect(reading.html().contains("deep"), "\(text.prefix(10))")
    }
    #expect(
      Reading(String(repeating: "[", count: 10_000) + "x" + String(repeating: "](u)", count: 10_000)).problems
        .isEmpty)
    #expect(
      Reading("text\n\n" + String(repeating: "> ", count: 70) + "deep").problems.map { "\($0.rendered())" }
        == [
          "n.md:3:127: error: this is nested more than 64 levels deep"
        ])
    #expect(Reading(String(repeating: "> ", count: 60) + "fine").problems.isEmpty)
  }

  @Test("Front matter that would grow or nest without end is refused")
  func yaml() {
    let bomb = (1...30).map {
      "a\($0): &a\($0) [\(Array(repeating: "*a\($0 - 1)", count: 9).joined(separator: ", "))]"
    }
    #expect(
      Reading("---\na0: &a0 x\n\(bomb.joined(separator: "\n"))\n---\n").problems.map(\.code) == [
        "invalid-yaml"
      ])
    for opener in ["[", "{a: ", "- ", "? "] {
      let text = "---\na: " + String(repeating: opener, count: 20_000) + "\n---\n"
      #expect(Reading(text).problems.map(\.code) == ["invalid-yaml"], "\(opener)")
    }
    let option = "```swift\n//| fig-cap: " + String(repeating: "[", count: 20_000) + "\n```\n"
    #expect(Reading(option).problems.map(\.code) == ["option-value"])
  }

  static let sample = """
    ---
    title: "A: b"
    author: [Ada, {name: G}]
    seed: 42
    ---

    # Größe `{swift} a.b + 1` @fig-x

    > - *one* **two** [three](http://x "y") `{swift} c` ![i](j.png)
    >   | a | `{swift} d \\| e` |
    >   |:-:|---|
    >   | f | @fig-x |

    ```swift parameters
    //| label: fig-x
    //| fig-cap: "It's: \\"so\\""
    let epochs = 3 // 👩‍👩‍👧
    ```

    ~~~swift no-run
    //| echo: true
    ~~~

    1. [x] a\\@b <b>c</b> <https://d.example> &amp; \\`e
       ```
       f
       ```

    [r]: <s> (t)
    """

  @Test("Mutations of a notebook never crash, and every place named exists")
  func mutations() {
    var state: UInt64 = 2025
    func random(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(max(1, count)))
    }
    let original = Array(Self.sample.utf8)
    let tokens = [
      "`", "```", "```swift\n", "---\n", "|", "> ", "    ", "\t", "\n", "\r", "{swift}", "@fig-x", "//| ",
      ": ", "[", "](",
      "*", "_", "<", "\\", "\u{2003}", "é", "\u{301}", "~~~", "&#0;", "\0", "\u{FEFF}", "- ", "#", "*a &b",
      "\"",
    ].map { Array($0.utf8) }
    for _ in 0..<600 {
      var bytes = original
      for _ in 0...random(6) {
        let start = random(bytes.count)
        switch random(4) {
        case 0: bytes.removeSubrange(start..<min(bytes.count, start + random(20)))
        case 1: bytes.insert(contentsOf: tokens[random(tokens.count)], at: start)
        case 2: if start < bytes.count { bytes[start] = UInt8(random(random(4) == 0 ? 256 : 128)) }
        default:
          let from = random(bytes.count)
          bytes.insert(contentsOf: bytes[from..<min(bytes.count, from + random(60))], at: start)
        }
      }
      let (document, problems) = DocumentReader.read(bytes: bytes, name: "n.md")
      #expect(document != nil || !problems.isEmpty)
      guard let document else { continue }
      var writer = ProseWriter()
      for case .prose(let prose) in document.blocks { _ = writer.html(prose) + prose.plainText() }
      for range in problems.compactMap(\.range) + document.inlineExpressions.map(\.range) {
        let line = document.source.line(range.start.line)
        #expect(line != nil, "\(range) in \(String(decoding: bytes, as: UTF8.self).debugDescription)")
        #expect(range.start.column >= 1 && range.start.column <= (line?.count ?? 0) + 1)
      }
      for expression in document.inlineExpressions where !expression.code.contains("|") {
        let line = document.source.line(expression.location.line) ?? ""
        let found = String(line.dropFirst(expression.location.column - 1).prefix(expression.length))
        #expect(
          expression.code.hasPrefix(found.trimmingCharacters(in: .whitespaces)),
          "\(expression) in \(String(decoding: bytes, as: UTF8.self).debugDescription)")
      }
    }
  }
}
