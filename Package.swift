// swift-tools-version: 6.2
import PackageDescription

// The engine's inner loops, the cells' checker and the readers and writers of large files are optimised even in the
// debug configuration, which builds much faster than release. `./quire run` is ready sooner and trains as fast.
let optimisedC: [CSetting] = [.unsafeFlags(["-O3", "-fno-math-errno"])]
// scripts/toolchain sets this if the processor lacks AVX-512: these kernels take as long to compile as all others
// together.
let withoutKernels = Context.environment["QUIRE_WITHOUT_AVX512"] != nil ? ["avx512", "avx512bf16"] : []
let optimised: [SwiftSetting] = [.unsafeFlags(["-O"])]

let package = Package(
  name: "quire",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Neural", targets: ["Neural"]),
    .library(name: "Steps", targets: ["Steps"]),
    // The library that exported notebooks use.
    .library(name: "QuireKit", targets: ["QuireKit"]),
    .executable(name: "quire", targets: ["quire"]),
    // Counts allocations when it is preloaded into quire, as scripts/bench does.
    .library(name: "AllocationCounter", type: .dynamic, targets: ["CAllocations"]),
  ],
  dependencies: [
    // Swift's own parser: cells are Swift, and no other parser reads them as exactly.
    .package(url: "https://github.com/swiftlang/swift-syntax", exact: "603.0.1"),
    // Commands, help and shell completions.
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    // Parses front matter and parameter files.
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    // The live preview's HTTP and WebSockets; small, and no other dependency.
    .package(url: "https://github.com/swhitty/FlyingFox", exact: "0.27.1"),
    // DocC's command `swift package generate-documentation`, for scripts/docs. Building a product does not compile it.
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", exact: "1.5.0"),
  ],
  targets: [
    // System libraries: a module map and a shim each.
    .systemLibrary(  // images in and out
      name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    .systemLibrary(  // photographs in
      name: "CJPEG", pkgConfig: "libjpeg", providers: [.apt(["libjpeg-dev"]), .brew(["jpeg-turbo"])]),
    .systemLibrary(  // draws the figures' PNG files
      name: "CCairo", pkgConfig: "cairo", providers: [.apt(["libcairo2-dev"]), .brew(["cairo"])]),
    .systemLibrary(  // Markdown
      name: "CCMark", pkgConfig: "libcmark", providers: [.apt(["libcmark-dev"]), .brew(["cmark"])]),
    .systemLibrary(  // data sets as the published .tar.gz
      name: "CArchive", pkgConfig: "libarchive",
      providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]),
    .systemLibrary(  // MD5 and SHA-256 of data sets and notebooks
      name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"]), .brew(["openssl"])]),
    .systemLibrary(  // the format of ONNX files; swift-protobuf would take minutes to build
      name: "CProtobufC", pkgConfig: "libprotobuf-c",
      providers: [.apt(["libprotobuf-c-dev"]), .brew(["protobuf-c"])]),

    // Generates the digest of a target's sources, which is part of cache keys.
    .plugin(name: "SourceFingerprint", capability: .buildTool()),

    // The matrix products that OpenBLAS computes faster than our kernels; loaded at run time, so nothing is linked.
    .target(name: "COpenBLAS", cSettings: optimisedC),
    .target(
      name: "CKernels", dependencies: ["COpenBLAS"], exclude: withoutKernels, cSettings: optimisedC,
      linkerSettings: [.linkedLibrary("m")]),
    .target(name: "CMachine", cSettings: optimisedC),
    .target(name: "CAllocations"),
    // Reads PNG files with libpng, whose error handling by longjmp must stay within C.
    .target(name: "CPNGDecoder", dependencies: ["CPNG"]),
    // Reads JPEG files with libjpeg, which reports errors by longjmp too.
    .target(name: "CJPEGDecoder", dependencies: ["CJPEG"]),
    // The messages of ONNX files that Quire writes; scripts/make-onnx generates the code.
    .target(name: "COnnx", dependencies: ["CProtobufC"], exclude: ["onnx.proto"]),
    // Files, digests, JSON, images, and numbers as text: what all other targets share.
    .target(
      name: "Support", dependencies: ["CPNG", "CPNGDecoder", "CJPEGDecoder", "CCrypto"],
      swiftSettings: optimised),
    // Tasks, metrics and the records of epochs: computed by Neural, drawn by Reporting.
    .target(name: "TrainingRecords", dependencies: ["Support"], swiftSettings: optimised),
    .target(
      name: "Neural",
      dependencies: ["TrainingRecords", "CKernels", "COpenBLAS", "CArchive", "COnnx", "Support"],
      swiftSettings: optimised, plugins: ["SourceFingerprint"]),
    .target(
      name: "Benchmarks", dependencies: ["Neural", "CMachine", "Support"], swiftSettings: optimised),
    .target(name: "Store", dependencies: ["Support"]),
    // TeX formulas as MathML; no package for Swift does this.
    .target(name: "Formulas", dependencies: ["Support"], swiftSettings: optimised),
    .target(
      name: "Reporting", dependencies: ["CCairo", "Formulas", "Support", "TrainingRecords"],
      // The page's style sheets and scripts, embedded in the program.
      resources: [.embedInCode("Page/Assets")]),
    .target(
      name: "Steps",
      dependencies: [
        "CellCatalogue", "Diagnostics", "Neural", "Reporting", "Support",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .target(name: "Diagnostics"),
    .target(name: "QuireKit", dependencies: ["Steps", "Neural"]),
    .target(
      name: "Documents",
      dependencies: [
        "CCMark", "Diagnostics", "Formulas", "Support", .product(name: "Yams", package: "Yams"),
      ]),
    // Rows and values, for targets that describe functions to cells: without the parser, which takes minutes to build.
    .target(name: "CellCatalogue", dependencies: ["Diagnostics", "Support"], swiftSettings: optimised),
    .target(
      name: "Cells",
      dependencies: [
        "CellCatalogue", "Diagnostics",
        .product(name: "SwiftSyntax", package: "swift-syntax"),
        .product(name: "SwiftParser", package: "swift-syntax"),
        .product(name: "SwiftParserDiagnostics", package: "swift-syntax"),
      ], swiftSettings: optimised),
    .target(
      name: "Exporting",
      dependencies: ["Cells", "Documents", "Diagnostics", "Formulas", "Reporting", "Support"]),
    .target(
      name: "NotebookRunner",
      dependencies: [
        "Cells", "Documents", "Diagnostics", "Exporting", "Steps", "Neural", "Reporting", "Support",
        "Store",
      ],
      // Starter notebooks, embedded in the program, which then needs no bundle next to it.
      resources: [.embedInCode("Starting/Templates")], plugins: ["SourceFingerprint"]),
    .target(
      name: "Preview",
      dependencies: [
        "NotebookRunner", "Reporting", "Support", .product(name: "FlyingFox", package: "FlyingFox"),
        .product(name: "FlyingSocks", package: "FlyingFox"),
      ],
      resources: [.embedInCode("Assets")]),
    .executableTarget(
      name: "quire",
      dependencies: [
        "NotebookRunner", "Preview", "Cells", "Diagnostics", "Neural", "Steps", "Benchmarks", "Store",
        "Support",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Helpers shared by the tests of several targets.
    .target(name: "TestSupport", path: "Tests/TestSupport"),
    // The reference for the engine's tests and its comparison; optimised, because both are slow.
    .target(
      name: "NaiveTraining", dependencies: ["Neural", "CKernels"], path: "Tests/NaiveTraining",
      swiftSettings: optimised),
    .testTarget(name: "SupportTests", dependencies: ["Support", "TestSupport"]),
    .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"]),
    .testTarget(name: "FormulasTests", dependencies: ["Formulas"]),
    .testTarget(
      name: "NeuralTests",
      dependencies: [
        "Neural", "Benchmarks", "NaiveTraining", "CKernels", "COpenBLAS", "CArchive", "CAllocations", "COnnx",
        "Support",
        "TestSupport",
      ],
      exclude: ["Fixtures"]),
    .testTarget(name: "BenchmarksTests", dependencies: ["Benchmarks", "Neural"]),
    .testTarget(
      name: "ReportingTests", dependencies: ["Reporting", "TrainingRecords", "Support", "CPNG"],
      exclude: ["Fixtures"]),
    // A second process for the store's tests, which kill it or let it run out of disk space.
    .executableTarget(name: "StoreProbe", dependencies: ["Store"], path: "Tests/StoreProbe"),
    .testTarget(name: "StoreTests", dependencies: ["Store", "Neural", "Support", "StoreProbe"]),
    .testTarget(name: "StepsTests", dependencies: ["Steps", "Neural", "Reporting"]),
    .testTarget(name: "DocumentsTests", dependencies: ["Documents", "Diagnostics", "CCMark", "TestSupport"]),
    .testTarget(name: "CellsTests", dependencies: ["Cells", "Diagnostics"], exclude: ["Fixtures"]),
    .testTarget(
      name: "ExportingTests",
      dependencies: [
        "Exporting", "Documents", "Diagnostics", "Reporting", "TrainingRecords", "Support", "TestSupport",
      ]),
    .testTarget(
      name: "NotebookRunnerTests",
      dependencies: [
        "NotebookRunner", "Cells", "Documents", "Diagnostics", "Steps", "Store", "Neural", "NaiveTraining",
        "Reporting", "Support", "TestSupport",
      ],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "PreviewTests",
      dependencies: [
        "Preview", "NotebookRunner", "Steps", .product(name: "FlyingSocks", package: "FlyingFox"),
      ]),
    // Reads the repository's text; needs no other target.
    .testTarget(name: "WritingTests", swiftSettings: optimised),
    // Runs the real executable.
    .testTarget(
      name: "QuireTests",
      dependencies: ["quire", "QuireKit", "NotebookRunner", "Cells", "Steps", "Store", "TestSupport"]),
  ]
)

// A script sets this to the targets that it needs, separated by commas: building a few is faster than building all.
// The package dependencies stay, so that Package.resolved does not change.
if let only = Context.environment["QUIRE_ONLY"] {
  var kept: Set<String> = []
  var open = only.split(separator: ",").map(String.init)
  while let name = open.popLast() {
    guard kept.insert(name).inserted, let target = package.targets.first(where: { $0.name == name }) else {
      continue
    }
    for case .byNameItem(let dependency, _) in target.dependencies { open.append(dependency) }
    for case .plugin(let plugin, _) in target.plugins ?? [] { open.append(plugin) }
  }
  package.targets.removeAll { !kept.contains($0.name) }
  package.products = []
}

// scripts/fuzz sets this: builds one program with libFuzzer, and instruments the readers of untrusted bytes for it.
// Package dependencies are not instrumented, except their C code, which the script handles together with ours.
if Context.environment["QUIRE_FUZZ"] != nil {
  let watched: [SwiftSetting] = [.unsafeFlags(["-sanitize=fuzzer,address"])]
  package.products = []
  package.targets.removeAll {
    $0.type == .test
      || ["quire", "QuireKit", "Benchmarks", "StoreProbe", "TestSupport", "NaiveTraining"].contains($0.name)
  }
  for target in package.targets where target.type == .regular {
    target.swiftSettings = (target.swiftSettings ?? []) + watched
  }
  // No reader calls the kernels, and instrumented they take minutes to compile.
  let ignored = "\(Context.packageDirectory)/Fuzz/ignored.txt"
  for target in package.targets where target.name == "CKernels" {
    target.cSettings =
      (target.cSettings ?? []) + [
        .unsafeFlags(["-fsanitize-ignorelist=\(ignored)", "-fsanitize-coverage-ignorelist=\(ignored)"])
      ]
  }
  package.targets += [
    .target(name: "CLibFuzzer", path: "Fuzz/CLibFuzzer"),
    .executableTarget(
      name: "fuzz",
      dependencies: [
        "CLibFuzzer", "NotebookRunner", "Exporting", "Documents", "Diagnostics", "Cells", "Formulas", "Steps",
        "Neural", "Support", "Store",
      ],
      path: "Fuzz/Sources", swiftSettings: optimised,
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address"])]),
  ]
}

// The toolchain includes an optimised swift-syntax. If this is set to its folder (`usr/lib/swift/host`), it
// replaces the package, which takes half of the build time. scripts/toolchain sets it if the folder exists and has
// the right version.
if let host = Context.environment["QUIRE_TOOLCHAIN_SYNTAX"] {
  let isSyntax = { (dependency: Target.Dependency) in
    if case .productItem(_, let package, _, _) = dependency { return package == "swift-syntax" }
    return false
  }
  package.dependencies.removeAll { $0.kind.isSyntax }
  for target in package.targets where !target.dependencies.isEmpty {
    target.dependencies.removeAll(where: isSyntax)
    // Direct and indirect dependants of Cells must find the modules that it imports.
    target.swiftSettings = (target.swiftSettings ?? []) + [.unsafeFlags(["-I", host])]
    guard target.name == "Cells" else { continue }
    let libraries = [
      "SwiftSyntax", "SwiftParser", "SwiftParserDiagnostics", "SwiftDiagnostics", "SwiftBasicFormat",
    ]
    target.linkerSettings = [
      .unsafeFlags(["-L", host] + libraries.map { "-l\($0)" } + ["-Xlinker", "-rpath", "-Xlinker", host])
    ]
  }
}

extension Package.Dependency.Kind {
  var isSyntax: Bool {
    if case .sourceControl(_, let location, _) = self { return location.hasSuffix("/swift-syntax") }
    return false
  }
}
