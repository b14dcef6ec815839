import Foundation
import Testing

@testable import NotebookRunner

/// The published notebook with one error of each kind: all are reported together, each at its place.
@Suite struct TwelveFaultsTests {
  private static let faults: [(right: String, wrong: String)] = [
    ("//| code-fold: false", "//| code-fold: maybe"),
    ("let target = 0.85", "let target = 0.85\nlet epochs = 5"),
    (
      "DepthwiseSeparableConv2d(32, 64, kernelSize: 3, padding: 1); BatchNorm2d(64); ReLU(); Dropout2d(dropout)",
      "DepthwiseSeparableConv2d(32, 64, kernelSize: 3, padding: 1); BatchNorm2d(64); ReLU(); Dropout2d(1.5)"
    ),
    ("summary(model)", "sumary(model)"),
    (".horizontalFlip(p: 0.5)", ".horizontalFlap(p: 0.5)"),
    ("stepSizeUp: stepSize,", "stepSizeUp: 4.5,"),
    ("train(\n  model, on: data", "train(\n  model, data"),
    ("percent(history.bestTestAccuracy)", "percent(history.bestAccuracy)"),
    ("requirements(model, history: history)", "requirements(model, histroy: history)"),
    ("plot(.perClassAccuracy(evaluation))", "plot(.perClassAccuracy(history))"),
    ("confusionMatrix(evaluation)", "confusionMatrix(evaluation"),
    ("misclassified(evaluation, on: data)", "misclassified(evaluation, on: data, count: 500)"),
  ]

  @Test func eachOfTwelveFaultsIsToldAtItsPlace() throws {
    let path = #filePath.split(separator: "/").dropLast(4).map { "/\($0)" }.joined() + "/notebooks/cifar10.md"
    var text = try String(contentsOfFile: path, encoding: .utf8)
    for fault in Self.faults {
      let place = try #require(text.range(of: fault.right), "\(fault.right)")
      text.replaceSubrange(place, with: fault.wrong)
    }
    let report = try NotebookBench(text).check()
    // CIFAR-10 may be missing, which is a warning.
    let told = report.problems.filter { $0.severity == .error }.map { problem in
      let place = problem.range.map { "\($0.start.line):\($0.start.column)" } ?? ""
      return "\(place): \(problem.message)"
    }
    #expect(
      told == [
        "28:5: invalid redeclaration of 'epochs'",
        "63:16: cell option 'code-fold' must be true, false or show, found 'maybe'",
        "67:101: Dropout2d: p must be at least 0 and below 1, found 1.5",
        "100:1: cannot find 'sumary' in scope",
        "133:4: type 'Augmentation' has no member 'horizontalFlap'",
        "170:46: cannot convert value of type 'Double' to expected argument type 'Int'",
        "202:10: missing argument label 'on:' in call",
        "212:52: value of type 'History' has no member 'bestAccuracy'",
        "219:21: incorrect argument label in call (have 'histroy:', expected 'history:')",
        "236:24: cannot convert value of type 'History' to expected argument type 'Evaluation'",
        "242:27: expected ')' to end function call",
        "248:60: misclassified: count must be in 1…100, found 500",
      ])
    #expect(report.errors == 12)
  }
}
