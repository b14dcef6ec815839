/// A chart with what a reader needs beside it: caption, words in place of the picture, and its numbers.
///
///     let figure = LineChart(…).figure(name: "loss", caption: "Loss falls.")
///     let svg = figure.svg()        // a file of its own, light and dark
///     let png = try figure.png()    // twice the natural size, light
public struct Figure: Sendable, Hashable, Codable {
  /// The stem of its files, for example `train_history`.
  public var name: String
  /// What it shows, in a few words: the picture's accessible name.
  public var title: String
  /// What is to be seen in it, in sentences made from the data.
  public var description: String
  public var caption: String?
  public var scene: Scene
  /// The same chart for a narrow screen, about 360 px wide; `nil` where `scene` serves.
  public var compactScene: Scene?
  /// The numbers behind it.
  public var data: [Table]

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

  /// The room around the scene in a file, in pixels; on the page, the page gives it.
  static let margin = 16.0

  /// An SVG document, UTF-8, with its colours inside and a dark variant for readers who prefer it.
  public func svg() -> String { SVGWriter.document(self) }

  /// A PNG at twice the natural size, in light colours.
  ///
  /// - Throws: `FigureError` where the drawing library refuses, for example for want of memory.
  public func png() throws(FigureError) -> [UInt8] { try PNGWriter.png(of: scene, scale: 2) }
}

/// Why a figure could not be turned into a file.
public enum FigureError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The picture would be `width` × `height` pixels; a side must be 1…16,384.
  case size(width: Double, height: Double)
  /// The drawing library's own words.
  case drawing(String)

  public var description: String {
    switch self {
    case .size(let width, let height):
      "a figure of \(Number.text(width)) × \(Number.text(height)) pixels cannot be drawn: "
        + "each side must be 1…16384"
    case .drawing(let reason): "the figure could not be drawn: \(reason)"
    }
  }
}

/// A kind of chart: from data to a scene, at either of two widths.
public protocol Chart: Sendable {
  /// The picture's accessible name.
  var title: String { get }
  /// Sentences made from the data.
  var summary: String { get }
  /// The numbers behind the chart.
  var data: [Table] { get }
  func scene(_ layout: ChartLayout) -> Scene
}

/// The width a chart is laid out for.
public enum ChartLayout: Sendable, Hashable, CaseIterable {
  /// A page or a file.
  case wide
  /// A phone: panels stand below each other.
  case compact
}

extension Chart {
  /// The chart as a figure.
  ///
  /// - Parameters:
  ///   - name: the stem of its files.
  ///   - alt: the author's words for the picture (`fig-alt`), before those made from the data.
  public func figure(name: String, caption: String? = nil, alt: String? = nil) -> Figure {
    Figure(
      name: name, title: title, description: alt.map { "\($0) \(summary)" } ?? summary, caption: caption,
      scene: scene(.wide), compactScene: scene(.compact), data: data)
  }
}
