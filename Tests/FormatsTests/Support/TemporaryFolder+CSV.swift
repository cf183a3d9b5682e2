import COCO
import Files
import Foundation
import TestSupport

@testable import Formats

extension TemporaryFolder {
  /// With one table, `table.csv`, and the two pictures that `CSVVariants` speaks of.
  convenience init(table: String, pictures: Bool = true) throws {
    try self.init()
    try write(table, to: "table.csv")
    if pictures { try addPictures() }
  }

  func addPictures(in subfolder: String = "") throws {
    try gif(subfolder + "a.gif", width: 100, height: 80)
    try gif(subfolder + "b.gif", width: 50, height: 40)
  }

  /// A GIF's header, which is all of a picture that importing reads.
  func gif(_ name: String, width: Int, height: Int) throws {
    let size = [width & 255, width >> 8, height & 255, height >> 8].map(UInt8.init)
    try write(Array("GIF89a".utf8) + size + [0, 0, 0], to: name)
  }

  func readTable(_ name: String = "table.csv", _ options: ImportOptions = .init()) async throws
    -> Imported
  {
    try await CSVImporter(options).read([InputTree(name.isEmpty ? path : path(name))])
  }

  func tableEvidence(_ name: String = "table.csv") throws -> Evidence? {
    try Format.csv.evidence(in: InputTree(path(name)))
  }

  /// Where each finding and rejection stands, as `line:column rule`.
  func places(_ imported: Imported) -> [String] {
    var finder = PlaceFinder(imported.sources)
    return (imported.findings + imported.rejections.map(\.finding)).map { finding in
      let place = finding.origin.map { finder.place(of: $0) }
      return "\(place.map { "\($0.line):\($0.column)" } ?? "-") \(finding.rule)"
    }
  }
}

extension Imported {
  /// Each object as `picture class x y width height`, numbers to a millionth.
  var objects: [String] {
    datasets.flatMap { dataset in
      dataset.annotations.map { annotation in
        let image = dataset.images.first { $0.id == annotation.imageID }
        let category = dataset.categories.first { $0.id == annotation.categoryID }
        let box = annotation.box ?? Box(x: 0, y: 0, width: 0, height: 0)
        let numbers = [box.x, box.y, box.width, box.height].map { value in
          var output = JSONOutput()
          output.append((value * 1e6).rounded() / 1e6)
          return output.text
        }
        return ([image?.fileName ?? "?", category?.name ?? "?"] + numbers)
          .joined(separator: " ")
      }
    }
  }

  /// Images and annotations that were read but neither handed over nor rejected.
  var unaccounted: RecordCounts {
    let images = datasets.map(\.images.count).reduce(0, +)
    let annotations = datasets.map(\.annotations.count).reduce(0, +)
    return RecordCounts(
      images: read.images - images - rejections.count { $0.kind == .image },
      annotations: read.annotations - annotations - rejections.count { $0.kind == .annotation })
  }
}
