import ArgumentParser
import Console
import DetectionModels

/// `copra ops`: torchvision's operators on the tensors of a file.
struct OpsCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "ops",
    abstract: "Run an operator of torchvision on the tensors in a file.",
    usage: "copra ops <operator> <in.safetensors> -o <out.safetensors> [<options>]",
    discussion: """
      Reads the arguments of torchvision's operator by their names from a safetensors file, \
      and writes "output":

        nms                  boxes [N, 4], scores [N]: the indices of the boxes that are kept
        batched_nms          boxes, scores, idxs [N] (the class of each box)
        roi_align, roi_pool  input [N, C, H, W], and boxes [K, 5] (the image's index before
                             the corners) or boxes.0, boxes.1 … [L, 4] of each image
        box_iou, generalized_box_iou  boxes1 [N, 4], boxes2 [M, 4]: [N, M]

      Boxes are corners x0, y0, x1, y1. Coordinates that are not finite are refused.

      EXAMPLES
        copra ops nms in.safetensors -o out.safetensors --iou-threshold 0.5
        copra ops roi_align in.safetensors -o out.safetensors --output-size 7,7 \\
          --spatial-scale 0.25 --sampling-ratio 2 --aligned
        copra ops box_iou in.safetensors -o out.safetensors --device cuda

      EXIT STATUS
        0  all is well
        2  it could not run: usage, unreadable input, tensors that the operator does not accept
      """)

  @Argument(help: ArgumentHelp("The operator.", valueName: "operator"))
  var operation: RegionOperator

  @Argument(
    help: ArgumentHelp("The safetensors file with the arguments.", valueName: "in.safetensors"),
    completion: .file(extensions: ["safetensors"]))
  var input: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The safetensors file to write.", valueName: "file"), completion: .file())
  var output: String

  @Option(
    help: ArgumentHelp(
      "nms and batched_nms: the overlap above which the less certain of two boxes is removed.",
      valueName: "IoU"))
  var iouThreshold: Double?

  @Option(
    help: ArgumentHelp(
      "roi_align and roi_pool: height and width of a pooled region, or one number for both.",
      valueName: "bins"))
  var outputSize: BinCounts?

  @Option(
    help: ArgumentHelp(
      "roi_align and roi_pool: pixels of the input per unit of the boxes; 1 if not given.",
      valueName: "factor"))
  var spatialScale: Double?

  @Option(
    help: ArgumentHelp(
      "roi_align: samples of a bin along each axis; if not given or -1, one for each pixel of it.",
      valueName: "number"))
  var samplingRatio: Int?

  @Flag(
    help: "roi_align: pixels are points at their centres; else regions have at least one pixel.")
  var aligned = false

  @Option(
    help: ArgumentHelp(
      "roi_align and roi_pool: the safetensors file for the gradient of \"input\"; the loss is that "
        + "of copra forward --train.", valueName: "file"),
    completion: .file())
  var gradients: String?

  @Option(
    help: ArgumentHelp(
      "The number of threads of an operation; all cores if not given.", valueName: "number"))
  var threads: Int?

  @Option(help: ArgumentHelp("The device to compute on: cpu, cuda or cuda:N.", valueName: "device"))
  var device = "cpu"

  @Flag(help: "Replace an output that exists.")
  var force = false

  func validate() throws {
    if [input, output, gradients ?? output].contains("") {
      throw ValidationError("a path is empty; expected a file")
    }
    try CountOptions.check(("--threads", threads))
    let name = operation.rawValue
    for (option, isGiven, isTaken) in given where isGiven && !isTaken {
      throw ValidationError("\(name) has no option \(option)")
    }
    if operation.takesThreshold, iouThreshold == nil {
      throw ValidationError("\(name) requires --iou-threshold")
    }
    if operation.takesRegions, outputSize == nil {
      throw ValidationError("\(name) requires --output-size")
    }
    for (option, value) in [("--iou-threshold", iouThreshold), ("--spatial-scale", spatialScale)] {
      if let value, !value.isFinite {
        throw ValidationError("\(option) takes a finite number, found \(value)")
      }
    }
  }

  /// The options that not every operator takes, whether they are given and taken.
  private var given: [(option: String, isGiven: Bool, isTaken: Bool)] {
    let isAlign = operation == .roiAlign
    return [
      ("--iou-threshold", iouThreshold != nil, operation.takesThreshold),
      ("--output-size", outputSize != nil, operation.takesRegions),
      ("--spatial-scale", spatialScale != nil, operation.takesRegions),
      ("--gradients", gradients != nil, operation.takesRegions),
      ("--sampling-ratio", samplingRatio != nil, isAlign), ("--aligned", aligned, isAlign),
    ]
  }

  func perform() async throws -> ExitStatus {
    let arguments = OperatorArguments(
      iouThreshold: iouThreshold ?? 0,
      outputSize: outputSize?.size ?? OperatorArguments().outputSize,
      spatialScale: spatialScale ?? 1, samplingRatio: samplingRatio ?? -1, isAligned: aligned)
    return try OperatorRun(
      operation: operation, arguments: arguments,
      compute: ComputeSettings(threads: threads, device: device), input: input, output: output,
      gradients: gradients, replaces: force
    ).run()
  }
}

extension RegionOperator: ExpressibleByArgument {}

/// Height and width such as `7` or `7,5`.
struct BinCounts: ExpressibleByArgument {
  let size: SpatialSize

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    let values = parts.compactMap(\.self)
    guard values.count == parts.count, (1...2).contains(values.count),
      values.allSatisfy({ (1...65_536).contains($0) })
    else { return nil }
    size = SpatialSize(height: values[0], width: values[values.count - 1])
  }
}
