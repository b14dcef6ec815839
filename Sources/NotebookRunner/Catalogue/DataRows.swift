import Cells
import Neural
import Steps

extension Catalogue {
  static let data = Group(
    "data", "Data sets",
    [
      .staticValue(
        "cifar10", of: DataSource.self,
        "CIFAR-10, in any layout people have on disk; the embedded set where it is not found.",
        example: "loadData(.cifar10)"
      ) { .cifar10 },
      .staticValue(
        "cifar100", of: DataSource.self, "CIFAR-100 with its fine labels.", example: "loadData(.cifar100)"
      ) { .cifar100 },
      .staticMember(
        "imageFolder", of: DataSource.self, "PNG files, a folder for each class.",
        example: "loadData(.imageFolder(\"flowers\"))",
        p("path", label: nil, String.self, "the folder, seen from the notebook's"),
        p("size", Int.self, default: 32, "images are resized to it", unit: "pixels", range: .in(1...1024))
      ) { .imageFolder($0, size: $1) },
      .staticMember(
        "synthetic", of: DataSource.self, "The embedded data set: ten kinds of drawn shapes, 32×32.",
        example: "loadData(.synthetic(train: 2000, test: 500))",
        p("train", Int.self, default: 5000, "training images", range: .in(1...100_000)),
        p("test", Int.self, default: 1000, "test images", range: .in(1...100_000))
      ) { .synthetic(train: $0, test: $1) },
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
        "validation", of: Split.self, "The validation split; the test images where there is none.",
        example: "evaluate(model, on: data, split: .validation)"
      ) { .validation },
    ])

  static let augmentations = Group(
    "augmentations", "Changes to training images, with albumentations 1.3.1's names, defaults and arithmetic",
    [
      .staticMember(
        "padIfNeeded", of: Augmentation.self, "Pads to at least a size by mirroring at the border.",
        example: ".padIfNeeded(minHeight: 36, minWidth: 36)",
        p("minHeight", Int.self, default: 1024, "at least so high", unit: "pixels"),
        p("minWidth", Int.self, default: 1024, "at least so wide", unit: "pixels")
      ) { .padIfNeeded(minHeight: $0, minWidth: $1) },
      .staticMember(
        "randomCrop", of: Augmentation.self, "Cuts out a part at a random place.",
        example: ".randomCrop(32, 32)",
        p("height", label: nil, Int.self, "its height", unit: "pixels"),
        p("width", label: nil, Int.self, "its width", unit: "pixels"),
        p("p", Double.self, default: 1, "probability", range: .in(0...1))
      ) { .randomCrop($0, $1, p: $2) },
      .staticMember(
        "horizontalFlip", of: Augmentation.self, "Mirrors left and right.",
        example: ".horizontalFlip(p: 0.5)",
        probability
      ) { .horizontalFlip(p: $0) },
      .staticMember(
        "shiftScaleRotate", of: Augmentation.self, "Shifts, scales and turns.",
        example: ".shiftScaleRotate(shiftLimit: 0.1, scaleLimit: 0.1, rotateLimit: 15, p: 0.5)",
        p(
          "shiftLimit", Double.self, default: 0.0625, "largest shift", unit: "shares of the side",
          range: .in(0...1)),
        p("scaleLimit", Double.self, default: 0.1, "largest change of scale", range: .in(0..<1)),
        p("rotateLimit", Double.self, default: 45, "largest turn", unit: "degrees", range: .in(0...360)),
        probability
      ) { .shiftScaleRotate(shiftLimit: $0, scaleLimit: $1, rotateLimit: $2, p: $3) },
      .staticMember(
        "randomBrightnessContrast", of: Augmentation.self, "Changes brightness and contrast.",
        example: ".randomBrightnessContrast(brightnessLimit: 0.2, contrastLimit: 0.2)",
        p(
          "brightnessLimit", Double.self, default: 0.2, "largest change", unit: "shares of white",
          range: .in(0...1)),
        p("contrastLimit", Double.self, default: 0.2, "largest change", range: .in(0...1)), probability
      ) { .randomBrightnessContrast(brightnessLimit: $0, contrastLimit: $1, p: $2) },
      .staticMember(
        "hueSaturationValue", of: Augmentation.self, "Shifts hue, saturation and value.",
        example: ".hueSaturationValue(hueShiftLimit: 20, satShiftLimit: 30, valShiftLimit: 20)",
        p("hueShiftLimit", Double.self, default: 20, "largest shift", unit: "half degrees"),
        p("satShiftLimit", Double.self, default: 30, "largest shift", unit: "of 255"),
        p("valShiftLimit", Double.self, default: 20, "largest shift", unit: "of 255"), probability
      ) { .hueSaturationValue(hueShiftLimit: $0, satShiftLimit: $1, valShiftLimit: $2, p: $3) },
      .staticMember(
        "coarseDropout", of: Augmentation.self, "Blanks out rectangles.",
        example: ".coarseDropout(maxHoles: 1, maxHeight: 16, maxWidth: 16)",
        p("maxHoles", Int.self, default: 8, "at most so many"),
        p("maxHeight", Int.self, default: 8, "at most so high", unit: "pixels"),
        p("maxWidth", Int.self, default: 8, "at most so wide", unit: "pixels"),
        p("minHoles", Int?.self, default: nil, "at least so many; maxHoles where nil"),
        p("minHeight", Int?.self, default: nil, "at least so high; maxHeight where nil", unit: "pixels"),
        p("minWidth", Int?.self, default: nil, "at least so wide; maxWidth where nil", unit: "pixels"),
        p(
          "fillValue", Augmentation.FillValue.self, default: .black, defaultText: ".black", "what fills them"),
        probability
      ) {
        .coarseDropout(
          maxHoles: $0, maxHeight: $1, maxWidth: $2, minHoles: $3, minHeight: $4, minWidth: $5, fillValue: $6,
          p: $7)
      },
      .staticMember(
        "normalize", of: Augmentation.self, "Subtracts the mean and divides by the deviation; comes last.",
        example: ".normalize(mean: [0.4914, 0.4822, 0.4465], std: [0.2023, 0.1994, 0.2010])",
        p("mean", [Double].self, default: Normalization.cifar10Mean, "of red, green, blue", range: "0 to 1"),
        p("std", [Double].self, default: Normalization.cifar10Std, "of red, green, blue", range: .above(0))
      ) { .normalize(mean: $0, std: $1) },
      .staticValue(
        "black", of: Augmentation.FillValue.self, "Holes are black, as in the assignment.",
        example: ".black"
      ) { .black },
      .staticValue(
        "mean", of: Augmentation.FillValue.self, "Holes have the data's mean colour.",
        example: ".mean"
      ) { .mean },
    ])

  private static let probability = p("p", Double.self, default: 0.5, "probability", range: .in(0...1))
}
