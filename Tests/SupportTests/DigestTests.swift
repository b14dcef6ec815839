import Support
import Testing

struct DigestTests {
  @Test func `digests are those of RFC 1321 and FIPS 180-4`() throws {
    let abc = Array("abc".utf8)
    #expect(try Digest.hex(.md5, of: abc) == "900150983cd24fb0d6963f7d28e17f72")
    #expect(
      try Digest.hex(.sha256, of: abc)
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(try Digest.hex(.md5, of: []) == "d41d8cd98f00b204e9800998ecf8427e")
  }

  @Test func `pieces give the digest of the whole`() throws {
    var digest = try Digest(.sha256)
    for byte in "abc".utf8 { digest.update([byte]) }
    #expect(try digest.hex() == Digest.hex(.sha256, of: Array("abc".utf8)))
  }

  @Test func `neighbouring texts do not run together`() throws {
    func digest(_ fields: [String]) throws -> String {
      var digest = try Digest(.sha256)
      for field in fields { digest.update(field: field) }
      return digest.hex()
    }
    #expect(try digest(["cat", "dog"]) != digest(["catd", "og"]))
  }
}
