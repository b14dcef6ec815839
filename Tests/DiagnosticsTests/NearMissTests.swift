import Testing

@testable import Diagnostics

/// "Did you mean" suggestions.
struct NearMissTests {
  let names = ["train", "trainLoader", "evaluate", "plot", "BatchNorm2d", "BatchNorm1d"]

  @Test(
    "The name that was meant is found",
    arguments: [
      ("trian", "train"), ("tran", "train"), ("Train", "train"), ("evalaute", "evaluate"),
      ("batchnorm2D", "BatchNorm2d"),
      ("plott", "plot"), ("polt", "plot"),
    ])
  func found(name: String, expected: String) {
    #expect(nearMiss(of: name, among: names) == expected)
  }

  @Test(
    "A name that is near to none has no near miss",
    arguments: ["x", "", "predict", "train", "confusion", "BatchNorm3d", "slat"])
  func none(name: String) {
    #expect(nearMiss(of: name, among: names) == nil)
    #expect(nearMiss(of: name, among: [String]()) == nil)
  }

  @Test(
    "One letter off and near to nothing else is certain",
    arguments: [
      ("trian", "train", true), ("TRAIN", "train", true), ("evaluat", "evaluate", true),
      // Two different letters, another digit, two candidates at the same distance.
      ("evlaute", "evaluate", false), ("BatchNorm3d", "BatchNorm1d", false), ("plat", "plot", false),
    ])
  func certain(name: String, near: String, expected: Bool) {
    #expect(isCertainMiss(near, of: name, among: names + ["flat"]) == expected)
  }

  /// Following such a suggestion would change what the code does, and nothing would say so.
  @Test(arguments: [
    ("popLast", "dropLast"), ("lastIndex", "firstIndex"), ("hashValue", "rawValue"), ("betas", "beta1"),
    ("SEBlock", "Block"), ("lr", "l1"), ("maxLR", "minLR"), ("dropFirst", "popFirst"), ("isTrain", "isTest"),
    ("trainLoss", "testLoss"), ("inputs", "outputs"), ("upscale", "downscale"), ("fit", "fill"),
    ("--min-size", "--max-size"), ("Conv3d", "Conv2d"), ("resnet18", "resnet20"), ("SELU", "GELU"),
    ("AdaptiveMaxPool2d", "AdaptiveAvgPool2d"), ("myModel", "model"), ("rowCount", "count"),
  ])
  func `a close name with another meaning is no near miss`(name: String, other: String) {
    #expect(nearMiss(of: name, among: [other]) == nil)
    #expect(nearMiss(of: other, among: [name]) == nil)
  }

  @Test(arguments: [
    ("epoch", "epochs"), ("batch_size", "batchSize"), ("batchsise", "batchSize"), ("filtered", "filter"),
    ("MaxPool", "MaxPool2d"), ("learningrate", "learningRate"), ("dropLst", "dropLast"),
    ("firstIndx", "firstIndex"), ("--min-sise", "--min-size"), ("conv2D", "Conv2d"), ("model", "modle"),
    ("cifar.md", "cifar10.md"),
  ])
  func `a typing error is one, whatever its words mean`(name: String, meant: String) {
    #expect(nearMiss(of: name, among: [meant]) == meant)
  }

  @Test func `a name that lacks its digits means the only one that has some`() {
    #expect(nearMiss(of: "BatchNorm", among: names) == nil)
    #expect(nearMiss(of: "BatchNorm", among: ["BatchNorm2d", "Linear"]) == "BatchNorm2d")
    #expect(nearMiss(of: "beta", among: ["beta1", "beta2"]) == nil)
  }

  @Test(arguments: [
    ("maxLR", ["max", "lr"]), ("SEBlock", ["se", "block"]), ("batch_size", ["batch", "size"]),
    ("Conv2d", ["conv", "2d"]), ("CIFAR10", ["cifar", "10"]), ("l1", ["l", "1"]), ("conv2D", ["conv", "2d"]),
    ("", []), ("--to", ["to"]), ("x2data", ["x", "2", "data"]),
  ])
  func `a name has words`(name: String, words: [String]) {
    #expect(NameWords(name).words == words)
  }
}
