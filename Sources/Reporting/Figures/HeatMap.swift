import Support

/// A matrix as coloured cells: blue for positive values, vermilion for negative ones, paler towards zero. If all
/// values have the same sign, the palest is the one nearest to zero.
///
/// More than 50 rows or columns are drawn as the means of neighbours. Few cells show their values.
///
///     HeatMap(title: "Correlation", axis: Axis("r"), values: matrix, rows: names, columns: names)
public struct HeatMap: Chart {
  /// The chart's title.
  public var title: String
  /// The quantity of the values.
  public var axis: Axis
  /// The title of the columns' names.
  public var x: Axis
  /// The title of the rows' names.
  public var y: Axis
  /// The values, row by row from the top. Shorter rows have no values at their ends.
  public var values: [[Double]]
  /// The names of the rows; empty numbers them from 1.
  public var rows: [String]
  /// The names of the columns; empty numbers them from 1.
  public var columns: [String]

  /// Creates a heat map.
  public init(
    title: String, axis: Axis = Axis("value"), x: Axis = Axis(""), y: Axis = Axis(""), values: [[Double]],
    rows: [String] = [], columns: [String] = []
  ) {
    self.title = title
    self.axis = axis
    self.x = x
    self.y = y
    self.values = values
    self.rows = rows
    self.columns = columns
  }

  /// The maximum number of rows and columns drawn.
  static let limit = 50
}

extension HeatMap {
  private var columnCount: Int { values.map(\.count).max() ?? 0 }
  private var drawn: [Double] { values.joined().filter { isDrawable($0) } }

  private func rowName(_ index: Int) -> String { rows.indices.contains(index) ? rows[index] : "\(index + 1)" }
  private func columnName(_ index: Int) -> String {
    columns.indices.contains(index) ? columns[index] : "\(index + 1)"
  }
  private func text(_ value: Double, _ significant: Int = 4) -> String {
    isDrawable(value) ? Number.text(value, significant: significant) : "–"
  }

  public var summary: String {
    var (low, high): ((Int, Int)?, (Int, Int)?)
    for row in values.indices {
      for column in values[row].indices where isDrawable(values[row][column]) {
        if low.map({ values[$0.0][$0.1] > values[row][column] }) ?? true { low = (row, column) }
        if high.map({ values[$0.0][$0.1] < values[row][column] }) ?? true { high = (row, column) }
      }
    }
    let size = "\(Number.counted(values.count, "row")) and \(Number.counted(columnCount, "column"))"
    guard let low, let high else { return "\(size); no values." }
    func place(_ cell: (Int, Int)) -> String {
      "\(axis.withUnit(text(values[cell.0][cell.1]))) (row \(rowName(cell.0)), column \(columnName(cell.1)))"
    }
    let missing = values.reduce(0) { $0 + $1.count } - drawn.count
    let sentence = "\(size); the highest value is \(place(high)), the lowest \(place(low))."
    return [sentence, notFiniteNote(missing)].compactMap(\.self).joined(separator: " ")
  }

  public var data: [Table] {
    guard columnCount <= 400 else { return [] }
    let headers =
      [[y.title, x.title].filter { !$0.isEmpty }.joined(separator: " / ")] + (0..<columnCount).map(columnName)
    let table = Table(
      headers: headers, alignments: [.left] + (0..<columnCount).map { _ in .right },
      rows: values.enumerated().map { index, row in [rowName(index)] + row.map { Number.text($0) } })
    return [thinned(table, limit: 400)]
  }

  /// The means of blocks of neighbouring cells, and the number of cells in a block.
  private var cells: (values: [[Double?]], rows: Int, columns: Int) {
    let (tall, wide) = (
      (values.count + Self.limit - 1) / Self.limit, (columnCount + Self.limit - 1) / Self.limit
    )
    guard tall > 0, wide > 0 else { return ([], 1, 1) }
    let means = stride(from: 0, to: values.count, by: tall).map { top in
      stride(from: 0, to: columnCount, by: wide).map { left -> Double? in
        let block = values[top..<min(top + tall, values.count)].flatMap { row in
          row.dropFirst(left).prefix(wide).filter { isDrawable($0) }
        }
        return block.isEmpty ? nil : block.reduce(0, +) / Double(block.count)
      }
    }
    return (means, tall, wide)
  }

  public func scene(_ layout: ChartLayout) -> Scene {
    let width = layout.width
    let (cells, tall, wide) = cells
    let across = cells.first?.count ?? 0
    guard across > 0 else {
      var scene = Scene(width: width, height: 44)
      scene.add(.text(Text("no values", at: Point(8, 31), color: .muted)))
      return scene
    }
    let names = cells.indices.map { rowName($0 * tall) }
    let nameWidth = min(width * 0.3, names.map { TextMetrics.width($0, size: 12) }.max() ?? 0)
    let left = nameWidth + 8
    let side = min(max(((width - left - 4) / Double(across)).rounded(.down), 2), 64)
    let height = min(side, max(8, (480 / Double(cells.count)).rounded(.down)), 40)
    let top = y.heading.isEmpty ? 10.0 : 26
    let bottom = top + height * Double(cells.count)
    var scene = Scene(width: width, height: bottom + (x.heading.isEmpty ? 22 : 42) + 44)
    let colors = HeatColors(
      cells.joined().compactMap(\.self), showsText: across <= 12 && side >= 34 && height >= 18)
    drawCells(cells, colors, into: &scene, at: Point(left, top), side: side, height: height)
    drawNames(names, into: &scene, right: left - 6, top: top, height: height, width: nameWidth)
    drawColumns(across, every: wide, into: &scene, left: left, side: side, top: bottom)
    scene.add(
      .text(Text(TextMetrics.fitted(y.heading, size: 13, limit: width), at: Point(0, 13), weight: .bold)))
    scene.add(
      .text(
        Text(
          x.heading, at: Point(left + side * Double(across) / 2, bottom + 36), anchor: .middle, color: .muted)
      ))
    drawKey(colors, into: &scene, at: Point(left, scene.height - 34))
    return scene
  }

