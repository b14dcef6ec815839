/// The page's colours, light and dark: one table for the style sheet, SVG files and PNG files.
///
/// Text has a contrast of 4.5:1 on `background` and `surface` (WCAG 2.2 AA), series 3:1 on `background`; a test
/// computes it.
enum Palette {
  struct Entry: Sendable {
    /// The CSS custom property, without its dashes.
    let name: String
    /// The light colour, `RRGGBB`.
    let light: String
    let dark: String

    init(_ name: String, _ light: String, _ dark: String) {
      self.name = name
      self.light = light
      self.dark = dark
    }
  }

  static let text = Entry("text", "1A1D21", "E6E8EB")
  static let muted = Entry("muted", "555B65", "A3ABB6")
  static let background = Entry("background", "FFFFFF", "15181D")
  /// The background of code and tiles.
  static let surface = Entry("surface", "F6F7F9", "1D2128")
  /// Thin lines around and between elements.
  static let line = Entry("line", "DADEE4", "363C46")
  /// Grid lines of charts.
  static let grid = Entry("grid", "E4E7EB", "2C323A")
  /// Shadows that indicate scrollable content.
  static let shade = Entry("shade", "C3C9D1", "000000")
  static let accent = Entry("accent", "0B5CAD", "74B6F2")
  static let success = Entry("success", "0B6B4A", "55C99D")
  static let warning = Entry("warning", "855000", "F0B65E")
  static let error = Entry("error", "B3261E", "FF9389")
  /// The Okabe-Ito colours that are visible on both white and black.
  static let series = [
    Entry("series-0", "0072B2", "0072B2"), Entry("series-1", "D55E00", "D55E00"),
    Entry("series-2", "009E73", "009E73"), Entry("series-3", "CC79A7", "CC79A7"),
  ]
  /// Colours of code, named like `CodeToken.Kind`.
  static let code = [
    Entry("keyword", "94237F", "F09BD3"), Entry("type", "5A3FBF", "BDADFF"),
    Entry("function", "0B5F7D", "7FCCE8"), Entry("label", "4F5563", "B4BCC8"),
    Entry("number", "1C4FC4", "93BAFF"), Entry("string", "A3301A", "FFA287"),
    Entry("comment", "5C6470", "9AA4B0"), Entry("attribute", "6B4E00", "E0C27A"),
  ]

  static let all =
    [text, muted, background, surface, line, grid, shade, accent, success, warning, error] + series + code

  static func entry(_ color: SceneColor) -> Entry {
    switch color {
    case .text: text
    case .muted: muted
    case .grid: grid
    case .background: background
    case .series(let index): series[seriesIndex(index)]
    }
  }

  /// The index modulo the number of colours, also for negative numbers.
  static func seriesIndex(_ index: Int) -> Int { Int(index.magnitude % UInt(series.count)) }
}

extension SceneColor {
  /// The short name used in style classes, which prefix it with `f` for fill or `s` for stroke.
  var className: String {
    switch self {
    case .text: "t"
    case .muted: "m"
    case .grid: "g"
    case .background: "b"
    case .series(let index): String(Palette.seriesIndex(index))
    }
  }

  static let all: [SceneColor] = [.text, .muted, .grid, .background] + (0..<4).map { .series($0) }
}
