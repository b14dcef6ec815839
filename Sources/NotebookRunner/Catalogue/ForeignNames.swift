import Cells

extension ForeignNames {
  /// The names that users of PyTorch, Keras, torchvision and albumentations type, and what to write instead.
  ///
  /// A test resolves each row against the catalogue. Names that the catalogue has too, such as `Conv2d`, are left out;
  /// a missing name that the catalogue has by now refers to its row by itself (``ForeignNames/resolved(with:endings:)``).
  static let quire = ForeignNames(
    pyTorchLayers + pyTorchTraining + keras + vision + augmentations + methods + python + networks + dataSets
      + otherLibraries,
    modules: [
      "torch": "PyTorch", "nn": "PyTorch", "F": "PyTorch", "optim": "PyTorch", "lr_scheduler": "PyTorch",
      "torchvision": "torchvision", "transforms": "torchvision", "datasets": "torchvision",
      "T": "torchvision",
      "A": "albumentations", "albumentations": "albumentations",
      "tf": "TensorFlow", "keras": "Keras", "layers": "Keras", "callbacks": "Keras", "losses": "Keras",
      "optimizers": "Keras", "models": "Keras",
      "np": "NumPy", "numpy": "NumPy", "plt": "Matplotlib", "pd": "pandas", "cv2": "OpenCV",
      "random": "Python", "timm": "timm", "fastai": "fastai", "pl": "Lightning", "sklearn": "scikit-learn",
      "torchmetrics": "TorchMetrics",
    ],
    labels: [
      "lr": ["learningRate"], "max_epochs": ["epochs"], "num_epochs": ["epochs"], "n_epochs": ["epochs"],
      "batch": ["batchSize"], "scheduler": ["schedule"], "lr_scheduler": ["schedule"], "criterion": ["loss"],
      "loss_fn": ["loss"], "opt": ["optimizer"], "patience": ["earlyStopping"],
      "validation_split": ["validation"], "val_split": ["validation"], "transform": ["augmentation"],
      "transforms": ["augmentation"], "augmentations": ["augmentation"], "prob": ["p"], "probability": ["p"],
      "clip": ["gradientClipping"], "max_grad_norm": ["gradientClipping"], "kernel": ["kernelSize"],
      "wd": ["weightDecay"], "rho": ["alpha"], "epsilon": ["eps"], "bs": ["batchSize"],
      "class_weight": ["classWeights"], "class_weights": ["classWeights"],
      "ema": ["averaging"], "swa": ["averaging"], "model_ema": ["averaging"],
      "accumulation_steps": ["accumulate"], "gradient_accumulation_steps": ["accumulate"],
      "accumulate_grad_batches": ["accumulate"], "param_groups": ["groups"], "init": ["initialisation"],
      "image_size": ["size"], "img_size": ["size"], "imgsz": ["size"],
    ],
    labelNotes: labelNotes)

  static func torch(_ name: String, _ rows: [String], _ advice: String) -> ForeignName {
    ForeignName(name, of: "PyTorch", rows: rows, advice)
  }
  static func missing(_ name: String, of library: String = "PyTorch") -> ForeignName {
    .missing(name, of: library)
  }
  static func keras(_ name: String, _ rows: [String], _ advice: String) -> ForeignName {
    ForeignName(name, of: "Keras", rows: rows, advice)
  }
  private static func torchvision(_ name: String, _ rows: [String], _ advice: String) -> ForeignName {
    ForeignName(name, of: "torchvision", rows: rows, advice)
  }

