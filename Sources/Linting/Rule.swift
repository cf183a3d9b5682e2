public import COCO
import Files

/// One thing that can be wrong with a dataset.
///
/// A rule is one file in `Rules/` and one line in `Rules.all`, and has the name of the kind of
/// fault that it finds: `BoxOutsideImage` finds `FaultKind.boxOutsideImage`. Its stored properties
/// are its options. It conforms to one of `AnnotationRule`, `ImageRule`, `DatasetRule`,
/// `SplitsRule`, or, if it only explains findings raised elsewhere, to `ReadingRule`,
/// `WritingRule`, `EvaluationRule` or `EngineRule`.
public protocol Rule: Codable, Sendable {
  /// The kind of its findings, with their severity unless one has its own.
  static var kind: FaultKind { get }
  /// The fault in one line, in lower case without a full stop.
  static var summary: String { get }
  /// The consequences of the fault, what counts as one, and what to do, in full sentences.
  static var explanation: String { get }
  /// The safety of its fixes.
  static var fixability: Fixability { get }
  /// The part of copra that raises its findings.
  static var raiser: Raiser { get }
  /// Data that the rule flags, data that it allows, and the results of its fixes.
  static var examples: [Example] { get }
  /// The rule itself if it judges annotations; a dynamic check of the conformance is slow. The same
  /// holds for the properties below.
  var annotationRule: (any AnnotationRule)? { get }
  /// The rule itself if it judges images.
  var imageRule: (any ImageRule)? { get }
  /// The rule itself if it judges datasets.
  var datasetRule: (any DatasetRule)? { get }
  /// The rule itself if it judges the splits of a set together.
  var splitsRule: (any SplitsRule)? { get }

  /// Creates the rule with its default options.
  init()
}

/// The safety of a rule's fixes.
public enum Fixability: String, Sendable, CaseIterable {
  case none
  /// The fixes lose nothing and guess nothing.
  case safe
  /// The fixes lose or guess something.
  case unsafe
  /// The fixes of some findings are safe, those of others unsafe.
  case both

  /// Returns whether a rule of this fixability may offer `fix`.
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
  /// No fixes, by default.
  public static var fixability: Fixability { .none }
  /// The rules run by `copra validate`, by default.
  public static var raiser: Raiser { .rules }
  /// nil, by default.
  public var annotationRule: (any AnnotationRule)? { nil }
  /// nil, by default.
  public var imageRule: (any ImageRule)? { nil }
  /// nil, by default.
  public var datasetRule: (any DatasetRule)? { nil }
  /// nil, by default.
  public var splitsRule: (any SplitsRule)? { nil }
  /// The id of the kind, for example `inverted-box`.
  public static var id: String { kind.id }
  /// The severity of its findings, unless one has its own.
  public static var severity: Finding.Severity { kind.severity }

  /// Returns a fault of the rule's kind.
  func fault(
    _ message: String, _ field: RecordField? = nil, fix: Fix? = nil,
    severity: Finding.Severity? = nil
  ) -> Fault {
    Fault(Self.kind, severity: severity, message, field, fix: fix)
  }
}

/// A rule that judges annotations one by one.
public protocol AnnotationRule: Rule {
  /// Returns the fault of `annotation`; nil if it is sound as far as this rule goes.
  func fault(of annotation: Annotation, in frame: Frame, of set: DatasetView) -> Fault?
}

extension AnnotationRule {
  /// The rule itself.
  public var annotationRule: (any AnnotationRule)? { self }
}

/// A rule that judges images one by one, with their annotations.
public protocol ImageRule: Rule {
  func check(_ image: ImageView, into faults: inout Faults)
}

extension ImageRule {
  /// The rule itself.
  public var imageRule: (any ImageRule)? { self }
}

/// A rule that judges a split as a whole.
public protocol DatasetRule: Rule {
  /// The part of the records that the rule compares.
  static var scope: RuleScope { get }
  func check(_ set: DatasetView, into faults: inout Faults)
}

/// The part of a set's records that a rule compares with one another.
public enum RuleScope: Sendable {
  /// None, but what all annotations say together.
  case facts
  /// The images, without their annotations.
  case images
  /// All ids.
  case ids
  /// All boxes.
  case boxes
}

