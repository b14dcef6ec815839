extension String {
  /// The text with `&`, `<`, `>`, `"` and `'` as character references: safe as content and in attributes.
  var escapedHTML: String {
    // Most texts, and all images, contain nothing to escape.
    guard utf8.contains(where: { "&<>\"'".utf8.contains($0) }) else { return self }
    var result = ""
    result.reserveCapacity(utf8.count)
    for scalar in unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
