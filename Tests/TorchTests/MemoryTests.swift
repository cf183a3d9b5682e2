import Foundation
import Testing
import Torch

@Suite("Memory")
struct MemoryTests {
  // In a process of its own, where no other test takes memory.
  @Test func `ten thousand training steps leave resident memory as it was`() async {
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

  @Test
  func `memory that is kept takes little more than there was in use at a time, of any sizes`() async
  {
    await #expect(processExitsWith: .success) {
      Runtime.keepMemory()
      let before = try residentBytes()
      // What lies between the large ones keeps malloc from joining them.
      var small: [Tensor] = []
      for round in 0..<200 {
        let sizes = (0..<4).map { 2_000_000 + (round * 7919 + $0 * 104_729) % 3_000_000 }
        let large = sizes.map { Tensor.zeros([$0]) }
        small += large.map { $0[0..<1000].clone() }
      }
      let growth = try residentBytes() - before
      #expect(growth < 160 << 20, "\(growth) bytes more")
    }
  }

  @Test func `numbers in memory that was used before are those of the new tensor alone`() async {
    await #expect(processExitsWith: .success) {
      Runtime.keepMemory()
      for round in 0..<20 {
        let size = 300_000 + round * 5000
        let ones = Tensor.ones([size])
        let twos = ones + ones
        #expect(twos.sum().item() == Double(2 * size))
      }
    }
  }
}

/// What the process holds in memory, in bytes.
private func residentBytes() throws -> Int {
  let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
  let pages = text.split(separator: " ").compactMap { Int($0) }
  return try #require(pages.dropFirst().first) * sysconf(Int32(_SC_PAGESIZE))
}
