import Console
import DetectionModels
import Torch

/// Makes a model of the zoo with its weights.
struct ModelMaker {
  let zooModel: ZooModel
  /// Nil for as many as torchvision's.
  var numClasses: Int?
  var dropout: Double?
  /// A file; without one the weights are drawn.
  var weights: String?
  var seed: UInt64 = 0
  /// What the model is for: in inference channels lie side by side, which is faster.
  var mode = Mode.inference

  /// The model in a type, on a device.
  ///
  /// - Throws: A `StateError` where the file cannot be read, an `UnfitState` where it is another
  ///   model's.
  func make(_ dtype: DType = .float32, on device: Device) throws -> any Layer {
    guard let weights else {
      Runtime.seed(seed)
      let model = zooModel.make(numClasses: numClasses, dropout: dropout)
      place(model, dtype, device)
      return model
    }
    let stored = try StoredState(contentsOf: weights)
    if let doubt = try PublishedChecksum.doubt(of: weights) {
      Terminal.message("warning: \(doubt)")
    }
    let model = withoutDraws { zooModel.make(numClasses: numClasses, dropout: dropout) }
    place(model, dtype, device)
    try model.load(stored, from: weights)
    return model
  }

  private func place(_ model: any Layer, _ dtype: DType, _ device: Device) {
    if dtype != .float32 { model.convert(to: dtype) }
    model.place(on: device)
    if mode == .inference { model.lay(.channelsLast) }
  }
}
