import Testing

@testable import Engine

@Suite("What each process has of a training")
struct ProcessShareTests {
  @Test(arguments: [1, 2, 3, 5])
  func `the parts of all processes are the batches, in order`(count: Int) {
    var plan = BatchPlan(batchSize: 6, groups: (0..<20).map { $0 % 3 }, seed: 4)
    let whole = plan.batches(of: 20, epoch: 1)
    let parts = (0..<count).map { rank in
      plan.share = ProcessShare(rank: rank, count: count)
      return plan.batches(of: 20, epoch: 1)
    }
    #expect(whole.indices.map { batch in parts.flatMap { $0[batch] } } == whole)
  }

  @Test func `a last batch may leave a process without a picture`() {
    var plan = BatchPlan(batchSize: 4, shuffles: false)
    plan.share = ProcessShare(rank: 1, count: 2)
    #expect(plan.batches(of: 5, epoch: 0) == [[2, 3], []])
  }

  @Test func `what a process has of a step comes back from its bytes`() {
    var step = TrainingStep(epoch: 0, step: 0, stepsInEpoch: 1, learningRate: 1)
    step.add([NamedLoss("a b", 0.1), NamedLoss("c", .nan)], images: 3)
    let share = StepShare(StepShare(step, isFaulty: true).bytes)
    #expect(share?.images == 3)
    #expect(share?.isFaulty == true)
    #expect(share?.losses.map(\.name) == ["a b", "c"])
    #expect(share?.losses[0].value == 0.1)
    #expect(share?.losses[1].value.isNaN == true)
    #expect(StepShare(Array("x".utf8)) == nil)
  }
}
