import Cells
import Diagnostics
import Synchronization

// A small host to test against: shapes, drawings that builder blocks collect, and inks with static members.

protocol Shape: Sendable { var area: Double { get } }

struct Circle: Shape, HostValue {
  let radius: Double
  var area: Double { 3 * radius * radius }
}

struct Square: Shape, HostValue {
  let side: Int
  var area: Double { Double(side * side) }
}

struct AnyShape: CellConvertible {
  let shape: any Shape
  init(_ shape: any Shape) { self.shape = shape }
  static var cellType: CellType { .any("Shape") }
  init?(cellValue: Value) {
    guard case .host(let value as any Shape, _) = cellValue else { return nil }
    shape = value
  }
  var cellValue: Value { .host(shape, type: "Shape") }
}

final class Drawing: HostValue {
  let name: String
  let shapes: [any Shape]
  let lines: [Int]
  init(_ name: String, _ content: BuilderContent) {
    self.name = name
    shapes = content.elements.compactMap { AnyShape(cellValue: $0.value)?.shape }
    lines = content.elements.map(\.location.line)
  }
}

struct Layered: Shape, HostValue {
  let drawing: Drawing
  var area: Double { drawing.shapes.reduce(0) { $0 + $1.area } }
}

struct Ink: HostValue {
  var name: String
  var opacity: Double
}

struct NotDrawn: Error, CustomStringConvertible {
  var description: String { "the pen is dry" }
}

let shapeCatalogue = Catalogue(
  Group(
    "shapes", "What drawings are made of",
    [
      .protocolType("Shape", "Anything with an area."),
      .initialiser(
        Circle.self, conformsTo: ["Shape"], "A circle.", example: "Circle(2.5)",
        p("radius", label: nil, Double.self, "half its width", unit: "pixels", range: .in(0...))
      ) { Circle(radius: $0) },
      .initialiser(
        Square.self, conformsTo: ["Shape"], "A square.", p("side", Int.self, default: 1, "its width")
      ) { Square(side: $0) },
      .initialiser(
        Layered.self, conformsTo: ["Shape"], "Shapes as one shape.",
        builder("shapes", of: "Shape", by: "ShapeBuilder")
      ) { Layered(drawing: Drawing("layered", $0)) },
    ]),
  Group(
    "steps", "What a notebook does",
    [
      .function(
        "draw", "Draws shapes.", example: #"draw("a") { Circle(1) }"#, p("name", label: nil, String.self),
        builder("shapes", of: "Shape", by: "ShapeBuilder")
      ) { name, shapes in Drawing(name, shapes) },
      .function(
        "paint", "Paints a drawing.", p("drawing", label: nil, Drawing.self),
        p("copies", label: "times", Int.self, default: 1),
        p("ink", Ink.self, default: .init(name: "black", opacity: 1), defaultText: ".black"),
        p("limit", Int?.self, default: nil), p("scale", Double.self, default: 1)
      ) { drawing, copies, ink, limit, scale in
        "\(drawing.name) \(copies) \(ink.name) \(ink.opacity) \(limit.map { "\($0)" } ?? "none") \(scale)"
      },
      .function("areaOf", "A shape's area.", p("shape", label: nil, AnyShape.self)) { $0.shape.area },
      .function("totalArea", "The sum of areas.", p("shapes", label: nil, [AnyShape].self)) {
        $0.reduce(0) { $0 + $1.shape.area }
      },
      .function("mix", "Mixes inks.", p("inks", label: nil, [Ink].self)) { inks in
        inks.map { "\($0.name):\($0.opacity)" }.joined(separator: " ")
      },
      .function("fail", "Fails.") { () throws -> Int in throw NotDrawn() },
      .function("show", "Shows an ink.", p("ink", label: nil, Ink.self)) { $0.name },
      .function("show", "Shows a drawing.", p("drawing", label: nil, Drawing.self)) { $0.name },
      .function("show", "Shows a number as an ink.", p("number", label: nil, Int.self), p("as", Ink.self)) {
        "\($0) \($1.name)"
      },
      .function("here", "Where it is called.") { CellContext.callSite.map { "\($0)" } ?? "nowhere" },
      .function(
        "trace", "Calls a function for 0, 1, 2.", p("step", label: nil, Callback<Double, Int>.self)
      ) { step in try (0..<3).map { try step($0) } },
      .function("each", "Calls a function.", p("body", label: nil, Callback<NoValue, Int>.self)) { body in
        for i in 0..<2 { try body(i) }
      },
      .function(
        "window", "Takes ranges.", p("range", label: nil, ClosedRange<Double>.self),
        p("steps", Range<Int>.self, default: 0..<3)
      ) {
        "\($0) \($1)"
      },
      .function("half", "Half a number.", p("x", label: nil, Float.self)) { $0 / 2 },
    ]),
  Group(
    "inks", "What drawings are painted with",
    [
      .staticValue("black", of: Ink.self, "Opaque black.") { Ink(name: "black", opacity: 1) },
      .staticMember(
        "red", of: Ink.self, "Red.", p("opacity", Double.self, default: 1),
        p("bright", Bool.self, default: false)
      ) { Ink(name: $1 ? "bright red" : "red", opacity: $0) },
      .property("opacity", of: Ink.self, "0 to 1.") { $0.opacity },
      .property("name", of: Ink.self, "Its name.") { $0.name },
      .method("thinned", of: Ink.self, "With less opacity.", p("factor", label: "by", Double.self)) {
        ink, factor in
        Ink(name: ink.name, opacity: ink.opacity / factor)
      },
      .property("name", of: Drawing.self, "Its name.") { $0.name },
      .property("lines", of: Drawing.self, "Where its shapes were written.") { $0.lines },
      .property("areas", of: Drawing.self, "Its shapes' areas.") { $0.shapes.map(\.area) },
      .property("best", of: Drawing.self, "The largest area, if any.") { $0.shapes.map(\.area).max() },
    ])
)
