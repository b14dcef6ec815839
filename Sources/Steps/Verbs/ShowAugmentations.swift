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
    rehearse: { _, call in
      try call[data, as: DataOutline.self]?.requireImages(for: purpose)
      return nil
    },
    run: { run, data, count in try run.showAugmentations(data, count: count) })

  fileprivate static let purpose = "a gallery of augmentations"
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
  /// - Throws: ``TrainingError`` if `count` is out of range, or the data is a table.
  public func showAugmentations(_ data: ImageData, count: Int = ShowAugmentationsStep.count.default) throws {
    try ShowAugmentationsStep.count.check(count)
    try data.outline.requireImages(for: ShowAugmentationsStep.purpose)
    let chosen =
      data.targets.kind == .labels
      ? Self.oneOfEachClass(data.train, count) : Array(0..<min(count, data.train.count))
    let originals = chosen.compactMap { index in data.train.image(at: index).map { (index, $0) } }
    var rows = [
      GalleryRow(
        "Original",
        originals.compactMap { index, image in
          let name = data.target(of: index, in: data.train)
          return picture(image, caption: name, alt: data.targets.kind == .labels ? "a \(name)" : name)
        })
    ]
    // Each transform is shown separately, but a crop needs the preceding padding.
    var inputs = originals.map(\.1)
    for augmentation in data.pipeline.augmentations where augmentation.name != "Normalize" {
      let shown = try demonstrate(augmentation, on: inputs, firstRow: rows.count - 1, data)
      rows += shown.rows
      inputs = zip(shown.outputs, originals).map { $0.size == data.dataset.imageSize ? $1.1 : $0 }
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

  /// A row for the augmentation, or for one that applies others, a row for each of these: `OneOf › Rotate`.
  private func demonstrate(
    _ augmentation: Augmentation, on images: [Image], firstRow: Int, _ data: ImageData
  ) throws -> (rows: [GalleryRow], outputs: [Image]) {
    guard augmentation.children.isEmpty else {
      var (rows, inputs, outputs): ([GalleryRow], [Image], [Image]) = ([], images, images)
      for child in augmentation.children {
        let shown = try demonstrate(child, on: inputs, firstRow: firstRow + rows.count, data)
        rows += shown.rows.map { GalleryRow("\(augmentation.name) › \($0.title ?? "")", $0.images) }
        outputs = shown.outputs
        // In a sequence too, a crop needs the preceding padding; the choices of others get the same image.
        if augmentation.appliesChildrenInTurn {
          inputs = zip(outputs, images).map { $0.size == $1.size ? $1 : $0 }
        }
      }
      return (rows, outputs)
    }
    var (shown, outputs): ([GalleryImage], [Image]) = ([], [])
    for (column, input) in images.enumerated() {
      var random = RandomStream(seed: settings.seed, .gallery, index: firstRow, item: column)
      let (image, parameters) = try augmentation.demonstrated(
        on: input, random: &random, meanColor: data.pipeline.normalization.meanColor)
      if let one = picture(image, caption: parameters, alt: "\(augmentation.name) \(parameters)") {
        shown.append(one)
      }
      outputs.append(image)
    }
    return ([GalleryRow(augmentation.name, shown)], outputs)
  }

  private func picture(_ image: Image, caption: String, alt: String) -> GalleryImage? {
    PixelImage(image).map { GalleryImage($0, caption: caption, alt: alt) }
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
