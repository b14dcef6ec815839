import Testing

@testable import Neural

@Suite struct TrainingIdentityTests {
  private struct Parts {
    var name = "Tiny"
    var seed: UInt64 = 3
    var modelSeed: UInt64 = 5
    var dropout = 0.2
    var images = 44
    var batchSize = 12
    var dropLast = false
    var flip = 0.5
    var mixing: [Mixing] = []
    var validation = 0.2
    var splitSeed: UInt64 = 5
    var salt: String?
    var frozen: [ParameterPattern] = []
    var recipe = TrainingRecipe(epochs: 5)

    func identity() throws -> TrainingIdentity? {
      let data = try ImageData(
        Dataset.synthetic(train: images, test: 10), batchSize: batchSize, dropLast: dropLast,
        augmentation: [.horizontalFlip(p: flip), .coarseDropout()], mixing: mixing, validation: validation,
        seed: splitSeed)
      let model = try Model(name, seed: modelSeed) {
        AdaptiveAvgPool2d(1)
        Dropout(dropout)
        Flatten()
        Linear(3, 10)
        LogSoftmax()
      }
      try model.freeze(frozen)
      return try TrainingIdentity(model, data, recipe, seed: seed, salt: salt)
    }
  }

  @Test func everythingThatChangesBytesChangesTheIdentity() throws {
    var identities: [String: String] = [:]
    func add(_ what: String, _ change: (inout Parts) -> Void) throws {
      var parts = Parts()
      change(&parts)
      let digest = try #require(try parts.identity()).digest
      if let same = identities.updateValue(what, forKey: digest) { Issue.record("\(what) is as \(same)") }
    }
    try add("nothing") { _ in }
    try add("name") { $0.name = "Other" }
    try add("seed") { $0.seed = 4 }
    try add("weights") { $0.modelSeed = 6 }
    try add("dropout") { $0.dropout = 0.2.nextUp }
    try add("images") { $0.images = 45 }
    try add("batch size") { $0.batchSize = 11 }
    try add("dropLast") { $0.dropLast = true }
    try add("augmentation") { $0.flip = 0.5.nextUp }
    try add("mixup") { $0.mixing = [.mixup()] }
    try add("alpha") { $0.mixing = [.mixup(alpha: 0.2)] }
    try add("cutmix") { $0.mixing = [.cutmix()] }
    try add("validation") { $0.validation = 0.3 }
    try add("split") { $0.splitSeed = 6 }
    try add("rate") { $0.recipe.optimizer = .adamW(learningRate: 0.002) }
    try add("Adam") { $0.recipe.optimizer = .adam(weightDecay: 0.01) }
    try add("decay") { $0.recipe.optimizer = .adamW(weightDecay: 0.02) }
    try add("eps") { $0.recipe.optimizer = .adamW(eps: 1e-7) }
    try add("loss") { $0.recipe.loss = .crossEntropy() }
    try add("smoothing") { $0.recipe.loss = .crossEntropy(labelSmoothing: 0.1) }
    try add("clipping by norm") { $0.recipe.gradientClipping = .norm(1) }
    try add("clipping by value") { $0.recipe.gradientClipping = .value(1) }
    try add("EMA") { $0.recipe.averaging = .ema() }
    try add("EMA's decay") { $0.recipe.averaging = .ema(decay: 0.99) }
    try add("SWA") { $0.recipe.averaging = .swa(fromEpoch: 2) }
    try add("SWA's start") { $0.recipe.averaging = .swa(fromEpoch: 3) }
    try add("decay of weights") { $0.recipe.decay = .weightsOnly }
    try add("group") { $0.recipe.groups = [ParameterGroup("3", learningRate: 0.1)] }
    try add("group's decay") { $0.recipe.groups = [ParameterGroup("3", weightDecay: 0.1)] }
    try add("other group") { $0.recipe.groups = [ParameterGroup("*.bias", learningRate: 0.1)] }
    try add("accumulation") { $0.recipe.accumulate = 2 }
    try add("frozen") { $0.frozen = [ParameterPattern("*.bias")] }
    try add("warm-up") { $0.recipe.schedule = .warmup(epochs: 1, then: .step(stepSize: 2)) }
    try add("warm-up of batches") { $0.recipe.schedule = .warmup(batches: 1, then: .step(stepSize: 2)) }
    try add("warm-up's start") {
      $0.recipe.schedule = .warmup(epochs: 1, from: 0.1, then: .step(stepSize: 2))
    }
    try add("step") { $0.recipe.schedule = .step(stepSize: 2) }
    try add("gamma") { $0.recipe.schedule = .step(stepSize: 2, gamma: 0.2) }
    try add("cyclic") { $0.recipe.schedule = .cyclic(baseLR: 0.1, maxLR: 1) }
    try add("plateau") { $0.recipe.schedule = .plateau() }
    try add("one-cycle") { $0.recipe.schedule = .oneCycle(maxLR: 1) }
    try add("one-cycle with other epochs") {
      $0.recipe.schedule = .oneCycle(maxLR: 1)
      $0.recipe.epochs = 6
    }
    try add("custom") {
      $0.recipe.schedule = .custom { _ in 0.1 }
      $0.salt = "a"
    }
    try add("custom with another text") {
      $0.recipe.schedule = .custom { _ in 0.1 }
      $0.salt = "b"
    }
    if Precision.mixedBFloat16.supported == .mixedBFloat16 {
      try add("precision") { $0.recipe.precision = .mixedBFloat16 }
    }
  }

