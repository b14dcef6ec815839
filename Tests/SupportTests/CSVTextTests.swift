import Support
import Testing

@Suite struct CSVTextTests {
  /// A field that breaks a line or a column makes the whole table unreadable.
  @Test(arguments: [
    (["a", "b"], "a,b"), (["1, 2", "x"], "\"1, 2\",x"), (["say \"hi\""], "\"say \"\"hi\"\"\""),
    (["two\nlines"], "\"two\nlines\""), (["a\r"], "\"a\r\""), (["a\r\nb"], "\"a\r\nb\""), ([""], "\"\""),
    (["", ""], ","),
    ([" a "], " a "), (["é, ü"], "\"é, ü\""),
  ])
  func fieldsAreQuotedAsRFC4180Says(fields: [String], line: String) {
    #expect(CSVText.line(fields) == line)
  }
}
