import Foundation
import Support
import TestSupport
import Testing

@testable import Neural

@Suite struct IDXTests {
  static let published: [(source: DataSource, folder: String, torchvision: String)] = [
    (.mnist, "mnist", "MNIST/raw"), (.fashionMNIST, "fashion-mnist", "FashionMNIST/raw"),
    (.kmnist, "kmnist", "KMNIST/raw"),
  ]
  let files = IDXFiles(train: 25, test: 12)

  private func load(_ source: DataSource, from directory: String) throws -> Dataset {
    try Dataset.load(source, from: DatasetLocator(given: directory))
  }

  private func error(_ bytes: [UInt8], in name: String, compressed: Bool = false) throws -> String {
    let place = try TemporaryDirectory()
    try files.write(to: place.file("mnist"))
    try place.write(bytes, to: compressed ? "mnist/\(name).gz" : "mnist/\(name)")
    if compressed { try FileManager.default.removeItem(atPath: place.file("mnist/\(name)")) }
    let locator = DatasetLocator(given: place.path)
    let read = #expect(throws: DatasetError.self) { try Dataset.load(.mnist, from: locator) }
    let found = #expect(throws: DatasetError.self) { try DatasetOutline.find(.mnist, from: locator) }
    #expect(read == found, "'quire check' finds the same error as the run")
    return (read?.description ?? "").replacing("\(place.path)/", with: "")
  }

  @Test(arguments: published)
  func `a data set is read from its folder and from torchvision's`(
    source: DataSource, folder: String, torchvision: String
  ) throws {
    for layout in [folder, torchvision] {
      let place = try TemporaryDirectory()
      try files.write(to: place.file(layout))
      for directory in [place.path, place.file(layout)] {
        let data = try load(source, from: directory)
        #expect(data.name == source.name && data.classCount == 10)
        #expect(data.colorMode == .grayscale && data.imageSize == ImageSize(28, 28))
        #expect(data.train.pixels == Array(files.files[0].bytes.dropFirst(16)))
        #expect(data.train.labels == (0..<25).map { Int32($0 % 10) })
        #expect(data.test.pixels == Array(files.files[2].bytes.dropFirst(16)))
        #expect(data.test.labels == (0..<12).map { Int32($0 % 10) })
        #expect(data.source.contains(", shortened ("))
      }
    }
  }

