extension Loss {
  /// The mean squared error (PyTorch: `nn.MSELoss`).
  public static let mse = Loss(MSELoss())
}

struct MSELoss: RegressionLoss {
  var description: String { ".mse" }

  func value(of error: Double) -> Double { error * error }
  func slope(at error: Double) -> Double { 2 * error }
}
