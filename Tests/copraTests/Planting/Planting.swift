import Foundation
import TestSupport
import Testing

/// A dataset with faults at known places, and how it is validated.
struct Planting: Sendable, CustomTestStringConvertible {
  var title: String
  /// The name of the importer.
  var format: String
  /// Behind `copra validate`, the input first.
  var arguments: [String]
  /// Text files, with marks where findings are due.
  var texts: [String: String] = [:]
  var files: [String: [UInt8]] = [:]
  /// Links to files that do not exist.
  var brokenLinks: [String] = []
  /// What is due where no text stands: at pictures and at masks, or at no place.
  var elsewhere: Set<Due> = []
  var lineEnd = "\n"

  /// Where a finding of a rule is due.
  struct Due: Hashable, Sendable, CustomStringConvertible {
    var rule: String
    /// nil where the finding is of the set as a whole.
    var file: String?
    var line: Int?
    var column: Int?
    /// What the format calls the place: `annotations[3].bbox`; nil where nothing is claimed.
    var path: String?

    var description: String {
      "\(file ?? "-"):\(line ?? 0):\(column ?? 0) [\(rule)] \(path ?? "")"
    }
  }

  var testDescription: String { title }

  /// All that is due.
  var due: [Due] {
    texts.flatMap { file, text in
      MarkedText(text, lineEnd: lineEnd).marks.map {
        Due(rule: $0.rule, file: file, line: $0.line, column: $0.column, path: $0.path)
      }
    } + elsewhere
  }

  /// Writes all files to a folder.
  func plant(in folder: TemporaryFolder) throws {
    for (name, text) in texts {
      try folder.write(MarkedText(text, lineEnd: lineEnd).text, to: name)
    }
    for (name, bytes) in files { try folder.write(bytes, to: name) }
    for name in brokenLinks {
      try FileManager.default.createSymbolicLink(
        atPath: folder.path(name), withDestinationPath: "gone")
    }
  }

  /// Runs `copra validate` on it.
  func validate(_ more: [String] = [], in folder: TemporaryFolder) throws -> Copra.Ending {
    try Copra.run(["validate"] + arguments + more, in: folder)
  }
}

/// The pictures that the ground stands on, drawn once.
enum GroundPictures {
  static let files: [[UInt8]] = (1...Ground.pictures).map(PictureFile.colour)

  /// Under the names that `name` gives them.
  static func named(_ name: (Int) -> String) -> [String: [UInt8]] {
    Dictionary(uniqueKeysWithValues: zip((1...Ground.pictures).map(name), files))
  }
}
