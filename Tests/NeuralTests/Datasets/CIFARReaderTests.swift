import Foundation
import Support
import Testing

@testable import Neural

struct CIFARReaderTests {
  static let sets = [FakeCIFAR(.ten), FakeCIFAR(.hundred)]
  static let encodings: [CIFAR.Encoding] = [.binary, .pickle]

  private func load(_ fake: FakeCIFAR, from directory: String) throws -> Dataset {
    let location = try DatasetLocator(given: directory).locate(fake.cifar)
    return try CIFARReader(cifar: fake.cifar, location: location).dataset()
  }

  private func check(_ dataset: Dataset, _ fake: FakeCIFAR) {
    let last = fake.stems.count - 1
    #expect(dataset.name == fake.cifar.name)
    #expect(dataset.train.pixels == fake.expected(files: 0..<last).pixels)
    #expect(dataset.train.labels == fake.expected(files: 0..<last).labels)
    #expect(dataset.test.pixels == fake.expected(files: last..<last + 1).pixels)
    #expect(dataset.test.labels == fake.expected(files: last..<last + 1).labels)
  }

  @Test(arguments: sets, encodings)
  func `a folder is read, named by its parent or by itself`(fake: FakeCIFAR, encoding: CIFAR.Encoding) throws
  {
    let place = try TemporaryDirectory()
    try fake.unpack(encoding, into: place)
    check(try load(fake, from: place.path), fake)
    check(try load(fake, from: place.file(fake.folder(encoding)) + "/"), fake)
  }

  @Test(arguments: sets, encodings)
  func `an archive is read in whatever order it is packed`(fake: FakeCIFAR, encoding: CIFAR.Encoding) throws {
    let place = try TemporaryDirectory()
    let archive = encoding == .binary ? fake.cifar.binaryArchive.file : fake.cifar.pickleArchive.file
    let files = fake.stems.indices.reversed().map { index in
      (
        "\(fake.folder(encoding))/\(fake.cifar.fileName(fake.stems[index], encoding))",
        fake.bytes(encoding, file: index)
      )
    }
    FakeTar.write([("\(fake.folder(encoding))/readme.html", [1, 2, 3])] + files, to: place.file(archive))
    check(try load(fake, from: place.path), fake)
    check(try load(fake, from: place.file(archive)), fake)
  }

  @Test func `every layout has the same fingerprint`() throws {
    let fake = FakeCIFAR(.ten)
    let fingerprints = try Self.encodings.map { encoding in
      let place = try TemporaryDirectory()
      try fake.unpack(encoding, into: place)
      return try load(fake, from: place.path).fingerprint
    }
    #expect(Set(fingerprints).count == 1)
    #expect(fingerprints.first?.count == 64)
  }

