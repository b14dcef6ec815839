import Neural

extension FuzzTarget {
  /// A safetensors file. Contents that can be read must be equal after writing and reading them.
  static let safetensors = FuzzTarget(name: "safetensors") { bytes in
    guard let file = try? Safetensors(bytes: bytes, file: "m.safetensors") else { return }
    let written = file.bytes()
    let again = try? Safetensors(bytes: written, file: "again")
    expect(again?.bytes() == written, "reading a written file gives other contents")
  }
}
