extension DataSource {
  /// A table that the notebook has computed, for classification.
  ///
  ///     let data = try Dataset.load(.arrays(features: [[0, 1], [1, 0], [0, 2], [2, 0]], labels: [0, 1, 0, 1]), from: DatasetLocator())
  ///
  /// - Parameters:
  ///   - features: the rows; all have the same number of features.
  ///   - labels: the class of each row. The classes are the numbers that occur, in ascending order.
  ///   - test: the fraction of each class that becomes the test set, at least one row; above 0 and below 1.
  ///   - standardize: whether each feature gets mean 0 and standard deviation 1 over the training rows.
  public static func arrays(
    features: [[Double]], labels: [Int], test: Double = 0.2, standardize: Bool = true
  ) -> DataSource {
    arrays(features, .integers(labels), test, standardize)
  }

  /// The same with the names of the classes, which are sorted by name.
  public static func arrays(
    features: [[Double]], labels: [String], test: Double = 0.2, standardize: Bool = true
  ) -> DataSource {
    arrays(features, .names(labels), test, standardize)
  }

  /// A table that the notebook has computed, for regression.
  ///
  /// - Parameters:
  ///   - features: the rows; all have the same number of features.
  ///   - targets: the number to predict for each row.
  ///   - test: the fraction of the rows that becomes the test set, above 0 and below 1.
  ///   - standardize: whether each feature gets mean 0 and standard deviation 1 over the training rows. Targets are
  ///     not changed.
  public static func arrays(
    features: [[Double]], targets: [Double], test: Double = 0.2, standardize: Bool = true
  ) -> DataSource {
    arrays(features, .numbers(targets.map { [$0] }), test, standardize)
  }

  /// The same with several numbers to predict for each row.
  public static func arrays(
    features: [[Double]], targets: [[Double]], test: Double = 0.2, standardize: Bool = true
  ) -> DataSource {
    arrays(features, .numbers(targets), test, standardize)
  }

  private static func arrays(
    _ features: [[Double]], _ targets: ArrayTable.Targets, _ test: Double, _ standardize: Bool
  ) -> DataSource {
    DataSource(
      rule: .arrays(ArrayTable(features: features, targets: targets, test: test, standardize: standardize)))
  }
}
