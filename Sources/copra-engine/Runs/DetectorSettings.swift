import COCO
import Console
import DetectionModels
import Engine
import Torch

/// What is chosen of a detector that is trained.
struct DetectorSettings {
  var detector: DetectorChoice
  /// A file, or a published name in torch's cache; nil for drawn weights.
  var weights: String?
  var minSize: Int?
  var maxSize: Int?
  /// What all draws depend on.
  var seed: UInt64 = 0
  /// Nil for the run's own choice.
  var precision: TrainingPrecision?
  var device = "cpu"

  /// Returns the size that pictures are resized to.
  ///
  /// - Parameter usual: what the shorter side becomes where nobody says; nil for the detector's own.
  func inputSize(usual: Int? = nil) -> InputSize {
    detector.inputSize(minSize: minSize, maxSize: maxSize, usual: usual)
  }

  /// Makes the detector with its weights, from the seed on, on its device.
  ///
  /// - Parameters:
  ///   - numClasses: the background included.
  ///   - keypoints: how many each object of the data has; nil where none is learnt.
  func make(numClasses: Int, keypoints: Int?, input: InputSize) throws -> any Detector {
    let detector = try self.detector.taking(keypoints: keypoints)
    Runtime.seed(seed)
    let saved = try saved(for: detector)
    let model = try detector.make(numClasses: numClasses, input: input, weights: saved) {
      Terminal.message($0)
    }
    model.place(on: try Device(device))
    return model
  }

  /// Whether the weights are a detector's that tells the categories of some samples apart, as far as
  /// the file says: as many, and of the same names where it names them.
  func weightsTellApart(_ samples: DetectionSamples) throws -> Bool {
    guard let saved = try saved(for: detector), saved.numClasses == samples.labels.count else {
      return false
    }
    let own = saved.notes?.datasetCategories.map(\.name)
    return own.map { $0 == samples.dataset.categories.map(\.name) } ?? true
  }

  /// The weights that the detector starts from; nil for drawn ones.
  private func saved(for detector: DetectorChoice) throws -> SavedDetector? {
    guard let weights else { return nil }
    let path = try WeightsFile.path(of: weights, among: detector.configuration.weightsNames)
    return try SavedDetector(contentsOf: path)
  }

  /// Sets threads and memory. Throws where the device is not there.
  func prepare(threads: Int?) throws {
    _ = try Device(device)
    Runtime.prepare(threads: threads)
  }
}
