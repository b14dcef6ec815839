import Cells

extension ForeignNames {
  private static func fromParts(_ name: String, of library: String) -> ForeignName {
    ForeignName(
      name, of: library, rows: ["buildModel"],
      "not available in Quire; build it: 'buildModel(\"Name\") { … }'",
      isFamily: true)
  }

  /// Ready-made networks and their blocks; cells build them from layers.
  static let networks =
    [
      "resnet18", "resnext50_32x4d", "wide_resnet50_2", "vgg16", "vgg16_bn", "alexnet", "densenet121",
      "efficientnet_b0", "efficientnet_v2_s", "EfficientNetB0", "mobilenet_v2", "mobilenet_v3_small",
      "mobilenet_v3_large", "squeezenet1_0", "googlenet", "inception_v3", "shufflenet_v2_x1_0",
      "convnext_tiny", "regnet_y_400mf", "swin_t", "vit_b_16", "VisionTransformer", "UNet", "Xception",
      "LeNet5",
    ].map { fromParts($0, of: "torchvision") }
    + ["create_model", "list_models"].map { fromParts($0, of: "timm") }
    + ["BasicBlock", "ResBlock", "ResidualBlock"].map {
      ForeignName($0, of: "torchvision", rows: ["Residual"], "write 'Residual { … }'")
    }
    + [
      ForeignName(
        "Bottleneck", of: "torchvision", rows: ["Residual"], "write 'Residual { … }' with three convolutions"),
      ForeignName(
        "ConvNormActivation", of: "torchvision", rows: ["Conv2d", "BatchNorm2d", "ReLU"],
        "write 'Conv2d(3, 16, kernelSize: 3); BatchNorm2d(16); ReLU()'"),
      ForeignName(
        "Conv2dNormActivation", of: "torchvision", rows: ["Conv2d", "BatchNorm2d", "ReLU"],
        "write 'Conv2d(3, 16, kernelSize: 3); BatchNorm2d(16); ReLU()'"),
      ForeignName(
        "ConvBNReLU", of: "torchvision", rows: ["Conv2d", "BatchNorm2d", "ReLU"],
        "write 'Conv2d(3, 16, kernelSize: 3); BatchNorm2d(16); ReLU()'"),
      ForeignName(
        "GlobalAvgPool2d", of: "PyTorch", rows: ["AdaptiveAvgPool2d"],
        "write 'AdaptiveAvgPool2d(1); Flatten()'"),
      ForeignName(
        "GlobalAveragePool", of: "PyTorch", rows: ["AdaptiveAvgPool2d"],
        "write 'AdaptiveAvgPool2d(1); Flatten()'"),
      ForeignName(
        "SelectAdaptivePool2d", of: "timm", rows: ["AdaptiveAvgPool2d"],
        "write 'AdaptiveAvgPool2d(1); Flatten()'"),
      ForeignName("Swish", of: "timm", rows: ["SiLU"], "write 'SiLU()'"),
      ForeignName("BatchNorm", of: "PyTorch", rows: ["BatchNorm2d"], "write 'BatchNorm2d(32)' for images"),
      ForeignName("Conv", of: "PyTorch", rows: ["Conv2d"], "write 'Conv2d(3, 32, kernelSize: 3)'"),
    ]
    + [
      "SEBlock", "SELayer", "SEModule", "SqueezeExcitation", "SqueezeExcite", "CBAM", "EcaModule", "DropPath",
      "StochasticDepth", "DropBlock2d", "PatchEmbed", "Attention", "MultiHeadAttention", "Mlp",
      "PositionalEncoding", "GlobalMaxPool2d", "GlobalResponseNorm",
    ].map { missing($0, of: "timm") }

  private static func dataSet(_ name: String, of library: String = "torchvision") -> ForeignName {
    ForeignName(
      name, of: library, rows: ["DataSource.imageFolder"],
      "not available in Quire; write 'loadData(.imageFolder(\"folder\"))' for a folder of PNG or JPEG images")
  }

  static let dataSets =
    [
      "EMNIST", "QMNIST", "SVHN", "STL10", "ImageNet", "CelebA",
      "Caltech101",
      "Caltech256", "Food101", "Flowers102", "OxfordIIITPet", "StanfordCars", "EuroSAT", "GTSRB",
      "CocoDetection",
      "VOCSegmentation", "USPS", "Places365", "Imagenette", "FakeData",
    ].map { dataSet($0) }
    + [
      dataSet("image_dataset_from_directory", of: "Keras"), dataSet("flow_from_directory", of: "Keras"),
      dataSet("ImageDataLoaders", of: "fastai"), dataSet("DataBlock", of: "fastai"),
      dataSet("untar_data", of: "fastai"), dataSet("load_dataset", of: "Hugging Face"),
    ]
}
