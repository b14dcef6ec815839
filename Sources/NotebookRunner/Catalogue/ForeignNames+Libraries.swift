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
        "get_cosine_schedule_with_warmup", of: "Hugging Face", rows: ["Schedule.custom"],
        "write 'schedule: .custom { step in … }' in 'train'"),
      ForeignName(
        "get_linear_schedule_with_warmup", of: "Hugging Face", rows: ["Schedule.custom"],
        "write 'schedule: .custom { step in … }' in 'train'"),
      torch("MultiplicativeLR", ["Schedule.exponential"], "write '.exponential(gamma: 0.95)'"),
      torch("cosineAnnealing", ["Schedule.cosine"], "write '.cosine(tMax: 50)'"),
      torch("warmup", ["Schedule.custom"], "write '.custom { step in … }', which returns the rate itself"),
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
      torch("requires_grad", [], "not available in Quire: 'train' changes all weights"),
    ]
    + ["freeze", "unfreeze", "export", "to_fp16", "MixUpCallback", "Callback"].map {
      missing($0, of: "fastai")
    }
    + [
      "ModelEma", "ModelEmaV2", "Lookahead", "FastCollateMixup", "SoftTargetCrossEntropy",
      "AsymmetricLossMultiLabel",
    ]
    .map { missing($0, of: "timm") }
    + [
      "FocalLoss", "focal", "bce", "dice", "hinge", "DiceLoss",
      "TripletLoss", "ContrastiveLoss", "CTCLoss", "CosineEmbeddingLoss", "PoissonNLLLoss",
      "GaussianNLLLoss", "HingeEmbeddingLoss", "SoftMarginLoss", "MarginRankingLoss", "LARS", "LAMB", "SAM",
      "Adafactor", "SparseAdam", "Rprop", "ASGD", "AveragedModel", "SWALR", "EMA", "DistributedDataParallel",
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
      "amsgrad", "foreach", "fused", "maximize", "capturable", "dampening", "sampler", "collate_fn",
      "padding_mode",
    ]
    .map { missing($0) }
}
