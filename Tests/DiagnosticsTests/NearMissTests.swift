import Diagnostics
import Testing

/// "Did you mean" suggestions.
struct NearMissTests {
  let names = ["train", "trainLoader", "evaluate", "plot", "BatchNorm2d", "BatchNorm1d"]

  @Test(
    "The name that was meant is found",
    arguments: [
      ("trian", "train"), ("tran", "train"), ("Train", "train"), ("evalaute", "evaluate"),
      ("batchnorm2D", "BatchNorm2d"),
      ("BatchNorm", "BatchNorm1d"), ("plott", "plot"), ("polt", "plot"),
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
}
