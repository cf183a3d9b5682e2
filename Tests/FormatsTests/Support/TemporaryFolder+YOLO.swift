import COCO
import Files
import Foundation
import TestSupport
import Testing

@testable import Formats

extension TemporaryFolder {
  /// A YOLO set: files by their paths; the content of a picture is its size, as in `100x50`.
  convenience init(yolo files: [String: String]) throws {
    try self.init()
    for (name, content) in files {
      let size = content.split(separator: "x").compactMap { Int($0) }
      if ImageFiles.isImage(name), size.count == 2 {
        try picture(name, width: size[0], height: size[1])
      } else {
        try write(content, to: name)
      }
    }
  }

  /// A set of one picture of 100 × 50 and its rows.
  convenience init(rows: String, yaml: String = "train: images\nnames: [a, b]\n") throws {
    try self.init(yolo: ["data.yaml": yaml, "images/one.png": "100x50", "labels/one.txt": rows])
  }

  /// What the importer makes of the folder, or of `inputs` in it.
  func readYOLO(
    _ inputs: String..., options: ImportOptions = ImportOptions(),
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> YOLOResult {
    let paths = inputs.isEmpty ? [path] : inputs.map { path($0) }
    let imported = try await YOLOImporter(options).read(paths.map { try InputTree($0) })
    #expect(imported.read == imported.accountedFor, "the ledger", sourceLocation: sourceLocation)
    return YOLOResult(imported: imported, folder: self)
  }
}

/// What was read, with the files for as long as it is looked at.
@dynamicMemberLookup struct YOLOResult: Sendable {
  let imported: Imported
  let folder: TemporaryFolder

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
