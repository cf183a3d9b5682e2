import Foundation
import Testing
import Torch

/// Reads `Fixtures/parts/NAME.json`, figures of torchvision that `make_parts.py` made.
func readPart<Contents: Decodable>(_ name: String, as type: Contents.Type) throws -> Contents {
  let file = try #require(
    Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures/parts"))
  return try JSONDecoder().decode(type, from: Data(contentsOf: file))
}

extension Tensor {
  /// float32 [rows, columns] of a fixture.
  init(rows: [[Float]]) {
    self.init(rows.flatMap { $0 }, shape: [rows.count, rows.first?.count ?? 0])
  }

  /// float64 numbers spread over [-1, 1), no two of them alike and always the same ones.
  static func scattered(_ shape: [Int]) -> Tensor {
    let golden = (5.0.squareRoot() - 1) / 2
    let numbers = (0..<shape.reduce(1, *)).map { index in
      (Double(index + 1) * golden).truncatingRemainder(dividingBy: 1) * 2 - 1
    }
    return Tensor(numbers, shape: shape)
  }
}

/// Expects the same shape, and numbers that differ by at most the tolerance, relative where they
/// are greater than 1.
func expectClose(
  _ tensor: Tensor, _ expected: Tensor, tolerance: Double = 1e-5,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(tensor.shape == expected.shape, sourceLocation: sourceLocation)
  guard tensor.shape == expected.shape, !tensor.isEmpty else { return }
  let target = expected.to(.float64)
  let difference = (tensor.detached().to(.float64) - target).abs() / target.abs().clamped(min: 1)
  let greatest = difference.amax().item()
  #expect(greatest <= tolerance, sourceLocation: sourceLocation)
}

/// Expects the gradient that a function gives its input to be the one that its values show.
///
/// - Parameter function: makes one number of the input, float64
func expectGradient(
  of input: Tensor, tolerance: Double = 1e-6,
  sourceLocation: SourceLocation = #_sourceLocation, _ function: (Tensor) -> Tensor
) throws {
  input.requiresGradient = true
  function(input).backward()
  let gradient = try #require(input.gradient, sourceLocation: sourceLocation)
  let step = 1e-4
  let values = input.detached().scalars(as: Double.self)
  let differences = values.indices.map { index in
    let ends = [step, -step].map { change in
      var moved = values
      moved[index] += change
      return function(Tensor(moved, shape: input.shape)).item()
    }
    return (ends[0] - ends[1]) / (2 * step)
  }
  expectClose(
    gradient, Tensor(differences, shape: input.shape), tolerance: tolerance,
    sourceLocation: sourceLocation)
}
