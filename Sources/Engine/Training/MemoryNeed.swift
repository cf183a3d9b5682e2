import COCO
public import DetectionModels
import Torch

/// The memory that the steps of a training need, and the batch size that it allows.
public struct MemoryNeed: Sendable, Equatable {
  /// The memory of a step by its images.
  public let step: StepMemory
  /// The width of the largest batch's images in pixels, with padding.
  public let width: Int
  /// The height of the largest batch's images in pixels, with padding.
  public let height: Int
  /// The bytes of one decoded image at its own size, and the number of threads that decode ahead.
  private let decoded: Int
  private let threads: Int

  /// The share of the available memory that a chosen batch may take; other programs need some too.
  private static let share = 0.8
  private static let mostPictures = 64

  /// Measures the memory of a training's steps.
  ///
  /// Returns nil if it cannot be measured.
  public init?(
    _ model: some Detector, on samples: DetectionSamples, settings: TrainingSettings
  ) {
    guard let sample = Self.sampleWithObjects(of: samples),
      let step = StepMemory(
        model, options: settings.options, size: settings.input, sample: sample)
    else { return nil }
    self.step = step
    let sizes = (0..<samples.count).map { position in
      let image = samples.image(at: position)
      return (width: max(image.width, 1), height: max(image.height, 1))
    }
    let largest = Self.largest(sizes, settings)
    (width, height) = largest
    decoded = (sizes.map { $0.width * $0.height }.max() ?? 0) * 3 * 4
    threads = Runtime.threads
  }

  /// Returns the bytes that steps on this number of images take.
  public func bytes(batchSize: Int) -> Double {
    let ahead = BatchStream.ahead(threads: threads, batchSize: batchSize) + batchSize
    return step.bytes(batchSize: batchSize, pixels: width * height) + Double(ahead * decoded)
  }

  /// Returns the largest batch of 1, 2, 4 … images that fits into memory, at least 1.
  ///
  /// - Parameters:
  ///   - available: The available memory in bytes.
  ///   - pictures: The number of images, which limits the batch.
  public func largestBatch(in available: Int, pictures: Int) -> Int {
    var size = 1
    while size * 2 <= min(pictures, Self.mostPictures),
      bytes(batchSize: size * 2) <= Double(available) * Self.share
    {
      size *= 2
    }
    return size
  }

  /// Returns the first sample that can be read and has an object, among the first twenty with
  /// objects.
  private static func sampleWithObjects(of samples: DetectionSamples) -> Sample? {
    let shown = (0..<samples.count).lazy.filter { !samples.learnable(at: $0).isEmpty }
    return shown.prefix(20).lazy.compactMap { try? samples.sample(at: $0) }
      .first { $0.target.labels.size(0) > 0 }
  }

  /// Returns the largest sides of a batch: the images of a batch are of similar shape, and padded
  /// to the largest of them and to multiples of 32.
  private static func largest(
    _ sizes: [(width: Int, height: Int)], _ settings: TrainingSettings
  ) -> (width: Int, height: Int) {
    if settings.augmentation.isOfOneSize {
      let side = filled(settings.augmentation.square(for: settings.input))
      return (side, side)
    }
    var groups: [Int: (width: Int, height: Int)] = [:]
    for size in sizes {
      let group = AspectRatioGroups.group(width: size.width, height: size.height)
      let own = settings.input.resized(width: size.width, height: size.height)
      let most = groups[group] ?? (0, 0)
      groups[group] = (max(most.width, filled(own.width)), max(most.height, filled(own.height)))
    }
    return groups.sorted { $0.key < $1.key }.map(\.value)
      .max { $0.width * $0.height < $1.width * $1.height } ?? (0, 0)
  }

  private static func filled(_ side: Int) -> Int { (side + 31) / 32 * 32 }
}
