/// The two published CIFAR data sets: names of files and classes, sizes, checksums.
struct CIFAR: Sendable, Hashable {
  /// The file formats.
  enum Encoding: String, Sendable, Hashable {
    case binary, pickle
  }

  var name: String
  var classNames: [String]
  /// The names of the training files without extension, in order.
  var trainFiles: [String]
  var testFile: String
  var recordsPerTrainFile: Int
  var recordsPerTestFile: Int
  /// The number of label bytes before each image in the binary files; the last one is the class.
  var labelBytes: Int
  /// The key of the labels in the pickles.
  var labelKey: String
  /// The folders inside the published archives.
  var binaryFolder: String
  var pickleFolder: String
  var mean: [Double]
  var std: [Double]
  /// The published archives, binary and Python.
  var binaryArchive: PublishedArchive
  var pickleArchive: PublishedArchive

  /// The height and width of every image in pixels, stored as three planes.
  static let side = 32
  static let imageBytes = 3 * side * side

  var recordBytes: Int { labelBytes + Self.imageBytes }

  /// Folders with these names may contain fewer images per file than published.
  var headFolders: [(name: String, encoding: Encoding)] {
    let stem = binaryArchive.file.replacing("-binary.tar.gz", with: "-head")
    return [("\(stem)-bin", .binary), ("\(stem)-py", .pickle)]
  }

  func fileName(_ stem: String, _ encoding: Encoding) -> String {
    encoding == .binary ? "\(stem).bin" : stem
  }

  /// The download of `quire data fetch`: the binary archive.
  var publication: Publication {
    Publication(command: name.lowercased().replacing("-", with: ""), files: [binaryArchive])
  }

  /// All files in order, the test file last, with the number of images published in each.
  func files(_ encoding: Encoding) -> [(name: String, records: Int)] {
    trainFiles.map { (fileName($0, encoding), recordsPerTrainFile) }
      + [(fileName(testFile, encoding), recordsPerTestFile)]
  }
}

extension CIFAR {
  static let ten = CIFAR(
    name: "CIFAR-10",
    classNames: [
      "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
    ],
    trainFiles: (1...5).map { "data_batch_\($0)" }, testFile: "test_batch",
    recordsPerTrainFile: 10_000, recordsPerTestFile: 10_000, labelBytes: 1, labelKey: "labels",
    binaryFolder: "cifar-10-batches-bin", pickleFolder: "cifar-10-batches-py",
    // The usual constants; for their meaning see Normalization.cifar10Std.
    mean: [0.4914, 0.4822, 0.4465], std: [0.2023, 0.1994, 0.2010],
    binaryArchive: PublishedArchive(
      file: "cifar-10-binary.tar.gz", md5: "c32a1d4ab5d03f1284b67883e8d13530"),
    pickleArchive: PublishedArchive(
      file: "cifar-10-python.tar.gz", md5: "c58f30108f718f92721af3b95e74349a"))

  static let hundred = CIFAR(
    name: "CIFAR-100",
    classNames: """
      apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus butterfly \
      camel can castle caterpillar cattle chair chimpanzee clock cloud cockroach couch crab crocodile \
      cup dinosaur dolphin elephant flatfish forest fox girl hamster house kangaroo keyboard lamp \
      lawn_mower leopard lion lizard lobster man maple_tree motorcycle mountain mouse mushroom oak_tree \
      orange orchid otter palm_tree pear pickup_truck pine_tree plain plate poppy porcupine possum \
      rabbit raccoon ray road rocket rose sea seal shark shrew skunk skyscraper snail snake spider \
      squirrel streetcar sunflower sweet_pepper table tank telephone television tiger tractor train \
      trout tulip turtle wardrobe whale willow_tree wolf woman worm
      """.split(separator: " ").map(String.init),
    trainFiles: ["train"], testFile: "test",
    recordsPerTrainFile: 50_000, recordsPerTestFile: 10_000, labelBytes: 2, labelKey: "fine_labels",
    binaryFolder: "cifar-100-binary", pickleFolder: "cifar-100-python",
    mean: [0.5071, 0.4865, 0.4409], std: [0.2673, 0.2564, 0.2762],
    binaryArchive: PublishedArchive(
      file: "cifar-100-binary.tar.gz", md5: "03b5dce01913d631647c71ecec9e9cb8"),
    pickleArchive: PublishedArchive(
      file: "cifar-100-python.tar.gz", md5: "eb9058c3a382ffc7106e4002c42a8d85"))
}
