import Cells
import Neural
import Steps

extension Catalogue {
  /// The verbs of a notebook, bound to a run.
  static func steps(_ run: Run) -> Group {
    Group(
      "steps", "What a notebook does",
      [
        .function(
          "loadData", "Loads labelled images and says how training is fed with them.",
          example:
            "let data = loadData(.cifar10, batchSize: 64, dropLast: true, augmentation: [.horizontalFlip()])",
          p("source", label: nil, DataSource.self, "which data set"),
          p("batchSize", Int.self, default: 64, "images a step", range: .in(1...4096)),
          p("dropLast", Bool.self, default: false, "leave out an incomplete last batch"),
          p(
            "augmentation", [Augmentation].self, default: [], defaultText: "[]",
            "applied to training images, in order"),
          p(
            "validation", Double.self, default: 0, "share of the training images held out",
            range: .in(0..<1))
        ) { source, batchSize, dropLast, augmentation, validation in
          try run.loadData(
            source, batchSize: batchSize, dropLast: dropLast, augmentation: augmentation,
            validation: validation)
        },
        .function(
          "showAugmentations", "Shows training images under each transform and under the whole pipeline.",
          example: "showAugmentations(data, count: 6)",
          p("data", label: nil, ImageData.self, "the data"),
          p("count", Int.self, default: 8, "images a row", range: .in(1...16))
        ) { data, count in
          try run.showAugmentations(data, count: count)
        },
        .function(
          "buildModel", "Builds a model from layers; shapes are checked, weights drawn from the seed.",
          example:
            "let model = buildModel(\"Tiny\") { Conv2d(3, 8, kernelSize: 3); AdaptiveAvgPool2d(1); Flatten(); Linear(8, 10); LogSoftmax() }",
          p("name", label: nil, String.self, "the model's name"),
          p("inputSize", Int.self, default: 32, "its images' sides", unit: "pixels", range: .in(1...1024)),
          builder("layers", of: "Layer", by: "LayerBuilder", "the layers, in order")
        ) { name, inputSize, layers in
          try run.buildModel(name, inputSize: inputSize, elements: layers.layers)
        },
        .function(
          "summary", "Prints layers, output shapes and parameter counts as torchsummary does.",
          example: "summary(model)", p("model", label: nil, Model.self, "the model")
        ) { model in
          try run.summary(model)
        },
        .function(
          "receptiveField", "Shows how the receptive field grows through the model.",
          example: "receptiveField(model)", p("model", label: nil, Model.self, "the model")
        ) { model in
          try run.receptiveField(model)
        },
        .function(
          "requirements", "Checks a model against the assignment's list: each line computed, pass or fail.",
          example: "requirements(model, history: history)",
          p("model", label: nil, Model.self, "the model"),
          p("history", History?.self, default: nil, "its training; without it accuracy is not judged"),
          p("maxParameters", Int.self, default: 200_000, "the model must have fewer"),
          p("minReceptiveField", Int.self, default: 44, "its receptive field must be larger", unit: "pixels"),
          p(
            "minAccuracy", Double.self, default: 0.85, "the best test accuracy must reach it",
            range: .in(0...1)
          )
        ) { model, history, parameters, field, accuracy in
          _ = try run.requirements(
            model, history: history, maxParameters: parameters, minReceptiveField: field,
            minAccuracy: accuracy)
        },
        .function(
          "train", "Trains a model; log, history.csv and checkpoints grow with every epoch.",
          example:
            "let history = train(model, on: data, epochs: 10, optimizer: .adamW(weightDecay: 1e-4), earlyStopping: 5)",
          p("model", label: nil, Model.self, "the model; its weights change"),
          p("data", label: "on", ImageData.self, "what it learns from"),
          p("epochs", Int.self, "passes over the training images", range: .in(1...)),
          p(
            "optimizer", Optimizer.self, default: .adamW(), defaultText: ".adamW()",
            "how gradients change weights"),
          p(
            "schedule", Schedule.self, default: .constant, defaultText: ".constant",
            "how the learning rate moves"),
          p("loss", Loss.self, default: .nll, defaultText: ".nll", "what is minimised"),
          p("earlyStopping", Int?.self, default: nil, "stop after so many epochs without a better accuracy"),
          p("target", Double?.self, default: nil, "test accuracy to aim at", range: .in(0...1)),
          p(
            "gradientClipping", GradientClipping?.self, default: nil, defaultText: "nil",
            "keeps gradients small"),
          p(
            "precision", Precision?.self, default: nil, defaultText: "nil",
            "numbers it is computed with; nil: the command line's --precision"),
          p(
            "onEpoch", Callback<NoValue, EpochRecord>?.self, default: nil, defaultText: "nil",
            "called after every epoch with its record; if it fails, training ends")
        ) {
          model, data, epochs, optimizer, schedule, loss, earlyStopping, target, clipping, precision, onEpoch
          in
          try run.train(
            model, on: data, epochs: epochs, optimizer: optimizer, schedule: schedule, loss: loss,
            earlyStopping: earlyStopping, target: target, gradientClipping: clipping,
            precision: precision, onEpoch: onEpoch.map { callback in { try callback($0) } })
        },
        .function(
          "evaluate", "Asks a model about every image of a split, in evaluation mode.",
          example: "let evaluation = evaluate(model, on: data)",
          p("model", label: nil, Model.self, "the model"),
          p("data", label: "on", ImageData.self, "the data"),
          p("split", Split.self, default: .test, defaultText: ".test", "which images")
        ) { model, data, split in
          try run.evaluate(model, on: data, split: split)
        },
        .function(
          "results", "Prints the published summary of a training run.", example: "results(history)",
          p("history", label: nil, History.self, "the training run")
        ) { history in
          try run.results(history)
        },
        .function(
          "plot", "Draws a plot into the report, and as PNG and SVG beside it.",
          example: "plot(.history(history))",
          p("plot", label: nil, Plot.self, "what to draw")
        ) { plot in
          try run.plot(plot)
        },
        .function(
          "compare", "Shows training runs side by side: one table, one chart, the best marked.",
          example: "compare([\"sgd\": history])",
          p("runs", label: nil, NamedHistories.self, "training runs by name, shown in their order")
        ) { runs in
          try run.compare(runs.runs)
        },
        .function(
          "confusionMatrix", "Shows which class was taken for which.", example: "confusionMatrix(evaluation)",
          p("evaluation", label: nil, Evaluation.self, "a model's answers")
        ) { evaluation in
          try run.confusionMatrix(evaluation)
        },
        .function(
          "misclassified", "Shows the wrong answers with the highest loss.",
          example: "misclassified(evaluation, on: data)",
          p("evaluation", label: nil, Evaluation.self, "a model's answers"),
          p("data", label: "on", ImageData.self, "the data they are about"),
          p("count", Int.self, default: 25, "images shown", range: .in(1...100))
        ) { evaluation, data, count in
          try run.misclassified(evaluation, on: data, count: count)
        },
        .function(
          "predict", "Asks a model about PNG images.",
          example: "let answers = predict(model, [\"cat.png\"], on: data)",
          p("model", label: nil, Model.self, "the model"),
          p("paths", label: nil, [String].self, "PNG files, seen from the notebook's folder"),
          p("data", label: "on", ImageData.self, "tells class names and normalisation")
        ) { model, paths, data in
          try run.predict(model, paths, on: data)
        },
        .function(
          "save", "Writes weights as safetensors with PyTorch's names.",
          example: "save(model, to: \"weights.safetensors\")",
          p("model", label: nil, Model.self, "the model"),
          p("path", label: "to", String.self, "a .safetensors file inside the notebook's output folder")
        ) { model, path in
          _ = try run.save(model, to: path)
        },
        .function(
          "loadWeights", "Reads weights into a model; PyTorch's safetensors files work.",
          example: "loadWeights(model, from: \"weights.safetensors\")",
          p("model", label: nil, Model.self, "the model; its weights change"),
          p(
            "path", label: "from", String.self, "a file, seen from the notebook's folder or its output folder"
          )
        ) { model, path in
          try run.loadWeights(model, from: path)
        },
      ])
  }

