import Foundation
import Support
import Testing

@testable import Reporting

/// The first group of each match of a pattern in the page.
func matches(_ pattern: String, in text: String) -> [String] {
  guard let expression = try? NSRegularExpression(pattern: pattern, options: [.dotMatchesLineSeparators])
  else { return [] }
  let source = text as NSString
  return expression.matches(in: text, range: NSRange(location: 0, length: source.length))
    .map { source.substring(with: $0.range(at: $0.numberOfRanges > 1 ? 1 : 0)) }
}

@Suite("The report page")
struct ReportTests {
  static let html = SampleReport.report.html()

  /// If this fails, a caption or the table of contents shows TeX source instead of a formula.
  @Test("Formulas work in titles, captions and the contents")
  func formulas() {
    var report = Report(
      title: "The $L_2$ norm", description: "from $5 to $6", verdict: Verdict(.finished, "done"))
    report.sections = [
      .prose(html: "", headings: [Heading(level: 2, text: "a_1", html: "<math></math>", id: "a")]),
      .cell(
        CellView(
          anchor: "c", captionLabel: "Table 1",
          blocks: [.table(Table(headers: ["a"], rows: [["1"]], caption: "Loss $\\ell$ & <b>"))])),
    ]
    let page = report.html()
    #expect(page.contains("<title>The $L_2$ norm</title>"))
    #expect(page.contains("<h1 dir=\"auto\">The <math><semantics><msub>"))
    #expect(page.contains("from $5 to $6"))
    #expect(page.contains("<a href=\"#a\"><math></math></a>"))
    #expect(page.contains("<b>Table 1</b>. Loss <math><semantics><mi mathvariant=\"normal\">ℓ</mi>"))
    #expect(page.contains("&amp; &lt;b&gt;"))
  }

