extension Format {
  /// A folder of images as Hugging Face's `datasets` reads it, with objects in `metadata.jsonl`
  /// (huggingface.co/docs/datasets/image_dataset#object-detection).
  public static let huggingface = Format(
    "huggingface", fileEndings: ["jsonl"], importer: HuggingFaceImporter.self,
    exporter: HuggingFaceExporter.self, evidence: huggingFaceEvidence)
}
