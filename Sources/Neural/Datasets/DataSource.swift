/// The source of a notebook's images.
///
///     let data = try Dataset.load(.cifar10, from: DatasetLocator(given: "/data"))
public struct DataSource: Sendable, Hashable, CustomStringConvertible {
  enum Rule: Sendable, Hashable {
    case cifar(CIFAR)
    case idx(IDX)
    case imageFolder(path: String, preparation: [ImagePreparation], ColorMode)
    case arrays(ArrayTable)
    case csv(CSVTable.Request)
    case synthetic(train: Int, test: Int, seed: UInt64, target: SyntheticTarget)
  }

  let rule: Rule

  /// CIFAR-10: 50,000 + 10,000 photographs of 32×32 pixels in ten classes (Krizhevsky, 2009).
  public static let cifar10 = DataSource(rule: .cifar(.ten))

  /// CIFAR-100 with its 100 fine labels, in the same format (Krizhevsky, 2009).
  public static let cifar100 = DataSource(rule: .cifar(.hundred))

  /// MNIST: 60,000 + 10,000 handwritten digits, grayscale, 28×28 pixels (LeCun, Cortes and Burges, 1998).
  public static let mnist = DataSource(rule: .idx(.mnist))

  /// Fashion-MNIST: 60,000 + 10,000 pictures of clothes, grayscale, 28×28 pixels (Xiao, Rasul and Vollgraf, 2017).
  public static let fashionMNIST = DataSource(rule: .idx(.fashionMNIST))

  /// KMNIST: 60,000 + 10,000 handwritten Kuzushiji characters, grayscale, 28×28 pixels (Clanuwat et al., 2018).
  public static let kmnist = DataSource(rule: .idx(.kmnist))

  /// The published data sets.
  public static let published: [DataSource] = [.cifar10, .cifar100, .mnist, .fashionMNIST, .kmnist]

  /// PNG and JPEG files in one folder per class, and in folders below it, as in torchvision's `ImageFolder`.
  ///
  /// - `PATH/{train,test}/CLASS/*.{png,jpg}`, `PATH/{train,val}/CLASS/*.{png,jpg}` or `PATH/{train,val,test}/CLASS/*.{png,jpg}`: the
  ///   folders' splits. The validation folder may also be called `valid`, `validation` or `dev`, and the test
  ///   folder `testing`, `eval` or `evaluation`, as in Hugging Face's data sets.
  /// - `PATH/CLASS/*.{png,jpg}` or `PATH/train/CLASS/*.{png,jpg}`: a fifth of each class, at least one image, becomes the test set.
  ///
  /// - Parameters:
  ///   - path: a folder, relative to the working directory or to the data directory.
  ///   - size: images are resized to this height and width in pixels, 1…1024.
  ///   - colorMode: images are converted to these channels before they are resized.
  public static func imageFolder(
    _ path: String, size: Int = 32, colorMode: ColorMode = .rgb
  ) -> DataSource {
    imageFolder(path, prepare: [.resize(size, size)], colorMode: colorMode)
  }

  /// The same with other transforms than resizing: they make photographs of any size equally large.
  ///
  ///     DataSource.imageFolder("photos", prepare: [.smallestMaxSize(96), .centerCrop(96, 96)])
  ///
  /// - Parameters:
  ///   - path: a folder, relative to the working directory or to the data directory.
  ///   - prepare: transforms applied to every image once, in order. Images must have one size in the end.
  ///   - colorMode: images are converted to these channels before they are prepared.
  public static func imageFolder(
    _ path: String, prepare: [ImagePreparation], colorMode: ColorMode = .rgb
  ) -> DataSource {
    DataSource(rule: .imageFolder(path: path, preparation: prepare, colorMode))
  }

  /// The embedded data set: drawings of 32×32 pixels, generated on demand.
  ///
  /// - Parameters:
  ///   - train: the number of training images, 1…100,000.
  ///   - test: the number of test images, 1…100,000.
  ///   - seed: the seed of the random numbers.
  ///   - target: the target of each image: the kind of shape (a class), its size or its angle (numbers).
  public static func synthetic(
    train: Int = 5000, test: Int = 1000, seed: UInt64 = 1, target: SyntheticTarget = .shape
  ) -> DataSource {
    DataSource(rule: .synthetic(train: train, test: test, seed: seed, target: target))
  }

  /// The data set's name, for example `CIFAR-10`.
  public var name: String {
    switch rule {
    case .cifar(let cifar): cifar.name
    case .idx(let idx): idx.name
    case .imageFolder(let path, _, _): path
    case .arrays: ArrayTable.name
    case .csv(let request): request.path.split(separator: "/").last.map(String.init) ?? request.path
    case .synthetic(_, _, _, let target): target.name
    }
  }

  public var description: String { name }

  /// The class names, if they are known without reading the data.
  public var classNames: [String]? {
    switch rule {
    case .cifar(let cifar): cifar.classNames
    case .idx(let idx): idx.classNames
    case .imageFolder, .arrays, .csv, .synthetic: nil
    }
  }

  /// The folder of an ``imageFolder(_:size:colorMode:)``, its transforms and channels; `nil` for other sources.
  public var imageFolder: (path: String, preparation: [ImagePreparation], colorMode: ColorMode)? {
    if case .imageFolder(let path, let preparation, let mode) = rule {
      (path, preparation, mode)
    } else {
      nil
    }
  }

  /// Checks the transforms of an image folder.
  ///
  /// - Throws: ``ImagePreparationError``.
  public func validate() throws(ImagePreparationError) {
    if case .imageFolder(_, let preparation, _) = rule { _ = try preparation.finalSize() }
  }

  /// The size of every image; `nil` if it is invalid, and for tables.
  public var imageSize: ImageSize? {
    switch rule {
    case .cifar: ImageSize(CIFAR.side, CIFAR.side)
    case .idx: ImageSize(IDX.side, IDX.side)
    case .imageFolder(_, let preparation, _): try? preparation.finalSize()
    case .arrays: nil
    case .csv(let request):
      request.images.flatMap { _ in
        let side = request.size ?? CSVTable.defaultSize
        return ImageSize.sides.contains(side) ? ImageSize(side, side) : nil
      }
    case .synthetic: ImageSize(SyntheticCanvas.side, SyntheticCanvas.side)
    }
  }

  /// The channels of every image.
  public var colorMode: ColorMode {
    switch rule {
    case .cifar, .arrays, .csv, .synthetic: .rgb
    case .idx: .grayscale
    case .imageFolder(_, _, let mode): mode
    }
  }

  /// Whether the data set is read from files, which a check may not find.
  public var readsFiles: Bool {
    switch rule {
    case .cifar, .idx, .imageFolder, .csv: true
    case .arrays, .synthetic: false
    }
  }

  /// The files for ``Download``; `nil` if the data set is not published.
  public var publication: Publication? {
    switch rule {
    case .cifar(let cifar): cifar.publication
    case .idx(let idx): idx.publication
    case .imageFolder, .arrays, .csv, .synthetic: nil
    }
  }
}
