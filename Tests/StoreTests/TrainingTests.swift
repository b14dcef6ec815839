import Foundation
import Neural
import Store
import Testing

@Suite struct TrainingTests {
  let scratch: Scratch
  var store: Store { scratch.store }

  init() throws { scratch = try Scratch() }

  private func state(_ number: UInt8) -> Record {
    Record(.training, key: "t", label: "state \(number)", payload: [UInt8](repeating: number, count: 50))
  }

  private func newest(_ store: Store) -> UInt8? { store.read(.training, key: "t")?.payload.first }

  private func flipLastByte(_ path: String) throws {
    var content = try bytes(path)
    content[content.count - 1] ^= 1
    try put(content, at: path)
  }

  @Test func theNewestStateIsReadAndTheOneBeforeIsKept() throws {
    for number in 1...5 {
      try store.write(state(UInt8(number)))
      #expect(newest(scratch.again) == UInt8(number))
    }
    #expect(try scratch.files().count == 2)
  }

  @Test(arguments: 1...4)
  func aDamagedStateFallsBackToTheOneBefore(count: Int) throws {
    for number in 1...count { try store.write(state(UInt8(number))) }
    let path = try scratch.file("/t.\((count - 1) % 2)")
    try flipLastByte(path)
    let reader = scratch.again
    #expect(newest(reader) == (count == 1 ? nil : UInt8(count - 1)))
    let done = count == 1 ? "ignored" : "using the previous state"
    #expect(reader.takeNotes().map(\.description) == ["\(path) is damaged (checksum); \(done)"])

    // The next write must not replace the valid state, whichever process writes.
    try scratch.again.write(state(100))
    #expect(newest(scratch.again) == 100)
    if count > 1 {
      try flipLastByte(path)
      #expect(newest(scratch.again) == UInt8(count - 1))
    }
  }

  @Test func aStateDamagedWhileItsWriterGoesOnIsNotReliedUpon() throws {
    for number in 1...2 { try store.write(state(UInt8(number))) }
    let newestFile = try scratch.file("/t.1")
    var head = try bytes(newestFile)
    head[30] ^= 1
    try put(head, at: newestFile)
    try store.write(state(3))
    #expect(newest(scratch.again) == 3)
    try flipLastByte(newestFile)
    #expect(newest(scratch.again) == 1)
  }

  @Test func aDamagedStateOfAnotherWriterIsNotReliedUpon() throws {
    try store.write(state(1))
    try scratch.again.write(state(2))
    let theirs = try scratch.file("/t.1")
    try flipLastByte(theirs)
    try store.write(state(3))
    #expect(newest(scratch.again) == 3)
    try flipLastByte(theirs)
    #expect(newest(scratch.again) == 1)
  }

  @Test func withADamagedHeaderTheOtherStateIsTaken() throws {
    for number in 1...2 { try store.write(state(UInt8(number))) }
    let path = try scratch.file("/t.1")
    try put(Array(try bytes(path).prefix(40)), at: path)
    #expect(newest(store) == 1)
    let notes = store.takeNotes().map(\.description)
    #expect(notes.count == 1 && notes[0].hasSuffix("; using the other saved state"), "\(notes)")
  }

  @Test func whatAnInterruptedWriteLeavesIsNotReadAndGoesWithTheNextCollection() throws {
    for number in 1...2 { try store.write(state(UInt8(number))) }
    let blob = try store.put([1, 2])
    try store.write(Record(.step, key: "s", payload: [], uses: [blob]))
    let kept = try scratch.files()
    // Before the rename: a file with a temporary name, complete or torn, next to each kind of file.
    for path in kept.keys {
      try put(Array(try bytes(path).dropLast()), at: "\(path).aB3xYz")
    }
    #expect(newest(store) == 2)
    #expect(try store.contents().leftovers == kept.count)
    let removal = try store.collect(limit: 1 << 30)
    #expect(removal.leftovers == kept.count && removal.records == 0 && removal.blobs == 0)
    #expect(try scratch.files() == kept)
    #expect(store.takeNotes().isEmpty)
  }

  @Test func killedInTheMidstOfWritingAStateIsThereAndNeverAnOlderOneThanWasTold() throws {
    for round in 0..<6 {
      let probe = try Probe(store.directory, ["write", "t", "200", "\(1 << 20)"])
      var told = ""
      // Some are killed during their first write, some later.
      for _ in 0..<round { told += probe.read() }
      usleep(useconds_t(round * 3_000))
      probe.kill()
      let last = told.split(separator: "\n").last.flatMap { UInt8($0) } ?? 0
      let found = scratch.again.read(.training, key: "t")
      let payload = found?.payload ?? []
      #expect(payload.allSatisfy { $0 == payload.first })
      #expect(payload.first ?? 0 >= last || round == 0)
      try? FileManager.default.removeItem(atPath: "\(store.directory)/records")
    }
  }
}
