import Console
import DetectionModels
import Engine
import Torch

/// One run of `copra forward` for a detector: detections of pictures, or the losses in training.
struct DetectorForwardRun {
  let settings: ForwardSettings
  let detector: DetectorChoice

  func run() throws -> ExitStatus {
    let device = try settings.compute.prepare()
    let names = detector.configuration.weightsNames
    let weights = try settings.weightsPath(among: names).map {
      try SavedDetector(contentsOf: $0)
    }
    let detector = try self.detector.taking(weights)
    let numClasses =
      settings.numClasses ?? weights?.numClasses ?? detector.configuration.numClasses
      ?? detector.configuration.usualClasses
    let input = try DetectorInput(contentsOf: settings.input, types: settings.inputTypes)
    let targets =
      settings.trains
      ? try input.targets(numClasses: numClasses, of: detector.configuration) : nil
    Runtime.seed(settings.seed)
    let size = detector.inputSize(minSize: settings.minSize, maxSize: settings.maxSize)
    let model = try detector.make(numClasses: numClasses, input: size, weights: weights) {
      Terminal.message($0)
    }
    if input.dtype != .float32 { model.convert(to: input.dtype) }
    model.place(on: device)
    Runtime.seed(settings.seed)
    let images = input.images.map { $0.to(device) }
    if let targets {
      try train(model, images, targets.map { $0.to(device) })
    } else {
      try infer(model, images)
    }
    return .clean
  }

  private func infer(_ model: any Detector, _ images: [Tensor]) throws {
    let found = settings.compute.computing(on: images[0].device) {
      model.detections(images: images)
    }
    let tensors = found.enumerated().flatMap { index, found in
      [
        NamedTensor("boxes.\(index)", found.boxes), NamedTensor("labels.\(index)", found.labels),
        NamedTensor("scores.\(index)", found.scores),
      ]
        + [
          found.masks.map { NamedTensor("masks.\(index)", $0.pasted()) },
          found.keypoints.map { NamedTensor("keypoints.\(index)", $0) },
          found.keypointScores.map { NamedTensor("keypoints_scores.\(index)", $0) },
        ].compactMap { $0 }
    }
    try settings.write(tensors, to: settings.output)
  }

  private func train(
    _ model: any Detector, _ images: [Tensor], _ targets: [TrainingTarget]
  ) throws {
    let losses = settings.compute.computing(on: images[0].device) {
      model.losses(images: images, targets: targets)
    }
    try settings.write(
      losses.entries.map { NamedTensor($0.name, $0.value) }, to: settings.output)
    guard let path = settings.gradients else { return }
    losses.total.backward()
    try settings.writeGradients(of: model, to: path)
  }
}
