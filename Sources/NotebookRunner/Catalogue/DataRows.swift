import Cells
import Neural
import Steps
import Support

extension Catalogue {
  static let data = Group(
    "data", "Data sets",
    [
      .staticValue(
        "cifar10", of: DataSource.self,
        "CIFAR-10 in any of its published layouts; falls back to the embedded data set.",
        example: "loadData(.cifar10)"
      ) { .cifar10 },
      .staticValue(
        "cifar100", of: DataSource.self, "CIFAR-100 with fine labels.", example: "loadData(.cifar100)"
      ) { .cifar100 },
      .staticValue(
        "mnist", of: DataSource.self, "MNIST: handwritten digits, grayscale, 28×28 pixels.",
        example: "loadData(.mnist)"
      ) { .mnist },
      .staticValue(
        "fashionMNIST", of: DataSource.self,
        "Fashion-MNIST: clothes in ten classes, grayscale, 28×28 pixels.",
        example: "loadData(.fashionMNIST)"
      ) { .fashionMNIST },
      .staticValue(
        "kmnist", of: DataSource.self,
        "KMNIST: handwritten Japanese characters in ten classes, grayscale, 28×28 pixels.",
        example: "loadData(.kmnist)"
      ) { .kmnist },
      .staticMember(
        "imageFolder", of: DataSource.self,
        "PNG and JPEG images in one folder per class; the class folders may be in train, val and test.",
        example: "loadData(.imageFolder(\"flowers\"))",
        p("path", label: nil, String.self, "folder, relative to the notebook"),
        p(
          "size", Int.self, default: 32, "height and width after resizing", unit: "pixels",
          range: .in(ImageSize.sides)),
        p(
          "colorMode", ColorMode.self, default: .rgb, defaultText: ".rgb",
          "channels that images are converted to, before resizing")
      ) { .imageFolder($0, size: $1, colorMode: $2) },
      .staticValue(
        "rgb", of: ColorMode.self, "Three channels: red, green and blue.",
        example: "loadData(.imageFolder(\"flowers\", colorMode: .rgb))"
      ) { .rgb },
      .staticValue(
        "grayscale", of: ColorMode.self, "One channel: brightness, computed as Pillow's convert(\"L\") does.",
        example: "loadData(.imageFolder(\"digits\", size: 28, colorMode: .grayscale))"
      ) { .grayscale },
      .staticMember(
        "imageFolder", of: DataSource.self,
        "The same for photographs of any size, prepared by other transforms than resizing.",
        example: "loadData(.imageFolder(\"photos\", prepare: [.smallestMaxSize(96), .centerCrop(96, 96)]))",
        p("path", label: nil, String.self, "folder, relative to the notebook"),
        p(
          "prepare", [ImagePreparation].self,
          "transforms applied to every image once; images must have one size in the end"),
        p(
          "colorMode", ColorMode.self, default: .rgb, defaultText: ".rgb",
          "channels that images are converted to, before the transforms")
      ) { .imageFolder($0, prepare: $1, colorMode: $2) },
      .staticMember(
        "resize", of: ImagePreparation.self, "Resizes images to a height and width.",
        example: "ImagePreparation.resize(96, 128)",
        p("height", label: nil, Int.self, "height", unit: "pixels", range: .in(ImageSize.sides)),
        p("width", label: nil, Int.self, "width", unit: "pixels", range: .in(ImageSize.sides))
      ) { .resize($0, $1) },
      .staticMember(
        "centerCrop", of: ImagePreparation.self, "Keeps the middle of images.",
        example: "ImagePreparation.centerCrop(96, 96)",
        p(
          "height", label: nil, Int.self, "height of the middle", unit: "pixels", range: .in(ImageSize.sides)),
        p("width", label: nil, Int.self, "width of the middle", unit: "pixels", range: .in(ImageSize.sides))
      ) { .centerCrop($0, $1) },
      .staticMember(
        "smallestMaxSize", of: ImagePreparation.self,
        "Resizes images by their shorter side and keeps their shape.",
        example: "ImagePreparation.smallestMaxSize(96)",
        p(
          "side", label: nil, Int.self, "length of the shorter side", unit: "pixels",
          range: .in(ImageSize.sides))
      ) { .smallestMaxSize($0) },
      .staticMember(
        "longestMaxSize", of: ImagePreparation.self,
        "Resizes images by their longer side and keeps their shape.",
        example: "ImagePreparation.longestMaxSize(96)",
        p(
          "side", label: nil, Int.self, "length of the longer side", unit: "pixels",
          range: .in(ImageSize.sides))
      ) { .longestMaxSize($0) },
      .staticMember(
        "padIfNeeded", of: ImagePreparation.self, "Pads images to a minimum size by reflecting the border.",
        example: "ImagePreparation.padIfNeeded(minHeight: 96, minWidth: 96)",
        p("minHeight", Int.self, "minimum height", unit: "pixels", range: .in(ImageSize.sides)),
        p("minWidth", Int.self, "minimum width", unit: "pixels", range: .in(ImageSize.sides))
      ) { .padIfNeeded(minHeight: $0, minWidth: $1) },
      .staticMember(
        "arrays", of: DataSource.self,
        "A table that a cell has computed, with the number of each row's class.",
        example: "loadData(.arrays(features: [[0, 1], [1, 0], [0, 2], [2, 0]], labels: [0, 1, 0, 1]))",
        features, p("labels", [Int].self, "the class of each row"), testRows, standardize
      ) { .arrays(features: $0, labels: $1, test: $2, standardize: $3) },
      .staticMember(
        "arrays", of: DataSource.self, "A table that a cell has computed, with the name of each row's class.",
        example:
          "loadData(.arrays(features: [[0, 1], [1, 0], [0, 2], [2, 0]], labels: [\"up\", \"down\", \"up\", \"down\"]))",
        features, p("labels", [String].self, "the class of each row"), testRows, standardize
      ) { .arrays(features: $0, labels: $1, test: $2, standardize: $3) },
      .staticMember(
        "arrays", of: DataSource.self,
        "A table that a cell has computed, with a number to predict for each row.",
        example: "loadData(.arrays(features: [[0, 1], [1, 0], [0, 2]], targets: [0.5, 0.25, 1]))",
        features, p("targets", [Double].self, "the number to predict for each row"), testRows, standardize
      ) { .arrays(features: $0, targets: $1, test: $2, standardize: $3) },
      .staticMember(
        "arrays", of: DataSource.self,
        "A table that a cell has computed, with several numbers to predict for each row.",
        example:
          "loadData(.arrays(features: [[0, 1], [1, 0], [0, 2]], targets: [[0.5, 1], [0.25, 0], [1, 1]]))",
        features, p("targets", [[Double]].self, "the numbers to predict for each row"), testRows, standardize
      ) { .arrays(features: $0, targets: $1, test: $2, standardize: $3) },
      .staticMember(
        "csv", of: DataSource.self,
        "A CSV file with a row for each sample: a table of numbers, or the names of images in a folder.",
        example: "loadData(.csv(\"labels.csv\", images: \"photos\", label: \"species\", split: \"fold\"))",
        p("path", label: nil, String.self, "file with a header, relative to the notebook"),
        p("images", String?.self, default: nil, "folder of the images; nil if the file has the features"),
        p("label", String?.self, default: nil, "column of the classes"),
        p("targets", [String].self, default: [], defaultText: "[]", "columns of the numbers to predict"),
        p(
          "features", [String].self, default: [], defaultText: "[]",
          "columns of the features; [] for all others with numbers"),
        p(
          "split", String?.self, default: nil,
          "column that says train, val or test; nil sets test rows aside"),
        p(
          "file", String?.self, default: nil,
          "column of the images' paths in the folder; nil for the first without another purpose"),
        p(
          "test", Double?.self, default: nil, "fraction of each class that becomes the test set; nil for 0.2",
          range: .above(0, below: 1)),
        standardize,
        p(
          "size", Int?.self, default: nil, "height and width of the images after resizing; nil for 32",
          unit: "pixels", range: .in(ImageSize.sides)),
        p("separator", String.self, default: ",", "character between fields")
      ) {
        .csv(
          $0, images: $1, label: $2, targets: $3, features: $4, split: $5, file: $6, test: $7,
          standardize: $8,
          size: $9, separator: $10)
      },
      .staticMember(
        "synthetic", of: DataSource.self,
        "The embedded data set: drawings of shapes, 32×32 pixels, for classification or regression.",
        example: "loadData(.synthetic(train: 2000, test: 500))",
        p("train", Int.self, default: 5000, "number of training images", range: .in(1...100_000)),
        p("test", Int.self, default: 1000, "number of test images", range: .in(1...100_000)),
        p(
          "target", SyntheticTarget.self, default: .shape, defaultText: ".shape",
          "the target that a model learns to predict")
      ) { .synthetic(train: $0, test: $1, target: $2) },
      .staticValue(
        "shape", of: SyntheticTarget.self, "The kind of shape, one of ten: classification.",
        example: "loadData(.synthetic(target: .shape))"
      ) { .shape },
      .staticValue(
        "size", of: SyntheticTarget.self, "The shape's diameter relative to the image's side: regression.",
        example: "loadData(.synthetic(target: .size))"
      ) { .size },
      .staticValue(
        "angle", of: SyntheticTarget.self, "An arrow's direction as cosine and sine: regression.",
        example: "loadData(.synthetic(target: .angle))"
      ) { .angle },
      .staticValue(
        "shuffled", of: Sampler.self, "Each training image or row once, in random order.",
        example: "loadData(.cifar10, sampler: .shuffled)"
      ) { .shuffled },
      .staticValue(
        "weighted", of: Sampler.self,
        "Draws with replacement, so that all classes are equally frequent (PyTorch: WeightedRandomSampler).",
        example: "loadData(.imageFolder(\"flowers\"), sampler: .weighted)"
      ) { .weighted },
      .staticValue(
        "test", of: Split.self, "The test images.", example: "evaluate(model, on: data, split: .test)"
      ) {
        .test
      },
      .staticValue(
        "train", of: Split.self, "The training images, unaugmented.",
        example: "evaluate(model, on: data, split: .train)"
      ) { .train },
      .staticValue(
        "validation", of: Split.self,
        "The validation images; an error if the data was loaded without them.",
        example: "evaluate(model, on: data, split: .validation)"
      ) { .validation },
    ])

