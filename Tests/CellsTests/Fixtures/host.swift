// What the tests' catalogue offers to cells (Support/ShapeCatalogue.swift), as Swift declarations.

protocol Shape { var area: Double { get } }

struct Circle: Shape {
  let radius: Double
  init(_ radius: Double) { self.radius = radius }
  var area: Double { 3 * radius * radius }
}

struct Square: Shape {
  let side: Int
  init(side: Int = 1) { self.side = side }
  var area: Double { Double(side * side) }
}

struct Layered: Shape {
  let shapes: [any Shape]
  init(@ShapeBuilder _ shapes: () -> [any Shape]) { self.shapes = shapes() }
  var area: Double { shapes.reduce(0) { $0 + $1.area } }
}

@resultBuilder struct ShapeBuilder {
  static func buildExpression(_ shape: any Shape) -> [any Shape] { [shape] }
  static func buildBlock(_ parts: [any Shape]...) -> [any Shape] { parts.flatMap { $0 } }
  static func buildArray(_ parts: [[any Shape]]) -> [any Shape] { parts.flatMap { $0 } }
  static func buildOptional(_ part: [any Shape]?) -> [any Shape] { part ?? [] }
  static func buildEither(first part: [any Shape]) -> [any Shape] { part }
  static func buildEither(second part: [any Shape]) -> [any Shape] { part }
}

struct Drawing {
  let name: String
  let areas: [Double]
  var best: Double? { areas.max() }
}

struct Ink {
  let name: String
  let opacity: Double
  static let black = Ink(name: "black", opacity: 1)
  static func red(opacity: Double = 1, bright: Bool = false) -> Ink {
    Ink(name: bright ? "bright red" : "red", opacity: opacity)
  }
  func thinned(by factor: Double) -> Ink { Ink(name: name, opacity: opacity / factor) }
}

func draw(_ name: String, @ShapeBuilder _ shapes: () -> [any Shape]) -> Drawing {
  Drawing(name: name, areas: shapes().map(\.area))
}

@discardableResult
func paint(_ drawing: Drawing, times copies: Int = 1, ink: Ink = .black, limit: Int? = nil, scale: Double = 1)
  -> String
{
  "\(drawing.name) \(copies) \(ink.name) \(ink.opacity) \(limit.map { "\($0)" } ?? "none") \(scale)"
}

func areaOf(_ shape: any Shape) -> Double { shape.area }
func totalArea(_ shapes: [any Shape]) -> Double { shapes.reduce(0) { $0 + $1.area } }
func mix(_ inks: [Ink]) -> String { inks.map { "\($0.name):\($0.opacity)" }.joined(separator: " ") }
func show(_ ink: Ink) -> String { ink.name }
func show(_ drawing: Drawing) -> String { drawing.name }
func show(_ number: Int, as ink: Ink) -> String { "\(number) \(ink.name)" }
func trace(_ step: @escaping (Int) -> Double) -> [Double] { (0..<3).map(step) }
func each(_ body: @escaping (Int) -> Void) { for i in 0..<2 { body(i) } }
func window(_ range: ClosedRange<Double>, steps: Range<Int> = 0..<3) -> String { "\(range) \(steps)" }
func half(_ x: Float) -> Float { x / 2 }
