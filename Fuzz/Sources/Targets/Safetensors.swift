import Neural

extension FuzzTarget {
  /// A safetensors file; what can be read is written so that it reads the same.
  static let safetensors = FuzzTarget(name: "safetensors") { bytes in
    guard let file = try? Safetensors(bytes: bytes, file: "m.safetensors") else { return }
    let written = file.bytes()
    let again = try? Safetensors(bytes: written, file: "again")
    expect(again?.bytes() == written, "a file that was written reads otherwise")
  }
}
