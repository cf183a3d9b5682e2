import COCO
import Formats

extension Imported {
  /// Adds what all boxes of a set together say against the way in which they were read, unless its
  /// reader has said so.
  ///
  /// - Parameter isJudged: whether rules will look at the set, which then say all but the units.
  mutating func doubtBoxes(isJudged: Bool) {
    guard !findings.contains(where: { $0.kind == .ambiguousUnits }) else { return }
    for dataset in datasets {
      guard let reading = BoxReading(dataset) else { continue }
      let fault = reading.fault
      guard fault.kind == .ambiguousUnits || !isJudged else { continue }
      findings.append(Finding(fault, at: dataset.annotations[reading.first].origin))
    }
  }
}
