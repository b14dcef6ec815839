import Diagnostics
import Support

/// The documentation of one catalogue row, as printed by `quire describe`.
///
///     for row in catalogue.descriptions(of: "train") { print(row.text) }
public struct EntryDescription: Sendable {
  /// The name of the row's group.
  public let group: String
  /// The name as written in a cell.
  public let name: String
  /// The declaration in Swift syntax, without keywords.
  public let signature: String
  /// A one-line summary.
  public let doc: String
  /// Example code; empty if there is none.
  public let example: String
  /// The parameters, in declaration order.
  public let parameters: [ParameterInfo]

  package init(_ entry: Entry) {
    group = entry.group
    name = entry.kind == .staticMember || entry.kind == .staticValue ? ".\(entry.name)" : entry.name
    signature = entry.signature
    doc = entry.doc
    example = entry.example
    parameters = entry.parameters
  }

  /// The signature, the summary, one line per parameter and the example, indented.
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
  /// All rows with this name. A static member is found with or without its dot or type (`adamW`, `.adamW`,
  /// `Optimizer.adamW`). Empty if there is none; see ``nearestName(to:)``.
  public func descriptions(of name: String) -> [EntryDescription] {
    let wanted = name.hasPrefix(".") ? String(name.dropFirst()) : name
    return rows.filter { row in row.name == wanted || row.owner.map { "\($0).\(row.name)" } == wanted }
      .map(EntryDescription.init)
  }

  /// All rows, group by group, in catalogue order.
  public var descriptions: [EntryDescription] { rows.map(EntryDescription.init) }

  /// The rows with this name as text, or `nil` if there is none.
  public func describe(_ name: String) -> String? {
    let found = descriptions(of: name)
    return found.isEmpty ? nil : found.map(\.text).joined(separator: "\n\n")
  }

  /// The most likely intended name for a misspelt one, or `nil` if nothing is close.
  public func nearestName(to name: String) -> String? { nearMiss(of: name, among: rows.map(\.name)) }
}
