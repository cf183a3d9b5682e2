import COCO
import Console
import Engine
import Files
import Formats
import Torch

/// A split of an input, checked: what a detector can be given of it, and what is wrong with it.
struct CheckedSplit {
  /// Those whose pictures can be read.
  let samples: DetectionSamples
  let findings: [Finding]
  /// What the findings' places refer to.
  let sources: Sources

  var hasErrors: Bool { findings.contains { $0.severity == .error } }

  /// - Parameters:
  ///   - names: what the split may be called; all splits as one where there is none of them.
  ///   - reportsImport: whether what was found on reading the input is told along with it.
  /// - Throws: a `CommandFailure` where no picture can be used.
  init(
    _ names: [String], of contents: DatasetInput.Contents, for input: InputSize, hasMasks: Bool,
    reportsImport: Bool = true
  ) async throws {
    var contents = contents
    let samples = try contents.samples(ofSplits: names, hasMasks: hasMasks)
    let checked = await SampleContract(samples, input: input).check(
      tasks: OrderedTasks(threads: Runtime.threads))
    self.samples = checked.readable
    let imported = contents.imported.allFindings
    let added = checked.findings.notRepeating(imported)
    findings = reportsImport ? imported + added : added
    sources = contents.imported.sources
    FindingPrinter.print(findings, in: sources)
    guard self.samples.count > 0 else {
      let reason = samples.count == 0 ? "there is none" : "none of \(samples.count) can be used"
      throw CommandFailure("\(contents.path): expected pictures, \(reason)")
    }
    let left = samples.count - self.samples.count
    if left > 0 {
      Terminal.message("\(left) of \(samples.count) pictures are left out: they cannot be read")
    }
  }
}

extension [Finding] {
  /// Without those whose rule was found at the same place by a check before.
  func notRepeating(_ earlier: [Finding]) -> [Finding] {
    let found = earlier.reduce(into: [:] as [Origin: Set<String>]) { found, finding in
      if let origin = finding.origin { found[origin, default: []].insert(finding.rule) }
    }
    return filter { finding in
      finding.origin.flatMap { found[$0] }?.contains(finding.rule) != true
    }
  }
}

/// What a training goes by.
struct TrainingInputs {
  let training: CheckedSplit
  /// Of `--val`, or the input's own validation split; nil where there is neither.
  let validation: CheckedSplit?

  private static let validationNames = ["val", "valid", "validation"]

  init(_ command: TrainCommand, for input: InputSize, hasMasks: Bool) async throws {
    let contents = try await command.source.read(command.input)
    training = try await CheckedSplit(["train"], of: contents, for: input, hasMasks: hasMasks)
    let names = Self.validationNames
    if let path = command.val {
      var other = try await command.source.read(path)
      try other.takeCategories(training.samples.dataset.categories)
      validation = try await CheckedSplit(names, of: other, for: input, hasMasks: hasMasks)
    } else if contents.imported.datasets.contains(where: { names.contains($0.split ?? "") }) {
      validation = try await CheckedSplit(
        names, of: contents, for: input, hasMasks: hasMasks, reportsImport: false)
    } else {
      validation = nil
    }
  }

  var hasErrors: Bool { training.hasErrors || validation?.hasErrors == true }
}

extension DatasetInput.Contents {
  /// Gives all splits the categories that a detector was trained on, by their names: an input that
  /// was read by itself may have numbered them otherwise.
  ///
  /// - Throws: a `CommandFailure` for objects of a category that is not among them.
  mutating func takeCategories(_ categories: [COCO.Category]) throws {
    let known = Dictionary(categories.map { ($0.name, $0.id) }) { first, _ in first }
    for index in imported.datasets.indices {
      let own = Dictionary(imported.datasets[index].categories.map { ($0.id, $0.name) }) {
        first, _ in first
      }
      for position in imported.datasets[index].annotations.indices {
        let annotation = imported.datasets[index].annotations[position]
        // Of an id without a category the check of the samples tells.
        guard let name = annotation.categoryID.flatMap({ own[$0] }) else { continue }
        guard let id = known[name] else {
          let names = categories.map { "\"\($0.name)\"" }.joined(separator: ", ")
          throw CommandFailure(
            "\(path): expected objects of the categories that are trained, \(names), found "
              + "\"\(name)\"")
        }
        imported.datasets[index].annotations[position].categoryID = id
      }
      imported.datasets[index].categories = categories
    }
  }
}
