/// The text escaped for HTML and XML, both between tags and in attributes with either quote.
///
/// `&`, `<`, `>`, `"` and `'` become references; characters that XML forbids become U+FFFD.
func escaped(_ text: String) -> String {
  var out = ""
  out.reserveCapacity(text.utf8.count)
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": out += "&amp;"
    case "<": out += "&lt;"
    case ">": out += "&gt;"
    case "\"": out += "&quot;"
    case "'": out += "&#39;"
    default: out.unicodeScalars.append(isAllowedInXML(scalar) ? scalar : "\u{FFFD}")
    }
  }
  return out
}

/// JSON escaped for a `<script>` element, so that it cannot end the element or open a comment.
///
/// The escaped characters occur only inside JSON strings, where the escapes are equivalent.
func escapedForScript(json: String) -> String {
  var out = ""
  out.reserveCapacity(json.utf8.count)
  for scalar in json.unicodeScalars {
    switch scalar {
    case "<": out += "\\u003c"
    case ">": out += "\\u003e"
    case "&": out += "\\u0026"
    case "\u{2028}": out += "\\u2028"
    case "\u{2029}": out += "\\u2029"
    default: out.unicodeScalars.append(scalar == "\0" ? "\u{FFFD}" : scalar)
    }
  }
  return out
}

/// The text as an element id: letters, digits, `-`, `_`, `.` and `:`; other characters become `-`.
func identifier(_ text: String) -> String {
  let kept = text.unicodeScalars.map { scalar -> Character in
    let isWord = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    return isWord || "-_.:".unicodeScalars.contains(scalar) ? Character(scalar) : "-"
  }
  return kept.isEmpty ? "-" : String(kept)
}

private func isAllowedInXML(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x09, 0x0A, 0x0D: true
  case 0..<0x20, 0x7F..<0xA0, 0xFFFE, 0xFFFF: false
  default: true
  }
}
