import Cells
import Diagnostics
import Foundation
import Neural
import Testing

@testable import NotebookRunner

/// Names of other libraries: a newcomer who types PyTorch's word gets ours, or hears that there is none, and never a
/// name that only looks similar.
@Suite struct ForeignNameTests {
  private let catalogue = Catalogue.quire(.idle)

  @Test func `every word of ours is in the catalogue`() {
    let rows = Set(catalogue.rows.map(\.qualifiedName))
    for name in catalogue.foreignNames.all {
      for row in name.rows { #expect(rows.contains(row), "\(name.name) → \(row)") }
    }
    let labels = Set(catalogue.rows.flatMap(\.parameters).compactMap(\.label))
    for (label, ours) in catalogue.foreignNames.labels {
      for label in ours { #expect(labels.contains(label), "\(label)") }
      #expect(!ours.isEmpty, "\(label)")
    }
  }

  /// Code in the advice can be typed as it is, apart from `…`.
  @Test func `the advice is valid code`() {
    let prelude = """
      let data = loadData(.synthetic())
      let model = buildModel("M") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10); LogSoftmax() }
      let history = train(model, on: data, epochs: 1)
      let evaluation = evaluate(model, on: data)
      """
    for name in catalogue.foreignNames.all where name.library != "Python" {
      guard let match = name.advice.firstMatch(of: /^write '([^']+)'(?: in '(train|augmentation)')?/),
        !match.1.contains("…")
      else { continue }
      var code = String(match.1)
      if code.hasPrefix("."), let owner = name.rows.first?.split(separator: ".").first {
        code = code.components(separatedBy: "), .").count > 1 ? "[\(code)]" : code
        code = "let x: \(code.hasPrefix("[") ? "[\(owner)]" : String(owner)) = \(code)"
      } else if match.2 == "train" {
        code = "train(model, on: data, epochs: 1, \(code))"
      }
      var checker = Checker(catalogue: catalogue)
      _ = checker.check(CellSource(text: prelude, file: "p"))
      code = code.replacing("let history =", with: "let another =")
      let problems = checker.check(CellSource(text: code, file: "a")).diagnostics
      #expect(problems.filter { $0.severity == .error }.map(\.message) == [], "\(name.name): \(code)")
    }
  }

  private func note(on code: String) -> (messages: [String], notes: [String], fixIts: [FixIt]) {
    var checker = Checker(catalogue: catalogue)
    let prelude = """
      let data = loadData(.synthetic())
      let model = buildModel("M") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10); LogSoftmax() }
      let history = train(model, on: data, epochs: 1)
      """
    _ = checker.check(CellSource(text: prelude, file: "p"))
    let problems = checker.check(CellSource(text: code, file: "c")).diagnostics
    return (problems.map(\.message), problems.flatMap(\.notes), problems.flatMap(\.fixIts))
  }

  @Test(arguments: [
    ("let s = CosineAnnealingLR(50)", "PyTorch's 'CosineAnnealingLR': write '.cosine(tMax: 50)'"),
    (
      "let l = nn.CrossEntropyLoss()",
      "PyTorch's 'CrossEntropyLoss': write 'loss: .crossEntropy()' in 'train'"
    ),
    ("let c = nn.Conv2d(3, 8, kernelSize: 3)", "PyTorch's 'nn.Conv2d': write 'Conv2d'"),
    ("let c = torch.nn.Sequential { ReLU() }", "PyTorch's 'torch.nn.Sequential': write 'Sequential'"),
    ("let y = torch.nn.functional.relu(1)", "PyTorch's 'relu': write the layer 'ReLU()' in the model"),
    ("let y = F.relu(1)", "PyTorch's 'relu': write the layer 'ReLU()' in the model"),
    (
      "let a = transforms.RandomHorizontalFlip()",
      "torchvision's 'RandomHorizontalFlip': write '.horizontalFlip(p: 0.5)' in 'augmentation'"
    ),
    (
      "let a = A.HorizontalFlip(p: 0.5)",
      "albumentations's 'HorizontalFlip': write '.horizontalFlip(p: 0.5)' in 'augmentation'"
    ),
    ("let o = optim.Adam(0.1)", "PyTorch's 'Adam': write 'optimizer: .adam(learningRate: 0.001)' in 'train'"),
    ("let d = Dense(10)", "Keras's 'Dense': write 'Linear(16, 10)': the number of inputs and of outputs"),
    ("let e = EarlyStopping(5)", "Keras's 'EarlyStopping': write 'train(…, earlyStopping: 5)'"),
    ("let r = ReduceLROnPlateau(1)", "PyTorch's 'ReduceLROnPlateau': write '.plateau(patience: 3)'"),
    (
      "let r = lr_find(model)",
      "fastai's 'lr_find': write 'learningRateFinder(model, on: data)'"
    ),
    ("model.fit(data)", "Keras's 'fit': write 'let history = train(model, on: data, epochs: 10)'"),
    (
      "model.eval()",
      "PyTorch's 'eval': not needed: 'evaluate' and 'predict' use the model in evaluation mode"
    ),
    ("let p = MaxPooling2D(2)", "Keras's 'MaxPooling2D': write 'MaxPool2d(2)'"),
    ("let b = True", "Python's 'True': write 'true'"),
    ("print(len([1]))", "Python's 'len': write 'list.count'"),
    ("let p = SELU()", "PyTorch's 'SELU': not available in Quire; 'quire describe' lists what is"),
    ("let c = Conv3d(1, 2, 3)", "PyTorch's 'Conv3d': not available in Quire; 'quire describe' lists what is"),
    ("let c = nn.Fancy(1)", "PyTorch's 'nn.Fancy': not available in Quire; 'quire describe' lists what is"),
    ("let x = np.zeros(3)", "NumPy's 'np.zeros': not available in Quire; 'quire describe' lists what is"),
    ("let s: Schedule = .StepLR(8)", "PyTorch's 'StepLR': write '.step(stepSize: 8, gamma: 0.1)'"),
    ("let h = history.history", "Keras's 'history': write 'plot(.history(history))', or 'history.epochs'"),
  ])
  func `each gets our word, once`(_ code: String, _ expected: String) {
    let found = note(on: code)
    #expect(found.messages.count == 1, "\(found.messages)")
    #expect(found.notes == [expected])
  }

  /// The author of a new layer or optimizer need not know that its name was missing.
  @Test func `a row replaces the missing name of another library`() {
    let names = ForeignNames([
      .missing("Softsign", of: "PyTorch"), .missing("PolynomialLR", of: "PyTorch"),
      .missing("SELU", of: "PyTorch"),
    ])
    let rows: [Entry] = [
      .function("Softsign", "A layer.", example: "Softsign()") { 0 },
      .staticMember("polynomial", of: Schedule.self, "A schedule.", example: ".polynomial()") { .constant },
    ]
    let resolved = names.resolved(with: rows, endings: ["Schedule": "LR"])
    let notes = resolved.all.map(\.note)
    #expect(
      notes == [
        "PyTorch's 'Softsign': write 'Softsign'", "PyTorch's 'PolynomialLR': write '.polynomial'",
        "PyTorch's 'SELU': not available in Quire; 'quire describe' lists what is",
      ])
    #expect(resolved["softsign"]?.rows == ["Softsign"])
  }

  @Test(arguments: [
    // Names that only look like ours, or like variables.
    "let x = ELUX()", "let x = Conv4d(1, 2)", "print(dats2)", "let x = GLUE()", "modell()",
    "let x = BatchNorm4d(3)",
  ])
  func `no suggestion where nothing is near`(_ code: String) {
    let found = note(on: code)
    #expect(found.fixIts == [], "\(found.messages) \(found.fixIts)")
  }

  @Test(arguments: [
    ("let x = conv2D(3, 8, kernelSize: 3)", "Conv2d"), ("summry(model)", "summary"),
    ("print(histry)", "history"),
    ("let x = Conv2D(3, 8, kernelSize: 3)", "Conv2d"), ("let x = Relu()", "ReLU"),
    ("let o: Optimizer = .AdamW()", "adamW"), ("let o: Optimizer = .adam(lr: 0.1)", "learningRate"),
    ("let x = Conv2d(3, 8, kernel_size: 3)", "kernelSize"),
    ("let s: Schedule = .cosine(T_max: 3)", "tMax"), ("train(model, on: data, num_epochs: 3)", "epochs"),
  ])
  func `a slip is still corrected`(_ code: String, _ expected: String) {
    let found = note(on: code)
    #expect(found.fixIts.map(\.replacement) == [expected], "\(found.messages) \(found.notes)")
  }
}
