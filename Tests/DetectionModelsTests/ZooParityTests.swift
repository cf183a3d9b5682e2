import Testing
import Torch

@testable import DetectionModels

/// Each family in a process of its own: other tests would draw from libtorch's one generator between
/// the draws of a model.
@Suite("The zoo's models are torchvision's")
struct ZooParityTests {
  @Test(
    arguments: ModelZoo.families.indices)
  func `keys, weights, outputs, gradients and running statistics are torchvision's`(family: Int)
    async
  {
    await #expect(processExitsWith: .success) { [family] in
      for model in ModelZoo.families[family] {
        let fixture = try ZooFixture(named: model.name)
        let found = ZooPass(model, as: fixture)
        #expect(found.keys == fixture.keys, "\(model.name)")
        #expect(found.parameters == fixture.parameters, "\(model.name)")
        #expect(found.outputShape == fixture.output, "\(model.name)")
        for comparison in ZooComparison.all(of: found, with: fixture) {
          #expect(
            comparison.difference <= comparison.tolerance, "\(model.name): \(comparison.subject)")
        }
      }
    }
  }
}
