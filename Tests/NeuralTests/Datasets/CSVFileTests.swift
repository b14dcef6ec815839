import TestSupport
import Testing

@testable import Neural

/// CSV files are read as RFC 4180 says, and every damaged line is found.
@Suite struct CSVFileTests {
  private func read(_ text: String, separator: Character = ",") -> CSVFile {
    CSVFile(Array(text.utf8), separator: separator.asciiValue ?? 44)
  }

  @Test(arguments: [
    ("a,b\n1,2\n3,4\n", [["1", "2"], ["3", "4"]]),
    ("a,b\r\n1,2\r\n3,4", [["1", "2"], ["3", "4"]]),
    ("a,b\r1,2\r", [["1", "2"]]),
    ("\u{FEFF}a,b\n1,2\n", [["1", "2"]]),
    ("a,b\n\"1, one\",\"say \"\"hi\"\"\"\n", [["1, one", "say \"hi\""]]),
    ("a,b\n\"two\r\nlines\",2\n", [["two\r\nlines", "2"]]),
    ("a,b\n,\n", [["", ""]]),
    ("a,b\n\n1,2\n\n\n", [["1", "2"]]),
    ("a,b\n\"\",Zoë 水\n", [["", "Zoë 水"]]),
  ])
  func `fields are read exactly`(text: String, rows: [[String]]) {
    let file = read(text)
    #expect(file.header == ["a", "b"])
    #expect(file.rows.map(\.fields) == rows)
    #expect(file.faults.isEmpty)
  }

  @Test func `lines are counted with the line breaks in fields`() {
    let file = read("a,b\n\"one\ntwo\",1\r\nx,2\n\ny,3\n")
    #expect(file.rows.map(\.line) == [2, 4, 6])
  }

  @Test func `other separators`() {
    #expect(read("a;b\n1,5;2\n", separator: ";").rows.map(\.fields) == [["1,5", "2"]])
    #expect(read("a\tb\n1\t2\n", separator: "\t").rows.map(\.fields) == [["1", "2"]])
  }

  @Test(arguments: [
    (
      "a,b\n1\n1,2\n1,2,3\n",
      ["2: found 1 field, but the header has 2 columns", "4: found 3 fields, but the header has 2 columns"]
    ),
    ("a,b\n1,\"2\n", ["2: the closing quote of a field is missing"]),
    ("a,b\n1,2\"3\n", ["2: a quote within a field; quote the whole field and write \"\" for the quote"]),
    ("a,b\n\"1\"x,2\n", ["2: text after a closing quote; write \"\" for a quote within a field"]),
    ("a,a\n1,2\n", ["1: there are two columns 'a'; rename one"]),
    (
      ",a\n0,1\n",
      ["1: column 1 has no name; name it, or write the file without an index (pandas: index=False)"]
    ),
  ])
  func `damaged lines are found, all of them`(text: String, faults: [String]) {
    #expect(read(text).faults.map { "\($0.line): \($0.fault)" } == faults)
  }

  @Test func `other encodings are named`() {
    #expect(CSVFile([0xFF, 0xFE, 0x61, 0x00]).faults.map(\.fault) == [.encoding("UTF-16")])
    let latin = CSVFile(Array("a\nZo".utf8) + [0xEB, 0x0A])
    #expect(latin.faults == [.init(line: 2, .encoding("something other than UTF-8"))])
  }

  @Test func `whatever is quoted is read back`() {
    for seed in 0..<200 {
      var random = Seeded(seed)
      let rows = (0..<4).map { _ in (0..<3).map { _ in random.text(upTo: 8) } }
      let text =
        (["x,y,z"]
        + rows.map { row in
          row.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",")
        }).joined(separator: "\r\n")
      let file = read(text)
      #expect(file.faults.isEmpty && file.rows.map(\.fields) == rows, "\(text)")
    }
  }
}
