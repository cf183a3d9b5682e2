public import DetectionModels
import Files
import Torch

/// The detector that a user asks for: a configuration with a name.
///
/// ```swift
/// let choice = try DetectorChoice(named: "fasterrcnn_resnet50_fpn")
/// let model = try choice.make(numClasses: 3, input: choice.inputSize())
/// ```
public struct DetectorChoice {
  /// The detector's name in the catalogue, or that of the file that describes it.
  public let name: String
  public var configuration: any DetectorConfiguration
  /// What of the catalogue it is, the published weights of which it may start from.
  private let ready: ReadyDetector?
  /// Whether the size of pictures was chosen with the configuration.
  private let givesInputSize: Bool
  private let explanation: (ModelConfigurationError) -> any Error

  /// Chooses a detector of the catalogue.
  ///
  /// - Throws: `EngineError`, with the name that is nearest, where none is called so.
  public init(named name: String) throws(EngineError) {
    guard let detector = DetectorCatalogue.detector(named: name) else {
      if ModelZoo.model(named: name) != nil {
        throw EngineError(
          "expected a detector, found the classification model \(name) (copra classify runs it)")
      }
      let names = DetectorCatalogue.names
      throw EngineError(
        "expected a detector of \(names.joined(separator: ", ")), found \(name)"
          + NearestName.hint(for: name, among: names))
    }
    self.init(
      name: name, configuration: detector.configuration, of: detector, givesInputSize: false)
  }

  /// Chooses a detector by its configuration.
  ///
  /// - Parameters:
  ///   - detector: the one of the catalogue that the configuration is of, if it is of one.
  ///   - givesInputSize: whether the size of pictures was chosen with the configuration.
  ///   - explanation: makes what is thrown for a configuration that cannot work.
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

  /// Returns the detector by another configuration.
  ///
  /// - Parameters:
  ///   - givesInputSize: whether the size of pictures was chosen with it.
  ///   - explanation: makes what is thrown for faults that are the new configuration's own, and nil
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

  /// Returns the choice of a detector that takes pictures in training as large as they are.
  public func withoutResizingInTraining() -> DetectorChoice {
    var configuration = configuration
    configuration.transform.resizesInTraining = false
    return DetectorChoice(
      name: name, configuration: configuration, of: ready, givesInputSize: givesInputSize,
      explanation: explanation)
  }

  /// Whether `name` is one of the catalogue, and not a file's.
  public var isOfCatalogue: Bool { DetectorCatalogue.detector(named: name) != nil }

  /// Whether the detector learns and finds masks.
  public var hasMasks: Bool { configuration.hasMasks }

  /// Whether the detector learns and finds keypoints.
  public var hasKeypoints: Bool { configuration.hasKeypoints }

  /// Returns the choice of a detector that finds as many keypoints of each object as the data or the
  /// weights have.
  ///
  /// - Parameter count: nil for as many as the configuration says.
  /// - Throws: what `explanation` makes of a configuration that wants another number.
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

  /// Returns the size that pictures are resized to: the one asked for, else the configuration's.
  /// Where only the shorter side is given, the longer one keeps its ratio to that. A detector of
  /// pictures of one size keeps its own unless the caller asks for another.
  ///
  /// - Parameter usual: what the shorter side becomes where neither the caller nor the configuration
  ///   says; nil for the detector's own.
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

  /// Makes the detector with weights of no meaning, for those who look at its parts alone. This is
  /// faster than drawing them.
  ///
  /// - Throws: what `explanation` makes of a configuration that cannot work.
  public func outline(numClasses: Int, input: InputSize) throws -> any Detector {
    var configuration = configuration
    configuration.transform = configuration.transform.sized(
      minSize: input.minSize, maxSize: input.maxSize)
    return try withoutDraws { try made(by: configuration, numClasses) }
  }

  /// Makes the detector with the weights of a file, or drawn ones.
  ///
  /// The weights may be of another number of classes, in which case the layers that tell classes
  /// apart are drawn, of the backbone, or of the classification network in it.
  ///
  /// - Parameters:
  ///   - numClasses: the background included.
  ///   - note: receives, a line at a time, which of the weights were loaded, and what is doubtful in
  ///     them.
  /// - Throws: `UnfitState` for weights of another detector; what `explanation` makes of a
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

/// Why a detector cannot be made, trained or run, in words for the user.
public struct EngineError: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) {
    self.description = description
  }
}
