public import COCO
public import Files

/// A linter that runs rules over datasets.
public struct Linter: Sendable {
  private static let annotationsInChunk = 16384
  private static let imagesInChunk = 2048

  private let rules: [any Rule]
  private let tasks: OrderedTasks

  /// Creates a linter that runs these rules on these tasks, by default on one thread.
  public init(_ rules: [any Rule], tasks: OrderedTasks = OrderedTasks(threads: 1)) {
    self.rules = rules
    self.tasks = tasks
  }

  /// Returns the findings of the rules, which do not depend on the number of threads.
  public func lint(_ subject: Subject) async throws -> [Finding] {
    try await lint(
      views(of: subject), scopes: [.facts, .images, .ids, .boxes],
      of: [.splits, .images, .annotations])
  }

  /// What rules judge.
  struct Judged: OptionSet {
    let rawValue: UInt8
    static let splits = Judged(rawValue: 1)
    static let images = Judged(rawValue: 2)
    static let annotations = Judged(rawValue: 4)
  }

  /// Returns the findings of the rules over sets as a whole of these scopes, and of those over the
  /// other things to be judged.
  func lint(
    _ sets: [DatasetView], scopes: Set<RuleScope>, of judged: Judged
  ) async throws -> [Finding] {
    let jobs = jobs(for: sets, scopes, judged)
    var findings: [Finding] = []
    try await tasks.run(jobs.count) {
      jobs[$0]()
    } consume: { _, found in
      findings += found
      return true
    }
    return findings
  }

  private func views(of subject: Subject) async throws -> [DatasetView] {
    try await tasks.map(subject.datasets.count) { index in
      let pictures = subject.pictures.isEmpty ? [] : subject.pictures[index]
      return DatasetView(
        subject.datasets[index], index: index, pictures: pictures,
        isSplit: !subject.remainders.contains(index))
    }
  }

  private typealias Job = @Sendable () -> [Finding]

  /// Returns pieces of work that can run in parallel, those over whole sets first, since they take
  /// longest.
  private func jobs(
    for sets: [DatasetView], _ scopes: Set<RuleScope>, _ judged: Judged
  ) -> [Job] {
    var jobs: [Job] = []
    if judged.contains(.splits) {
      jobs += rules.compactMap(\.splitsRule).map { rule in { rule.run(sets) } }
    }
    for set in sets {
      let rules = self.rules.filter { Self.applies($0, to: set, among: self.rules) }
      let imageRules = judged.contains(.images) ? rules.compactMap(\.imageRule) : []
      let annotationRules =
        judged.contains(.annotations) ? rules.compactMap(\.annotationRule) : []
      jobs += rules.compactMap(\.datasetRule).filter { scopes.contains(type(of: $0).scope) }
        .map { rule in { rule.run(set) } }
      if !imageRules.isEmpty {
        jobs += chunks(of: set.dataset.images.count, Self.imagesInChunk).map { range in
          { set.check(images: range, imageRules) }
        }
      }
      if !annotationRules.isEmpty {
        jobs += chunks(of: set.dataset.annotations.count, Self.annotationsInChunk).map { range in
          { set.check(annotations: range, annotationRules) }
        }
      }
    }
    return jobs
  }

  /// Returns whether a rule can judge a set. If its boxes follow another convention than the one
  /// they are read by, the consequences are neither reported nor fixed, unless the user has
  /// deselected the rule for it.
  static func applies(_ rule: any Rule, to set: DatasetView, among rules: [any Rule]) -> Bool {
    guard let reading = set.boxReading, rules.contains(where: { $0 is BoxConvention }) else {
      return true
    }
    return !reading.explains(type(of: rule).kind)
  }

  private func chunks(of count: Int, _ size: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
  }
}

extension SplitsRule {
  fileprivate func run(_ sets: [DatasetView]) -> [Finding] {
    var faults = Faults()
    check(sets, into: &faults)
    return faults.findings
  }
}

extension DatasetRule {
  fileprivate func run(_ set: DatasetView) -> [Finding] {
    var faults = Faults()
    check(set, into: &faults)
    return faults.findings
  }
}

/// The order is image after image and annotation after annotation, not rule after rule, so that a
/// record is fetched once for all rules. Fetching counts the references that it holds; annotations
/// share those, so threads would wait for one another.
extension DatasetView {
  fileprivate func check(images range: Range<Int>, _ rules: [any ImageRule]) -> [Finding] {
    var faults = rules.map { _ in Faults() }
    for index in range {
      let view = ImageView(self, index)
      for position in rules.indices { rules[position].check(view, into: &faults[position]) }
    }
    return faults.flatMap(\.findings)
  }

  fileprivate func check(
    annotations range: Range<Int>, _ rules: [any AnnotationRule]
  ) -> [Finding] {
    var faults = rules.map { _ in Faults() }
    dataset.annotations.withUnsafeBufferPointer { annotations in
      for index in range {
        let annotation = annotations[index]
        let frame = self.frame(of: annotation, at: index)
        for position in rules.indices {
          if let fault = rules[position].fault(of: annotation, in: frame, of: self) {
            faults[position].add(fault, annotation: index, of: self)
          }
        }
      }
    }
    return faults.flatMap(\.findings)
  }
}
