import ArgumentParser
import COCO
import Console
import Datasets

/// `copra draw`
struct DrawCommand: DatasetVerb {
  static let configuration = CommandConfiguration(
    commandName: "draw",
    abstract: "Draw annotations on their images, or contact sheets of them.",
    discussion: """
      Reads every format that convert reads. Each image is drawn upright into a file of the same \
      name in the output folder, with boxes, masks, keypoints and names, or many small images \
      share a sheet. Colours depend on the category names and suit colour-blind readers.

      EXAMPLES
        copra draw VOCdevkit/VOC2012 -o drawn --limit 100
        copra draw data.yaml -o sheets --sheet 6x4
        copra draw instances.json -o faults --findings
        copra draw val.json -o compared --compare results.json --score 0.3

      EXIT STATUS
        0  all is well
        1  errors were found, or an image could not be read
        2  it could not run: usage, unreadable input, full disk
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup(title: "Drawing options") var drawing: DrawingOptions
  @OptionGroup(title: "Input options") var source: SourceOptions
  @OptionGroup(title: "Category options") var categories: CategoryOptions
  @OptionGroup(title: "Format options") var formats: FormatOptions
  @OptionGroup(title: "Image options, for --findings") var pictures: PictureOptions

  static let configurable = ConfigurableOption.input

  func perform() async throws -> ExitStatus {
    let reader = try reader()
    var settings = drawing.settings(inputs: input.paths, reader: reader)
    if drawing.findings {
      var linter = DatasetLinter(
        reader: reader, survey: pictures.survey(exif: source.exif, workers: reader.workers))
      try LintConfiguration(nearestTo: input.paths[0]).apply(to: &linter)
      settings.subject = .findings(linter)
    }
    return try await DrawingRun(settings: settings).run()
  }
}
