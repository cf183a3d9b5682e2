import Foundation
import Testing
import Torch

@Suite("Memory")
struct MemoryTests {
  // In a process of its own, where no other test takes memory.
  @Test("ten thousand training steps leave resident memory as it was")
  func flat() async {
    await #expect(processExitsWith: .success) {
      let net = Sequential(Linear(16, 32), ReLU(inPlace: true), Linear(32, 4))
      var optimizer = SGD(net.parameters, learningRate: 0.01, momentum: 0.9)
      let input = Tensor.rand([8, 16])
      let target = Tensor((0..<8).map { $0 % 4 })
      func train(steps: Int) {
        for _ in 0..<steps {
          optimizer.zeroGradients()
          crossEntropy(net(input, .training), target).backward()
          _ = clipGradients(of: net.parameters, norm: 10)
          optimizer.step()
        }
      }
      train(steps: 1000)
      let before = try residentBytes()
      train(steps: 10_000)
      let growth = try residentBytes() - before
      #expect(growth < 2 << 20, "\(growth) bytes more")
    }
  }
}

/// What the process holds in memory, in bytes.
private func residentBytes() throws -> Int {
  let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
  let pages = text.split(separator: " ").compactMap { Int($0) }
  return try #require(pages.dropFirst().first) * sysconf(Int32(_SC_PAGESIZE))
}
