public import DetectionModels
import Files
import Torch

/// The detector that a user chose: a configuration with a name.
///
/// ```swift
/// let choice = try DetectorChoice(named: "fasterrcnn_resnet50_fpn")
/// let model = try choice.make(numClasses: 3, input: choice.inputSize())
/// ```
public struct DetectorChoice {
  /// The detector's name in the catalogue, or the name of the file that describes it.
  public let name: String
  /// The configuration.
  public var configuration: any DetectorConfiguration
  /// The catalogue's detector, whose published weights the choice may start from; nil if it is
  /// none.
  private let ready: ReadyDetector?
  /// Whether the size of images was chosen with the configuration.
  private let givesInputSize: Bool
  private let explanation: (ModelConfigurationError) -> any Error

  /// Chooses a detector of the catalogue.
  ///
  /// - Throws: `EngineError`, with the nearest name, if there is none of this name.
  public init(named name: String) throws(EngineError) {
    guard let detector = DetectorCatalogue.detector(named: name) else {
      if ModelZoo.model(named: name) != nil {
        throw EngineError(
          "expected a detector, found the classification model \(name) (copra classify runs it)")
      }
      let hint = NearestName.hint(for: name, among: DetectorCatalogue.names)
      throw EngineError("no detector is called \"\(name)\"\(hint) (copra models lists them)")
    }
    self.init(
      name: name, configuration: detector.configuration, of: detector, givesInputSize: false)
  }

  /// Chooses a detector by its configuration.
  ///
  /// - Parameters:
  ///   - name: The name by which the detector is reported.
  ///   - configuration: The configuration of the detector.
  ///   - detector: The catalogue's detector that the configuration describes, if any.
  ///   - givesInputSize: Whether the size of images was chosen with the configuration.
  ///   - explanation: Makes the error for a configuration that cannot work.
  public init(
    name: String, configuration: any DetectorConfiguration, of detector: ReadyDetector? = nil,
    givesInputSize: Bool, explanation: @escaping (ModelConfigurationError) -> any Error = { $0 }
  ) {
    self.name = name
    self.configuration = configuration
    ready = detector
    self.givesInputSize = givesInputSize
    self.explanation = explanation
  }

  /// Returns the detector with another configuration.
  ///
  /// - Parameters:
  ///   - configuration: The configuration of the detector.
  ///   - givesInputSize: Whether the size of images was chosen with it.
  ///   - explanation: Makes the error for faults that are the new configuration's own; returns nil
  ///     for all others.
  public func with(
    _ configuration: any DetectorConfiguration, givesInputSize: Bool = false,
    explanation: @escaping (ModelConfigurationError) -> (any Error)?
  ) -> DetectorChoice {
    let inherited = self.explanation
    return DetectorChoice(
      name: name, configuration: configuration, of: ready,
      givesInputSize: givesInputSize || self.givesInputSize
    ) { explanation($0) ?? inherited($0) }
  }

  /// Returns the choice of a detector that does not resize images in training.
  public func withoutResizingInTraining() -> DetectorChoice {
    var configuration = configuration
    configuration.transform.resizesInTraining = false
    return DetectorChoice(
      name: name, configuration: configuration, of: ready, givesInputSize: givesInputSize,
      explanation: explanation)
  }

  /// Whether `name` is in the catalogue, and not a file's.
  public var isOfCatalogue: Bool { DetectorCatalogue.detector(named: name) != nil }

  /// Whether the detector learns and finds masks.
  public var hasMasks: Bool { configuration.hasMasks }

  /// Whether the detector learns and finds keypoints.
  public var hasKeypoints: Bool { configuration.hasKeypoints }

  /// Returns the choice of a detector that finds as many keypoints of each object as the data or
  /// the weights have.
  ///
  /// - Parameter count: The number of keypoints; nil for that of the configuration.
  /// - Throws: The error of `explanation` if the configuration sets another number.
  public func taking(keypoints count: Int?) throws -> DetectorChoice {
    guard let count else { return self }
    if let own = configuration.numKeypoints, own != count {
      throw explanation(
        ModelConfigurationError(
          "expected \(count) keypoints, as the objects have, found \(own)", at: "num_keypoints"))
    }
    var choice = self
    choice.configuration.takeKeypoints(count)
    return choice
  }

