import Support

/// MNIST and the data sets published in its format: names of folders and classes, checksums, constants.
struct IDX: Sendable, Hashable {
  var name: String
  /// The folder that `quire data fetch` writes to, and the data set's name on the command line.
  var folder: String
  /// torchvision's folder.
  var torchvisionFolder: String
  var classNames: [String]
  var mean: [Double]
  var std: [Double]
  /// The authors and the year.
  var reference: String
  /// The URL of the files, without their names.
  var base: String
  /// The MD5 of each published file, in the order of ``files``.
  var md5: [String]

  /// The files, uncompressed: training images and labels, test images and labels.
  static let files = [
    "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte",
  ]
  /// The height and width of every image in pixels.
  static let side = 28
  /// The number of images as published: training, test.
  static let published = (train: 60_000, test: 10_000)

  /// The download of `quire data fetch`.
  var publication: Publication {
    Publication(
      command: folder,
      files: zip(Self.files, md5).map {
        PublishedArchive(file: "\($0).gz", md5: $1, base: base, folder: folder)
      })
  }

  /// A folder with the data set's files.
  struct Location: Sendable, Hashable {
    var folder: String

    /// The path of a file: without `.gz` if both exist, or neither.
    func path(of file: String) -> String {
      let path = "\(folder)/\(file)"
      return !FileBytes.isFile(path) && FileBytes.isFile("\(path).gz") ? "\(path).gz" : path
    }
  }

  /// The folders that may hold the files: below a directory, and the directory itself if its name is the data set's.
  func folders(in directory: String) -> [String] {
    let below = [folder, torchvisionFolder, "\(torchvisionFolder)/raw"].map { "\(directory)/\($0)" }
    let parts = directory.split(separator: "/").map(String.init)
    let last = parts.last == "raw" ? parts.dropLast().last : parts.last
    let isItself = last.map { Self.plain($0) == Self.plain(folder) } ?? false
    return (isItself ? [directory] : []) + below
  }

  /// The letters and digits of a folder's name in lower case: `fashionmnist`.
  private static func plain(_ name: String) -> String {
    name.lowercased().filter { $0.isLetter || $0.isNumber }
  }
}

extension IDX {
  static let mnist = IDX(
    name: "MNIST", folder: "mnist", torchvisionFolder: "MNIST", classNames: (0...9).map { "\($0)" },
    mean: Normalization.mnist.mean, std: Normalization.mnist.std,
    reference: "LeCun, Cortes and Burges, 1998", base: "https://ossci-datasets.s3.amazonaws.com/mnist",
    md5: [
      "f68b3c2dcbeaaa9fbdd348bbdeb94873", "d53e105ee54ea40749a09fcbcd1e9432",
      "9fb629c4189551a2d022fa330f9573f3", "ec29112dd5afa0611ce80d1b7f02629c",
    ])

  static let fashionMNIST = IDX(
    name: "Fashion-MNIST", folder: "fashion-mnist", torchvisionFolder: "FashionMNIST",
    classNames: [
      "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
      "Ankle boot",
    ], mean: [0.2860], std: [0.3530], reference: "Xiao, Rasul and Vollgraf, 2017",
    base: "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com",
    md5: [
      "8d4fb7e6c68d591d4c3dfef9ec88bf0d", "25c81989df183df01b3e8a0aad5dffbe",
      "bef4ecab320f06d8554ea6380940ec79", "bb300cfdad3c16e7a12a480ee83cd310",
    ])

  static let kmnist = IDX(
    name: "KMNIST", folder: "kmnist", torchvisionFolder: "KMNIST",
    classNames: ["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"], mean: [0.1918],
    std: [0.3483], reference: "Clanuwat et al., 2018", base: "http://codh.rois.ac.jp/kmnist/dataset/kmnist",
    md5: [
      "bdb82020997e1d708af4cf47b453dcf7", "e144d726b3acfaa3e44228e80efcd344",
      "5c965bf0a639b31b8f53240b1b52f4d7", "7320c461ea6c1c855c0b718fb2a4b134",
    ])
}
