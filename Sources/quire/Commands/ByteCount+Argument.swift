import ArgumentParser
import Store

extension ByteCount: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }

  public var defaultValueDescription: String { description }

  /// - Throws: where it is given as the memory that a run may need, and is none.
  func validateAsLimit() throws {
    if bytes < 1 { throw ValidationError("--max-memory must be a size like 500M or 2G, found \(self)") }
  }
}
