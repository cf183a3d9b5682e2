import COCO
import Files
import Formats
import TestSupport
import Testing

extension TemporaryFolder {
  /// What becomes of the folder's files where what is read of them is changed.
  func edit(
    _ format: String, texts: [RecordChange] = [],
    pixels: ImportOptions.VOCPixels = .asWritten,
    _ fix: (inout [Dataset]) -> Void
  ) async throws -> EditedSources {
    var options = ImportOptions()
    options.vocPixels = pixels
    let imported = try await read(format) { $0 = options }
    var fixed = imported.datasets
    fix(&fixed)
    let changes = zip(imported.datasets, fixed).enumerated().flatMap { index, pair in
      DatasetDifferences(pair.0, pair.1, index: index).changes
    }
    let edited = try #require(Format.named(format))
    return try SourceEditor(imported.sources, format: edited, options: options)
      .edit(changes + texts, of: imported.datasets)
  }

  /// Puts the new files in place of the old ones.
  func write(_ edited: EditedSources) throws {
    for file in edited.files {
      try write(file.new, to: file.path.replacing(path + "/", with: ""))
    }
  }
}

extension EditedSources {
  /// The one file that changes, as text.
  var text: String {
    get throws {
      try #require(files.count == 1)
      return String(decoding: files[0].new, as: UTF8.self)
    }
  }

  /// Whether every file's changes are all that is otherwise in it.
  var hasExactChanges: Bool {
    files.allSatisfy { file in
      var rebuilt: [UInt8] = []
      var end = 0
      for change in file.changes {
        rebuilt += file.old[end..<change.old.lowerBound]
        guard rebuilt.count == change.new.lowerBound else { return false }
        rebuilt += file.new[change.new]
        end = change.old.upperBound
      }
      return rebuilt + file.old[end...] == file.new
    }
  }
}
