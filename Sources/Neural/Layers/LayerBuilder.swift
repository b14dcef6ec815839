/// Collects the layers written in a block; supports `if` and `for`.
@resultBuilder
public enum LayerBuilder {
  public static func buildExpression(
    _ layer: any Layer, file: String = #fileID, line: Int = #line, column: Int = #column
  ) -> [LayerElement] {
    [
      LayerElement(
        layer, name: (layer as? Block)?.name, origin: Origin(file: file, line: line, column: column))
    ]
  }
  public static func buildBlock(_ parts: [LayerElement]...) -> [LayerElement] { parts.flatMap { $0 } }
  public static func buildOptional(_ part: [LayerElement]?) -> [LayerElement] { part ?? [] }
  public static func buildEither(first: [LayerElement]) -> [LayerElement] { first }
  public static func buildEither(second: [LayerElement]) -> [LayerElement] { second }
  public static func buildArray(_ parts: [[LayerElement]]) -> [LayerElement] { parts.flatMap { $0 } }
}
