import Support

/// A schedule is encoded as its rule's key and parameters: `{"rule":{"step":{"_0":{"gamma":0.1,"stepSize":8}}}}`.
extension Schedule: Codable {
  private enum Key: CodingKey { case rule }

  /// The parameters' place within the rule.
  enum ParametersKey: String, CodingKey { case parameters = "_0" }

  private struct RuleKey: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// - Throws: `EncodingError`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    var rules = container.nestedContainer(keyedBy: RuleKey.self, forKey: .rule)
    var parameters = rules.nestedContainer(
      keyedBy: ParametersKey.self, forKey: RuleKey(stringValue: type(of: rule).key))
    try rule.encodeParameters(&parameters)
  }

  /// - Throws: `DecodingError` for an unknown rule.
  public init(from decoder: any Decoder) throws {
    let rules = try decoder.container(keyedBy: Key.self).nestedContainer(keyedBy: RuleKey.self, forKey: .rule)
    guard let key = rules.allKeys.first, rules.allKeys.count == 1,
      let type = Self.rules.first(where: { $0.key == key.stringValue })
    else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: rules.codingPath, debugDescription: "not the name of a schedule"))
    }
    let parameters = try rules.nestedContainer(keyedBy: ParametersKey.self, forKey: key)
    self.init(rule: try type.decoded(from: parameters))
  }

  /// The rule and every number, as JSON with sorted keys; `nil` for a custom schedule, whose function has no text.
  public var contentDescription: String? { rule.hasContent ? JSON.text(self) : nil }
}

extension ScheduleRule {
  /// A rule without parameters has none to decode.
  fileprivate static func decoded(
    from container: KeyedDecodingContainer<Schedule.ParametersKey>
  ) throws -> any ScheduleRule {
    if let constant = Constant() as? Self { return constant }
    return try container.decode(Self.self, forKey: .parameters)
  }
}