  private static let pyTorchLayers =
    [
      torch(
        "Module", ["buildModel", "Block"], "write 'buildModel(\"Name\") { … }', and 'Block' for its parts"),
      torch("ModuleList", ["Sequential"], "write 'Sequential { … }', with 'for' inside the block"),
      torch("Identity", [], "leave the layer out"),
      torch("AdaptiveAvgPool1d", ["AdaptiveAvgPool2d"], "images need 'AdaptiveAvgPool2d'"),
      torch("Hardsigmoid", ["Sigmoid"], "not available in Quire; 'Sigmoid' is"),
      torch("relu", ["ReLU"], "write the layer 'ReLU()' in the model"),
      torch("log_softmax", ["LogSoftmax"], "write the layer 'LogSoftmax()' in the model"),
      torch("max_pool2d", ["MaxPool2d"], "write the layer 'MaxPool2d(2)' in the model"),
      torch("avg_pool2d", ["AvgPool2d"], "write the layer 'AvgPool2d(2)' in the model"),
      torch("view", ["Flatten"], "write the layer 'Flatten()' in the model"),
      torch("reshape", ["Flatten"], "write the layer 'Flatten()' in the model"),
      torch("swish", ["SiLU"], "write 'SiLU()'"),
    ]
    + [
      "ELU", "SELU", "CELU", "Mish", "Softplus", "Softsign", "Hardtanh", "Threshold", "GLU",
      "Softmin",
      "Softmax2d", "Conv1d", "Conv3d", "ConvTranspose2d", "MaxPool1d", "MaxPool3d", "AvgPool1d", "AvgPool3d",
      "AdaptiveMaxPool2d", "BatchNorm3d", "InstanceNorm2d", "LayerNorm", "LocalResponseNorm", "Dropout1d",
      "Dropout3d", "AlphaDropout", "Embedding", "RNN", "LSTM", "GRU", "Transformer", "MultiheadAttention",
      "Bilinear", "Upsample", "PixelShuffle", "ZeroPad2d", "ReflectionPad2d", "Unfold", "Fold",
    ].map { missing($0) }

