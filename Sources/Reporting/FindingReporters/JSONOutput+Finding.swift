import COCO
import Files

extension JSONOutput {
  /// Appends a finding as one object on one line, with null for unknown values.
  mutating func append(_ entry: LocatedFinding) {
    let finding = entry.finding
    raw(#"{"rule":"#)
    append(finding.rule)
    raw(#","severity":"#)
    append(finding.severity.rawValue)
    raw(#","message":"#)
    append(finding.message)
    raw(#","path":"#)
    append(orNull: entry.place?.path)
    raw(#","line":"#)
    append(orNull: entry.place?.line)
    raw(#","column":"#)
    append(orNull: entry.place?.column)
    raw(#","where":"#)
    append(orNull: finding.path)
    raw(#","field":"#)
    append(orNull: finding.field?.rawValue)
    raw(#","fix":"#)
    if let fix = finding.offeredFix {
      raw(#"{"title":"#)
      append(fix.title)
      raw(fix.isSafe ? #","safe":true}"# : #","safe":false}"#)
    } else {
      raw("null")
    }
    raw("}")
  }

  private mutating func append(orNull text: String?) {
    if let text { append(text) } else { raw("null") }
  }

  private mutating func append(orNull number: Int?) {
    if let number { append(number) } else { raw("null") }
  }
}
