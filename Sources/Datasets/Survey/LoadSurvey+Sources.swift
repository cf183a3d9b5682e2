import COCO
import Files
public import Formats
public import Linting

extension Imported {
  /// Returns the effects on a consumer that loads the COCO files themselves, each with its number
  /// among the sources; empty for other formats, which are converted first.
  ///
  /// - Throws: `FileError` for a file that can no longer be read.
  public func loading(by consumer: any Profile.Type) throws -> [(file: Int, effect: LoadEffect)] {
    guard format == .coco else { return [] }
    var all: [(file: Int, effect: LoadEffect)] = []
    for (file, path) in sources.paths.enumerated() where Path.fileExtension(path) == "json" {
      let survey = try InputFile.contents(path).withUnsafeBufferPointer { LoadSurvey($0) }
      all += consumer.loading(survey).map { (file, $0) }
    }
    return all
  }
}
