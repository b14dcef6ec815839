import Neural

/// A batch of random images, with targets of the kind that the loss takes.
struct SyntheticBatch {
  /// The number of images.
  let count: Int
  /// [count, height, width, channels].
  let images: [Float]
  private let labels: [Int32]
  private let values: [Float]
  private let kind: TargetKind

  init(_ model: Model, loss: Loss, count: Int) {
    self.count = count
    kind = loss.task.targets
    let outputs = model.output.elements
    var random = RandomStream(seed: 1, .synthetic)
    images = (0..<count * model.input.elements).map { _ in Float(random.uniform(-2, 2)) }
    labels = kind == .labels ? (0..<count).map { _ in Int32(random.below(outputs)) } : []
    values = kind == .values ? (0..<count * outputs).map { _ in Float(random.uniform(-2, 2)) } : []
  }

  /// Calls the body with the targets; they are valid during the call only.
  @discardableResult
  func withTargets<T>(_ body: (BatchTargets) throws -> T) rethrows -> T {
    switch kind {
    case .labels: try Self.withPointer(labels) { try body(.labels($0)) }
    case .values: try Self.withPointer(values) { try body(.values($0)) }
    }
  }

  private static func withPointer<Element, T>(
    _ elements: [Element], _ body: (UnsafePointer<Element>) throws -> T
  ) rethrows -> T {
    try body(elements)
  }
}
