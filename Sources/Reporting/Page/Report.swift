/// A finished (or unfinished) run as one self-contained page.
///
/// The same report gives the same bytes. The page makes no request: style, scripts and images are inside.
///
///     var report = Report(title: "CIFAR-10", verdict: Verdict(.passed, "87.0 % at epoch 48"))
///     report.tiles = [Tile("Best test accuracy", "87.02 %", note: "epoch 48")]
///     report.sections = [.prose(html: html, headings: headings), .cell(cell)]
///     let page = report.html()
public struct Report: Sendable {
  public var title: String
  public var author: String?
  /// As it is to be read, for example `2025-10-02`.
  public var date: String?
  public var description: String?
  /// BCP 47, for the page's `lang`.
  public var language: String
  public var verdict: Verdict
  public var tiles: [Tile]
  public var requirements: [Requirement]
  /// Prose, cells and listings in document order.
  public var sections: [ReportSection]
  public var provenance: Provenance

  public init(
    title: String, author: String? = nil, date: String? = nil, description: String? = nil,
    language: String = "en", verdict: Verdict, tiles: [Tile] = [], requirements: [Requirement] = [],
    sections: [ReportSection] = [], provenance: Provenance = Provenance()
  ) {
    self.title = title
    self.author = author
    self.date = date
    self.description = description
    self.language = language
    self.verdict = verdict
    self.tiles = tiles
    self.requirements = requirements
    self.sections = sections
    self.provenance = provenance
  }
}

/// What came of the run, in one sentence.
public struct Verdict: Sendable, Hashable {
  public enum Status: String, Sendable, Hashable, CaseIterable {
    /// `finished` without a target to be met.
    case passed, failed, finished, running, interrupted, error
  }

  public var status: Status
  /// For example `87.0 % at epoch 48, target 85 % met, 199,368 parameters, 38 min on 2 cores`.
  public var sentence: String

  public init(_ status: Status, _ sentence: String) {
    self.status = status
    self.sentence = sentence
  }
}

/// One figure of the first screen, for example `Tile("Best test accuracy", "87.02 %", note: "epoch 48")`.
public struct Tile: Sendable, Hashable {
  public var label: String
  public var value: String
  public var note: String?

  public init(_ label: String, _ value: String, note: String? = nil) {
    self.label = label
    self.value = value
    self.note = note
  }
}

/// One stretch of the document.
public enum ReportSection: Sendable {
  /// HTML that is already escaped (the Documents module's), and the headings in it for the contents.
  ///
  /// The page has its own `h1`; headings in prose should start at `h2`.
  case prose(html: String, headings: [Heading])
  /// A step: its code and what it gave.
  case cell(CellView)
  /// Results under a heading of their own, without a step.
  case results(Heading, [ReportBlock])
  /// Code that is shown only.
  case listing(language: String, code: String)
}

/// A heading of the prose: `level` as in `h2`, the text without markup, the element's id.
public struct Heading: Sendable, Hashable {
  public var level: Int
  public var text: String
  public var id: String

  public init(level: Int, text: String, id: String) {
    self.level = level
    self.text = text
    self.id = id
  }
}

/// What makes the run repeatable: shown in the footer and embedded as JSON.
public struct Provenance: Sendable, Hashable {
  /// Notebook hash, parameters, seed, data, commit, toolchain, machine, times, the exact command.
  public var facts: [Fact]
  /// One JSON value; the page embeds it as `<script type="application/json" id="provenance">`.
  public var json: String

  public init(facts: [Fact] = [], json: String = "{}") {
    self.facts = facts
    self.json = json
  }
}
