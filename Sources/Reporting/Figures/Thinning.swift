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
  let count = table.rows.count
  guard limit > 1, count > limit else { return table }
  var out = table
  out.rows = (0..<limit).map { table.rows[$0 * (count - 1) / (limit - 1)] }
  let note = "\(Number.grouped(limit)) of \(Number.grouped(count)) rows, evenly spaced."
  out.caption = table.caption.map { "\($0) (\(note))" } ?? note
  return out
}
