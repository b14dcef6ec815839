import Support

/// Writes scenes as SVG with real text.
///
/// In the page, colours are style classes that follow its theme (`stylesheet`). A separate file has its colours as
/// attributes, which every viewer supports, and a dark variant as a style sheet.
enum SVGWriter {
  /// The scene as an element of the page.
  ///
  /// - Parameters:
  ///   - id: unique on the page; the ids of the title and description are derived from it.
  ///   - className: added to `chart`.
  ///   - stretch: the maximum size, as a multiple of the natural size.
  static func element(
    _ scene: Scene, title: String, description: String, id: String, className: String,
    stretch: Double = 1.1
  ) -> Markup {
    let open: Markup = """
      <svg class="chart \(className)" viewBox="0 0 \(number(scene.width)) \(number(scene.height))" \
      width="\(number(scene.width))" height="\(number(scene.height))" role="img" \
      aria-labelledby="\(id)-t" aria-describedby="\(id)-d" \
      style="max-width:\(number(scene.width * stretch))px">\
      <title id="\(id)-t">\(title)</title><desc id="\(id)-d">\(description)</desc>
      """
    let body = scene.elements.markup { element($0, inlineColors: false) }
    return "\(open)\(body)\(scene.panels.markup(panel))</svg>"
  }

  /// The figure as a document.
  static func document(_ figure: Figure) -> String {
    let scene = figure.scene
    let box = Rectangle(
      x: -Figure.margin, y: -Figure.margin, width: scene.width + 2 * Figure.margin,
      height: scene.height + 2 * Figure.margin)
    let dark = SceneColor.all.map { color in
      let value = Palette.entry(color).dark
      return ".f\(color.className){fill:#\(value)}.s\(color.className){stroke:#\(value)}"
    }
    let document: Markup = """
      <svg xmlns="http://www.w3.org/2000/svg" \
      viewBox="\(number(box.x)) \(number(box.y)) \(number(box.width)) \(number(box.height))" \
      width="\(number(box.width))" height="\(number(box.height))" role="img" aria-labelledby="t" \
      aria-describedby="d" font-family="\(fontFamily)" font-size="13">
      <title id="t">\(figure.title)</title>
      <desc id="d">\(figure.description)</desc>
      <style>@media (prefers-color-scheme:dark){\(Markup(trusted: dark.joined()))}</style>
      \(([.rectangle(box, fill: .background)] + scene.elements).markup { element($0, inlineColors: true) })
      </svg>

      """
    return document.text
  }

  /// The style rules that colour the page's charts.
  static var stylesheet: String {
    SceneColor.all.map { color in
      let name = Palette.entry(color).name
      return ".f\(color.className){fill:var(--\(name))}.s\(color.className){stroke:var(--\(name))}"
    }.joined()
  }

  static let fontFamily = "system-ui, 'Segoe UI', Roboto, 'Liberation Sans', 'DejaVu Sans', sans-serif"

