/// A pseudo-random number generator with reproducible results.
struct Scramble: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let mixed = (state ^ (state >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    return mixed ^ (mixed >> 29)
  }

  mutating func next(_ bound: Int) -> Int { Int(next() >> 33) % max(1, bound) }
  mutating func chance(_ percent: Int) -> Bool { next(100) < percent }
  mutating func pick<T>(_ list: [T]) -> T { list[next(list.count)] }
}
