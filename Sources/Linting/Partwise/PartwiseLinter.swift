public import COCO
public import Files

/// A linter of one set that comes part by part, in memory that does not grow with its annotations.
///
/// Every image is in one part, with all its annotations, and ids do not repeat. The findings of all
/// parts and those of the whole are the findings of `Linter`.
public struct PartwiseLinter {
  private let rules: [any Rule]
  private let tasks: OrderedTasks
  private let frame: Dataset
  private let isSplit: Bool
  private let assumed: SetFacts
  private let keepsImages: Bool
  private var facts: PartwiseFacts
  private var names = NameHashes()
  private var images: [COCO.Image] = []
  private var pictures: [PictureFacts?] = []
  private var boxes: [(rule: any StoredBoxesRule, stored: StoredBoxes)]
  private let categories: IDIndex

  /// What a linter has to know of a whole set before its parts come.
  public struct Knowledge: Sendable {
    fileprivate var facts = SetFacts.sound
    fileprivate var keepsImages: Bool

    /// Assumes that there is nothing odd about the set as a whole.
    ///
    /// - Parameter keepsImages: Whether images are compared by more than their names.
    public init(keepsImages: Bool) {
      self.keepsImages = keepsImages
    }
  }

  /// Begins with a set.
  ///
  /// - Parameters:
  ///   - rules: The rules that judge.
  ///   - frame: The set without its images and annotations.
  ///   - isSplit: Whether it is a split of its own, for training or evaluation.
  ///   - count: At least the number of its annotations.
  ///   - known: What is known of the whole.
  ///   - tasks: The tasks that judge.
  public init(
    _ rules: [any Rule], of frame: Dataset, isSplit: Bool, atMost count: Int,
    knowing known: Knowledge, tasks: OrderedTasks
  ) {
    (self.rules, self.frame, self.isSplit, self.tasks) = (rules, frame, isSplit, tasks)
    (assumed, keepsImages) = (known.facts, known.keepsImages)
    facts = PartwiseFacts(categories: frame.categories, atMost: count)
    categories = IDIndex(frame.categories.map(\.id))
    boxes = rules.compactMap { $0 as? any StoredBoxesRule }.map {
      ($0, StoredBoxes(categories: frame.categories.count))
    }
  }

  /// Returns what the rules find in the images that come next and their annotations.
  ///
  /// - Parameters:
  ///   - part: The images, annotations and categories.
  ///   - pictures: The facts about its images; empty if they were not examined.
  public mutating func lint(
    _ part: Dataset, pictures: [PictureFacts?] = []
  ) async throws -> [Finding] {
    store(part, after: facts.count)
    facts.add(part, pictures: pictures)
    if keepsImages {
      images += part.images
      self.pictures += pictures
    } else {
      names.add(part.images)
    }
    let view = DatasetView(part, index: 0, pictures: pictures, isSplit: isSplit, facts: assumed)
    return try await Linter(rules, tasks: tasks)
      .lint([view], scopes: keepsImages ? [] : [.images], of: [.images, .annotations])
  }

  private func store(_ part: Dataset, after start: Int) {
    for (rule, stored) in boxes {
      part.annotations.withUnsafeBufferPointer { annotations in
        for index in annotations.indices {
          guard let category = annotations[index].categoryID.flatMap(categories.position),
            let box = rule.keeps(annotations[index])
          else { continue }
          stored.add(
            box, category: category,
            of: NotedAnnotation(index: start + index, origin: annotations[index].origin))
        }
      }
    }
  }

  /// What the set has to be judged again with, from its first part on; nil if its parts were judged
  /// as they are.
  public var correction: Knowledge? {
    let needsImages = !keepsImages && names.repeats
    if facts.facts.judgesAlike(assumed), !needsImages { return nil }
    var known = Knowledge(keepsImages: keepsImages || needsImages)
    known.facts = facts.facts
    return known
  }

  /// Returns what the rules find in the set as a whole.
  public func findings() async throws -> [Finding] {
    var whole = frame
    whole.images = images
    let view = DatasetView(
      whole, index: 0, pictures: pictures, isSplit: isSplit, facts: facts.facts)
    var findings = try await Linter(rules, tasks: tasks)
      .lint([view], scopes: keepsImages ? [.facts, .images] : [.facts], of: [.splits])
    for (rule, stored) in boxes where Linter.applies(rule, to: view, among: rules) {
      var faults = Faults()
      rule.check(stored, of: view, into: &faults)
      findings += faults.findings
    }
    return findings
  }
}

/// The hashes of images' names, by which it is seen whether two names may be one file's.
private struct NameHashes: Sendable {
  private var hashes: [Int] = []

  mutating func add(_ images: [COCO.Image]) {
    for image in images where !image.fileName.isEmpty {
      hashes.append(NonPortableFileName.folded(image.fileName).hashValue)
    }
  }

  /// Whether several images may have the same name, letter case aside.
  var repeats: Bool {
    let sorted = hashes.sorted()
    return zip(sorted, sorted.dropFirst()).contains { $0 == $1 }
  }
}
