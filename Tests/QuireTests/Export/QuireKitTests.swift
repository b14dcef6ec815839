import Cells
import Foundation
import Steps
import Testing

@testable import NotebookRunner

/// The library of exported programs has exactly the names of cells: every catalogue row is called from Swift.
@Suite struct QuireKitTests {
  private let rows = Catalogue.quire(.idle).rows

  @Test func everyRowAndItsExampleCompileAndDefaultsAreTheSame() throws {
    let folder = try Executable.scratchFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var source = """
      import Foundation
      import QuireKit

      func same<T>(_ name: String, _ one: T, _ other: T) {
        if String(reflecting: one) != String(reflecting: other) { print(name, one, other) }
      }

      """
    for (index, row) in rows.enumerated() { source += row.uses(index).joined(separator: "\n") + "\n" }
    try source.write(toFile: "\(folder)/main.swift", atomically: true, encoding: .utf8)
    let result = try ProgramCompiler().link("\(folder)/main.swift", to: "\(folder)/uses")
    try #require(result.status == 0, "\(result.output)\(result.errors)")
    let run = try Executable.launch("\(folder)/uses", [], in: folder)
    #expect(run.output == "", "these have other defaults in Swift than in cells")
    #expect(run.status == 0, "\(run.errors)")
  }

  @Test func everyStepHasAFunction() throws {
    let text = try sources(in: "Steps/Verbs")
    let names = Set(text.matches(of: #/\npublic func (\w+)/#).map { String($0.1) })
    #expect(names == Set(Step.all.map(\.name)))
  }

  /// Calling steps does not reveal their defaults, so the test reads their functions' signatures.
  @Test func everyFunctionHasTheLabelsTypesAndDefaultsOfItsRow() throws {
    var text = try sources(in: "Steps/Verbs") + sources(in: "Steps/Values")
    for row in rows where row.group == Step.group {
      for parameter in row.parameters {
        guard let value = parameter.defaultText else { continue }
        let type = row.name.prefix(1).uppercased() + row.name.dropFirst() + "Step"
        text = text.replacing("\(type).\(parameter.name).default", with: value)
      }
    }
    text = text.normalised
    for row in rows where row.kind == .function {
      let parameters = row.parameters.filter { !$0.isBuilder }.map(\.declaration).joined(separator: ", ")
      let wanted = "func \(row.name)(\(parameters)".normalised
      #expect(text.contains(wanted), "\(wanted)")
    }
  }

  /// Other code must depend on a step's effects: code that names steps would miss the next one.
  @Test func noStepIsNamedByAStringOutsideItsFile() throws {
    let folder = "\(Executable.repository)/Sources"
    // These name commands, sets of images, curves, members of Swift's library and the words and commands of other
    // tools.
    let others = [
      "Benchmarks/", "Neural/", "NotebookRunner/Catalogue/ForeignNames", "Cells/Library/OtherMembers.swift",
      "Reporting/",
      "quire/CommandLineMistake.swift", "quire/Commands/Bench/", "Steps/Verbs/",
    ]
    // Elements of the page.
    let allowed = [
      "NotebookRunner/Files/PageAnchors.swift": ["requirements"],
      "NotebookRunner/Results/ReportAssembler.swift": ["requirements"],
      "Documents/RawHTML/EnclosingHTML.swift": ["table"],
      "Documents/RawHTML/SafeHTML.swift": ["summary", "table"],
    ]
    for file in FileManager.default.subpaths(atPath: folder) ?? [] where file.hasSuffix(".swift") {
      if others.contains(where: file.hasPrefix) { continue }
      let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
      for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        if line.trimmingCharacters(in: .whitespaces).hasPrefix("//") { continue }
        for name in Step.all.map(\.name)
        where line.contains("\"\(name)\"") && allowed[file]?.contains(name) != true {
          // Parameters and members may share a step's name.
          if line.contains("p(\"\(name)\"") || line.contains("\"\(name)\", of: ") { continue }
          Issue.record("\(file):\(index + 1) names the step '\(name)'; ask for one of its effects")
        }
      }
    }
  }

  private func sources(in folder: String) throws -> String {
    let path = "\(Executable.repository)/Sources/\(folder)"
    return try FileManager.default.contentsOfDirectory(atPath: path).sorted().map {
      try String(contentsOfFile: "\(path)/\($0)", encoding: .utf8)
    }.joined(separator: "\n")
  }
}

extension CellType {
  /// The type of an escaping parameter.
  fileprivate var asParameter: String {
    if case .function = self { "@escaping @Sendable \(self)" } else { "\(self)" }
  }
}

extension Entry {
  /// Swift code that calls the row with all arguments, with as few as possible, and as in its example.
  fileprivate func uses(_ index: Int) -> [String] {
    let declared = parameters.enumerated().filter { !$0.element.isBuilder }
      .map { "_ a\($0.offset): \($0.element.type.asParameter)" }.joined(separator: ", ")
    let all = call { "a\($0)" }
    let few = call { parameters[$0].defaultText == nil ? "a\($0)" : nil }
    let owned = "\(owner.map { "\($0)" } ?? "Never")"
    let result = result == .void ? "Void" : "\(result)"
    var uses: [String]
    switch kind {
    case .function, .initialiser:
      uses = [all, few].map { "do { func row(\(declared)) -> \(result) { \($0) } }" }
    case .staticMember: uses = [all, few].map { "do { func row(\(declared)) -> \(owned) { .\($0) } }" }
    case .staticValue: uses = ["do { let value: \(owned) = .\(name); _ = value }"]
    case .property: uses = ["do { func row(_ value: \(owned)) -> \(result) { value.\(name) } }"]
    case .method:
      uses = ["do { func row(_ value: \(owned), \(declared)) -> \(result) { value.\(all) } }"]
    case .type: uses = ["do { func row(_ value: any \(name)) {} }"]
    }
    if let defaults = defaultsTest { uses.append(defaults) }
    if !example.isEmpty { uses.append(exampleUse) }
    return uses
  }

