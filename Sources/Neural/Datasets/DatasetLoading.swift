extension Dataset {
  /// Reads a data set from disk, or generates the embedded one.
  ///
  ///     let data = try Dataset.load(.cifar10, from: DatasetLocator())
  ///
  /// - Parameters:
  ///   - options: threads, a cache and progress, for image folders.
  ///   - source: the data set.
  ///   - locator: finds the files.
  /// - Throws: ``DatasetError``, ``TableError``, ``CSVError``, ``ImagePreparationError``, `FileError`; `ImageSetError`; for
  ///   image files `ImageError`.
  public static func load(
    _ source: DataSource, from locator: DatasetLocator, _ options: LoadingOptions = LoadingOptions()
  ) throws -> Dataset {
    switch source.rule {
    case .cifar(let cifar):
      return try CIFARReader(cifar: cifar, location: locator.locate(cifar)).dataset()
    case .idx(let idx):
      return try IDXReader(idx: idx, location: locator.locate(idx)).dataset()
    case .imageFolder(let path, let preparation, let mode):
      return try ImageFolder(path: locator.folder(path), preparation: preparation, colorMode: mode).dataset(
        options)
    case .arrays(let table): return try table.dataset()
    case .csv(let request): return try CSVDataset(CSVTable(request, from: locator)).dataset(options)
    case .synthetic(let train, let test, let seed, let target):
      return try .synthetic(train: train, test: test, seed: seed, target: target)
    }
  }
}
