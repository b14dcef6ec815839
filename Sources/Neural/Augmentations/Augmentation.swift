/// An entry of an augmentation list, with albumentations' names and defaults (version 1.3.1).
///
///     let list: [Augmentation] = [
///       .padIfNeeded(minHeight: 36, minWidth: 36), .randomCrop(32, 32), .horizontalFlip(p: 0.5),
///     ]
public struct Augmentation: Sendable, Hashable, CustomStringConvertible {
  enum Content: Sendable {
    case transform(any ImageTransform)
    case normalize(Normalization)
  }

  let content: Content
  /// Whether a fault of its arguments has been reported; ``AugmentationPipeline/faults(in:imageSize:)`` skips it.
  package var isReported = false

  /// Creates an augmentation from your own transform.
  public init(_ transform: some ImageTransform) { content = .transform(transform) }

  init(_ normalization: Normalization) { content = .normalize(normalization) }

  /// albumentations' class name, for example `ShiftScaleRotate`.
  public var name: String {
    switch content {
    case .transform(let transform): return type(of: transform).name
    case .normalize: return "Normalize"
    }
  }

  /// The probability that an image is changed.
  public var p: Double {
    switch content {
    case .transform(let transform): return transform.p
    case .normalize: return 1
    }
  }

  public var description: String { name }

  /// The augmentations that this one chooses from or applies in turn; empty if it has none.
  public var children: [Augmentation] {
    guard case .transform(let transform as any CompositeTransform) = content else { return [] }
    return transform.transforms
  }

  /// Whether all of ``children`` are applied, one after the other.
  public var appliesChildrenInTurn: Bool {
    if case .transform(is SequentialTransform) = content { true } else { false }
  }

  /// Whether a fault of its arguments, or of a child's, has been reported.
  package var containsReported: Bool { isReported || children.contains(where: \.containsReported) }

  /// Applies the augmentation regardless of `p`; returns the image and the parameters drawn, for figures.
  ///
  ///     var random = RandomStream(seed: 1, .gallery)
  ///     let (turned, text) = Augmentation.shiftScaleRotate().demonstrated(on: image, random: &random)
  ///     // text: "θ −7.3°, scale 1.04, shift (0.03, −0.02)"
  ///
  /// Normalisation does not change the bytes.
  ///
  /// - Throws: `AugmentationError` if the transform does not fit the image.
  public func demonstrated(
    on image: Image, random: inout RandomStream, meanColor: RGB = .black
  ) throws(AugmentationError) -> (image: Image, parameters: String) {
    guard case .transform(let transform) = content else { return (image, "") }
    if let fact = transform.problem(for: image.size, image.colorMode) {
      throw AugmentationError(fact, index: 0, name: name)
    }
    let buffer = PixelBuffer(image)
    buffer.meanColor = meanColor
    let text = transform.runTelling(on: buffer, random: &random, always: true) ?? ""
    return (buffer.image, text)
  }

  /// Checks the parameters whose ranges do not depend on the images.
  ///
  /// - Throws: ``AugmentationError``.
  public func validate() throws(AugmentationError) {
    let fact: AugmentationError.Fact? =
      switch content {
      case .transform(let transform): transform.invalidArgument
      case .normalize(let normalization):
        normalization.problem(for: normalization.mean.count == 1 ? .grayscale : .rgb)
      }
    if let fact { throw AugmentationError(fact, index: nil, name: name) }
  }

  public static func == (a: Augmentation, b: Augmentation) -> Bool { a.hashable == b.hashable }
  public func hash(into hasher: inout Hasher) { hasher.combine(hashable) }

  private var hashable: AnyHashable {
    switch content {
    case .transform(let transform): return AnyHashable(transform)
    case .normalize(let normalization): return AnyHashable(normalization)
    }
  }
}

/// The number with this many decimals and a real minus sign: `−7.3`.
func shortNumber(_ value: Double, _ decimals: Int, sign: Bool = false) -> String {
  var power = 1
  for _ in 0..<decimals { power *= 10 }
  guard value.magnitude < 1e12 else { return "\(value)" }
  let scaled = Int((value * Double(power)).rounded())
  let whole = "\(scaled.magnitude / UInt(power))"
  let digits = "\(scaled.magnitude % UInt(power))"
  let fraction = String(repeating: "0", count: max(0, decimals - digits.count)) + digits
  let prefix = scaled < 0 ? "−" : sign && scaled > 0 ? "+" : ""
  return prefix + whole + (decimals > 0 ? "." + fraction : "")
}

extension Augmentation {
  /// The transform's type and all of its numbers, for example `Neural.HorizontalFlip(p: 0.5)`.
  public var contentDescription: String {
    switch content {
    case .transform(let transform): transform.contentDescription
    case .normalize(let normalization): describeContent(normalization)
    }
  }
}
