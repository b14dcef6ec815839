import Cells
import Documents
import Exporting
import Foundation
import Neural
import Reporting
import Support

/// Assembles a run's page from prose, code and results, in notebook order.
struct ReportAssembler {
  private let run: RunSnapshot
  private let captions: [Int: String]
  private let paths: LocalPaths

  init(_ run: RunSnapshot) {
    self.run = run
    paths = LocalPaths(run.options)
    captions = Self.number(run.steps)
  }

  func report(_ provenance: RunProvenance) -> Report {
    let front = run.notebook.document.frontMatter
    let today = CalendarDay.text(run.started)
    var writer = proseWriter
    let abstract = front.abstract.map { writer.html(markdown: $0) }
    return Report(
      title: front.title ?? run.options.name, subtitle: front.subtitle,
      author: front.authors.isEmpty ? nil : front.authors.joined(separator: ", "),
      date: front.date(on: today) ?? today, description: front.description,
      abstract: abstract, language: front.lang ?? "en", verdict: Verdicts.verdict(run),
      tiles: Verdicts.tiles(run),
      requirements: run.results.requirements, sections: sections(&writer),
      provenance: provenance.facts.map(paths.hidden),
      attachments: EmbeddedRun.attachments(run, provenance, paths),
      folder: run.options.name, theme: run.notebook.theme)
  }

  /// The writer of all prose on the page.
  private var proseWriter: ProseWriter {
    let references = Dictionary(
      run.steps.compactMap { step in
        step.fence.label.map { ($0, (text: captions[step.position] ?? $0, anchor: step.anchor)) }
      }, uniquingKeysWith: { $1 })
    let directory = run.options.directory
    let back = Paths.relative(directory, from: run.options.output.isEmpty ? "." : run.options.output)
    let prefix = back == "." ? "" : back.linkDestination + "/"
    return ProseWriter(
      value: { run.values[$0] }, reference: { references[$0] },
      image: { LocalImage.dataURI($0, in: directory) },
      link: { url in
        // The report is in another folder than the notebook.
        guard !url.hasPrefix("#"), !url.hasPrefix("/"), let file = LocalFile(url, in: directory),
          file.linkFault == nil
        else { return nil }
        return prefix + url
      }, headingShift: 1,
      reservedIDs: PageAnchors.fixed.union(run.steps.map(\.anchor)))
  }

  private func sections(_ writer: inout ProseWriter) -> [ReportSection] {
    let document = run.notebook.document
    let stepAt = Dictionary(run.steps.map { ($0.position, $0) }) { $1 }
    var sections: [ReportSection] = []
    for (position, block) in document.blocks.enumerated() {
      // A run that stops early shows the footnotes of what it shows.
      guard position <= run.lastPosition || block.isFootnotes else { continue }
      switch block {
      case .prose(let prose):
        let before = writer.headings.count
        let pieces = writer.pieces(prose)
        let headings = writer.headings[before...].map {
          Heading(level: $0.level, text: $0.text, html: $0.html, id: $0.id)
        }
        sections.append(.init(pieces, headings: headings, openElements: writer.openElements))
      case .listing(let fence):
        sections.append(.listing(language: fence.language, code: fence.code))
      case .step:
        if let step = stepAt[position] { sections.append(.cell(view(step))) }
      }
    }
    if writer.openElements > 0 {
      sections.append(.framed([.tags(html: writer.closeElements())], headings: [], openElements: 0))
    }
    return sections
  }

  private func view(_ step: StepRecord) -> CellView {
    let options = step.fence.options
    let fold: CellView.Fold =
      switch options.codeFold {
      case .never: .never
      case .folded: .folded
      case .shown: .open
      case nil: .automatic
      }
    let status: CellView.Status =
      switch step.status {
      case .running: .running
      case .ran: step.isRestored ? .restored : .ran
      case .failed: .failed
      case .interrupted: .interrupted
      case .pending: .pending
      case .skipped: .skipped
      case .edited: .edited
      }
    return CellView(
      anchor: step.anchor, label: step.fence.label, number: step.number,
      code: tokens(step).map { CodeToken($0.text, .init($0.kind)) },
      showsCode: options.echo != false, fold: fold, foldSummary: options.codeSummary, status: status,
      seconds: step.seconds, origin: run.resumption(of: step.number - 1),
      captionLabel: captions[step.position], blocks: blocks(step) + notRun(after: step))
  }

