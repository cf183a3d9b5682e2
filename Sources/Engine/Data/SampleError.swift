public import COCO
import Datasets
import Images

/// Why a picture cannot be a sample, as a finding with its place.
public struct SampleError: Error, Sendable, Equatable, CustomStringConvertible {
  public let finding: Finding

  public init(_ finding: Finding) {
    self.finding = finding
  }

  public var description: String { finding.message }

  init(_ error: ImageError, of image: COCO.Image, at path: String, record: RecordReference) {
    finding = Finding(
      error.faultKind, "\(path): \(error)", at: image.origin, record: record)
  }
}
