@testable import Neural

/// Random pixels in CIFAR's file formats, a few images per file.
struct FakeCIFAR {
  var cifar: CIFAR
  var perFile = 4

  init(_ cifar: CIFAR, perFile: Int = 4) {
    self.cifar = cifar
    self.perFile = perFile
    self.cifar.recordsPerTrainFile = perFile
    self.cifar.recordsPerTestFile = perFile
  }

  var stems: [String] { cifar.trainFiles + [cifar.testFile] }

  /// The label and the colour planes of an image.
  func record(file: Int, image: Int) -> (label: Int, planes: [UInt8]) {
    var random = RandomStream(seed: 99, .synthetic, index: file, item: image)
    let label = random.below(cifar.classNames.count)
    return (label, (0..<CIFAR.imageBytes).map { _ in UInt8(random.below(256)) })
  }

  func binary(file: Int) -> [UInt8] {
    (0..<perFile).flatMap { image -> [UInt8] in
      let (label, planes) = record(file: file, image: image)
      return (cifar.labelBytes == 2 ? [0, UInt8(label)] : [UInt8(label)]) + planes
    }
  }

  /// The bytes as written by Python 2's cPickle for the published files (protocol 2).
  func pickle(file: Int) -> [UInt8] {
    let records = (0..<perFile).map { record(file: file, image: $0) }
    var out: [UInt8] = [0x80, 2] + Array("}q\u{1}(".utf8)
    func short(_ text: String) -> [UInt8] { [UInt8(ascii: "U"), UInt8(text.utf8.count)] + Array(text.utf8) }
    func half(_ value: Int) -> [UInt8] { [UInt8(value & 255), UInt8(value >> 8 & 255)] }
    out += short("batch_label") + [0x71, 2] + short("training batch 1 of 5") + [0x71, 3]
    out += short(cifar.labelKey) + [0x71, 4, 0x5D, 0x71, 5, 0x28]
    out += records.flatMap { [0x4B, UInt8($0.label)] } + [0x65]
    out += short("data") + [0x71, 6] + Array("cnumpy.core.multiarray\n_reconstruct\n".utf8) + [0x71, 7]
    out += Array("cnumpy\nndarray\n".utf8) + [0x71, 8, 0x4B, 0, 0x85, 0x55, 1, 0x62, 0x87, 0x52, 0x71, 9]
    out += [0x28, 0x4B, 1, 0x4D] + half(perFile) + [0x4D] + half(CIFAR.imageBytes) + [0x86]
    out += Array("cnumpy\ndtype\n".utf8) + [0x71, 10, 0x55, 2] + Array("u1".utf8)
    out += [0x4B, 0, 0x4B, 1, 0x87, 0x52, 0x71, 11, 0x28, 0x4B, 3, 0x55, 1, 0x7C, 0x4E, 0x4E, 0x4E]
    out += [0x4A, 255, 255, 255, 255, 0x4A, 255, 255, 255, 255, 0x4B, 0, 0x74, 0x62, 0x89, 0x54]
    let count = perFile * CIFAR.imageBytes
    out += half(count) + half(count >> 16) + records.flatMap(\.planes) + [0x74, 0x62]
    out += short("filenames") + [0x71, 12, 0x5D, 0x71, 13, 0x28]
    out += records.indices.flatMap { short("image_\($0).png") } + [0x65]
    return out + Array("u.".utf8)
  }

  func bytes(_ encoding: CIFAR.Encoding, file: Int) -> [UInt8] {
    encoding == .binary ? binary(file: file) : pickle(file: file)
  }

  func folder(_ encoding: CIFAR.Encoding) -> String {
    encoding == .binary ? cifar.binaryFolder : cifar.pickleFolder
  }

  /// Writes every file of a layout into `folder` (the published name by default).
  func unpack(_ encoding: CIFAR.Encoding, into place: TemporaryDirectory, folder: String? = nil) throws {
    for (index, stem) in stems.enumerated() {
      let name = cifar.fileName(stem, encoding)
      try place.write(bytes(encoding, file: index), to: "\(folder ?? self.folder(encoding))/\(name)")
    }
  }

  /// The records expected for any layout.
  func expected(files: Range<Int>) -> CIFARRecords {
    var records = CIFARRecords()
    for file in files {
      for image in 0..<perFile {
        let (label, planes) = record(file: file, image: image)
        records.labels.append(Int32(label))
        for pixel in 0..<1024 { for plane in 0..<3 { records.pixels.append(planes[plane * 1024 + pixel]) } }
      }
    }
    return records
  }
}
