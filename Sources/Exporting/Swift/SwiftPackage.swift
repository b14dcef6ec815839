import Cells
import Documents
import Support

/// A notebook as a Swift package: an executable whose program consists of the unchanged cells.
///
///     let package = SwiftPackage(document, name: "cifar10", notebook: "../cifar10.md", library: .path("../quire"))
///     for file in package.files { … }
public struct SwiftPackage {
  /// The source of the package's Quire dependency.
  public enum Library: Sendable, Hashable {
    /// A folder, relative to the package.
    case path(String)
    /// A Git repository and an exact version: a tag such as `0.2.0`.
    case repository(url: String, version: String)
  }

  /// The text that identifies an exported manifest.
  public static let mark = "Exported by quire"

  /// The package's files.
  public let files: [ExportedFile]

  /// Converts a notebook.
  ///
  /// - Parameters:
  ///   - name: the name of the executable and of its results folder.
  ///   - notebook: the notebook's path, relative to the package.
  ///   - sha256: the notebook's digest.
  ///   - parameters: the parameters that `-p` can set.
  public init(
    _ document: Document, name: String, notebook: String, sha256: String = "",
    parameters: [CellParameter] = [], library: Library
  ) {
    let program = SwiftProgram(
      document, name: name, notebook: notebook, sha256: sha256, parameters: parameters)
    files = [
      ExportedFile("Package.swift", Self.manifest(name: name, notebook: notebook, library: library)),
      ExportedFile("Sources/Notebook/main.swift", program.text),
    ]
  }

  private static func manifest(name: String, notebook: String, library: Library) -> String {
    let dependency =
      switch library {
      case .path(let path): ".package(name: \"quire\", path: \(path.swiftLiteral))"
      case .repository(let url, let version):
        // Exact, because another version may compute different results.
        ".package(url: \(url.swiftLiteral), exact: \(version.swiftLiteral))"
      }
    let identity =
      switch library {
      case .path: "quire"
      case .repository(let url, _): Self.identity(ofRepository: url)
      }
    // Cells are the top level of one file: their variables are global, which the Swift 5 mode permits.
    return """
      // swift-tools-version: 6.2
      // \(mark) from \(notebook.linkDestination).
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

  /// SwiftPM's name for a repository: the last component of its URL, without `.git`.
  private static func identity(ofRepository url: String) -> String {
    let last = url.split(separator: "/").last.map(String.init) ?? url
    return (last.hasSuffix(".git") ? String(last.dropLast(4)) : last).lowercased()
  }
}

extension String {
  /// The text as a Swift string literal.
  package var swiftLiteral: String {
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
