/// Finds out which format an input is in.
public enum FormatDetection {
  /// What the inputs look like.
  public enum Outcome: Sendable {
    case found(any Importer.Type, Evidence)
    /// Several formats fit; the names with the evidence for each.
    case ambiguous([(name: String, evidence: Evidence)])
    /// The inputs are of several formats; a path of each with the format's name.
    case mixed([(path: String, name: String)])
    case unknown
  }

  /// The format that all inputs share, by the evidence in the first; firm evidence beats hints. An
  /// input that looks like nothing is taken to be as the others, only broken.
  public static func detect(_ inputs: [InputTree]) -> Outcome {
    var all: [(path: String, formats: [Format])] = []
    for input in inputs {
      if let known = all.first?.formats.first, all[0].formats.count == 1,
        known.type.evidence(in: input) != nil
      {
        continue
      }
      let formats = formats(of: input)
      if !formats.isEmpty { all.append((input.path, formats)) }
    }
    guard let fitting = all.first?.formats, let first = fitting.first else { return .unknown }
    if fitting.count > 1 {
      return .ambiguous(fitting.map { (name: $0.type.name, evidence: $0.evidence) })
    }
    if all.count > 1 {
      return .mixed(all.map { (path: $0.path, name: $0.formats[0].type.name) })
    }
    return .found(first.type, first.evidence)
  }

  private typealias Format = (type: any Importer.Type, evidence: Evidence)

  private static func formats(of input: InputTree) -> [Format] {
    let all: [Format] = Importers.all.compactMap { type in
      type.evidence(in: input).map { (type: type, evidence: $0) }
    }
    let firm = all.filter(\.evidence.isFirm)
    return firm.isEmpty ? all : firm
  }
}
