public import COCO
import Files
public import Formats
public import Linting

/// The joined import of all parts of a set, equal to that of reading it at once.
public struct JoinedImport: Sendable {
  /// The datasets with findings, rejections and the account of records.
  public let imported: Imported
  /// The facts about the images, by dataset and image; empty if the images were not examined.
  public let pictures: [[PictureFacts?]]

  /// Joins partial results that belong together.
  ///
  /// - Parameter set: The partial results.
  /// - Throws: A `PartialSetFault` if an image is in two of them or in none, or a file does not
  ///   hold what it should.
  public init(_ set: PartialSet) throws(PartialSetFault) {
    if set.header.cover == nil, set.files.count > 1 {
      self = try InputsInParts(set).joined()
    } else {
      try self.init(divided: set)
    }
  }

  init(_ imported: Imported, _ pictures: [[PictureFacts?]]) {
    (self.imported, self.pictures) = (imported, pictures)
  }

  /// Joins shards of one input. Each describes the whole set alike, and every record has its
  /// position in it.
  private init(divided set: PartialSet) throws(PartialSetFault) {
    let account = try Self.account(of: set)
    var imported = account.imported
    let parts = try set.files.map { (file) throws(PartialSetFault) in
      try Self.records(of: file, account)
    }
    for part in parts { imported.sources.places.merge(part.places) { first, _ in first } }
    var pictures: [[PictureFacts?]] = []
    for (number, frame) in account.frames.enumerated() {
      var dataset = frame.dataset
      let own = parts.map { $0.parts[number] }
      let images = try Self.merged(
        own.map(\.images), count: frame.images, of: set
      ) { "image \($0.fileName)" }
      dataset.images = images.map(\.record)
      dataset.annotations = try Self.merged(
        own.map(\.annotations), count: frame.annotations, of: set
      ) { "annotation \($0.id)" }
      .map(\.record)
      pictures.append(images.map { own[$0.part].facts[$0.index].flatMap { PictureFacts($0) } })
      imported.datasets.append(dataset)
    }
    self.init(imported, pictures)
  }

  /// Writes the results of all parts as one: those of shards of one input joined, those of several
  /// inputs one after the other.
  public static func write(_ set: PartialSet, to writer: PartialWriter) throws {
    guard set.header.cover != nil || set.files.count == 1 else {
      for file in set.files { try writer.add(file) }
      return
    }
    _ = try account(of: set)
    let files = set.files.sorted { left, right in
      (left.header.cover?.shards[0]).flatMap { own in
        (right.header.cover?.shards[0]).map { own < $0 }
      } ?? false
    }
    try writer.begin("account")
    try files[0].section("account").withBytes { try writer.append($0) }
    try writer.begin("records")
    for file in files { try file.section("records").withBytes { try writer.append($0) } }
  }

  /// Returns the description of the whole set that each of the files holds.
  static func account(of set: PartialSet) throws(PartialSetFault) -> ImportAccount {
    var first: String?
    for file in set.files {
      let text = try text(of: file)
      if let first, first != text {
        throw .differs(
          "what was read", file.path, "something else", set.files[0].path, "another thing")
      }
      first = text
    }
    return try account(of: set.files[0])
  }

  private static func text(of file: PartialFile) throws(PartialSetFault) -> String {
    do throws(PartialFault) {
      guard let text = try file.section("account").string else { throw .damaged }
      return text
    } catch {
      throw .file(file.path, error)
    }
  }

  /// Reads the account of a file.
  ///
  /// - Parameter first: The number that the first of the account's files gets.
  static func account(
    of file: PartialFile, firstFile first: Int = 0
  ) throws(PartialSetFault) -> ImportAccount {
    guard let json = JSONTextParser().value(try text(of: file))?.object,
      let account = ImportAccount(json, firstFile: first)
    else { throw .file(file.path, .damaged) }
    return account
  }

  static func records(
    of file: PartialFile, _ account: ImportAccount
  ) throws(PartialSetFault) -> PartialRecords {
    do throws(PartialFault) {
      return try PartialRecords(
        file, datasets: account.frames.count, paths: account.imported.sources.paths)
    } catch {
      throw .file(file.path, error)
    }
  }

  /// A record with the index of its file and its index in it.
  private struct Found<Record> {
    var record: Record
    var part: Int
    var index: Int
  }

  /// Returns the records of all parts by their positions, of which each is there once.
  private static func merged<Record>(
    _ parts: [[PartialRecords.Placed<Record>]], count: Int, of set: PartialSet,
    _ name: (Record) -> String
  ) throws(PartialSetFault) -> [Found<Record>] {
    var found = [Found<Record>?](repeating: nil, count: count)
    for (part, records) in parts.enumerated() {
      for (index, placed) in records.enumerated() {
        guard found.indices.contains(placed.position) else {
          throw .file(set.files[part].path, .damaged)
        }
        if let other = found[placed.position] {
          throw .repeated(
            name(placed.record), set.files[other.part].path, set.files[part].path)
        }
        found[placed.position] = Found(record: placed.record, part: part, index: index)
      }
    }
    let all = found.compactMap(\.self)
    guard all.count == count else { throw .incomplete(count - all.count) }
    return all
  }
}
