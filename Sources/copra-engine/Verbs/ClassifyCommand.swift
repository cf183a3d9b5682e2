import ArgumentParser
import Console
import DetectionModels

/// `copra classify`
struct ClassifyCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "classify",
    abstract: "Classify images with a model and its weights.",
    usage: "copra classify <model> <image> ... --weights <file> [<options>]",
    discussion: """
      JPEG and PNG files are resized, cropped and normalised exactly as torchvision's preset \
      for the model does with images from Pillow: grey becomes RGB, transparency is dropped, \
      and an image is used as it is stored, whatever its EXIF orientation. An image that \
      cannot be read is reported, and the others are classified.

      EXAMPLES
        copra classify resnet50 cat.jpg dog.png --weights resnet50-11ad3fa6.pth
        copra classify mobilenet_v2 *.jpg --weights mine.safetensors --classes names.txt
        copra classify resnet18 *.jpg --weights resnet18-f37072fd.pth --format jsonl --top 1

      EXIT STATUS
        0  all is well
        1  images could not be read
        2  it could not run: usage, unreadable weights
      """)

  @Argument(
    help: ArgumentHelp(
      "A classification model's name, as copra models lists them.", valueName: "model"),
    completion: .list(ModelZoo.all.map(\.name)))
  var name: String

  @OptionGroup var model: ModelOptions

  @Argument(
    help: ArgumentHelp("Images or folders of images.", valueName: "image"),
    completion: .file(extensions: [
      "jpg", "jpeg", "png", "webp", "tif", "tiff", "bmp", "ppm", "pgm",
    ]))
  var images: [String]

  @Option(
    help: ArgumentHelp(
      "A .safetensors or .pth file, or a published name in torch's cache.", valueName: "file"),
    completion: .file(extensions: ["safetensors", "pth"]))
  var weights: String

  @Option(
    help: ArgumentHelp(
      "A file with the classes' names in their order, one per line; ImageNet's if not given.",
      valueName: "file"), completion: .file())
  var classes: String?

  @Option(help: ArgumentHelp("The number of classes to show for an image.", valueName: "number"))
  var top = 5

  @Option(
    help: ArgumentHelp(
      "Text, a JSON list, or one JSON object per line for each image.", valueName: "format"))
  var format = ClassificationSettings.Format.text

  func validate() throws {
    if (images + [weights] + [classes].compactMap { $0 }).contains("") {
      throw ValidationError("a path is empty; expected a file")
    }
    try CountOptions.check(("--top", top))
  }

  func perform() async throws -> ExitStatus {
    try await ClassificationRun(
      settings: ClassificationSettings(
        model: name, compute: model.settings, images: images, weights: weights, classes: classes,
        top: top, format: format)
    ).run()
  }
}

extension ClassificationSettings.Format: ExpressibleByArgument {}
