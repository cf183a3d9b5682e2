import Testing
import Torch

@Suite("Modules")
struct ModuleTests {
  @Test func `keys are the names of properties in PyTorch's spelling, in their order`() {
    #expect(
      Head().state.map(\.key) == [
        "log_scale", "mask_predictor.weight", "mask_predictor.bias", "blocks.0.weight",
        "blocks.1.weight", "blocks.1.bias", "tower.0.0.weight", "tower.2.weight", "tower.2.bias",
        "names.first.weight", "running_count",
      ])
  }

  @Test func `buffers are part of the state and no parameters`() {
    let head = Head()
    #expect(head.state.filter { !$0.isParameter }.map(\.key) == ["running_count"])
    #expect(head.parameters.count == 10)
    let idle = head.state.filter { $0.isParameter && !$0.tensor.requiresGradient }
    #expect(idle.map(\.key) == [])
  }

  @Test func `an absent part or parameter has no key`() {
    #expect(Linear(2, 3, bias: false).state.map(\.key) == ["weight"])
  }

  @Test func `parameters are counted by their numbers`() {
    #expect(Linear(2, 3).parameterCount == 9)
    #expect(BatchNorm2d(4).parameterCount == 8)
  }

  @Test func `modules are visited from the outside inwards, in their order`() {
    var visited: [String] = []
    Sequential(Sequential(ReLU()), Linear(1, 1)).forEachModule {
      visited.append("\(type(of: $0))")
    }
    #expect(visited == ["Sequential", "Sequential", "ReLU", "Linear"])
  }

  @Test func `a head is replaced in one line`() {
    var model = Sequential(Linear(4, 4), ReLU(), Linear(4, 10))
    model[2] = Linear(4, 3)
    #expect(model(Tensor.ones([2, 4]), .inference).shape == [2, 3])
  }

  @Test func `a state's tensors are the model's own`() {
    let layer = Linear(1, 1, bias: false)
    layer.state[0].tensor.copy(from: Tensor([3] as [Float], shape: [1, 1]))
    #expect(layer(Tensor.ones([1, 1])).item() == 3)
  }
}

private struct Head: Module {
  @Parameter var logScale = Tensor.ones([1])
  let maskPredictor = Linear(2, 2)
  let blocks = [Linear(2, 2, bias: false), Linear(2, 2)]
  let tower = Sequential(Sequential(Linear(2, 2, bias: false)), ReLU(), Linear(2, 2))
  let names = NamedSequential([(key: "first", layer: Linear(2, 2, bias: false))])
  let absent: Linear? = nil
  let width = 2
  @Buffer var runningCount = Tensor(0)
}
