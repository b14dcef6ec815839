import Support

/// An error in a CSV file, or in the request for its columns.
public struct CSVError: Problem, Hashable {
  /// A fault of one line.
  public enum Fault: Sendable, Hashable {
    /// The bytes are in another encoding than UTF-8.
    case encoding(String)
    /// A column of the header has no name.
    case unnamedColumn(Int)
    /// Two columns have the same name.
    case repeatedColumn(String)
    /// The record does not have as many fields as the header.
    case fieldCount(found: Int, expected: Int)
    /// A quote within a field that does not begin with one.
    case quoteInField
    /// Text between a closing quote and the next separator.
    case textAfterQuote
    /// The closing quote is missing.
    case openQuote
    /// The field of a column is empty.
    case empty(column: String)
    /// The field of a column is not a finite number.
    case notNumber(column: String, found: String)
    /// The split is none of the known ones.
    case unknownSplit(column: String, found: String)
    /// The class has rows in this split, but none to train on.
    case untrainedClass(String, split: String)
    /// The image does not exist.
    case missingImage(String)
    /// The image has been named before.
    case repeatedImage(String, line: Int)
  }

  /// A fault with its line, counted from 1.
  public struct Located: Sendable, Hashable {
    /// The line.
    public var line: Int
    /// The fault.
    public var fault: Fault

    init(line: Int, _ fault: Fault) {
      self.line = line
      self.fault = fault
    }
  }

  /// The kinds of errors.
  public enum Fact: Sendable, Hashable {
    /// The file is in none of these places.
    case notFound(places: [String])
    /// The file has no header, or no rows.
    case noRows
    /// Lines are at fault.
    case lines([Located])
    /// The file has no column with this name.
    case noColumn(String, argument: String, columns: [String], separator: String)
    /// The same column was given for two purposes.
    case columnTwice(String, arguments: [String])
    /// Neither a column of labels nor columns of targets were given, or both.
    case targets(both: Bool)
    /// No column has numbers.
    case noFeatures(others: [String])
    /// An argument was given that another one excludes.
    case excluded(argument: String, by: String)
    /// The separator is not a single character.
    case separator(String)
    /// The split column has no rows of a split.
    case noSplit(String)
    /// The rows cannot be divided into training and test rows.
    case table(TableError.Fact)
  }

  /// The kind of error, with its details.
  public var fact: Fact
  /// The file.
  public var file: String

  init(_ fact: Fact, file: String) {
    self.fact = fact
    self.file = file
  }

  /// The number of lines that an error lists.
  private static let listed = 20

  public var description: String {
    switch fact {
    case .notFound(let places): return "\(file) not found; looked in \(places.joined(separator: ", "))"
    case .noRows: return "\(file): no rows; the file must have a header and at least two rows"
    case .lines(let located):
      let lines = located.prefix(Self.listed).map { "\(file):\($0.line): \($0.fault)" }
      let more = located.count - lines.count
      return lines.joined(separator: "; ") + (more > 0 ? "; and \(Number.grouped(more)) more lines" : "")
    case .noColumn(let name, let argument, let columns, let separator):
      let hint =
        columns.count == 1 && separator == ","
        ? [";", "\t", "|"].first { columns[0].contains($0) }.map {
          "; if the columns are separated by '\($0 == "\t" ? "\\t" : $0)', set separator:"
        } : nil
      return
        "\(file): there is no column '\(name)' for \(argument); the columns are \(Self.list(columns))\(hint ?? "")"
    case .columnTwice(let name, let arguments):
      return "\(file): column '\(name)' cannot be both \(arguments.joined(separator: " and ")); remove one"
    case .targets(let both):
      return both
        ? "\(file): give label: for classes or targets: for numbers, not both"
        : "\(file): give the column of the classes as label:, or the columns of the numbers to predict as targets:"
    case .noFeatures(let others):
      return "\(file): no column has numbers to learn from; the other columns are \(Self.list(others))"
    case .excluded(let argument, let other):
      return "\(file): \(argument) cannot be combined with \(other); remove one of them"
    case .separator(let found): return "\(file): separator must be a single ASCII character, found '\(found)'"
    case .noSplit(let split):
      return "\(file): no row has the split '\(split)'; use train, val and test in the split column"
    case .table(let fact): return "\(file): \(TableError(fact))"
    }
  }

  private static func list(_ names: [String]) -> String {
    names.isEmpty ? "none" : ImageFolderFault.list(names)
  }
}

extension CSVError.Fault: CustomStringConvertible {
  public var description: String {
    switch self {
    case .encoding(let found): "the text is \(found); save the file as UTF-8"
    case .unnamedColumn(let index):
      "column \(index) has no name; name it, or write the file without an index (pandas: index=False)"
    case .repeatedColumn(let name): "there are two columns '\(name)'; rename one"
    case .fieldCount(let found, let expected):
      "found \(Number.counted(found, "field")), but the header has \(Number.counted(expected, "column"))"
    case .quoteInField: "a quote within a field; quote the whole field and write \"\" for the quote"
    case .textAfterQuote: "text after a closing quote; write \"\" for a quote within a field"
    case .openQuote: "the closing quote of a field is missing"
    case .empty(let column): "'\(column)' is empty; fill in a value or remove the row"
    case .notNumber(let column, let found): "'\(column)' must be a finite number, found '\(found)'"
    case .unknownSplit(let column, let found): "'\(column)' must be train, val or test, found '\(found)'"
    case .untrainedClass(let name, let split):
      "class '\(name)' has rows for \(split), but none for training"
    case .missingImage(let path): "there is no image '\(path)'"
    case .repeatedImage(let path, let line): "image '\(path)' is already in line \(line)"
    }
  }
}