extension DatasetRule {
  /// The rule itself.
  public var datasetRule: (any DatasetRule)? { self }
}

/// A rule that judges all splits together.
public protocol SplitsRule: Rule {
  func check(_ sets: [DatasetView], into faults: inout Faults)
}

extension SplitsRule {
  /// The rule itself.
  public var splitsRule: (any SplitsRule)? { self }
}

/// A rule that judges categories one by one, those that splits share only once.
public protocol CategoryRule: SplitsRule {
  /// Returns the fault of the category; nil if it is sound as far as this rule goes.
  func fault(of view: CategoryView) -> Fault?
}

extension CategoryRule {
  /// Judges each category, those that splits share only once.
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

/// A rule that explains a fault raised by readers, so that it is listed and configured like the
/// others.
public protocol ReadingRule: Rule {
  /// Files that show the fault, in place of datasets.
  static var files: [FileExample] { get }
}

extension ReadingRule {
  /// None; files show the fault.
  public static var examples: [Example] { [] }
  /// The readers.
  public static var raiser: Raiser { .readers }
}

/// A rule that explains a fault raised by writers, so that it is listed and configured like the
/// others.
public protocol WritingRule: Rule {
  /// Datasets that show the fault when they are written in a format.
  static var outputs: [OutputExample] { get }
}

extension WritingRule {
  /// None; outputs show the fault.
  public static var examples: [Example] { [] }
  /// The writers.
  public static var raiser: Raiser { .writers }
}

/// A rule that explains a fault raised by an evaluation, so that it is listed and configured like
/// the others.
public protocol EvaluationRule: Rule {
  /// Ground truth and results that show the fault, in place of datasets.
  static var results: [ResultsExample] { get }
}

extension EvaluationRule {
  /// None; results show the fault.
  public static var examples: [Example] { [] }
  /// The evaluation.
  public static var raiser: Raiser { .evaluation }
}

/// A rule that explains a fault raised by the engine, so that it is listed and configured like the
/// others.
public protocol EngineRule: Rule {
  /// Images and targets that show the fault, in place of datasets.
  static var targets: [TargetExample] { get }
}

extension EngineRule {
  /// None; targets show the fault.
  public static var examples: [Example] { [] }
  /// The engine.
  public static var raiser: Raiser { .engine }
}

/// The part of copra that raises the findings of a rule.
public enum Raiser: String, Sendable, CaseIterable {
  /// `copra validate`, which runs the rule over the records read; other verbs raise some of these
  /// faults too, where they meet them.
  case rules
  /// The readers, with any verb that reads a set.
  case readers
  /// The writers of formats, if a format cannot hold a record.
  case writers
  /// An evaluation, which compares results with their ground truth.
  case evaluation
  /// The engine, when it gives the data to a model.
  case engine

  /// The raiser as a phrase to be read after "raised by".
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

/// The collected faults of one rule.
public struct Faults {
  private(set) var findings: [Finding] = []

  /// Adds a fault of an annotation of `set`.
  public mutating func add(_ fault: Fault, annotation index: Int, of set: DatasetView) {
    let record = RecordReference(.annotation, index, dataset: set.index)
    add(fault, record, at: set.dataset.annotations[index].origin)
  }

  /// Adds a fault of `set` as a whole, at an annotation.
  mutating func add(_ fault: Fault, _ noted: NotedAnnotation, of set: DatasetView) {
    let record = noted.index.map { RecordReference(.annotation, $0, dataset: set.index) }
    add(fault, record, at: noted.origin)
  }

  /// Adds a fault of an image of `set`.
  public mutating func add(_ fault: Fault, image index: Int, of set: DatasetView) {
    let record = RecordReference(.image, index, dataset: set.index)
    add(fault, record, at: set.dataset.images[index].origin)
  }

  /// Adds a fault of a category of `set`.
  public mutating func add(_ fault: Fault, category index: Int, of set: DatasetView) {
    let record = RecordReference(.category, index, dataset: set.index)
    add(fault, record, at: set.dataset.categories[index].origin)
  }

  private mutating func add(_ fault: Fault, _ record: RecordReference?, at origin: Origin?) {
    findings.append(Finding(fault, at: origin, record: record))
  }
}
