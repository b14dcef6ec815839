import Foundation
import Neural
import Support

/// The options of `quire new`.
public struct StarterOptions: Sendable {
  /// The notebook's path, with or without `.md`.
  public var name: String
  /// The template to copy.
  public var template: StarterTemplate
  /// Whether an existing notebook is replaced.
  public var replaces: Bool

  /// Creates options.
  public init(name: String, template: StarterTemplate = .quickstart, replaces: Bool = false) {
    self.name = name
    self.template = template
    self.replaces = replaces
  }
}

/// The result of `quire new`.
public struct Starter: Sendable, Hashable {
  /// The notebook's path.
  public var notebook: String
  /// The folder of sample images, if the template has one.
  public var imageFolder: String?
  /// The number of sample images written; 0 if the folder already existed and was not changed.
  public var sampleCount = 0
  /// The command that runs the notebook.
  public var nextCommand: String
}

extension NotebookRunner {
  /// Writes a starter notebook, with sample images if its template needs them.
  ///
  ///     try NotebookRunner.create(StarterOptions(name: "flowers")).nextCommand   // "quire run flowers.md"
  ///
  /// - Throws: ``StarterProblem`` if the name is invalid, a file would be overwritten, or writing fails.
  public static func create(_ options: StarterOptions) throws(StarterProblem) -> Starter {
    let name = try StarterName(options.name)
    try checkPlace(of: name, options)
    var starter = Starter(
      notebook: name.path, nextCommand: "quire run \(StarterTemplate.argument(name.path))")
    do {
      try AtomicFile.createDirectory(AtomicFile.directory(of: name.path))
      if options.template == .images {
        starter.imageFolder = name.imageFolder
        if !FileBytes.isDirectory(name.imageFolder) {
          try SampleImages.write(to: name.imageFolder)
          starter.sampleCount = SampleImages.count
        }
      }
      try AtomicFile.write(options.template.text(for: name), to: name.path)
    } catch {
      throw .unwritable(reason: "\(error)")
    }
    return starter
  }

  private static func checkPlace(of name: StarterName, _ options: StarterOptions) throws(StarterProblem) {
    let files = FileManager.default
    if FileBytes.isDirectory(name.path) { throw .isFolder(path: name.path) }
    if !options.replaces, files.fileExists(atPath: name.path) { throw .exists(path: name.path) }
    var needed = [AtomicFile.directory(of: name.path)]
    while let folder = needed.last, !files.fileExists(atPath: folder), folder != ".", folder != "/" {
      needed.append(AtomicFile.directory(of: folder))
    }
    if options.template == .images { needed.append(name.imageFolder) }
    for folder in needed where files.fileExists(atPath: folder) && !FileBytes.isDirectory(folder) {
      throw .isFile(path: folder)
    }
  }
}
