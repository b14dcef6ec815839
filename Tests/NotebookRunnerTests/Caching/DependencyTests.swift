import Foundation
import Testing

@testable import NotebookRunner

/// Dependencies of a step beyond its own text: after any edit, a run gives the same results as one without a cache.
@Suite struct DependencyTests {
  /// The beginning of all cases.
  static let parts = """
    ```swift
    //| label: data
    let data = loadData(.synthetic(train: 40, test: 20), batchSize: 20)
    ```

    ```swift
    //| label: model
    func tiny(_ name: String) -> Model {
      buildModel(name) { AdaptiveAvgPool2d(2); Flatten(); Linear(12, 10); LogSoftmax() }
    }
    let model = tiny("A")
    ```

    """

  static let cases = [
    EditCase(
      name: "a global that a function reads is changed in between",
      cells: """
        ```swift
        var k = 3
        func f() -> Int { k * 10 }
        ```
        ```swift
        k = 5
        ```
        ```swift
        print(f())
        ```
        """, from: "k = 5", to: "k = 6", restored: 3),
    EditCase(
      name: "a closure is edited",
      cells: """
        ```swift
        let scale = { (x: Int) in x * 2 }
        ```
        ```swift
        print(scale(4))
        ```
        """, from: "x * 2", to: "x * 3", restored: 2),
    EditCase(
      name: "two names for one model",
      cells: """
        ```swift
        let same = model
        ```
        ```swift
        let history = train(model, on: data, epochs: 1, optimizer: .sgd(learningRate: 0.01))
        ```
        ```swift
        let evaluation = evaluate(same, on: data)
        ```
        """, from: "learningRate: 0.01", to: "learningRate: 0.5", restored: 3),
    EditCase(
      name: "training resumes where a restored one ended",
      cells: """
        ```swift
        let first = train(model, on: data, epochs: 1, optimizer: .sgd(learningRate: 0.1))
        ```
        ```swift
        let second = train(model, on: data, epochs: 1, optimizer: .sgd(learningRate: 0.2))
        ```
        ```swift
        print(second.finalTrainLoss, evaluate(model, on: data).loss)
        ```
        """, from: "learningRate: 0.2", to: "learningRate: 0.3", restored: 3),
    EditCase(
      name: "two models that are equal but not the same",
      cells: """
        ```swift
        let twin = tiny("A")
        ```
        ```swift
        let history = train(twin, on: data, epochs: 1, optimizer: .sgd(learningRate: 0.1))
        ```
        ```swift
        print(evaluate(model, on: data).loss)
        ```
        """, from: "learningRate: 0.1", to: "learningRate: 0.4", restored: 4),
    EditCase(
      name: "a schedule of one's own",
      cells: """
        ```swift
        let bend = 0.5
        let schedule = Schedule.custom { step in 0.1 * (step < 2 ? 1.0 : bend) }
        ```
        ```swift
        let history = train(model, on: data, epochs: 2, optimizer: .sgd(), schedule: schedule)
        print(history.finalTrainLoss)
        ```
        """, from: "bend = 0.5", to: "bend = 0.25", restored: 2),
    EditCase(
      name: "a struct's method",
      cells: """
        ```swift
        struct Scale { var factor = 2.0
          func of(_ x: Double) -> Double { x * factor }
        }
        let scale = Scale(factor: 3.0)
        ```
        ```swift
        print(scale.of(2.0))
        ```
        """, from: "x * factor", to: "x + factor", restored: 2),
    EditCase(
      name: "results in a list, read further down",
      cells: """
        ```swift
        var histories: [History] = []
        for rate in [0.01, 0.1] {
          let fresh = tiny("B")
          histories.append(train(fresh, on: data, epochs: 1, optimizer: .sgd(learningRate: rate)))
        }
        ```
        ```swift
        print(histories[1].finalTrainLoss)
        ```
        """, from: "print(histories[1]", to: "print(histories[0]", restored: 3),
    EditCase(
      name: "weights saved, loaded and evaluated",
      cells: """
        ```swift
        let history = train(model, on: data, epochs: 1, optimizer: .sgd(learningRate: 0.1))
        save(model, to: "w.safetensors")
        ```
        ```swift
        let other = tiny("C")
        loadWeights(other, from: "w.safetensors")
        ```
        ```swift
        print(evaluate(other, on: data).loss)
        ```
        """, from: "learningRate: 0.1", to: "learningRate: 0.3", restored: 2),
    EditCase(
      name: "the first of two figures is taken out",
      cells: """
        ```swift
        plot(.schedule(.step(stepSize: 2), epochs: 4))
        ```
        ```swift
        plot(.schedule(.step(stepSize: 3), epochs: 9))
        ```
        """, from: "plot(.schedule(.step(stepSize: 2), epochs: 4))", to: "print(1)", restored: 2),
    EditCase(
      name: "a layer that several cells read",
      cells: """
        ```swift
        let layer = Linear(12, 10)
        ```
        ```swift
        let one = buildModel("One") { AdaptiveAvgPool2d(2); Flatten(); layer; LogSoftmax() }
        ```
        ```swift
        let two = buildModel("Two") { AdaptiveAvgPool2d(2); Flatten(); layer; LogSoftmax() }
        summary(two)
        ```
        """, from: "buildModel(\"One\")", to: "buildModel(\"Other\")", restored: 4),
    EditCase(
      name: "what a callback collects",
      cells: """
        ```swift
        var losses: [Double] = []
        let history = train(model, on: data, epochs: 2, optimizer: .sgd(), onEpoch: { e in losses.append(e.trainLoss) })
        ```
        ```swift
        print(losses)
        ```
        """, from: "print(losses)", to: "print(losses.count, losses)", restored: 3),
  ]

