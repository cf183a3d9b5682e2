import Torch

/// Decodes the pictures of an epoch in threads of its own, ahead of the one who trains.
///
/// What comes out, and in which order, depends on the plan, the seed and the epoch, never on the
/// number of threads.
public struct Loader: Sendable {
  public let samples: DetectionSamples
  public var plan: BatchPlan
  public var augmentation: Augmentation
  /// How many threads decode, at least 1.
  public var threads: Int

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

  /// How many batches an epoch has.
  public var count: Int { plan.batches(of: samples.count, epoch: 0).count }

  /// The batches of an epoch, which begin to be decoded at once.
  ///
  /// - Parameter skipping: how many of the first batches are left out, where a run is resumed.
  public func batches(epoch: Int, skipping: Int = 0) -> BatchStream {
    let batches = plan.batches(of: samples.count, epoch: epoch).dropFirst(skipping)
    return BatchStream(Array(batches), threads: threads) {
      position, order throws(SampleError) in
      let sample = try samples.sample(at: position)
      var generator = SeededGenerator(
        seed: plan.seed ^ 0xA11, part: order + skipping * plan.batchSize, of: epoch)
      return augmentation.applied(to: sample, using: &generator)
    }
  }
}

/// The batches of one epoch, handed out one after the other.
public final class BatchStream: Sendable {
  typealias Work = @Sendable (_ position: Int, _ order: Int) throws(SampleError) -> Sample

  private struct Progress: Sendable {
    /// The next sample to be decoded, and the first that has not been handed out.
    var started = 0
    var handedOut = 0
    var done: [Int: Result<Sample, SampleError>] = [:]
    var isCancelled = false
  }

  private let batches: [[Int]]
  /// What whoever asks for a batch does where the system has no thread left to do it; else nil.
  private let ownWork: Work?
  private let progress = Monitor(Progress())
  private let position = Monitor(0)

  /// How many batches there are in all.
  public var count: Int { batches.count }

  init(_ batches: [[Int]], threads: Int, work: @escaping Work) {
    self.batches = batches
    let order = batches.flatMap { $0 }
    let ahead = max(threads * 2, (batches.first?.count ?? 1) * 2)
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

  /// The next batch, for which it waits; nil at the end.
  ///
  /// - Throws: the `SampleError` of the batch's first picture that has one.
  public func next() throws(SampleError) -> Batch? {
    try nextWithIndex()?.batch.get()
  }

  /// Returns the next batch with its index, for those who take turns in several threads.
  func nextWithIndex() -> (index: Int, batch: Result<Batch, SampleError>)? {
    let index = position.change { index in
      defer { index += 1 }
      return index
    }
    guard index < batches.count else { return nil }
    return (index, Result { () throws(SampleError) in try batch(at: index) })
  }

  private func batch(at index: Int) throws(SampleError) -> Batch {
    let first = index * batches[0].count  // all but the last are of one size
    var samples: [Sample] = []
    for (offset, picture) in batches[index].enumerated() {
      let order = first + offset
      if let ownWork {
        samples.append(try ownWork(picture, order))
        continue
      }
      let isDone = { (progress: Progress) in progress.done[order] != nil }
      let result = progress.wait(until: isDone) { progress in
        progress.handedOut = max(progress.handedOut, order + 1)
        return progress.done.removeValue(forKey: order)
      }
      guard let result else { break }
      samples.append(try result.get())
    }
    return Batch(samples: samples)
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
      let result = Result { () throws(SampleError) in try work(order[next], next) }
      progress.change { $0.done[next] = result }
    }
  }
}
