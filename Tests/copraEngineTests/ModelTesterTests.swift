import DetectionModels
import Engine
import Foundation
import Testing
import Torch

@testable import copra_engine

/// Each detector in a process of its own: other tests would draw from libtorch's one generator
/// between its draws.
@Suite("Detectors as torchvision tests them", .serialized)
struct ModelTesterTests {
  @Test(
    arguments: ModelTesterCase.all.map(\.name))
  func `what a detector finds with torchvision's options is what torchvision finds`(name: String)
    async
  {
    await #expect(processExitsWith: .success) { [name] in
      let given = try #require(ModelTesterCase.all.first { $0.name == name })
      try ModelTesterTests().checkExpectations(of: given)
    }
  }

  private func checkExpectations(of given: ModelTesterCase) throws {
    let settings = given.options.map {
      ConfigurationSetting(option: "--set \($0[0])", keys: [[$0[0]]], value: $0[1])
    }
    let choice = try DetectorChoice(named: given.name).laying(settings)
    Runtime.seed(0)
    let model = try choice.make(numClasses: given.classes, input: choice.inputSize())
    let found = model.detections(images: [given.picture()])[0]
    let differing = try given.found.filter { expected in
      let tensor =
        switch expected.key {
        case "boxes": found.boxes
        case "labels": found.labels
        case "scores": found.scores
        default: try #require(found.masks).pasted()
        }
      return !isClose(tensor, to: expected)
    }.map(\.key)
    let isMet =
      Self.tied.contains(given.name) ? !differing.contains("scores") : differing.isEmpty
    #expect(isMet, "\(differing) differ")
  }

  /// Where rounding decides which of two boxes that overlap by the threshold stays, and so moves those
  /// after it by a place, torchvision's test looks at the scores alone.
  private static let tied: Set = ["maskrcnn_resnet50_fpn"]

  /// Whether a tensor is what is expected, within a hundredth, absolute or relative.
  private func isClose(_ tensor: Tensor, to expected: ModelTesterCase.Found) -> Bool {
    guard tensor.size(0) == expected.rows else { return false }
    let numbers = tensor.to(.float64)
    let figures: [Double]
    if expected.isSummary {
      let mean = numbers.mean().item()
      let squares = (numbers - mean).square().sum().item()
      figures = [mean, (squares / Double(numbers.count - 1)).squareRoot()]
    } else {
      let step = max(expected.rows / 20, 1)
      let rows = expected.rows <= 20 ? numbers : numbers.slice(dim: 0, from: step - 1, step: step)
      figures = rows.contiguous().flattened().scalars(as: Double.self)
    }
    return figures.count == expected.figures.count
      && zip(figures, expected.figures).allSatisfy { abs($0 - $1) <= 0.01 + 0.01 * abs($1) }
  }
}

/// A case of `model_tester.json`, which `make_model_tester.py` makes.
struct ModelTesterCase: Decodable, Sendable {
  /// What is compared of a tensor: `["boxes", {"rows": 100, "numbers": […]}]`.
  struct Found: Decodable, Sendable {
    private struct Figures: Decodable {
      let rows: Int
      let numbers: [Double]?
      let mean: Double?
      let deviation: Double?
    }

    let key: String
    let rows: Int
    /// Whether the figures are mean and standard deviation.
    let isSummary: Bool
    let figures: [Double]

    init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      key = try list.decode(String.self)
      let made = try list.decode(Figures.self)
      rows = made.rows
      isSummary = made.numbers == nil
      figures = made.numbers ?? [made.mean ?? .nan, made.deviation ?? .nan]
    }
  }

  let name: String
  let classes: Int
  let side: Int
  let options: [[String]]
  let found: [Found]

  /// Noise, or a smooth picture where torchvision takes a photograph.
  func picture() -> Tensor {
    guard side == 224 else { return .rand([3, side, side]) }
    return interpolate(.rand([1, 3, 8, 8]), height: side, width: side, .bilinear).squeezed(0)
  }

  static let all: [ModelTesterCase] = {
    let path = Engine.fixture("DetectionModelsTests/Fixtures/model_tester.json")
    guard let data = FileManager.default.contents(atPath: path),
      let cases = try? JSONDecoder().decode([ModelTesterCase].self, from: data)
    else { return [] }
    return cases.filter { DetectorCatalogue.names.contains($0.name) }
  }()
}
