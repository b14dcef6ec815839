import Testing

@testable import Neural

/// Each transform gives the same bytes as albumentations 1.3.1 with OpenCV 4.8.1 for the same parameters.
@Suite struct TransformFixtureTests {
  private static let names = [
    "VerticalFlip", "Transpose", "RandomRotate90", "Rotate", "Resize", "CenterCrop", "RandomResizedCrop",
    "Affine", "Perspective", "GridDistortion", "Posterize", "Solarize", "Equalize", "RandomGamma", "RGBShift",
    "ToGray", "HueSaturationValue", "ColorJitter", "GaussNoise", "GaussianBlur", "MotionBlur", "Sharpen",
  ]

  @Test(arguments: names)
  func `same bytes as albumentations`(name: String) throws {
    let fixture = try TransformFixture("transforms")
    var checked = 0
    for (index, one) in fixture.cases.enumerated() where one.transform == name {
      let image = try fixture.image("image.\(one.image)")
      let found = try #require(Self.applied(one, to: image), "\(name)")
      let expected = try fixture.image("case.\(index)")
      #expect(found.size == expected.size)
      let wrong = zip(found.pixels, expected.pixels).filter { $0 != $1 }.count
      #expect(
        wrong == 0, "\(name), image \(one.image): \(wrong) bytes differ with \(one.parameters.prefix(20))")
      checked += 1
    }
    #expect(checked > 0)
  }

  private static func applied(_ one: TransformFixture.Case, to image: Image) -> Image? {
    let p = one.parameters
    let n = p.map { Int($0) }
    switch one.transform {
    case "VerticalFlip": return VerticalFlip(p: 1).applied(.init(), to: image)
    case "Transpose": return Transpose(p: 1).applied(.init(), to: image)
    case "RandomRotate90": return RandomRotate90(p: 1).applied(.init(factor: n[0]), to: image)
    case "Rotate": return Rotate(limit: 180, p: 1).applied(.init(angle: p[0]), to: image)
    case "Resize": return Resize(height: n[0], width: n[1], p: 1).applied(.init(), to: image)
    case "CenterCrop": return CenterCrop(height: n[0], width: n[1], p: 1).applied(.init(), to: image)
    case "RandomResizedCrop":
      return RandomResizedCrop(height: 24, width: 28, scale: 0.08...1, ratio: 0.75...1.33, p: 1)
        .applied(.init(y: n[0], x: n[1], height: n[2], width: n[3]), to: image)
    case "Affine":
      return Affine(scale: nil, translatePercent: nil, rotate: nil, shear: nil, keepRatio: false, p: 1)
        .applied(
          .init(
            scale: .init(x: p[0], y: p[1]), translate: .init(x: p[2], y: p[3]), rotate: p[4],
            shear: .init(x: p[5], y: p[6])), to: image)
    case "Perspective":
      let corners = (0..<4).map { Perspective.Point(x: Float(p[2 * $0]), y: Float(p[2 * $0 + 1])) }
      return Perspective(scale: 0.05...0.1, p: 1).applied(.init(corners: corners), to: image)
    case "GridDistortion":
      let steps = Array(p.dropFirst())
      return GridDistortion(numSteps: n[0], distortLimit: 0.3, p: 1).applied(
        .init(stepsX: Array(steps.prefix(n[0] + 1)), stepsY: Array(steps.dropFirst(n[0] + 1))), to: image)
    case "Posterize": return Posterize(numBits: n[0], p: 1).applied(.init(), to: image)
    case "Solarize": return Solarize(threshold: p[0], p: 1).applied(.init(), to: image)
    case "Equalize": return Equalize(p: 1).applied(.init(), to: image)
    case "RandomGamma": return RandomGamma(gammaLimit: 80...120, p: 1).applied(.init(gamma: p[0]), to: image)
    case "RGBShift":
      return RGBShift(rShiftLimit: 20, gShiftLimit: 20, bShiftLimit: 20, p: 1)
        .applied(.init(red: p[0], green: p[1], blue: p[2]), to: image)
    case "ToGray": return ToGray(p: 1).applied(.init(), to: image)
    case "HueSaturationValue":
      return HueSaturationValue(hueShiftLimit: 40, satShiftLimit: 60, valShiftLimit: 60, p: 1)
        .applied(.init(hue: p[0], saturation: p[1], value: p[2]), to: image)
    case "ColorJitter":
      return ColorJitter(brightness: 0.2, contrast: 0.2, saturation: 0.2, hue: 0.2, p: 1).applied(
        .init(
          brightness: p[0], contrast: p[1], saturation: p[2], hue: p[3],
          order: n.dropFirst(4).compactMap(ColorJitter.Change.init)), to: image)
    case "GaussNoise":
      return GaussNoise(varLimit: 10...50, mean: 0, perChannel: true, p: 1)
        .applied(.init(sigma: 1, noise: p), to: image)
    case "GaussianBlur":
      return GaussianBlur(blurLimit: 3...7, sigmaLimit: 0...0, p: 1)
        .applied(.init(side: n[0], sigma: p[1]), to: image)
    case "MotionBlur":
      return MotionBlur(blurLimit: 3...7, allowShifted: true, p: 1)
        .applied(.init(side: n[0], x1: n[1], y1: n[2], x2: n[3], y2: n[4]), to: image)
    case "Sharpen":
      return Sharpen(alpha: 0.2...0.5, lightness: 0.5...1, p: 1)
        .applied(.init(alpha: p[0], lightness: p[1]), to: image)
    default: return nil
    }
  }
}
