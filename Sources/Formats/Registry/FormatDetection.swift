public import Files

/// The detection of an input's format from its files.
public enum FormatDetection {
  /// The result of detecting the format of inputs.
  public enum Outcome: Sendable {
    case found(Format, Evidence)
    /// Several formats fit, each with the evidence for it.
    case ambiguous([(format: Format, evidence: Evidence)])
    /// The inputs are of several formats; a path of each with its format.
    case mixed([(path: String, format: Format)])
    case unknown
  }

  /// Returns the format that all inputs share, by the evidence in the first; firm evidence beats
  /// hints. An input that looks like nothing is taken to be as the others, only broken.
  public static func detect(_ inputs: [InputTree]) -> Outcome {
    var all: [(path: String, formats: [Fitting])] = []
    for input in inputs {
      if let known = all.first?.formats.first, all[0].formats.count == 1,
        known.format.evidence(in: input) != nil
      {
        continue
      }
      let formats = formats(of: input)
      if !formats.isEmpty { all.append((input.path, formats)) }
    }
    guard let fitting = all.first?.formats, let first = fitting.first else { return .unknown }
    if fitting.count > 1 { return .ambiguous(fitting) }
    if all.count > 1 {
      return .mixed(all.map { (path: $0.path, format: $0.formats[0].format) })
    }
    return .found(first.format, first.evidence)
  }

  private typealias Fitting = (format: Format, evidence: Evidence)

  private static func formats(of input: InputTree) -> [Fitting] {
    let all: [Fitting] = Format.readable.compactMap { format in
      format.evidence(in: input).map { (format: format, evidence: $0) }
    }
    let firm = all.filter(\.evidence.isFirm)
    return firm.isEmpty ? all : firm
  }
}
