import Testing

@testable import Reporting

@Suite("Cells on the page")
struct CellTests {
  func html(_ cell: CellView) -> String {
    Report(title: "t", verdict: Verdict(.passed, "v"), sections: [.cell(cell)]).html()
  }

  func cell(lines: Int, fold: CellView.Fold = .automatic) -> CellView {
    CellView(
      anchor: "a", code: [CodeToken((0..<lines).map { "line\($0)" }.joined(separator: "\n"))], fold: fold)
  }

  struct State: Sendable {
    let status: CellView.Status
    let seconds: Double?
    let words: String

    init(_ status: CellView.Status, _ seconds: Double?, _ words: String) {
      self.status = status
      self.seconds = seconds
      self.words = words
    }
  }

  @Test("Long code folds by itself and says how long it is")
  func folds() {
    #expect(html(cell(lines: 12)).contains("<details class=\"fold\" open>"))
    #expect(html(cell(lines: 13)).contains("<details class=\"fold\"><summary"))
    #expect(html(cell(lines: 13)).contains("13 lines"))
    #expect(html(cell(lines: 1)).contains("1 line<"))
    #expect(html(cell(lines: 99, fold: .open)).contains("<details class=\"fold\" open>"))
    #expect(html(cell(lines: 1, fold: .folded)).contains("<details class=\"fold\"><summary"))
    #expect(!html(cell(lines: 99, fold: .never)).contains("<details class=\"fold\""))
  }

  @Test(
    "A cell says how it went",
    arguments: [
      State(.ran, 46.6, "ran in 46.6 s"), State(.restored, 1, "from cache (originally 1 s)"),
      State(.running, nil, "not finished"), State(.pending, nil, "not run yet"),
      State(.skipped, nil, "skipped"), State(.failed, 0.002, "failed after 2 ms"),
      State(.interrupted, 3.94, "interrupted after 3.9 s"), State(.ran, nil, "ran"),
    ])
  func states(state: State) {
    let text = html(CellView(anchor: "a", status: state.status, seconds: state.seconds))
    #expect(text.contains("<span class=\"state \(state.status.rawValue)\">\(state.words)</span>"))
  }

  @Test("Code keeps every character, numbered or not")
  func code() {
    let tokens = [
      CodeToken("let", .keyword), CodeToken(" a = "), CodeToken("\"<x>\n  y\"", .string), CodeToken("\n"),
    ]
    #expect(
      CodeWriter.markup(tokens, numbered: false).text
        == "<span class=\"kk\">let</span> a = <span class=\"ks\">&quot;&lt;x&gt;\n  y&quot;</span>\n")
    #expect(
      CodeWriter.markup(tokens, numbered: true).text
        == "<span class=\"n\"><span class=\"kk\">let</span> a = "
        + "<span class=\"ks\">&quot;&lt;x&gt;</span>\n</span>"
        + "<span class=\"n\"><span class=\"ks\">  y&quot;</span>\n</span>")
    let names = CodeToken.Kind.allCases.map(\.className)
    #expect(Set(names).count == names.count)
  }

  /// If this fails, one line of code takes as much room as the figure that it shows.
  @Test("The code of a call that shows something is a caption below it")
  func brief() throws {
    let call = [CodeToken("plot", .function), CodeToken("(a)")]
    let table = ReportBlock.table(Table(headers: ["x"], rows: [["1"]]))
    let text = html(CellView(anchor: "a", code: call, blocks: [table]))
    let shown = try #require(text.range(of: "</table>")?.upperBound)
    let caption = try #require(
      text.range(of: "<p class=\"bar\"><code><span class=\"kf\">plot</span>(a)</code>"))
    #expect(shown < caption.lowerBound)
    for other in [
      CellView(anchor: "a", code: call, blocks: [.text("1")]),
      CellView(anchor: "a", code: call, fold: .open, blocks: [table]),
      CellView(anchor: "a", code: call, status: .failed, blocks: [table]),
      CellView(anchor: "a", code: [CodeToken("let", .keyword), CodeToken(" a = f()")], blocks: [table]),
      CellView(anchor: "a", code: call + [CodeToken("\nplot(b)")], blocks: [table]),
    ] { #expect(html(other).contains("<details class=\"fold\"")) }
  }

  @Test("A step is named by its label or its number")
  func names() {
    #expect(
      html(CellView(anchor: "a", label: "training", number: 2)).contains("aria-label=\"Step training\""))
    let unnamed = html(CellView(anchor: "step-3", number: 3))
    #expect(
      unnamed.contains("aria-label=\"Step 3\"") && unnamed.contains("<span class=\"label\">Step 3</span>"))
  }

  @Test("Hidden code is not in the page")
  func echo() {
    let text = html(CellView(anchor: "a", code: [CodeToken("secret")], showsCode: false))
    #expect(!text.contains("secret"))
  }

  @Test("The cell's number goes before its first caption only")
  func captions() {
    let table = Table(headers: ["x"], rows: [["1"]], caption: "One.")
    let text = html(
      CellView(anchor: "a", captionLabel: "Table 3", blocks: [.text("x"), .table(table), .table(table)]))
    #expect(text.contains("<caption><b>Table 3</b>. One.</caption>"))
    #expect(text.contains("<caption>One.</caption>"))
  }
}
