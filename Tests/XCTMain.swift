import Foundation
import Testing

/// The entry point of the tests' program. With one of our own, SwiftPM need not look for XCTest's tests, for which it would
/// need an index of everything that is compiled.
@main
struct TestMain {
  static func main() async {
    guard CommandLine.arguments.contains("swift-testing") else {
      FileHandle.standardError.write(
        Data(
          "the tests need 'swift test --enable-swift-testing --disable-xctest'; scripts/test runs that\n".utf8
        ))
      exit(1)
    }
    await Testing.__swiftPMEntryPoint() as Never
  }
}
