import Foundation
import Testing

/// The entry point of the test program. With our own, SwiftPM does not need to find XCTest's tests, for which it
/// would index everything that it compiles.
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
