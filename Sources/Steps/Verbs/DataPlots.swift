import CellCatalogue
import Neural
import Reporting
import Support

extension Plot {
  private static let name = p(
    "name", String.self, default: "", "the name in the legend, if several plots share axes")
  private static let band = p(
    "band", [PlotNumber].self, default: [],
    "a band around the line: its distance to either side at each value, e.g. a standard deviation")
  private static let ys = p("y", [PlotNumber].self, "the values")
  private static let xs = p("x", [PlotNumber].self, "the horizontal position of each value")
  private static let bins = p(
    "bins", Int?.self, default: nil, defaultText: "nil",
    "number of intervals; nil chooses it from the values",
    range: .in(1...1000))

  /// The plots of a notebook's own numbers as rows of the catalogue.
  package static let dataRows: [Entry] = [
    .staticMember(
      "line", of: Plot.self, "A line through values; x counts from 1.",
      example: "plot(.line([2.1, 1.4, 1.1]), x: .axis(\"epoch\"), y: .axis(\"loss\"))",
      p("y", label: nil, [PlotNumber].self, "the values"), name, band
    ) { y, name, band in
      try checkedLine(x: nil, y: y.numbers.plotted, name: name, band: band.numbers.plotted)
    },
    .staticMember(
      "line", of: Plot.self, "A line through points, with a band around it if one is given.",
      example:
        "plot(.line(x: [1, 10, 100], y: [0.5, 0.7, 0.9], band: [0.1, 0.1, 0.02]), x: .axis(\"n\", scale: .log))",
      xs, ys, name, band
    ) { x, y, name, band in
      try checkedLine(x: x.numbers.plotted, y: y.numbers.plotted, name: name, band: band.numbers.plotted)
    },
    .staticMember(
      "scatter", of: Plot.self, "Points.",
      example: "plot(.scatter(x: [1, 2, 3], y: [0.5, 0.7, 0.6], name: \"runs\"))", xs, ys, name
    ) { x, y, name in
      try checkedScatter(x: x.numbers.plotted, y: y.numbers.plotted, name: name)
    },
    .staticMember(
      "histogram", of: Plot.self, "How many values are in each of a number of intervals of equal width.",
      example: "plot(.histogram([0.1, 0.4, 0.5, 0.9], bins: 20))",
      p("values", label: nil, [PlotNumber].self, "the values"), bins, name
    ) { .histogram($0.numbers, bins: $1, name: $2) },
    .staticMember(
      "bar", of: Plot.self, "A bar for each label.",
      example: "plot(.bar(labels: [\"cat\", \"dog\"], values: [12, 30]), y: .axis(\"images\"))",
      p("labels", [String].self, "the bars' names"), p("values", [PlotNumber].self, "the value of each bar"),
      name
    ) { labels, values, name in
      try checkedBar(labels: labels, values: values.numbers.plotted, name: name)
    },
    .staticMember(
      "heatMap", of: Plot.self, "A matrix as coloured cells.",
      example: "plot(.heatMap([[1, 0.2], [0.2, 1]], rows: [\"a\", \"b\"], columns: [\"a\", \"b\"]))",
      p("matrix", label: nil, [[PlotNumber]].self, "the rows of the matrix, from the top"),
      p("rows", [String].self, default: [], "the rows' names; empty counts from 1"),
      p("columns", [String].self, default: [], "the columns' names; empty counts from 1")
    ) { matrix, rows, columns in
      try checkedHeatMap(matrix.map(\.numbers.plotted), rows: rows, columns: columns)
    },
    .staticMember(
      "images", of: Plot.self,
      "Matrices as grey images side by side, each from its lowest to its highest value.",
      example: "plot(.images([[[0, 1], [1, 0]]], titles: [\"checkerboard\"]))",
      p("images", label: nil, [[[PlotNumber]]].self, "the images, each as rows of pixels"),
      p("titles", [String].self, default: [], "the text below each image")
    ) { images, titles in
      try checkedImages(images.map { $0.map(\.numbers.plotted) }, titles: titles)
    },
  ]
}

