import Foundation
import Neural
import Support

/// A small set of generated PNG images, in one folder per class, for `.imageFolder`.
enum SampleImages {
  static let imagesPerClass = 80

  static var count: Int { SamplePattern.allCases.count * imagesPerClass }

  /// Writes the images into a new folder, which appears complete or not at all.
  ///
  /// - Throws: ``FileError``, or an error that names the image.
  static func write(to folder: String) throws {
    let unfinished = "\(folder).tmp-\(getpid())"
    do {
      for (label, pattern) in SamplePattern.allCases.enumerated() {
        let place = "\(unfinished)/\(pattern.rawValue)"
        try AtomicFile.createDirectory(place)
        for number in 1...imagesPerClass {
          let image = try pattern.image(number: label * imagesPerClass + number)
          try AtomicFile.write(
            image.png(), to: "\(place)/\(pattern.rawValue)-\(number).png", isSynced: false)
        }
      }
      guard rename(unfinished, folder) == 0 else {
        throw FileError(.system(.createDirectory, code: errno), path: folder)
      }
    } catch {
      try? FileManager.default.removeItem(atPath: unfinished)
      throw error
    }
  }
}
