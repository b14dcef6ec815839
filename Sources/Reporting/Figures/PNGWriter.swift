import CCairo

/// Draws scenes as PNG with Cairo. All Cairo calls are in this file; no pointer leaves it.
enum PNGWriter {
  /// The scene in light colours with a margin, at `scale` pixels per unit.
  static func png(of scene: Scene, scale: Double) throws(FigureError) -> [UInt8] {
    let width = ((scene.width + 2 * Figure.margin) * scale).rounded()
    let height = ((scene.height + 2 * Figure.margin) * scale).rounded()
    guard (1...16_384).contains(width), (1...16_384).contains(height) else {
      throw .size(width: width, height: height)
    }
    let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
    defer { cairo_surface_destroy(surface) }
    // A failed Cairo surface or context ignores all calls; its status has the error.
    let canvas = cairo_create(surface)
    defer { cairo_destroy(canvas) }
    guard let canvas else { throw .drawing("no drawing context") }
    cairo_scale(canvas, scale, scale)
    cairo_translate(canvas, Figure.margin, Figure.margin)
    setColor(canvas, .background)
    cairo_paint(canvas)
    for element in scene.elements where element.isFinite { draw(element, on: canvas) }
    cairo_surface_flush(surface)
    try check(cairo_status(canvas))

    var bytes = Bytes()
    let status = withUnsafeMutablePointer(to: &bytes) { pointer in
      cairo_surface_write_to_png_stream(
        surface,
        { target, data, count in
          guard let target, let data else { return CAIRO_STATUS_WRITE_ERROR }
          target.assumingMemoryBound(to: Bytes.self).pointee.content
            .append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
          return CAIRO_STATUS_SUCCESS
        }, pointer)
    }
    try check(status)
    return bytes.content
  }

  private struct Bytes { var content: [UInt8] = [] }

  private static func check(_ status: cairo_status_t) throws(FigureError) {
    guard status != CAIRO_STATUS_SUCCESS else { return }
    throw .drawing(cairo_status_to_string(status).map { String(cString: $0) } ?? "unknown reason")
  }

  private static func draw(_ element: SceneElement, on canvas: OpaquePointer) {
    switch element {
    case .line(let a, let b, let line):
      cairo_move_to(canvas, a.x, a.y)
      cairo_line_to(canvas, b.x, b.y)
      stroke(canvas, line)
    case .polyline(let points, let line):
      for (index, point) in points.enumerated() {
        if index == 0 {
          cairo_move_to(canvas, point.x, point.y)
        } else {
          cairo_line_to(canvas, point.x, point.y)
        }
      }
      cairo_set_line_join(canvas, CAIRO_LINE_JOIN_ROUND)
      cairo_set_line_cap(canvas, line.dash.isEmpty ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT)
      stroke(canvas, line)
      cairo_set_line_cap(canvas, CAIRO_LINE_CAP_BUTT)
    case .rectangle(let rectangle, let color, let radius):
      outline(canvas, rectangle, radius: radius)
      setColor(canvas, color)
      cairo_fill(canvas)
    case .circle(let center, let radius, let color, let line):
      cairo_new_path(canvas)
      cairo_arc(canvas, center.x, center.y, max(0, radius), 0, 2 * .pi)
      if let color {
        setColor(canvas, color)
        cairo_fill_preserve(canvas)
      }
      if let line { stroke(canvas, line) } else { cairo_new_path(canvas) }
    case .dots(let points, let radius, let color):
      setColor(canvas, color)
      for point in points {
        cairo_new_path(canvas)
        cairo_arc(canvas, point.x, point.y, max(0, radius), 0, 2 * .pi)
        cairo_fill(canvas)
      }
    case .cells(let rectangles, let color, let opacity):
      setColor(canvas, color, opacity: opacity)
      cairo_new_path(canvas)
      // Smooth edges would leave light seams between neighbours.
      cairo_set_antialias(canvas, CAIRO_ANTIALIAS_NONE)
      for box in rectangles { cairo_rectangle(canvas, box.x, box.y, box.width, box.height) }
      cairo_fill(canvas)
      cairo_set_antialias(canvas, CAIRO_ANTIALIAS_DEFAULT)
    case .area(let points, let color, let opacity):
      setColor(canvas, color, opacity: opacity)
      cairo_new_path(canvas)
      for point in points { cairo_line_to(canvas, point.x, point.y) }
      cairo_close_path(canvas)
      cairo_fill(canvas)
    case .text(let text): draw(text, on: canvas)
    }
  }

  private static func draw(_ text: Text, on canvas: OpaquePointer) {
    let bold = text.weight == .bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL
    cairo_select_font_face(canvas, "sans-serif", CAIRO_FONT_SLANT_NORMAL, bold)
    cairo_set_font_size(canvas, text.size)
    setColor(canvas, text.color)
    // A C string ends at a zero byte; other control characters have no glyph.
    let string = String(String.UnicodeScalarView(text.string.unicodeScalars.filter { $0.value >= 32 }))
    var extents = cairo_text_extents_t()
    cairo_text_extents(canvas, string, &extents)
    let offset =
      switch text.anchor {
      case .start: 0.0
      case .middle: extents.x_advance / 2
      case .end: extents.x_advance
      }
    cairo_move_to(canvas, text.position.x - offset, text.position.y)
    cairo_show_text(canvas, string)
    cairo_new_path(canvas)
  }

  private static func outline(_ canvas: OpaquePointer, _ box: Rectangle, radius: Double) {
    cairo_new_path(canvas)
    let radius = min(radius, box.width / 2, box.height / 2)
    guard radius > 0 else { return cairo_rectangle(canvas, box.x, box.y, box.width, box.height) }
    let quarter = Double.pi / 2
    cairo_arc(canvas, box.maxX - radius, box.y + radius, radius, -quarter, 0)
    cairo_arc(canvas, box.maxX - radius, box.maxY - radius, radius, 0, quarter)
    cairo_arc(canvas, box.x + radius, box.maxY - radius, radius, quarter, 2 * quarter)
    cairo_arc(canvas, box.x + radius, box.y + radius, radius, 2 * quarter, 3 * quarter)
    cairo_close_path(canvas)
  }

  private static func stroke(_ canvas: OpaquePointer, _ stroke: Stroke) {
    setColor(canvas, stroke.color)
    cairo_set_line_width(canvas, stroke.width.isFinite ? max(0, stroke.width) : 1)
    // Cairo rejects a pattern that is negative or all zeros.
    let isDash = stroke.dash.allSatisfy { $0.isFinite && $0 >= 0 } && stroke.dash.contains { $0 > 0 }
    cairo_set_dash(canvas, stroke.dash, isDash ? Int32(clamping: stroke.dash.count) : 0, 0)
    cairo_stroke(canvas)
  }

  private static func setColor(_ canvas: OpaquePointer, _ color: SceneColor, opacity: Double = 1) {
    let value = UInt32(Palette.entry(color).light, radix: 16) ?? 0
    func channel(_ shift: UInt32) -> Double { Double(value >> shift & 255) / 255 }
    cairo_set_source_rgba(canvas, channel(16), channel(8), channel(0), min(max(opacity, 0), 1))
  }
}
