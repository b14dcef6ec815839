extension DataSource {
  /// A CSV file (RFC 4180, UTF-8) with a header and a row for each sample.
  ///
  ///     DataSource.csv("iris.csv", label: "species")                        // all columns of numbers are features
  ///     DataSource.csv("labels.csv", images: "photos", label: "species")    // the first column names the images
  ///
  /// All rows at fault are reported with their lines: missing images, empty labels, fields that are not numbers.
  ///
  /// - Parameters:
  ///   - path: the file, relative to the working directory or to the data directory.
  ///   - images: the folder of the images; `nil` if the file has the features.
  ///   - label: the column of the classes.
  ///   - targets: the columns of the numbers to predict, instead of `label`.
  ///   - features: the columns of the features; empty for all other columns whose first value is a number.
  ///   - split: the column that says `train`, `val` or `test`; `nil` sets test rows aside.
  ///   - file: the column of the images' paths in `images`; `nil` for the first column that has no other purpose.
  ///   - test: the fraction of each class that becomes the test set, above 0 and below 1; `nil` for 0.2.
  ///   - standardize: whether each feature gets mean 0 and standard deviation 1 over the training rows.
  ///   - size: images are resized to this height and width in pixels, 1…1024; `nil` for 32.
  ///   - separator: the character between fields.
  public static func csv(
    _ path: String, images: String? = nil, label: String? = nil, targets: [String] = [],
    features: [String] = [], split: String? = nil, file: String? = nil, test: Double? = nil,
    standardize: Bool = true, size: Int? = nil, separator: String = ","
  ) -> DataSource {
    DataSource(
      rule: .csv(
        CSVTable.Request(
          path: path, images: images, label: label, targets: targets, features: features, split: split,
          file: file, test: test, standardize: standardize, size: size, separator: separator)))
  }

  /// The file of a ``csv(_:images:label:targets:features:split:file:test:standardize:size:separator:)``, its folder of
  /// images and the separator; `nil` for other sources.
  public var csv: (path: String, images: String?, separator: String)? {
    if case .csv(let request) = rule { (request.path, request.images, request.separator) } else { nil }
  }
}
