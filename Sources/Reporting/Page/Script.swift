/// The page's only script: theme, copy buttons, crosshairs, contents, print. The page is readable without it.
enum Script {
  /// The script of every page.
  static let text = PageAsset.joined([PackageResources.page_js, PackageResources.charts_js])
  /// The script of a page with sortable tables.
  static let sortingText = PageAsset.joined([
    PackageResources.page_js, PackageResources.tables_js, PackageResources.charts_js,
  ])

  /// The script that the sections need.
  static func text(for sections: [ReportSection]) -> String {
    let isSortable = sections.contains { section in
      guard case .results(_, let blocks) = section else { return false }
      return blocks.contains { if case .table(let table) = $0 { table.isSortable } else { false } }
    }
    return isSortable ? sortingText : text
  }
}
