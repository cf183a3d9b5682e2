import Files
import Foundation
import TestSupport

@testable import COCO

extension TemporaryFolder {
  /// What the reader makes of `bytes`.
  func read(
    _ bytes: some Sequence<UInt8>, sizes: JSONReadSizes = JSONReadSizes(), threads: Int = 1
  ) async throws -> COCOContents {
    let file = try InputFile(try write(bytes, to: "a.json"))
    var reader = COCOReader(tasks: OrderedTasks(threads: threads))
    reader.sizes = sizes
    return try await reader.read(file, source: 0)
  }

  /// The bytes that the writer makes of `dataset`.
  func written(_ dataset: Dataset, threads: Int = 1) async throws -> [UInt8] {
    let output = try OutputFile("\(path)/written.json")
    _ = try await COCOWriter(tasks: OrderedTasks(threads: threads)).write(dataset, to: output)
    try output.commit()
    return try bytes("written.json")
  }

  /// The line and column of an origin in the file that was read last, as `3:7`.
  func place(of origin: Origin?) -> String {
    guard let origin else { return "nowhere" }
    var finder = PlaceFinder(Sources(["\(path)/a.json"]))
    let place = finder.place(of: origin)
    return "\(place.line):\(place.column)"
  }
}

extension COCOContents {
  /// All that was found wrong, records that were left out among it.
  var faults: [Finding] { findings + rejections.map(\.finding) }
}
