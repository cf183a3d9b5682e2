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
    folder.map { [.unsafeFlags(["-isystem", "\($0)/include"])] } ?? []
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
    .library(name: "Importing", targets: ["Importing"]),
    .library(name: "Exporting", targets: ["Exporting"]),
    .library(name: "Images", targets: ["Images"]),
    .library(name: "Linting", targets: ["Linting"]),
    .library(name: "Metrics", targets: ["Metrics"]),
    .executable(name: "copra-engine", targets: ["copra-engine"]),
    .library(name: "Torch", targets: ["Torch"]),
    .library(name: "DetectionModels", targets: ["DetectionModels"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: [
    .executableTarget(
      name: "copra",
      dependencies: [
        "COCO", "Console", "Images", "Importing", "Exporting", "Linting", "Metrics", "Reporting",
        .product(name: "Yams", package: "Yams"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "LoadCOCO", dependencies: ["COCO"], path: "Benchmarks/LoadCOCO", swiftSettings: strict),
    .executableTarget(
      name: "MeasureImages", dependencies: ["Images"], path: "Benchmarks/MeasureImages",
      swiftSettings: strict),
    .executableTarget(
      name: "EvaluateCOCO", dependencies: ["COCO", "Metrics"], path: "Benchmarks/EvaluateCOCO",
      swiftSettings: strict),
    .executableTarget(
      name: "ZooSteps", dependencies: ["DetectionModels", "Torch"], path: "Benchmarks/ZooSteps",
      swiftSettings: strict),
    .executableTarget(
      name: "EngineSteps", dependencies: ["COCO", "DetectionModels", "Engine", "Torch"],
      path: "Benchmarks/EngineSteps", swiftSettings: strict),
    .target(name: "COCO", dependencies: ["CSimdJSON"], swiftSettings: strict),
    .target(name: "Images", dependencies: ["CImageCodecs"], swiftSettings: strict),
    .target(
      name: "Importing",
      dependencies: ["COCO", "Images", "CExpat", .product(name: "Yams", package: "Yams")],
      swiftSettings: strict),
    .target(name: "Exporting", dependencies: ["COCO"], swiftSettings: strict),
    .target(name: "Linting", dependencies: ["COCO"], swiftSettings: strict),
    .target(name: "Metrics", dependencies: ["COCO"], swiftSettings: strict),
    .target(
      name: "Reporting",
      dependencies: ["COCO", "Metrics", .product(name: "Mustache", package: "swift-mustache")],
      swiftSettings: strict),
    .target(
      name: "Console",
      dependencies: [
        "COCO", "Reporting", .product(name: "Yams", package: "Yams"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .executableTarget(
      name: "copra-engine",
      dependencies: [
        "COCO", "Console", "DetectionModels", "Engine", "Images", "Importing", "Reporting", "Torch",
        .product(name: "Yams", package: "Yams"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "CustomModel", dependencies: ["DetectionModels", "Torch"], path: "samples/CustomModel",
      swiftSettings: strict),
    .target(
      name: "Engine", dependencies: ["COCO", "DetectionModels", "Images", "Metrics", "Torch"],
      swiftSettings: strict),
    .target(
      name: "DetectionModels", dependencies: ["COCO", "Images", "Torch"], swiftSettings: strict),
    .target(name: "Torch", dependencies: ["CTorch"], swiftSettings: strict),

    .target(name: "CTorch", cxxSettings: libtorch.headers, linkerSettings: libtorch.libraries),
    .target(name: "CSimdJSON", linkerSettings: [.linkedLibrary("simdjson")]),
    .target(
      name: "CImageCodecs", linkerSettings: [.linkedLibrary("jpeg"), .linkedLibrary("png")]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),

    .testTarget(
      name: "COCOTests", dependencies: ["COCO"], resources: [.copy("Fixtures")],
      swiftSettings: strict),
    .testTarget(
      name: "ImagesTests", dependencies: ["Images"], resources: [.copy("Fixtures")],
      swiftSettings: strict),
    .testTarget(
      name: "ImportingTests", dependencies: ["Importing", "COCO"], swiftSettings: strict),
    .testTarget(
      name: "ExportingTests", dependencies: ["Exporting", "Importing", "COCO"],
      swiftSettings: strict),
    .testTarget(
      name: "LintingTests", dependencies: ["Linting", "Importing", "COCO"],
      swiftSettings: strict),
    .testTarget(
      name: "MetricsTests", dependencies: ["Metrics", "COCO"], resources: [.copy("Fixtures")],
      swiftSettings: strict),
    .testTarget(
      name: "ReportingTests", dependencies: ["Reporting", "Metrics", "COCO"],
      resources: [.copy("Fixtures")],
      swiftSettings: strict),
    .testTarget(
      name: "TorchTests", dependencies: ["Torch"], exclude: ["State/Fixtures"],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "EngineTests",
      dependencies: ["COCO", "DetectionModels", "Engine", "Images", "Metrics", "Torch"],
      swiftSettings: strict),
    .testTarget(
      name: "DetectionModelsTests", dependencies: ["DetectionModels", "Images", "Torch"],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .target(name: "ProgramTesting", path: "Tests/ProgramTesting", swiftSettings: strict),
    .testTarget(
      name: "copraTests",
      dependencies: ["copra", "Importing", "Linting", "ProgramTesting", "Reporting"],
      swiftSettings: strict),
    .testTarget(
      name: "copraEngineTests",
      dependencies: [
        "COCO", "Console", "copra", "copra-engine", "DetectionModels", "ProgramTesting", "Torch",
      ],
      swiftSettings: strict),
  ],
  cxxLanguageStandard: libtorch.standard
)
