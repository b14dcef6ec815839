import Foundation
import Testing

@testable import Neural

struct ScheduleTests {
  private let sgd = Optimizer.sgd(learningRate: 0.1, momentum: 0.9)

  @Test func `cyclic, one-cycle and warm-up step a batch, the others an epoch`() throws {
    for (name, schedule, _) in ScheduleFixtureTests.schedules {
      let perBatch = ["cyclic", "one-cycle", "warmup"].contains { name.hasPrefix($0) }
      #expect(schedule.unit == (perBatch ? .batch : .epoch), "\(name)")
    }
    #expect(Schedule.constant.unit == .epoch)
  }

  @Test func `constant keeps the optimizer's rate and momentum`() throws {
    var cursor = ScheduleCursor(schedule: .constant, optimizer: sgd, batchesPerEpoch: 10, epochs: 2)
    for _ in 0..<10 { cursor.batchEnded() }
    cursor.epochEnded(metric: .nan)
    #expect(try cursor.point == SchedulePoint(learningRate: 0.1))
  }

  @Test func `a warm-up rises with each batch, and the next schedule counts its own epochs`() throws {
    let schedule = Schedule.warmup(epochs: 2, from: 0.2, then: .step(stepSize: 1, gamma: 0.5))
    var cursor = ScheduleCursor(schedule: schedule, optimizer: sgd, batchesPerEpoch: 4, epochs: 4)
    var rates: [Double] = []
    for _ in 0..<4 {
      for _ in 0..<4 {
        rates.append(try cursor.learningRate)
        cursor.batchEnded()
      }
      cursor.epochEnded(metric: 1)
    }
    let expected = (0..<8).map { 0.02 + 0.01 * Double($0) } + [0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05]
    for (found, rate) in zip(rates, expected) { #expect(abs(found - rate) < 1e-15) }
    // Plots show the same rates.
    #expect(
      try schedule.curve(optimizer: sgd, batches: 16, batchesPerEpoch: 4).map(\.learningRate) == rates)
    // A schedule that is fitted to the run is fitted to what the warm-up leaves of it.
    let cycle = Schedule.oneCycle(maxLR: 1)
    let warm = Schedule.warmup(batches: 6, then: cycle)
    #expect(
      try warm.curve(optimizer: sgd, batches: 16, batchesPerEpoch: 4).dropFirst(6)
        == cycle.curve(optimizer: sgd, batches: 10)[...])
    #expect(warm.dependsOnPlannedEpochs && !schedule.dependsOnPlannedEpochs)
    #expect(try JSONDecoder().decode(Schedule.self, from: JSONEncoder().encode(warm)) == warm)
  }

  @Test func `a plateau schedule after a warm-up still lowers the rate`() throws {
    let schedule = Schedule.warmup(batches: 1, from: 0, then: .plateau(factor: 0.5, patience: 0))
    var cursor = ScheduleCursor(schedule: schedule, optimizer: sgd, batchesPerEpoch: 1, epochs: 4)
    var rates: [Double] = []
    for metric in [1.0, 2, 2, 2] {
      rates.append(try cursor.learningRate)
      cursor.batchEnded()
      cursor.epochEnded(metric: metric)
    }
    #expect(rates == [0, 0.1, 0.05, 0.025])
  }

  @Test func `a step size counts epochs, not batches`() throws {
    var cursor = ScheduleCursor(
      schedule: .step(stepSize: 2), optimizer: sgd, batchesPerEpoch: 100, epochs: 4)
    for _ in 0..<100 { cursor.batchEnded() }
    cursor.epochEnded(metric: 1)
    #expect(try cursor.learningRate == 0.1)
    cursor.epochEnded(metric: 1)
    #expect(try abs(cursor.learningRate - 0.01) < 1e-15)
  }

  @Test func `one-cycle without totalSteps fits the run`() throws {
    var cursor = ScheduleCursor(
      schedule: .oneCycle(maxLR: 1), optimizer: sgd, batchesPerEpoch: 10, epochs: 3)
    #expect(try abs(cursor.learningRate - 1.0 / 25) < 1e-15)
    var rates: [Double] = []
    for _ in 0..<30 {
      try rates.append(cursor.learningRate)
      cursor.batchEnded()
    }
    #expect(rates.max() == 1)
    #expect(abs((rates.last ?? 0) - 1.0 / 25 / 1e4) < 1e-12)
    // After the run, the rate keeps its last value.
    #expect(try cursor.learningRate == rates.last)
  }

  @Test func `a run resumed from an encoded cursor is the same to the last bit`() throws {
    for (name, schedule, optimizer) in ScheduleFixtureTests.schedules {
      var whole = ScheduleCursor(schedule: schedule, optimizer: optimizer, batchesPerEpoch: 7, epochs: 17)
      var resumed = whole
      for epoch in 0..<17 {
        for _ in 0..<7 {
          whole.batchEnded()
          resumed.batchEnded()
          let data = try JSONEncoder().encode(resumed)
          resumed = try JSONDecoder().decode(ScheduleCursor.self, from: data)
          #expect(resumed == whole, "\(name)")
          #expect(try resumed.point == whole.point, "\(name)")
        }
        let metric = 1 / Double(1 + min(epoch, 4))
        whole.epochEnded(metric: metric)
        resumed.epochEnded(metric: metric)
      }
    }
  }

  @Test func `plateau watches accuracies upwards and waits out its cooldown`() throws {
    let schedule = Schedule.plateau(mode: .max, factor: 0.5, patience: 1, cooldown: 2, minLR: 0.03)
    var cursor = ScheduleCursor(schedule: schedule, optimizer: sgd, batchesPerEpoch: 1, epochs: 20)
    var rates: [Double] = []
    for accuracy in [0.5, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, .nan, 0.6, 0.6, 0.6] {
      cursor.epochEnded(metric: accuracy)
      try rates.append(cursor.learningRate)
    }
    // Two bad epochs halve the rate; the next two are the cooldown; two more reduce it to minLR.
    #expect(rates == [0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05, 0.03, 0.03, 0.03, 0.03])
  }

  @Test func `a curve has a point for every batch`() throws {
    let cyclic = Schedule.cyclic(baseLR: 0, maxLR: 1, stepSizeUp: 2)
    #expect(try cyclic.curve(optimizer: sgd, batches: 5).map(\.learningRate) == [0, 0.5, 1, 0.5, 0])
    let step = Schedule.exponential(gamma: 0.5)
    let curve = try step.curve(optimizer: .sgd(learningRate: 1), batches: 6, batchesPerEpoch: 2)
    #expect(curve.map(\.learningRate) == [1, 1, 0.5, 0.5, 0.25, 0.25])
    #expect(try step.curve(optimizer: sgd, batches: -1).isEmpty)
  }

  @Test(arguments: [
    (
      Schedule.cyclic(baseLR: 1e-4, maxLR: .nan),
      "CyclicLR: maxLR must be a finite number, at least 0, found nan"
    ),
    (.cyclic(baseLR: 0, maxLR: 1, stepSizeUp: 0), "CyclicLR: stepSizeUp must be at least 1, found 0"),
    (
      .cyclic(baseLR: 0, maxLR: 1, maxMomentum: 1),
      "CyclicLR: maxMomentum must be at least 0 and below 1, found 1.0"
    ),
    (.step(stepSize: -3), "StepLR: stepSize must be at least 1, found -3"),
    (
      .multiStep(milestones: [8, 4]),
      "MultiStepLR: milestones must be epochs in ascending order, at least 0; found [8, 4]"
    ),
    (.exponential(gamma: 0), "ExponentialLR: gamma must be a finite number above 0, found 0.0"),
    (.cosine(tMax: 0), "CosineAnnealingLR: tMax must be at least 1, found 0"),
    (.cosineWarmRestarts(t0: 5, tMult: 0), "CosineAnnealingWarmRestarts: tMult must be at least 1, found 0"),
    (.oneCycle(maxLR: 1, pctStart: 1.5), "OneCycleLR: pctStart must be in 0…1, found 1.5"),
    (
      .oneCycle(maxLR: 1, totalSteps: 99),
      "OneCycleLR: totalSteps is 99, but the training has 100 batches; remove totalSteps to match the training"
    ),
    (.plateau(factor: 1), "ReduceLROnPlateau: factor must be above 0 and below 1, found 1.0"),
    (.plateau(patience: -1), "ReduceLROnPlateau: patience must be at least 0, found -1"),
  ])
  func `a number out of range is named`(schedule: Schedule, message: String) throws {
    let error = #expect(throws: ScheduleError.self) {
      try schedule.validate(with: sgd, batchesPerEpoch: 10, epochs: 10)
    }
    #expect(error?.description == message)
    // Nothing traps even without validation.
    _ = try schedule.curve(optimizer: sgd, batches: 20)
  }

  @Test func `cycling a momentum that is not there is refused`() throws {
    let error = #expect(throws: ScheduleError.self) {
      try Schedule.oneCycle(maxLR: 1).validate(
        with: .sgd(learningRate: 0.1), batchesPerEpoch: 10, epochs: 10)
    }
    #expect(
      error?.description == "OneCycleLR cycles the momentum, but SGD has none; "
        + "set momentum: 0.9 in the optimizer or cycleMomentum: false in the schedule")
    #expect(throws: Never.self) {
      try Schedule.oneCycle(maxLR: 1, cycleMomentum: false).validate(
        with: .sgd(learningRate: 0.1), batchesPerEpoch: 10, epochs: 10)
    }
  }

  /// Saved trainings, and the keys of the cache, contain schedules in this form: another one would start every training
  /// over.
  @Test(arguments: [
    (Schedule.constant, #"{"rule":{"constant":{}}}"#),
    (.step(stepSize: 8), #"{"rule":{"step":{"_0":{"gamma":0.1,"stepSize":8}}}}"#),
    (.multiStep(milestones: [3, 5]), #"{"rule":{"multiStep":{"_0":{"gamma":0.1,"milestones":[3,5]}}}}"#),
    (.exponential(gamma: 0.5), #"{"rule":{"exponential":{"_0":{"gamma":0.5}}}}"#),
    (.cosine(tMax: 50), #"{"rule":{"cosine":{"_0":{"etaMin":0,"tMax":50}}}}"#),
    (.cosineWarmRestarts(t0: 10), #"{"rule":{"cosineWarmRestarts":{"_0":{"etaMin":0,"t0":10,"tMult":1}}}}"#),
    (
      .oneCycle(maxLR: 0.5),
      #"{"rule":{"oneCycle":{"_0":{"annealStrategy":"cos","baseMomentum":0.85,"cycleMomentum":true,"divFactor":25,"#
        + #""finalDivFactor":10000,"maxLR":0.5,"maxMomentum":0.95,"pctStart":0.3}}}}"#
    ),
    (
      .plateau(),
      #"{"rule":{"plateau":{"_0":{"cooldown":0,"factor":0.1,"minLR":0,"mode":"min","patience":10,"threshold":0.0001}}}}"#
    ),
    (.custom { _ in 0.1 }, #"{"rule":{"custom":{"_0":{}}}}"#),
  ])
  func aScheduleIsSavedInTheSameForm(schedule: Schedule, text: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    #expect(String(decoding: try encoder.encode(schedule), as: UTF8.self) == text)
    let decoded = try JSONDecoder().decode(Schedule.self, from: Data(text.utf8))
    #expect(decoded.name == schedule.name)
    if schedule.contentDescription != nil { #expect(decoded == schedule) }
  }

  @Test(arguments: [#"{"rule":{"polynomial":{"_0":{}}}}"#, #"{"rule":{}}"#, #"{"rule":{"step":{}}}"#, "{}"])
  func aScheduleThatIsNoneIsRefused(text: String) {
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Schedule.self, from: Data(text.utf8)) }
  }

  /// A schedule that is not registered could be saved, but not read.
  @Test func everyRuleIsRegisteredOnce() {
    let keys = Schedule.rules.map { $0.key }
    #expect(Set(keys).count == keys.count)
    #expect(Set(Schedule.rules.map { $0.name }).count == keys.count)
  }
}
