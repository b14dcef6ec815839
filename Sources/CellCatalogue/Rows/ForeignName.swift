/// A name of another library, and the catalogue's word for it.
public struct ForeignName: Sendable {
  /// The name in the other library, without its module: `CosineAnnealingLR`, `fit`.
  public let name: String
  /// The libraries that have the name: `PyTorch`.
  public let library: String
  /// The rows that replace it, by qualified name, such as `Schedule.cosine`; empty if nothing does.
  public let rows: [String]
  /// The words for users: the code to write, or the reason why nothing is needed.
  public let advice: String

  /// Creates a name.
  public init(_ name: String, of library: String, rows: [String] = [], _ advice: String) {
    self.name = name
    self.library = library
    self.rows = rows
    self.advice = advice
  }

  /// The advice as a note: `PyTorch's 'StepLR': write '.step(stepSize: 8)'`.
  package var note: String { "\(library)'s '\(name)': \(advice)" }
}

/// Names of other libraries, found regardless of case and underscores.
public struct ForeignNames: Sendable {
  /// All names, in listing order.
  public let all: [ForeignName]
  private let names: [String: ForeignName]
  /// The modules that qualify them, such as `nn`, with their libraries.
  public let modules: [String: String]
  /// Argument labels, such as `lr`, each with the labels that replace it.
  public let labels: [String: [String]]

  /// Creates a table.
  public init(
    _ all: [ForeignName] = [], modules: [String: String] = [:], labels: [String: [String]] = [:]
  ) {
    self.all = all
    self.modules = modules
    self.labels = Dictionary(labels.map { (Self.key($0.key), $0.value) }) { first, _ in first }
    names = Dictionary(all.map { (Self.key($0.name), $0) }) { first, _ in first }
  }

  /// The entry for a name; `nil` if there is none.
  public subscript(name: String) -> ForeignName? { names[Self.key(name)] }

  /// The label of a call that another library's label corresponds to; `nil` if there is none.
  public func label(for label: String, among labels: [String]) -> String? {
    let key = Self.key(label)
    return labels.first { Self.key($0) == key }
      ?? (self.labels[key] ?? []).first(where: labels.contains)
  }

  private static func key(_ name: String) -> String { name.lowercased().filter { $0 != "_" } }
}
