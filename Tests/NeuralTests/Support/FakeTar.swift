import CArchive

/// Creates small `.tar.gz` files.
enum FakeTar {
  static func write(_ files: [(name: String, bytes: [UInt8])], to path: String) {
    let archive = archive_write_new()
    defer { archive_write_free(archive) }
    archive_write_add_filter_gzip(archive)
    archive_write_set_format_ustar(archive)
    archive_write_open_filename(archive, path)
    for file in files {
      let entry = archive_entry_new()
      archive_entry_set_pathname(entry, file.name)
      archive_entry_set_size(entry, Int64(file.bytes.count))
      archive_entry_set_filetype(entry, 0o100000)
      archive_entry_set_perm(entry, 0o644)
      archive_write_header(archive, entry)
      _ = file.bytes.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
      archive_entry_free(entry)
    }
    archive_write_close(archive)
  }
}

/// Creates small `.gz` files.
enum FakeGzip {
  static func write(_ bytes: [UInt8], to path: String) {
    let archive = archive_write_new()
    defer { archive_write_free(archive) }
    archive_write_add_filter_gzip(archive)
    archive_write_set_format_raw(archive)
    archive_write_open_filename(archive, path)
    let entry = archive_entry_new()
    archive_entry_set_pathname(entry, "data")
    archive_entry_set_size(entry, Int64(bytes.count))
    archive_entry_set_filetype(entry, 0o100000)
    archive_write_header(archive, entry)
    _ = bytes.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
    archive_entry_free(entry)
    archive_write_close(archive)
  }
}
