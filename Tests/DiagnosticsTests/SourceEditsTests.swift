import Diagnostics
import Testing

/// Replacements in a file's bytes.
struct SourceEditsTests {
  private func fix(_ line: Int, _ column: Int, _ length: Int, _ text: String) -> FixIt {
    FixIt("", SourceRange(SourceLocation(file: "a.md", line: line, column: column), length: length), text)
  }

  private func edited(_ text: String, _ fixes: FixIt...) -> String {
    String(decoding: SourceEdits.apply(fixes, to: Array(text.utf8)).bytes, as: UTF8.self)
  }

  @Test("Columns count characters, whatever the line ends and the byte order mark")
  func places() {
    #expect(
      edited("\u{FEFF}é👩‍👩‍👧ab\r\ncd\ref\n", fix(1, 3, 1, "XY"), fix(2, 2, 1, ""), fix(3, 1, 2, "g"))
        == "\u{FEFF}é👩‍👩‍👧XYb\r\nc\rg\n")
  }

  @Test("Two in one line are both made; of two that overlap the first is")
  func several() {
    #expect(edited("abcdef", fix(1, 5, 1, "5"), fix(1, 1, 2, "-")) == "-cd5f")
    #expect(edited("abcdef", fix(1, 2, 3, "x"), fix(1, 1, 2, "-")) == "-cdef")
    #expect(edited("abcdef", fix(1, 2, 1, "x"), fix(1, 2, 1, "x")) == "axcdef")
    let (_, applied) = SourceEdits.apply([fix(1, 2, 3, "x"), fix(1, 1, 2, "-")], to: Array("abcdef".utf8))
    #expect(applied == [fix(1, 1, 2, "-")])
  }

  @Test("What does not lie within a line is left out")
  func outside() {
    #expect(
      edited(
        "ab\ncd", fix(1, 2, 2, "x"), fix(3, 1, 1, "x"), fix(0, 1, 1, "x"), fix(1, 0, 1, "x"),
        fix(2, 9, 1, "x"))
        == "ab\ncd")
    #expect(edited("", fix(1, 1, 1, "x")) == "")
  }
}
