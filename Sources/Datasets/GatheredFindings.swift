import COCO
import Formats

extension Imported {
  /// Fewer pictures may each be missing for a reason of its own.
  private static let fewestForOneReason = 8
  /// Fewer names may each be written in another way by accident.
  private static let fewestForOneHabit = 20

  /// Says once what is true of a set and not of single pictures: that they were looked for in the wrong
  /// place, or that all names are written in another way.
  mutating func gatherFindings() {
    let images = datasets.reduce(0) { $0 + $1.images.count }
    gather(.missingImageFile, atLeast: max(Self.fewestForOneReason, images * 9 / 10)) {
      "\($1); \($0) of \(images) images were not found, so they may lie elsewhere "
        + "(--images gives their folder)"
    }
    gather(.nameMatchedLoosely, atLeast: Self.fewestForOneHabit) {
      "\($1), and \($0 - 1) others in this way or another"
    }
  }

  private mutating func gather(
    _ kind: FaultKind, atLeast fewest: Int, into message: (Int, String) -> String
  ) {
    let places = findings.indices.filter { findings[$0].kind == kind }
    guard let first = places.first, places.count >= fewest else { return }
    findings[first].message = message(places.count, findings[first].message)
    let others = Set(places.dropFirst())
    findings = findings.indices.filter { !others.contains($0) }.map { findings[$0] }
  }
}
