import Support

/// The page's style sheet: the palette for light, dark and print, then the rules.
///
/// The rules are in `Assets`; here are those that depend on tables in Swift: colours, and the shades of confusion
/// matrices. `:where` has no specificity, so a theme's `:root` overrides the custom properties, in light and dark.
enum Style {
  static let text: String = {
    let light = Palette.all.map { "--\($0.name):#\($0.light)" }.joined(separator: ";")
    let dark = Palette.all.map { "--\($0.name):#\($0.dark)" }.joined(separator: ";")
    let tokens = zip(Palette.code, CodeToken.Kind.allCases.dropFirst())
      .map { ".\($1.className){color:var(--\($0.name))}" }.joined()
    // Translucent vermilion, so that light text on it keeps its contrast.
    let shades = (1...ConfusionMatrixWriter.shadeCount)
      .map { ".confusion .e\($0){background:rgb(213 94 0/\(Number.fixed(Double($0) * 0.05, 2)))}" }
      .joined()
    return """
      :where(:root){color-scheme:light;\(light)}
      @media (prefers-color-scheme:dark){:where(:root:not([data-theme=light])){color-scheme:dark;\(dark)}}
      :where(:root[data-theme=dark]){color-scheme:dark;\(dark)}
      @media print{:where(:root){color-scheme:light;\(light)}}
      \(PageAsset.joined([
        PackageResources.page_css, PackageResources.prose_css, PackageResources.cells_css,
        PackageResources.tables_css, PackageResources.figures_css, PackageResources.screens_css,
      ]))
      \(tokens)
      .chart{font:13px var(--font)}\(SVGWriter.stylesheet)
      \(shades)
      \(PageAsset.joined([PackageResources.print_css]))
      """
  }()
}
