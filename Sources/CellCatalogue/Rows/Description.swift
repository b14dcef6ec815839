import Diagnostics

/// What `quire describe` shows of one row.
///
///     for row in catalogue.descriptions(of: "train") { print(row.text) }
public struct EntryDescription: Sendable {
  public let group: String
  public let name: String
  public let signature: String
  public let doc: String
  public let example: String
  public let parameters: [ParameterInfo]

  package init(_ entry: Entry) {
    group = entry.group
    name = entry.kind == .staticMember || entry.kind == .staticValue ? ".\(entry.name)" : entry.name
    signature = entry.signature
    doc = entry.doc
    example = entry.example
    parameters = entry.parameters
  }

  /// Signature, summary, a line a parameter, and the example, indented.
  public var text: String {
    var lines = [signature, "  " + doc]
    let width = parameters.map(\.name.count).max() ?? 0
    for parameter in parameters {
      var facts = [parameter.doc]
      if let unit = parameter.unit { facts.append("in \(unit)") }
      if let range = parameter.range { facts.append(range.description) }
      if let text = parameter.defaultText { facts.append("default \(text)") }
      let name = parameter.name.padded(to: width)
      lines.append("    \(name)  " + facts.filter { !$0.isEmpty }.joined(separator: "; "))
    }
    if !example.isEmpty {
      lines.append("  Example:")
      lines += example.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }
    }
    return lines.joined(separator: "\n")
  }
}

extension Catalogue {
  /// Every row of the name; a static member is found with and without its dot or its type
  /// (`adamW`, `.adamW`, `Optimizer.adamW`). Empty where there is none; see ``nearestName(to:)``.
  public func descriptions(of name: String) -> [EntryDescription] {
    let wanted = name.hasPrefix(".") ? String(name.dropFirst()) : name
    return rows.filter { row in row.name == wanted || row.owner.map { "\($0).\(row.name)" } == wanted }
      .map(EntryDescription.init)
  }

  /// Every row, group by group, in the catalogue's order.
  public var descriptions: [EntryDescription] { rows.map(EntryDescription.init) }

  /// The rows of a name as text, or `nil` where there is none.
  public func describe(_ name: String) -> String? {
    let found = descriptions(of: name)
    return found.isEmpty ? nil : found.map(\.text).joined(separator: "\n\n")
  }

  /// What an unknown name most likely meant.
  public func nearestName(to name: String) -> String? { nearMiss(of: name, among: rows.map(\.name)) }
}

extension String {
  package func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