extension Plot {
  /// A line through values at x = 1, 2, 3, … (`line.png`). Values that are not finite are gaps.
  ///
  /// - Parameters:
  ///   - y: the values.
  ///   - name: the name in the legend.
  ///   - band: the distance of the band's edges from the line at each value; empty for no band.
  public static func line(_ y: [any Plottable], name: String = "", band: [any Plottable] = []) -> Plot {
    deferred("line") { try checkedLine(x: nil, y: y.plotted, name: name, band: band.plotted) }
  }

  /// A line through points (`line.png`).
  ///
  /// - Parameters:
  ///   - x: the horizontal position of each value.
  ///   - y: the values.
  ///   - name: the name in the legend.
  ///   - band: the distance of the band's edges from the line at each value; empty for no band.
  public static func line(
    x: [any Plottable], y: [any Plottable], name: String = "", band: [any Plottable] = []
  ) -> Plot {
    deferred("line") { try checkedLine(x: x.plotted, y: y.plotted, name: name, band: band.plotted) }
  }

  /// Points (`scatter.png`).
  ///
  /// - Parameters:
  ///   - x: the horizontal positions.
  ///   - y: the vertical positions.
  ///   - name: the name in the legend.
  public static func scatter(x: [any Plottable], y: [any Plottable], name: String = "") -> Plot {
    deferred("scatter") { try checkedScatter(x: x.plotted, y: y.plotted, name: name) }
  }

  /// The distribution of values (`histogram.png`).
  ///
  /// - Parameters:
  ///   - values: the values; those that are not finite are left out.
  ///   - bins: the number of intervals; `nil` chooses it from the values.
  ///   - name: the name in the legend.
  public static func histogram(_ values: [any Plottable], bins: Int? = nil, name: String = "") -> Plot {
    Plot(name: "histogram", .histogram(name: name, values: values.plotted, bins: bins))
  }

  /// A bar for each label (`bar.png`).
  ///
  /// - Parameters:
  ///   - labels: the bars' names.
  ///   - values: the value of each bar.
  ///   - name: the name in the legend.
  public static func bar(labels: [String], values: [any Plottable], name: String = "") -> Plot {
    deferred("bar") { try checkedBar(labels: labels, values: values.plotted, name: name) }
  }

  /// A matrix as coloured cells (`heat_map.png`).
  ///
  /// - Parameters:
  ///   - matrix: the rows of the matrix, from the top.
  ///   - rows: the rows' names; empty counts from 1.
  ///   - columns: the columns' names; empty counts from 1.
  public static func heatMap(_ matrix: [[any Plottable]], rows: [String] = [], columns: [String] = []) -> Plot
  {
    deferred("heat_map") { try checkedHeatMap(matrix.map(\.plotted), rows: rows, columns: columns) }
  }

  /// Matrices as grey images side by side.
  ///
  /// - Parameters:
  ///   - images: the images, each as rows of pixels; the lowest value is black, the highest white.
  ///   - titles: the text below each image.
  public static func images(_ images: [[[any Plottable]]], titles: [String] = []) -> Plot {
    deferred("images") { try checkedImages(images.map { $0.map(\.plotted) }, titles: titles) }
  }

  /// The plot, or one that throws the error when it is drawn: these functions do not throw.
  private static func deferred(_ name: String, _ plot: () throws -> Plot) -> Plot {
    do { return try plot() } catch { return Plot(name: name) { throw error } }
  }
}

extension Plot {
  private static func checkedLine(x: [Double]?, y: [Double], name: String, band: [Double]) throws -> Plot {
    let x = x ?? y.indices.map { Double($0 + 1) }
    try require("x", x.count, sameAs: "y", y.count)
    if !band.isEmpty { try require("band", band.count, sameAs: "y", y.count) }
    if let negative = band.first(where: { $0 < 0 }) {
      throw TrainingError(
        .value(name: "band", expected: "distances of at least 0", found: Number.text(negative)))
    }
    let bands = zip(y, band).map { Series.Band(low: $0 - $1, high: $0 + $1) }
    return Plot(name: "line", .series(Series(name, points: zip(x, y).map { Point($0, $1) }, bands: bands)))
  }