  private static let pyTorchTraining =
    [
      torch("Adam", ["Optimizer.adam"], "write 'optimizer: .adam(learningRate: 0.001)' in 'train'"),
      torch("AdamW", ["Optimizer.adamW"], "write 'optimizer: .adamW(learningRate: 0.001)' in 'train'"),
      torch("SGD", ["Optimizer.sgd"], "write 'optimizer: .sgd(learningRate: 0.1, momentum: 0.9)' in 'train'"),
      torch("RMSprop", ["Optimizer.rmsProp"], "write 'optimizer: .rmsProp(learningRate: 0.01)' in 'train'"),
      torch("Adamax", ["Optimizer.adamax"], "write 'optimizer: .adamax(learningRate: 0.002)' in 'train'"),
      torch("NAdam", ["Optimizer.nAdam"], "write 'optimizer: .nAdam(learningRate: 0.002)' in 'train'"),
      torch("Lion", ["Optimizer.lion"], "write 'optimizer: .lion(learningRate: 1e-4)' in 'train'"),
      torch("LinearLR", ["Schedule.warmup"], "write '.warmup(epochs: 2, then: .constant)'"),
      torch("SequentialLR", ["Schedule.warmup"], "write '.warmup(epochs: 2, then: .cosine(tMax: 48))'"),
      torch(
        "kaiming_normal_", ["WeightInitialisation.kaimingNormal"],
        "write 'buildModel(\"Net\", initialisation: .kaimingNormal(mode: .fanOut)) { … }'"),
      torch(
        "kaiming_uniform_", ["WeightInitialisation.kaimingUniform"],
        "write 'buildModel(\"Net\", initialisation: .kaimingUniform()) { … }'"),
      torch(
        "xavier_uniform_", ["WeightInitialisation.xavierUniform"],
        "write 'buildModel(\"Net\", initialisation: .xavierUniform) { … }'"),
      torch(
        "xavier_normal_", ["WeightInitialisation.xavierNormal"],
        "write 'buildModel(\"Net\", initialisation: .xavierNormal) { … }'"),
      torch(
        "dirac_", ["WeightInitialisation.dirac"],
        "write 'buildModel(\"Net\", initialisation: .dirac) { … }'"),
      torch("StepLR", ["Schedule.step"], "write '.step(stepSize: 8, gamma: 0.1)'"),
      torch("MultiStepLR", ["Schedule.multiStep"], "write '.multiStep(milestones: [30, 40])'"),
      torch("ExponentialLR", ["Schedule.exponential"], "write '.exponential(gamma: 0.95)'"),
      torch("CosineAnnealingLR", ["Schedule.cosine"], "write '.cosine(tMax: 50)'"),
      torch(
        "CosineAnnealingWarmRestarts", ["Schedule.cosineWarmRestarts"],
        "write '.cosineWarmRestarts(t0: 10, tMult: 2)'"),
      torch("OneCycleLR", ["Schedule.oneCycle"], "write '.oneCycle(maxLR: 0.01)'"),
      torch("CyclicLR", ["Schedule.cyclic"], "write '.cyclic(baseLR: 1e-4, maxLR: 0.01)'"),
      torch("ReduceLROnPlateau", ["Schedule.plateau"], "write '.plateau(patience: 3)'"),
      torch("LambdaLR", ["Schedule.custom"], "write '.custom { step in … }', which returns the rate itself"),
      torch("ConstantLR", ["Schedule.constant"], "write '.constant'"),
      torch("NLLLoss", ["Loss.nll"], "write 'loss: .nll' in 'train'"),
      torch("CrossEntropyLoss", ["Loss.crossEntropy"], "write 'loss: .crossEntropy()' in 'train'"),
      torch("cross_entropy", ["Loss.crossEntropy"], "write 'loss: .crossEntropy()' in 'train'"),
      torch("MSELoss", ["Loss.mse"], "write 'loss: .mse' in 'train'"),
      torch("L1Loss", ["Loss.l1"], "write 'loss: .l1' in 'train'"),
      torch("SmoothL1Loss", ["Loss.smoothL1"], "write 'loss: .smoothL1()' in 'train'"),
      torch("HuberLoss", ["Loss.smoothL1"], "write 'loss: .smoothL1()' in 'train'"),
      torch(
        "clip_grad_norm_", ["GradientClipping.norm"], "write 'gradientClipping: .norm(1.0)' in 'train'"),
      torch(
        "clip_grad_value_", ["GradientClipping.value"], "write 'gradientClipping: .value(0.5)' in 'train'"),
      torch("DataLoader", ["loadData"], "write 'loadData(.cifar10, batchSize: 64)'; it shuffles and batches"),
      torch("random_split", ["loadData"], "write 'loadData(…, validation: 0.1)'"),
      torch("Dataset", ["loadData"], "write 'loadData(…)'"),
      torch("autocast", ["Precision.mixedBFloat16"], "write 'precision: .mixedBFloat16' in 'train'"),
      torch("GradScaler", ["Precision.mixedBFloat16"], "write 'precision: .mixedBFloat16' in 'train'"),
      torch("manual_seed", [], "the front matter's 'seed' and --seed set the seed"),
      torch("no_grad", ["evaluate"], "not needed: 'evaluate' and 'predict' compute no gradients"),
      torch("device", [], "Quire computes on the processor; --threads sets the number of threads"),
      torch("cuda", [], "Quire computes on the processor; --threads sets the number of threads"),
      torch("tensor", [], "cells have no tensors; models are trained and evaluated by steps"),
      torch("load", ["loadWeights"], "write 'loadWeights(model, from: \"….safetensors\")'"),
      torch("summary", ["summary"], "write 'summary(model)'"),
      ForeignName(
        "lr_find", of: "fastai", rows: ["learningRateFinder"], "write 'learningRateFinder(model, on: data)'"),
      torch("LRFinder", ["learningRateFinder"], "write 'learningRateFinder(model, on: data)'"),
      torch("lrFinder", ["learningRateFinder"], "write 'learningRateFinder(model, on: data)'"),
      torch("GradCAM", ["explain"], "write 'explain(model, on: data)'"),
    ]
    + [
      "Adadelta", "Adagrad", "RAdam", "LBFGS", "PolynomialLR",
      "ChainedScheduler", "BCELoss", "BCEWithLogitsLoss", "KLDivLoss", "TripletMarginLoss", "MultiMarginLoss",
    ].map { missing($0) }

