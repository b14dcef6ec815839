/// What the page may do: show its own images and style, and run its one script, known by its hash.
///
/// Nothing may be fetched, and a script that slips in through a notebook does not run.
enum ContentSecurityPolicy {
  static let text: String = {
    // Without a hash no script runs at all, and the page still reads whole.
    let script = sha256(Array(Script.text.utf8)).map { "'sha256-\(base64($0))'" } ?? "'none'"
    return "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src \(script); "
      + "base-uri 'none'; form-action 'none'"
  }()
}
