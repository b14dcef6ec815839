import Foundation
import Support

/// The page's content security policy: it may show its own images and style and run its one script, identified by
/// hash.
///
/// Nothing may be loaded, and a script injected through a notebook does not run.
enum ContentSecurityPolicy {
  /// The policy of a page with this script; only the fonts of a theme may be used, from within the page.
  static func text(script: String, hasTheme: Bool) -> String {
    // Without a hash, no script runs and the page is still complete.
    let source =
      (try? Digest.bytes(.sha256, of: Array(script.utf8)))
      .map { "'sha256-\(Data($0).base64EncodedString())'" } ?? "'none'"
    let policy =
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src \(source); "
      + "base-uri 'none'; form-action 'none'"
    return hasTheme ? "\(policy); font-src data:" : policy
  }
}
