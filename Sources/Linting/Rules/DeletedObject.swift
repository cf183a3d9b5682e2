import COCO

/// See `summary`.
struct DeletedObject: ReadingRule {
  static let kind = FaultKind.deletedObject
  static let summary = "an object that is left out because it is marked as deleted"
  static let explanation = """
    LabelMe's XML keeps objects that its user has deleted, with `<deleted>1</deleted>`. They are left \
    out, and each one is named here, so that none is lost without a word.
    """
  static let files = [
    FileExample.flags(
      "a crab that was deleted", "voc",
      .voc(ExampleText.object(more: "<deleted>1</deleted>")), .picture()),
    .allows(
      "a crab that was not", "voc",
      .voc(ExampleText.object(more: "<deleted>0</deleted>")), .picture()),
  ]
}
