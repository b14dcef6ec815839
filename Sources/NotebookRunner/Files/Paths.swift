import Foundation

/// Converts paths for exports: to absolute ones, and to relative ones.
enum Paths {
  /// The absolute path without `.`, `..` and double slashes. Existing symbolic links are resolved first, so that
  /// `..` is correct.
  static func absolute(_ path: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
  }

  /// The path of a file relative to a folder: `../notebooks/a.md`.
  static func relative(_ path: String, from folder: String) -> String {
    let target = absolute(path).split(separator: "/")
    let base = absolute(folder).split(separator: "/")
    let shared = zip(target, base).prefix { $0 == $1 }.count
    let parts = Array(repeating: "..", count: base.count - shared) + target.dropFirst(shared).map(String.init)
    return parts.isEmpty ? "." : parts.joined(separator: "/")
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func isDirectory(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
  }

  /// The checkout of Quire in which the running program was built.
  static var checkout: String? {
    var folder = absolute("/proc/self/exe")
    if folder == "/proc/self/exe" {
      folder = absolute(Bundle.main.executablePath ?? CommandLine.arguments[0])
    }
    while folder != "/", folder != "." {
      folder = self.folder(of: folder)
      if FileManager.default.fileExists(atPath: "\(folder)/Package.swift"),
        isDirectory("\(folder)/Sources/QuireKit")
      {
        return folder
      }
    }
    return nil
  }
}
