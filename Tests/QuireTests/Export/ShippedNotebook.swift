import Foundation
import Synchronization
import TestSupport
import Testing

/// A notebook shipped with Quire; its data sets are made small, or made up, so that a run takes a moment.
struct ShippedNotebook: Sendable, CustomTestStringConvertible {
  let file: String
  let text: String

  var testDescription: String { file }
  var name: String { String(file.dropLast(3)) }
  var shortTraining: [String] { text.contains("\nlet epochs = ") ? ["-p", "epochs=1"] : [] }

  static let all: [ShippedNotebook] = {
    let folder = "\(Executable.repository)/notebooks"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".md") }.sorted().compactMap { file in
      guard let text = try? String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8) else { return nil }
      let small = text.replacing(#/\.cifar100?\b|\.synthetic\([^)]*\)/#) { match in
        ".synthetic(train: 128, test: 64\(match.output.contains("target: .size") ? ", target: .size" : ""))"
      }
      return ShippedNotebook(file: file, text: small)
    }
  }()

  /// Writes the notebook and, if it needs them, the files of a data set.
  func write(into folder: String) throws {
    if text.contains(".fashionMNIST") {
      try IDXFiles(train: 200, test: 50).write(to: "\(folder)/data/fashion-mnist")
    }
    // A notebook may have a folder of files.
    let files = "\(Executable.repository)/notebooks/\(name)"
    if FileManager.default.fileExists(atPath: files) {
      try FileManager.default.copyItem(atPath: files, toPath: "\(folder)/\(name)")
    }
    try text.write(toFile: "\(folder)/\(file)", atomically: true, encoding: .utf8)
  }

  /// Copies the results of a run into the folder. The notebook runs once for all tests.
  func run(in folder: String, output: String = "output") throws -> Executable.Result {
    let (place, result) = try Self.runs.withLock { runs in
      if let done = runs[file] { return done }
      let place = try Executable.scratchFolder()
      try write(into: place)
      let done = (place, try Executable.run(["run", file] + shortTraining, in: place))
      runs[file] = done
      return done
    }
    try FileManager.default.copyItem(atPath: "\(place)/output", toPath: "\(folder)/\(output)")
    return result
  }

  /// The folder and the outcome of each notebook's run, by file.
  private static let runs = Mutex<[String: (folder: String, result: Executable.Result)]>([:])
}
