import Support

/// A chart with its caption, its alternative text and its numbers.
///
///     let figure = LineChart(…).figure(name: "loss", caption: "Loss falls.")
///     let svg = figure.svg()        // a separate file, light and dark
///     let png = try figure.png()    // twice the natural size, light
public struct Figure: Sendable, Hashable, Codable {
  /// The base name of its files, for example `train_history`.
  public var name: String
  /// A short title, used as the picture's accessible name.
  public var title: String
  /// A description in sentences, generated from the data.
  public var description: String
  /// The caption.
  public var caption: String?
  /// The drawing.
  public var scene: Scene
  /// The same chart for a narrow screen, about 360 px wide; `nil` if `scene` is suitable.
  public var compactScene: Scene?
  /// The chart's numbers.
  public var data: [Table]

  /// Creates a figure.
  public init(
    name: String, title: String, description: String, caption: String? = nil, scene: Scene,
    compactScene: Scene? = nil, data: [Table] = []
  ) {
    self.name = name
    self.title = title
    self.description = description
    self.caption = caption
    self.scene = scene
    self.compactScene = compactScene
    self.data = data
  }

  /// The margin around the scene in a file, in pixels; in the report, the page adds its own.
  static let margin = 16.0

  /// The figure as a UTF-8 SVG document with its own colours, and a dark variant for readers who prefer it.
  public func svg() -> String { SVGWriter.document(self) }

  /// The figure as a PNG at twice the natural size, in light colours.
  ///
  /// - Throws: `FigureError` if the drawing library fails, for example if memory runs out.
  public func png() throws(FigureError) -> [UInt8] { try PNGWriter.png(of: scene, scale: 2) }
}

/// The error for a figure that cannot be written to a file.
public enum FigureError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The picture would be `width` × `height` pixels; a side must be 1…16,384.
  case size(width: Double, height: Double)
  /// The drawing library's message.
  case drawing(String)

  public var description: String {
    switch self {
    case .size(let width, let height):
      "cannot draw a figure of \(Number.text(width)) × \(Number.text(height)) pixels: "
        + "each side must be in 1…16,384"
    case .drawing(let reason): "cannot draw the figure: \(reason)"
    }
  }
}

/// A kind of chart: lays out data as a scene, at either of two widths.
public protocol Chart: Sendable {
  /// The picture's accessible name.
  var title: String { get }
  /// A description in sentences, generated from the data.
  var summary: String { get }
  /// The chart's numbers.
  var data: [Table] { get }
  func scene(_ layout: ChartLayout) -> Scene
}

/// The width for which a chart is laid out.
public enum ChartLayout: Sendable, Hashable, CaseIterable {
  /// The width of a page or file.
  case wide
  /// The width of a phone; panels are stacked.
  case compact

  /// The width of a chart in pixels.
  var width: Double { self == .wide ? 720 : 360 }
}

extension Scene {
  /// An empty scene for a single plot.
  init(_ layout: ChartLayout) { self.init(width: layout.width, height: layout == .wide ? 340 : 280) }
}

extension Chart {
  /// The chart as a figure.
  ///
  /// - Parameters:
  ///   - name: the base name of its files.
  ///   - caption: the caption.
  ///   - alt: the author's description (`fig-alt`), placed before the generated one.
  public func figure(name: String, caption: String? = nil, alt: String? = nil) -> Figure {
    Figure(
      name: name, title: title, description: alt.map { "\($0) \(summary)" } ?? summary, caption: caption,
      scene: scene(.wide), compactScene: scene(.compact), data: data)
  }
}
