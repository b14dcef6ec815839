extension Safetensors {
  /// The file's bytes in the reference implementation's layout: wider types first, names in order, the header
  /// padded with spaces to a multiple of 8. Metadata is sorted too, so equal contents give equal bytes.
  public func bytes() -> [UInt8] {
    var entries: [String] = []
    if !metadata.isEmpty {
      let pairs = metadata.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(quoted($0.value))" }
      entries.append("\"__metadata__\":{\(pairs.joined(separator: ","))}")
    }
    let integers = integers.sorted { $0.key < $1.key }
    let tensors = tensors.sorted { $0.key < $1.key }
    var position = 0
    func place(_ name: String, _ type: ElementType, _ shape: [Int], count: Int) {
      let end = position + count * type.width
      let dimensions = shape.map(String.init).joined(separator: ",")
      entries.append(
        "\(quoted(name)):{\"dtype\":\"\(type.rawValue)\",\"shape\":[\(dimensions)],"
          + "\"data_offsets\":[\(position),\(end)]}")
      position = end
    }
    for (name, tensor) in integers { place(name, .int64, tensor.shape, count: tensor.values.count) }
    for (name, tensor) in tensors { place(name, .float32, tensor.shape, count: tensor.count) }

    var header = Array("{\(entries.joined(separator: ","))}".utf8)
    header += Array(repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + header.count + position)
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { bytes.append(contentsOf: $0) }
    bytes += header
    for (_, tensor) in integers {
      for value in tensor.values { withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) } }
    }
    for (_, tensor) in tensors {
      for value in tensor.values {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
      }
    }
    return bytes
  }

  /// A JSON string.
  private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{8}": result += "\\b"
      case "\u{C}": result += "\\f"
      case "\0"..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
