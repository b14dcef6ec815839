import Diagnostics

@testable import Documents

extension FuzzTarget {
  /// Front matter and a parameter file.
  static let yaml = FuzzTarget(name: "yaml") { bytes in
    _ = DocumentReader.read(bytes: Array("---\n".utf8) + bytes + Array("\n---\n".utf8), name: "n.md")
    let source = SourceText(name: "p.yaml", text: String(decoding: bytes, as: UTF8.self))
    let (_, problems) = ParameterFile.read(source)
    for problem in problems { _ = problem.rendered(in: source) }
  }
}
