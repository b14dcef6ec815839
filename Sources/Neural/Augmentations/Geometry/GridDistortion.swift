/// Divides the image into a grid and changes the width of each column and the height of each row of cells.
public struct GridDistortion: ImageTransform {
  /// albumentations' class name.
  public static let name = "GridDistortion"
  /// The number of cells along each side.
  public static let numSteps = AugmentationArgument("numSteps", 5, in: 1...100)
  /// The maximum deviation of a cell's size from the grid's, as a fraction.
  public static let distortLimit = AugmentationArgument("distortLimit", 0.3, in: 0...1)

  /// The number of cells along each side.
  public let numSteps: Int
  /// The maximum deviation of a cell's size from the grid's, as a fraction.
  public let distortLimit: Double
  /// The probability that the image is changed, 0…1.
  public let p: Double

  /// The relative sizes of the cells.
  public struct Parameters: Sendable, Hashable, CustomStringConvertible {
    /// The widths and heights, relative to the grid's: one more than there are cells, for the remaining pixels.
    public let stepsX, stepsY: [Double]

    /// Creates parameters.
    public init(stepsX: [Double], stepsY: [Double]) { (self.stepsX, self.stepsY) = (stepsX, stepsY) }

    public var description: String {
      func list(_ steps: [Double]) -> String {
        steps.dropLast().map { shortNumber($0, 2) }.joined(separator: ", ")
      }
      return "columns × \(list(stepsX)); rows × \(list(stepsY))"
    }
  }

  public var invalidArgument: AugmentationError.Fact? {
    Self.numSteps.fault(numSteps) ?? Self.distortLimit.fault(distortLimit)
  }

  public func problem(for input: ImageSize) -> AugmentationError.Fact? {
    let most = min(input.height, input.width)
    if let invalidArgument { return invalidArgument }
    return numSteps <= most
      ? nil : .value(name: "numSteps", expected: "1…\(most), a pixel per cell", found: "\(numSteps)")
  }

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> Parameters {
    func steps(_ random: inout RandomStream) -> [Double] {
      (0...numSteps).map { _ in 1 + random.uniform(-distortLimit, distortLimit) }
    }
    let columns = steps(&random)
    return Parameters(stepsX: columns, stepsY: steps(&random))
  }

  public func apply(_ parameters: Parameters, to image: PixelBuffer) {
    let (size, channels) = (image.size, image.channels)
    let columns = Self.positions(size.width, numSteps, parameters.stepsX)
    let rows = Self.positions(size.height, numSteps, parameters.stepsY)
    image.replace(size: size) { source, target in
      let sampler = BilinearSampler(source: source, size: size, border: .reflect101, channels: channels)
      var out = target
      for y in rows {
        for x in columns {
          sampler.write(x, y, to: out)
          out += channels
        }
      }
    }
  }

  /// The source position of each column or row, in 1/32 pixel.
  private static func positions(_ count: Int, _ cells: Int, _ steps: [Double]) -> [Int] {
    var positions = [Int](repeating: 0, count: count)
    let step = count / cells
    var previous = 0.0
    for (index, factor) in steps.enumerated() {
      let start = index * step
      let isCut = start + step > count
      let current = isCut ? Double(count) : previous + Double(step) * factor
      let pixels = max(0, min(start + step, count) - start)
      let slope = pixels > 1 ? (current - previous) / Double(pixels - 1) : 0
      for i in 0..<pixels {
        // NumPy's `linspace`, as single-precision floats.
        let value = i == pixels - 1 && pixels > 1 ? current : Double(i) * slope + previous
        positions[start + i] = Int((Float(value) * 32).rounded(.toNearestOrEven))
      }
      previous = current
    }
    return positions
  }
}

extension Augmentation {
  /// Distorts the image along a grid (albumentations: `GridDistortion`; bilinear, `BORDER_REFLECT_101`).
  ///
  ///     .gridDistortion(numSteps: 5, distortLimit: 0.3)
  ///
  /// - Parameters:
  ///   - numSteps: the number of cells along each side, 1…100 and at most one per pixel.
  ///   - distortLimit: cells' sizes are uniform in 1 ± this, relative to the grid's; 0…1.
  ///   - p: probability, 0…1.
  public static func gridDistortion(
    numSteps: Int = GridDistortion.numSteps.default,
    distortLimit: Double = GridDistortion.distortLimit.default,
    p: Double = AugmentationArgument.p.default
  ) -> Augmentation {
    Augmentation(GridDistortion(numSteps: numSteps, distortLimit: distortLimit, p: p))
  }
}