  /// Returns the size that images are resized to: the one requested, or the configuration's. If
  /// only the shorter side is given, the longer one keeps its ratio to it. A detector of images of
  /// one size keeps its own unless the caller requests another.
  ///
  /// - Parameters:
  ///   - minSize: The size of the shorter side in pixels; nil for the usual one.
  ///   - maxSize: The greatest size of the longer side in pixels; nil for the detector's own.
  ///   - usual: The shorter side if neither the caller nor the configuration gives one; nil
  ///     for the detector's own.
  public func inputSize(minSize: Int? = nil, maxSize: Int? = nil, usual: Int? = nil) -> InputSize {
    let own = InputSize(configuration.transform)
    if own.fixedSize != nil {
      let short = minSize ?? own.minSize
      let long = maxSize ?? short * own.maxSize / max(own.minSize, 1)
      return InputSize(configuration.transform.sized(minSize: short, maxSize: max(short, long)))
    }
    let short = minSize ?? (givesInputSize ? nil : usual) ?? own.minSize
    return InputSize(
      minSize: short, maxSize: maxSize ?? short * own.maxSize / max(own.minSize, 1))
  }

  /// Makes the detector with arbitrary weights, for callers that only examine its parts. This is
  /// faster than initialising them.
  ///
  /// - Throws: The error of `explanation` for a configuration that cannot work.
  public func outline(numClasses: Int, input: InputSize) throws -> any Detector {
    var configuration = configuration
    configuration.transform = configuration.transform.sized(
      minSize: input.minSize, maxSize: input.maxSize)
    return try withoutDraws { try made(by: configuration, numClasses) }
  }

  /// Makes the detector with the weights of a file, or with initial ones.
  ///
  /// The weights may be of another number of classes, in which case the layers that distinguish
  /// classes are initialised; of the backbone; or of the classification network in it.
  ///
  /// - Parameters:
  ///   - numClasses: The number of classes, the background included.
  ///   - input: The size to which the detector resizes images.
  ///   - saved: The weights to start from; nil for drawn ones.
  ///   - note: Receives, line by line, which of the weights were loaded, and what is doubtful in
  ///     them.
  /// - Throws: `UnfitState` for weights of another detector; the error of `explanation` for a
  ///   configuration that cannot work.
  public func make(
    numClasses: Int, input: InputSize, weights saved: SavedDetector? = nil,
    note: (String) -> Void = { _ in }
  ) throws -> any Detector {
    var configuration = configuration
    // Of several sizes, among which training draws, the configuration's stay unless another is
    // asked for.
    let own = configuration.transform
    configuration.transform = own.sized(minSize: input.minSize, maxSize: input.maxSize)
    if own.minSize.last == input.minSize { configuration.transform.minSize = own.minSize }
    guard let saved else { return try made(by: configuration, numClasses) }
    if let doubt = saved.doubt { note("warning: \(doubt)") }
    let weights = DetectorWeights(saved.state, from: saved.path)
    configuration.prepare(for: weights.start(of: ready))
    let fits = weights.numClasses == numClasses
    let make = { try made(by: configuration, numClasses) }
    let model = fits ? try withoutDraws(make) : try make()
    let loaded = try weights.load(into: model, predictors: fits)
    var account = "\(saved.path): \(loaded)"
    if let stored = weights.numClasses, !fits {
      account +=
        " for \(numClasses) classes, as the weights are for \(stored) (with the background)"
    }
    note(account)
    return model
  }

  private func made(
    by configuration: any DetectorConfiguration, _ numClasses: Int
  ) throws -> any Detector {
    do throws(ModelConfigurationError) {
      if let own = configuration.numClasses, own != numClasses {
        throw ModelConfigurationError(
          "expected \(numClasses) classes, the background included, found \(own)",
          at: "num_classes")
      }
      return try configuration.detector(numClasses: numClasses)
    } catch {
      throw explanation(error)
    }
  }
}

/// The reason why a detector cannot be made, trained or run.
public struct EngineError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The reason as a message for the user.
  public let description: String

  /// Creates an error with a message.
  public init(_ description: String) {
    self.description = description
  }
}
