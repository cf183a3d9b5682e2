import COCO
import Formats

extension Imported {
  /// The least number of missing images with one reason; fewer may each be missing for a reason of
  /// its own.
  private static let fewestForOneReason = 8
  /// The least number of differing names with one reason; fewer may each be written differently by
  /// accident.
  private static let fewestForOneHabit = 20

  /// Reports once what holds for a set and not for single images: that they were looked for in the
  /// wrong place, or that all names are written differently.
  ///
  /// - Parameter images: The number of images of all splits.
  mutating func gatherFindings(of images: Int) {
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
