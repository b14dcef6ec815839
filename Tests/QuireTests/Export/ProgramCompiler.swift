import Foundation
import Testing

/// Compiles Swift against the modules and objects of the tests' build: takes seconds, whereas `swift build` in an
/// exported package takes minutes.
struct ProgramCompiler {
  /// The modules that QuireKit consists of.
  private static let modules = [
    "QuireKit", "Steps", "CellCatalogue", "Reporting", "Formulas", "Diagnostics", "Support",
    "TrainingRecords", "Neural",
    "CKernels", "COpenBLAS", "COnnx", "CPNGDecoder", "CJPEGDecoder",
    "ArgumentParser", "ArgumentParserToolInfo",
  ]
  private static let systemPackages = [
    "libpng", "libjpeg", "cairo", "libarchive", "libcrypto", "libprotobuf-c",
  ]

  /// The folder of build products.
  private let build: String

  init() throws {
    build = URL(fileURLWithPath: try Executable.path()).deletingLastPathComponent().path
  }

  /// Builds a program from a file.
  func link(_ source: String, to program: String) throws -> Executable.Result {
    let libraries = try packageFlags("--libs") + ["-lm"]
    return try run([source, "-o", program] + objects() + libraries)
  }

  /// Type-checks a file.
  func check(_ source: String) throws -> Executable.Result { try run(["-typecheck", source]) }

  private func run(_ arguments: [String]) throws -> Executable.Result {
    let sources = "\(Executable.repository)/Sources"
    let maps =
      ["CKernels", "COpenBLAS", "COnnx", "CPNGDecoder", "CJPEGDecoder"].map {
        "\(build)/\($0).build/module.modulemap"
      }
      + ["CPNG", "CJPEG", "CCairo", "CArchive", "CCrypto", "CProtobufC"].map {
        "\(sources)/\($0)/module.modulemap"
      }
    let flags =
      ["swiftc", "-swift-version", "5", "-module-name", "Notebook", "-I", "\(build)/Modules"]
      + maps.flatMap { ["-Xcc", "-fmodule-map-file=\($0)"] }
    return try Executable.launch(
      "/usr/bin/env", flags + packageFlags("--cflags") + arguments,
      in: FileManager.default.temporaryDirectory.path)
  }

  private func packageFlags(_ kind: String) throws -> [String] {
    let result = try Executable.launch(
      "/usr/bin/env", ["pkg-config", kind] + Self.systemPackages,
      in: FileManager.default.temporaryDirectory.path)
    try #require(result.status == 0, "pkg-config: \(result.errors)")
    return result.output.split(whereSeparator: \.isWhitespace).map(String.init)
  }

  /// The object files of the modules, as linked into the tests' bundle.
  private func objects() throws -> [String] {
    let list = try String(
      contentsOfFile: "\(build)/quirePackageTests.product/Objects.LinkFileList", encoding: .utf8)
    return list.split(separator: "\n")
      .map { String($0.trimmingCharacters(in: CharacterSet(charactersIn: "'\""))) }
      .filter { path in Self.modules.contains { path.contains("/\($0).build/") } }
  }
}
