extension Format {
  /// Masks of instances: a PNG for each picture.
  public static let masks = Format(
    "masks", fileEndings: ["png"], importer: MasksImporter.self, evidence: MasksImporter.evidence)
}
