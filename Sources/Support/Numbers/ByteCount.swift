/// A number of bytes, formatted as `2.1 MB`; `500M` and `2GiB` can be parsed.
public struct ByteCount: Hashable, Sendable, CustomStringConvertible {
  /// The number of bytes.
  public var bytes: Int

  /// Creates a byte count.
  public init(_ bytes: Int) { self.bytes = bytes }

  /// Parses a number with a unit: B, kB, MB, GB, TB (powers of 1000) or KiB, MiB, GiB, TiB (powers of 1024); the B
  /// may be omitted.
  ///
  /// - Returns: `nil` for anything else, and for numbers that overflow.
  public init?(_ text: String) {
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let unit = text.dropFirst(number.count).lowercased().drop { $0 == " " }
    let units: [String: Double] = [
      "": 1, "k": 1e3, "m": 1e6, "g": 1e9, "t": 1e12, "ki": 1024, "mi": 1_048_576, "gi": 1_073_741_824,
      "ti": 1_099_511_627_776,
    ]
    let stem = unit.hasSuffix("b") ? unit.dropLast() : unit
    guard let value = Double(number), let scale = units[String(stem)] else { return nil }
    guard let bytes = Int(exactly: (value * scale).rounded()) else { return nil }
    self.bytes = bytes
  }

  public var description: String { Number.bytes(bytes) }
}