  @Test(arguments: cases)
  func anEditGivesWhatARunWithNothingKeptGives(_ edit: EditCase) throws {
    try edit.expectWhatARunWithNothingKeptGives(after: Self.parts)
  }
}

/// A notebook's cells, an edit, and the steps that must be restored.
struct EditCase: Sendable, CustomTestStringConvertible {
  var name: String
  var cells: String
  var from: String
  var to: String
  /// `nil` if all steps are restored.
  var restored: Int?
  /// The lines that the edited notebook prints in any case.
  var prints: [String] = []
  var testDescription: String { name }

  func expectWhatARunWithNothingKeptGives(after parts: String) throws {
    let before = parts + cells + "\n"
    let after = before.replacingOccurrences(of: from, with: to)
    #expect(before != after)
    let bench = try NotebookBench(before)
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    try bench.edit(from, to)
    let ran = try bench.ranAgain()
    let count = bench.display.lines.count { $0.hasPrefix("[") }
    if let restored { #expect(count - ran.count == restored, "run again: \(ran)") }

    let fresh = try NotebookBench(after)
    #expect(fresh.run().exitCode == 0, "\(fresh.problems)")
    bench.expectResults(of: fresh)
    for line in prints { #expect(fresh.report.contains(line), "\(fresh.display.lines)") }
    // Undo the edit, using the store.
    try bench.edit(to, from)
    let back = try bench.ranAgain()
    if restored != nil { #expect(back == []) }
    let original = try NotebookBench(before)
    #expect(original.run().exitCode == 0)
    bench.expectResults(of: original)
  }
}

extension NotebookBench {
  /// Checks that this run gave all the results of the other run.
  func expectResults(of other: NotebookBench) {
    let mine = results
    for (name, content) in other.results { #expect(mine[name] == content, "\(name)") }
  }

  /// All results of a run without times: blocks, weights, history, figures.
  var results: [String: String] {
    var results = ["outputs": timeless(file("n/outputs.json") ?? "")]
    results["outputs"] = results["outputs"]?.replacingOccurrences(
      of: #""notebookSHA256" : "[^"]*""#, with: "", options: .regularExpression)
    let found =
      FileManager.default.enumerator(atPath: "\(folder)/output/n")?.compactMap { $0 as? String } ?? []
    for name in found where name.hasSuffix("tensors") || name.hasSuffix(".svg") {
      results[name] = FileManager.default.contents(atPath: "\(folder)/output/n/\(name)")?
        .base64EncodedString()
    }
    return results
  }
}
