import ArgumentParser
import Glibc

extension SisterProgram {
  /// `copra-engine`, which runs models and loads libtorch.
  static let engine = SisterProgram(
    name: "copra-engine",
    verbs: [
      TrainCommand.self, CheckCommand.self, PredictCommand.self, ModelsCommand.self,
      ClassifyCommand.self, ForwardCommand.self, OpsCommand.self,
    ], target: "engine", prepare: preferSleeping)

  /// Lets threads that wait for others of an operation soon sleep, if the user has not said how long
  /// they are to spin: beside other work they would spin through the time that those need. libgomp
  /// asks for it when it is loaded, before the engine could say it.
  private static func preferSleeping() {
    if getenv("OMP_WAIT_POLICY") == nil { setenv("GOMP_SPINCOUNT", "20000", 0) }
  }
}

/// `copra train`
private struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Train a detector on annotations in any format.")
}

/// `copra check`
private struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Examine a dataset as a detector sees it, and report whether it is ready to train.")
}

/// `copra predict`
private struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict", abstract: "Detect objects in images with a trained detector.")
}

/// `copra models`
private struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models", abstract: "List the models, their sizes and their weights.")
}

/// `copra classify`
private struct ClassifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classify", abstract: "Classify images with a model and its weights.")
}

/// `copra ops`
private struct OpsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ops", abstract: "Run an operator of torchvision on the tensors in a file.")
}

/// `copra forward`
private struct ForwardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forward", abstract: "Run a model on the tensors in a file.")
}
