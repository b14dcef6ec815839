import CellCatalogue
import Neural
import Reporting
import Support

/// `describeData`: describes a data set of images.
public enum DescribeDataStep {
  public static let data = p("data", label: nil, ImageData.self, "the data")
  public static let examples = p(
    "examples", Int.self, default: 8, "example images of each class", range: .in(1...16))

  package static let step = Step(
    "describeData",
    "Shows a data set's classes, statistics and example images, and warns of images that occur in two splits.",
    example: "describeData(data)", effects: [.drawsFigures, .showsCaptioned], data, examples,
    rehearse: { _, call in
      try call[data, as: DataOutline.self]?.requireImages(for: purpose)
      return nil
    },
    run: { run, data, examples in try run.describeData(data, examples: examples) })

  fileprivate static let purpose = "a description of images"
}

/// Describes a data set; see ``Run/describeData``.
public func describeData(
  _ data: ImageData, examples: Int = DescribeDataStep.examples.default, file: String = #filePath,
  line: Int = #line, column: Int = #column
) {
  Program.step(file, line, column) { try $0.describeData(data, examples: examples) }
}

extension Run {
  /// Describes a data set: the number of images by class and split as a table and a chart (`classes.png`), the mean and
  /// standard deviation of each channel, duplicate images, and examples of each class.
  ///
  /// Images of the validation or test split that also are in an earlier split are reported as a warning.
  ///
  /// - Parameter examples: example images of each class, 1…16.
  /// - Throws: ``TrainingError`` if `examples` is out of range, or the data is a table; `Digest.Unavailable`.
  public func describeData(
    _ data: ImageData, examples: Int = DescribeDataStep.examples.default
  ) throws {
    try DescribeDataStep.examples.check(examples)
    try data.outline.requireImages(for: DescribeDataStep.purpose)
    let splits = data.splits
    let statistics = ChannelStatistics(of: data.train)
    let duplicates = try DuplicateImages(splits)
    append(.facts(Self.facts(data, statistics, duplicates)))
    append(
      .preformatted(
        title: "Normalisation with the statistics of the training images",
        text: ".normalize(mean: \(Self.list(statistics.mean)), std: \(Self.list(statistics.positiveStd)))"))
    append(.table(data.countsTable))
    if data.targets.kind == .labels {
      let counts = data.train.counts(classes: data.classNames.count)
      try plot(
        Plot(name: "classes") {
          BarChart(
            title: "Training images by class", axis: Axis("training images", isWhole: true),
            bars: zip(data.classNames, counts).map { Bar($0, Double($1)) }, decimals: 0)
        })
    }
    append(.gallery(Gallery(caption: "Training images, unaugmented.", rows: data.exampleRows(examples))))
    for leak in data.leaks(duplicates) { show(leak, of: data) }
  }

  private static func facts(
    _ data: ImageData, _ statistics: ChannelStatistics, _ duplicates: DuplicateImages
  ) -> [Fact] {
    let used = data.pipeline.normalization
    let repeats = data.splits.map { ($0.split, duplicates.repeats(in: $0.split)) }.filter { $0.1 > 0 }
      .map { "\(Number.grouped($0.1)) in the \($0.0.images)" }
    return [
      Fact(
        "Images", "\(data.dataset.imageSize) pixels",
        note: data.dataset.colorMode == .grayscale ? "grayscale" : "RGB"),
      Fact(
        "Mean", list(statistics.mean),
        note: "of the training images' pixels; training subtracts \(list(used.mean))"),
      Fact(
        "Standard deviation", list(statistics.std), note: "likewise; training divides by \(list(used.std))"),
      Fact(
        "Duplicates", repeats.isEmpty ? "none" : repeats.joined(separator: ", "),
        note: "images whose pixels equal those of an earlier image of the same split"),
    ]
  }

  /// `[0.1307]`: numbers with four decimals, as code.
  private static func list(_ values: [Double]) -> String {
    "[\(values.map { Number.fixed($0, 4) }.joined(separator: ", "))]"
  }

  /// Warns of a leak and shows its first images next to their originals.
  private func show(_ leak: DataLeak, of data: ImageData) {
    warn(leak.warning(data))
    let rows = leak.images.prefix(DataLeak.shown).compactMap { pair -> GalleryRow? in
      guard let image = leak.target.pixelImage(pair.image) else { return nil }
      let places = [
        (leak.split, leak.target, pair.image), (leak.source, leak.original, pair.original),
      ]
      return GalleryRow(
        nil,
        places.map { split, set, index in
          let name = "\(split.rawValue) \(index): \(data.target(of: index, in: set))"
          return GalleryImage(image, caption: name, alt: name)
        })
    }
    append(
      .gallery(
        Gallery(
          caption: sentence("\(leak.split.images) that also are \(leak.source.images), with their indices"),
          rows: rows)))
  }

}

