import Formats
import Foundation

/// What the page may do: show its own images and style, and run its one script, known by its hash.
///
/// Nothing may be fetched, and a script that slips in through a notebook does not run.
enum ContentSecurityPolicy {
  static let text: String = {
    // Without a hash no script runs at all, and the page still reads whole.
    let script =
      (try? Digest.bytes(.sha256, of: Array(Script.text.utf8)))
      .map { "'sha256-\(Data($0).base64EncodedString())'" } ?? "'none'"
    return "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src \(script); "
      + "base-uri 'none'; form-action 'none'"
  }()
}