  @Test("The page asks nothing of anyone: no address to fetch from")
  func noRequests() {
    let resources = matches(#"(?:src|href|action|srcset|poster|data)="([^"]*)""#, in: Self.html)
    #expect(!resources.isEmpty)
    #expect(resources.allSatisfy { $0.hasPrefix("#") || $0.hasPrefix("data:image/png;base64,") })
    #expect(matches(#"url\(([^)]*)\)"#, in: Self.html).allSatisfy { $0.hasPrefix("data:image/png;base64,") })
    #expect(!Self.html.contains("@import") && !Self.html.contains("<link"))
    // The only address is a name: SVG's namespace, in the script.
    #expect(Set(matches(#"(https?://[^'"\s<]*)"#, in: Self.html)) == ["http://www.w3.org/2000/svg"])
  }

  @Test("Only the page's own script may run: the policy has its hash")
  func contentSecurityPolicy() throws {
    let policy = try #require(
      matches(#"http-equiv="Content-Security-Policy" content="([^"]*)""#, in: Self.html).first)
    let scripts = matches("<script>(.*?)</script>", in: Self.html)
    #expect(scripts.count == 1)
    let script = try #require(scripts.first)
    let hash = Data(try Digest.bytes(.sha256, of: Array(script.utf8))).base64EncodedString()
    #expect(
      policy.replacingOccurrences(of: "&#39;", with: "'")
        == "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-\(hash)'; "
        + "base-uri 'none'; form-action 'none'")
    #expect(matches(#"\son[a-z]+="#, in: Self.html).isEmpty)
  }

  @Test("What the page weighs keeps to the budget")
  func sizes() {
    #expect(Script.text.utf8.count <= 10_000)
    #expect(Self.html.utf8.count <= 1_500_000)
    let withoutImages = Self.html.replacingOccurrences(
      of: "data:image/png;base64,[A-Za-z0-9+/=]*", with: "", options: .regularExpression)
    #expect(withoutImages.utf8.count <= 150_000)
  }

  @Test("The same report gives the same bytes")
  func deterministic() {
    #expect(SampleReport.report.html() == Self.html)
  }

  @Test("One h1, no id twice, and every reference finds its element")
  func structure() {
    #expect(matches("<h1[ >]", in: Self.html).count == 1)
    let ids = matches(#"\sid="([^"]*)""#, in: Self.html)
    #expect(Set(ids).count == ids.count)
    let references =
      matches(##"href="#([^"]*)""##, in: Self.html) + matches(#"aria-labelledby="([^"]*)""#, in: Self.html)
      + matches(#"aria-describedby="([^"]*)""#, in: Self.html)
    #expect(Set(references).subtracting(ids).isEmpty)
    #expect(Self.html.contains("<html lang=\"en\">"))
    #expect(matches("<img [^>]*>", in: Self.html).allSatisfy { $0.contains("alt=\"") })
  }

  @Test("The first screen has verdict, tiles and requirements in words")
  func firstScreen() {
    for text in [
      "<strong>Passed</strong> 87.02% at epoch 48", "<dt>Best test accuracy</dt><dd>87.02%",
      ">Pass</span></td><th scope=\"row\">Parameters</th><td>&lt; 200,000</td><td>199,368</td>",
      ">Not checked</span>", ">Fail</span>",
    ] { #expect(Self.html.contains(text), "\(text)") }
  }

  /// If this fails, the first screen is as long as the list, or hides that a requirement is not met.
  @Test("Requirements are one line, which opens the table, and are open if one is not met")
  func requirements() {
    func page(_ outcomes: Bool?...) -> String {
      Report(
        title: "t", verdict: Verdict(.finished, "v"),
        requirements: outcomes.map { Requirement("r", required: "1", found: "1", passed: $0) }
      ).html()
    }
    let met = page(true, true)
    #expect(met.contains("<details id=\"requirements\" class=\"requirements\"><summary>Requirements:"))
    #expect(met.contains("<span class=\"pass\"><span class=\"mark\">2 of 2 passed</span>"))
    #expect(page(true, nil).contains("<span class=\"mark\">1 of 2 passed, 1 not checked</span>"))
    let missed = page(false, nil)
    #expect(missed.contains("class=\"requirements\" open>"))
    #expect(missed.contains("<span class=\"mark\">0 of 2 passed, 1 failed, 1 not checked</span>"))
  }

  /// If this fails, readers of a failed run must search for the error.
  @Test("The verdict links to the step that failed")
  func verdictLink() {
    let html = Report(
      title: "t", verdict: Verdict(.error, "Failed", anchor: "cell-x"),
      sections: [.cell(CellView(anchor: "cell-x", status: .failed))]
    ).html()
    #expect(html.contains("<a href=\"#cell-x\">Go to the step</a>"))
  }

  /// If this fails, text in Arabic or Hebrew begins on the wrong side.
  @Test("Prose, title and abstract have the direction of their text")
  func direction() {
    let html = Report(
      title: "ت", author: "س", description: "و", abstract: "<p>م</p>", verdict: Verdict(.finished, "v"),
      sections: [.prose(html: "<p>ن</p>", headings: [])]
    ).html()
    #expect(matches(#"dir="auto""#, in: html).count == 5)
  }

  @Test("A tile with a course shows it, with its description in words")
  func curve() throws {
    let curve = try #require(Curve([0.1, 0.3, 0.2], marked: 1, description: "from 10% to a best of 30%"))
    let html = Report(
      title: "t", verdict: Verdict(.finished, "v"), tiles: [Tile("Accuracy", "30%", curve: curve)]
    ).html()
    #expect(html.contains("points=\"4,28 60,4 116,16\""))
    #expect(html.contains("cx=\"60\" cy=\"4\""))
    #expect(html.contains("role=\"img\" aria-label=\"from 10% to a best of 30%\""))
    #expect(Curve([1, .nan], description: "") == nil)
    #expect(Curve([1, 1], description: "") != nil)
  }

  @Test("Digests are whole in the page, and shortened by the script's style only")
  func digests() {
    let digest = String(repeating: "0123456789abcdef", count: 4)
    let html = Report(
      title: "t", verdict: Verdict(.finished, "v"),
      provenance: [Fact("Notebook", "n.md", note: "SHA-256 \(digest).")]
    ).html()
    #expect(
      html.contains(
        "SHA-256 <span class=\"hash\">\(digest.prefix(12))<span>\(digest.dropFirst(12))</span></span>.</small>"
      ))
    #expect(Style.text.contains(".scripted .hash > span"))
  }

  @Test("Hostile text stays text wherever it comes in")
  func hostile() throws {
    let evil =
      "</script></style></title></textarea><img src=x onerror=alert(1)>\"'><svg onload=a>]]>-->\u{0}\u{1B}[1m"
    let image = try #require(PixelImage(width: 1, height: 1, pixels: [1, 2, 3]))
    var report = Report(
      title: evil, author: evil, date: evil, description: evil, language: evil,
      verdict: Verdict(.error, evil))
    report.tiles = [Tile(evil, evil, note: evil, curve: Curve([1, .nan, 2], marked: 9, description: evil))]
    report.requirements = [Requirement(evil, required: evil, found: evil, passed: nil)]
    let chart = LineChart(
      title: evil, x: Axis(evil), y: Axis(evil), series: [Series(evil, y: [1, 2]), Series(evil, y: [2, 3])])
    let blocks: [ReportBlock] = [
      .layers(
        LayerTable(
          title: evil, groups: [.init(evil, [.init(evil, output: evil, parameters: 1)])], text: evil)),
      .text(evil), .preformatted(title: evil, text: evil), .message(.warning, evil),
      .table(Table(headers: [evil], rows: [[evil, evil]], caption: evil)),
      .facts([Fact(evil, evil, note: evil)]), .figure(chart.figure(name: evil, caption: evil, alt: evil)),
      .gallery(
        Gallery(
          caption: evil,
          rows: [GalleryRow(evil, [image, image].map { GalleryImage($0, caption: evil, alt: evil) })])),
      .checklist(report.requirements), .trainingLog(TrainingLog(rows: [], text: evil)),
      .confusionMatrix(ConfusionMatrix(classes: [evil, evil], counts: [[1], [-5, 2, 3], [4]])),
      .problem(evil),
    ]
    report.sections = [
      .prose(html: "<p>fine</p>", headings: [Heading(level: 2, text: evil, id: evil)]),
      .listing(language: evil, code: evil),
      .cell(
        CellView(
          anchor: evil, label: evil, code: CodeToken.Kind.allCases.map { CodeToken(evil, $0) },
          foldSummary: evil, showsLineNumbers: true, captionLabel: evil, blocks: blocks)),
    ]
    report.provenance = [Fact(evil, evil)]
    report.attachments = [Attachment("run", json: "{\"a\":\"</script><script>alert(1)</script>\"}")]
    let html = report.html()
    #expect(matches("<script[ >]", in: html).count == 2)
    #expect(matches("</script", in: html).count == 2)
    #expect(matches("</style", in: html).count == 1)
    #expect(matches("<img ", in: html).isEmpty)
    #expect(matches(#"<svg (?!class="(chart|spark))"#, in: html).isEmpty)
    // No tag has an event handler: outside quotes, no attribute starts with "on".
    let tags = matches(#"<[a-z][a-z0-9]*((?:\s+[a-z-]+(?:="[^"]*")?)*\s*/?)>"#, in: html)
    #expect(
      tags.allSatisfy {
        !$0.replacingOccurrences(of: #""[^"]*""#, with: "", options: .regularExpression).contains(" on")
      })
    #expect(!html.unicodeScalars.contains("\0") && !html.unicodeScalars.contains("\u{1B}"))
  }

  @Test("A report of nothing is still a page")
  func empty() {
    let html = Report(title: "", verdict: Verdict(.running, "")).html()
    #expect(html.hasPrefix("<!doctype html>"))
    #expect(html.contains("<strong>Not finished</strong>"))
    #expect(!html.contains("<nav"))
  }

  @Test("The embedded JSON is still JSON and still says the same")
  func json() throws {
    let text = try #require(
      matches(#"<script type="application/json" id="run">(.*?)</script>"#, in: Self.html).first)
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    #expect(value?["seed"] as? Int == 42)
    #expect(value?["note"] as? String == "</script><b>")
  }

  @Test("The contents list the headings of levels 2 and 3, with their depth")
  func contents() {
    #expect(Self.html.contains("<li><a href=\"#objective\">Objective</a></li>"))
    #expect(Self.html.contains("<li class=\"deep\"><a href=\"#gallery-heading\">"))
  }

  @Test("Every rule of the style sheet is closed")
  func style() {
    #expect(Style.text.filter { $0 == "{" }.count == Style.text.filter { $0 == "}" }.count)
    #expect(!Style.text.contains("<"))
  }
}