  /// A remark on the steps that a failure prevented.
  private func notRun(after step: StepRecord) -> [ReportBlock] {
    let count = run.steps.dropFirst(step.number).count { $0.fence.options.eval != false }
    guard step.status == .failed, run.status == .failed, step.position == run.lastPosition, count > 0 else {
      return []
    }
    return [.message(.info, "The error stopped the run: \(Number.counted(count, "step")) not run")]
  }

  private func tokens(_ step: StepRecord) -> [Highlighter.Token] {
    let code = step.fence.codeWithoutOptions.trimmingCharacters(in: .newlines)
    guard let cell = run.notebook.cells[step.position] else { return Highlighter.tokens(in: code) }
    return cell.tokens(in: code)
  }

  /// The part of a step's results that the page shows.
  private func blocks(_ step: StepRecord) -> [ReportBlock] {
    let options = step.fence.options
    var blocks = step.blocks
    if options.output == false { blocks.removeAll { if case .problem = $0 { false } else { true } } }
    if let caption = options.figCap { Self.caption(&blocks, caption, alt: options.figAlt) }
    return blocks.map(paths.hidden)
  }

  /// The results as data, for exports.
  func outputs() -> RunOutputs {
    RunOutputs(
      notebookSHA256: run.notebookSHA256, isFinished: run.status == .finished,
      steps: run.steps.map { step in
        let status: RunOutputs.Step.Status =
          switch step.status {
          case .ran: .ran
          case .failed, .interrupted: .failed
          case .skipped: .skipped
          case .pending, .running, .edited: .pending
          }
        return RunOutputs.Step(
          line: step.fence.range.start.line, status: status, seconds: step.seconds,
          captionLabel: captions[step.position], blocks: blocks(step))
      }, values: run.notebook.document.inlineExpressions.map { run.values[$0] })
  }

  /// `Figure 1`, `Table 1`, … for the steps with a caption, in order.
  private static func number(_ steps: [StepRecord]) -> [Int: String] {
    var figures = 0
    var tables = 0
    var numbers: [Int: String] = [:]
    for step in steps where step.fence.options.figCap != nil {
      if step.blocks.first(where: \.takesCaption)?.isTable == true {
        tables += 1
        numbers[step.position] = "Table \(tables)"
      } else {
        figures += 1
        numbers[step.position] = "Figure \(figures)"
      }
    }
    return numbers
  }

  /// Gives the caption to the first block that can have one.
  private static func caption(_ blocks: inout [ReportBlock], _ text: String, alt: String?) {
    guard let index = blocks.firstIndex(where: \.takesCaption) else { return }
    switch blocks[index] {
    case .figure(var figure):
      figure.caption = figure.caption.map { "\(text) \($0)" } ?? text
      if let alt { figure.description = "\(alt) \(figure.description)" }
      blocks[index] = .figure(figure)
    case .gallery(var gallery):
      gallery.caption = gallery.caption.map { "\(text) \($0)" } ?? text
      blocks[index] = .gallery(gallery)
    case .table(var table):
      table.caption = text
      blocks[index] = .table(table)
    case .confusionMatrix(var matrix):
      matrix.caption = matrix.caption.map { "\(text) \($0)" } ?? text
      blocks[index] = .confusionMatrix(matrix)
    default: break
    }
  }
}

extension ReportBlock {
  fileprivate var takesCaption: Bool {
    switch self {
    case .figure, .gallery, .table, .confusionMatrix: true
    default: false
    }
  }

  fileprivate var isTable: Bool {
    switch self {
    case .table, .confusionMatrix: true
    default: false
    }
  }
}

extension ReportSection {
  fileprivate init(_ pieces: [ProseWriter.Piece], headings: [Heading], openElements: Int) {
    if case .text(let html)? = pieces.first, pieces.count == 1 {
      self = .prose(html: html, headings: headings)
      return
    }
    let framed = pieces.map { piece -> ProsePiece in
      switch piece {
      case .text(let html): .text(html: html)
      case .tags(let html): .tags(html: html)
      }
    }
    self = .framed(framed, headings: headings, openElements: openElements)
  }
}

extension CodeToken.Kind {
  fileprivate init(_ kind: Highlighter.Kind) {
    switch kind {
    case .keyword: self = .keyword
    case .string: self = .string
    case .number: self = .number
    case .comment: self = .comment
    case .call: self = .function
    case .type: self = .type
    case .label: self = .label
    case .plain: self = .plain
    }
  }
}
