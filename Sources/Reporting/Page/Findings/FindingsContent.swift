import COCO
import Files

/// The part of a page on findings; its markup, `Resources/findings.mustache`, names these
/// properties.
struct FindingsContent {
  struct Group {
    var rule: String
    var severity: String
    var count: String
    var summary: String
    var isOpen: Bool
    /// The explanation as markup; nil if there is none.
    var explanation: String?
    var first: [FindingCard]
    var rest: [FindingCard]
    var hasRest: Bool
    var restLabel: String
    var left: String?
  }

  /// The number of findings of a rule that are visible at once.
  private static let firstShown = 6
  /// The number of rules that are shown open; further ones are collapsed, so that the page remains
  /// clear.
  private static let openRules = 12

  let summary: String
  let leftOut: [String]
  let groups: [Group]

  init(_ findings: PageFindings, _ store: PictureStore) {
    let cards = FindingCards(store, offersFixes: findings.offersFixes)
    groups = findings.groups.enumerated().map { place, group in
      Self.group(
        group, cards.cards(of: group), findings.rules[group.rule], isOpen: place < Self.openRules)
    }
    summary = ([findings.counts.sentence] + [findings.counts.fixesSentence].compactMap { $0 })
      .joined(separator: "; ")
    let all = groups.flatMap { $0.first + $0.rest }
    var leftOut: [String] = []
    let left = findings.groups.reduce(0) { $0 + $1.left }
    if left > 0 {
      leftOut.append(
        "This page shows \(all.count.grouped) findings and leaves out \(left.grouped): of each rule the "
          + "first \(findings.limit) are here, and copra validate --all lists all")
    }
    let bare = all.count { $0.hasImage && $0.drawing.isEmpty }
    if bare > 0, !store.symbols.isEmpty {
      leftOut.append(
        "Findings without their image: \(bare.grouped); the page contains "
          + "\(store.symbols.count.grouped) images, shared among the rules")
    }
    self.leftOut = leftOut
  }

  private static func group(
    _ group: FindingGroup, _ cards: [FindingCard], _ rule: RuleDescription?, isOpen: Bool
  ) -> Group {
    let rest = Array(cards.dropFirst(firstShown))
    return Group(
      rule: group.rule, severity: group.severity.rawValue,
      count: (group.shown.count + group.left).grouped, summary: rule?.summary ?? "", isOpen: isOpen,
      explanation: rule.map { ProseMarkup.html($0.explanation) },
      first: Array(cards.prefix(firstShown)), rest: rest, hasRest: !rest.isEmpty,
      restLabel: "\(rest.count.grouped) more",
      left: group.left == 0
        ? nil
        : "\(group.left.grouped) more are not on this page: copra validate --select \(group.rule) "
          + "--all lists them")
  }
}

/// A finding, or what stands like one, as `Resources/card.mustache` wants it.
struct FindingCard {
  var severity = ""
  var message: String
  var place: String?
  var picture: String?
  var category: String?
  var split: String?
  var fix: String?
  /// The image as markup; empty for none.
  var drawing: String
  /// Whether there is an image that a drawing could show.
  var hasImage = true
}

/// A maker of cards from findings.
struct FindingCards {
  private let store: PictureStore
  private let indices: [IDIndex]
  private let names: [[Int: String]]
  private let offersFixes: Bool

  init(_ store: PictureStore, offersFixes: Bool = false) {
    self.store = store
    self.offersFixes = offersFixes
    indices = store.datasets.map { IDIndex($0.images.map(\.id)) }
    names = store.datasets.map { dataset in
      Dictionary(
        dataset.categories.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    }
  }

  func cards(of group: FindingGroup) -> [FindingCard] { group.shown.map(card) }

  private func card(_ entry: LocatedFinding) -> FindingCard {
    let finding = entry.finding
    let image = finding.record.flatMap {
      PageFindings.image(of: $0, in: store.datasets, indices)
    }
    let annotation = annotation(of: finding.record)
    let fix = offersFixes ? finding.offeredFix : nil
    var card = FindingCard(
      severity: finding.severity.rawValue, message: finding.message.printable,
      place: entry.place?.description.printable, fix: fix.map(Self.words), drawing: "",
      hasImage: image != nil)
    describe(image, annotation, in: &card)
    let words = "\(card.picture ?? ""): \(card.message)"
    card.drawing = store.drawing(
      of: image, annotation.map { [Self.mark($0, finding.field)] } ?? [], words: words)
    return card
  }

  /// Fills in the names of the image, its split and a category.
  func describe(
    _ image: RecordReference?, _ annotation: Annotation?, in card: inout FindingCard
  ) {
    guard let image else { return }
    let dataset = store.datasets[image.dataset]
    card.picture = dataset.images[image.index].fileName.printable
    card.split = dataset.split?.printable
    card.category = annotation?.categoryID.flatMap { names[image.dataset][$0]?.printable }
  }

  private func annotation(of record: RecordReference?) -> Annotation? {
    guard let record, record.kind == .annotation,
      store.datasets.indices.contains(record.dataset),
      store.datasets[record.dataset].annotations.indices.contains(record.index)
    else { return nil }
    return store.datasets[record.dataset].annotations[record.index]
  }

  private static func mark(_ annotation: Annotation, _ field: RecordField?) -> PictureStore.Mark {
    var mark = PictureStore.Mark(kind: "fault", box: annotation.box)
    if annotation.box == nil || field == .segmentation || field == .area {
      mark.outline = annotation.segmentation
    }
    if field == .keypoints || field == .keypointCount { mark.keypoints = annotation.keypoints }
    return mark
  }

  private static func words(_ fix: Fix) -> String {
    let option = fix.isSafe ? "--fix" : "--unsafe-fixes"
    return "\(fix.title.printable) (\(option))"
  }
}
