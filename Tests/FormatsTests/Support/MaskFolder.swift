import COCO
import Files

@testable import Formats

/// A folder of pictures and masks for one test.
struct MaskFolder {
  private let folder: FixtureFolder
  var path: String { folder.path }

  init() throws {
    folder = try FixtureFolder()
  }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    try folder.write(name, bytes)
  }

  /// A grey picture of one level.
  func picture(_ name: String, width: Int = 4, height: Int = 3) throws {
    let row = [UInt8](repeating: 90, count: width)
    try write(name, MaskPNG.bytes([[UInt8]](repeating: row, count: height)))
  }

  func mask(_ name: String, _ rows: [[UInt8]] = oneObject) throws {
    try write(name, MaskPNG.bytes(rows))
  }

  func evidence() throws -> Evidence? {
    try Format.masks.evidence(in: InputTree(path))
  }

  func read(
    _ below: [String] = [""], options: ImportOptions = ImportOptions()
  ) async throws -> Imported {
    let trees = try below.map { try InputTree($0.isEmpty ? path : "\(path)/\($0)") }
    return try await MasksImporter(options).read(trees)
  }

  static let oneObject: [[UInt8]] = [[0, 0, 0, 0], [0, 7, 7, 0], [0, 7, 0, 0]]

  static let samples = sample("")
}

extension Imported {
  var foundRules: [String] { findings.map(\.rule) }

  /// Whether every record that was met is written or rejected.
  var addsUp: Bool {
    let images = datasets.reduce(0) { $0 + $1.images.count }
    let annotations = datasets.reduce(0) { $0 + $1.annotations.count }
    return read.images == images + rejections.count { $0.kind == .image }
      && read.annotations == annotations + rejections.count { $0.kind == .annotation }
  }
}
