import COCO
import Exporting
import Glibc

/// Where a conversion's files go, each whole or not at all.
struct OutputTarget {
  let path: String
  let force: Bool
  let tasks: OrderedTasks
  let verifies: Bool

  /// Whether the output is one file.
  var isFile: Bool { Path.fileExtension(path) == "json" }

  func write(_ exported: Exported) async throws {
    var files: [(OutputFile, WrittenCOCO, Dataset)] = []
    for file in exported.files {
      guard case .coco(let dataset) = file.contents else { continue }
      let output = try OutputFile(isFile ? path : Path.join(path, file.path))
      let written = try await COCOWriter(tasks: tasks).write(dataset, to: output)
      files.append((output, written, dataset))
    }
    for (output, written, dataset) in files where verifies {
      if let difference = try await COCOVerifier(tasks: tasks).difference(
        between: output, written, and: dataset)
      {
        throw CommandFailure("\(output.path): \(difference); nothing was written")
      }
    }
    for (output, _, _) in files { try output.commit() }
  }
}