  @Test func `compressed files give the same data, and their outline is that of the data`() throws {
    let (plain, packed) = (try TemporaryDirectory(), try TemporaryDirectory())
    try files.write(to: plain.file("mnist"))
    try FileManager.default.createDirectory(
      atPath: packed.file("mnist"), withIntermediateDirectories: true)
    for file in files.files { FakeGzip.write(file.bytes, to: packed.file("mnist/\(file.name).gz")) }
    let data = try load(.mnist, from: packed.path)
    #expect(try data.fingerprint == load(.mnist, from: plain.path).fingerprint)
    for place in [plain, packed] {
      let outline = try #require(
        try DatasetOutline.find(.mnist, from: DatasetLocator(given: place.path)))
      var expected = DatasetOutline(data)
      #expect(outline == expected)
      #expect(outline.trainPerClass == [3, 3, 3, 3, 3, 2, 2, 2, 2, 2] && outline.testCount == 12)
      #expect(outline.bytes == 37 * 784)
      expected = try DatasetOutline(load(.mnist, from: place.path))
      #expect(outline == expected)
    }
  }

  @Test func `the files of one data set are not taken for another's`() throws {
    let place = try TemporaryDirectory()
    try files.write(to: place.file("mnist"))
    for directory in [place.path, place.file("mnist")] {
      let error = #expect(throws: DatasetError.self) { try load(.fashionMNIST, from: directory) }
      #expect(
        error?.description
          == "Fashion-MNIST not found; looked in \(directory); get it with: quire data fetch fashion-mnist")
    }
  }

  @Test func `missing files are named`() throws {
    let place = try TemporaryDirectory()
    try files.write(to: place.file("kmnist"))
    for name in ["train-labels-idx1-ubyte", "t10k-images-idx3-ubyte"] {
      try FileManager.default.removeItem(atPath: place.file("kmnist/\(name)"))
    }
    let error = #expect(throws: DatasetError.self) { try load(.kmnist, from: place.path) }
    #expect(error?.fact == .missingFiles(["train-labels-idx1-ubyte", "t10k-images-idx3-ubyte"]))
  }

  @Test func `damaged files are named, with the place and what is expected`() throws {
    let images = IDXFiles.images(25, seed: 1)
    let labels = IDXFiles.labels(25)
    let again = "; copy or download it again"
    #expect(
      try error(Array(images.dropLast()), in: "train-images-idx3-ubyte")
        == "mnist/train-images-idx3-ubyte: truncated file: 19615 bytes, expected 19616\(again)")
    #expect(
      try error(images + [0], in: "train-images-idx3-ubyte")
        == "mnist/train-images-idx3-ubyte: the file has 19617 bytes, expected 19616\(again)")
    #expect(
      try error([0, 0], in: "train-images-idx3-ubyte")
        == "mnist/train-images-idx3-ubyte: truncated file: 2 bytes, expected 16\(again)")
    #expect(
      try error(Array("<!DOCTYPE html><html>".utf8), in: "train-images-idx3-ubyte")
        == "mnist/train-images-idx3-ubyte, byte 0: not an IDX file of MNIST: it begins with the bytes 3c 21 44 4f, "
        + "expected 00 00 08 03\(again)")
    #expect(
      try error(IDXFiles.images(25, side: 32, seed: 1), in: "train-images-idx3-ubyte")
        == "mnist/train-images-idx3-ubyte, byte 8: not an IDX file of MNIST: the header has images of 32×32 pixels, "
        + "expected 28×28\(again)")
    #expect(
      try error([0, 0, 8, 3, 255, 255, 255, 255, 0, 0, 0, 28, 0, 0, 0, 28], in: "train-images-idx3-ubyte")
        == "mnist/train-images-idx3-ubyte, byte 4: not an IDX file of MNIST: the header has 4,294,967,295 images, "
        + "expected 1 to 1,048,576\(again)")
    #expect(
      try error(IDXFiles.labels(24), in: "train-labels-idx1-ubyte")
        == "mnist/train-labels-idx1-ubyte: not an IDX file of MNIST: it has 24 labels for 25 images\(again)")
    #expect(
      try error(Array(labels.dropLast()) + [10], in: "train-labels-idx1-ubyte")
        == "mnist/train-labels-idx1-ubyte, byte 32: label 10 is out of range; MNIST has the labels 0…9")
    #expect(
      try error(labels, in: "t10k-images-idx3-ubyte", compressed: true)
        == "mnist/t10k-images-idx3-ubyte.gz: cannot read the archive: not compressed with gzip\(again)")
  }

  @Test(arguments: [0.2, 0.6, 0.99]) func `a truncated archive is reported before the run`(part: Double)
    throws
  {
    let place = try TemporaryDirectory()
    FakeGzip.write(IDXFiles.images(25, seed: 1), to: place.file("x.gz"))
    let bytes = try FileBytes.read(place.file("x.gz"), limit: 1 << 20)
    let text = try error(
      Array(bytes.prefix(Int(Double(bytes.count) * part))), in: "train-images-idx3-ubyte", compressed: true)
    #expect(text.hasPrefix("mnist/train-images-idx3-ubyte.gz: cannot read the archive: "))
  }

  @Test func `a stamp changes with a file`() throws {
    let place = try TemporaryDirectory()
    try files.write(to: place.file("mnist"))
    let locator = DatasetLocator(given: place.path)
    let before = locator.stamp(of: .mnist)
    try place.write(IDXFiles.images(26, seed: 1), to: "mnist/train-images-idx3-ubyte")
    #expect(locator.stamp(of: .mnist) != before)
  }

  @Test(arguments: published)
  func `every published file has an address, a checksum and a folder of its own`(
    source: DataSource, folder: String, torchvision: String
  ) throws {
    let publication = try #require(source.publication)
    #expect(publication.command == folder && publication.files.count == 4)
    for archive in publication.files {
      let download = Download(archive, into: "data", environment: [:])
      #expect(download.path == "data/\(folder)/\(archive.file)")
      #expect(download.url == "\(archive.base)/\(archive.file)" && archive.md5.count == 32)
      let mirrored = Download(archive, into: "d", environment: ["QUIRE_MIRROR": "http://localhost:1/x"])
      #expect(mirrored.url == "http://localhost:1/x/\(folder)/\(archive.file)")
    }
  }

  @Test func `downloaded files are read`() async throws {
    let (place, packed) = (try TemporaryDirectory(), try TemporaryDirectory())
    for file in files.files {
      FakeGzip.write(file.bytes, to: packed.file(file.name))
      let body = try FileBytes.read(packed.file(file.name), limit: 1 << 20)
      let server = try FakeServer(.init(body: body))
      defer { server.stop() }
      let archive = PublishedArchive(
        file: "\(file.name).gz", md5: try Digest.hex(.md5, of: body), folder: "fashion-mnist")
      try await Download(archive, into: place.path, base: server.base).run()
    }
    #expect(try load(.fashionMNIST, from: place.path).train.count == 25)
  }
}
