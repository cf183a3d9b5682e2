import COCO

/// The part of a page on a check by a model; its markup names these properties.
struct CheckContent {
  struct Anchors {
    var model: String
    let head = ["", "objects", "at IoU 0.5", "at IoU 0.7", "mean best IoU"]
    var rows: [PageTable.Row]
  }

  private static let mostCategories = 20

  let notes: [String]
  let anchors: Anchors?
  let cards: [FindingCard]
  let hasCards: Bool
  let cardsNote: String

  init(_ check: PageCheck, _ store: PictureStore) {
    let errors = check.labelErrorCount
    let unshown =
      errors > 0 && check.labelErrors.isEmpty
      ? "\(errors.grouped) likely label errors are not shown: their objects are not in this dataset"
      : nil
    notes = [check.next.map { "Next: \($0)" }, unshown].compactMap { $0 }
    anchors = check.model.flatMap(Self.anchors)
    cards = check.labelErrors.map { Self.card($0, store) }
    hasCards = !cards.isEmpty
    cardsNote =
      "Labels that predictions contradict, the most likely errors first: \(cards.count.grouped) of "
      + errors.grouped
  }

  private static func card(
    _ error: PageCheck.LabelError, _ store: PictureStore
  ) -> FindingCard {
    var card = FindingCard(message: error.message.printable, drawing: "")
    FindingCards(store).describe(error.image, error.annotation, in: &card)
    card.drawing = store.drawing(
      of: error.image, [PictureStore.Mark(kind: "fault", box: error.box)],
      words: "\(card.picture ?? ""): \(card.message)")
    return card
  }

  private static func anchors(_ model: JSONObject) -> Anchors? {
    guard let all = model["recall"]?.object else { return nil }
    func named(_ key: String) -> [PageTable.Row] {
      (model[key]?.object?.members ?? []).compactMap { member in
        member.value.object.map { row(member.name, $0) }
      }
    }
    let rows =
      [row("all", all)] + named("recall_by_size")
      + named("recall_by_category").prefix(mostCategories)
    return Anchors(model: model["name"]?.string ?? "the model", rows: rows)
  }

  private static func row(_ name: String, _ recall: JSONObject) -> PageTable.Row {
    let shares = ["at_50", "at_70"].map { key in
      recall[key]?.double.map { "\(($0 * 100).fixed(1)) %" } ?? "–"
    }
    return PageTable.Row(
      name: name,
      cells: [recall["objects"]?.integer?.grouped ?? "–"] + shares
        + [recall["mean_best_iou"]?.double?.fixed(2) ?? "–"])
  }
}