  private static let keras =
    [
      keras("Dense", ["Linear"], "write 'Linear(16, 10)': the number of inputs and of outputs"),
      keras("Conv2D", ["Conv2d"], "write 'Conv2d(3, 32, kernelSize: 3)'"),
      keras("DepthwiseConv2D", ["Conv2d"], "write 'Conv2d(32, 32, kernelSize: 3, groups: 32)'"),
      keras(
        "SeparableConv2D", ["DepthwiseSeparableConv2d"],
        "write 'DepthwiseSeparableConv2d(3, 32, kernelSize: 3)'"),
      keras("MaxPooling2D", ["MaxPool2d"], "write 'MaxPool2d(2)'"),
      keras("MaxPool2D", ["MaxPool2d"], "write 'MaxPool2d(2)'"),
      keras("AveragePooling2D", ["AvgPool2d"], "write 'AvgPool2d(2)'"),
      keras("GlobalAveragePooling2D", ["AdaptiveAvgPool2d"], "write 'AdaptiveAvgPool2d(1); Flatten()'"),
      keras("BatchNormalization", ["BatchNorm2d"], "write 'BatchNorm2d(32)': the number of channels"),
      keras("GroupNormalization", ["GroupNorm"], "write 'GroupNorm(8, 64)'"),
      keras("SpatialDropout2D", ["Dropout2d"], "write 'Dropout2d(0.1)'"),
      keras("Activation", ["ReLU"], "write the layer itself: 'ReLU()', 'Sigmoid()', 'Softmax()'"),
      keras("InputLayer", ["buildModel"], "write 'buildModel(\"Name\", inputSize: 32) { … }'"),
      keras("EarlyStopping", ["train"], "write 'train(…, earlyStopping: 5)'"),
      keras("ModelCheckpoint", ["train"], "'train' saves the best and the last weights"),
      keras(
        "LearningRateScheduler", ["Schedule.custom"], "write 'schedule: .custom { step in … }' in 'train'"),
      keras("CosineDecay", ["Schedule.cosine"], "write '.cosine(tMax: 50)'"),
      keras("ExponentialDecay", ["Schedule.exponential"], "write '.exponential(gamma: 0.95)'"),
      keras("PiecewiseConstantDecay", ["Schedule.multiStep"], "write '.multiStep(milestones: [30, 40])'"),
      keras("CSVLogger", ["train"], "'train' writes history.csv"),
      keras(
        "TensorBoard", [], "not available in Quire; the report has the curves, and history.csv the numbers"),
      keras(
        "CategoricalCrossentropy", ["Loss.crossEntropy"], "write 'loss: .crossEntropy()' in 'train'"),
      keras(
        "SparseCategoricalCrossentropy", ["Loss.crossEntropy"], "write 'loss: .crossEntropy()' in 'train'"),
      keras("MeanSquaredError", ["Loss.mse"], "write 'loss: .mse' in 'train'"),
      keras("MeanAbsoluteError", ["Loss.l1"], "write 'loss: .l1' in 'train'"),
      keras("Huber", ["Loss.smoothL1"], "write 'loss: .smoothL1()' in 'train'"),
      keras("ImageDataGenerator", ["loadData"], "write 'loadData(…, augmentation: [.horizontalFlip()])'"),
      keras("load_model", ["loadWeights"], "write 'loadWeights(model, from: \"….safetensors\")'"),
    ]
    + ["GlobalMaxPooling2D", "LayerNormalization", "UpSampling2D", "Concatenate"].map {
      missing($0, of: "Keras")
    }

