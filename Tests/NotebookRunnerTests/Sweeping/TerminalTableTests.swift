import Reporting
import Testing

@testable import NotebookRunner

@Suite struct TerminalTableTests {
  private var table: Table {
    var table = Table(
      headers: ["rate", "Best test accuracy", "Last train loss", ""], alignments: [.right, .right, .right],
      rows: [["0.5", "81.70%", "0.5512", ""], ["0.01", "87.02%", "0.4417", "best"]])
    table.marked = 1
    return table
  }

  private func lines(_ columns: Int?) -> [String] {
    TerminalTable(table, columns: columns, spare: ["Last train loss"]).lines
  }

  @Test func whatFitsStandsInOneLine() {
    let wide = [
      "  rate  Best test accuracy  Last train loss",
      "   0.5              81.70%           0.5512",
      "→ 0.01              87.02%           0.4417  best",
    ]
    #expect(lines(nil) == wide)
    #expect(lines(49) == wide)
  }

  @Test func headsBreakBetweenWordsWhereThereIsLessRoom() {
    let narrow = [
      "            Best    Last",
      "            test   train",
      "  rate  accuracy    loss",
      "   0.5    81.70%  0.5512",
      "→ 0.01    87.02%  0.4417  best",
    ]
    #expect(lines(48) == narrow)
    #expect(lines(30) == narrow)
  }

  /// Wide characters have two columns, combining marks none.
  @Test func columnsOfEveryScriptLineUp() {
    let table = Table(
      headers: ["name", "value"], alignments: [.left, .right],
      rows: [["日本", "1"], ["e\u{301}a", "22"], ["👍", "3"], ["plain", "数"]])
    #expect(
      TerminalTable(table, columns: nil, spare: []).lines == [
        "  name   value", "  日本       1", "  e\u{301}a        22", "  👍         3", "  plain     数",
      ])
  }

  @Test func columnsAreLeftOutAndNamed() {
    let table = TerminalTable(table, columns: 29, spare: ["Last train loss", "Best test accuracy"])
    #expect(
      table.lines == [
        "            Best", "            test", "  rate  accuracy", "   0.5    81.70%",
        "→ 0.01    87.02%  best",
      ])
    #expect(table.leftOut == ["Last train loss"])
  }

  @Test func whatIsTooWideEvenSoIsAList() {
    #expect(
      lines(20) == [
        "  rate 0.5, Best", "  test accuracy", "  81.70%", "→ rate 0.01, Best", "  test accuracy",
        "  87.02%, best",
      ])
  }
}