  /// A comparison of the call with few arguments to the call with all defaults written out.
  private var defaultsTest: String? {
    let required = parameters.filter { $0.defaultText == nil && !$0.isBuilder }.map(\.type.sample)
    guard kind == .initialiser || kind == .staticMember, !required.contains(nil),
      parameters.contains(where: { $0.defaultText != nil })
    else { return nil }
    let prefix = kind == .staticMember ? "\(owner.map { "\($0)" } ?? "")." : ""
    let few = call { parameters[$0].defaultText == nil ? parameters[$0].type.sample : nil }
    let full = call { parameters[$0].defaultText ?? parameters[$0].type.sample }
    return "same(\"\(name)\", \(prefix)\(few), \(prefix)\(full))"
  }

  private var exampleUse: String {
    var text = example
    if text.hasPrefix("."), let owner {
      text = "let value: \(owner) = \(text)"
    } else if !text.hasPrefix("let ") {
      text = "_ = \(text)"
    }
    return """
      do { func row(_ data: ImageData, _ model: Model, _ history: History, _ evaluation: Evaluation) {
        \(text)
      } }
      """
  }

  /// The call with the arguments that the closure returns; a block contains a layer.
  private func call(_ argument: (Int) -> String?) -> String {
    let arguments = parameters.indices.filter { !parameters[$0].isBuilder }.compactMap { index in
      argument(index).map { (parameters[index].label.map { "\($0): " } ?? "") + $0 }
    }
    return "\(name)(\(arguments.joined(separator: ", ")))"
      + (parameters.contains(where: \.isBuilder) ? " { ReLU() }" : "")
  }
}

extension ParameterInfo {
  fileprivate var isBuilder: Bool { if case .builder = type { true } else { false } }
}

extension CellType {
  /// A value of the type, if it has literals.
  fileprivate var sample: String? {
    switch self {
    case .int: "3"
    case .double: "0.5"
    case .string: "\"a\""
    case .array(let element): element.sample.map { "[\($0)]" }
    default: nil
    }
  }
}

extension String {
  /// The text without line breaks and with normalised number literals.
  fileprivate var normalised: String {
    replacing(#/\s+/#, with: " ").replacing("( ", with: "(").replacing(#/(\d)_(\d)/#) { "\($0.1)\($0.2)" }
      .replacing(#/(= \d+)\.0\b/#) { "\($0.1)" }
  }
}
