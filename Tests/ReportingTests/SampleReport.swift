import Foundation
import Testing
import TrainingRecords

@testable import Reporting

/// A report like the assignment's, with the published log and generated images, used by the tests.
///
/// `QUIRE_SAMPLE=DIR swift test` writes it to DIR for inspection.
enum SampleReport {
  static let log: TrainingLog = {
    let text = fixture("training.log")
    var rows: [EpochRecord] = []
    for line in text.split(separator: "\n") {
      // Epoch  1/50 | Train: 1.9341 (24.89%) | Test: 1.6645 (36.65%) | LR: 0.007525 | Time: 46.6s
      if line.hasPrefix("Epoch") {
        let numbers = line.split { !"0123456789.".contains($0) }.compactMap { Double($0) }
        guard numbers.count == 8 else { continue }
        rows.append(
          EpochRecord(
            epoch: Int(numbers[0]), trainLoss: numbers[2], trainAccuracy: numbers[3] / 100,
            testLoss: numbers[4], testAccuracy: numbers[5] / 100, learningRate: numbers[6],
            seconds: numbers[7], isBest: false))
      } else if line.contains("New best"), !rows.isEmpty {
        rows[rows.count - 1].isBest = true
      }
    }
    return TrainingLog(rows: rows, text: text)
  }()

  static let classes = [
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
  ]

  static let history = TrainingHistoryChart(rows: log.rows, target: 0.85)
    .figure(name: "train_history", caption: "Loss and accuracy over 50 epochs.")

  static let schedule: Figure = {
    let phase = (0..<40).map { step -> Double in
      let x = Double(step % 8)
      return x <= 4 ? x / 4 : (8 - x) / 4
    }
    return ScheduleChart(
      learningRates: phase.map { 1e-4 + 0.0099 * $0 }, momenta: phase.map { 0.9 - 0.1 * $0 },
      epochEnds: log.rows.map(\.learningRate), momentumName: "beta1"
    ).figure(name: "cyclic_lr", caption: "The first 40 batches, and the rate that each epoch ends with.")
  }()

  static let perClass = BarChart(
    title: "Accuracy by class", axis: Axis("test accuracy", unit: "%"),
    bars: zip(classes, [88.1, 94.3, 80.2, 71.6, 86.0, 79.9, 91.2, 89.5, 93.4, 92.8]).map { Bar($0, $1) },
    limit: 100
  ).figure(name: "per_class", caption: "Cats are hardest.")

  static let matrix: ConfusionMatrix = {
    var counts = (0..<10).map { row in (0..<10).map { column in (row * 7 + column * 13) % 11 } }
    counts[3][5] = 132
    counts[5][3] = 118
    counts[0][8] = 41
    for row in 0..<10 {
      counts[row][row] = 1000 - counts[row].enumerated().filter { $0.0 != row }.map(\.1).reduce(0, +)
    }
    return ConfusionMatrix(classes: classes, counts: counts)
  }()

  /// A drawn shape on a gradient, not a photograph of any data set.
  static func picture(_ seed: Int, brightness: Double = 1, flipped: Bool = false, hole: Bool = false)
    -> PixelImage
  {
    var pixels: [UInt8] = []
    for y in 0..<32 {
      for column in 0..<32 {
        let x = flipped ? 31 - column : column
        let dx = Double(x - 10 - seed % 9)
        let dy = Double(y - 12 - seed % 7)
        let isInside = seed % 2 == 0 ? dx * dx + dy * dy < 60 : abs(dx) + abs(dy) < 10
        let noise = Double((x * 31 + y * 17 + seed * 101) % 23)
        var color = [90 + Double(y) * 3, 120 + Double(x) * 2, 150 + Double(seed * 37 % 90)]
        if isInside { color = [Double(seed * 53 % 200) + 40, Double(seed * 97 % 200) + 30, 60] }
        let isHole = hole && (8..<24).contains(x) && (6..<22).contains(y)
        for channel in color {
          pixels.append(isHole ? 0 : UInt8(min(255, max(0, (channel + noise) * brightness))))
        }
      }
    }
    return PixelImage(width: 32, height: 32, pixels: pixels)!
  }

