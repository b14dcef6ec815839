import Support

/// The samples of a CSV file, checked: their features or images, targets and splits.
struct CSVRows {
  var lines: [Int] = []
  /// [rows][features]; empty if there are images.
  var features: [Double] = []
  /// The images' paths, with their lines; empty if there are features.
  var images: [String] = []
  var targets: ImageTargets
  var names: TargetNames
  /// The split of each row; empty without a split column.
  var splits: [Split] = []

  /// - Throws: ``CSVError`` with all lines at fault.
  init(_ table: CSVTable, _ file: CSVFile, _ columns: CSVTable.Columns) throws {
    var faults: [CSVError.Located] = []
    func number(_ row: CSVFile.Row, _ column: Int) -> Double {
      let text = CSVFile.trimmed(row.fields[column])
      guard !text.isEmpty else {
        faults.append(.init(line: row.line, .empty(column: file.header[column])))
        return 0
      }
      guard let number = Double(text), number.isFinite, Float(number).isFinite else {
        faults.append(.init(line: row.line, .notNumber(column: file.header[column], found: text)))
        return 0
      }
      return number
    }
    var labels: [String] = []
    var values: [Float] = []
    var seen: [String: Int] = [:]
    for row in file.rows {
      lines.append(row.line)
      if let column = columns.images, let folder = table.images {
        let name = CSVFile.trimmed(row.fields[column])
        let path = name.hasPrefix("/") ? name : "\(folder)/\(name)"
        if name.isEmpty {
          faults.append(.init(line: row.line, .empty(column: file.header[column])))
        } else if let line = seen[name] {
          faults.append(.init(line: row.line, .repeatedImage(name, line: line)))
        } else if !FileBytes.isFile(path) {
          faults.append(.init(line: row.line, .missingImage(path)))
        }
        seen[name] = seen[name] ?? row.line
        images.append(path)
      }
      for column in columns.features { features.append(number(row, column)) }
      for column in columns.targets { values.append(Float(number(row, column))) }
      if let column = columns.label {
        let label = CSVFile.trimmed(row.fields[column])
        if label.isEmpty { faults.append(.init(line: row.line, .empty(column: file.header[column]))) }
        labels.append(label)
      }
      if let column = columns.split {
        let text = CSVFile.trimmed(row.fields[column])
        if let split = Split(word: text) {
          splits.append(split)
        } else {
          faults.append(
            .init(
              line: row.line,
              text.isEmpty
                ? .empty(column: file.header[column])
                : .unknownSplit(column: file.header[column], found: text)))
          splits.append(.train)
        }
      }
    }
    if columns.label != nil {
      let classes = Self.sorted(Set(labels))
      let indices = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, Int32($0)) })
      targets = .labels(labels.map { indices[$0] ?? 0 })
      names = .classes(classes)
    } else {
      targets = .values(values, perImage: columns.targets.count)
      names = .values(columns.targets.map { file.header[$0] })
    }
    faults += Self.untrained(labels, splits, lines)
    guard faults.isEmpty else { throw table.failure(.lines(faults.sorted { $0.line < $1.line })) }
  }

  /// By value if all are whole numbers, otherwise by name.
  private static func sorted(_ labels: Set<String>) -> [String] {
    let numbers = labels.compactMap { label in Int(label).map { (number: $0, label: label) } }
    return numbers.count == labels.count
      ? numbers.sorted { ($0.number, $0.label) < ($1.number, $1.label) }.map(\.label) : labels.sorted()
  }

  /// The first row of each class that has no training rows.
  private static func untrained(_ labels: [String], _ splits: [Split], _ lines: [Int]) -> [CSVError.Located] {
    guard !splits.isEmpty, !labels.isEmpty else { return [] }
    var trained: Set<String> = []
    for (label, split) in zip(labels, splits) where split == .train { trained.insert(label) }
    var faults: [CSVError.Located] = []
    for (index, label) in labels.enumerated() where !trained.contains(label) && !label.isEmpty {
      trained.insert(label)
      faults.append(.init(line: lines[index], .untrainedClass(label, split: splits[index].rawValue)))
    }
    return faults
  }

  /// The rows of a split.
  func rows(of split: Split) -> [Int] { splits.indices.filter { splits[$0] == split } }
}

extension Split {
  /// The split that a table calls by this name.
  fileprivate init?(word: String) {
    switch word.lowercased() {
    case "train", "training": self = .train
    case "val", "valid", "validation", "dev": self = .validation
    case "test", "testing", "eval", "evaluation": self = .test
    default: return nil
    }
  }
}
