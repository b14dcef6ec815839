import Foundation
import Neural
import Store
import Testing

@Suite struct ConcurrencyTests {
  let scratch: Scratch
  var store: Store { scratch.store }

  init() throws { scratch = try Scratch() }

  @Test func processesThatWriteTheSameKeysLeaveWholeStates() throws {
    let probes = try (0..<3).map { _ in try Probe(store.directory, ["write", "t", "30", "40000"]) }
    var seen = 0
    while probes.contains(where: { $0.process.isRunning }) {
      if let payload = scratch.again.read(.training, key: "t")?.payload {
        seen += 1
        #expect(payload.count == 40_000 && payload.allSatisfy { $0 == payload[0] })
      }
    }
    for probe in probes {
      let result = probe.finish()
      #expect(result.status == 0, "\(result.errors)")
    }
    #expect(scratch.again.read(.training, key: "t")?.payload.count == 40_000)
    #expect(seen > 0)
    #expect(store.takeNotes().isEmpty)
    #expect(try store.contents().leftovers == 0)
  }

  @Test func threadsThatWriteTheSameKeysLeaveWholeRecords() throws {
    let store = store
    DispatchQueue.concurrentPerform(iterations: 8) { thread in
      for round in 0..<12 {
        do {
          let payload = [UInt8](repeating: UInt8(thread), count: 5_000)
          let blob = try store.put([UInt8](repeating: UInt8(round), count: 3_000))
          for kind in [RecordKind.step, .training] {
            try store.write(Record(kind, key: "k", payload: payload, uses: [blob]))
            let read = store.read(kind, key: "k")?.payload ?? []
            #expect(read.count == 5_000 && read.allSatisfy { $0 == read[0] })
          }
          #expect(store.blob(blob, limit: 3_000)?.count == 3_000)
        } catch { Issue.record(error) }
      }
    }
    #expect(store.takeNotes().isEmpty)
  }

  @Test func aSecondRunOfANotebookIsToldOfTheFirst() throws {
    let probe = try Probe(store.directory, ["hold", "cifar10"])
    #expect(probe.read() == "locked\n")
    let pid = probe.process.processIdentifier
    let error = #expect(throws: StoreError.self) { try store.lock(notebook: "cifar10") }
    let text = error?.description ?? ""
    #expect(text.hasPrefix("another run of this notebook (process \(pid), since "), "\(text)")
    #expect(
      text.hasSuffix(") is in progress; wait, or choose a different --output"), "\(text)")
    // Another notebook may run.
    let other = try store.lock(notebook: "cifar100")
    other.release()
    probe.kill()
    let lock = try store.lock(notebook: "cifar10")
    #expect(throws: StoreError.self) { try scratch.again.lock(notebook: "cifar10") }
    lock.release()
    try store.lock(notebook: "cifar10").release()
    #expect(store.takeNotes().isEmpty)
  }

  @Test func nothingIsCollectedWhileARunGoesOn() throws {
    try store.write(Record(.step, key: "k", payload: [1]))
    let probe = try Probe(store.directory, ["hold", "my notebook"])
    #expect(probe.read() == "locked\n")
    let error = #expect(throws: StoreError.self) { try store.collect(limit: 0) }
    #expect(
      error?.description.contains(
        "is in use by a run of 'my notebook' (process \(probe.process.processIdentifier), since ") == true)
    #expect(throws: StoreError.self) { try store.removeAll() }
    #expect(throws: StoreError.self) { try store.remove("k") }
    #expect(store.read(.step, key: "k") != nil)
    probe.kill()
    #expect(try store.collect(limit: 0).records == 1)
  }

  @Test func processesThatCollectDoNotHarmThoseThatRun() throws {
    let lock = try store.lock(notebook: "n")
    try store.write(Record(.training, key: "t", payload: [1]))
    let result = try Probe(store.directory, ["collect", "0"]).finish()
    #expect(result.status == 1)
    #expect(result.errors.contains("process \(getpid())"), "\(result.errors)")
    #expect(store.read(.training, key: "t") != nil)
    lock.release()
    let after = try Probe(store.directory, ["collect", "0"]).finish()
    #expect(after.status == 0 && after.output.hasPrefix("removed 1 entry: "), "\(after)")
  }
}
