import Cells
import Neural

extension Catalogue {
  static let optimizers = Group(
    "optimizers", "Optimizers and gradient clipping, compatible with torch.optim",
    [
      .staticMember(
        "sgd", of: Optimizer.self, "Stochastic gradient descent with optional momentum.",
        example: ".sgd(learningRate: 0.1, momentum: 0.9, nesterov: true)",
        learningRate,
        p(
          "momentum", Double.self, default: 0, "fraction of the previous update that is kept",
          range: .in(0..<1)), noDecay,
        p("nesterov", Bool.self, default: false, "use Nesterov momentum")
      ) { .sgd(learningRate: $0, momentum: $1, weightDecay: $2, nesterov: $3) },
      .staticMember(
        "adam", of: Optimizer.self, "Adam (Kingma and Ba, 2015).", example: ".adam(learningRate: 0.001)",
        learningRate, beta1, beta2, eps, noDecay
      ) { .adam(learningRate: $0, beta1: $1, beta2: $2, eps: $3, weightDecay: $4) },
      .staticMember(
        "adamW", of: Optimizer.self, "Adam with decoupled weight decay (Loshchilov and Hutter, 2019).",
        example: ".adamW(learningRate: 0.001, weightDecay: 1e-4)", learningRate, beta1, beta2, eps,
        p(
          "weightDecay", Double.self, default: 0.01, "decoupled weight decay, scaled by the learning rate",
          range: .in(0...))
      ) { .adamW(learningRate: $0, beta1: $1, beta2: $2, eps: $3, weightDecay: $4) },
      .staticMember(
        "rmsProp", of: Optimizer.self, "RMSprop (Hinton, 2012).", example: ".rmsProp(learningRate: 0.01)",
        p("learningRate", Double.self, default: 0.01, "learning rate", range: .in(0...)),
        p("alpha", Double.self, default: 0.99, "smoothing of the squared gradient", range: .in(0..<1)), eps,
        noDecay,
        p(
          "momentum", Double.self, default: 0, "fraction of the previous update that is kept",
          range: .in(0..<1))
      ) { .rmsProp(learningRate: $0, alpha: $1, eps: $2, weightDecay: $3, momentum: $4) },
      .staticMember(
        "adamax", of: Optimizer.self, "Adam with the largest recent gradient (Kingma and Ba, 2015).",
        example: ".adamax(learningRate: 0.002)",
        p("learningRate", Double.self, default: 0.002, "learning rate", range: .in(0...)), beta1,
        p("beta2", Double.self, default: 0.999, "decay of the largest gradient", range: .in(0..<1)),
        p("eps", Double.self, default: 1e-8, "added to the size of each gradient", range: .in(0...)), noDecay
      ) { .adamax(learningRate: $0, beta1: $1, beta2: $2, eps: $3, weightDecay: $4) },
      .staticMember(
        "nAdam", of: Optimizer.self, "Adam with Nesterov momentum (Dozat, 2016).",
        example: ".nAdam(learningRate: 0.002)",
        p("learningRate", Double.self, default: 0.002, "learning rate", range: .in(0...)), beta1, beta2, eps,
        noDecay,
        p(
          "momentumDecay", Double.self, default: 0.004,
          "how fast the momentum grows from half of beta1 to beta1", range: .in(0...)),
        p(
          "decoupledWeightDecay", Bool.self, default: false,
          "apply weight decay to the parameters, as AdamW does")
      ) {
        .nAdam(
          learningRate: $0, beta1: $1, beta2: $2, eps: $3, weightDecay: $4, momentumDecay: $5,
          decoupledWeightDecay: $6)
      },
      .staticMember(
        "lion", of: Optimizer.self, "Steps of equal size by the momentum's sign (Chen et al., 2023).",
        example: ".lion(learningRate: 1e-4, weightDecay: 0.1)",
        p("learningRate", Double.self, default: 1e-4, "learning rate", range: .in(0...)), beta1,
        p("beta2", Double.self, default: 0.99, "decay of the momentum", range: .in(0..<1)),
        p(
          "weightDecay", Double.self, default: 0, "decoupled weight decay, scaled by the learning rate",
          range: .in(0...))
      ) { .lion(learningRate: $0, beta1: $1, beta2: $2, weightDecay: $3) },
      .initialiser(
        ParameterGroup.self, "Parameters with their own learning rate or weight decay.",
        example: "ParameterGroup(\"head\", learningRate: 0.01)",
        p(
          "pattern", label: nil, String.self,
          "name of a block, layer or parameter, such as block1, block1.0 or *.bias"),
        p(
          "learningRate", Double?.self, default: nil, "learning rate; nil uses the optimizer's",
          range: .in(0...)),
        p(
          "weightDecay", Double?.self, default: nil, "weight decay; nil uses the optimizer's",
          range: .in(0...))
      ) { ParameterGroup($0, learningRate: $1, weightDecay: $2) },
      .staticValue(
        "allParameters", of: DecayScope.self, "Weight decay applies to all parameters, as in PyTorch.",
        example: ".allParameters"
      ) { .allParameters },
      .staticValue(
        "weightsOnly", of: DecayScope.self,
        "Weight decay applies to weights, not to biases and normalisations.", example: ".weightsOnly"
      ) { .weightsOnly },
      .staticMember(
        "ema", of: WeightAveraging.self,
        "Exponential moving average of the weights, updated every batch (PyTorch: AveragedModel).",
        example: ".ema(decay: 0.999)",
        p(
          "decay", Double.self, default: 0.999, "share of the old average that remains after a batch",
          range: .in(0..<1))
      ) { .ema(decay: $0) },
      .staticMember(
        "swa", of: WeightAveraging.self,
        "Mean of the weights after each epoch from one on (Izmailov et al., 2018).",
        example: ".swa(fromEpoch: 8)",
        p("fromEpoch", Int.self, "first epoch in the average, counted from 1", range: .in(1...))
      ) { .swa(fromEpoch: $0) },
      .staticMember(
        "norm", of: GradientClipping.self, "Clips gradients to a maximum global norm.", example: ".norm(1.0)",
        p("maxNorm", label: nil, Double.self, "maximum norm", range: .above(0))
      ) { .norm($0) },
      .staticMember(
        "value", of: GradientClipping.self, "Clips each gradient to a range.", example: ".value(0.5)",
        p("limit", label: nil, Double.self, "maximum absolute value", range: .above(0))
      ) { .value($0) },
    ])

