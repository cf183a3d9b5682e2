import COCO
import Files
import Formats
import Foundation
import TestSupport
import Testing

extension TemporaryFolder {
  /// The header of a picture of this size.
  func picture(_ name: String, width: Int = 32, height: Int = 24) throws {
    try write(TinyPNG.header(width: width, height: height), to: name)
  }

  /// Takes all rights to a folder away, and gives them back.
  func lock(_ name: String) throws { try setRights(of: name, 0) }
  func unlock(_ name: String) throws { try setRights(of: name, 0o700) }

  private func setRights(of name: String, _ rights: Int) throws {
    try FileManager.default.setAttributes(
      [.posixPermissions: rights], ofItemAtPath: path(name))
  }

  /// What the importer called `format` makes of the folder, or of what is called `names` in it.
  func read(
    _ format: String, _ names: [String] = [], _ change: (inout ImportOptions) -> Void = { _ in }
  ) async throws -> Imported {
    let paths = names.isEmpty ? [path] : names.map { path($0) }
    return try await Imported.read(format, paths, change)
  }
}

extension Imported {
  /// What the importer called `format` makes of `paths`.
  static func read(
    _ format: String, _ paths: [String], _ change: (inout ImportOptions) -> Void = { _ in }
  ) async throws -> Imported {
    var options = ImportOptions()
    change(&options)
    let importer = try #require(Format.named(format)?.importer)
    return try await importer.init(options).read(paths.map { try InputTree($0) })
  }

  /// The only dataset.
  var whole: Dataset {
    get throws {
      try #require(datasets.count == 1)
      return datasets[0]
    }
  }

  /// All findings, those of rejected records included, as `error rule: message`, with the place
  /// below `folder` before them where there is one.
  func lines(below folder: String) -> [String] {
    var finder = PlaceFinder(sources)
    return (findings + rejections.map(\.finding)).map { finding in
      let text = "\(finding.severity.rawValue) \(finding.rule): \(finding.message)"
      guard let origin = finding.origin else { return text }
      let place = finder.place(of: origin).description
      return place.replacing(folder + "/", with: "") + ": " + text
    }
  }

  /// The rules of all findings, those of rejected records included.
  var allRules: [String] {
    (findings + rejections.map(\.finding)).map(\.rule)
  }

  /// The rules that speak of faults, not of how a set may be meant.
  var faults: [String] {
    allRules.filter { $0 != "pixel-convention-evidence" }
  }

  /// Whether every record that was read is in a dataset or among the rejections.
  var isAccountedFor: Bool {
    let images = datasets.map(\.images.count).reduce(0, +)
    let annotations = datasets.map(\.annotations.count).reduce(0, +)
    return read.images == images + rejections.count { $0.kind == .image }
      && read.annotations == annotations + rejections.count { $0.kind == .annotation }
  }
}

extension Dataset {
  var fileNames: [String] { images.map(\.fileName) }
  var classes: [String] { categories.map(\.name) }
  /// x, y, width and height of every box.
  var boxes: [[Double]] {
    annotations.map { annotation in
      annotation.box.map { [$0.x, $0.y, $0.width, $0.height] } ?? []
    }
  }
}
