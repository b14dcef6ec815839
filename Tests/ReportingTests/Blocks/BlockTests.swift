import Testing

@testable import Reporting

@Suite("Blocks on the page")
struct BlockTests {
  func html(_ blocks: ReportBlock...) -> String {
    Report(
      title: "t", verdict: Verdict(.passed, "v"),
      sections: [.cell(CellView(anchor: "a", blocks: blocks))]
    ).html()
  }

  @Test("The log shows the first 3 epochs, new bests of the last 10, the last 5; the rest is folded")
  func trainingLog() {
    let shown = SampleReport.log.highlights.map { SampleReport.log.rows[$0].epoch }
    #expect(shown == [1, 2, 3, 42, 43, 44, 45, 46, 47, 48, 49, 50])
    let text = html(.trainingLog(SampleReport.log))
    #expect(text.contains("38 epochs omitted"))
    #expect(text.contains("<summary>All 50 epochs</summary>"))
    #expect(text.contains("🏆 New best model saved! (Test Acc: 87.02%)"))
    #expect(text.contains("<td>0.00505</td>"))
    // In print, each epoch appears once: the whole folded table replaces the short one.
    #expect(
      text.contains("<details class=\"more all\">") && text.contains("<details class=\"more verbatim\">"))
    #expect(Style.text.contains(".log:has(> .all):not(.long) > .scroll, .log.long > .all, .verbatim"))
  }

  /// If this fails, a training of 300 epochs prints on dozens of pages.
  @Test("A log of many epochs prints the selected ones")
  func longLog() {
    let rows = (1...61).map { epoch in
      var row = SampleReport.log.rows[0]
      row.epoch = epoch
      return row
    }
    #expect(html(.trainingLog(TrainingLog(rows: rows, text: ""))).contains("<div class=\"log long\">"))
    #expect(html(.trainingLog(TrainingLog(rows: rows.dropLast(), text: ""))).contains("<div class=\"log\">"))
  }

  @Test("A short log is shown whole, an empty one says so")
  func shortLogs() {
    let short = TrainingLog(rows: Array(SampleReport.log.rows.prefix(7)), text: "")
    #expect(short.highlights.count == 7)
    #expect(!html(.trainingLog(short)).contains("<summary>All"))
    #expect(html(.trainingLog(TrainingLog(rows: [], text: ""))).contains("No epoch finished."))
  }

  @Test("The confusion matrix has counts as text, recall and precision in its margins, colour on errors")
  func confusion() {
    let text = html(
      .confusionMatrix(
        ConfusionMatrix(classes: ["cat", "dog", "none"], counts: [[90, 10], [1200, 1800, 0], []])))
    #expect(
      text.contains(
        "<td class=\"hit\">90</td><td class=\"e4\">10</td><td class=\"zero\">0</td><td class=\"margin\">90.00%</td>"
      ))
    #expect(text.contains("<td class=\"e10\">1,200</td><td class=\"hit\">1,800</td>"))
    #expect(
      text.contains(
        "<th scope=\"row\">none</th><td class=\"zero\">0</td><td class=\"zero\">0</td><td class=\"hit\">0</td><td class=\"margin\">–</td>"
      ))
    let matrix = ConfusionMatrix(classes: ["a", "b"], counts: [[.max, .max], [.min, .max]])
    #expect(matrix.recall(0) == 0.5)
    #expect(
      html(.confusionMatrix(ConfusionMatrix(classes: [], counts: []))).contains("<table class=\"confusion\">")
    )
  }

  /// If this fails, a data set of 100 classes fills the page with ten thousand numbers.
  @Test("A matrix of many classes is folded below the most frequent errors and the worst classes")
  func manyClasses() {
    let count = 30
    var counts = (0..<count).map { row in (0..<count).map { $0 == row ? 10 : 0 } }
    counts[4][7] = 90
    counts[2][1] = 30
    let text = html(
      .confusionMatrix(
        ConfusionMatrix(classes: (0..<count).map { "c\($0)" }, counts: counts, caption: "All of them.")))
    #expect(text.contains("<details class=\"more whole\"><summary>Confusion matrix of 30 classes</summary>"))
    #expect(
      text.contains(
        "<tbody>\n<tr><td>c4</td><td>c7</td><td class=\"r\">90</td><td class=\"r\">90.00%</td></tr>\n"
          + "<tr><td>c2</td><td>c1</td><td class=\"r\">30</td><td class=\"r\">75.00%</td></tr>\n</tbody>"))
    #expect(
      text.contains(
        "<tr><td>c4</td><td class=\"r\">10.00%</td><td class=\"r\">100.00%</td><td class=\"r\">100</td></tr>")
    )
    #expect(text.contains("<td class=\"zero\">0</td>"))
    #expect(text.contains("All of them."))
  }

  /// If this fails, readers meet the printed summary before the model's structure, or lose one of them.
  @Test("A model's layers are grouped by block; all layers and the printed summary are folded")
  func layers() {
    let conv = LayerTable.Layer("Conv2d-1", output: "8 × 32 × 32", parameters: 1216)
    let relu = LayerTable.Layer("ReLU-2", output: "8 × 32 × 32", parameters: 0)
    let linear = LayerTable.Layer("Linear-3", output: "10", parameters: 90)
    let text = html(
      .layers(
        LayerTable(
          title: "Net: 1,306 parameters", groups: [.init("block1", [conv, relu]), .init(nil, [linear])],
          text: "as <printed>")))
    #expect(
      text.contains(
        "<th scope=\"row\">block1 <small>2 layers</small></th><td class=\"r\">8 × 32 × 32</td><td class=\"r\">1,216</td>"
      ))
    #expect(text.contains("<summary>All 3 layers</summary>"))
    #expect(text.contains("<th scope=\"rowgroup\" colspan=\"2\">block1</th>"))
    #expect(matches("<td>Linear-3</td>", in: text).count == 2)
    #expect(text.contains("<summary>Printed summary</summary>"))
    #expect(text.contains("as &lt;printed&gt;"))
    let plain = html(.layers(LayerTable(title: "Net", groups: [.init(nil, [conv, linear])], text: "")))
    #expect(!plain.contains("<summary>All 2 layers") && plain.contains("<td>Conv2d-1</td>"))
  }

  @Test("An image that occurs twice is stored once")
  func images() throws {
    let twice = SampleReport.picture(1)
    let once = SampleReport.picture(2)
    let text = html(
      .gallery(
        Gallery(rows: [GalleryRow(nil, [twice, once, twice].map { GalleryImage($0, caption: "c") })])))
    let stored = matches("data:image/png;base64,([A-Za-z0-9+/=]*)", in: text)
    #expect(stored.count == 2)
    #expect(Set(stored).count == 2)
    #expect(matches("class=\"px p0\"", in: text).count == 2)
    #expect(text.contains("aria-label=\"Image: c\""))
  }

  @Test("An image's PNG gives back its pixels")
  func pixels() throws {
    let image = SampleReport.picture(3)
    let bytes = try #require(image.png())
    let decoded = try #require(decodePNG(bytes))
    #expect(decoded.width == 32 && decoded.height == 32)
    #expect(decoded.pixels == image.pixels)
  }

  @Test("A buffer of the wrong length is no image")
  func wrongSize() {
    #expect(PixelImage(width: 2, height: 2, pixels: [0]) == nil)
    #expect(PixelImage(width: 0, height: 2, pixels: []) == nil)
    #expect(PixelImage(width: -1, height: -3, pixels: [0, 0, 0, 0, 0, 0, 0, 0, 0]) == nil)
    #expect(PixelImage(width: .max, height: .max, pixels: []) == nil)
  }

  @Test("A table with ragged rows has as many cells in each")
  func ragged() {
    let text = html(
      .table(Table(headers: ["a"], alignments: [.right, .left], rows: [["1", "2", "3"], []])))
    #expect(text.contains("<tr><th scope=\"col\" class=\"r\">a</th><td></td><td></td></tr>"))
    #expect(text.contains("<tr><td class=\"r\">1</td><td>2</td><td>3</td></tr>"))
    #expect(text.contains("<tr><td class=\"r\"></td><td></td><td></td></tr>"))
  }

  @Test("Messages and problems are told apart by a word")
  func messages() {
    let text = html(
      .message(.warning, "w"), .message(.success, "s"), .problem("n.md:1:2: error: e\n  x\n  ^"))
    #expect(text.contains("<strong>Warning</strong> w") && text.contains("<strong>Done</strong> s"))
    #expect(text.contains("<pre tabindex=\"0\">n.md:1:2: error: e\n  x\n  ^</pre>"))
  }

  @Test("Progress bars collapse to their last state")
  func console() {
    #expect(html(.text("\u{1B}[2K10 %\r20 %\r100 %\n")).contains("tabindex=\"0\">100 %\n</pre>"))
  }
}
