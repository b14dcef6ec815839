import Foundation

/// A text file of the repository, with its path relative to the repository's root.
struct SourceFile: Sendable {
  let path: String
  let text: String

  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The absolute path, for the places of issues.
  var absolutePath: String { Self.root.appendingPathComponent(path).path }

  /// Everything that people read: sources, tests, scripts and pages, without fixtures and generated files.
  static let all: [SourceFile] = {
    let places = [
      "Sources", "Plugins", "Tests", "Fuzz", "Benchmarks", "scripts", "docs", "notebooks", "Package.swift",
      "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "quire",
    ]
    return places.flatMap(files(below:)).sorted { $0.path < $1.path }
  }()

  private static func files(below place: String) -> [SourceFile] {
    let start = root.appendingPathComponent(place)
    guard let names = FileManager.default.enumerator(atPath: start.path) else {
      return read(place).map { [$0] } ?? []
    }
    return names.compactMap { $0 as? String }.filter { name in
      !name.split(separator: "/").contains { ["Fixtures", "Corpus", "__pycache__"].contains($0) }
    }.compactMap { read("\(place)/\($0)") }
  }

  private static func read(_ path: String) -> SourceFile? {
    let type = (path as NSString).pathExtension
    guard ["swift", "h", "c", "py", "md", "yaml", ""].contains(type),
      let text = try? String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    else { return nil }
    return SourceFile(path: path, text: text)
  }
}
