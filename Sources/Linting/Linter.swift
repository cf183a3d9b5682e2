public import COCO

/// Runs rules over datasets.
public struct Linter: Sendable {
  private static let annotationsInChunk = 2048
  private static let imagesInChunk = 512

  private let rules: [any Rule]
  private let tasks: OrderedTasks

  public init(_ rules: [any Rule], tasks: OrderedTasks = OrderedTasks(threads: 1)) {
    self.rules = rules
    self.tasks = tasks
  }

  /// What the rules find, the same whatever the number of threads.
  public func lint(_ subject: Subject) async throws -> [Finding] {
    let sets = try await views(of: subject)
    let jobs = jobs(for: sets)
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
      return DatasetView(subject.datasets[index], index: index, pictures: pictures)
    }
  }

  private typealias Job = @Sendable () -> [Finding]

  /// Pieces of work that can go side by side: the rules that look at whole sets first, since they
  /// take longest.
  private func jobs(for sets: [DatasetView]) -> [Job] {
    var jobs: [Job] = rules.compactMap { $0 as? any SplitsRule }.map { rule in { rule.run(sets) } }
    let datasetRules = rules.compactMap { $0 as? any DatasetRule }
    let imageRules = rules.compactMap { $0 as? any ImageRule }
    let annotationRules = rules.compactMap { $0 as? any AnnotationRule }
    for set in sets {
      jobs += datasetRules.map { rule in { rule.run(set) } }
      if !imageRules.isEmpty {
        jobs += chunks(of: set.dataset.images.count, Self.imagesInChunk).map { range in
          { imageRules.flatMap { $0.run(set, range) } }
        }
      }
      if !annotationRules.isEmpty {
        jobs += chunks(of: set.dataset.annotations.count, Self.annotationsInChunk).map { range in
          {
            let frames = set.frames(range)
            return annotationRules.flatMap { $0.run(set, frames) }
          }
        }
      }
    }
    return jobs
  }

  private func chunks(of count: Int, _ size: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
  }
}

extension DatasetView {
  /// Where the annotations at `range` stand.
  fileprivate func frames(_ range: Range<Int>) -> [Frame] {
    dataset.annotations.withUnsafeBufferPointer { annotations in
      range.map { frame(of: annotations[$0], at: $0) }
    }
  }
}

extension SplitsRule {
  fileprivate func run(_ sets: [DatasetView]) -> [Finding] {
    var faults = Faults(of: self)
    check(sets, into: &faults)
    return faults.findings
  }
}

extension DatasetRule {
  fileprivate func run(_ set: DatasetView) -> [Finding] {
    var faults = Faults(of: self)
    check(set, into: &faults)
    return faults.findings
  }
}

extension ImageRule {
  fileprivate func run(_ set: DatasetView, _ range: Range<Int>) -> [Finding] {
    var faults = Faults(of: self)
    for index in range { check(ImageView(set, index), into: &faults) }
    return faults.findings
  }
}

extension AnnotationRule {
  fileprivate func run(_ set: DatasetView, _ frames: [Frame]) -> [Finding] {
    var faults = Faults(of: self)
    set.dataset.annotations.withUnsafeBufferPointer { annotations in
      for frame in frames {
        if let fault = fault(of: annotations[frame.index], in: frame, of: set) {
          faults.add(fault, annotation: frame.index, of: set)
        }
      }
    }
    return faults.findings
  }
}
