import Foundation
import Support
import TestSupport
import Testing

struct AtomicFileTests {
  @Test func `writes, replaces and leaves nothing else behind`() throws {
    let place = try TemporaryDirectory()
    try AtomicFile.write("one", to: place.file("a.txt"))
    try AtomicFile.write("two", to: place.file("a.txt"))
    #expect(try FileBytes.read(place.file("a.txt"), limit: 100) == Array("two".utf8))
    try AtomicFile.write([], to: place.file("empty"))
    #expect(try FileBytes.size(place.file("empty")) == 0)
    #expect(place.names == ["a.txt", "empty"])
  }

  @Test func `a failed write keeps the old file and no temporary one`() throws {
    let place = try TemporaryDirectory()
    try FileManager.default.createDirectory(atPath: place.file("taken"), withIntermediateDirectories: false)
    #expect(throws: FileError.self) { try AtomicFile.write("x", to: place.file("taken")) }
    #expect(place.names == ["taken"])
  }

  @Test func `a directory that is not there is named with the system's reason`() throws {
    let error = #expect(throws: FileError.self) { try AtomicFile.write("x", to: "/nowhere/at/all/x") }
    #expect(error?.description == "cannot write /nowhere/at/all/x: No such file or directory")
  }

  @Test func `a full disk says so`() {
    let error = FileError(.system(.write, code: ENOSPC), path: "output/best.safetensors")
    #expect(
      error.description == "cannot write output/best.safetensors: No space left on device; "
        + "free some space and run again")
  }

  @Test func `directories are made with those above them`() throws {
    let place = try TemporaryDirectory()
    try AtomicFile.createDirectory(place.file("a/b/c"))
    try AtomicFile.createDirectory(place.file("a/b/c/"))
    #expect(FileBytes.isDirectory(place.file("a/b/c")))
    try place.write([1], to: "file")
    #expect(throws: FileError.self) { try AtomicFile.createDirectory(place.file("file/x")) }
  }

  @Test func `reading checks size and kind first`() throws {
    let place = try TemporaryDirectory()
    let path = try place.write([1, 2, 3], to: "three")
    #expect(throws: FileError(.tooLarge(found: 3, limit: 2), path: path)) {
      try FileBytes.read(path, limit: 2)
    }
    #expect(throws: FileError(.notAFile, path: place.path)) { try FileBytes.read(place.path, limit: 2) }
    #expect(throws: FileError(.system(.open, code: ENOENT), path: place.file("none"))) {
      try FileBytes.read(place.file("none"), limit: 2)
    }
    #expect(throws: FileError(.notAFile, path: "/dev/zero")) { try FileBytes.read("/dev/zero", limit: 9) }
  }
}
