import Foundation
import Testing

@testable import NotebookRunner

/// `quire check` on a notebook with many problems, and on names that are declared elsewhere.
@Suite struct CheckTests {
  private func rendered(_ text: String) throws -> String {
    let bench = try NotebookBench(text)
    return bench.check().rendered.joined(separator: "\n").replacing("\(bench.folder)/", with: "")
  }

  @Test func `every problem is reported in order with its line, its place and its fix`() throws {
    let text = try rendered(
      """
      ```swift parameters
      let steps = 4
      ```

      The best is `{swift} percnt(0.5)`.

      ```swift
      let data = loadData(.synthetic(), batchsize: 20.0)
      let model = buildModel("M") { Flatten(); Linear(3072, 10); LogSoftmax(); Dropout(steps) }
      let history = train(model, data, epochs: 3, optimizer: .adamw(), schedule: .sgd(), loss: .crossEntropy)
      ```
      """)
    #expect(
      text == """
        n.md:5:22: error: cannot find 'percnt' in scope
          The best is `{swift} percnt(0.5)`.
                               ^~~~~~
          note: did you mean 'percent'?
          fix-it: replace 'percnt' with 'percent'
        n.md:8:35: error: incorrect argument label in call (have 'batchsize:', expected 'batchSize:')
          let data = loadData(.synthetic(), batchsize: 20.0)
                                            ^~~~~~~~~
          fix-it: replace 'batchsize' with 'batchSize'
        n.md:8:46: error: cannot convert value of type 'Double' to expected argument type 'Int'
          let data = loadData(.synthetic(), batchsize: 20.0)
                                                       ^~~~
          fix-it: replace '20.0' with '20'
        n.md:9:82: error: cannot convert value of type 'Int' to expected argument type 'Double'
          let model = buildModel("M") { Flatten(); Linear(3072, 10); LogSoftmax(); Dropout(steps) }
                                                                                           ^~~~~
          fix-it: replace 'steps' with 'Double(steps)'
          fix-it: write 4.0 on line 2
        n.md:10:28: error: missing argument label 'on:' in call
          let history = train(model, data, epochs: 3, optimizer: .adamw(), schedule: .sgd(), loss: .crossEntropy)
                                     ^~~~
          fix-it: insert 'on:'
        n.md:10:57: error: type 'Optimizer' has no member 'adamw'
          let history = train(model, data, epochs: 3, optimizer: .adamw(), schedule: .sgd(), loss: .crossEntropy)
                                                                  ^~~~~
          note: did you mean 'adamW'?
          fix-it: replace 'adamw' with 'adamW'
        n.md:10:77: error: type 'Schedule' has no member 'sgd'
          let history = train(model, data, epochs: 3, optimizer: .adamw(), schedule: .sgd(), loss: .crossEntropy)
                                                                                      ^~~
          note: '.sgd' is a member of 'Optimizer'
        n.md:10:91: error: 'crossEntropy' is a function; call it: 'crossEntropy(…)'
          let history = train(model, data, epochs: 3, optimizer: .adamw(), schedule: .sgd(), loss: .crossEntropy)
                                                                                                    ^~~~~~~~~~~~
          fix-it: replace 'crossEntropy' with 'crossEntropy()'
        """)
  }

  @Test func `a name that is declared later, or in a cell that does not run, is explained`() throws {
    let text = try rendered(
      """
      It has `{swift} model.name`.

      ```swift
      print(later, model)
      let later = 1
      ```

      ```swift
      let model = 3
      print(skipped, listed, modle)
      ```

      ```swift
      //| eval: false
      let skipped = 1
      ```

      ```swift no-run
      let listed = 1
      ```
      """)
    #expect(
      text == """
        n.md:1:17: error: cannot find 'model' in scope
          It has `{swift} model.name`.
                          ^~~~~
          note: 'model' is defined later, in the cell at line 8; cells run from top to bottom
        n.md:4:7: error: cannot find 'later' in scope
          print(later, model)
                ^~~~~
          note: 'later' is defined in this cell, but only at line 5
        n.md:10:7: error: cannot find 'skipped' in scope
          print(skipped, listed, modle)
                ^~~~~~~
          note: 'skipped' is defined in the cell at line 13, which is not run (eval: false)
        n.md:10:16: error: cannot find 'listed' in scope
          print(skipped, listed, modle)
                         ^~~~~~
          note: 'listed' is defined in the cell at line 18, which is not run (no-run)
        n.md:10:24: error: cannot find 'modle' in scope
          print(skipped, listed, modle)
                                 ^~~~~
          note: did you mean 'model'?
          fix-it: replace 'modle' with 'model'
        """)
  }

  @Test func `places in an indented fence are the file's`() throws {
    #expect(
      try rendered("  ```swift\n  print(1)\n   prnt(2)\n  ```\n").hasPrefix(
        "n.md:3:4: error: cannot find 'prnt' in scope\n     prnt(2)\n     ^~~~\n"))
  }

  @Test func `JSON has everything an editor needs, in characters and as the language server protocol counts`()
    throws
  {
    let bench = try NotebookBench("é 👩‍👩‍👧 `{swift} percnt(1)`\n\n```swift\nlet a = 1\n```\n")
    var report = bench.check(["b=1"])
    let object = try JSONSerialization.jsonObject(with: Data(report.json.utf8))
    let expected = """
      {"version": 1, "notebook": "FILE", "errors": 2, "warnings": 0, "fixed": [], "data": [], "trainings": [],
        "problems": [
        {"severity": "error", "code": "unknown-parameter", "message": "-p b: the notebook has no parameter 'b'",
         "notes": ["the notebook has no parameters cell; add one that starts with ```swift parameters"], "fixIts": [],
         "place": {"file": "FILE"}},
        {"severity": "error", "code": "unknown-name", "message": "cannot find 'percnt' in scope",
         "notes": ["did you mean 'percent'?"],
         "place": {"file": "FILE", "line": 1, "column": 14, "length": 6, "range":
           {"start": {"line": 0, "character": 20}, "end": {"line": 0, "character": 26}}},
         "fixIts": [{"message": "replace 'percnt' with 'percent'", "replacement": "percent", "certain": true,
           "place": {"file": "FILE", "line": 1, "column": 14, "length": 6, "range":
             {"start": {"line": 0, "character": 20}, "end": {"line": 0, "character": 26}}}}]}]}
      """.replacing("FILE", with: "\(bench.folder)/n.md")
    let wanted = try JSONSerialization.jsonObject(with: Data(expected.utf8))
    #expect(object as? NSDictionary == wanted as? NSDictionary, "\(report.json)")

    report = try NotebookRunner.fix(bench.options())
    let after = try #require(
      try JSONSerialization.jsonObject(with: Data(report.json.utf8)) as? [String: Any])
    #expect(after["errors"] as? Int == 0)
    #expect(after["warnings"] as? Int == 1)
    let fixed = try #require((after["fixed"] as? [[String: Any]])?.first)
    #expect(fixed["message"] as? String == "cannot find 'percnt' in scope")
    #expect((fixed["fix"] as? [String: Any])?["replacement"] as? String == "percent")
  }

  @Test func `a notebook that cannot be read is a problem of the file`() throws {
    let report = NotebookRunner.check(RunOptions(notebook: "/nowhere/n.md"))
    #expect(report.rendered == ["/nowhere/n.md: error: notebook '/nowhere/n.md' not found"])
    #expect(report.errors == 1)
    #expect(report.json.contains(#""code" : "no-such-file""#))
  }

  @Test func `a notebook of thirty cells is checked in a moment`() throws {
    let cell =
      "```swift\nlet m# = buildModel(\"M\") { Conv2d(3, 8, kernelSize: 3); ReLU() }\nsummary(m#)\n```\n"
    let bench = try NotebookBench((0..<30).map { cell.replacing("#", with: "\($0)") }.joined(separator: "\n"))
    #expect(bench.check().rendered == [])
  }
}
