import Foundation

/// Foundation's number formatting, in one place.
enum Format {
  static func number(_ value: Double, decimals: Int) -> String {
    String(format: "%.\(decimals)f", locale: Locale(identifier: "en_US_POSIX"), value)
  }
}
