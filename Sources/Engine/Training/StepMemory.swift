public import DetectionModels
import Torch

/// The memory of a training step: measured in two small steps of the same detector, and scaled by
/// the pixels of its images.
///
/// A step holds the gradients and the optimiser's memory of the parameters, and for each image the
/// values for the backward pass: a part that grows with the pixels, of the backbone and of the
/// layers on its maps, and one that does not, of the heads, which examine the same number of
/// regions in an image of any size.
public struct StepMemory: Sendable, Equatable {
  /// The bytes of gradients and of the optimiser.
  public let parameters: Double
  /// The bytes for each image of a batch, however large it is.
  public let perPicture: Double
  /// The bytes for each pixel of a batch.
  public let perPixel: Double

  /// The pixels of the smaller of the two measured images.
  public static let smallestArea = 1 << 16
  private static let areas = (small: smallestArea, large: 3 * smallestArea)

  /// Measures a detector and restores its weights, batch norm and libtorch's generator.
  ///
  /// Returns nil if the system does not report the process's memory, if a loss is not finite, and
  /// for a detector on another device.
  ///
  /// - Parameters:
  ///   - model: The detector to measure.
  ///   - options: The options of the training.
  ///   - size: The size that the detector resizes images to.
  ///   - sample: Any sample with objects, of the kind that the detector learns.
  public init?(
    _ model: some Detector, options: TrainingOptions, size: InputSize, sample: Sample
  ) {
    guard model.parameters.allSatisfy({ $0.device == .cpu }) else { return nil }
    let snapshot = ModelSnapshot(of: model)
    defer { snapshot.restore() }
    let parameters = model.parameters.filter(\.requiresGradient)
    let gradients = Double(parameters.reduce(0) { $0 + $1.count * 4 })
    var measured: [(pixels: Double, bytes: Double)] = []
    for area in [Self.areas.small, Self.areas.large] {
      let most = area == Self.areas.large ? size.minSize : size.minSize / 2
      let probe = Probe(sample, area: area, width: size.maxSize, mostHeight: most)
      guard let bytes = probe.bytes(of: model, options: options) else { return nil }
      snapshot.restore()
      measured.append((Double(probe.pixels), max(Double(bytes) - gradients, 0)))
    }
    let (small, large) = (measured[0], measured[1])
    let more = max(large.bytes - small.bytes, 0)
    perPixel = large.pixels > small.pixels ? more / (large.pixels - small.pixels) : 0
    perPicture = max(large.bytes - perPixel * large.pixels, 0)
    self.parameters = gradients * Double(1 + options.optimizer.memory)
  }

  /// Returns the bytes of a step on a batch of images that have this number of pixels each.
  public func bytes(batchSize: Int, pixels: Int) -> Double {
    parameters + Double(batchSize) * (perPicture + perPixel * Double(pixels))
  }
}

/// An image with objects, scaled to a size at which a step is small and which the detector does not
/// enlarge: as wide as the longer side may be, and low.
private struct Probe {
  private let sample: Sample

  init(_ sample: Sample, area: Int, width: Int, mostHeight: Int) {
    let width = max(width, 32)
    let height = max(32, min(area / width, mostHeight) / 32 * 32)
    self.sample = sample.resized(width: width, height: height).withoutVanishedBoxes()
  }

  /// The pixels of the batch, whose sides are multiples of 32.
  var pixels: Int { (sample.width + 31) / 32 * 32 * sample.height }

  /// Returns the bytes of a step beyond those held before it; nil if they cannot be measured.
  func bytes(of model: some Detector, options: TrainingOptions) -> Int? {
    let batch = Batch(samples: [sample])
    guard let before = ProcessMemory.forgetPeak() else { return nil }
    let losses = { model.losses(images: batch.images, targets: batch.targets) }
    let made = options.usesBFloat16 ? autocast(to: .bfloat16, losses) : losses()
    guard made.entries.allSatisfy({ $0.value.item().isFinite }) else { return nil }
    made.total.backward()
    return ProcessMemory.peak.map { $0 - before }
  }
}
