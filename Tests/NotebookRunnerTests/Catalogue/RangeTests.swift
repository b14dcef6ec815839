import Cells
import Diagnostics
import Foundation
import Testing

@testable import NotebookRunner

/// Each range that `quire describe` states is held, before anything runs, at the argument.
@Suite struct RangeTests {
  private static let prelude = """
    let data = loadData(.synthetic(train: 200, test: 100))
    let model = buildModel("M") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10); LogSoftmax() }
    let history = train(model, on: data, epochs: 1)
    let evaluation = evaluate(model, on: data)
    """

  /// A call of a row with one argument near a bound of its range.
  private struct Probe {
    var code: String
    /// The argument's column in the code.
    var column: Int
    var isInside: Bool
    var name: String
  }

  /// The calls for all rows and parameters with a range that is held, without those whose example needs several lines.
  private func probes() throws -> [Probe] {
    let catalogue = Catalogue.quire(.idle)
    var probes: [Probe] = []
    for row in catalogue.rows where !row.example.contains("\n") {
      for parameter in row.parameters {
        guard let range = parameter.range else { continue }
        let isWhole = [.int, .array(.int), .closedRange(.int)].contains(parameter.type.unwrapped)
        for probe in range.probes(step: isWhole ? 1 : 0.001) {
          let number = isWhole ? "\(Int(probe.value))" : "\(probe.value)"
          let text =
            switch parameter.type.unwrapped {
            case .array: "[\(number), \(number), \(number)]"
            case .closedRange: "(\(number))...(\(number))"
            default: number
            }
          guard let (code, column) = try call(of: row, with: parameter.name, text, in: catalogue) else {
            Issue.record("\(row.qualifiedName).\(parameter.name): the example cannot be changed")
            continue
          }
          probes.append(
            Probe(
              code: code, column: column, isInside: probe.isInside,
              name: "\(row.qualifiedName).\(parameter.name)"))
        }
      }
    }
    return probes
  }

  /// The row's example with one argument replaced or inserted, and its column.
  private func call(
    of row: Entry, with name: String, _ text: String, in catalogue: Catalogue
  ) throws -> (code: String, column: Int)? {
    var example = row.example.split(separator: "  //").first.map(String.init) ?? ""
    if example.hasPrefix("."), let owner = row.owner { example = "let example: \(owner) = \(example)" }
    if example.hasPrefix("let "), let equal = example.firstIndex(of: "="), !example.hasPrefix("let example") {
      example = "let example = " + example[equal...].dropFirst(2)
    }
    var checker = Checker(catalogue: catalogue)
    _ = checker.check(CellSource(text: Self.prelude, file: "p"))
    let cell = checker.check(CellSource(text: example, file: "e"))
    guard let call = cell.facts.calls.last(where: { $0.name == row.qualifiedName }) else { return nil }
    var parts: [String] = []
    var column: Int?
    var trailing = ""
    let characters = Array(example)
    for (argument, parameter) in zip(call.arguments, row.parameters) {
      var value: String?
      if parameter.name == name {
        value = text
      } else if let range = argument.range {
        value = String(characters[range.start.column - 1..<range.start.column - 1 + range.length])
      }
      guard let value else { continue }
      if value.hasPrefix("{"), parameter.name != "learningRate" {
        trailing = " " + value
        continue
      }
      let label = parameter.label.map { "\($0): " } ?? ""
      if parameter.name == name {
        column = parts.joined(separator: ", ").count + (parts.isEmpty ? 0 : 2) + label.count
      }
      parts.append(label + value)
    }
    let head =
      switch row.kind {
      case .staticMember: "let _: \(row.owner.map { "\($0)" } ?? "") = .\(row.name)("
      default: "let _ = \(row.name)("
      }
    return column.map { (head + parts.joined(separator: ", ") + ")" + trailing, head.count + $0 + 1) }
  }

  @Test func `just outside each documented range is an error at the argument, just inside is none`() throws {
    let probes = try probes()
    #expect(probes.count > 150)
    let text =
      "```swift\n\(Self.prelude)\n```\n\n"
      + probes.map { "```swift\n\($0.code)\n```\n" }.joined(separator: "\n")
    let report = try NotebookBench(text).check()
    for (index, probe) in probes.enumerated() {
      let line = 8 + 4 * index + 1
      let told = report.problems.filter { $0.range?.start.line == line && $0.severity == .error }
      let here = told.filter {
        $0.range?.start.column == probe.column && $0.message.contains("must be")
          && !$0.message.contains("a divisor")
      }
      let all = told.map { "\($0.range?.start.column ?? 0): \($0.message)" }
      #expect(here.isEmpty == probe.isInside, "\(probe.name): \(probe.code) \(probe.column) \(all)")
    }
  }

