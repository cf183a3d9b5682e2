public import Files

/// The findings of partial results, with places that can be shown without the files.
public struct PartialFindings: Sendable {
  /// The findings of all files added.
  public private(set) var findings: [Finding] = []
  /// The sources that the findings' places refer to.
  public private(set) var sources = Sources()

  /// Creates an empty collection.
  public init() {}

  /// Adds the findings of a file. A finding that shards of one input share is added once.
  ///
  /// - Throws: `PartialFault.damaged` if the section is not as copra writes it.
  public mutating func add(_ file: PartialFile) throws(PartialFault) {
    let section = try file.section("findings")
    guard section.count > 0 else { return }
    guard let text = section.string, let json = JSONTextParser().value(text)?.object,
      let paths = json["sources"]?.list?.compactMap(\.string), let list = json["findings"]?.list
    else { throw .damaged }
    let isDivided = file.header.cover != nil
    let numbers = paths.map { path in
      (isDivided ? sources.paths.firstIndex(of: path) : nil) ?? sources.add(path)
    }
    var decoder = FindingDecoder(paths: paths, numbers: numbers)
    let own = list.compactMap { $0.object.flatMap { decoder.finding($0) } }
    guard own.count == list.count else { throw .damaged }
    sources.places.merge(decoder.places) { first, _ in first }
    if isDivided { unite(own) } else { findings += own }
  }

  /// Adds each finding of `own` that is not already present as often as it occurs there.
  private mutating func unite(_ own: [Finding]) {
    var known: [Key: Int] = [:]
    for finding in findings { known[Key(finding), default: 0] += 1 }
    for finding in own {
      let count = known[Key(finding)] ?? 0
      if count > 0 {
        known[Key(finding)] = count - 1
      } else {
        findings.append(finding)
      }
    }
  }

  private struct Key: Hashable {
    let kind: FaultKind
    let message: String
    let origin: Origin?

    init(_ finding: Finding) {
      (kind, message, origin) = (finding.kind, finding.message, finding.origin)
    }
  }
}

extension PartialWriter {
  /// Writes findings with their places as the section `findings`.
  public func write(_ findings: [Finding], in sources: Sources) throws {
    try begin("findings")
    guard !findings.isEmpty else { return }
    var encoder = FindingEncoder(sources)
    var output = JSONOutput()
    output.append(
      .object([
        "sources": .array(sources.paths.map { .string($0) }),
        "findings": .array(findings.map { .object(encoder.json($0)) }),
      ]))
    try append(output.bytes)
  }
}
