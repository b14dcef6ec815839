import Neural
import Reporting

extension Run {
  /// Shows training images without augmentation, after each transform separately, and after all transforms.
  ///
  /// - Parameter count: images per row, 1…16.
  public func showAugmentations(_ data: ImageData, count: Int = 8) throws {
    guard (1...16).contains(count) else {
      throw TrainingError(.value(name: "count", expected: "in 1…16", found: "\(count)"))
    }
    let chosen = Self.oneOfEachClass(data.train, count)
    let originals = chosen.compactMap { index in data.train.image(at: index).map { (index, $0) } }
    var rows = [
      GalleryRow(
        "Original",
        originals.compactMap { index, image in
          let name = data.classNames[Int(data.train.labels[index])]
          return picture(image, caption: name, alt: "a \(name)")
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
        "The whole pipeline",
        originals.compactMap { index, image in
          let result = data.pipeline.augmented(image, seed: settings.seed, epoch: 0, item: index)
          let names = result.applied.map(\.name).joined(separator: ", ")
          return picture(result.image, caption: "", alt: "after \(names)")
        }))
    append(.gallery(Gallery(rows: rows)))
  }

  private func picture(_ image: Image, caption: String, alt: String) -> GalleryImage? {
    PixelImage(width: image.width, height: image.height, pixels: image.pixels)
      .map { GalleryImage($0, caption: caption, alt: alt) }
  }

  /// The first image of each class, repeatedly, until there are enough.
  private static func oneOfEachClass(_ set: ImageSet, _ count: Int) -> [Int] {
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
