import COCO
import DetectionModels
import Files
import Torch

/// Threads that run a detector over the batches of a stream, each over a batch of its own.
///
/// Much of inference is work that no operation parallelises; two images on a thread each are done
/// faster than one after the other on two threads.
final class DetectionTeam: Sendable {
  /// The detections on the images of a batch.
  struct Batch: Sendable {
    var pictures: [Found] = []
    /// The errors of images of the batch that could not be read.
    var leftOut: [SampleError] = []
  }

  /// The detections on one image.
  struct Found: Sendable {
    /// The image's position among the samples.
    let position: Int
    /// The image's width in pixels.
    let width: Int
    let height: Int
    /// The surest first.
    let detections: [Detection]
  }

  private struct Progress: Sendable {
    var done: [Int: Batch] = [:]
    var isCancelled = false
    var duration = Duration.zero
  }

  /// The most threads, since each holds the maps of a batch.
  private static let mostThreads = 4

  private let count: Int
  private let progress = Monitor(Progress())

  /// Starts the threads.
  ///
  /// - Parameters:
  ///   - batches: The batches of the samples.
  ///   - threads: The number of threads of all operations together.
  init(
    _ detector: some Detector, over batches: BatchStream, of samples: DetectionSamples,
    threads: Int
  ) {
    count = batches.count
    let device = detector.device
    // A device other than the processor is one for all threads.
    let workers = device == .cpu ? max(min(threads, count, Self.mostThreads), 1) : 1
    let progress = progress
    for _ in 0..<workers {
      let isStarted = startThread {
        Runtime.useThreadsHere(max(threads / workers, 1))
        Self.work(detector, on: device, batches, samples, progress)
      }
      precondition(isStarted, "no thread to detect in: the system has none left")
    }
  }

  deinit {
    progress.change { $0.isCancelled = true }
  }

  /// The time that the detector has taken, with all threads together.
  var duration: Duration { progress.change { $0.duration } }

  /// Passes the detections to `body`, batch by batch in their order.
  ///
  /// - Throws: The errors of `body`.
  func forEachBatch(_ body: (Batch) throws -> Void) rethrows {
    for index in 0..<count {
      let isDone = { (progress: Progress) in progress.done[index] != nil }
      let result = progress.wait(until: isDone) { $0.done.removeValue(forKey: index) }
      if let result { try body(result) }
    }
  }

  /// Processes batches until there are no more.
  private static func work(
    _ detector: some Detector, on device: Device, _ batches: BatchStream,
    _ samples: DetectionSamples, _ progress: Monitor<Progress>
  ) {
    while !progress.change({ $0.isCancelled }) {
      guard let (index, batch) = batches.nextWithIndex() else { return }
      let start = ContinuousClock.now
      let images = batch.images(on: device)
      let found = images.isEmpty ? [] : withoutGradients { detector.detections(images: images) }
      var result = Batch(leftOut: batch.leftOut)
      for (index, (sample, found)) in zip(batch.samples, found).enumerated() {
        let id = samples.dataset.images[sample.imageIndex].id
        result.pictures.append(
          Found(
            position: batch.positions[index], width: sample.width, height: sample.height,
            detections: found.records(imageID: id, labels: samples.labels)))
      }
      let duration = ContinuousClock.now - start
      progress.change {
        $0.done[index] = result
        $0.duration += duration
      }
    }
  }
}
