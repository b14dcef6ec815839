import Foundation
import Reporting

/// Removes the names of this machine's folders from the texts of a report, which people send to others.
///
/// A path in the current folder becomes relative, and of `--data` and of the notebook's folder only the last part
/// remains. run.json keeps the paths, and so does what the author or a cell writes.
struct LocalPaths {
  /// The beginnings of paths with what replaces each, the longest first.
  private let replacements: [(prefix: String, text: String)]

  /// Finds the folders that a run names.
  init(_ options: RunOptions) {
    self.init(
      current: FileManager.default.currentDirectoryPath, home: NSHomeDirectory(),
      named: [
        options.data, ProcessInfo.processInfo.environment["QUIRE_DATA"], options.output, options.directory,
      ]
      .compactMap(\.self))
  }

  /// - Parameters:
  ///   - current: the current folder.
  ///   - home: the user's home folder.
  ///   - named: folders named on the command line.
  init(current: String, home: String, named: [String]) {
    var replacements = [(current + "/", ""), (home + "/", "~/")]
    for folder in named where folder.hasPrefix("/") || folder.hasPrefix("~/") || folder.hasPrefix("../") {
      let whole = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
      for path in [whole, URL(fileURLWithPath: whole).standardizedFileURL.path] {
        let parent = Paths.folder(of: path)
        if !path.hasPrefix(current + "/"), parent.count > 1 { replacements.append((parent + "/", "")) }
      }
    }
    self.replacements = replacements.filter { $0.0.count > 1 }.sorted { $0.0.count > $1.0.count }
      .map { (prefix: $0.0, text: $0.1) }
  }

  /// The text without the folders. They are found only where a path begins.
  func hidden(in text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "/")) else { return text }
    return replacements.reduce(text) { text, replacement in
      var result = ""
      var rest = text[...]
      while let found = rest.range(of: replacement.prefix) {
        let isWord = text[..<found.lowerBound].last.map { !Self.endsWord($0) } ?? false
        result += rest[..<found.lowerBound]
        result += isWord ? replacement.prefix : replacement.text
        rest = rest[found.upperBound...]
      }
      return result + rest
    }
  }

  private static func endsWord(_ character: Character) -> Bool {
    !character.isLetter && !character.isNumber && !"/._-~".contains(character)
  }

  /// The fact without the folders.
  func hidden(in fact: Fact) -> Fact {
    Fact(fact.name, hidden(in: fact.value), note: fact.note.map { hidden(in: $0) })
  }

  /// The block without the folders: in facts, messages and problems, which Quire words.
  func hidden(in block: ReportBlock) -> ReportBlock {
    switch block {
    case .facts(let facts): .facts(facts.map(hidden))
    case .message(let kind, let text): .message(kind, hidden(in: text))
    case .problem(let text): .problem(hidden(in: text))
    default: block
    }
  }
}
