import COCO
import Engine
import Linting
import Testing
import Torch

/// An example of tensors with the rule that it belongs to.
struct EngineExample: Sendable, CustomTestStringConvertible {
  let rule: any EngineRule.Type
  let example: TargetExample

  var testDescription: String { "\(rule.id): \(example.title)" }

  static let all = Rules.all.compactMap { $0 as? any EngineRule.Type }.flatMap { rule in
    rule.targets.map { EngineExample(rule: rule, example: $0) }
  }
}

struct EngineRuleTests {
  @Test(arguments: EngineExample.all.filter { !$0.example.isFoundByModel })
  func `the engine raises a fault just where an example says so`(_ subject: EngineExample) throws {
    let example = subject.example
    let contract = TargetContract(
      numClasses: 3, needsMasks: example.masks != nil,
      input: example.inputSize.map { InputSize(minSize: $0[0], maxSize: $0[1]) })
    let target = TargetTensors(
      boxes: try tensor(example.boxes), labels: try tensor(example.labels),
      masks: try example.masks.map(tensor))
    let found = contract.findings(images: [try tensor(example.image)], targets: [target])
    #expect(found.contains { $0.kind == subject.rule.kind } == example.isFlagged)
    let others = found.filter { $0.kind != subject.rule.kind }
    #expect(others.isEmpty, "\(others.map { "\($0.rule): \($0.message)" })")
  }

  /// The tensor that an example describes: its last number fills the rest.
  private func tensor(_ values: TargetExample.Values) throws -> Tensor {
    let dtype = try #require(DType(rawValue: values.type))
    let count = values.shape.reduce(1, *)
    let numbers = (0..<count).map { index in
      Float(values.numbers[min(index, values.numbers.count - 1)])
    }
    return Tensor(numbers).reshaped(values.shape).to(dtype)
  }
}