  private static func element(_ element: SceneElement, inlineColors: Bool) -> Markup {
    func fill(_ color: SceneColor) -> Markup {
      inlineColors
        ? " class=\"f\(color.className)\" fill=\"#\(Palette.entry(color).light)\""
        : " class=\"f\(color.className)\""
    }
    func line(_ stroke: Stroke, round: Bool = false) -> Markup {
      let dash = stroke.dash.map(Number.coordinate).joined(separator: " ")
      let width: Markup = stroke.width == 1 ? "" : " stroke-width=\"\(number(stroke.width))\""
      let dashes: Markup = dash.isEmpty ? "" : " stroke-dasharray=\"\(dash)\""
      let ends: Markup = round ? " stroke-linecap=\"round\" stroke-linejoin=\"round\"" : ""
      let color: Markup =
        inlineColors ? " stroke=\"#\(Palette.entry(stroke.color).light)\"" : ""
      return " class=\"s\(stroke.color.className)\"\(color)\(width)\(dashes)\(ends)"
    }
    guard element.isFinite else { return "" }
    switch element {
    case .line(let a, let b, let stroke):
      return """
        <line x1="\(number(a.x))" y1="\(number(a.y))" x2="\(number(b.x))" y2="\(number(b.y))"\(line(stroke))/>
        """
    case .polyline(let points, let stroke):
      let list = points.map { "\(Number.coordinate($0.x)),\(Number.coordinate($0.y))" }
        .joined(separator: " ")
      return """
        <polyline fill="none"\(line(stroke, round: stroke.dash.isEmpty)) points="\(list)"/>
        """
    case .rectangle(let rectangle, let color, let radius):
      let corner: Markup = radius > 0 ? " rx=\"\(number(radius))\"" : ""
      return """
        <rect x="\(number(rectangle.x))" y="\(number(rectangle.y))" width="\(number(rectangle.width))" \
        height="\(number(rectangle.height))"\(corner)\(fill(color))/>
        """
    case .circle(let center, let radius, let color, let stroke):
      let place: Markup = "cx=\"\(number(center.x))\" cy=\"\(number(center.y))\" r=\"\(number(radius))\""
      // An element has only one class attribute, so a circle with fill and stroke becomes two circles.
      let inside: Markup = color.map { "<circle \(place)\(fill($0))/>" } ?? ""
      let outside: Markup = stroke.map { "<circle fill=\"none\" \(place)\(line($0))/>" } ?? ""
      return "\(inside)\(outside)"
    case .dots(let points, let radius, let color):
      // Zero-length strokes with round ends take a quarter of the bytes of circles.
      let list = points.map { "M\(Number.coordinate($0.x)),\(Number.coordinate($0.y))h0" }.joined()
      return "<path fill=\"none\"\(line(Stroke(color, width: radius * 2), round: true)) d=\"\(list)\"/>"
    case .cells(let rectangles, let color, let opacity):
      let list = rectangles.map { box in
        let (width, height) = (Number.coordinate(box.width), Number.coordinate(box.height))
        return "M\(Number.coordinate(box.x)),\(Number.coordinate(box.y))h\(width)v\(height)h-\(width)z"
      }.joined()
      return "<path\(fill(color))\(self.opacity(opacity)) shape-rendering=\"crispEdges\" d=\"\(list)\"/>"
    case .area(let points, let color, let opacity):
      let list = points.map { "\(Number.coordinate($0.x)),\(Number.coordinate($0.y))" }.joined(separator: " ")
      return "<polygon\(fill(color))\(self.opacity(opacity)) points=\"\(list)\"/>"
    case .text(let text):
      let anchor: Markup = text.anchor == .start ? "" : " text-anchor=\"\(text.anchor.rawValue)\""
      let size: Markup = text.size == 13 ? "" : " font-size=\"\(number(text.size))\""
      let weight: Markup = text.weight == .regular ? "" : " font-weight=\"600\""
      return """
        <text x="\(number(text.position.x))" y="\(number(text.position.y))"\(anchor)\(size)\(weight)\
        \(fill(text.color))>\(text.string)</text>
        """
    }
  }

  /// The data for the script's crosshair: the plot area, its values, and its columns in the data table.
  private static func panel(_ panel: CrosshairPanel) -> Markup {
    let frame = [panel.frame.x, panel.frame.y, panel.frame.width, panel.frame.height]
    let x = [panel.xDomain.lowerBound, panel.xDomain.upperBound]
    let y = [panel.yDomain.lowerBound, panel.yDomain.upperBound]
    let logX: Markup = panel.isLogarithmicX ? " data-log-x" : ""
    let logY: Markup = panel.isLogarithmicY ? " data-log-y" : ""
    return """
      <g class="panel" data-frame="\(list(frame))" data-x="\(list(x))" data-y="\(list(y))"\(logX)\(logY) \
      data-axis="\(panel.axis)" data-table="\(panel.table)" \
      data-columns="\(panel.columns.map(String.init).joined(separator: " "))" \
      data-colors="\(panel.colors.map { String(Palette.seriesIndex($0)) }.joined(separator: " "))"></g>
      """
  }

  private static func list(_ values: [Double]) -> String {
    values.map { Number.text($0, significant: 10) }.joined(separator: " ")
  }

  private static func opacity(_ value: Double) -> Markup {
    value < 1 ? " fill-opacity=\"\(Number.text(max(0, value), significant: 2))\"" : ""
  }

  private static func number(_ value: Double) -> String { Number.coordinate(value) }
}

extension SceneElement {
  /// Whether every coordinate is finite.
  var isFinite: Bool {
    switch self {
    case .line(let a, let b, _): a.isFinite && b.isFinite
    case .polyline(let points, _): points.allSatisfy(\.isFinite)
    case .rectangle(let rectangle, _, let radius): rectangle.isFinite && radius.isFinite
    case .circle(let center, let radius, _, _): center.isFinite && radius.isFinite
    case .dots(let points, let radius, _): points.allSatisfy(\.isFinite) && radius.isFinite
    case .cells(let rectangles, _, let opacity): rectangles.allSatisfy(\.isFinite) && opacity.isFinite
    case .area(let points, _, let opacity): points.allSatisfy(\.isFinite) && opacity.isFinite
    case .text(let text): text.position.isFinite && text.size.isFinite
    }
  }
}
