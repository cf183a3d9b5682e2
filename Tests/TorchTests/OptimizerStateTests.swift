import Testing
import Torch

@Suite("States of optimisers")
struct OptimizerStateTests {
  let parameters = [Tensor.ones([2]), Tensor.ones([3])]

  @Test func `a state has PyTorch's names, and only those of parameters that were changed`() {
    parameters[1].gradient = .ones([3])
    var sgd = SGD(parameters, learningRate: 0.1, momentum: 0.9)
    var adam = Adam(parameters)
    #expect(sgd.state.isEmpty)
    sgd.step()
    adam.step()
    #expect(sgd.state.map(\.key) == ["1.momentum_buffer"])
    #expect(adam.state.map(\.key) == ["1.exp_avg", "1.exp_avg_sq", "1.step"])
    #expect(adam.state.last?.tensor.itemInt() == 1)
  }

  @Test func `without momentum there is no state`() {
    parameters[0].gradient = .ones([2])
    var optimizer = SGD(parameters, learningRate: 0.1)
    optimizer.step()
    #expect(optimizer.state.isEmpty)
  }

  @Test func `a state is taken up as a copy`() throws {
    let saved = Tensor.ones([2])
    var optimizer = SGD(parameters, learningRate: 0.1, momentum: 0.9)
    try optimizer.restore(["0.momentum_buffer": saved])
    #expect(optimizer.state.map(\.key) == ["0.momentum_buffer"])
    #expect(optimizer.state.first.map { !$0.tensor.sharesStorage(with: saved) } == true)
  }

  @Test func `a state lies in the order of memory of its parameter`() throws {
    let parameter = Tensor.ones([2, 3, 4, 4]).contiguous(.channelsLast)
    var optimizer = SGD([parameter], learningRate: 0.1, momentum: 0.9)
    try optimizer.restore(["0.momentum_buffer": Tensor.ones([2, 3, 4, 4])])
    #expect(optimizer.state.map(\.tensor.strides) == [parameter.strides])
  }

  @Test func `a state is forgotten where the one that is restored has none`() throws {
    parameters[0].gradient = .ones([2])
    var optimizer = SGD(parameters, learningRate: 0.1, momentum: 0.9)
    optimizer.step()
    try optimizer.restore([:])
    #expect(optimizer.state.isEmpty)
  }

  static let faults: [(String, [String: Tensor], String)] = [
    (
      "of another shape", ["0.momentum_buffer": .ones([4])],
      "expected float32[2] for 0.momentum_buffer, found float32[4]"
    ),
    (
      "of another type", ["1.momentum_buffer": .ones([3], dtype: .float64)],
      "expected float32[3] for 1.momentum_buffer, found float64[3]"
    ),
    (
      "of a parameter that is not there", ["2.momentum_buffer": .ones([2])],
      "expected the state of 2 parameters, found an entry 2.momentum_buffer"
    ),
    (
      "of another optimiser", ["0.exp_avg": .ones([2])],
      "expected the state of 2 parameters, found an entry 0.exp_avg"
    ),
  ]

  @Test(arguments: faults)
  func `a tensor that does not fit is refused and changes nothing`(
    _ name: String, state: [String: Tensor], message: String
  ) throws {
    var optimizer = SGD(parameters, learningRate: 0.1, momentum: 0.9)
    try optimizer.restore(["1.momentum_buffer": .ones([3])])
    #expect(throws: TorchError(message), "\(name)") { try optimizer.restore(state) }
    #expect(optimizer.state.map(\.key) == ["1.momentum_buffer"])
  }

  @Test func `a part of a parameter's state is refused`() {
    var optimizer = Adam(parameters)
    let message =
      "expected all of exp_avg, exp_avg_sq, step for parameter 0, found none of exp_avg_sq, step"
    #expect(throws: TorchError(message)) { try optimizer.restore(["0.exp_avg": .ones([2])]) }
  }
}
