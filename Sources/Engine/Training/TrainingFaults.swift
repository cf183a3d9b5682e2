public import COCO
import Torch

/// A loss that is NaN or infinite, found before it could damage a weight.
public struct NonFiniteLossError: Error, Sendable, Equatable, CustomStringConvertible {
  /// All losses, the finite ones too.
  public let losses: [NamedLoss]
  /// A finding for each image of the batch, with its boxes and its place.
  public let findings: [Finding]

  init(_ losses: [NamedLoss], batch: Batch, of samples: DetectionSamples) {
    self.losses = losses
    let faulty = losses.filter { !$0.value.isFinite }
      .map { "\($0.name) is \($0.value.shortest)" }.joined(separator: ", ")
    findings = batch.samples.map { sample in
      let image = samples.dataset.images[sample.imageIndex]
      return Finding(
        .nonFiniteLoss,
        "\(faulty) in a batch with \(image.fileName), which shows \(Self.boxes(of: sample))",
        at: image.origin, record: RecordReference(.image, sample.imageIndex))
    }
  }

  /// The losses that are not finite, as a message.
  public var description: String {
    let names = losses.filter { !$0.value.isFinite }.map { "\($0.name) \($0.value.shortest)" }
    return "expected finite losses, found \(names.joined(separator: ", "))"
  }

  /// Returns the boxes as they were trained on, at most 20 of them.
  private static func boxes(of sample: Sample) -> String {
    let corners = sample.target.boxes.to(.float32).scalars(as: Float.self)
    guard !corners.isEmpty else { return "no box" }
    let boxes = stride(from: 0, to: corners.count, by: 4).map { start in
      corners[start..<(start + 4)].map(\.shortest).joined(separator: " ")
    }
    let more = boxes.count > 20 ? " and \(boxes.count - 20) more" : ""
    return "the boxes " + boxes.prefix(20).joined(separator: "; ") + more
  }
}

/// The fault that ended a training early, as findings with their places.
public struct TrainingFault: Error, Sendable {
  /// The findings.
  public let findings: [Finding]
  /// The error of what could not be written before; nil if everything was.
  public var unwritten: (any Error)?

  /// Creates a fault from findings.
  public init(findings: [Finding]) {
    self.findings = findings
  }
}

/// The error of a training that its observer has ended.
public struct TrainingInterrupted: Error, Sendable {}
