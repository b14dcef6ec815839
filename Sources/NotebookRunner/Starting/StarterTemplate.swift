/// A starter notebook that `quire new` writes. Its text is in `Templates/`, built into the program.
public enum StarterTemplate: String, Sendable, CaseIterable {
  /// A short, complete tour: data, model, training, results.
  case quickstart
  /// Training on a folder of images, with sample images.
  case images
  /// A notebook made for `quire sweep`.
  case sweep

  /// The Markdown file, with placeholders in double braces.
  private var source: [UInt8] {
    switch self {
    case .quickstart: PackageResources.quickstart_md
    case .images: PackageResources.images_md
    case .sweep: PackageResources.sweep_md
    }
  }

  /// The notebook's text.
  func text(for name: StarterName) -> String {
    let values = [
      "title": Self.escaped(name.title),
      "notebook": Self.argument(name.path),
      "images": Self.escaped("\(name.base)-images"),
    ]
    // In one pass, because a name may itself look like a placeholder.
    return String(decoding: source, as: UTF8.self)
      .replacing(#/\{\{([a-z]+)\}\}/#) { match in values[String(match.1)] ?? String(match.0) }
  }

  /// A path quoted for a shell and never parsed as an option.
  static func argument(_ path: String) -> String {
    let path = path.hasPrefix("-") ? "./\(path)" : path
    return String(RunProvenance.quoted(["", path]).drop { $0 != " " }.dropFirst())
  }

  /// Text escaped for double quotes, in YAML and in Swift.
  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
  }
}
