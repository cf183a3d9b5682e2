import ArgumentParser
import Console
import Datasets
import Formats

/// `copra convert`
struct ConvertCommand: DatasetVerb {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Convert annotations to COCO, or from any format to any other.",
    discussion: """
      Nothing is lost silently: records that cannot be converted are written to \
      OUTPUT.rejected.jsonl with the reason and the place, and a ledger that adds up \
      is printed. Options that you use often can be set in copra.yaml, in the input's \
      folder or one above it, one "name: value" per line.

      EXAMPLES
        One file for each split, in a folder:
          copra convert VOCdevkit/VOC2012 -o coco
        All splits in one file:
          copra convert data.yaml -o instances.json
        Categories in your own order, images from another folder:
          copra convert boxes.csv -o out.json --images images --categories cat,dog
        Ready for a trainer, with images and a validation split:
          copra convert VOCdevkit/VOC2012 --layout ultralytics --val 0.1 -o set
        From COCO to YOLO:
          copra convert instances.json --to yolo -o yolo
        One image with its annotations per line:
          copra convert instances.json -o instances.jsonl

      EXIT STATUS
        0  all is well
        1  errors were found, or records were rejected
        2  it could not run: usage, unreadable input, full disk
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup(title: "Input options") var source: SourceOptions
  @OptionGroup(title: "Category options") var categories: CategoryOptions
  @OptionGroup(title: "Format options") var formats: FormatOptions
  @OptionGroup(title: "Output options") var output: OutputOptions
  @OptionGroup(title: "Options for parts of a set") var part: PartialOptions

  static let configurable = ConfigurableOption.input + ConfigurableOption.output

  func validate() throws {
    if output.upright, source.exif == .stored {
      throw ValidationError("--upright rotates images, and --exif stored uses them as they are")
    }
  }

  func perform() async throws -> ExitStatus {
    try await ConversionRun(settings: settings()).run()
  }

  func settings() throws -> ConversionSettings {
    let reader = try reader()
    var writer = output.writer(exif: source.exif, workers: reader.workers)
    if let pixels = formats.vocPixels { writer.options.vocPixels = pixels }
    return ConversionSettings(
      inputs: input.paths, reader: reader, output: output.path, writer: writer,
      validation: output.validationShare.map { ValidationPart(share: $0) },
      onError: output.onError, part: PartSettings(part, replaces: output.force))
  }
}
