import TestSupport
import Testing

@testable import NotebookRunner

/// The warnings' messages, and similar code that triggers none.
@Suite struct WordingTests {
  private static let data = "let data = loadData(.synthetic())\n"
  private static func model(_ layers: String) -> String {
    data + "let model = buildModel(\"M\") { Flatten(); Linear(3072, 10)\(layers) }\n"
  }
  private static let train = "let history = train(model, on: data, epochs: 1)\nplot(.history(history))"

  private func warnings(_ text: String) throws -> String {
    let bench = try NotebookBench(text)
    let report = bench.check()
    #expect(report.errors == 0, "\(report.rendered)")
    return report.rendered.joined(separator: "\n").replacing("\(bench.folder)/", with: "")
  }

  private func warnings(inCell code: String) throws -> String { try warnings("```swift\n\(code)\n```\n") }

  @Test(arguments: [
    (
      "let a = 3",
      """
      n.md:2:5: warning: 'a' is never used [QR001]
        let a = 3
            ^
        note: nothing after this cell uses it
      """
    ),
    (
      "var total = 0\nfor i in 0..<3 { total += 1 }",
      """
      n.md:2:5: warning: 'total' is assigned but never used [QR001]
        var total = 0
            ^~~~~
        note: nothing after this cell uses it
      n.md:3:5: warning: 'i' is never used [QR001]
        for i in 0..<3 { total += 1 }
            ^
      """
    ),
    (
      "var n = 3\nprint(n)",
      """
      n.md:2:5: warning: 'n' is never changed; consider 'let' [QR003]
        var n = 3
            ^
        fix-it: replace 'var' with 'let'
      """
    ),
    (
      "let a = 1.0\na == 2",
      """
      n.md:3:1: warning: this value is unused [QR004]
        a == 2
        ^~~~~~
        note: a cell does not show the value of its last line; print it, or remove the statement
      """
    ),
    (
      "[1].count\nloadData(.synthetic())",
      """
      n.md:2:1: warning: the value of 'count' is unused [QR004]
        [1].count
        ^~~~~~~~~
        note: a cell does not show the value of its last line; print it, or remove the statement
      n.md:3:1: warning: the result of 'loadData' is unused [QR004]
        loadData(.synthetic())
        ^~~~~~~~~~~~~~~~~~~~~~
        note: assign it to a name and use it: 'let data = loadData(…)'; or remove the statement
      """
    ),
    (
      model("; LogSoftmax()") + "train(model, on: data, epochs: 1)",
      """
      n.md:4:1: warning: the history of this training is unused [QR005]
        train(model, on: data, epochs: 1)
        ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
        note: assign it to a name: 'let history = train(…)'
      """
    ),
    (
      "let best = 1\nif best > 0 {\n  let best = 2\n  print(best)\n}\nprint(best)",
      """
      n.md:4:7: warning: this 'best' shadows the one at line 2, which line 7 reads [QR006]
          let best = 2
              ^~~~
        note: this 'best' exists only in its block; to change the outer one, assign to it without 'let'
      """
    ),
    (
      model("; Block(\"head\") { LogSoftmax() }")
        + "let loss = Loss.crossEntropy()\nlet history = train(model, on: data, epochs: 1, loss: loss)\nresults(history)",
      """
      n.md:5:55: warning: '.crossEntropy' computes the log-softmax itself, but 'model' ends in LogSoftmax [QR009]
        let history = train(model, on: data, epochs: 1, loss: loss)
                                                              ^~~~
        note: the result is the same but computed twice; use '.nll' or remove LogSoftmax()
      """
    ),
    (
      model("; LogSoftmax()")
        + "let h = train(model, on: data, epochs: 1, loss: .crossEntropy(labelSmoothing: 0.1))\nresults(h)",
      """
      n.md:4:49: warning: '.crossEntropy' computes the log-softmax itself, but 'model' ends in LogSoftmax [QR009]
        let h = train(model, on: data, epochs: 1, loss: .crossEntropy(labelSmoothing: 0.1))
                                                        ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
        note: the result is the same but computed twice; use '.nll' with the same labelSmoothing or remove LogSoftmax()
      """
    ),
    (
      "//| fig-cap: Words\nprint(1)",
      """
      n.md:2:5: warning: this caption is unused [QR013]
        //| fig-cap: Words
            ^~~~~~~~~~~~~~
        note: no call in this cell shows a figure, gallery or table
      """
    ),
    (
      "//| quiet: [QR001, qr004, QR999]\nprint(1)",
      """
      n.md:2:20: warning: unknown warning code 'qr004' [QR015]
        //| quiet: [QR001, qr004, QR999]
                           ^~~~~
        note: did you mean 'QR004'?
        fix-it: replace 'qr004' with 'QR004'
      n.md:2:27: warning: unknown warning code 'QR999' [QR015]
        //| quiet: [QR001, qr004, QR999]
                                  ^~~~~
        note: 'quire describe warnings' lists them
      """
    ),
  ])
  func `a cell gets these words`(_ code: String, _ expected: String) throws {
    #expect(try warnings(inCell: code) == expected)
  }

