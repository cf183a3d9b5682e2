// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// Where libtorch is: Debian's, or the folder that `LIBTORCH` names (a `torch` wheel's or the
/// official archive's), whose headers want C++20.
let libtorch = Libtorch(folder: Context.environment["LIBTORCH"])

struct Libtorch {
  let folder: String?

  var headers: [CXXSetting] {
    // Debian's comes with Gloo, whose headers must be those that libtorch was built with.
    folder.map { [.unsafeFlags(["-isystem", "\($0)/include"])] } ?? [.define("COPRA_HAS_GLOO")]
  }

  var libraries: [LinkerSetting] {
    let place: [LinkerSetting] =
      folder.map { [.unsafeFlags(["-L\($0)/lib", "-Xlinker", "-rpath", "-Xlinker", "\($0)/lib"])] }
      ?? []
    return place + [.linkedLibrary("torch_cpu"), .linkedLibrary("c10")]
  }

  var standard: CXXLanguageStandard { folder == nil ? .cxx17 : .cxx20 }
}

let package = Package(
  name: "copra",
  products: [
    .executable(name: "copra", targets: ["copra"]),
    .library(name: "COCO", targets: ["COCO"]),
    .library(name: "Datasets", targets: ["Datasets"]),
    .library(name: "Files", targets: ["Files"]),
    .library(name: "Formats", targets: ["Formats"]),
    .library(name: "Images", targets: ["Images"]),
    .library(name: "Linting", targets: ["Linting"]),
    .library(name: "DetectionMetrics", targets: ["DetectionMetrics"]),
    .library(name: "Engine", targets: ["Engine"]),
    .executable(name: "copra-engine", targets: ["copra-engine"]),
    .executable(name: "copra-view", targets: ["copra-view"]),
    .library(name: "Torch", targets: ["Torch"]),
    .library(name: "DetectionModels", targets: ["DetectionModels"]),
    .library(name: "CopraLibrary", type: .static, targets: ["CopraLibrary"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
  ],
  targets: [
    .executableTarget(
      name: "copra",
      dependencies: [
        "COCO", "Console", "Datasets", "Files", "Formats", "Images", "Linting", "DetectionMetrics",
        "Reporting", "YAML", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "LoadCOCO", dependencies: ["COCO", "Files"], path: "Benchmarks/LoadCOCO",
      swiftSettings: strict),
    .executableTarget(
      name: "MeasureImages", dependencies: ["Files", "Images"], path: "Benchmarks/MeasureImages",
      swiftSettings: strict),
    .executableTarget(
      name: "EvaluateCOCO", dependencies: ["COCO", "Files", "DetectionMetrics"],
      path: "Benchmarks/EvaluateCOCO", swiftSettings: strict),
    .executableTarget(
      name: "ZooSteps", dependencies: ["DetectionModels", "Torch"], path: "Benchmarks/ZooSteps",
      swiftSettings: strict),
    .executableTarget(
      name: "EngineSteps", dependencies: ["COCO", "DetectionModels", "Engine", "Torch"],
      path: "Benchmarks/EngineSteps", swiftSettings: strict),

    .target(name: "Files", dependencies: ["CZstd"], swiftSettings: strict),
    .target(name: "YAML", dependencies: ["CYAML"], swiftSettings: strict),
    .target(name: "COCO", dependencies: ["Files", "CSimdJSON", "CZlib"], swiftSettings: strict),
    .target(
      name: "Images", dependencies: ["Files", "CImageCodecs"],
      exclude: ["Lettering/LICENSE.txt", "Lettering/make_glyphs.py"],
      resources: [.embedInCode("Lettering/glyphs.bin")], swiftSettings: strict),
    .target(
      name: "Formats",
      dependencies: ["COCO", "Files", "Images", "YAML", "CExpat"],
      swiftSettings: strict),
    .target(name: "Linting", dependencies: ["COCO", "Files"], swiftSettings: strict),
    .target(
      name: "Datasets", dependencies: ["COCO", "Files", "Formats", "Images", "Linting"],
      swiftSettings: strict),
    .target(name: "DetectionMetrics", dependencies: ["COCO", "Files"], swiftSettings: strict),
    .target(
      name: "Reporting",
      dependencies: ["COCO", "Files", "DetectionMetrics"],
      resources: [.embedInCode("Page/Resources")], swiftSettings: strict),
    .target(
      name: "Console",
      dependencies: [
        "COCO", "Datasets", "Files", "Formats", "Linting", "Reporting", "YAML",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .target(
      name: "CopraLibrary",
      dependencies: [
        "CCopra", "COCO", "Datasets", "DetectionMetrics", "Files", "Formats",
        "Reporting",
      ],
      swiftSettings: strict),

    .executableTarget(
      name: "copra-engine",
      dependencies: [
        "COCO", "Console", "Datasets", "DetectionModels", "Engine", "Files", "Formats", "Images",
        "Linting", "DetectionMetrics", "Reporting", "Torch", "YAML",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "copra-view",
      dependencies: [
        "COCO", "Console", "Datasets", "DetectionMetrics", "Files", "Formats", "Images", "Linting",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
      ],
      resources: [.embedInCode("Page")], swiftSettings: strict),
    .executableTarget(
      name: "CustomModel", dependencies: ["DetectionModels", "Torch"], path: "samples/CustomModel",
      swiftSettings: strict),
    .target(
      name: "Engine",
      dependencies: [
        "COCO", "Datasets", "DetectionModels", "Files", "Images", "DetectionMetrics", "Torch",
      ],
      swiftSettings: strict),
    .target(name: "DetectionModels", dependencies: ["Files", "Torch"], swiftSettings: strict),
    .target(
      name: "Torch", dependencies: ["Files", "CTorch", "CCrypto", "CZlib"], swiftSettings: strict),

    .target(
      name: "CTorch",
      // Each includes what is in the folder of its name.
      sources: [
        "Convolutions.cpp", "Operators.cpp", "Processes.cpp", "Regions.cpp", "Shim.cpp",
        "Training.cpp",
      ],
      cxxSettings: libtorch.headers, linkerSettings: libtorch.libraries),
    .target(name: "CCopra"),
    .target(name: "CSimdJSON", linkerSettings: [.linkedLibrary("simdjson")]),
    .target(
      name: "CImageCodecs",
      linkerSettings: [
        .linkedLibrary("jpeg"), .linkedLibrary("png"), .linkedLibrary("webp"),
        .linkedLibrary("tiff"), .linkedLibrary("gif"), .linkedLibrary("turbojpeg"),
      ]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

    .testTarget(name: "FilesTests", dependencies: ["Files", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "YAMLTests", dependencies: ["YAML"], swiftSettings: strict),
    .testTarget(
      name: "COCOTests", dependencies: ["COCO", "Files", "TestSupport"],
      resources: [.copy("Fixtures")],
      swiftSettings: strict),
    .testTarget(
      name: "ImagesTests", dependencies: ["Images", "TestSupport"], resources: [.copy("Fixtures")],
      swiftSettings: strict),
    .testTarget(
      name: "FormatsTests", dependencies: ["Formats", "COCO", "Files", "Images", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "LintingTests", dependencies: ["Linting", "Formats", "COCO", "Files", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "DatasetsTests",
      dependencies: [
        "Datasets", "COCO", "Files", "Formats", "Images", "Linting", "DetectionMetrics",
        "TestSupport",
      ],
      exclude: ["Fixtures"],
      swiftSettings: strict),
    .testTarget(
      name: "DetectionMetricsTests",
      dependencies: ["DetectionMetrics", "COCO", "Files", "TestSupport"],
      resources: [.copy("Fixtures")],
      swiftSettings: strict),
    .testTarget(
      name: "ReportingTests",
      dependencies: ["Reporting", "DetectionMetrics", "COCO", "Files", "TestSupport"],
      resources: [.copy("Fixtures")],
      swiftSettings: strict),
    .testTarget(
      name: "TorchTests", dependencies: ["Files", "Torch", "TestSupport"],
      exclude: ["State/Fixtures"],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "EngineTests",
      dependencies: [
        "COCO", "DetectionModels", "Engine", "Files", "Images", "Linting", "DetectionMetrics",
        "Torch", "TestSupport",
      ],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "DetectionModelsTests", dependencies: ["DetectionModels", "Torch", "TestSupport"],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "DocumentationTests",
      dependencies: [
        "COCO", "Datasets", "DetectionMetrics", "DetectionModels", "Engine", "Files", "Formats",
        "Images", "Linting", "Torch", "TestSupport",
      ],
      swiftSettings: strict),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(
      name: "copraTests",
      dependencies: [
        "COCO", "copra", "Files", "Formats", "Images", "Linting", "TestSupport", "Reporting",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "copraEngineTests",
      dependencies: [
        "COCO", "Console", "copra", "copra-engine", "DetectionModels", "Files", "TestSupport",
        "Torch", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "copraViewTests",
      dependencies: [
        "copra", "copra-view", "TestSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
  ],
  cxxLanguageStandard: libtorch.standard
)
