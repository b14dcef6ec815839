/// Maps a position outside `0 ..< count` to one inside, mirrored without repeating the edge (OpenCV's
/// `BORDER_REFLECT_101`: `dcb|abcd|cba`).
@inline(__always)
func reflect101(_ position: Int, _ count: Int) -> Int {
  if position >= 0, position < count { return position }
  guard count > 1 else { return 0 }
  let period = 2 * (count - 1)
  var folded = position % period
  if folded < 0 { folded += period }
  return folded < count ? folded : period - folded
}
