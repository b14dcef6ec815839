import Support

/// Converts blocks to markup.
enum BlockWriter {
  /// The captions of one cell; its label (`Figure 2`) precedes the first.
  struct Captions {
    var label: String?

    /// The next caption, with the label if it has not been used; `nil` if there is neither.
    mutating func next(_ text: String?) -> Markup? {
      defer { label = nil }
      let lead: Markup? = label.map { "<b>\($0)</b>" }
      switch (lead, text) {
      case (nil, nil): return nil
      case (let lead?, nil): return lead
      case (nil, let text?): return Markup(formulasIn: text)
      case (let lead?, let text?): return "\(lead). \(Markup(formulasIn: text))"
      }
    }
  }

  static func block(
    _ block: ReportBlock, _ captions: inout Captions, _ page: inout PageWriter
  ) -> Markup {
    switch block {
    case .text(let text): return console(text)
    case .longText(let text): return longText(text, page.folder)
    case .preformatted(let title, let text):
      return "<div class=\"titled\"><p class=\"title\">\(title)</p>\n\(console(text))</div>\n"
    case .layers(let layers): return LayerTableWriter.markup(layers)
    case .message(let kind, let text):
      return "<p class=\"message \(kind.rawValue)\"><strong>\(kind.word)</strong> \(text)</p>\n"
    case .table(let table): return TableWriter.markup(table, caption: captions.next(table.caption))
    case .facts(let facts): return self.facts(facts)
    case .figure(let figure):
      return FigureWriter.markup(figure, caption: captions.next(figure.caption), number: page.nextFigure())
    case .gallery(let gallery):
      return GalleryWriter.markup(gallery, caption: captions.next(gallery.caption), page.images)
    case .checklist(let requirements): return checklist(requirements)
    case .trainingLog(let log): return TrainingLogWriter.markup(log, caption: captions.next(nil))
    case .confusionMatrix(let matrix):
      return ConfusionMatrixWriter.markup(matrix, caption: captions.next(matrix.caption))
    case .problem(let text):
      return """
        <div class="message error problem"><strong>Error</strong>
        <pre tabindex="0">\(text.asConsoleText)</pre></div>

        """
    }
  }

  static func facts(_ facts: [Fact]) -> Markup {
    let rows = facts.markup { fact in
      let note: Markup = fact.note.map { " <small>\(Markup(digestsIn: $0))</small>" } ?? ""
      return "<div><dt>\(fact.name)</dt><dd>\(value(fact.value))\(note)</dd></div>\n"
    }
    return "<dl class=\"facts\">\n\(rows)</dl>\n"
  }

  /// A time in ISO 8601 is shown in the reader's time zone if scripts run.
  private static func value(_ text: String) -> Markup {
    guard text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil else {
      return Markup(digestsIn: text)
    }
    return "<time datetime=\"\(text)\">\(text)</time>"
  }

  /// A list of requirements, each with its outcome in words.
  static func checklist(_ requirements: [Requirement]) -> Markup {
    let rows = requirements.markup { item in
      let (name, word) =
        switch item.passed {
        case true?: ("pass", "Pass")
        case false?: ("fail", "Fail")
        case nil: ("open", "Not checked")
        }
      return """
        <tr class="\(name)"><td><span class="mark">\(word)</span></td><th scope="row">\(item.title)</th>\
        <td>\(item.required)</td><td>\(item.found)</td></tr>

        """
    }
    return """
      <div class="scroll" tabindex="0" role="group" aria-label="Requirements"><table class="checklist">
      <thead><tr><th scope="col">Outcome</th><th scope="col">Requirement</th><th scope="col">Required</th>\
      <th scope="col">Found</th></tr></thead>
      <tbody>
      \(rows)</tbody></table></div>

      """
  }

  /// Monospaced text; text longer than a screen scrolls in its own box.
  static func console(_ text: String) -> Markup {
    let plain = text.asConsoleText
    let isLong = plain.utf8.reduce(0) { $0 + ($1 == 10 ? 1 : 0) } > 40
    let size: Markup = isLong ? " long" : ""
    return "<pre class=\"console\(size)\" tabindex=\"0\">\(plain)</pre>\n"
  }

  /// The beginning and the end, with a link to the whole text between them.
  ///
  /// - Parameter folder: the results folder, relative to the page.
  private static func longText(_ text: LongText, _ folder: String?) -> Markup {
    var omission: Markup = "\(text.omission) omitted."
    if let file = text.file {
      let path = folder.map { "\($0)/\(file)" } ?? file
      omission += " The whole output is in <a href=\"\(path.linkDestination)\">\(path)</a>."
    }
    let beginning: Markup = text.beginning.isEmpty ? "" : console(text.beginning)
    let ending: Markup = text.ending.isEmpty ? "" : console(text.ending)
    return """
      \(beginning)<p class="omitted">\(omission)</p>
      \(ending)
      """
  }
}
