/// Finds out which format an input is in.
public enum FormatDetection {
  /// What the inputs look like.
  public enum Outcome: Sendable {
    case found(any Importer.Type, Evidence)
    /// Several formats fit; the names with the evidence for each.
    case ambiguous([(name: String, evidence: Evidence)])
    case unknown
  }

  /// The format that all inputs share, by the evidence in the first; firm evidence beats hints.
  public static func detect(_ inputs: [InputTree]) -> Outcome {
    guard let input = inputs.first else { return .unknown }
    let all = Importers.all.compactMap { type in
      type.evidence(in: input).map { (type: type, evidence: $0) }
    }
    let firm = all.filter(\.evidence.isFirm)
    let fitting = firm.isEmpty ? all : firm
    guard let first = fitting.first else { return .unknown }
    if fitting.count > 1 {
      return .ambiguous(fitting.map { (name: $0.type.name, evidence: $0.evidence) })
    }
    return .found(first.type, first.evidence)
  }
}
