/// A seeded random number generator (SplitMix64), for tests that generate their inputs.
public struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  /// Creates a generator with a seed.
  public init(_ seed: Int) { state = UInt64(truncatingIfNeeded: seed) }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number in 0..<`bound`.
  public mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
  /// Whether an event with this probability in percent occurs.
  public mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
  /// A random element.
  public mutating func pick<T>(_ list: [T]) -> T { list[below(list.count)] }
  /// A list of random length, 0…`count`.
  public mutating func list<T>(upTo count: Int, _ element: (inout Seeded) -> T) -> [T] {
    (0..<below(count + 1)).map { _ in element(&self) }
  }

  /// A random text: syntax characters, letters, other scripts, unprintable characters.
  public mutating func text(upTo length: Int = 12, but excluded: String = "") -> String {
    let scraps = [
      "a", "B", "7", " ", "  ", "-", "--", "'", "\"", "\\", ":", "#", "{", "}", "[", "]", ",", "&", "*", "|",
      ">", "%",
      "@", "`", "~", "<", "!", "?", "\t", "\n", "\u{1}", "\u{7F}", "\u{85}", "é", "e\u{301}", "水", "👩‍🔬",
      "null", "1e3",
    ]
    return list(upTo: length) { $0.pick(scraps) }.joined().filter { !excluded.contains($0) }
  }
}
