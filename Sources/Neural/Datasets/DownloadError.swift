/// What can go wrong while a data set is downloaded.
public struct DownloadError: Problem, Hashable {
  public enum Fact: Sendable, Hashable {
    /// The address is not one, or is neither http nor https.
    case address
    /// No connection, or one that broke; the reason is the system's. What came so far is kept.
    case connection(reason: String)
    /// The server answered with something else than the file.
    case status(Int)
    /// The connection ended early. What came so far is kept.
    case incomplete(found: Int, expected: Int)
    /// The file is not the published one; it was removed.
    case checksum(found: String, expected: String)
    /// The server sends more than any of these archives has.
    case tooLarge(limit: Int)
  }

  public var fact: Fact
  public var url: String

  public var description: String {
    switch fact {
    case .address: "cannot download \(url): not an http or https address"
    case .connection(let reason):
      "cannot download \(url): \(reason); check the connection and run again: what came so far is kept"
    case .status(let code): "cannot download \(url): the server answered with HTTP status \(code)"
    case .incomplete(let found, let expected):
      "download of \(url) ended early: \(found) of \(expected) bytes; run again to go on from there"
    case .checksum(let found, let expected):
      "\(url) is not the published file: its MD5 is \(found), expected \(expected); "
        + "it was removed, run again or use another mirror"
    case .tooLarge(let limit): "cannot download \(url): it is larger than \(limit) bytes"
    }
  }
}
