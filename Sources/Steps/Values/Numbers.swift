import Support

/// A fraction in percent: `percent(0.87019)` is `87.02%`.
public func percent(_ share: Double, decimals: Int = 2) -> String {
  Number.percent(share, decimals: decimals)
}

/// A number with a fixed number of decimals: `fixed(0.7605, 2)` is `0.76`.
public func fixed(_ value: Double, _ decimals: Int) -> String { Number.fixed(value, decimals) }

/// An integer with commas: `grouped(199368)` is `199,368`.
public func grouped(_ value: Int) -> String { Number.grouped(value) }
