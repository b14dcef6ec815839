import ArgumentParser
import Steps
import Store

extension ByteCount: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }

  public var defaultValueDescription: String { description }

  /// - Throws: where it is given as the memory that a run may need, and is none.
  func validateAsLimit() throws {
    let least = ByteCount(MemoryNeeds.program)
    if bytes < least.bytes {
      throw ValidationError(
        "--max-memory must be a size like 500M or 2G; \(self) is less than the \(least) that Quire itself takes"
      )
    }
  }
}
