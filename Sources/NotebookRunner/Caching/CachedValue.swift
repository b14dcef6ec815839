import Cells
import Neural
import Steps

/// A cached value: plain data, and results that take long to compute. All other values are recreated by running
/// their cell.
indirect enum CachedValue: Codable, Sendable, Hashable {
  case int(Int)
  case double(Double)
  case float(Float)
  case bool(Bool)
  case string(String)
  case void
  case array([CachedValue])
  case optional(CachedValue?)
  case tuple([CachedValue], labels: [String?])
  case structure(String, [CachedValue], labels: [String])
  case enumeration(type: String, case: String, index: Int, [CachedValue], labels: [String?])
  case dictionary([CachedValue], [CachedValue])
  case set([CachedValue])
  case history(History)
  case epoch(EpochRecord)
  case evaluation(KeptEvaluation)
  case prediction(Prediction)
  case rowPrediction(RowPrediction)
  case learningRates(LearningRateCurve)

  /// Larger collections are faster to recreate than to read.
  private static let limit = 10_000

  /// Converts a value; `nil` if it is recreated by running its cell.
  init?(_ value: Value) {
    switch value {
    case .int(let x): self = .int(x)
    case .double(let x): self = .double(x)
    case .float(let x): self = .float(x)
    case .bool(let x): self = .bool(x)
    case .string(let x): self = .string(x)
    case .void: self = .void
    case .array(let list):
      guard let kept = Self.all(list) else { return nil }
      self = .array(kept)
    case .optional(nil): self = .optional(nil)
    case .optional(let wrapped?):
      guard let kept = CachedValue(wrapped) else { return nil }
      self = .optional(kept)
    case .tuple(let list, let labels):
      guard let kept = Self.all(list) else { return nil }
      self = .tuple(kept, labels: labels)
    case .structure(let value):
      guard let kept = Self.all(value.fields) else { return nil }
      self = .structure(value.type, kept, labels: value.labels)
    case .enumeration(let value):
      guard let kept = Self.all(value.payload) else { return nil }
      self = .enumeration(
        type: value.type, case: value.name, index: value.index, kept, labels: value.labels)
    case .set(let set):
      guard let kept = Self.all(set.elements) else { return nil }
      self = .set(kept)
    case .dictionary(let entries):
      guard let keys = Self.all(entries.keys), let values = Self.all(entries.values) else { return nil }
      self = .dictionary(keys, values)
    case .host(let value, _):
      switch value {
      case let history as History: self = .history(history)
      case let epoch as EpochRecord: self = .epoch(epoch)
      case let evaluation as Evaluation: self = .evaluation(KeptEvaluation(evaluation))
      case let prediction as Prediction: self = .prediction(prediction)
      case let prediction as RowPrediction: self = .rowPrediction(prediction)
      case let curve as LearningRateCurve: self = .learningRates(curve)
      default: return nil
      }
    case .range, .function: return nil
    }
  }

  private static func all(_ values: [Value]) -> [CachedValue]? {
    guard values.count <= limit else { return nil }
    var kept: [CachedValue] = []
    for value in values {
      guard let one = CachedValue(value) else { return nil }
      kept.append(one)
    }
    return kept
  }

  var value: Value {
    switch self {
    case .int(let x): .int(x)
    case .double(let x): .double(x)
    case .float(let x): .float(x)
    case .bool(let x): .bool(x)
    case .string(let x): .string(x)
    case .void: .void
    case .array(let list): .array(list.map(\.value))
    case .optional(let wrapped): .optional(wrapped?.value)
    case .tuple(let list, let labels): .tuple(list.map(\.value), labels: labels)
    case .structure(let name, let list, let labels):
      .structure(StructureValue(type: name, fields: list.map(\.value), labels: labels))
    case .enumeration(let type, let name, let index, let payload, let labels):
      .enumeration(
        EnumerationValue(
          type: type, name: name, index: index, payload: payload.map(\.value), labels: labels))
    case .set(let elements): .set(OrderedSet(elements.map(\.value)))
    case .dictionary(let keys, let values):
      .dictionary(
        zip(keys, values).reduce(into: OrderedDictionary()) { $0[$1.0.value] = $1.1.value })
    case .history(let history): history.cellValue
    case .epoch(let epoch): epoch.cellValue
    case .evaluation(let evaluation): evaluation.evaluation.cellValue
    case .prediction(let prediction): prediction.cellValue
    case .rowPrediction(let prediction): prediction.cellValue
    case .learningRates(let curve): curve.cellValue
    }
  }
}

/// The columns of an ``Evaluation``, which decode much faster than ten thousand records.
struct KeptEvaluation: Codable, Sendable, Hashable {
  let modelName: String
  let classNames: [String]
  let split: Split
  let weights: WeightsOrigin?
  let isOfTable: Bool
  let labels: [Int]
  let predictions: [Int]
  let confidences: [Double]
  let losses: [Double]
  let ranking: RankingScores?
  let testTimeAugmentation: TestTimeAugmentation?
  /// Of an evaluation whose targets are numbers.
  let numbers: Numbers?

  struct Numbers: Codable, Sendable, Hashable {
    let names: [String]
    let targets: [Float]
    let predictions: [Float]
    let score: Score
  }

  init(_ evaluation: Evaluation) {
    modelName = evaluation.modelName
    classNames = evaluation.classNames
    split = evaluation.split
    weights = evaluation.weights
    isOfTable = evaluation.isOfTable
    ranking = evaluation.ranking
    testTimeAugmentation = evaluation.testTimeAugmentation
    labels = evaluation.samples.map(\.label)
    predictions = evaluation.samples.map(\.prediction)
    confidences = evaluation.samples.map(\.confidence)
    losses = evaluation.values?.losses ?? evaluation.samples.map(\.loss)
    numbers = evaluation.values.map {
      Numbers(
        names: evaluation.targets.names, targets: $0.targets, predictions: $0.predictions,
        score: evaluation.score)
    }
  }

  var evaluation: Evaluation {
    if let numbers {
      return Evaluation(
        modelName: modelName, targets: .values(numbers.names), split: split,
        answers: .values(
          .init(targets: numbers.targets, predictions: numbers.predictions, losses: losses)),
        score: numbers.score, weights: weights, isOfTable: isOfTable)
    }
    let count = min(labels.count, predictions.count, confidences.count, losses.count)
    return Evaluation(
      modelName: modelName, classNames: classNames, split: split,
      samples: (0..<count).map {
        Evaluation.Sample(
          index: $0, label: labels[$0], prediction: predictions[$0], confidence: confidences[$0],
          loss: losses[$0])
      }, weights: weights, isOfTable: isOfTable, ranking: ranking, testTimeAugmentation: testTimeAugmentation)
  }

  /// An exact text, for fingerprints.
  var text: String {
    "\(modelName)|\(classNames.joined(separator: "|"))|\(split)|\(isOfTable)|\(weights.map { "\($0)" } ?? "")|\(labels)|\(predictions)|"
      + "\(confidences.map(\.bitPattern))|\(losses.map(\.bitPattern))|\(testTimeAugmentation?.rawValue ?? "")"
      + (ranking?.text ?? "") + (numbers?.text ?? "")
  }
}

extension KeptEvaluation.Numbers {
  fileprivate var text: String {
    "|\(names)|\(targets.map(\.bitPattern))|\(predictions.map(\.bitPattern))"
  }
}

extension RankingScores {
  fileprivate var text: String {
    "|\(top5Accuracy?.bitPattern ?? 0)|\(rocAUC.map { $0?.bitPattern ?? 0 })|\(averagePrecision.map { $0?.bitPattern ?? 0 })"
  }
}
