import ArgumentParser
import COCO
import Console
import Files
import Glibc

/// `copra-engine`, the program beside this one that runs models. Loading libtorch takes longer than
/// most of what copra does, so copra itself never does, and turns into that program instead.
enum EngineProgram {
  /// The verbs that are the engine's. They are declared here for help and completions only.
  static let verbs: [any ParsableCommand.Type] = [
    TrainCommand.self, CheckCommand.self, PredictCommand.self, ModelsCommand.self,
    ClassifyCommand.self, ForwardCommand.self, OpsCommand.self,
  ]
  private static let name = "copra-engine"

  /// Runs the engine in this program's place if the arguments, which begin with the program's name,
  /// are for it: it has the same standard streams, and its end is this program's.
  static func takeOver(_ arguments: [String]) {
    guard let verb = verb(in: arguments) else { return }
    let path = path()
    var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments.dropFirst()).map { strdup($0) }
    words.append(nil)
    preferSleeping()
    execv(path, words)
    Terminal.message(
      "error: copra \(verb) runs \(path): \(FileError.reason(errno)); make engine builds it there")
    Ending.exit(.failure)
  }

  /// Lets threads that wait for others of an operation soon sleep, if the user has not said how long
  /// they are to spin: beside other work they would spin through the time that those need. libgomp
  /// asks for it when it is loaded, before the engine could say it.
  private static func preferSleeping() {
    if getenv("OMP_WAIT_POLICY") == nil { setenv("GOMP_SPINCOUNT", "20000", 0) }
  }

  /// `VERB …` and `help VERB`.
  private static func verb(in arguments: [String]) -> String? {
    let words = arguments.dropFirst()
    guard let verb = words.first == "help" ? words.dropFirst().first : words.first else {
      return nil
    }
    return verbs.contains { $0.configuration.commandName == verb } ? verb : nil
  }

  /// In the folder where this program is, whatever it was called by.
  private static func path() -> String {
    guard let program = Path.real("/proc/self/exe") else { return name }
    return Path.join(Path.folder(of: program), name)
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
    abstract: "Examine a dataset as a detector sees it, and say whether it is ready to train.")
}

/// `copra predict`
private struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict", abstract: "Find objects on pictures with a trained detector.")
}

/// `copra models`
private struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models", abstract: "List the models, their sizes and their weights.")
}

/// `copra classify`
private struct ClassifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classify", abstract: "Say what pictures show, by a model and its weights.")
}

/// `copra ops`
private struct OpsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ops", abstract: "Run an operator of torchvision on the tensors of a file.")
}

/// `copra forward`
private struct ForwardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forward", abstract: "Run a model on the tensors of a file.")
}