  /// What `plot` can draw.
  static func plots(_ run: Run) -> Group {
    Group(
      "plots", "What plot can draw",
      [
        .staticMember(
          "history", of: Plot.self, "Loss and accuracy over the epochs.", example: "plot(.history(history))",
          p("history", label: nil, History.self, "the training run")
        ) { .history($0) },
        .staticMember(
          "schedule", of: Plot.self, "The learning rate batch by batch, and at the epochs' ends.",
          example: "plot(.schedule(.cyclic(baseLR: 1e-4, maxLR: 0.01, stepSizeUp: 4)))",
          p("schedule", label: nil, Schedule.self, "the schedule"),
          p("optimizer", Optimizer.self, default: .adamW(), defaultText: ".adamW()", "where it starts"),
          p("batchesPerEpoch", Int.self, default: 1, "where the epochs end", range: .in(1...)),
          p("epochs", Int.self, default: 1, "how many ends are shown", range: .in(1...))
        ) {
          .schedule($0, optimizer: $1, batchesPerEpoch: $2, epochs: $3)
        },
        .staticMember(
          "perClassAccuracy", of: Plot.self, "The share of each class's images that got the right answer.",
          example: "plot(.perClassAccuracy(evaluation))",
          p("evaluation", label: nil, Evaluation.self, "a model's answers")
        ) { .perClassAccuracy($0) },
      ])
  }
}
