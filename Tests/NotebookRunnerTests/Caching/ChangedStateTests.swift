import Testing

@testable import NotebookRunner

/// Values that are changed after their creation: under other names, in functions, by calls.
@Suite struct ChangedStateTests {
  static let cases = [
    EditCase(
      name: "a list that a cell with a model appends to",
      cells: """
        ```swift
        var models: [Model] = []
        ```
        ```swift
        let one = tiny("One")
        let history = train(one, on: data, epochs: 1, optimizer: .sgd(learningRate: 0.1))
        models.append(one)
        ```
        ```swift
        print(models.count, evaluate(models[0], on: data).loss)
        ```
        """, from: "print(models.count", to: "print(1, models.count"),
    EditCase(
      name: "a number that is changed beside a model",
      cells: """
        ```swift
        var total = 0
        ```
        ```swift
        let one = tiny("One")
        total += 1
        ```
        ```swift
        print(total, one.name)
        ```
        """, from: "print(total", to: "print(\"total\", total", prints: ["total 1 One"]),
    EditCase(
      name: "a number that is changed further down, too",
      cells: """
        ```swift
        var total = 0
        ```
        ```swift
        let one = tiny("One")
        total += 1
        ```
        ```swift
        total += 10
        ```
        ```swift
        print(one.name)
        ```
        ```swift
        print(total)
        ```
        """, from: "print(one.name)", to: "print(one.name, 1)", prints: [">11"]),
    EditCase(
      name: "a variable that is another model later",
      cells: """
        ```swift
        var best = model
        ```
        ```swift
        let other = tiny("B")
        let history = train(other, on: data, epochs: 1, optimizer: .sgd(learningRate: 0.5))
        best = other
        ```
        ```swift
        print(best.name, evaluate(best, on: data).loss)
        ```
        """, from: "print(best", to: "print(1, best", prints: ["1 B "]),
    EditCase(
      name: "an optimizer that is replaced",
      cells: """
        ```swift
        var optimizer: Optimizer = .sgd(learningRate: 0.1)
        ```
        ```swift
        optimizer = .adamW(learningRate: 0.5)
        ```
        ```swift
        let history = train(model, on: data, epochs: 1, optimizer: optimizer)
        print(history.finalTrainLoss)
        ```
        """, from: "print(history", to: "print(1, history"),
    EditCase(
      name: "another name of a model is taken out",
      cells: """
        ```swift
        print(evaluate(model, on: data).loss)
        ```
        ```swift
        let best = model
        ```
        ```swift
        let history = train(model, on: data, epochs: 1, optimizer: .sgd(learningRate: 0.5))
        ```
        ```swift
        print(evaluate(model, on: data).loss)
        ```
        """, from: "let best = model", to: "let best = 1"),
    EditCase(
      name: "another name of a model becomes another model's",
      cells: """
        ```swift
        let a = model
        ```
        ```swift
        let history = train(model, on: data, epochs: 1, optimizer: .sgd(learningRate: 0.5))
        ```
        ```swift
        print(evaluate(model, on: data).loss, evaluate(a, on: data).loss)
        ```
        """, from: "let a = model", to: "let a = tiny(\"B\")"),
    EditCase(
      name: "models in a list change places",
      cells: """
        ```swift
        let x = tiny("X")
        let y = tiny("Y")
        ```
        ```swift
        let all = [x, y]
        ```
        ```swift
        let first = train(x, on: data, epochs: 1, optimizer: .sgd(learningRate: 0.5))
        ```
        ```swift
        let second = train(y, on: data, epochs: 1, optimizer: .sgd(learningRate: 0.1))
        ```
        ```swift
        print(all.map { evaluate($0, on: data).loss })
        ```
        """, from: "[x, y]", to: "[y, x]"),
    EditCase(
      name: "a function that counts",
      cells: """
        ```swift
        func counter() -> () -> Int {
          var n = 0
          return { n += 1; return n }
        }
        let next = counter()
        ```
        ```swift
        print("c", next())
        ```
        ```swift
        print("c", next())
        ```
        ```swift
        print("d", next())
        ```
        """, from: "print(\"d\"", to: "print(\"e\"", prints: ["c 1", "c 2", "e 3"]),
    EditCase(
      name: "a function that keeps a model",
      cells: """
        ```swift
        func trainer() -> (Double) -> History {
          let kept = tiny("K")
          return { rate in train(kept, on: data, epochs: 1, optimizer: .sgd(learningRate: rate)) }
        }
        let fit = trainer()
        ```
        ```swift
        let first = fit(0.1)
        ```
        ```swift
        let second = fit(0.02)
        print(second.finalTrainLoss)
        ```
        """, from: "fit(0.1)", to: "fit(0.3)"),
    EditCase(
      name: "a value with a function in it, changed by a function",
      cells: """
        ```swift
        var state = (f: { (x: Int) -> Int in x }, n: 0)
        func bump() { state.n += 1 }
        ```
        ```swift
        bump()
        print("at", state.n)
        ```
        ```swift
        bump()
        print("at", state.n)
        ```
        ```swift
        print("end", state.n)
        ```
        """, from: "print(\"end\", state.n)", to: "print(\"end\", 1, state.n)", prints: ["at 1", "at 2"]),
    EditCase(
      name: "what a function reads that was given later",
      cells: """
        ```swift
        var f = { (x: Int) -> Int in x }
        ```
        ```swift
        var k = 1
        ```
        ```swift
        f = { (x: Int) -> Int in x + k }
        ```
        ```swift
        k = 10
        ```
        ```swift
        print(f(1))
        ```
        """, from: "k = 10", to: "k = 20", prints: ["21"]),
    EditCase(
      name: "the type of an empty list",
      cells: """
        ```swift
        var list: [Int] = []
        ```
        ```swift
        print(list + [1])
        ```
        """, from: "[Int]", to: "[Double]", prints: ["[1.0]"]),
    EditCase(
      name: "the type of nothing",
      cells: """
        ```swift
        let nothing: Int? = nil
        ```
        ```swift
        print(nothing ?? 1)
        ```
        """, from: "Int?", to: "Double?", prints: ["1.0"]),
    EditCase(
      name: "a struct's property is renamed",
      cells: """
        ```swift
        struct P { let a: Int
          static let zero = P(a: 1)
        }
        let p = P.zero
        ```
        ```swift
        print(p)
        ```
        """, from: "P { let a: Int\n  static let zero = P(a: 1)",
      to: "P { let b: Int\n  static let zero = P(b: 1)", prints: ["P(b: 1)"]),
    EditCase(
      name: "weights that a later cell saves over",
      cells: """
        ```swift
        let history = train(model, on: data, epochs: 1, optimizer: .sgd(learningRate: 0.1))
        save(model, to: "w.safetensors")
        ```
        ```swift
        let other = tiny("O")
        loadWeights(other, from: "w.safetensors")
        let loss = evaluate(other, on: data).loss
        ```
        ```swift
        let more = train(model, on: data, epochs: 1, optimizer: .sgd(learningRate: 0.5))
        save(model, to: "w.safetensors")
        ```
        ```swift
        print(other.name, loss)
        ```
        """, from: "print(other.name", to: "print(1, other.name"),
  ]

