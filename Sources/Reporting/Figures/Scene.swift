/// A drawing in a fixed coordinate system: y points down, units are CSS pixels at the natural size.
///
/// Colours are roles rather than values, so that one scene works on light and dark pages, in files and in print.
///
///     var scene = Scene(width: 200, height: 100)
///     scene.add(.line(Point(0, 90), Point(200, 90), Stroke(.grid)))
///     scene.add(.text(Text("epoch", at: Point(100, 98), anchor: .middle)))
public struct Scene: Sendable, Hashable, Codable {
  /// The width in pixels.
  public var width: Double
  /// The height in pixels.
  public var height: Double
  /// The elements, drawn in order; later ones are on top.
  public var elements: [SceneElement]
  /// The plots in which the reader can move a crosshair.
  public var panels: [CrosshairPanel]

  /// Creates a scene.
  public init(
    width: Double, height: Double, elements: [SceneElement] = [], panels: [CrosshairPanel] = []
  ) {
    self.width = width
    self.height = height
    self.elements = elements
    self.panels = panels
  }

  /// Adds an element on top.
  public mutating func add(_ element: SceneElement) { elements.append(element) }
}

/// A shape of a scene. Elements with coordinates that are not finite are not drawn.
public enum SceneElement: Sendable, Hashable, Codable {
  /// A line between two points.
  case line(Point, Point, Stroke)
  /// Connected line segments.
  case polyline([Point], Stroke)
  /// A filled rectangle with corners rounded by `radius`.
  case rectangle(Rectangle, fill: SceneColor, radius: Double = 0)
  /// A circle, filled, outlined or both.
  case circle(center: Point, radius: Double, fill: SceneColor?, stroke: Stroke? = nil)
  /// Unconnected dots of one colour.
  case dots([Point], radius: Double, fill: SceneColor)
  /// Rectangles of one colour.
  case cells([Rectangle], fill: SceneColor, opacity: Double)
  /// A polygon.
  case area([Point], fill: SceneColor, opacity: Double)
  /// A line of text.
  case text(Text)
}

/// A point in scene coordinates.
public struct Point: Sendable, Hashable, Codable {
  /// The distance from the left edge.
  public var x: Double
  /// The distance from the top edge.
  public var y: Double

  /// Creates a point.
  public init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }

  var isFinite: Bool { x.isFinite && y.isFinite }
}

/// A rectangle in scene coordinates.
public struct Rectangle: Sendable, Hashable, Codable {
  /// The left edge.
  public var x: Double
  /// The top edge.
  public var y: Double
  /// The width.
  public var width: Double
  /// The height.
  public var height: Double

  /// Creates a rectangle.
  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// The right edge.
  public var maxX: Double { x + width }
  /// The bottom edge.
  public var maxY: Double { y + height }
  var isFinite: Bool { x.isFinite && y.isFinite && width.isFinite && height.isFinite }
}

/// A line's colour, width in pixels, and dash pattern (lengths of dash and gap; empty for solid).
public struct Stroke: Sendable, Hashable, Codable {
  /// The colour.
  public var color: SceneColor
  /// The width in pixels.
  public var width: Double
  /// The lengths of dashes and gaps in pixels; empty for a solid line.
  public var dash: [Double]

  /// Creates a stroke.
  public init(_ color: SceneColor, width: Double = 1, dash: [Double] = []) {
    self.color = color
    self.width = width
    self.dash = dash
  }
}

/// A line of text. `position` is on the baseline, at the end that `anchor` names.
public struct Text: Sendable, Hashable, Codable {
  /// The part of the text that is at its position.
  public enum Anchor: String, Sendable, Hashable, Codable { case start, middle, end }
  /// The font weight.
  public enum Weight: String, Sendable, Hashable, Codable { case regular, bold }

  /// The text.
  public var string: String
  /// The position of the anchor, on the baseline.
  public var position: Point
  /// The part of the text that is at the position.
  public var anchor: Anchor
  /// The font size in pixels.
  public var size: Double
  /// The font weight.
  public var weight: Weight
  /// The colour.
  public var color: SceneColor

  /// Creates a text.
  public init(
    _ string: String, at position: Point, anchor: Anchor = .start, size: Double = 13,
    weight: Weight = .regular, color: SceneColor = .text
  ) {
    self.string = string
    self.position = position
    self.anchor = anchor
    self.size = size
    self.weight = weight
    self.color = color
  }
}

/// The role of a colour; `Palette` has its light and dark values.
public enum SceneColor: Sendable, Hashable, Codable {
  /// Text, secondary text, grid lines and the background.
  case text, muted, grid, background
  /// A data series: Okabe-Ito blue, vermilion, green, purple; repeats from 4 on.
  case series(Int)
}

/// A plot area with linear axes, linked to a data table, in which the crosshair moves.
public struct CrosshairPanel: Sendable, Hashable, Codable {
  /// The plot area in scene coordinates.
  public var frame: Rectangle
  /// The values at the left and right edge; of a logarithmic axis, their decimal logarithms.
  public var xDomain: ClosedRange<Double>
  /// The values at the bottom and top edge; of a logarithmic axis, their decimal logarithms.
  public var yDomain: ClosedRange<Double>
  /// Whether the x axis is logarithmic.
  public var isLogarithmicX: Bool
  /// Whether the y axis is logarithmic.
  public var isLogarithmicY: Bool
  /// The quantity on the x axis, for example `epoch`. Crosshairs of panels with the same quantity move together.
  public var axis: String
  /// The index of the figure's data table with the values; its first column is x.
  public var table: Int
  /// The indices of the table columns that this panel draws.
  public var columns: [Int]
  /// The series colour of each column.
  public var colors: [Int]

  /// Creates a panel.
  public init(
    frame: Rectangle, xDomain: ClosedRange<Double>, yDomain: ClosedRange<Double>,
    isLogarithmicX: Bool = false, isLogarithmicY: Bool = false, axis: String, table: Int, columns: [Int],
    colors: [Int]
  ) {
    self.frame = frame
    self.xDomain = xDomain
    self.yDomain = yDomain
    self.isLogarithmicX = isLogarithmicX
    self.isLogarithmicY = isLogarithmicY
    self.axis = axis
    self.table = table
    self.columns = columns
    self.colors = colors
  }
}
