import COCO
public import DetectionModels
import Torch

/// What the steps of a training need of memory, and how large its batches can be.
public struct MemoryNeed: Sendable, Equatable {
  public let step: StepMemory
  /// The size of the largest batch's pictures, pixels.
  public let width: Int
  public let height: Int
  /// Bytes of one decoded picture at its own size, and how many are decoded ahead of a batch.
  private let decoded: Int
  private let threads: Int

  /// What of the memory there is a batch that is chosen may take: others want some too.
  private static let share = 0.8
  private static let mostPictures = 64

  /// Measures what a step of a training takes.
  ///
  /// Returns nil where that cannot be told.
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

  /// Returns the bytes that steps on so many pictures take.
  public func bytes(batchSize: Int) -> Double {
    let ahead = BatchStream.ahead(threads: threads, batchSize: batchSize) + batchSize
    return step.bytes(batchSize: batchSize, pixels: width * height) + Double(ahead * decoded)
  }

  /// Returns the largest batch of 1, 2, 4 … pictures that fits into memory, at least 1.
  ///
  /// - Parameters:
  ///   - available: bytes.
  ///   - pictures: how many there are; a batch takes no more.
  public func largestBatch(in available: Int, pictures: Int) -> Int {
    var size = 1
    while size * 2 <= min(pictures, Self.mostPictures),
      bytes(batchSize: size * 2) <= Double(available) * Self.share
    {
      size *= 2
    }
    return size
  }

  /// Returns the first sample that can be read and has an object, of the first that there are.
  private static func sampleWithObjects(of samples: DetectionSamples) -> Sample? {
    let shown = (0..<samples.count).lazy.filter { !samples.learnable(at: $0).isEmpty }
    return shown.prefix(20).lazy.compactMap { try? samples.sample(at: $0) }
      .first { $0.target.labels.size(0) > 0 }
  }

  /// Returns the largest sides of a batch: the pictures of a batch are of like shape, and filled up to
  /// the largest of them and to multiples of 32.
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
