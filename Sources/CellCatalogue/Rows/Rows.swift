/// Functions that create rows. The closure makes the real call; its parameter types are those of the row's
/// parameters.
///
///     Entry.function("train", "Trains a model.", example: "train(model, on: data)",
///       p("model", label: nil, Model.self), p("data", label: "on", Dataset.self),
///       p("epochs", Int.self, default: 10)) { model, data, epochs in
///         try train(model, on: data, epochs: epochs) }
extension Entry {
  /// Creates a row for a function, usually a step.
  public static func function<each P: CellConvertible, R: CellConvertible>(
    _ name: String, _ doc: String, example: String = "", _ parameter: repeat Parameter<each P>,
    call: @escaping @Sendable (repeat each P) throws -> R
  ) -> Entry {
    let parameters = infos(repeat each parameter)
    return Entry(
      .function, name, parameters: parameters, result: R.cellType, doc: doc, example: example,
      call: { try invoke(call, $0, named: name).cellValue })
  }

  /// Creates a row for a function that returns nothing.
  public static func function<each P: CellConvertible>(
    _ name: String, _ doc: String, example: String = "", _ parameter: repeat Parameter<each P>,
    call: @escaping @Sendable (repeat each P) throws -> Void
  ) -> Entry {
    let parameters = infos(repeat each parameter)
    return Entry(
      .function, name, parameters: parameters, result: .void, doc: doc, example: example,
      call: {
        try invoke(call, $0, named: name)
        return .void
      })
  }

  /// Creates a row for a type's initialiser; also declares the type's name and conformances.
  public static func initialiser<each P: CellConvertible, T: HostValue>(
    _ type: T.Type, conformsTo conformances: [String] = [], _ doc: String, example: String = "",
    _ parameter: repeat Parameter<each P>, call: @escaping @Sendable (repeat each P) throws -> T
  ) -> Entry {
    let parameters = infos(repeat each parameter)
    return Entry(
      .initialiser, T.cellTypeName, parameters: parameters, result: T.cellType, conformances: conformances,
      doc: doc, example: example,
      call: { try invoke(call, $0, named: T.cellTypeName).cellValue })
  }

  /// Creates a row for a static function that returns its own type, written `.adamW()` where the type is known.
  public static func staticMember<each P: CellConvertible, T: HostValue>(
    _ name: String, of type: T.Type, _ doc: String, example: String = "",
    _ parameter: repeat Parameter<each P>,
    call: @escaping @Sendable (repeat each P) throws -> T
  ) -> Entry {
    let parameters = infos(repeat each parameter)
    return Entry(
      .staticMember, name, owner: T.cellType, parameters: parameters, result: T.cellType, doc: doc,
      example: example, call: { try invoke(call, $0, named: name).cellValue })
  }

  /// Creates a row for a static property of its own type, written `.triangular` where the type is known.
  public static func staticValue<T: HostValue>(
    _ name: String, of type: T.Type, _ doc: String, example: String = "",
    value: @escaping @Sendable () throws -> T
  ) -> Entry {
    Entry(
      .staticValue, name, owner: T.cellType, result: T.cellType, doc: doc, example: example,
      call: { _ in try value().cellValue })
  }

  /// Creates a row for a read-only property.
  public static func property<T: HostValue, R: CellConvertible>(
    _ name: String, of type: T.Type, _ doc: String, example: String = "",
    read: @escaping @Sendable (T) throws -> R
  ) -> Entry {
    Entry(
      .property, name, owner: T.cellType, result: R.cellType, doc: doc, example: example,
      call: { try invoke(read, $0, named: name).cellValue })
  }

  /// Creates a row for a method; the closure's first parameter is the receiver.
  public static func method<T: HostValue, each P: CellConvertible, R: CellConvertible>(
    _ name: String, of type: T.Type, _ doc: String, example: String = "",
    _ parameter: repeat Parameter<each P>,
    call: @escaping @Sendable (T, repeat each P) throws -> R
  ) -> Entry {
    let parameters = infos(repeat each parameter)
    return Entry(
      .method, name, owner: T.cellType, parameters: parameters, result: R.cellType, doc: doc,
      example: example,
      call: { try invoke(call, $0, named: name).cellValue })
  }

  /// Creates a row for a method that returns nothing.
  public static func method<T: HostValue, each P: CellConvertible>(
    _ name: String, of type: T.Type, _ doc: String, example: String = "",
    _ parameter: repeat Parameter<each P>,
    call: @escaping @Sendable (T, repeat each P) throws -> Void
  ) -> Entry {
    let parameters = infos(repeat each parameter)
    return Entry(
      .method, name, owner: T.cellType, parameters: parameters, result: .void, doc: doc, example: example,
      call: {
        try invoke(call, $0, named: name)
        return .void
      })
  }

  /// Creates a row for a host type that cells can name, in annotations and before static members, but not
  /// construct.
  public static func type<T: HostValue>(
    _ type: T.Type, conformsTo conformances: [String] = [], _ doc: String, example: String = ""
  ) -> Entry {
    Entry(
      .type, T.cellTypeName, result: T.cellType, conformances: conformances, doc: doc, example: example,
      call: { _ in .void })
  }

  /// Creates a row for a protocol that cells can name, as in `func head() -> some Layer`.
  ///
  /// - Parameters:
  ///   - name: the protocol's name.
  ///   - conformers: Swift's own types that conform to it; host types say it in their own rows.
  ///   - doc: one line for `quire describe`.
  ///   - example: example code.
  public static func protocolType(
    _ name: String, conformers: [CellType] = [], _ doc: String, example: String = ""
  ) -> Entry {
    var row = Entry(.type, name, result: .any(name), doc: doc, example: example, call: { _ in .void })
    row.traits.conformers = conformers
    return row
  }
}

private func infos<each P: CellConvertible>(_ parameter: repeat Parameter<each P>) -> [ParameterInfo] {
  var infos: [ParameterInfo] = []
  repeat infos.append((each parameter).info)
  return infos
}

/// Converts a call's arguments to Swift types, in order.
@discardableResult
private func invoke<each P: CellConvertible, R>(
  _ call: (repeat each P) throws -> R, _ values: [Value], named name: String
) throws -> R {
  var position = 0
  func next<T: CellConvertible>(_: T.Type) throws -> T {
    defer { position += 1 }
    guard values.indices.contains(position), let typed = T(cellValue: values[position]) else {
      throw HostMismatch(what: "argument \(position + 1) of '\(name)'", expected: T.cellType)
    }
    return typed
  }
  return try call(repeat try next((each P).self))
}
