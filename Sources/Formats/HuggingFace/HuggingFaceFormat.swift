extension Format {
  /// A folder of images as Hugging Face's `datasets` reads it, with objects in `metadata.jsonl`
  /// (huggingface.co/docs/datasets/image_dataset#object-detection).
  public static let huggingface = Format(
    "huggingface",
    FormatSummary(
      "Hugging Face's folder of images", reads: [.boxes], writes: [.boxes],
      sign: "`metadata.jsonl` with `file_name` and `bbox`",
      variants: """
        `metadata.jsonl` among the images; objects in columns or rows; category names from the \
        dataset card
        """),
    fileEndings: ["jsonl"], importer: HuggingFaceImporter.self,
    exporter: HuggingFaceExporter.self, evidence: huggingFaceEvidence)
}
