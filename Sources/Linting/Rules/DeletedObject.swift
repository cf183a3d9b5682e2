import COCO

/// See `summary`.
struct DeletedObject: ReadingRule {
  static let kind = FaultKind.deletedObject
  static let summary = "an object left out because it is marked as deleted"
  static let explanation = """
    LabelMe's XML keeps objects that its user has deleted, marked with `<deleted>1</deleted>`. \
    They are left out, and each is reported here so that none is lost silently.
    """
  static let files = [
    FileExample.flags(
      "a deleted crab", "voc",
      .voc(ExampleText.object(more: "<deleted>1</deleted>")), .picture()),
    .allows(
      "a crab that was not deleted", "voc",
      .voc(ExampleText.object(more: "<deleted>0</deleted>")), .picture()),
  ]
}
