import Cells
import Neural
import Steps

/// Rows of the augmentations whose arguments, defaults and ranges are `AugmentationArgument`s of their transforms.
extension Catalogue {
  static let augmentationRows = geometry + colors + filters + compositions + automatic

  private static let geometry: [Entry] = [
    .staticMember(
      "verticalFlip", of: Augmentation.self, "Flips images vertically.", example: ".verticalFlip(p: 0.5)",
      probability
    ) { .verticalFlip(p: $0) },
    .staticMember(
      "transpose", of: Augmentation.self, "Swaps rows and columns.", example: ".transpose()", probability
    ) { .transpose(p: $0) },
    .staticMember(
      "randomRotate90", of: Augmentation.self, "Rotates square images by 0, 90, 180 or 270 degrees.",
      example: ".randomRotate90()", probability
    ) { .randomRotate90(p: $0) },
    .staticMember(
      "rotate", of: Augmentation.self, "Rotates images by a random angle.", example: ".rotate(limit: 15)",
      p(Rotate.limit, "maximum rotation", unit: "degrees"), probability
    ) { .rotate(limit: $0, p: $1) },
    .staticMember(
      "resize", of: Augmentation.self, "Resizes images bilinearly, without smoothing.",
      example: ".resize(32, 32)", height, width, certainProbability
    ) { .resize($0, $1, p: $2) },
    .staticMember(
      "centerCrop", of: Augmentation.self, "Crops the middle.", example: ".centerCrop(28, 28)", height, width,
      certainProbability
    ) { .centerCrop($0, $1, p: $2) },
    .staticMember(
      "randomResizedCrop", of: Augmentation.self, "Crops a region of random size and shape, and resizes it.",
      example: ".randomResizedCrop(32, 32, scale: 0.5...1)", height, width,
      p(RandomResizedCrop.scale, "the region's area", unit: "fractions of the image"),
      p(RandomResizedCrop.ratio, "the region's width divided by its height"), certainProbability
    ) { .randomResizedCrop($0, $1, scale: $2, ratio: $3, p: $4) },
    .staticMember(
      "affine", of: Augmentation.self,
      "Scales, shifts, rotates and shears images; if all ranges are nil, they are 0.9...1.1, -0.1...0.1, -15...15 "
        + "and -10...10.",
      example: ".affine(scale: 0.9...1.1, rotate: -15...15)",
      p(Affine.scale, "scale of each axis; nil keeps it"),
      p(Affine.translatePercent, "shift along each axis; nil for none", unit: "fractions of the side"),
      p(Affine.rotate, "rotation; nil for none", unit: "degrees"),
      p(Affine.shear, "shear along each axis; nil for none", unit: "degrees"),
      p("keepRatio", Bool.self, default: false, "use one scale for both axes"), probability
    ) { .affine(scale: $0, translatePercent: $1, rotate: $2, shear: $3, keepRatio: $4, p: $5) },
    .staticMember(
      "perspective", of: Augmentation.self, "Changes the perspective.",
      example: ".perspective(scale: 0.05...0.1)",
      p(Perspective.scale, "standard deviation of a corner's shift", unit: "fractions of the side"),
      probability
    ) { .perspective(scale: $0, p: $1) },
    .staticMember(
      "gridDistortion", of: Augmentation.self, "Distorts images along a grid.",
      example: ".gridDistortion(numSteps: 5, distortLimit: 0.3)",
      p(GridDistortion.numSteps, "cells along each side"),
      p(GridDistortion.distortLimit, "maximum change of a cell's size", unit: "fractions of the cell"),
      probability
    ) { .gridDistortion(numSteps: $0, distortLimit: $1, p: $2) },
  ]

