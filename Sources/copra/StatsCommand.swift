import ArgumentParser
import COCO
import Importing

struct StatsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "stats")
  @OptionGroup var input: InputOptions
  func run() async throws {
    let i = try await InputReader(options: input).read()
    print(i.datasets.map { $0.annotations.count })
  }
}
