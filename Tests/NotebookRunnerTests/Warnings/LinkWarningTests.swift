import Foundation
import Testing

@testable import NotebookRunner

/// Pictures and links in prose: what a reader of the report would miss is said before the run, and shown on the page.
@Suite struct LinkWarningTests {
  private static let png = Data(
    base64Encoded:
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")!

  /// A bench whose folder has the files that the notebooks refer to.
  private func bench(_ text: String) throws -> NotebookBench {
    let bench = try NotebookBench(text)
    let files = FileManager.default
    try files.createDirectory(atPath: "\(bench.folder)/sub/deep", withIntermediateDirectories: true)
    for (name, data) in [
      ("plot.png", Self.png), ("my plot.png", Self.png), ("sub/plot.png", Self.png), ("noending", Self.png),
      ("empty.png", Data()), ("fake.png", Data("text".utf8)), ("notes.md", Data("# Notes\n".utf8)),
      ("big.png", Self.png + Data(repeating: 0, count: 3 << 20)),
      ("vector.svg", Data("<svg onload='x()'/>".utf8)),
      ("Größe.png", Self.png), ("signature.png", Self.png.prefix(8)), ("half.png", Self.png.prefix(60)),
      ("half.jpg", Data([0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 74])), ("half.gif", Data("GIF89a".utf8)),
      ("half.webp", Data("RIFF____WEBP".utf8)), ("half.svg", Data("<svg width='1'><path/>".utf8)),
    ] {
      try data.write(to: URL(fileURLWithPath: "\(bench.folder)/\(name)"))
    }
    return bench
  }

  private func warnings(_ text: String) throws -> [String] {
    try bench(text).check().problems.map { "\($0.range?.start.line ?? 0) \($0.code ?? "") \($0.message)" }
  }

  /// If this fails, a report is mailed without a picture, and no one was told.
  @Test(
    arguments: [
      ("![a](plot.png)", nil), ("![a](./sub/../plot.png)", nil), ("![a](my%20plot.png)", nil),
      ("![a](<my plot.png>)", nil),
      ("![a](plot.png?v=2)", nil), ("![a](noending)", nil), ("![a](vector.svg)", nil),
      ("![a][b]\n\n[b]: plot.png", nil),
      ("x <img src=\"sub/plot.png\">", nil), ("![a](Gr%C3%B6%C3%9Fe.png)", nil),
      (
        "![a](https://a.example/b.png)",
        "1 QR021 the report has a link instead of the picture 'https://a.example/b.png', which is on the web"
      ),
      ("![a](signature.png)", "1 QR021 cannot read the picture 'signature.png': the file is incomplete"),
      ("![a](half.png)", "1 QR021 cannot read the picture 'half.png': the file is incomplete"),
      ("![a](half.jpg)", "1 QR021 cannot read the picture 'half.jpg': the file is incomplete"),
      ("![a](half.gif)", "1 QR021 cannot read the picture 'half.gif': the file is incomplete"),
      ("![a](half.webp)", "1 QR021 cannot read the picture 'half.webp': the file is incomplete"),
      ("![a](half.svg)", "1 QR021 cannot read the picture 'half.svg': the file is incomplete"),
      ("a\n\n![b](missing.png)", "3 QR021 picture 'missing.png' not found"),
      ("![a](plott.png)", "1 QR021 picture 'plott.png' not found"),
      ("![a](Plot.PNG)", "1 QR021 picture 'Plot.PNG' not found: its name is written differently"),
      ("![a](Sub/plot.png)", "1 QR021 picture 'Sub/plot.png' not found: its name is written differently"),
      ("![a](SUB/Plot.png)", "1 QR021 picture 'SUB/Plot.png' not found: its name is written differently"),
      ("![a](Sub/none.png)", "1 QR021 picture 'Sub/none.png' not found"),
      ("![a](sub)", "1 QR021 'sub' is a folder, not a picture"),
      ("![a](empty.png)", "1 QR021 picture 'empty.png' is empty"),
      ("![a](fake.png)", "1 QR021 'fake.png' is not a PNG, JPEG, GIF, WebP or SVG picture"),
      ("![a](big.png)", "1 QR021 picture 'big.png' has 3.1 MB, more than the 2.1 MB that a report embeds"),
      ("![a](C:\\plot.png)", "1 QR021 'C:\\plot.png' is not a path of a picture"),
      ("![a](/etc/hostname)", "1 QR021 '/etc/hostname' is not a PNG, JPEG, GIF, WebP or SVG picture"),
      ("![a](plot.png%00x)", "1 QR021 'plot.png\u{0}x' is not a path of a picture"),
      ("![a]()", "1 QR021 '' is not a path of a picture"),
      ("<p>\n<img src=\"no.png\">\n</p>", "2 QR021 picture 'no.png' not found"),
      ("![a][b]\n\n[b]: no.png", "1 QR021 picture 'no.png' not found"),
      ("a[^1]\n\n[^1]: ![b](no.png)", "3 QR021 picture 'no.png' not found"),
      ("| a |\n|---|\n| ![b](no.png) |", "3 QR021 picture 'no.png' not found"),
    ] as [(String, String?)])
  func `a picture that a report cannot show`(_ text: String, _ expected: String?) throws {
    #expect(try warnings(text + "\n") == (expected.map { [$0] } ?? []))
  }

  /// If this fails, a link in the report leads nowhere, and no one was told.
  @Test(
    arguments: [
      ("[a](#results)\n\n# Results", nil), ("[a](#step-1)\n\n```swift\nprint(1)\n```", nil),
      ("[a](#cell-b)\n\n```swift\n//| label: b\nprint(1)\n```", nil),
      ("<a name=\"x\"></a> [a](#x)", nil), ("[a](#gr%C3%B6%C3%9Fe)\n\n# Größe", nil),
      ("[a](#) [b](#top) [c](#requirements)", nil),
      ("[a](mailto:b@c.example) [d](https://e.example/f#g)", nil), ("[a](#b)\n\n# B `{swift} 1`", nil),
      ("[a](#result)\n\n# Results", "1 QR022 no heading or cell has the id 'result'"),
      ("[a](#Results)\n\n# Results", "1 QR022 no heading or cell has the id 'Results'"),
      ("[a](missing.md)", "1 QR022 file 'missing.md' not found"),
      ("[a](missing.md#b)", "1 QR022 file 'missing.md' not found"),
      ("[a](Notes.md)", "1 QR022 file 'Notes.md' not found: its name is written differently"),
      ("<a href=\"no.md\">a</a>", "1 QR022 file 'no.md' not found"),
      ("[a](file:///b.pdf)", "1 QR022 a report cannot link to 'file:///b.pdf'"),
      ("[a](//b.example/c)", "1 QR022 a report cannot link to '//b.example/c'"),
      ("[a](notes.md)", "1 QR023 a report that is mailed or moved does not contain 'notes.md'"),
      ("[a](sub/)", "1 QR023 a report that is mailed or moved does not contain 'sub/'"),
      ("[a](notes.md#notes)", "1 QR023 a report that is mailed or moved does not contain 'notes.md'"),
    ] as [(String, String?)])
  func `a link that leads nowhere, or out of the report`(_ text: String, _ expected: String?) throws {
    #expect(try warnings(text + "\n") == (expected.map { [$0] } ?? []))
  }

  /// If this fails, the page hides a missing picture, or its links lead beside it.
  @Test func `the page shows pictures, names missing ones and has links that work from its folder`() throws {
    let bench = try bench(
      """
      ---
      title: T
      subtitle: The $L_2$ norm
      abstract: "About *pictures*."
      date: today
      lang: de
      ---
      # Figure 1 d

      ![A](plot.png) ![Vector](vector.svg) ![Gone](gone.png) [notes](notes.md#notes) [gone](gone.md) [up](#figure-1-d)
      <!-- private -->

      ```swift
      print(1)
      ```

      Text[^1].

      [^1]: Note $x_1$.
      """)
    #expect(bench.run().exitCode == 0)
    let page = bench.report
    #expect(page.contains("<img src=\"data:image/png;base64,iVBOR"))
    #expect(page.contains("<img src=\"data:image/svg+xml;base64,"))
    #expect(page.contains("<span class=\"missing-image\"><b>Picture not found:</b> Gone</span>"))
    #expect(page.contains("href=\"../notes.md#notes\""))
    #expect(page.contains("href=\"gone.md\""))
    #expect(page.contains("<html lang=\"de\">"))
    #expect(page.contains("<p class=\"subtitle\" dir=\"auto\">The <math>"))
    #expect(page.contains("<p>About <em>pictures</em>.</p>"))
    #expect(page.contains("<p class=\"byline\" dir=\"auto\">20"))
    #expect(page.contains("<li id=\"footnote.1\">"))
    #expect(!page.contains("private"))
    let ids = page.matches(of: #/\sid="([^"]*)"/#).map { String($0.output.1) }
    #expect(Set(ids).count == ids.count, "\(ids)")
    #expect(bench.display.remarks.joined().contains("picture 'gone.png' not found"))
  }
}