  static let schedules = Group(
    "schedules", "Learning-rate schedules, compatible with torch.optim.lr_scheduler",
    [
      .staticValue(
        "constant", of: Schedule.self, "Keeps the optimizer's learning rate.", example: ".constant"
      ) {
        .constant
      },
      .staticMember(
        "cyclic", of: Schedule.self, "Cycles between two rates, updated every batch (Smith, 2017).",
        example: ".cyclic(baseLR: 1e-4, maxLR: 0.01, stepSizeUp: 4, stepSizeDown: 4)",
        p("baseLR", Double.self, "minimum rate", range: .in(0...)),
        p("maxLR", Double.self, "maximum rate", range: "above baseLR"),
        p("stepSizeUp", Int.self, default: 2000, "number of batches in the rising half", range: .in(1...)),
        p(
          "stepSizeDown", Int?.self, default: nil,
          "number of batches in the falling half; nil uses stepSizeUp",
          range: .in(1...)),
        p(
          "mode", Schedule.CyclicMode.self, default: .triangular, defaultText: ".triangular",
          "how the amplitude changes from cycle to cycle"),
        p("gamma", Double.self, default: 1, "factor per batch for .expRange", range: .above(0)),
        p("cycleMomentum", Bool.self, default: true, "cycle momentum (or beta1) inversely to the rate"),
        p("baseMomentum", Double.self, default: 0.8, "momentum at the maximum rate", range: .in(0..<1)),
        p("maxMomentum", Double.self, default: 0.9, "momentum at the minimum rate", range: .in(0..<1))
      ) {
        .cyclic(
          baseLR: $0, maxLR: $1, stepSizeUp: $2, stepSizeDown: $3, mode: $4, gamma: $5, cycleMomentum: $6,
          baseMomentum: $7, maxMomentum: $8)
      },
      .staticMember(
        "step", of: Schedule.self, "Multiplies the rate by gamma every stepSize epochs.",
        example: ".step(stepSize: 8, gamma: 0.1)",
        p("stepSize", Int.self, "epochs between changes", range: .in(1...)), gamma
      ) { .step(stepSize: $0, gamma: $1) },
      .staticMember(
        "multiStep", of: Schedule.self, "Multiplies the rate by gamma at given epochs.",
        example: ".multiStep(milestones: [30, 40])",
        p("milestones", [Int].self, "epochs in ascending order", range: .in(0...)), gamma
      ) { .multiStep(milestones: $0, gamma: $1) },
      .staticMember(
        "exponential", of: Schedule.self, "Multiplies the rate by gamma every epoch.",
        example: ".exponential(gamma: 0.95)",
        p("gamma", Double.self, "factor", range: .above(0))
      ) { .exponential(gamma: $0) },
      .staticMember(
        "cosine", of: Schedule.self, "Lowers the rate along half a cosine (Loshchilov and Hutter, 2017).",
        example: ".cosine(tMax: 50)",
        p("tMax", Int.self, "epochs until the minimum rate", range: .in(1...)), etaMin
      ) { .cosine(tMax: $0, etaMin: $1) },
      .staticMember(
        "cosineWarmRestarts", of: Schedule.self, "Half cosines with warm restarts (SGDR).",
        example: ".cosineWarmRestarts(t0: 10, tMult: 2)",
        p("t0", Int.self, "epochs until the first restart", range: .in(1...)),
        p(
          "tMult", Int.self, default: 1, "growth factor of the cycle length",
          range: .in(1...)), etaMin
      ) { .cosineWarmRestarts(t0: $0, tMult: $1, etaMin: $2) },
      .staticMember(
        "oneCycle", of: Schedule.self,
        "One rise and one longer fall, updated every batch (Smith and Topin, 2017).",
        example: ".oneCycle(maxLR: 0.01)",
        p("maxLR", Double.self, "maximum rate", range: .in(0...)),
        p(
          "totalSteps", Int?.self, default: nil, "total number of batches; nil uses the training's",
          range: .in(1...)),
        p(
          "pctStart", Double.self, default: 0.3, "fraction of the batches with a rising rate",
          range: .in(0...1)),
        p(
          "annealStrategy", Schedule.AnnealStrategy.self, default: .cos, defaultText: ".cos",
          "shape of the rise and the fall"),
        p("divFactor", Double.self, default: 25, "initial rate is maxLR / divFactor", range: .above(0)),
        p(
          "finalDivFactor", Double.self, default: 1e4, "final rate is the initial rate / finalDivFactor",
          range: .above(0)),
        p("cycleMomentum", Bool.self, default: true, "cycle momentum (or beta1) inversely to the rate"),
        p("baseMomentum", Double.self, default: 0.85, "momentum at the maximum rate", range: .in(0..<1)),
        p("maxMomentum", Double.self, default: 0.95, "momentum at the minimum rate", range: .in(0..<1))
      ) {
        .oneCycle(
          maxLR: $0, totalSteps: $1, pctStart: $2, annealStrategy: $3, divFactor: $4, finalDivFactor: $5,
          cycleMomentum: $6, baseMomentum: $7, maxMomentum: $8)
      },
      .staticMember(
        "plateau", of: Schedule.self,
        "Lowers the rate when the loss or the accuracy on the evaluated images stops improving.",
        example: ".plateau(patience: 3)",
        p(
          "mode", Schedule.PlateauMode.self, default: .min, defaultText: ".min",
          "what to watch: .min the loss, .max the accuracy"),
        p("factor", Double.self, default: 0.1, "factor for the rate", range: .above(0, below: 1)),
        p(
          "patience", Int.self, default: 10, "epochs without improvement before the rate drops",
          range: .in(0...)),
        p("threshold", Double.self, default: 1e-4, "minimum relative improvement", range: .in(0...)),
        p("cooldown", Int.self, default: 0, "epochs to wait after a drop", range: .in(0...)),
        p("minLR", Double.self, default: 0, "minimum rate", range: .in(0...))
      ) {
        .plateau(mode: $0, factor: $1, patience: $2, threshold: $3, cooldown: $4, minLR: $5)
      },
      .staticMember(
        "warmup", of: Schedule.self,
        "Raises the rate in a line, batch by batch, before another schedule (PyTorch: LinearLR and SequentialLR).",
        example: ".warmup(epochs: 2, then: .cosine(tMax: 48))",
        p("epochs", Int.self, "length of the warm-up in epochs", range: .in(1...)), warmupStart, warmedUp
      ) { .warmup(epochs: $0, from: $1, then: $2) },
      .staticMember(
        "warmup", of: Schedule.self, "A warm-up of a number of batches.",
        example: ".warmup(batches: 500, from: 0.1, then: .constant)",
        p("batches", Int.self, "length of the warm-up in batches", range: .in(1...)), warmupStart, warmedUp
      ) { .warmup(batches: $0, from: $1, then: $2) },
      .staticMember(
        "custom", of: Schedule.self,
        "Computes the learning rate of each batch with a function (like LambdaLR, but returns the rate itself, not a factor).",
        example: ".custom { batch in batch < 100 ? 0.1 * Double(batch + 1) / 100 : 0.1 }",
        p(
          "learningRate", label: nil, Callback<Double, Int>.self,
          "returns the rate of a batch (counted from 0); must depend only on its argument",
          range: "finite, 0 or more")
      ) { rate in
        let place = CellContext.callSite
        return .custom(
          origin: place.map { Origin(file: $0.file, line: $0.line, column: $0.column) }
        ) { step in try rate(step) }
      },
      .staticValue(
        "triangular", of: Schedule.CyclicMode.self, "All cycles have the same amplitude.",
        example: ".triangular"
      ) { .triangular },
      .staticValue(
        "triangular2", of: Schedule.CyclicMode.self, "The amplitude is halved after each cycle.",
        example: ".triangular2"
      ) { .triangular2 },
      .staticValue(
        "expRange", of: Schedule.CyclicMode.self, "The amplitude is multiplied by gamma every batch.",
        example: ".expRange"
      ) { .expRange },
      .staticValue("cos", of: Schedule.AnnealStrategy.self, "Follows a cosine.", example: ".cos") { .cos },
      .staticValue("linear", of: Schedule.AnnealStrategy.self, "Follows a line.", example: ".linear") {
        .linear
      },
      .staticValue(
        "min", of: Schedule.PlateauMode.self, "Watches the loss: lower is better.", example: ".min"
      ) { .min },
      .staticValue(
        "max", of: Schedule.PlateauMode.self, "Watches the accuracy: higher is better.", example: ".max"
      ) { .max },
    ])

