import Files
import Torch

/// A loader that decodes the images of an epoch in its own threads, ahead of the training.
///
/// The batches and their order depend on the plan, the seed and the epoch, never on the number of
/// threads.
public struct Loader: Sendable {
  /// The samples to load.
  public let samples: DetectionSamples
  /// The plan of the batches.
  public var plan: BatchPlan
  /// The changes made to each sample.
  public var augmentation: Augmentation
  /// The number of threads that decode, at least 1.
  public var threads: Int

  /// Creates a loader. If the samples have keypoints, these decide how keypoints are mirrored.
  public init(
    _ samples: DetectionSamples, plan: BatchPlan, augmentation: Augmentation = .none,
    threads: Int = 2
  ) {
    self.samples = samples
    self.plan = plan
    self.augmentation = augmentation
    // What is left and what is right the data say.
    if let keypoints = samples.keypoints {
      self.augmentation.mirroredKeypoints = keypoints.mirrored
    }
    self.threads = max(threads, 1)
  }

  /// The number of batches in an epoch.
  public var count: Int { plan.batches(of: samples.count, epoch: 0).count }

  /// Returns the batches of an epoch and begins to decode them.
  ///
  /// An image that cannot be read is left out of its batch, which becomes smaller; all others keep
  /// their batch. The draws for a sample depend on the seed, the epoch and its image.
  ///
  /// - Parameters:
  ///   - epoch: The epoch, from 0.
  ///   - skipping: The number of first batches left out, for a run that is resumed.
  public func batches(epoch: Int, skipping: Int = 0) -> BatchStream {
    let batches = plan.batches(of: samples.count, epoch: epoch).dropFirst(skipping)
    let seed = plan.seed ^ 0xA11
    return BatchStream(
      Array(batches), threads: threads,
      work: { position throws(SampleError) in
        let sample = try samples.sample(at: position)
        var generator = SeededGenerator(
          seed: seed, part: samples.imageIndices[position], of: epoch)
        return augmentation.applied(to: sample, using: &generator)
      },
      finish: { batch in
        var batch = batch
        batch.drawSeeds = batch.samples.map { sample in
          var generator = SeededGenerator(seed: seed ^ 0xD0, part: sample.imageIndex, of: epoch)
          return generator.next()
        }
        guard augmentation.pastesObjects, let first = batch.samples.first else { return batch }
        var generator = SeededGenerator(seed: seed ^ 0xC0, part: first.imageIndex, of: epoch)
        batch.samples = ObjectPasting().applied(to: batch.samples, using: &generator)
        return batch
      })
  }
}

/// The batches of one epoch, to be taken one after the other.
public final class BatchStream: Sendable {
  typealias Work = @Sendable (_ position: Int) throws(SampleError) -> Sample

  private struct Progress: Sendable {
    /// The next sample to decode, and the first that has not been handed out.
    var started = 0
    var handedOut = 0
    var done: [Int: Result<Sample, SampleError>] = [:]
    var isCancelled = false
  }

  private let batches: [[Int]]
  /// The work of a caller that requests a batch when the system has no thread left for it; nil
  /// otherwise.
  private let ownWork: Work?
  /// The operation on a batch as a whole.
  private let finish: @Sendable (Batch) -> Batch
  private let progress = Monitor(Progress())
  private let position = Monitor(0)

  /// The number of batches in the epoch.
  public var count: Int { batches.count }

  init(
    _ batches: [[Int]], threads: Int, work: @escaping Work,
    finish: @escaping @Sendable (Batch) -> Batch = { $0 }
  ) {
    self.batches = batches
    self.finish = finish
    let order = batches.flatMap { $0 }
    let ahead = Self.ahead(threads: threads, batchSize: batches.first?.count ?? 1)
    let progress = progress
    let started = (0..<min(threads, order.count)).count { _ in
      startThread {
        // More threads for the operations of each would take the processor from who trains.
        Runtime.useThreadsHere(1)
        Self.decode(order, ahead: ahead, progress, work)
      }
    }
    ownWork = started == 0 ? work : nil
  }

  deinit {
    progress.change { $0.isCancelled = true }
  }

  /// Returns the number of samples that are decoded ahead.
  static func ahead(threads: Int, batchSize: Int) -> Int { max(threads, batchSize) * 2 }

  /// Returns the next batch, waiting for it if necessary; nil at the end. A batch of which no image
  /// can be read has no samples.
  public func next() -> Batch? { nextWithIndex()?.batch }

  /// Returns the next batch with its index, for several threads that take turns.
  func nextWithIndex() -> (index: Int, batch: Batch)? {
    let index = position.change { index in
      defer { index += 1 }
      return index
    }
    guard index < batches.count else { return nil }
    return (index, finish(batch(at: index)))
  }

  private func batch(at index: Int) -> Batch {
    let first = index * batches[0].count  // all but the last are of one size
    var batch = Batch()
    for (offset, position) in batches[index].enumerated() {
      switch sample(at: position, order: first + offset) {
      case .success(let sample)?:
        batch.samples.append(sample)
        batch.positions.append(position)
      case .failure(let error)?: batch.leftOut.append(error)
      case nil: break
      }
    }
    return batch
  }

  /// Waits for the sample at `order` among all.
  private func sample(at position: Int, order: Int) -> Result<Sample, SampleError>? {
    if let ownWork { return Result { () throws(SampleError) in try ownWork(position) } }
    let isDone = { (progress: Progress) in progress.done[order] != nil }
    return progress.wait(until: isDone) { progress in
      progress.handedOut = max(progress.handedOut, order + 1)
      return progress.done.removeValue(forKey: order)
    }
  }

  private static func decode(
    _ order: [Int], ahead: Int, _ progress: Monitor<Progress>, _ work: Work
  ) {
    while true {
      let mayStart = { (progress: Progress) in
        progress.isCancelled || progress.started >= order.count
          || progress.started < progress.handedOut + ahead
      }
      let next: Int? = progress.wait(until: mayStart) { progress in
        guard !progress.isCancelled, progress.started < order.count else { return nil }
        defer { progress.started += 1 }
        return progress.started
      }
      guard let next else { return }
      let result = Result { () throws(SampleError) in try work(order[next]) }
      progress.change { $0.done[next] = result }
    }
  }
}
