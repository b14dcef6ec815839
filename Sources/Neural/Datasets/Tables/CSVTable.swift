import Support

/// A CSV file with a row for each sample: features, or the name of an image, with a class or numbers to predict.
struct CSVTable: Sendable, Hashable {
  /// The arguments of ``DataSource/csv(_:images:label:targets:features:split:file:test:standardize:size:separator:)``.
  struct Request: Sendable, Hashable {
    var path: String
    var images: String?
    var label: String?
    var targets: [String]
    var features: [String]
    var split: String?
    var file: String?
    var test: Double?
    var standardize: Bool
    var size: Int?
    var separator: String
  }

  var request: Request
  /// The file's place.
  var path: String
  /// The place of the folder of images; `nil` if the file has the features.
  var images: String?

  /// The maximum size of a file in bytes.
  private static let byteLimit = 1 << 30
  /// The side of images without `size`, in pixels.
  static let defaultSize = 32
  /// The fraction of the test rows without `test` and without a split column.
  static let defaultTest = 0.2

  /// Finds the file and the folder of images.
  ///
  /// - Throws: ``CSVError``, ``DatasetError``.
  init(_ request: Request, from locator: DatasetLocator) throws {
    self.request = request
    path = try locator.file(request.path)
    images = try request.images.map { try locator.folder($0) }
  }

  var name: String { request.path.split(separator: "/").last.map(String.init) ?? request.path }
  var size: Int { request.size ?? Self.defaultSize }

  func failure(_ fact: CSVError.Fact) -> CSVError { CSVError(fact, file: path) }

  /// - Throws: ``CSVError`` for damaged lines, `FileError`.
  func file() throws -> CSVFile {
    guard let separator = request.separator.utf8.first, request.separator.utf8.count == 1, separator < 0x80,
      ![10, 13, UInt8(ascii: "\"")].contains(separator)
    else { throw failure(.separator(request.separator)) }
    let file = CSVFile(try FileBytes.read(path, limit: Self.byteLimit), separator: separator)
    guard file.faults.isEmpty else { throw failure(.lines(file.faults)) }
    guard file.rows.count > 1 else { throw failure(.noRows) }
    return file
  }

  /// The columns' indices by purpose.
  struct Columns {
    var label: Int?
    var targets: [Int]
    /// The features, in order; empty if there are images.
    var features: [Int]
    /// The column of the images' names.
    var images: Int?
    var split: Int?
    /// The names of columns that are not used.
    var unused: [String]
  }

  /// Finds the columns.
  ///
  /// - Throws: ``CSVError`` for a column that is missing or used twice, or arguments that exclude each other.
  func columns(of file: CSVFile) throws -> Columns {
    try checkArguments()
    var uses: [Int: String] = [:]
    func index(_ name: String, _ argument: String) throws -> Int {
      guard let index = file.header.firstIndex(of: CSVFile.trimmed(name)) else {
        throw failure(
          .noColumn(name, argument: argument, columns: file.header, separator: request.separator))
      }
      if let other = uses[index] { throw failure(.columnTwice(name, arguments: [other, argument])) }
      uses[index] = argument
      return index
    }
    var columns = Columns(targets: [], features: [], unused: [])
    columns.label = try request.label.map { try index($0, "label:") }
    columns.targets = try request.targets.map { try index($0, "targets:") }
    columns.split = try request.split.map { try index($0, "split:") }
    if images != nil {
      columns.images = try request.file.map { try index($0, "file:") } ?? firstFree(uses)
      if let column = columns.images {
        guard file.header.indices.contains(column) else {
          throw failure(
            .noColumn("file", argument: "file:", columns: file.header, separator: request.separator))
        }
        uses[column] = "file:"
      }
    } else if !request.features.isEmpty {
      columns.features = try request.features.map { try index($0, "features:") }
    } else {
      columns.features = file.header.indices.filter { uses[$0] == nil && isNumeric($0, file) }
      for column in columns.features { uses[column] = "features:" }
    }
    columns.unused = file.header.indices.filter { uses[$0] == nil }.map { file.header[$0] }
    if images == nil, columns.features.isEmpty { throw failure(.noFeatures(others: columns.unused)) }
    return columns
  }

  private func firstFree(_ uses: [Int: String]) -> Int { (0...uses.count).first { uses[$0] == nil } ?? 0 }

  private func checkArguments() throws {
    if request.label == nil, request.targets.isEmpty { throw failure(.targets(both: false)) }
    if request.label != nil, !request.targets.isEmpty { throw failure(.targets(both: true)) }
    if request.split != nil, request.test != nil { throw failure(.excluded(argument: "test:", by: "split:")) }
    if request.images == nil {
      if request.size != nil { throw failure(.excluded(argument: "size:", by: "a table without images:")) }
      if request.file != nil { throw failure(.excluded(argument: "file:", by: "a table without images:")) }
    } else if !request.features.isEmpty {
      throw failure(.excluded(argument: "features:", by: "images:"))
    }
  }

  /// Whether a column's first value is a number. Later values that are not are then faults, and not a reason to leave
  /// the column out.
  private func isNumeric(_ column: Int, _ file: CSVFile) -> Bool {
    file.rows.lazy.map { CSVFile.trimmed($0.fields[column]) }
      .first { !Self.missing.contains($0.lowercased()) }
      .map { Double($0) != nil } ?? false
  }

  /// Words for a missing value, in lower case.
  private static let missing: Set<String> = ["", "na", "n/a", "nan", "null", "none", "?", "-"]
}