  static let losses = Group(
    "losses", "Loss functions",
    [
      .staticValue(
        "nll", of: Loss.self,
        "Negative log-likelihood; the model must end in LogSoftmax (PyTorch: nn.NLLLoss).",
        example: ".nll"
      ) { .nll },
      .staticMember(
        "nll", of: Loss.self,
        "Negative log-likelihood with label smoothing; the model must end in LogSoftmax.",
        example: ".nll(labelSmoothing: 0.1)", labelSmoothing
      ) { .nll(labelSmoothing: $0) },
      .staticMember(
        "crossEntropy", of: Loss.self, "Cross-entropy on logits (PyTorch: nn.CrossEntropyLoss).",
        example: ".crossEntropy(labelSmoothing: 0.1)",
        p("labelSmoothing", Double.self, default: 0, uniformTarget, range: .in(0...1))
      ) { .crossEntropy(labelSmoothing: $0) },
      .staticValue(
        "mse", of: Loss.self, "Mean squared error, for regression (PyTorch: nn.MSELoss).", example: ".mse"
      ) { .mse },
      .staticValue(
        "l1", of: Loss.self, "Mean absolute error, for regression (PyTorch: nn.L1Loss).", example: ".l1"
      ) { .l1 },
      .staticMember(
        "smoothL1", of: Loss.self,
        "Squared for small errors, linear for large ones, for regression (PyTorch: nn.SmoothL1Loss).",
        example: ".smoothL1(beta: 0.1)",
        p(
          "beta", Double.self, default: 1, "error at which the loss changes from squared to linear",
          range: .in(0...))
      ) { .smoothL1(beta: $0) },
    ])