  private static let vision =
    [
      torchvision("CIFAR10", ["DataSource.cifar10"], "write 'loadData(.cifar10)'"),
      torchvision("CIFAR100", ["DataSource.cifar100"], "write 'loadData(.cifar100)'"),
      torchvision("MNIST", ["DataSource.mnist"], "write 'loadData(.mnist)'"),
      torchvision("FashionMNIST", ["DataSource.fashionMNIST"], "write 'loadData(.fashionMNIST)'"),
      torchvision("KMNIST", ["DataSource.kmnist"], "write 'loadData(.kmnist)'"),
      torchvision(
        "Grayscale", ["ColorMode.grayscale"],
        "write 'loadData(.imageFolder(\"folder\", colorMode: .grayscale))'"),
      torchvision("ImageFolder", ["DataSource.imageFolder"], "write 'loadData(.imageFolder(\"folder\"))'"),
      torchvision("Compose", ["loadData"], "write a list: 'loadData(…, augmentation: [.horizontalFlip()])'"),
      torchvision("Resize", ["DataSource.imageFolder"], "write '.imageFolder(\"folder\", size: 32)'"),
    ]

  private static func python(_ name: String, _ advice: String) -> ForeignName {
    ForeignName(name, of: "Python", advice)
  }

  private static let python = [
    python("True", "write 'true'"), python("False", "write 'false'"), python("None", "write 'nil'"),
    python("len", "write 'list.count'"), python("range", "write '0..<10'"),
    python("str", "write 'String(x)'"),
    python("int", "write 'Int(x)'"), python("float", "write 'Double(x)'"), python("bool", "write 'Bool(x)'"),
    python("enumerate", "write 'list.enumerated()'"), python("sorted", "write 'list.sorted()'"),
    python("sum", "write 'list.reduce(0, +)'"), python("reversed", "write 'list.reversed()'"),
    python("open", "cells read no files; 'loadData' and 'loadWeights' do"),
    python("exit", "not available in Quire; a failing step ends the run"),
    python("input", "not available in Quire; '-p NAME=VALUE' sets parameters"),
  ]

  /// Methods of models, histories and optimizers.
  private static let methods = [
    keras("fit", ["train"], "write 'let history = train(model, on: data, epochs: 10)'"),
    keras(
      "compile", ["train"], "'train' takes the optimizer and the loss: 'train(model, on: data, epochs: 10)'"),
    keras("evaluate", ["evaluate"], "write 'evaluate(model, on: data)'"),
    keras("predict", ["predict"], "write 'predict(model, [\"a.png\"], on: data)'"),
    keras("save", ["save"], "write 'save(model, to: \"weights.safetensors\")'"),
    keras("save_weights", ["save"], "write 'save(model, to: \"weights.safetensors\")'"),
    keras("load_weights", ["loadWeights"], "write 'loadWeights(model, from: \"….safetensors\")'"),
    keras("history", ["Plot.history"], "write 'plot(.history(history))', or 'history.epochs'"),
    torch("eval", ["evaluate"], "not needed: 'evaluate' and 'predict' use the model in evaluation mode"),
    torch("train", ["train"], "write 'train(model, on: data, epochs: 10)'"),
    torch("forward", ["evaluate"], "not needed: 'train' and 'evaluate' call the model"),
    torch("backward", ["train"], "not needed: 'train' computes the gradients"),
    torch("zero_grad", ["train"], "not needed: 'train' computes the gradients"),
    torch("step", ["train"], "not needed: 'train' updates the weights and the learning rate"),
    torch("parameters", ["Model.parameterCount"], "write 'model.parameterCount' for their number"),
    torch("state_dict", ["save"], "write 'save(model, to: \"weights.safetensors\")'"),
    torch("load_state_dict", ["loadWeights"], "write 'loadWeights(model, from: \"….safetensors\")'"),
    torchvision("classes", ["ImageData.classNames"], "write 'data.classNames'"),
    torchvision("class_to_idx", ["ImageData.classNames"], "write 'data.classNames.firstIndex(of: \"cat\")'"),
    torch("to", [], "not needed: Quire computes on the processor; --threads sets the number of threads"),
  ]
}
