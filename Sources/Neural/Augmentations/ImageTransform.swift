/// A random change of an image's pixels, such as a flip.
///
/// Drawing parameters is separate from applying them, so that figures can print them and tests can set them.
///
///     struct Invert: ImageTransform {
///       static let name = "Invert"
///       let p: Double
///       func drawParameters(for _: ImageSize, from _: inout RandomStream) -> NoParameters { .init() }
///       func apply(_: NoParameters, to image: PixelBuffer) {
///         for i in 0..<image.count { image.pixels[i] = 255 - image.pixels[i] }
///       }
///     }
///     let augmentation = Augmentation(Invert(p: 0.5))
public protocol ImageTransform: Sendable, Hashable {
  /// The parameters of one application; figures print their description, for example `θ −7.3°`.
  associatedtype Parameters: Sendable, Hashable, CustomStringConvertible

  /// albumentations' class name.
  static var name: String { get }
  /// The probability that an image is changed, 0…1.
  var p: Double { get }

  /// A text that identifies the transform: equal texts mean equal transforms. By default, its type and stored
  /// properties.
  var contentDescription: String { get }
  /// The output size for images of this size. By default, the same size.
  func outputSize(for input: ImageSize) -> ImageSize
  /// Whether the transform works on RGB images only. By default, grayscale images are changed too.
  static var needsColor: Bool { get }
  /// The first argument that is invalid for images of any size; `nil` if there is none. By default, none.
  var invalidArgument: AugmentationError.Fact? { get }
  /// The error if the transform is invalid or does not fit images of this size; `nil` if there is none. By default,
  /// ``invalidArgument``.
  func problem(for input: ImageSize) -> AugmentationError.Fact?
  /// The same for images with these channels. By default, an error if the transform ``needsColor``.
  func problem(for input: ImageSize, _ mode: ColorMode) -> AugmentationError.Fact?
  func drawParameters(for size: ImageSize, from random: inout RandomStream) -> Parameters
  func apply(_ parameters: Parameters, to image: PixelBuffer)
}

extension ImageTransform {
  public var contentDescription: String { describeContent(self) }
  public func outputSize(for input: ImageSize) -> ImageSize { input }
  public static var needsColor: Bool { false }
  public var invalidArgument: AugmentationError.Fact? { nil }
  public func problem(for input: ImageSize) -> AugmentationError.Fact? { invalidArgument }
  public func problem(for input: ImageSize, _ mode: ColorMode) -> AugmentationError.Fact? {
    mode == .grayscale && Self.needsColor ? .needsColor : problem(for: input)
  }

  /// The error if the transform cannot be applied to such images with its probability; `nil` if there is none.
  func fault(for input: ImageSize, _ mode: ColorMode) -> AugmentationError.Fact? {
    if !(0...1).contains(p) { return .probability(p) }
    if let problem = problem(for: input, mode) { return problem }
    // If it were skipped, a transform that changes the size would leave images of two sizes.
    return p < 1 && outputSize(for: input) != input ? .sometimesResized(p) : nil
  }

  /// Draws whether to apply the transform and with which parameters; `nil` leaves the image unchanged.
  public func draw(for size: ImageSize, from random: inout RandomStream) -> Parameters? {
    random.unit() < p ? drawParameters(for: size, from: &random) : nil
  }

  /// The image after applying these parameters.
  public func applied(_ parameters: Parameters, to image: Image) -> Image {
    let buffer = PixelBuffer(image)
    apply(parameters, to: buffer)
    return buffer.image
  }

  /// Draws parameters and applies them.
  func run(on image: PixelBuffer, random: inout RandomStream) {
    if let parameters = draw(for: image.size, from: &random) { apply(parameters, to: image) }
  }

  /// Draws parameters, applies them and returns their description; `nil` if the image is unchanged.
  func runTelling(on image: PixelBuffer, random: inout RandomStream, always: Bool = false) -> String? {
    guard
      let parameters = always
        ? drawParameters(for: image.size, from: &random)
        : draw(for: image.size, from: &random)
    else { return nil }
    apply(parameters, to: image)
    return parameters.description
  }
}

/// The parameters of a transform that has none.
public struct NoParameters: Sendable, Hashable, CustomStringConvertible {
  /// Creates empty parameters.
  public init() {}
  public var description: String { "" }
}
