import ArgumentParser
import Console
import Files
import Torch

/// The part of copra that runs models. `copra` turns into it for these verbs, so that help and
/// messages speak of `copra`.
@main
struct CopraEngine: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "copra",
    abstract: "Run torchvision's models, in Swift over libtorch.",
    discussion: """
      The verbs of copra that run models. copra calls this program, copra-engine, which \
      lies beside it.

      EXAMPLES
        copra models
        copra classify resnet50 cat.jpg --weights resnet50-11ad3fa6.pth
        copra forward resnet18 --weights w.safetensors --input x.safetensors -o y.safetensors
      """,
    version: Version.text,
    subcommands: [
      TrainCommand.self, CheckCommand.self, PredictCommand.self, ModelsCommand.self,
      ClassifyCommand.self, ForwardCommand.self, OpsCommand.self,
    ])

  static func main() async {
    Runtime.onFailure { reason in
      let isForMemory = ["allocate memory", "bad_alloc", "out of memory"].contains {
        reason.contains($0)
      }
      let advice = "; a smaller --batch-size or --min-size needs less"
      Terminal.message("error: \(reason)\(isForMemory ? advice : "")")
      Ending.exit(.failure)
    }
    await Program.run(CopraEngine.self)
  }
}
