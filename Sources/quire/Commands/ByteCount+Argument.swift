import ArgumentParser
import Steps
import Store
import Support

extension ByteCount: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }

  public var defaultValueDescription: String { description }

  /// Checks that a run could work with this memory limit.
  ///
  /// - Throws: a message if it is less than Quire itself needs.
  func validateAsLimit() throws {
    let least = ByteCount(MemoryNeeds.program)
    if bytes < least.bytes {
      throw ValidationError(
        "--max-memory must be a size like 500M or 2G; \(self) is less than the \(least) that Quire itself needs"
      )
    }
  }
}
