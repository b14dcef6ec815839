extension Dataset {
  /// The embedded data set: ten classes of drawings in CIFAR's format, 32×32 RGB, generated on demand.
  ///
  ///     let data = try Dataset.synthetic()   // 5,000 training and 1,000 test images
  ///
  /// The same arguments give the same bytes on every machine: only exactly rounded operations are used.
  ///
  /// - Parameters:
  ///   - train: the number of training images, 1…100,000; the classes alternate.
  ///   - test: the number of test images, 1…100,000.
  ///   - seed: the seed of the random numbers.
  /// - Throws: `ImageSetError.syntheticCount`.
  public static func synthetic(train: Int = 5000, test: Int = 1000, seed: UInt64 = 1) throws -> Dataset {
    let classNames = SyntheticShape.allCases.map(\.rawValue)
    let trainSet = try SyntheticImages.set(count: train, named: "train", seed: seed, part: 0)
    let testSet = try SyntheticImages.set(count: test, named: "test", seed: seed, part: 1)
    return try Dataset(
      name: SyntheticImages.name, classNames: classNames, train: trainSet, test: testSet,
      mean: [0.380, 0.381, 0.382], std: [0.218, 0.221, 0.220],
      fingerprint: fingerprint(classNames: classNames, train: trainSet, test: testSet), isEmbedded: true,
      source:
        "Drawn by Quire itself (seed \(seed)): ten shapes in any pose and colour, half hidden, in clutter "
        + "and noise.")
  }
}

/// Generates the embedded data set's images.
enum SyntheticImages {
  static let name = "synthetic"
  static let mostImages = 100_000

  static func check(_ count: Int, named name: String) throws(ImageSetError) {
    guard (1...mostImages).contains(count) else { throw .syntheticCount(name: name, found: count) }
  }

  static func set(count: Int, named name: String, seed: UInt64, part: Int) throws(ImageSetError) -> ImageSet {
    try check(count, named: name)
    let shapes = SyntheticShape.allCases
    var canvas = SyntheticCanvas()
    var pixels: [UInt8] = []
    pixels.reserveCapacity(count * SyntheticCanvas.side * SyntheticCanvas.side * 3)
    for item in 0..<count {
      var random = RandomStream(seed: seed, .synthetic, index: part, item: item)
      paint(shapes[item % shapes.count], on: &canvas, &random)
      canvas.appendBytes(to: &pixels, noise: random.uniform(2, 12), &random)
    }
    let labels = (0..<count).map { Int32($0 % shapes.count) }
    return try ImageSet(
      size: ImageSize(SyntheticCanvas.side, SyntheticCanvas.side), pixels: pixels, labels: labels)
  }

  /// Paints a scene: background, objects behind the shape, the shape, objects in front of it.
  private static func paint(
    _ shape: SyntheticShape, on canvas: inout SyntheticCanvas, _ random: inout RandomStream
  ) {
    let side = Double(SyntheticCanvas.side)
    // Usually a light shape on a dark background: without such a regularity, small networks learn nothing at first.
    let isNight = random.unit() < 0.92
    let ground = SyntheticColor(random: &random, isNight ? 10...120 : 130...245)
    canvas.fill(ground, ground.near(40, &random), field: .init(random: &random))
    for _ in 0..<random.below(3) { paintClutter(on: &canvas, around: ground, &random) }

    let color = SyntheticColor(random: &random, isNight ? 130...245 : 10...120)
    let radius = random.uniform(8, 13)
    let room = max(0, side / 2 - radius)
    let pose = SyntheticPose(
      x: side / 2 + random.uniform(-room, room), y: side / 2 + random.uniform(-room, room), radius: radius,
      turn: random.uniform(-0.36, 0.36), stretch: random.uniform(0.8, 1.25),
      shear: random.uniform(-0.25, 0.25))
    canvas.draw(
      shape.outline(variant: random.unit()), pose, color, color.near(40, &random),
      field: .init(random: &random), opacity: random.uniform(0.75, 1))

    for _ in 0..<random.below(2) { paintClutter(on: &canvas, around: ground, &random) }
    canvas.relight(contrast: random.uniform(0.7, 1.15), brightness: random.uniform(-25, 25))
  }

  /// Paints a bar or patch somewhere. It belongs to no class; it distracts from the shape or hides it.
  private static func paintClutter(
    on canvas: inout SyntheticCanvas, around ground: SyntheticColor, _ random: inout RandomStream
  ) {
    let side = Double(SyntheticCanvas.side)
    let isBar = random.below(2) == 0
    let pose = SyntheticPose(
      x: random.uniform(0, side), y: random.uniform(0, side),
      radius: isBar ? random.uniform(5, 14) : random.uniform(1.5, 4.5), turn: random.uniform(-1, 1),
      stretch: isBar ? 1 : random.uniform(0.6, 1.6), shear: random.uniform(-0.4, 0.4))
    let corners: [SyntheticPoint]
    if isBar {
      let half = random.uniform(0.06, 0.16)
      corners = [.init(-1, -half), .init(1, -half), .init(1, half), .init(-1, half)]
    } else {
      // Four corners, one in each quadrant, form an irregular patch.
      corners = [(1.0, 1.0), (-1, 1), (-1, -1), (1, -1)].map { sx, sy in
        SyntheticPoint(sx * random.uniform(0.3, 1.1), sy * random.uniform(0.3, 1.1))
      }
    }
    let color = random.below(2) == 0 ? ground.near(90, &random) : SyntheticColor(random: &random)
    canvas.draw(
      .polygon(corners), pose, color, color.near(30, &random), field: .init(random: &random),
      opacity: random.uniform(0.6, 1))
  }
}
