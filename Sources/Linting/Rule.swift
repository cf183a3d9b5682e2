public import COCO
import Files

/// One thing that can be wrong with a dataset.
///
/// A rule is one file in `Rules/` and one line in `Rules.all`, and is called like the kind of fault
/// that it finds: `BoxOutsideImage` finds `FaultKind.boxOutsideImage`. Its stored properties are its
/// options. It conforms to one of `AnnotationRule`, `ImageRule`, `DatasetRule`, `SplitsRule`, or,
/// where it only explains what others raise, `ReadingRule`, `WritingRule`, `EvaluationRule` or
/// `EngineRule`.
public protocol Rule: Codable, Sendable {
  /// What its findings are called, and how much they matter unless one says otherwise.
  static var kind: FaultKind { get }
  /// The fault in one line, lower case, no full stop.
  static var summary: String { get }
  /// What comes of the fault, what counts as one, and what to do. Whole sentences.
  static var explanation: String { get }
  /// What its fixes promise.
  static var fixability: Fixability { get }
  /// What raises its findings.
  static var raiser: Raiser { get }
  /// What it flags, what it leaves alone, and what its fixes make of it.
  static var examples: [Example] { get }
  /// Itself where it judges annotations; to ask for the conformance takes long. So below.
  var annotationRule: (any AnnotationRule)? { get }
  var imageRule: (any ImageRule)? { get }
  var datasetRule: (any DatasetRule)? { get }
  var splitsRule: (any SplitsRule)? { get }

  init()
}

/// Whether a rule's findings can be mended without a person.
public enum Fixability: String, Sendable, CaseIterable {
  case none
  /// Loses nothing and guesses nothing.
  case safe
  /// Loses or guesses something.
  case unsafe
  /// Safe for some of its findings, unsafe for others.
  case both

  /// Whether a rule that promises this may offer `fix`.
  public func allows(_ fix: Fix) -> Bool {
    switch self {
    case .none: false
    case .safe: fix.isSafe
    case .unsafe: !fix.isSafe
    case .both: true
    }
  }
}

extension Rule {
  public static var fixability: Fixability { .none }
  public static var raiser: Raiser { .rules }
  public var annotationRule: (any AnnotationRule)? { nil }
  public var imageRule: (any ImageRule)? { nil }
  public var datasetRule: (any DatasetRule)? { nil }
  public var splitsRule: (any SplitsRule)? { nil }
  /// The id of the kind.
  public static var id: String { kind.id }
  /// How much its findings matter, unless one says otherwise.
  public static var severity: Finding.Severity { kind.severity }

  /// A fault of the rule's kind.
  func fault(
    _ message: String, _ field: RecordField? = nil, fix: Fix? = nil,
    severity: Finding.Severity? = nil
  ) -> Fault {
    Fault(Self.kind, severity: severity, message, field, fix: fix)
  }
}

/// Judges annotations one by one.
public protocol AnnotationRule: Rule {
  /// nil where `annotation` is sound as far as this rule goes.
  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault?
}

extension AnnotationRule {
  public var annotationRule: (any AnnotationRule)? { self }
}

/// Judges images one by one, with their annotations.
public protocol ImageRule: Rule {
  func check(_ image: ImageView, into faults: inout Faults)
}

extension ImageRule {
  public var imageRule: (any ImageRule)? { self }
}

/// Judges a split as a whole.
public protocol DatasetRule: Rule {
  func check(_ set: DatasetView, into faults: inout Faults)
}

extension DatasetRule {
  public var datasetRule: (any DatasetRule)? { self }
}

/// Judges all splits together.
public protocol SplitsRule: Rule {
  func check(_ sets: [DatasetView], into faults: inout Faults)
}

extension SplitsRule {
  public var splitsRule: (any SplitsRule)? { self }
}

/// Judges categories one by one, those that splits share only once.
public protocol CategoryRule: SplitsRule {
  /// nil where the category is sound as far as this rule goes.
  func fault(of view: CategoryView) -> Fault?
}

extension CategoryRule {
  public func check(_ sets: [DatasetView], into faults: inout Faults) {
    let shared = SharedCategories(sets)
    for set in sets {
      for index in shared.positions(in: set) {
        if let fault = fault(of: CategoryView(shared: shared, set: set, index: index)) {
          faults.add(fault, category: index, of: set)
        }
      }
    }
  }
}

/// Explains a fault that readers raise, so that it is listed and configured like the others.
public protocol ReadingRule: Rule {
  /// Files that show it, in place of datasets.
  static var files: [FileExample] { get }
}

extension ReadingRule {
  public static var examples: [Example] { [] }
  public static var raiser: Raiser { .readers }
}

/// Explains a fault that writing raises, so that it is listed and configured like the others.
public protocol WritingRule: Rule {
  /// Datasets that show it where they are written in a format.
  static var outputs: [OutputExample] { get }
}

extension WritingRule {
  public static var examples: [Example] { [] }
  public static var raiser: Raiser { .writers }
}

/// Explains a fault that an evaluation raises, so that it is listed and configured like the others.
public protocol EvaluationRule: Rule {
  /// Ground truth and results that show it, in place of datasets.
  static var results: [ResultsExample] { get }
}

extension EvaluationRule {
  public static var examples: [Example] { [] }
  public static var raiser: Raiser { .evaluation }
}

/// Explains a fault that the engine raises, so that it is listed and configured like the others.
public protocol EngineRule: Rule {
  /// Pictures and targets that show it, in place of datasets.
  static var targets: [TargetExample] { get }
}

extension EngineRule {
  public static var examples: [Example] { [] }
  public static var raiser: Raiser { .engine }
}

/// What raises the findings of a rule.
public enum Raiser: String, Sendable, CaseIterable {
  /// `copra validate`, which runs the rule over what was read; other verbs raise some of these faults
  /// too, where they meet them.
  case rules
  /// The readers, whatever verb reads a set.
  case readers
  /// The writers of formats, where one cannot hold what it is given.
  case writers
  /// An evaluation, which compares results with their ground truth.
  case evaluation
  /// The engine, where a model is given the data.
  case engine

  /// The raiser in words, as read after "raised by".
  public var words: String {
    switch self {
    case .rules: "copra validate"
    case .readers: "every verb that reads a set"
    case .writers: "copra convert"
    case .evaluation: "copra evaluate"
    case .engine: "the verbs that run a detector"
    }
  }
}

/// Collects what one rule finds.
public struct Faults {
  private(set) var findings: [Finding] = []

  /// Adds what is wrong with an annotation of `set`.
  public mutating func add(_ fault: Fault, annotation index: Int, of set: DatasetView) {
    let record = RecordReference(.annotation, index, dataset: set.index)
    add(fault, record, at: set.dataset.annotations[index].origin)
  }

  /// Adds what is wrong with an image of `set`.
  public mutating func add(_ fault: Fault, image index: Int, of set: DatasetView) {
    let record = RecordReference(.image, index, dataset: set.index)
    add(fault, record, at: set.dataset.images[index].origin)
  }

  /// Adds what is wrong with a category of `set`.
  public mutating func add(_ fault: Fault, category index: Int, of set: DatasetView) {
    let record = RecordReference(.category, index, dataset: set.index)
    add(fault, record, at: set.dataset.categories[index].origin)
  }

  private mutating func add(_ fault: Fault, _ record: RecordReference, at origin: Origin?) {
    findings.append(Finding(fault, at: origin, record: record))
  }
}
