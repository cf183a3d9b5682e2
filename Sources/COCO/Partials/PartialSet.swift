/// Partial results that belong together: of one verb with the same parameters, covering parts of a
/// set that do not overlap.
public struct PartialSet: Sendable {
  /// The files, in the order given.
  public let files: [PartialFile]
  /// The header of all files joined.
  public let header: PartialHeader

  /// Joins files of partial results.
  ///
  /// - Parameters:
  ///   - files: The files, at least one.
  ///   - needsAll: Whether missing shards are refused.
  /// - Throws: A `PartialSetFault`: the first reason why they cannot be joined.
  public init(_ files: [PartialFile], needsAll: Bool) throws(PartialSetFault) {
    precondition(!files.isEmpty, "expected a file")
    var header = files[0].header
    for (index, file) in files.enumerated().dropFirst() {
      try Self.compare(file, with: files[0])
      guard let cover = file.header.cover else {
        header.pictures.add(file.header.pictures)
        continue
      }
      for other in files[..<index] {
        if let overlap = other.header.cover?.overlap(with: cover) {
          throw .repeated("shard \(overlap.own)", other.path, file.path)
        }
      }
      header.cover?.add(cover)
    }
    self.files = files
    self.header = header
    if needsAll, let missing = header.cover?.missing, !missing.isEmpty { throw .missing(missing) }
  }

  private static func compare(
    _ file: PartialFile, with first: PartialFile
  ) throws(PartialSetFault) {
    let (own, expected) = (file.header, first.header)
    func refuse(_ what: String, _ found: String, _ wanted: String) -> PartialSetFault {
      .differs(what, file.path, found, first.path, wanted)
    }
    guard own.verb == expected.verb else {
      throw refuse("the verb", own.verb, expected.verb)
    }
    let names = (expected.parameters.members + own.parameters.members).map(\.name)
    for name in names where own.parameters[name] != expected.parameters[name] {
      let texts = (text(own.parameters[name]), text(expected.parameters[name]))
      let brief = (
        text(own.parameters[name]?.rounded), text(expected.parameters[name]?.rounded)
      )
      // Rounding may hide what differs.
      let (found, wanted) = brief.0 == brief.1 ? texts : brief
      throw refuse(name, found, wanted)
    }
    guard (own.cover == nil) == (expected.cover == nil) else {
      func part(_ header: PartialHeader) -> String {
        header.cover.map { "shard \($0.shards[0])" } ?? "a whole input"
      }
      throw refuse("the part", part(own), part(expected))
    }
    guard own.cover == nil || own.pictures == expected.pictures else {
      throw refuse(
        "the set", "\(own.pictures.count) images",
        own.pictures.count == expected.pictures.count
          ? "as many other images" : "\(expected.pictures.count) images")
    }
  }

  private static func text(_ value: JSONValue?) -> String {
    guard let value else { return "nothing" }
    var output = JSONOutput()
    output.append(value)
    let text = output.text
    return text.count <= 60 ? text : text.prefix(60) + "…"
  }
}

extension JSONValue {
  /// The value with its numbers as a user writes them, such as 0.9 for the double next to it.
  fileprivate var rounded: JSONValue {
    switch self {
    case .number(let number) where abs(number) < 1e6: .number((number * 1e9).rounded() / 1e9)
    case .array(let values): .array(values.map(\.rounded))
    default: self
    }
  }
}

/// The reason why partial results cannot be joined.
public enum PartialSetFault: Error, Sendable, CustomStringConvertible {
  case file(String, PartialFault)
  /// The name of what differs; a file and its value; another file and its value.
  case differs(String, String, String, String, String)
  /// The name of what occurs twice, and the two files.
  case repeated(String, String, String)
  /// The number of records that are in no file.
  case incomplete(Int)
  /// The shards that no file covers.
  case missing([Shard])

  private static let mostNamed = 8

  /// The reason as a message.
  public var description: String {
    switch self {
    case .file(let path, let fault): "\(path): \(fault)"
    case .differs(let what, let path, let found, let first, let expected):
      "\(path): \(what) is \(found), in \(first) it is \(expected)"
    case .repeated(let what, let first, let second): "\(what) is in \(first) and in \(second)"
    case .incomplete(let count):
      "\(count) \(count == 1 ? "record is" : "records are") in none of the files"
    case .missing(let shards):
      "no file contains shard \(shards.prefix(Self.mostNamed).map(\.description).joined(separator: ", "))"
        + (shards.count > Self.mostNamed ? " and \(shards.count - Self.mostNamed) more" : "")
    }
  }
}
