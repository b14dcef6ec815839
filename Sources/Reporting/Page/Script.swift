/// The page's only script: theme, copy buttons, crosshairs, contents, print. The page is readable without it.
enum Script {
  static let text = PageAsset.joined([PackageResources.page_js, PackageResources.charts_js])
}