  private func drawCells(
    _ cells: [[Double?]], _ colors: HeatColors, into scene: inout Scene, at corner: Point, side: Double,
    height: Double
  ) {
    // Cells of one shade are one element; neighbours of one shade are one rectangle.
    var shades: [HeatColors.Shade: [Rectangle]] = [:]
    for (row, values) in cells.enumerated() {
      var previous: (shade: HeatColors.Shade, column: Int)?
      for (column, value) in values.enumerated() {
        let shade = value.map(colors.shade) ?? .none
        if let last = previous, last.shade == shade, last.column == column - 1,
          let count = shades[shade]?.count
        {
          shades[shade]?[count - 1].width += side
        } else {
          shades[shade, default: []].append(
            Rectangle(
              x: corner.x + Double(column) * side, y: corner.y + Double(row) * height, width: side,
              height: height))
        }
        previous = (shade, column)
      }
    }
    for (shade, boxes) in shades.sorted(by: { $0.key.order < $1.key.order }) {
      scene.add(.cells(boxes, fill: shade.color, opacity: shade.opacity))
    }
    guard colors.showsText else { return }
    for (row, values) in cells.enumerated() {
      for (column, value) in values.enumerated() {
        let number = value.map { TextMetrics.fitted(text($0, 3), size: 12, limit: side - 2) } ?? "–"
        scene.add(
          .text(
            Text(
              number,
              at: Point(
                corner.x + (Double(column) + 0.5) * side, corner.y + (Double(row) + 0.5) * height + 4),
              anchor: .middle, size: 12)))
      }
    }
  }

  private func drawNames(
    _ names: [String], into scene: inout Scene, right: Double, top: Double, height: Double, width: Double
  ) {
    let every = max(1, Int((13 / height).rounded(.up)))
    for (index, name) in names.enumerated() where index.isMultiple(of: every) {
      scene.add(
        .text(
          Text(
            TextMetrics.fitted(name, size: 12, limit: width + 1),
            at: Point(right, top + (Double(index) + 0.5) * height + 4), anchor: .end, size: 12, color: .muted)
        ))
    }
  }

  private func drawColumns(
    _ count: Int, every wide: Int, into scene: inout Scene, left: Double, side: Double, top: Double
  ) {
    let names = (0..<count).map { columnName($0 * wide) }
    let needed = min(70, names.map { TextMetrics.width($0, size: 12) }.max() ?? 0) + 6
    let every = max(1, Int((needed / side).rounded(.up)))
    for (index, name) in names.enumerated() where index.isMultiple(of: every) {
      scene.add(
        .text(
          Text(
            TextMetrics.fitted(name, size: 12, limit: side * Double(every) - 2),
            at: Point(left + (Double(index) + 0.5) * side, top + 16), anchor: .middle, size: 12, color: .muted
          )))
    }
  }

  /// Draws the key of the colours with the lowest and the highest value.
  private func drawKey(_ colors: HeatColors, into scene: inout Scene, at corner: Point) {
    let steps = 24
    for index in 0..<steps {
      let value = colors.low + (colors.high - colors.low) * (Double(index) + 0.5) / Double(steps)
      let shade = colors.shade(value)
      let box = Rectangle(x: corner.x + Double(index) * 6, y: corner.y, width: 6, height: 12)
      scene.add(.cells([box], fill: shade.color, opacity: shade.opacity))
    }
    let end = corner.x + Double(steps) * 6
    let low = Text(text(colors.low), at: Point(corner.x, corner.y + 26), size: 12, color: .muted)
    scene.add(.text(low))
    scene.add(
      .text(Text(text(colors.high), at: Point(end, corner.y + 26), anchor: .end, size: 12, color: .muted)))
    let title = TextMetrics.fitted(axis.heading, size: 12, limit: scene.width - end - 10)
    scene.add(.text(Text(title, at: Point(end + 8, corner.y + 10), size: 12, color: .muted)))
  }
}

/// The shades of a heat map's values.
private struct HeatColors {
  /// A colour and its opacity in steps, so that cells of one shade share an element.
  struct Shade: Hashable {
    var isNegative: Bool
    var step: Int
    /// The shade of a cell without a value.
    static let none = Shade(isNegative: false, step: 0)

    var color: SceneColor { step == 0 ? .grid : .series(isNegative ? 1 : 0) }
    var opacity: Double { step == 0 ? 0.4 : Double(step) / Double(HeatColors.steps) }
    var order: Int { isNegative ? -step : step }
  }

  static let steps = 24

  let low: Double
  let high: Double
  let showsText: Bool

  init(_ values: [Double], showsText: Bool) {
    low = values.min() ?? 0
    high = values.max() ?? 0
    self.showsText = showsText
  }

  func shade(_ value: Double) -> Shade {
    let isDiverging = low < 0 && high > 0
    let (near, far) =
      isDiverging ? (0, max(-low, high)) : low >= 0 ? (low, high) : (-high, -low)
    let share = far > near ? min(max((abs(value) - near) / (far - near), 0), 1) : 0.5
    // Text must be readable on the darkest shade.
    let strength = 0.05 + share * (showsText ? 0.55 : 0.95)
    return Shade(isNegative: value < 0, step: max(1, Int((strength * Double(Self.steps)).rounded())))
  }
}
