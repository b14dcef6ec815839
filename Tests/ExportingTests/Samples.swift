import Documents
import Exporting
import Foundation
import Reporting
import Support
import Testing
import TrainingRecords

/// A notebook with everything that exports must preserve, and the results of a run.
enum Samples {
  static let notebook = #"""
    ---
    title: "Shapes: <a> & b"
    author: [Ada, Grace]
    seed: 3
    ---

    # Objective

    Prose with `code`, a [link](data/x.csv), ![a picture](pic.png), `{swift} percent(accuracy)`
    and ``{swift} names["`"]``; see @curves, not a@curves.com or `@curves`.

    > A quote with `{swift}
    > accuracy`.

    ```python
    print("a listing, @curves")
    ```

    ```swift parameters
    let epochs = 2
    ```

    ```swift no-run
    shown only
    ```

    ```swift
    //| label: training
    //| echo: false
    let history = train()
    ```

    Between.

    ````swift
    //| label: curves
    //| fig-cap: "How it went."
    plot("```")
    ````

    The end: `{swift} epochs`.

    """#

  static func document(_ text: String = notebook) throws -> Document {
    let (document, problems) = DocumentReader.read(bytes: Array(text.utf8), name: "shapes.md")
    #expect(problems.filter { $0.severity == .error }.map(\.message) == [])
    return try #require(document)
  }

  static func outputs(_ document: Document) throws -> RunOutputs {
    let lines = document.steps.map(\.range.start.line)
    let image = try #require(PixelImage(width: 2, height: 1, pixels: [255, 0, 0, 0, 255, 0]))
    let figure = LineChart(
      title: "Loss", x: Axis("epoch"), y: Axis("loss"), series: [Series("train", y: [2, 1])]
    ).figure(name: "loss", caption: "How it went.")
    func step(_ index: Int, _ status: RunOutputs.Step.Status, _ label: String?, _ blocks: [ReportBlock])
      -> RunOutputs.Step
    {
      RunOutputs.Step(line: lines[index], status: status, seconds: 1, captionLabel: label, blocks: blocks)
    }
    return RunOutputs(
      notebookSHA256: "", isFinished: true,
      steps: [
        step(0, .ran, nil, [.text("hello\n"), .message(.warning, "5 < 6 *really*")]),
        step(
          1, .ran, nil,
          [
            .table(
              Table(headers: ["a|b", "n"], alignments: [.left, .right], rows: [["x", "1"], ["<y>"]])),
            .facts([Fact("Accuracy", "50%", note: "of 10")]),
            .trainingLog(
              TrainingLog(
                rows: [
                  EpochRecord(
                    epoch: 1, trainLoss: 2, trainAccuracy: 0.5, testLoss: .nan, testAccuracy: 0.25,
                    learningRate: 0.01, seconds: 1.5, isBest: true)
                ], text: "Epoch 1/1 …\n")),
            .checklist([Requirement("Parameters", required: "< 10", found: "9", passed: true)]),
            .confusionMatrix(ConfusionMatrix(classes: ["cat", "dog"], counts: [[3, 1], [0, 4]])),
            .gallery(
              Gallery(caption: "Wrong.", rows: [GalleryRow("Row", [GalleryImage(image, caption: "cat")])])),
          ]),
        step(2, .failed, "Figure 1", [.figure(figure), .problem("shapes.md:39:1: error: no\n  plot()")]),
      ], values: ["50.00%", "a_b", "0.5", "2"])
  }
}