  static let augmentations = Gallery(
    caption: "Each transform alone, then the whole pipeline.",
    rows: [
      GalleryRow("Original", (0..<8).map { GalleryImage(picture($0), caption: classes[$0]) }),
      GalleryRow(
        "horizontalFlip(p: 0.5)",
        (0..<8).map {
          GalleryImage(
            picture($0, flipped: $0 % 2 == 0), caption: $0 % 2 == 0 ? "flipped" : "unchanged",
            alt: "\(classes[$0]), \($0 % 2 == 0 ? "flipped" : "unchanged")")
        }),
      GalleryRow(
        "randomBrightnessContrast(0.2, 0.2, p: 0.5)",
        (0..<8).map {
          GalleryImage(picture($0, brightness: 0.8 + Double($0) * 0.06), caption: "α 1.0\($0), β -0.1\($0)")
        }),
      GalleryRow("coarseDropout", (0..<8).map { GalleryImage(picture($0, hole: true), caption: "(8, 6)") }),
    ])

  static let requirements = [
    Requirement("Parameters", required: "< 200,000", found: "199,368", passed: true),
    Requirement("Receptive field", required: "> 44", found: "49", passed: true),
    Requirement("No max pooling", required: "0 layers", found: "0 layers", passed: true),
    Requirement("Depthwise-separable convolution", required: "used", found: "6 layers", passed: true),
    Requirement("Test accuracy", required: "≥ 85%", found: "87.02%", passed: true),
    Requirement("Best epoch among the last ten of a longer run", required: "yes", found: "–", passed: nil),
    Requirement("Accuracy of every class", required: "≥ 80%", found: "cat 71.6%", passed: false),
  ]

