public import COCO
public import Files

extension DetectionContents {
  /// Reads a file of results in COCO's format, and prints the findings about it.
  ///
  /// - Parameter sources: Receives the file, to which its places refer.
  /// - Throws: `CommandFailure` if the file holds no results, `FileError` if it cannot be read.
  public static func results(
    in path: String, workers: Workers, sources: inout Sources
  ) async throws -> DetectionContents {
    let contents = try await DetectionReader(tasks: workers.tasks("reading"))
      .read(InputFile(path), source: sources.add(path))
    let faults = contents.findings + contents.rejections.map(\.finding)
    FindingPrinter.print(faults + [contents.fault].compactMap { $0 }, in: sources)
    guard contents.fault == nil else {
      throw CommandFailure("\(path): expected a list of results in COCO's format")
    }
    return contents
  }
}