  static let classWeights = Group(
    "classWeights", "Weights of the classes in the loss",
    [
      .staticValue(
        "balanced", of: ClassWeights.self,
        "Weights inversely proportional to the classes' numbers of training images or rows (scikit-learn: balanced).",
        example: "train(model, on: data, epochs: 10, classWeights: .balanced)"
      ) { .balanced },
      .staticMember(
        "weights", of: ClassWeights.self,
        "A weight for each class, in the order of the class names (PyTorch: weight).",
        example: "train(model, on: data, epochs: 10, classWeights: .weights([1, 2.5]))",
        p("weights", label: nil, [Double].self, "a weight for each class", range: .above(0))
      ) { .weights($0) },
    ])

  static let initialisations = Group(
    "initialisations", "Initial weights, compatible with torch.nn.init",
    [
      .staticValue(
        "standard", of: WeightInitialisation.self, "PyTorch's default for layers: U(±1/√fan_in).",
        example: ".standard"
      ) { .standard },
      .staticMember(
        "kaimingUniform", of: WeightInitialisation.self,
        "Uniform weights for layers before ReLU; biases 0 (He et al., 2015).",
        example: ".kaimingUniform(mode: .fanIn)", fan
      ) { .kaimingUniform(mode: $0) },
      .staticMember(
        "kaimingNormal", of: WeightInitialisation.self,
        "Normal weights for layers before ReLU; biases 0 (He et al., 2015).",
        example: ".kaimingNormal(mode: .fanOut)", fan
      ) { .kaimingNormal(mode: $0) },
      .staticValue(
        "xavierUniform", of: WeightInitialisation.self,
        "Uniform weights for linear or symmetric activations; biases 0 (Glorot and Bengio, 2010).",
        example: ".xavierUniform"
      ) { .xavierUniform },
      .staticValue(
        "xavierNormal", of: WeightInitialisation.self,
        "Normal weights for linear or symmetric activations; biases 0 (Glorot and Bengio, 2010).",
        example: ".xavierNormal"
      ) { .xavierNormal },
      .staticValue(
        "dirac", of: WeightInitialisation.self,
        "Convolutions pass their input channels on; linear layers as .standard.", example: ".dirac"
      ) { .dirac },
      .staticValue(
        "fanIn", of: WeightInitialisation.Fan.self, "Preserves the variance of the forward pass.",
        example: ".fanIn"
      ) { .fanIn },
      .staticValue(
        "fanOut", of: WeightInitialisation.Fan.self, "Preserves the variance of the backward pass.",
        example: ".fanOut"
      ) { .fanOut },
    ])

