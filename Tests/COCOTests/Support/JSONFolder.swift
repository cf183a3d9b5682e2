import Files
import Foundation

@testable import COCO

/// A folder of files that is gone when the test ends.
final class JSONFolder {
  let path: String

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "coco-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.path
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The names of all files in it, hidden ones too.
  var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
  }

  @discardableResult
  func write(_ bytes: some Sequence<UInt8>, to name: String = "a.json") throws -> String {
    try Data(bytes).write(to: URL(filePath: "\(path)/\(name)"))
    return "\(path)/\(name)"
  }

  func bytes(of name: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: URL(filePath: "\(path)/\(name)")))
  }

  /// What the reader makes of `bytes`.
  func read(
    _ bytes: some Sequence<UInt8>, sizes: JSONReadSizes = JSONReadSizes(), threads: Int = 1
  ) async throws -> COCOContents {
    let file = try InputFile(try write(bytes))
    var reader = COCOReader(tasks: OrderedTasks(threads: threads))
    reader.sizes = sizes
    return try await reader.read(file, source: 0)
  }

  /// The bytes that the writer makes of `dataset`.
  func written(_ dataset: Dataset, threads: Int = 1) async throws -> [UInt8] {
    let output = try OutputFile("\(path)/written.json")
    _ = try await COCOWriter(tasks: OrderedTasks(threads: threads)).write(dataset, to: output)
    try output.commit()
    return try bytes(of: "written.json")
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

/// Numbers that are the same in every run.
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
