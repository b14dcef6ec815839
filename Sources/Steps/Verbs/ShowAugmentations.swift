import CellCatalogue
import Neural
import Reporting
import Support

/// `showAugmentations`: shows training images before and after augmentation.
public enum ShowAugmentationsStep {
  public static let data = p("data", label: nil, ImageData.self, "the data")
  public static let count = p("count", Int.self, default: 8, "images per row", range: .in(1...16))

  package static let step = Step(
    "showAugmentations", "Shows training images under each transform and under the whole pipeline.",
    example: "showAugmentations(data, count: 6)", effects: [.showsCaptioned], data, count,
    rehearse: Step.nothing
  ) { run, data, count in try run.showAugmentations(data, count: count) }
}

/// Shows training images before and after augmentation; see ``Run/showAugmentations``.
public func showAugmentations(
  _ data: ImageData, count: Int = ShowAugmentationsStep.count.default, file: String = #filePath,
  line: Int = #line, column: Int = #column
) {
  Program.step(file, line, column) { try $0.showAugmentations(data, count: count) }
}

extension Run {
  /// Shows training images unchanged, after each transform separately, and after all transforms.
  ///
  /// - Parameter count: images per row, 1…16.
  /// - Throws: ``TrainingError`` if `count` is out of range.
  public func showAugmentations(_ data: ImageData, count: Int = ShowAugmentationsStep.count.default) throws {
    try ShowAugmentationsStep.count.check(count)
    let chosen =
      data.targets.kind == .labels
      ? Self.oneOfEachClass(data.train, count) : Array(0..<min(count, data.train.count))
    let originals = chosen.compactMap { index in data.train.image(at: index).map { (index, $0) } }
    var rows = [
      GalleryRow(
        "Original",
        originals.compactMap { index, image in
          let name = Self.target(of: index, data)
          return picture(image, caption: name, alt: data.targets.kind == .labels ? "a \(name)" : name)
        })
    ]
    // Each transform is shown separately, but a crop needs the preceding padding.
    var inputs = originals.map(\.1)
    for (position, augmentation) in data.pipeline.augmentations.enumerated()
    where augmentation.name != "Normalize" {
      var shown: [GalleryImage] = []
      for column in inputs.indices {
        var random = RandomStream(seed: settings.seed, .gallery, index: position, item: column)
        let (image, parameters) = try augmentation.demonstrated(
          on: inputs[column], random: &random, meanColor: data.pipeline.normalization.meanColor)
        if let one = picture(image, caption: parameters, alt: "\(augmentation.name) \(parameters)") {
          shown.append(one)
        }
        inputs[column] = image.size == data.dataset.imageSize ? originals[column].1 : image
      }
      rows.append(GalleryRow(augmentation.name, shown))
    }
    rows.append(
      GalleryRow(
        "Full pipeline",
        originals.compactMap { index, image in
          let result = data.pipeline.augmented(image, seed: settings.seed, epoch: 0, item: index)
          let names = result.applied.map(\.name).joined(separator: ", ")
          return picture(result.image, caption: "", alt: "after \(names)")
        }))
    append(.gallery(Gallery(rows: rows)))
  }

  private func picture(_ image: Image, caption: String, alt: String) -> GalleryImage? {
    PixelImage(image).map { GalleryImage($0, caption: caption, alt: alt) }
  }

  /// The image's class, or the numbers to predict for it: `cat`, `size 0.31`.
  private static func target(of index: Int, _ data: ImageData) -> String {
    switch data.train.targets {
    case .labels(let labels): return data.classNames[Int(labels[index])]
    case .values(let values, let perImage):
      return zip(data.targets.names, values[(index * perImage)...]).map { name, value in
        "\(name) \(Number.fixed(Double(value), 2))"
      }.joined(separator: ", ")
    }
  }

  /// The first image of each class, repeatedly, until there are enough.
  static func oneOfEachClass(_ set: ImageSet, _ count: Int) -> [Int] {
    var byClass: [Int32: [Int]] = [:]
    for (index, label) in set.labels.enumerated() where (byClass[label]?.count ?? 0) < count {
      byClass[label, default: []].append(index)
    }
    let classes = byClass.keys.sorted()
    var chosen: [Int] = []
    var round = 0
    while chosen.count < min(count, set.count) {
      for label in classes where chosen.count < count {
        if let images = byClass[label], images.indices.contains(round) { chosen.append(images[round]) }
      }
      round += 1
      if round > count { break }
    }
    return chosen
  }
}
