import ArgumentParser
import Console
import Files
import Glibc

/// A program beside this one that does some of copra's verbs. What it loads would take longer than most
/// of what copra does, so copra itself never does, and turns into that program instead.
struct SisterProgram: Sendable {
  let name: String
  /// The verbs that are its own. They are declared here for help and completions only.
  let verbs: [any ParsableCommand.Type]
  /// What `make` is told to build it.
  let target: String
  /// Sees to what the program is to find when it begins.
  var prepare: @Sendable () -> Void = {}

  static let all = [engine, viewer]

  /// Runs the program that the arguments, which begin with this program's name, are for in this
  /// program's place: it has the same standard streams, and its end is this program's. Returns where
  /// they are for none.
  static func takeOver(_ arguments: [String]) {
    guard let verb = verb(in: arguments),
      let program = all.first(where: { $0.verbs.contains { $0.configuration.commandName == verb } })
    else { return }
    program.takeOver(arguments, verb: verb)
  }

  private func takeOver(_ arguments: [String], verb: String) -> Never {
    let path = path()
    var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments.dropFirst()).map { strdup($0) }
    words.append(nil)
    prepare()
    execv(path, words)
    let reason = FileError.reason(errno)
    Terminal.message(
      "error: copra \(verb) runs \(path): \(reason); "
        + "make \(target) in copra's sources builds it there")
    Ending.exit(.failure)
  }

  /// `VERB …` and `help VERB`.
  private static func verb(in arguments: [String]) -> String? {
    let words = arguments.dropFirst()
    return words.first == "help" ? words.dropFirst().first : words.first
  }

  /// In the folder where this program is, whatever it was called by.
  private func path() -> String {
    guard let program = Path.real("/proc/self/exe") else { return name }
    return Path.join(Path.folder(of: program), name)
  }
}
