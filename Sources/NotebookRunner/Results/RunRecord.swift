import Foundation
import Neural
import Reporting
import Steps

/// `run.json`: parameters, every step's status and seconds, metrics, provenance.
struct RunRecord: Codable, Sendable {
  struct Step: Codable, Sendable {
    var number: Int
    var label: String?
    var line: Int
    var status: String
    var seconds: Double?
    var error: String?
  }
  struct Training: Codable, Sendable {
    var model: String
    var epochs: Int
    var plannedEpochs: Int
    var bestEpoch: Int?
    var bestTestAccuracy: Double?
    var finalTestAccuracy: Double?
    var finalTrainAccuracy: Double?
    var lastTenMean: Double?
    var lastTenStandardDeviation: Double?
    var target: Double?
    var reachedTarget: Bool?
    var stoppedEarly: Bool
    var seconds: Double
    var imagesPerSecond: Double
    var trainEvaluation: Score?
    var bestCheckpoint: String?
    var lastCheckpoint: String?
  }
  struct Measured: Codable, Sendable {
    var model: String
    var split: String
    var loss: Double
    var accuracy: Double
  }
  struct Check: Codable, Sendable {
    var title: String
    var required: String
    var found: String
    var passed: Bool?
  }

  var title: String?
  var status: RunStatus
  var verdict: String
  var parameters: [String: String]
  var steps: [Step]
  var dataset: Ledger.DatasetFacts?
  var models: [Ledger.ModelFacts]
  var trainings: [Training]
  var evaluations: [Measured]
  var requirements: [Check]
  var warnings: [String]
  var provenance: RunProvenance

  init(_ session: Session) {
    let results = session.run.results
    title = session.notebook.document.frontMatter.title
    status = session.status
    verdict = Verdicts.sentence(session)
    provenance = RunProvenance(session)
    parameters = provenance.parameters
    steps = session.steps.map {
      Step(
        number: $0.number, label: $0.fence.label, line: $0.fence.range.start.line, status: $0.status.rawValue,
        seconds: $0.seconds, error: $0.failure?.message)
    }
    dataset = results.dataset
    models = results.models
    trainings = results.histories.map { history in
      Training(
        model: history.modelName, epochs: history.epochs.count, plannedEpochs: history.plannedEpochs,
        bestEpoch: history.best?.epoch, bestTestAccuracy: history.best?.testAccuracy,
        finalTestAccuracy: history.last?.testAccuracy, finalTrainAccuracy: history.last?.trainAccuracy,
        lastTenMean: history.lastTen?.mean, lastTenStandardDeviation: history.lastTen?.standardDeviation,
        target: history.target, reachedTarget: history.reachedTarget, stoppedEarly: history.stoppedEarly,
        seconds: history.totalSeconds, imagesPerSecond: history.imagesPerSecond,
        trainEvaluation: history.trainEvaluation, bestCheckpoint: history.bestCheckpoint,
        lastCheckpoint: history.lastCheckpoint)
    }
    evaluations = results.evaluations.map {
      Measured(model: $0.name, split: $0.split, loss: $0.score.loss, accuracy: $0.score.accuracy)
    }
    requirements = results.requirements.map {
      Check(title: $0.title, required: $0.required, found: $0.found, passed: $0.passed)
    }
    warnings = results.warnings
  }

  /// Pretty-printed, keys sorted.
  var json: String { JSON.text(self) }
}

/// JSON as the run's files and the page have it.
enum JSON {
  /// Reads what `text` wrote.
  static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return decoder
  }

  static func text(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    guard let data = try? encoder.encode(value) else { return "{}" }
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}
