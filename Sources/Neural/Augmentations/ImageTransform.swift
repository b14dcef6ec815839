/// One random change of an image's pixels, such as a flip: what it draws, and what it does with what it drew.
///
/// Drawing is apart from applying, so that a figure can name the parameters and a test can give them.
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
  /// What one application draws; its description is what a figure prints, for example `θ −7.3°`.
  associatedtype Parameters: Sendable, Hashable, CustomStringConvertible

  /// albumentations' class name.
  static var name: String { get }
  /// The probability that an image is changed at all, 0…1.
  var p: Double { get }

  /// All that the transform is: equal texts, equal transforms. Unless stated, its type and stored properties.
  var contentDescription: String { get }
  /// The size that an image of this size gets. Unless stated, its own.
  func outputSize(for input: ImageSize) -> ImageSize
  /// What is wrong with the transform's own numbers or with images of this size; `nil` where nothing is.
  func problem(for input: ImageSize) -> AugmentationError.Fact?
  func drawParameters(for size: ImageSize, from random: inout RandomStream) -> Parameters
  func apply(_ parameters: Parameters, to image: PixelBuffer)
}

extension ImageTransform {
  public var contentDescription: String { describeContent(self) }
  public func outputSize(for input: ImageSize) -> ImageSize { input }
  public func problem(for input: ImageSize) -> AugmentationError.Fact? { nil }

  /// Draws whether to apply and, if so, with what: `nil` leaves the image as it is.
  public func draw(for size: ImageSize, from random: inout RandomStream) -> Parameters? {
    random.unit() < p ? drawParameters(for: size, from: &random) : nil
  }

  /// The image changed with these parameters.
  public func applied(_ parameters: Parameters, to image: Image) -> Image {
    let buffer = PixelBuffer(image)
    apply(parameters, to: buffer)
    return buffer.image
  }

  /// Draws and applies; the description of what was drawn, or `nil`.
  func run(on image: PixelBuffer, random: inout RandomStream) {
    if let parameters = draw(for: image.size, from: &random) { apply(parameters, to: image) }
  }

  /// As `run`, but says what was drawn: `nil` where the image stays.
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

/// The parameters of a transform that draws nothing but whether to apply.
public struct NoParameters: Sendable, Hashable, CustomStringConvertible {
  public init() {}
  public var description: String { "" }
}