  @Test func whatChangesNoByteOfAnEpochDoesNot() throws {
    let identity = try Parts().identity()
    func isSame(_ what: String, _ change: (inout Parts) -> Void) throws {
      var parts = Parts()
      change(&parts)
      #expect(try parts.identity() == identity, "\(what)")
    }
    try isSame("again") { _ in }
    try isSame("epochs") { $0.recipe.epochs = 6 }
    try isSame("target") { $0.recipe.target = 0.5 }
    try isSame("early stopping") { $0.recipe.earlyStopping = 3 }
    try isSame("a salt that nothing needs") { $0.salt = "a" }
    #expect(identity?.family == identity?.digest)
  }

  @Test func aCustomScheduleWithoutSaltHasNoIdentity() throws {
    var parts = Parts()
    parts.recipe.schedule = .custom { _ in 0.1 }
    #expect(try parts.identity() == nil)
  }

  @Test func fittedSchedulesOfOtherLengthsAreOneFamily() throws {
    var parts = Parts()
    parts.recipe.schedule = .oneCycle(maxLR: 1)
    let five = try parts.identity()
    parts.recipe.epochs = 6
    let six = try parts.identity()
    #expect(five?.family == six?.family)
    #expect(five?.digest != six?.digest)
    parts.recipe.schedule = .oneCycle(maxLR: 1, totalSteps: 1000)
    let fixed = try parts.identity()
    parts.recipe.epochs = 5
    #expect(try parts.identity() == fixed)
  }

  @Test func transformsOfOnesOwnAreToldApartByTheirProperties() {
    struct Invert: ImageTransform {
      static let name = "Invert"
      let p: Double
      private let depth: Int
      init(p: Double, depth: Int) { (self.p, self.depth) = (p, depth) }
      func drawParameters(for _: ImageSize, from _: inout RandomStream) -> NoParameters { .init() }
      func apply(_: NoParameters, to image: PixelBuffer) {}
    }
    let texts = [Invert(p: 1, depth: 1), Invert(p: 1, depth: 2), Invert(p: 0.5, depth: 1)].map {
      Augmentation($0).contentDescription
    }
    #expect(Set(texts).count == 3)
    #expect(
      Augmentation.horizontalFlip().contentDescription == "Neural.HorizontalFlip(p: 0.5)")
  }

  @Test func aModelsDigestFollowsItsWeights() throws {
    let model = try Model.cifar10Net(seed: 1)
    let digest = try model.contentDigest
    #expect(try Model.cifar10Net(seed: 1).contentDigest == digest)
    #expect(try Model.cifar10Net(dropout: 0.1, seed: 1).contentDigest != digest)
    let name = try #require(model.state.keys.sorted().first)
    model.state[name]?.values[0] += 1e-7
    #expect(try model.contentDigest != digest)
  }
}
