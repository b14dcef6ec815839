import Diagnostics

/// What a builder block collected, in order: each value with the place it was written at.
///
///     .initialiser(
///       Block.self, conformsTo: ["Layer"], "Named layers in order.",
///       p("name", label: nil, String.self), builder("layers", of: "Layer", by: "LayerBuilder")) { name, layers in
///         Block(name, elements: layers.elements.compactMap { … $0.value … $0.location … }) }
public struct BuilderContent: CellConvertible {
  public struct Element: Sendable {
    public let value: Value
    public let location: SourceLocation

    package init(value: Value, location: SourceLocation) {
      self.value = value
      self.location = location
    }
  }

  public let elements: [Element]

  public init(_ elements: [Element]) { self.elements = elements }

  /// The protocol is the parameter's; see ``builder(_:of:by:label:_:)``.
  public static var cellType: CellType { .builder("Any") }
  public init?(cellValue: Value) {
    guard case .host(let content as BuilderContent, _) = cellValue else { return nil }
    self = content
  }
  public var cellValue: Value { .host(self, type: "BuilderContent") }
}

/// What a host function can ask about the call that is being evaluated.
public enum CellContext {
  /// Where in the notebook the innermost host call stands; `nil` outside of cells.
  ///
  ///     { name, layers in build(name, layers, at: CellContext.callSite) }
  @TaskLocal public static var callSite: SourceLocation?
}
