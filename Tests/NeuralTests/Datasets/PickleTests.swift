import Testing

@testable import Neural

struct PickleTests {
  private func fault(_ bytes: [UInt8]) -> Pickle.Fault? {
    #expect(throws: Pickle.Fault.self) { try Pickle.dictionary(bytes) }
  }

  private func ascii(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test func `a call to anything but NumPy's three is refused`() {
    let bytes: [UInt8] = [0x80, 2] + ascii("cos\nsystem\n(U\u{4}echotR.")
    #expect(
      fault(bytes) == Pickle.Fault(reason: "refers to 'os.system', which is not allowed", offset: 2))
    let builtin: [UInt8] = [0x80, 4, 0x8C, 8] + ascii("builtins") + [0x8C, 4] + ascii("eval") + [0x93]
    #expect(fault(builtin)?.offset == 18)
  }

  @Test func `opcodes that CIFAR does not need are refused`() {
    for opcode in ascii("i0 1FPSVdlopg") + [0x81, 0x82, 0x8B, 0x8F, 0x92, 0x96, 0x97, 0x98] {
      let error = fault([0x80, 2, opcode, 0, 0, 0, 0, 0, 0, 0, 0])
      #expect(error?.offset == 2)
    }
    #expect(
      fault([0x80, 2, 0x81])?.reason == "opcode 0x81 is not used in CIFAR pickles")
  }

  @Test(
    arguments: [
      [], [0x80], [0x80, 1], [0x80, 5, 0x2E], [0x7D, 0x2E], [0x80, 2, 0x2E], [0x80, 2, 0x4B, 1, 0x2E],
      [0x80, 2, 0x55, 200, 1], [0x80, 2, 0x54, 255, 255, 255, 255],
      [0x80, 4, 0x8E, 255, 255, 255, 255, 255, 255, 255, 255],
      [0x80, 2, 0x68, 0], [0x80, 2, 0x71, 0], [0x80, 2, 0x75], [0x80, 2, 0x85], [0x80, 2, 0x28, 0x85],
      [0x80, 2, 0x7D, 0x28, 0x4B, 1, 0x75, 0x2E], [0x80, 2, 0x5D, 0x5D, 0x61], [0x80, 2, 0x29, 0x52],
      [0x80, 2, 0x29, 0x62], [0x80, 2, 0x8A, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    ] as [[UInt8]])
  func `what is not a dictionary of CIFAR is refused`(bytes: [UInt8]) {
    #expect(fault(bytes) != nil)
  }

  @Test func `depth is bounded`() {
    #expect(fault([0x80, 2, 0x29] + Array(repeating: 0x85, count: 100_000))?.offset == 5)
    #expect(fault([0x80, 2] + Array(repeating: 0x28, count: 100_000)) != nil)
    #expect(fault([0x80, 2] + Array(repeating: 0x4E, count: 300_000)) != nil)
  }

  @Test func `small pickles cannot grow large`() {
    // One text, decoded over and over.
    let text: [UInt8] = [0x58, 100, 0, 0, 0] + Array(repeating: 0x41, count: 100) + [0x71, 0]
    let latin1: [UInt8] = [0x55, 6] + ascii("latin1") + [0x71, 1]
    let call: [UInt8] = ascii("c_codecs\nencode\n") + [0x68, 0, 0x68, 1, 0x86, 0x52]
    let again = Array(repeating: call, count: 1000).flatMap { $0 }
    #expect(fault([0x80, 2] + text + latin1 + again)?.reason == "the decoder makes no progress")
    // One number, appended over and over.
    let number: [UInt8] = [0x4B, 1, 0x71, 0, 0x5D]
    let appended = Array(repeating: [0x68, 0, 0x61] as [UInt8], count: 300_000).flatMap { $0 }
    #expect(fault([0x80, 2] + number + appended)?.reason == "lists are too long")
  }

  @Test func `long whole numbers keep their sign`() throws {
    func label(_ bytes: [UInt8]) throws -> Int? {
      let pickle: [UInt8] = [0x80, 2, 0x7D, 0x55, 1, 0x61, 0x5D] + bytes + [0x61, 0x73, 0x2E]
      guard case .list(let list)? = try Pickle.dictionary(pickle)["a"] else { return nil }
      return list.integers.first?.value
    }
    #expect(try label([0x8A, 0]) == 0)
    #expect(try label([0x8A, 1, 0xFF]) == -1)
    #expect(try label([0x8A, 2, 0xFF, 0]) == 255)
    #expect(try label([0x8A, 8, 0, 0, 0, 0, 0, 0, 0, 0x80]) == Int.min)
    #expect(try label([0x4A, 0xFE, 0xFF, 0xFF, 0xFF]) == -2)
    #expect(try label([0x4D, 0xFE, 0xFF]) == 65534)
  }

  @Test func `a label out of range is named with its byte`() throws {
    let fake = FakeCIFAR(.ten)
    var bytes = fake.pickle(file: 0)
    let start = try #require(bytes.firstRange(of: ascii("labels"))?.upperBound)
    // q 4 ] q 5 ( K label K label …
    bytes[start + 6 + 2 + 1] = 200
    let error = #expect(throws: DatasetError.self) {
      try CIFARRecords(pickle: bytes, of: fake.cifar, file: "data_batch_1", records: 4)
    }
    #expect(
      error?.description == "data_batch_1, byte \(start + 8): label 200 is out of range; "
        + "CIFAR-10 has the labels 0…9")
  }

  @Test func `counts that disagree are reported`() {
    let fake = FakeCIFAR(.ten)
    let error = #expect(throws: DatasetError.self) {
      try CIFARRecords(pickle: fake.pickle(file: 0), of: fake.cifar, file: "b", records: 5)
    }
    #expect(error?.description == "b: not a CIFAR-10 pickle: 4 images, expected 5")
  }

  @Test func `random damage never crashes`() {
    let bytes = FakeCIFAR(.ten, perFile: 1).pickle(file: 0)
    var random = RandomStream(seed: 3, .synthetic)
    let structure = Array(bytes.indices.prefix(220)) + Array(bytes.indices.suffix(40))
    for _ in 0..<2000 {
      var damaged = bytes
      for _ in 0...random.below(3) {
        damaged[structure[random.below(structure.count)]] = UInt8(random.below(256))
      }
      _ = try? CIFARRecords(pickle: damaged, of: .ten, file: "damaged", records: nil)
    }
    for length in stride(from: 0, to: bytes.count, by: 13) {
      #expect(throws: DatasetError.self) {
        try CIFARRecords(pickle: Array(bytes.prefix(length)), of: .ten, file: "cut", records: nil)
      }
    }
  }
}