  private static let colors: [Entry] = [
    .staticMember(
      "toGray", of: Augmentation.self, "Removes the colour; images keep three channels.",
      example: ".toGray(p: 0.2)", probability
    ) { .toGray(p: $0) },
    .staticMember(
      "colorJitter", of: Augmentation.self,
      "Changes brightness, contrast, saturation and hue in random order.",
      example: ".colorJitter(brightness: 0.2, contrast: 0.2, saturation: 0.2, hue: 0.05)",
      p(ColorJitter.brightness, "maximum deviation of the factor from 1"),
      p(ColorJitter.contrast, "maximum deviation of the factor from 1"),
      p(ColorJitter.saturation, "maximum deviation of the factor from 1"),
      p(ColorJitter.hue, "maximum shift", unit: "turns of the colour circle"), probability
    ) { .colorJitter(brightness: $0, contrast: $1, saturation: $2, hue: $3, p: $4) },
    .staticMember(
      "rgbShift", of: Augmentation.self, "Adds an offset to each channel.",
      example: ".rgbShift(rShiftLimit: 20, gShiftLimit: 20, bShiftLimit: 20)",
      p(RGBShift.rShiftLimit, "maximum shift of red, out of 255"),
      p(RGBShift.gShiftLimit, "maximum shift of green, out of 255"),
      p(RGBShift.bShiftLimit, "maximum shift of blue, out of 255"), probability
    ) { .rgbShift(rShiftLimit: $0, gShiftLimit: $1, bShiftLimit: $2, p: $3) },
    .staticMember(
      "randomGamma", of: Augmentation.self, "Raises all values to a power.",
      example: ".randomGamma(gammaLimit: 80...120)",
      p(RandomGamma.gammaLimit, "exponent", unit: "percent"), probability
    ) { .randomGamma(gammaLimit: $0, p: $1) },
    .staticMember(
      "posterize", of: Augmentation.self, "Keeps only the high bits of all values.",
      example: ".posterize(numBits: 4)", p(Posterize.numBits, "number of bits kept"), probability
    ) { .posterize(numBits: $0, p: $1) },
    .staticMember(
      "solarize", of: Augmentation.self, "Inverts all values from a threshold.",
      example: ".solarize(threshold: 128)", p(Solarize.threshold, "smallest inverted value, out of 255"),
      probability
    ) { .solarize(threshold: $0, p: $1) },
    .staticMember(
      "equalize", of: Augmentation.self, "Equalises the histogram of each channel.",
      example: ".equalize(p: 0.2)", probability
    ) { .equalize(p: $0) },
  ]

  private static let filters: [Entry] = [
    .staticMember(
      "gaussNoise", of: Augmentation.self, "Adds normally distributed noise.",
      example: ".gaussNoise(varLimit: 10...50)",
      p(GaussNoise.varLimit, "variance, out of 255²"), p(GaussNoise.mean, "mean, out of 255"),
      p("perChannel", Bool.self, default: true, "draw noise for each channel"), probability
    ) { .gaussNoise(varLimit: $0, mean: $1, perChannel: $2, p: $3) },
    .staticMember(
      "gaussianBlur", of: Augmentation.self, "Blurs images with a Gaussian filter.",
      example: ".gaussianBlur(blurLimit: 3...7)",
      p(GaussianBlur.blurLimit, "side of the filter, with odd bounds; 0 follows sigma", unit: "pixels"),
      p(GaussianBlur.sigmaLimit, "standard deviation; 0 follows the side", unit: "pixels"), probability
    ) { .gaussianBlur(blurLimit: $0, sigmaLimit: $1, p: $2) },
    .staticMember(
      "motionBlur", of: Augmentation.self, "Blurs images along a line.",
      example: ".motionBlur(blurLimit: 3...7)",
      p(MotionBlur.blurLimit, "side of the filter, with an odd upper bound", unit: "pixels"),
      p("allowShifted", Bool.self, default: true, "allow lines beside the filter's middle"), probability
    ) { .motionBlur(blurLimit: $0, allowShifted: $1, p: $2) },
    .staticMember(
      "sharpen", of: Augmentation.self, "Sharpens images.", example: ".sharpen(alpha: 0.2...0.5)",
      p(Sharpen.alpha, "share of the sharpened image"),
      p(Sharpen.lightness, "lightness of the sharpened image"), probability
    ) { .sharpen(alpha: $0, lightness: $1, p: $2) },
  ]

