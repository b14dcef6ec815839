/// A struct declared by a cell, with the values of its stored properties.
public struct StructureValue: Sendable {
  /// The struct's name.
  public let type: String
  /// The stored properties, in the order of the declaration.
  public private(set) var fields: [Value]
  /// The name of each stored property.
  public let labels: [String]
  /// The number of levels of values inside; after a change in place, at least that.
  package private(set) var nesting: Int

  /// Creates a struct.
  public init(type: String, fields: [Value], labels: [String]) {
    self.type = type
    self.fields = fields
    self.labels = labels
    nesting = Nesting.inside(fields)
  }

  /// Changes a stored property in place.
  ///
  /// - Parameter body: returns its result, and the nesting of what it stores, or at least that.
  /// - Throws: ``LibraryFailure`` if the values are then nested too deeply.
  package mutating func change<R>(
    _ index: Int, _ body: (inout Value) throws -> (result: R, nesting: Int)
  ) throws -> R {
    let (result, levels) = try body(&fields[index])
    nesting = max(nesting, levels + 1)
    if nesting > Nesting.maximum {
      nesting = Nesting.measured(inside: fields)
      try Nesting.check(nesting)
    }
    return result
  }
}

/// A case of an enum declared by a cell, with its associated values.
public struct EnumerationValue: Sendable {
  /// The enum's name.
  public let type: String
  /// The case's name.
  public let name: String
  /// The case's position in the declaration.
  public let index: Int
  /// The associated values.
  public let payload: [Value]
  /// The label of each associated value, or `nil`.
  public let labels: [String?]
  /// The number of levels of values inside.
  package let nesting: Int

  /// Creates a case of an enum.
  public init(type: String, name: String, index: Int, payload: [Value] = [], labels: [String?] = []) {
    self.type = type
    self.name = name
    self.index = index
    self.payload = payload
    self.labels = labels
    nesting = Nesting.inside(payload)
  }

  /// The same case with associated values.
  package func with(_ payload: [Value]) -> EnumerationValue {
    EnumerationValue(type: type, name: name, index: index, payload: payload, labels: labels)
  }
}
