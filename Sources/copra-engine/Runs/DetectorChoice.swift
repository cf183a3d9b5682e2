import COCO
import Console
import DetectionModels
import Engine
import Files
import Torch

/// The detector that a command line asks for.
enum DetectorChoice {
  case named(String)
  case configured(ModelFile)

  /// - Parameter text: a detector's name, or the path of a `model.yaml`.
  /// - Throws: a `CommandFailure` for a name that none has, or, with the place, for a file that
  ///   means nothing.
  init(_ text: String) throws {
    let isFile = text.hasSuffix(".yaml") || text.hasSuffix(".yml")
    self =
      isFile
      ? .configured(try ModelFile(text)) : .named(try DetectorCatalog.detector(named: text).name)
  }

  /// A detector's name, or that of its file.
  var name: String {
    switch self {
    case .named(let name): name
    case .configured(let file): Path.name(of: file.path)
    }
  }

  /// Whether it learns and finds masks.
  var hasMasks: Bool {
    switch self {
    case .named(let name): DetectorCatalog.hasMasks(name)
    case .configured(let file): file.configuration.hasMasks
    }
  }

  /// How large it makes its pictures: as the command line says, else as the file, else as the
  /// detector has it.
  ///
  /// - Parameter usual: what the shorter side becomes where neither says anything; nil for the
  ///   detector's own.
  func inputSize(minSize: Int?, maxSize: Int?, usual: Int? = nil) -> InputSize {
    switch self {
    case .named(let name):
      return DetectorCatalog.inputSize(of: name, minSize: minSize ?? usual, maxSize: maxSize)
    case .configured(let file):
      let own = file.configuration.transform
      let ownShort = own.minSize.last ?? 1
      guard let short = minSize ?? (file.givesInputSize ? nil : usual) else {
        return InputSize(minSize: ownShort, maxSize: maxSize ?? own.maxSize)
      }
      return InputSize(minSize: short, maxSize: maxSize ?? short * 5 / 3)
    }
  }

  /// The detector with the weights of a file, or drawn ones.
  ///
  /// - Parameter numClasses: the background included.
  /// - Throws: a `CommandFailure` for what cannot be made, `StateError` or `UnfitState` for a file
  ///   that does not fit.
  func make(numClasses: Int, input: InputSize, weights: String?) throws -> any Detector {
    switch self {
    case .named(let name):
      return try DetectorCatalog.make(
        name, numClasses: numClasses, input: input, weights: weights)
    case .configured(let file):
      let model = try file.detector(numClasses: numClasses) { configuration in
        // Of several sizes, among which training draws, the file's stay unless another is asked
        // for.
        if configuration.transform.minSize.last != input.minSize {
          configuration.transform.minSize = [input.minSize]
        }
        configuration.transform.maxSize = input.maxSize
      }
      if let weights {
        try model.load(SavedDetector(contentsOf: weights).state, from: weights)
      }
      return model
    }
  }
}
