import Foundation
import Store
import Testing

@Suite struct CacheTests {
  @Test func whatIsKeptIsListedRemovedAndCollected() throws {
    let folder = try Executable.scratchFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func quire(_ arguments: String...) throws -> Executable.Result {
      try Executable.run(["cache"] + arguments, in: folder)
    }
    let none = try quire("ls")
    #expect(none.status == 0 && none.output == "0 entries, 0 B (limit: 2 GB)\n")
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/output"), "looking makes nothing")

    let store = Store(output: "\(folder)/results")
    let blob = try store.put([UInt8](repeating: 1, count: 5_000))
    let training = Record(
      .training, key: blob.hex, label: "cifar10: training,\n50 epochs", payload: [1], uses: [blob])
    try store.write(training)
    try store.write(Record(.step, key: "abcdef", label: "other: loadData", payload: [2]))
    try store.write(
      Record(
        .notebook, key: "cifar10", label: "cifar10", payload: [], parts: [training.name],
        pins: Pins(report: "cifar10.html", records: [training.name])))
    try "".write(toFile: "\(folder)/results/cifar10.html", atomically: true, encoding: .utf8)

    let lines = try quire("ls", "--output", "results").output.split(separator: "\n")
    #expect(lines.count == 5)
    let columns = ["notebook", "cifar10", "cifar10", "yes"]
    #expect(columns.allSatisfy { lines[1].contains($0) } && lines[1].hasSuffix("yes"), "\(lines)")
    #expect(lines[3].contains("training  cifar10: training, 50 epochs  \(blob.hex.prefix(11))…"), "\(lines)")

    let json = try quire("ls", "--output", "results", "--json")
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    let rows = object?["records"] as? [[String: Any]]
    #expect(rows?.map { $0["kind"] as? String } == ["notebook", "step", "training"])
    #expect(rows?.map { $0["isPinned"] as? Bool } == [true, false, true])

    let collected = try quire("gc", "--output", "results", "--max-size", "1k")
    #expect(collected.output.hasPrefix("removed 1 entry: "), "\(collected)")
    #expect(
      collected.output.hasSuffix(
        "The cache is still larger than 1 kB, because existing reports pin the remaining entries.\n"))

    let lock = try store.lock(notebook: "cifar10")
    let inTheWay = try quire("rm", "cifar10", "--output", "results")
    #expect(inTheWay.status == 1)
    #expect(
      inTheWay.errors.hasPrefix(
        "quire cache: error: results/.quire is in use by a run of 'cifar10' (process \(getpid()), since "),
      "\(inTheWay.errors)")
    lock.release()
    let absent = try quire("rm", "absent", "--output", "results")
    #expect(absent.status == 2)
    #expect(
      absent.errors
        == "quire cache: error: no entry 'absent' in results/.quire; 'quire cache ls' lists the entries\n"
    )
    let removed = try quire("rm", "cifar10", "--output", "results")
    #expect(removed.output.hasPrefix("removed 2 entries and 1 value: "), "\(removed)")
    #expect(removed.output.hasSuffix(" freed, 0 B remaining\n"))
    #expect(try quire("rm", "--all", "--output", "results").output == "nothing to remove, 0 B remaining\n")
  }
}