  private static let compositions: [Entry] = [
    .staticMember(
      "oneOf", of: Augmentation.self,
      "Applies one of several augmentations, chosen in proportion to their p.",
      example: ".oneOf([.gaussianBlur(), .motionBlur()], p: 0.3)", transforms, probability
    ) { .oneOf($0, p: $1) },
    .staticMember(
      "someOf", of: Augmentation.self,
      "Applies n of several augmentations, chosen in proportion to their p.",
      example: ".someOf([.toGray(), .solarize(), .posterize()], n: 2)", transforms,
      p("n", Int.self, "number of augmentations that are applied", range: .in(SomeOf.n.range)),
      p("replace", Bool.self, default: true, "allow the same augmentation more than once"), certainProbability
    ) { .someOf($0, n: $1, replace: $2, p: $3) },
    .staticMember(
      "sequential", of: Augmentation.self, "Applies augmentations in turn, each with its own p.",
      example: ".sequential([.horizontalFlip(), .rotate(limit: 15)], p: 0.5)", transforms, probability
    ) { .sequential($0, p: $1) },
  ]

  private static let automatic: [Entry] = [
    .staticMember(
      "randAugment", of: Augmentation.self,
      "Applies random operations of one magnitude, as torchvision does.",
      example: ".randAugment(numOps: 2, magnitude: 9)", p(RandAugment.numOps, "number of operations"),
      p(
        "magnitude", Int.self, default: RandAugment.level.default, "strength",
        range: "0 to numMagnitudeBins - 1"),
      p(RandAugment.numMagnitudeBins, "number of magnitudes")
    ) { .randAugment(numOps: $0, magnitude: $1, numMagnitudeBins: $2) },
    .staticMember(
      "trivialAugmentWide", of: Augmentation.self,
      "Applies one random operation of random magnitude, as torchvision does.",
      example: ".trivialAugmentWide()", p(TrivialAugmentWide.numMagnitudeBins, "number of magnitudes")
    ) { .trivialAugmentWide(numMagnitudeBins: $0) },
  ]

  /// The rows of `Mixing`.
  static let mixingRows: [Entry] = [
    .staticMember(
      "mixup", of: Mixing.self, "Adds each image of a batch to the previous one, with random weights.",
      example: ".mixup(alpha: 0.2)", p(Mixing.alpha, "parameter of the beta distribution of the weights")
    ) { .mixup(alpha: $0) },
    .staticMember(
      "cutmix", of: Mixing.self, "Replaces a rectangle of each image of a batch by the previous image's.",
      example: ".cutmix(alpha: 1)", p(Mixing.alpha, "parameter of the beta distribution of the areas")
    ) { .cutmix(alpha: $0) },
  ]

  private static let transforms = p("transforms", label: nil, [Augmentation].self, "the augmentations")
  private static let height = p(
    "height", label: nil, Int.self, "new height", unit: "pixels", range: .in(ImageSize.sides))
  private static let width = p(
    "width", label: nil, Int.self, "new width", unit: "pixels", range: .in(ImageSize.sides))
  private static let probability = p(AugmentationArgument.p, "probability")
  private static let certainProbability = p(AugmentationArgument.certainP, "probability")
}

/// A parameter with an augmentation's argument: its label, default and range.
private func p<T: ArgumentValue & CellConvertible>(
  _ argument: AugmentationArgument<T>, _ doc: String, unit: String? = nil
) -> Parameter<T> {
  p(argument.name, T.self, default: argument.default, doc, unit: unit, range: .in(argument.range))
}
