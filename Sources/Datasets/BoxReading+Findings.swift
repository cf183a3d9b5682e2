import COCO
import Files
import Formats
import Linting

extension Imported {
  /// Adds the finding that all boxes of a set together give against the convention they were read
  /// by, unless its reader has reported it.
  ///
  /// - Parameter isJudged: Whether rules will judge the set, which then report all but the units.
  mutating func doubtBoxes(isJudged: Bool) {
    let readings = datasets.map { dataset in
      BoxReading(dataset).map { ($0, first: dataset.annotations[$0.first].origin) }
    }
    doubtBoxes(readings, isJudged: isJudged)
  }

  /// Adds the findings as above.
  ///
  /// - Parameter readings: The convention of each split, with the place of the first box that
  ///   indicates it; nil where it is the expected one.
  mutating func doubtBoxes(_ readings: [(BoxReading, first: Origin?)?], isJudged: Bool) {
    guard !findings.contains(where: { $0.kind == .ambiguousUnits }) else { return }
    for case (let reading, let first)? in readings {
      guard reading.fault.kind == .ambiguousUnits || !isJudged else { continue }
      var finding = Finding(reading.fault, at: first)
      if format == .csv, reading.form == .centres {
        finding.message += "; --csv-columns cx=… and cy=… name the columns of the middle"
      }
      findings.append(finding)
    }
    // What the wrong reading has made odd goes without saying, where it is that of all splits.
    let known = readings.compactMap(\.self)
    guard !isJudged, !known.isEmpty, known.count == readings.count else { return }
    findings.removeAll { finding in known.allSatisfy { $0.0.explains(finding.kind) } }
  }
}
