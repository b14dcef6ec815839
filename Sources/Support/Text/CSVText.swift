/// Writes comma-separated values (RFC 4180).
///
///     CSVText.line(["a", "1, 2", "say \"hi\""])   // a,"1, 2","say ""hi"""
public enum CSVText {
  /// A line without its end. Fields with commas, quotes or line ends are quoted.
  public static func line(_ fields: [String]) -> String {
    // Readers skip an empty line, so a single empty field is quoted.
    fields == [""] ? "\"\"" : fields.map(field).joined(separator: ",")
  }

  private static func field(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: special.contains) else { return text }
    return "\"\(text.replacing("\"", with: "\"\""))\""
  }

  private static let special: Set<Unicode.Scalar> = [",", "\"", "\r", "\n"]
}
