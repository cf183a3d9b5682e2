import COCO
import Engine
import Foundation
import Testing
import Torch

@Suite("Loader")
struct LoaderTests {
  private func set(of count: Int) throws -> DrawnSet {
    let set = try DrawnSet()
    for index in 0..<count {
      try set.add(width: 16 + index, height: 16, [(1, .at(1, 1, Double(4 + index), 9))])
    }
    return set
  }

  private func epoch(_ loader: Loader, _ epoch: Int = 0) throws -> [[[Float]]] {
    let batches = loader.batches(epoch: epoch)
    var contents: [[[Float]]] = []
    while let batch = try batches.next() {
      contents.append(
        batch.samples.map {
          [Float($0.imageIndex), Float($0.image.to(.float64).sum().item())]
            + $0.target.boxes.scalars(as: Float.self)
        })
    }
    return contents
  }

  @Test("the samples, their order and their augmentation are the same for 1 and 4 threads")
  func threads() throws {
    let set = try set(of: 11)
    var loader = Loader(
      set.samples, plan: BatchPlan(batchSize: 3, seed: 7),
      augmentation: Augmentation(scaleJitter: 0.5...2), threads: 1)
    let one = try epoch(loader)
    loader.threads = 4
    #expect(try epoch(loader) == one)
    #expect(one.count == 4)
  }

  @Test("every epoch has an order of its own, the same for the same seed")
  func shuffling() throws {
    let plan = BatchPlan(batchSize: 4, seed: 1)
    #expect(plan.batches(of: 9, epoch: 0) != plan.batches(of: 9, epoch: 1))
    #expect(plan.batches(of: 9, epoch: 1) == plan.batches(of: 9, epoch: 1))
    #expect(plan.batches(of: 9, epoch: 0).joined().sorted() == Array(0..<9))
  }

  @Test("an epoch can go on after some batches as if it had never stopped")
  func skipping() throws {
    let set = try set(of: 7)
    let loader = Loader(
      set.samples, plan: BatchPlan(batchSize: 2, seed: 5), augmentation: Augmentation())
    let whole = try epoch(loader, 2)
    let rest = loader.batches(epoch: 2, skipping: 2)
    let batch = try rest.next()
    #expect(batch?.samples.map { Float($0.imageIndex) } == whole[2].map { $0[0] })
    #expect(
      batch?.samples.map { Float($0.image.to(.float64).sum().item()) } == whole[2].map { $0[1] })
  }

  @Test("batches are of one group, filled up with earlier samples of it")
  func grouping() {
    let groups = [0, 1, 0, 1, 0]
    let plan = BatchPlan(batchSize: 2, shuffles: false, groups: groups)
    #expect(plan.batches(of: 5, epoch: 0) == [[0, 2], [1, 3], [4, 0]])
  }

  @Test(
    "pictures are grouped by height / width in steps of a third of a power of 2",
    arguments: [
      (100, 49, 0), (100, 50, 1), (100, 100, 4), (100, 99, 3), (100, 199, 6), (100, 200, 7),
    ])
  func aspectRatios(_ width: Int, _ height: Int, _ group: Int) {
    #expect(AspectRatioGroups.group(width: width, height: height) == group)
  }

  @Test("a picture that vanishes stops at its batch and not before")
  func vanishing() throws {
    let set = try set(of: 4)
    try FileManager.default.removeItem(atPath: set.path("picture3.png"))
    let loader = Loader(set.samples, plan: BatchPlan(batchSize: 2, shuffles: false))
    let batches = loader.batches(epoch: 0)
    #expect(try batches.next()?.samples.count == 2)
    #expect(throws: SampleError.self) { try batches.next() }
  }
}
