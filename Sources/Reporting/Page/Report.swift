/// A run as a self-contained page, finished or not.
///
/// Equal reports give equal bytes. The page makes no network requests: style, scripts and images are included.
///
///     var report = Report(title: "CIFAR-10", verdict: Verdict(.passed, "87.02% at epoch 48"))
///     report.tiles = [Tile("Best test accuracy", "87.02%", note: "epoch 48")]
///     report.sections = [.prose(html: html, headings: headings), .cell(cell)]
///     let page = report.html()
public struct Report: Sendable {
  /// The page's title.
  public var title: String
  /// A line below the title.
  public var subtitle: String?
  /// The authors' names.
  public var author: String?
  /// The date as displayed, for example `2025-10-02`.
  public var date: String?
  /// A short description.
  public var description: String?
  /// A summary as escaped HTML (from the Documents module).
  public var abstract: String?
  /// The language of the text for the page's `lang`, as a BCP 47 tag.
  public var language: String
  /// The run's outcome.
  public var verdict: Verdict
  /// The key figures of the first screen.
  public var tiles: [Tile]
  /// The requirements with their outcomes.
  public var requirements: [Requirement]
  /// Prose, cells and listings, in document order.
  public var sections: [ReportSection]
  /// Information for reproducing the run, shown in the footer.
  public var provenance: [Fact]
  /// Data for programs.
  public var attachments: [Attachment]
  /// The folder with the run's other results, relative to the page; `nil` if there is none.
  public var folder: String?
  /// The author's style sheet, which the page has after its own.
  public var theme: PageTheme?

  /// Creates a report.
  public init(
    title: String, subtitle: String? = nil, author: String? = nil, date: String? = nil,
    description: String? = nil, abstract: String? = nil, language: String = "en", verdict: Verdict,
    tiles: [Tile] = [], requirements: [Requirement] = [],
    sections: [ReportSection] = [], provenance: [Fact] = [], attachments: [Attachment] = [],
    folder: String? = nil, theme: PageTheme? = nil
  ) {
    self.title = title
    self.subtitle = subtitle
    self.author = author
    self.date = date
    self.description = description
    self.abstract = abstract
    self.language = language
    self.verdict = verdict
    self.tiles = tiles
    self.requirements = requirements
    self.sections = sections
    self.provenance = provenance
    self.attachments = attachments
    self.folder = folder
    self.theme = theme
  }
}

/// The run's outcome in one sentence.
public struct Verdict: Sendable, Hashable {
  /// The kinds of outcomes.
  public enum Status: String, Sendable, Hashable, CaseIterable {
    /// The outcomes: `passed` and `failed` are for runs with a target, `finished` for runs without one.
    case passed, failed, finished, running, interrupted, error
  }

  /// The kind of outcome.
  public var status: Status
  /// A summary, for example `87.02% at epoch 48, met the 85% target, 199,368 parameters, 38 min 12 s on 2 threads`.
  public var sentence: String
  /// The id of the step that decided the outcome, for example the one that failed; `nil` if there is none.
  public var anchor: String?

  /// Creates a verdict.
  public init(_ status: Status, _ sentence: String, anchor: String? = nil) {
    self.status = status
    self.sentence = sentence
    self.anchor = anchor
  }
}

/// A key figure of the first screen, for example `Tile("Best test accuracy", "87.02%", note: "epoch 48")`.
public struct Tile: Sendable, Hashable {
  /// The name of the figure.
  public var label: String
  /// The value as text.
  public var value: String
  /// A note below the value.
  public var note: String?
  /// The value's course; `nil` if it is a single value.
  public var curve: Curve?

  /// Creates a tile.
  public init(_ label: String, _ value: String, note: String? = nil, curve: Curve? = nil) {
    self.label = label
    self.value = value
    self.note = note
    self.curve = curve
  }
}

/// A course of values without axes, for a first impression.
public struct Curve: Sendable, Hashable {
  /// The values, from the left; at least two.
  public var values: [Double]
  /// The index of the value that is marked.
  public var marked: Int?
  /// The description for readers who do not see it.
  public var description: String

  /// Creates a curve; `nil` if fewer than two values are numbers.
  public init?(_ values: [Double], marked: Int? = nil, description: String) {
    guard values.count(where: \.isFinite) > 1 else { return nil }
    self.values = values
    self.marked = marked
    self.description = description
  }
}

/// A part of the document.
public enum ReportSection: Sendable {
  /// Escaped HTML (from the Documents module), and its headings for the table of contents.
  ///
  /// The page has its own `h1`; headings in prose should start at `h2`.
  case prose(html: String, headings: [Heading])
  /// Prose with tags of elements that also enclose other sections, for example `<details>` around a cell.
  ///
  /// - Parameter openElements: how many of these elements are open after the section. Sections between which elements
  ///   are open are one part of the page.
  case framed([ProsePiece], headings: [Heading], openElements: Int)
  /// A step: its code and its results.
  case cell(CellView)
  /// Results with their own heading, without a step.
  case results(Heading, [ReportBlock])
  /// Code that does not run.
  case listing(language: String, code: String)
}

/// A piece of prose with tags of elements that also enclose other sections.
public enum ProsePiece: Sendable, Hashable {
  /// Complete, escaped HTML.
  case text(html: String)
  /// Start and end tags of these elements.
  case tags(html: String)
}

/// A prose heading: `level` as in `h2`, the text without markup, the element's id.
public struct Heading: Sendable, Hashable {
  /// The heading's level; 2 for `h2`.
  public var level: Int
  /// The text without markup.
  public var text: String
  /// The text as escaped HTML with formulas; `nil` if it is only the text.
  public var html: String?
  /// The element's id.
  public var id: String

  /// Creates a heading.
  public init(level: Int, text: String, html: String? = nil, id: String) {
    self.level = level
    self.text = text
    self.html = html
    self.id = id
  }
}

/// A JSON value that the page carries for programs, as `<script type="application/json" id="…">`.
public struct Attachment: Sendable, Hashable {
  /// The element's id.
  public var id: String
  /// The value.
  public var json: String

  /// Creates an attachment.
  public init(_ id: String, json: String) {
    self.id = id
    self.json = json
  }
}
