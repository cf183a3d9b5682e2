import COCO
import Files
import Formats
import Linting

/// The results of inputs that are each a part of a set, such as files of lines: their reports are
/// combined, and their records are joined by ids.
struct InputsInParts {
  /// An input's results.
  struct Part {
    var file: PartialFile
    var account: ImportAccount
    /// The number that the first of its files has among those of all parts.
    var firstFile: Int

    var path: String { file.path }
  }

  let parts: [Part]

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
      parts.append(Part(file: file, account: account, firstFile: files))
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
    let records = try parts.map { (part) throws(PartialSetFault) in
      try JoinedImport.records(of: part.file, part.account)
    }
    var imported = account
    for (part, records) in zip(parts, records) {
      for (origin, place) in records.places {
        imported.sources.places[origin.shifted(by: part.firstFile)] = place
      }
    }
    var pictures: [[PictureFacts?]] = []
    for (number, frame) in parts[0].account.frames.enumerated() {
      var dataset = frame.dataset
      let own = records.map { $0.parts[number] }
      let images = try sorted(own.map(\.images), id: \.id, "image")
      dataset.images = images.map { shifted($0.record, \.origin, of: $0.part) }
      dataset.annotations = try sorted(own.map(\.annotations), id: \.id, "annotation")
        .map { shifted($0.record, \.origin, of: $0.part) }
      pictures.append(
        images.map {
          own[$0.part].facts[$0.index].flatMap { PictureFacts($0) }
        })
      imported.datasets.append(dataset)
    }
    return JoinedImport(imported, pictures)
  }

  /// The combined reports of all parts.
  var account: Imported {
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
    _ records: [[PartialRecords.Placed<Record>]], id: KeyPath<Record, Int>, _ kind: String
  ) throws(PartialSetFault) -> [Found<Record>] {
    let all = records.enumerated().flatMap { part, records in
      records.enumerated().map { Found(record: $1.record, part: part, index: $0) }
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
    record[keyPath: origin] = place.shifted(by: parts[part].firstFile)
    return record
  }
}

extension Origin {
  /// Returns the place in the file whose number is higher by `files`.
  func shifted(by files: Int) -> Origin { Origin(file: file + files, offset: offset) }
}
