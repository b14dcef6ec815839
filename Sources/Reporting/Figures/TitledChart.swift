/// A chart with its title above it, in the page and in its files.
///
///     TitledChart("Loss of both models", LineChart(…)).figure(name: "line")
public struct TitledChart: Chart {
  /// The title.
  public var title: String
  /// The chart below it.
  public var chart: any Chart

  /// Creates a titled chart.
  public init(_ title: String, _ chart: any Chart) {
    self.title = title
    self.chart = chart
  }
}

extension TitledChart {
  public var summary: String { chart.summary }
  public var data: [Table] { chart.data }

  public func scene(_ layout: ChartLayout) -> Scene {
    let inner = chart.scene(layout)
    let lines = TextMetrics.wrapped(title, size: Self.size, weight: .bold, limit: inner.width, lines: 3)
    let height = Double(lines.count) * Self.lineHeight + 8
    var scene = inner.moved(down: height)
    for (index, line) in lines.enumerated() {
      let base = Point(0, Double(index) * Self.lineHeight + 15)
      scene.add(.text(Text(line, at: base, size: Self.size, weight: .bold)))
    }
    return scene
  }

  private static let size = 15.0
  private static let lineHeight = 20.0
}

extension Scene {
  /// The scene with space above it.
  func moved(down distance: Double) -> Scene {
    func down(_ point: Point) -> Point { Point(point.x, point.y + distance) }
    func down(_ box: Rectangle) -> Rectangle {
      Rectangle(x: box.x, y: box.y + distance, width: box.width, height: box.height)
    }
    var moved = self
    moved.height += distance
    moved.elements = elements.map { element in
      switch element {
      case .line(let a, let b, let stroke): .line(down(a), down(b), stroke)
      case .polyline(let points, let stroke): .polyline(points.map(down), stroke)
      case .rectangle(let box, let fill, let radius): .rectangle(down(box), fill: fill, radius: radius)
      case .circle(let center, let radius, let fill, let stroke):
        .circle(center: down(center), radius: radius, fill: fill, stroke: stroke)
      case .dots(let points, let radius, let fill): .dots(points.map(down), radius: radius, fill: fill)
      case .cells(let boxes, let fill, let opacity): .cells(boxes.map(down), fill: fill, opacity: opacity)
      case .area(let points, let fill, let opacity): .area(points.map(down), fill: fill, opacity: opacity)
      case .text(let text):
        .text(
          Text(
            text.string, at: down(text.position), anchor: text.anchor, size: text.size, weight: text.weight,
            color: text.color))
      }
    }
    for index in moved.panels.indices { moved.panels[index].frame = down(moved.panels[index].frame) }
    return moved
  }
}
