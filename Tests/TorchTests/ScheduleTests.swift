import Testing
import Torch

@Suite("Schedules")
struct ScheduleTests {
  static let schedules: [(String, any Schedule)] = [
    ("step", StepLR(every: 3)),
    ("multi-step", MultiStepLR(at: [16, 22])),
    ("warm-up", LinearWarmUp(from: 1e-3, over: 12)),
    ("cosine", CosineAnnealing(over: 30)),
    ("cosine to a tenth", CosineAnnealing(over: 30, to: 0.1)),
    ("warm-up and multi-step", MultiStepLR(at: [16, 22]).warmedUp(from: 1e-3, over: 12)),
    ("warm-up and cosine", CosineAnnealing(over: 30).warmedUp(from: 1e-3, over: 12)),
  ]

  @Test(arguments: schedules)
  func `the factors are PyTorch's, step by step`(_ name: String, schedule: any Schedule) throws {
    let figures = try #require(readFigures("schedules", as: [String: [Double]].self)[name])
    for (step, expected) in figures.enumerated() {
      #expect(abs(schedule.factor(at: step) - expected) < 1e-12, "step \(step)")
    }
  }

  @Test func `every schedule of the figures is tested`() throws {
    let figures = try readFigures("schedules", as: [String: [Double]].self)
    #expect(Set(figures.keys) == Set(Self.schedules.map(\.0)))
  }

  @Test func `a warm-up over no steps leaves the rate whole`() {
    #expect(LinearWarmUp(from: 1e-3, over: 0).factor(at: 0) == 1)
  }
}
