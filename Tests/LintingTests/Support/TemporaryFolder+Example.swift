import COCO
import Files
import Formats
import Foundation
import TestSupport
import Testing

@testable import Linting

extension TemporaryFolder {
  /// The files of an example.
  convenience init(_ example: FileExample) throws {
    try self.init()
    for file in example.files {
      switch file.content {
      case .text(let text): try write(text, to: file.path)
      case .bytes(let bytes): try write(bytes, to: file.path)
      case .picture: try write(Self.picture, to: file.path)
      case .brokenLink: try link(file.path, to: file.path + ".gone")
      case .lockedFolder:
        try FileManager.default.createDirectory(
          atPath: path(file.path), withIntermediateDirectories: true,
          attributes: [.posixPermissions: 0])
      }
    }
  }

  /// A PNG file's signature and header: 64×48 pixels.
  private static let picture: [UInt8] =
    [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8)
    + [0, 0, 0, 64, 0, 0, 0, 48, 8, 2, 0, 0, 0, 0, 0, 0, 0]

  /// What the example's reader makes of the folder, its records left to the rules.
  func read(_ example: FileExample) async throws -> Imported {
    var options = ImportOptions()
    options.judgesRecords = false
    for (name, value) in example.options {
      switch name {
      case "difficult": options.difficult = try #require(.init(rawValue: value))
      case "csv-units": options.csvUnits = try #require(.init(rawValue: value))
      default: Issue.record("an example uses the option \(name), which the tests do not know")
      }
    }
    let importer = try #require(Format.named(example.format)?.importer)
    return try await importer.init(options).read([InputTree(path)])
  }
}

extension Imported {
  /// All findings, those of rejected records included, save for what only follows from another.
  var allFindings: [Finding] {
    findings + rejections.filter { !$0.followsPicture }.map(\.finding)
  }

  /// The bytes of the file that fixes change, with all that they replace there; nil where they
  /// change none.
  func fixed() throws -> [UInt8]? {
    var edits: [(range: Range<Int>, text: String)] = []
    var file: Int?
    for finding in allFindings {
      for case .replaceText(let range, let text) in finding.fixes.flatMap(\.edits) {
        edits.append((range, text))
        file = try #require(finding.origin).file
      }
    }
    guard let file else { return nil }
    var bytes = try InputFile.contents(sources.paths[file])
    for edit in edits.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
      bytes.replaceSubrange(edit.range, with: edit.text.utf8)
    }
    return bytes
  }
}
