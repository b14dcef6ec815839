/// Functions that end the cell with an error: `fatalError` and `precondition`.
enum Failures {
  private static let message = ParameterInfo.unlabelled("message", .string, default: .string(""))

  static let functions: [Entry] = [
    .library(.function, "fatalError", [message], returns: .never) { v in
      throw LibraryFailure(text(try v.get(0), "fatal error"))
    },
    .library(.function, "preconditionFailure", [message], returns: .never) { v in
      throw LibraryFailure(text(try v.get(0), "precondition failed"))
    },
    .library(.function, "precondition", [.plain("condition", .bool), message], returns: .void) { v in
      if try v.get(0, Bool.self) { return .void }
      throw LibraryFailure(text(try v.get(1), "precondition failed"))
    },
  ]

  private static func text(_ message: String, _ other: String) -> String { message.isEmpty ? other : message }
}

extension ParameterInfo {
  /// An unlabelled parameter with a default.
  fileprivate static func unlabelled(_ name: String, _ type: CellType, default value: Value) -> ParameterInfo
  {
    var info = ParameterInfo.plain(name, type)
    info.defaultValue = value
    info.defaultText = value.sourceText
    return info
  }
}

extension CellType {
  /// The type of a call that never returns.
  static let never = CellType.named("Never")
}
