import Foundation
import Neural
import Store
import Support
import Testing

@Suite struct CollectionTests {
  let scratch: Scratch
  var store: Store { scratch.store }

  init() throws { scratch = try Scratch() }

  private func keep(_ key: String, _ kind: RecordKind = .step, count: Int = 10_000) throws {
    try store.write(Record(kind, key: key, payload: [UInt8](repeating: 1, count: count)))
  }

  private func keys() throws -> Set<String> { Set(try store.contents().items.map(\.key)) }

  private func setTime(_ seconds: Int, _ suffix: String) throws {
    let path = suffix == "clock" ? "\(store.directory)/clock" : try scratch.file(suffix)
    let time = timespec(tv_sec: seconds, tv_nsec: 0)
    #expect([time, time].withUnsafeBufferPointer { utimensat(AT_FDCWD, path, $0.baseAddress, 0) } == 0)
  }

  @Test func whatWasUsedLongestAgoGoesFirst() throws {
    for key in ["a", "b", "c", "d"] { try keep(key) }
    _ = store.read(.step, key: "a")
    try keep("b")
    #expect(try store.contents().items.map(\.key) == ["b", "a", "d", "c"])
    let removal = try store.collect(limit: 25_000)
    #expect(try keys() == ["a", "b"])
    #expect(removal.records == 2 && removal.freed > 20_000)
    #expect(try removal.kept == store.contents().bytes)
    #expect(try store.collect(limit: 25_000).description.hasPrefix("nothing to remove, 2"))
  }

  @Test func theOrderHoldsWhenTheClockGoesBackwards() throws {
    // According to the clock, everything so far happened in 2100.
    for key in ["a", "b", "c"] { try keep(key) }
    for (seconds, name) in [(4_102_444_800, "/a.0"), (4_102_444_801, "/b.0"), (4_102_444_802, "/c.0")] {
      try setTime(seconds, name)
    }
    try setTime(4_102_444_802, "clock")
    _ = store.read(.step, key: "a")
    try keep("d")
    #expect(try store.contents().items.map(\.key) == ["d", "a", "c", "b"])
    try FileManager.default.removeItem(atPath: "\(store.directory)/clock")
    // A collection finds the newest use if the clock's file was lost.
    try store.collect(limit: 1 << 30)
    _ = store.read(.step, key: "b")
    #expect(try store.contents().items.map(\.key) == ["b", "d", "a", "c"])
    // Before 1970, too.
    try setTime(-5, "/d.0")
    #expect(try store.contents().items.last?.key == "d")
  }

  @Test func blobsStayAsLongAsARecordUsesThem() throws {
    let shared = try store.put([UInt8](repeating: 1, count: 5_000))
    let own = try store.put([UInt8](repeating: 2, count: 5_000))
    let unused = try store.put([UInt8](repeating: 3, count: 5_000))
    try store.write(Record(.step, key: "old", payload: [], uses: [shared, own, own]))
    try store.write(Record(.step, key: "new", payload: [], uses: [shared]))
    #expect(try store.collect(limit: 1 << 30).blobs == 1)
    #expect(!store.has(unused) && store.has(shared) && store.has(own))
    let removal = try store.collect(limit: 8_000)
    #expect(try keys() == ["new"])
    #expect(removal.blobs == 1 && store.has(shared) && !store.has(own))
    #expect(try removal.kept == store.contents().bytes)
    // A record that uses a missing blob does no harm.
    try store.write(Record(.step, key: "x", payload: [], uses: [own]))
    #expect(try store.collect(limit: 0).kept == 0)
    #expect(try scratch.files().isEmpty)
  }

  @Test func theBestCheckpointOfAReportThatExistsIsNeverEvicted() throws {
    let best = try store.put([UInt8](repeating: 1, count: 5_000))
    let used = try store.put([UInt8](repeating: 2, count: 5_000))
    try store.write(Record(.training, key: "t", payload: [1], uses: [used]))
    try keep("other")
    try store.write(
      Record(
        .notebook, key: "n", payload: [],
        pins: Pins(report: "n.html", blobs: [best], records: [RecordName(.training, key: "t")])))
    let report = "\(scratch.output)/n.html"
    try put([], at: report)
    #expect(try store.contents().items.filter(\.isPinned).map(\.key) == ["n", "t"])
    #expect(try store.collect(limit: 0).kept > 10_000)
    #expect(try keys() == ["n", "t"])
    #expect(store.has(best) && store.has(used))
    try FileManager.default.removeItem(atPath: report)
    #expect(try store.collect(limit: 0).kept == 0)
    #expect(try scratch.files().isEmpty)
  }

  @Test func removingANotebookLeavesWhatOthersUse() throws {
    let pinned = try store.put([7])
    for key in ["mine", "shared", "theirs"] { try keep(key) }
    func notebook(_ name: String, _ keys: [String], _ pins: Pins? = nil) throws {
      try store.write(
        Record(
          .notebook, key: name, payload: [], parts: keys.map { RecordName(.step, key: $0) }, pins: pins))
    }
    try put([], at: "\(scratch.output)/a.html")
    try notebook("a", ["mine", "shared"], Pins(report: "a.html", blobs: [pinned]))
    try notebook("b", ["shared", "theirs"])
    #expect(try store.remove("a").records == 2)
    #expect(try keys() == ["b", "shared", "theirs"])
    #expect(!store.has(pinned))
    #expect(try store.removeAll().records == 3)
    #expect(try scratch.files().isEmpty)
  }

  @Test func aKeysBeginningMustBeLongEnoughAndOnesOwn() throws {
    for key in ["abcd1", "abcd2", "abcde"] { try keep(key) }
    func problem(_ text: String) -> String {
      (#expect(throws: StoreError.self) { try store.remove(text) })?.description ?? ""
    }
    #expect(problem("abc").hasPrefix("no notebook 'abc' in the cache, and 'abc' is too short"))
    #expect(problem("").contains("too short"))
    #expect(problem("abcd").hasPrefix("'abcd' matches 3 keys: abcd1 (step), abcd2 (step), "))
    #expect(problem("absent").hasPrefix("no entry 'absent'"))
    #expect(try store.remove("abcd2").records == 1)
    #expect(try keys() == ["abcd1", "abcde"])
  }

  @Test func damagedRecordsGoAndAStoreThatIsNotThereIsNotMade() throws {
    #expect(try store.collect(limit: 0).description == "nothing to remove, 0 B remaining")
    #expect(try store.contents().items.isEmpty)
    #expect(throws: StoreError.self) { try store.remove("absent") }
    #expect(!FileManager.default.fileExists(atPath: store.directory))
    try keep("a")
    try keep("b")
    try put([1, 2], at: scratch.file("/a.0"))
    #expect(try store.contents().leftovers == 1)
    #expect(try store.collect(limit: 1 << 30).leftovers == 1)
    #expect(try keys() == ["b"])
  }
}
