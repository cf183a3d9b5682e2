public import DetectionModels
import Torch

/// What a training step takes of memory: measured in two small steps of the very detector, and
/// scaled by the pixels of its pictures.
///
/// A step holds the gradients and what the optimiser remembers of the parameters, and for each
/// picture what the backward pass needs: a part that grows with the pixels, of the backbone and what
/// works on its maps, and one that does not, of the heads, which look at as many regions of a
/// picture of any size.
public struct StepMemory: Sendable, Equatable {
  /// Bytes of gradients and of the optimiser.
  public let parameters: Double
  /// Bytes for each picture of a batch, however large it is.
  public let perPicture: Double
  /// Bytes for each pixel of a batch.
  public let perPixel: Double

  /// Pixels of the smaller one of the two pictures that are measured.
  public static let smallestArea = 1 << 16
  private static let areas = (small: smallestArea, large: 3 * smallestArea)

  /// Measures a detector. Nothing is left of it: weights, batch norm and libtorch's generator are
  /// put back.
  ///
  /// Returns nil where the system does not tell what a process holds, where a loss is not finite, and
  /// for a detector that is on another device.
  ///
  /// - Parameters:
  ///   - size: what the detector resizes pictures to.
  ///   - sample: any with objects, of the kind that the detector learns.
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

  /// Returns the bytes of a step on a batch of pictures that have so many pixels each.
  public func bytes(batchSize: Int, pixels: Int) -> Double {
    parameters + Double(batchSize) * (perPicture + perPixel * Double(pixels))
  }
}

/// A picture with objects, pulled to a size at which a step is small and which the detector does not
/// make larger: as wide as the longer side may be, and low.
private struct Probe {
  private let sample: Sample

  init(_ sample: Sample, area: Int, width: Int, mostHeight: Int) {
    let width = max(width, 32)
    let height = max(32, min(area / width, mostHeight) / 32 * 32)
    self.sample = sample.resized(width: width, height: height).withoutVanishedBoxes()
  }

  /// The pixels of the batch, whose sides are multiples of 32.
  var pixels: Int { (sample.width + 31) / 32 * 32 * sample.height }

  /// Returns what a step takes beyond what is held before it; nil where that cannot be told.
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
