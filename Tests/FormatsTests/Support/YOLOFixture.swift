import COCO
import Files
import Foundation
import Testing

@testable import Formats

/// A YOLO set in a temporary folder of its own, which goes when this does.
final class YOLOFixture: Sendable {
  let path: String

  /// Files by their paths; the content of a picture is its size, as in `100x50`.
  init(_ files: [String: String]) throws {
    path = NSTemporaryDirectory() + "copra-yolo-" + UUID().uuidString
    for (name, content) in files { try add(name, Array(content.utf8)) }
  }

  /// A set of one picture of 100 × 50 and its rows.
  convenience init(rows: String, yaml: String = "train: images\nnames: [a, b]\n") throws {
    try self.init(["data.yaml": yaml, "images/one.png": "100x50", "labels/one.txt": rows])
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  func add(_ name: String, _ content: [UInt8]) throws {
    let file = URL(fileURLWithPath: path + "/" + name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    let size = String(decoding: content, as: UTF8.self).split(separator: "x").compactMap {
      UInt32($0)
    }
    let isPicture = ImageFiles.isImage(name) && size.count == 2
    try Data(isPicture ? Self.picture(size[0], size[1]) : content).write(to: file)
  }

  /// What the importer makes of the folder, or of `inputs` in it.
  func read(
    _ inputs: String..., options: ImportOptions = ImportOptions(),
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> YOLOResult {
    let paths = inputs.isEmpty ? [path] : inputs.map { path + "/" + $0 }
    let imported = try await YOLOImporter(options).read(paths.map { try InputTree($0) })
    #expect(imported.read == imported.accountedFor, "the ledger", sourceLocation: sourceLocation)
    return YOLOResult(imported: imported, fixture: self)
  }

  /// The signature and the header chunk of a PNG file.
  private static func picture(_ width: UInt32, _ height: UInt32) -> [UInt8] {
    var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]
    bytes += Array("IHDR".utf8)
    for number in [width, height] {
      bytes += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }
    return bytes + [8, 2, 0, 0, 0, 0, 0, 0, 0]
  }
}

/// What was read, with the files for as long as it is looked at.
@dynamicMemberLookup struct YOLOResult: Sendable {
  let imported: Imported
  let fixture: YOLOFixture

  subscript<Value>(dynamicMember member: KeyPath<Imported, Value>) -> Value {
    imported[keyPath: member]
  }

  /// The splits with the numbers of their images and annotations, as `train 3 5`.
  var summary: [String] {
    imported.datasets.map { "\($0.split ?? "-") \($0.images.count) \($0.annotations.count)" }
  }

  /// Line and column of the one finding or rejection of a rule, as `2:5`.
  func place(of rule: String) -> String? {
    let all = imported.findings + imported.rejections.map(\.finding)
    guard let origin = all.first(where: { $0.rule == rule })?.origin else { return nil }
    var finder = PlaceFinder(imported.sources)
    let place = finder.place(of: origin)
    return "\(place.line):\(place.column)"
  }
}

/// The folder of the project's samples.
let yoloSamples = sample("")

extension Imported {
  /// What was taken over and what was rejected, together.
  var accountedFor: RecordCounts {
    RecordCounts(
      images: datasets.reduce(0) { $0 + $1.images.count }
        + rejections.count { $0.kind == .image },
      annotations: datasets.reduce(0) { $0 + $1.annotations.count }
        + rejections.count { $0.kind == .annotation })
  }

  /// The rules of all findings and rejections, in order.
  var rules: [String] {
    findings.map(\.rule) + rejections.map(\.finding.rule)
  }

  var boxes: [Box?] {
    datasets.flatMap { $0.annotations.map(\.box) }
  }

  /// The names of the annotations' categories, in order.
  var labels: [String] {
    datasets.flatMap { dataset in
      dataset.annotations.map { annotation in
        dataset.categories.first { $0.id == annotation.categoryID }?.name ?? "?"
      }
    }
  }
}
