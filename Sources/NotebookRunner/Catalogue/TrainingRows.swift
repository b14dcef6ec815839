import Cells
import Neural

extension Catalogue {
  static let optimizers = Group(
    "optimizers", "How gradients change weights, as PyTorch's torch.optim",
    [
      .staticMember(
        "sgd", of: Optimizer.self, "Stochastic gradient descent, with momentum if asked for.",
        example: ".sgd(learningRate: 0.1, momentum: 0.9, nesterov: true)",
        learningRate,
        p("momentum", Double.self, default: 0, "share of the last step kept", range: .in(0..<1)), noDecay,
        p("nesterov", Bool.self, default: false, "look ahead along the momentum")
      ) { .sgd(learningRate: $0, momentum: $1, weightDecay: $2, nesterov: $3) },
      .staticMember(
        "adam", of: Optimizer.self, "Adam (Kingma and Ba, 2015).", example: ".adam(learningRate: 0.001)",
        learningRate, beta1, beta2, eps, noDecay
      ) { .adam(learningRate: $0, beta1: $1, beta2: $2, eps: $3, weightDecay: $4) },
      .staticMember(
        "adamW", of: Optimizer.self, "Adam with decoupled weight decay (Loshchilov and Hutter, 2019).",
        example: ".adamW(learningRate: 0.001, weightDecay: 1e-4)", learningRate, beta1, beta2, eps,
        p("weightDecay", Double.self, default: 0.01, "weights shrink by lr × this a step", range: .in(0...))
      ) { .adamW(learningRate: $0, beta1: $1, beta2: $2, eps: $3, weightDecay: $4) },
      .staticMember(
        "rmsProp", of: Optimizer.self, "RMSprop (Hinton, 2012).", example: ".rmsProp(learningRate: 0.01)",
        p("learningRate", Double.self, default: 0.01, "step size", range: .in(0...)),
        p("alpha", Double.self, default: 0.99, "smoothing of the squares", range: .in(0..<1)), eps, noDecay,
        p("momentum", Double.self, default: 0, "share of the last step kept", range: .in(0..<1))
      ) { .rmsProp(learningRate: $0, alpha: $1, eps: $2, weightDecay: $3, momentum: $4) },
      .staticMember(
        "norm", of: GradientClipping.self, "Limits the gradients' joint norm.", example: ".norm(1.0)",
        p("maxNorm", label: nil, Double.self, "the limit", range: .above(0))
      ) { .norm($0) },
      .staticMember(
        "value", of: GradientClipping.self, "Limits every gradient.", example: ".value(0.5)",
        p("limit", label: nil, Double.self, "the limit", range: .above(0))
      ) { .value($0) },
    ])

