/// A drawing in a fixed coordinate system: y grows downwards, units are CSS pixels at the natural size.
///
/// Colours are roles, not values, so that one scene serves light and dark pages, files and print.
///
///     var scene = Scene(width: 200, height: 100)
///     scene.add(.line(Point(0, 90), Point(200, 90), Stroke(.grid)))
///     scene.add(.text(Text("epoch", at: Point(100, 98), anchor: .middle)))
public struct Scene: Sendable, Hashable, Codable {
  public var width: Double
  public var height: Double
  /// Drawn in order, later ones on top.
  public var elements: [SceneElement]
  /// The plots of the scene on which the reader's crosshair moves.
  public var panels: [CrosshairPanel]

  public init(
    width: Double, height: Double, elements: [SceneElement] = [], panels: [CrosshairPanel] = []
  ) {
    self.width = width
    self.height = height
    self.elements = elements
    self.panels = panels
  }

  public mutating func add(_ element: SceneElement) { elements.append(element) }
}

/// What a scene is made of. An element with a coordinate that is not finite is left out.
public enum SceneElement: Sendable, Hashable, Codable {
  case line(Point, Point, Stroke)
  case polyline([Point], Stroke)
  /// A filled rectangle, its corners rounded by `radius`.
  case rectangle(Rectangle, fill: SceneColor, radius: Double = 0)
  case circle(center: Point, radius: Double, fill: SceneColor?, stroke: Stroke? = nil)
  /// Unjoined dots of one colour.
  case dots([Point], radius: Double, fill: SceneColor)
  case text(Text)
}

public struct Point: Sendable, Hashable, Codable {
  public var x: Double
  public var y: Double

  public init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }

  var isFinite: Bool { x.isFinite && y.isFinite }
}

public struct Rectangle: Sendable, Hashable, Codable {
  public var x: Double
  public var y: Double
  public var width: Double
  public var height: Double

  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  public var maxX: Double { x + width }
  public var maxY: Double { y + height }
  var isFinite: Bool { x.isFinite && y.isFinite && width.isFinite && height.isFinite }
}

/// A line's colour, width in pixels, and dash pattern (lengths of mark and gap; empty for solid).
public struct Stroke: Sendable, Hashable, Codable {
  public var color: SceneColor
  public var width: Double
  public var dash: [Double]

  public init(_ color: SceneColor, width: Double = 1, dash: [Double] = []) {
    self.color = color
    self.width = width
    self.dash = dash
  }
}

/// A line of text. `position` is on the baseline, at the end that `anchor` names.
public struct Text: Sendable, Hashable, Codable {
  public enum Anchor: String, Sendable, Hashable, Codable { case start, middle, end }
  public enum Weight: String, Sendable, Hashable, Codable { case regular, bold }

  public var string: String
  public var position: Point
  public var anchor: Anchor
  /// In pixels.
  public var size: Double
  public var weight: Weight
  public var color: SceneColor

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

/// What a colour means; `Palette` says what it is in light and in dark.
public enum SceneColor: Sendable, Hashable, Codable {
  case text, muted, grid, background
  /// A data series: Okabe-Ito blue, vermilion, green, purple; from 4 on they start again.
  case series(Int)
}

/// A plot area with linear axes, tied to a data table, over which the crosshair moves.
public struct CrosshairPanel: Sendable, Hashable, Codable {
  /// The plot area in scene coordinates.
  public var frame: Rectangle
  /// Values at the left and right edge.
  public var xDomain: ClosedRange<Double>
  /// Values at the bottom and top edge.
  public var yDomain: ClosedRange<Double>
  /// What x counts, for example `epoch`: crosshairs of panels with the same word move together.
  public var axis: String
  /// Which of the figure's data tables holds the values; its first column is x.
  public var table: Int
  /// The table's columns that this panel draws, and each one's colour.
  public var columns: [Int]
  public var colors: [Int]

  public init(
    frame: Rectangle, xDomain: ClosedRange<Double>, yDomain: ClosedRange<Double>, axis: String,
    table: Int, columns: [Int], colors: [Int]
  ) {
    self.frame = frame
    self.xDomain = xDomain
    self.yDomain = yDomain
    self.axis = axis
    self.table = table
    self.columns = columns
    self.colors = colors
  }
}
