import COCO
import Files
import Formats
import Linting

/// The results of inputs that are each a part of a set, such as files of lines: their reports are
/// combined, and their records are joined by ids.
struct InputsInParts {
  /// An input's results.
  private struct Part {
    var path: String
    var account: ImportAccount
    var records: PartialRecords
    var firstFile: Int
  }

  private let parts: [Part]

  init(_ set: PartialSet) throws(PartialSetFault) {
    // Whatever the order in which they are named.
    var first: [(source: String, file: PartialFile)] = []
    for file in set.files {
      let account = try JoinedImport.account(of: file)
      first.append((account.imported.sources.paths.joined(separator: " "), file))
    }
    first.sort { ($0.source, $0.file.path) < ($1.source, $1.file.path) }
    var parts: [Part] = []
    var files = 0
    for (_, file) in first {
      let account = try JoinedImport.account(of: file, firstFile: files)
      parts.append(
        Part(
          path: file.path, account: account,
          records: try JoinedImport.records(of: file, account), firstFile: files))
      files += account.imported.sources.paths.count
    }
    self.parts = parts
    try refuseDifferences()
  }

  /// Throws unless the parts have the same splits with the same categories.
  private func refuseDifferences() throws(PartialSetFault) {
    for part in parts.dropFirst() {
      let (own, expected) = (part.account.frames, parts[0].account.frames)
      func names(_ frames: [ImportAccount.Frame]) -> [String] {
        frames.map { $0.dataset.split ?? "" }
      }
      func categories(_ frames: [ImportAccount.Frame]) -> [[String]] {
        frames.map { $0.dataset.categories.map { "\($0.id) \($0.name)" } }
      }
      if names(own) != names(expected) {
        throw .differs(
          "splits", part.path, "\(names(own))", parts[0].path, "\(names(expected))")
      }
      if categories(own) != categories(expected) {
        throw .differs(
          "categories", part.path, "other ones", parts[0].path, "others (--categories names them)")
      }
    }
  }

  func joined() throws(PartialSetFault) -> JoinedImport {
    var imported = account
    var pictures: [[PictureFacts?]] = []
    for (number, frame) in parts[0].account.frames.enumerated() {
      var dataset = frame.dataset
      let images = try sorted(number, \.images, id: \.id, "image")
      dataset.images = images.map { shifted($0.record, \.origin, of: $0.part) }
      dataset.annotations = try sorted(number, \.annotations, id: \.id, "annotation")
        .map { shifted($0.record, \.origin, of: $0.part) }
      pictures.append(
        images.map {
          parts[$0.part].records.parts[number].facts[$0.index].flatMap { PictureFacts($0) }
        })
      imported.datasets.append(dataset)
    }
    return JoinedImport(imported, pictures)
  }

  /// The combined reports of all parts.
  private var account: Imported {
    var whole = parts[0].account.imported
    for part in parts.dropFirst() {
      let own = part.account.imported
      _ = whole.sources.add(own.sources.paths)
      whole.addAccount(of: own)
    }
    for part in parts {
      for (origin, place) in part.account.imported.sources.places {
        whole.sources.places[origin] = place
      }
      for (origin, place) in part.records.places {
        whole.sources.places[
          Origin(file: origin.file + part.firstFile, offset: origin.offset)] = place
      }
    }
    // Positions are those of the parts.
    for index in whole.findings.indices { whole.findings[index].record = nil }
    return whole
  }

  /// A record with the part that it is in, and its index there.
  private struct Found<Record> {
    var record: Record
    var part: Int
    var index: Int
  }

  private func sorted<Record>(
    _ number: Int, _ records: KeyPath<PartialRecords.Part, [PartialRecords.Placed<Record>]>,
    id: KeyPath<Record, Int>, _ kind: String
  ) throws(PartialSetFault) -> [Found<Record>] {
    let all = parts.enumerated().flatMap { part, results in
      results.records.parts[number][keyPath: records].enumerated().map {
        Found(record: $1.record, part: part, index: $0)
      }
    }.stablySorted { $0.record[keyPath: id] < $1.record[keyPath: id] }
    for (first, second) in zip(all, all.dropFirst())
    where first.record[keyPath: id] == second.record[keyPath: id] && first.part != second.part {
      throw .repeated(
        "\(kind) \(second.record[keyPath: id])", parts[first.part].path, parts[second.part].path)
    }
    return all
  }

  /// Returns a record whose place has the number that its file has now.
  private func shifted<Record>(
    _ record: Record, _ origin: WritableKeyPath<Record, Origin?>, of part: Int
  ) -> Record {
    guard let place = record[keyPath: origin] else { return record }
    var record = record
    record[keyPath: origin] = Origin(
      file: place.file + parts[part].firstFile, offset: place.offset)
    return record
  }
}
