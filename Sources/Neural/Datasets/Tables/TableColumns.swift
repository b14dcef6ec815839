/// The columns of a table that a model reads.
public struct TableColumns: Sendable, Hashable {
  /// The names of the features, in the order of the model's inputs.
  public let features: [String]
  /// Whether each feature is standardised with the mean and standard deviation of the training rows.
  public let standardize: Bool

  /// Creates the columns.
  public init(features: [String], standardize: Bool) {
    self.features = features
    self.standardize = standardize
  }
}

/// Gives each feature of a table mean 0 and standard deviation 1 over the rows that it was fitted to (scikit-learn:
/// `StandardScaler`).
///
///     let scaling = Standardization(fittedTo: data.train)
///     scaling.mean   // one number for each feature
public struct Standardization: Sendable, Hashable {
  /// The mean of each feature.
  public let mean: [Double]
  /// The standard deviation of each feature over all rows, with the divisor n; 1 for a constant feature.
  public let std: [Double]

  /// Fits the numbers to the rows of a set.
  public init(fittedTo set: ImageSet) {
    let (rows, columns) = (set.count, set.featureCount)
    var mean = [Double](repeating: 0, count: columns)
    var squares = mean
    for index in set.features.indices { mean[index % columns] += set.features[index] / Double(rows) }
    for index in set.features.indices {
      let distance = set.features[index] - mean[index % columns]
      squares[index % columns] += distance * distance / Double(rows)
    }
    self.mean = mean
    std = zip(squares, mean).map { square, mean in
      // The mean of equal numbers may be off by a rounding error, which must not become the unit.
      let std = square.squareRoot()
      return std > 10 * mean.magnitude.ulp && std.isFinite ? std : 1
    }
  }

  /// A feature as the network's input.
  func apply(_ value: Double, column: Int) -> Float { Float((value - mean[column]) / std[column]) }
}