  private static func checkedScatter(x: [Double], y: [Double], name: String) throws -> Plot {
    try require("x", x.count, sameAs: "y", y.count)
    return Plot(name: "scatter", .series(Series(name, points: zip(x, y).map { Point($0, $1) }, style: .dots)))
  }

  private static func checkedBar(labels: [String], values: [Double], name: String) throws -> Plot {
    try require("labels", labels.count, sameAs: "values", values.count)
    if values.count > 400 {
      throw TrainingError(
        .value(name: "values", expected: "at most 400 bars", found: Number.grouped(values.count)))
    }
    return Plot(name: "bar", .bars(name: name, labels: labels, values: values))
  }

  private static func checkedHeatMap(_ matrix: [[Double]], rows: [String], columns: [String]) throws -> Plot {
    try requireRectangle(matrix, named: "matrix")
    if !rows.isEmpty { try require("rows", rows.count, sameAs: "matrix", matrix.count, "row") }
    if !columns.isEmpty {
      try require("columns", columns.count, sameAs: "matrix", matrix.first?.count ?? 0, "column")
    }
    return Plot(name: "heat_map", .heatMap(matrix, rows: rows, columns: columns))
  }

  private static func checkedImages(_ images: [[[Double]]], titles: [String]) throws -> Plot {
    if !titles.isEmpty { try require("titles", titles.count, sameAs: "images", images.count, "image") }
    let shown = try images.enumerated().map { index, rows in
      try requireRectangle(rows, named: "image \(index + 1)")
      guard let image = PixelImage(gray: rows) else {
        let size = "\(rows.count) × \(rows.first?.count ?? 0)"
        throw TrainingError(
          .value(
            name: "image \(index + 1)",
            expected: "1…\(Number.grouped(PixelImage.largestSide)) pixels on each side",
            found: size))
      }
      let title = titles.isEmpty ? "" : titles[index]
      return GalleryImage(image, caption: title, alt: title.isEmpty ? "image \(index + 1)" : title)
    }
    return Plot(name: "images", .images(Gallery(rows: [GalleryRow(nil, shown)])))
  }

  private static func require(
    _ name: String, _ found: Int, sameAs other: String, _ wanted: Int, _ noun: String = "value"
  ) throws {
    guard found != wanted else { return }
    throw TrainingError(
      .value(
        name: name, expected: "as long as \(other), which has \(Number.counted(wanted, noun))",
        found: Number.grouped(found)))
  }

  private static func requireRectangle(_ matrix: [[Double]], named name: String) throws {
    guard let row = matrix.firstIndex(where: { $0.count != matrix[0].count }) else { return }
    throw TrainingError(
      .value(
        name: name,
        expected: "rows of equal length; the first has \(Number.counted(matrix[0].count, "value"))",
        found: "\(Number.grouped(matrix[row].count)) in row \(row + 1)"))
  }
}

extension PixelImage {
  /// Creates a grey image: the lowest value is black, the highest white, and a value that is not finite grey.
  fileprivate init?(gray rows: [[Double]]) {
    let known = rows.joined().filter(\.isFinite)
    let (low, high) = (known.min() ?? 0, known.max() ?? 0)
    // Halves, because the difference of large numbers would be infinite.
    let range = high / 2 - low / 2
    let pixels = rows.joined().flatMap { value -> [UInt8] in
      let level = range > 0 && value.isFinite ? 255 * ((value / 2 - low / 2) / range) : 128
      return Array(repeating: UInt8(min(max(level, 0), 255).rounded()), count: 3)
    }
    self.init(width: rows.first?.count ?? 0, height: rows.count, pixels: pixels)
  }
}
