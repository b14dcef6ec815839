import Foundation
import Support
import Testing

@testable import Neural

/// Files that are not in the data set are counted by kind and folder, and no image is lost silently.
struct SkippedFilesTests {
  private let place: TemporaryDirectory
  private let png: [UInt8]

  init() throws {
    place = try TemporaryDirectory()
    png = try Image(ImageSize(2, 2)).png()
  }

  private func outline() throws -> DatasetOutline {
    try #require(try DatasetOutline.find(.imageFolder(place.path, size: 2), from: DatasetLocator()))
  }

  private func write(_ files: [String], _ bytes: [UInt8]? = nil) throws {
    for file in files { try place.write(bytes ?? png, to: file) }
  }

  @Test func `every skipped file is counted`() throws {
    let bmp = Array("BM0000".utf8)
    try write(["cat/1.png", "cat/2.PNG", "dog/1.png", "dog/2.png"])
    try write(["cat/a.bmp", "cat/b.BMP", "dog/c.bmp", "dog/old/d.gif", "dog/photo"], bmp)
    try write(["cat/notes.txt", "readme.md", "dog/LICENSE"], [1])
    try write(
      ["cat/Thumbs.db", ".DS_Store", "cat/.DS_Store", "cat/._1.png", "cat/._2.png", "__MACOSX/cat/1.png"], [1]
    )
    try write(["cat/@eaDir/1.png/SYNOPHOTO_THUMB_M.png", "outside.png"])
    let found = try outline()
    #expect(found.classNames == ["cat", "dog"])
    #expect(found.trainPerClass == [1, 1] && found.testCount == 2)
    #expect(
      found.skipped.description == """
        3 .bmp files (2 in cat, 1 in dog), 1 .gif file in dog/old, 1 extensionless BMP file in dog, \
        1 .png image outside class folders, 1 .md file, 1 .txt file in cat, 1 extensionless file in dog, \
        2 .DS_Store (1 in the top folder, 1 in cat), 2 ._* in cat, 1 @eaDir in cat, 1 Thumbs.db in cat, 1 __MACOSX
        """)
    #expect(found.skipped.mayHideImages)
    #expect(found.skipped.count == 16)
  }

  @Test func `only files of the system hide no images`() throws {
    try write(["cat/1.png", "cat/2.png", "cat/.hidden.png", "cat/desktop.ini", "__MACOSX/cat/1.png"])
    let found = try outline()
    #expect(found.skipped.description == "1 __MACOSX, 1 desktop.ini in cat, 1 hidden in cat")
    #expect(!found.skipped.mayHideImages)
  }

  @Test func `images below a class folder belong to the class, in torchvision's order`() throws {
    try write(["cat/b.png", "cat/z/a.png", "cat/a b/c.png", "cat/a/d.png", "dog/1.png", "dog/2.png"])
    let listing = try ImageFolderListing(of: place.path, name: "pets", limit: 100)
    let paths = listing.train.map { String($0.path.dropFirst(place.path.count + 1)) }
    #expect(
      paths == ["cat/b.png", "cat/a/d.png", "cat/a b/c.png", "cat/z/a.png", "dog/1.png", "dog/2.png"])
    #expect(listing.skipped.isEmpty)
  }

  @Test func `a name in composed and decomposed form is one class`() throws {
    let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
    try write(["train/\(composed)/1.png", "test/\(decomposed)/1.png", "test/\(decomposed)/2.png"])
    let found = try outline()
    #expect(found.trainPerClass == [1] && found.testCount == 2)
    #expect(found.classNames.map { Array($0.utf8) } == [Array(composed.utf8)])
    // Both forms in one split.
    try write(["train/\(decomposed)/1.png"])
    #expect(try outline().trainPerClass == [2])
  }

  @Test func `a class without images is refused with what its folder contains`() throws {
    try write(["cat/1.png", "cat/2.png"])
    try FileManager.default.createDirectory(atPath: place.file("dog"), withIntermediateDirectories: true)
    #expect(
      #expect(throws: DatasetError.self) { try outline() }?.description
        == "\(place.path): class 'dog' has no PNG or JPEG images; add images, or remove the folder")
    try write(["dog/1.gif", "dog/.DS_Store"], [1])
    #expect(
      #expect(throws: DatasetError.self) { try outline() }?.description
        == "\(place.path): class 'dog' has no PNG or JPEG images; found 1 .gif file in dog; add images, or remove the folder"
    )
  }

  @Test func `links are followed, but not in circles`() throws {
    try write(["cat/1.png", "cat/2.png", "store/other/3.png", "store/x.png"])
    let files = FileManager.default
    try files.createSymbolicLink(atPath: place.file("cat/up"), withDestinationPath: "..")
    try files.createSymbolicLink(atPath: place.file("cat/self"), withDestinationPath: ".")
    try files.createSymbolicLink(atPath: place.file("cat/more"), withDestinationPath: "../store/other")
    try files.createSymbolicLink(atPath: place.file("cat/4.png"), withDestinationPath: "../store/x.png")
    try files.createSymbolicLink(atPath: place.file("cat/gone.png"), withDestinationPath: "nowhere.png")
    try files.createSymbolicLink(atPath: place.file("cat/loop.png"), withDestinationPath: "loop.png")
    let listing = try ImageFolderListing(of: place.path, name: "pets", limit: 100)
    #expect(
      listing.skipped.description == """
        1 entry (Too many levels of symbolic links) in cat, 1 entry (broken link) in cat, \
        2 entries (link to an enclosing folder) in cat
        """)
    #expect(listing.train.count == 6)
    #expect(listing.train.contains { $0.path.hasSuffix("cat/more/3.png") })
    #expect(listing.train.contains { $0.path.hasSuffix("cat/4.png") })
    #expect(listing.skipped.mayHideImages)
  }

  @Test func `the content decides, not the extension`() throws {
    try write(["cat/1.gif", "cat/2.jpg"])
    #expect(try outline().trainPerClass == [1])
    #expect(try outline().skipped.isEmpty)
    try write(["cat/3.jpg"], Array("GIF89a".utf8))
    #expect(
      #expect(throws: ImageError.self) { try outline() }?.description
        == "\(place.path)/cat/3.jpg: cannot read the image: it is a GIF image; convert it to PNG or JPEG")
    try write(["cat/3.jpg"], [])
    #expect(
      #expect(throws: ImageError.self) { try outline() }?.description
        == "\(place.path)/cat/3.jpg: cannot read the image: the file is empty")
  }

  @Test func `a stamp changes with the skipped files, which the report lists`() throws {
    try write(["cat/1.png", "cat/2.png"])
    let before = DatasetLocator().stamp(of: .imageFolder(place.path, size: 2))
    try write(["cat/3.gif"], [1])
    #expect(DatasetLocator().stamp(of: .imageFolder(place.path, size: 2)) != before)
  }

  @Test func `many kinds and folders are summed up`() throws {
    var skipped = SkippedFiles()
    for folder in 0..<300 { for _ in 0...folder % 7 { skipped.add(.format, ".jpg", in: "train/\(folder)") } }
    #expect(
      skipped.description
        == "1,197 .jpg files (7 in train/104, 7 in train/111, 7 in train/118, 1,176 in 297 more folders)")
    for kind in 0..<20 { skipped.add(.other, ".\(kind)", in: "train/a") }
    #expect(skipped.description.hasSuffix(", 5 more kinds"))
  }
}
