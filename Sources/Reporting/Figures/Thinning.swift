import Support

/// Fewer points with the same outline: the lowest and highest point of each of `limit`/2 equal intervals.
///
/// Points that are not finite are kept between intervals, so that gaps remain.
func thinned(_ points: [Point], limit: Int) -> [Point] {
  let buckets = max(1, limit / 2)
  guard points.count > max(2, limit) else { return points }
  var kept: [Point] = []
  kept.reserveCapacity(buckets * 2 + 2)
  for bucket in 0..<buckets {
    let start = points.count * bucket / buckets
    let end = points.count * (bucket + 1) / buckets
    let stretch = (start..<end).filter { points[$0].isFinite }
    guard let low = stretch.min(by: { points[$0].y < points[$1].y }),
      let high = stretch.max(by: { points[$0].y < points[$1].y })
    else {
      if start < end { kept.append(points[start]) }
      continue
    }
    kept.append(points[min(low, high)])
    if low != high { kept.append(points[max(low, high)]) }
  }
  return kept
}

/// At most `limit` evenly spaced rows, always including the last.
func thinned(_ table: Table, limit: Int) -> Table {
  let kept = evenlySpaced(table.rows.count, limit: limit)
  guard kept.count < table.rows.count else { return table }
  var out = table
  out.rows = kept.map { table.rows[$0] }
  let note = thinningNote(kept.count, of: table.rows.count)
  out.caption = table.caption.map { "\($0) (\(note))" } ?? note
  return out
}

/// At most `limit` of the indices up to `count`, evenly spaced, always including the last.
func evenlySpaced(_ count: Int, limit: Int) -> [Int] {
  limit > 1 && count > limit ? (0..<limit).map { $0 * (count - 1) / (limit - 1) } : Array(0..<count)
}

func thinningNote(_ shown: Int, of count: Int) -> String {
  "\(Number.grouped(shown)) of \(Number.grouped(count)) rows, evenly spaced."
}

/// Fewer dots that look the same: one in each cell of a grid, whose cells grow until there are at most `limit`.
func thinnedDots(_ dots: [Point], limit: Int) -> [Point] {
  var kept = dots
  var side = 2.0
  while kept.count > max(1, limit) {
    var taken: Set<Point> = []
    kept = kept.filter {
      taken.insert(Point(($0.x / side).rounded(.down), ($0.y / side).rounded(.down))).inserted
    }
    side *= 1.3
  }
  return kept
}
