import Foundation
import TestSupport

/// The committed reference files, located relative to the tests' sources.
enum Fixtures {
  static func path(_ name: String, from file: String = #filePath) -> String {
    URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures").appendingPathComponent(name).path
  }

  static func data(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path(name))) }
}

typealias TemporaryDirectory = TestSupport.TemporaryDirectory