  private static let features = p(
    "features", [[Double]].self, "the rows, each with the same number of features")
  private static let testRows = p(
    "test", Double.self, default: 0.2, "fraction of each class that becomes the test set",
    range: .above(0, below: 1))
  private static let standardize = p(
    "standardize", Bool.self, default: true,
    "give each feature mean 0 and standard deviation 1 over the training rows (scikit-learn: StandardScaler)")

  static let augmentations = Group(
    "augmentations", "Image augmentations, compatible with albumentations 1.3.1",
    [
      .staticMember(
        "padIfNeeded", of: Augmentation.self, "Pads images to a minimum size by reflecting the border.",
        example: ".padIfNeeded(minHeight: 36, minWidth: 36)",
        p("minHeight", Int.self, default: 1024, "minimum height", unit: "pixels", range: .in(1...)),
        p("minWidth", Int.self, default: 1024, "minimum width", unit: "pixels", range: .in(1...))
      ) { .padIfNeeded(minHeight: $0, minWidth: $1) },
      .staticMember(
        "randomCrop", of: Augmentation.self, "Crops a random region.",
        example: ".randomCrop(32, 32)",
        p("height", label: nil, Int.self, "height of the region", unit: "pixels", range: .in(1...)),
        p("width", label: nil, Int.self, "width of the region", unit: "pixels", range: .in(1...)),
        p("p", Double.self, default: 1, "probability", range: .in(0...1))
      ) { .randomCrop($0, $1, p: $2) },
      .staticMember(
        "horizontalFlip", of: Augmentation.self, "Flips images horizontally.",
        example: ".horizontalFlip(p: 0.5)",
        probability
      ) { .horizontalFlip(p: $0) },
      .staticMember(
        "shiftScaleRotate", of: Augmentation.self, "Shifts, scales and rotates images.",
        example: ".shiftScaleRotate(shiftLimit: 0.1, scaleLimit: 0.1, rotateLimit: 15, p: 0.5)",
        p(
          "shiftLimit", Double.self, default: 0.0625, "maximum shift", unit: "fractions of the side",
          range: .in(0...1)),
        p("scaleLimit", Double.self, default: 0.1, "maximum change of scale", range: .in(0..<1)),
        p("rotateLimit", Double.self, default: 45, "maximum rotation", unit: "degrees", range: .in(0...360)),
        probability
      ) { .shiftScaleRotate(shiftLimit: $0, scaleLimit: $1, rotateLimit: $2, p: $3) },
      .staticMember(
        "randomBrightnessContrast", of: Augmentation.self, "Changes brightness and contrast.",
        example: ".randomBrightnessContrast(brightnessLimit: 0.2, contrastLimit: 0.2)",
        p(
          "brightnessLimit", Double.self, default: 0.2, "maximum change",
          unit: "fractions of full brightness",
          range: .in(0...1)),
        p("contrastLimit", Double.self, default: 0.2, "maximum change", range: .in(0...1)), probability
      ) { .randomBrightnessContrast(brightnessLimit: $0, contrastLimit: $1, p: $2) },
      .staticMember(
        "hueSaturationValue", of: Augmentation.self, "Shifts hue, saturation and value.",
        example: ".hueSaturationValue(hueShiftLimit: 20, satShiftLimit: 30, valShiftLimit: 20)",
        p(
          "hueShiftLimit", Double.self, default: 20, "maximum shift; 0 for grayscale images",
          unit: "units of 2°",
          range: .in(0.0...180)),
        p(
          "satShiftLimit", Double.self, default: 30, "maximum shift, out of 255; 0 for grayscale images",
          range: .in(0.0...255)),
        p("valShiftLimit", Double.self, default: 20, "maximum shift, out of 255", range: .in(0.0...255)),
        probability
      ) { .hueSaturationValue(hueShiftLimit: $0, satShiftLimit: $1, valShiftLimit: $2, p: $3) },
      .staticMember(
        "coarseDropout", of: Augmentation.self, "Masks random rectangles.",
        example: ".coarseDropout(maxHoles: 1, maxHeight: 16, maxWidth: 16)",
        p("maxHoles", Int.self, default: 8, "maximum number of holes", range: .in(1...10_000)),
        p("maxHeight", Int.self, default: 8, "maximum height of a hole", unit: "pixels", range: .in(1...)),
        p("maxWidth", Int.self, default: 8, "maximum width of a hole", unit: "pixels", range: .in(1...)),
        p(
          "minHoles", Int?.self, default: nil, "minimum number of holes; nil uses maxHoles",
          range: "1 to maxHoles"),
        p(
          "minHeight", Int?.self, default: nil, "minimum height of a hole; nil uses maxHeight",
          unit: "pixels", range: "1 to maxHeight"),
        p(
          "minWidth", Int?.self, default: nil, "minimum width of a hole; nil uses maxWidth", unit: "pixels",
          range: "1 to maxWidth"),
        p(
          "fillValue", Augmentation.FillValue.self, default: .black, defaultText: ".black", "fill colour"),
        probability
      ) {
        .coarseDropout(
          maxHoles: $0, maxHeight: $1, maxWidth: $2, minHoles: $3, minHeight: $4, minWidth: $5, fillValue: $6,
          p: $7)
      },
    ] + augmentationRows + [
      .staticMember(
        "normalize", of: Augmentation.self,
        "Subtracts the mean and divides by the standard deviation; must be last.",
        example: ".normalize(mean: [0.4914, 0.4822, 0.4465], std: [0.2023, 0.1994, 0.2010])",
        p(
          "mean", [Double].self, default: Normalization.cifar10Mean,
          "mean of each channel, as a fraction of full brightness: three numbers for RGB, one for grayscale",
          range: ValueRange.in(0.0...1).advising(inFractions)),
        p(
          "std", [Double].self, default: Normalization.cifar10Std,
          "standard deviation of each channel, as a fraction of full brightness, like mean",
          range: ValueRange.above(0, through: 1).advising(inFractions))
      ) { .normalize(mean: $0, std: $1) },
      .staticValue(
        "black", of: Augmentation.FillValue.self, "Fills holes with black.",
        example: ".black"
      ) { .black },
      .staticValue(
        "mean", of: Augmentation.FillValue.self, "Fills holes with the mean colour of the training images.",
        example: ".mean"
      ) { .mean },
    ] + mixingRows)

  /// Advice for constants of bytes, 0…255, which other libraries use.
  @Sendable private static func inFractions(_ value: Value) -> String? {
    guard let bytes = [Double](cellValue: value), bytes.allSatisfy({ $0 > 0 && $0 <= 255 }) else {
      return nil
    }
    let fractions = bytes.map { Number.fixed($0 / 255, 4) }.joined(separator: ", ")
    return "these look like constants of bytes: divide them by 255: [\(fractions)]"
  }

  private static let probability = p("p", Double.self, default: 0.5, "probability", range: .in(0...1))
}
