import Support
import Testing

/// `--max-memory` and `--max-size` read what people type.
struct ByteCountTests {
  @Test(
    arguments: [
      ("500M", 500_000_000), ("500 MB", 500_000_000), ("2GiB", 2_147_483_648), ("2Gi", 2_147_483_648),
      ("1.5k", 1_500), ("0", 0), ("12B", 12), ("", nil), ("M", nil), ("-1", nil), ("1X", nil), ("1e3", nil),
      ("99999999999T", nil), ("1.2.3", nil), ("nan", nil),
    ] as [(String, Int?)])
  func sizesAreReadAsPeopleWriteThem(text: String, expected: Int?) {
    #expect(ByteCount(text)?.bytes == expected)
  }
}
