import Support

/// A page as parts that can be replaced one by one while it is shown. Equal reports give equal parts.
///
///     let parts = PageParts(report)
///     let title = parts.sections.first { $0.name == "cell-training" }
public struct PageParts: Sendable {
  /// A piece of the page's HTML with a name that stays the same when the page changes.
  public struct Part: Sendable, Hashable {
    /// For example `masthead`, `prose-1` or the anchor of a cell.
    public let name: String
    /// Escaped HTML.
    public let html: String
    /// The number of the report's sections that it consists of: several if they are in the same `<details>`.
    public let sectionCount: Int

    init(name: String, html: String, sectionCount: Int = 1) {
      (self.name, self.html, self.sectionCount) = (name, html, sectionCount)
    }

    /// Renders blocks that are not part of a report; figures and images are left to reports.
    public init(name: String, blocks: [ReportBlock]) {
      var writer = PageWriter(images: ImageStore(blocks: blocks), folder: nil)
      var captions = BlockWriter.Captions()
      self.init(name: name, html: blocks.markup { BlockWriter.block($0, &captions, &writer) }.text)
    }
  }

  /// The page's title, as text.
  public let title: String
  /// The language of the text, as a BCP 47 tag.
  public let language: String
  /// The parts around the sections, which every page has; some may be empty.
  public let frame: [Part]
  /// Prose and cells, in order.
  public let sections: [Part]

  /// The names of the parts in ``frame``, in the order of the page: `images` and `theme` are style
  /// sheets.
  public static let frameNames = ["images", "theme", "sidebar", "masthead", "foldout", "footer"]

  /// The style sheet of every page.
  public static var style: String { Style.text }
  /// The script of every page.
  public static var script: String { Script.text }

  /// Renders the parts of a report.
  public init(_ report: Report) { self.init(report, PageLayout(report)) }

  init(_ report: Report, _ layout: PageLayout) {
    title = report.title
    language = report.language
    let texts =
      [layout.images.text, report.theme?.css ?? ""]
      + [layout.sidebar, layout.masthead, layout.foldout, layout.footer].map(\.text)
    frame = zip(Self.frameNames, texts).map { Part(name: $0, html: $1) }
    sections = layout.sections.map { Part(name: $0.name, html: $0.markup.text, sectionCount: $0.count) }
  }
}