  static func tokens(_ source: String) -> [CodeToken] {
    // Approximate highlighting, just for appearance; the real one uses the parser.
    let keywords: Set<Substring> = [
      "let", "var", "if", "else", "for", "in", "func", "true", "false", "return",
    ]
    var out: [CodeToken] = []
    for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.drop(while: { $0 == " " }).hasPrefix("//") {
        out.append(CodeToken(String(line), .comment))
      } else {
        var rest = line
        while let first = rest.first {
          if first.isLetter {
            let word = rest.prefix { $0.isLetter || $0.isNumber }
            rest = rest.dropFirst(word.count)
            out.append(
              CodeToken(
                String(word),
                keywords.contains(word)
                  ? .keyword
                  : first.isUppercase
                    ? .type : rest.first == "(" ? .function : rest.first == ":" ? .label : .plain))
          } else if first.isNumber {
            let word = rest.prefix { $0.isNumber || $0 == "." || $0 == "e" || $0 == "-" || $0 == "_" }
            rest = rest.dropFirst(word.count)
            out.append(CodeToken(String(word), .number))
          } else if first == "\"" {
            let word = rest.prefix(1) + rest.dropFirst().prefix { $0 != "\"" } + "\""
            rest = rest.dropFirst(word.count)
            out.append(CodeToken(String(word), .string))
          } else {
            out.append(CodeToken(String(first)))
            rest = rest.dropFirst()
          }
        }
      }
      out.append(CodeToken("\n"))
    }
    return Array(out.dropLast())
  }

  static let report: Report = {
    var report = Report(
      title: "CIFAR-10 with depthwise-separable and dilated convolutions", author: "Ada Example",
      date: "2 October 2025",
      description: "A network of fewer than 200,000 parameters, trained for 50 epochs, and what came of it.",
      verdict: Verdict(
        .passed,
        "87.02% at epoch 48, met the 85% target, 199,368 parameters, 38 min on 2 cores"))
    report.tiles = [
      Tile("Best test accuracy", "87.02%", note: "epoch 48"),
      Tile("Last 10 epochs", "86.00%", note: "± 0.55 (sd)"),
      Tile("Parameters", "199,368", note: "of 200,000"),
      Tile("Receptive field", "49 px", note: "79 with pooling"),
      Tile("Training time", "38 min 48 s", note: "46.6 s an epoch"),
    ]
    report.requirements = requirements
    func prose(_ html: String, _ headings: [Heading] = []) -> ReportSection {
      .prose(html: html, headings: headings)
    }
    report.sections = [
      prose(
        """
        <h2 id="objective">Objective</h2>
        <p>Reach <strong>85%</strong> test accuracy on CIFAR-10 with fewer than 200,000 parameters, \
        a receptive field above 44 pixels and <em>no max pooling</em>. The network uses \
        <a href="#architecture">depthwise-separable and dilated convolutions</a>; its receptive field \
        grows as <code>7 → 13 → 25 → 49</code>, and it must stay small.</p>
        <ul><li>four blocks, joined by 1×1 convolutions;</li><li>global average pooling before the \
        classifier;</li><li>trained with AdamW under a cyclic learning rate.</li></ul>
        """, [Heading(level: 2, text: "Objective", id: "objective")]),
      .cell(
        CellView(
          anchor: "parameters", label: "parameters",
          code: tokens("let epochs = 50\nlet batchSize = 64\nlet dropout = 0.05"), seconds: 0.0004)),
      prose(
        """
        <h2 id="data">Data and augmentation</h2>
        <p>Each training image is padded, cropped, flipped, moved and recoloured; a black square hides \
        a quarter of it.</p>
        <h3 id="gallery-heading">What the transforms do</h3>
        """,
        [
          Heading(level: 2, text: "Data and augmentation", id: "data"),
          Heading(level: 3, text: "What the transforms do", id: "gallery-heading"),
        ]),
      .cell(
        CellView(
          anchor: "augmentations", label: "augmentations",
          code: tokens(
            """
            // The assignment's pipeline, in its order.
            let data = loadData(.cifar10, batchSize: 64, dropLast: true, augmentation: [
              .padIfNeeded(minHeight: 36, minWidth: 36), .randomCrop(32, 32), .horizontalFlip(p: 0.5),
              .shiftScaleRotate(shiftLimit: 0.1, scaleLimit: 0.1, rotateLimit: 15, p: 0.5),
              .randomBrightnessContrast(0.2, 0.2, p: 0.5),
            ])
            showAugmentations(data, count: 8)
            """), status: .restored, captionLabel: "Figure 1",
          blocks: [
            .message(
              .warning,
              "Real CIFAR-10 was not found; the embedded data set is used. Run quire data fetch cifar10."),
            .gallery(augmentations),
          ])),
      prose(
        """
        <h2 id="architecture">Architecture</h2>
        <p>Four blocks; the table gives their channels.</p>
        <table><thead><tr><th>Block</th><th>Convolution</th><th>Channels</th></tr></thead><tbody>
        <tr><td>1</td><td>depthwise separable</td><td>3→32→64→128</td></tr>
        <tr><td>2</td><td>depthwise separable</td><td>32→32→64→128</td></tr>
        <tr><td>3</td><td>dilation 2</td><td>32→32→64→128</td></tr></tbody></table>
        """, [Heading(level: 2, text: "Architecture", id: "architecture")]),
      .cell(
        CellView(
          anchor: "model", label: "model",
          code: tokens(
            """
            let model = buildModel("CIFAR10Net") {
              Block("block1") {
                DepthwiseSeparableConv2d(3, 32, kernelSize: 3, padding: 1)
                BatchNorm2d(32)
                ReLU()
                Dropout2d(0.05)
              }
              Conv2d(128, 32, kernelSize: 1)
              BatchNorm2d(32)
              ReLU()
              AdaptiveAvgPool2d(1)
              Flatten()
              Linear(16, 10)
              LogSoftmax()
            }
            summary(model)
            """), showsLineNumbers: true, seconds: 0.012,
          blocks: [.preformatted(title: "Model summary", text: fixture("summary.txt"))])),
      .listing(language: "sh", code: "quire run notebooks/cifar10.md -p epochs=1\n"),
      .cell(
        CellView(
          anchor: "requirements-cell", label: "requirements", code: tokens("requirements(model)"),
          fold: .never,
          seconds: 0.01, captionLabel: nil, blocks: [.checklist(requirements)])),
      prose(
        "<h2 id=\"schedule\">Learning rate</h2>\n<p>Up and down in eight batches.</p>",
        [Heading(level: 2, text: "Learning rate", id: "schedule")]),
      .cell(
        CellView(
          anchor: "fig-schedule", label: "fig-schedule", code: tokens("plot(schedule)"), seconds: 0.03,
          captionLabel: "Figure 2", blocks: [.figure(schedule)])),
      prose(
        "<h2 id=\"training\">Training</h2>\n<p>Fifty epochs of 781 batches.</p>",
        [Heading(level: 2, text: "Training", id: "training")]),
      .cell(
        CellView(
          anchor: "tbl-training", label: "tbl-training",
          code: tokens(
            "let history = train(model, on: data, epochs: epochs, optimizer: .adamW(learningRate: 0.001))"),
          seconds: 2328, captionLabel: "Table 1",
          blocks: [
            .message(.success, "Best test accuracy 87.02% at epoch 48."), .trainingLog(log),
            .facts([
              Fact("Best test accuracy", "87.02%", note: "epoch 48"), Fact("Train-test gap", "-3.77%"),
            ]),
          ])),
      .cell(
        CellView(
          anchor: "fig-history", label: "fig-history", code: tokens("plot(history)"), seconds: 0.05,
          captionLabel: "Figure 3", blocks: [.figure(history)])),
      prose(
        "<h2 id=\"errors\">Where it errs</h2>", [Heading(level: 2, text: "Where it errs", id: "errors")]),
      .cell(
        CellView(
          anchor: "fig-classes", label: "fig-classes", showsCode: false, seconds: 0.02,
          captionLabel: "Figure 4", blocks: [.figure(perClass)])),
      .cell(
        CellView(
          anchor: "tbl-confusion", label: "tbl-confusion", code: tokens("confusionMatrix(model, data)"),
          seconds: 3.9, blocks: [.confusionMatrix(matrix)])),
      .cell(
        CellView(
          anchor: "misclassified", label: "misclassified", code: tokens("misclassified(model, data)"),
          seconds: 3.9, captionLabel: "Figure 5",
          blocks: [
            .gallery(
              Gallery(
                caption: "The 25 with the highest loss.",
                rows: [
                  GalleryRow(
                    nil,
                    (0..<25).map {
                      GalleryImage(
                        picture($0 + 11),
                        caption: "\(classes[$0 % 10]) → \(classes[($0 * 3 + 1) % 10]), 0.9\($0 % 10)")
                    })
                ]))
          ])),
      .cell(
        CellView(
          anchor: "broken", label: "broken", code: tokens("predict(\"holiday.png\")"), status: .failed,
          seconds: 0.002,
          blocks: [
            .problem(
              """
              notebooks/cifar10.md:141:9: error: 'holiday.png' does not exist
                predict("holiday.png")
                        ^~~~~~~~~~~~~
                note: paths are relative to the notebook
              """)
          ])),
    ]
    report.provenance =
      [
        Fact("Notebook", "notebooks/cifar10.md", note: "SHA-256 9f2c…41d0"),
        Fact("Parameters", "epochs 50, batchSize 64, dropout 0.05"), Fact("Seed", "42"),
        Fact("Data", "CIFAR-10 binary", note: "50,000 + 10,000 rows, SHA-256 6d95…83ce"),
        Fact("Commit", "400525a", note: "clean"), Fact("Toolchain", "Swift 6.3.1, -O, clang -O3"),
        Fact("Machine", "x86-64, AVX-512, 2 threads"),
        Fact("Started and ended", "2025-10-02 07:22:41 – 08:01:29 UTC"),
        Fact("Command", "quire run notebooks/cifar10.md -p epochs=50"),
      ]
    report.attachments = [
      Attachment(
        "run", json: #"{"seed":42,"command":"quire run notebooks/cifar10.md","note":"</script><b>"}"#)
    ]
    return report
  }()

  static func fixture(_ name: String) -> String {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "Fixtures")
    return (try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)) ?? ""
  }
}

@Test("The sample can be written where someone wants to look at it")
func writesSample() throws {
  #expect(SampleReport.log.rows.count == 50)
  guard let folder = ProcessInfo.processInfo.environment["QUIRE_SAMPLE"] else { return }
  let url = URL(fileURLWithPath: folder)
  try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  try SampleReport.report.html().write(
    to: url.appendingPathComponent("sample.html"), atomically: true, encoding: .utf8)
  for figure in [SampleReport.history, SampleReport.schedule, SampleReport.perClass] {
    try figure.svg().write(
      to: url.appendingPathComponent("\(figure.name).svg"), atomically: true, encoding: .utf8)
    try Data(figure.png()).write(to: url.appendingPathComponent("\(figure.name).png"))
  }
}
