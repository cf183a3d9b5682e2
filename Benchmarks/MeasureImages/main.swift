// Measures every picture that standard input names, one path a line, and prints how long that took
// and how many of them were whole.
import Dispatch
import Images
import Synchronization

var paths: [String] = []
while let line = readLine() { paths.append(line) }
let all = paths
let threads = CommandLine.arguments.dropFirst().first.flatMap(Int.init) ?? 2
let next = Atomic(0)
let whole = Atomic(0)
let clock = ContinuousClock()
let seconds = clock.measure {
  DispatchQueue.concurrentPerform(iterations: threads) { _ in
    let measurer = ImageMeasurer()
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard index < all.count else { return }
      if (try? measurer.measure(path: all[index]))?.decoding == .whole {
        whole.wrappingAdd(1, ordering: .relaxed)
      }
    }
  }
}
print("\(whole.load(ordering: .relaxed)) of \(all.count) whole")
print("inner seconds: \(seconds / .seconds(1))")
