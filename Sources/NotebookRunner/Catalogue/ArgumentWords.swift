import Cells

extension Catalogue {
  /// The words about an argument's name, also in another library's spelling: `'learningRate' is an argument of '.sgd'`;
  /// `nil` if there is no such argument.
  func argumentWords(for name: String) -> String? {
    let labels = Set(rows.flatMap(\.parameters).compactMap(\.label)).sorted()
    guard let label = foreignNames.label(for: name, among: labels) else {
      return foreignNames.note(onLabel: name, among: labels)
    }
    let users = rows.filter { row in row.parameters.contains { $0.label == label } }
    let names = users.map(\.shortName).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let listed = names.prefix(5).map { "'\($0)'" }.joined(separator: ", ") + (names.count > 5 ? ", …" : "")
    return "'\(label)' is an argument of \(listed); 'quire describe NAME' explains it"
  }
}
