import Testing
import Torch

@Suite("Optimisers")
struct OptimizerTests {
  static let kinds: [OptimizerKind] = [
    OptimizerKind("plain SGD") { SGD($0, learningRate: 0.1) },
    OptimizerKind("SGD with weight decay") { SGD($0, learningRate: 0.1, weightDecay: 0.01) },
    OptimizerKind("SGD with momentum") {
      SGD($0, learningRate: 0.05, momentum: 0.9, weightDecay: 5e-4)
    },
    OptimizerKind("SGD with dampening") {
      SGD($0, learningRate: 0.05, momentum: 0.8, dampening: 0.3)
    },
    OptimizerKind("SGD with Nesterov") {
      SGD($0, learningRate: 0.05, momentum: 0.9, weightDecay: 0.01, nesterov: true)
    },
    OptimizerKind("Adam") { Adam($0, learningRate: 0.01) },
    OptimizerKind("Adam with weight decay") {
      Adam($0, learningRate: 0.02, betas: (0.8, 0.99), epsilon: 1e-4, weightDecay: 0.1)
    },
    OptimizerKind("AdamW") {
      AdamW($0, learningRate: 0.02, betas: (0.8, 0.95), weightDecay: 0.1)
    },
    OptimizerKind("SGD with momentum, in groups") {
      SGD(groups($0, learningRate: 0.05, weightDecay: 5e-4), momentum: 0.9)
    },
    OptimizerKind("AdamW, in groups") {
      AdamW(groups($0, learningRate: 0.02, weightDecay: 0.1), betas: (0.8, 0.95))
    },
  ]

  @Test(arguments: kinds)
  func `ten steps go where PyTorch's go`(_ kind: OptimizerKind) throws {
    try expectFigures(kind) { $0 }
  }

  // Of float64, and of a tensor that is not dense: what ATen's operations do.
  @Test(arguments: kinds)
  func `ten steps of other types and layouts go where PyTorch's go`(_ kind: OptimizerKind) throws {
    try expectFigures(kind) { $0.to(.float64) }
    try expectFigures(kind) { Tensor.stack([$0, $0], dim: -1).select(dim: -1, 0) }
  }

  @Test(
    arguments: kinds)
  func `a parameter of many blocks in any order of memory goes where float64 goes`(
    _ kind: OptimizerKind
  ) {
    let shape = [40, 30, 9, 10]
    let start = wave(shape, 0.37).to(.float32).contiguous(.channelsLast)
    let exact = start.to(.float64)
    let other = wave([5], 0.2).to(.float32)
    var optimizer = kind.make([start, other])
    var reference = kind.make([exact, other.clone()])
    for step in 1...3 {
      let gradient = wave(shape, 0.61 * Double(step)).to(.float32).contiguous(.channelsLast)
      start.gradient = gradient
      exact.gradient = gradient.to(.float64)
      optimizer.step()
      reference.step()
    }
    expectClose(start, exact.to(.float32), 2e-6)
  }

  @Test(arguments: kinds)
  func `a resumed optimiser goes on to the same bits`(_ kind: OptimizerKind) throws {
    let parameters = [
      wave([3, 4, 2, 2], 0.3).to(.float32).contiguous(.channelsLast), wave([7], 0.9).to(.float32),
    ]
    var optimizer = kind.make(parameters)
    train(&optimizer, parameters, steps: 0..<4)

    let copies = parameters.map { $0.clone() }
    var saved: [String: Tensor] = [:]
    for entry in optimizer.state { saved[entry.key] = entry.tensor.contiguous().clone() }
    var resumed = kind.make(copies)
    try resumed.restore(saved)

    train(&optimizer, parameters, steps: 4..<9)
    train(&resumed, copies, steps: 4..<9)
    for (parameter, copy) in zip(parameters, copies) {
      #expect(parameter.scalars() == copy.scalars() as [Float])
    }
  }

  @Test func `the learning rate's factor holds for all groups`() {
    let parameters = [Tensor.ones([1]), Tensor.ones([1])]
    for parameter in parameters { parameter.gradient = .ones([1]) }
    var optimizer = SGD([
      ParameterGroup([parameters[0]], learningRate: 1),
      ParameterGroup([parameters[1]], learningRate: 0.5),
    ])
    optimizer.learningRateFactor = 0.5
    optimizer.step()
    #expect(parameters.map { $0.item() } == [0.5, 0.75])
  }

  @Test func `gradients are taken away from all groups`() {
    let parameters = [Tensor.ones([1]), Tensor.ones([1])]
    for parameter in parameters { parameter.gradient = .ones([1]) }
    SGD(groups(parameters, learningRate: 1, weightDecay: 0)).zeroGradients()
    #expect(parameters.allSatisfy { $0.gradient == nil })
  }

  private func expectFigures(
    _ kind: OptimizerKind, as converted: (Tensor) -> Tensor
  ) throws {
    let figures = try readFigures("optimizers", as: OptimizerFigures.self)
    let path = try #require(figures.paths[kind.testDescription])
    let parameters = figures.start.map { converted($0.tensor) }
    var optimizer = kind.make(parameters)
    for (gradients, expected) in zip(figures.gradients, path) {
      for (parameter, gradient) in zip(parameters, gradients) {
        parameter.gradient = gradient.map { $0.tensor.to(parameter.dtype) }
      }
      optimizer.step()
      for (parameter, figure) in zip(parameters, expected) {
        expectClose(parameter.to(.float32), figure.tensor, 1e-6)
      }
    }
  }

  /// Steps with gradients that follow from the step's number; the second parameter has none at even
  /// steps.
  private func train(
    _ optimizer: inout any Optimizer, _ parameters: [Tensor], steps: Range<Int>
  ) {
    for step in steps {
      for (index, parameter) in parameters.enumerated() {
        let gradient = wave(parameter.shape, 0.1 * Double(step + index + 1)).to(.float32)
        parameter.gradient =
          index == 0 ? gradient.contiguous(.channelsLast) : step % 2 == 0 ? nil : gradient
      }
      optimizer.step()
    }
  }
}

/// A way to make an optimiser.
struct OptimizerKind: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let make: @Sendable ([Tensor]) -> any Optimizer

  init(_ name: String, _ make: @escaping @Sendable ([Tensor]) -> any Optimizer) {
    testDescription = name
    self.make = make
  }
}

/// Where parameters start, the gradients of each step, and where each optimiser takes them.
private struct OptimizerFigures: Decodable {
  let start: [Figure]
  let gradients: [[Figure?]]
  let paths: [String: [[Figure]]]

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Name.self)
    start = try container.decode([Figure].self, forKey: Name(stringValue: "start"))
    gradients = try container.decode([[Figure?]].self, forKey: Name(stringValue: "gradients"))
    var paths: [String: [[Figure]]] = [:]
    for key in container.allKeys where !["start", "gradients"].contains(key.stringValue) {
      paths[key.stringValue] = try container.decode([[Figure]].self, forKey: key)
    }
    self.paths = paths
  }

  struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}

/// The first parameter, and the others with a tenth of the learning rate and without decay.
private func groups(
  _ parameters: [Tensor], learningRate: Double, weightDecay: Double
) -> [ParameterGroup] {
  [
    ParameterGroup([parameters[0]], learningRate: learningRate, weightDecay: weightDecay),
    ParameterGroup(Array(parameters.dropFirst()), learningRate: learningRate / 10),
  ]
}
