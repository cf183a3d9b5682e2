import COCO
import Formats

extension Imported {
  /// Fewer pictures may each be missing for a reason of its own.
  private static let fewestForOneReason = 8

  /// Makes one finding of those about single pictures that are not there, where nearly none is: then
  /// they were looked for in the wrong place, and no annotation is at fault.
  mutating func gatherMissingPictures() {
    let images = datasets.reduce(0) { $0 + $1.images.count }
    let missing = findings.indices.filter { findings[$0].kind == .missingImageFile }
    guard missing.count >= Self.fewestForOneReason, missing.count * 10 >= images * 9,
      let first = missing.first
    else { return }
    var gathered = findings[first]
    gathered.message +=
      "; \(missing.count) of \(images) pictures are not there, so that they may lie elsewhere "
      + "(--images says where)"
    let others = Set(missing)
    findings = findings.enumerated().compactMap { index, finding in
      index == first ? gathered : others.contains(index) ? nil : finding
    }
  }
}
