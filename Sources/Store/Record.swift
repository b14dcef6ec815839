/// The kinds of records.
public enum RecordKind: String, Codable, Sendable, CaseIterable {
  /// The result of a step.
  case step
  /// The state of a training run; the previous state is kept, too.
  case training
  /// The prepared images of a folder.
  case images
  /// The data used by a notebook's last run.
  case notebook

  /// The number of states kept per record; a new one replaces the oldest.
  var generations: Int { self == .training ? 2 : 1 }
}

/// The name that identifies a record.
public struct RecordName: Hashable, Codable, Sendable {
  /// The kind of record.
  public var kind: RecordKind
  /// Any text: a hexadecimal digest, or a name.
  public var key: String

  /// Creates a record's name.
  public init(_ kind: RecordKind, key: String) {
    self.kind = kind
    self.key = key
  }
}

/// Bytes stored under a key, with references to the data that they need.
///
///     try store.write(
///       Record(.step, key: digest.hex, label: "cifar10: loadData", payload: bytes, uses: [blob]))
///     store.read(.step, key: digest.hex)?.payload
public struct Record: Hashable, Sendable {
  /// The record's kind and key.
  public var name: RecordName
  /// The label shown by `quire cache ls`, for example `cifar10: training, 50 epochs`.
  public var label: String
  /// The record's content.
  public var payload: [UInt8]
  /// Blobs that are kept as long as the record.
  public var uses: [ContentDigest]
  /// Records that belong to this one; `quire cache rm` removes them together. They may no longer exist.
  public var parts: [RecordName]
  /// Data that must not be evicted, if the record has a report.
  public var pins: Pins?

  /// Creates a record.
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

/// Data that is not evicted while a report exists; neither is the record with these pins.
public struct Pins: Hashable, Codable, Sendable {
  /// The report's path, relative to the folder that contains the store: `cifar10.html`.
  public var report: String
  /// The pinned blobs.
  public var blobs: [ContentDigest]
  /// The pinned records; the blobs that they use are pinned too.
  public var records: [RecordName]

  /// Creates the pins of a report.
  public init(report: String, blobs: [ContentDigest] = [], records: [RecordName] = []) {
    self.report = report
    self.blobs = blobs
    self.records = records
  }
}