  /// Ranges that depend on another argument are held too.
  @Test(arguments: [
    (
      "let s = Schedule.cyclic(baseLR: 0.1, maxLR: 0.01)", "0.01",
      "maxLR must be above baseLR, which is 0.1, found 0.01"
    ),
    ("let s = Schedule.cyclic(baseLR: 0.1, maxLR: 0.1)", "0.1)", "maxLR must be above baseLR"),
    (
      "let s = Schedule.multiStep(milestones: [40, 30])", "[40",
      "milestones must be epochs in ascending order"
    ),
    (
      "let l = Conv2d(4, 8, kernelSize: 3, groups: 3)", "3)",
      "groups must be a divisor of both 4 and 8 channels"
    ),
    ("let l = GroupNorm(3, 8)", "3,", "numGroups must be a divisor of 8 channels"),
    ("let l = MaxPool2d(3, padding: 2)", "2)", "padding must be in 0…1, found 2"),
    ("let l = AvgPool2d(2, stride: 1, padding: 2)", "2)", "padding must be in 0…1, found 2"),
    (
      "let a = Augmentation.coarseDropout(maxHoles: 2, minHoles: 3)", "3)",
      "minHoles must be 1…2, the maxHoles, found 3"
    ),
    ("let a = Augmentation.coarseDropout(minHeight: 9)", "9)", "minHeight must be 1…8"),
    ("let a = Augmentation.coarseDropout(maxWidth: 4, minWidth: 0)", "0)", "minWidth must be 1…4"),
    ("let a = Augmentation.normalize(mean: [0.5, 0.5])", "[0.5", "mean must be three numbers"),
    (
      "let o = Optimizer.sgd(learningRate: 0.1, nesterov: true)", "true", "nesterov requires momentum above 0"
    ),
    (
      "let o = Optimizer.adam(learningRate: 1.0 / 0)", "1.0",
      "learningRate must be a finite number, at least 0"
    ),
    ("let o = Optimizer.adam(learningRate: Double.nan)", "Double.nan", "learningRate must be"),
    (
      "let h = train(model, on: data, epochs: 1, target: 1.5)", "1.5", "target must be"
    ),
    (
      "let a = Augmentation.normalize(mean: [123.675, 116.28, 103.53])", "[123",
      "mean must be in 0…1, found 123.675; these look like constants of bytes: divide them by 255: [0.4850, 0.4560, 0.4060]"
    ),
    (
      "let a = Augmentation.normalize(std: [58.395, 57.12, 57.375])", "[58",
      "std must be above 0 and at most 1, found 58.395; these look like constants of bytes: divide them by 255: [0.2290, 0.2240, 0.2250]"
    ),
  ])
  func `ranges between arguments are held at the argument`(_ code: String, _ place: String, _ words: String)
    throws
  {
    let report = try NotebookBench("```swift\n\(Self.prelude)\n\(code)\n```\n").check()
    let errors = report.problems.filter { $0.severity == .error }
    try #require(errors.count == 1, "\(errors.map(\.message))")
    let range = try #require(code.range(of: place, options: .backwards))
    #expect(errors[0].message.contains(words), "\(errors[0].message)")
    #expect(errors[0].range?.start.line == 6)
    #expect(errors[0].range?.start.column == code.distance(from: code.startIndex, to: range.lowerBound) + 1)
  }

  /// Values that YAML or a shell gives and that a parameter cannot hold are refused, not bent.
  @Test(arguments: [
    ("let x = 0.1", "1e400", false), ("let x = 0.1", "-1e400", false), ("let x = 0.1", "1e-400", false),
    ("let x = 0.1", "nan", false), ("let x = 0.1", "inf", false), ("let x = 0.1", "", false),
    ("let x = 0.1", "yes", false), ("let x = 0.1", "2024-01-01", false), ("let x = 0.1", "[1]", false),
    ("let x = 0.1", "-0", true), ("let x = 0.1", "0e5", true), ("let x = 0.1", ".5", true),
    ("let x = 0.1", "5.", true), ("let x = 0.1", "1_000", true),
    ("let x = 0.1", "99999999999999999999", true),
    ("let x = 1", "99999999999999999999", false), ("let x = 1", "0x10", true), ("let x = 1", "1_000", true),
    ("let x = 1", "1.0", false), ("let x = 1", "-0", true), ("let x = 1", "true", false),
    ("let x = true", "yes", false), ("let x = true", "1", false), ("let x = true", "false", true),
    ("let x = \"a\"", "", true), ("let x = \"a\"", "nil", true), ("let x = \"a\"", "2024-01-01", true),
    ("let x = [0.1]", "[1e400]", false), ("let x = [0.1]", "[]", true),
  ])
  func `a parameter takes what it can hold`(_ declaration: String, _ value: String, _ isTaken: Bool) throws {
    let bench = try NotebookBench("```swift parameters\n\(declaration)\n```\n\n`{swift} x`\n")
    let report = bench.check(["x=\(value)"])
    #expect((report.errors == 0) == isTaken, "\(report.rendered)")
  }

  @Test(arguments: [
    ("let x = \"a\"", "null", false), ("let x = \"a\"", "~", false), ("let x = \"a\"", "\"null\"", true),
    ("let x: String? = \"a\"", "null", true), ("let x: Int? = 1", "null", true), ("let x = 1", "null", false),
    ("let x = [\"a\"]", "[a, null]", false), ("let x = [\"a\"]", "[nil, inf, nan]", true),
    ("let x = [0.5]", "[.inf]", false), ("let x = 0.5", ".nan", false), ("let x = 0.5", "1e400", false),
    ("let x = true", "yes", false), ("let x = true", "true", true), ("let x = \"a\"", "2024-01-01", true),
  ])
  func `a parameter file's value too`(_ declaration: String, _ value: String, _ isTaken: Bool) throws {
    let bench = try NotebookBench("```swift parameters\n\(declaration)\n```\n\n`{swift} \"\\(x)\"`\n")
    try "x: \(value)\n".write(toFile: "\(bench.folder)/p.yaml", atomically: true, encoding: .utf8)
    var options = bench.options()
    options.parameterFiles = ["\(bench.folder)/p.yaml"]
    let report = NotebookRunner.check(options)
    let errors = report.problems.filter { $0.severity == .error && $0.code != nil }
    #expect(errors.isEmpty == isTaken, "\(report.rendered)")
  }
}
