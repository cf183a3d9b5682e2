import COCO
import Files
import TestSupport

@testable import Formats

extension TemporaryFolder {
  /// A grey picture of one level.
  func greyPicture(_ name: String, width: Int = 4, height: Int = 3) throws {
    let row = [UInt8](repeating: 90, count: width)
    try write(MaskPNG.bytes([[UInt8]](repeating: row, count: height)), to: name)
  }

  func mask(_ name: String, _ rows: [[UInt8]] = MaskPNG.oneObject) throws {
    try write(MaskPNG.bytes(rows), to: name)
  }

  func maskEvidence() throws -> Evidence? {
    try Format.masks.evidence(in: InputTree(path))
  }

  func readMasks(
    _ below: [String] = [""], options: ImportOptions = ImportOptions()
  ) async throws -> Imported {
    let trees = try below.map { try InputTree($0.isEmpty ? path : path($0)) }
    return try await MasksImporter(options).read(trees)
  }
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
