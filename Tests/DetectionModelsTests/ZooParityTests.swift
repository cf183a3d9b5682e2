import DetectionModels
import Testing
import Torch

/// Each model in a process of its own: other tests would draw from libtorch's one generator between
/// the draws of the model.
@Suite("The zoo's models are torchvision's", .serialized)
struct ZooParityTests {
  @Test(
    "keys, weights, outputs, gradients and running statistics are torchvision's",
    arguments: ModelZoo.all.map(\.name))
  func parity(name: String) async {
    await #expect(processExitsWith: .success) { [name] in
      let fixture = try ZooFixture(named: name)
      let model = try #require(ModelZoo.model(named: name))
      let found = ZooPass(model, as: fixture)
      #expect(found.keys == fixture.keys)
      #expect(found.parameters == fixture.parameters)
      #expect(found.outputShape == fixture.output)
      for comparison in ZooComparison.all(of: found, with: fixture) {
        #expect(comparison.difference <= comparison.tolerance, "\(name): \(comparison.subject)")
      }
    }
  }
}
