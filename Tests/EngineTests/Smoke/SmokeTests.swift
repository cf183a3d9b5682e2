import COCO
import Engine
import Files
import Testing
import Torch

extension ModelRuns {
  @Suite("Smoke training")
  struct SmokeTests {
    @Test
    func `the pictures with most of every category are chosen, rare categories first`() throws {
      let set = try DrawnSet(categories: ["a", "b", "c"])
      let box = Box.at(2, 2, 12, 12)
      for categories in [[1], [1, 1], [2], [], [1, 1, 2, 2], [3]] {
        try set.add(categories.map { ($0, box) })
      }
      #expect(SmokeSelection.positions(in: set.samples, count: 2) == [4, 5])
      #expect(SmokeSelection.positions(in: set.samples, count: 3) == [2, 4, 5])
      #expect(SmokeSelection.positions(in: set.samples, count: 8) == [0, 1, 2, 4, 5])
    }

    @Test func `a few drawn images can only be shown to be learnt by heart`() async throws {
      let set = try DrawnSet()
      try set.add([(1, .at(2, 2, 14, 14))])
      try set.add([(2, .at(12, 10, 30, 22))])
      try set.add([(1, .at(16, 4, 28, 16)), (2, .at(1, 18, 19, 30))])
      var options = SmokeOptions()
      options.training.learningRate = 0.01
      options.budget = .seconds(60)
      Runtime.seed(0)
      let smoke = SmokeTraining(set.samples, options: options)
      let verdict = try await smoke.run(GridDetector(numClasses: 3))
      #expect(verdict.outcome == .learntByHeart, "\(verdict.description)")
      #expect(verdict.ap50 >= 0.95)
      #expect(verdict.findings == [])
      #expect(verdict.description.hasPrefix("learnt by heart only: AP50 "))
      #expect(verdict.reasons.last?.hasPrefix("cannot be determined: whether boxes fit") == true)
    }

    @Test
    func `what the budget did not suffice for is undecided, and says what would do`() async throws {
      let set = try DrawnSet()
      try set.add([(1, .at(2, 2, 14, 14)), (2, .at(12, 18, 30, 30))])
      var options = SmokeOptions()
      options.steps = 2
      Runtime.seed(0)
      let smoke = SmokeTraining(set.samples, options: options)
      let verdict = try await smoke.run(GridDetector(numClasses: 3))
      #expect(verdict.outcome == .undecided)
      #expect(verdict.steps == 2)
      #expect(verdict.reasons.count == 1)
      #expect(verdict.findings == [])
      #expect(try #require(verdict.neededBudget) > verdict.duration)
    }

    @Test func `what is not learnt in many steps is not learnt, with reasons`() async throws {
      let set = try DrawnSet()
      try set.add([(1, .at(2, 2, 14, 14)), (2, .at(12, 18, 30, 30))])
      var options = SmokeOptions()
      options.steps = 400
      options.stepsBetweenEvaluations = 100
      options.training.learningRate = 1e-9
      Runtime.seed(0)
      let smoke = SmokeTraining(set.samples, options: options)
      let verdict = try await smoke.run(GridDetector(numClasses: 3))
      #expect(verdict.outcome == .notLearnt)
      #expect(verdict.reasons.contains { $0.hasPrefix("loss ") })
      #expect(verdict.reasons.contains { $0.contains("square (AP50 0)") && $0.contains("bar") })
      // A model that has learnt nothing says nothing of single boxes.
      #expect(verdict.findings == [])
    }

    @Test
    func `a training that is asked to end does so after the step, and is judged by then`()
      async throws
    {
      let set = try DrawnSet()
      try set.add([(1, .at(2, 2, 14, 14))])
      var smoke = SmokeTraining(set.samples)
      smoke.isEndingAsked = { true }
      let verdict = try await smoke.run(GridDetector(numClasses: 3))
      #expect(verdict.steps == 1)
      #expect(!verdict.isLearnt)
      // Of one step there is no change to tell.
      #expect(!verdict.reasons.contains { $0.hasPrefix("loss ") })
    }

    @Test func `where a chosen picture cannot be read another is chosen in its place`() throws {
      let set = try DrawnSet()
      set.addImage("gone.png", width: 32, height: 32)
      for _ in 0..<3 { set.addAnnotation(1, .at(2, 2, 12, 12)) }
      for _ in 0..<2 { try set.add([(1, .at(2, 2, 12, 12))]) }
      var options = SmokeOptions()
      options.images = 2
      let smoke = SmokeTraining(set.samples, options: options)
      #expect(smoke.samples.imageIndices == [1, 2])
      #expect(smoke.leftOut.map(\.rule) == ["missing-image-file"])
    }

    @Test(arguments: [(1, 1), (4, 2), (16, 8), (120, 8)])
    func `a short budget is for fewer pictures`(seconds: Int, count: Int) {
      #expect(SmokeOptions.images(within: .seconds(seconds)) == count)
    }

    @Test func `a budget that is spent when the training begins leaves it one step`() async throws {
      let set = try DrawnSet()
      try set.add([(1, .at(2, 2, 14, 14))])
      var options = SmokeOptions()
      options.budget = .seconds(5)
      options.start = .now - .seconds(5)
      let verdict = try await SmokeTraining(set.samples, options: options)
        .run(GridDetector(numClasses: 3))
      #expect(verdict.steps == 1)
      #expect(verdict.duration > .seconds(5))
    }

    @Test func `pictures without objects give nothing to learn`() async throws {
      let set = try DrawnSet()
      try set.add([])
      let verdict = try await SmokeTraining(set.samples).run(GridDetector(numClasses: 3))
      #expect(!verdict.isLearnt)
      #expect(verdict.reasons == ["no image with a box that can be learnt"])
    }

    @Test
    func `a category that has no object, or a known error, makes the set not learnt`() async throws
    {
      let set = try DrawnSet(categories: ["a", "b", "c"])
      try set.add([(1, .at(2, 2, 14, 14)), (2, .at(16, 16, 30, 30))])
      var options = SmokeOptions()
      options.steps = 1
      options.leastScore = 0
      var smoke = SmokeTraining(set.samples, options: options)
      smoke.findings = [
        Finding(.nonFiniteBox, "expected a box", at: Origin(file: 0, offset: 0))
      ]
      let verdict = try await smoke.run(GridDetector(numClasses: 4))
      #expect(!verdict.isLearnt)
      #expect(
        verdict.reasons.prefix(2) == [
          "a model cannot learn all: 1 × non-finite-box",
          "categories without an object to learn from: c",
        ])
    }

    @Test func `pictures are made as large as their objects need, from 256 to 512 pixels`() throws {
      for (side, minSize) in [(40.0, 256), (30, 320), (12, 512), (2, 512)] {
        let set = try DrawnSet()
        set.addImage("a.png", width: 640, height: 480)
        for _ in 0..<10 { set.addAnnotation(1, .at(5, 5, 5 + side, 5 + side)) }
        #expect(SmokeInput.size(for: set.samples).minSize == minSize)
      }
    }
  }
}