/// Images of one split that also occur in another.
private struct DataLeak {
  var source: Split
  var original: ImageSet
  var split: Split
  var target: ImageSet
  /// The images of `split`, each with the same image of `source`.
  var images: [(image: Int, original: Int)]

  /// The number of leaked images that are shown and listed.
  static let shown = 8

  func warning(_ data: ImageData) -> String {
    let listed = images.prefix(Self.shown).map {
      "\(split.rawValue) \($0.image) = \(source.rawValue) \($0.original)"
    }
    let rest = images.count > listed.count ? ", and \(Number.grouped(images.count - listed.count)) more" : ""
    let differing = images.count { pair in
      data.target(of: pair.image, in: target) != data.target(of: pair.original, in: original)
    }
    let labels =
      differing == 0
      ? ""
      : "; \(Number.grouped(differing)) of them with another \(data.targets.kind == .labels ? "class" : "target")"
    return
      "\(data.dataset.name): \(Number.counted(images.count, "image")) of the \(Number.grouped(target.count)) "
      + "\(split.images) also \(images.count == 1 ? "is" : "are") in the \(source.images) "
      + "(\(listed.joined(separator: ", "))\(rest))\(labels), so results on the \(split.images) are too good; "
      + "remove the duplicates from one of the splits"
  }
}

extension ImageData {
  /// The splits that are not empty, without augmentation.
  fileprivate var splits: [(split: Split, images: ImageSet)] {
    let held: [(split: Split, images: ImageSet)] = hasValidation ? [(.validation, self.held)] : []
    return [(.train, train)] + held + (test.count == 0 ? [] : [(.test, test)])
  }

  /// Each pair of splits with images in common; the second is used to evaluate.
  fileprivate func leaks(_ duplicates: DuplicateImages) -> [DataLeak] {
    let splits = splits
    return splits.indices.flatMap { later in
      splits[..<later].compactMap { source in
        let images = duplicates.leaks(from: source.split, into: splits[later].split)
        guard !images.isEmpty else { return nil }
        return DataLeak(
          source: source.split, original: source.images, split: splits[later].split,
          target: splits[later].images, images: images)
      }
    }
  }

  /// The number of images by class and split, or the range of each target by split.
  fileprivate var countsTable: Table {
    let splits = splits
    let headers = splits.map { $0.split.images.prefix(1).uppercased() + $0.split.images.dropFirst() }
    switch targets {
    case .classes(let names):
      let counts = splits.map { $0.images.counts(classes: names.count) }
      return Table(
        headers: ["Class"] + headers, alignments: [.left] + headers.map { _ in .right },
        rows: names.indices.map { label in [names[label]] + counts.map { Number.grouped($0[label]) } }
          + [["Total"] + splits.map { Number.grouped($0.images.count) }])
    case .values(let names):
      return Table(
        headers: ["Target", "Images", "Minimum", "Mean", "Maximum"],
        alignments: [.left, .left, .right, .right, .right],
        rows: names.indices.flatMap { column in
          splits.map { split, images in
            let values = stride(from: column, to: images.values.count, by: names.count)
              .map { Double(images.values[$0]) }
            let mean = values.reduce(0, +) / Double(max(1, values.count))
            let numbers = [values.min() ?? 0, mean, values.max() ?? 0].map { Number.text($0, significant: 4) }
            return [names[column], "\(Number.grouped(images.count)) \(split.rawValue)"] + numbers
          }
        })
    }
  }

  /// The first training images of each class, or the first of all with their targets.
  fileprivate func exampleRows(_ count: Int) -> [GalleryRow] {
    func image(_ index: Int, caption: String, alt: String) -> GalleryImage? {
      train.pixelImage(index).map { GalleryImage($0, caption: caption, alt: alt) }
    }
    guard targets.kind == .labels else {
      let shown = (0..<min(count, train.count)).compactMap { index in
        image(index, caption: target(of: index, in: train), alt: target(of: index, in: train))
      }
      return [GalleryRow(nil, shown)]
    }
    var byClass = classNames.map { _ in [Int]() }
    for (index, label) in train.labels.enumerated() where byClass[Int(label)].count < count {
      byClass[Int(label)].append(index)
    }
    return zip(classNames, byClass).map { name, indices in
      GalleryRow(name, indices.compactMap { image($0, caption: "", alt: "a \(name)") })
    }
  }
}

extension ImageSet {
  /// The number of images of each class.
  fileprivate func counts(classes: Int) -> [Int] {
    labels.reduce(into: Array(repeating: 0, count: classes)) { $0[Int($1)] += 1 }
  }
}
