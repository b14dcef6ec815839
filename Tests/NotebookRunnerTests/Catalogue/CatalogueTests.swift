import Cells
import Diagnostics
import Neural
import Testing

@testable import NotebookRunner

@Suite struct CatalogueTests {
  private let catalogue = Catalogue.quire(.idle)

  @Test func everyStepOfTheIssueIsThere() {
    for name in [
      "loadData", "showAugmentations", "buildModel", "summary", "receptiveField", "requirements", "train",
      "evaluate", "results", "plot", "confusionMatrix", "misclassified", "predict", "save", "loadWeights",
    ] {
      #expect(!catalogue.callables(named: name).isEmpty, "\(name)")
    }
  }

  @Test func everyRowIsDescribedAndEveryRowButPropertiesHasAnExample() {
    for row in catalogue.rows {
      #expect(row.doc.hasSuffix(".") || row.doc.hasSuffix(")."), "\(row.name): '\(row.doc)'")
      if row.kind != .property, row.kind != .type { #expect(!row.example.isEmpty, "\(row.name)") }
      for parameter in row.parameters { #expect(!parameter.doc.isEmpty, "\(row.name).\(parameter.name)") }
    }
  }

  /// A user whose loss does not suit the data sees every loss that does.
  @Test func `errors suggest every loss`() {
    let suggestions = [TargetKind.labels, .values].map {
      TrainingError(.targets(loss: ".x", needed: $0, data: "d")).description
    }.joined()
    for row in catalogue.rows where row.owner?.description == "Loss" {
      #expect(suggestions.contains(".\(row.name)"), "add .\(row.name) to Loss.all")
    }
  }

  /// Every example of `quire describe` can be pasted into a notebook.
  @Test func everyExampleChecks() {
    for row in catalogue.rows where !row.example.isEmpty {
      var checker = Checker(catalogue: catalogue)
      let prelude = """
        let data = loadData(.synthetic())
        let model = buildModel("M") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10); LogSoftmax() }
        let history = train(model, on: data, epochs: 1)
        let evaluation = evaluate(model, on: data)
        """
      #expect(checker.check(CellSource(text: prelude, file: "p")).diagnostics.map(\.message) == [])
      var text = row.example
      if text.hasPrefix("."), let owner = row.owner { text = "let example: \(owner) = \(text)" }
      // The prelude already declares these names.
      for name in ["data", "model", "history", "evaluation"] where text.hasPrefix("let \(name) =") {
        text = "let another" + text.dropFirst(4 + name.count)
      }
      let problems = checker.check(CellSource(text: text, file: "e")).diagnostics
      #expect(problems.map(\.message) == [], "\(row.name): \(text)")
    }
  }

  /// Every name that `quire describe` prints can be described: groups, rows, members and the types in signatures.
  @Test func everyListedNameIsDescribed() throws {
    var names = catalogue.groups.map(\.name) + ["warnings"]
    for row in catalogue.rows {
      names.append(row.name)
      if let owner = row.owner { names += ["\(owner).\(row.name)", "\(owner)"] }
      if row.kind == .staticMember || row.kind == .staticValue { names.append(".\(row.name)") }
      names += row.conformances
      let words = row.signature.split { !$0.isLetter && !$0.isNumber }.map(String.init)
      names += words.filter { $0.first?.isUppercase ?? false }
    }
    for name in Set(names) {
      #expect((try? NotebookRunner.describe(name).get()) != nil, "\(name)")
    }
  }

  @Test func aTypeIsDescribedWithItsValuesMembersAndUsers() throws {
    let mode = try NotebookRunner.describe("PlateauMode").get()
    #expect(mode.contains("Values") && mode.contains(".min, .max") && mode.contains("Schedule.plateau"))
    let schedule = try NotebookRunner.describe("Schedule").get()
    #expect(schedule.contains(".cyclic") && schedule.contains("train"))
    #expect(try NotebookRunner.describe("History").get().contains("Made by"))
    #expect(try NotebookRunner.describe("Int").get().contains("whole number"))
    #expect(throws: NotebookRunner.UnknownName.self) { try NotebookRunner.describe("PlateuMode").get() }
    guard case .failure(let problem) = NotebookRunner.describe("PlateuMode") else { return }
    #expect("\(problem)".contains("did you mean 'PlateauMode'?"))
  }

  @Test func describeSuggestsTheNearestName() throws {
    #expect(throws: NotebookRunner.UnknownName.self) { try NotebookRunner.describe("tran").get() }
    let text = try NotebookRunner.describe("train").get()
    #expect(text.contains("epochs: Int"))
    #expect(try NotebookRunner.describe("layers").get().contains("Conv2d("))
    #expect(try NotebookRunner.describe(nil).get().contains("hueSaturationValue"))
  }
}