  @Test func `parameters that nothing reads, that -p cannot set, and that a call passes by`() throws {
    let text = try warnings(
      """
      ```swift parameters
      let epochs = 10
      var batchSize = 64
      ```

      ```swift
      let data = loadData(.synthetic(), batchSize: 32)
      print(data.trainCount, batchSize)
      ```
      """)
    #expect(
      text == """
        n.md:2:5: warning: parameter 'epochs' is never used [QR002]
          let epochs = 10
              ^~~~~~
          note: '-p epochs=…' has no effect
        n.md:3:5: warning: 'batchSize' is never changed; consider 'let' [QR003]
          var batchSize = 64
              ^~~~~~~~~
          note: '-p batchSize=…' can override only a 'let' constant
          fix-it: replace 'var' with 'let'
        """)
  }

  @Test func `a value written out where there is a parameter of the name`() throws {
    let text = try warnings(
      """
      ```swift parameters
      let batchSize = 64
      let width = 20
      ```

      ```swift
      let data = loadData(.synthetic(), batchSize: 32, augmentation: [.randomCrop(32, 32)])
      print(data.trainCount, batchSize, width)
      ```
      """)
    #expect(
      text == """
        n.md:7:46: warning: 'batchSize' is a literal here, but the notebook has a parameter 'batchSize' [QR008]
          let data = loadData(.synthetic(), batchSize: 32, augmentation: [.randomCrop(32, 32)])
                                                       ^~
          note: '-p batchSize=…' does not change this call
          fix-it: replace the literal with 'batchSize'
        """)
  }

  @Test func `a variable changed after the training has used it, through another name too`() throws {
    let text = try warnings(
      """
      ```swift
      var rate = 0.1
      \(Self.model("; LogSoftmax()"))let optimizer = Optimizer.sgd(learningRate: rate)
      let history = train(model, on: data, epochs: 1, optimizer: optimizer)
      ```

      ```swift
      rate = 0.2
      results(history)
      ```

      `{swift} rate`
      """)
    #expect(
      text == """
        n.md:10:1: warning: 'rate' is changed after the training at line 6 used it [QR007]
          rate = 0.2
          ^~~~
          note: cells run from top to bottom: the training used the old value
        """)
  }

  @Test(arguments: [
    // Used only by prose, a function or a later cell, or marked as unused on purpose.
    "let a = 3\n```\n`{swift} a`\n```swift\nprint(1)",
    "let a = 3\nfunc f() -> Int { a }\nprint(f())",
    "let a = 3\n```\n\n```swift\n//| eval: false\nprint(a)",
    "let _ = 3\nlet _spare = 4\nfor _ in 0..<2 { print(1) }",
    // Steps that show their results, and functions that may do so.
    data
      + "let model = buildModel(\"M\") { ReLU() }\nsummary(model)\nreceptiveField(model)\nshowAugmentations(data)",
    "func f() -> Int {\n  print(1)\n  return 2\n}\nf()",
    "var list = [1]\nlist.removeLast()\nlist.append(2)\nprint(list)",
    // Function parameters, copies, and loops that shadow nothing.
    "let x = 1\nfunc f(_ x: Int) -> Int { x }\nprint(f(2), x)",
    "let x: Int? = 1\nif let x { print(x) }\nprint(x ?? 0)",
    "let x = 1\nif x > 0 { let x = x + 1; print(x) }\nprint(x)",
    "for i in 0..<2 { print(i) }\nlet i = 3\nprint(i)",
    // A variable changed by a cell that does not run, or by a function.
    "var n = 1\nfunc f() { n += 1 }\nf()\nprint(n)",
    "var n = 1\nprint(n)\n```\n\n```swift\n//| eval: false\nn = 3",
    // Suitable losses, and cases that cannot be decided statically.
    model("; LogSoftmax()") + train,
    model("")
      + "let h = train(model, on: data, epochs: 1, loss: .crossEntropy(labelSmoothing: 0.1))\nresults(h)",
    "func head() -> some Layer { LogSoftmax() }\n" + model("; head()") + train,
    // A rate that is changed for the next training.
    "var rate = 0.1\n" + model("; LogSoftmax()")
      + "for _ in 0..<2 { print(train(model, on: data, epochs: 1, optimizer: .sgd(learningRate: rate)).bestEpoch) }\n"
      + "```\n\n```swift\nrate = 0.2\n"
      + "print(train(model, on: data, epochs: 1, optimizer: .sgd(learningRate: rate)).bestEpoch)",
  ])
  func `no word about what is meant`(_ code: String) throws {
    #expect(try warnings(inCell: code) == "")
  }

  /// If this fails, an author does not learn that readers see TeX source.
  @Test func `a formula that cannot be read is located in prose`() throws {
    #expect(
      try warnings("# T\n\nThe loss $\\losss_i$ costs $5.\n") == """
        n.md:3:11: warning: the formula is shown as written: unknown command '\\losss' [QR020]
          The loss $\\losss_i$ costs $5.
                    ^
        """)
  }

  @Test(arguments: ["cifar10.md", "fashion-mnist.md", "quickstart.md", "two-moons.md"])
  func `the notebooks that come with Quire get none`(_ name: String) throws {
    let path = #filePath.split(separator: "/").dropLast(4).map { "/\($0)" }.joined()
    let place = try TemporaryDirectory()
    try IDXFiles().write(to: place.file("fashion-mnist"))
    let data = name == "fashion-mnist.md" ? place.path : nil
    let report = NotebookRunner.check(RunOptions(notebook: "\(path)/notebooks/\(name)", data: data))
    #expect(report.source != nil)
    // CIFAR-10 is not part of Quire.
    #expect(report.problems.allSatisfy { $0.code == "QR019" }, "\(report.rendered)")
  }

  @Test func `values nested as deep as cells allow are looked at`() throws {
    let deep = String(repeating: "[", count: 12) + "n" + String(repeating: "]", count: 12)
    let long = (0..<120).map { _ in "n" }.joined(separator: " + ")
    let text = try warnings(inCell: "let n = 1\n\(deep)\n\(long)\nlet m = \(long)\nprint(m)")
    #expect(text.components(separatedBy: "[QR004]").count == 3, "\(text)")
  }

  @Test func `where a cell has errors its code is not warned of yet`() throws {
    let report = try NotebookBench("```swift\nlet a = 1\nprnt(a)\nlet b = 2\n```\n").check()
    #expect(report.problems.map(\.code) == ["unknown-name"])
  }

  @Test func `a run says warnings before the first step and is not stopped; the report does not repeat them`()
    throws
  {
    let bench = try NotebookBench("```swift\nlet spare = 1\nprint(\"ran\")\n```\n")
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    #expect(bench.display.remarks.count == 1)
    #expect(bench.display.remarks.first?.contains("'spare' is never used [QR001]") == true)
    #expect(bench.problems == "")
    #expect(bench.report.contains("ran"))
    #expect(!bench.report.contains("QR001"))
    #expect(bench.file("n/run.json")?.contains("QR001") == false)
  }
}