  @Test func `a folder named head may be short, another may not`() throws {
    let place = try TemporaryDirectory()
    let short = FakeCIFAR(.ten, perFile: 2)
    try short.unpack(.binary, into: place, folder: "cifar-10-head-bin")
    let full = FakeCIFAR(.ten, perFile: 4)
    let location = try DatasetLocator(given: place.path).locate(full.cifar)
    let dataset = try CIFARReader(cifar: full.cifar, location: location).dataset()
    #expect(dataset.train.count == 10 && dataset.test.count == 2)

    try short.unpack(.binary, into: place, folder: "cifar-10-batches-bin")
    let error = #expect(throws: DatasetError.self) { try load(full, from: place.path) }
    #expect(error?.fact == .truncated(found: 6146, expected: 12292))
    #expect(
      error?.description == "\(place.path)/cifar-10-batches-bin/data_batch_1.bin: "
        + "truncated file: 6146 bytes, expected 12292; copy or download it again")
  }

  @Test func `files that are missing are named`() throws {
    let place = try TemporaryDirectory()
    let fake = FakeCIFAR(.ten)
    try fake.unpack(.binary, into: place)
    for name in ["data_batch_3.bin", "test_batch.bin"] {
      try FileManager.default.removeItem(atPath: place.file("cifar-10-batches-bin/\(name)"))
    }
    let error = #expect(throws: DatasetError.self) { try load(fake, from: place.path) }
    #expect(
      error?.description == "\(place.path)/cifar-10-batches-bin: data_batch_3.bin, test_batch.bin are missing"
        + "; unpack CIFAR-10 again")
  }

  @Test func `a length that is no whole number of records is reported`() throws {
    let fake = FakeCIFAR(.ten)
    let bytes = fake.binary(file: 0)
    func fact(_ bytes: [UInt8], _ records: Int?) -> DatasetError.Fact? {
      #expect(throws: DatasetError.self) {
        try CIFARRecords(binary: bytes, of: fake.cifar, file: "f", records: records)
      }?.fact
    }
    #expect(fact(bytes + [0], 4) == .wrongLength(found: 12293, expected: "12292"))
    #expect(
      fact(bytes.dropLast(), nil)
        == .wrongLength(found: 12291, expected: "a multiple of 3073, one record per image"))
    #expect(fact([], nil) == .wrongLength(found: 0, expected: "a multiple of 3073, one record per image"))
  }

  @Test func `a label out of range is named with its byte`() throws {
    var bytes = FakeCIFAR(.ten).binary(file: 0)
    bytes[2 * 3073] = 10
    let ten = #expect(throws: DatasetError.self) {
      try CIFARRecords(binary: bytes, of: .ten, file: "data_batch_1.bin", records: 4)
    }
    #expect(
      ten?.description
        == "data_batch_1.bin, byte 6146: label 10 is out of range; CIFAR-10 has the labels 0…9")

    bytes = FakeCIFAR(.hundred).binary(file: 0)
    bytes[3074 + 1] = 100
    let hundred = #expect(throws: DatasetError.self) {
      try CIFARRecords(binary: bytes, of: .hundred, file: "train.bin", records: 4)
    }
    #expect(hundred?.fact == .label(found: 100, classes: 100))
    #expect(hundred?.offset == 3075)
  }

  @Test func `a data set that is nowhere says where it was sought and how to get it`() throws {
    let locator = DatasetLocator(environment: ["QUIRE_DATA": "/no/such"], local: "neither")
    let error = #expect(throws: DatasetError.self) { try Dataset.load(.cifar100, from: locator) }
    #expect(
      error?.description == "CIFAR-100 not found; looked in /no/such, neither; "
        + "get it with: quire data fetch cifar100")
    #expect(!locator.contains(.cifar10))
    #expect(DatasetLocator(given: "/a", environment: ["QUIRE_DATA": "/b"]).directories == ["/a"])
  }

  @Test func `a broken archive is reported with its reason`() throws {
    let place = try TemporaryDirectory()
    let fake = FakeCIFAR(.ten)
    let path = place.file("cifar-10-binary.tar.gz")
    FakeTar.write(
      fake.stems.enumerated().map { ("x/\($1).bin", fake.binary(file: $0)) }, to: path)
    let bytes = try FileBytes.read(path, limit: 1 << 20)
    for cut in [0, 5, 300, bytes.count / 2] {
      try place.write(Array(bytes.prefix(cut)), to: "cifar-10-binary.tar.gz")
      #expect(throws: DatasetError.self) { try load(fake, from: place.path) }
    }
    try place.write(Array(repeating: 7, count: 5000), to: "cifar-10-binary.tar.gz")
    let error = #expect(throws: DatasetError.self) { try load(fake, from: place.path) }
    #expect(error?.description.hasPrefix("\(path): cannot read the archive: ") == true)
  }

  @Test func `an archive's file that is larger than it can be is not read`() throws {
    let place = try TemporaryDirectory()
    let fake = FakeCIFAR(.ten)
    FakeTar.write(
      [("x/data_batch_1.bin", Array(repeating: 0, count: 1 << 20))],
      to: place.file("cifar-10-binary.tar.gz"))
    let error = #expect(throws: DatasetError.self) { try load(fake, from: place.path) }
    guard case .wrongLength(found: 1 << 20, _)? = error?.fact else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
