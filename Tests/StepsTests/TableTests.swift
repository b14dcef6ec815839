import Foundation
import Reporting
import Testing

@testable import Steps

@Suite struct TableTests {
  private let observer = RecordingObserver()
  private var run: Run { observer.run }
  private var tables: [Table] {
    observer.blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
  }
  private func file(_ name: String) -> String? {
    observer.files[name].map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func numbersAreShownShortAlignedRightAndWrittenWithAllDigits() throws {
    try run.table(
      columns: ["model", "accuracy", "images", "best"],
      rows: [["a, \"b\"", 0.123456789, 12_345, true], ["c", Float(0.5), 3, false]], decimals: 3)
    #expect(tables[0].rows == [["a, \"b\"", "0.123", "12,345", "true"], ["c", "0.500", "3", "false"]])
    #expect(tables[0].alignments == [.left, .right, .right, .left])
    #expect(
      file("table.csv")
        == "model,accuracy,images,best\r\n\"a, \"\"b\"\"\",0.123456789,12345,true\r\nc,0.5,3,false\r\n")
  }

  @Test func columnsKeepTheirOrderAndASecondTableHasItsOwnFile() throws {
    let run = run
    try run.table([("z", [1, 2]), ("a", ["x", "y"])])
    try run.table([("n", [Double.nan, 1e-9])])
    #expect(tables[0].headers == ["z", "a"])
    #expect(tables[0].rows == [["1", "x"], ["2", "y"]])
    #expect(tables[1].rows == [["–"], ["1e-9"]])
    #expect(file("table-2.csv") == "n\r\nnan\r\n1e-09\r\n")
  }

  @Test func aLongTableIsCutInTheReportAndWholeInTheFile() throws {
    try run.table(columns: ["n"], rows: (0..<2500).map { [$0] })
    #expect(tables[0].rows.count == 1000)
    #expect(tables[0].caption == "The first 1,000 of 2,500 rows; table.csv has all.")
    #expect(file("table.csv")?.split(whereSeparator: \.isNewline).count == 2501)
  }

  @Test func rowsAndColumnsOfOtherLengthsAreErrors() {
    let run = run
    for (body, words) in [
      (
        { try run.table(columns: ["a", "b"], rows: [[1, 2], [1]]) },
        "row 2 must be as long as columns, which has 2 names, found 1 value"
      ),
      ({ try run.table(columns: [], rows: []) }, "columns must be at least one name, found none"),
      (
        { try run.table([("a", [1, 2]), ("b", [1])]) },
        "values must be columns of equal length; 'a' has 2 values, found 1 in 'b'"
      ),
    ] as [(() throws -> Void, String)] {
      #expect { try body() } throws: { "\($0)".contains(words) }
    }
    #expect(observer.files.isEmpty)
  }
}
