/// What a record is about.
public enum RecordKind: String, Codable, Sendable, CaseIterable {
  /// What a step gave.
  case step
  /// How far a training came; the state before it is kept too.
  case training
  /// What a notebook's last run used.
  case notebook

  /// States that are kept of a record: a newer one takes the place of the oldest.
  var generations: Int { self == .training ? 2 : 1 }
}

/// What a record is found by.
public struct RecordName: Hashable, Codable, Sendable {
  public var kind: RecordKind
  /// Any text: a digest's digits, or a name.
  public var key: String

  public init(_ kind: RecordKind, key: String) {
    self.kind = kind
    self.key = key
  }
}

/// Bytes under a key, with what they need in the store.
///
///     try store.write(
///       Record(.step, key: digest.hex, label: "cifar10: loadData", payload: bytes, uses: [blob]))
///     store.read(.step, key: digest.hex)?.payload
public struct Record: Hashable, Sendable {
  public var name: RecordName
  /// What `quire cache ls` shows, for example `cifar10: training, 50 epochs`.
  public var label: String
  public var payload: [UInt8]
  /// Blobs that stay as long as the record does.
  public var uses: [ContentDigest]
  /// Records that belong to this one: `quire cache rm` removes them with it. They may be gone.
  public var parts: [RecordName]
  public var pins: Pins?

  public init(
    _ kind: RecordKind, key: String, label: String = "", payload: [UInt8], uses: [ContentDigest] = [],
    parts: [RecordName] = [], pins: Pins? = nil
  ) {
    name = RecordName(kind, key: key)
    self.label = label
    self.payload = payload
    self.uses = uses
    self.parts = parts
    self.pins = pins
  }
}

/// What is never evicted while a report exists; the record that says so is not either.
public struct Pins: Hashable, Codable, Sendable {
  /// The report's path, relative to the folder that the store lies in: `cifar10.html`.
  public var report: String
  public var blobs: [ContentDigest]
  /// With the blobs that they use.
  public var records: [RecordName]

  public init(report: String, blobs: [ContentDigest] = [], records: [RecordName] = []) {
    self.report = report
    self.blobs = blobs
    self.records = records
  }
}
