/// A name of another library, and the catalogue's word for it.
public struct ForeignName: Sendable {
  /// The name in the other library, without its module: `CosineAnnealingLR`, `fit`.
  public private(set) var name: String
  /// The libraries that have the name: `PyTorch`.
  public let library: String
  /// The rows that replace it, by qualified name, such as `Schedule.cosine`; empty if nothing does.
  public let rows: [String]
  /// The words for users: the code to write, or the reason why nothing is needed.
  public let advice: String
  /// Whether Quire has no replacement.
  public let isMissing: Bool
  /// Whether the entry is for all names that differ only in digits: `resnet18` is for `resnet50` too.
  public let isFamily: Bool

  /// Creates a name.
  public init(
    _ name: String, of library: String, rows: [String] = [], _ advice: String, isFamily: Bool = false
  ) {
    self.name = name
    self.library = library
    self.rows = rows
    self.advice = advice
    self.isFamily = isFamily
    isMissing = false
  }

  private init(missing name: String, of library: String) {
    (self.name, self.library, advice, isMissing) = (name, library, Self.unavailable, true)
    (rows, isFamily) = ([], false)
  }

  /// A name without a replacement. A row that is added to the catalogue with this name replaces it by itself.
  public static func missing(_ name: String, of library: String) -> ForeignName {
    ForeignName(missing: name, of: library)
  }

  /// The advice for names without a replacement.
  package static let unavailable = "not available in Quire; 'quire describe' lists what is"

  /// The advice as a note: `PyTorch's 'StepLR': write '.step(stepSize: 8)'`.
  package var note: String { "\(library)'s '\(name)': \(advice)" }

  fileprivate func named(_ name: String) -> ForeignName {
    var copy = self
    copy.name = name
    return copy
  }
}

/// Names of other libraries, found regardless of case and underscores.
public struct ForeignNames: Sendable {
  /// All names, in listing order.
  public let all: [ForeignName]
  private let names: [String: ForeignName]
  private let families: [String: ForeignName]
  /// The modules that qualify them, such as `nn`, with their libraries.
  public let modules: [String: String]
  /// Argument labels, such as `lr`, each with the labels that replace it.
  public let labels: [String: [String]]
  /// Argument labels that no single label replaces, such as `betas`; their rows are the labels to write instead.
  public let labelNotes: [ForeignName]

  /// Creates a table.
  public init(
    _ all: [ForeignName] = [], modules: [String: String] = [:], labels: [String: [String]] = [:],
    labelNotes: [ForeignName] = []
  ) {
    self.labelNotes = labelNotes
    families = Dictionary(all.filter(\.isFamily).map { (Self.familyKey($0.name), $0) }) { first, _ in first }
    self.all = all
    self.modules = modules
    self.labels = Dictionary(labels.map { (Self.key($0.key), $0.value) }) { first, _ in first }
    names = Dictionary(all.map { (Self.key($0.name), $0) }) { first, _ in first }
  }

  /// The table for a catalogue with these rows: a missing name that is the name of a row gets the row as replacement.
  ///
  /// - Parameters:
  ///   - rows: the catalogue's rows.
  ///   - endings: what other libraries append to the members of a type: with `["Schedule": "LR"]`, the row
  ///     `Schedule.polynomial` replaces `PolynomialLR`.
  public func resolved(with rows: [Entry], endings: [String: String]) -> ForeignNames {
    let kinds: Set<Entry.Kind> = [.function, .initialiser, .staticMember, .staticValue]
    var replacements: [String: Entry] = [:]
    for row in rows where kinds.contains(row.kind) {
      let ending = row.owner.flatMap { endings[$0.description] }
      for name in [row.name, ending.map { row.name + $0 }].compactMap(\.self) {
        replacements[Self.key(name)] = row
      }
    }
    let all = all.map { foreign in
      guard foreign.isMissing, let row = replacements[Self.key(foreign.name)] else { return foreign }
      let code = (row.owner == nil ? "" : ".") + row.name
      return ForeignName(foreign.name, of: foreign.library, rows: [row.qualifiedName], "write '\(code)'")
    }
    return ForeignNames(all, modules: modules, labels: labels, labelNotes: labelNotes)
  }

  /// The entry for a name; `nil` if there is none.
  public subscript(name: String) -> ForeignName? {
    if let found = names[Self.key(name)] { return found }
    return families[Self.familyKey(name)]?.named(name)
  }

  /// The label of a call that another library's label corresponds to; `nil` if there is none.
  public func label(for label: String, among labels: [String]) -> String? {
    let key = Self.key(label)
    return labels.first { Self.key($0) == key }
      ?? (self.labels[key] ?? []).first(where: labels.contains)
  }

  /// The words about a label that no single label of the call replaces; `nil` if there are none.
  package func note(onLabel label: String, among labels: [String]) -> String? {
    let key = Self.key(label)
    return labelNotes.first { Self.key($0.name) == key && $0.rows.allSatisfy(labels.contains) }?.note
  }

  private static func key(_ name: String) -> String { name.lowercased().filter { $0 != "_" } }
  private static func familyKey(_ name: String) -> String { key(name.filter { !$0.isNumber }) }
}