  @Test(arguments: cases)
  func anEditGivesWhatARunWithNothingKeptGives(_ edit: EditCase) throws {
    try edit.expectWhatARunWithNothingKeptGives(after: DependencyTests.parts)
  }

  @Test func whatProseChangesIsSeenBelow() throws {
    let text = """
      ```swift
      var n = 0
      func bump() -> Int { n += 1; return n }
      ```

      First `{swift} bump()`, then `{swift} bump()`.

      ```swift
      print("n is", n)
      ```
      """
    let bench = try NotebookBench(text)
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    for _ in 0..<2 {
      #expect(bench.report.contains("First 1, then 2."))
      #expect(bench.report.contains("n is 2"))
      #expect(try bench.ranAgain() != ["nothing"])
    }
    try bench.edit("print(\"n is\", n)", "print(\"now n is\", n)")
    _ = try bench.ranAgain()
    #expect(bench.report.contains("now n is 2"))
    #expect(bench.report.contains("First 1, then 2."))
    try bench.edit("First `{swift} bump()`, then", "Only")
    _ = try bench.ranAgain()
    #expect(bench.report.contains("now n is 1"))
  }

  @Test func aFileSavedTwiceIsTheLastOne() throws {
    let text =
      DependencyTests.parts + """
        ```swift
        let first = train(model, on: data, epochs: 1, optimizer: .sgd(learningRate: 0.1))
        save(model, to: "w.safetensors")
        ```
        ```swift
        let second = train(model, on: data, epochs: 1, optimizer: .sgd(learningRate: 0.5))
        save(model, to: "w.safetensors")
        ```
        ```swift
        print(evaluate(model, on: data).loss)
        ```
        """
    let bench = try NotebookBench(text)
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    let saved = bench.results["w.safetensors"]
    try bench.edit("print(evaluate", "print(1, evaluate")
    _ = try bench.ranAgain()
    #expect(saved != nil && bench.results["w.safetensors"] == saved)
  }
}
