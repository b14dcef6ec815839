import Cells
import Documents

/// A notebook as a Swift package: its cells, unchanged, as the program of an executable.
///
///     let package = SwiftPackage(document, name: "cifar10", notebook: "../cifar10.md", library: .path("../quire"))
///     for file in package.files { … }
public struct SwiftPackage {
  /// Where the package finds Quire.
  public enum Library: Sendable, Hashable {
    /// A folder, seen from the package's.
    case path(String)
    /// A Git repository and the version to use, a tag such as `0.2.0`.
    case repository(url: String, version: String)
  }

  /// What tells an exported manifest from any other.
  public static let mark = "Exported by quire"

  public let files: [ExportedFile]

  /// - Parameters:
  ///   - name: the executable's, and that of its folder of results.
  ///   - notebook: the notebook's path, seen from the package's folder.
  ///   - sha256: the notebook's digest.
  ///   - parameters: those that `-p` can set.
  public init(
    _ document: Document, name: String, notebook: String, sha256: String = "",
    parameters: [CellParameter] = [], library: Library
  ) {
    let program = SwiftProgram(
      document, name: name, notebook: notebook, sha256: sha256, parameters: parameters)
    files = [
      ExportedFile("Package.swift", Self.manifest(name: name, library: library)),
      ExportedFile("Sources/Notebook/main.swift", program.text),
    ]
  }

  private static func manifest(name: String, library: Library) -> String {
    let dependency =
      switch library {
      case .path(let path): ".package(name: \"quire\", path: \(path.swiftLiteral))"
      case .repository(let url, let version):
        // Exact: another version may compute other bytes.
        ".package(url: \(url.swiftLiteral), exact: \(version.swiftLiteral))"
      }
    let identity =
      switch library {
      case .path: "quire"
      case .repository(let url, _): Self.identity(ofRepository: url)
      }
    // Cells are the top level of one file: their variables are global, which the Swift 5 mode leaves alone.
    return """
      // swift-tools-version: 6.2
      // \(mark).
      import PackageDescription

      let package = Package(
        name: \(name.swiftLiteral),
        platforms: [.macOS(.v15)],
        products: [.executable(name: \(name.swiftLiteral), targets: ["Notebook"])],
        dependencies: [\(dependency)],
        targets: [
          .executableTarget(
            name: "Notebook", dependencies: [.product(name: "QuireKit", package: \(identity.swiftLiteral))])
        ],
        swiftLanguageModes: [.v5]
      )

      """
  }

  /// The name SwiftPM gives a repository: the end of its address, without `.git`.
  private static func identity(ofRepository url: String) -> String {
    let last = url.split(separator: "/").last.map(String.init) ?? url
    return (last.hasSuffix(".git") ? String(last.dropLast(4)) : last).lowercased()
  }
}

extension String {
  /// The text as a Swift string literal.
  var swiftLiteral: String {
    var out = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\\": out += "\\\\"
      case "\"": out += "\\\""
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\0": out += "\\0"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
