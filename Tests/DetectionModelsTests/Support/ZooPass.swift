import DetectionModels
import Torch

/// What a model of the zoo is and makes, to be compared with its fixture.
struct ZooPass {
  let keys: [ZooFixture.Key]
  let parameters: Int
  let weights: [Digest]
  let evaluation: Digest
  let outputShape: [Int]
  let loss: Double
  let output: Digest
  let evaluationAfter: Digest
  let gradients: [Digest?]
  let buffers: [Digest?]

  /// As `zoo_model.py` does it: seeds, draws the weights, evaluates, and in the arithmetic of the
  /// fixture makes a forward and a backward pass in training and evaluates again.
  init(_ zooModel: ZooModel, as fixture: ZooFixture) {
    Runtime.seed(0)
    let model = zooModel.make()
    let state = model.state
    keys = state.map {
      .init(name: $0.key, shape: $0.tensor.shape, dtype: $0.tensor.dtype.rawValue)
    }
    parameters = model.parameterCount
    weights = state.map { Digest(of: $0.tensor) }
    Runtime.seed(fixture.input.seed)
    var input = Tensor.rand(fixture.input.shape)
    let evaluated = withoutGradients { model(input, .inference) }
    evaluation = Digest(of: evaluated)
    outputShape = evaluated.shape

    if fixture.training.dtype == DType.float64.rawValue {
      input = input.to(.float64)
      for entry in state where entry.tensor.dtype == .float32 {
        entry.tensor.replaceStorage(by: entry.tensor.detached().to(.float64))
      }
    }
    Runtime.seed(fixture.training.seed)
    let made = model(input, .training)
    let ramp = Tensor.linspace(-1, 1, steps: made.count).reshaped(made.shape).to(made.dtype)
    let loss = (made * ramp).mean()
    loss.backward()
    self.loss = loss.item()
    output = Digest(of: made)
    evaluationAfter = Digest(of: withoutGradients { model(input, .inference) })
    gradients = state.map { $0.isParameter ? $0.tensor.gradient.map { Digest(of: $0) } : nil }
    buffers = state.map { $0.isParameter ? nil : Digest(of: $0.tensor) }
  }
}
