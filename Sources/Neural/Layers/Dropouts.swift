/// Zeroes each element with probability `p` while training and scales the rest by 1/(1−p) (PyTorch: `nn.Dropout`).
public struct Dropout: Layer {
  /// In 0 ..< 1.
  public let p: Double
  public init(_ p: Double = 0.5) { self.p = p }
  public var typeName: String { "Dropout" }
  public var structure: LayerStructure { .operation(.dropout(p: p, wholeChannels: false)) }
}

/// Zeroes whole channels of a sample with probability `p` while training and scales the rest by
/// 1/(1−p) (PyTorch: `nn.Dropout2d`; Tompson et al., 2015).
public struct Dropout2d: Layer {
  /// In 0 ..< 1.
  public let p: Double
  public init(_ p: Double = 0.5) { self.p = p }
  public var typeName: String { "Dropout2d" }
  public var structure: LayerStructure { .operation(.dropout(p: p, wholeChannels: true)) }
}
