#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The C library's functions, with names that do not clash with this module's.
enum Math {
  static func log(_ x: Double) -> Double { _log(x) }
  static func cos(_ x: Double) -> Double { _cos(x) }
  static func sin(_ x: Double) -> Double { _sin(x) }
  static func tan(_ x: Double) -> Double { _tan(x) }
  static func atan(_ x: Double) -> Double { _atan(x) }
  static func exp(_ x: Double) -> Double { _exp(x) }
  static func pow(_ x: Double, _ y: Double) -> Double { _pow(x, y) }
}

private func _log(_ x: Double) -> Double { log(x) }
private func _cos(_ x: Double) -> Double { cos(x) }
private func _sin(_ x: Double) -> Double { sin(x) }
private func _tan(_ x: Double) -> Double { tan(x) }
private func _atan(_ x: Double) -> Double { atan(x) }
private func _exp(_ x: Double) -> Double { exp(x) }
private func _pow(_ x: Double, _ y: Double) -> Double { pow(x, y) }