  static let schedules = Group(
    "schedules", "How the learning rate moves, as PyTorch's lr_scheduler",
    [
      .staticValue("constant", of: Schedule.self, "The optimizer's rate throughout.", example: ".constant") {
        .constant
      },
      .staticMember(
        "cyclic", of: Schedule.self, "Up and down between two rates, batch by batch (Smith, 2017).",
        example: ".cyclic(baseLR: 1e-4, maxLR: 0.01, stepSizeUp: 4, stepSizeDown: 4)",
        p("baseLR", Double.self, "lowest rate", range: .in(0...)),
        p("maxLR", Double.self, "highest rate", range: "above baseLR"),
        p("stepSizeUp", Int.self, default: 2000, "batches up", range: .in(1...)),
        p("stepSizeDown", Int?.self, default: nil, "batches down; stepSizeUp where nil", range: .in(1...)),
        p(
          "mode", Schedule.CyclicMode.self, default: .triangular, defaultText: ".triangular",
          "how cycles shrink"),
        p("gamma", Double.self, default: 1, "for expRange: shrinks by this a batch"),
        p("cycleMomentum", Bool.self, default: true, "move momentum (or beta1) against the rate"),
        p("baseMomentum", Double.self, default: 0.8, "momentum at the highest rate", range: .in(0..<1)),
        p("maxMomentum", Double.self, default: 0.9, "momentum at the lowest rate", range: .in(0..<1))
      ) {
        .cyclic(
          baseLR: $0, maxLR: $1, stepSizeUp: $2, stepSizeDown: $3, mode: $4, gamma: $5, cycleMomentum: $6,
          baseMomentum: $7, maxMomentum: $8)
      },
      .staticMember(
        "step", of: Schedule.self, "Falls by a factor every few epochs.",
        example: ".step(stepSize: 8, gamma: 0.1)",
        p("stepSize", Int.self, "epochs between falls", range: .in(1...)), gamma
      ) { .step(stepSize: $0, gamma: $1) },
      .staticMember(
        "multiStep", of: Schedule.self, "Falls by a factor at given epochs.",
        example: ".multiStep(milestones: [30, 40])",
        p("milestones", [Int].self, "the epochs, ascending"), gamma
      ) { .multiStep(milestones: $0, gamma: $1) },
      .staticMember(
        "exponential", of: Schedule.self, "Falls by a factor every epoch.",
        example: ".exponential(gamma: 0.95)",
        p("gamma", Double.self, "the factor", range: .above(0))
      ) { .exponential(gamma: $0) },
      .staticMember(
        "cosine", of: Schedule.self, "Falls along half a cosine (Loshchilov and Hutter, 2017).",
        example: ".cosine(tMax: 50)",
        p("tMax", Int.self, "epochs to the lowest rate", range: .in(1...)), etaMin
      ) { .cosine(tMax: $0, etaMin: $1) },
      .staticMember(
        "cosineWarmRestarts", of: Schedule.self, "Half cosines that start anew (SGDR).",
        example: ".cosineWarmRestarts(t0: 10, tMult: 2)",
        p("t0", Int.self, "epochs of the first", range: .in(1...)),
        p("tMult", Int.self, default: 1, "each is so many times longer", range: .in(1...)), etaMin
      ) { .cosineWarmRestarts(t0: $0, tMult: $1, etaMin: $2) },
      .staticMember(
        "oneCycle", of: Schedule.self, "One rise and one long fall, batch by batch (Smith and Topin, 2018).",
        example: ".oneCycle(maxLR: 0.01)",
        p("maxLR", Double.self, "highest rate", range: .in(0...)),
        p("totalSteps", Int?.self, default: nil, "batches in all; the run's where nil", range: .in(1...)),
        p("pctStart", Double.self, default: 0.3, "share spent rising", range: .in(0...1)),
        p(
          "annealStrategy", Schedule.AnnealStrategy.self, default: .cos, defaultText: ".cos",
          "shape of rise and fall"),
        p("divFactor", Double.self, default: 25, "starts at maxLR / this", range: .above(0)),
        p("finalDivFactor", Double.self, default: 1e4, "ends at the start / this", range: .above(0)),
        p("cycleMomentum", Bool.self, default: true, "move momentum (or beta1) against the rate"),
        p("baseMomentum", Double.self, default: 0.85, "momentum at the highest rate", range: .in(0..<1)),
        p("maxMomentum", Double.self, default: 0.95, "momentum at the lowest rate", range: .in(0..<1))
      ) {
        .oneCycle(
          maxLR: $0, totalSteps: $1, pctStart: $2, annealStrategy: $3, divFactor: $4, finalDivFactor: $5,
          cycleMomentum: $6, baseMomentum: $7, maxMomentum: $8)
      },
      .staticMember(
        "plateau", of: Schedule.self, "Falls when the test loss stops improving.",
        example: ".plateau(patience: 3)",
        p("mode", Schedule.PlateauMode.self, default: .min, defaultText: ".min", "what better means"),
        p("factor", Double.self, default: 0.1, "falls by this", range: .above(0, below: 1)),
        p("patience", Int.self, default: 10, "epochs without improvement borne", range: .in(0...)),
        p("threshold", Double.self, default: 1e-4, "relative improvement that counts", range: .in(0...)),
        p("cooldown", Int.self, default: 0, "epochs of rest after a fall", range: .in(0...)),
        p("minLR", Double.self, default: 0, "never below", range: .in(0...))
      ) {
        .plateau(mode: $0, factor: $1, patience: $2, threshold: $3, cooldown: $4, minLR: $5)
      },
      .staticMember(
        "custom", of: Schedule.self,
        "A function of the batch gives the learning rate (as LambdaLR, absolute).",
        example: ".custom { step in step < 100 ? 0.1 * Double(step + 1) / 100 : 0.1 }",
        p(
          "learningRate", label: nil, Callback<Double, Int>.self,
          "the rate of a batch counted from 0; may depend on nothing else", range: "finite, 0 or more")
      ) { rate in
        let place = CellContext.callSite
        return .custom(
          origin: place.map { Origin(file: $0.file, line: $0.line, column: $0.column) }
        ) { step in try rate(step) }
      },
      .staticValue(
        "triangular", of: Schedule.CyclicMode.self, "Every cycle as high as the first.",
        example: ".triangular"
      ) { .triangular },
      .staticValue(
        "triangular2", of: Schedule.CyclicMode.self, "Every cycle half as high.", example: ".triangular2"
      ) { .triangular2 },
      .staticValue(
        "expRange", of: Schedule.CyclicMode.self, "Cycles shrink by gamma a batch.", example: ".expRange"
      ) { .expRange },
      .staticValue("cos", of: Schedule.AnnealStrategy.self, "Along a cosine.", example: ".cos") { .cos },
      .staticValue("linear", of: Schedule.AnnealStrategy.self, "Along a line.", example: ".linear") {
        .linear
      },
      .staticValue("min", of: Schedule.PlateauMode.self, "Lower is better.", example: ".min") { .min },
      .staticValue("max", of: Schedule.PlateauMode.self, "Higher is better.", example: ".max") { .max },
    ])

