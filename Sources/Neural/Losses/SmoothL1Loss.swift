extension Loss {
  /// Squared for errors below `beta`, linear beyond: outliers pull less than with ``mse`` (PyTorch: `nn.SmoothL1Loss`;
  /// Girshick, ICCV 2015).
  ///
  /// - Parameter beta: the error at which the two parts meet, at least 0; 0 is ``l1``.
  public static func smoothL1(beta: Double = 1) -> Loss { Loss(SmoothL1Loss(beta: beta)) }
}

struct SmoothL1Loss: RegressionLoss {
  var beta: Double

  var description: String { ".smoothL1(beta: \(beta))" }

  func validate() throws {
    guard beta >= 0, beta.isFinite else {
      throw LossError(name: "beta", expected: "a finite number, at least 0", found: beta)
    }
  }

  func value(of error: Double) -> Double {
    error.magnitude < beta ? error * error / (2 * beta) : error.magnitude - beta / 2
  }

  func slope(at error: Double) -> Double {
    error.magnitude < beta ? error / beta : error > 0 ? 1 : error < 0 ? -1 : error
  }
}
