import Diagnostics
import Documents
import Foundation
import Reporting
import Support

/// The style sheet that `--theme`, or `theme` in the front matter, names.
struct ThemeFile: Sendable {
  /// The checked style sheet; `nil` if there is none, or if it has a problem.
  private(set) var theme: PageTheme?
  /// The reason why the style sheet cannot be used.
  private(set) var problem: Diagnostic?
  /// The style sheet's text, for rendering the problem.
  private(set) var source: SourceText?

  /// No style sheet.
  init() {}

  /// Reads the style sheet of a run. `--theme` overrides the front matter, whose path is relative to the notebook.
  init(_ options: RunOptions, _ document: Document) {
    if options.ignoresTheme {
      self.init()
    } else if let path = options.theme {
      self.init(path, at: nil)
    } else if let own = document.frontMatter.theme {
      let isAbsolute = own.path.hasPrefix("/") || options.directory == "."
      self.init(isAbsolute ? own.path : "\(options.directory)/\(own.path)", at: own.range)
    } else {
      self.init()
    }
  }

  /// Reads a style sheet.
  ///
  /// - Parameter range: the place of the path in the notebook; `nil` for the command line.
  init(_ path: String, at range: SourceRange?) {
    do {
      let bytes = try FileBytes.read(path, limit: PageTheme.maximumSize)
      let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
      guard let css = String(validating: content, as: UTF8.self) else { throw ThemeFileProblem.notUTF8 }
      let source = SourceText(name: path, text: css)
      self.source = source
      do { theme = try PageTheme(css: css) } catch {
        problem = Diagnostic(
          .error, error.message, at: source.range(of: error, in: css), code: "theme", notes: error.notes)
      }
    } catch let error as ThemeFileProblem {
      problem = error.diagnostic(path, at: range)
    } catch {
      problem = ThemeFileProblem(error, path).diagnostic(path, at: range)
    }
  }
}

/// The problems of a theme's file, with their wording.
private enum ThemeFileProblem: Error {
  case missing(near: String?)
  case folder
  case unreadable(String)
  case tooLarge(Int)
  case notUTF8

  init(_ error: any Error, _ path: String) {
    let fact = (error as? FileError)?.fact
    self =
      switch fact {
      case .system(_, ENOENT), .system(_, ENOTDIR): .missing(near: Self.neighbour(of: path))
      case .notAFile where FileBytes.isDirectory(path): .folder
      case .tooLarge(let found, _): .tooLarge(found)
      default: .unreadable((error as? FileError)?.reason ?? "\(error)")
      }
  }

  func diagnostic(_ path: String, at range: SourceRange?) -> Diagnostic {
    let (message, notes): (String, [String]) =
      switch self {
      case .missing(let near): ("theme '\(path)' not found", near.map { ["did you mean '\($0)'?"] } ?? [])
      case .folder: ("theme '\(path)' is a folder", ["write the path of a CSS file"])
      case .unreadable(let reason): ("cannot read the theme '\(path)': \(reason)", [])
      case .tooLarge(let bytes):
        (
          "theme '\(path)' has \(Number.bytes(bytes)); the maximum is \(Number.bytes(PageTheme.maximumSize))",
          ["embed smaller pictures and fonts"]
        )
      case .notUTF8: ("theme '\(path)' is not UTF-8", ["save the file as UTF-8"])
      }
    return Diagnostic(.error, message, at: range, code: "theme", notes: notes)
  }

  /// A style sheet in the same folder with a similar name.
  private static func neighbour(of path: String) -> String? {
    let names = ((try? FileBytes.list(Paths.folder(of: path))) ?? []).filter { $0.hasSuffix(".css") }
    return nearMiss(of: String(path.split(separator: "/").last ?? ""), among: names)
  }
}

extension ThemeProblem {
  fileprivate var message: String {
    switch fault {
    case .endsStyle: "a theme cannot contain '</style', which would end the style sheet"
    case .imports: "a theme cannot import another style sheet: reports load nothing"
    case .loads(let address): "a theme cannot load '\(address)': reports load nothing"
    }
  }

  fileprivate var notes: [String] {
    switch fault {
    case .endsStyle: []
    case .imports: ["copy the rules of the other style sheet"]
    case .loads: ["embed the file as 'data:TYPE;base64,…'"]
    }
  }
}

extension SourceText {
  fileprivate func range(of problem: ThemeProblem, in css: String) -> SourceRange {
    var (line, column) = (1, 1)
    for character in css.prefix(problem.offset) {
      let isEnd = character == "\n" || character == "\r" || character == "\r\n"
      (line, column) = isEnd ? (line + 1, 1) : (line, column + 1)
    }
    return SourceRange(SourceLocation(file: name, line: line, column: column), length: problem.length)
  }
}
