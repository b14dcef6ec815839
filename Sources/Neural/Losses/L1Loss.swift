extension Loss {
  /// The mean absolute error (PyTorch: `nn.L1Loss`); its gradient at an error of 0 is 0.
  public static let l1 = Loss(L1Loss())
}

struct L1Loss: RegressionLoss {
  var description: String { ".l1" }

  func value(of error: Double) -> Double { error.magnitude }
  func slope(at error: Double) -> Double { error > 0 ? 1 : error < 0 ? -1 : error }
}
