import Support
import Testing
import TrainingRecords

@testable import Reporting

/// Without these, a long output or training makes a page that no browser opens, or hides where the rest is.
@Suite("Long texts")
struct LongTextTests {
  private func long(_ lines: Int, file: String? = "printed/3 a.txt") -> LongText {
    LongText(TextExcerpt((1...lines).map { "line \($0)\n" }.joined()), file: file)
  }

  private func page(_ blocks: [ReportBlock]) -> String {
    let cell = CellView(anchor: "a", blocks: blocks)
    return Report(title: "", verdict: Verdict(.finished, ""), sections: [.cell(cell)], folder: "n ö").html()
  }

  @Test("The page shows both ends and links to the file")
  func ends() {
    let html = page([.longText(long(5000))])
    #expect(html.contains(">line 1\nline 2\n") && html.contains("line 4999\nline 5000\n<"))
    #expect(!html.contains("line 2500"))
    #expect(
      html.contains(
        "<p class=\"omitted\">4,000 lines (39.5 kB) omitted. The whole output is in "
          + "<a href=\"n%20%C3%B6/printed/3%20a.txt\">n ö/printed/3 a.txt</a>.</p>"))
  }

  @Test("Plain text says what is omitted")
  func plainText() {
    let text = ReportBlock.longText(long(5000)).plainText
    #expect(
      text.contains(
        "\nline 500\n… 4,000 lines (39.5 kB) omitted; the whole output is in printed/3 a.txt in the results folder …\nline 4501\n"
      ))
    #expect(ReportBlock.longText(long(5000, file: nil)).plainText.contains("(39.5 kB) omitted …\n"))
  }

  @Test("Many long texts share the page's budget")
  func budget() {
    let line = String(repeating: "x", count: 99) + "\n"
    let text = LongText(TextExcerpt(String(repeating: line, count: 10_000)))
    let html = page(Array(repeating: .longText(text), count: 200))
    #expect(html.utf8.count < 2_000_000)
    #expect(html.contains("lines ("))
    let short = text.shortened(to: TextExcerpt.Limit(bytes: 1000))
    #expect(short.shownBytes + short.omittedBytes == text.shownBytes + text.omittedBytes)
    #expect(short.omittedLines == 10_000 - short.shownBytes / 100)
  }

  @Test("A very long training is shown in part")
  func training() {
    let epochs = (1...5000).map { number in
      EpochRecord(
        epoch: number, trainLoss: 1, trainAccuracy: 0.5, testLoss: 1, testAccuracy: 0.5, learningRate: 0.1,
        seconds: 1, isBest: false)
    }
    let text = epochs.map { "Epoch \($0.epoch)\n" }.joined()
    let html = page([.trainingLog(TrainingLog(rows: epochs, text: text))])
    #expect(html.utf8.count < 1_000_000)
    #expect(html.contains("4,000 epochs omitted"))
    #expect(
      html.contains("<td>500</td>") && !html.contains("<td>2500</td>") && html.contains("<td>4501</td>"))
    #expect(!html.contains("Epoch 2500\n"))
  }
}
