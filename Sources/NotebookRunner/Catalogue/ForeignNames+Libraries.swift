import Cells

/// Names of libraries that build on PyTorch, and argument labels.
extension ForeignNames {
  private static func fastai(_ name: String, _ rows: [String], _ advice: String) -> ForeignName {
    ForeignName(name, of: "fastai", rows: rows, advice)
  }

  private static let training = "write 'train(model, on: data, epochs: 10)'"

  static let otherLibraries =
    [
      fastai(
        "fit_one_cycle", ["Schedule.oneCycle"], "write 'schedule: .oneCycle(maxLR: 0.01)' in 'train'"),
      fastai(
        "fit_flat_cos", ["Schedule.cosine"], "write 'schedule: .cosine(tMax: 50)' in 'train'"),
      fastai("fine_tune", ["loadWeights", "train"], "write 'loadWeights(…)', then 'train(…)'"),
      fastai("vision_learner", ["buildModel", "train"], "write 'buildModel(\"Name\") { … }' and 'train(…)'"),
      fastai("cnn_learner", ["buildModel", "train"], "write 'buildModel(\"Name\") { … }' and 'train(…)'"),
      fastai("Learner", ["train"], training),
      fastai("Recorder", ["Plot.history"], "write 'plot(.history(history))'"),
      fastai("aug_transforms", ["loadData"], "write 'loadData(…, augmentation: [.horizontalFlip()])'"),
      fastai("show_batch", ["showAugmentations"], "write 'showAugmentations(data)'"),
      fastai("show_results", ["misclassified"], "write 'misclassified(evaluation, on: data)'"),
      fastai("plot_top_losses", ["misclassified"], "write 'misclassified(evaluation, on: data)'"),
      fastai(
        "ClassificationInterpretation", ["confusionMatrix"], "write 'confusionMatrix(evaluation)'"),
      fastai("plot_confusion_matrix", ["confusionMatrix"], "write 'confusionMatrix(evaluation)'"),
      ForeignName("Trainer", of: "Lightning", rows: ["train"], training),
      ForeignName(
        "LightningModule", of: "Lightning", rows: ["buildModel"], "write 'buildModel(\"Name\") { … }'"),
      ForeignName("LightningDataModule", of: "Lightning", rows: ["loadData"], "write 'loadData(…)'"),
      ForeignName("seed_everything", of: "Lightning", "the front matter's 'seed' and --seed set the seed"),
      ForeignName(
        "confusion_matrix", of: "scikit-learn", rows: ["confusionMatrix"],
        "write 'confusionMatrix(evaluation)'"),
      ForeignName(
        "ConfusionMatrixDisplay", of: "scikit-learn", rows: ["confusionMatrix"],
        "write 'confusionMatrix(evaluation)'"),
      ForeignName(
        "classification_report", of: "scikit-learn", rows: ["classificationReport"],
        "write 'classificationReport(evaluation)'"),
      ForeignName(
        "precision_score", of: "scikit-learn", rows: ["Evaluation.perClassPrecision"],
        "write 'evaluation.perClassPrecision'"),
      ForeignName(
        "recall_score", of: "scikit-learn", rows: ["Evaluation.perClassRecall"],
        "write 'evaluation.perClassRecall'"),
      ForeignName(
        "f1_score", of: "scikit-learn", rows: ["Evaluation.macroF1"], "write 'evaluation.macroF1'"),
      ForeignName(
        "roc_auc_score", of: "scikit-learn", rows: ["Evaluation.rocAUC"], "write 'evaluation.rocAUC'"),
      ForeignName(
        "average_precision_score", of: "scikit-learn", rows: ["Evaluation.averagePrecision"],
        "write 'evaluation.averagePrecision'"),
      ForeignName(
        "top_k_accuracy_score", of: "scikit-learn", rows: ["Evaluation.top5Accuracy"],
        "write 'evaluation.top5Accuracy'"),
      ForeignName(
        "calibration_curve", of: "scikit-learn", rows: ["Plot.reliabilityDiagram"],
        "write 'plot(.reliabilityDiagram(evaluation))'"),
      ForeignName(
        "CalibrationDisplay", of: "scikit-learn", rows: ["Plot.reliabilityDiagram"],
        "write 'plot(.reliabilityDiagram(evaluation))'"),
      ForeignName(
        "F1Score", of: "TorchMetrics", rows: ["Evaluation.macroF1"], "write 'evaluation.macroF1'"),
      ForeignName(
        "Recall", of: "TorchMetrics", rows: ["Evaluation.perClassRecall"],
        "write 'evaluation.perClassRecall'"),
      ForeignName("AUROC", of: "TorchMetrics", rows: ["Evaluation.rocAUC"], "write 'evaluation.rocAUC'"),
      ForeignName(
        "AveragePrecision", of: "TorchMetrics", rows: ["Evaluation.averagePrecision"],
        "write 'evaluation.averagePrecision'"),
      ForeignName(
        "CalibrationError", of: "TorchMetrics", rows: ["Evaluation.expectedCalibrationError"],
        "write 'evaluation.expectedCalibrationError'"),
      keras(
        "TopKCategoricalAccuracy", ["Evaluation.top5Accuracy"], "write 'evaluation.top5Accuracy'"),
      keras("AUC", ["Evaluation.rocAUC"], "write 'evaluation.rocAUC'"),
      ForeignName(
        "accuracy_score", of: "scikit-learn", rows: ["Evaluation.accuracy"], "write 'evaluation.accuracy'"),
      ForeignName(
        "Accuracy", of: "TorchMetrics", rows: ["Evaluation.accuracy"], "write 'evaluation.accuracy'"),
      ForeignName(
        "train_test_split", of: "scikit-learn", rows: ["loadData"], "write 'loadData(…, validation: 0.1)'"),
      ForeignName(
        "StandardScaler", of: "scikit-learn", rows: ["DataSource.arrays"],
        "not needed: '.arrays(…)' standardises each feature; 'standardize: false' leaves them as they are"),
      ForeignName(
        "compute_class_weight", of: "scikit-learn", rows: ["ClassWeights.balanced"],
        "write 'classWeights: .balanced' in 'train'"),
      torch(
        "WeightedRandomSampler", ["Sampler.weighted"], "write 'loadData(…, sampler: .weighted)'"),
      ForeignName(
        "read_csv", of: "pandas", rows: ["DataSource.csv"],
        "write 'loadData(.csv(\"table.csv\", label: \"column\"))'"),
      torch(
        "TensorDataset", ["DataSource.arrays"],
        "write 'loadData(.arrays(features: [[0, 1], [1, 0]], labels: [0, 1]))'"),
      ForeignName(
        "GridSearchCV", of: "scikit-learn", "not available in Quire; 'quire sweep' tries several values"),
      ForeignName(
        "LabelSmoothingCrossEntropy", of: "timm", rows: ["Loss.crossEntropy"],
        "write 'loss: .crossEntropy(labelSmoothing: 0.1)' in 'train'"),
      ForeignName(
        "CosineLRScheduler", of: "timm", rows: ["Schedule.cosine"], "write '.cosine(tMax: 50)'"),
      ForeignName(
        "StepLRScheduler", of: "timm", rows: ["Schedule.step"], "write '.step(stepSize: 8, gamma: 0.1)'"),
      ForeignName(
        "PlateauLRScheduler", of: "timm", rows: ["Schedule.plateau"], "write '.plateau(patience: 3)'"),
      ForeignName(
        "get_cosine_schedule_with_warmup", of: "Hugging Face", rows: ["Schedule.warmup"],
        "write 'schedule: .warmup(batches: 500, then: .cosine(tMax: 48))' in 'train'"),
      ForeignName(
        "get_linear_schedule_with_warmup", of: "Hugging Face", rows: ["Schedule.warmup"],
        "write 'schedule: .warmup(batches: 500, then: .constant)' in 'train'"),
      fastai("MixUpCallback", ["Mixing.mixup"], "write '.mixup()' in 'loadData(…, mixing: […])'"),
      ForeignName(
        "FastCollateMixup", of: "timm", rows: ["Mixing.mixup"],
        "write '.mixup()' in 'loadData(…, mixing: […])'"),
      ForeignName(
        "SoftTargetCrossEntropy", of: "timm", rows: ["Loss.crossEntropy"],
        "write 'loss: .crossEntropy()' in 'train'"),
      torch("MultiplicativeLR", ["Schedule.exponential"], "write '.exponential(gamma: 0.95)'"),
      torch("cosineAnnealing", ["Schedule.cosine"], "write '.cosine(tMax: 50)'"),
      torch("mae", ["Loss.l1"], "write 'loss: .l1' in 'train'"),
      torch("float16", ["Precision.mixedBFloat16"], "write 'precision: .mixedBFloat16' in 'train'"),
      torch("bfloat16", ["Precision.mixedBFloat16"], "write 'precision: .mixedBFloat16' in 'train'"),
      torch("CIFAR", ["DataSource.cifar10"], "write '.cifar10' or '.cifar100'"),
      torch("val", ["Split.validation"], "write '.validation'"),
      torch("valid", ["Split.validation"], "write '.validation'"),
      torch("losses", ["History.epochs"], "write 'history.epochs.map(\\.trainLoss)'"),
      torch("train_losses", ["History.epochs"], "write 'history.epochs.map(\\.trainLoss)'"),
      torch("bestAccuracy", ["History.bestTestAccuracy"], "write 'history.bestTestAccuracy'"),
      torch("confusion", ["confusionMatrix"], "write 'confusionMatrix(evaluation)'"),
      torch("one_hot", [], "not needed: losses take the class of each image"),
      torch("argmax", ["predict"], "write 'predict(model, [\"a.png\"], on: data)'"),
      torch("softmax", ["Softmax"], "write the layer 'Softmax()' in the model"),
      torch("sigmoid", ["Sigmoid"], "write the layer 'Sigmoid()' in the model"),
      torch("requires_grad", ["freeze"], "write 'freeze(model, [\"block1\"])'"),
      torch("requires_grad_", ["freeze"], "write 'freeze(model, [\"block1\"])'"),
      torch("AveragedModel", ["WeightAveraging.swa"], "write 'averaging: .swa(fromEpoch: 8)' in 'train'"),
      torch("EMA", ["WeightAveraging.ema"], "write 'averaging: .ema(decay: 0.999)' in 'train'"),
      torch("update_bn", ["WeightAveraging.swa"], "not needed: 'averaging: .swa(fromEpoch: 8)' does it"),
      torch(
        "param_groups", ["ParameterGroup"],
        "write 'groups: [ParameterGroup(\"head\", learningRate: 0.01)]' in 'train'"),
      ForeignName(
        "ModelEma", of: "timm", rows: ["WeightAveraging.ema"],
        "write 'averaging: .ema(decay: 0.999)' in 'train'"),
      ForeignName(
        "ModelEmaV2", of: "timm", rows: ["WeightAveraging.ema"],
        "write 'averaging: .ema(decay: 0.999)' in 'train'"),
    ]
    + ["export", "to_fp16", "Callback"].map {
      missing($0, of: "fastai")
    }
    + [
      "Lookahead",
      "AsymmetricLossMultiLabel",
    ]
    .map { missing($0, of: "timm") }
    + [
      "FocalLoss", "focal", "bce", "dice", "hinge", "DiceLoss",
      "TripletLoss", "ContrastiveLoss", "CTCLoss", "CosineEmbeddingLoss", "PoissonNLLLoss",
      "GaussianNLLLoss", "HingeEmbeddingLoss", "SoftMarginLoss", "MarginRankingLoss", "LARS", "LAMB", "SAM",
      "Adafactor", "SparseAdam", "Rprop", "ASGD", "SWALR", "DistributedDataParallel",
      "DataParallel", "checkpoint_sequential", "cat", "stack", "einsum", "bmm", "matmul", "zeros", "ones",
      "randn",
    ].map { missing($0) }
    + ["MeanIoU"].map { missing($0, of: "TorchMetrics") }

