import Console
import DetectionModels
import Engine
import Torch

/// One run of `copra forward` for a detector: detections of pictures, or the losses in training.
struct DetectorForwardRun {
  let command: ForwardCommand
  let detector: ZooDetector

  func run() throws -> ExitStatus {
    let device = try command.model.prepare()
    guard device == .cpu else {
      throw CommandFailure(
        "expected the device cpu, found \(command.model.device): detectors run on it alone")
    }
    let weights = try command.weightsPath().map { try DetectorWeights(contentsOf: $0) }
    let numClasses = command.classes ?? weights?.numClasses ?? ZooDetector.numClasses
    let input = try DetectorInput(contentsOf: command.input, types: command.inputTypes)
    let targets =
      command.train
      ? try input.targets(numClasses: numClasses, hasMasks: detector.hasMasks) : nil
    let model = try model(weights, numClasses: numClasses)
    if input.dtype != .float32 { model.convert(to: input.dtype) }
    Runtime.seed(command.seed)
    if let targets {
      try train(model, input.images, targets)
    } else {
      try infer(model, input.images)
    }
    return .clean
  }

  private func model(_ weights: DetectorWeights?, numClasses: Int) throws -> any Detector {
    let size = DetectorCatalog.inputSize(
      of: detector.name, minSize: command.minSize, maxSize: command.maxSize)
    guard let weights else {
      Runtime.seed(command.seed)
      return try detector.make(numClasses: numClasses, transform: size.transform)
    }
    let model = try withoutDraws {
      try detector.make(
        numClasses: numClasses, transform: size.transform, start: weights.start(of: detector))
    }
    try weights.load(into: model)
    return model
  }

  private func infer(_ model: any Detector, _ images: [Tensor]) throws {
    let found = command.model.computing(on: .cpu) { model.detections(images: images) }
    let tensors = found.enumerated().flatMap { index, found in
      [
        NamedTensor("boxes.\(index)", found.boxes), NamedTensor("labels.\(index)", found.labels),
        NamedTensor("scores.\(index)", found.scores),
      ] + [found.masks].compactMap { $0.map { NamedTensor("masks.\(index)", $0.pasted()) } }
    }
    try command.write(tensors, to: command.output)
  }

  private func train(
    _ model: any Detector, _ images: [Tensor], _ targets: [TrainingTarget]
  ) throws {
    let losses = command.model.computing(on: .cpu) {
      model.losses(images: images, targets: targets)
    }
    try command.write(
      losses.entries.map { NamedTensor($0.name, $0.value) }, to: command.output)
    guard let path = command.gradients else { return }
    losses.total.backward()
    try command.write(model.gradients, to: path)
  }
}
