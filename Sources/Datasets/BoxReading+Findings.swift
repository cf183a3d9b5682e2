import COCO
import Formats
import Linting

extension Imported {
  /// Adds what all boxes of a set together say against the way in which they were read, unless its
  /// reader has said so.
  ///
  /// - Parameter isJudged: whether rules will look at the set, which then say all but the units.
  mutating func doubtBoxes(isJudged: Bool) {
    guard !findings.contains(where: { $0.kind == .ambiguousUnits }) else { return }
    let readings = datasets.map { BoxReading($0) }
    for (dataset, reading) in zip(datasets, readings) {
      guard let reading, reading.fault.kind == .ambiguousUnits || !isJudged else { continue }
      var finding = Finding(reading.fault, at: dataset.annotations[reading.first].origin)
      if format == .csv, reading.form == .centres {
        finding.message += "; --csv-columns cx=… and cy=… name the columns of the middle"
      }
      findings.append(finding)
    }
    // What the wrong reading has made odd goes without saying, where it is that of all splits.
    let known = readings.compactMap(\.self)
    guard !isJudged, !known.isEmpty, known.count == datasets.count else { return }
    findings.removeAll { finding in known.allSatisfy { $0.explains(finding.kind) } }
  }
}
