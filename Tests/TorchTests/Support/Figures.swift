import Foundation
import Testing
import Torch

/// A file of PyTorch's figures in `Fixtures`.
func readFigures<Contents: Decodable>(_ file: String, as type: Contents.Type) throws -> Contents {
  let url = try #require(
    Bundle.module.url(forResource: file, withExtension: "json", subdirectory: "Fixtures"))
  return try JSONDecoder().decode(type, from: Data(contentsOf: url))
}

/// A tensor of such a file: its type, its shape and its numbers in row-major order.
struct Figure: Decodable {
  let tensor: Tensor

  init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    let dtype = try #require(DType(rawValue: container.decode(String.self)))
    let shape = try container.decode([Int].self)
    tensor = try Tensor(container.decode([Double].self), shape: shape).to(dtype)
  }
}

/// What an operation makes of its inputs, and the gradients of the inputs.
struct FigureCase: Decodable {
  let inputs: [String: Figure]
  let output: Figure
  let gradients: [String: Figure]?
}

/// The inputs of a case by their names.
@dynamicMemberLookup
struct Inputs {
  let tensors: [String: Tensor]

  subscript(dynamicMember name: String) -> Tensor {
    guard let tensor = tensors[name] else { preconditionFailure("no input \(name)") }
    return tensor
  }
}

/// An operation that a file has a case of.
struct Operation: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let body: @Sendable (Inputs) -> Tensor

  init(_ name: String, _ body: @escaping @Sendable (Inputs) -> Tensor) {
    testDescription = name
    self.body = body
  }

  /// Compares output and gradients with those of the case of the operation's name.
  func check(against file: String, tolerance: Double = 1e-5) throws {
    let cases = try readFigures(file, as: [String: FigureCase].self)
    let figures = try #require(cases[testDescription], "\(file).json has no such case")
    let inputs = figures.inputs.mapValues { $0.tensor.clone() }
    for name in (figures.gradients ?? [:]).keys { inputs[name]?.requiresGradient = true }
    let output = body(Inputs(tensors: inputs))
    expectClose(output, figures.output.tensor, tolerance)
    guard let gradients = figures.gradients else { return }
    let ramp = Tensor.linspace(-1, 1, steps: output.count).reshaped(output.shape)
    (output * ramp).sum().backward()
    for (name, expected) in gradients {
      let gradient = try #require(inputs[name]?.gradient, "\(name) has no gradient")
      expectClose(gradient, expected.tensor, tolerance, "gradient of \(name)")
    }
  }
}

/// Expects the same type and shape, and numbers that differ by at most the tolerance, relative
/// where they are greater than 1.
func expectClose(
  _ tensor: Tensor, _ expected: Tensor, _ tolerance: Double, _ what: String = "output",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(tensor.dtype == expected.dtype, "\(what)", sourceLocation: sourceLocation)
  #expect(tensor.shape == expected.shape, "\(what)", sourceLocation: sourceLocation)
  guard tensor.shape == expected.shape, !tensor.isEmpty else { return }
  let target = expected.to(.float64)
  let differences = (tensor.detached().to(.float64) - target).abs() / target.abs().clamped(min: 1)
  let greatest = differences.amax().item()
  #expect(greatest <= tolerance, "\(what)", sourceLocation: sourceLocation)
}
