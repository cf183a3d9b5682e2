import COCO
import Engine
import Files

/// How many pictures a second come out of the loader: decoded, as tensors, every second one
/// mirrored.
struct LoadBench {
  let annotations: String
  let pictures: String
  let batch: Int
  let threads: Int
  let epochs: Int

  func run() async throws {
    let samples = try await samples(annotations: annotations, pictures: pictures, hasMasks: false)
    let loader = Loader(
      samples, plan: BatchPlan(batchSize: batch), augmentation: Augmentation(), threads: threads)
    _ = count(loader.batches(epoch: 0))
    let clock = ContinuousClock()
    let start = clock.now
    let images = (1...epochs).reduce(0) { $0 + count(loader.batches(epoch: $1)) }
    let seconds = (clock.now - start) / .seconds(1)
    print("work: images \(images)")
    print("inner seconds: \(seconds / Double(images))")
  }

  private func count(_ batches: BatchStream) -> Int {
    var count = 0
    while let batch = batches.next() { count += batch.samples.count }
    return count
  }
}

/// The pictures of a COCO file.
func samples(
  annotations: String, pictures: String, hasMasks: Bool
) async throws -> DetectionSamples {
  let contents = try await COCOReader(tasks: OrderedTasks(threads: 1))
    .read(InputFile(annotations), source: 0)
  return DetectionSamples(contents.dataset, folder: pictures, hasMasks: hasMasks)
}
