import Foundation
import Neural
import Store
import Support
import Testing

@Suite struct RecordTests {
  let scratch: Scratch
  var store: Store { scratch.store }

  init() throws { scratch = try Scratch() }

  @Test func whatIsKeptIsFoundByTheNextRun() throws {
    let blob = try store.put([1, 2, 3])
    let other = RecordName(.step, key: "b")
    let records = [
      Record(.step, key: blob.hex, label: "n: loadData", payload: [], uses: [blob], parts: [other]),
      Record(
        .training, key: "Größe/../2 \n", label: "„Größe“", payload: [UInt8](repeating: 7, count: 70_000)),
      Record(
        .notebook, key: "", payload: [0],
        pins: Pins(report: "n.html", blobs: [blob], records: [other])),
    ]
    for record in records { try store.write(record) }
    for record in records {
      #expect(scratch.again.read(record.name.kind, key: record.name.key) == record)
    }
    #expect(scratch.again.blob(blob, limit: 3) == [1, 2, 3])
    #expect(scratch.again.read(.step, key: "absent") == nil)
    #expect(scratch.again.read(.training, key: blob.hex) == nil, "kinds are apart")
    #expect(scratch.again.takeNotes().isEmpty)
    #expect(store.takeNotes().isEmpty)
  }

  @Test func namesThatFilesCannotHaveNeitherMeetNorLeaveTheStore() throws {
    let keys = ["a", "A", "a/b", "a-b", "..", ".", "/", "é", String(repeating: "x", count: 300), "a.0", "a "]
    for (index, key) in keys.enumerated() {
      try store.write(Record(.step, key: key, payload: [UInt8(index)]))
    }
    for (index, key) in keys.enumerated() {
      #expect(store.read(.step, key: key)?.payload == [UInt8(index)], "\(key)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.output) == [".quire"])
    #expect(try store.contents().items.count == keys.count)
  }

  @Test func readingAndWritingTheSameAgainWritesNothing() throws {
    let blob = try store.put([1, 2, 3])
    let record = Record(.step, key: "k", label: "l", payload: [4], uses: [blob])
    try store.write(record)
    func identities() throws -> [String: UInt64] {
      try scratch.files().keys.reduce(into: [:]) {
        $0[$1] = try FileManager.default.attributesOfItem(atPath: $1)[.systemFileNumber] as? UInt64
      }
    }
    let before = try identities()
    _ = try store.put([1, 2, 3])
    try scratch.again.write(record)
    _ = store.read(.step, key: "k")
    #expect(try identities() == before)
    try store.write(Record(.step, key: "k", label: "another", payload: [4], uses: [blob]))
    #expect(store.read(.step, key: "k")?.label == "another")
  }

  @Test(arguments: [RecordKind.step, .training])
  func aRecordWithAFlippedBitIsNeverTaken(kind: RecordKind) throws {
    let record = Record(kind, key: "k", label: "label", payload: Array("payload".utf8))
    try store.write(record)
    let path = try scratch.file("/k.0")
    let whole = try bytes(path)
    for position in whole.indices {
      for bit in [0, 3, 7] {
        var flipped = whole
        flipped[position] ^= 1 << UInt8(bit)
        try put(flipped, at: path)
        let store = scratch.again
        #expect(store.read(kind, key: "k") == nil, "byte \(position), bit \(bit)")
        #expect(store.takeNotes().count == 1)
      }
    }
    try put(whole, at: path)
    #expect(store.read(kind, key: "k") == record)
  }

  @Test func aRecordThatIsCutShortOrGoesOnIsNeverTaken() throws {
    try store.write(Record(.step, key: "k", payload: Array("payload".utf8)))
    let path = try scratch.file("/k.0")
    let whole = try bytes(path)
    for count in whole.indices {
      try put(Array(whole.prefix(count)), at: path)
      #expect(scratch.again.read(.step, key: "k") == nil, "\(count) bytes")
    }
    try put(whole + [0], at: path)
    #expect(scratch.again.read(.step, key: "k") == nil)
    // No file has such a length: nothing may be allocated for it.
    for length in [UInt64.max, 1 << 62, 16 << 20] {
      var long = whole
      withUnsafeBytes(of: length.littleEndian) { long.replaceSubrange(15..<23, with: $0) }
      try put(long, at: path)
      #expect(scratch.again.read(.step, key: "k") == nil)
    }
    // The next write replaces a damaged record.
    try store.write(Record(.step, key: "k", payload: [1]))
    #expect(store.read(.step, key: "k")?.payload == [1])
  }

  @Test func theNoteSaysWhatIsDamagedAndWhatWasDone() throws {
    try store.write(Record(.step, key: "k", payload: [1, 2, 3]))
    let path = try scratch.file("/k.0")
    let whole = try bytes(path)
    try put(Array(whole.dropLast()) + [9], at: path)
    _ = store.read(.step, key: "k")
    _ = store.read(.step, key: "k")
    #expect(store.takeNotes().map(\.description) == ["\(path) is damaged (checksum); ignored"])
    try put(Array(whole.dropLast()), at: path)
    _ = store.read(.step, key: "k")
    #expect(
      store.takeNotes().map(\.description) == ["\(path) is damaged (2 of 3 bytes); ignored"])
    try put(
      Array(String(decoding: whole, as: UTF8.self).replacing("record 1", with: "record 2").utf8), at: path)
    _ = store.read(.step, key: "k")
    #expect(
      store.takeNotes().map(\.description)
        == ["\(path) was written by another version of Quire; ignored"])
  }

  @Test func aRecordAtAnothersPlaceIsNotTaken() throws {
    try store.write(Record(.step, key: "a", payload: [1]))
    let path = try scratch.file("/a.0")
    try put(try bytes(path), at: path.replacing("/a.0", with: "/b.0"))
    #expect(store.read(.step, key: "b") == nil)
    #expect(store.takeNotes().first?.description.contains("contains a different record") == true)
  }

  @Test func aDamagedBlobIsRemovedSoThatItCanBeKeptAgain() throws {
    let blob = try store.put([1, 2, 3])
    let path = try scratch.file(String(blob.hex.dropFirst(2)))
    try put([1, 2, 4], at: path)
    #expect(store.blob(blob, limit: 100) == nil)
    #expect(store.takeNotes().map(\.description) == ["\(path) is damaged (checksum); ignored"])
    #expect(!store.has(blob))
    _ = try store.put([1, 2, 3])
    #expect(store.blob(blob, limit: 100) == [1, 2, 3])
    #expect(store.blob(blob, limit: 2) == nil)
    #expect(store.takeNotes().count == 1)
    // Truncated; storing the bytes again repairs it.
    try put([1], at: path)
    _ = try store.put([1, 2, 3])
    #expect(store.blob(blob, limit: 100) == [1, 2, 3])
  }

  @Test func foldersAndPipesInTheWayAreNotedNotWaitedFor() throws {
    try store.write(Record(.step, key: "k", payload: [1]))
    let path = try scratch.file("/k.0")
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    #expect(store.read(.step, key: "k") == nil)
    #expect(store.takeNotes().count == 1)
    #expect(throws: FileError.self) { try store.write(Record(.step, key: "k", payload: [1])) }
    #expect(mkfifo(path.replacing("/k.0", with: "/p.0"), 0o600) == 0)
    #expect(store.read(.step, key: "p") == nil)
    #expect(throws: Never.self) { try store.contents() }
  }

  @Test func aDigestIsCheckedWhereItIsRead() throws {
    let hex = try ContentDigest(of: Array("abc".utf8)).hex
    #expect(hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(ContentDigest(hex: hex)?.hex == hex)
    for wrong in ["", "ab", hex.uppercased(), hex + "0", "../" + hex.dropFirst(3), "é" + hex.dropFirst(2)] {
      #expect(ContentDigest(hex: wrong) == nil, "\(wrong)")
    }
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([ContentDigest].self, from: Data("[\"../../x\"]".utf8))
    }
  }
}
