public import Files

/// What partial results say of records, with places that need no file to be looked up.
public struct PartialFindings: Sendable {
  public private(set) var findings: [Finding] = []
  /// What the findings' places refer to.
  public private(set) var sources = Sources()

  public init() {}

  /// Adds what a file says. What shards of one input say alike is said once.
  ///
  /// - Throws: `PartialFault.damaged` where that is not what copra writes.
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

  /// Adds each finding that is not there as often as it is among `own`.
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
  /// Writes findings with their places, as the section `findings`.
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
