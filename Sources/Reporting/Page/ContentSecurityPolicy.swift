import Foundation
import Support

/// The page's content security policy: it may show its own images and style and run its one script, identified by
/// hash.
///
/// Nothing may be loaded, and a script injected through a notebook does not run.
enum ContentSecurityPolicy {
  /// The policy; only the fonts of a theme may be used, from within the page.
  static func text(hasTheme: Bool) -> String { hasTheme ? "\(text); font-src data:" : text }

  private static let text: String = {
    // Without a hash, no script runs and the page is still complete.
    let script =
      (try? Digest.bytes(.sha256, of: Array(Script.text.utf8)))
      .map { "'sha256-\(Data($0).base64EncodedString())'" } ?? "'none'"
    return "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src \(script); "
      + "base-uri 'none'; form-action 'none'"
  }()
}