  static let losses = Group(
    "losses", "What training minimises",
    [
      .staticValue(
        "nll", of: Loss.self, "−log p of the true class; the model ends in LogSoftmax (PyTorch: nn.NLLLoss).",
        example: ".nll"
      ) { .nll },
      .staticMember(
        "crossEntropy", of: Loss.self, "Cross-entropy on logits (PyTorch: nn.CrossEntropyLoss).",
        example: ".crossEntropy(labelSmoothing: 0.1)",
        p("labelSmoothing", Double.self, default: 0, "weight of the uniform target", range: .in(0...1))
      ) { .crossEntropy(labelSmoothing: $0) },
    ])

  static let precisions = Group(
    "precisions", "What numbers training is computed with",
    [
      .staticValue("float32", of: Precision.self, "IEEE single precision.", example: ".float32") { .float32 },
      .staticValue(
        "mixedBFloat16", of: Precision.self,
        "Products in bfloat16, sums and weights in single precision (PyTorch: autocast).",
        example: ".mixedBFloat16"
      ) { .mixedBFloat16 },
    ])

  private static let learningRate = p(
    "learningRate", Double.self, default: 0.001, "step size", range: .in(0...))
  private static let beta1 = p(
    "beta1", Double.self, default: 0.9, "smoothing of the gradient", range: .in(0..<1))
  private static let beta2 = p(
    "beta2", Double.self, default: 0.999, "smoothing of its square", range: .in(0..<1))
  private static let eps = p("eps", Double.self, default: 1e-8, "added to the root", range: .in(0...))
  private static let noDecay = p(
    "weightDecay", Double.self, default: 0, "weights are pulled to 0 by this", range: .in(0...))
  private static let gamma = p("gamma", Double.self, default: 0.1, "the factor", range: .above(0))
  private static let etaMin = p("etaMin", Double.self, default: 0, "lowest rate", range: .in(0...))
}
