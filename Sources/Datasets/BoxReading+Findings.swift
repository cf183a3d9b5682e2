import COCO
import Formats
import Linting

extension Imported {
  /// Adds the finding that all boxes of a set together give against the convention they were read
  /// by, unless its reader has reported it.
  ///
  /// - Parameter isJudged: Whether rules will judge the set, which then report all but the units.
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
