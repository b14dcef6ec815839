/// An error while a data set is downloaded.
public struct DownloadError: Problem, Hashable {
  /// The kinds of errors.
  public enum Fact: Sendable, Hashable {
    /// The URL is invalid, or neither http nor https.
    case address
    /// The connection failed or was lost; the reason is from the system. The received part is kept.
    case connection(reason: String)
    /// The server answered with another status.
    case status(Int)
    /// The connection ended early. The received part is kept.
    case incomplete(found: Int, expected: Int)
    /// The file is not the published one and was removed.
    case checksum(found: String, expected: String)
    /// The server sends more bytes than any of these archives has.
    case tooLarge(limit: Int)
  }

  /// The kind of error, with its details.
  public var fact: Fact
  /// The URL of the file.
  public var url: String

  public var description: String {
    switch fact {
    case .address: "cannot download \(url): not an http or https address"
    case .connection(let reason):
      "cannot download \(url): \(reason); check the connection and run the command again to resume"
    case .status(let code): "cannot download \(url): the server answered with HTTP status \(code)"
    case .incomplete(let found, let expected):
      "download of \(url) ended early: \(found) of \(expected) bytes; run the command again to resume"
    case .checksum(let found, let expected):
      "\(url) is not the published file: MD5 \(found), expected \(expected); "
        + "the file was removed; run the command again or use a different mirror"
    case .tooLarge(let limit): "cannot download \(url): larger than \(limit) bytes"
    }
  }
}
