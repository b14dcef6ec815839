import Cells
import Testing

@Suite struct DescriptionTests {
  @Test func `signatures read as Swift declarations`() {
    let signatures = shapeCatalogue.descriptions.map(\.signature)
    #expect(signatures.contains("Circle(_ radius: Double)"))
    #expect(signatures.contains("draw(_ name: String, @ShapeBuilder _ shapes: () -> [any Shape]) -> Drawing"))
    #expect(
      signatures.contains(
        "paint(_ drawing: Drawing, times copies: Int = 1, ink: Ink = .black, limit: Int? = nil, scale: Double = 1.0) -> String"
      ))
    #expect(signatures.contains("Ink.red(opacity: Double = 1.0, bright: Bool = false) -> Ink"))
    #expect(signatures.contains("Ink.opacity: Double"))
    #expect(signatures.contains("trace(_ step: (Int) -> Double) -> [Double]"))
    #expect(signatures.contains("each(_ body: (Int) -> Void)"))
  }

  @Test func `one row is described with its parameters, units, defaults and example`() {
    #expect(
      shapeCatalogue.describe("Circle") == """
        Circle(_ radius: Double)
          A circle.
            radius  half its width; in pixels; 0 or more
          Example:
            Circle(2.5)
        """)
    #expect(shapeCatalogue.describe(".red") == shapeCatalogue.describe("Ink.red"))
    #expect(shapeCatalogue.describe("circel") == nil)
    #expect(shapeCatalogue.nearestName(to: "Circel") == "Circle")
  }
}