  private static let fan = p(
    "mode", WeightInitialisation.Fan.self, default: .fanIn, defaultText: ".fanIn",
    "side of the layer whose variance is preserved")

  static let precisions = Group(
    "precisions", "Numeric precision of training",
    [
      .staticValue("float32", of: Precision.self, "IEEE single precision.", example: ".float32") { .float32 },
      .staticValue(
        "mixedBFloat16", of: Precision.self,
        "bfloat16 products; sums and weights in single precision (PyTorch: autocast).",
        example: ".mixedBFloat16"
      ) { .mixedBFloat16 },
    ])

  private static let uniformTarget = "weight of the uniform target"
  private static let labelSmoothing = p(
    "labelSmoothing", Double.self, uniformTarget, range: .in(0...1))
  private static let learningRate = p(
    "learningRate", Double.self, default: 0.001, "learning rate", range: .in(0...))
  private static let beta1 = p(
    "beta1", Double.self, default: 0.9, "smoothing of the gradient", range: .in(0..<1))
  private static let beta2 = p(
    "beta2", Double.self, default: 0.999, "smoothing of the squared gradient", range: .in(0..<1))
  private static let eps = p("eps", Double.self, default: 1e-8, "added to the denominator", range: .in(0...))
  private static let noDecay = p(
    "weightDecay", Double.self, default: 0, "L2 penalty", range: .in(0...))
  private static let warmupStart = p(
    "from", Double.self, default: Schedule.defaultWarmupStart,
    "first rate, as a fraction of the rate that the next schedule begins with", range: .in(0...1))
  private static let warmedUp = p(
    "schedule", label: "then", Schedule.self, "the next schedule; it begins after the warm-up")
  private static let gamma = p("gamma", Double.self, default: 0.1, "factor", range: .above(0))
  private static let etaMin = p("etaMin", Double.self, default: 0, "minimum rate", range: .in(0...))
}
