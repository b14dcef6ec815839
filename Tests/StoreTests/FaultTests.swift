import Foundation
import Neural
import Store
import Support
import Testing

/// Media that cannot be written: full or read-only. For root, folder permissions have no effect.
@Suite struct FaultTests {
  let scratch: Scratch
  var store: Store { scratch.store }

  init() throws { scratch = try Scratch() }

  @Test func aDiskThatFillsUpHarmsNothingThatWasThere() throws {
    // A file size limit simulates a full disk; a block has 512 or 1024 bytes.
    let small = try Probe(store.directory, ["write", "t", "2", "1000"], shell: "ulimit -f 100").finish()
    #expect(small.status == 0, "\(small.errors)")
    let before = try scratch.files()
    let large = try Probe(store.directory, ["write", "t", "1", "1000000"], shell: "ulimit -f 100").finish()
    #expect(large.status == 1)
    #expect(large.errors.contains("cannot write \(store.directory)/"), "\(large.errors)")
    #expect(try scratch.files() == before)
    #expect(store.read(.training, key: "t")?.payload.first == 2)
  }

  private func mounted(_ body: (Store, _ remount: () throws -> Void) throws -> Void) throws {
    let place = "\(scratch.output)/mounted"
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    try #require(Mounting.mount(place))
    defer { Mounting.run(["umount", place]) }
    try body(Store(output: place)) {
      try #require(Mounting.run(["mount", "-o", "remount,ro", place]))
    }
  }

  @Test(.enabled(if: Mounting.isAllowed, "no file system may be mounted here"))
  func aFullFileSystemIsAnErrorAndWhatWasThereCanBeRead() throws {
    try mounted { store, _ in
      let payload = [UInt8](repeating: 1, count: 300_000)
      try store.write(Record(.training, key: "t", payload: payload))
      try store.write(Record(.training, key: "t", payload: payload))
      for _ in 0..<3 {
        let error = #expect(throws: FileError.self) {
          try store.write(
            Record(.training, key: "t", payload: [UInt8](repeating: 2, count: 900_000)))
        }
        #expect(
          error?.description.hasSuffix("No space left on device; free some space and run again") == true)
        #expect(throws: FileError.self) { try store.put([UInt8](repeating: 2, count: 900_000)) }
      }
      #expect(store.read(.training, key: "t")?.payload == payload)
      #expect(try store.contents().leftovers == 0)
      #expect(try store.collect(limit: 0).kept == 0)
    }
  }

  @Test(.enabled(if: Mounting.isAllowed, "no file system may be mounted here"))
  func aReadOnlyFileSystemIsReadAndNotWritten() throws {
    try mounted { store, remountReadOnly in
      let blob = try store.put([1])
      try store.write(Record(.step, key: "k", payload: [2], uses: [blob]))
      try remountReadOnly()
      #expect(store.read(.step, key: "k")?.payload == [2])
      #expect(store.blob(blob, limit: 1) == [1])
      #expect(try store.contents().items.count == 1)
      #expect(throws: FileError.self) { try store.put([2]) }
      #expect(throws: FileError.self) { try store.write(Record(.step, key: "k", payload: [3])) }
      #expect(throws: FileError.self) { try store.collect(limit: 0) }
      try store.lock(notebook: "n").release()
      let notes = store.takeNotes().map(\.description)
      #expect(
        notes.contains { $0.contains("(Read-only file system); do not run the same notebook twice") },
        "\(notes)")
    }
  }

  @Test func aStoreThatIsAFileIsAnError() throws {
    try put([1], at: store.directory)
    #expect(store.read(.step, key: "k") == nil)
    #expect(throws: FileError.self) { try store.put([1]) }
    #expect(throws: FileError.self) { try store.write(Record(.step, key: "k", payload: [])) }
    #expect(try store.contents().items.isEmpty)
    try store.lock(notebook: "n").release()
    #expect(!store.takeNotes().isEmpty)
    #expect(try bytes(store.directory) == [1])
  }
}

/// A small in-memory file system, if this user may mount one.
enum Mounting {
  static let isAllowed: Bool = {
    let place = FileManager.default.temporaryDirectory.appendingPathComponent("quire-mount-\(UUID())").path
    try? FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: place) }
    guard mount(place) else { return false }
    return run(["umount", place])
  }()

  static func mount(_ place: String) -> Bool {
    run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place])
  }

  @discardableResult
  static func run(_ arguments: [String]) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
