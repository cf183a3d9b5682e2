import COCO
import Engine
import Files
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

  private func epoch(_ loader: Loader, _ epoch: Int = 0) -> [[[Float]]] {
    let batches = loader.batches(epoch: epoch)
    var contents: [[[Float]]] = []
    while let batch = batches.next() {
      contents.append(
        batch.samples.map {
          [Float($0.imageIndex), Float($0.image.to(.float64).sum().item())]
            + $0.target.boxes.scalars(as: Float.self)
        })
    }
    return contents
  }

  @Test
  func `the samples, their order and their augmentation are the same for 1 and 4 threads`() throws {
    let set = try set(of: 11)
    var loader = Loader(
      set.samples, plan: BatchPlan(batchSize: 3, seed: 7),
      augmentation: Augmentation(resizing: .jitter(square: 16, scale: 0.5...2)), threads: 1)
    let one = epoch(loader)
    loader.threads = 4
    #expect(epoch(loader) == one)
    #expect(one.count == 4)
  }

  @Test func `every epoch has an order of its own, the same for the same seed`() throws {
    let plan = BatchPlan(batchSize: 4, seed: 1)
    #expect(plan.batches(of: 9, epoch: 0) != plan.batches(of: 9, epoch: 1))
    #expect(plan.batches(of: 9, epoch: 1) == plan.batches(of: 9, epoch: 1))
    #expect(plan.batches(of: 9, epoch: 0).joined().sorted() == Array(0..<9))
  }

  @Test func `an epoch can go on after some batches as if it had never stopped`() throws {
    let set = try set(of: 7)
    let loader = Loader(
      set.samples, plan: BatchPlan(batchSize: 2, seed: 5), augmentation: Augmentation())
    let whole = epoch(loader, 2)
    let rest = loader.batches(epoch: 2, skipping: 2)
    let batch = rest.next()
    #expect(batch?.samples.map { Float($0.imageIndex) } == whole[2].map { $0[0] })
    #expect(
      batch?.samples.map { Float($0.image.to(.float64).sum().item()) } == whole[2].map { $0[1] })
  }

  @Test func `batches are of one group, filled up with earlier samples of it`() {
    let groups = [0, 1, 0, 1, 0]
    let plan = BatchPlan(batchSize: 2, shuffles: false, groups: groups)
    #expect(plan.batches(of: 5, epoch: 0) == [[0, 2], [1, 3], [4, 0]])
  }

  @Test(
    arguments: [
      (100, 49, 0), (100, 50, 1), (100, 100, 4), (100, 99, 3), (100, 199, 6), (100, 200, 7),
    ])
  func `pictures are grouped by height / width in steps of a third of a power of 2`(
    _ width: Int, _ height: Int, _ group: Int
  ) {
    #expect(AspectRatioGroups.group(width: width, height: height) == group)
  }

  @Test
  func `a picture that vanishes is left out of its batch with its place, and all others stay`()
    throws
  {
    let set = try set(of: 5)
    let plan = BatchPlan(batchSize: 2, shuffles: false)
    var loader = Loader(set.samples, plan: plan, augmentation: Augmentation(), threads: 1)
    let whole = epoch(loader)
    try FileManager.default.removeItem(atPath: set.path("picture3.png"))
    #expect(epoch(loader) == [whole[0], [whole[1][1]], whole[2]])
    loader.threads = 4
    let batches = loader.batches(epoch: 0, skipping: 1)
    let batch = try #require(batches.next())
    #expect(batch.positions == [3])
    #expect(batch.leftOut.map(\.finding.rule) == ["missing-image-file"])
    #expect(batch.leftOut[0].finding.origin?.offset == 3000)
  }

  @Test func `what is drawn for a sample does not depend on where in the epoch it comes`() throws {
    let set = try set(of: 6)
    let contents = { (batchSize: Int, shuffles: Bool) in
      epoch(
        Loader(
          set.samples, plan: BatchPlan(batchSize: batchSize, shuffles: shuffles, seed: 4),
          augmentation: Augmentation(resizing: .jitter(square: 16, scale: 0.5...2)))
      ).joined().sorted { $0[0] < $1[0] }
    }
    #expect(contents(2, true) == contents(3, false))
  }
}
