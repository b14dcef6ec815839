import Diagnostics

/// The values collected by a builder block, in order, each with its place.
///
///     .initialiser(
///       Block.self, conformsTo: ["Layer"], "Named layers in order.",
///       p("name", label: nil, String.self), builder("layers", of: "Layer", by: "LayerBuilder")) { name, layers in
///         Block(name, elements: layers.elements.compactMap { … $0.value … $0.location … }) }
public struct BuilderContent: CellConvertible {
  /// A collected value.
  public struct Element: Sendable {
    /// The value.
    public let value: Value
    /// The place of the value's expression.
    public let location: SourceLocation

    package init(value: Value, location: SourceLocation) {
      self.value = value
      self.location = location
    }
  }

  /// The collected values, in source order.
  public let elements: [Element]
  /// In a rehearsal, whether an element is a placeholder for one or more that could not be computed.
  package var hasGaps = false

  /// Creates content from elements.
  public init(_ elements: [Element]) { self.elements = elements }

  /// The parameter states the protocol; see ``builder(_:of:by:label:_:)``.
  public static var cellType: CellType { .builder("Any") }
  public init?(cellValue: Value) {
    guard case .host(let content as BuilderContent, _) = cellValue else { return nil }
    self = content
  }
  public var cellValue: Value { .host(self, type: "BuilderContent") }
}

extension Value {
  /// Whether this is a builder block with a placeholder among its values.
  package var hasGaps: Bool { BuilderContent(cellValue: self)?.hasGaps ?? false }
}

/// Information about the running call, for host functions.
public enum CellContext {
  /// The notebook place of the innermost host call; `nil` outside cells.
  ///
  ///     { name, layers in build(name, layers, at: CellContext.callSite) }
  @TaskLocal public static var callSite: SourceLocation?
}
