import Cells

/// Augmentations of torchvision and albumentations. Those whose names are the same up to upper and lower case, such as
/// `GaussianBlur`, are found here too.
extension ForeignNames {
  private static func augmentation(_ library: String, _ name: String, _ code: String) -> ForeignName {
    let row = code.drop { $0 == "." }.prefix { $0 != "(" }
    return ForeignName(
      name, of: library, rows: ["Augmentation.\(row)"], "write '\(code)' in 'augmentation'")
  }

  static let augmentations =
    [
      ("RandomHorizontalFlip", ".horizontalFlip(p: 0.5)"), ("RandomVerticalFlip", ".verticalFlip(p: 0.5)"),
      ("RandomResizedCrop", ".randomResizedCrop(32, 32)"), ("CenterCrop", ".centerCrop(28, 28)"),
      ("RandomRotation", ".rotate(limit: 15, p: 1)"), ("RandomAffine", ".affine(rotate: -15...15, p: 1)"),
      ("RandomPerspective", ".perspective()"),
      ("ColorJitter", ".colorJitter(brightness: 0.2, contrast: 0.2, saturation: 0.2, hue: 0.05)"),
      ("RandomGrayscale", ".toGray(p: 0.1)"),
      ("RandomPosterize", ".posterize(numBits: 4)"), ("RandomSolarize", ".solarize(threshold: 128)"),
      ("RandomEqualize", ".equalize()"), ("GaussianBlur", ".gaussianBlur(p: 1)"),
      ("GaussianNoise", ".gaussNoise(p: 1)"), ("RandomApply", ".sequential([.rotate(p: 1)], p: 0.5)"),
      ("RandomChoice", ".oneOf([.rotate(), .toGray()], p: 1)"),
      ("RandomErasing", ".coarseDropout(maxHoles: 1, maxHeight: 16, maxWidth: 16)"),
      ("Normalize", ".normalize(mean: […], std: […])"),
      ("Pad", ".padIfNeeded(minHeight: 36, minWidth: 36)"), ("RandAugment", ".randAugment()"),
      ("TrivialAugmentWide", ".trivialAugmentWide()"),
    ].map { augmentation("torchvision", $0, $1) }
    + [
      ("Cutout", ".coarseDropout(maxHoles: 1, maxHeight: 16, maxWidth: 16)"),
      ("HorizontalFlip", ".horizontalFlip(p: 0.5)"), ("VerticalFlip", ".verticalFlip(p: 0.5)"),
      ("RandomCrop", ".randomCrop(32, 32)"), ("PadIfNeeded", ".padIfNeeded(minHeight: 36, minWidth: 36)"),
      ("ShiftScaleRotate", ".shiftScaleRotate(rotateLimit: 15)"),
      ("RandomBrightnessContrast", ".randomBrightnessContrast()"),
      ("HueSaturationValue", ".hueSaturationValue()"),
      ("CoarseDropout", ".coarseDropout(maxHoles: 1, maxHeight: 16, maxWidth: 16)"),
      ("Rotate", ".rotate(limit: 15)"), ("RandomRotate90", ".randomRotate90()"), ("Affine", ".affine()"),
      ("Transpose", ".transpose()"), ("Perspective", ".perspective()"),
      ("GridDistortion", ".gridDistortion()"), ("ToGray", ".toGray()"), ("RGBShift", ".rgbShift()"),
      ("RandomGamma", ".randomGamma()"), ("GaussNoise", ".gaussNoise()"),
      ("MotionBlur", ".motionBlur()"), ("Sharpen", ".sharpen()"), ("Posterize", ".posterize()"),
      ("Solarize", ".solarize()"), ("Equalize", ".equalize()"),
      ("OneOf", ".oneOf([.rotate(), .toGray()])"), ("SomeOf", ".someOf([.rotate(), .toGray()], n: 1)"),
      ("OneOrOther", ".oneOf([.rotate(), .toGray()], p: 1)"),
    ].map { augmentation("albumentations", $0, $1) }
    + [
      ("MixUp", "mixup"), ("CutMix", "cutmix"), ("RandomMixup", "mixup"), ("RandomCutmix", "cutmix"),
    ].map {
      ForeignName(
        $0, of: "torchvision", rows: ["Mixing.\($1)"], "write '.\($1)()' in 'loadData(…, mixing: […])'")
    }
    + [
      ForeignName(
        "ToTensor", of: "torchvision", "not needed: images become numbers after the augmentations"),
      ForeignName(
        "SmallestMaxSize", of: "albumentations", rows: ["DataSource.imageFolder"],
        "write '.imageFolder(\"folder\", prepare: [.smallestMaxSize(96), .centerCrop(96, 96)])'"),
      ForeignName(
        "LongestMaxSize", of: "albumentations", rows: ["DataSource.imageFolder"],
        "write '.imageFolder(\"folder\", prepare: [.longestMaxSize(96), .padIfNeeded(minHeight: 96, minWidth: 96)])'"
      ),
      ForeignName(
        "ToTensorV2", of: "albumentations", "not needed: images become numbers after the augmentations"),
    ]
    + [
      "AutoAugment", "AugMix", "FiveCrop", "TenCrop", "RandomInvert", "RandomAutocontrast",
      "RandomAdjustSharpness", "ScaleJitter", "RandomZoomOut", "RandomPhotometricDistort",
      "LinearTransformation",
      "RandomIoUCrop", "JPEG",
    ].map { missing($0, of: "torchvision") }
    + [
      "ElasticTransform", "CLAHE", "ImageCompression", "JpegCompression", "MedianBlur", "GlassBlur",
      "AdvancedBlur", "Defocus", "ZoomBlur", "OpticalDistortion", "PiecewiseAffine", "ISONoise",
      "MultiplicativeNoise", "FancyPCA", "Emboss", "Superpixels", "ChannelShuffle", "ChannelDropout",
      "InvertImg", "RandomToneCurve", "ToSepia", "RandomSnow", "RandomRain", "RandomFog", "RandomSunFlare",
      "RandomShadow", "Downscale", "GridDropout", "PixelDropout", "SafeRotate", "RandomScale",
      "RandomGridShuffle", "UnsharpMask", "RingingOvershoot",
      "RandomSizedCrop", "Spatter",
    ].map { missing($0, of: "albumentations") }
}
