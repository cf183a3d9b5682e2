import COCO
import Files

/// A writer of findings as SARIF's results.
struct SARIFResults {
  private let ruleIndices: [String: Int]
  private let locations: SARIFLocations
  /// The location of findings that concern no single place: services refuse results without a
  /// location.
  private let wholeSet: SARIFLocations.Artifact?
  /// The last path and what became of it; findings come file by file.
  private var artifact: (path: String, value: SARIFLocations.Artifact)?

  init(_ report: FindingReport, ruleIndices: [String: Int], folder: String?) {
    self.ruleIndices = ruleIndices
    locations = SARIFLocations(folder: folder)
    wholeSet = locations.artifact(holding: report.sources.paths)
  }

  mutating func append(_ entry: LocatedFinding, to output: inout JSONOutput) {
    let finding = entry.finding
    output.raw(#"{"ruleId":"#)
    output.append(finding.rule)
    if let index = ruleIndices[finding.rule] {
      output.raw(#","ruleIndex":"#)
      output.append(index)
    }
    output.raw(#","level":"#)
    output.append(Self.level(finding.severity))
    output.raw(#","message":{"text":"#)
    output.append(Self.messageText(finding.message))
    output.raw("}")
    appendLocation(of: entry, to: &output)
    output.raw(#","partialFingerprints":{"ruleFileMessage/v1":"#)
    output.append(Self.fingerprint(entry))
    output.raw("}}")
  }

  private mutating func appendLocation(of entry: LocatedFinding, to output: inout JSONOutput) {
    guard let artifact = artifact(of: entry) else { return }
    output.raw(#","locations":[{"physicalLocation":{"artifactLocation":{"uri":"#)
    output.append(artifact.uri)
    output.raw(artifact.isRelative ? #","uriBaseId":"%SRCROOT%"}"# : "}")
    if let place = entry.place {
      output.raw(#","region":{"startLine":"#)
      output.append(place.line)
      output.raw(#","startColumn":"#)
      output.append(place.column)
      output.raw("}")
    }
    output.raw("}")
    if let path = entry.finding.path {
      output.raw(#","logicalLocations":[{"fullyQualifiedName":"#)
      output.append(path)
      output.raw("}]")
    }
    output.raw("}]")
  }

  private mutating func artifact(of entry: LocatedFinding) -> SARIFLocations.Artifact? {
    guard let path = entry.place?.path else { return wholeSet }
    if let artifact, artifact.path == path { return artifact.value }
    let value = locations.artifact(path)
    artifact = (path, value)
    return value
  }

  static func level(_ severity: Finding.Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .information: "note"
    }
  }

  /// Returns a plain text message: braces are doubled, since single ones mark arguments, and text
  /// that a viewer would turn into a link is escaped.
  static func messageText(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0x7B || $0 == 0x7D || $0 == 0x5D }) else { return text }
    var escaped = ""
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      switch scalar {
      case "{": escaped += "{{"
      case "}": escaped += "}}"
      case "(" where previous == "]":
        escaped.unicodeScalars.removeLast()
        escaped += "\\]("
      default: escaped.unicodeScalars.append(scalar)
      }
      previous = scalar
    }
    return escaped
  }

  /// Returns a fingerprint that depends on rule, file and message only, not on the place in the
  /// file.
  private static func fingerprint(_ entry: LocatedFinding) -> String {
    var hash = StableHash()
    hash.add(entry.finding.rule)
    hash.add(entry.place?.path ?? "")
    hash.add(entry.finding.message)
    return hash.hexadecimal
  }
}

/// A hash that is the same in every run, unlike `Hasher`'s: FNV-1a of 64 bits.
/// http://www.isthe.com/chongo/tech/comp/fnv/
struct StableHash {
  private var value: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Adds a text and its end, so that "ab", "c" is not "a", "bc".
  mutating func add(_ text: String) {
    for byte in text.utf8 { add(byte) }
    add(0)
  }

  private mutating func add(_ byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 0x100_0000_01B3
  }

  /// The number in 16 hexadecimal digits.
  var hexadecimal: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