  /// Argument labels of other libraries that need more than a new label.
  static let labelNotes =
    [
      torch("lr", ["optimizer"], "write 'optimizer: .adamW(learningRate: 0.1)'"),
      torch("learningRate", ["optimizer"], "write 'optimizer: .adamW(learningRate: 0.1)'"),
      torch("weightDecay", ["optimizer"], "write 'optimizer: .adamW(weightDecay: 0.01)'"),
      torch("momentum", ["optimizer"], "write 'optimizer: .sgd(momentum: 0.9)'"),
      torch("batchSize", ["optimizer"], "write 'loadData(…, batchSize: 64)'"),
      torch("betas", ["beta1", "beta2"], "write 'beta1: 0.9, beta2: 0.999'"),
      torch(
        "num_workers", [], "not needed: batches are prepared in the background; --threads sets the threads"),
      torch("pin_memory", [], "not needed: Quire computes on the processor"),
      torch("shuffle", [], "not needed: 'train' shuffles the training images"),
      torch("device", [], "Quire computes on the processor; --threads sets the number of threads"),
      torch("verbose", [], "not needed: the report shows the rate of each epoch; --quiet prints less"),
      torch("last_epoch", [], "not needed: a run resumes by itself"),
      torch("download", [], "write 'quire data fetch cifar10' in the terminal"),
      torch("root", [], "--data sets the folder to search for data sets"),
      torch("inplace", [], "not needed: Quire reuses memory by itself"),
      keras("activation", [], "write the activation as a layer of its own: 'ReLU()'"),
      keras("callbacks", [], "write a closure: 'train(…) { epoch in … }'"),
      keras("validation_data", [], "write 'loadData(…, validation: 0.1)'"),
      keras("metrics", [], "not needed: the loss determines the metrics"),
      keras("steps_per_epoch", [], "not needed: an epoch visits every training image once"),
      keras("input_shape", [], "write 'buildModel(\"Name\", inputSize: 32) { … }'"),
    ]
    + [
      "amsgrad", "foreach", "fused", "maximize", "capturable", "dampening", "collate_fn",
      "padding_mode",
    ]
    .map { missing($0) }
}
