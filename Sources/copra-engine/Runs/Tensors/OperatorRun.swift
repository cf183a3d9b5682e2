import Console
import Files
import Torch

/// One run of `copra ops`.
struct OperatorRun {
  let operation: RegionOperator
  let arguments: OperatorArguments
  var compute = ComputeSettings()
  /// The safetensors file with the operator's tensors.
  let input: String
  let output: String
  /// The file for the input's gradient.
  var gradients: String?
  /// Whether outputs that exist are replaced.
  var replaces = false

  func run() throws -> ExitStatus {
    try OverwriteGuard(replaces: replaces).check(
      [output] + [gradients].compactMap { $0 }, inputs: [input])
    let device = try compute.prepare()
    let tensors = try OperatorInput(contentsOf: input).tensors(of: operation).to(device)
    guard let gradients, case .regions(let features, let regions) = tensors else {
      let result = withoutGradients { operation(tensors, arguments) }
      try write(NamedTensor("output", result), to: output)
      return .clean
    }
    let leaf = features.detached()
    leaf.requiresGradient = true
    let result = operation(.regions(leaf, regions), arguments)
    try write(NamedTensor("output", result), to: output)
    RampLoss(of: result).value.backward()
    guard let gradient = leaf.gradient else { return .clean }
    try write(NamedTensor("input", gradient), to: gradients)
    return .clean
  }

  private func write(_ tensor: NamedTensor, to path: String) throws {
    try SafetensorsWriter.write([tensor], to: path)
    Terminal.message("wrote \(path): \(tensor.tensor.dtype) of \(tensor.tensor.shape)")
  }
}

/// The loss of a comparison: the mean of a tensor, weighted from -1 for its first number to 1 for its
/// last.
struct RampLoss {
  let value: Tensor

  init(of tensor: Tensor) {
    // A mean in half of the bits would say little.
    let tensor = tensor.inFullPrecision
    let ramp = Tensor.linspace(-1, 1, steps: tensor.count, on: tensor.device)
    value = (tensor * ramp.reshaped(tensor.shape).to(tensor.dtype)).mean()
  }
}
